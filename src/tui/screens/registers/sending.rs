//! A month's report is marked as sent: from then on its figures stand, and what is signed or made
//! void of that month later is told apart as a correction.
//!
//! What is frozen, and which months may be, the desk decides.

use super::{
    super::{Outcome, Screen, Then, question, unexplained},
    Span, State, words,
};
use crate::{
    desk::{Command, Reply, Stop, reply::ReportTold},
    tui::{app::Status, hand::Hand, theme::Look},
};

/// Asks whether the month seen was sent.
pub fn ask(state: &State, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let today = hand.today();
    let (from, until) = state.days(today);
    let refused = |text| Outcome::Say(Status::refused(look.say(text).to_owned()));
    if state.span != Span::Month {
        return refused(words::MONTH_FIRST);
    }
    if today <= until {
        return refused(words::NOT_OVER);
    }
    let month = from.format("%Y-%m").to_string();
    let title = look.say(words::SEND);
    let text = look.say(words::SEND_QUESTION).replace("{}", &month);
    let asked = question::State::confirm(look, title, &text);
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}

/// Has the month marked, where that was confirmed.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    if choice == 0 {
        let (month, _) = state.days(hand.today());
        state.sent = hand.change(Command::SendReport { month }, Vec::new());
    }
    None
}

/// Says that it was marked.
pub fn done(state: &mut State, reply: Result<Reply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    state.sent = None;
    match reply {
        Ok(Reply::Done(_)) => {
            let text = hand.look.say(words::SENT_NOW).to_owned();
            Some(Outcome::Say(Status::done(text)))
        }
        other => unexplained(other),
    }
}

/// Returns what is said of the month's report as it was sent last.
pub fn told(report: &ReportTold, look: &Look) -> String {
    let sent = look
        .say(words::SENT_ON)
        .replace("{day}", &report.sent.day.format("%m-%d").to_string())
        .replace("{by}", &report.by);
    match report.corrections.len() {
        0 => sent,
        n => format!(
            "{sent}  {}",
            look.say(words::CORRECTIONS).replace("{}", &n.to_string())
        ),
    }
}
