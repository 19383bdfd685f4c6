//! Checking a filled form: every problem at once, in the order of the fields.
//!
//! It never changes an answer; what the form fills by itself is `form::fill`.

use super::{
    condition::{Condition, all_hold, is_given},
    context::FormContext,
    definition::{Bound, Change, ChangeBy, Field, FormDef, Format, Kind, Need},
    fill,
    problem::{Fault, Problem, RowPlace, Severity},
    rules,
};
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::{Day, year_before},
    identity::{self, DocumentKind},
    phone::{self, PhonePlace},
    record_number::RecordNumber,
    text::is_invisible,
    value::{Answers, Decimal, Value},
};

/// Returns every problem of these answers that was not confirmed, in the order of the fields.
pub fn check(form: &FormDef, answers: &Answers, context: &FormContext) -> Vec<Problem> {
    let form = &*form.in_column(answers);
    let asked = |field: &Field| is_asked(field, answers, context);
    let ended = form.ended_by.iter().any(|key| answers.contains_key(key));
    let mut problems = Vec::new();
    for key in answers.keys() {
        if form.field(key).is_none() {
            problems.push(Problem::at(key, Fault::UnknownField));
        }
    }
    for field in form.fields() {
        let answer = answers.get(&field.key).filter(|value| is_given(value));
        match answer {
            Some(_) if !asked(field) => problems.push(Problem::at(&field.key, Fault::NotAsked)),
            Some(value) => problems.extend(check_value(field, value, answers, context)),
            None if form.saves_incomplete && !field.by_rules => {}
            None if !asked(field) || ended && !is_about_end(form, field) => {}
            None => problems.extend(lacks(form, field, answers, context)),
        }
    }
    let day = check_visit_day(form, context);
    problems.extend(day.filter(|problem| !problems.contains(problem)));
    let found = form.rules.iter();
    problems.extend(found.flat_map(|rule| rules::apply(rule, answers, context)));
    problems.retain(|p| {
        p.severity() == Severity::Hard || !context.confirmed.contains(&p.confirmation())
    });
    let place = |key: &str| form.fields().position(|field| field.key == key);
    problems.arrange_by_key(|problem| place(&problem.field));
    problems
}

/// Returns the required fields without an answer: what a card lists as 待补.
pub fn missing<'a>(form: &'a FormDef, answers: &Answers, context: &FormContext) -> Vec<&'a Field> {
    form.fields()
        .filter(|field| is_needed(field, answers, context))
        .filter(|field| !answers.get(&field.key).is_some_and(is_given))
        .collect()
}

/// Tells whether the field is asked at all.
pub fn is_asked(field: &Field, answers: &Answers, context: &FormContext) -> bool {
    all_hold(&field.shown, answers, context)
}

/// Tells whether the field is asked and an answer is expected.
pub fn is_needed(field: &Field, answers: &Answers, context: &FormContext) -> bool {
    let needed = match &field.need {
        Need::Required => true,
        Need::Optional => false,
        Need::When(conditions) | Need::Asked(conditions) => all_hold(conditions, answers, context),
    };
    needed && is_asked(field, answers, context)
}

fn lacks(
    form: &FormDef,
    field: &Field,
    answers: &Answers,
    context: &FormContext,
) -> Option<Problem> {
    let is_reason = form
        .fields()
        .any(|other| other.reason.as_ref() == Some(&field.key));
    let computed = field.by_rules || matches!(field.kind, Kind::Calc { .. });
    if computed || !is_needed(field, answers, context) {
        return None;
    }
    let fault = match field.need {
        Need::Asked(_) => Fault::NotMeasured,
        _ if is_reason => Fault::ReasonMissing,
        _ => Fault::Missing,
    };
    Some(Problem::at(&field.key, fault))
}

/// Tells whether the field belongs to what ends the questions: a cause beside its date.
fn is_about_end(form: &FormDef, field: &Field) -> bool {
    let needs = match &field.need {
        Need::When(conditions) => conditions.as_slice(),
        Need::Required | Need::Optional | Need::Asked(_) => &[],
    };
    let mut read = needs.iter().chain(&field.shown).flat_map(Condition::fields);
    read.any(|key| form.ended_by.contains(key))
}

/// Returns the problems of one answer, looked at with the others only for what they force.
pub fn check_value(
    field: &Field,
    value: &Value,
    answers: &Answers,
    context: &FormContext,
) -> Vec<Problem> {
    if let (Kind::Rows { columns, most }, Value::Rows(rows)) = (&field.kind, value) {
        return check_rows(field, columns, *most, rows, context);
    }
    let forced = fill::forced_code(field, answers, context)
        .filter(|code| value.code() != Some(*code))
        .map(|code| Fault::Forced {
            to: code.to_owned(),
        });
    let fault = match (&field.kind, value) {
        (Kind::Code(_), Value::Code(_)) | (Kind::Codes(_), Value::Codes(_)) => {
            code_fault(field, value.codes())
        }
        (Kind::Bool(_), Value::Bool(_)) | (Kind::Month, Value::Month(_)) => None,
        (Kind::Int, Value::Int(_)) | (Kind::Dec { .. }, Value::Dec(_) | Value::Int(_)) => {
            value.number().and_then(|n| number_fault(field, n, context))
        }
        (Kind::Calc { .. }, Value::Code(_)) => code_fault(field, value.codes()),
        (Kind::Calc { .. }, Value::Date(day)) => date_fault(field, *day, context),
        (Kind::Calc { .. }, _) => value
            .number()
            .map_or(Some(Fault::WrongKind), |n| number_fault(field, n, context)),
        (Kind::Text { most }, Value::Text(text)) => text_fault(field, *most, text, context.today),
        (Kind::Date, Value::Date(day)) => date_fault(field, *day, context),
        _ => Some(Fault::WrongKind),
    };
    forced
        .or(fault)
        .map(|fault| Problem::at(&field.key, fault))
        .into_iter()
        .collect()
}

fn check_rows(
    field: &Field,
    columns: &[Field],
    most: usize,
    rows: &[Answers],
    context: &FormContext,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if most < rows.len() {
        problems.push(Problem::at(&field.key, Fault::TooManyRows { most }));
    }
    for (index, row) in rows.iter().enumerate() {
        let at = |column: &str, fault| Problem {
            field: field.key.clone(),
            row: Some(RowPlace {
                index,
                column: column.to_owned(),
            }),
            fault,
        };
        for key in row.keys() {
            if !columns.iter().any(|column| &column.key == key) {
                problems.push(at(key, Fault::UnknownField));
            }
        }
        for column in columns {
            match row.get(&column.key).filter(|value| is_given(value)) {
                Some(value) => {
                    let found = check_value(column, value, row, context);
                    problems.extend(found.into_iter().map(|p| at(&column.key, p.fault)));
                }
                None if is_needed(column, row, context) => {
                    problems.push(at(&column.key, Fault::Missing));
                }
                None => {}
            }
        }
    }
    problems
}

fn code_fault(field: &Field, codes: &[String]) -> Option<Fault> {
    let unknown = |code: &&String| field.option(code).is_none();
    let twice = |code: &&String| codes.iter().filter(|other| other == code).count() > 1;
    if let Some(code) = codes.iter().find(|code| unknown(code) || twice(code)) {
        return Some(Fault::UnknownCode { code: code.clone() });
    }
    let alone = codes
        .iter()
        .find(|code| field.option(code).is_some_and(|option| option.exclusive));
    alone
        .filter(|_| codes.len() > 1)
        .map(|code| Fault::ExclusiveCode { code: code.clone() })
}

fn number_fault(field: &Field, number: Decimal, context: &FormContext) -> Option<Fault> {
    let outside = |range: &super::Range| !range.holds(number);
    if let Some(range) = field.hard.filter(outside) {
        return Some(Fault::OutOfRange(range));
    }
    if let Some(range) = field.soft.filter(outside) {
        return Some(Fault::Unusual(range));
    }
    let last = last_number(field, field.change?, context)?;
    let gain = number.thousandths() - last.thousandths();
    let too_far = match field.change?.by {
        ChangeBy::Percent(percent) => last.thousandths() * percent < gain.abs() * 100,
        ChangeBy::Units(units) => units.thousandths() < gain.abs(),
        ChangeBy::PerWeek(units) => {
            let last = context.last.as_ref()?.on;
            let days = context.visit.signed_duration_since(last).num_days().max(1);
            units.thousandths() * days < gain * 7
        }
    };
    too_far.then_some(Fault::Changed { last })
}

fn last_number(field: &Field, change: Change, context: &FormContext) -> Option<Decimal> {
    let card = context.card.get(&field.key).and_then(Value::number);
    let last = context.last.as_ref().filter(|last| {
        let days = context.visit.signed_duration_since(last.on).num_days();
        change.within.is_none_or(|most| days <= most)
    });
    last.and_then(|last| last.answers.get(&field.key)?.number())
        .or(card)
}

fn text_fault(field: &Field, most: usize, text: &str, today: Day) -> Option<Fault> {
    if most < text.chars().count() {
        return Some(Fault::TooLong { most });
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' || is_invisible(c))
    {
        return Some(Fault::HiddenSigns);
    }
    match field.format? {
        Format::Name => text
            .chars()
            .any(char::is_numeric)
            .then_some(Fault::NameHasDigits),
        Format::Digits => (!text.bytes().all(|b| b.is_ascii_digit())).then_some(Fault::NotDigits),
        Format::Phone => phone::check(PhonePlace::First, text)
            .err()
            .map(Fault::Phone),
        Format::SecondPhone => phone::check(PhonePlace::Second, text)
            .err()
            .map(Fault::Phone),
        Format::DisabilityCertificate => certificate_fault(text, today),
        Format::RecordNumber => text.parse::<RecordNumber>().err().map(Fault::Record),
    }
}

/// Twenty signs: an identity number, the category 1–7, the grade 1–4.
fn certificate_fault(text: &str, today: Day) -> Option<Fault> {
    let (Some(number), Some(tail)) = (text.get(..18), text.get(18..)) else {
        return Some(Fault::NotACertificate);
    };
    let ends_well = match tail.as_bytes() {
        [category, grade] => (b'1'..=b'7').contains(category) && (b'1'..=b'4').contains(grade),
        _ => false,
    };
    let fault = identity::check(DocumentKind::IdentityCard, number, today).err();
    fault
        .map(Fault::Identity)
        .or((!ends_well).then_some(Fault::NotACertificate))
}

fn date_fault(field: &Field, day: Day, context: &FormContext) -> Option<Fault> {
    let early = field.from.iter().find_map(|bound| {
        let limit = bound_day(*bound, context).filter(|limit| day < *limit)?;
        Some(Fault::TooEarly {
            bound: *bound,
            day: limit,
        })
    });
    let late = field.until.iter().find_map(|bound| {
        let limit = bound_day(*bound, context).filter(|limit| *limit < day)?;
        Some(Fault::TooLate {
            bound: *bound,
            day: limit,
        })
    });
    early.or(late)
}

fn bound_day(bound: Bound, context: &FormContext) -> Option<Day> {
    match bound {
        Bound::Birth => context.birth,
        Bound::YearBefore => Some(year_before(context.visit)),
        Bound::Entry => context.entered,
        Bound::Visit => Some(context.visit),
        Bound::Today => Some(context.today),
        Bound::Earliest => context.proposed.earliest,
        Bound::Latest => context.proposed.latest,
    }
}

/// Checks the day of the form itself (form rules §1.2 rule 2), also where no answer holds it.
fn check_visit_day(form: &FormDef, context: &FormContext) -> Option<Problem> {
    let field = form.field(form.visit_day.as_ref()?)?;
    let fault = date_fault(field, context.visit, context).or_else(|| {
        context
            .recorded_on
            .contains(&context.visit)
            .then_some(Fault::SameDay)
    })?;
    Some(Problem::at(&field.key, fault))
}
