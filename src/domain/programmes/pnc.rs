//! After delivery 产后 (rules §9.3): the home visit after discharge and the 42-day check
//! (G9, G10).
//!
//! The newborn's own visit belongs to `child`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Asked, Facts, Found, Programme, ProgrammeKind, Served, child, reason::Reason, rule::Rule,
};
use crate::domain::{
    alert::Alert,
    course::happening::EndReason,
    day::{Day, plus_days},
    settings::{RateFrom, Settings},
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Pnc,
    code: "pnc",
    name: Text {
        zh: "产后访视与42天健康检查",
        en: "Postnatal care",
    },
    short: Text {
        zh: "产妇",
        en: "Postnatal",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// The visit is due so many days after discharge (national) (G9).
const VISIT_DAYS: u32 = 7;
/// It still counts until so many days after discharge, or after delivery.
const VISIT_COUNTS_DAYS: i64 = 28;
/// The check is due so many days after delivery (national) (G10).
const CHECK_DAYS: u32 = 42;
/// Without a contact the programme ends so many days after delivery (rules §18).
const END_DAYS: i64 = 90;

/// What is known of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    #[serde(with = "crate::domain::written_day")]
    pub delivered: Day,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub discharged: Option<Day>,
    #[serde(default, with = "crate::domain::written_day::by")]
    pub done: BTreeMap<TaskKind, Day>,
}

impl Delivery {
    /// Returns a delivery of which only the day is known.
    pub const fn on(delivered: Day) -> Self {
        Self {
            delivered,
            discharged: None,
            done: BTreeMap::new(),
        }
    }

    /// Says whether nothing is due any more, 90 days after delivery (rules §18).
    pub fn is_over(&self, today: Day) -> bool {
        self.last_day() < today
    }

    /// Returns the last day on which anything is due.
    pub fn last_day(&self) -> Day {
        plus_days(self.delivered, END_DAYS)
    }

    /// Returns the last day on which the home visit counts for its rate (G9).
    pub fn counts_until(&self, settings: &Settings) -> Day {
        let from = match settings.pnc_rate_from {
            RateFrom::Discharge => self.discharge(),
            RateFrom::Delivery => self.delivered,
        };
        plus_days(from, VISIT_COUNTS_DAYS)
    }

    /// Returns the day of discharge, assumed where nobody knows it.
    pub fn discharge(&self) -> Day {
        self.discharged
            .unwrap_or_else(|| plus_days(self.delivered, child::DISCHARGE_DAYS))
    }
}

/// What the home visit found (F13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostnatalVisit {
    pub refer: bool,
}

/// What the 42-day check found (F14).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostnatalCheck {
    /// 处理 1结案.
    pub closed: bool,
    /// 处理 2转诊.
    pub refer: bool,
}

/// Returns the open tasks (G9, G10).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let Some(facts) = asked.facts().delivery() else {
        return Vec::new();
    };
    if facts.is_over(asked.today) {
        return Vec::new();
    }
    let discharge = facts.discharge();
    let visit = window(discharge, VISIT_DAYS, discharge, 0);
    let extra = asked.settings.pnc_extra_home_visit_day.and_then(|day| {
        let first = facts.done.get(&TaskKind::PostnatalVisit)?;
        let window = window(
            facts.delivered,
            day,
            plus_days(*first, 1),
            VISIT_DAYS.into(),
        );
        (*first < window.due).then_some(window)
    });
    let counts_until = facts.counts_until(asked.settings);
    let visit = match facts.done.get(&TaskKind::PostnatalVisit) {
        Some(_) => extra,
        None => (asked.today <= counts_until).then_some(visit),
    };
    let late = i64::from(asked.settings.pnc_latest_days) - i64::from(CHECK_DAYS);
    let on = Span::Days(CHECK_DAYS).after(facts.delivered);
    let check = (!facts.done.contains_key(&TaskKind::PostnatalCheck))
        .then(|| window(facts.delivered, CHECK_DAYS, on, late));
    let task = |kind, window: Window, rule, reason| {
        Task::new(kind, ProgrammeKind::Pnc, &window, rule, reason)
    };
    let visit = visit.map(|w| task(TaskKind::PostnatalVisit, w, Rule::G9, Reason::Discharged));
    let check = check.map(|w| task(TaskKind::PostnatalCheck, w, Rule::G10, Reason::SixWeeks));
    visit.into_iter().chain(check).collect()
}

/// Returns the home visit and the 42-day check (G9, G10).
pub fn services(facts: &Delivery, settings: &Settings) -> Vec<Served> {
    let discharge = facts.discharge();
    let late = i64::from(settings.pnc_latest_days) - i64::from(CHECK_DAYS);
    let on = Span::Days(CHECK_DAYS).after(facts.delivered);
    let visit = window(discharge, VISIT_DAYS, discharge, 0);
    let check = window(facts.delivered, CHECK_DAYS, on, late);
    [
        (TaskKind::PostnatalVisit, visit),
        (TaskKind::PostnatalCheck, check),
    ]
    .into_iter()
    .map(|(kind, window)| {
        let done = facts.done.get(&kind).copied();
        Served { kind, window, done }
    })
    .collect()
}

fn window(from: Day, days: u32, earliest: Day, late: i64) -> Window {
    let span = Span::Days(days);
    let due = span.after(from);
    Window {
        code: WindowCode::Fixed,
        from,
        span,
        earliest: earliest.min(due),
        due,
        latest: Some(plus_days(due, late)),
    }
}

/// Decides what entering says: a discharge nobody knows of is assumed.
pub fn entered(asked: &Asked<'_>) -> Found {
    let mut found = Found::default();
    found.rules.extend([Rule::G9, Rule::G10]);
    let is_assumed = |facts: &Delivery| facts.discharged.is_none();
    if asked.facts().delivery().is_some_and(is_assumed) {
        found.alerts.push(Alert::DischargeAssumed);
    }
    found
}

/// Decides the home visit (G9).
pub fn judge_visit(asked: &Asked<'_>, visit: &PostnatalVisit) -> Found {
    let mut found = recorded(asked, TaskKind::PostnatalVisit);
    found.rules.push(Rule::G9);
    if visit.refer {
        found.refer(Rule::G9, Reason::Abnormal, Alert::ReferUp);
    }
    found
}

/// Decides the 42-day check (G10).
pub fn judge_check(asked: &Asked<'_>, check: &PostnatalCheck) -> Found {
    let mut found = recorded(asked, TaskKind::PostnatalCheck);
    found.rules.push(Rule::G10);
    if check.refer {
        found.refer(Rule::G10, Reason::Abnormal, Alert::ReferUp);
    }
    if check.closed {
        found.ends = Some(EndReason::Completed);
    }
    found
}

fn recorded(asked: &Asked<'_>, kind: TaskKind) -> Found {
    let mut found = Found::default();
    let Some(mut facts) = asked.facts().delivery().cloned() else {
        return found;
    };
    let opens = if kind == TaskKind::PostnatalCheck {
        Span::Days(CHECK_DAYS).after(facts.delivered)
    } else {
        facts.discharge()
    };
    if opens <= asked.today {
        facts.done.insert(kind, asked.today);
        found.completes.push(kind);
    }
    found.facts = Some(Facts::Delivery(facts));
    found
}
