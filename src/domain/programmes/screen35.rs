//! Blood-pressure screening from 35 years on (rules §3.1, HS1–HS4).
//!
//! Nobody is enrolled in it: it concerns whoever is not followed up for hypertension.
//! The yearly and half-yearly tasks are computed as of a day (`course::standing`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Programme, ProgrammeKind};
use crate::domain::{
    day::{Day, age_years},
    settings::Pressure,
    text::Text,
    value::Decimal,
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Screen35,
    code: "screen35",
    name: Text {
        zh: "35岁及以上血压筛查",
        en: "Blood-pressure screening from 35",
    },
    short: Text {
        zh: "测血压",
        en: "BP check",
    },
    entry_age: 35,
    follow_up: None,
    visit: None,
    exam: None,
};

/// From this age on pressure is screened, full years (national).
pub const AGE: u32 = 35;
/// From this age on the risk is high, full years (national) (HS3).
pub const HIGH_RISK_AGE: u32 = 55;
/// From here either value is high, mmHg (national) (HS2).
pub const HIGH: Pressure = Pressure::new(140, 90);
/// From here either value is high normal, mmHg (national) (HS3).
pub const HIGH_NORMAL: Pressure = Pressure::new(130, 85);
/// High readings on this many different days mean referral (national) (HS2).
pub const HIGH_DAYS: usize = 3;

/// A lasting ground for a high risk of hypertension (HS3); age and pressure are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskFactor {
    /// BMI ≥ 24.
    Overweight,
    /// Waist ≥ 90 cm for men, ≥ 85 cm for women.
    Waist,
    /// First or second degree.
    FamilyHistory,
    /// Long-term high salt.
    Salt,
    /// Long-term heavy drinking: 白酒 ≥ 100 ml a day.
    Drinking,
}

/// What screening knows about one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Screening {
    /// The last day a pressure was recorded anywhere in the record.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub last_day: Option<Day>,
    pub last_pressure: Option<Pressure>,
    /// The different days of high readings since the last one that was not high.
    #[serde(default, with = "crate::domain::written_day::each")]
    pub high_days: BTreeSet<Day>,
    pub risk: BTreeSet<RiskFactor>,
}

impl Screening {
    /// Returns the facts after one more reading on `day`.
    ///
    /// One day with a high reading stays high even if a second reading is not: the national
    /// text counts days.
    #[must_use]
    pub fn with_reading(&self, day: Day, pressure: Pressure) -> Self {
        let mut after = self.clone();
        if is_high(pressure) {
            after.high_days.insert(day);
        } else if !after.high_days.contains(&day) {
            after.high_days.clear();
        }
        if after.last_day.is_none_or(|last| last <= day) {
            after.last_day = Some(day);
            after.last_pressure = Some(pressure);
        }
        after
    }

    /// Says whether the risk is high on `day` (HS3).
    pub fn is_high_risk(&self, birth: Day, day: Day) -> bool {
        let raised = |p: Pressure| !p.is_below(HIGH_NORMAL);
        !self.risk.is_empty()
            || self.last_pressure.is_some_and(raised)
            || HIGH_RISK_AGE <= age_years(birth, day)
    }
}

/// Says whether a pressure is high for a person not known hypertensive (HS2).
pub fn is_high(pressure: Pressure) -> bool {
    !pressure.is_below(HIGH)
}

/// Returns the risk factors measurements prove: BMI in kg/m², waist in cm.
pub fn measured_risk(
    bmi: Option<Decimal>,
    waist: Option<Decimal>,
    is_female: bool,
) -> BTreeSet<RiskFactor> {
    let limit = Decimal::from_int(if is_female { 85 } else { 90 });
    let mut risk = BTreeSet::new();
    if bmi.is_some_and(|bmi| Decimal::from_int(24) <= bmi) {
        risk.insert(RiskFactor::Overweight);
    }
    if waist.is_some_and(|waist| limit <= waist) {
        risk.insert(RiskFactor::Waist);
    }
    risk
}
