//! The help texts, both languages side by side, laid over the command line as clap reads it.
//!
//! Which arguments there are stands with each subcommand; a test finds any without words.

use clap::{Command, CommandFactory as _};

use super::arguments::Arguments;
use crate::domain::text::{Lang, Text};

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// What each subcommand is for; the program itself has the empty name.
const COMMANDS: &[(&str, Text)] = &[
    (
        "",
        text(
            "村医：村卫生室的家庭医生签约随访。不带命令时打开窗口。",
            "cunyi: a village clinic's family-doctor service. Without a command it opens the window.",
        ),
    ),
    (
        "demo",
        text(
            "建好练习村并打开，随便试",
            "build the practice village and open it",
        ),
    ),
    (
        "init",
        text("不用窗口建立诊所", "set the clinic up without a window"),
    ),
    (
        "import",
        text(
            "导入花名册（.xlsx .xls .csv）",
            "import a roster (.xlsx .xls .csv)",
        ),
    ),
    ("export", text("导出，用通用格式", "export in open formats")),
    (
        "search",
        text(
            "查人：姓名、拼音、证件尾号、组-门、#标签",
            "find people: name, pinyin, tail of a number, group-door, #tag",
        ),
    ),
    ("queue", text("今日随访", "who is due today")),
    (
        "show",
        text("看一个人或一户的全部", "a person or household, whole"),
    ),
    ("visit", text("记一次随访", "record a visit")),
    ("correct", text("更正一次随访", "correct a recorded visit")),
    (
        "withdraw",
        text("撤回一次随访", "withdraw a recorded visit"),
    ),
    (
        "attempt",
        text(
            "记未遇、拒访、迁出、死亡、在外院随访",
            "record that a visit did not happen, and why",
        ),
    ),
    (
        "referral",
        text("记转诊结果", "record what became of a referral"),
    ),
    ("enrol", text("纳入管理", "take a person into a programme")),
    ("leave", text("终止管理", "end a person's programme")),
    (
        "check",
        text("核对数据是否完好", "prove that the data are whole"),
    ),
    (
        "keys",
        text(
            "按键表；检查自己的按键文件",
            "the keys as a table; check a keymap file",
        ),
    ),
];

/// What each argument is, by `command.argument`, or by its name alone where it is everywhere.
const ARGUMENTS: &[(&str, Text)] = &[
    (
        "data",
        text(
            "数据文件夹（否则用 CUNYI_DATA，再否则用系统的）",
            "data folder (else CUNYI_DATA, else the platform's)",
        ),
    ),
    ("lang", text("语言 zh 或 en", "language, zh or en")),
    (
        "user",
        text(
            "是谁在用：工作人员姓名",
            "who is working: a staff member's name",
        ),
    ),
    (
        "keymap",
        text(
            "按键：default、vim、numpad 或自己的文件",
            "keymap: default, vim, numpad or a file",
        ),
    ),
    (
        "today",
        text(
            "当作这一天（只用于练习村）",
            "as if it were this day (practice only)",
        ),
    ),
    ("json", text("输出一份 JSON", "print one JSON document")),
    (
        "request",
        text(
            "这次修改的编号；重复提交只算一次",
            "id of this change; a repeat counts once",
        ),
    ),
    (
        "date_is",
        text(
            "电脑日期看来不对时，确认今天是这一天",
            "confirms today's date where the clock looks wrong",
        ),
    ),
    ("help", text("显示帮助", "print help")),
    ("version", text("显示版本", "print the version")),
    ("init.clinic", text("诊所名称", "the clinic's name")),
    (
        "init.village",
        text(
            "村名，可带12位代码：石桥村=529901103101；可多次",
            "a village, with its 12-digit code after =; may repeat",
        ),
    ),
    ("init.doctor", text("医生姓名", "the doctor's name")),
    (
        "init.practice",
        text("建练习用的诊所", "a clinic to practise in"),
    ),
    (
        "import.file",
        text(
            "名册文件 .xlsx .xls .csv",
            "the roster: .xlsx, .xls or .csv",
        ),
    ),
    (
        "import.sheet",
        text(
            "工作表名（否则自己认）",
            "the sheet, by name (else guessed)",
        ),
    ),
    (
        "import.dry_run",
        text("只预览，不写入", "show what it would do, write nothing"),
    ),
    (
        "import.enrol",
        text(
            "按人群分类纳入高血压、糖尿病管理",
            "take the people sorted so into hypertension and diabetes care",
        ),
    ),
    (
        "import.problems",
        text("把所有问题写进这个文件", "write every problem to this file"),
    ),
    (
        "export.what",
        text(
            "people 居民名册，journal 全部日志",
            "people: the roster; journal: every entry",
        ),
    ),
    (
        "export.format",
        text(
            "csv、xlsx 或 json（否则看文件名）",
            "csv, xlsx or json (else by the file's name)",
        ),
    ),
    ("export.out", text("写到这个文件", "the file to write")),
    (
        "export.replace",
        text("文件已有时替换", "replace the file if it exists"),
    ),
    ("search.query", text("要查的内容", "what to look for")),
    (
        "search.limit",
        text("最多几行（默认20）", "at most this many rows (20)"),
    ),
    ("check.quiet", text("不显示进度", "no progress")),
    (
        "keys.check",
        text("要检查的按键文件", "the keymap file to check"),
    ),
];

/// Returns the command line with its words in `lang`.
pub fn command(lang: Lang) -> Command {
    let mut command = worded(Arguments::command(), "", lang);
    if lang == Lang::Zh {
        command = command.subcommand_value_name("命令");
        command.build();
        usage(&mut command);
    }
    command
}

fn worded(command: Command, name: &str, lang: Lang) -> Command {
    let template = match lang {
        Lang::Zh => "{about}\n\n用法：{usage}\n\n{all-args}\n",
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}\n",
    };
    let (commands, options, positional) = match lang {
        Lang::Zh => ("命令", "选项", "参数"),
        Lang::En => ("Commands", "Options", "Arguments"),
    };
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(commands)
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                positional
            } else {
                options
            };
            let help = argument_text(name, argument.get_id().as_str());
            argument
                .help_heading(heading)
                .help(help.map_or("", |text| text.get(lang)))
        });
    if let Some((_, about)) = COMMANDS.iter().find(|(known, _)| *known == name) {
        command = command.about(about.get(lang)).long_about(None);
    }
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        worded(sub, &name, lang)
    })
}

fn argument_text(command: &str, argument: &str) -> Option<Text> {
    let own = format!("{command}.{argument}");
    let find = |key: &str| ARGUMENTS.iter().find(|(known, _)| *known == key);
    find(&own).or_else(|| find(argument)).map(|(_, text)| *text)
}

/// Puts the holes of the usage line into Chinese; their words are fixed otherwise.
fn usage(command: &mut Command) {
    let shown = command.render_usage().to_string();
    let shown = shown
        .trim_start_matches("Usage:")
        .trim()
        .replace("[OPTIONS]", "[选项]");
    let mut own = std::mem::take(command).override_usage(shown);
    own.get_subcommands_mut().for_each(usage);
    *command = own;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_words() {
        let mut command = Arguments::command();
        command.build();
        let mut without = Vec::new();
        for sub in std::iter::once(&command).chain(command.get_subcommands()) {
            let name = if sub.get_name() == "cunyi" {
                ""
            } else {
                sub.get_name()
            };
            if !COMMANDS.iter().any(|(known, _)| *known == name) {
                without.push(name.to_owned());
            }
            for argument in sub.get_arguments() {
                let id = argument.get_id().as_str();
                if argument_text(name, id).is_none() {
                    without.push(format!("{name}.{id}"));
                }
            }
        }
        assert_eq!(without, Vec::<String>::new());
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(lang).debug_assert();
        }
    }
}
