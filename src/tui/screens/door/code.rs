//! The page on which a recovery code is shown once. It counts only when its end was typed from
//! paper: until then the code opens nothing, and the one before still does.
//!
//! ```text
//!   请把恢复码抄在纸上，锁好。…
//!
//!       7K2M-1Q9X-…
//!
//!   抄好了，按 Enter 核对。
//! ```

use ratatui::{Frame, layout::Rect};
use zeroize::Zeroizing;

use super::{
    super::{Outcome, Told},
    words,
};
use crate::{
    desk::entrance::Recovery,
    tui::{
        action::{Action, Context, Palette},
        keymap::Keymap,
        keys::Key,
        theme::Look,
        widgets::{
            cells,
            field::Field,
            hints::{self, Hint},
        },
        words as common,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &hints::typed(common::NEXT_STEP);

/// A code to be written down.
#[derive(Debug)]
pub struct State {
    code: Recovery,
    /// The key that goes on, as it is shown.
    key: String,
    /// What is typed from paper; the code is not seen then.
    typed: Option<Field>,
    is_wrong: bool,
}

impl State {
    /// Returns the page of a code.
    pub fn new(code: Recovery, keymap: &Keymap) -> Self {
        let action = Action::Palette(Palette::Accept);
        let key = keymap.hint(Context::Palette, action);
        Self {
            code,
            key: key.map_or_else(String::new, Key::shown),
            typed: None,
            is_wrong: false,
        }
    }

    /// Shows the code again; returns whether the page is to be left instead.
    pub fn back(&mut self) -> bool {
        self.is_wrong = false;
        self.typed.take().is_none()
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Palette>, key: Key) -> Option<Outcome> {
    let Some(field) = &mut state.typed else {
        if action == Some(Palette::Accept) {
            state.typed = Some(Field::default());
        }
        return None;
    };
    if action != Some(Palette::Accept) {
        if action.is_none() && field.key(key) {
            state.is_wrong = false;
        }
        return None;
    }
    let typed = std::mem::take(field);
    if state.code.ends_with(typed.text()) {
        return Some(Outcome::Answer(Told::Noted(state.code.clone())));
    }
    state.is_wrong = true;
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    if let Some(field) = &mut state.typed {
        field.insert(text);
    }
}

/// Draws the code, or asks for its end.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width.saturating_sub(4));
    let left = area.x + 2;
    let mut y = area.y + 1;
    // Puts a paragraph below the one before; the rows stay free between them.
    let mut say = |frame: &mut Frame<'_>, text: &str, indent: u16, style| {
        for line in cells::wrap(text, room) {
            if y < area.bottom() {
                cells::put(frame, left + indent, y, &line, room, style);
            }
            y += 1;
        }
        y += 1;
        y
    };
    let Some(field) = &state.typed else {
        let shown = Zeroizing::new(state.code.to_string());
        let ready = look.say(words::CODE_READY).replace("{key}", &state.key);
        say(frame, look.say(words::CODE_WRITE), 0, look.text());
        say(frame, &shown, 4, look.strong());
        say(frame, look.say(words::CODE_ONCE), 0, look.warning());
        say(frame, &ready, 0, look.text());
        return;
    };
    let y = say(frame, look.say(words::CODE_CHECK), 0, look.text());
    let label = look.say(words::CODE_LAST);
    say(frame, label, 0, look.text());
    let x = left + u16::try_from(cells::width(label)).unwrap_or(0) + 2;
    let place = Rect {
        x,
        y,
        width: 8,
        height: 1,
    };
    field.draw(frame, place, look.field_here(), true);
    if state.is_wrong {
        say(frame, look.say(words::CODE_WRONG), 0, look.problem());
    }
}
