//! Severe mental disorder 严重精神障碍 (rules §6): the class and the table P1–P4.
//!
//! The danger levels are the form's words; the next window is worked out here.

use serde::{Deserialize, Serialize};

use super::{Asked, Class, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    task::{Task, TaskKind},
    text::Text,
    window::{Window, monthly, routine, within_days},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Smd,
    code: "smd",
    name: Text {
        zh: "严重精神障碍患者管理",
        en: "Severe mental disorder",
    },
    short: Text {
        zh: "精神障碍",
        en: "Mental",
    },
    entry_age: 0,
    follow_up: None,
    visit: Some(TaskKind::SmdVisit),
    exam: Some(TaskKind::SmdExam),
};

/// From this danger level on the police may have to be told (P1).
const POLICE_RISK: u32 = 3;

/// 知情同意: whether the person or the guardian agreed to be followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    Given,
    Refused,
}

/// What a visit found (F04; rules §6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentalState {
    /// 危险性评估 0–5
    pub risk: u32,
    /// 0 基本消失, 1 有但不明显, 2 明显
    pub symptom: u32,
    /// 1 完全, 2 不全, 3 缺失
    pub insight: u32,
    /// The worst social function: 1 良好, 2 一般, 3 较差; none where no item applies.
    pub social: Option<u32>,
    /// 0 无, 1 有, 2 严重或急性
    pub adr_level: u32,
    /// 0 无/稳定, 1 不稳定, 2 严重
    pub physical: u32,
    /// The doctor's own class, with the reason.
    #[serde(default)]
    pub class: Option<super::super::course::happening::DoctorsClass>,
}

impl MentalState {
    /// Returns the class of §6.3.
    pub fn class(&self) -> Class {
        let unstable = POLICE_RISK <= self.risk
            || self.symptom == 2
            || self.insight == 3
            || self.adr_level == 2
            || self.physical == 2;
        let fairly = 1 <= self.risk
            || self.symptom == 1
            || self.insight == 2
            || self.social == Some(3)
            || self.physical == 1;
        if unstable {
            Class::Unstable
        } else if fairly {
            Class::FairlyStable
        } else {
            Class::Stable
        }
    }
}

/// Decides a visit by the table of §6.4.
pub fn judge(asked: &Asked<'_>, state: &MentalState) -> Found {
    let proposed = state.class();
    let class = state.class.as_ref().map_or(proposed, |own| own.class);
    let before = asked.course.last.as_ref().and_then(|last| last.class);
    let settings = asked.settings;
    let today = asked.today;
    let mut found = Found::default().completing(TaskKind::SmdVisit);
    found.class = Some(class);
    found.proposed = Some(proposed);
    let (rule, reason, window): (Rule, Reason, Window) = match class {
        Class::Unstable => {
            found.alerts.push(Alert::UrgentReferral);
            if POLICE_RISK <= state.risk {
                found.alerts.push(Alert::ReportPolice);
            }
            (Rule::P1, Reason::Unstable, within_days(today, 14))
        }
        Class::FairlyStable if before == Some(Class::FairlyStable) => {
            found.alerts.push(Alert::ConsultPsychiatrist);
            let months = settings.smd_basic_next_months;
            (
                Rule::P3,
                Reason::StillFairlyStable,
                monthly(today, months, settings),
            )
        }
        Class::FairlyStable => {
            found.alerts.push(Alert::AdjustTreatment);
            let days = settings.smd_basic_first_days;
            (Rule::P2, Reason::FairlyStable, within_days(today, days))
        }
        Class::Stable
        | Class::Controlled
        | Class::NotControlled
        | Class::AdverseReaction
        | Class::Complication => {
            let months = settings.smd_stable_months;
            let window = routine(today, months, settings);
            (Rule::P4, Reason::MonthsPassed { months }, window)
        }
    };
    found.rules.push(rule);
    let kind = TaskKind::SmdVisit;
    found.next = Next::Task(Task::new(kind, ProgrammeKind::Smd, &window, rule, reason));
    found
}
