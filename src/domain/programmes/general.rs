//! General residents 一般签约居民 (rules §12): one assessment in each agreement year (N1, N2).

use serde::{Deserialize, Serialize};

use super::{Asked, Found, Programme, ProgrammeKind, Served, reason::Reason, rule::Rule};
use crate::domain::{
    day::{Day, plus_days, plus_months},
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::General,
    code: "general",
    name: Text {
        zh: "一般签约居民年度评估",
        en: "Signed residents",
    },
    short: Text {
        zh: "签约评估",
        en: "General",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: Some(TaskKind::GeneralAssess),
};

/// Months from the start of an agreement year to the due day of its assessment.
const DUE_MONTHS: u32 = 11;

/// The term of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    #[serde(with = "crate::domain::written_day")]
    pub start: Day,
    /// The last day; none for one year.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub end: Option<Day>,
}

impl Term {
    /// Returns the last day of the agreement.
    pub fn last_day(self) -> Day {
        self.end
            .unwrap_or_else(|| plus_days(plus_months(self.start, 12), -1))
    }
}

/// Returns the assessment of the agreement year, or of the next one when it is done (N1).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let Some(term) = asked.facts().term().copied() else {
        return Vec::new();
    };
    if term.last_day() < asked.today {
        return Vec::new();
    }
    let mut open = open(term, asked.course.last_exam);
    let open = open.find(|task| task.latest.is_none_or(|latest| asked.today <= latest));
    open.into_iter().collect()
}

/// Returns the assessments of the agreement years that begin behind the last one done.
pub fn open(term: Term, last: Option<Day>) -> impl Iterator<Item = Task> {
    let windows = years(term).filter(move |window| last.is_none_or(|last| last < window.from));
    windows.map(|window| {
        Task::new(
            TaskKind::GeneralAssess,
            ProgrammeKind::General,
            &window,
            Rule::N1,
            Reason::YearlyAssessment,
        )
    })
}

/// Returns the assessment of every agreement year, with the first of these days that lies in
/// it.
pub fn services(term: Term, assessed: &[Day]) -> Vec<Served> {
    years(term)
        .map(|window| {
            let is_within = |day: &&Day| {
                window.from <= **day && window.latest.is_none_or(|latest| **day <= latest)
            };
            let done = assessed.iter().find(is_within).copied();
            let kind = TaskKind::GeneralAssess;
            Served { kind, window, done }
        })
        .collect()
}

/// Returns the windows of the agreement years.
fn years(term: Term) -> impl Iterator<Item = Window> {
    let last_day = term.last_day();
    (0..100)
        .map(move |year| (year, plus_months(term.start, 12 * year)))
        .take_while(move |(_, starts)| *starts <= last_day)
        .map(move |(year, starts)| window(starts, term.start, year))
}

/// AY: any day of the agreement year.
fn window(starts: Day, first: Day, year: u32) -> Window {
    Window {
        code: WindowCode::AgreementYear,
        from: starts,
        span: Span::Months(DUE_MONTHS),
        earliest: starts,
        due: plus_months(first, 12 * year + DUE_MONTHS),
        latest: Some(plus_days(plus_months(first, 12 * (year + 1)), -1)),
    }
}

/// Decides a recorded assessment (N1), or a whole yearly check that stands for it (N2).
pub fn judge(rule: Rule) -> Found {
    let mut found = Found::default().completing(TaskKind::GeneralAssess);
    found.is_exam = true;
    found.rules.push(rule);
    found
}
