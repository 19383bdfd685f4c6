//! A one-line text field: a value edited in graphemes, drawn in cells.
//!
//! It knows no key but the usual editing ones, and nothing of what it is for.

use ratatui::{Frame, layout::Rect, style::Style};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::cells;
use crate::{
    domain::text::is_invisible,
    tui::keys::{Code, Key},
};

/// Text and cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Field {
    text: String,
    /// Byte offset, always between graphemes.
    cursor: usize,
}

impl Field {
    /// Returns a field holding `text`, the cursor at its end.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// Returns what stands in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what stands left of the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or(&self.text)
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or("")
    }

    /// Edits by one key. Returns whether the key was one of editing.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(&c.to_string());
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Backspace, false) => self.backspace(),
            (Code::Delete, false) => self.delete(),
            (Code::Left, false) => self.cursor -= last(self.before()),
            (Code::Right, false) => self.cursor += first(self.after()),
            (Code::Home, false) | (Code::Char('a'), true) => self.cursor = 0,
            (Code::End, false) | (Code::Char('e'), true) => self.cursor = self.text.len(),
            (Code::Char('u'), true) => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            (Code::Char('w'), true) => self.delete_word(),
            _ => return false,
        }
        true
    }

    /// Puts text at the cursor: line ends and tabs become blanks.
    pub fn insert(&mut self, text: &str) {
        let text: String = text
            .trim_matches('\n')
            .chars()
            .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
            .filter(|c| !c.is_control() && !is_invisible(*c))
            .collect();
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        // A combining sign joins what stands before: the cursor moves past both.
        let mut boundaries = self.text.grapheme_indices(true).map(|(at, _)| at);
        let at = boundaries.find(|at| *at >= self.cursor);
        self.cursor = at.unwrap_or(self.text.len());
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn backspace(&mut self) {
        let start = self.cursor - last(self.before());
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    fn delete(&mut self) {
        let end = self.cursor + first(self.after());
        self.text.drain(self.cursor..end);
    }

    fn delete_word(&mut self) {
        let before = self.before().trim_end();
        let start = before
            .unicode_word_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Draws the part around the cursor. With `focused` the terminal's cursor
    /// stands in it, where an input method composes.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, style: Style, focused: bool) {
        let room = usize::from(area.width);
        let (skipped, shown) = self.window(room);
        cells::put(
            frame,
            area.x,
            area.y,
            &cells::left(shown, room, ""),
            room,
            style,
        );
        if focused {
            let at = cells::width(self.before()).saturating_sub(skipped);
            let at = u16::try_from(at)
                .unwrap_or(0)
                .min(area.width.saturating_sub(1));
            frame.set_cursor_position((area.x + at, area.y));
        }
    }

    /// Returns how many cells are scrolled out at the left, and the rest.
    fn window(&self, room: usize) -> (usize, &str) {
        let mut skipped = 0;
        let mut rest = self.text.as_str();
        let at = cells::width(self.before());
        while at - skipped >= room.max(1) && !rest.is_empty() {
            let next = first(rest);
            skipped += cells::width(rest.get(..next).unwrap_or(""));
            rest = rest.get(next..).unwrap_or("");
        }
        (skipped, rest)
    }
}

fn first(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

fn last(text: &str) -> usize {
    text.graphemes(true).next_back().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::parse_run;
    use rstest::rstest;

    #[rstest]
    #[case("张三<bs>", "张|")]
    #[case("张三<left>李", "张李|三")]
    #[case("张三<home><del>", "|三")]
    #[case("张三 李四<ctrl-w>", "张三 李|")]
    #[case("abc<left><ctrl-u>", "|c")]
    #[case("ab<left><left><left><right>x", "ax|b")]
    #[case("e\u{301}<bs>", "|")]
    fn editing_works_in_graphemes(#[case] keys: &str, #[case] result: &str) {
        let mut field = Field::default();
        for key in parse_run(keys).unwrap() {
            assert!(field.key(key));
        }
        assert_eq!(format!("{}|{}", field.before(), field.after()), result);
    }

    #[test]
    fn a_paste_stays_on_one_line() {
        let mut field = Field::of("户");
        field.insert("主\n张\t三\n");
        assert_eq!(field.text(), "户主 张 三");
    }

    #[test]
    fn the_cursor_stays_in_sight() {
        let field = Field::of("一二三四五");
        assert_eq!(field.window(5), (6, "四五"));
        assert_eq!(field.window(20), (0, "一二三四五"));
    }
}
