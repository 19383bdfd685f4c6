//! `cunyi keys`: the keys in force as a table, or the faults of a keymap file.

use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::{
    Call,
    print::{self, Answer, Trouble},
    wording,
};
use crate::{
    paper::reading,
    tui::keymap::{self, Keymap, Row},
};

/// Bytes a keymap may have; those built in have 6,000.
const MOST_BYTES: u64 = 128 * 1024;

/// What `keys` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, value_name = "FILE")]
    check: Option<String>,
}

/// Lists the keys in force, or checks a file.
///
/// # Errors
/// Refuses a file with faults, naming every one with its line.
pub fn run(call: &Call, arguments: &Arguments) -> Result<Answer, Trouble> {
    if let Some(file) = &arguments.check {
        own(call, file)?;
        let said = wording::keymap_fine(file, call.lang);
        return Ok(Answer::new(json!({"ok": true, "file": file}), said));
    }
    let rows = keymap::rows(&in_force(call)?);
    let cells = |row: &Row| {
        vec![
            row.context.title().get(call.lang).to_owned(),
            row.action.text().get(call.lang).to_owned(),
            row.keys.join(" "),
        ]
    };
    let heads = [wording::WHERE, wording::WHAT, wording::KEYS];
    let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let listed: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "context": row.context.name(),
                "action": row.action.name(),
                "text": row.action.text().get(call.lang),
                "keys": row.keys,
            })
        })
        .collect();
    Ok(Answer::new(
        json!({"keys": listed}),
        print::table(call.lang, &heads, &cells),
    ))
}

/// Returns the keymap of this call: `--keymap`, by name or file, else the default.
///
/// # Errors
/// Refuses what is neither, and a file with faults.
pub fn in_force(call: &Call) -> Result<Keymap, Trouble> {
    match &call.common.keymap {
        None => load(call, "default", None),
        Some(name) if keymap::shipped(name).is_some() => load(call, name, None),
        Some(file) => own(call, file),
    }
}

/// Lays a user's file over the default.
fn own(call: &Call, file: &str) -> Result<Keymap, Trouble> {
    let text = reading::text(Path::new(file), MOST_BYTES).map_err(|unread| {
        let message = wording::no_keymap(file, &unread.said(call.lang), call.lang);
        Trouble::input("E-KEYMAP", Some(file), message)
    })?;
    load(call, "default", Some((file, &text)))
}

fn load(call: &Call, base: &str, own: Option<(&str, &str)>) -> Result<Keymap, Trouble> {
    let base = keymap::shipped(base).unwrap_or_default();
    keymap::load(base, own.map(|(_, text)| text)).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| fault.say(call.lang)).collect();
        let file = own.map_or("default", |(file, _)| file);
        let message = format!("{file}\n{}", faults.join("\n"));
        Trouble::input("E-KEYMAP", Some(file), message)
    })
}
