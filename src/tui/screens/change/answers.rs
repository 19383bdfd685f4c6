//! What the desk's answers do to a dialog: who was found, what is doubtful, what
//! was saved, and why something was not.

use super::{
    super::{Outcome, Screen, household, unexplained},
    Boxed, State,
    around::Around,
    ask::{Ask, Hit, Kind, Slot},
    boxes, drafting, head_ask,
    purpose::{self, Purpose},
    send, words,
};
use crate::{
    desk::{
        Question, Reply, Stop,
        reply::{Done, FoundPerson, HouseholdView},
    },
    domain::{
        doubt::Doubt,
        refusal::{HouseholdRefusal, PersonRefusal, Refusal},
    },
    lang::refusals,
    tui::{
        action::{Action, Context, Global},
        hand::Hand,
        keys::Key,
        port::Ticket,
    },
};

/// Takes an answer of the desk.
pub fn replied(
    state: &mut State,
    ticket: Ticket,
    reply: Result<Reply, Stop>,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    let is = |asked: Option<Ticket>| asked == Some(ticket);
    match reply {
        Ok(Reply::Overview(overview)) if is(state.villages_asked) => {
            state.villages_asked = None;
            state.villages = overview.villages;
            drafting::rebuild(state, hand);
            None
        }
        Ok(Reply::Search(found)) if is(state.searching) => {
            state.searching = None;
            offer(state, &found.rows, hand);
            None
        }
        Ok(Reply::Drafts(drafts)) if is(state.looking) => {
            state.looking = None;
            drafting::look(state, &drafts, hand);
            None
        }
        Ok(Reply::TakenUp(taken)) if is(state.taking) => {
            state.taking = None;
            if let Some(taken) = taken {
                drafting::taken_up(state, &taken, hand);
            }
            None
        }
        Ok(Reply::Household(view)) if is(state.renewing) => {
            state.renewing = None;
            state.around = Around::household(&view);
            drafting::rebuild(state, hand);
            None
        }
        Ok(Reply::Person(view)) if is(state.renewing) => {
            state.renewing = None;
            state.around = Around::person(&view);
            drafting::rebuild(state, hand);
            None
        }
        Ok(Reply::Household(view)) if is(state.heads_asked) => {
            ask_head(state, &view, hand);
            None
        }
        Ok(Reply::Doubts(doubts)) if is(state.doubting) => {
            state.doubting = None;
            if doubts.is_empty() {
                let command = state.decided.take()?;
                send(state, command, hand);
                return None;
            }
            Some(ask_doubts(state, &doubts, hand))
        }
        Ok(Reply::Done(done)) if is(state.saving) => {
            state.drafting.discard(hand);
            Some(saved(state, &done, hand))
        }
        Err(Stop::Refused(refusal)) if is(state.saving) => refused(state, refusal, hand),
        other => {
            let asked = [
                &mut state.villages_asked,
                &mut state.searching,
                &mut state.doubting,
                &mut state.heads_asked,
                &mut state.looking,
                &mut state.taking,
                &mut state.renewing,
            ];
            for asked in asked {
                asked.take_if(|asked| *asked == ticket);
            }
            unexplained(other)
        }
    }
}

/// Offers who was found for what is being looked for.
fn offer(state: &mut State, rows: &[FoundPerson], hand: &Hand<'_>) {
    let by_home = state
        .asks
        .get(state.at)
        .is_some_and(|ask| ask.slot == Slot::House);
    let hits = hits(rows, by_home, state, hand);
    if let Some(Ask {
        kind: Kind::Find { found, at, .. },
        ..
    }) = state.asks.get_mut(state.at)
    {
        *found = hits;
        *at = 0;
    }
}

fn hits(rows: &[FoundPerson], by_home: bool, state: &State, hand: &Hand<'_>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for row in rows {
        let own = row.household == state.around.household && state.purpose != Purpose::NewHousehold;
        let twice = hits.iter().any(|hit| hit.household == row.household);
        let is_self = Some(row.person) == state.purpose.person();
        let outside = by_home || state.purpose == Purpose::Incoming;
        if (by_home && twice) || (outside && own) || is_self || row.is_gone {
            continue;
        }
        let text = if by_home {
            let head = hand
                .look
                .say(household::words::HEAD_OF)
                .replace("{}", &row.head);
            format!("{} {head} {}", row.place, row.address_here)
        } else {
            let born = row
                .birth
                .map_or_else(String::new, |birth| birth.to_string());
            format!("{} {} {born} {}", row.name, row.place, row.head)
        };
        let name = if by_home {
            format!("{} {}", row.place, row.head)
        } else {
            row.name.clone()
        };
        hits.push(Hit {
            household: row.household,
            person: row.person,
            name,
            text,
        });
    }
    hits
}

fn saved(state: &State, done: &Done, hand: &Hand<'_>) -> Outcome {
    let about = state.purpose.person();
    let about = about.map(|person| state.around.name(person));
    let named = state.asks.iter().find(|ask| ask.slot == Slot::Name);
    let named = named.map(|ask| ask.text().to_owned());
    let who = about.or(named.filter(|name| !name.is_empty()));
    let found = state.asks.iter().find_map(Ask::hit);
    let who = who.or_else(|| found.map(|hit| hit.name.clone()));
    let title = hand.look.say(state.purpose.title());
    let what = match who {
        Some(who) => format!("{title} {who}"),
        None => title.to_owned(),
    };
    let text = saved_words(&what, hand);
    match (&state.purpose, done.households.first()) {
        (Purpose::NewHousehold, Some(founded)) => {
            let opened = household::State::new(*founded, done.people.first().copied());
            Outcome::Instead(Box::new(Screen::Household(Box::new(opened))), text)
        }
        _ => Outcome::Done(text),
    }
}

/// Says that something was saved, and which key undoes it.
pub fn saved_words(what: &str, hand: &Hand<'_>) -> String {
    let undo = hand
        .keymap
        .hint(Context::Global, Action::Global(Global::Undo));
    hand.look
        .say(words::SAVED)
        .replace("{what}", what)
        .replace("{key}", &undo.map_or_else(String::new, Key::shown))
}

fn refused(state: &mut State, refusal: Refusal, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    match &refusal {
        Refusal::Household(HouseholdRefusal::Headless { household }) => {
            state.heads_asked = Some(hand.ask(Question::Household(*household)));
            state.notice = Some(hand.look.say(words::ASK_HEAD).to_owned());
            None
        }
        Refusal::Person(PersonRefusal::SameNumber { other, name }) => {
            state.boxed = Some(Boxed::Taken(*other));
            Some(boxes::taken(name, hand))
        }
        _ => {
            let slots = purpose::slots(refusal.field());
            let at = state.asks.iter().position(|ask| slots.contains(&ask.slot));
            state.at = at.unwrap_or(state.at);
            let look = hand.look;
            let asks = &state.asks;
            let name = |field: &str| {
                let slots = purpose::slots(Some(field));
                let ask = asks.iter().find(|ask| slots.contains(&ask.slot));
                ask.map_or_else(|| field.to_owned(), |ask| look.say(ask.label).to_owned())
            };
            state.notice = Some(refusals::with_names(&refusal, &name, look.lang));
            None
        }
    }
}

/// Asks for the new head right here, where somebody leaves without one.
fn ask_head(state: &mut State, view: &HouseholdView, hand: &Hand<'_>) {
    state.heads_asked = None;
    let around = Around::household(view);
    let incoming = state.asks.iter().find(|ask| ask.slot == Slot::Who);
    let leaving = match incoming.and_then(Ask::hit) {
        Some(hit) => vec![hit.person],
        None => state.leaving(),
    };
    // Who stays is another household's matter where somebody comes from there.
    state.around.members.clone_from(&around.members);
    state.asks.retain(|ask| ask.slot != Slot::NewHead);
    state.asks.push(head_ask(&around, &leaving));
    state.at = state.asks.len() - 1;
    state.notice = Some(hand.look.say(words::ASK_HEAD).to_owned());
}

fn ask_doubts(state: &mut State, doubts: &[Doubt], hand: &Hand<'_>) -> Outcome {
    state.boxed = Some(Boxed::Doubts(boxes::similar(doubts)));
    boxes::doubts(doubts, hand)
}
