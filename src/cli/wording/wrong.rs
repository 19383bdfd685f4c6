//! What the command line says of arguments that are wrong.

use std::{io, path::Path};

use crate::domain::text::Lang;

/// Says that a `--set` is no `KEY=VALUE`.
pub fn bad_setting(given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("--set {given}：应写成 项目=内容，如 sbp=152。"),
        Lang::En => format!("--set {given}: write it as KEY=VALUE, as in sbp=152."),
    }
}

/// Says what is wrong with the value of a `--set`.
pub fn wrong_setting(given: &str, fault: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("--set {given}：{fault}"),
        Lang::En => format!("--set {given}: {fault}"),
    }
}

/// Says that no form of the visit has such a field.
pub fn no_field(given: &str, forms: &[&str], lang: Lang) -> String {
    let forms = forms.join(" ");
    match lang {
        Lang::Zh => format!("--set {given}：{forms} 里没有这一项，请核对写法。"),
        Lang::En => format!("--set {given}: {forms} has no such field, please check it."),
    }
}

/// Says that a word of a line means nothing.
pub fn unknown_word(word: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("--line：看不懂“{word}”，整行没有记。"),
        Lang::En => format!("--line: \"{word}\" means nothing here; the line was not taken."),
    }
}

/// Names a row of a repeated field, counted from 1.
pub fn row(field: &str, number: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{field} 第{number}行"),
        Lang::En => format!("{field}, row {number}"),
    }
}

/// Offers the answer of the last record.
pub fn last_was(last: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(" 上次是{last}；没有变化的，加 --confirm 沿用。"),
        Lang::En => format!(" Last time: {last}; --confirm takes it over."),
    }
}

/// Says that there is no such form for visits, and which there are.
pub fn no_form(given: &str, known: &[&str], lang: Lang) -> String {
    let known = known.join(" ");
    match lang {
        Lang::Zh => format!("没有“{given}”这张随访表，可以写：{known}。"),
        Lang::En => format!("There is no visit form \"{given}\"; there are: {known}."),
    }
}

/// Says that a word was not expected there.
pub fn too_much(given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{given}”放在这里没有意义。"),
        Lang::En => format!("\"{given}\" means nothing here."),
    }
}

/// Says that there is no such result of a referral.
pub fn no_result(given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("转诊结果没有“{given}”：1已就诊取得方案 2住院中 3未就诊 4联系不上。")
        }
        Lang::En => format!(
            "There is no result \"{given}\": 1 attended, 2 in hospital, 3 not attended, 4 not reached."
        ),
    }
}

/// Says that there is no such way of visiting.
pub fn no_mode(given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("随访方式没有“{given}”：1门诊 2家庭 3电话 4线上。"),
        Lang::En => format!("There is no way \"{given}\": 1 clinic, 2 home, 3 phone, 4 online."),
    }
}

/// Says that an option does not know a word, and which it knows.
pub fn no_word(option: &str, given: &str, known: &[&str], lang: Lang) -> String {
    let known = known.join(" ");
    match lang {
        Lang::Zh => format!("{option} 没有“{given}”，可以写：{known}。"),
        Lang::En => format!("{option} does not know \"{given}\"; it knows: {known}."),
    }
}

/// Says that the programme must be named.
pub fn which_programme(open: &[&str], lang: Lang) -> String {
    match (open.is_empty(), lang) {
        (true, Lang::Zh) => "这个人现在没有这样的待办，请先看看有什么要做。".to_owned(),
        (true, Lang::En) => "No such task is open for this person: look at what is due.".to_owned(),
        (false, Lang::Zh) => format!("有几个项目，请用 --task 写明是哪个：{}。", open.join(" ")),
        (false, Lang::En) => format!(
            "Several programmes are open, say which with --task: {}.",
            open.join(" ")
        ),
    }
}

/// Says that a result needs an option.
pub fn needed(option: &str, result: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("--result {result} 还要写 {option}。"),
        Lang::En => format!("--result {result} also needs {option}."),
    }
}

/// Says how far ahead can be looked.
pub fn too_many_days(most: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("--days 最多{most}天。"),
        Lang::En => format!("--days: at most {most}."),
    }
}

/// Says that others may read the file a variable names a secret in.
pub fn open_secret(variable: &str, path: &Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Zh => format!(
            "{variable} 指的文件 {path} 别的账户也能读，里面的口令不再是秘密，没有使用。请执行 chmod 600 '{path}'，最好再换一个口令。"
        ),
        Lang::En => format!(
            "{variable} names {path}, which other accounts may read: what stands in it is no secret, and was not used. Run chmod 600 '{path}', and better choose another password."
        ),
    }
}

/// Says that the file a variable names cannot be read.
pub fn unreadable_secret(variable: &str, path: &Path, cause: &io::Error, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Zh => format!("{variable} 指的文件 {path} 读不了（{cause}），请核对路径。"),
        Lang::En => {
            format!("{variable} names {path}, which cannot be read ({cause}): check the path.")
        }
    }
}

/// Says that nobody is there to type a secret, and which variable names it instead.
pub fn no_secret(variable: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("这里没有终端可以输入：请写在只有自己能读的文件里，用 {variable} 指明。")
        }
        Lang::En => format!(
            "There is no terminal to type it at: name a file only you can read in {variable}."
        ),
    }
}
