//! The shape of a form file as it is written in TOML.
//!
//! Only serde types; turning them into a `FormDef` is `read`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalog::source::Placed;
use crate::domain::{
    form::{Bound, Carry, Format, Formula, Joint, definition::Referral, rules::Rule},
    text::Label,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    pub id: String,
    pub edition: String,
    pub title: Label,
    pub visit_day: Option<String>,
    pub referral: Option<Referral>,
    #[serde(default)]
    pub saves_incomplete: bool,
    #[serde(default)]
    pub in_sections: bool,
    pub column: Option<String>,
    #[serde(default)]
    pub ended_by: Vec<String>,
    pub grid: Option<GridPart>,
    /// Option lists that several fields use.
    #[serde(default)]
    pub options: BTreeMap<String, Vec<Vec<String>>>,
    pub section: Vec<SectionPart>,
    #[serde(default)]
    pub rule: Vec<Placed<RulePart>>,
}

/// The form on a paper sheet: what is said once, and the columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridPart {
    pub head: Vec<String>,
    pub columns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionPart {
    pub title: Label,
    pub field: Vec<Placed<FieldPart>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePart {
    pub name: Rule,
    pub of: Vec<String>,
    #[serde(default)]
    pub codes: Vec<String>,
    #[serde(default)]
    pub expected: Vec<String>,
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub rows: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    Code,
    Codes,
    Bool,
    Int,
    Dec,
    Text,
    Date,
    Month,
    Rows,
    Calc,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldPart {
    pub key: String,
    pub label: Option<Label>,
    /// A shared measurement, from which kind, unit, ranges and short names come.
    pub measure: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<KindName>,
    pub places: Option<u8>,
    pub most: Option<usize>,
    pub unit: Option<UnitPart>,
    pub hard: Option<Vec<NumberPart>>,
    pub soft: Option<Vec<NumberPart>>,
    pub change: Option<ChangePart>,
    /// A list `[code, zh, en, text field]`, or the name of one in `[options]`.
    pub options: Option<OptionsPart>,
    /// The named option list of each column of the paper, instead.
    #[serde(default)]
    pub options_by: BTreeMap<String, String>,
    #[serde(default)]
    pub exclusive: Vec<String>,
    #[serde(default)]
    pub shown: Vec<ConditionPart>,
    pub required: Option<RequiredPart>,
    /// Asked about once rather than required.
    pub asked: Option<Vec<ConditionPart>>,
    pub force: Option<ForcePart>,
    pub default: Option<String>,
    #[serde(default)]
    pub normal: Vec<String>,
    #[serde(default)]
    pub carry: Carry,
    pub share: Option<String>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub by_rules: bool,
    pub reason: Option<String>,
    #[serde(default)]
    pub from: Vec<Bound>,
    #[serde(default)]
    pub until: Vec<Bound>,
    pub format: Option<Format>,
    #[serde(default)]
    pub joint: Joint,
    pub target_of: Option<String>,
    pub formula: Option<Formula>,
    #[serde(default)]
    pub of: Vec<String>,
    #[serde(default)]
    pub column: Vec<FieldPart>,
}

/// A shared measurement of `measures.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasurePart {
    pub label: Label,
    #[serde(rename = "type")]
    pub kind: KindName,
    pub places: Option<u8>,
    pub unit: UnitPart,
    pub hard: Vec<NumberPart>,
    pub soft: Vec<NumberPart>,
    pub change: Option<ChangePart>,
    #[serde(default)]
    pub short: Vec<String>,
}

/// A unit: one sign for both languages, or a pair.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum UnitPart {
    Sign(String),
    Pair(Label),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub enum NumberPart {
    Whole(i64),
    Fraction(f64),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePart {
    pub percent: Option<i64>,
    pub units: Option<NumberPart>,
    pub per_week: Option<NumberPart>,
    pub within_days: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum OptionsPart {
    Named(String),
    Listed(Vec<Vec<String>>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RequiredPart {
    Always(bool),
    When(Vec<ConditionPart>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForcePart {
    pub to: String,
    pub when: Vec<ConditionPart>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionPart {
    pub field: Option<NamesPart>,
    pub is: Option<Vec<String>>,
    pub not: Option<Vec<String>>,
    pub given: Option<bool>,
    pub above: Option<NumberPart>,
    pub below: Option<NumberPart>,
    pub overridden: Option<bool>,
    pub age_from: Option<u32>,
    pub age_below: Option<u32>,
    pub sex: Option<Vec<String>>,
    pub group: Option<Vec<String>>,
    pub first_of_year: Option<bool>,
    pub labs_2025: Option<bool>,
}

/// One name, or several of which one is enough.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum NamesPart {
    One(String),
    Any(Vec<String>),
}
