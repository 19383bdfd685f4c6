//! A person's numbers whole, in a box: asked for by whoever must dial or copy one, and noted.

use super::words;
use crate::{
    desk::{Reply, Stop, reply::NumbersView},
    tui::{
        hand::Hand,
        screens::{Outcome, Screen, Then, question, unexplained},
        theme::Look,
    },
};

/// Shows the numbers that were asked for.
pub fn came(reply: Result<Reply, Stop>, hand: &Hand<'_>) -> Option<Outcome> {
    let view = match reply {
        Ok(Reply::Numbers(view)) => view,
        other => return unexplained(other),
    };
    let told = question::State::tell(hand.look, &view.name, lines(&view, hand.look));
    Some(Outcome::Open(Box::new(Screen::Question(
        told,
        Then::Nothing,
    ))))
}

fn lines(view: &NumbersView, look: &Look) -> Vec<String> {
    let mut lines = vec![match view.id_no.as_str() {
        "" => look.say(words::NO_ID).to_owned(),
        number => look.say(words::ID_NO).replace("{}", number),
    }];
    lines.extend(view.phones.iter().map(|(whose, phone)| {
        match whose.as_str() {
            "" => look.say(words::PHONE_OWN).replace("{}", phone),
            name => look
                .say(words::PHONE_OF)
                .replace("{phone}", phone)
                .replace("{name}", name),
        }
    }));
    if view.phones.is_empty() {
        lines.push(look.say(words::NO_PHONE).to_owned());
    }
    lines
}
