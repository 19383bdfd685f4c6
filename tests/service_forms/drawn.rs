//! How every form is drawn at 80 columns, in both languages: nothing is cut.

use std::sync::Arc;

use cunyi::{
    domain::{
        form::{Choice, Field, FormDef, Joint, Section},
        text::Lang,
        value::{Answers, Value},
    },
    tui::form::{FormEditor, Start},
};
use rstest::rstest;

use super::examples::{self, Example};
use crate::forms::{press, screen};

/// Enough lines for the longest form.
const TALL: u16 = 220;

fn words(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// The form with every field asked, once in each column of its paper.
fn all_asked(example: &Example) -> Vec<Start> {
    let mut form = FormDef::clone(&example.form);
    for field in form.sections.iter_mut().flat_map(|s| &mut s.fields) {
        field.shown.clear();
    }
    let form = Arc::new(form);
    let column = form.column.as_ref().and_then(|key| form.field(key));
    let given = |code: &Choice| {
        let key = form.column.clone().unwrap_or_default();
        Answers::from([(key, Value::Code(code.code.clone()))])
    };
    let columns: Vec<Answers> = match column {
        Some(field) => field.options().iter().map(given).collect(),
        None => vec![Answers::new()],
    };
    let start = |given: Answers| {
        let mut context = example.context.clone();
        context.given = given;
        Start {
            form: Arc::clone(&form),
            context,
            recorded: None,
        }
    };
    columns.into_iter().map(start).collect()
}

/// Draws a form with the cursor in each field that does not show all of itself otherwise, and
/// returns what is cut.
fn cut(start: Start, lang: Lang) -> Vec<String> {
    let mut faults = Vec::new();
    let mut editor = FormEditor::open(vec![start]);
    let mut before = None;
    let mut shown = String::new();
    while before != Some(editor.at()) {
        before = Some(editor.at());
        let wanted = wanted(&editor, lang);
        let lacks = |shown: &str, word: &String| !shown.contains(&words(word));
        if wanted.iter().any(|word| lacks(&shown, word)) {
            shown = words(&screen(&editor, 80, TALL, lang).0);
        }
        let form = editor.form().unwrap();
        let field = form.field_at(editor.at().field).unwrap();
        for word in wanted.iter().filter(|word| lacks(&shown, word)) {
            faults.push(format!("{} {}: {word} is not whole", form.id, field.key));
        }
        press(&mut editor, "<down>");
    }
    faults
}

/// What must be readable with the cursor where it is: label, options, unit.
fn wanted(editor: &FormEditor, lang: Lang) -> Vec<String> {
    let field = editor.form().unwrap().field_at(editor.at().field).unwrap();
    let cell = editor.at().cell;
    let cell = cell.and_then(|cell| field.columns().get(cell.column));
    let of = |field: &Field| {
        let options = field.options().iter().map(|option| option.label.get(lang));
        let unit = field.unit.as_ref().map(|unit| unit.get(lang));
        // Behind a slash the label of the first one stands for both.
        let label = (field.joint != Joint::Slash).then(|| field.label.get(lang));
        let all = options.chain(label).chain(unit);
        all.map(str::to_owned).collect::<Vec<_>>()
    };
    [Some(field), cell]
        .into_iter()
        .flatten()
        .flat_map(of)
        .collect()
}

#[rstest]
#[case(Lang::Zh)]
#[case(Lang::En)]
fn every_label_and_option_is_whole_at_eighty_columns(#[case] lang: Lang) {
    let mut faults = Vec::new();
    for example in examples::all() {
        for start in all_asked(&example) {
            faults.extend(cut(start, lang));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn page_keys_turn_to_the_next_section_and_back() {
    let example = examples::all().into_iter().find(|e| e.form.id == "F07");
    let example = example.unwrap();
    let start = Start {
        form: Arc::clone(&example.form),
        context: example.context.clone(),
        recorded: None,
    };
    let mut editor = FormEditor::open(vec![start]);
    let (shown, _) = screen(&editor, 80, TALL, Lang::Zh);
    assert!(shown.contains("一般状况 · 还差 10"), "{shown}");
    assert!(shown.contains("非免疫规划接种"), "{shown}");
    let section = |editor: &FormEditor| {
        let form = editor.form().unwrap();
        let key = form.field_at(editor.at().field).unwrap().key.clone();
        let mut sections = form.sections.iter();
        let holds = |s: &&Section| s.fields.iter().any(|field| field.key == key);
        sections.find(holds).unwrap().title.zh.clone()
    };
    press(&mut editor, "<pgdn><pgdn>");
    assert_eq!(section(&editor), "老年人评估");
    press(&mut editor, "<pgup>");
    assert_eq!(section(&editor), "一般状况");
    press(&mut editor, "36.5");
    let (shown, _) = screen(&editor, 80, TALL, Lang::En);
    assert!(shown.contains("General · still open: 9"), "{shown}");
}
