//! The clinic's settings that rules read (rules §19): thresholds, intervals, tolerances.
//!
//! Holds what built rules use and nothing else. Defaults, ranges and labels stand in the
//! catalogue; numbers the national text fixes ( (national)) are constants beside their rule.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{text::Label, value::Decimal};

/// A blood pressure or a limit for one, in mmHg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pressure {
    pub sbp: u32,
    pub dbp: u32,
}

impl Pressure {
    /// Returns the pressure `sbp`/`dbp`.
    pub const fn new(sbp: u32, dbp: u32) -> Self {
        Self { sbp, dbp }
    }

    /// Says whether both values are strictly below the limit (rules §3.2).
    pub const fn is_below(self, limit: Self) -> bool {
        self.sbp < limit.sbp && self.dbp < limit.dbp
    }
}

/// Every setting a built rule reads. Days and months are counts; see rules §19 for the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `htn.target`
    pub htn_target: Pressure,
    /// `htn.target_elderly`
    pub htn_target_elderly: Pressure,
    /// `htn.elderly_age`, full years
    pub htn_elderly_age: u32,
    /// `htn.routine_months`
    pub htn_routine_months: u32,
    /// `htn.unsat_days`
    pub htn_unsat_days: u32,
    /// `dm.fbg_target`, mmol/L
    pub dm_fbg_target: Decimal,
    /// `dm.routine_months`
    pub dm_routine_months: u32,
    /// `dm.unsat_days`
    pub dm_unsat_days: u32,
    /// `preg.pressure`: from here a pregnant or lactating woman's pressure is above normal
    pub preg_pressure: Pressure,
    /// `preg.fbg`, mmol/L: from here a pregnant woman's fasting glucose is above normal
    pub preg_fbg: Decimal,
    /// `lact.fbg`, mmol/L: the same while lactating
    pub lact_fbg: Decimal,
    /// `routine.early_days`
    pub routine_early_days: u32,
    /// `routine.late_days`
    pub routine_late_days: u32,
    /// `enrol.first_months`, first number: due
    pub enrol_first_due_months: u32,
    /// `enrol.first_months`, second number: latest
    pub enrol_first_latest_months: u32,
    /// `referral.again_days` (R4)
    pub referral_again_days: u32,
    /// `retry.routine_days` (U1)
    pub retry_routine_days: u32,
    /// `retry.short_days` (U2)
    pub retry_short_days: u32,
    /// `retry.refused_days` (U4, U6)
    pub retry_refused_days: u32,
    /// `lost.attempts` (U3)
    pub lost_attempts: u32,
    /// `lost.trace_months` (U3)
    pub lost_trace_months: u32,
    /// `lead_days`
    pub lead_days: u32,
    /// `lead_days_annual`
    pub lead_days_annual: u32,
}

impl Default for Settings {
    /// Returns the defaults of rules §19; a test holds the catalogue to the same values.
    fn default() -> Self {
        Self {
            htn_target: Pressure::new(140, 90),
            htn_target_elderly: Pressure::new(150, 90),
            htn_elderly_age: 65,
            htn_routine_months: 3,
            htn_unsat_days: 14,
            dm_fbg_target: Decimal::from_int(7),
            dm_routine_months: 3,
            dm_unsat_days: 14,
            preg_pressure: Pressure::new(140, 90),
            preg_fbg: Decimal::from_thousandths(5100),
            lact_fbg: Decimal::from_thousandths(6100),
            routine_early_days: 14,
            routine_late_days: 14,
            enrol_first_due_months: 1,
            enrol_first_latest_months: 3,
            referral_again_days: 7,
            retry_routine_days: 7,
            retry_short_days: 3,
            retry_refused_days: 14,
            lost_attempts: 3,
            lost_trace_months: 1,
            lead_days: 7,
            lead_days_annual: 30,
        }
    }
}

/// How a setting is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Days,
    Months,
    Years,
    Times,
    /// `140/90` in mmHg.
    Pressure,
    /// mmol/L with one decimal.
    Glucose,
    /// Two counts of months, `1,3`, the first not above the second.
    MonthPair,
}

impl Shape {
    const fn separator(self) -> Option<char> {
        match self {
            Self::Pressure => Some('/'),
            Self::MonthPair => Some(','),
            Self::Days | Self::Months | Self::Years | Self::Times | Self::Glucose => None,
        }
    }

    /// Reads a value of this shape into its numbers.
    pub fn read(self, text: &str) -> Option<Vec<Decimal>> {
        let parts: Vec<&str> = match self.separator() {
            Some(separator) => text.split(separator).collect(),
            None => vec![text],
        };
        if self.separator().is_some() && parts.len() != 2 {
            return None;
        }
        let whole = !matches!(self, Self::Glucose);
        parts
            .into_iter()
            .map(|part| Decimal::from_str(part.trim()).ok())
            .map(|number| number.filter(|n| !whole || n.thousandths() % 1000 == 0))
            .collect()
    }
}

/// One setting as the catalogue defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingDefinition {
    pub key: String,
    pub shape: Shape,
    pub default: String,
    /// The smallest allowed value, written like the default.
    pub low: String,
    /// The largest allowed value, written like the default.
    pub high: String,
    pub label: Label,
}

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFault {
    UnknownKey,
    /// The text has not the shape the definition asks for.
    NotReadable,
    OutOfRange {
        low: String,
        high: String,
    },
    /// The two numbers stand in the wrong order.
    WrongOrder,
}

/// A setting that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingProblem {
    pub key: String,
    pub value: String,
    pub fault: SettingFault,
}

/// Builds the settings from the clinic's own `pairs` (key → text) over the defaults.
/// All problems are reported at once.
pub fn read(
    definitions: &[SettingDefinition],
    pairs: &BTreeMap<String, String>,
) -> Result<Settings, Vec<SettingProblem>> {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for definition in definitions {
        let value = pairs.get(&definition.key).unwrap_or(&definition.default);
        let outcome = check(definition, value).and_then(|numbers| {
            settings
                .set(&definition.key, &numbers)
                .ok_or(SettingFault::UnknownKey)
        });
        if let Err(fault) = outcome {
            problems.push(problem(&definition.key, value, fault));
        }
    }
    for (key, value) in pairs {
        if !definitions.iter().any(|d| d.key == *key) {
            problems.push(problem(key, value, SettingFault::UnknownKey));
        }
    }
    if problems.is_empty() {
        Ok(settings)
    } else {
        Err(problems)
    }
}

/// Checks one value against its definition and returns its numbers.
pub fn check(definition: &SettingDefinition, value: &str) -> Result<Vec<Decimal>, SettingFault> {
    let shape = definition.shape;
    let numbers = shape.read(value).ok_or(SettingFault::NotReadable)?;
    let lows = shape.read(&definition.low).unwrap_or_default();
    let highs = shape.read(&definition.high).unwrap_or_default();
    let inside = numbers
        .iter()
        .zip(lows.iter().zip(&highs))
        .all(|(n, (low, high))| low <= n && n <= high);
    if !inside {
        return Err(SettingFault::OutOfRange {
            low: definition.low.clone(),
            high: definition.high.clone(),
        });
    }
    let ordered = match (shape, numbers.as_slice()) {
        (Shape::Pressure, [sbp, dbp]) => dbp < sbp,
        (Shape::MonthPair, [first, second]) => first <= second,
        _ => true,
    };
    if ordered {
        Ok(numbers)
    } else {
        Err(SettingFault::WrongOrder)
    }
}

fn problem(key: &str, value: &str, fault: SettingFault) -> SettingProblem {
    SettingProblem {
        key: key.to_owned(),
        value: value.to_owned(),
        fault,
    }
}

impl Settings {
    /// Puts the numbers of one key in place; `None` for a key no rule reads.
    fn set(&mut self, key: &str, numbers: &[Decimal]) -> Option<()> {
        let count = |place: usize| {
            let number = numbers.get(place)?;
            u32::try_from(number.thousandths() / 1000).ok()
        };
        let pressure = || Some(Pressure::new(count(0)?, count(1)?));
        match key {
            "htn.target" => self.htn_target = pressure()?,
            "htn.target_elderly" => self.htn_target_elderly = pressure()?,
            "htn.elderly_age" => self.htn_elderly_age = count(0)?,
            "htn.routine_months" => self.htn_routine_months = count(0)?,
            "htn.unsat_days" => self.htn_unsat_days = count(0)?,
            "dm.fbg_target" => self.dm_fbg_target = *numbers.first()?,
            "dm.routine_months" => self.dm_routine_months = count(0)?,
            "dm.unsat_days" => self.dm_unsat_days = count(0)?,
            "preg.pressure" => self.preg_pressure = pressure()?,
            "preg.fbg" => self.preg_fbg = *numbers.first()?,
            "lact.fbg" => self.lact_fbg = *numbers.first()?,
            "routine.early_days" => self.routine_early_days = count(0)?,
            "routine.late_days" => self.routine_late_days = count(0)?,
            "enrol.first_months" => {
                self.enrol_first_due_months = count(0)?;
                self.enrol_first_latest_months = count(1)?;
            }
            "referral.again_days" => self.referral_again_days = count(0)?,
            "retry.routine_days" => self.retry_routine_days = count(0)?,
            "retry.short_days" => self.retry_short_days = count(0)?,
            "retry.refused_days" => self.retry_refused_days = count(0)?,
            "lost.attempts" => self.lost_attempts = count(0)?,
            "lost.trace_months" => self.lost_trace_months = count(0)?,
            "lead_days" => self.lead_days = count(0)?,
            "lead_days_annual" => self.lead_days_annual = count(0)?,
            _ => return None,
        }
        Some(())
    }
}
