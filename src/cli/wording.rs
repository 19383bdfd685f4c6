//! Words only the command line says.

use std::path::Path;

use crate::domain::{
    id::VisitId,
    identity::Sex,
    task::Task,
    text::{Lang, Text},
};

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

pub const NO_HOME: Text = text(
    "找不到这台电脑的个人文件夹，请用 --data 指定数据文件夹。",
    "This computer names no home folder: give the data folder with --data.",
);
pub const OPEN_TO_OTHERS: Text = text(
    "提醒：数据文件夹别的账户也能打开，请收紧权限（chmod 700）。",
    "Note: other accounts can open the data folder; close it to them (chmod 700).",
);
pub const BAD_REQUEST: Text = text(
    "--request 应为1到100个字的编号。",
    "--request needs an id of 1 to 100 characters.",
);

pub const NOT_PRACTICE: Text = text(
    "这个文件夹里是真实的诊所数据，练习村不能建在这里。请用 --data 另指一个空文件夹。",
    "This folder holds a real clinic's data; the practice village is not built here. \
     Name an empty folder with --data.",
);
pub const PRACTICE_IN_USE: Text = text(
    "练习村还开着别的窗口，先关掉再重建。",
    "The practice village is open in another window; close it before building anew.",
);

/// Says how far the building has come and how long it will still take.
pub fn building(percent: u32, left: Option<u64>, lang: Lang) -> String {
    match (lang, left) {
        (Lang::Zh, None) => format!("正在建练习村 {percent}%"),
        (Lang::Zh, Some(left)) => format!("正在建练习村 {percent}% 还要约{left}秒"),
        (Lang::En, None) => format!("Building the practice village {percent}%"),
        (Lang::En, Some(left)) => {
            format!("Building the practice village {percent}%, about {left} s left")
        }
    }
}

/// Says that the practice village stands, how large it is, and where.
pub fn built(people: u64, households: u64, data: &Path, lang: Lang) -> String {
    let data = data.display();
    match lang {
        Lang::Zh => format!("练习村：{people}人，{households}户。数据在 {data}\n"),
        Lang::En => {
            format!(
                "The practice village has {people} people in {households} households. Its data are in {data}\n"
            )
        }
    }
}

/// Says that somebody must be named, and who works here.
pub fn which_user(names: &[&str], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("请用 --user 写明是谁在用：{}。", names.join("、")),
        Lang::En => format!("Say who is working with --user: {}.", names.join(", ")),
    }
}

/// Says that an argument is no date.
pub fn bad_date(argument: &str, given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{argument} 的日期“{given}”不对，请写成 2026-11-21。"),
        Lang::En => format!("{argument}: \"{given}\" is no date, write it as 2026-11-21."),
    }
}

/// Says that the clinic stands, and where its data are.
pub fn set_up(clinic: &str, data: &Path, lang: Lang) -> String {
    let data = data.display();
    match lang {
        Lang::Zh => format!("已建立 {clinic}。数据在 {data}\n"),
        Lang::En => format!("{clinic} is set up. Its data are in {data}\n"),
    }
}

pub const ENTRIES: Text = text("日志记录", "entries");
pub const PEOPLE: Text = text("人", "people");
pub const HOUSEHOLDS: Text = text("户", "households");
pub const CONTACTS: Text = text("随访等记录", "visits and other contacts");
pub const NAME: Text = text("姓名", "name");
pub const ID: Text = text("编号", "id");
pub const SEX_AGE: Text = text("性别年龄", "sex, age");
pub const PLACE: Text = text("组-门", "place");
pub const HEAD: Text = text("户主", "head");
pub const TAGS: Text = text("人群", "tags");
pub const AGREEMENT: Text = text("签约", "agreement");
pub const DUE: Text = text("到期", "due");
pub const NOBODY: Text = text("没有找到人。\n", "Nobody found.\n");
pub const WHERE: Text = text("画面", "where");
pub const WHAT: Text = text("做什么", "what");
pub const KEYS: Text = text("按键", "keys");
pub const NOT_A_TERMINAL: Text = text(
    "打开窗口要在终端里；脚本请用命令，见 cunyi --help。",
    "The window needs a terminal; in scripts use the commands, see cunyi --help.",
);

/// Says that a keymap file is in order.
pub fn keymap_fine(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}：可以用，没有问题。\n"),
        Lang::En => format!("{name}: in order, it can be used.\n"),
    }
}

/// Says that there is no such keymap, and which there are.
pub fn no_keymap(name: &str, why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("打不开按键文件“{name}”（{why}）；自带的有 default、vim、numpad。"),
        Lang::En => format!(
            "The keymap \"{name}\" cannot be opened ({why}); built in are default, vim, numpad."
        ),
    }
}

/// Returns sex and age in a few cells.
pub fn sex_age(sex: Sex, age: Option<u32>, lang: Lang) -> String {
    let sex = sex.name().get(lang);
    match age {
        Some(age) => format!("{sex} {age}"),
        None => sex.to_owned(),
    }
}

pub const RECORD: Text = text("已记", "recorded");
pub const CLASS: Text = text("分类", "class");
pub const RULES: Text = text("依据", "rules");
pub const CLAUSE: Text = text("条款", "clause");
pub const ALERTS: Text = text("提醒", "alerts");
pub const COMPLETED: Text = text("完成", "completed");
pub const NEXT: Text = text("下次", "next");
pub const REDECIDED: Text = text("重新判定", "decided anew");

/// Says that a visit was withdrawn.
pub fn withdrawn(id: VisitId, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已撤回 {id}\n"),
        Lang::En => format!("{id} is withdrawn\n"),
    }
}

/// Returns a task's days: `2027-02-21 (可提前 02-07, 最迟 03-07)`.
pub fn window(task: &Task, lang: Lang) -> String {
    let (due, earliest) = (task.due, task.earliest);
    let early = (earliest < due).then(|| match lang {
        Lang::Zh => format!("可提前 {earliest}"),
        Lang::En => format!("from {earliest}"),
    });
    let latest = task.latest.map(|latest| match lang {
        Lang::Zh => format!("最迟 {latest}"),
        Lang::En => format!("by {latest}"),
    });
    let notes: Vec<String> = early.into_iter().chain(latest).collect();
    if notes.is_empty() {
        due.to_string()
    } else {
        format!("{due} ({})", notes.join(", "))
    }
}

/// Says that there is no such programme, and which there are.
pub fn no_programme(given: &str, known: &[&str], lang: Lang) -> String {
    let known = known.join(" ");
    match lang {
        Lang::Zh => format!("没有“{given}”这个项目，可以写：{known}。"),
        Lang::En => format!("There is no programme \"{given}\"; there are: {known}."),
    }
}
