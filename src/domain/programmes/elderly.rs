//! Older persons 老年人健康管理 (rules §8, E1–E5): one check a year from 65 on.
//!
//! The window of the year is computed; what the check found is decided here.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{Asked, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    day::{Day, plus_months, year_start},
    settings::Settings,
    task::{Task, TaskKind},
    text::Text,
    window::{Window, calendar_year, monthly},
};

/// From this age on the programme is open, full years (national).
pub const AGE: u32 = 65;
/// From this self-care score on service at home is suggested (E5).
const DEPENDENT: u32 = 4;

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Elderly,
    code: "elderly",
    name: Text {
        zh: "老年人健康管理",
        en: "Older persons",
    },
    short: Text {
        zh: "老年人",
        en: "65+",
    },
    entry_age: AGE,
    follow_up: None,
    visit: None,
    exam: Some(TaskKind::ElderlyExam),
};

/// What a yearly check found (F07); one check serves every programme that wants one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exam {
    /// 健康评价 2有异常.
    pub abnormal: bool,
    /// The self-care score, 0–37, where it was assessed.
    pub self_care: Option<u32>,
}

/// Returns the first day on which a person is an older one: the 65th birthday, or 1 January
/// of its year where the clinic counts by years of birth (E1).
pub fn opens(birth: Day, settings: &Settings) -> Day {
    let birthday = plus_months(birth, AGE * 12);
    if settings.elderly_by_birth_year {
        year_start(birthday.year())
    } else {
        birthday
    }
}

/// Returns the year's window of a service for older persons (E1–E3). Who enters in the year
/// of the 65th birthday has entered on its first day where the clinic counts by years.
pub fn window(asked: &Asked<'_>) -> Window {
    let course = asked.course;
    let opens = opens(asked.person.birth, asked.settings);
    let is_first_year = opens.year() == course.entered.year();
    let entered = if asked.settings.elderly_by_birth_year && is_first_year {
        opens
    } else {
        course.entered
    };
    calendar_year(entered, course.last_exam, asked.today)
}

/// Returns the yearly check as it stands (E1–E3).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let window = window(asked);
    vec![Task::new(
        TaskKind::ElderlyExam,
        ProgrammeKind::Elderly,
        &window,
        Rule::E1,
        Reason::YearlyCheck,
    )]
}

/// Decides a check (E2, E4, E5).
pub fn judge(asked: &Asked<'_>, exam: &Exam) -> Found {
    let mut found = Found::default()
        .completing(TaskKind::ElderlyExam)
        .completing(TaskKind::ElderlyRecheck);
    found.is_exam = true;
    found.next = Next::Nothing;
    found.rules.push(Rule::E2);
    if exam.abnormal {
        found.rules.push(Rule::E4);
        found.alerts.push(Alert::Recheck);
        found.next = Next::Task(Task::new(
            TaskKind::ElderlyRecheck,
            ProgrammeKind::Elderly,
            &monthly(asked.today, 1, asked.settings),
            Rule::E4,
            Reason::Abnormal,
        ));
    }
    if exam.self_care.is_some_and(|score| DEPENDENT <= score) {
        found.rules.push(Rule::E5);
        found.alerts.push(Alert::HomeServiceSuggested);
    }
    found
}
