//! The menus of a household: who is added, what becomes of a member, what else is seen of them.
//!
//! What a line leads to is done by the household's own screen.

use super::{
    super::{
        Outcome, Screen, Then,
        change::{self, Purpose},
        question,
    },
    State, told, words,
};
use crate::{
    desk::rights::Matter,
    domain::{
        id::PersonId,
        person::{Person, PersonState},
    },
    tui::hand::Hand,
};

/// What a menu's line leads to.
#[derive(Debug, Clone)]
pub enum Choice {
    Change(Purpose),
    Card,
    Facts(PersonId),
    Numbers(PersonId),
}

impl Choice {
    /// Returns what one must be allowed to do for it: cards and facts are anybody's to read.
    const fn is_for(&self) -> Option<Matter> {
        match self {
            Self::Change(_) => Some(Matter::Register),
            Self::Numbers(_) => Some(Matter::Numbers),
            Self::Card | Self::Facts(_) => None,
        }
    }
}

/// Offers who may be added.
pub fn add_menu(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let household = state.household.as_deref()?;
    let mut menu = Vec::new();
    if household.household.ended.is_none() {
        menu.extend([Purpose::Newborn, Purpose::NewMember, Purpose::Incoming]);
    }
    let gone = household
        .former
        .iter()
        .filter(|(person, _)| !person.is_here());
    menu.extend(gone.map(|(person, _)| returning(person)));
    let title = hand.look.say(words::ADD_TITLE).to_owned();
    Some(ask(
        state,
        &title,
        menu.into_iter().map(Choice::Change).collect(),
        hand,
    ))
}

/// Offers what becomes of the person selected, as far as whoever sits here may.
pub fn change_menu(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    let household = state.household.as_deref()?;
    let person = state.person()?;
    let member = household.members.iter().find(|m| m.person.id == person);
    let mut menu: Vec<Choice> = Vec::new();
    let who;
    if let Some(member) = member {
        who = told::name(hand.look, &member.person);
        let several = 1 < household.members.len();
        let is_head = household.household.head == Some(person);
        let offered = [
            (several, Purpose::Head),
            (!is_head, Purpose::Relation(person)),
            (several, Purpose::Split),
            (true, Purpose::Merge),
            (true, Purpose::Move(person)),
            (true, Purpose::Out(person)),
            (true, Purpose::Death(person)),
            (true, Purpose::Void(person)),
        ];
        let offered = offered.into_iter().filter(|(fits, _)| *fits);
        menu.extend(offered.map(|(_, purpose)| Choice::Change(purpose)));
    } else {
        let former = household.former.iter().find(|(f, _)| f.id == person);
        let (former, _) = former?;
        who = told::name(hand.look, former);
        if !former.is_here() {
            menu.push(Choice::Change(returning(former)));
        }
    }
    menu.push(Choice::Facts(person));
    menu.push(Choice::Numbers(person));
    menu.push(Choice::Card);
    menu.retain(|choice| {
        choice
            .is_for()
            .is_none_or(|matter| hand.place.may(matter).is_ok())
    });
    let title = hand.look.say(words::CHANGE_TITLE).replace("{}", &who);
    Some(ask(state, &title, menu, hand))
}

/// Returns how somebody who has gone is here again.
fn returning(person: &Person) -> Purpose {
    match person.state {
        PersonState::Died { .. } | PersonState::Void { .. } => Purpose::NotGone(person.id),
        PersonState::Here | PersonState::Lost { .. } | PersonState::MovedOut { .. } => {
            Purpose::Back(person.id)
        }
    }
}

fn ask(state: &mut State, title: &str, menu: Vec<Choice>, hand: &Hand<'_>) -> Outcome {
    let look = hand.look;
    let household = state.household.as_deref();
    let lines = menu.iter().map(|choice| match choice {
        Choice::Card => look.say(change::words::HOUSEHOLD_CARD).to_owned(),
        Choice::Facts(_) => look.say(change::words::FACTS).to_owned(),
        Choice::Numbers(_) => look.say(words::NUMBERS).to_owned(),
        Choice::Change(purpose @ (Purpose::Back(person) | Purpose::NotGone(person))) => {
            let former = household.into_iter().flat_map(|h| &h.former);
            let mut named = former.filter(|(f, _)| f.id == *person);
            let name = named
                .next()
                .map_or_else(String::new, |(f, _)| told::name(look, f));
            format!("{} {name}", look.say(purpose.title()))
        }
        Choice::Change(purpose) => look.say(purpose.title()).to_owned(),
    });
    let asked = question::State::ask(title, Vec::new(), lines.collect());
    state.menu = menu;
    Outcome::Open(Box::new(Screen::Question(asked, Then::Below)))
}
