//! What a decision calls to the doctor's attention (rules §20).
//!
//! Who shows them and how is the front end's matter.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    programmes::vax::Dose,
    task::TaskKind,
    text::{Label, Text},
};

/// What the key of a missed window begins with.
const MISSED: &str = "window_missed:";

/// One alert; it is stored by its stable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alert {
    UrgentReferral,
    ReferUp,
    ReferralOpen,
    ReferralNotAttended,
    AdjustTreatment,
    ProvisionalClass,
    F2fRequired,
    BpMissing,
    FbgMissing,
    BpHighScreen,
    HypoFrequent,
    /// Computed when asked (rules §17.5), never kept in a decision.
    F2fShortfall,
    LostToFollowUp,
    Refused,
    ReportPolice,
    ConsultPsychiatrist,
    ConsentRefused,
    ReportTbMissed,
    ReportTbUnreached,
    StrengthenEducation,
    LateBooking,
    PregBpHigh,
    PregProteinuria,
    Anaemia,
    FhrAbnormal,
    DischargeAssumed,
    DevWarning,
    HearingFail,
    VisionLow,
    Caries,
    GrowthAbnormal,
    HomeServiceSuggested,
    Recheck,
    PrescriptionUnfit,
    /// 错过服务窗口
    WindowMissed(TaskKind),
    /// 逾期未种
    VaccineOverdue(Dose),
}

impl Alert {
    /// All alerts that name nothing else, the gravest first.
    pub const ALL: [Self; 34] = [
        Self::UrgentReferral,
        Self::ReferUp,
        Self::ReferralOpen,
        Self::ReferralNotAttended,
        Self::AdjustTreatment,
        Self::ProvisionalClass,
        Self::F2fRequired,
        Self::BpMissing,
        Self::FbgMissing,
        Self::BpHighScreen,
        Self::HypoFrequent,
        Self::F2fShortfall,
        Self::LostToFollowUp,
        Self::Refused,
        Self::ReportPolice,
        Self::ConsultPsychiatrist,
        Self::ConsentRefused,
        Self::ReportTbMissed,
        Self::ReportTbUnreached,
        Self::StrengthenEducation,
        Self::LateBooking,
        Self::PregBpHigh,
        Self::PregProteinuria,
        Self::Anaemia,
        Self::FhrAbnormal,
        Self::DischargeAssumed,
        Self::DevWarning,
        Self::HearingFail,
        Self::VisionLow,
        Self::Caries,
        Self::GrowthAbnormal,
        Self::HomeServiceSuggested,
        Self::Recheck,
        Self::PrescriptionUnfit,
    ];

    /// Returns the stable key of rules §20.
    pub fn key(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::WindowMissed(kind) => return Cow::Owned(format!("{MISSED}{}", kind.key())),
            Self::VaccineOverdue(dose) => dose.overdue_key(),
            Self::UrgentReferral => "urgent_referral",
            Self::ReferUp => "refer_up",
            Self::ReferralOpen => "referral_open",
            Self::ReferralNotAttended => "referral_not_attended",
            Self::AdjustTreatment => "adjust_treatment",
            Self::ProvisionalClass => "provisional_class",
            Self::F2fRequired => "f2f_required",
            Self::BpMissing => "bp_missing",
            Self::FbgMissing => "fbg_missing",
            Self::BpHighScreen => "bp_high_screen",
            Self::HypoFrequent => "hypo_frequent",
            Self::F2fShortfall => "f2f_shortfall",
            Self::LostToFollowUp => "lost_to_follow_up",
            Self::Refused => "refused",
            Self::ReportPolice => "report_police",
            Self::ConsultPsychiatrist => "consult_psychiatrist",
            Self::ConsentRefused => "consent_refused",
            Self::ReportTbMissed => "report_tb_missed",
            Self::ReportTbUnreached => "report_tb_unreached",
            Self::StrengthenEducation => "strengthen_education",
            Self::LateBooking => "late_booking",
            Self::PregBpHigh => "preg_bp_high",
            Self::PregProteinuria => "preg_proteinuria",
            Self::Anaemia => "anaemia",
            Self::FhrAbnormal => "fhr_abnormal",
            Self::DischargeAssumed => "discharge_assumed",
            Self::DevWarning => "dev_warning",
            Self::HearingFail => "hearing_fail",
            Self::VisionLow => "vision_low",
            Self::Caries => "caries",
            Self::GrowthAbnormal => "growth_abnormal",
            Self::HomeServiceSuggested => "home_service_suggested",
            Self::Recheck => "recheck",
            Self::PrescriptionUnfit => "prescription_unfit",
        })
    }

    /// Returns the alert of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(kind) = key.strip_prefix(MISSED) {
            return TaskKind::from_key(kind).map(Self::WindowMissed);
        }
        let doses = Dose::ALL.iter().map(|dose| Self::VaccineOverdue(*dose));
        Self::ALL
            .into_iter()
            .chain(doses)
            .find(|alert| alert.key() == key)
    }

    /// Returns the wording of rules §20 with what it names.
    pub fn label(self) -> Label {
        let text = self.text();
        let named = match self {
            Self::WindowMissed(kind) => kind.name(),
            Self::VaccineOverdue(dose) => dose.name(),
            _ => {
                return Label {
                    zh: text.zh.to_owned(),
                    en: text.en.to_owned(),
                };
            }
        };
        Label {
            zh: format!("{}:{}", text.zh, named.zh),
            en: format!("{}: {}", text.en, named.en),
        }
    }

    /// Returns the wording of rules §20.
    pub const fn text(self) -> Text {
        match self {
            Self::WindowMissed(_) => Text {
                zh: "错过服务窗口",
                en: "Window missed",
            },
            Self::VaccineOverdue(_) => Text {
                zh: "逾期未种",
                en: "Vaccination late",
            },
            Self::UrgentReferral => Text {
                zh: "危急,处理后紧急转诊",
                en: "Urgent: treat, then refer at once",
            },
            Self::ReferUp => Text {
                zh: "建议转诊上级医院",
                en: "Refer to a higher hospital",
            },
            Self::ReferralOpen => Text {
                zh: "已有未闭环转诊",
                en: "An earlier referral is still open",
            },
            Self::ReferralNotAttended => Text {
                zh: "转诊后未就诊,再次动员",
                en: "Did not go to the hospital: urge again",
            },
            Self::AdjustTreatment => Text {
                zh: "调整治疗,2周内随访",
                en: "Adjust treatment, visit within 2 weeks",
            },
            Self::ProvisionalClass => Text {
                zh: "电话自报数据,分类待面访确认",
                en: "Self-reported by phone: class to be confirmed face to face",
            },
            Self::F2fRequired => Text {
                zh: "电话不计面对面,面访任务保留",
                en: "A phone call is not face to face: the visit stays open",
            },
            Self::BpMissing => Text {
                zh: "缺血压",
                en: "Blood pressure missing",
            },
            Self::FbgMissing => Text {
                zh: "缺空腹血糖",
                en: "Fasting glucose missing",
            },
            Self::BpHighScreen => Text {
                zh: "血压偏高,纳入高血压筛查",
                en: "Pressure high: screen for hypertension",
            },
            Self::HypoFrequent => Text {
                zh: "低血糖频繁",
                en: "Frequent hypoglycaemia",
            },
            Self::F2fShortfall => Text {
                zh: "全年面对面次数可能不足",
                en: "Face-to-face visits of the year may fall short",
            },
            Self::LostToFollowUp => Text {
                zh: "失访",
                en: "Lost to follow-up",
            },
            Self::Refused => Text {
                zh: "拒访",
                en: "Refused the visit",
            },
            Self::ReportPolice => Text {
                zh: "必要时报告公安机关",
                en: "Tell the police where needed",
            },
            Self::ConsultPsychiatrist => Text {
                zh: "请精神专科医师指导",
                en: "Ask a psychiatrist",
            },
            Self::ConsentRefused => Text {
                zh: "不同意参加管理",
                en: "Does not agree to be followed up",
            },
            Self::ReportTbMissed => Text {
                zh: "漏服药1周及以上,报告上级专业机构",
                en: "A week or more of doses missed: report",
            },
            Self::ReportTbUnreached => Text {
                zh: "72小时内2次未见到患者,报告",
                en: "Not met twice within 72 hours: report",
            },
            Self::StrengthenEducation => Text {
                zh: "强化健康教育",
                en: "Explain again why doses matter",
            },
            Self::LateBooking => Text {
                zh: "未在13周前建册",
                en: "Booked after 13 weeks",
            },
            Self::PregBpHigh => Text {
                zh: "妊娠血压高",
                en: "High pressure in pregnancy",
            },
            Self::PregProteinuria => Text {
                zh: "尿蛋白阳性",
                en: "Protein in urine",
            },
            Self::Anaemia => Text {
                zh: "贫血",
                en: "Anaemia",
            },
            Self::FhrAbnormal => Text {
                zh: "胎心异常",
                en: "Fetal heart rate abnormal",
            },
            Self::DischargeAssumed => Text {
                zh: "出院日期按分娩后3天推定",
                en: "Discharge assumed 3 days after delivery",
            },
            Self::DevWarning => Text {
                zh: "发育预警",
                en: "Development warning",
            },
            Self::HearingFail => Text {
                zh: "听力未通过",
                en: "Hearing not passed",
            },
            Self::VisionLow => Text {
                zh: "视力低常",
                en: "Low vision",
            },
            Self::Caries => Text {
                zh: "龋齿",
                en: "Caries",
            },
            Self::GrowthAbnormal => Text {
                zh: "体格发育异常",
                en: "Growth abnormal",
            },
            Self::HomeServiceSuggested => Text {
                zh: "建议上门服务",
                en: "Service at home suggested",
            },
            Self::PrescriptionUnfit => Text {
                zh: "长期处方期间控制不满意,请评估处方",
                en: "Not controlled on a long prescription: review it",
            },
            Self::Recheck => Text {
                zh: "建议复查",
                en: "Recheck advised",
            },
        }
    }
}

impl Serialize for Alert {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Alert {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| D::Error::custom(format!("no alert is called {key}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_name_is_the_stable_key() {
        for alert in Alert::ALL {
            assert_eq!(
                serde_json::to_value(alert).unwrap().as_str(),
                Some(&*alert.key())
            );
        }
    }
}
