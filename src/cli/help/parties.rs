//! The words of the arguments of those who sign agreements, and of registers, both languages side by side.

use crate::domain::text::Text;

const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// What each argument is.
pub const ARGUMENTS: &[(&str, Text)] = &[
    ("name", text("姓名、名称", "the name")),
    ("code", text("编号", "the code")),
    (
        "doctor.kind",
        text(
            "1全科 2经全科培训 3乡村医生（默认）4其他类别 5退休 6二三级医院",
            "1 GP, 2 trained, 3 village (usual), 4 other, 5 retired, 6 hospital",
        ),
    ),
    (
        "unit.kind",
        text(
            "1机关 2企事业（默认）3园区 4楼宇",
            "1 office, 2 company (usual), 3 park, 4 building",
        ),
    ),
    (
        "voucher.kind",
        text("1代金券 2减免券", "1 voucher, 2 reduction"),
    ),
    ("staff", text("对应的工作人员", "his staff account")),
    ("id_no", text("身份证号", "the identity number")),
    ("licence", text("执业证书号", "the licence number")),
    ("from", text("从哪天起", "the first day")),
    ("until", text("到哪天", "the last day")),
    (
        "doctor stop.date",
        text("最后一天（默认今天）", "the last day (today)"),
    ),
    (
        "package stop.date",
        text(
            "最后能签的一天（默认今天）",
            "the last day it can be signed (today)",
        ),
    ),
    (
        "cap_persons",
        text("自己的签约人数上限", "an own cap of persons"),
    ),
    (
        "cap_households",
        text("自己的签约户数上限", "an own cap of households"),
    ),
    ("leader", text("队长：签约医生", "the leader, a doctor")),
    (
        "team.member",
        text(
            "成员=角色：王建国=1，李护士=3,2026-01-01（1家庭医生 2公卫 3护士 4乡村医生 5药师 6专科 7中医 8助理 9其他）",
            "MEMBER=ROLE: d1=1, Li=3,2026-01-01 (1 family doctor, 2 public health, 3 nurse, 4 village doctor, 5 pharmacist, 6 specialist, 7 Chinese medicine, 8 assistant, 9 other)",
        ),
    ),
    (
        "unit.member",
        text(
            "名单上加人：p5，或没建档的 姓名,证件号,电话",
            "onto the list: p5, or NAME,ID,PHONE of somebody without a record",
        ),
    ),
    (
        "without",
        text(
            "减人：姓名（团队可加最后一天）",
            "out: a name (of a team perhaps with the last day)",
        ),
    ),
    (
        "area",
        text("责任区：村，或 村/组", "the area: VILLAGE or VILLAGE/PART"),
    ),
    (
        "shared_area",
        text("和别的团队共管的区", "an area shared with another team"),
    ),
    ("price", text("定价，元/人/年", "yuan a person and year")),
    (
        "item",
        text(
            "内容=每年次数：上门护理=12，可多次",
            "NAME=TIMES a year; may repeat",
        ),
    ),
    (
        "tag",
        text("适用人群，如 K04，可多次", "for whom, as K04; may repeat"),
    ),
    ("unit", text("单位：名称或 u1", "the unit: name or u1")),
    ("credit_code", text("统一社会信用代码", "the credit code")),
    ("contact", text("联系人", "the contact")),
    ("phone", text("电话", "the phone")),
    ("address", text("地址", "the address")),
    ("headcount", text("多少人", "how many people")),
    ("number", text("券号", "the number")),
    ("amount", text("金额，元", "yuan")),
    ("voucher.to", text("发给谁：人或户", "whom it is issued to")),
    (
        "issued",
        text("发放日期（默认今天）", "the day of issue (today)"),
    ),
    (
        "expires",
        text("最后能用的一天", "the last day it can be used"),
    ),
    (
        "report.name",
        text(
            "register 登记表，campaign 汇总表，performance 绩效统计表",
            "register, campaign or performance",
        ),
    ),
    ("report.day", text("哪一天（默认今天）", "the day (today)")),
    (
        "report.period",
        text(
            "哪年或哪月：2026、2026-10",
            "the year or month: 2026, 2026-10",
        ),
    ),
    (
        "report.by",
        text(
            "汇总按 doctor 医生、village 村、day 日期",
            "sums by doctor, village or day",
        ),
    ),
    (
        "report.route",
        text("登记表上的天气/路线", "weather and route, on the register"),
    ),
    (
        "report.send",
        text(
            "记下这个月的月报已上报；之后补录、作废的标为需更正",
            "records that the month's report was sent; what comes later marks it for correction",
        ),
    ),
];
