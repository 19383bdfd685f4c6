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
        keys::{Key, twin},
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

/// Signs that are typed to prove the paper.
const LAST: usize = 4;

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

    fn is_right(&self, typed: &str) -> bool {
        let shown = Zeroizing::new(self.code.to_string());
        let wanted = shown.chars().rev().take(LAST).collect::<String>();
        let plain = |sign: char| match twin(sign).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let typed = typed
            .chars()
            .rev()
            .filter(|sign| !matches!(sign, ' ' | '-'));
        typed.map(plain).eq(wanted.chars())
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
    if state.is_right(typed.text()) {
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
    let Some(field) = &state.typed else {
        let shown = Zeroizing::new(state.code.to_string());
        let mut y = area.y + 1;
        for line in cells::wrap(look.say(words::CODE_WRITE), room) {
            cells::put(frame, left, y, &line, room, look.text());
            y += 1;
        }
        cells::put(frame, left + 4, y + 1, &shown, room, look.strong());
        cells::put(
            frame,
            left,
            y + 3,
            look.say(words::CODE_ONCE),
            room,
            look.warning(),
        );
        let ready = look.say(words::CODE_READY).replace("{key}", &state.key);
        cells::put(frame, left, y + 5, &ready, room, look.text());
        return;
    };
    cells::put(
        frame,
        left,
        area.y + 1,
        look.say(words::CODE_CHECK),
        room,
        look.text(),
    );
    let label = look.say(words::CODE_LAST);
    cells::put(frame, left, area.y + 3, label, room, look.text());
    let x = left + u16::try_from(cells::width(label)).unwrap_or(0) + 2;
    let place = Rect {
        x,
        y: area.y + 3,
        width: 8,
        height: 1,
    };
    field.draw(frame, place, look.field_here(), true);
    if state.is_wrong {
        let wrong = look.say(words::CODE_WRONG);
        cells::put(frame, left, area.y + 5, wrong, room, look.problem());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap;

    #[test]
    fn only_the_end_of_the_code_goes_on() {
        let keymap = keymap::load(keymap::shipped("default").unwrap(), None).unwrap();
        let code = Recovery::random().unwrap();
        let shown = code.to_string();
        let state = State::new(code, &keymap);
        let last = &shown[shown.len() - LAST..];
        assert!(state.is_right(last));
        assert!(state.is_right(&last.to_lowercase()));
        assert!(!state.is_right(""));
        assert!(!state.is_right(&shown[..LAST]) || shown[..LAST] == *last);
        assert!(!state.is_right(&format!("0{last}")));
    }
}
