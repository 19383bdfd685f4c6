//! Events of contacts: visits, attempts, referral checks, enrolments, and
//! what was decided on them.

use serde::{Deserialize, Serialize};

use crate::domain::{
    aspect::Aspect,
    course::{Decision, Happening},
    day::Day,
    form::FilledForm,
    id::{PersonId, VisitId},
    open_form::SectionsDone,
    programmes::ProgrammeKind,
};

/// Something happened between the clinic and a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRecorded {
    pub contact: VisitId,
    pub person: PersonId,
    /// The day it happened, not the day it was entered.
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub forms: Vec<FilledForm>,
    pub happening: Happening,
    pub decision: Decision,
    /// The edition of the settings it was decided with; 0 for the program's own values.
    #[serde(default)]
    pub edition: u32,
}

/// A recorded contact was corrected; the earlier answers stay in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCorrected {
    pub contact: VisitId,
    pub person: PersonId,
    pub reason: String,
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub forms: Vec<FilledForm>,
    pub happening: Happening,
    pub decision: Decision,
    /// The edition of the settings it was decided with; 0 for the program's own values.
    #[serde(default)]
    pub edition: u32,
}

/// A recorded contact was withdrawn: it did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactWithdrawn {
    pub contact: VisitId,
    pub person: PersonId,
    pub reason: String,
    /// The programmes it had been decided for.
    pub programmes: Vec<ProgrammeKind>,
}

/// A later contact's decision changed because of `cause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRedecided {
    pub contact: VisitId,
    pub person: PersonId,
    pub cause: VisitId,
    pub decision: Decision,
    /// The edition of the settings it was decided with; 0 for the program's own values.
    #[serde(default)]
    pub edition: u32,
}

/// A form was saved as far as it is filled in, for anybody to go on with; or it is no longer in
/// progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormKept {
    pub person: PersonId,
    pub programme: ProgrammeKind,
    pub form: String,
    /// None ends it.
    pub filled: Option<FilledForm>,
    /// The sections filled in with this, by their place in the form.
    pub sections: Vec<u16>,
    pub progress: SectionsDone,
    /// Why it was given up; none where it was kept or recorded.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Returns the programmes a decision speaks of.
pub fn programmes(decision: &Decision) -> Vec<ProgrammeKind> {
    let mut kinds: Vec<ProgrammeKind> = decision.outcomes.keys().copied().collect();
    if decision.screening.is_some() && !kinds.contains(&ProgrammeKind::Screen35) {
        kinds.push(ProgrammeKind::Screen35);
    }
    kinds
}

pub(super) fn aspects(person: PersonId, decision: &Decision) -> Vec<Aspect> {
    programmes(decision)
        .into_iter()
        .map(|kind| Aspect::Programme(person, kind))
        .collect()
}
