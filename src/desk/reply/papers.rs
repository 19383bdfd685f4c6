//! The papers of the consulting room in lists: referrals under way, the register of a day.

use std::sync::Arc;

use crate::domain::{
    clock::Moment,
    day::Day,
    form::{FilledForm, FormDef},
    id::{HouseholdId, PersonId, VisitId},
    identity::Sex,
    programmes::{ProgrammeKind, reason::Reason},
    visit::RegisterLine,
};

/// The referrals under way and those whose return slip came lately, the oldest first.
#[derive(Debug, Clone)]
pub struct ReferralsView {
    pub today: Day,
    pub rows: Vec<ReferralRow>,
}

/// Whom a paper is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPerson {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
}

/// One person's referral.
#[derive(Debug, Clone)]
pub struct ReferralRow {
    pub who: PaperPerson,
    /// The day it was made.
    pub sent: Day,
    /// Days since then; until the return slip where there is one.
    pub age: i64,
    /// The institution, where told.
    pub to: String,
    /// Why, where told.
    pub reason: String,
    /// Why by the rules; none where only a slip was written.
    pub why: Option<Reason>,
    /// The programmes whose referral it is.
    pub programmes: Vec<ProgrammeKind>,
    pub urgent: bool,
    /// A slip was handed out.
    pub has_slip: bool,
    pub stands: Stands,
}

/// How a referral stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// It is to be asked after; the day that is due.
    Open(Day),
    /// The person has been there; the return slip is not here.
    Waiting,
    /// The return slip came.
    Returned(Day),
}

/// A slip as it was written.
#[derive(Debug, Clone)]
pub struct SlipView {
    pub who: PaperPerson,
    /// The form in the edition it was written on.
    pub form: Arc<FormDef>,
    pub filled: FilledForm,
    pub today: Day,
    pub now: Moment,
}

/// The register 门诊日志 of one day, in the order of entry.
#[derive(Debug, Clone)]
pub struct RegisterView {
    pub today: Day,
    pub day: Day,
    pub rows: Vec<RegisterRow>,
}

/// One line of the register.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    pub contact: VisitId,
    pub who: PaperPerson,
    pub line: RegisterLine,
    /// The whole paper.
    pub filled: FilledForm,
    /// Who entered it.
    pub by: String,
}
