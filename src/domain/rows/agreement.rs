//! Agreements and their parties as stored: how each is keyed and by what lists find it.
//!
//! Every list of agreements, the roll, a doctor's panel and an evidence number is one range of
//! keys; what a list then says of an agreement is computed on its day.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{id_key, panel, signings};
use crate::domain::{
    agreement::{
        contract::{Agreement, Life, Origin, Scope},
        doctor::Doctor,
        package::Package,
        reported::Reported,
        signed::{ClosedBy, Member, NotRenewed, Renewal, Signed},
        state::{State, Transition},
        team::Team,
        unit::Unit,
        voucher::Voucher,
    },
    clock::Moment,
    day::{Day, plus_days},
    id::{PersonId, StaffId, UnitId},
    settings::Settings,
    tables::{Index, Key, Row, Table},
};

/// One thing that happened to an agreement: who, when, which way of §8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The entry that tells it whole.
    pub seq: u64,
    pub at: Moment,
    /// The clinic day it was entered on.
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub by: StaffId,
    pub transition: Option<Transition>,
    /// The stable key of the change.
    pub what: String,
}

/// An agreement with what happened to it, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementRow {
    pub agreement: Agreement,
    pub steps: Vec<Step>,
}

/// A mark by which lists find agreements; the numbers stand in stored keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Mark {
    /// A member's consent waits for his own word; since the day it was given.
    ConsentIncomplete = 1,
    /// Renewed automatically and not known to the resident; since the term began.
    RenewalUnconfirmed = 2,
    /// 存疑; by the end of the term.
    InDoubt = 3,
    /// Signed above the doctor's cap; since it was signed.
    OverCap = 4,
    /// It ran out because the end sheet was not signed by both; since its last day.
    EndUnsigned = 5,
    /// A roster told of it and somebody's own word is missing; since the day it tells.
    ToConfirm = 6,
}

impl AgreementRow {
    /// Returns the first day on which the roll has something to do with it; none where time
    /// alone brings it nothing more.
    pub fn rolls_on(&self) -> Option<Day> {
        let signed = self.agreement.signed().filter(|_| self.runs())?;
        let agreed = signed.ending.as_ref().and_then(|one| one.agreed.as_ref());
        let last = agreed.map_or(signed.term.end(), |sheet| {
            sheet.last_day.min(signed.term.end())
        });
        Some(plus_days(last, 1))
    }

    /// Says whether it runs: signed, and not at its end.
    fn runs(&self) -> bool {
        match self.agreement.state() {
            State::Active | State::Ending => true,
            State::Draft
            | State::Printed
            | State::Renewed
            | State::Terminated
            | State::Expired
            | State::Superseded
            | State::Void => false,
        }
    }

    /// Returns everybody it covers, covered, or is to cover.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let chosen = self.agreement.contents.covered.iter();
        let signed = self.agreement.signed();
        let members = signed.iter().flat_map(|signed| &signed.members);
        chosen
            .map(|choice| choice.person)
            .chain(members.map(|member| member.person))
            .collect()
    }

    /// Returns the marks with the day each is sorted by.
    pub fn marks(&self) -> Vec<(Mark, Day)> {
        let Some(signed) = self.agreement.signed() else {
            return Vec::new();
        };
        let mut marks = Vec::new();
        if let State::Active | State::Ending = self.agreement.state() {
            let present = signed.members.iter().filter(|one| one.left.is_none());
            let waiting = present.filter(|one| Member::is_unconfirmed(one));
            let first = waiting.map(|member| member.consent.on).min();
            let mark = match self.agreement.origin {
                Origin::BroughtIn => Mark::ToConfirm,
                Origin::New
                | Origin::Renewal { .. }
                | Origin::Automatic { .. }
                | Origin::Change { .. } => Mark::ConsentIncomplete,
            };
            marks.extend(first.map(|day| (mark, day)));
            if signed.renewal == Renewal::Unconfirmed {
                marks.push((Mark::RenewalUnconfirmed, signed.term.start));
            }
            if !signed.doubts.is_empty() {
                marks.push((Mark::InDoubt, signed.term.end()));
            }
            let signing = signed.signing.as_ref();
            if signing.is_some_and(|signing| signing.above_cap.is_some()) {
                marks.push((Mark::OverCap, signed.on));
            }
        }
        marks.extend(end_unsigned(signed).map(|day| (Mark::EndUnsigned, day)));
        marks
    }

    /// Returns the day lists of one state are sorted by: of what was signed the end of the
    /// term, of what was printed the day of the first print, else the day it was begun.
    pub fn list_day(&self) -> Day {
        let begun = self.steps.first().map_or(Day::MIN, |step| step.day);
        match &self.agreement.life {
            Life::Draft | Life::Discarded { .. } => begun,
            Life::Printed => self.agreement.prints.first().map_or(begun, |one| one.on),
            Life::Signed(signed) => signed.term.end(),
        }
    }
}

fn end_unsigned(signed: &Signed) -> Option<Day> {
    let closing = signed.closing.as_ref()?;
    let ClosedBy::NotRenewed { reasons } = &closing.by else {
        return None;
    };
    let is_so = signed.voided.is_none() && reasons.contains(&NotRenewed::EndUnsigned);
    let ending = signed.ending.as_ref();
    let both = ending.is_some_and(|one| one.clinic.is_some() && one.resident.is_some());
    (is_so && !both).then_some(closing.last_day)
}

/// Returns the key of a package, by its code.
pub fn package_key(code: &str) -> Vec<u8> {
    Key::new().text(code).bytes()
}

/// Returns the key of a voucher, by its number.
pub fn voucher_key(number: &str) -> Vec<u8> {
    Key::new().text(number).bytes()
}

/// Returns the key of a month's reports, by its first day.
pub fn report_key(month: Day) -> Vec<u8> {
    Key::new().day(month).bytes()
}

/// Returns the beginning of the keys of one state's list.
pub fn state_prefix(state: State) -> Key {
    Key::new().small(u32::from(state.code()))
}

/// Returns the beginning of the keys of a unit's agreements in a state.
pub fn unit_prefix(unit: UnitId, state: State) -> Key {
    Key::new().number(unit.0).small(u32::from(state.code()))
}

/// Returns the beginning of the keys of one mark's list.
pub fn mark_prefix(mark: Mark) -> Key {
    Key::new().small(mark as u32)
}

impl Row for AgreementRow {
    const TABLE: Table = Table::Agreement;

    fn key(&self) -> Vec<u8> {
        id_key(self.agreement.id.0)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        let agreement = &self.agreement;
        let id = agreement.id.0;
        let state = state_prefix(agreement.state()).day(self.list_day());
        let mut entries = vec![(Index::AgreementState, state.number(id).bytes())];
        if let Some(household) = agreement.scope.household() {
            let key = Key::new().number(household.0).number(id);
            let key = key.bytes();
            if self.runs() {
                entries.push((Index::HouseholdRunning, key.clone()));
            }
            entries.push((Index::HouseholdAgreements, key));
        }
        let is_begun = matches!(agreement.life, Life::Draft | Life::Printed);
        if let Scope::Unit(unit) = agreement.scope
            && (is_begun || self.runs())
        {
            let key = unit_prefix(unit, agreement.state()).day(self.list_day());
            entries.push((Index::UnitAgreements, key.number(id).bytes()));
        }
        if let Some(number) = &agreement.number {
            let key = Key::new().text(number.as_str()).number(id);
            entries.push((Index::AgreementNumber, key.bytes()));
        }
        entries.extend(self.people().into_iter().map(|person| {
            let key = signings::concern_key(agreement, person);
            (Index::PersonAgreements, key)
        }));
        entries.extend(self.rolls_on().map(|day| {
            let key = Key::new().day(day).number(id);
            (Index::AgreementRoll, key.bytes())
        }));
        entries.extend(self.marks().into_iter().map(|(mark, day)| {
            let key = mark_prefix(mark).day(day).number(id);
            (Index::AgreementMark, key.bytes())
        }));
        if let Some(signed) = agreement.signed() {
            entries.extend(signed_entries(agreement, signed));
        }
        entries
    }
}

fn signed_entries(agreement: &Agreement, signed: &Signed) -> Vec<(Index, Vec<u8>)> {
    let id = agreement.id.0;
    let on = signings::key(agreement, signed);
    let mut entries = vec![(Index::AgreementSigned, on)];
    let keys = panel::keys(agreement, signed);
    entries.extend(keys.map(|key| (Index::DoctorPanel, key)));
    let mut numbers: Vec<&str> = signed.evidence().filter(|one| !one.is_empty()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    entries.extend(numbers.into_iter().map(|number| {
        let key = Key::new().text(number).number(id);
        (Index::Evidence, key.bytes())
    }));
    entries
}

impl Row for Doctor {
    const TABLE: Table = Table::Doctor;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }
}

impl Row for Team {
    const TABLE: Table = Table::Team;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }
}

impl Row for Unit {
    const TABLE: Table = Table::Unit;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        let residents = self.residents();
        residents
            .map(|person| {
                let key = Key::new().number(person.0).number(self.id.0);
                (Index::PersonUnit, key.bytes())
            })
            .collect()
    }
}

impl Row for Package {
    const TABLE: Table = Table::Package;

    fn key(&self) -> Vec<u8> {
        package_key(&self.code)
    }
}

impl Row for Voucher {
    const TABLE: Table = Table::Voucher;

    fn key(&self) -> Vec<u8> {
        voucher_key(&self.number)
    }
}

impl Row for Reported {
    const TABLE: Table = Table::Report;

    fn key(&self) -> Vec<u8> {
        report_key(self.month)
    }
}
