//! What a decision calls to the doctor's attention (rules §20).
//!
//! Only the alerts of built programmes; who shows them and how is the front end's matter.

use serde::{Deserialize, Serialize};

use super::text::Text;

/// One alert; the serde name is its stable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

impl Alert {
    /// All alerts, the gravest first.
    pub const ALL: [Self; 14] = [
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
    ];

    /// Returns the stable key of rules §20.
    pub const fn key(self) -> &'static str {
        match self {
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
        }
    }

    /// Returns the wording of rules §20.
    pub const fn text(self) -> Text {
        match self {
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
        }
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
                Some(alert.key())
            );
        }
    }
}
