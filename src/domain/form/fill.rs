//! What a form fills by itself: carried, given, forced and calculated answers, 无异常, sharing.
//!
//! Nothing here overwrites what a person typed; measurements are never carried nor stated.

use std::collections::BTreeMap;

use super::{
    calc::calculated,
    check::{check_value, is_asked},
    condition::{all_hold, is_given},
    context::{FormContext, Mark},
    definition::{Carry, Field, FormDef, Kind},
    problem::Severity,
    typed,
};
use crate::domain::value::{Answers, Value};

/// How long a measurement may be used on another form (form rules F10).
const RECENT_DAYS: i64 = 30;

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

    /// Tells whether a calculation may stand in the field: nobody answered it.
    fn is_free(&self, field: &Field) -> bool {
        let computed = matches!(field.kind, Kind::Calc { .. });
        let answered = self.answers.contains_key(&field.key);
        computed || !answered || self.marks.get(&field.key) == Some(&Mark::Calculated)
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
            if field.calculation.is_some() && self.is_free(field) {
                let value = calculated(field, &self.answers, context);
                self.put(&field.key, value, Mark::Calculated);
            }
        }
    }
}

/// Returns the form as it opens: given, carried and default answers, each with its mark.
pub fn opening(form: &FormDef, context: &FormContext) -> Filled {
    let mut filled = Filled::default();
    let is_proposed = |field: &&Field| !context.unproposed.contains(&field.key);
    for field in form.fields().filter(is_proposed) {
        let carried = match field.carry {
            Carry::Yes | Carry::WithTarget => context.last_answer(&field.key),
            Carry::Recent | Carry::Earlier => said_before(field, context),
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

/// Returns what was said before under the field's shared name, as far as it still counts.
fn said_before<'a>(field: &Field, context: &'a FormContext) -> Option<&'a Value> {
    let said = context.said.get(field.share.as_ref()?)?;
    let days = context.visit.signed_duration_since(said.on).num_days();
    let counts = match field.carry {
        Carry::Recent => days <= RECENT_DAYS,
        _ => context.entered.is_none_or(|entered| entered <= said.on),
    };
    (counts && 0 <= days).then_some(&said.value)
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
