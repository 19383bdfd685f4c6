//! Aspects: the parts of the record that change independently of each other.
//!
//! A request names the aspects it was decided on; only a change of the same
//! aspect in the meantime is a conflict.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    id::{AgreementId, HouseholdId, PersonId},
    programmes::ProgrammeKind,
    settings::Section,
    text::{Lang, Text},
};

/// One independently changing part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Names, staff, villages.
    Clinic,
    PersonCard(PersonId),
    Programme(PersonId, ProgrammeKind),
    HouseholdCard(HouseholdId),
    Membership(HouseholdId),
    /// One section of the clinic's settings.
    Settings(Section),
    Agreement(AgreementId),
    /// Doctors, teams, units, packages, vouchers.
    Parties,
}

impl Aspect {
    /// Returns what a person calls this part.
    pub fn name(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Clinic => Text {
                zh: "机构信息",
                en: "the clinic's details",
            },
            Self::PersonCard(_) => Text {
                zh: "个人信息",
                en: "the person's card",
            },
            Self::Programme(..) => Text {
                zh: "随访项目",
                en: "the person's follow-up",
            },
            Self::HouseholdCard(_) => Text {
                zh: "家庭信息",
                en: "the household's card",
            },
            Self::Membership(_) => Text {
                zh: "家庭成员",
                en: "the household's members",
            },
            Self::Settings(_) => Text {
                zh: "设置",
                en: "the settings",
            },
            Self::Agreement(_) => Text {
                zh: "签约协议",
                en: "the agreement",
            },
            Self::Parties => Text {
                zh: "签约医生、团队和服务包",
                en: "doctors, teams and packages",
            },
        };
        text.get(lang)
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clinic => f.write_str("clinic"),
            Self::PersonCard(id) => write!(f, "{id}/card"),
            Self::Programme(id, kind) => write!(f, "{id}/{kind:?}"),
            Self::HouseholdCard(id) => write!(f, "{id}/card"),
            Self::Membership(id) => write!(f, "{id}/members"),
            Self::Settings(section) => write!(f, "settings/{}", section.code()),
            Self::Agreement(id) => write!(f, "{id}"),
            Self::Parties => f.write_str("parties"),
        }
    }
}

/// The revision of an aspect a request was decided on: the sequence number of
/// the last entry that touched it, 0 for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub aspect: Aspect,
    pub revision: u64,
}
