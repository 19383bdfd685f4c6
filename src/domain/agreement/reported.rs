//! Months whose report was sent, each with the figures frozen in it.
//!
//! What is entered or made void afterwards changes no sent report: the month is marked for
//! correction until it is sent again.

use std::collections::BTreeSet;

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

use super::{contract::Agreement, register::SigningKind};
use crate::domain::{
    clock::Moment,
    day::{Day, plus_days, plus_months},
    id::{HouseholdId, PersonId, StaffId},
};

/// What was signed in a month, as it was reported: void agreements and what rosters told of do
/// not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    pub agreements: usize,
    /// Each once.
    pub households: usize,
    /// Each once.
    pub persons: usize,
    /// 新签
    pub new: usize,
    /// 续签
    pub renewed: usize,
    /// 自动续约
    pub automatic: usize,
    /// 改签
    pub changed: usize,
}

impl Figures {
    /// Counts the agreements signed in a month.
    pub fn of<'a>(agreements: impl IntoIterator<Item = &'a Agreement>) -> Self {
        let mut figures = Self::default();
        let mut households: BTreeSet<HouseholdId> = BTreeSet::new();
        let mut persons: BTreeSet<PersonId> = BTreeSet::new();
        for agreement in agreements {
            let signed = agreement.signed().filter(|one| one.voided.is_none());
            let kind = SigningKind::of(&agreement.origin);
            let (Some(signed), Some(count)) = (signed, figures.kind(kind)) else {
                continue;
            };
            *count += 1;
            figures.agreements += 1;
            households.extend(agreement.scope.household());
            persons.extend(signed.members.iter().map(|member| member.person));
        }
        figures.households = households.len();
        figures.persons = persons.len();
        figures
    }

    const fn kind(&mut self, kind: SigningKind) -> Option<&mut usize> {
        match kind {
            SigningKind::New => Some(&mut self.new),
            SigningKind::Renewal => Some(&mut self.renewed),
            SigningKind::Automatic => Some(&mut self.automatic),
            SigningKind::Change => Some(&mut self.changed),
            SigningKind::BroughtIn => None,
        }
    }
}

/// A report as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The entry that tells of it: what is entered later is not in it.
    pub seq: u64,
    pub at: Moment,
    /// The clinic day it was sent on.
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub by: StaffId,
    pub figures: Figures,
}

/// A month and its reports: the first one and every correction (更正表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Its first day.
    #[serde(with = "crate::domain::written_day")]
    pub month: Day,
    pub sent: Vec<Sent>,
}

/// Returns the first and the last day of the month a day is in.
pub fn month_of(day: Day) -> (Day, Day) {
    let first = day.with_day(1).unwrap_or(day);
    (first, plus_days(plus_months(first, 1), -1))
}
