//! Disabled persons 残疾人 (rules §13): a visit every three months or every year, by grade
//! and self-care (X1, X2).

use serde::{Deserialize, Serialize};

use super::{Asked, Facts, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    course::Course,
    task::{Task, TaskKind},
    text::Text,
    window::{routine, yearly},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Disabled,
    code: "disabled",
    name: Text {
        zh: "残疾人健康服务",
        en: "Disabled persons",
    },
    short: Text {
        zh: "残疾人",
        en: "Disabled",
    },
    entry_age: 0,
    follow_up: None,
    visit: Some(TaskKind::DisabledVisit),
    exam: None,
};

/// Grades up to this one are severe (重度).
const SEVERE_GRADE: u32 = 2;
/// From this self-care score on the person is visited as one of a severe grade.
const SEVERE_SCORE: u32 = 9;

/// What decides how often a disabled person is visited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Disability {
    /// The grade of the certificate, 1–4.
    pub grade: Option<u32>,
    /// The self-care score, 0–37.
    pub self_care: Option<u32>,
}

impl Disability {
    /// Says whether the person is visited as one of a severe grade.
    pub fn is_severe(self) -> bool {
        self.grade.is_some_and(|grade| grade <= SEVERE_GRADE)
            || self.self_care.is_some_and(|score| SEVERE_SCORE <= score)
    }
}

/// Decides a visit (X1, X2).
pub fn judge(asked: &Asked<'_>, seen: Disability) -> Found {
    let before = asked.facts().disability().copied().unwrap_or_default();
    let facts = Disability {
        grade: seen.grade.or(before.grade),
        self_care: seen.self_care.or(before.self_care),
    };
    let mut found = Found::with(Facts::Disability(facts)).completing(TaskKind::DisabledVisit);
    let task = task(asked, facts);
    found.rules.push(task.rule);
    found.next = Next::Task(task);
    found
}

fn task(asked: &Asked<'_>, facts: Disability) -> Task {
    let settings = asked.settings;
    let (rule, months, window) = if facts.is_severe() {
        let months = settings.disabled_severe_months;
        (Rule::X1, months, routine(asked.today, months, settings))
    } else {
        let months = settings.disabled_other_months;
        (Rule::X2, months, yearly(asked.today, months))
    };
    Task::new(
        TaskKind::DisabledVisit,
        ProgrammeKind::Disabled,
        &window,
        rule,
        Reason::MonthsPassed { months },
    )
}

/// Says whether the visits of the mental-disorder programme stand for this one's (§13).
pub fn follows_smd(course: &Course) -> bool {
    course
        .programmes
        .get(&ProgrammeKind::Smd)
        .is_some_and(super::super::course::ProgrammeCourse::is_open)
}
