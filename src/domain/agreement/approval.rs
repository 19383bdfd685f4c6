//! Approvals by somebody else than who signed (agreements §8): a cap exceeded, an agreement
//! made void.

use serde::{Deserialize, Serialize};

use crate::domain::{day::Day, id::StaffId};

/// Who approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// Another staff login.
    Staff { id: StaffId, name: String },
    /// Somebody outside, by a paper.
    Outside { name: String, paper: String },
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    pub by: Approver,
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
}

/// Somebody who may not approve this.
#[derive(Debug, Clone, Copy)]
pub struct Involved<'a> {
    pub staff: Option<StaffId>,
    pub name: &'a str,
}

impl Approval {
    /// Says whether it names its approver, and an outside one his paper.
    pub fn is_whole(&self) -> bool {
        match &self.by {
            Approver::Staff { name, .. } => !name.trim().is_empty(),
            Approver::Outside { name, paper } => {
                !name.trim().is_empty() && !paper.trim().is_empty()
            }
        }
    }

    /// Says whether the approver is none of those involved.
    pub fn is_independent(&self, involved: &[Involved<'_>]) -> bool {
        match &self.by {
            Approver::Staff { id, .. } => involved.iter().all(|who| who.staff != Some(*id)),
            Approver::Outside { name, .. } => {
                involved.iter().all(|who| who.name.trim() != name.trim())
            }
        }
    }
}
