//! Pieces of a drawn line: text with the role it plays, measured in cells.
//!
//! Roles become styles in `view`; nothing here knows a colour.

use super::page::Place;
use crate::tui::widgets::cells::{graphemes, start, width};

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
    /// 上次, untouched.
    Carried,
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
    /// Whether it stays on the line of the piece before it.
    pub glued: bool,
}

impl Segment {
    /// Returns a piece that is no answer.
    pub fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self {
            text: text.into(),
            ink,
            answer: None,
            glued: false,
        }
    }

    /// Returns the piece kept on the line of the one before it.
    #[must_use]
    pub fn glued(self) -> Self {
        Self {
            glued: true,
            ..self
        }
    }

    /// Returns how many cells it takes.
    pub fn width(&self) -> usize {
        width(&self.text)
    }
}

/// Returns how many cells these pieces take together.
pub fn width_of(segments: &[Segment]) -> usize {
    segments.iter().map(Segment::width).sum()
}

/// Returns the part of `text` around a cursor standing after `before` cells that fits into
/// `room` cells, and the cursor's place in it.
pub fn window(text: &str, before: usize, room: usize) -> (String, usize) {
    let mut skipped = 0;
    let rest = graphemes(text).skip_while(|(_, cells)| {
        let skip = room <= before - skipped;
        if skip {
            skipped += cells;
        }
        skip
    });
    let rest: String = rest.map(|(grapheme, _)| grapheme).collect();
    (
        start(&rest, room).to_owned(),
        before.saturating_sub(skipped),
    )
}
