//! The plan's cards and readings stand on the forms of the catalogue.

use std::collections::BTreeMap;

use super::*;
use crate::{
    catalog::Catalog,
    domain::{
        form::{
            check::check,
            context::FormContext,
            problem::{Problem, Severity},
        },
        tags::ManagedFor,
        value::{Answers, Value},
    },
};

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

fn context(member: &Member) -> FormContext {
    FormContext {
        birth: Some(member.birth),
        sex: member
            .card
            .get("sex")
            .and_then(Value::code)
            .map(str::to_owned),
        card: member.card.clone(),
        ..FormContext::on(today(), today())
    }
}

/// Checks answers and counts what stops saving, by field and fault.
fn count(found: &mut BTreeMap<String, usize>, problems: &[Problem], answers: &Answers) {
    for problem in problems {
        if problem.severity() == Severity::Hard {
            let value = answers.get(&problem.field);
            let said = format!("{} {:?} at {value:?}", problem.field, problem.fault);
            *found.entry(said).or_default() += 1;
        }
    }
}

#[test]
fn every_card_can_be_saved() {
    let catalog = Catalog::built_in().unwrap();
    let person = catalog.form("F08").unwrap();
    let household = catalog.form("household").unwrap();
    let mut found = BTreeMap::new();
    for house in plan(3000, 7, today()) {
        let nobody = FormContext::on(today(), today());
        count(
            &mut found,
            &check(household, &house.card, &nobody),
            &house.card,
        );
        for member in &house.members {
            let problems = check(person, &member.card, &context(member));
            count(&mut found, &problems, &member.card);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_reading_fits_its_form_but_for_what_the_rules_propose() {
    let catalog = Catalog::built_in().unwrap();
    let mut found = BTreeMap::new();
    for house in plan(3000, 7, today()) {
        let mut chance = Chance::of(3, &[u64::from(house.number.serial)]);
        for member in &house.members {
            let Some(latent) = &member.health.latent else {
                continue;
            };
            for managed in &member.health.managed {
                let form = match managed.programme {
                    ManagedFor::Diabetes => catalog.form("F02").unwrap(),
                    _ => catalog.form("F01").unwrap(),
                };
                let reading = latent.reading(today(), &mut chance);
                let answers = follow_up(managed.programme, "1", latent, &reading).unwrap();
                let problems = check(form, &answers, &context(member));
                count(&mut found, &problems, &answers);
            }
        }
    }
    let proposed = ["class", "next_date", "referral", "visit_date", "bmi"];
    found.retain(|said, _| !proposed.iter().any(|field| said.starts_with(field)));
    assert!(found.is_empty(), "{found:#?}");
}
