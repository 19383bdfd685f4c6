//! The years of the practice clinic, entry after entry in the order of time: set-up, households,
//! enrolments, then one call after the other until the day before today.
//!
//! It remembers a walker for each person followed up and nothing of the others.

use std::{cmp::Reverse, collections::BinaryHeap, iter::Peekable};

use chrono::{Datelike, Days};

use super::{
    Plan,
    build::{DOCTOR, Progress, Summary},
    call,
    chance::Chance,
    founding::{self, Founded, Later},
    household::Household,
    pace,
    walker::Walker,
};
use crate::{
    catalog::Catalog,
    desk::{
        Change, Command,
        reply::Done,
        request::{ContactDraft, NewPerson},
    },
    domain::{
        clinic::Role,
        clock::Moment,
        course::happening::{Enrolled, Happening, LastVisit},
        day::{Day, plus_days},
        id::{HouseholdId, PersonId, StaffId},
        programmes::ProgrammeKind,
        tags::ManagedFor,
        value::Answers,
    },
};

/// Working days over which the roster was entered.
const ENTERING_DAYS: u64 = 24;
/// Milliseconds of a minute.
const MINUTE: Moment = 60_000;
/// Milliseconds of the eight hours of a working day.
const WORKING: u64 = 8 * 60 * 60_000;
/// The second of the clinic's doctors, and who keeps its records.
const SECOND_DOCTOR: StaffId = StaffId(3);
const RECORDS: StaffId = StaffId(2);

/// Everything that will still be entered, as far as it is known.
pub struct Past<'a> {
    plan: Peekable<Plan>,
    chances: Plan,
    catalog: &'a Catalog,
    people: u64,
    /// People of the households entered so far.
    placed: u64,
    first: Day,
    today: Day,
    walkers: Vec<Walker>,
    timeline: BinaryHeap<Reverse<Planned>>,
    planned: u64,
    requests: u64,
    now: Moment,
    waiting: Waiting,
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
    Born(HouseholdId, Box<NewPerson>),
    Card(PersonId, Box<Answers>),
    HouseholdCard(HouseholdId, Box<Answers>),
    Died(PersonId, Day, &'static str),
    MovedOut(PersonId, Day, &'static str),
    /// Taken into a programme on a day.
    Enrol(usize, ProgrammeKind, Day),
    /// The last follow-up before this program.
    History(usize, ProgrammeKind),
    RefuseProgramme(usize, ProgrammeKind),
    /// The clinic calls, if the plan is still the walker's.
    Call(usize, u32),
}

/// Whose entry is being written.
enum Waiting {
    Nothing,
    Household(Box<(Household, Founded, Day)>),
    Contact(usize, Day),
}

impl<'a> Past<'a> {
    /// Begins at the first Monday from `first`.
    pub fn new(plan: Plan, people: u32, first: Day, catalog: &'a Catalog) -> Self {
        let monday = (7 - first.weekday().num_days_from_monday()) % 7;
        Self {
            chances: plan.clone(),
            today: plan.today(),
            plan: plan.peekable(),
            catalog,
            people: u64::from(people.max(1)),
            placed: 0,
            first: first + Days::new(u64::from(monday)),
            walkers: Vec::new(),
            timeline: BinaryHeap::new(),
            planned: 0,
            requests: 0,
            now: 0,
            waiting: Waiting::Nothing,
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
        self.put(self.now + 6 * MINUTE, What::Staff("陈志明", Role::Doctor));
        (self.now, set_up)
    }

    /// Tells how far the years have come.
    pub fn progress(&self) -> Progress {
        let days = (self.today - self.first).num_days().max(1);
        let passed = (day_at(self.now) - self.first).num_days().clamp(0, days);
        let entered = self.placed * 200 / self.people;
        let walked = if self.placed < self.people {
            0
        } else {
            u64::try_from(passed * 800 / days).unwrap_or_default()
        };
        Progress {
            permille: u32::try_from(entered + walked).unwrap_or(1000),
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

    /// Returns the next entry in the order of time.
    pub fn next(&mut self) -> Option<(Moment, Change)> {
        loop {
            let household_at = self.plan.peek().is_some().then(|| self.household_at());
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

    /// Takes what the last entry did.
    pub fn take(&mut self, done: &Done) {
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
                    self.founded(&household, &done.people, day);
                    self.later(*id, &done.people, founded.later);
                }
            }
            Waiting::Contact(walker, day) => self.contacted(walker, day, done),
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

    /// The roster is entered evenly over some weeks without Sundays.
    fn household_at(&self) -> Moment {
        let through = self.placed * ENTERING_DAYS * WORKING / self.people;
        let (day, time) = (through / WORKING, through % WORKING);
        let day = day / 6 * 7 + day % 6 + 1;
        let day = plus_days(self.first, i64::try_from(day).unwrap_or_default());
        moment(day, 8 * 60 + 30) + Moment::try_from(time).unwrap_or_default()
    }

    fn household(&mut self, household: Household) -> Command {
        let day = day_at(self.now);
        let founded = founding::found(&household, day);
        self.placed += count(household.members.len());
        let command = Command::AddHousehold(founded.new.clone());
        self.waiting = Waiting::Household(Box::new((household, founded, day)));
        command
    }

    /// Begins the courses of the people just entered.
    fn founded(&mut self, household: &Household, people: &[PersonId], day: Day) {
        let first = self.walkers.len();
        let places = (0..).zip(&household.members);
        let entered = places.filter(|(_, member)| member.birth <= day);
        for ((place, member), person) in entered.zip(people) {
            let chance = self.chances.chance(household, place);
            let doctor = if household.number.serial % 3 == 0 {
                SECOND_DOCTOR
            } else {
                DOCTOR
            };
            let Some(walker) = Walker::new(member, *person, day, doctor, chance) else {
                continue;
            };
            let at = self.walkers.len();
            self.walkers.push(walker);
            let managed = member.health.managed.iter();
            let mut managed: Vec<(Day, ProgrammeKind)> = managed
                .filter_map(|managed| Some((managed.since, kind_of(managed.programme)?)))
                .collect();
            managed.sort_unstable();
            self.enrolments(at, &managed, day);
            if managed.is_empty() && member.health.diseases.iter().any(|d| d.code == "2") {
                self.refusal(at, day);
            }
        }
        let house = (first, self.walkers.len());
        for at in first..house.1 {
            if let Some(walker) = self.walkers.get_mut(at) {
                walker.house = house;
                walker.plan(day);
            }
            self.plan_call(at);
        }
    }

    fn enrolments(&mut self, at: usize, managed: &[(Day, ProgrammeKind)], day: Day) {
        let Some(gone) = self.walkers.get(at).map(|walker| walker.gone) else {
            return;
        };
        let mut now = self.now;
        let mut alive = managed.to_vec();
        alive.retain(|(since, _)| gone.is_none_or(|gone| *since < gone));
        for (since, kind) in &alive {
            if *since <= day {
                now += 20_000;
                self.put(now, What::Enrol(at, *kind, *since));
            } else {
                let on = pace::working(*since);
                self.put(moment(on, 9 * 60), What::Enrol(at, *kind, on));
            }
        }
        for (_, kind) in alive
            .iter()
            .filter(|(since, _)| *since < plus_days(day, -40))
        {
            now += 20_000;
            self.put(now, What::History(at, *kind));
        }
    }

    /// Some of those who are ill and not followed up were asked, and said no in writing.
    fn refusal(&mut self, at: usize, day: Day) {
        let (last, kind) = (plus_days(self.today, -60), ProgrammeKind::Htn);
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        if walker.away.is_some() || walker.gone.is_some() || !walker.chance.holds(400) {
            return;
        }
        let asked = pace::working(walker.chance.day(plus_days(day, 60), last));
        let said = pace::working(plus_days(asked, i64::from(walker.chance.between(6, 26))));
        self.put(moment(asked, 10 * 60), What::Enrol(at, kind, asked));
        self.put(moment(said, 10 * 60), What::RefuseProgramme(at, kind));
    }

    fn later(&mut self, household: HouseholdId, people: &[PersonId], later: Vec<Later>) {
        let mut chance = Chance::of(household.0, &[count(people.len()), 5]);
        for later in later {
            let (on, wait) = match &later {
                Later::Born { on, .. } => (*on, chance.between(2, 20)),
                Later::FoundIll { on, .. } => (*on, 0),
                Later::Died { on, .. } => (*on, chance.between(1, 6)),
                Later::MovedOut { on, .. } => (*on, chance.between(0, 15)),
                Later::AtRisk { on, .. } => (*on, 0),
            };
            let last = plus_days(self.today, -1).max(on);
            let day = pace::working(plus_days(on, i64::from(wait))).min(last);
            let is_born = matches!(later, Later::Born { .. });
            if self.today < day || self.today == day && !is_born {
                continue;
            }
            let whom = |member: usize| people.get(member).copied();
            let what = match later {
                Later::Born { child, .. } => Some(What::Born(household, child)),
                Later::FoundIll { member, card, .. } => {
                    whom(member).map(|person| What::Card(person, card))
                }
                Later::Died { member, on, cause } => {
                    whom(member).map(|person| What::Died(person, on, cause))
                }
                Later::MovedOut { member, on, to } => {
                    whom(member).map(|person| What::MovedOut(person, on, to))
                }
                Later::AtRisk { card, .. } => Some(What::HouseholdCard(household, card)),
            };
            if let Some(what) = what {
                let minute = Moment::from(chance.between(7 * 60, 8 * 60 + 20));
                self.put(moment(day, minute), what);
            }
        }
    }

    /// Plans the walker's next call, if it comes before today.
    fn plan_call(&mut self, at: usize) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let turn = walker.turn;
        if let Some(day) = walker.next.filter(|day| *day < self.today) {
            let minute = Moment::from(walker.chance.between(8 * 60 + 30, 17 * 60));
            let second = Moment::from(walker.chance.between(0, 59_999));
            self.put(moment(day, minute) + second, What::Call(at, turn));
        }
    }

    fn contacted(&mut self, at: usize, day: Day, done: &Done) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let was_referred = screened(walker);
        for contact in done.contacts.iter().filter(|c| c.person == walker.person) {
            walker.course.take(&contact.happening, &contact.decision);
        }
        let is_found_ill = was_referred && !screened(walker) && walker.chance.holds(650);
        walker.plan(day);
        if is_found_ill {
            let on = pace::working(plus_days(day, i64::from(walker.chance.between(2, 8))));
            if on < self.today {
                self.put(moment(on, 15 * 60), What::Enrol(at, ProgrammeKind::Htn, on));
            }
        }
        self.plan_with_the_others(at, day);
        self.plan_call(at);
    }

    /// A house is called on once, where that suits: the new plan takes a housemate's day.
    fn plan_with_the_others(&mut self, at: usize, day: Day) {
        let Some((first, end)) = self.walkers.get(at).map(|walker| walker.house) else {
            return;
        };
        let others = (first..end).filter(|other| *other != at);
        let days: Vec<Day> = others
            .filter_map(|other| self.walkers.get(other)?.next)
            .filter(|next| day < *next)
            .collect();
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let shared = days.into_iter().find(|next| walker.can_join(*next));
        if let Some(next) = shared.filter(|_| walker.chance.holds(800)) {
            walker.join(next);
        }
    }

    fn entry(&mut self, what: What) -> Option<(StaffId, Command)> {
        let day = day_at(self.now);
        let command = match what {
            What::Staff(name, role) => {
                let name = name.to_owned();
                return Some((DOCTOR, Command::AddStaff { name, role }));
            }
            What::Born(household, child) => Command::AddPerson {
                household,
                person: *child,
            },
            What::Card(person, card) => Command::ChangePerson {
                person,
                card: *card,
            },
            What::HouseholdCard(household, card) => Command::ChangeHousehold {
                household,
                card: *card,
            },
            What::Died(person, on, cause) => Command::RecordDeath {
                person,
                on,
                cause: cause.to_owned(),
                new_head: None,
            },
            What::MovedOut(person, on, to) => Command::MoveOut {
                person,
                on,
                to: to.to_owned(),
                new_head: None,
            },
            What::Enrol(at, kind, on) => return self.enrol(at, kind, on),
            What::History(at, kind) => return self.history(at, kind, day),
            What::RefuseProgramme(at, programme) => {
                let walker = self.walkers.get(at)?;
                let is_open = |kind| {
                    walker
                        .course
                        .programmes
                        .get(kind)
                        .is_some_and(|p| p.is_open())
                };
                if walker.is_gone(day) || !is_open(&programme) {
                    return None;
                }
                let happening = Happening::RefusedProgramme { programme };
                return self.told(at, day, happening);
            }
            What::Call(at, turn) => return self.call(at, turn, day),
        };
        Some((RECORDS, command))
    }

    fn told(&mut self, at: usize, day: Day, happening: Happening) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get(at)?;
        let draft = ContactDraft {
            happening: Some(happening),
            ..ContactDraft::about(walker.person, day)
        };
        let by = walker.doctor;
        self.waiting = Waiting::Contact(at, day_at(self.now));
        Some((by, Command::RecordContact(Box::new(draft))))
    }

    fn enrol(&mut self, at: usize, kind: ProgrammeKind, on: Day) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get(at)?;
        let is_open = walker
            .course
            .programmes
            .get(&kind)
            .is_some_and(|p| p.is_open());
        if walker.is_gone(day_at(self.now)) || is_open {
            return None;
        }
        let enrolled = Enrolled {
            programme: kind,
            last_visit: None,
            under_age_reason: None,
        };
        self.told(at, on, Happening::Enrolled(enrolled))
    }

    fn history(&mut self, at: usize, kind: ProgrammeKind, day: Day) -> Option<(StaffId, Command)> {
        let walker = self.walkers.get_mut(at)?;
        let entered = walker.course.programmes.get(&kind)?.entered;
        // The last visit lay anywhere in the three months before.
        let seen = plus_days(day, -i64::from(walker.chance.between(2, 92))).max(entered);
        let reading = walker.latent.reading(seen, &mut walker.chance);
        let happening = Happening::BroughtIn {
            programme: kind,
            last_visit: LastVisit {
                day: seen,
                measured: call::measured(&reading, kind),
            },
        };
        self.told(at, day, happening)
    }

    fn call(&mut self, at: usize, turn: u32, day: Day) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        if walker.turn != turn || walker.is_gone(day) {
            return None;
        }
        let Some(draft) = call::draw(walker, day, catalog) else {
            walker.plan(day);
            self.plan_call(at);
            return None;
        };
        let by = match draft.forms.first() {
            Some(form) if form.form == "bp_screen" => RECORDS,
            Some(_) | None => walker.doctor,
        };
        let (is_visit, house) = (!draft.forms.is_empty(), walker.house);
        if is_visit {
            self.call_on_the_others(at, house, day);
        }
        self.waiting = Waiting::Contact(at, day);
        Some((by, Command::RecordContact(Box::new(draft))))
    }

    /// Who lives in the same house and could be seen soon is seen on the same way.
    fn call_on_the_others(&mut self, at: usize, (first, end): (usize, usize), day: Day) {
        for other in (first..end).filter(|other| *other != at) {
            let Some(walker) = self.walkers.get_mut(other) else {
                continue;
            };
            if walker.can_join(day) && walker.chance.holds(700) {
                walker.join(day);
                let turn = walker.turn;
                let wait = Moment::from(walker.chance.between(4, 15)) * MINUTE;
                self.put(self.now + wait, What::Call(other, turn));
            }
        }
    }
}

/// Says whether a referral of somebody not known hypertensive is open.
fn screened(walker: &Walker) -> bool {
    let course = walker.course.programmes.get(&ProgrammeKind::Screen35);
    course.is_some_and(|course| course.referral_open.is_some())
}

const fn kind_of(programme: ManagedFor) -> Option<ProgrammeKind> {
    match programme {
        ManagedFor::Hypertension => Some(ProgrammeKind::Htn),
        ManagedFor::Diabetes => Some(ProgrammeKind::Dm),
        ManagedFor::Pregnancy | ManagedFor::Tuberculosis | ManagedFor::MentalDisorder => None,
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
