//! Forms put down unfinished, and one taken up again.

use crate::{
    desk::request::Draft,
    domain::{
        day::Day,
        id::{HouseholdId, PersonId, StaffId},
        refusal::Stale,
    },
};

/// A form put down, without what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDraft {
    pub id: String,
    pub owner: StaffId,
    pub owner_name: String,
    /// Whether the staff member asking may take it up.
    pub is_own: bool,
    pub kind: String,
    pub person: Option<PersonId>,
    pub household: Option<HouseholdId>,
    /// The person's name, or where the household is and who heads it.
    pub name: String,
    pub forms: Vec<String>,
    pub begun: Day,
}

/// A form taken up again.
#[derive(Debug, Clone)]
pub struct TakenUp {
    pub draft: Draft,
    pub records: Vec<Vec<u8>>,
    /// Who changed what it was begun on meanwhile.
    pub stale: Option<Stale>,
}
