//! Why a task stands there, in a few words for its row.
//!
//! The clause behind it is the rule's (`rule`); a reason knows no dates but its holes.

use serde::{Deserialize, Serialize};

use crate::domain::text::Label;

/// The short reason of a task; the serde name is its stable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 首次随访
    FirstVisit,
    /// 满n个月
    MonthsPassed { months: u32 },
    /// 首次未达标
    FirstOffTarget,
    /// 两次未达标
    TwiceOffTarget,
    /// 危急转诊
    Urgent,
    /// 并发症
    Complication,
    /// 首次不良反应
    AdverseReaction,
    /// 不良反应难控制
    AdverseReactionAgain,
    /// 缺空腹血糖
    GlucoseMissing,
    /// 转诊后已有方案
    PlanObtained,
    /// 转诊住院中
    InHospital,
    /// 转诊未就诊
    NotAttended,
    /// 失访追访
    Lost,
    /// 拒访后再访
    Refused,
    /// 外院随访,待补测
    DoneElsewhere,
    /// 年度测血压
    YearlyPressure,
    /// 高危半年测压
    HalfYearPressure,
    /// 血压偏高第n次
    HighPressure { times: u32 },
    /// 疑似继发性高血压
    SecondarySuspected,
    /// 年度体检
    YearlyCheck,
    /// 检查异常
    Abnormal,
    /// 病情不稳定
    Unstable,
    /// 首次基本稳定
    FairlyStable,
    /// 仍未稳定
    StillFairlyStable,
    /// 接通知72小时
    Notice,
    /// 满10天
    TenDays,
    /// 晚建册
    LateBooking,
    /// 到孕周
    WeekReached,
    /// 出院7天内
    Discharged,
    /// 产后42天
    SixWeeks,
    /// 高危新生儿
    NewbornAtRisk,
    /// 到接种月龄
    DoseDue,
    /// 年度体质辨识
    YearlyConstitution,
    /// 协议年度评估
    YearlyAssessment,
    /// 满n月龄
    AgeReached { months: u32 },
    /// 长期处方到期
    PrescriptionEnds,
    /// 已开转诊单
    SlipWritten,
    /// 履约: promised so many times in the agreement year
    Promised { done: u32, times: u32 },
    /// 失访已找到
    FoundAgain,
}

impl Reason {
    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstVisit => "first_visit",
            Self::MonthsPassed { .. } => "months_passed",
            Self::FirstOffTarget => "first_off_target",
            Self::TwiceOffTarget => "twice_off_target",
            Self::Urgent => "urgent",
            Self::Complication => "complication",
            Self::AdverseReaction => "adverse_reaction",
            Self::AdverseReactionAgain => "adverse_reaction_again",
            Self::GlucoseMissing => "glucose_missing",
            Self::PlanObtained => "plan_obtained",
            Self::InHospital => "in_hospital",
            Self::NotAttended => "not_attended",
            Self::Lost => "lost",
            Self::Refused => "refused",
            Self::DoneElsewhere => "done_elsewhere",
            Self::YearlyPressure => "yearly_pressure",
            Self::HalfYearPressure => "half_year_pressure",
            Self::HighPressure { .. } => "high_pressure",
            Self::SecondarySuspected => "secondary_suspected",
            Self::YearlyCheck => "yearly_check",
            Self::Abnormal => "abnormal",
            Self::Unstable => "unstable",
            Self::FairlyStable => "fairly_stable",
            Self::StillFairlyStable => "still_fairly_stable",
            Self::Notice => "notice",
            Self::TenDays => "ten_days",
            Self::LateBooking => "late_booking",
            Self::WeekReached => "week_reached",
            Self::Discharged => "discharged",
            Self::SixWeeks => "six_weeks",
            Self::NewbornAtRisk => "newborn_at_risk",
            Self::DoseDue => "dose_due",
            Self::YearlyConstitution => "yearly_constitution",
            Self::YearlyAssessment => "yearly_assessment",
            Self::AgeReached { .. } => "age_reached",
            Self::PrescriptionEnds => "prescription_ends",
            Self::SlipWritten => "slip_written",
            Self::Promised { .. } => "promised",
            Self::FoundAgain => "found_again",
        }
    }

    /// Returns the words with their holes filled.
    pub fn text(self) -> Label {
        let fixed = |zh: &str, en: &str| label(zh.to_owned(), en.to_owned());
        match self {
            Self::FirstVisit => fixed("首次随访", "First visit"),
            Self::MonthsPassed { months } => {
                label(format!("满{months}个月"), format!("{months} months"))
            }
            Self::FirstOffTarget => fixed("首次未达标", "First off target"),
            Self::TwiceOffTarget => fixed("两次未达标", "Off target twice"),
            Self::Urgent => fixed("危急转诊", "Urgent referral"),
            Self::Complication => fixed("并发症转诊", "Complication"),
            Self::AdverseReaction => fixed("不良反应", "Adverse reaction"),
            Self::AdverseReactionAgain => fixed("不良反应难控", "Reaction again"),
            Self::GlucoseMissing => fixed("缺空腹血糖", "Fasting missing"),
            Self::PlanObtained => fixed("转诊后随访", "After referral"),
            Self::InHospital => fixed("转诊住院中", "In hospital"),
            Self::NotAttended => fixed("转诊未就诊", "Not attended"),
            Self::Lost => fixed("已失访", "Lost"),
            Self::Refused => fixed("拒访后再访", "Refused before"),
            Self::DoneElsewhere => fixed("外院随访待补", "Seen elsewhere"),
            Self::YearlyPressure => fixed("年度测血压", "Yearly pressure"),
            Self::HalfYearPressure => fixed("高危半年测压", "High risk"),
            Self::HighPressure { times } => {
                label(format!("血压偏高{times}次"), format!("High BP x{times}"))
            }
            Self::SecondarySuspected => fixed("疑继发性高血压", "Secondary?"),
            Self::YearlyCheck => fixed("年度体检", "Yearly check"),
            Self::Abnormal => fixed("检查异常", "Abnormal result"),
            Self::Unstable => fixed("病情不稳定", "Unstable"),
            Self::FairlyStable => fixed("首次基本稳定", "Fairly stable"),
            Self::StillFairlyStable => fixed("仍未稳定", "Still not stable"),
            Self::Notice => fixed("接通知72小时", "Within 72 hours"),
            Self::TenDays => fixed("满10天", "10 days passed"),
            Self::LateBooking => fixed("晚建册", "Late booking"),
            Self::WeekReached => fixed("到孕周", "Week reached"),
            Self::Discharged => fixed("出院7天内", "After discharge"),
            Self::SixWeeks => fixed("产后42天", "42 days"),
            Self::NewbornAtRisk => fixed("高危新生儿", "Newborn at risk"),
            Self::DoseDue => fixed("到接种月龄", "Dose due"),
            Self::YearlyConstitution => fixed("年度体质辨识", "Constitution"),
            Self::YearlyAssessment => fixed("协议年度评估", "Assessment"),
            Self::PrescriptionEnds => fixed("长期处方到期", "Medicines end"),
            Self::SlipWritten => fixed("已开转诊单", "Slip written"),
            Self::FoundAgain => fixed("失访已找到", "Found again"),
            Self::Promised { done, times } => label(
                format!("履约{done}/{times}次"),
                format!("Promise {done}/{times}"),
            ),
            Self::AgeReached { months } if months < 37 => {
                label(format!("满{months}月龄"), format!("{months} months old"))
            }
            Self::AgeReached { months } => {
                let years = months / 12;
                label(format!("满{years}岁"), format!("{years} years old"))
            }
        }
    }
}

const fn label(zh: String, en: String) -> Label {
    Label { zh, en }
}
