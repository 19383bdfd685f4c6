//! The keymap as a table: for help, for `cunyi keys` and for the README.
//!
//! It lists; searching in it is the help screen's work.

use std::fmt::Write as _;

use super::Keymap;
use crate::{
    domain::text::Lang,
    tui::action::{Action, Context, Global, Offer, Words},
};

/// One action with its keys as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub context: Context,
    pub action: Action,
    /// What it is called here.
    pub words: Words,
    /// Keys as printed for readers; none for an action only the palette runs.
    pub keys: Vec<String>,
}

/// Returns every action that can be reached, in the order of help.
pub fn rows(keymap: &Keymap) -> Vec<Row> {
    Context::ALL
        .iter()
        .flat_map(|context| context.actions())
        .map(|action| Row {
            context: action.context(),
            action,
            words: action.words(),
            keys: keymap.keys(action).iter().map(|key| key.shown()).collect(),
        })
        .filter(|row| !row.keys.is_empty() || row.action.offer() != Offer::Move)
        .collect()
}

/// Returns the key table of the README: one Markdown table, both languages.
pub fn markdown(keymap: &Keymap, lang: Lang) -> String {
    let palette_action = Action::Global(Global::Palette);
    let palette = keymap
        .hint(Context::Queue, palette_action)
        .map_or_else(String::new, |key| format!("`{}`", key.shown()));
    let mut out = String::from(match lang {
        Lang::Zh => "| 画面 | 做什么 | 按键 |\n|---|---|---|\n",
        Lang::En => "| where | what | keys |\n|---|---|---|\n",
    });
    for row in rows(keymap) {
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let keys = if keys.is_empty() {
            format!("{} {palette}", palette_action.text().get(lang))
        } else {
            keys.join(" ")
        };
        let (context, action) = (row.context.title().get(lang), row.action.text().get(lang));
        let _ = writeln!(out, "| {context} | {action} | {keys} |");
    }
    out
}
