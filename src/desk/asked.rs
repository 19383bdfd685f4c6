//! What some questions and changes ask for.

use std::sync::Arc;

use super::reply::AgreementList;
use crate::domain::{
    agreement::{
        action::Proposal, contract::Scope, doctor::Doctor, package::Package, signed::Signing,
        team::Team, unit::Unit, voucher::Voucher,
    },
    course::happening::{Happening, ReferralResult},
    day::Day,
    form::FilledForm,
    household::MoveReason,
    id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId, VillageId},
    looking::{Handed, Way},
    person::AgreementTold,
    programmes::ProgrammeKind,
    queue::Filter,
    roster::Gauge,
    value::Answers,
};

/// What part of the queue is wanted.
#[derive(Debug, Clone, Default)]
pub struct QueueAsk {
    /// The day; today when absent.
    pub day: Option<Day>,
    /// How many days ahead to list besides, 0–366.
    pub ahead: u32,
    /// With the rows of early work.
    pub early: bool,
    /// With the rows of early and standing work.
    pub all: bool,
    pub filter: Filter,
}

/// Whom a row of a paper sheet may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidatesAsk {
    /// As in a search.
    pub text: String,
    /// The form of the sheet.
    pub form: String,
    /// The day the row is about.
    pub day: Day,
}

/// A resident's card about to be saved.
#[derive(Debug, Clone)]
pub struct CardAsk {
    /// Whose card it is; none for a new resident.
    pub person: Option<PersonId>,
    /// Where the person lives; none where the household is new too.
    pub household: Option<HouseholdId>,
    pub card: Answers,
}

/// Who signs, or what is offered; new where no id, code or number is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// The id inside is not read.
    Doctor(Option<DoctorId>, Doctor),
    Team(Option<TeamId>, Team),
    Unit(Option<UnitId>, Unit),
    /// By its code.
    Package(Package),
    /// Issued; its state is not read.
    Voucher(Voucher),
    VoidVoucher {
        number: String,
        reason: String,
    },
}

/// A new agreement to prefill. Where the household has a running one it renews that; with a
/// reason it is signed anew with another doctor or team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementProposalAsk {
    pub scope: Scope,
    /// Whom to cover; empty for everybody who may be.
    pub people: Vec<PersonId>,
    /// Why it is signed anew (改签); empty for a new one or a renewal.
    pub reason: String,
    /// Who asks: proposed as doctor where the household has none.
    pub by: StaffId,
}

/// An agreement as far as it is written on a screen, not asked of the desk yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementPreviewAsk {
    /// The agreement that is being written on; none where it is not begun.
    pub agreement: Option<AgreementId>,
    pub proposal: Proposal,
    /// As far as both sides have signed.
    pub signing: Signing,
    pub by: StaffId,
}

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreementListAsk {
    pub list: AgreementList,
    /// The first row's place, from 0.
    pub from: usize,
    pub limit: usize,
}

/// A form in progress as it was found, and as far as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForm {
    pub before: Option<FilledForm>,
    pub now: FilledForm,
}

/// A contact to record or to preview.
#[derive(Debug, Clone)]
pub struct ContactDraft {
    pub person: PersonId,
    pub day: Day,
    pub forms: Vec<FilledForm>,
    /// What happened, where no form tells it: attempts, enrolment, referral results.
    pub happening: Option<Happening>,
    /// What became of an open referral, if the visit asked.
    pub referral_result: Option<ReferralResult>,
    /// Renewal of the agreement was spoken of; with its representative it counts (agreements §9).
    pub renewal_spoken: bool,
}

impl ContactDraft {
    /// Returns a draft that says nothing yet but about whom and when.
    pub fn about(person: PersonId, day: Day) -> Self {
        Self {
            person,
            day,
            forms: Vec::new(),
            happening: None,
            referral_result: None,
            renewal_spoken: false,
        }
    }
}

/// What is to be done with copies of the data, beside everything else.
#[derive(Debug, Clone)]
pub struct CopyRequest {
    pub work: CopyWork,
    /// Is told how far it is, and may end it.
    pub gauge: Arc<Gauge>,
}

/// A work on copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyWork {
    /// Make one.
    BackUp,
    /// Prove that the newest comes back.
    Prove,
}

/// What leaves the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// `Way::Print` or `Way::Export`.
    pub way: Way,
    pub what: Handed,
    /// Whom it tells of; nobody where it tells of everybody.
    pub people: Vec<PersonId>,
}

/// Which part of the log is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogAsk {
    /// Only what was about this person.
    pub person: Option<PersonId>,
    /// Only what was entered on this day or later.
    pub since: Option<Day>,
    /// The entry to begin with; from the journal's first where 0.
    pub first: u64,
}

/// Who is made an administrator by the recovery code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Somebody on the staff, at work or not.
    Known(StaffId),
    /// Somebody new of this name.
    New(String),
}

/// Which of the enrolments a roster proposes are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    All,
    /// Those of these rows and programmes.
    These(Vec<(u32, ProgrammeKind)>),
}

/// The first start.
#[derive(Debug, Clone)]
pub struct SetUp {
    pub clinic: String,
    /// Name and, where known, 12-digit code.
    pub villages: Vec<(String, Option<String>)>,
    pub doctor: String,
    pub practice_day: Option<Day>,
    /// The store's identity; random in real stores, drawn from the seed in practice.
    pub store: [u8; 16],
}

/// A new resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub card: Answers,
    pub relation: u8,
    pub relation_word: String,
    pub joined_by: MoveReason,
    pub from: Day,
    pub told: Option<AgreementTold>,
}

/// A new household; the member with relation 0 is its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHousehold {
    pub village: VillageId,
    pub outside_no: Option<String>,
    pub card: Answers,
    pub members: Vec<NewPerson>,
}

/// A person changes households.
#[derive(Debug, Clone)]
pub struct MovePerson {
    pub person: PersonId,
    pub to: HouseholdId,
    pub relation: u8,
    pub word: String,
    pub on: Day,
    pub reason: MoveReason,
    pub new_head: Option<PersonId>,
}

/// Members leave to found a household of their own.
#[derive(Debug, Clone)]
pub struct SplitHousehold {
    pub from: HouseholdId,
    pub members: Vec<PersonId>,
    pub head: PersonId,
    pub card: Answers,
    pub on: Day,
    /// A new head of those who stay, where the old one leaves.
    pub old_head: Option<PersonId>,
}
