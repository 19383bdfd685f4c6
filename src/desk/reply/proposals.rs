//! Who is proposed for which programme.

use crate::domain::{
    day::Day,
    id::{HouseholdId, PersonId},
    identity::Sex,
    proposal::Proposal,
};

/// The proposals of the whole clinic, in the order of programmes, then of places.
#[derive(Debug, Clone)]
pub struct ProposalsView {
    pub today: Day,
    pub rows: Vec<ProposalRow>,
}

/// One person proposed on one ground.
#[derive(Debug, Clone)]
pub struct ProposalRow {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    pub proposal: Proposal,
}
