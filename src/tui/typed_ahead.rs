//! What was typed while an answer was waited for: kept in order, and taken once the answer stands
//! on the screen. It may have been a password: what is taken or dropped leaves nothing in memory.

use std::{collections::VecDeque, fmt, mem};

use zeroize::Zeroizing;

use super::{
    acting,
    action::{Action, Global},
    app::{App, Layer},
    keys::{Code, Key},
    message::Effect,
    screens::too_small,
};

/// A key or a paste that waits.
pub enum Held {
    Key(Key),
    Paste(Zeroizing<String>),
}

/// What waits, in order. Its memory is had at once, so that no copy stays behind where it grew.
#[derive(Default)]
pub struct TypedAhead(VecDeque<Held>);

/// What was typed is never shown.
impl fmt::Debug for TypedAhead {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("TypedAhead")
    }
}

impl Drop for TypedAhead {
    fn drop(&mut self) {
        self.clear();
    }
}

impl TypedAhead {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn front(&self) -> Option<&Held> {
        self.0.front()
    }

    /// Keeps one more, where there is room.
    fn push(&mut self, held: Held) {
        if self.0.capacity() < MOST_HELD {
            self.0.reserve_exact(MOST_HELD);
        }
        if self.0.len() < MOST_HELD {
            self.0.push_back(held);
        }
    }

    /// Takes the first; nothing of it stays where it stood.
    fn pop(&mut self) -> Option<Held> {
        let first = mem::replace(self.0.front_mut()?, NOTHING);
        self.0.pop_front();
        Some(first)
    }

    /// Wipes everything.
    pub fn clear(&mut self) {
        for held in &mut self.0 {
            *held = NOTHING;
        }
        self.0.clear();
    }
}

const NOTHING: Held = Held::Key(Key::of(Code::Nothing));

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
    if !is_impatient {
        app.held.push(Held::Key(key));
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
        match app.held.pop() {
            Some(Held::Key(key)) => effects.extend(strike(app, key)),
            Some(Held::Paste(text)) => effects.extend(insert(app, &text)),
            None => break,
        }
    }
    if app.errands.is_changing() {
        // What stands right behind the save key came before its answer.
        let enter = Key::of(Code::Enter);
        while matches!(app.held.front(), Some(Held::Key(key)) if *key == enter) {
            app.held.pop();
        }
    }
    effects
}

pub(super) fn paste(app: &mut App, text: String) -> Vec<Effect> {
    let pasted = Held::Paste(Zeroizing::new(text));
    if !app.held.is_empty() || app.must_wait(&pasted) {
        app.held.push(pasted);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_ahead_is_wiped_where_it_stood_and_never_shown() {
        let mut ahead = TypedAhead::default();
        ahead.push(Held::Key(Key::of(Code::Char('7'))));
        let place = std::ptr::from_ref(ahead.front().unwrap());
        for sign in "her-own-word".chars() {
            ahead.push(Held::Key(Key::of(Code::Char(sign))));
        }
        assert_eq!(std::ptr::from_ref(ahead.front().unwrap()), place);
        assert_eq!(format!("{ahead:?}"), "TypedAhead");
        let Some(Held::Key(key)) = ahead.pop() else {
            panic!("nothing was kept");
        };
        assert_eq!(key.code, Code::Char('7'));
        ahead.clear();
        assert!(ahead.is_empty() && ahead.pop().is_none());
        for _ in 0..2 * MOST_HELD {
            ahead.push(NOTHING);
        }
        assert_eq!(ahead.0.len(), MOST_HELD);
    }
}
