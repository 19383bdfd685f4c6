//! A complete example of every form, and each consistency rule broken once.

use std::collections::BTreeSet;

use cunyi::{
    catalog::Catalog,
    domain::{
        day::Day,
        form::{self, Mark, Said, fill, line, typed},
        text::Lang,
        value::{Answers, Value},
    },
    tui::form::{FormEditor, Start, Step},
};
use rstest::rstest;

use super::examples::{self, Example};
use crate::forms::press;

/// Reads `key=text & key=text`.
pub fn changes(line: &str) -> Vec<(String, String)> {
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
    for example in examples::all().into_iter().chain(examples::entries()) {
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
    for example in examples::all().into_iter().chain(examples::entries()) {
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
    let mut example = example("F07");
    let mut open = |groups: &[&str], visit: &str| {
        example.context.groups = groups.iter().map(|g| (*g).to_owned()).collect();
        example.context.visit = visit.parse().unwrap();
        let open = form::missing(&example.form, &Answers::new(), &example.context);
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

#[test]
fn a_section_tells_how_far_it_is() {
    let example = example("F07");
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

#[test]
fn the_line_of_every_example_brings_the_same_answers() {
    let mut faults = Vec::new();
    for example in examples::all() {
        let filled = example.filled(&[]);
        for lang in [Lang::Zh, Lang::En] {
            let written = line::write(&example.form, &filled, lang);
            let mut before = fill::opening(&example.form, &example.context);
            before.marks.retain(|_, mark| *mark != Mark::Carried);
            match line::read(&example.form, &written, &before, &example.context) {
                Ok(again) if again.answers == filled.answers => {}
                Ok(again) => {
                    let differs =
                        |key: &&String| again.answers.get(*key) != filled.answers.get(*key);
                    let keys: Vec<&String> = filled.answers.keys().filter(differs).collect();
                    faults.push(format!("{}: {keys:?} by {written}", example.form.id));
                }
                Err(unknown) => faults.push(format!("{}: {unknown:?}", example.form.id)),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the example of a form.
fn example(id: &str) -> Example {
    let mut all = examples::all().into_iter();
    all.find(|example| example.form.id == id).unwrap()
}

#[test]
fn the_check_up_answers_what_the_other_papers_of_the_day_ask() {
    let starts = ["F07", "F09", "F10"].map(|id| Start {
        form: example(id).form,
        context: example("F07").context,
        recorded: None,
    });
    let mut editor = FormEditor::open(starts.to_vec());
    editor.step(Step::Line("身高160 体重66 腰围92".to_owned()));
    let answer = |editor: &FormEditor, page: usize, key: &str| {
        let filled = editor.filled();
        filled[page].answers.get(key).cloned()
    };
    let code = |code: &str| Some(Value::Code(code.to_owned()));
    assert_eq!(
        answer(&editor, 0, "bmi"),
        Some(Value::Dec("25.8".parse().unwrap()))
    );
    assert_eq!(answer(&editor, 2, "item_9"), code("3"));
    assert_eq!(answer(&editor, 2, "item_28"), code("4"));
    press(
        &mut editor,
        "<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>",
    );
    editor.step(Step::Line(
        "meal=3 groom=1 dress=0 toilet=0 move=0".to_owned(),
    ));
    assert_eq!(answer(&editor, 1, "level"), code("2"));
    assert_eq!(answer(&editor, 0, "self_care"), code("2"));
}

#[rstest]
#[case("2026-02-08", Some("3"))]
#[case("2026-02-07", None)]
fn a_waist_of_the_last_thirty_days_answers_its_item(#[case] on: &str, #[case] item: Option<&str>) {
    let mut example = example("F10");
    let value = Value::Dec("86".parse().unwrap());
    let on = on.parse().unwrap();
    example
        .context
        .said
        .insert("waist".to_owned(), Said { on, value });
    let filled = fill::opening(&example.form, &example.context);
    let found = filled.answers.get("item_28").and_then(Value::code);
    // 10 March is the day of the form.
    assert_eq!(found, item);
}

#[rstest]
#[case("2026-03-10", true)]
#[case("2026-03-09", false)]
fn the_due_date_told_since_booking_stands_in_the_next_check(
    #[case] on: &str,
    #[case] stands: bool,
) {
    let mut example = example("F12");
    let edd: Day = "2026-10-13".parse().unwrap();
    let (on, value) = (on.parse().unwrap(), Value::Date(edd));
    example
        .context
        .said
        .insert("edd".to_owned(), Said { on, value });
    let filled = fill::opening(&example.form, &example.context);
    assert_eq!(filled.answers.contains_key("edd"), stands);
    assert_eq!(filled.answers.contains_key("ga"), stands);
}
