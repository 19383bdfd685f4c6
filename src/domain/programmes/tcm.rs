//! Chinese medicine 中医药健康管理 for the elderly and for children (rules §8, §10): beside
//! the yearly check and beside six of the children's checks.
//!
//! Scoring the constitution is the form's.

use std::collections::BTreeMap;

use super::{
    Asked, Facts, Found, Programme, ProgrammeKind, Served,
    child::{Age, age_task},
    reason::Reason,
    rule::Rule,
};
use crate::domain::{
    task::{Task, TaskKind},
    text::Text,
};

/// The service for children ends at this age, months.
pub const CHILD_END: u32 = 37;

/// What is fixed about the service for the elderly.
pub const ELDERLY: Programme = Programme {
    kind: ProgrammeKind::TcmElderly,
    code: "tcm_elderly",
    name: Text {
        zh: "老年人中医药健康管理",
        en: "Chinese medicine, 65+",
    },
    short: Text {
        zh: "老年中医",
        en: "TCM 65+",
    },
    entry_age: super::elderly::AGE,
    follow_up: None,
    visit: None,
    exam: None,
};

/// What is fixed about the service for children.
pub const CHILD: Programme = Programme {
    kind: ProgrammeKind::TcmChild,
    code: "tcm_child",
    name: Text {
        zh: "0～36个月儿童中医药健康管理",
        en: "Chinese medicine, 0–36 months",
    },
    short: Text {
        zh: "儿童中医",
        en: "TCM child",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// Returns the yearly constitution assessment (E1–E3).
pub fn elderly_tasks(asked: &Asked<'_>) -> Vec<Task> {
    let window = super::elderly::window(asked);
    let kind = TaskKind::TcmAssess;
    let reason = Reason::YearlyConstitution;
    vec![Task::new(
        kind,
        ProgrammeKind::TcmElderly,
        &window,
        Rule::E1,
        reason,
    )]
}

/// Decides a recorded constitution.
pub fn judge_constitution() -> Found {
    let mut found = Found::default().completing(TaskKind::TcmAssess);
    found.is_exam = true;
    found.rules.push(Rule::E2);
    found
}

/// Returns the services of children: one for the age that is open or comes next. A service
/// of an age whose check is done stays open until its window is over.
pub fn child_tasks(asked: &Asked<'_>, checks: &BTreeMap<TaskKind, super::Day>) -> Vec<Task> {
    let Some(done) = asked.facts().done() else {
        return Vec::new();
    };
    let birth = asked.person.birth;
    let next = super::child::next_age(asked, checks);
    Age::ALL
        .iter()
        .copied()
        .filter(|age| age.has_tcm() && !done.contains_key(&TaskKind::TcmChild(*age)))
        .filter(|age| {
            let window = age.window(birth);
            let is_open = window.earliest <= asked.today
                && window.latest.is_some_and(|latest| asked.today <= latest);
            is_open || next == Some(*age)
        })
        .map(|age| age_task(TaskKind::TcmChild(age), ProgrammeKind::TcmChild, age, birth))
        .collect()
}

/// Returns the services of children, past and to come; none of ages before the entry.
pub fn child_services(asked: &Asked<'_>) -> Vec<Served> {
    let Some(facts) = asked.facts().done() else {
        return Vec::new();
    };
    Age::ALL
        .iter()
        .filter(|age| age.has_tcm())
        .map(|age| {
            let kind = TaskKind::TcmChild(*age);
            let done = facts.get(&kind).copied();
            let window = age.window(asked.person.birth);
            Served { kind, window, done }
        })
        .filter(|served| served.done.is_some() || asked.course.entered <= served.last_day())
        .collect()
}

/// Decides a recorded service of a child.
pub fn judge_child(asked: &Asked<'_>, age: Age) -> Found {
    let mut done = asked.facts().done().cloned().unwrap_or_default();
    let kind = TaskKind::TcmChild(age);
    let mut found = Found::default();
    if age.window(asked.person.birth).earliest <= asked.today {
        done.insert(kind, asked.today);
        found.completes.push(kind);
    }
    found.facts = Some(Facts::Done(done));
    found.rules.push(Rule::C2);
    found
}
