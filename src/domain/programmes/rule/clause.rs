//! The clause of every row, as the doctor reads it.

use super::Rule;
use crate::domain::text::Text;

impl Rule {
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
            Self::B1 => Text {
                zh: "收到通知单后72小时内首次入户",
                en: "First visit within 72 hours of the notice",
            },
            Self::B2 => Text {
                zh: "72小时内2次访视均未见到患者:报告上级专业机构",
                en: "Not met at two tries within 72 hours: report",
            },
            Self::B3 => Text {
                zh: "首次访视完成:确定督导人员,按期随访",
                en: "First visit done: supervisor chosen, visits follow",
            },
            Self::B4 => Text {
                zh: "有不良反应、并发症或合并症:转诊,2周内随访",
                en: "Adverse reaction or complication: refer, check within 2 weeks",
            },
            Self::B5 => Text {
                zh: "因其他原因漏服药1周及以上:报告上级,强化教育",
                en: "A week or more missed for another cause: report, explain again",
            },
            Self::B6 => Text {
                zh: "因其他原因漏服药不足1周:强化教育",
                en: "Less than a week missed for another cause: explain again",
            },
            Self::B7 => Text {
                zh: "规律服药,无不良反应:继续督导随访",
                en: "Regular, no reaction: visits go on",
            },
            Self::B8 => Text {
                zh: "停止治疗时结案评估",
                en: "Treatment ended: case closed",
            },
            Self::P00 => Text {
                zh: "建档后1个月内首次随访,最迟3个月",
                en: "First visit a month after entry, at the latest after three",
            },
            Self::P1 => Text {
                zh: "病情不稳定:对症处理后转诊,2周内随访",
                en: "Unstable: treat and refer, visit within 2 weeks",
            },
            Self::P2 => Text {
                zh: "首次基本稳定:调整治疗,2周时随访",
                en: "Fairly stable for the first time: adjust treatment, visit after 2 weeks",
            },
            Self::P3 => Text {
                zh: "仍未达到稳定:请专科医师指导,1个月时随访",
                en: "Still not stable: ask a psychiatrist, visit after a month",
            },
            Self::P4 => Text {
                zh: "病情稳定:3个月时随访",
                en: "Stable: next visit after 3 months",
            },
            Self::E1 => Text {
                zh: "65岁及以上每年1次健康管理",
                en: "From 65 years on, one check a year",
            },
            Self::E2 => Text {
                zh: "体检完成,下一年度再检",
                en: "Check done, the next one next year",
            },
            Self::E4 => Text {
                zh: "体检有异常:建议定期复查",
                en: "Something abnormal: recheck advised",
            },
            Self::E5 => Text {
                zh: "生活自理能力评估≥4分:建议上门服务",
                en: "Self-care score 4 or more: service at home suggested",
            },
            Self::G1 => Text {
                zh: "孕期5次产前检查,按孕周安排",
                en: "Five antenatal checks by gestational week",
            },
            Self::G2 => Text {
                zh: "13周后建册:7天内完成首次检查,不计早孕建册",
                en: "Booked after 13 weeks: first check within 7 days, not counted as early",
            },
            Self::G3 => Text {
                zh: "建册时已过的检查时段不再补",
                en: "Windows that had passed at booking are not made up",
            },
            Self::G4 => Text {
                zh: "按孕周时段完成检查",
                en: "The check of the gestational weeks",
            },
            Self::G5 => Text {
                zh: "分类异常或高危:转诊,2周内随访转诊结果",
                en: "Abnormal or high risk: refer, check within 2 weeks",
            },
            Self::G6 => Text {
                zh: "有危险征象:立即转诊,2周内随访",
                en: "Danger signs: refer at once, check within 2 weeks",
            },
            Self::G9 => Text {
                zh: "出院后7天内产后访视和新生儿访视",
                en: "Visit within 7 days of discharge",
            },
            Self::G10 => Text {
                zh: "产后42天健康检查",
                en: "Check 42 days after delivery",
            },
            Self::C1 => Text {
                zh: "出院后7天内新生儿访视",
                en: "Newborn visit within 7 days of discharge",
            },
            Self::C2 => Text {
                zh: "按月龄做儿童健康检查",
                en: "Child checks by age",
            },
            Self::C3 => Text {
                zh: "高危新生儿增加访视",
                en: "More visits for a newborn at risk",
            },
            Self::C4 => Text {
                zh: "发育预警或听力、视力异常:及时转诊并追踪",
                en: "Development warning, hearing or vision: refer and follow",
            },
            Self::V1 => Text {
                zh: "按免疫程序到月龄和最小间隔",
                en: "By the schedule: age and least interval",
            },
            Self::N1 => Text {
                zh: "每个协议年度1次健康状况评估",
                en: "One assessment in each agreement year",
            },
            Self::Pr1 => Text {
                zh: "协议年快到期:承诺的服务还没做足,到期前补上才算履约",
                en: "The agreement year nears its end: what was promised is not done yet and counts only within it",
            },
            Self::N2 => Text {
                zh: "当年健康体检可作为年度评估",
                en: "A yearly check stands for the assessment",
            },
            Self::X00 => Text {
                zh: "建档后1个月内首次随访,最迟3个月",
                en: "First visit a month after entry, at the latest after three",
            },
            Self::X1 => Text {
                zh: "重度残疾或中度以上依赖:每3个月随访",
                en: "Severe disability or dependence: every 3 months",
            },
            Self::X2 => Text {
                zh: "其他残疾人:每年随访",
                en: "Other disabled persons: once a year",
            },
            Self::Q00 => Text {
                zh: "纳入后1个月内首次走访,最迟3个月",
                en: "First visit a month after entry, at the latest after three",
            },
            Self::Q1 => Text {
                zh: "监测户每半年走访1次",
                en: "Monitored households: every half-year",
            },
            Self::R00 => Text {
                zh: "已开双向转诊单:2周内核实转诊",
                en: "Referral slip written: check the referral within 2 weeks",
            },
            Self::U7 => Text {
                zh: "失访已找到:2周内随访;转诊未闭环的,2周内核实转诊",
                en: "Found again: visit within 2 weeks, or check a referral still open",
            },
            Self::Rx1 => Text {
                zh: "长期处方用完前3天复诊:续方、改方或停用",
                en: "Long prescription: seen again 3 days before it ends, to go on, change or stop",
            },
            Self::Q2 => Text {
                zh: "脱贫户每年走访1次",
                en: "Relieved households: once a year",
            },
        }
    }
}
