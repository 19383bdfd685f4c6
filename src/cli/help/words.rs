//! The words of every argument, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// What each argument is, by `command.argument`, or by its name alone where it is everywhere.
pub const ARGUMENTS: &[(&str, Text)] = &[
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
    (
        "read_only",
        text(
            "只读：不能改动，不显示完整号码",
            "only read: no change, no full number",
        ),
    ),
    ("help", text("显示帮助", "print help")),
    (
        "log.person",
        text("只看与这个人有关的", "only what was about this person"),
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
        "staff password.staff",
        text(
            "给谁设（姓名或编号）；不写是自己",
            "whose (name or id); one's own where left out",
        ),
    ),
    ("version", text("显示版本", "print the version")),
    (
        "demo.people",
        text("练习村多少人（默认3000）", "people in the village (3000)"),
    ),
    (
        "demo.seed",
        text(
            "种子：同一个数建出同一个村",
            "seed: the same number, the same village",
        ),
    ),
    (
        "demo.fresh",
        text("旧的不要，重新建", "build anew, giving up the old village"),
    ),
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
        "set.values",
        text("项目=值，可写几个", "KEY=VALUE, one or several"),
    ),
    (
        "set.dry_run",
        text(
            "只看会动多少到期日，不改",
            "only tell how many due dates would move",
        ),
    ),
    ("history.key", text("只看这一项", "of this key alone")),
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
            "people 居民名册，journal 全部日志，register 门诊日志，agreements 签约协议",
            "people: the roster; journal: every entry; register: who was seen; agreements: one row a member",
        ),
    ),
    (
        "export.format",
        text(
            "csv、xlsx 或 json（否则看文件名）",
            "csv, xlsx or json (else by the file's name)",
        ),
    ),
    (
        "export.from",
        text(
            "门诊日志从哪天起（否则只一天）",
            "the register from this day (else one day)",
        ),
    ),
    (
        "export.until",
        text(
            "门诊日志到哪天（默认今天）",
            "the register until this day (today)",
        ),
    ),
    (
        "referral.whose",
        text("打印谁的转诊单", "whose slip is printed"),
    ),
    ("referral.back", text("打印回转单", "print the return slip")),
    ("referral.out", text("写到这个文件", "the file to write")),
    (
        "referral.replace",
        text("覆盖同名文件", "replace a file of that name"),
    ),
    (
        "referral.format",
        text("html 网页，text 文本", "html or text"),
    ),
    (
        "referral.encoding",
        text("文本的编码", "the bytes of a text"),
    ),
    (
        "referral.lines",
        text("文本每页行数（66）", "lines of a page of text (66)"),
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
    ("form", text("表的编号，可多次", "id of a form; may repeat")),
    (
        "set",
        text(
            "一项答案：sbp=152；只给一张表：F02.fbg=6.1；可多次",
            "an answer: sbp=152, or of one form: F02.fbg=6.1; may repeat",
        ),
    ),
    (
        "line",
        text(
            "一行录入：\"152/94 p78 w61.5 无异常\"",
            "one-line entry: \"152/94 p78 w61.5 normal\"",
        ),
    ),
    (
        "seen",
        text(
            "看过的日志号（show、queue 的 seen）；之后别人改过就拒绝（E-STALE）",
            "the journal number seen (`seen` of show and queue); later changes refuse this one (E-STALE)",
        ),
    ),
    (
        "confirm",
        text(
            "确认少见的数值，并沿用上次的答案",
            "confirm unusual values and take over the last answers",
        ),
    ),
    (
        "result",
        text(
            "转诊结果：1已就诊 2住院中 3未就诊 4联系不上",
            "1 attended, 2 in hospital, 3 not attended, 4 not reached",
        ),
    ),
    (
        "mode",
        text(
            "方式：1门诊 2家庭 3电话（默认）4线上",
            "1 clinic, 2 home, 3 phone (usual), 4 online",
        ),
    ),
    (
        "visit.referral",
        text(
            "上次转诊的结果：1已就诊 2住院中 3未就诊",
            "the last referral: 1 attended, 2 in hospital, 3 not attended",
        ),
    ),
    (
        "show.id",
        text(
            "人或户：p12、h3、证件号、档案编号、户编号",
            "p12, h3, an ID number, a record or household number",
        ),
    ),
    (
        "show.year",
        text(
            "只看这个人某一年：各项服务做了、到期、过期、计划",
            "one year of this person: what was done, due, missed and is planned",
        ),
    ),
    (
        "queue.days",
        text(
            "再列出往后几天到期的",
            "list what is due in the next days besides",
        ),
    ),
    (
        "queue.all",
        text("连同可提前的和顺便的", "with early and standing work"),
    ),
    (
        "queue.doctor",
        text(
            "只看这位责任医生的户",
            "only households this doctor answers for",
        ),
    ),
    (
        "leave.reason",
        text(
            "diagnosis_removed 排除诊断（默认），refused 签字拒绝",
            "diagnosis_removed (usual) or refused",
        ),
    ),
    (
        "attempt.task",
        text(
            "哪项任务：htn_visit dm_visit referral_check trace bp_screen（默认全部）",
            "the task: htn_visit, dm_visit, referral_check, trace, bp_screen (all)",
        ),
    ),
    (
        "attempt.result",
        text(
            "not_home 不在家 no_answer 没接通 refused 拒访 refuses_programme 签字拒绝 moved 迁出 dead 死亡 done_elsewhere 在外院做了",
            "not_home, no_answer, refused, refuses_programme, moved, dead, done_elsewhere",
        ),
    ),
    (
        "attempt.lost",
        text(
            "若因此失访：1外出务工 2迁居 3走失 4三次未访到 5其他",
            "if lost by this: 1 works away, 2 moved, 3 strayed, 4 not reached, 5 other",
        ),
    ),
    (
        "attempt.done",
        text(
            "在外院随访的日期（默认同 --date）",
            "the day it was done elsewhere (as --date)",
        ),
    ),
    ("attempt.place", text("在哪里随访的", "where it was done")),
    (
        "attempt.evidence",
        text(
            "凭据：paper 纸质 message 消息 word 本人所说",
            "paper, message or the resident's word",
        ),
    ),
    (
        "attempt.set",
        text(
            "外院测的数值：sbp=138；可多次",
            "what was measured there: sbp=138; may repeat",
        ),
    ),
    ("attempt.to", text("迁到哪里", "where to")),
    ("attempt.cause", text("死亡原因", "the cause of death")),
    (
        "new_head",
        text(
            "走的是户主时，谁当新户主",
            "the new head, where the head leaves",
        ),
    ),
    (
        "person",
        text(
            "人：编号 p12、证件号或档案编号",
            "a person: p12, an ID number or a record number",
        ),
    ),
    (
        "programme",
        text("项目，写编号或名称", "programme, by code or name"),
    ),
    (
        "date",
        text(
            "日期，如 2026-11-21（默认今天）",
            "the day, as 2026-11-21 (today)",
        ),
    ),
    ("visit", text("随访编号，如 v67", "a visit, as v67")),
    ("reason", text("原因", "the reason")),
    (
        "enrol.proposed",
        text(
            "纳入建议名单上的人，可只写一个项目",
            "take in everybody proposed, of one programme or of all",
        ),
    ),
    (
        "enrol.dry_run",
        text("只列名单，不纳入", "list them only, take nobody in"),
    ),
    (
        "enrol.reason",
        text(
            "未到年龄仍要纳入的理由",
            "why somebody below the age is taken in",
        ),
    ),
    (
        "demo.people",
        text("多少人（默认3000）", "how many people (3000)"),
    ),
];
