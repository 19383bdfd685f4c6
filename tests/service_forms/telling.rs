//! What the complete examples tell: every paper of a visit is heard by its programme, and
//! an entry form brings the facts the programme begins with.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::domain::{
    alert::Alert,
    course::{
        Course, PersonFacts, decide,
        happening::{Enrolled, Happening},
    },
    day::{Day, plus_days},
    form::FilledForm,
    programmes::{
        Facts, ProgrammeKind, anc::Pregnancy, general::Term, pnc::Delivery, poverty::HouseholdNeed,
    },
    settings::Settings,
    value::Value,
    visit::{self, VISIT_FORMS},
};

use super::examples::{self, Example};

fn handed_over(example: &Example) -> FilledForm {
    let filled = example.filled(&[]);
    FilledForm {
        form: example.form.id.clone(),
        edition: example.form.edition.clone(),
        visit: example.context_of(&filled).visit,
        answers: filled.answers,
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    }
}

/// The facts a person is entered with a while before the visit.
fn facts(programme: ProgrammeKind, visit: Day) -> Facts {
    match programme {
        ProgrammeKind::Anc => Facts::Pregnancy(Pregnancy::since(plus_days(visit, -150))),
        ProgrammeKind::Pnc => Facts::Delivery(Delivery {
            delivered: plus_days(visit, -20),
            discharged: None,
            done: BTreeMap::new(),
        }),
        ProgrammeKind::Poverty => Facts::Household(HouseholdNeed::Monitored),
        ProgrammeKind::General => Facts::Term(Term {
            start: plus_days(visit, -30),
            end: None,
        }),
        _ => Facts::Nothing,
    }
}

#[test]
fn every_paper_of_a_visit_is_heard_by_its_programme() {
    let settings = Settings::default();
    let mut heard = BTreeSet::new();
    for example in examples::all() {
        let Some(programme) = visit::programme_of(&example.form.id) else {
            continue;
        };
        // The self-care score goes with the yearly check.
        if example.form.id == "F09" {
            continue;
        }
        let form = handed_over(&example);
        let day = form.visit;
        let person = PersonFacts {
            birth: example
                .context
                .birth
                .unwrap_or_else(|| plus_days(day, -25_000)),
            is_female: true,
            registered: None,
        };
        let mut course = Course::default();
        let entry = Happening::Enrolled(Enrolled {
            facts: facts(programme, day),
            ..Enrolled::in_programme(programme)
        });
        let entered = plus_days(day, -10).max(person.birth);
        if programme.programme().is_entered() {
            let decision = decide(&course, &person, &entry, entered, &settings)
                .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", form.form));
            course.take(&entry, &decision);
        }
        let told = visit::happening(std::slice::from_ref(&form), None, person.is_female)
            .unwrap_or_else(|| panic!("{} tells nothing", form.form));
        let decision = decide(&course, &person, &told, day, &settings)
            .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", form.form));
        // Papers that only tell, and a return slip nobody waits for, decide nothing.
        let tells_only = ["F20", "F20_record", "F21_back", "F22"].contains(&form.form.as_str());
        assert!(
            tells_only || !decision.rules.is_empty(),
            "{}: {decision:?}",
            form.form
        );
        heard.insert(form.form);
    }
    let expected: BTreeSet<String> = VISIT_FORMS
        .iter()
        .map(|form| form.id.to_owned())
        .filter(|id| !["F01", "F02", "F09", "bp_screen"].contains(&id.as_str()))
        .collect();
    assert!(
        expected.is_subset(&heard),
        "{:?}",
        expected.difference(&heard)
    );
}

#[test]
fn a_danger_sign_in_pregnancy_is_urgent() {
    for id in ["F11", "F12"] {
        let example = examples::all().into_iter().find(|e| e.form.id == id);
        let mut form = handed_over(&example.unwrap());
        let person = PersonFacts {
            birth: plus_days(form.visit, -11_000),
            is_female: true,
            registered: None,
        };
        let mut course = Course::default();
        let entry = Happening::Enrolled(Enrolled {
            facts: facts(ProgrammeKind::Anc, form.visit),
            ..Enrolled::in_programme(ProgrammeKind::Anc)
        });
        let settings = Settings::default();
        let entered = plus_days(form.visit, -10);
        let decision = decide(&course, &person, &entry, entered, &settings).unwrap();
        course.take(&entry, &decision);
        let signs = Value::Codes(["bleeding".to_owned()].into());
        form.answers.insert("danger".to_owned(), signs);
        let told = visit::happening(std::slice::from_ref(&form), None, true).unwrap();
        let decision = decide(&course, &person, &told, form.visit, &settings).unwrap();
        assert!(decision.rules.iter().any(|rule| rule.id() == "G6"), "{id}");
        assert!(decision.alerts.contains(&Alert::UrgentReferral), "{id}");
    }
}

/// The paper prints three years where the rules count 36 months: a check at that age was heard
/// by nobody.
#[test]
fn every_age_on_a_childs_paper_is_heard() {
    for example in examples::all() {
        let Some(field) = example.form.field("age_group") else {
            continue;
        };
        for option in field.options() {
            let mut filled = handed_over(&example);
            let code = Value::Code(option.code.clone());
            filled.answers.insert("age_group".to_owned(), code);
            let told = visit::happening(&[filled], None, false);
            let id = &example.form.id;
            assert!(told.is_some(), "{id} at {}", option.code);
        }
    }
}
