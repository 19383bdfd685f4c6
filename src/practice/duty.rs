//! When the clinic gets to the work of the programmes that neither pressure nor glucose decides:
//! yearly checks in their campaigns, children and doses by age, mothers by week, visits at home.
//!
//! It plans and says how each call turns out; what is found is on the papers.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{
    cases::Mental,
    chance::Chance,
    errand::Family,
    pace::{self, Pace},
    walker::{Screening, Walker},
};
use crate::domain::{
    course::standing,
    day::{Day, plus_days, year_end},
    programmes::{ProgrammeKind, anc::Time, rule::Rule},
    settings::Settings,
    task::{Task, TaskKind},
    window::WindowCode,
};

/// How a call turns out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    Done,
    NotReached,
    Refused,
}

/// Of a thousand times a family that puts doses off is asked again, how often it comes.
const PUT_OFF_UNTIL: u32 = 90;
/// Of a thousand long prescriptions, how many run out without a review.
const RUNS_OUT: u32 = 150;

/// A piece of work as it stands: another due day or another attempt is planned anew.
type Key = (TaskKind, Day, Option<Day>, u32);

/// When it is called for, and how that turns out; no day for work left undone.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Fate {
    on: Option<Day>,
    turn: Turn,
}

impl Fate {
    const NEVER: Self = Self {
        on: None,
        turn: Turn::Done,
    };

    const fn done(on: Day) -> Self {
        Self {
            on: Some(on),
            turn: Turn::Done,
        }
    }
}

/// The plans of one person.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Duties {
    planned: BTreeMap<Key, Fate>,
    /// Counts the plans made; an older plan is void.
    pub turn: u32,
    /// When the person is looked at next.
    pub next: Option<Day>,
}

/// What a day asks for.
#[derive(Debug, Clone)]
pub struct Errand {
    pub tasks: Vec<Task>,
    pub family: Family,
    pub turn: Turn,
}

/// Days by which work of one family is brought forward to share a way.
const REACH: i64 = 20;

const fn key(task: &Task) -> Key {
    (task.kind, task.due, task.latest, task.attempts)
}

impl Walker {
    /// Returns the work planned here, as of `day`.
    pub fn services(&self, day: Day) -> Vec<Task> {
        let mut tasks = self.course.tasks();
        tasks.retain(|task| !super::walker::is_walked(task));
        let facts = &self.patient.facts;
        let computed = standing::tasks(&self.course, facts, day, &Settings::default());
        tasks.extend(
            computed
                .into_iter()
                .filter(|task| task.kind != TaskKind::BpScreen),
        );
        tasks
    }

    /// Plans what is open or comes next, after `day`.
    pub fn plan_services(&mut self, day: Day, pace: &mut Pace) {
        self.duties.turn += 1;
        let tasks = self.services(day);
        let mut before = std::mem::take(&mut self.duties.planned);
        let mut planned: BTreeMap<Key, Fate> = BTreeMap::new();
        for task in &tasks {
            let known = before.remove(&key(task));
            let is_to_come = |fate: &Fate| fate.on.is_none_or(|on| day < on);
            let fate = known.filter(is_to_come).unwrap_or_else(|| {
                let shared = shared_day(&planned, task);
                self.fate(task, (day, shared), pace)
            });
            planned.insert(key(task), fate);
        }
        let looks = planned.iter().filter_map(|((_, _, latest, _), fate)| {
            let again = latest.map(|latest| plus_days(latest, 1));
            fate.on.or(again).filter(|on| day < *on)
        });
        self.duties.next = looks.min();
        self.duties.planned = planned;
    }

    /// Returns what is to be done on `day`; none when nothing is.
    pub fn errand(&self, day: Day) -> Option<Errand> {
        let tasks = self.services(day);
        let fate = |task: &Task| self.duties.planned.get(&key(task)).copied();
        let open = |task: &&Task| task.earliest <= day;
        let is_due =
            |task: &&Task| fate(task).is_some_and(|fate| fate.on.is_some_and(|on| on <= day));
        let first = tasks.iter().filter(open).find(is_due)?;
        let turn = fate(first)?.turn;
        let family = Family::of(first.kind);
        let joins = |task: &&Task| {
            let near = |fate: Fate| {
                let on = fate.on.is_some_and(|on| on <= plus_days(day, REACH));
                on && fate.turn == turn
            };
            Family::of(task.kind) == family && fate(task).is_some_and(near)
        };
        Some(Errand {
            tasks: tasks.iter().filter(open).filter(joins).cloned().collect(),
            family,
            turn,
        })
    }

    /// Gives up work that cannot be recorded.
    pub fn give_up(&mut self, tasks: &[Task]) {
        for task in tasks {
            self.duties.planned.insert(key(task), Fate::NEVER);
        }
    }

    fn fate(&mut self, task: &Task, (after, shared): (Day, Option<Day>), pace: &mut Pace) -> Fate {
        if task.kind == TaskKind::GeneralAssess {
            return self.assessed(task, after, pace);
        }
        if self.is_away(plus_days(after, 1)) && Family::of(task.kind) != Family::Yearly {
            return self.tried(task, after, pace);
        }
        match Family::of(task.kind) {
            Family::Yearly => self.yearly(task, after),
            Family::Young => self.young(task, (after, shared), pace),
            Family::Single(kind) => self.single(kind, task, after, pace),
        }
    }

    /// Called for in vain around the due day.
    fn tried(&mut self, task: &Task, after: Day, pace: &mut Pace) -> Fate {
        let on = within(task, (0, 6), after, pace, &mut self.chance);
        Fate {
            on: Some(on),
            turn: Turn::NotReached,
        }
    }

    fn single(&mut self, kind: TaskKind, task: &Task, after: Day, pace: &mut Pace) -> Fate {
        let span = match (kind, task.window) {
            (TaskKind::Antenatal(Time::First), _) => (-6, -1),
            (TaskKind::Antenatal(Time::Third), _) if self.misses_check() => return Fate::NEVER,
            (TaskKind::Antenatal(_), _) => (-6, 4),
            (TaskKind::TbFirstVisit, _) => (-2, -1),
            (TaskKind::TbVisit, WindowCode::TenDays) => (-2, 0),
            (TaskKind::TbVisit, _) => (-4, 2),
            (TaskKind::SmdVisit, WindowCode::TwoWeeks) => (-3, 0),
            (TaskKind::PostnatalVisit | TaskKind::NewbornVisit, _) => (-4, 0),
            (TaskKind::NewbornExtra, _) => (-1, 0),
            (TaskKind::PostnatalCheck, _) => (0, 6),
            (TaskKind::ElderlyRecheck, _) => (-6, 3),
            (TaskKind::HouseholdVisit, _) => (-14, 2),
            (TaskKind::Trace, _) => (-4, 0),
            (TaskKind::PrescriptionReview, _) if self.chance.holds(RUNS_OUT) => {
                return Fate::NEVER;
            }
            (TaskKind::PrescriptionReview, _) => (-3, 3),
            _ => (-10, 4),
        };
        let is_lost = self.patient.cases.mental == Some(Mental::Lost)
            && plus_days(self.patient.until, -150) <= task.due;
        let turn = match kind {
            TaskKind::SmdVisit | TaskKind::Trace if is_lost => Turn::NotReached,
            TaskKind::SmdVisit
            | TaskKind::DisabledVisit
            | TaskKind::HouseholdVisit
            | TaskKind::ElderlyRecheck
                if self.chance.holds(70) =>
            {
                Turn::NotReached
            }
            TaskKind::DisabledVisit | TaskKind::ElderlyRecheck if self.chance.holds(20) => {
                Turn::Refused
            }
            _ => Turn::Done,
        };
        let span = if 0 < task.attempts { (0, 2) } else { span };
        let on = within(task, span, after, pace, &mut self.chance);
        // Whoever has given birth comes to no check before it, told of yet or not.
        if matches!(kind, TaskKind::Antenatal(_)) && self.has_given_birth(on) {
            return Fate::NEVER;
        }
        Fate { on: Some(on), turn }
    }

    /// The assessment of the agreement year: somebody's yearly check stands for it; most others
    /// come some day of it, some late, some not at all.
    fn assessed(&mut self, task: &Task, after: Day, pace: &mut Pace) -> Fate {
        let checked = [
            ProgrammeKind::Elderly,
            ProgrammeKind::Htn,
            ProgrammeKind::Dm,
            ProgrammeKind::Smd,
        ];
        let has_check = checked.iter().any(|kind| self.is_open(*kind));
        // Whoever never has the pressure taken does not come for this, either.
        let never_comes = has_check || self.screening == Screening::Never;
        if never_comes || self.is_away(plus_days(after, 1)) {
            return Fate::NEVER;
        }
        let year = task.earliest.num_days_from_ce().unsigned_abs();
        let mut fixed = Chance::of(self.seed, &[u64::from(year), 5]);
        let first = task.earliest.max(plus_days(after, 1));
        let room = (task.due - first).num_days().max(0);
        match fixed.between(0, 99) {
            ..=84 => {
                let part = i64::from(fixed.between(10, 990));
                let on = pace::working(plus_days(first, 2 + room * part / 1000));
                Fate::done(on)
            }
            85..=92 => Fate::done(within(task, (1, 20), after, pace, &mut self.chance)),
            _ => Fate::NEVER,
        }
    }

    fn has_given_birth(&self, day: Day) -> bool {
        let pregnancy = self.patient.cases.pregnancy;
        pregnancy
            .and_then(|p| p.ends)
            .is_some_and(|ends| ends <= day)
    }

    fn misses_check(&self) -> bool {
        self.patient.cases.pregnancy.is_some_and(|p| p.misses_one)
    }

    /// A child's check lasts a month or a year; doses are given on the same way where they can be.
    fn young(&mut self, task: &Task, (after, shared): (Day, Option<Day>), pace: &mut Pace) -> Fate {
        let is_dose = matches!(task.kind, TaskKind::Vaccination(_));
        let is_late = is_dose && self.patient.cases.is_behind;
        if is_late {
            return self.puts_off(task, after, pace);
        }
        if let Some(on) = shared.filter(|on| after < *on && task.earliest <= *on) {
            return Fate::done(on);
        }
        let lasts_long = task
            .latest
            .is_none_or(|latest| plus_days(task.due, 60) < latest);
        let span = match (is_dose, lasts_long) {
            (false, false) if self.chance.holds(45) => return Fate::NEVER,
            (false, true) if self.chance.holds(60) => (20, 34),
            (false, false) if task.earliest < task.due => (-2, 0),
            _ => (0, 9),
        };
        Fate::done(within(task, span, after, pace, &mut self.chance))
    }

    /// The family puts a dose off, time after time, until it is given at last.
    fn puts_off(&mut self, task: &Task, after: Day, pace: &mut Pace) -> Fate {
        let is_asked_again = task.rule == Rule::U4;
        let is_given = is_asked_again && self.chance.holds(PUT_OFF_UNTIL);
        let span = if is_asked_again { (1, 9) } else { (6, 14) };
        Fate {
            on: Some(within(task, span, after, pace, &mut self.chance)),
            turn: if is_given { Turn::Done } else { Turn::Refused },
        }
    }

    /// The year's campaigns: most come in spring, many in autumn; who has not come by then is
    /// asked for once more before the year is over, and mostly puts it off.
    fn yearly(&self, task: &Task, after: Day) -> Fate {
        let year = task.latest.unwrap_or(task.due).year();
        let day = |month, day| Day::from_ymd_opt(year, month, day).unwrap_or(task.due);
        let mut fixed = Chance::of(self.seed, &[u64::from(year.unsigned_abs()), 3]);
        let (share, at) = (fixed.between(0, 999), fixed.between(0, 1000));
        let spot = |first: Day, last: Day| {
            let days = (last - first).num_days();
            pace::working(plus_days(first, days * i64::from(at) / 1000))
        };
        let is_away = self.is_away(plus_days(after, 1));
        if task.rule == Rule::U4 || 0 < task.attempts {
            return self.asked_again(task, (after, is_away));
        }
        let autumn = (day(9, 8), day(11, 18));
        let asked = || Fate {
            on: Some(spot(day(11, 23), day(12, 5))).filter(|on| after < *on),
            turn: if at % 5 == 0 {
                Turn::NotReached
            } else {
                Turn::Refused
            },
        };
        let on = match share {
            _ if is_away => return asked(),
            ..=439 => spot(day(3, 9), day(6, 6)),
            440..=729 => spot(autumn.0, autumn.1),
            730..=979 => return asked(),
            _ => return Fate::NEVER,
        };
        if after < on && task.earliest <= on {
            return Fate::done(on);
        }
        // Who was entered after a campaign comes to the next one of the year.
        let later = autumn.0.max(plus_days(after, 3));
        if later <= autumn.1 {
            return Fate::done(spot(later, autumn.1));
        }
        let rest = pace::working(plus_days(after, 4 + i64::from(at) / 25));
        if rest <= year_end(year) {
            Fate::done(rest)
        } else {
            Fate::NEVER
        }
    }

    /// Some of those who put the check off come after all.
    fn asked_again(&self, task: &Task, (after, is_away): (Day, bool)) -> Fate {
        let mut fixed = Chance::of(
            self.seed,
            &[task.due.num_days_from_ce().unsigned_abs().into()],
        );
        let wait = i64::from(fixed.between(0, 1));
        let comes = !is_away && fixed.holds(300);
        Fate {
            on: Some(pace::working(
                plus_days(task.due, wait).max(plus_days(after, 1)),
            )),
            turn: if comes { Turn::Done } else { Turn::Refused },
        }
    }
}

/// A day among those counted from the due day, after `after`, with few other calls.
fn within(
    task: &Task,
    (first, last): (i64, i64),
    after: Day,
    pace: &mut Pace,
    chance: &mut Chance,
) -> Day {
    let earliest = task.earliest.max(plus_days(after, 1));
    let first = plus_days(task.due, first).max(earliest);
    let last = plus_days(task.due, last).max(first);
    let last = task
        .latest
        .filter(|latest| first <= *latest)
        .map_or(last, |latest| last.min(latest));
    let last = if last == first && task.due < first {
        plus_days(first, 3)
    } else {
        last
    };
    pace.quiet(first, last, chance).max(earliest)
}

/// The day planned already for a child's check or doses that this may be done on too.
fn shared_day(planned: &BTreeMap<Key, Fate>, task: &Task) -> Option<Day> {
    if Family::of(task.kind) != Family::Young {
        return None;
    }
    let near = |on: &Day| task.earliest <= *on && (*on - task.due).num_days() <= REACH;
    planned
        .iter()
        .filter(|((kind, ..), _)| Family::of(*kind) == Family::Young)
        .filter_map(|(_, fate)| fate.on)
        .find(near)
}
