//! What about a card wants a second look before it is saved: soft, it never
//! refuses, and who looked may save all the same.

use super::{
    day::{Day, plus_months},
    id::PersonId,
    identity::IdentityRemark,
    phone::PhoneRemark,
};

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// W-PER-MOTHER: the mother's age at the birth is hardly possible.
    Mother { name: String, years: i32 },
    /// W-PER-SIMILAR: somebody without telling number differs has this name, birth and sex.
    Similar {
        other: PersonId,
        name: String,
        place: String,
    },
    /// A remark on the telephone number; W-TEL-SHARED among them.
    Phone(PhoneRemark),
    /// A remark on the identity number.
    Number(IdentityRemark),
}

impl Doubt {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mother { .. } => "W-PER-MOTHER",
            Self::Similar { .. } => "W-PER-SIMILAR",
            Self::Phone(remark) => remark.code(),
            Self::Number(remark) => remark.code(),
        }
    }
}

/// Returns whether a mother was younger than 12 or older than 60 at the birth.
pub fn mother_is_unlikely(mother: Day, child: Day) -> bool {
    child < plus_months(mother, 12 * 12) || plus_months(mother, 60 * 12) < child
}
