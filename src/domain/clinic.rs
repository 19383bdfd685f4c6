//! The clinic itself: its name, staff and villages. Accounts and passwords are not here.

use serde::{Deserialize, Serialize};

use super::{
    day::Day,
    id::{StaffId, VillageId},
    text::Text,
};

/// The clinic a store belongs to; one a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    pub name: String,
    /// The store's own random identity, 16 bytes: ids are unique together with it.
    pub store: [u8; 16],
    /// The day a practice store lives on; `None` in a real store.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub practice_day: Option<Day>,
}

/// What a staff member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Doctor,
    PublicHealth,
    Admin,
    Supervisor,
}

impl Role {
    /// Every role, in the order staff choose them.
    pub const ALL: [Self; 4] = [
        Self::Doctor,
        Self::PublicHealth,
        Self::Admin,
        Self::Supervisor,
    ];

    /// Returns the role's name.
    pub const fn name(self) -> Text {
        match self {
            Self::Doctor => Text {
                zh: "医生",
                en: "doctor",
            },
            Self::PublicHealth => Text {
                zh: "公卫",
                en: "public health",
            },
            Self::Admin => Text {
                zh: "管理员",
                en: "administrator",
            },
            Self::Supervisor => Text {
                zh: "督导",
                en: "supervisor",
            },
        }
    }
}

/// A staff member; every entry of the journal names one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub role: Role,
    pub active: bool,
}

/// A village the clinic looks after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Village {
    pub id: VillageId,
    pub name: String,
    /// The 12-digit administrative code; without it record numbers wait (待编码).
    pub code: Option<String>,
}
