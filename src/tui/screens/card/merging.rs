//! A card that another window changed meanwhile, gone through together: what
//! only one side changed is taken from it, what both changed is asked about.

use super::{Boxed, Outcome, State, opening, words};
use crate::{
    domain::{
        event::Change,
        value::{Answers, Value},
    },
    lang::card,
    tui::{
        app::Status,
        hand::Hand,
        screens::{Screen, Then, question},
    },
};

/// What of two cards is still to be chosen.
#[derive(Debug)]
pub(super) struct Merging {
    /// The card as it becomes.
    answers: Answers,
    /// Fields both sides changed: ours and theirs, the next one last.
    clashing: Vec<(Change, Change)>,
    /// The fields theirs changed, by key.
    theirs: Vec<String>,
}

/// Puts what was typed over the card as the other window left it.
pub(super) fn begin(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let known = state.known.as_ref()?;
    let typed = state.typed()?;
    let mine = Change::between(&state.base, &typed);
    let theirs = Change::between(&state.base, known.card());
    let mut answers = known.card().clone();
    let mut clashing = Vec::new();
    for own in mine {
        let other = theirs.iter().find(|other| other.field == own.field);
        match other.filter(|other| other.after != own.after) {
            Some(other) => clashing.push((own, other.clone())),
            None => own.set_on(&mut answers),
        }
    }
    clashing.reverse();
    state.merging = Some(Merging {
        answers,
        clashing,
        theirs: theirs.into_iter().map(|change| change.field).collect(),
    });
    ask(state, hand)
}

/// Asks about the next field both sides changed, or opens the card they make.
pub(super) fn ask(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let merging = state.merging.as_ref()?;
    let Some((own, other)) = merging.clashing.last() else {
        return finish(state, hand);
    };
    let field = state.known.as_ref()?.form().field(&own.field);
    let look = hand.look;
    let label = field.map_or(own.field.as_str(), |field| field.label.get(look.lang));
    let shown = |value: Option<&Value>| card::value(field, value, look.lang);
    let before = look
        .say(words::BEFORE)
        .replace("{}", &shown(own.before.as_ref()));
    let choices = [
        look.say(words::THEIRS)
            .replace("{}", &shown(other.after.as_ref())),
        look.say(words::MINE)
            .replace("{}", &shown(own.after.as_ref())),
    ];
    state.boxed = Some(Boxed::Merging);
    let asked = question::State::ask(label, vec![before], choices.to_vec());
    Some(Outcome::Open(Box::new(Screen::Question(
        asked,
        Then::Below,
    ))))
}

/// Takes the choice made for the field asked about.
pub(super) fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    let merging = state.merging.as_mut()?;
    let (own, _) = merging.clashing.pop()?;
    if choice == 1 {
        own.set_on(&mut merging.answers);
    }
    ask(state, hand)
}

fn finish(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let merging = state.merging.take()?;
    let form = state.known.as_ref()?.form();
    let lang = hand.look.lang;
    let theirs = merging.theirs.iter();
    let labels = theirs.map(|key| card::label(form, key, lang));
    let labels: Vec<&str> = labels.collect();
    let text = hand
        .look
        .say(words::MERGED)
        .replace("{}", &labels.join(" "));
    let is_changed = merging.answers != *state.known.as_ref()?.card();
    opening::open(state, merging.answers, hand);
    if is_changed {
        state.is_touched = true;
        opening::begin_draft(state, hand);
    }
    Some(Outcome::Say(Status::done(text)))
}
