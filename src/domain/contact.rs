//! A contact between the clinic and a person as it stands now: what was filled
//! in, what happened, what was decided, and whether it was corrected or withdrawn.

use serde::{Deserialize, Serialize};

use super::{
    course::{Decision, Happening},
    day::Day,
    form::FilledForm,
    id::{PersonId, StaffId, VisitId},
};

/// A correction of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub seq: u64,
    pub reason: String,
    pub forms_before: Vec<FilledForm>,
}

/// A contact as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: VisitId,
    pub person: PersonId,
    pub day: Day,
    /// The entry that recorded it: ties of one day are in order of entry.
    pub seq: u64,
    pub by: StaffId,
    /// Wall time of the entry, milliseconds in UTC.
    pub at: i64,
    pub forms: Vec<FilledForm>,
    pub happening: Happening,
    pub decision: Decision,
    pub corrections: Vec<Correction>,
    /// Why it was withdrawn; a withdrawn contact counts for nothing.
    pub withdrawn: Option<String>,
}
