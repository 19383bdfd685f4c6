//! When the clinic gets to a task: mostly in its window, some early, some late, a few only after
//! having knocked in vain.
//!
//! A clinic has its habits: of every hundred visits the same few are late. So the shares are
//! dealt out evenly instead of being thrown each by itself, and no morning of the village is
//! all ease or all trouble. What comes of a call is not its matter.

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};

use super::chance::Chance;
use crate::domain::{
    day::{Day, plus_days, plus_months},
    programmes::screen35::{AGE, HIGH_RISK_AGE},
    task::{Task, TaskKind},
    window::WindowCode,
};

/// People a doctor asks after one referral at a time for.
const PEOPLE_A_CHECK: u32 = 3000;

/// Of a thousand people, how many wait for a routine visit at the same time before the clinic
/// hurries.
const WAITING: u32 = 2;

/// People among whom one is always visited late, and one house of two waits.
const PEOPLE_A_PLACE: u32 = 1000;

/// The first and the last day of November on which a whole village comes to have its pressure
/// taken.
const NOVEMBER_ROUND: (u32, u32) = (22, 30);

/// A call the clinic intends to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent {
    pub on: Day,
    /// How often nobody will be found before the person is.
    pub misses: u32,
    /// Not even made when somebody else of the house is called on.
    pub is_put_off: bool,
}

impl Intent {
    const fn on(day: Day) -> Self {
        Self {
            on: day,
            misses: 0,
            is_put_off: false,
        }
    }
}

/// The clinic's habits over the years.
#[derive(Debug, Clone)]
pub struct Pace {
    routine: Even,
    short: Even,
    screening: Even,
    /// How many routine calls are noted down for a day.
    calls: BTreeMap<Day, u32>,
    /// How many people will be waiting, their routine visit due, on a day.
    waiting: BTreeMap<Day, u32>,
    /// How many may be waiting before visits are made earlier instead.
    room: u32,
    /// Until when somebody referred is still to be asked after; one place for so many people.
    asking: Vec<Day>,
    /// Until when somebody is late; one place for so many people.
    late: Vec<Day>,
    /// Until when two of one house are waiting; one place for so many people.
    together: Vec<Day>,
    /// The last one late was out when called on.
    out: bool,
}

impl Pace {
    /// Begins without anybody referred.
    pub fn new(people: u32, chance: &mut Chance) -> Self {
        let doctors = people.div_ceil(PEOPLE_A_CHECK).max(1);
        Self {
            routine: Even::new(chance),
            short: Even::new(chance),
            screening: Even::new(chance),
            calls: BTreeMap::new(),
            waiting: BTreeMap::new(),
            room: (people * WAITING).div_ceil(1000),
            asking: places(doctors),
            late: places((people + PEOPLE_A_PLACE / 2) / PEOPLE_A_PLACE),
            together: places((people + PEOPLE_A_PLACE / 2) / PEOPLE_A_PLACE),
            out: false,
        }
    }

    /// Says whether on `day` nobody else referred is left to be asked after.
    pub fn asks_nobody_after(&self, day: Day) -> bool {
        self.asking.iter().all(|until| *until <= day)
    }

    /// Draws when after `after` the clinic gets to a task with a due day of its own; `company`
    /// says that others of the house are followed up too.
    pub fn dated(&mut self, task: &Task, after: Day, company: bool, chance: &mut Chance) -> Intent {
        let mut within = |(first, last)| {
            let (first, last) = (plus_days(task.due, first), plus_days(task.due, last));
            Intent::on(chance.day(first, last))
        };
        let intent = match (task.kind, task.window) {
            (TaskKind::ReferralCheck, _) if task.attempts == 0 => {
                Intent::on(self.referral_check(task, chance))
            }
            (TaskKind::Trace, _) => within((-5, 2)),
            (_, WindowCode::TwoWeeks) if 0 < task.attempts => within((0, 1)),
            _ if 0 < task.attempts => within(AGAIN),
            (_, WindowCode::TwoWeeks) => within(span(self.short.next(), TWO_WEEKS)),
            (TaskKind::BpScreen, _) => within(span(self.screening.next(), SCREENING)),
            _ => self.routine(task, company, chance),
        };
        let on = if intent.on <= after {
            plus_days(after, i64::from(chance.between(1, 4)))
        } else {
            intent.on
        };
        let on = on.max(task.earliest);
        let is_strict = task.window == WindowCode::TwoWeeks && on <= task.due;
        let on = if is_strict && after < plus_days(on, -1) {
            before_sunday(on)
        } else {
            working(on)
        };
        Intent { on, ..intent }
    }

    fn routine(&mut self, task: &Task, company: bool, chance: &mut Chance) -> Intent {
        if !company && self.puts_off(task) {
            return self.late(task, chance);
        }
        let share = self.routine.next();
        let shares = if company { TOGETHER } else { ROUTINE };
        let on = |this: &Self, share, chance: &mut Chance| {
            let (first, last) = span(share, shares);
            this.quietest(
                (plus_days(task.due, first), plus_days(task.due, last)),
                chance,
            )
        };
        let mut day = on(self, share, chance);
        if task.due < day && self.is_full(task.due, day) {
            day = on(self, share % EARLY, chance);
        }
        self.note(task.due, day);
        let is_out = NEVER_IN <= share && !company && task.due < day;
        Intent {
            misses: u32::from(is_out),
            ..Intent::on(day)
        }
    }

    /// Takes a day from `first` to `last` with few calls, and notes this one down for it.
    pub fn quiet(&mut self, first: Day, last: Day, chance: &mut Chance) -> Day {
        let day = working(self.quietest((first, last.max(first)), chance));
        *self.calls.entry(day).or_default() += 1;
        day
    }

    /// Lets two of a house wait for the last days of both windows, each told by its due day and its
    /// last, where no other house waits like that then.
    pub fn lets_two_wait(&mut self, one: (Day, Day), other: (Day, Day)) -> Option<Day> {
        let (both_due, last) = (one.0.max(other.0), one.1.min(other.1));
        let on = before_sunday(last);
        let until = self.together.iter_mut().min()?;
        if on <= both_due || both_due < *until {
            return None;
        }
        *until = on;
        Some(on)
    }

    /// Says whether this is one of the few that somebody always gets to late.
    fn puts_off(&self, task: &Task) -> bool {
        let close = task
            .latest
            .filter(|_| task.window == WindowCode::ThreeMonths);
        let waiting = self.late.iter().min();
        close.is_some_and(|close| waiting.is_some_and(|until| *until <= close))
    }

    /// A visit after its last day: every other one because nobody was in.
    fn late(&mut self, task: &Task, chance: &mut Chance) -> Intent {
        self.out = !self.out;
        let late = plus_days(task.due, i64::from(chance.between(20, 29)));
        if let Some(until) = self.late.iter_mut().min() {
            *until = late;
        }
        self.note(task.due, late);
        Intent {
            on: if self.out {
                plus_days(task.due, i64::from(chance.between(4, 8)))
            } else {
                late
            },
            misses: if self.out { 2 } else { 0 },
            is_put_off: true,
        }
    }

    /// Takes the day with the fewest calls noted down for it.
    fn quietest(&self, (first, last): (Day, Day), chance: &mut Chance) -> Day {
        let days = (last - first).num_days() + 1;
        let begin = i64::from(chance.between(0, i32::MAX)) % days;
        let calls = |day: Day| self.calls.get(&working(day)).copied().unwrap_or_default();
        let turn = (0..days).map(|at| plus_days(first, (begin + at) % days));
        turn.min_by_key(|day| calls(*day)).unwrap_or(first)
    }

    /// Says whether enough people are to wait already from one day to the other.
    fn is_full(&self, due: Day, on: Day) -> bool {
        let most = self.waiting.range(due..=on.max(due)).map(|(_, most)| *most);
        self.room <= most.max().unwrap_or_default()
    }

    fn note(&mut self, due: Day, on: Day) {
        *self.calls.entry(working(on)).or_default() += 1;
        for day in (0..=(on - due).num_days()).map(|after| plus_days(due, after)) {
            *self.waiting.entry(day).or_default() += 1;
        }
    }

    /// Somebody is asked after at the last moment where nobody else is left, else soon.
    fn referral_check(&mut self, task: &Task, chance: &mut Chance) -> Day {
        let last = plus_days(task.due, -i64::from(chance.between(0, 1)));
        let half = plus_days(task.from, (task.due - task.from).num_days() / 2);
        match self.asking.iter_mut().min() {
            Some(until) if *until < half => {
                *until = last;
                last
            }
            Some(_) | None => plus_days(half, -i64::from(chance.between(1, 3))),
        }
    }
}

/// Days from the due day by shares of a thousand: up to which share, from, to.
type Shares = &'static [(u32, i64, i64)];

/// The share of routine visits made before they are due, or on the day, wherever they are.
const EARLY: u32 = 430;
/// From this share on nobody is in at the first call.
const NEVER_IN: u32 = 965;

const ROUTINE: Shares = &[(EARLY, -9, 0), (935, 1, 5), (NEVER_IN, 7, 13), (1000, 3, 8)];
/// Where one way serves two, it is made once both are due.
const TOGETHER: Shares = &[(500, -6, 0), (960, 1, 5), (1000, 7, 13)];
/// After a call in vain.
const AGAIN: (i64, i64) = (0, 3);
/// Those who must be seen within two weeks.
const TWO_WEEKS: Shares = &[(700, -7, -1), (965, 0, 0), (1000, 1, 4)];
const SCREENING: Shares = &[(880, -12, -1), (970, 0, 2), (1000, 3, 9)];

/// Returns the first and the last day of the span that a share falls into.
fn span(share: u32, shares: Shares) -> (i64, i64) {
    let found = shares.iter().find(|(until, _, _)| share < *until);
    found.map_or((0, 0), |(_, first, last)| (*first, *last))
}

fn places(count: u32) -> Vec<Day> {
    vec![Day::MIN; usize::try_from(count).unwrap_or_default()]
}

/// Draws when after `after` the yearly pressure is taken: when the person comes by, around a year
/// after the last one; or with everybody else in November.
pub fn yearly(task: &Task, after: Day, comes_by: bool, chance: &mut Chance) -> Day {
    let november = |day| Day::from_ymd_opt(task.due.year(), 11, day).unwrap_or(task.due);
    let (begins, ends) = (november(NOVEMBER_ROUND.0), november(NOVEMBER_ROUND.1));
    let (first, last) = if comes_by {
        (plus_days(task.due, -90), plus_days(task.due, 110).min(ends))
    } else {
        (begins, ends)
    };
    let first = first.max(task.earliest).max(plus_days(after, 1));
    let last = last.max(plus_days(first, 4));
    working(chance.day(first, last))
}

/// The next day after `after` on which age alone asks for a pressure: yearly, or half-yearly.
pub fn comes_of_age(birth: Day, after: Day) -> Option<Day> {
    let ages = [AGE, HIGH_RISK_AGE].into_iter();
    let days = ages.map(|age| working(plus_months(birth, age * 12)));
    days.filter(|day| after < *day).min()
}

/// The clinic stays shut on Sundays, but for whoever comes in need.
pub fn working(day: Day) -> Day {
    if day.weekday() == Weekday::Sun {
        plus_days(day, 1)
    } else {
        day
    }
}

fn before_sunday(day: Day) -> Day {
    if day.weekday() == Weekday::Sun {
        plus_days(day, -1)
    } else {
        day
    }
}

/// Deals out shares of a thousand so that any run of them is spread evenly (steps of the golden
/// section).
#[derive(Debug, Clone)]
struct Even(u64);

impl Even {
    fn new(chance: &mut Chance) -> Self {
        let begin = u64::from(chance.between(0, i32::MAX).unsigned_abs());
        Self(begin << 33)
    }

    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let share = ((self.0 >> 32) * 1000) >> 32;
        u32::try_from(share).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_of_shares_has_its_late_ones() {
        let mut even = Even::new(&mut Chance::of(3, &[]));
        let shares: Vec<u32> = (0..2000).map(|_| even.next()).collect();
        for run in shares.windows(100) {
            let late = run.iter().filter(|share| 950 <= **share).count();
            assert!((4..=6).contains(&late), "{late} of a hundred");
        }
    }
}
