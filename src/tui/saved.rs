//! The one line that says what was saved, what follows and what undoes it:
//! `已保存 李国强 控制满意 · 下次 2027-02-21 · F12 撤销`.
//!
//! It reads a decision; it makes none.

use super::{
    action::{Action, Context, Global},
    keymap::Keymap,
    keys::Key,
    theme::Look,
    words,
};
use crate::{
    desk::reply::RecordedContact,
    domain::{
        alert::Alert,
        course::Decision,
        day::Day,
        programmes::{PROGRAMMES, ProgrammeKind},
    },
    lang::outcome,
};

/// Returns the line for a contact with the person called `name`: its class, or what it was.
pub fn contact(look: &Look, keymap: &Keymap, name: &str, told: &RecordedContact) -> String {
    let what = match classes(look, &told.decision) {
        classes if classes.is_empty() => outcome::happening(&told.happening, look.lang),
        classes => classes,
    };
    // An emergency is told before anything else.
    let urgent = told.decision.alerts.contains(&Alert::UrgentReferral);
    let urgent = urgent.then(|| format!("{} ", look.say(Alert::UrgentReferral.text())));
    let what = format!("{}{name} {what}", urgent.unwrap_or_default());
    line(look, keymap, &what, next(&told.decision))
}

/// Returns the line for anything saved.
pub fn line(look: &Look, keymap: &Keymap, what: &str, next: Option<Day>) -> String {
    let key = keymap.hint(Context::Queue, Action::Global(Global::Undo));
    let text = match next {
        Some(day) => look
            .say(words::queue::SAVED_NEXT)
            .replace("{day}", &day.to_string()),
        None => look.say(words::queue::SAVED).to_owned(),
    };
    text.replace("{key}", &key.map_or_else(String::new, Key::shown))
        .replace("{what}", what)
}

/// Returns the classes decided on, the programme named where there are several.
pub fn classes(look: &Look, decision: &Decision) -> String {
    let decided: Vec<(ProgrammeKind, &str)> = decision
        .outcomes
        .iter()
        .filter_map(|(kind, outcome)| Some((*kind, look.say(outcome.class?.text()))))
        .collect();
    match decided.as_slice() {
        [(_, class)] => (*class).to_owned(),
        several => {
            let short = |kind: ProgrammeKind| {
                let programme = PROGRAMMES.iter().find(|programme| programme.kind == kind);
                programme.map_or("", |programme| look.say(programme.short))
            };
            let words: Vec<String> = several
                .iter()
                .map(|(kind, class)| format!("{} {class}", short(*kind)))
                .collect();
            words.join(" ")
        }
    }
}

/// Returns the first day something is due by this decision.
pub fn next(decision: &Decision) -> Option<Day> {
    decision.opened.iter().map(|task| task.due).min()
}
