//! The words of the arguments of staff, copies and the log.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

const NO_RETYPE: Text = text(
    "不用照着纸输最后四个字符：由脚本收好恢复码",
    "nothing is typed back from paper: a script takes the code and keeps it",
);

/// What each argument is.
pub const ARGUMENTS: &[(&str, Text)] = &[
    (
        "log.person",
        text(
            "只看与这个人有关的：编号、证件号或姓名",
            "only what was about this person: id, document number or name",
        ),
    ),
    ("log.since", text("从这一天起", "from this day on")),
    (
        "backup.to",
        text(
            "放到这个文件夹，例如U盘",
            "into this folder, a USB stick's say",
        ),
    ),
    (
        "drill.from",
        text("用这个文件夹里的备份", "copies of this folder"),
    ),
    (
        "restore.file",
        text(
            "备份文件；不写时用最新的可用备份，连同此后的记录",
            "the copy; without one the newest that is whole, with what came after",
        ),
    ),
    (
        "restore.tail",
        text(
            "连同备份之后的记录（数据还在时默认不要）",
            "with what came after the copy (left out where the data still stand)",
        ),
    ),
    (
        "restore.recovery",
        text("用恢复码打开", "open it with the recovery code"),
    ),
    (
        "staff add.name",
        text("姓名，登录时用", "name, with which they sign in"),
    ),
    (
        "staff add.role",
        text(
            "角色：doctor 医生、public-health 公卫、admin 管理员、supervisor 督导",
            "role: doctor, public-health, admin, supervisor",
        ),
    ),
    (
        "staff change.staff",
        text("姓名或编号（s1）", "name or id (s1)"),
    ),
    ("staff change.name", text("新的姓名", "the new name")),
    ("staff change.role", text("新的角色", "the new role")),
    (
        "staff change.active",
        text("在岗 yes 或离岗 no", "whether they work here"),
    ),
    (
        "staff recover.staff",
        text("给哪位工作人员设口令", "who gets the new password"),
    ),
    (
        "staff recover.new",
        text("新添一位管理员的姓名", "the name of a new administrator"),
    ),
    (
        "staff recover.make_admin",
        text(
            "同意此人成为管理员，不再问",
            "they may become an administrator; nothing is asked",
        ),
    ),
    ("staff recover.no_retype", NO_RETYPE),
    ("staff recovery.no_retype", NO_RETYPE),
    (
        "staff password.staff",
        text(
            "给谁设（姓名或编号）；不写是自己",
            "whose (name or id); one's own where left out",
        ),
    ),
];
