//! The registers of agreements as answers tell them: what tables of some days are made of.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    agreement::{
        coverage::Coverage,
        doctor::Doctor,
        fulfilment::Promise,
        package::Package,
        register::{Asked, Counted, Registered},
        reported::Sent,
        rules::AgreementRules,
        team::Team,
    },
    clock::Moment,
    day::Day,
    id::{AgreementId, PersonId},
};

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
    /// What stands on the registers of these days: what was signed here, or made void, on them.
    pub registered: Vec<Registered>,
    /// Everything signed since 1 January of the first year that counts.
    pub year: Vec<Counted>,
    /// Everybody covered on some of these days.
    pub coverage: Vec<Coverage>,
    /// What was promised by what was signed on these days, as far as it is kept today; none
    /// where nobody asked for it.
    pub promises: Option<BTreeMap<AgreementId, Vec<Promise>>>,
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

impl RegistersView {
    /// Returns what a sheet of these days is asked about.
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            rules: &self.rules,
            include_k11: self.rules.include_k11,
            residents: &self.residents,
            coverage: &self.coverage,
            year: &self.year,
        }
    }

    /// Returns the promises, as far as they were asked for.
    pub fn promises(&self) -> &BTreeMap<AgreementId, Vec<Promise>> {
        static NONE: BTreeMap<AgreementId, Vec<Promise>> = BTreeMap::new();
        self.promises.as_ref().unwrap_or(&NONE)
    }
}
