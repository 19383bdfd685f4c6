//! Who looked at whom, who did what, and the numbers somebody asked to see whole.

use crate::domain::{
    clinic::Staff,
    clock::Moment,
    day::Day,
    event::clinic::CopyBroughtBack,
    id::{AgreementId, HouseholdId, PersonId, StaffId},
    looking::{Handed, Way},
    signing_in::Outcome,
};

/// A person's numbers, as the rules let the one who asks see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumbersView {
    pub person: PersonId,
    pub name: String,
    /// Hidden in the middle where `is_hidden`.
    pub id_no: String,
    pub is_hidden: bool,
    /// Every telephone on the cards, with whose it is: a name, or nothing for the person's own.
    pub phones: Vec<(String, String)>,
}

/// One look at a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookTold {
    pub at: Moment,
    pub by: String,
    pub way: Way,
    pub handed: Option<Handed>,
}

/// A stretch of the log, in the order of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogView {
    pub rows: Vec<LogRow>,
    /// The entry to go on with; none at the journal's end.
    pub next: Option<u64>,
}

/// What somebody did, saw or tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// The entry that tells it.
    pub seq: u64,
    pub at: Moment,
    /// The clinic's day it was entered on.
    pub day: Day,
    /// Nobody where the name typed is unknown or the recovery code was used.
    pub staff: Option<StaffId>,
    pub by: String,
    pub window: String,
    pub what: LogWhat,
    /// Whom it was about, with names; at most the first few.
    pub people: Vec<(PersonId, String)>,
    /// How many it was about.
    pub count: usize,
    pub household: Option<HouseholdId>,
    pub agreement: Option<AgreementId>,
    /// To whose account something was done.
    pub colleague: Option<Box<Colleague>>,
}

/// A colleague something was done to, as they stood after it and, where that changed, before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: StaffId,
    /// As they are called now.
    pub name: String,
    pub before: Option<Staff>,
    pub after: Option<Staff>,
}

/// What a row of the log tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogWhat {
    /// Something was done; its stable key.
    Did(String),
    /// A copy was brought back, which the entries before this one came from.
    BroughtBack(CopyBroughtBack),
    Looked(Way, Option<Handed>),
    SignedIn(Outcome),
}
