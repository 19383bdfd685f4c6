//! The registers of agreements as answers tell them: a day's, and what tables of some days are
//! made of.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::AgreementBrief;
use crate::domain::{
    agreement::{
        contract::Agreement, doctor::Doctor, fulfilment::Promise, package::Package,
        register::Registered, reported::Sent, rules::AgreementRules, team::Team,
    },
    clock::Moment,
    day::Day,
    id::{AgreementId, PersonId},
    tags::TagSet,
};

/// An agreement signed, or continued by itself, on the day of a register.
#[derive(Debug, Clone)]
pub struct SignedRow {
    pub brief: AgreementBrief,
    pub agreement: Agreement,
    /// How many live in the household.
    pub residents: usize,
    /// Whom it covers by that day, with the tags they carry today.
    pub covered: Vec<(PersonId, String, TagSet)>,
}

/// What the register 签约工作登记表 of a day is made of.
#[derive(Debug, Clone)]
pub struct SigningDayView {
    pub today: Day,
    pub day: Day,
    pub doctor: Option<Doctor>,
    pub rows: Vec<SignedRow>,
    /// Households and persons signed from the first of the year to the day, each once.
    pub year_households: usize,
    pub year_persons: usize,
    /// Covered and all residents on the day the question is asked.
    pub covered: usize,
    pub residents: usize,
}

/// The report of a month as it was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTold {
    /// The first day of the month.
    pub month: Day,
    pub sent: Sent,
    /// Who sent it.
    pub by: String,
    /// How often it was sent, corrections included.
    pub times: usize,
    /// 需更正: what was signed or made void of it since, by number or id.
    pub corrections: Vec<String>,
}

/// What the registers of some days are made of: who signed what, who was covered, what was done.
#[derive(Debug, Clone)]
pub struct RegistersView {
    pub today: Day,
    pub now: Moment,
    /// The clinic's villages, by name.
    pub villages: Vec<String>,
    pub from: Day,
    pub until: Day,
    /// Everything ever signed that served between 1 January of the first year and the last day;
    /// residents and groups stand with what was signed in that time.
    pub registered: Vec<Registered>,
    /// What was promised by what was signed on these days, as far as it is kept today.
    pub promises: BTreeMap<AgreementId, Vec<Promise>>,
    /// The reports sent of these months.
    pub reports: Vec<ReportTold>,
    /// Who lives here today.
    pub residents: BTreeSet<PersonId>,
    /// The rules in force, with whether K11 is a group of key people.
    pub rules: AgreementRules,
    pub doctors: Vec<Doctor>,
    pub teams: Vec<Team>,
    pub packages: Vec<Package>,
}
