//! A box that tells something or asks for one of several choices.
//!
//! A digit picks its choice at once; what follows is the caller's.
//!
//! ```text
//! ┌─ 退出 ───────────────────┐
//! │ 关闭这个窗口？           │
//! │                          │
//! │ ▸ 1 是                   │
//! │   2 否                   │
//! └──────────────────────────┘
//! ```

use ratatui::{Frame, layout::Rect};

use crate::tui::{
    action::{Action, List},
    keys::Key,
    sentences::Failure,
    theme::Look,
    widgets::{
        cells, frame,
        hints::{self, Hint},
        scroll::Scroll,
    },
    words,
};

use super::{Outcome, list_move};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::all(
        &[Action::List(List::Up), Action::List(List::Down)],
        words::CHOOSE,
    ),
    Hint::of(&[Action::List(List::Accept)]),
    hints::BACK,
];

/// The widest box, in cells.
const WIDEST: u16 = 70;

/// What is told and asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    title: String,
    paragraphs: Vec<String>,
    choices: Vec<String>,
    scroll: Scroll,
    grave: bool,
}

impl State {
    /// Returns a question with choices, the first selected.
    pub fn ask(title: &str, paragraphs: Vec<String>, choices: Vec<String>) -> Self {
        Self {
            title: title.to_owned(),
            paragraphs,
            choices,
            scroll: Scroll::default(),
            grave: false,
        }
    }

    /// Returns a question answered with yes or no, no selected.
    pub fn confirm(look: &Look, title: &str, question: &str) -> Self {
        let choices = [words::YES, words::NO].map(|word| look.say(word).to_owned());
        let mut state = Self::ask(title, vec![question.to_owned()], choices.to_vec());
        state.scroll.select(1);
        state
    }

    /// Selects a choice.
    pub fn select(&mut self, choice: usize) {
        self.scroll.select(choice);
    }

    /// Returns a message to be read and closed.
    pub fn tell(look: &Look, title: &str, paragraphs: Vec<String>) -> Self {
        let choices = vec![look.say(words::UNDERSTOOD).to_owned()];
        Self::ask(title, paragraphs, choices)
    }

    /// Returns the message for a failure: what happened, what is safe, what to do.
    pub fn failure(look: &Look, failure: &Failure) -> Self {
        let paragraphs = vec![
            failure.happened.clone(),
            format!("{}{}", look.say(words::FAILURE_SAFE), failure.safe),
            format!("{}{}", look.say(words::FAILURE_NEXT), failure.next),
        ];
        let mut state = Self::tell(look, look.say(words::FAILURE), paragraphs);
        state.grave = true;
        state
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<List>, key: Key) -> Option<Outcome> {
    let count = state.choices.len();
    match action {
        Some(List::Accept) => return state.scroll.selected(count).map(Outcome::Chosen),
        Some(action) => {
            if let Some(to) = list_move(action) {
                state.scroll.go(to, count, count);
            }
            return None;
        }
        None => {}
    }
    let digit = key.with_twin().typed().and_then(|c| c.to_digit(10))?;
    let choice = usize::try_from(digit).ok()?.checked_sub(1)?;
    (choice < count).then_some(Outcome::Chosen(choice))
}

/// Draws the box over `area`.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let inside = usize::from(WIDEST.min(area.width).saturating_sub(4));
    let lines: Vec<String> = state
        .paragraphs
        .iter()
        .flat_map(|paragraph| cells::wrap(paragraph, inside))
        .collect();
    let choices: Vec<String> = state
        .choices
        .iter()
        .enumerate()
        .map(|(at, choice)| match at {
            0..9 => format!("{} {choice}", at + 1),
            _ => format!("  {choice}"),
        })
        .collect();
    let widest = lines.iter().map(|line| cells::width(line));
    let widest = widest.chain(choices.iter().map(|choice| 3 + cells::width(choice)));
    let widest = widest
        .chain([cells::width(&state.title) + 6])
        .max()
        .unwrap_or(0);
    let width = u16::try_from(widest.min(inside)).unwrap_or(WIDEST) + 4;
    let rows = lines.len() + 1 + choices.len();
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let inner = frame::draw_box(look, frame, area, (width, height), &state.title);
    let style = if state.grave {
        look.problem()
    } else {
        look.text()
    };
    for (at, (line, y)) in lines.iter().zip(inner.y..inner.bottom()).enumerate() {
        let style = if at == 0 { style } else { look.text() };
        cells::put(frame, inner.x, y, line, inside, style);
    }
    let first = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
    let first = inner
        .y
        .saturating_add(first)
        .min(inner.bottom().saturating_sub(1));
    let page = usize::from(inner.bottom().saturating_sub(first));
    let seen = state.scroll.seen(choices.len(), page);
    let selected = state.scroll.selected(choices.len());
    let rows = choices.iter().enumerate().skip(seen.start);
    for ((at, choice), y) in rows.zip(first..inner.bottom()) {
        let here = selected == Some(at);
        let style = if here { look.strong() } else { look.text() };
        if here {
            cells::put(frame, inner.x, y, look.signs().mark, 1, look.strong());
            frame.set_cursor_position((inner.x, y));
        }
        cells::put(
            frame,
            inner.x + 2,
            y,
            choice,
            inside.saturating_sub(2),
            style,
        );
    }
}
