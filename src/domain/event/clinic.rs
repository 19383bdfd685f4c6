//! Events of the clinic itself.

use serde::{Deserialize, Serialize};

use crate::domain::{
    clinic::{Staff, Village},
    clock::Moment,
    day::Day,
    id::{PersonId, StaffId},
    looking::Look,
    signing_in::Attempt,
};

/// The store's first event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicSetUp {
    pub name: String,
    pub store: [u8; 16],
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub practice_day: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicRenamed {
    pub before: String,
    pub after: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAdded {
    pub staff: Staff,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffChanged {
    pub before: Staff,
    pub after: Staff,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VillageAdded {
    pub village: Village,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VillageChanged {
    pub before: Village,
    pub after: Village,
}

/// Somebody confirmed that the clock is right although it stood far from the
/// last entry; the guard compares from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockConfirmed {
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
}

/// People were put on, or taken off, a day's round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundMarked {
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub people: Vec<PersonId>,
    pub on: bool,
}

/// A staff member got a password, their first or another; which one stands nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordGiven {
    pub staff: StaffId,
}

/// The recovery code before opens nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryRenewed {}

/// The recovery code let somebody in: this staff member got a password by it, and the code
/// before opens nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRecovered {
    pub staff: StaffId,
}

/// A copy of the journal was made and read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMade {
    /// The last entry it holds.
    pub head: u64,
}

/// The newest copy was brought back into a scratch place, and was whole there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyProven {
    /// The last entry it holds.
    pub head: u64,
}

/// A copy was brought back, and takes the place of what stood here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyBroughtBack {
    /// The last entry that came back, from the copy or the tail.
    pub head: u64,
    /// The copy; none where the tail alone was whole, or another folder's data, and in entries of
    /// before this was noted.
    #[serde(default)]
    pub copy: Option<CopyTaken>,
    /// Who asked for it, as they are called; also where the staff that came back knows them not.
    #[serde(default)]
    pub by: String,
    /// The recovery code opened it, so nobody's name is known.
    #[serde(default)]
    pub by_code: bool,
}

/// Tells which copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTaken {
    /// When it was made.
    pub at: Moment,
    /// The last entry it holds.
    pub head: u64,
}

/// Who signed in, and who tried in vain, since the last of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInsTold {
    pub attempts: Vec<Attempt>,
}

/// Who looked at whose record, saw full numbers, printed and exported, since the last of these
/// of that window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksTold {
    pub looks: Vec<Look>,
}
