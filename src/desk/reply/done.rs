//! What a change did, read out of the entries it wrote. It asks no table.

use std::collections::BTreeMap;

use crate::domain::{
    agreement::{change::Change, contract::Origin, state::Transition},
    course::{Decision, happening::Happening},
    day::Day,
    event::{Entry, Event},
    id::{AgreementId, HouseholdId, PersonId, VisitId},
    programmes::ProgrammeKind,
    refusal::Refusal,
    visit::{self, DeathTold},
};

/// What a change did, read out of its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The last entry it wrote.
    pub seq: u64,
    pub people: Vec<PersonId>,
    pub households: Vec<HouseholdId>,
    pub contacts: Vec<RecordedContact>,
    /// The agreements begun or changed, each once, in order of their first change.
    pub agreements: Vec<AgreementId>,
    /// The agreements that continue others by themselves (自动续约): the old one and the new.
    pub continued: Vec<(AgreementId, AgreementId)>,
    /// Contacts whose decision changed besides.
    pub redecided: Vec<VisitId>,
    /// What was left out of many, and why; a repeat of the request no longer knows.
    pub left_out: Vec<LeftOut>,
    /// The death a visit told of: it is still to be recorded.
    pub death: Option<Box<ReportedDeath>>,
    /// What an undo took back: the first and last entry undone.
    pub undone: Option<(u64, u64)>,
    /// What an undo took back.
    pub undone_what: Option<Box<Undone>>,
    /// How many events of each kind: what an import counts.
    pub counts: BTreeMap<&'static str, usize>,
}

/// What an undo took back, or brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The stable key of what it was.
    pub cause: String,
    /// Of whom it was about, the first; empty where it was about nobody.
    pub name: String,
    /// How many people had a contact recorded by it.
    pub people: usize,
    /// An undo was undone: it stands again.
    pub is_restored: bool,
}

/// A recorded contact and what was decided on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedContact {
    pub id: VisitId,
    pub person: PersonId,
    pub day: Day,
    pub happening: Happening,
    pub decision: Decision,
}

/// A death a follow-up form told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedDeath {
    pub person: PersonId,
    pub told: DeathTold,
}

/// One of many that the rules refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub person: PersonId,
    pub name: String,
    pub programme: ProgrammeKind,
    pub why: Refusal,
}

/// The cause of an import's entries.
pub(in crate::desk) const IMPORT: &str = "import";

impl Done {
    /// Returns the reply of a change that found nothing to change.
    pub fn nothing(seq: u64) -> Self {
        Self {
            seq,
            ..Self::default()
        }
    }

    /// Takes in what another day of the same roll did.
    pub(in crate::desk) fn join(&mut self, other: Self) {
        self.seq = self.seq.max(other.seq);
        self.agreements.extend(other.agreements);
        self.continued.extend(other.continued);
        self.contacts.extend(other.contacts);
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// Takes an entry of the change in.
    pub(in crate::desk) fn take(&mut self, entry: &Entry) {
        for event in &entry.events {
            self.add(&entry.cause, event);
        }
    }

    /// Takes an event of the change in. Of an import, whose `cause` it is, the contacts are
    /// only counted.
    pub(in crate::desk) fn add(&mut self, cause: &str, event: &Event) {
        let one_by_one = cause != IMPORT;
        let kind = match event {
            Event::PersonAdded(e) => {
                self.people.push(e.person);
                "people"
            }
            Event::HouseholdAdded(e) => {
                self.households.push(e.household);
                "households"
            }
            Event::VillageAdded(_) => "villages",
            Event::PersonChanged(_) => "people_changed",
            Event::HouseholdChanged(_) => "households_changed",
            Event::RowTaken(_) => "rows",
            Event::ContactRecorded(e) => {
                let person = e.person;
                let death = visit::death_told(&e.forms, e.day);
                let death = death.map(|told| Box::new(ReportedDeath { person, told }));
                self.death = death.or(self.death.take());
                if one_by_one {
                    self.contacts.push(RecordedContact {
                        id: e.contact,
                        person: e.person,
                        day: e.day,
                        happening: e.happening.clone(),
                        decision: e.decision.clone(),
                    });
                }
                if matches!(e.happening, Happening::Enrolled(_)) {
                    "enrolled"
                } else {
                    "contacts"
                }
            }
            Event::ContactCorrected(e) => {
                self.contacts.push(RecordedContact {
                    id: e.contact,
                    person: e.person,
                    day: e.day,
                    happening: e.happening.clone(),
                    decision: e.decision.clone(),
                });
                "corrected"
            }
            Event::ContactRedecided(e) => {
                self.redecided.push(e.contact);
                "redecided"
            }
            Event::AgreementChanged(e) => {
                if !self.agreements.contains(&e.agreement) {
                    self.agreements.push(e.agreement);
                }
                if let Change::Drafted {
                    origin: Origin::Automatic { of },
                    ..
                } = &e.change
                {
                    self.continued.push((*of, e.agreement));
                }
                match (e.transition, &e.change) {
                    (Some(Transition::T03), _) => "agreements_signed",
                    (Some(Transition::T09), Change::Signed(_)) => "agreements_begun",
                    (Some(Transition::T11), _) => "agreements_expired",
                    (Some(Transition::T08), _) => "agreements_ended",
                    (None, Change::BroughtIn(_)) => "agreements_brought_in",
                    (Some(_) | None, _) => "agreements_changed",
                }
            }
            Event::RequestUndone(e) => {
                self.undone = Some((e.first, e.last));
                "undone"
            }
            Event::ClinicSetUp(_)
            | Event::ClinicRenamed(_)
            | Event::StaffAdded(_)
            | Event::StaffChanged(_)
            | Event::VillageChanged(_)
            | Event::ClockConfirmed(_)
            | Event::PasswordGiven(_)
            | Event::RecoveryRenewed(_)
            | Event::AccountRecovered(_)
            | Event::SignInsTold(_)
            | Event::LooksTold(_)
            | Event::CopyMade(_)
            | Event::CopyProven(_)
            | Event::CopyBroughtBack(_)
            | Event::RoundMarked(_)
            | Event::HeadChanged(_)
            | Event::HouseholdEnded(_)
            | Event::HouseholdReopened(_)
            | Event::RelationChanged(_)
            | Event::RecordNumberIssued(_)
            | Event::PersonStateChanged(_)
            | Event::PersonMoved(_)
            | Event::PersonLeft(_)
            | Event::TagSet(_)
            | Event::TagCleared(_)
            | Event::AgreementTold(_)
            | Event::FormKept(_)
            | Event::SettingsChanged(_)
            | Event::DoctorKept(_)
            | Event::TeamKept(_)
            | Event::UnitKept(_)
            | Event::PackageKept(_)
            | Event::VoucherKept(_)
            | Event::ReportSent(_)
            | Event::ContactWithdrawn(_) => "other",
        };
        *self.counts.entry(kind).or_default() += 1;
    }
}
