//! How settings are written: shapes, definitions, and reading the clinic's own values over
//! the defaults.
//!
//! What a setting does is its rule's.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Settings;
use crate::domain::{
    text::{Label, Text, is_invisible},
    value::Decimal,
};

/// Words that stand for numbers in values.
const WORDS: &[(&str, i64)] = &[
    ("no", 0),
    ("yes", 1),
    ("none", 0),
    ("auto", 0),
    ("nip-2021", 2021),
    ("nip-2025", 2025),
    ("nip-2026", 2026),
    ("discharge", 0),
    ("delivery", 1),
    ("household", 0),
    ("person", 1),
    ("override", 0),
    ("never", 1),
];

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
    Hours,
    Minutes,
    /// `yes` or `no`.
    YesNo,
    /// A count of days, or `none`.
    DaysOrNone,
    /// `auto` or the key of an immunisation schedule, as `nip-2026`.
    Schedule,
    /// Two scores, `8,10`, the first not above the second.
    ScorePair,
    /// `discharge` or `delivery`.
    RateFrom,
    /// A count of persons or households.
    Count,
    /// A term in whole years.
    Term,
    /// Terms in whole years, `1,2,3`, rising.
    Terms,
    /// Yuan with up to two decimals.
    Yuan,
    /// `household` or `person`.
    Exclusive,
    /// `override` or `never`.
    HardCap,
    /// A line of text, as it is to be printed; may be empty.
    Line,
}

/// The most signs of a [`Shape::Line`].
pub const LONGEST_LINE: usize = 40;

impl Shape {
    const fn separator(self) -> Option<char> {
        match self {
            Self::Pressure => Some('/'),
            Self::MonthPair | Self::ScorePair | Self::Terms => Some(','),
            Self::Count
            | Self::Term
            | Self::Yuan
            | Self::Exclusive
            | Self::HardCap
            | Self::Line
            | Self::Days
            | Self::Months
            | Self::Years
            | Self::Times
            | Self::Hours
            | Self::Minutes
            | Self::YesNo
            | Self::DaysOrNone
            | Self::Schedule
            | Self::RateFrom
            | Self::Glucose => None,
        }
    }

    /// Returns the words a value may be; where there are no others, a number is none.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::YesNo => &["yes", "no"],
            Self::DaysOrNone => &["none"],
            Self::Schedule => &["auto", "nip-2021", "nip-2025", "nip-2026"],
            Self::RateFrom => &["discharge", "delivery"],
            Self::Exclusive => &["household", "person"],
            Self::HardCap => &["override", "never"],
            Self::Count
            | Self::Term
            | Self::Terms
            | Self::Yuan
            | Self::Line
            | Self::Days
            | Self::Months
            | Self::Years
            | Self::Times
            | Self::Hours
            | Self::Minutes
            | Self::Pressure
            | Self::Glucose
            | Self::MonthPair
            | Self::ScorePair => &[],
        }
    }

    /// Says whether a value is one of the words and never a number.
    pub const fn is_word(self) -> bool {
        matches!(
            self,
            Self::YesNo | Self::Schedule | Self::RateFrom | Self::Exclusive | Self::HardCap
        )
    }

    /// Returns the unit of its numbers, empty where they have none.
    pub const fn unit(self) -> Text {
        let (zh, en) = match self {
            Self::Days | Self::DaysOrNone => ("天", "days"),
            Self::Months | Self::MonthPair => ("个月", "months"),
            Self::Years => ("岁", "years"),
            Self::Times => ("次", "times"),
            Self::Hours => ("小时", "hours"),
            Self::Minutes => ("分钟", "minutes"),
            Self::Pressure => ("mmHg", "mmHg"),
            Self::Glucose => ("mmol/L", "mmol/L"),
            Self::ScorePair => ("分", "points"),
            Self::Term | Self::Terms => ("年", "years"),
            Self::Yuan => ("元", "yuan"),
            Self::YesNo
            | Self::Schedule
            | Self::RateFrom
            | Self::Exclusive
            | Self::HardCap
            | Self::Line
            | Self::Count => ("", ""),
        };
        Text { zh, en }
    }

    fn number(self, text: &str) -> Option<Decimal> {
        if self.words().contains(&text) {
            return number(text);
        }
        let is_word = WORDS.iter().any(|(word, _)| *word == text);
        if self.is_word() || is_word {
            return None;
        }
        number(text)
    }

    /// Reads a value of this shape into its numbers; a line of text has none.
    pub fn read(self, text: &str) -> Option<Vec<Decimal>> {
        if self == Self::Line {
            let is_line = !text.chars().any(|c| c.is_control() || is_invisible(c));
            return is_line.then(Vec::new);
        }
        let parts: Vec<&str> = match self.separator() {
            Some(separator) => text.split(separator).collect(),
            None => vec![text],
        };
        let is_pair = self.separator().is_some() && self != Self::Terms;
        if is_pair && parts.len() != 2 {
            return None;
        }
        let step = match self {
            Self::Glucose => 1,
            Self::Yuan => 10,
            _ => 1000,
        };
        parts
            .into_iter()
            .map(|part| self.number(part.trim()))
            .map(|number| number.filter(|n| n.thousandths() % step == 0))
            .collect()
    }
}

/// Returns the number a word stands for, or the text is.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let word = WORDS.iter().find(|(word, _)| *word == text);
    match word {
        Some((_, number)) => Some(Decimal::from_int(*number)),
        None => Decimal::from_str(text).ok(),
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

impl SettingDefinition {
    /// Says whether a value is the program's own, however it is written.
    pub fn is_default(&self, value: &str) -> bool {
        self.is_same(value, &self.default)
    }

    /// Says whether two values say the same, however they are written.
    pub fn is_same(&self, value: &str, other: &str) -> bool {
        match self.shape {
            Shape::Line => value.trim() == other.trim(),
            _ => self.shape.read(value) == self.shape.read(other),
        }
    }
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
    /// A line has more signs than fit on paper.
    TooLong {
        most: usize,
    },
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
            let told = match definition.shape {
                Shape::Line => settings.on_paper.set(&definition.key, value),
                _ => settings.set(&definition.key, &numbers),
            };
            told.ok_or(SettingFault::UnknownKey)
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
    if shape == Shape::Line && LONGEST_LINE < value.trim().chars().count() {
        let most = LONGEST_LINE;
        return Err(SettingFault::TooLong { most });
    }
    let lows = shape.read(&definition.low).unwrap_or_default();
    let highs = shape.read(&definition.high).unwrap_or_default();
    // Of a list every number lies between the same two.
    let bound = |bounds: &[Decimal], at: usize| bounds.get(at).or(bounds.last()).copied();
    let inside = numbers.iter().enumerate().all(|(at, n)| {
        let is_low = bound(&lows, at).is_some_and(|low| *n < low);
        let is_high = bound(&highs, at).is_some_and(|high| high < *n);
        !is_low && !is_high
    });
    if !inside {
        return Err(SettingFault::OutOfRange {
            low: definition.low.clone(),
            high: definition.high.clone(),
        });
    }
    let ordered = match (shape, numbers.as_slice()) {
        (Shape::Pressure, [sbp, dbp]) => dbp < sbp,
        (Shape::MonthPair | Shape::ScorePair, [first, second]) => first <= second,
        (Shape::Terms, terms) => terms.is_sorted_by(|one, next| one < next),
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
