//! A contact between the clinic and a person as it stands now: what was filled
//! in, what happened, what was decided, and whether it was corrected or withdrawn.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    course::{Decision, Happening},
    day::Day,
    event::contact::programmes,
    form::FilledForm,
    id::{PersonId, StaffId, VisitId},
    programmes::ProgrammeKind,
    task::TaskKind,
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
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    /// The entry that recorded it: ties of one day are in order of entry.
    pub seq: u64,
    pub by: StaffId,
    /// Wall time of the entry, milliseconds in UTC.
    pub at: i64,
    pub forms: Vec<FilledForm>,
    pub happening: Happening,
    pub decision: Decision,
    /// The edition of the settings it was decided with.
    pub edition: u32,
    pub corrections: Vec<Correction>,
    /// Why it was withdrawn; a withdrawn contact counts for nothing.
    pub withdrawn: Option<String>,
}

impl Contact {
    /// Returns the programmes it was about: those decided on, and those whose computed
    /// work was tried in vain.
    pub fn programmes(&self) -> BTreeSet<ProgrammeKind> {
        let mut kinds: BTreeSet<ProgrammeKind> = programmes(&self.decision).into_iter().collect();
        if let Happening::NotReached { kinds: tried, .. } | Happening::RefusedVisit { kinds: tried } =
            &self.happening
            && tried.contains(&TaskKind::BpScreen)
        {
            kinds.insert(ProgrammeKind::Screen35);
        }
        kinds
    }
}
