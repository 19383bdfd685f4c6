//! Small parts of a form file: conditions, units, numbers, and what a measurement supplies.
//!
//! They report no faults themselves; `read` does, with the line.

use super::written::{
    ChangePart, ConditionPart, FieldPart, MeasurePart, NamesPart, NumberPart, UnitPart,
};
use crate::domain::{
    form::{Change, Choice, Condition, definition::ChangeBy},
    text::Label,
    value::Decimal,
};

/// Takes from a shared measurement what the field does not say itself.
pub fn take_measure(part: &mut FieldPart, measure: MeasurePart) {
    part.label.get_or_insert(measure.label);
    part.unit.get_or_insert(measure.unit);
    part.hard.get_or_insert(measure.hard);
    part.soft.get_or_insert(measure.soft);
    part.change = part.change.or(measure.change);
    if part.short.is_empty() && part.target_of.is_none() {
        part.short = measure.short;
    }
}

/// Reads one condition; none unless it makes exactly one test.
pub fn condition(part: ConditionPart) -> Option<Condition> {
    let names = part.field.map(|names| match names {
        NamesPart::One(name) => vec![name],
        NamesPart::Any(names) => names,
    });
    let mut found = Vec::new();
    if let Some(names) = names {
        let n = || names.clone();
        found.extend(part.is.map(|codes| Condition::Is(n(), codes)));
        found.extend(part.not.map(|codes| Condition::IsNot(n(), codes)));
        let given = |given: bool| {
            if given {
                Condition::Given(n())
            } else {
                Condition::NotGiven(n())
            }
        };
        found.extend(part.given.map(given));
        let above = part.above.and_then(decimal);
        found.extend(above.map(|limit| Condition::Above(n(), limit)));
        let below = part.below.and_then(decimal);
        found.extend(below.map(|limit| Condition::Below(n(), limit)));
        let first = names.first().filter(|_| part.overridden == Some(true));
        found.extend(first.map(|name| Condition::Overrides(name.clone())));
    }
    found.extend(part.age_from.map(Condition::AgeFrom));
    found.extend(part.age_below.map(Condition::AgeBelow));
    found.extend(part.sex.map(Condition::Sex));
    found.extend(part.group.map(Condition::Group));
    let stated = |part: Option<bool>, condition| part.filter(|stated| *stated).map(|_| condition);
    found.extend(stated(part.first_of_year, Condition::FirstOfYear));
    found.extend(stated(part.labs_2025, Condition::Labs2025));
    found.pop().filter(|_| found.is_empty())
}

/// Reads how far a value may differ from the last; none unless it is said in exactly one way.
pub fn change(part: ChangePart) -> Option<Change> {
    let by = match (
        part.percent,
        part.units.map(decimal),
        part.per_week.map(decimal),
    ) {
        (Some(percent), None, None) => ChangeBy::Percent(percent),
        (None, Some(Some(units)), None) => ChangeBy::Units(units),
        (None, None, Some(Some(units))) => ChangeBy::PerWeek(units),
        _ => return None,
    };
    Some(Change {
        by,
        within: part.within_days,
    })
}

/// Reads a list of `[code, zh, en, text field]`; none where one of them is another shape. `*` in
/// the name of the text field stands for `key`.
pub fn choices(listed: &[Vec<String>], key: &str, exclusive: &[String]) -> Option<Vec<Choice>> {
    let one = |option: &Vec<String>| {
        let (code, zh, en, text) = match option.as_slice() {
            [code, zh, en] => (code, zh, en, None),
            [code, zh, en, text] => (code, zh, en, Some(text.replace('*', key))),
            _ => return None,
        };
        Some(Choice {
            code: code.clone(),
            label: Label {
                zh: zh.clone(),
                en: en.clone(),
            },
            exclusive: exclusive.contains(code),
            text,
        })
    };
    listed.iter().map(one).collect()
}

/// Returns a unit in both languages.
pub fn unit_label(part: UnitPart) -> Label {
    match part {
        UnitPart::Pair(label) => label,
        UnitPart::Sign(sign) => Label {
            zh: sign.clone(),
            en: sign,
        },
    }
}

/// Returns a number as it was written.
pub fn decimal(part: NumberPart) -> Option<Decimal> {
    match part {
        NumberPart::Whole(n) => Some(Decimal::from_int(n)),
        NumberPart::Fraction(n) => n.to_string().parse().ok(),
    }
}
