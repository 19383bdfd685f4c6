//! The years of the practice clinic, entry after entry in the order of time: set-up, households,
//! enrolments, then one call after the other until the day before today.
//!
//! It remembers a walker for each person followed up and nothing of the others. Villages live one
//! [`Lot`] after the other, so that a million people need no more room than some thousands: with
//! each lot the journal's days begin anew.

mod asking;
mod beginning;
mod calling;
mod entering;
mod entries;
mod listing;
mod lot;
mod seeing;
mod serving;
mod signing;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    iter::Peekable,
};

use chrono::Datelike;

use lot::Lot;

use super::{
    Plan,
    build::{DOCTOR, Progress, Summary},
    chance::Chance,
    founding::Founded,
    household::{Household, Member},
    pace::Pace,
    places::Area,
    signed::{Home, Step},
    walkers::Walkers,
};
use crate::{
    catalog::Catalog,
    desk::{
        Change, Command, Lived,
        request::{ContactDraft, NewPerson, Party},
    },
    domain::{
        agreement::doctor::Doctor,
        clinic::Role,
        clock::Moment,
        day::{Day, plus_days},
        id::{AgreementId, DoctorId, HouseholdId, PersonId, StaffId, VisitId},
        programmes::ProgrammeKind,
        roster::RosterRow,
        value::Answers,
    },
};

/// Milliseconds of a minute.
const MINUTE: Moment = 60_000;
/// The second of the clinic's doctors, and who keeps its records.
const SECOND_DOCTOR: StaffId = StaffId(3);
const RECORDS: StaffId = StaffId(2);

/// Everything that will still be entered, as far as it is known.
pub struct Past<'a> {
    plan: Peekable<Plan>,
    chances: Plan,
    catalog: &'a Catalog,
    pace: Pace,
    /// People of all lots.
    people: u64,
    lot: Lot,
    /// People of the lot's households entered so far.
    placed: u64,
    first: Day,
    today: Day,
    walkers: Walkers,
    timeline: BinaryHeap<Reverse<Planned>>,
    planned: u64,
    requests: u64,
    now: Moment,
    waiting: Waiting,
    /// What should have been written, where the visit being entered has a slip.
    slip: Option<ContactDraft>,
    walker_of: BTreeMap<PersonId, usize>,
    /// The lot's households, in the order of their ids.
    homes: Vec<Home>,
    home_of: BTreeMap<PersonId, usize>,
    /// The household of each agreement that runs.
    signed_by: BTreeMap<AgreementId, usize>,
    /// Households so far that could sign.
    signable: u64,
    /// Who signs for the clinic, in the order of their ids.
    doctors: Vec<Doctor>,
    /// The people of the unit, and its agreement before it is signed.
    workers: Vec<PersonId>,
    unit_draft: Option<AgreementId>,
    /// The household signed above its doctor's cap.
    above: Option<usize>,
    /// Rows of the township's register of before.
    told: Vec<RosterRow>,
    summary: Summary,
}

/// Something to be entered at a time.
#[derive(Debug, Clone)]
struct Planned {
    at: Moment,
    serial: u64,
    what: What,
}

impl PartialEq for Planned {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Planned {}

impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Planned {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.serial).cmp(&(other.at, other.serial))
    }
}

#[derive(Debug, Clone)]
enum What {
    Staff(&'static str, Role),
    Born(HouseholdId, Box<NewPerson>, Box<Newborn>),
    Card(PersonId, Box<Answers>),
    HouseholdCard(HouseholdId, Box<Answers>),
    Died(PersonId, Day, &'static str),
    MovedOut(PersonId, Day, &'static str),
    /// Taken into a programme on a day.
    Enrol(usize, ProgrammeKind, Day),
    /// The last follow-up before this program.
    History(usize, ProgrammeKind),
    RefuseProgramme(usize, ProgrammeKind),
    /// What was typed wrong is put right.
    Correction(VisitId, Box<ContactDraft>),
    /// The clinic calls, if the plan is still the walker's.
    Call(usize, u32),
    /// Work of the other programmes, likewise.
    Serve(usize, u32),
    /// Entered in a programme, on its form where it has one.
    Enter(usize, ProgrammeKind),
    /// The doses given at birth are noted down.
    AtBirth(usize),
    /// A paper of the consulting room.
    Paper(usize, &'static str),
    /// Who signs for the clinic, or what is offered.
    Party(Box<Party>),
    /// A doctor serves no longer.
    Leaves(DoctorId),
    /// A step of a household's agreement.
    Agree(usize, Step),
    Unit(String, asking::UnitStep),
    /// What the township's register tells is read in.
    Register,
    /// A morning's roll.
    Roll,
}

/// Whose entry is being written.
enum Waiting {
    Nothing,
    Household(Box<(Household, Founded, Day)>),
    Born(HouseholdId, Box<Newborn>, Day),
    Contact(usize, Day),
    Paper(usize, Day),
    Agreed(usize, Step),
    Unit,
    Rolled,
}

/// A child as it will be entered, with its mother among the walkers.
#[derive(Debug, Clone)]
struct Newborn {
    member: Member,
    mother: Option<usize>,
    doctor: StaffId,
    chance: Chance,
}

impl<'a> Past<'a> {
    /// Begins at the first Monday from `first`.
    pub fn new(plan: Plan, first: Day, catalog: &'a Catalog) -> Self {
        let monday = (7 - first.weekday().num_days_from_monday()) % 7;
        let lot = Lot::first(plan.villages());
        Self {
            chances: plan.clone(),
            today: plan.today(),
            pace: lot.pace(&plan),
            people: u64::from(plan.people().max(1)),
            plan: plan.peekable(),
            catalog,
            lot,
            placed: 0,
            first: plus_days(first, i64::from(monday)),
            walkers: Walkers::default(),
            timeline: BinaryHeap::new(),
            planned: 0,
            requests: 0,
            now: 0,
            waiting: Waiting::Nothing,
            slip: None,
            walker_of: BTreeMap::new(),
            homes: Vec::new(),
            home_of: BTreeMap::new(),
            signed_by: BTreeMap::new(),
            signable: 0,
            doctors: Vec::new(),
            workers: Vec::new(),
            unit_draft: None,
            above: None,
            told: Vec::new(),
            summary: Summary::default(),
        }
    }

    /// Places the set-up at its time, and the staff after it.
    pub fn at_set_up(&mut self, set_up: Change) -> (Moment, Change) {
        self.now = moment(self.first, 8 * 60 + 5);
        self.put(
            self.now + 4 * MINUTE,
            What::Staff("李小燕", Role::PublicHealth),
        );
        self.put(
            self.now + 6 * MINUTE,
            What::Staff(Area::Second.names().0, Role::Doctor),
        );
        let villages = self.chances.villages().to_vec();
        self.plan_signing(&villages);
        (self.now, set_up)
    }

    /// Tells how far the years have come.
    pub fn progress(&self) -> Progress {
        let days = (self.today - self.first).num_days().max(1);
        let passed = (day_at(self.now) - self.first).num_days().clamp(0, days);
        let entered = self.placed * 200 / self.lot.people;
        let walked = if self.placed < self.lot.people {
            0
        } else {
            u64::try_from(passed * 800 / days).unwrap_or_default()
        };
        let of_all = (self.lot.before * 1000 + self.lot.people * (entered + walked)) / self.people;
        Progress {
            permille: u32::try_from(of_all).unwrap_or(1000),
            entries: self.summary.entries,
        }
    }

    /// Says whether everything was entered.
    pub fn is_over(&mut self) -> bool {
        self.plan.peek().is_none() && self.timeline.is_empty()
    }

    /// Returns what was entered so far.
    pub const fn summary(&self) -> Summary {
        self.summary
    }

    /// Returns the next entry in the order of time, lot after lot.
    pub fn next(&mut self) -> Option<(Moment, Change)> {
        loop {
            self.walkers.rest();
            let household = self.plan.peek().map(|household| household.village);
            let is_here = household.is_some_and(|village| self.lot.has(village));
            if household.is_some() && !is_here && self.timeline.is_empty() {
                self.begin_next_lot();
                continue;
            }
            let household_at = is_here.then(|| self.household_at());
            let planned_at = self.timeline.peek().map(|Reverse(planned)| planned.at);
            if let Some(at) = household_at
                && planned_at.is_none_or(|planned| at <= planned)
            {
                self.now = at;
                let household = self.plan.next()?;
                let command = self.household(household);
                return Some((at, self.change(RECORDS, command)));
            }
            let Reverse(planned) = self.timeline.pop()?;
            self.now = planned.at;
            if let Some((by, command)) = self.entry(planned.what) {
                return Some((planned.at, self.change(by, command)));
            }
        }
    }

    /// Takes what became of the last entry.
    pub fn take(&mut self, lived: &Lived) {
        let done = &lived.done;
        self.summary.entries = done.seq;
        self.summary.people += count(done.people.len());
        self.summary.households += count(done.households.len());
        self.summary.contacts += count(done.contacts.len());
        let enrolled = done.counts.get("enrolled").copied();
        self.summary.enrolled += count(enrolled.unwrap_or_default());
        match std::mem::replace(&mut self.waiting, Waiting::Nothing) {
            Waiting::Nothing => {}
            Waiting::Household(entered) => {
                let (household, founded, day) = *entered;
                if let Some(id) = done.households.first() {
                    let walkers = self.founded(&household, &done.people, day);
                    self.lives((*id, &household), &done.people, day);
                    let house = (*id, &household, walkers.as_slice());
                    self.later(house, &done.people, founded.later);
                }
            }
            Waiting::Born(household, child, day) => {
                self.is_born(household, &child, done);
                self.born(*child, lived, day);
            }
            Waiting::Contact(walker, day) => {
                self.contacted(walker, day, lived);
                self.slips(walker, done);
            }
            Waiting::Paper(walker, day) => self.noted(walker, day, lived),
            Waiting::Agreed(home, step) => self.agreed(home, step, lived),
            Waiting::Unit => self.unit_draft = done.agreements.first().copied(),
            Waiting::Rolled => self.rolled(lived),
        }
    }

    fn change(&mut self, by: StaffId, command: Command) -> Change {
        self.requests += 1;
        Change {
            id: format!("practice/{}", self.requests),
            by,
            seen: Vec::new(),
            date_is: None,
            command,
        }
    }

    fn put(&mut self, at: Moment, what: What) {
        self.planned += 1;
        self.timeline.push(Reverse(Planned {
            at: at.max(self.now + 1),
            serial: self.planned,
            what,
        }));
    }
}

/// The wall time at a minute of a day in China.
fn moment(day: Day, minute: Moment) -> Moment {
    let midnight = day
        .and_hms_opt(0, 0, 0)
        .map_or(0, |time| time.and_utc().timestamp_millis());
    midnight - 8 * 60 * MINUTE + minute * MINUTE
}

fn day_at(moment: Moment) -> Day {
    crate::domain::clock::day_of(moment)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
