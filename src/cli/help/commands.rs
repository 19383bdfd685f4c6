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
        "settings list",
        text("列出全部设置（默认）", "list every setting (the default)"),
    ),
    ("settings set", text("改设置", "change settings")),
    (
        "settings history",
        text("谁在什么时候改过什么", "who changed what, and when"),
    ),
    (
        "staff",
        text("工作人员与口令", "who works here, and their passwords"),
    ),
    (
        "staff list",
        text("列出工作人员（默认）", "list the staff (the default)"),
    ),
    ("staff add", text("登记工作人员", "add a staff member")),
    (
        "staff change",
        text(
            "改姓名、角色、在岗",
            "change name, role, or whether they work here",
        ),
    ),
    (
        "staff password",
        text(
            "设口令：自己的或同事的，都要先输自己的口令；新口令输入，或用 CUNYI_NEW_PASSWORD_FILE 指明文件",
            "give a password, one's own or a colleague's, showing one's own first; the new one is typed, or stands in the file CUNYI_NEW_PASSWORD_FILE names",
        ),
    ),
    (
        "staff recover",
        text(
            "用恢复码设新口令，换新恢复码。恢复码、新口令可以输入，或用 CUNYI_RECOVERY_FILE、CUNYI_NEW_PASSWORD_FILE 指明文件",
            "by the recovery code give an administrator a new password and make a new code; both are typed, or stand in the files CUNYI_RECOVERY_FILE and CUNYI_NEW_PASSWORD_FILE name",
        ),
    ),
    (
        "staff recovery",
        text(
            "换恢复码，只显示这一次；旧的作废",
            "another recovery code, shown this once; the one before ends",
        ),
    ),
    (
        "backup",
        text("备份，并重新读一遍", "make a copy and read it again"),
    ),
    (
        "drill",
        text(
            "演练：证明最近的备份能恢复",
            "prove that the newest copy can be brought back",
        ),
    ),
    (
        "restore",
        text(
            "恢复：最新的可用备份和此后的记录，或写明的一份；现有数据原样放到一边",
            "bring back the newest whole copy and what came since, or the one named; what stands here is put aside",
        ),
    ),
    (
        "seal",
        text(
            "给没加密的旧资料加密，设口令",
            "seal data of before there were passwords",
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
            "签约协议：名单、签约、续约、解约、打印",
            "agreements: lists, signing, renewal, ending, printing",
        ),
    ),
    (
        "check",
        text("核对数据是否完好", "prove that the data are whole"),
    ),
    (
        "log",
        text(
            "谁做过什么、谁看过谁、谁登录过",
            "who did what, who looked at whom, who signed in",
        ),
    ),
    (
        "keys",
        text(
            "按键表；检查自己的按键文件",
            "the keys as a table; check a keymap file",
        ),
    ),
    (
        "agreement list",
        text(
            "名单：不写名单时数每张有多少",
            "a list; without one, how many stand on each",
        ),
    ),
    (
        "agreement show",
        text("看一份协议的全部", "an agreement, whole"),
    ),
    (
        "agreement draft",
        text(
            "拟一份协议，先打印后签字；已拟的可以改",
            "begin one to be printed and signed later, or change a draft",
        ),
    ),
    (
        "agreement print",
        text(
            "打印协议、补充页、解约单、续约提醒",
            "print the agreement, a supplement, the end sheet, the renewal notice",
        ),
    ),
    (
        "agreement sign",
        text(
            "签约：已拟好的，或当场拟好就签",
            "sign one that was begun, or begin and sign at once",
        ),
    ),
    (
        "agreement join",
        text("增加成员（出生、婚入、迁入、补签）", "add a member"),
    ),
    (
        "agreement leave",
        text("减少成员（死亡、迁出、退出）", "take a member out"),
    ),
    (
        "agreement confirm",
        text(
            "代签的成员本人确认",
            "a member's own word after the representative signed for him",
        ),
    ),
    (
        "agreement spoken",
        text(
            "已和家庭代表说过续约",
            "renewal was spoken of with the representative",
        ),
    ),
    (
        "agreement renew",
        text(
            "到期前60天内手工续签",
            "renew by hand in the 60 days before the end",
        ),
    ),
    (
        "agreement resign",
        text(
            "改签：换医生或团队",
            "sign anew with another doctor or team",
        ),
    ),
    (
        "agreement end",
        text(
            "解约：登记提出、双方签字、解约单，写到哪步办到哪步",
            "end by both sides: notice, signatures, end sheet, as far as told",
        ),
    ),
    (
        "agreement withdraw",
        text("居民撤回解约", "the resident withdraws the notice"),
    ),
    (
        "agreement stop",
        text(
            "机构停止服务，终止协议",
            "the institution stops the service",
        ),
    ),
    (
        "agreement doubt",
        text("存疑：回访说不知道或没同意", "put it in doubt"),
    ),
    (
        "agreement clear",
        text("核实属实，消除存疑", "clear the doubt"),
    ),
    (
        "agreement acting",
        text(
            "医生离任后由谁代管",
            "who acts while the doctor of record has left",
        ),
    ),
    (
        "agreement discard",
        text(
            "没签的草稿、待签字的不要了",
            "give up one that was not signed",
        ),
    ),
    (
        "agreement void",
        text(
            "作废（被签约或录入错误），要他人批准",
            "make it void; somebody else approves",
        ),
    ),
    (
        "agreement roll",
        text(
            "办理到期的续约和终止",
            "renew or end those whose day has come",
        ),
    ),
    (
        "doctor",
        text(
            "签约医生：登记、变更、离任、签约数",
            "the doctors who sign, and how full their panels are",
        ),
    ),
    (
        "doctor list",
        text("列出签约医生（默认）", "list them (the default)"),
    ),
    (
        "doctor add",
        text("登记一位签约医生", "write a doctor down"),
    ),
    (
        "doctor change",
        text("改登记", "change what is written of one"),
    ),
    (
        "doctor stop",
        text("离任：最后一天", "the last day of service"),
    ),
    ("team", text("服务团队 1+1+X", "service teams 1+1+X")),
    (
        "team list",
        text(
            "列出团队和不合规定的地方（默认）",
            "list them, with what is wrong (the default)",
        ),
    ),
    ("team add", text("建一个团队", "write a team down")),
    (
        "team change",
        text(
            "改团队、增减成员和责任区",
            "change a team, its members, its areas",
        ),
    ),
    (
        "package",
        text("增值服务包和价格", "value-added packages and their prices"),
    ),
    (
        "package list",
        text("列出服务包（默认）", "list them (the default)"),
    ),
    ("package add", text("加一个服务包", "add a package")),
    (
        "package change",
        text("改服务包；已签的不变", "change one; what was signed stays"),
    ),
    (
        "package stop",
        text("从哪天以后不再签", "the last day it can be signed"),
    ),
    (
        "unit",
        text(
            "功能社区单位和名单",
            "functional-community units and their lists",
        ),
    ),
    (
        "unit list",
        text("列出单位（默认）", "list them (the default)"),
    ),
    ("unit add", text("加一个单位", "write a unit down")),
    (
        "unit change",
        text("改单位、增减名单上的人", "change a unit and its list"),
    ),
    ("voucher", text("代金券和减免券", "vouchers")),
    (
        "voucher list",
        text("列出券（默认）", "list them (the default)"),
    ),
    ("voucher add", text("发一张券", "issue a voucher")),
    (
        "voucher void",
        text("作废一张没用过的券", "make an unused one void"),
    ),
    (
        "report",
        text(
            "签约工作登记表、汇总表、绩效统计表",
            "registers of signing: of a day, sums, what was promised and done",
        ),
    ),
];
