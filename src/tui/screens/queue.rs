//! Today's queue, the home screen.

use ratatui::{Frame, layout::Rect};

use super::{Outcome, unexplained};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{QueueRow, QueueView},
        request::QueueAsk,
    },
    tui::{
        action::{Action, Queue},
        hand::Hand,
        keys::Key,
        port::Ticket,
        theme::Look,
        widgets::{
            cells,
            hints::{self, Hint},
            scroll::{Move, Scroll},
        },
    },
};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Queue(Queue::Visit)]),
    Hint::of(&[Action::Queue(Queue::Attempt)]),
    Hint::of(&[Action::Queue(Queue::Why)]),
    Hint::of(&[Action::Queue(Queue::Household)]),
    hints::HELP,
];

/// The day's queue as last answered.
#[derive(Debug, Default)]
pub struct State {
    asked: Option<Ticket>,
    view: Option<Box<QueueView>>,
    scroll: Scroll,
}

impl State {
    fn rows(&self) -> &[QueueRow] {
        self.view.as_ref().map_or(&[], |view| &view.due)
    }

    fn here(&self) -> Option<&QueueRow> {
        let rows = self.rows();
        rows.get(self.scroll.selected(rows.len())?)
    }
}

/// Asks for the queue.
pub fn refresh(state: &mut State, hand: &mut Hand<'_>) {
    state.asked = Some(hand.ask(Question::Queue(QueueAsk::default())));
}

/// Takes the queue.
pub fn replied(state: &mut State, ticket: Ticket, reply: Result<Reply, Stop>) -> Option<Outcome> {
    if state.asked != Some(ticket) {
        return unexplained(reply);
    }
    state.asked = None;
    match reply {
        Ok(Reply::Queue(view)) => {
            state.view = Some(view);
            None
        }
        other => unexplained(other),
    }
}

/// Takes a key.
pub fn update(state: &mut State, action: Option<Queue>, _key: Key) -> Option<Outcome> {
    let count = state.rows().len();
    match action? {
        Queue::Down => state.scroll.go(Move::Down, count, 10),
        Queue::Up => state.scroll.go(Move::Up, count, 10),
        Queue::Visit => return state.here().map(|row| Outcome::Visit(row.row.person)),
        Queue::Household => {
            return state
                .here()
                .map(|row| Outcome::Household(row.row.household, Some(row.row.person)));
        }
        _ => {}
    }
    None
}

/// Draws the rows.
pub fn view(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    for (row, y) in state.rows().iter().zip(area.y + 3..area.bottom()) {
        let text = format!("{} {}", row.name, row.place);
        cells::put(
            frame,
            area.x + 3,
            y,
            &text,
            usize::from(area.width),
            look.text(),
        );
    }
}
