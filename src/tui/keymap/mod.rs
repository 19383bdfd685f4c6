//! Which key means which action: three keymaps ship inside the binary, a
//! user's own file lies over one of them, action by action.
//!
//! It looks keys up and writes tables of them; it performs nothing.

mod check;
mod fault;
mod load;
mod table;

use std::collections::HashMap;

use super::{
    action::{Action, Context},
    keys::{Code, Key},
};

pub use fault::{Fault, What};
pub use load::load;
pub use table::{Row, markdown, rows};

/// The keymaps inside the binary, by name; the first is the default.
pub const SHIPPED: &[(&str, &str)] = &[
    ("default", include_str!("../../../keymaps/default.toml")),
    ("vim", include_str!("../../../keymaps/vim.toml")),
    ("numpad", include_str!("../../../keymaps/numpad.toml")),
];

/// The keys in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: HashMap<Action, Vec<Key>>,
    actions: HashMap<(Context, Key), Action>,
}

/// Returns the text of the shipped keymap of this name.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

impl Keymap {
    fn of(bindings: impl IntoIterator<Item = (Action, Vec<Key>)>) -> Self {
        let keys: HashMap<Action, Vec<Key>> = bindings.into_iter().collect();
        let actions = keys
            .iter()
            .flat_map(|(action, keys)| keys.iter().map(|key| ((action.context(), *key), *action)))
            .collect();
        Self { keys, actions }
    }

    /// Returns what `key` means in `context`, falling back to the global context.
    /// A bare character typed where text is taken means no action. Full-width
    /// signs count as their ASCII twins.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let key = key.understood();
        if context.takes_text() && key.typed().is_some() {
            return None;
        }
        let key = key.with_twin();
        let find = |context| self.actions.get(&(context, key)).copied();
        find(context).or_else(|| find(Context::Global))
    }

    /// Returns the keys of `action`, the one shown in hints first.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Returns the key to show for `action` in `context`: the first that is safe
    /// and works there, else the first that works there.
    pub fn hint(&self, context: Context, action: Action) -> Option<Key> {
        let works = |key: &&Key| !context.takes_text() || key.typed().is_none();
        let keys = self.keys(action);
        keys.iter()
            .filter(works)
            .find(|key| check::is_safe(**key))
            .or_else(|| keys.iter().find(works))
            .copied()
    }
}

/// Returns whether a Chinese input method would swallow the key.
fn is_letter(key: Key) -> bool {
    matches!(key.code, Code::Char(c) if c.is_alphabetic() && !key.ctrl && !key.alt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::{Global, Queue};

    fn default_keys() -> Keymap {
        load(shipped("default").unwrap(), None).unwrap()
    }

    #[test]
    fn a_context_falls_back_to_global() {
        let keys = default_keys();
        let f3 = Key::of(Code::F(3));
        assert_eq!(
            keys.action(Context::Queue, f3),
            Some(Action::Global(Global::Search))
        );
        assert_eq!(
            keys.action(Context::Queue, Key::of(Code::Enter)),
            Some(Action::Queue(Queue::Visit))
        );
    }

    #[test]
    fn a_question_mark_is_text_where_text_is_taken() {
        let keys = default_keys();
        assert_eq!(keys.action(Context::Search, Key::char('?')), None);
        let help = Some(Action::Global(Global::Help));
        assert_eq!(keys.action(Context::Queue, Key::char('？')), help);
        assert_eq!(keys.action(Context::Search, Key::ctrl('o')), help);
    }

    #[test]
    fn the_hint_is_a_safe_key_that_works_there() {
        let keys = default_keys();
        let help = Action::Global(Global::Help);
        assert_eq!(keys.hint(Context::Queue, help), Some(Key::char('?')));
        assert_eq!(keys.hint(Context::Form, help), Some(Key::ctrl('o')));
    }
}
