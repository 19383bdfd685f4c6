//! Panels and their caps (agreements §6): whom a doctor has signed, and whether more fit.
//!
//! Specialists of a team have no panel; only doctors of record are counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    approval::Approval,
    contract::Agreement,
    doctor::{Cap, Doctor, DoctorKind},
    rules::{AgreementRules, HardCap, NEAR_PERCENT},
};
use crate::domain::{
    day::Day,
    id::{DoctorId, HouseholdId, PersonId},
};

/// The persons and households a doctor of record actively covers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Panel {
    pub persons: BTreeSet<PersonId>,
    pub households: BTreeSet<HouseholdId>,
}

impl Panel {
    /// Counts whom the agreements cover for the doctor on the day.
    pub fn of<'a>(
        doctor: DoctorId,
        agreements: impl IntoIterator<Item = &'a Agreement>,
        day: Day,
        household_of: impl Fn(PersonId) -> Option<HouseholdId>,
    ) -> Self {
        let of_doctor = agreements
            .into_iter()
            .filter(|agreement| agreement.contents.doctor == Some(doctor));
        let persons: BTreeSet<PersonId> = of_doctor
            .flat_map(|agreement| agreement.covered_on(day))
            .collect();
        let households = persons.iter().filter_map(|person| household_of(*person));
        Self {
            households: households.collect(),
            persons,
        }
    }

    /// Returns persons and households with these added, each once.
    pub fn with(&self, more: impl IntoIterator<Item = (PersonId, HouseholdId)>) -> (usize, usize) {
        let (persons, households): (BTreeSet<PersonId>, BTreeSet<HouseholdId>) =
            more.into_iter().unzip();
        (
            self.persons.union(&persons).count(),
            self.households.union(&households).count(),
        )
    }
}

/// How full a panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    Fits,
    /// W-CAP-LOW: fewer households than a village doctor should have; information only.
    Few,
    /// W-CAP-NEAR: from 90 %.
    Near,
    /// E-AGR-CAP
    Over,
}

/// Returns how full a panel of so many persons and households is.
pub fn fill(doctor: &Doctor, rules: &AgreementRules, counts: (usize, usize)) -> Fill {
    let Cap {
        persons,
        households,
    } = doctor.cap(rules);
    let limits = [(counts.0, Some(persons)), (counts.1, households)];
    let limits = || limits.into_iter().filter_map(|(n, most)| Some((n, most?)));
    if limits().any(|(count, most)| most < count) {
        Fill::Over
    } else if limits().any(|(count, most)| most * NEAR_PERCENT <= count * 100) {
        Fill::Near
    } else if doctor.kind == DoctorKind::Village && counts.1 < rules.cap_village_households_low {
        Fill::Few
    } else {
        Fill::Fits
    }
}

/// Leave to sign above the cap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapOverride {
    pub reason: String,
    /// 院长 or 分管副院长.
    pub approval: Option<Approval>,
}

impl CapOverride {
    /// Says whether the clinic takes overrides and this one has reason and approver.
    pub fn is_whole(&self, rules: &AgreementRules) -> bool {
        let has_approval = self.approval.as_ref().is_some_and(Approval::is_whole);
        match rules.cap_hard {
            HardCap::Override => !self.reason.trim().is_empty() && has_approval,
            HardCap::Never => false,
        }
    }
}
