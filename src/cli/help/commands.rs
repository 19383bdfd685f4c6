//! The words of every subcommand, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// What each subcommand is for; the program itself has the empty name.
pub const COMMANDS: &[(&str, Text)] = &[
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
    (
        "settings",
        text(
            "看和改诊所的设置",
            "the clinic's settings, and changing them",
        ),
    ),
    (
        "list",
        text("列出全部设置（默认）", "list every setting (the default)"),
    ),
    ("set", text("改设置", "change settings")),
    (
        "history",
        text("谁在什么时候改过什么", "who changed what, and when"),
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
    ("drop", text("放弃进行中的表", "give up a form in progress")),
    (
        "attempt",
        text(
            "记未遇、拒访、迁出、死亡、在外院随访",
            "record that a visit did not happen, and why",
        ),
    ),
    (
        "referral",
        text(
            "记转诊结果；list 列出在途的，print 打印转诊单",
            "record what became of a referral; list those under way, print a slip",
        ),
    ),
    ("enrol", text("纳入管理", "take a person into a programme")),
    ("leave", text("终止管理", "end a person's programme")),
    (
        "agreement",
        text(
            "签约协议；roll 办理到期的续约和终止",
            "agreements; roll renews or ends those whose day has come",
        ),
    ),
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
