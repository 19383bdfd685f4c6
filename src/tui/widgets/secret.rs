//! A line that is typed unseen: a password. It is wiped from memory when it is let go.
//!
//! The cursor stays at its end; nothing in the middle of what nobody sees is edited.

use std::fmt;

use ratatui::{Frame, layout::Rect, style::Style};
use zeroize::{Zeroize as _, Zeroizing};

use super::cells;
use crate::{
    desk::entrance::Password,
    tui::keys::{Code, Key},
};

/// The most signs taken. The memory for them is had at once, so that no copy stays behind.
const MOST: usize = 128;
/// Bytes of the longest sign.
const SIGN: usize = 4;

/// A line typed unseen.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    text: Zeroizing<String>,
    /// Whether it is seen after all: what is copied from paper.
    is_seen: bool,
}

impl Default for Secret {
    fn default() -> Self {
        Self {
            text: Zeroizing::new(String::with_capacity(MOST * SIGN)),
            is_seen: false,
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Secret")
    }
}

impl Secret {
    /// Returns a line that is seen, and wiped all the same.
    pub fn seen() -> Self {
        Self {
            is_seen: true,
            ..Self::default()
        }
    }

    /// Returns what was typed.
    pub fn text(&self) -> Zeroizing<String> {
        self.text.clone()
    }

    /// Returns whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the password typed.
    pub fn password(&self) -> Password {
        Password::of(&self.text)
    }

    /// Takes a key; returns whether it was one of its own.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(sign) = key.typed() {
            self.push(sign);
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Backspace, false) => {
                self.text.pop();
            }
            (Code::Char('u'), true) => self.clear(),
            _ => return false,
        }
        true
    }

    /// Takes pasted text.
    pub fn insert(&mut self, text: &str) {
        for sign in text.chars().filter(|sign| !sign.is_control()) {
            self.push(sign);
        }
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.text.zeroize();
    }

    fn push(&mut self, sign: char) {
        if self.text.chars().count() < MOST {
            self.text.push(sign);
        }
    }

    /// Draws a star for each sign in `area`, one row high.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, style: Style, focused: bool) {
        let room = usize::from(area.width);
        let count = self.text.chars().count();
        let most = room.saturating_sub(1);
        let shown = match self.is_seen {
            true => Zeroizing::new(cells::start(&self.text, most).to_owned()),
            false => Zeroizing::new("*".repeat(count.min(most))),
        };
        let text = cells::left(&shown, room, "");
        cells::put(frame, area.x, area.y, &text, room, style);
        if focused {
            let at = u16::try_from(cells::width(&shown)).unwrap_or(0);
            frame.set_cursor_position((area.x + at, area.y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::parse_run;

    #[test]
    fn what_is_typed_shows_nowhere_and_never_moves_in_memory() {
        let mut secret = Secret::default();
        let place = secret.text.as_ptr();
        for key in parse_run("口令ab<bs>1").unwrap() {
            assert!(secret.key(key));
        }
        secret.insert("长\n2");
        assert!(secret.password().is(&Password::of("口令a1长2")));
        assert_eq!(format!("{secret:?}"), "Secret");
        secret.insert(&"口".repeat(1000));
        assert_eq!(secret.text.as_ptr(), place);
        assert_eq!(secret.text.chars().count(), MOST);
        secret.clear();
        assert!(secret.is_empty());
    }
}
