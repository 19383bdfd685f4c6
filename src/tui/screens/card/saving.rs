//! Saving a card: what is doubtful is looked at first, and a refusal goes to the
//! field it is about.

use super::{Boxed, Known, Outcome, State, Whose, change};
use crate::{
    desk::{Command, Question, request::CardAsk},
    domain::{
        doubt::Doubt,
        form::FilledForm,
        refusal::{PersonRefusal, Refusal},
        value::Answers,
    },
    lang::refusals,
    tui::{app::Status, hand::Hand},
};

/// Saves the card, a resident's after what is doubtful about it was looked at.
pub(super) fn save(state: &mut State, filled: &FilledForm, hand: &mut Hand<'_>) -> Option<Outcome> {
    let known = state.known.as_ref()?;
    let card = state.card(known.form(), filled);
    if card == state.base {
        state.drafting.discard(hand);
        return Some(Outcome::Leave);
    }
    match known {
        Known::Person(view) => {
            let asked = CardAsk {
                person: Some(view.member.person.id),
                household: Some(view.household.id),
                card: card.clone(),
            };
            state.doubting = Some(hand.ask(Question::Doubts(Box::new(asked))));
            state.decided = Some(card);
        }
        Known::Household(_) => send(state, card, hand),
    }
    None
}

/// Asks the desk to change the card.
pub(super) fn send(state: &mut State, card: Answers, hand: &mut Hand<'_>) {
    let command = match state.whose {
        Whose::Person(person) => Command::ChangePerson { person, card },
        Whose::Household(household) => Command::ChangeHousehold { household, card },
    };
    state.saving = hand.change(command, state.seen.clone());
}

/// Shows what is doubtful, or goes on where nothing is.
pub(super) fn doubted(state: &mut State, doubts: &[Doubt], hand: &mut Hand<'_>) -> Option<Outcome> {
    if doubts.is_empty() {
        let card = state.decided.take()?;
        send(state, card, hand);
        return None;
    }
    state.boxed = Some(Boxed::Doubts(change::boxes::similar(doubts)));
    Some(change::boxes::doubts(doubts, hand))
}

/// The card is saved: its draft ends.
pub(super) fn saved(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.drafting.discard(hand);
    let known = state.known.as_ref()?;
    let title = known.form().title.get(hand.look.lang);
    let what = format!("{title} {}", known.who(hand.look));
    Some(Outcome::Done(change::saved_words(&what, hand)))
}

/// The desk refused: at its field where it names one, else in the status line.
pub(super) fn refused(state: &mut State, refusal: &Refusal, hand: &Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    state.doubting = None;
    let form = state.known.as_ref()?.form().clone();
    match (refusal, &mut state.editor) {
        (Refusal::Person(PersonRefusal::SameNumber { other, name }), _) => {
            state.boxed = Some(Boxed::Taken(*other));
            return Some(change::boxes::taken(name, hand));
        }
        (Refusal::Person(PersonRefusal::Card(faults)), Some(editor)) => {
            editor.refuse(&form.id, faults);
        }
        _ => {}
    }
    let lang = hand.look.lang;
    let name = |field: &str| match form.field(field) {
        Some(field) => field.label.get(lang).to_owned(),
        None => field.to_owned(),
    };
    let text = refusals::with_names(refusal, &name, lang);
    Some(Outcome::Say(Status::refused(text)))
}
