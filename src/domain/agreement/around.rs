//! All a decision about an agreement may look at beside the agreement itself.
//!
//! Facts as they stood in the one view the decision is made on; whoever asks gathers them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cap::Panel, contract::Agreement, doctor::Doctor, package::Package, promise::Degrees,
    rules::AgreementRules, unit::Unit, voucher::Voucher,
};
use crate::domain::{
    day::{Day, age_years},
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId},
    person::PersonState,
    programmes::ProgrammeKind,
    record_number::VillageCode,
    tags::TagSet,
};

/// A resident as agreements see him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    pub id: PersonId,
    pub name: String,
    pub birth: Option<Day>,
    pub household: HouseholdId,
    pub state: PersonState,
    pub tags: TagSet,
    pub programmes: BTreeSet<ProgrammeKind>,
    pub degrees: Degrees,
    /// The resident's own staff account.
    pub staff: Option<StaffId>,
}

impl Resident {
    /// Returns the full years on the day, where the birth date is known.
    pub fn years(&self, day: Day) -> Option<u32> {
        self.birth.map(|birth| age_years(birth, day))
    }

    /// Says whether the person lives and belongs here.
    pub const fn is_here(&self) -> bool {
        match self.state {
            PersonState::Here | PersonState::Lost { .. } => true,
            PersonState::MovedOut { .. } | PersonState::Died { .. } | PersonState::Void { .. } => {
                false
            }
        }
    }
}

/// The household an agreement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    pub id: HouseholdId,
    pub head: Option<PersonId>,
    /// Present members.
    pub members: Vec<PersonId>,
    /// Whether it still exists.
    pub ended: Option<Day>,
}

/// The facts of a decision.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub rules: &'a AgreementRules,
    /// Who asks.
    pub by: StaffId,
    pub home: Option<&'a Home>,
    pub unit: Option<&'a Unit>,
    /// Everybody named: members, guardians, representative.
    pub people: &'a [Resident],
    pub doctors: &'a [Doctor],
    pub packages: &'a [Package],
    pub vouchers: &'a [Voucher],
    /// The other agreements of the household and of everybody named, ended ones included.
    pub agreements: &'a [Agreement],
    /// Whom each doctor covers on the day asked about.
    pub panels: &'a BTreeMap<DoctorId, Panel>,
    /// Which agreement an evidence number already serves.
    pub evidence: &'a BTreeMap<String, AgreementId>,
    /// The village the number is made of; none while it has no code (待编码).
    pub village: Option<&'a VillageCode>,
    /// The last serial ever given in that village, by year.
    pub serials: &'a BTreeMap<i32, u32>,
    /// The id a new agreement gets.
    pub next: AgreementId,
    /// The last day of the last month whose report was sent.
    pub reported: Option<Day>,
}

impl<'a> Around<'a> {
    /// Returns the resident.
    pub fn person(&self, id: PersonId) -> Option<&'a Resident> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Returns the name shown for the person, or the id.
    pub fn name(&self, id: PersonId) -> String {
        let name = self.person(id).map(|person| person.name.clone());
        name.unwrap_or_else(|| id.to_string())
    }

    /// Returns the doctor.
    pub fn doctor(&self, id: DoctorId) -> Option<&'a Doctor> {
        self.doctors.iter().find(|doctor| doctor.id == id)
    }

    /// Returns one of the other agreements.
    pub fn agreement(&self, id: AgreementId) -> Option<&'a Agreement> {
        self.agreements.iter().find(|agreement| agreement.id == id)
    }
}
