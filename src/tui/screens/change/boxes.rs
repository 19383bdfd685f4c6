//! The boxes over a dialog or a card that is about to be saved: what is doubtful
//! about it, and whose number it is.

use super::{
    super::{Outcome, Screen, Then, question},
    words,
};
use crate::{
    domain::{doubt::Doubt, id::PersonId},
    lang::refusals,
    tui::hand::Hand,
};

/// Returns the box that tells doubts and asks whether to save all the same.
pub fn doubts(doubts: &[Doubt], hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let told = doubts
        .iter()
        .map(|doubt| refusals::doubt::doubt(doubt, look.lang));
    let mut choices = vec![words::DOUBT_BACK, words::DOUBT_SAVE];
    if similar(doubts).is_some() {
        choices.push(words::DOUBT_OPEN);
    }
    let choices = choices.into_iter().map(|text| look.say(text).to_owned());
    let title = look.say(words::DOUBT_TITLE);
    let asked = question::State::ask(title, told.collect(), choices.collect());
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}

/// Returns whom a card may be a second record of.
pub fn similar(doubts: &[Doubt]) -> Option<PersonId> {
    doubts.iter().find_map(|doubt| match doubt {
        Doubt::Similar { other, .. } => Some(*other),
        Doubt::Mother { .. } | Doubt::Phone(_) | Doubt::Number(_) => None,
    })
}

/// Returns the box that tells whose number it is and offers to open them.
pub fn taken(name: &str, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let text = look.say(words::SAME_NUMBER).replace("{}", name);
    let choices = [words::DOUBT_BACK, words::DOUBT_OPEN].map(|text| look.say(text).to_owned());
    let title = look.say(words::SAME_TITLE);
    let asked = question::State::ask(title, vec![text], choices.to_vec());
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}
