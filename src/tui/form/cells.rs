//! Pieces of a drawn line: text with the role it plays, measured in cells.
//!
//! Roles become styles in `view`; nothing here knows a colour.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::page::Place;

/// The role of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Plain,
    Label,
    Value,
    /// The box under the cursor.
    Focus,
    /// Last values, hints, options not chosen.
    Dim,
    Chosen,
    Problem,
    Doubt,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub text: String,
    pub ink: Ink,
    /// The place whose answer this is, and the cells before the cursor in it.
    pub answer: Option<(Place, usize)>,
}

impl Segment {
    /// Returns a piece that is no answer.
    pub fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self {
            text: text.into(),
            ink,
            answer: None,
        }
    }

    /// Returns how many cells it takes.
    pub fn width(&self) -> usize {
        self.text.width()
    }
}

/// Returns how many cells these pieces take together.
pub fn width_of(segments: &[Segment]) -> usize {
    segments.iter().map(Segment::width).sum()
}

/// Fills `text` with blanks on the right up to `cells`.
pub fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

/// Fills `text` with blanks on the left up to `cells`.
pub fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(text.width())))
}

/// Returns the part of `text` that fits into `cells`.
pub fn clipped(text: &str, cells: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|sign| {
            used += sign.width().unwrap_or(0);
            used <= cells
        })
        .collect()
}

/// Returns the part of `text` before and around a cursor standing after `before` cells that fits
/// into `cells`, and the cursor's place in it.
pub fn window(text: &str, before: usize, cells: usize) -> (String, usize) {
    if before < cells {
        return (clipped(text, cells), before);
    }
    let mut skipped = 0;
    let rest: String = text
        .chars()
        .skip_while(|sign| {
            let skip = before - skipped >= cells;
            if skip {
                skipped += sign.width().unwrap_or(0);
            }
            skip
        })
        .collect();
    (clipped(&rest, cells), before.saturating_sub(skipped))
}
