//! When a field is asked, needed or fixed: conditions on other answers, age, sex and proposals.
//!
//! A list of conditions holds when all do; there is no nesting, anything more is a named rule.

use chrono::Datelike;

use super::{calc::is_first_of_year, context::FormContext};
use crate::domain::{
    day::age_years,
    value::{Answers, Decimal, Value},
};

/// One condition. Where several fields are named, one that satisfies it is enough.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Answered with one of these codes (a bool counts as `1` no, `2` yes).
    Is(Vec<String>, Vec<String>),
    /// Answered, and with none of these codes.
    IsNot(Vec<String>, Vec<String>),
    Given(Vec<String>),
    NotGiven(Vec<String>),
    Above(Vec<String>, Decimal),
    Below(Vec<String>, Decimal),
    /// The answer departs from what the rules proposed.
    Overrides(String),
    /// Full years of age on the day of the form, from this one on.
    AgeFrom(u32),
    AgeBelow(u32),
    Sex(Vec<String>),
    /// The person is managed in one of these programmes, by code.
    Group(Vec<String>),
    /// No other record of this form stands in the year of this one.
    FirstOfYear,
    /// The form is of 2025 or later, and the clinic asks the tests added then.
    Labs2025,
}

impl Condition {
    /// Returns the fields the condition reads.
    pub fn fields(&self) -> &[String] {
        match self {
            Self::Is(fields, _)
            | Self::IsNot(fields, _)
            | Self::Given(fields)
            | Self::NotGiven(fields)
            | Self::Above(fields, _)
            | Self::Below(fields, _) => fields,
            Self::Overrides(field) => std::slice::from_ref(field),
            Self::AgeFrom(_)
            | Self::AgeBelow(_)
            | Self::Sex(_)
            | Self::Group(_)
            | Self::FirstOfYear
            | Self::Labs2025 => &[],
        }
    }

    /// Tells whether the condition holds for these answers. An unknown age or sex does not.
    pub fn holds(&self, answers: &Answers, context: &FormContext) -> bool {
        let any = |fields: &[String], test: &dyn Fn(&Value) -> bool| {
            fields.iter().any(|key| answers.get(key).is_some_and(test))
        };
        let age = context.birth.map(|birth| age_years(birth, context.visit));
        match self {
            Self::Is(fields, codes) => any(fields, &|value| has_code(value, codes)),
            Self::IsNot(fields, codes) => any(fields, &|value| !has_code(value, codes)),
            Self::Given(fields) => any(fields, &is_given),
            Self::NotGiven(fields) => !any(fields, &is_given),
            Self::Above(fields, limit) => {
                any(fields, &|value| value.number().is_some_and(|n| *limit < n))
            }
            Self::Below(fields, limit) => {
                any(fields, &|value| value.number().is_some_and(|n| n < *limit))
            }
            Self::Overrides(field) => context.is_overridden(field, answers.get(field)),
            Self::AgeFrom(years) => age.is_some_and(|age| *years <= age),
            Self::AgeBelow(years) => age.is_some_and(|age| age < *years),
            Self::Sex(codes) => context.sex.as_ref().is_some_and(|sex| codes.contains(sex)),
            Self::Group(codes) => codes.iter().any(|code| context.groups.contains(code)),
            Self::FirstOfYear => is_first_of_year(context.visit, &context.recorded_on),
            Self::Labs2025 => context.settings.elderly_labs_2025 && 2025 <= context.visit.year(),
        }
    }
}

/// Tells whether all conditions hold.
pub fn all_hold(conditions: &[Condition], answers: &Answers, context: &FormContext) -> bool {
    conditions.iter().all(|c| c.holds(answers, context))
}

/// Tells whether a value says anything: not an empty text, list or table.
pub fn is_given(value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.trim().is_empty(),
        Value::Codes(codes) => !codes.is_empty(),
        Value::Rows(rows) => !rows.is_empty(),
        Value::Bool(_)
        | Value::Code(_)
        | Value::Int(_)
        | Value::Dec(_)
        | Value::Date(_)
        | Value::Month(_) => true,
    }
}

/// Tells whether a value is or holds one of these codes; a bool counts as `1` no, `2` yes.
pub fn has_code(value: &Value, codes: &[String]) -> bool {
    match value {
        Value::Bool(yes) => codes
            .iter()
            .any(|code| code == if *yes { "2" } else { "1" }),
        Value::Int(n) => codes.contains(&n.to_string()),
        _ => value.codes().iter().any(|code| codes.contains(code)),
    }
}
