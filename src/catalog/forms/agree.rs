//! Cross-checks one form: names exist, options are unique, wordings complete, ranges sane.
//!
//! It reads no TOML; the lines it reports come with the form.

use std::collections::BTreeSet;

use super::read::ReadForm;
use crate::{
    catalog::Flaw,
    domain::{
        form::{Condition, Field, FormDef, Joint, Kind, Need},
        text::Label,
        value::Decimal,
    },
};

/// Adds every disagreement inside the form to `flaws`.
pub fn check(file: &str, read: &ReadForm, flaws: &mut Vec<Flaw>) {
    let form = &read.form;
    let mut report = |line: usize, what: String| {
        flaws.push(Flaw {
            file: file.to_owned(),
            line,
            what,
        });
    };
    let mut titles = form.sections.iter().map(|s| &s.title).chain([&form.title]);
    if titles.any(is_incomplete) {
        report(1, "a title lacks a language".to_owned());
    }
    let mut keys = BTreeSet::new();
    for (index, field) in form.fields().enumerate() {
        let line = read.field_lines.get(index).copied().unwrap_or(0);
        if !keys.insert(field.key.as_str()) {
            report(line, format!("field {} twice", field.key));
        }
        for what in field_faults(form, field) {
            report(line, format!("field {}: {what}", field.key));
        }
    }
    let named = form.ended_by.iter().chain(&form.visit_day);
    for key in named.filter(|key| form.field(key).is_none()) {
        report(1, format!("no field {key}"));
    }
    let referral = form.referral.as_ref();
    let is_known = |field: &str, code: &str| form.field(field)?.option(code);
    if referral.is_some_and(|r| is_known(&r.field, &r.code).is_none()) {
        report(1, "the referral names no field and option".to_owned());
    }
    for (index, using) in form.rules.iter().enumerate() {
        let line = read.rule_lines.get(index).copied().unwrap_or(0);
        if using.of.len() != using.rule.arity() {
            report(
                line,
                format!("{:?} reads {} fields", using.rule, using.rule.arity()),
            );
        }
        for key in using.of.iter().filter(|key| form.field(key).is_none()) {
            report(line, format!("{:?}: no field {key}", using.rule));
        }
        let first = using.of.first().and_then(|key| form.field(key));
        for code in &using.codes {
            if first.is_none_or(|field| field.option(code).is_none()) {
                report(line, format!("{:?}: no option {code}", using.rule));
            }
        }
    }
}

fn field_faults(form: &FormDef, field: &Field) -> Vec<String> {
    let mut faults = own_faults(field);
    let exists = |key: &String| form.field(key).is_some();
    let mut names: Vec<&String> = field.reason.iter().chain(&field.target_of).collect();
    if let Kind::Calc { of, .. } = &field.kind {
        names.extend(of);
    }
    names.extend(field.options().iter().filter_map(|o| o.text.as_ref()));
    let conditions = conditions_of(field);
    names.extend(conditions.iter().flat_map(|c| c.fields()));
    faults.extend(
        names
            .into_iter()
            .filter(|key| !exists(key))
            .map(|key| format!("no field {key}")),
    );
    for condition in conditions {
        if let Condition::Is(keys, codes) | Condition::IsNot(keys, codes) = condition {
            let named = keys.iter().filter_map(|key| form.field(key));
            for other in named.filter(|other| !other.options().is_empty()) {
                let unknown = codes.iter().filter(|code| other.option(code).is_none());
                faults.extend(unknown.map(|code| format!("no option {code} of {}", other.key)));
            }
        }
    }
    let first = form.fields().next().is_some_and(|f| f.key == field.key);
    if first && field.joint != Joint::Own {
        faults.push("nothing before it to join".to_owned());
    }
    faults
}

fn own_faults(field: &Field) -> Vec<String> {
    let mut faults = Vec::new();
    let labels = field.options().iter().map(|o| &o.label);
    let mut labels = labels.chain([&field.label]).chain(&field.unit);
    if labels.any(is_incomplete) {
        faults.push("a wording lacks a language".to_owned());
    }
    let mut seen = BTreeSet::new();
    for (index, option) in field.options().iter().enumerate() {
        if !seen.insert(field.digits_of(index)) || option.code.is_empty() {
            faults.push(format!("option {} twice", option.code));
        }
    }
    let is_number = matches!(field.kind, Kind::Int | Kind::Dec { .. } | Kind::Calc { .. });
    if !is_number && (field.hard.is_some() || field.soft.is_some() || field.change.is_some()) {
        faults.push("only numbers have ranges".to_owned());
    }
    if is_number && !matches!(field.kind, Kind::Calc { .. }) && field.hard.is_none() {
        faults.push("a number needs its hard range".to_owned());
    }
    if let (Some(hard), Some(soft)) = (field.hard, field.soft)
        && !(hard.holds(soft.low) && hard.holds(soft.high))
    {
        faults.push("soft range outside the hard one".to_owned());
    }
    let negative = |low: Decimal| low < Decimal::default();
    if field.hard.is_some_and(|hard| negative(hard.low)) {
        faults.push("negative numbers cannot be typed".to_owned());
    }
    for code in field.normal.iter().chain(field.force.iter().map(|f| &f.to)) {
        if field.option(code).is_none() {
            faults.push(format!("no option {code}"));
        }
    }
    for column in field.columns() {
        faults.extend(
            own_faults(column)
                .into_iter()
                .map(|f| format!("{}: {f}", column.key)),
        );
    }
    faults
}

fn conditions_of(field: &Field) -> Vec<&Condition> {
    let needs = match &field.need {
        Need::When(conditions) | Need::Asked(conditions) => conditions.as_slice(),
        Need::Required | Need::Optional => &[],
    };
    let force = field.force.iter().flat_map(|force| &force.when);
    field.shown.iter().chain(needs).chain(force).collect()
}

fn is_incomplete(label: &Label) -> bool {
    label.zh.trim().is_empty() || label.en.trim().is_empty()
}
