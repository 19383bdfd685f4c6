//! Every key of every screen, straight from the keymap, searchable as one types.
//!
//! It explains keys; the manual is the README.
//!
//! ```text
//!  查找：撤_
//! ─── 通用 ──────────────────────────
//!  撤销                  F12  Ctrl-Z
//! ```

use ratatui::{Frame, layout::Rect};

use crate::domain::order::Arrange as _;
use crate::{
    domain::text::Text,
    tui::{
        action::{Action, Context, Help},
        keymap::Row,
        keys::Key,
        syllables,
        theme::Look,
        widgets::{
            cells,
            field::Field,
            frame,
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
        words,
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Help(Help::PageDown)]),
    Hint::of(&[Action::Help(Help::PageUp)]),
    hints::BACK,
];

/// The cells of the column of words.
const WORDS: u16 = 26;

/// What is searched, and where one has scrolled to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    rows: Vec<Row>,
    /// The screen it was asked on, and what its keys stand under there.
    here: (Context, Text),
    search: Field,
    scroll: Scroll,
}

/// A line of help.
enum Line<'a> {
    Heading(Context),
    Key(&'a Row),
}

impl State {
    /// Returns help on these rows, those of `here` first, under a heading of their own if there is
    /// one.
    pub fn new(mut rows: Vec<Row>, here: Context, heading: Option<Text>) -> Self {
        rows.arrange_by_key(|row| match row.context {
            context if context == here => 0,
            Context::Global => 1,
            _ => 2,
        });
        Self {
            rows,
            here: (here, heading.unwrap_or(here.title())),
            search: Field::default(),
            scroll: Scroll::default(),
        }
    }

    /// Empties the search. Returns whether there was one.
    pub fn clear(&mut self) -> bool {
        let had = !self.search.text().is_empty();
        self.search.clear();
        self.scroll.reset();
        had
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let wanted = self.search.text().trim().to_lowercase();
        let mut lines = Vec::new();
        let mut context = None;
        for row in self.rows.iter().filter(|row| matches(row, &wanted)) {
            if context != Some(row.context) {
                context = Some(row.context);
                lines.push(Line::Heading(row.context));
            }
            lines.push(Line::Key(row));
        }
        lines
    }
}

fn matches(row: &Row, wanted: &str) -> bool {
    let text = row.words.text;
    let heading = row.context.title();
    let words = [text.zh, text.en, heading.zh, heading.en];
    wanted.is_empty()
        || syllables::is_typed(row.words.pinyin, wanted)
        || words
            .iter()
            .any(|word| word.to_lowercase().contains(wanted))
        || row
            .keys
            .iter()
            .any(|key| key.to_lowercase().contains(wanted))
}

/// Takes a key; help leads nowhere but back.
pub fn update(state: &mut State, action: Option<Help>, key: Key) {
    let to = match action {
        Some(Help::Down) => Move::Down,
        Some(Help::Up) => Move::Up,
        Some(Help::PageDown) => Move::PageDown,
        Some(Help::PageUp) => Move::PageUp,
        None => {
            if state.search.key(key) {
                state.scroll.reset();
            }
            return;
        }
    };
    let count = state.lines().len();
    state.scroll.go(to, count, PAGE);
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) {
    state.search.insert(text);
    state.scroll.reset();
}

/// The rows a page key moves by: those of the smallest window.
const PAGE: usize = 10;

/// Draws the list; the line selected is the first one seen.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let prompt = look.say(words::HELP_SEARCH);
    let wide = u16::try_from(cells::width(prompt)).unwrap_or(0) + 1;
    cells::put(
        frame,
        area.x + 1,
        area.y,
        prompt,
        usize::from(wide),
        look.dim(),
    );
    let field = Rect {
        x: area.x + wide,
        width: area.width.saturating_sub(wide + 1),
        height: 1,
        ..area
    };
    let lines = state.lines();
    if lines.is_empty() {
        let nothing = look.say(words::HELP_NOTHING);
        cells::put(
            frame,
            area.x + 1,
            area.y + 2,
            nothing,
            usize::from(area.width),
            look.dim(),
        );
    }
    let page = usize::from(area.height.saturating_sub(1));
    let last_top = lines.len().saturating_sub(page);
    let top = state
        .scroll
        .selected(lines.len())
        .unwrap_or(0)
        .min(last_top);
    for (line, y) in lines.iter().skip(top).zip(area.y + 1..area.bottom()) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        match line {
            Line::Heading(context) => {
                let heading = match &state.here {
                    (here, heading) if here == context => *heading,
                    _ => context.title(),
                };
                frame::draw_rule(look, frame, row, look.say(heading));
            }
            Line::Key(help) => draw_row(help, look, frame, row),
        }
    }
    state.search.draw(frame, field, look.strong(), true);
}

fn draw_row(help: &Row, look: &Look, frame: &mut Frame<'_>, row: Rect) {
    let text = look.say(help.words.text);
    cells::put(
        frame,
        row.x + 2,
        row.y,
        text,
        usize::from(WORDS),
        look.text(),
    );
    let keys = if help.keys.is_empty() {
        look.say(words::HELP_PALETTE_ONLY).to_owned()
    } else {
        help.keys.join("  ")
    };
    let room = usize::from(row.width.saturating_sub(WORDS + 2));
    let style = if help.keys.is_empty() {
        look.dim()
    } else {
        look.key()
    };
    cells::put(frame, row.x + WORDS + 2, row.y, &keys, room, style);
}
