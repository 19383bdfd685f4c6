//! Antenatal care 孕产妇(产前) (rules §9.1, §9.2): five checks by gestational week, and what
//! a check leads to (G1–G8).
//!
//! Windows are computed from the last menstrual period; deliveries belong to `pnc`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Asked, Facts, Found, Programme, ProgrammeKind, Served, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    day::{Day, plus_days},
    task::{Task, TaskKind},
    text::Text,
    window::{Span, Window, WindowCode},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Anc,
    code: "anc",
    name: Text {
        zh: "孕产妇健康管理(产前)",
        en: "Antenatal care",
    },
    short: Text {
        zh: "孕妇",
        en: "Antenatal",
    },
    entry_age: 0,
    follow_up: None,
    visit: None,
    exam: None,
};

/// Days from the last menstrual period to the expected delivery.
const TERM_DAYS: i64 = 280;
/// The last day of an early booking after the last menstrual period, 12 weeks 6 days.
const EARLY_DAYS: i64 = 90;
/// A first check is due so many days after booking.
const BOOKING_DAYS: u32 = 7;
/// From here either value is high in pregnancy, mmHg.
const HIGH: (u32, u32) = (140, 90);
/// Below this haemoglobin a pregnant woman is anaemic, g/L.
const ANAEMIA: u32 = 110;
/// A fetal heart rate outside these limits is abnormal, a minute.
const FETAL_HEART: (u32, u32) = (110, 160);

/// Which of the five checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Time {
    #[serde(rename = "1")]
    First,
    #[serde(rename = "2")]
    Second,
    #[serde(rename = "3")]
    Third,
    #[serde(rename = "4")]
    Fourth,
    #[serde(rename = "5")]
    Fifth,
}

impl Time {
    /// All five in order.
    pub const ALL: &'static [Self] = &[
        Self::First,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Fifth,
    ];

    /// Returns the number, as printed.
    pub const fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Fifth => 5,
        }
    }

    /// Returns the key of the task.
    pub const fn task_key(self) -> &'static str {
        match self {
            Self::First => "anc_1",
            Self::Second => "anc_2",
            Self::Third => "anc_3",
            Self::Fourth => "anc_4",
            Self::Fifth => "anc_5",
        }
    }

    /// Returns the name on a row.
    pub const fn name(self) -> Text {
        match self {
            Self::First => Text {
                zh: "产检1(13周前)",
                en: "Antenatal 1",
            },
            Self::Second => Text {
                zh: "产检2(16-20周)",
                en: "Antenatal 2",
            },
            Self::Third => Text {
                zh: "产检3(21-24周)",
                en: "Antenatal 3",
            },
            Self::Fourth => Text {
                zh: "产检4(28-36周)",
                en: "Antenatal 4",
            },
            Self::Fifth => Text {
                zh: "产检5(37-40周)",
                en: "Antenatal 5",
            },
        }
    }

    /// Days after the last menstrual period: earliest, due, latest (national; due chosen).
    const fn days(self) -> (i64, u32, i64) {
        match self {
            Self::First => (0, 90, EARLY_DAYS),
            Self::Second => (112, 126, 146),
            Self::Third => (147, 161, 174),
            Self::Fourth => (196, 224, 258),
            Self::Fifth => (259, 266, 286),
        }
    }
}

/// What is known of a pregnancy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pregnancy {
    /// 末次月经; moved when a corrected due date is entered.
    #[serde(with = "crate::domain::written_day")]
    pub lmp: Day,
    #[serde(default, with = "crate::domain::written_day::by")]
    pub done: BTreeMap<TaskKind, Day>,
}

impl Pregnancy {
    /// Returns a pregnancy by the last menstrual period.
    pub const fn since(lmp: Day) -> Self {
        Self {
            lmp,
            done: BTreeMap::new(),
        }
    }

    /// Returns a pregnancy by a due date an ultrasound corrected (§9.1).
    pub fn due_on(day: Day) -> Self {
        Self::since(plus_days(day, -TERM_DAYS))
    }

    /// Returns the expected day of delivery (预产期).
    pub fn edd(&self) -> Day {
        plus_days(self.lmp, TERM_DAYS)
    }

    /// Returns the gestational age on `day` in full weeks and days.
    pub fn age(&self, day: Day) -> (i64, i64) {
        let days = (day - self.lmp).num_days();
        (days.div_euclid(7), days.rem_euclid(7))
    }

    /// Says whether booking on `day` was late: after 12 weeks 6 days (G2).
    pub fn is_late(&self, day: Day) -> bool {
        plus_days(self.lmp, EARLY_DAYS) < day
    }
}

/// What an antenatal check found (F11, F12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AntenatalCheck {
    /// 分类 2异常, or a high risk (G5).
    pub abnormal: bool,
    /// Bleeding, severe headache, convulsion, no fetal movement, ruptured membranes (G6).
    pub danger: bool,
    /// mmHg
    pub pressure: Option<(u32, u32)>,
    /// g/L
    pub hb: Option<u32>,
    /// A minute.
    pub fetal_heart: Option<u32>,
    /// Urine protein + or more.
    pub protein: bool,
    /// A due date corrected by ultrasound at this check.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub edd: Option<Day>,
}

/// Returns the checks that are open or to come (G1–G3, G4b).
pub fn tasks(asked: &Asked<'_>) -> Vec<Task> {
    let Some(facts) = asked.facts().pregnancy() else {
        return Vec::new();
    };
    windows(facts, asked.course.entered)
        .filter(|(time, window)| {
            let is_done = facts.done.contains_key(&TaskKind::Antenatal(*time));
            !is_done && window.latest.is_some_and(|latest| asked.today <= latest)
        })
        .map(|(time, window)| {
            let (rule, reason) = if time == Time::First && facts.is_late(asked.course.entered) {
                (Rule::G2, Reason::LateBooking)
            } else {
                (Rule::G1, Reason::WeekReached)
            };
            let kind = TaskKind::Antenatal(time);
            Task::new(kind, ProgrammeKind::Anc, &window, rule, reason)
        })
        .collect()
}

/// Returns all five checks, past and to come. One whose window had passed at booking is
/// among them: it was missed (G3).
pub fn services(facts: &Pregnancy, booked: Day) -> Vec<Served> {
    windows(facts, booked)
        .map(|(time, window)| {
            let kind = TaskKind::Antenatal(time);
            let done = facts.done.get(&kind).copied();
            Served { kind, window, done }
        })
        .collect()
}

fn windows(facts: &Pregnancy, booked: Day) -> impl Iterator<Item = (Time, Window)> {
    Time::ALL
        .iter()
        .map(move |time| (*time, window(*time, facts, booked)))
}

fn window(time: Time, facts: &Pregnancy, booked: Day) -> Window {
    let (earliest, due, latest) = time.days();
    let latest = plus_days(facts.lmp, latest);
    if time == Time::First {
        let late = facts.is_late(booked);
        let span = Span::Days(if late { 0 } else { BOOKING_DAYS });
        return Window {
            code: WindowCode::Fixed,
            from: booked,
            span,
            earliest: booked,
            due: if late {
                booked
            } else {
                span.after(booked).min(latest)
            },
            latest: Some(if late {
                Span::Days(BOOKING_DAYS).after(booked)
            } else {
                latest
            }),
        };
    }
    let span = Span::Days(due);
    Window {
        code: WindowCode::Fixed,
        from: facts.lmp,
        span,
        earliest: plus_days(facts.lmp, earliest),
        due: span.after(facts.lmp),
        latest: Some(latest),
    }
}

/// Returns the checks whose windows passed without them, as of the day asked about (G3, G4b).
pub fn missed(asked: &Asked<'_>) -> Vec<TaskKind> {
    let Some(facts) = asked.facts().pregnancy() else {
        return Vec::new();
    };
    windows(facts, asked.course.entered)
        .filter(|(_, window)| window.latest.is_some_and(|latest| latest < asked.today))
        .map(|(time, _)| TaskKind::Antenatal(time))
        .filter(|kind| !facts.done.contains_key(kind))
        .collect()
}

/// Decides what booking says (G1–G3).
pub fn booked(asked: &Asked<'_>) -> Found {
    let mut found = Found::default();
    let late = asked
        .facts()
        .pregnancy()
        .is_some_and(|p| p.is_late(asked.today));
    if late {
        found.rules.push(Rule::G2);
        found.alerts.push(Alert::LateBooking);
    } else {
        found.rules.push(Rule::G1);
    }
    let missed = missed(asked);
    if !missed.is_empty() {
        found.rules.push(Rule::G3);
        found
            .alerts
            .extend(missed.into_iter().map(Alert::WindowMissed));
    }
    found
}

/// Decides a check (G4–G6).
pub fn judge(asked: &Asked<'_>, check: &AntenatalCheck) -> Found {
    let Some(mut facts) = asked.facts().pregnancy().cloned() else {
        return Found::default();
    };
    let mut found = Found::default();
    found.rules.push(Rule::G4);
    let told = facts.done.values().max().copied();
    let passed = missed(asked).into_iter().filter(|kind| {
        // A window that had passed at the check before was told of then.
        let TaskKind::Antenatal(time) = kind else {
            return false;
        };
        let latest = window(*time, &facts, asked.course.entered).latest;
        let since = told.unwrap_or(asked.course.entered);
        latest.is_some_and(|latest| since <= latest)
    });
    found.alerts.extend(passed.map(Alert::WindowMissed));
    let here = windows(&facts, asked.course.entered).find(|(time, window)| {
        let is_open = window.earliest <= asked.today
            && window.latest.is_some_and(|latest| asked.today <= latest);
        is_open && !facts.done.contains_key(&TaskKind::Antenatal(*time))
    });
    if let Some((time, _)) = here {
        let kind = TaskKind::Antenatal(time);
        facts.done.insert(kind, asked.today);
        found.completes.push(kind);
    }
    if let Some(edd) = check.edd {
        facts.lmp = plus_days(edd, -TERM_DAYS);
    }
    found.facts = Some(Facts::Pregnancy(facts));
    warn(&mut found, check);
    found
}

fn warn(found: &mut Found, check: &AntenatalCheck) {
    if check.danger {
        found.refer(Rule::G6, Reason::Urgent, Alert::UrgentReferral);
    } else if check.abnormal {
        found.refer(Rule::G5, Reason::Abnormal, Alert::ReferUp);
    }
    let (low, high) = FETAL_HEART;
    let signs = [
        (
            check
                .pressure
                .is_some_and(|(sbp, dbp)| HIGH.0 <= sbp || HIGH.1 <= dbp),
            Alert::PregBpHigh,
        ),
        (check.hb.is_some_and(|hb| hb < ANAEMIA), Alert::Anaemia),
        (
            check
                .fetal_heart
                .is_some_and(|rate| rate < low || high < rate),
            Alert::FhrAbnormal,
        ),
        (check.protein, Alert::PregProteinuria),
    ];
    let seen = signs.into_iter().filter(|(is_seen, _)| *is_seen);
    found.alerts.extend(seen.map(|(_, alert)| alert));
}
