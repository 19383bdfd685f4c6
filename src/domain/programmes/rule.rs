//! The rows of the decision tables by their ids in the rules document, each with its clause.
//!
//! A clause explains a row to the doctor; what the row does stands in its programme's file.

use serde::{Deserialize, Serialize};

use crate::domain::text::Text;

/// One row of the rules document; the serde name is its id there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Rule {
    H00,
    H0,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    D00,
    D1,
    D2,
    D3,
    D4,
    D5,
    D6,
    D7,
    Hs1,
    Hs2,
    Hs3,
    Hs4,
    R1,
    R2,
    R3,
    R4,
    R5,
    U1,
    U2,
    U3,
    U4,
    U5,
    U6,
    /// §3.9 and §4: the yearly check.
    Ex1,
}

impl Rule {
    /// Returns the id the rules document gives the row.
    pub const fn id(self) -> &'static str {
        match self {
            Self::H00 => "H00",
            Self::H0 => "H0",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::H3 => "H3",
            Self::H4 => "H4",
            Self::H5 => "H5",
            Self::H6 => "H6",
            Self::D00 => "D00",
            Self::D1 => "D1",
            Self::D2 => "D2",
            Self::D3 => "D3",
            Self::D4 => "D4",
            Self::D5 => "D5",
            Self::D6 => "D6",
            Self::D7 => "D7",
            Self::Hs1 => "HS1",
            Self::Hs2 => "HS2",
            Self::Hs3 => "HS3",
            Self::Hs4 => "HS4",
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R3 => "R3",
            Self::R4 => "R4",
            Self::R5 => "R5",
            Self::U1 => "U1",
            Self::U2 => "U2",
            Self::U3 => "U3",
            Self::U4 => "U4",
            Self::U5 => "U5",
            Self::U6 => "U6",
            Self::Ex1 => "EX1",
        }
    }

    /// Returns the row's clause in one sentence.
    pub const fn clause(self) -> Text {
        match self {
            Self::H00 | Self::D00 => Text {
                zh: "建档后1个月内首次随访,最迟3个月",
                en: "First visit a month after enrolment, at the latest after three",
            },
            Self::H0 => Text {
                zh: "没有可用的血压,不作分类",
                en: "Without a usable pressure there is no class",
            },
            Self::H1 | Self::D1 => Text {
                zh: "有危急情况:处理后紧急转诊,2周内核实转诊",
                en: "Urgent: treat and refer at once, check the referral within 2 weeks",
            },
            Self::H2 | Self::D2 => Text {
                zh: "出现新的并发症或原有并发症加重:建议转诊,2周内核实",
                en: "New or worse complication: refer, check within 2 weeks",
            },
            Self::H3 | Self::D3 => Text {
                zh: "药物不良反应难以控制或连续两次出现:建议转诊,2周内核实",
                en: "Adverse reaction hard to control or twice in a row: refer, check within 2 weeks",
            },
            Self::H4 => Text {
                zh: "连续两次血压控制不满意:建议转诊,2周内核实",
                en: "Pressure off target twice in a row: refer, check within 2 weeks",
            },
            Self::H5 => Text {
                zh: "首次血压未达标或有药物不良反应:调整治疗,2周内随访",
                en: "Pressure off target for the first time, or an adverse reaction: adjust treatment, visit within 2 weeks",
            },
            Self::H6 => Text {
                zh: "血压达标,无不良反应和并发症:3个月后随访",
                en: "Pressure on target, no reaction, no complication: next visit after 3 months",
            },
            Self::D4 => Text {
                zh: "连续两次空腹血糖控制不满意:建议转诊,2周内核实",
                en: "Fasting glucose off target twice in a row: refer, check within 2 weeks",
            },
            Self::D5 => Text {
                zh: "首次空腹血糖未达标或有药物不良反应:调整治疗,2周内随访",
                en: "Fasting glucose off target for the first time, or an adverse reaction: adjust treatment, visit within 2 weeks",
            },
            Self::D6 => Text {
                zh: "缺空腹血糖:不作分类,2周内补测",
                en: "Fasting glucose missing: no class, measure within 2 weeks",
            },
            Self::D7 => Text {
                zh: "空腹血糖达标,无不良反应和并发症:3个月后随访",
                en: "Fasting glucose on target, no reaction, no complication: next visit after 3 months",
            },
            Self::Hs1 => Text {
                zh: "35岁及以上每年至少测1次血压",
                en: "From 35 years on, pressure at least once a year",
            },
            Self::Hs2 => Text {
                zh: "首次发现血压偏高:去除诱因后非同日复测,3次均高应转诊确诊",
                en: "First high pressure: measure again on other days, three high readings mean referral",
            },
            Self::Hs3 => Text {
                zh: "高危人群每半年至少测1次血压",
                en: "With a high risk, pressure at least every half-year",
            },
            Self::Hs4 => Text {
                zh: "怀疑继发性高血压:立即转诊",
                en: "Secondary hypertension suspected: refer at once",
            },
            Self::R1 => Text {
                zh: "已就诊取得方案并面访测量:按一次随访处理,转诊闭环",
                en: "Attended, seen and measured: handled as a visit, referral closed",
            },
            Self::R2 => Text {
                zh: "已就诊取得方案:转诊闭环,2周内随访",
                en: "Attended and has a plan: referral closed, visit within 2 weeks",
            },
            Self::R3 => Text {
                zh: "住院中:2周后再核实",
                en: "In hospital: check again in 2 weeks",
            },
            Self::R4 => Text {
                zh: "未就诊:再次动员,尽快再核实",
                en: "Did not attend: urge again, check again soon",
            },
            Self::R5 => Text {
                zh: "联系不上:按未遇处理",
                en: "Not reached: handled as a failed try",
            },
            Self::U1 => Text {
                zh: "常规随访未遇:改日再访,最迟日期不变",
                en: "Routine visit not reached: try again another day, the last day stays",
            },
            Self::U2 => Text {
                zh: "两周随访或转诊核实未遇:几天内再访,最迟日期不变",
                en: "Two-week visit or referral check not reached: try again within days, the last day stays",
            },
            Self::U3 => Text {
                zh: "连续多次未访到:列为失访,过后追访",
                en: "Not reached several times in a row: lost to follow-up, to be traced",
            },
            Self::U4 => Text {
                zh: "拒绝本次随访:过后再访,最迟日期不变",
                en: "Refused this visit: try again later, the last day stays",
            },
            Self::U5 => Text {
                zh: "签字拒绝参加管理:不再安排随访",
                en: "Refused the programme in writing: no further tasks",
            },
            Self::U6 => Text {
                zh: "已在外院随访:有数值的从当日起排下次常规随访,否则尽快补访;不计本室面对面",
                en: "Followed up elsewhere: with a value the routine interval counts from that day, else visit soon; never our face-to-face visit",
            },
            Self::Ex1 => Text {
                zh: "每年1次健康体检",
                en: "One health check a year",
            },
        }
    }
}
