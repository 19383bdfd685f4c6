//! The rules a keymap must keep (product has them for users: every action
//! has a key that arrives, whatever terminal and input method are in use).
//!
//! Reading the files is the work of `load`.

use super::{
    fault::{Fault, What},
    is_letter,
    load::Bound,
};
use crate::tui::{
    action::{Action, Context, Global, List, Offer},
    keys::{Code, Key},
};

/// Actions without which a user could not leave a screen or answer a question.
const NEEDED: &[Action] = &[Action::Global(Global::Back), Action::List(List::Accept)];

/// Letters that with Ctrl alone are taken by terminals, tmux, screen or the
/// line discipline, or are other keys.
const UNSAFE_WITH_CTRL: &str = "abcdhijmqsvw [\\";

/// Adds a fault for every action the shipped file leaves out.
pub(super) fn complete(bounds: &[Bound], faults: &mut Vec<Fault>) {
    let line = bounds.iter().map(|bound| bound.line).max().unwrap_or(1);
    for action in Context::ALL.iter().flat_map(|context| context.actions()) {
        if !bounds.iter().any(|bound| bound.action == action) {
            let what = What::Missing(action);
            faults.push(Fault { line, what });
        }
    }
}

/// Adds a fault for every key and action that break a rule.
pub(super) fn meaning(bounds: &[Bound], faults: &mut Vec<Fault>) {
    for bound in bounds {
        for (key, line) in &bound.keys {
            if let Some(what) = forbidden(*key, bound.action.context()) {
                faults.push(Fault { line: *line, what });
            }
        }
        let line = bound.line;
        if bound.keys.is_empty() {
            if NEEDED.contains(&bound.action) {
                let what = What::Needed(bound.action);
                faults.push(Fault { line, what });
            } else if !bound.own && bound.action.offer() != Offer::Palette {
                let what = What::NoSafeKey(bound.action);
                faults.push(Fault { line, what });
            }
        } else if !bound.keys.iter().any(|(key, _)| is_safe(*key)) {
            let what = What::NoSafeKey(bound.action);
            faults.push(Fault { line, what });
        }
    }
    twice(bounds, faults);
}

/// Returns why no action may use `key` in `context`.
fn forbidden(key: Key, context: Context) -> Option<What> {
    if key == Key::ctrl('q') || key == Key::ctrl('d') {
        return Some(What::Dead(key));
    }
    if key.understood() != key {
        return Some(What::SameAs(key, key.understood()));
    }
    if context.takes_text() && key.typed().is_some() {
        return Some(What::IsText(key, context));
    }
    None
}

/// Returns whether the key reaches the program in every terminal in use,
/// with a Chinese input method on.
pub(super) fn is_safe(key: Key) -> bool {
    if key.alt || is_letter(key) {
        return false;
    }
    match key.code {
        Code::F(n) => ![1, 10, 11].contains(&n) && n <= 12,
        Code::Char(c) if key.ctrl => !UNSAFE_WITH_CTRL.contains(c),
        _ => true,
    }
}

/// Adds a fault for a key that means two things in one place. A global key
/// applies everywhere, so no context may use it for something else.
fn twice(bounds: &[Bound], faults: &mut Vec<Fault>) {
    for (at, bound) in bounds.iter().enumerate() {
        for (index, (key, line)) in bound.keys.iter().enumerate() {
            let again = bound.keys.iter().skip(index + 1).find(|(k, _)| k == key);
            if let Some((_, line)) = again {
                let what = What::Twice(*key, bound.action, bound.action);
                faults.push(Fault { line: *line, what });
            }
            for other in bounds.iter().skip(at + 1) {
                let clash = other.keys.iter().find(|(k, _)| k == key);
                let (Some((_, other_line)), true) = (clash, meet(bound.action, other.action, *key))
                else {
                    continue;
                };
                // The user's own line is the one to change.
                let (first, second, line) = if bound.own && !other.own {
                    (other.action, bound.action, *line)
                } else {
                    (bound.action, other.action, *other_line)
                };
                let what = What::Twice(*key, first, second);
                faults.push(Fault { line, what });
            }
        }
    }
}

fn meet(one: Action, other: Action, key: Key) -> bool {
    let (one, other) = (one.context(), other.context());
    let both = |context: Context| !(context.takes_text() && key.typed().is_some());
    one == other
        || (one == Context::Global && both(other))
        || (other == Context::Global && both(one))
}
