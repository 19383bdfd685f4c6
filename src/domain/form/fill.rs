//! What a form fills by itself: carried, given, forced and calculated answers, 无异常, sharing.
//!
//! Nothing here overwrites what a person typed; measurements are never carried nor stated.

use std::collections::BTreeMap;

use super::{
    check::{check_value, is_asked},
    condition::{all_hold, is_given},
    context::{FormContext, Mark},
    definition::{Carry, Field, FormDef, Formula, Kind},
    problem::Severity,
    typed,
};
use crate::domain::value::{Answers, Decimal, Value};

/// Answers with how each came to stand there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filled {
    pub answers: Answers,
    pub marks: BTreeMap<String, Mark>,
}

impl Filled {
    /// Puts `value` into `field`, or empties the field.
    pub fn put(&mut self, field: &str, value: Option<Value>, mark: Mark) {
        if let Some(value) = value {
            self.answers.insert(field.to_owned(), value);
            self.marks.insert(field.to_owned(), mark);
        } else {
            self.answers.remove(field);
            self.marks.remove(field);
        }
    }

    /// Brings forced and calculated answers up to date after a change.
    pub fn settle(&mut self, form: &FormDef, context: &FormContext) {
        for field in form.fields() {
            let forced = forced_code(field, &self.answers, context).map(str::to_owned);
            let was_forced = self.marks.get(&field.key) == Some(&Mark::Forced);
            if let Some(code) = forced {
                self.put(&field.key, field.value_of(&[code]), Mark::Forced);
            } else if was_forced {
                let default = default_value(field, context);
                self.put(&field.key, default, Mark::Proposed);
            }
        }
        for field in form.fields() {
            if let Kind::Calc { .. } = field.kind {
                let value = calculated(field, &self.answers);
                self.put(&field.key, value, Mark::Calculated);
            }
        }
    }
}

/// Returns the form as it opens: given, carried and default answers, each with its mark.
pub fn opening(form: &FormDef, context: &FormContext) -> Filled {
    let mut filled = Filled::default();
    for field in form.fields() {
        let carried = match field.carry {
            Carry::Yes | Carry::WithTarget => context.last_answer(&field.key),
            Carry::Card | Carry::Target | Carry::Never => None,
        };
        let card = Some(&context.card)
            .filter(|_| field.carry == Carry::Card)
            .and_then(|card| card.get(&field.key));
        let found = [
            (context.given.get(&field.key), Mark::Proposed),
            (carried, Mark::Carried),
            (card, Mark::Card),
        ];
        let fitting = found.into_iter().find_map(|(value, mark)| {
            let value = value.filter(|value| is_given(value) && fits(field, value, context))?;
            Some((value.clone(), mark))
        });
        let fallback = || default_value(field, context).map(|value| (value, Mark::Proposed));
        if let Some((value, mark)) = fitting.or_else(fallback) {
            filled.put(&field.key, Some(value), mark);
        }
    }
    filled.settle(form, context);
    filled
}

/// Returns what 无异常 would add: the normal answer of every unmeasured question asked and open.
pub fn normal_answers(form: &FormDef, answers: &Answers, context: &FormContext) -> Answers {
    form.fields()
        .filter(|field| !field.normal.is_empty())
        .filter(|field| !answers.get(&field.key).is_some_and(is_given))
        .filter(|field| is_asked(field, answers, context))
        .filter_map(|field| Some((field.key.clone(), field.value_of(&field.normal)?)))
        .collect()
}

/// Returns what the answers of one form say about the shared fields of another.
pub fn shared(from: &FormDef, answers: &Answers, to: &FormDef) -> Answers {
    let name = |field: &Field| field.share.clone();
    let said: BTreeMap<String, &Value> = from
        .fields()
        .filter_map(|field| Some((name(field)?, answers.get(&field.key)?)))
        .collect();
    to.fields()
        .filter_map(|field| {
            let value = said.get(&name(field)?)?;
            Some((field.key.clone(), (*value).clone()))
        })
        .collect()
}

/// Returns the answers to fields that are asked, without the rest; what is recorded.
pub fn relevant(form: &FormDef, answers: &Answers, context: &FormContext) -> Answers {
    let mut kept = answers.clone();
    loop {
        let before = kept.len();
        let view = kept.clone();
        kept.retain(|key, value| {
            let field = form.field(key);
            is_given(value) && field.is_some_and(|field| is_asked(field, &view, context))
        });
        if kept.len() == before {
            return kept;
        }
    }
}

/// Returns the code other answers leave as the only one.
pub fn forced_code<'a>(
    field: &'a Field,
    answers: &Answers,
    context: &FormContext,
) -> Option<&'a str> {
    let force = field.force.as_ref()?;
    all_hold(&force.when, answers, context).then_some(force.to.as_str())
}

/// Returns the calculated value of a `calc` field, or none while something is missing.
pub fn calculated(field: &Field, answers: &Answers) -> Option<Value> {
    let Kind::Calc {
        formula,
        of,
        places,
    } = &field.kind
    else {
        return None;
    };
    let number = |key: &String| {
        let value = answers.get(key)?;
        let score = || value.code()?.parse::<i64>().ok().map(Decimal::from_int);
        value.number().or_else(score)
    };
    let numbers: Vec<Decimal> = of.iter().map(number).collect::<Option<_>>()?;
    let result = match formula {
        Formula::Bmi => {
            let [weight, height] = numbers.as_slice() else {
                return None;
            };
            bmi(*weight, *height)?
        }
        Formula::Sum => {
            Decimal::from_thousandths(numbers.iter().map(|n| n.thousandths()).sum::<i64>())
        }
    };
    Some(Value::Dec(result.rounded(*places)))
}

fn bmi(weight: Decimal, height: Decimal) -> Option<Decimal> {
    let (grams, tenths) = (
        i128::from(weight.thousandths()),
        i128::from(height.thousandths()),
    );
    // kg ÷ m² in thousandths: grams × 10⁴ × 10⁶ ÷ (height in thousandths of a cm)², half up.
    let square = tenths.checked_mul(tenths).filter(|square| *square > 0)?;
    let scaled = grams.checked_mul(10_000_000_000)?;
    let rounded = (scaled + square / 2).checked_div(square)?;
    i64::try_from(rounded).ok().map(Decimal::from_thousandths)
}

fn default_value(field: &Field, context: &FormContext) -> Option<Value> {
    let text = field.default.as_ref()?;
    match (&field.kind, text.as_str()) {
        (Kind::Date, "today") => Some(Value::Date(context.today)),
        (Kind::Date, "visit") => Some(Value::Date(context.visit)),
        _ => typed::parse(field, text, context.today).ok(),
    }
}

fn fits(field: &Field, value: &Value, context: &FormContext) -> bool {
    check_value(field, value, &Answers::new(), context)
        .iter()
        .all(|problem| problem.severity() == Severity::Soft)
}
