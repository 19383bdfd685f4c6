//! What was typed while an answer was waited for: kept in order, and taken once the answer stands
//! on the screen.

use super::{
    acting,
    action::{Action, Global},
    app::{App, Layer},
    keys::{Code, Key},
    message::Effect,
    screens::too_small,
};

/// A key or a paste that waits.
#[derive(Debug)]
pub enum Held {
    Key(Key),
    Paste(String),
}

impl App {
    /// Returns whether keys wait for nothing but the next frame.
    pub fn waits_for_frame(&self) -> bool {
        self.held.front().is_some_and(|held| !self.must_wait(held))
    }

    /// Returns whether this must wait for an answer of the desk.
    fn must_wait(&self, held: &Held) -> bool {
        let action = match held {
            Held::Key(key) => self.keymap.action(self.context(), *key),
            Held::Paste(_) => None,
        };
        let waits = |top: &Layer| top.screen.holds(action) && self.errands.awaits(top.id);
        self.errands.is_changing() || self.screens.last().is_some_and(waits)
    }
}

/// The most keys kept while an answer is waited for.
const MOST_HELD: usize = 400;

pub(super) fn press(app: &mut App, key: Key) -> Vec<Effect> {
    if too_small::applies(app.size) {
        return Vec::new();
    }
    let key = key.understood();
    if !app.held.is_empty() || app.must_wait(&Held::Key(key)) {
        return hold(app, key);
    }
    strike(app, key)
}

/// Keeps a key until the answer is there. An Enter right behind the key that asked
/// for a change is dropped: whoever is impatient presses it. Back gives up waiting
/// for anything else, unless something was typed ahead: then it takes its turn, as
/// what was typed may be a change to be asked about.
fn hold(app: &mut App, key: Key) -> Vec<Effect> {
    let is_changing = app.errands.is_changing();
    let action = app.keymap.action(app.context(), key);
    let stops = app
        .screens
        .last()
        .is_some_and(|top| top.screen.is_stoppable());
    let gives_up = stops || !is_changing && app.held.is_empty();
    if gives_up && action == Some(Action::Global(Global::Back)) {
        app.held.clear();
        return strike(app, key);
    }
    let is_impatient = is_changing && app.held.is_empty() && key == Key::of(Code::Enter);
    if !is_impatient && app.held.len() < MOST_HELD {
        app.held.push_back(Held::Key(key));
    }
    Vec::new()
}

fn strike(app: &mut App, key: Key) -> Vec<Effect> {
    app.status = None;
    let action = app.keymap.action(app.context(), key);
    acting::act(app, action, key)
}

/// Takes what was held back, until something is waited for again.
pub(super) fn take_held(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    while app.waits_for_frame() {
        match app.held.pop_front() {
            Some(Held::Key(key)) => effects.extend(strike(app, key)),
            Some(Held::Paste(text)) => effects.extend(insert(app, &text)),
            None => break,
        }
    }
    if app.errands.is_changing() {
        // What stands right behind the save key came before its answer.
        let enter = Key::of(Code::Enter);
        while matches!(app.held.front(), Some(Held::Key(key)) if *key == enter) {
            app.held.pop_front();
        }
    }
    effects
}

pub(super) fn paste(app: &mut App, text: String) -> Vec<Effect> {
    let pasted = Held::Paste(text);
    if !app.held.is_empty() || app.must_wait(&pasted) {
        if app.held.len() < MOST_HELD {
            app.held.push_back(pasted);
        }
        return Vec::new();
    }
    match pasted {
        Held::Paste(text) => insert(app, &text),
        Held::Key(key) => strike(app, key),
    }
}

fn insert(app: &mut App, text: &str) -> Vec<Effect> {
    let Some(id) = app.screens.last().map(|top| top.id) else {
        return Vec::new();
    };
    app.step(id, |screen, hand| screen.paste(text, hand))
}
