//! What a form must know beyond its answers: days, the person, the last record, proposals.
//!
//! Everything is a plain value handed in; nothing is looked up here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    day::Day,
    settings::Settings,
    value::{Answers, Decimal, Value},
};

/// The circumstances in which a form is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormContext {
    pub today: Day,
    /// The day the form is about.
    pub visit: Day,
    pub birth: Option<Day>,
    /// Code of 性别: `1` male, `2` female.
    pub sex: Option<String>,
    /// The day the person entered the programme.
    pub entered: Option<Day>,
    /// The person's last completed record of this form.
    pub last: Option<LastRecord>,
    /// What the cards of the resident and, where that is silent, of the household say, by field
    /// key (carry `p`).
    pub card: Answers,
    /// What the round or the queue already knows (the way of visiting), by field key.
    pub given: Answers,
    /// Fields that open empty and are asked, whatever would be proposed in them.
    #[serde(default)]
    pub unproposed: BTreeSet<String>,
    /// What was last said on any form, by shared name (carry `r` and `e`).
    #[serde(default)]
    pub said: BTreeMap<String, Said>,
    /// The programmes the person is managed in, by code; they decide what a check-up asks.
    #[serde(default)]
    pub groups: BTreeSet<String>,
    #[serde(default)]
    pub settings: FormSettings,
    pub proposed: Proposed,
    /// The person's pressure target.
    pub target: Option<Target>,
    /// Days of this person's other completed records of this form.
    pub recorded_on: Vec<Day>,
    /// What was asked about and confirmed.
    pub confirmed: BTreeSet<Confirmation>,
}

impl FormContext {
    /// Returns a context that knows only the days.
    pub fn on(visit: Day, today: Day) -> Self {
        Self {
            today,
            visit,
            birth: None,
            sex: None,
            entered: None,
            last: None,
            card: Answers::new(),
            given: Answers::new(),
            unproposed: BTreeSet::new(),
            said: BTreeMap::new(),
            groups: BTreeSet::new(),
            settings: FormSettings::default(),
            proposed: Proposed::default(),
            target: None,
            recorded_on: Vec::new(),
            confirmed: BTreeSet::new(),
        }
    }

    /// Returns the last record's answer to `field`.
    pub fn last_answer(&self, field: &str) -> Option<&Value> {
        self.last.as_ref()?.answers.get(field)
    }

    /// Returns the value a measurement should stay below.
    pub fn goal(&self, field: &str) -> Option<Value> {
        let target = self.target?;
        match field {
            "sbp" => Some(Value::Int(target.sbp)),
            "dbp" => Some(Value::Int(target.dbp)),
            "fbg" => target.fbg.map(Value::Dec),
            _ => None,
        }
    }

    /// Tells whether `answer` departs from the rules' proposal: another code, or a later day.
    pub fn is_overridden(&self, field: &str, answer: Option<&Value>) -> bool {
        match (answer, self.proposed.answers.get(field)) {
            (Some(Value::Date(answer)), Some(Value::Date(proposed))) => proposed < answer,
            (Some(answer), Some(proposed)) => answer != proposed,
            _ => false,
        }
    }
}

/// What the clinic's settings say to forms (rules §19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSettings {
    /// `tcm.balanced_limits`, both strict "less than".
    pub balanced_limits: (u32, u32),
    /// `elderly.labs_2025`
    pub elderly_labs_2025: bool,
}

impl From<&Settings> for FormSettings {
    fn from(settings: &Settings) -> Self {
        Self {
            balanced_limits: settings.tcm_balanced_limits,
            elderly_labs_2025: settings.elderly_labs_2025,
        }
    }
}

impl Default for FormSettings {
    fn default() -> Self {
        Self::from(&Settings::default())
    }
}

/// An answer of an earlier record, of whatever form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub on: Day,
    pub value: Value,
}

/// The last completed record of the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRecord {
    pub on: Day,
    pub answers: Answers,
}

/// What the rules propose for fields marked `by_rules`, and the window of the next date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proposed {
    pub answers: Answers,
    pub earliest: Option<Day>,
    pub latest: Option<Day>,
    /// The first day the interval to the dose before allows; an earlier one is asked about.
    #[serde(default)]
    pub interval_from: Option<Day>,
}

/// What is aimed at: all are strict "less than" (rules §3.2, §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// mmHg
    pub sbp: i64,
    /// mmHg
    pub dbp: i64,
    /// Fasting glucose, mmol/L.
    #[serde(default)]
    pub fbg: Option<Decimal>,
}

/// One soft problem that was looked at and stands: its field and its fault's code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Confirmation {
    pub field: String,
    pub code: String,
}

/// How an answer came to stand in its field; kept with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Typed,
    /// 上次: from the last record, untouched, confirmed on saving.
    Carried,
    /// From the resident's card.
    Card,
    /// 无异常: stated together with all other unmeasured questions.
    Stated,
    /// Known before (the round, a default, the rules) and left as it was.
    Proposed,
    /// Fixed by another answer.
    Forced,
    /// Asked in another form of the same visit.
    Shared,
    Calculated,
}

/// A form as it is handed over for recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledForm {
    pub form: String,
    pub edition: String,
    pub visit: Day,
    pub answers: Answers,
    pub marks: BTreeMap<String, Mark>,
    pub confirmed: BTreeSet<Confirmation>,
}
