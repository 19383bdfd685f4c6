//! Vaccination reminders 预防接种 (rules §11): schedules as tables, the next dose of each
//! series as of a day.
//!
//! The clinic reminds and records; it decides no contraindication.

use std::collections::BTreeMap;

use super::{Asked, Facts, Found, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    course::PersonFacts,
    day::{Day, age_months, plus_days, plus_months},
    settings::VaxSchedule,
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

mod dose;
mod grid;

pub use self::{
    dose::Dose,
    grid::{Cell, CellState, grid, schedule_name},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Vax,
    code: "vax",
    name: Text {
        zh: "预防接种",
        en: "Vaccination",
    },
    short: Text {
        zh: "预防接种",
        en: "Vaccination",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// Two injected live vaccines not given on one day lie at least so many days apart (V2).
const LIVE_DAYS: i64 = 28;
/// BCG is not given from this age on, months.
const BCG_END: u32 = 48;
/// Reminders for all but HPV end at this age, months (rules §18).
const END: u32 = 84;
/// HPV is for girls until this age, months.
const HPV_END: u32 = 168;

/// The doses given, by the day.
pub type Given = BTreeMap<Dose, Day>;

/// The least time to the dose before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Days(u32),
    Months(u32),
}

/// One line of a schedule: minimum age, complete before (months), gap to the dose before.
#[derive(Debug, Clone, Copy)]
struct Line(Dose, u32, Option<u32>, Gap);

/// Returns the schedule in force on `today`.
pub fn schedule(chosen: VaxSchedule, today: Day) -> VaxSchedule {
    let from = |y, m, d| Day::from_ymd_opt(y, m, d).is_some_and(|day| day <= today);
    match chosen {
        VaxSchedule::Auto if from(2026, 6, 17) => VaxSchedule::Nip2026,
        VaxSchedule::Auto if from(2025, 1, 1) => VaxSchedule::Nip2025,
        VaxSchedule::Auto => VaxSchedule::Nip2021,
        VaxSchedule::Nip2021 | VaxSchedule::Nip2025 | VaxSchedule::Nip2026 => chosen,
    }
}

/// Returns the next missing dose of every unfinished series as of the day asked about
/// (V0–V4), also of those not open yet.
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let Some(given) = asked.facts().doses() else {
        return Vec::new();
    };
    plan(asked, given)
        .into_iter()
        .map(|(dose, window)| {
            let kind = TaskKind::Vaccination(dose);
            let reason = Reason::DoseDue;
            Task::new(kind, ProgrammeKind::Vax, &window, Rule::V1, reason)
        })
        .collect()
}

/// Returns the doses that are late as of the day asked about (V3).
pub fn overdue(asked: &Asked<'_>) -> Vec<Dose> {
    tasks(asked)
        .into_iter()
        .filter(|task| task.latest.is_some_and(|latest| latest < asked.today))
        .filter_map(|task| match task.kind {
            TaskKind::Vaccination(dose) => Some(dose),
            _ => None,
        })
        .collect()
}

/// Says whether any dose of a schedule may still be due at this age: children, and girls
/// until HPV's end (rules §11, §18).
pub fn may_be_due(person: &PersonFacts, day: Day) -> bool {
    let months = age_months(person.birth, day);
    months < END || person.is_female && months < HPV_END
}

/// Takes doses given into the facts, each by its own day.
pub fn judge(asked: &Asked<'_>, doses: &Given) -> Found {
    let mut given = asked.facts().doses().cloned().unwrap_or_default();
    let mut found = Found::default();
    for (dose, day) in doses {
        given.insert(*dose, *day);
        found.completes.push(TaskKind::Vaccination(*dose));
    }
    found.rules.push(Rule::V1);
    found.facts = Some(Facts::Doses(given));
    found
}

/// When a dose may be given: not before its age, and only if asked about before the interval
/// to the dose before has passed (V1, V2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub by_age: Day,
    pub by_interval: Day,
}

/// Returns when `dose` may be given, with the others given as known; none for a dose the
/// schedule in force does not have.
pub fn limits(asked: &Asked<'_>, dose: Dose) -> Option<Limits> {
    let birth = asked.person.birth;
    let mut given = asked.facts().doses().cloned().unwrap_or_default();
    // The dose asked about names its variant; what was recorded of it does not bind it.
    given.insert(dose, asked.today);
    let in_force = schedule(asked.settings.vax_schedule, asked.today);
    let all = series(in_force, asked.person.is_female, &given);
    given.remove(&dose);
    let series = all
        .iter()
        .find(|series| series.iter().any(|line| line.0 == dose))?;
    let at = series.iter().position(|line| line.0 == dose)?;
    let line = series.get(at)?;
    let before = at.checked_sub(1).and_then(|at| series.get(at));
    let last = before.and_then(|line| given.get(&line.0)).copied();
    Some(Limits {
        by_age: plus_months(birth, line.1),
        by_interval: window(line, birth, last, (&given, None)).earliest,
    })
}

fn plan(asked: &Asked<'_>, given: &Given) -> Vec<(Dose, Window)> {
    let birth = asked.person.birth;
    let months = age_months(birth, asked.today);
    let in_force = schedule(asked.settings.vax_schedule, asked.today);
    let mut all = Vec::new();
    for series in series(in_force, asked.person.is_female, given) {
        let Some((at, line)) = series
            .iter()
            .enumerate()
            .find(|(_, line)| !given.contains_key(&line.0))
        else {
            continue;
        };
        let end = match line.0 {
            Dose::Bcg1 => BCG_END,
            Dose::Hpv1 | Dose::Hpv2 => HPV_END,
            _ => END,
        };
        if months < end {
            let before = at.checked_sub(1).and_then(|at| series.get(at));
            let last = before.and_then(|line| given.get(&line.0)).copied();
            all.push((line.0, window(line, birth, last, (given, None))));
        }
    }
    all
}

/// V1 and V2, by the doses given: by all of them, or those given before a day.
fn window(
    line: &Line,
    birth: Day,
    last: Option<Day>,
    (given, before_day): (&Given, Option<Day>),
) -> Window {
    let Line(dose, age, before, gap) = *line;
    let by_age = plus_months(birth, age);
    let by_gap = last.and_then(|last| match gap {
        Gap::None => None,
        Gap::Days(days) => Some((last, Span::Days(days))),
        Gap::Months(months) => Some((last, Span::Months(months))),
    });
    let counted = given.iter().filter(|(other, day)| {
        before_day.is_none_or(|before| **day < before)
            && other.is_live()
            && !other.is_of_series(dose)
    });
    let counted = dose.is_live().then_some(counted);
    let by_live = counted
        .and_then(|days| days.map(|(_, day)| *day).max())
        .map(|day| (day, Span::Days(u32::try_from(LIVE_DAYS).unwrap_or(0))));
    let (from, span) = [by_gap, by_live]
        .into_iter()
        .flatten()
        .filter(|(from, span)| by_age < span.after(*from))
        .max_by_key(|(from, span)| span.after(*from))
        .unwrap_or((birth, Span::Months(age)));
    let earliest = span.after(from);
    let latest = match dose {
        Dose::HepB1 => Some(plus_days(birth, 1)),
        _ => before.map(|months| plus_days(plus_months(birth, months), -1)),
    };
    Window {
        code: WindowCode::Fixed,
        from,
        span,
        earliest,
        due: earliest,
        latest,
    }
}

/// Returns the series of a schedule; one variant of each for a child (V0).
fn series(schedule: VaxSchedule, is_female: bool, given: &Given) -> Vec<Vec<Line>> {
    use Gap::{Days, Months, None as Free};
    let is_new = schedule != VaxSchedule::Nip2021;
    let is_newest = schedule == VaxSchedule::Nip2026;
    let tetanus = if is_new {
        Line(Dose::Dtap5, 72, Some(84), Months(12))
    } else {
        Line(Dose::Dt1, 72, Some(84), Free)
    };
    let mut all = vec![
        vec![
            Line(Dose::HepB1, 0, None, Free),
            Line(Dose::HepB2, 1, None, Days(28)),
            Line(Dose::HepB3, 6, Some(12), Days(60)),
        ],
        vec![Line(Dose::Bcg1, 0, Some(3), Free)],
        vec![
            Line(Dose::Ipv1, 2, None, Free),
            Line(Dose::Ipv2, 3, None, Days(28)),
            Line(Dose::Bopv3, 4, Some(12), Days(28)),
            Line(Dose::Bopv4, 48, Some(60), Days(28)),
        ],
        vec![
            Line(Dose::Dtap1, if is_new { 2 } else { 3 }, None, Free),
            Line(Dose::Dtap2, 4, None, Days(28)),
            Line(Dose::Dtap3, if is_new { 6 } else { 5 }, Some(12), Days(28)),
            Line(Dose::Dtap4, 18, Some(24), Months(6)),
            tetanus,
        ],
        vec![
            Line(Dose::MpsvA1, 6, is_newest.then_some(12), Free),
            Line(
                Dose::MpsvA2,
                9,
                Some(if is_newest { 24 } else { 18 }),
                Months(3),
            ),
            Line(Dose::MpsvAc1, 36, Some(48), Months(12)),
            Line(Dose::MpsvAc2, 72, Some(84), Months(36)),
        ],
        vec![
            Line(Dose::Mmr1, 8, Some(12), Free),
            Line(Dose::Mmr2, 18, Some(24), Days(28)),
        ],
    ];
    all.push(if given.contains_key(&Dose::Jei1) {
        vec![
            Line(Dose::Jei1, 8, Some(12), Free),
            Line(Dose::Jei2, 8, Some(12), Days(7)),
            Line(Dose::Jei3, 24, Some(36), Free),
            Line(Dose::Jei4, 72, Some(84), Free),
        ]
    } else {
        vec![
            Line(Dose::Jel1, 8, Some(12), Free),
            Line(Dose::Jel2, 24, Some(36), Months(12)),
        ]
    });
    all.push(if given.contains_key(&Dose::HepAi1) {
        vec![
            Line(Dose::HepAi1, 18, Some(24), Free),
            Line(Dose::HepAi2, 24, None, Months(6)),
        ]
    } else {
        vec![Line(Dose::HepAl1, 18, Some(24), Free)]
    });
    if is_newest && is_female {
        all.push(vec![
            Line(Dose::Hpv1, 156, Some(168), Free),
            Line(Dose::Hpv2, 162, Some(168), Months(6)),
        ]);
    }
    all
}
