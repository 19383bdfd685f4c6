//! The words of the arguments of `agreement`, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// What each argument is.
pub const ARGUMENTS: &[(&str, Text)] = &[
    (
        "list.list",
        text(
            "名单，如 to_sign expiring unconfirmed running",
            "the list, as to_sign, expiring, unconfirmed, running",
        ),
    ),
    ("list.from", text("从第几行起（0）", "from this row on (0)")),
    (
        "list.limit",
        text("最多几行（50）", "at most this many rows (50)"),
    ),
    (
        "agreement.number",
        text(
            "协议：a12、协议编号，或户、人（取正在履约的一份）",
            "an agreement: a12, its number, or a household or person (the running one)",
        ),
    ),
    (
        "agreement.target",
        text(
            "户 h3、人 p5（只签本人）、单位 u1，或已拟好的协议 a12",
            "a household h3, a person p5 (he alone), a unit u1, or a draft a12",
        ),
    ),
    (
        "agreement.person",
        text(
            "谁：编号、证件号或本户姓名",
            "who: id, number, or name in this household",
        ),
    ),
    (
        "doctor",
        text("签约医生：姓名或 d1", "the doctor: name or d1"),
    ),
    ("team", text("团队：名称或 t1", "the team: name or t1")),
    (
        "party_a",
        text(
            "甲方：1机构+团队（默认）2家庭医生个人 3乡村医生个人 4社会办机构",
            "party A: 1 institution (usual), 2 family doctor, 3 village doctor, 4 private",
        ),
    ),
    ("years", text("签几年", "how many years")),
    (
        "only",
        text("只签这几位，可多次", "these members alone; may repeat"),
    ),
    (
        "left_out",
        text(
            "谁不签、为什么：p4=2,打工（1不同意 2外出 3已签他处 4其他），可多次",
            "who is left out and why: p4=2 (1 unwilling, 2 away, 3 signed elsewhere, 4 other); may repeat",
        ),
    ),
    (
        "agreement.incapable",
        text(
            "谁无行为能力、依据：p4=残疾证编号",
            "who is without capacity, on what grounds: p4=certificate",
        ),
    ),
    (
        "agreement join.incapable",
        text("无行为能力的依据", "the grounds of lacking capacity"),
    ),
    (
        "representative",
        text(
            "家庭代表（默认户主）；孩子的监护人签：p4=李梅,母亲",
            "the representative (the head); a child's guardian: p4=NAME,RELATION",
        ),
    ),
    (
        "agreement.package",
        text(
            "增值服务包：zy 给适用的人，p1=zy 给一个人，可多次",
            "a value-added package: for whom it suits, or p1=CODE; may repeat",
        ),
    ),
    (
        "fee",
        text(
            "费用：p1=zy,insurance=30,voucher=券号,paid=40,receipt=收据号,year=1",
            "fees: p1=CODE,insurance=30,voucher=NO,paid=40,receipt=NO,year=1",
        ),
    ),
    ("agreement.phone", text("联系电话", "the phone")),
    (
        "paper",
        text(
            "都在这一页纸上签的字：页码",
            "everybody signed on this page",
        ),
    ),
    (
        "agreement.consent",
        text(
            "同意：p3=1,A0007；孩子 p4=7,A0007,p1,父亲（1纸质签字 2指纹 3电子签名 4电话 5线上 6代表代签 7监护人 8委托），可多次",
            "a consent: p3=1,A0007; a child's p4=7,A0007,p1,father (1 paper, 2 fingerprint, 3 electronic, 4 phone, 5 online, 6 by the representative, 7 guardian, 8 proxy); may repeat",
        ),
    ),
    (
        "agreement join.consent",
        text(
            "同意：1,A0007；孩子 7,A0007,p1,父亲",
            "the consent: 1,A0007; a child's 7,A0007,p1,father",
        ),
    ),
    (
        "agreement leave.consent",
        text(
            "退出时本人（监护人）签字：1,A0007",
            "opting out: his own or the guardian's signature, 1,A0007",
        ),
    ),
    (
        "agreement confirm.consent",
        text("本人确认：4,录音编号", "his own word: 4,recording"),
    ),
    (
        "guardian",
        text(
            "--paper 时替孩子签字的监护人：p1 或 姓名,关系",
            "who signs for the children on --paper: p1, or NAME,RELATION",
        ),
    ),
    (
        "signed_by",
        text(
            "家庭代表怎样签的：1,A0007（默认同他的同意）",
            "how the representative signed: 1,A0007 (as he consented)",
        ),
    ),
    (
        "agreement end.clinic",
        text("甲方签字的姓名", "who signs for the clinic"),
    ),
    (
        "clinic",
        text(
            "甲方已签字（不写姓名就是签约医生）",
            "the clinic's side signed (without a name: the doctor)",
        ),
    ),
    (
        "taken_by",
        text("谁经办的（默认自己）", "who took it (yourself)"),
    ),
    (
        "start",
        text(
            "约定的开始日期（默认最后一个签字那天）",
            "the agreed first day (the day of the last signature)",
        ),
    ),
    ("time", text("签约时间 HH:MM", "the time of signing")),
    (
        "place",
        text(
            "签约地点：1入户 2门诊（默认）3线上",
            "where: 1 home, 2 clinic (usual), 3 online",
        ),
    ),
    (
        "equipment",
        text(
            "入户带的设备：1听诊器 2血压计 3血糖仪 4体重计，如 1,2,3,4",
            "carried: 1 stethoscope, 2 pressure meter, 3 glucose meter, 4 scales",
        ),
    ),
    (
        "also_done",
        text(
            "同时完成：1随访 2建档 3更新档案",
            "done besides: 1 follow-up, 2 record opened, 3 folder updated",
        ),
    ),
    (
        "above_cap",
        text(
            "超上限还要签的原因（要他人批准）",
            "why it goes above the cap; somebody else approves",
        ),
    ),
    (
        "approved_by",
        text("哪位工作人员批准", "which staff member approves"),
    ),
    (
        "approver",
        text("院外批准人姓名", "somebody outside who approves"),
    ),
    (
        "approval_paper",
        text("院外批准的文号", "the paper of that approval"),
    ),
    (
        "late_reason",
        text(
            "补录已上报月份的原因",
            "why it is dated into a month already reported",
        ),
    ),
    (
        "dry_run",
        text(
            "不签，只按人列出还缺什么",
            "do not sign, only say what is missing, by person",
        ),
    ),
    (
        "agreement resign.reason",
        text("改签的原因", "why it is signed anew"),
    ),
    (
        "agreement leave.reason",
        text(
            "died 死亡，moved 迁出，opts_out 本人退出",
            "died, moved or opts_out",
        ),
    ),
    ("agreement leave.to", text("迁到哪里", "where to")),
    (
        "agreement leave.date",
        text("最后一天（默认今天）", "the last day (today)"),
    ),
    ("agreement end.by", text("谁提出解约", "who gives notice")),
    (
        "agreement withdraw.by",
        text(
            "谁撤回：提出的人或户主",
            "who withdraws: who gave notice, or the head",
        ),
    ),
    (
        "way",
        text(
            "怎样提出的：1当面（默认）2电话 3书面 4线上",
            "how: 1 in person (usual), 2 phone, 3 written, 4 online",
        ),
    ),
    (
        "agreement end.reason",
        text(
            "原因：1搬迁 2服务不满意 3换医生 4费用 5其他（默认）",
            "why: 1 moving, 2 not satisfied, 3 other doctor, 4 fees, 5 other (usual)",
        ),
    ),
    ("note", text("备注", "a note")),
    (
        "resident",
        text("乙方签字的姓名", "who signs for the resident"),
    ),
    ("last_day", text("最后一天", "the last day")),
    ("sheet", text("解约单编号", "the number of the end sheet")),
    ("agreement.evidence", text("凭证", "the evidence")),
    ("cause", text("存疑的原因", "the cause")),
    ("finding", text("核实的结果", "what was found")),
    (
        "agreement void.finding",
        text(
            "1被签约 2录入错误",
            "1 signed without the resident, 2 entry error",
        ),
    ),
    (
        "informed",
        text("哪天告知居民的", "the day the resident was told"),
    ),
    (
        "what",
        text(
            "打什么：agreement 协议（默认）supplement 补充页 end 解约单 renewal 续约提醒",
            "what: agreement (usual), supplement, end, renewal",
        ),
    ),
    (
        "copies",
        text(
            "几份（默认两份原件，之后补打一份）",
            "how many (two originals, later one reprint)",
        ),
    ),
    (
        "page",
        text(
            "第几张补充页（默认最后一张）",
            "which supplement page (the last)",
        ),
    ),
    (
        "format",
        text(
            "html 网页，text 文本；report 还有 csv、xlsx、json",
            "html or text; of a report also csv, xlsx, json",
        ),
    ),
    ("out", text("写到这个文件", "the file to write")),
    (
        "replace",
        text("覆盖同名文件", "replace a file of that name"),
    ),
    (
        "encoding",
        text("文本的编码 utf8、gb18030", "the bytes of a text"),
    ),
    (
        "lines",
        text("文本每页行数（66）", "lines of a page of text (66)"),
    ),
];
