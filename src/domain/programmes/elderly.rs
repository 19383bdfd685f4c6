//! Older persons 老年人健康管理 (rules §8, E1–E5): one check a year from 65 on.
//!
//! The window of the year is computed; what the check found is decided here.

use serde::{Deserialize, Serialize};

use super::{Asked, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    task::{Task, TaskKind},
    text::Text,
    window::{calendar_year, monthly},
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

/// Returns the yearly check as it stands (E1–E3).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let course = asked.course;
    let window = calendar_year(course.entered, course.last_exam, asked.today);
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
