//! The people a search found, or that answer to a number.

use crate::domain::{
    agreement::standing::Word,
    day::Day,
    id::{AgreementId, HouseholdId, PersonId},
    identity::Sex,
    refusal::Refusal,
    search::{Hits, Tell},
    tags::TagSet,
    task::Task,
};

/// People a search found.
#[derive(Debug, Clone)]
pub struct SearchView {
    pub query: String,
    pub today: Day,
    pub hits: Hits,
    pub rows: Vec<FoundPerson>,
    /// What tells each row apart from its namesakes, row by row.
    pub tells: Vec<Vec<Tell>>,
}

/// One person found, as a search row shows them.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub id_no: String,
    pub record_no: Option<String>,
    pub head: String,
    pub place: String,
    pub group: u32,
    /// Without the county and township around the village.
    pub address_here: String,
    pub household_size: usize,
    pub tags: TagSet,
    /// What a roster said of the agreement.
    pub agreement: Option<String>,
    /// The agreement that covers the person, or did last, and how it stands today.
    pub signed: Option<(AgreementId, Word)>,
    /// The next dated task.
    pub due: Option<Task>,
    pub is_gone: bool,
}

/// People for a row of a paper sheet, those who fit first.
#[derive(Debug, Clone)]
pub struct CandidatesView {
    pub query: String,
    pub today: Day,
    pub rows: Vec<Candidate>,
}

/// A person a row of a sheet may be about.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub found: FoundPerson,
    /// What tells the row apart from its namesakes.
    pub tells: Vec<Tell>,
    /// Why the form cannot be recorded for the person.
    pub unfit: Option<Refusal>,
}

/// A person or household that answers to an id or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub person: Option<PersonId>,
    pub household: HouseholdId,
    pub name: String,
    pub place: String,
}
