//! Children 0–6 儿童健康管理 (rules §10): the newborn visit, the checks by age, and what a
//! check leads to (C1–C5).
//!
//! Tasks are computed from the birth and what was done: time alone writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Asked, Facts, Found, Programme, ProgrammeKind, Refer, Served, reason::Reason, rule::Rule,
};
use crate::domain::{
    alert::Alert,
    day::{Day, age_months, plus_days},
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

mod age;

pub use self::age::Age;

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Child,
    code: "child",
    name: Text {
        zh: "0～6岁儿童健康管理",
        en: "Children 0–6",
    },
    short: Text {
        zh: "儿童",
        en: "Child",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// The programme ends at this age, months (C5).
pub const END: u32 = 84;
/// A child is a newborn for so many days (national).
pub const NEWBORN_DAYS: i64 = 28;
/// The newborn is visited so many days after discharge (national).
const VISIT_DAYS: u32 = 7;
/// A discharge nobody knows of is taken to be so many days after birth.
pub const DISCHARGE_DAYS: i64 = 3;
/// Below this birth weight the newborn is visited more often, grams (C3).
const LOW_WEIGHT: u32 = 2500;
/// Below this gestational age too, weeks (C3).
const EARLY_WEEKS: u32 = 37;
/// Below this haemoglobin a child is anaemic, g/L (C4).
const ANAEMIA: u32 = 110;

/// What is known of the birth, and which checks were done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Birth {
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub discharged: Option<Day>,
    /// Low weight, preterm, multiple birth or a birth defect (C3).
    pub at_risk: bool,
    #[serde(default, with = "crate::domain::written_day::by")]
    pub done: BTreeMap<TaskKind, Day>,
}

/// Says whether a newborn needs more visits (C3); weight in grams, age in full weeks.
pub fn is_at_risk(weight: Option<u32>, weeks: Option<u32>, multiple: bool, defect: bool) -> bool {
    weight.is_some_and(|grams| grams < LOW_WEIGHT)
        || weeks.is_some_and(|weeks| weeks < EARLY_WEEKS)
        || multiple
        || defect
}

/// What the newborn visit found (F15).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewbornVisit {
    /// As `is_at_risk` says of the form.
    pub at_risk: bool,
    pub refer: bool,
}

/// What a check by age may show (C4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// 听力 2未通过
    HearingFailed,
    VisionLow,
    Caries,
    /// 体格发育评价 2–5
    GrowthAbnormal,
}

/// What a check by age found (F16–F18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildCheck {
    /// The age of the form's column.
    pub age: Age,
    /// 发育评估: the codes ticked.
    #[serde(default)]
    pub dev_warning: BTreeSet<String>,
    #[serde(default)]
    pub signs: BTreeSet<Sign>,
    /// g/L
    #[serde(default)]
    pub hb: Option<u32>,
    /// 转诊建议 2有.
    #[serde(default)]
    pub refer: bool,
}

/// Returns the open tasks of the programme as of the day asked about (C1–C3, C5).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let birth = asked.person.birth;
    let Some(facts) = asked.facts().birth() else {
        return Vec::new();
    };
    if END <= age_months(birth, asked.today) {
        return Vec::new();
    }
    let newborn = newborn(asked, facts);
    newborn.into_iter().chain(by_age(asked, facts)).collect()
}

/// Returns the newborn visit and the checks by age, past and to come (C1, C2); none of ages
/// before a later registration (C1b).
pub fn services(asked: &Asked<'_>) -> Vec<Served> {
    let birth = asked.person.birth;
    let Some(facts) = asked.facts().birth() else {
        return Vec::new();
    };
    let served = |kind: TaskKind, window: Window| {
        let done = facts.done.get(&kind).copied();
        Served { kind, window, done }
    };
    let was_newborn = asked.course.entered <= plus_days(birth, NEWBORN_DAYS);
    let discharge = facts
        .discharged
        .unwrap_or_else(|| plus_days(birth, DISCHARGE_DAYS));
    let visit = served(
        TaskKind::NewbornVisit,
        days_after(discharge, discharge, VISIT_DAYS),
    );
    let by_age = Age::ALL
        .iter()
        .map(|age| (*age, served(TaskKind::Child(*age), age.window(birth))))
        .filter(|(age, served)| served.done.is_some() || is_served(*age, asked));
    let newborn = (was_newborn || visit.done.is_some()).then_some(visit);
    newborn
        .into_iter()
        .chain(by_age.map(|(_, served)| served))
        .collect()
}

/// Says whether the newborn visit counts from a discharge nobody knows of.
pub fn assumes_discharge(asked: &Asked<'_>) -> bool {
    let is_unknown = asked
        .facts()
        .birth()
        .is_some_and(|f| f.discharged.is_none());
    is_unknown && newborn(asked, &Birth::default()).is_some()
}

/// C1 and C3: what is open until the child is no newborn any more.
fn newborn(asked: &Asked<'_>, facts: &Birth) -> Option<Task> {
    let birth = asked.person.birth;
    let last_day = plus_days(birth, NEWBORN_DAYS);
    if last_day < asked.course.entered {
        return None;
    }
    let visited = facts.done.get(&TaskKind::NewbornVisit);
    let Some(visited) = visited else {
        let from = facts
            .discharged
            .unwrap_or_else(|| plus_days(birth, DISCHARGE_DAYS));
        let window = days_after(from, from, VISIT_DAYS);
        return (asked.today <= last_day.max(window.due)).then(|| {
            let reason = Reason::Discharged;
            let kind = TaskKind::NewbornVisit;
            Task::new(kind, ProgrammeKind::Child, &window, Rule::C1, reason)
        });
    };
    let last = facts
        .done
        .get(&TaskKind::NewbornExtra)
        .map_or(*visited, |extra| *extra.max(visited));
    let days = asked.settings.child_extra_newborn_days;
    let window = days_after(last, plus_days(last, 1), days);
    let is_open = facts.at_risk && window.due <= last_day && asked.today <= last_day;
    is_open.then(|| {
        let (kind, reason) = (TaskKind::NewbornExtra, Reason::NewbornAtRisk);
        Task::new(kind, ProgrammeKind::Child, &window, Rule::C3, reason)
    })
}

fn days_after(from: Day, earliest: Day, days: u32) -> Window {
    let span = Span::Days(days);
    Window {
        code: WindowCode::Fixed,
        from,
        span,
        earliest,
        due: span.after(from),
        latest: Some(span.after(from)),
    }
}

/// C2: the smallest age after the last check whose window is not over.
fn by_age(asked: &Asked<'_>, facts: &Birth) -> Option<Task> {
    let age = next_age(asked, &facts.done)?;
    Some(age_task(
        TaskKind::Child(age),
        ProgrammeKind::Child,
        age,
        asked.person.birth,
    ))
}

/// Returns a task with the window of an age.
pub(super) fn age_task(kind: TaskKind, programme: ProgrammeKind, age: Age, birth: Day) -> Task {
    let reason = Reason::AgeReached {
        months: age.months(),
    };
    Task::new(kind, programme, &age.window(birth), Rule::C2, reason)
}

/// Returns the age whose check is open or comes next.
pub(super) fn next_age(asked: &Asked<'_>, done: &BTreeMap<TaskKind, Day>) -> Option<Age> {
    let birth = asked.person.birth;
    let last = Age::ALL
        .iter()
        .rfind(|age| done.contains_key(&TaskKind::Child(**age)));
    Age::ALL.iter().copied().find(|age| {
        last.is_none_or(|last| last < age)
            && is_served(*age, asked)
            && age.window(birth).latest.is_some_and(|l| asked.today <= l)
    })
}

/// C1b: a child registered after the newborn time has no check before.
fn is_served(age: Age, asked: &Asked<'_>) -> bool {
    let latest = age.window(asked.person.birth).latest;
    latest.is_some_and(|latest| asked.course.entered <= latest)
}

/// Returns the checks whose windows passed without them, as of the day asked about (C2).
pub fn missed(asked: &Asked<'_>) -> Vec<TaskKind> {
    let Some(facts) = asked.facts().birth() else {
        return Vec::new();
    };
    let is_over = |age: &Age| {
        let latest = age.window(asked.person.birth).latest;
        latest.is_some_and(|latest| latest < asked.today)
    };
    Age::ALL
        .iter()
        .filter(|age| is_over(age) && is_served(**age, asked))
        .map(|age| TaskKind::Child(*age))
        .filter(|kind| !facts.done.contains_key(kind))
        .collect()
}

/// Decides the newborn visit (C3).
pub fn judge_newborn(asked: &Asked<'_>, visit: &NewbornVisit) -> Found {
    let mut facts = asked.facts().birth().cloned().unwrap_or_default();
    let kind = if facts.done.contains_key(&TaskKind::NewbornVisit) {
        TaskKind::NewbornExtra
    } else {
        TaskKind::NewbornVisit
    };
    facts.done.insert(kind, asked.today);
    facts.at_risk |= visit.at_risk;
    let mut found = Found::with(Facts::Birth(facts)).completing(kind);
    found.rules.push(Rule::C3);
    if visit.refer {
        found.refer(Rule::C4, Reason::Abnormal, Alert::ReferUp);
    }
    found
}

/// Decides a check by age (C2, C4).
pub fn judge_check(asked: &Asked<'_>, check: &ChildCheck) -> Found {
    let mut facts = asked.facts().birth().cloned().unwrap_or_default();
    let kind = TaskKind::Child(check.age);
    let skipped = missed(asked)
        .into_iter()
        .filter(|missed| *missed != kind && !was_told(*missed, &facts));
    let mut found = Found::default();
    found.alerts.extend(skipped.map(Alert::WindowMissed));
    if check.age.window(asked.person.birth).earliest <= asked.today {
        facts.done.insert(kind, asked.today);
        found.completes.push(kind);
    }
    found.facts = Some(Facts::Birth(facts));
    found.rules.push(Rule::C2);
    warn(&mut found, check);
    found
}

/// A window missed before an earlier check was told of then.
fn was_told(missed: TaskKind, facts: &Birth) -> bool {
    let TaskKind::Child(age) = missed else {
        return false;
    };
    Age::ALL
        .iter()
        .any(|later| age < *later && facts.done.contains_key(&TaskKind::Child(*later)))
}

/// C4.
fn warn(found: &mut Found, check: &ChildCheck) {
    let anaemic = check.hb.is_some_and(|hb| hb < ANAEMIA);
    let has = |sign| check.signs.contains(&sign);
    let warnings = [
        (!check.dev_warning.is_empty(), Alert::DevWarning, true),
        (has(Sign::HearingFailed), Alert::HearingFail, true),
        (has(Sign::VisionLow), Alert::VisionLow, true),
        (has(Sign::Caries), Alert::Caries, false),
        (anaemic, Alert::Anaemia, false),
        (has(Sign::GrowthAbnormal), Alert::GrowthAbnormal, false),
    ];
    let mut is_referred = check.refer;
    for (is_found, alert, refers) in warnings {
        if is_found {
            found.alerts.push(alert);
            is_referred |= refers;
        }
    }
    if is_referred {
        found.refer = Some(Refer {
            rule: Rule::C4,
            reason: Reason::Abnormal,
            alert: Alert::ReferUp,
        });
    }
}
