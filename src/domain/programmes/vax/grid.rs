//! Every dose of a child as it stands: what the vaccination booklet shows on one page.
//!
//! Series by series in the order of the schedule; which dose is to be given next is `tasks`'.

use super::{BCG_END, Dose, END, Gap, Given, HPV_END, Line, age_months, schedule, series, window};
use crate::domain::{
    day::{Day, plus_months},
    programmes::Asked,
    settings::VaxSchedule,
    text::Text,
};

/// One dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub dose: Dose,
    /// The age at which it is due, months; none for a dose the schedule does not know.
    pub months: Option<u32>,
    pub state: CellState,
}

/// How a dose stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellState {
    Given {
        day: Day,
        /// Before the least age, or too soon after the dose before.
        early: bool,
        /// The last day it should have been given, where it was given later.
        late: Option<Day>,
    },
    /// May be given now.
    Due { from: Day, latest: Option<Day> },
    /// The last day has passed (V3).
    Overdue { from: Day, latest: Day },
    /// The next of its series, not open yet.
    NotYet { from: Day, latest: Option<Day> },
    /// Waits for the dose before; not before this day.
    After { from: Day },
    /// No longer given at this age.
    NotNeeded,
}

/// Returns the doses of every series as of the day asked about, those given outside the
/// schedule last; nothing where doses are not followed.
pub fn grid(asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let Some(given) = asked.facts().doses() else {
        return Vec::new();
    };
    let in_force = schedule(asked.settings.vax_schedule, asked.today);
    let all = series(in_force, asked.person.is_female, given);
    let others: Vec<Cell> = given
        .iter()
        .filter(|(dose, _)| !all.iter().flatten().any(|line| line.0 == **dose))
        .map(|(dose, day)| Cell {
            dose: *dose,
            months: None,
            state: CellState::Given {
                day: *day,
                early: false,
                late: None,
            },
        })
        .collect();
    let rows = all.iter().map(|series| row(asked, series, given));
    rows.chain((!others.is_empty()).then_some(others)).collect()
}

fn row(asked: &Asked<'_>, series: &[Line], given: &Given) -> Vec<Cell> {
    let missing = series.iter().position(|line| !given.contains_key(&line.0));
    let cell = |(at, line): (usize, &Line)| {
        let before = at.checked_sub(1).and_then(|at| series.get(at));
        let last = before.and_then(|line| given.get(&line.0)).copied();
        let state = match given.get(&line.0) {
            Some(day) => of_given(asked.person.birth, line, last, given, *day),
            None if is_past(asked, line.0) => CellState::NotNeeded,
            None if missing == Some(at) => of_next(asked, line, last, given),
            None => waiting(asked, series, at),
        };
        Cell {
            dose: line.0,
            months: Some(line.1),
            state,
        }
    };
    series.iter().enumerate().map(cell).collect()
}

/// Reminders end by age; after that a missing dose is shown as no longer given.
fn is_past(asked: &Asked<'_>, dose: Dose) -> bool {
    let end = match dose {
        Dose::Bcg1 => BCG_END,
        Dose::Hpv1 | Dose::Hpv2 => HPV_END,
        _ => END,
    };
    end <= age_months(asked.person.birth, asked.today)
}

fn of_given(birth: Day, line: &Line, last: Option<Day>, given: &Given, day: Day) -> CellState {
    let last = last.filter(|last| *last < day);
    let window = window(line, birth, last, (given, Some(day)));
    CellState::Given {
        day,
        early: day < window.earliest,
        late: window.latest.filter(|latest| *latest < day),
    }
}

fn of_next(asked: &Asked<'_>, line: &Line, last: Option<Day>, given: &Given) -> CellState {
    let window = window(line, asked.person.birth, last, (given, None));
    let (from, latest) = (window.earliest, window.latest);
    match latest {
        Some(latest) if latest < asked.today => CellState::Overdue { from, latest },
        _ if from <= asked.today => CellState::Due { from, latest },
        _ => CellState::NotYet { from, latest },
    }
}

/// A later dose: at its age, and its interval after the doses before it are given as soon as
/// they may be.
fn waiting(asked: &Asked<'_>, series: &[Line], at: usize) -> CellState {
    let birth = asked.person.birth;
    let Some(given) = asked.facts().doses() else {
        return CellState::NotNeeded;
    };
    let mut from = asked.today;
    let mut last = None;
    for line in series.iter().take(at + 1) {
        from = match given.get(&line.0) {
            Some(day) => *day,
            None => after(line, birth, last, given).max(asked.today),
        };
        last = Some(from);
    }
    CellState::After { from }
}

fn after(line: &Line, birth: Day, last: Option<Day>, given: &Given) -> Day {
    let by_age = plus_months(birth, line.1);
    let by_gap = last.map_or(by_age, |last| match line.3 {
        Gap::None => last,
        Gap::Days(_) | Gap::Months(_) => window(line, birth, Some(last), (given, None)).earliest,
    });
    by_age.max(by_gap)
}

/// Returns the name of a schedule.
pub const fn schedule_name(schedule: VaxSchedule) -> Text {
    match schedule {
        VaxSchedule::Auto => Text {
            zh: "按日期",
            en: "by date",
        },
        VaxSchedule::Nip2021 => Text {
            zh: "2021年版免疫程序",
            en: "schedule of 2021",
        },
        VaxSchedule::Nip2025 => Text {
            zh: "2025年版免疫程序",
            en: "schedule of 2025",
        },
        VaxSchedule::Nip2026 => Text {
            zh: "2026年版免疫程序",
            en: "schedule of 2026",
        },
    }
}
