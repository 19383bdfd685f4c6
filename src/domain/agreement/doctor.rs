//! The doctors who may sign, and 甲方, the side that serves (agreements §1, §6).
//!
//! A doctor here is whoever may stand on an agreement, staff of the clinic or not.

use serde::{Deserialize, Serialize};

use super::{coded::coded, rules::AgreementRules};
use crate::domain::{
    day::Day,
    id::{DoctorId, StaffId},
};

coded! {
    /// Who signs as 甲方.
    PartyA {
        1 Institution "机构+团队" "institution with team",
        2 FamilyDoctor "家庭医生个人" "family doctor alone",
        3 VillageDoctor "乡村医生个人" "village doctor alone",
        4 Private "社会办医疗机构" "private institution",
    }
}

impl PartyA {
    /// Says whether a doctor signs as an individual.
    pub const fn is_individual(self) -> bool {
        match self {
            Self::FamilyDoctor | Self::VillageDoctor => true,
            Self::Institution | Self::Private => false,
        }
    }
}

coded! {
    /// What kind of doctor signs.
    DoctorKind {
        1 General "全科医生" "general practitioner",
        2 Trained "经全科培训合格的临床医师" "clinician trained in general practice",
        3 Village "乡村医生" "village doctor",
        4 Other "其他类别临床医师" "other clinician",
        5 Retired "退休临床医师" "retired clinician",
        6 Hospital "二、三级医院医师" "hospital doctor",
    }
}

/// The most a doctor may have signed at once (签约数上限).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    pub persons: usize,
    /// None where households are not limited.
    pub households: Option<usize>,
}

/// A doctor who may sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doctor {
    pub id: DoctorId,
    pub name: String,
    /// The staff account, where the doctor has one.
    pub staff: Option<StaffId>,
    pub id_no: String,
    pub licence: String,
    pub kind: DoctorKind,
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    /// The last day of service.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub until: Option<Day>,
    /// The doctor's own cap instead of that of the kind.
    pub cap: Option<Cap>,
    /// Where residents reach the doctor, as the agreement tells it; empty where not told.
    #[serde(default)]
    pub phone: String,
}

impl Doctor {
    /// Says whether the doctor serves on the day.
    pub fn serves_on(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Returns the doctor's cap.
    pub fn cap(&self, rules: &AgreementRules) -> Cap {
        self.cap.unwrap_or(match self.kind {
            DoctorKind::Village => Cap {
                persons: rules.cap_village_persons,
                households: Some(rules.cap_village_households),
            },
            DoctorKind::General
            | DoctorKind::Trained
            | DoctorKind::Other
            | DoctorKind::Retired
            | DoctorKind::Hospital => Cap {
                persons: rules.cap_gp_persons,
                households: None,
            },
        })
    }
}
