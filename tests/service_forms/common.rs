//! The rules all forms share, held against every form of the catalogue.

use cunyi::{
    catalog::Catalog,
    domain::{
        day::plus_days,
        form::{
            Fault, Field, FormContext, FormDef, Kind,
            check::{check, check_value},
        },
        value::{Answers, Decimal, Value},
        visit::{VISIT_FORMS, VisitForm},
    },
};

use super::examples;

fn forms() -> Vec<FormDef> {
    Catalog::check().unwrap()
}

fn context() -> FormContext {
    let day = "2026-03-10".parse().unwrap();
    FormContext::on(day, day)
}

/// Every field and every column of a form.
fn all_fields(form: &FormDef) -> Vec<&Field> {
    let columns = form.fields().flat_map(Field::columns);
    form.fields().chain(columns).collect()
}

fn code_of(field: &Field, value: &Value) -> Option<&'static str> {
    let found = check_value(field, value, &Answers::new(), &context());
    found.first().map(|problem| problem.fault.code())
}

fn number(field: &Field, number: Decimal) -> Value {
    match field.kind {
        Kind::Int => Value::Int(number.thousandths() / 1000),
        _ => Value::Dec(number),
    }
}

/// The smallest step a field can be typed in, in thousandths.
fn step(field: &Field) -> i64 {
    10_i64.pow(3 - u32::from(field.places()))
}

#[test]
fn a_number_outside_its_hard_range_is_refused_and_at_its_ends_taken() {
    for form in forms() {
        for field in all_fields(&form) {
            let Some(range) = field.hard else { continue };
            let (low, high) = (range.low.thousandths(), range.high.thousandths());
            for (at, wanted) in [
                (low - step(field), false),
                (low, true),
                (high, true),
                (high + step(field), false),
            ] {
                let value = number(field, Decimal::from_thousandths(at));
                let found = code_of(field, &value);
                let taken = found != Some("E-RANGE");
                assert_eq!(taken, wanted, "{} {}: {at}: {found:?}", form.id, field.key);
            }
        }
    }
}

#[test]
fn a_number_outside_its_usual_range_is_asked_about() {
    for form in forms() {
        for field in all_fields(&form) {
            let (Some(hard), Some(soft)) = (field.hard, field.soft) else {
                continue;
            };
            let (low, high) = (soft.low.thousandths(), soft.high.thousandths());
            for (at, wanted) in [
                (low - step(field), Some("W-RANGE")),
                (low, None),
                (high, None),
                (high + step(field), Some("W-RANGE")),
            ] {
                let at = Decimal::from_thousandths(at);
                if hard.holds(at) {
                    let found = code_of(field, &number(field, at));
                    assert_eq!(found, wanted, "{} {} {at}", form.id, field.key);
                }
            }
        }
    }
}

#[test]
fn an_exclusive_option_stands_alone() {
    for form in forms() {
        for field in form.fields() {
            let Kind::Codes(options) = &field.kind else {
                continue;
            };
            for alone in options.iter().filter(|option| option.exclusive) {
                let other = options
                    .iter()
                    .find(|option| option.code != alone.code)
                    .unwrap();
                let both = Value::Codes(vec![alone.code.clone(), other.code.clone()]);
                assert_eq!(
                    code_of(field, &both),
                    Some("E-CODE-EXCL"),
                    "{} {}",
                    form.id,
                    field.key
                );
            }
        }
    }
}

#[test]
fn none_of_it_excludes_the_rest() {
    let none = [
        "无",
        "无症状",
        "没有症状",
        "未见异常",
        "未发现",
        "均无",
        "无特殊",
    ];
    for form in forms() {
        for field in form.fields() {
            let Kind::Codes(options) = &field.kind else {
                continue;
            };
            for option in options
                .iter()
                .filter(|o| none.contains(&o.label.zh.as_str()))
            {
                assert!(
                    option.exclusive,
                    "{} {} {}",
                    form.id, field.key, option.code
                );
            }
        }
    }
}

#[test]
fn an_other_answer_says_which() {
    for form in forms()
        .iter()
        .filter(|form| form.id.starts_with('F') && form.id != "F08")
    {
        for field in form.fields() {
            let columns = field.by_column.iter().flat_map(|(_, options)| options);
            for option in field.options().iter().chain(columns) {
                if option.label.zh == "其他"
                    && field.by_column.is_empty()
                    && field.key != "diseases"
                {
                    assert!(option.text.is_some(), "{} {}", form.id, field.key);
                }
                let Some(text) = &option.text else { continue };
                let text = form.field(text).unwrap();
                if option.label.zh == "其他" {
                    assert_eq!(
                        text.kind,
                        Kind::Text { most: 100 },
                        "{} {}",
                        form.id,
                        text.key
                    );
                }
                assert!(!text.shown.is_empty(), "{} {}", form.id, text.key);
            }
        }
    }
}

#[test]
fn a_text_has_its_length() {
    for form in forms() {
        for field in all_fields(&form) {
            let Kind::Text { most } = field.kind else {
                continue;
            };
            if field.format.is_none() {
                let long = Value::Text("文".repeat(most + 1));
                assert_eq!(
                    code_of(field, &long),
                    Some("E-LENGTH"),
                    "{} {}",
                    form.id,
                    field.key
                );
                let fits = Value::Text("文".repeat(most));
                assert_eq!(code_of(field, &fits), None, "{} {}", form.id, field.key);
            }
        }
    }
}

#[test]
fn a_referral_says_why_and_where() {
    for form in forms() {
        let Some(referral) = &form.referral else {
            continue;
        };
        let field = form.field(&referral.field).unwrap();
        let chosen = field
            .value_of(std::slice::from_ref(&referral.code))
            .unwrap();
        let answers = Answers::from([(field.key.clone(), chosen)]);
        let found = check(&form, &answers, &context());
        let missing = |key: &str| {
            let mut found = found.iter();
            found.any(|p| p.field == key && p.fault == Fault::Missing)
        };
        assert!(missing("ref_reason"), "{}", form.id);
        assert!(missing("ref_org") || missing("ref_dept"), "{}", form.id);
    }
}

#[test]
fn the_day_is_neither_to_come_nor_before_birth_or_entry_nor_twice() {
    for example in examples::all() {
        let form = &example.form;
        let key = form.visit_day.as_ref().unwrap();
        let mut context = example.context.clone();
        let visit = context.visit;
        let found = |context: &FormContext, wanted: &str| {
            let found = check(form, &Answers::new(), context);
            assert!(
                found
                    .iter()
                    .any(|p| &p.field == key && p.fault.code() == wanted),
                "{} {wanted}: {found:?}",
                form.id
            );
        };
        context.visit = plus_days(context.today, 1);
        found(&context, "E-DATE-LATE");
        context.visit = plus_days(context.birth.unwrap(), -1);
        found(&context, "E-DATE-EARLY");
        context.visit = visit;
        context.recorded_on = vec![visit];
        found(&context, "E-FORM-DUP");
        if let Some(entered) = example.context.entered {
            context.visit = plus_days(entered, -1);
            found(&context, "E-DATE-EARLY");
        }
    }
}

#[test]
fn every_form_offered_for_a_visit_stands_in_the_catalogue() {
    let catalog = Catalog::built_in().unwrap();
    for VisitForm { id, .. } in VISIT_FORMS {
        assert!(catalog.form(id).is_some(), "{id}");
    }
}
