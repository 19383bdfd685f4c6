//! A complete example of every form, and each consistency rule broken once.

use std::collections::BTreeSet;

use cunyi::{
    catalog::Catalog,
    domain::form::{self, typed},
};

use super::examples::{self, Example};

fn changes(line: &str) -> Vec<(String, String)> {
    let sets = line.split(" & ");
    sets.map(|set| {
        let (key, text) = set.split_once('=').unwrap();
        (key.trim().to_owned(), text.trim().to_owned())
    })
    .collect()
}

#[test]
fn every_service_form_has_its_example() {
    let shown: BTreeSet<String> = examples::all().iter().map(|e| e.form.id.clone()).collect();
    for form in Catalog::check().unwrap() {
        // F01 and F02 are filled in by `forms`, F08 is a card.
        let elsewhere = ["F01", "F02", "F08"].contains(&form.id.as_str());
        let is_service = form.id.starts_with('F') && !elsewhere;
        assert!(!is_service || shown.contains(&form.id), "{}", form.id);
    }
}

#[test]
fn every_example_is_complete_without_problems() {
    let mut faults = Vec::new();
    for example in examples::all() {
        let filled = example.filled(&[]);
        let context = example.context_of(&filled);
        for problem in form::check(&example.form, &filled.answers, &context) {
            faults.push(format!("{}: {problem:?}", example.form.id));
        }
        let open = form::missing(&example.form, &filled.answers, &context);
        for field in open.into_iter().filter(|field| !field.by_rules) {
            faults.push(format!("{}: {} is open", example.form.id, field.key));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_form_works_out_what_it_can() {
    let mut faults = Vec::new();
    for example in examples::all() {
        let filled = example.filled(&[]);
        for (key, expected) in &example.worked_out {
            let field = example.form.field(key).unwrap();
            let found = filled.answers.get(key);
            let found = found.map(|value| typed::as_typed(field, value));
            if found.as_ref() != Some(expected) {
                let id = &example.form.id;
                faults.push(format!("{id} {key}: {found:?} instead of {expected}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_broken_rule_is_found_and_nothing_else() {
    let mut faults = Vec::new();
    for example in examples::all() {
        faults.extend(
            example
                .wrong
                .iter()
                .filter_map(|line| fault(&example, line)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn fault(example: &Example, line: &str) -> Option<String> {
    let (sets, expected) = line.split_once("=>").unwrap();
    let mut expected: Vec<&str> = expected.split_whitespace().collect();
    expected.sort_unstable();
    let found = example.problems(&changes(sets.trim()));
    (found != expected).then(|| format!("{} {line}: found {found:?}", example.form.id))
}

#[test]
fn what_a_check_up_must_answer_depends_on_the_programme() {
    let example = examples::all().into_iter().find(|e| e.form.id == "F07");
    let mut example = example.unwrap();
    let mut open = |groups: &[&str], visit: &str| {
        example.context.groups = groups.iter().map(|g| (*g).to_owned()).collect();
        example.context.visit = visit.parse().unwrap();
        let open = form::missing(&example.form, &form_answers(), &example.context);
        open.iter().map(|f| f.key.clone()).collect::<BTreeSet<_>>()
    };
    let none = open(&[], "2026-03-10");
    assert_eq!(none, BTreeSet::from(["visit_date".to_owned()]));
    let smd = open(&["smd"], "2026-03-10");
    for key in ["temp", "waist", "hb", "alt", "fbg", "ecg"] {
        assert!(smd.contains(key), "{key}");
    }
    for key in ["symptoms", "smoking", "hba1c", "self_care", "ultrasound"] {
        assert!(!smd.contains(key), "{key}");
    }
    let htn = open(&["htn"], "2026-03-10");
    assert!(htn.contains("smoking") && htn.contains("symptoms"));
    assert!(!htn.contains("hb") && !htn.contains("lips"));
    let old = open(&["elderly"], "2026-03-10");
    for key in [
        "self_care",
        "cognition",
        "mood",
        "hb",
        "ultrasound",
        "chest_film",
    ] {
        assert!(old.contains(key), "{key}");
    }
    assert!(!open(&["elderly"], "2024-12-31").contains("chest_film"));
}

fn form_answers() -> cunyi::domain::value::Answers {
    cunyi::domain::value::Answers::new()
}

#[test]
fn a_section_tells_how_far_it_is() {
    let example = examples::all().into_iter().find(|e| e.form.id == "F07");
    let example = example.unwrap();
    let filled = example.filled(&[("temp".to_owned(), String::new())]);
    let sections = form::progress::sections(&example.form, &filled.answers, &example.context);
    let open: Vec<(&str, usize)> = sections
        .iter()
        .filter(|section| !section.is_done())
        .map(|section| (section.title.zh.as_str(), section.open))
        .collect();
    assert_eq!(open, [("一般状况", 1)]);
    let first = sections.first().unwrap();
    assert_eq!((first.asked, first.answered, first.open), (1, 1, 0));
    let fields: usize = example.form.fields().count();
    assert!(sections.iter().all(|section| section.first < fields));
}
