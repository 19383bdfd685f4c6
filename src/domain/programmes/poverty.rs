//! Poverty-relief and monitored families 脱贫及防返贫监测家庭 (rules §14): one visit for
//! the household, kept with one of its members (Q1, Q2).

use serde::{Deserialize, Serialize};

use super::{Asked, Facts, Found, Next, Programme, ProgrammeKind, reason::Reason, rule::Rule};
use crate::domain::{
    task::{Task, TaskKind},
    text::Text,
    window::{half_yearly, yearly},
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Poverty,
    code: "poverty",
    name: Text {
        zh: "脱贫及防返贫监测家庭走访",
        en: "Poverty-relief families",
    },
    short: Text {
        zh: "脱贫监测",
        en: "Poverty",
    },
    entry_age: 0,
    follow_up: None,
    visit: Some(TaskKind::HouseholdVisit),
    exam: None,
};

/// How closely a household is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseholdNeed {
    /// 脱贫不稳定户, 边缘易致贫户, 突发严重困难户 (Q1)
    Monitored,
    /// 脱贫户 (Q2)
    Relieved,
}

/// Decides a visit to the household.
pub fn judge(asked: &Asked<'_>, need: HouseholdNeed) -> Found {
    let settings = asked.settings;
    let (rule, months, window) = match need {
        HouseholdNeed::Monitored => {
            let months = settings.poverty_monitored_months;
            (Rule::Q1, months, half_yearly(asked.today, months, settings))
        }
        HouseholdNeed::Relieved => {
            let months = settings.poverty_relief_months;
            (Rule::Q2, months, yearly(asked.today, months))
        }
    };
    let mut found = Found::with(Facts::Household(need)).completing(TaskKind::HouseholdVisit);
    found.rules.push(rule);
    let reason = Reason::MonthsPassed { months };
    let kind = TaskKind::HouseholdVisit;
    let task = Task::new(kind, ProgrammeKind::Poverty, &window, rule, reason);
    found.next = Next::Task(task);
    found
}
