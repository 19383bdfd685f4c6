//! Events of residents.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::domain::{
    day::Day,
    household::MoveReason,
    id::{HouseholdId, PersonId},
    person::{AgreementTold, ManualTag, PersonState},
    value::Answers,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdded {
    pub person: PersonId,
    pub household: HouseholdId,
    pub member_no: u32,
    pub relation: u8,
    pub relation_word: String,
    /// None where nobody told how they came: a roster says who lives here, not since when.
    pub joined_by: Option<MoveReason>,
    /// None where nobody told since when; they lived here before.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub from: Option<Day>,
    pub card: Answers,
    #[serde(with = "crate::domain::written_day")]
    pub created: Day,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    pub person: PersonId,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationChanged {
    pub person: PersonId,
    pub household: HouseholdId,
    pub relation: u8,
    pub relation_word: String,
}

/// A record number was issued; an earlier one stays as a cross-reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordNumberIssued {
    pub person: PersonId,
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonStateChanged {
    pub person: PersonId,
    pub before: PersonState,
    pub after: PersonState,
}

/// A person changed households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonMoved {
    pub person: PersonId,
    pub from: HouseholdId,
    pub to: HouseholdId,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub reason: MoveReason,
    pub member_no: u32,
    pub relation: u8,
    pub relation_word: String,
}

/// A person left the household without joining another here: death or moving away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLeft {
    pub person: PersonId,
    pub household: HouseholdId,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub reason: MoveReason,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagSet {
    pub person: PersonId,
    pub tag: ManualTag,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagCleared {
    pub person: PersonId,
    pub tag: ManualTag,
    pub why: String,
}

/// A roster told the state of a person's agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementWasTold {
    pub person: PersonId,
    pub told: AgreementTold,
}
