//! What happened: the journal's events and how each alters the derived rows.
//!
//! Events are the only truth. Their field names are the format for ever: a
//! change is a new variant or an optional field beside the old ones. `apply`
//! copies what an event carries and never runs a rule.

pub mod agreement;
pub mod clinic;
pub mod contact;
pub mod household;
pub mod import;
pub mod person;
pub mod settings;

mod apply;
mod homes;
mod keeping;
mod looking;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use apply::{apply, contacts, contacts_from, contacts_within};

use super::{
    agreement::change::AgreementChanged,
    aspect::Aspect,
    day::Day,
    id::StaffId,
    value::{Answers, Value},
};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    ClinicSetUp(clinic::ClinicSetUp),
    ClinicRenamed(clinic::ClinicRenamed),
    StaffAdded(clinic::StaffAdded),
    StaffChanged(clinic::StaffChanged),
    VillageAdded(clinic::VillageAdded),
    VillageChanged(clinic::VillageChanged),
    ClockConfirmed(clinic::ClockConfirmed),
    RoundMarked(clinic::RoundMarked),
    PasswordGiven(clinic::PasswordGiven),
    RecoveryRenewed(clinic::RecoveryRenewed),
    SignInsTold(clinic::SignInsTold),
    CopyMade(clinic::CopyMade),
    CopyProven(clinic::CopyProven),
    HouseholdAdded(household::HouseholdAdded),
    HouseholdChanged(household::HouseholdChanged),
    HeadChanged(household::HeadChanged),
    HouseholdEnded(household::HouseholdEnded),
    HouseholdReopened(household::HouseholdReopened),
    PersonAdded(person::PersonAdded),
    PersonChanged(person::PersonChanged),
    RelationChanged(person::RelationChanged),
    RecordNumberIssued(person::RecordNumberIssued),
    PersonStateChanged(person::PersonStateChanged),
    PersonMoved(person::PersonMoved),
    PersonLeft(person::PersonLeft),
    TagSet(person::TagSet),
    TagCleared(person::TagCleared),
    AgreementTold(person::AgreementWasTold),
    ContactRecorded(contact::ContactRecorded),
    ContactCorrected(contact::ContactCorrected),
    ContactWithdrawn(contact::ContactWithdrawn),
    ContactRedecided(contact::ContactRedecided),
    FormKept(contact::FormKept),
    SettingsChanged(settings::SettingsChanged),
    RowTaken(import::RowTaken),
    RequestUndone(RequestUndone),
    AgreementChanged(AgreementChanged),
    DoctorKept(agreement::DoctorKept),
    TeamKept(agreement::TeamKept),
    UnitKept(agreement::UnitKept),
    PackageKept(agreement::PackageKept),
    VoucherKept(agreement::VoucherKept),
    ReportSent(agreement::ReportSent),
    LooksTold(clinic::LooksTold),
    AccountRecovered(clinic::AccountRecovered),
    CopyBroughtBack(clinic::CopyBroughtBack),
}

/// A request's entries were taken back whole, `first` to `last`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestUndone {
    pub first: u64,
    pub last: u64,
}

/// One field's change, the old value kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl Change {
    /// Returns the changes that turn `before` into `after`, in field order.
    pub fn between(before: &Answers, after: &Answers) -> Vec<Self> {
        let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        fields
            .into_iter()
            .filter(|field| before.get(*field) != after.get(*field))
            .map(|field| Self {
                field: field.clone(),
                before: before.get(field).cloned(),
                after: after.get(field).cloned(),
            })
            .collect()
    }

    /// Sets the field to what it was changed to.
    pub fn set_on(&self, answers: &mut Answers) {
        match &self.after {
            Some(value) => answers.insert(self.field.clone(), value.clone()),
            None => answers.remove(&self.field),
        };
    }
}

/// One request's entry in the journal: who, when, why, and what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub seq: u64,
    /// Wall time, milliseconds since 1970 in UTC.
    pub at: i64,
    /// The clinic day (China date) it was entered on.
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub user: StaffId,
    /// The window that asked.
    pub window: String,
    /// The id the front end gave the request; a repeat gets the first reply.
    pub request: String,
    /// What was asked, as a stable key: `record_visit`.
    pub cause: String,
    /// BLAKE3 of the entry before, all zero for the first.
    pub before: [u8; 32],
    /// The aspects this entry touched.
    pub touched: Vec<Aspect>,
    pub events: Vec<Event>,
}

impl Entry {
    /// Says whether the entry only tells who came in, who looked, and that a copy was brought
    /// back: it changes nothing anybody is shown, so no window refreshes for it, it is no last
    /// entry to compare the clock with, and it ends no day's undoing.
    pub fn is_quiet(&self) -> bool {
        self.events.iter().all(|event| {
            matches!(
                event,
                Event::SignInsTold(_) | Event::LooksTold(_) | Event::CopyBroughtBack(_)
            )
        })
    }
}

impl Event {
    /// Returns the aspects this event changes.
    pub fn aspects(&self) -> Vec<Aspect> {
        match self {
            Self::ClinicSetUp(_)
            | Self::ClinicRenamed(_)
            | Self::StaffAdded(_)
            | Self::StaffChanged(_)
            | Self::VillageAdded(_)
            | Self::VillageChanged(_) => vec![Aspect::Clinic],
            Self::SettingsChanged(e) => vec![Aspect::Settings(e.section)],
            Self::ClockConfirmed(_)
            | Self::PasswordGiven(_)
            | Self::RecoveryRenewed(_)
            | Self::AccountRecovered(_)
            | Self::SignInsTold(_)
            | Self::LooksTold(_)
            | Self::CopyMade(_)
            | Self::CopyProven(_)
            | Self::CopyBroughtBack(_)
            | Self::RoundMarked(_)
            | Self::RowTaken(_)
            | Self::ReportSent(_)
            | Self::RequestUndone(_) => Vec::new(),
            Self::HouseholdAdded(e) => {
                vec![
                    Aspect::HouseholdCard(e.household),
                    Aspect::Membership(e.household),
                ]
            }
            Self::HouseholdChanged(e) => vec![Aspect::HouseholdCard(e.household)],
            Self::HeadChanged(e) => vec![Aspect::Membership(e.household)],
            Self::HouseholdEnded(e) => {
                vec![
                    Aspect::HouseholdCard(e.household),
                    Aspect::Membership(e.household),
                ]
            }
            Self::HouseholdReopened(e) => {
                vec![
                    Aspect::HouseholdCard(e.household),
                    Aspect::Membership(e.household),
                ]
            }
            Self::PersonAdded(e) => {
                vec![
                    Aspect::PersonCard(e.person),
                    Aspect::Membership(e.household),
                ]
            }
            Self::PersonChanged(e) => vec![Aspect::PersonCard(e.person)],
            Self::RelationChanged(e) => vec![Aspect::Membership(e.household)],
            Self::RecordNumberIssued(e) => vec![Aspect::PersonCard(e.person)],
            Self::PersonStateChanged(e) => vec![Aspect::PersonCard(e.person)],
            Self::PersonMoved(e) => {
                vec![Aspect::Membership(e.from), Aspect::Membership(e.to)]
            }
            Self::PersonLeft(e) => vec![Aspect::Membership(e.household)],
            Self::TagSet(e) => vec![Aspect::PersonCard(e.person)],
            Self::TagCleared(e) => vec![Aspect::PersonCard(e.person)],
            Self::AgreementTold(e) => vec![Aspect::PersonCard(e.person)],
            Self::ContactRecorded(e) => contact::aspects(e.person, &e.decision),
            Self::ContactCorrected(e) => contact::aspects(e.person, &e.decision),
            Self::ContactWithdrawn(e) => e
                .programmes
                .iter()
                .map(|kind| Aspect::Programme(e.person, *kind))
                .collect(),
            Self::ContactRedecided(e) => contact::aspects(e.person, &e.decision),
            Self::FormKept(e) => vec![Aspect::Programme(e.person, e.programme)],
            Self::AgreementChanged(e) => vec![Aspect::Agreement(e.agreement)],
            Self::DoctorKept(_)
            | Self::TeamKept(_)
            | Self::UnitKept(_)
            | Self::PackageKept(_)
            | Self::VoucherKept(_) => vec![Aspect::Parties],
        }
    }
}
