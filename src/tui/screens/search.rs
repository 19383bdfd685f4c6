//! Finding people as one types.

use ratatui::{Frame, layout::Rect};

use super::{Outcome, unexplained};
use crate::{
    desk::{Question, Reply, Stop, reply::SearchView},
    tui::{
        action::{Action, Search},
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            field::Field,
            hints::{self, Hint},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[Hint::of(&[Action::Search(Search::Open)]), hints::BACK];

/// What is typed and found.
#[derive(Debug, Default)]
pub struct State {
    typed: Field,
    asked: Option<Ticket>,
    found: Option<Box<SearchView>>,
}

impl State {
    /// Returns whether keys wait: what is typed is still looked for.
    pub fn holds(&self) -> bool {
        self.asked.is_some()
    }
}

/// Asks for what is typed.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    let text = state.typed.text().to_owned();
    state.asked = Some(hand.ask(Question::Search { text, limit: 20 }));
}

/// Takes what was found.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return unexplained(reply);
    }
    state.asked = None;
    match reply {
        Ok(Reply::Search(found)) => {
            state.found = Some(found);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Search>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    if action == Some(Search::Open) {
        let first = state.found.as_ref()?.rows.first()?;
        return Some(Outcome::Household(first.household, Some(first.person)));
    }
    if state.typed.key(key) {
        refresh(state, hand);
    }
    None
}

/// Draws the box and the results.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let field = Rect { height: 1, ..area };
    state.typed.draw(frame, field, look.strong(), true);
    let rows = state.found.iter().flat_map(|found| &found.rows);
    for (row, y) in rows.zip(area.y + 2..area.bottom()) {
        let room = usize::from(area.width);
        cells::put(frame, area.x + 3, y, &row.name, room, look.text());
    }
}
