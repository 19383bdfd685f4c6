//! Cross-checks one form: names exist, options are unique, wordings complete, ranges sane.
//!
//! It reads no TOML; the lines it reports come with the form.

use std::collections::BTreeSet;

use super::read::ReadForm;
use crate::{
    catalog::Flaw,
    domain::{
        form::{Condition, Field, FormDef, Joint, Kind, Need, rules::RuleUse},
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
    let named = named.chain(&form.column);
    for key in named.filter(|key| form.field(key).is_none()) {
        report(1, format!("no field {key}"));
    }
    let referral = form.referral.as_ref();
    let is_known = |field: &str, code: &str| form.field(field)?.option(code);
    if referral.is_some_and(|r| is_known(&r.field, &r.code).is_none()) {
        report(1, "the referral names no field and option".to_owned());
    }
    for what in grid_faults(form) {
        report(1, what);
    }
    for (index, using) in form.rules.iter().enumerate() {
        let line = read.rule_lines.get(index).copied().unwrap_or(0);
        for what in rule_faults(form, using) {
            report(line, format!("{:?}{what}", using.rule));
        }
    }
}

/// What a sheet asks are typed fields of the form, a pair in one box side by side.
fn grid_faults(form: &FormDef) -> Vec<String> {
    let Some(grid) = &form.grid else {
        return Vec::new();
    };
    let typed = |field: &Field| !matches!(field.kind, Kind::Rows { .. } | Kind::Calc { .. });
    let asked = grid.head.iter().chain(&grid.columns);
    let unknown = asked.filter(|key| !form.field(key).is_some_and(typed));
    let mut faults: Vec<String> = unknown
        .map(|key| format!("the sheet has no field {key}"))
        .collect();
    let fields: Vec<&Field> = form.fields().collect();
    let pairs = fields.windows(2).filter_map(|two| match two {
        [first, second] if second.joint == Joint::Slash => Some((&first.key, &second.key)),
        _ => None,
    });
    for (first, second) in pairs {
        let place = |key: &String| grid.columns.iter().position(|column| column == key);
        if place(first).map(|at| at + 1) != place(second) {
            faults.push(format!("the sheet parts {first} and {second}"));
        }
    }
    faults
}

fn rule_faults(form: &FormDef, using: &RuleUse) -> Vec<String> {
    let mut faults = Vec::new();
    if using.of.len() != using.rule.arity() {
        faults.push(format!(" reads {} fields", using.rule.arity()));
    }
    let group = using.rows.as_ref().and_then(|key| form.field(key));
    let find = |key: &String| match group {
        Some(group) => group.columns().iter().find(|column| &column.key == key),
        None => form.field(key),
    };
    if using.rows.is_some() && group.is_none_or(|group| group.columns().is_empty()) {
        faults.push(": no such rows".to_owned());
    }
    let unknown = using.of.iter().filter(|key| find(key).is_none());
    faults.extend(unknown.map(|key| format!(": no field {key}")));
    let named = [(0, &using.codes), (1, &using.expected)];
    for (at, code) in named
        .iter()
        .flat_map(|(at, codes)| codes.iter().map(|c| (*at, c)))
    {
        let field = using.of.get(at).and_then(find);
        if field.is_none_or(|field| field.option(code).is_none()) {
            faults.push(format!(": no option {code}"));
        }
    }
    faults
}

fn field_faults(form: &FormDef, field: &Field) -> Vec<String> {
    let mut faults = own_faults(field);
    let exists = |key: &String| form.field(key).is_some();
    let mut names: Vec<&String> = field.reason.iter().chain(&field.target_of).collect();
    if let Some(calculation) = &field.calculation {
        names.extend(&calculation.of);
        let wanted = calculation.formula.arity();
        if wanted.is_some_and(|wanted| wanted != calculation.of.len()) {
            faults.push(format!(
                "{:?} reads another number of fields",
                calculation.formula
            ));
        }
    }
    let columns = form.column.as_ref().and_then(|key| form.field(key));
    for (column, _) in &field.by_column {
        if columns.and_then(|field| field.option(column)).is_none() {
            faults.push(format!("no column {column}"));
        }
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
    let columns = field.by_column.iter().flat_map(|(_, options)| options);
    let labels = field.options().iter().chain(columns).map(|o| &o.label);
    let mut labels = labels.chain([&field.label]).chain(&field.unit);
    if labels.any(is_incomplete) {
        faults.push("a wording lacks a language".to_owned());
    }
    let columns = field
        .by_column
        .iter()
        .map(|(_, options)| options.as_slice());
    for options in columns.chain([field.options()]) {
        let mut seen = BTreeSet::new();
        for option in options {
            if !seen.insert(&option.code) || option.code.is_empty() {
                faults.push(format!("option {} twice", option.code));
            }
        }
    }
    let digits = (0..field.options().len()).map(|index| field.digits_of(index));
    if digits.collect::<BTreeSet<String>>().len() != field.options().len() {
        faults.push("two options have the same digits".to_owned());
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
        let columns = field.columns().iter();
        let unknown = conditions_of(column)
            .into_iter()
            .flat_map(Condition::fields);
        let unknown = unknown.filter(|key| columns.clone().all(|other| &&other.key != key));
        faults.extend(unknown.map(|key| format!("{}: no column {key}", column.key)));
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
