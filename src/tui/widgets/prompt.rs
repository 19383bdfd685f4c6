//! A box with one line to type: a reason, a one-line entry.
//!
//! What becomes of the line is the screen's.

use ratatui::{Frame, layout::Rect};

use super::{cells, field::Field, frame};
use crate::tui::{
    action::{Action, Palette},
    keys::Key,
    theme::Look,
};

/// The widest box, in cells.
const WIDEST: u16 = 76;

/// What is asked for and what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    title: String,
    lines: Vec<String>,
    field: Field,
    /// What is wrong with the line given.
    problem: Option<String>,
}

impl Prompt {
    /// Returns a prompt with words above the line.
    pub fn new(title: &str, lines: Vec<String>) -> Self {
        Self {
            title: title.to_owned(),
            lines,
            ..Self::default()
        }
    }

    /// Returns the same prompt with `text` in its line.
    #[must_use]
    pub fn holding(mut self, text: &str) -> Self {
        self.field = Field::of(text);
        self
    }

    /// Says what is wrong with the line given.
    pub fn refuse(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    /// Takes a key. Returns the line when it is given; an empty one never is.
    pub fn press(&mut self, action: Option<Action>, key: Key) -> Option<String> {
        if action == Some(Action::Palette(Palette::Accept)) {
            let text = self.field.text().trim();
            return (!text.is_empty()).then(|| text.to_owned());
        }
        if self.field.key(key) {
            self.problem = None;
        }
        None
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
    }

    /// Draws the box over `area`.
    pub fn draw(&self, look: &Look, screen: &mut Frame<'_>, area: Rect) {
        let width = WIDEST.min(area.width);
        let room = usize::from(width.saturating_sub(4));
        let lines: Vec<String> = self
            .lines
            .iter()
            .flat_map(|line| cells::wrap(line, room))
            .collect();
        let rows = lines.len() + 1 + usize::from(self.problem.is_some());
        let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
        let inner = frame::draw_box(look, screen, area, (width, height), &self.title);
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            cells::put(screen, inner.x, y, line, room, look.text());
        }
        let y = inner.y + u16::try_from(lines.len()).unwrap_or(0);
        let line = Rect {
            y: y.min(inner.bottom().saturating_sub(1)),
            height: 1,
            ..inner
        };
        self.field.draw(screen, line, look.field_here(), true);
        if let Some(problem) = &self.problem {
            cells::put(screen, inner.x, line.y + 1, problem, room, look.problem());
        }
    }
}
