//! A form as one row of a paper sheet: which columns the sheet has, and what is said once for
//! all its rows.
//!
//! The form itself says both (`[grid]` in its file). What a row leaves out is stated or carried
//! as in the form, never left unasked.

use super::{
    context::FormContext,
    definition::{Carry, Choice, Field, FormDef, Joint, Kind, Need, Section},
};
use crate::domain::{
    day::Day,
    text::Label,
    value::{Answers, Value},
};

/// How a form stands on a paper sheet of many people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Fields answered once for the sheet, each row free to differ.
    pub head: Vec<String>,
    /// Fields with a column of their own, in the order of the sheet.
    pub columns: Vec<String>,
}

/// The question of the head that states what stands in no column.
const REST: &str = "rest";
/// All was asked and is normal.
const ALL_NORMAL: &str = "2";

/// What is said once for a whole sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHead {
    pub day: Day,
    /// What every row proposes, by field key.
    pub given: Answers,
    /// Whether every unmeasured question was asked of everybody and is normal where the row
    /// says nothing else.
    pub all_normal: bool,
}

/// Returns the questions asked once for a sheet of `form`, as a form of their own.
pub fn head_of(form: &FormDef) -> FormDef {
    let asked = form.grid.as_ref().map_or(&[][..], |grid| &grid.head);
    let mut fields: Vec<Field> = asked
        .iter()
        .filter_map(|key| form.field(key))
        .map(alone)
        .collect();
    if form.fields().any(|field| !field.normal.is_empty()) {
        fields.push(rest());
    }
    FormDef {
        id: form.id.clone(),
        edition: form.edition.clone(),
        title: form.title.clone(),
        visit_day: None,
        saves_incomplete: false,
        ended_by: Vec::new(),
        in_sections: false,
        column: None,
        referral: None,
        sections: vec![Section {
            title: label("整张登记", "The whole sheet"),
            fields,
        }],
        rules: Vec::new(),
        grid: None,
    }
}

/// Reads what was answered once for a sheet of `form`.
pub fn told(form: &FormDef, answers: &Answers, context: &FormContext) -> SheetHead {
    let mut given = answers.clone();
    let rest = given.remove(REST);
    let day = form.visit_day.as_ref().and_then(|key| given.get(key));
    SheetHead {
        day: day.and_then(Value::date).unwrap_or(context.visit),
        all_normal: rest.as_ref().and_then(Value::code) == Some(ALL_NORMAL),
        given,
    }
}

/// The field without what ties it to others of its form.
fn alone(field: &Field) -> Field {
    Field {
        shown: Vec::new(),
        need: match field.need {
            Need::Required => Need::Required,
            Need::Optional | Need::When(_) | Need::Asked(_) => Need::Optional,
        },
        force: None,
        normal: Vec::new(),
        carry: Carry::Never,
        share: None,
        by_rules: false,
        reason: None,
        joint: Joint::Own,
        target_of: None,
        calculation: None,
        ..field.clone()
    }
}

fn rest() -> Field {
    let option = |code: &str, zh: &str, en: &str| Choice {
        code: code.to_owned(),
        label: label(zh, en),
        exclusive: false,
        text: None,
    };
    Field {
        key: REST.to_owned(),
        label: label("其余各项", "All else"),
        kind: Kind::Code(vec![
            option("1", "逐行填", "row by row"),
            option(ALL_NORMAL, "每人都问过，无异常", "asked of all, normal"),
        ]),
        unit: None,
        hard: None,
        soft: None,
        change: None,
        shown: Vec::new(),
        need: Need::Required,
        force: None,
        default: None,
        normal: Vec::new(),
        carry: Carry::Never,
        share: None,
        short: Vec::new(),
        by_rules: false,
        reason: None,
        from: Vec::new(),
        until: Vec::new(),
        format: None,
        joint: Joint::Own,
        target_of: None,
        calculation: None,
        by_column: Vec::new(),
    }
}

fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
