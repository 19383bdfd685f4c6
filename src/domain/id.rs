//! Identifiers of stored things: never reused, written with a letter before the number.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The text is not an identifier of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let digits = text.strip_prefix($letter).ok_or(NotAnId)?;
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                digits.parse().map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(
    /// A resident, written `p123`.
    PersonId, "p");
id!(
    /// A household, written `h45`.
    HouseholdId, "h");
id!(
    /// A recorded visit, written `v678`.
    VisitId, "v");
id!(
    /// A staff member, written `s1`.
    StaffId, "s");
impl StaffId {
    /// The program itself: who continues agreements when their day has come.
    pub const PROGRAM: Self = Self(0);
}

id!(
    /// A village, written `g1`.
    VillageId, "g");
id!(
    /// A family-doctor agreement, written `a12`; its printed number is another thing.
    AgreementId, "a");
id!(
    /// A doctor who may sign agreements, written `d1`.
    DoctorId, "d");
id!(
    /// A service team, written `t1`.
    TeamId, "t");
id!(
    /// A functional-community unit, written `u1`.
    UnitId, "u");
