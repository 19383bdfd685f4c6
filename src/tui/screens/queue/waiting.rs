//! What waits in the lists of agreements: a few words in the rule below the queue's numbers.
//!
//! The lists themselves are `agreements`; the key that opens them begins with what presses most.

use ratatui::{Frame, layout::Rect};

use super::State;
use crate::{
    desk::{Reply, Stop, reply::AgreementList},
    domain::text::Lang,
    tui::{
        theme::Look,
        widgets::{cells, frame as frames},
        words::queue as words,
    },
};

impl State {
    /// Returns the lists of agreements in which something waits, with how much, what presses
    /// most first.
    pub fn waiting(&self) -> impl Iterator<Item = (AgreementList, usize)> {
        let some = self.waiting.iter().filter(|(_, count)| 0 < *count);
        some.copied()
    }
}

/// Takes the counts in; without an answer those before stand.
pub(super) fn take(state: &mut State, reply: Result<Reply, Stop>) {
    state.waiting_asked = None;
    if let Ok(Reply::Waiting(view)) = reply {
        state.waiting = view.counts;
    }
}

/// The rule below the numbers; where something waits in the lists of agreements, it says how
/// much in which.
pub(super) fn draw(state: &State, look: &Look, frame: &mut Frame<'_>, area: Rect) {
    let gap = match look.lang {
        Lang::Zh => "",
        Lang::En => " ",
    };
    let told: Vec<String> = state
        .waiting()
        .map(|(list, count)| format!("{}{gap}{count}", look.say(list.name())))
        .collect();
    let words = match told.is_empty() {
        true => String::new(),
        false => format!("{} {}", look.say(words::WAITING), told.join("  ")),
    };
    let room = usize::from(area.width.saturating_sub(8));
    let words = cells::cut(&words, room, look.signs().cut);
    frames::draw_rule(look, frame, area, &words);
}
