//! Every example typed by keys alone in a window of 80×24, and saved.

use std::sync::Arc;

use cunyi::{
    domain::{
        form::{Field, Kind, typed},
        text::Lang,
        value::Value,
    },
    tui::form::{FormEditor, Reaction, Start},
};

use super::examples::{self, Example};
use crate::forms::{press, screen};

/// Goes to a field with the arrow keys; of a list to its first cell.
fn go_to(editor: &mut FormEditor, index: usize) -> bool {
    let is_there = |editor: &FormEditor| {
        let cell = editor.at().cell;
        editor.at().field == index && cell.is_none_or(|c| (c.row, c.column) == (0, 0))
    };
    // A field that is not asked is never reached.
    for _ in 0..400 {
        if is_there(editor) {
            return true;
        }
        let below = editor.at().field < index;
        press(editor, if below { "<down>" } else { "<up>" });
    }
    false
}

/// Types an answer as one does: digits for options, Enter to leave what does not leave itself.
fn type_in(editor: &mut FormEditor, field: &Field, value: &Value) {
    match value {
        Value::Rows(rows) => {
            for (at, row) in rows.iter().enumerate() {
                for (column, asked) in field.columns().iter().enumerate() {
                    let cell = editor.at().cell.unwrap();
                    assert_eq!((cell.row, cell.column), (at, column), "{}", field.key);
                    if let Some(value) = row.get(&asked.key) {
                        type_in(editor, asked, value);
                    }
                    // One separator behind a number that left by itself is swallowed.
                    for _ in 0..2 {
                        if editor.at().cell == Some(cell) {
                            press(editor, "<enter>");
                        }
                    }
                }
            }
        }
        Value::Code(_) | Value::Codes(_) | Value::Bool(_) => {
            let chosen = typed::as_typed(field, value);
            for code in chosen.split(',') {
                let mut options = field.options().iter();
                let at = options.position(|option| option.code == code).unwrap();
                let before = editor.at();
                press(editor, &field.digits_of(at));
                if editor.at() == before {
                    press(editor, " ");
                }
            }
        }
        _ => {
            press(editor, &typed::as_typed(field, value));
        }
    }
}

fn fill_in(example: &Example) -> FormEditor {
    let filled = example.filled(&[]);
    let mut editor = FormEditor::open(vec![Start {
        form: Arc::clone(&example.form),
        context: example.context.clone(),
        recorded: None,
    }]);
    for index in 0..example.form.fields().count() {
        let field = editor.form().unwrap().field_at(index).unwrap().clone();
        let Some(value) = filled.answers.get(&field.key) else {
            continue;
        };
        let stands = editor.filled()[0].answers.get(&field.key) == Some(value);
        if stands || matches!(field.kind, Kind::Calc { .. }) {
            continue;
        }
        assert!(
            go_to(&mut editor, index),
            "{} {}",
            example.form.id,
            field.key
        );
        let (shown, (_, y)) = screen(&editor, 80, 24, Lang::Zh);
        let line = shown.lines().nth(usize::from(y)).unwrap();
        assert!(
            line.contains('['),
            "{} {}: {line}",
            example.form.id,
            field.key
        );
        type_in(&mut editor, &field, value);
    }
    editor
}

#[test]
fn every_example_is_typed_and_saved_in_a_small_window() {
    let mut faults = Vec::new();
    for example in examples::all() {
        let mut editor = fill_in(&example);
        let mut reaction = press(&mut editor, "<save>");
        if reaction == Reaction::AskedToConfirm {
            reaction = press(&mut editor, "<save>");
        }
        let id = &example.form.id;
        let Reaction::Save(forms) = reaction else {
            faults.push(format!("{id}: {reaction:?} {:?}", editor.problems()));
            continue;
        };
        // What the rules propose is theirs to record.
        let mut wanted = example.filled(&[]).answers;
        wanted.retain(|key, _| !example.form.field(key).unwrap().by_rules);
        for (key, value) in &wanted {
            let got = forms[0].answers.get(key);
            if got != Some(value) {
                faults.push(format!("{id} {key}: {got:?} instead of {value:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
