//! Events of households.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::domain::{
    day::Day,
    household::MoveReason,
    id::{HouseholdId, PersonId, VillageId},
    value::Answers,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdAdded {
    pub household: HouseholdId,
    pub village: VillageId,
    pub serial: u32,
    pub outside_no: Option<String>,
    pub card: Answers,
    #[serde(with = "crate::domain::written_day")]
    pub created: Day,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdChanged {
    pub household: HouseholdId,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadChanged {
    pub household: HouseholdId,
    pub before: Option<PersonId>,
    pub after: Option<PersonId>,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdEnded {
    pub household: HouseholdId,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub reason: MoveReason,
}

/// Somebody came back to a household that had ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdReopened {
    pub household: HouseholdId,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
}
