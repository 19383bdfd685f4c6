//! A line of text being edited: graphemes to edit by, cells to measure by.
//!
//! It draws nothing and knows no form.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A text and the cursor in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextField {
    text: String,
    /// In graphemes, 0 to their number.
    cursor: usize,
}

impl TextField {
    /// Returns a field with the cursor after `text`.
    pub fn new(text: String) -> Self {
        let cursor = text.graphemes(true).count();
        Self { text, cursor }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns how many cells stand before the cursor.
    pub fn cells_before(&self) -> usize {
        self.head().width()
    }

    /// Puts `piece` at the cursor; control characters are left out.
    pub fn insert(&mut self, piece: &str) {
        let clean: String = piece.chars().filter(|c| !c.is_control()).collect();
        let head = format!("{}{clean}", self.head());
        let text = format!("{head}{}", self.tail());
        self.cursor = head.graphemes(true).count();
        self.text = text;
    }

    /// Removes the grapheme before the cursor; tells whether there was one.
    pub fn backspace(&mut self) -> bool {
        let tail = self.tail().to_owned();
        let head = self.head();
        let Some((at, _)) = head.grapheme_indices(true).next_back() else {
            return false;
        };
        let head = head.get(..at).unwrap_or_default().to_owned();
        self.cursor = head.graphemes(true).count();
        self.text = head + &tail;
        true
    }

    /// Removes the grapheme at the cursor; tells whether there was one.
    pub fn delete(&mut self) -> bool {
        let tail = self.tail();
        let Some(first) = tail.graphemes(true).next() else {
            return false;
        };
        let rest = tail.get(first.len()..).unwrap_or_default();
        self.text = format!("{}{rest}", self.head());
        true
    }

    /// Moves the cursor left; tells whether it could.
    pub fn left(&mut self) -> bool {
        let moved = 0 < self.cursor;
        self.cursor = self.cursor.saturating_sub(1);
        moved
    }

    /// Moves the cursor right; tells whether it could.
    pub fn right(&mut self) -> bool {
        let moved = self.cursor < self.text.graphemes(true).count();
        self.cursor += usize::from(moved);
        moved
    }

    /// Moves the cursor to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.graphemes(true).count();
    }

    fn split(&self) -> usize {
        self.text
            .grapheme_indices(true)
            .nth(self.cursor)
            .map_or(self.text.len(), |(at, _)| at)
    }

    fn head(&self) -> &str {
        self.text.get(..self.split()).unwrap_or_default()
    }

    fn tail(&self) -> &str {
        self.text.get(self.split()..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hanzi_is_one_step_and_two_cells() {
        let mut field = TextField::new("心慌".to_owned());
        assert_eq!(field.cells_before(), 4);
        field.left();
        assert_eq!(field.cells_before(), 2);
        field.insert("很");
        assert_eq!(field.text(), "心很慌");
        assert!(field.backspace() && field.delete());
        assert_eq!(field.text(), "心");
    }

    #[test]
    fn control_characters_are_left_out() {
        let mut field = TextField::default();
        field.insert("a\u{1b}[31mb\n");
        assert_eq!(field.text(), "a[31mb");
    }
}
