//! A dialog that changes who lives where: it asks what its purpose needs, and
//! no more, lets doubts be looked at, and asks the desk.

mod answers;
mod around;
mod ask;
pub mod boxes;
mod drafting;
mod purpose;
mod read;
mod view;
pub mod words;

pub use answers::{replied, saved_words};
pub use around::Around;
pub use drafting::back;
pub use purpose::Purpose;
pub use view::view;

use self::drafting::Shot;
use super::{Outcome, Settle};
use crate::{
    desk::{Command, Question, request::CardAsk},
    domain::{
        aspect::{Aspect, Seen},
        clinic::Village,
        day::Day,
        id::{HouseholdId, PersonId},
        text::Text,
    },
    tui::{
        action::{Action, Person as Keys},
        drafting::Drafting,
        hand::Hand,
        keys::{Code, Key},
        port::Ticket,
        widgets::hints::{self, Hint},
    },
};
use ask::{Ask, Did, Slot};
use purpose::head_ask;
use read::{Answered, Unfit, mark_missing};

/// What the hint line offers here.
pub const HINTS: &[Hint] = &[
    Hint::of(&[Action::Person(Keys::Save)]),
    Hint::of(&[Action::Person(Keys::Next)]),
    Hint::of(&[Action::Person(Keys::Previous)]),
    hints::BACK,
    hints::HELP,
];

/// How many are offered while somebody is looked for.
const FOUND: usize = 8;

/// What the box over the dialog asks.
#[derive(Debug)]
enum Boxed {
    /// Doubts about a card: save it all the same, or open the other person.
    Doubts(Option<PersonId>),
    /// The number belongs to somebody else.
    Taken(PersonId),
    /// Whether the answers are no longer wanted.
    Dropping,
}

/// A dialog.
#[derive(Debug)]
pub struct State {
    purpose: Purpose,
    around: Around,
    villages: Vec<Village>,
    asks: Vec<Ask>,
    at: usize,
    notice: Option<String>,
    /// The villages, for a new household.
    villages_asked: Option<Ticket>,
    searching: Option<Ticket>,
    doubting: Option<Ticket>,
    saving: Option<Ticket>,
    /// The members of the household that would be left headless.
    heads_asked: Option<Ticket>,
    boxed: Option<Boxed>,
    decided: Option<Command>,
    drafting: Drafting,
    /// What is answered from the start.
    fresh: Vec<(Slot, String)>,
    /// The draft it is to be taken up from.
    wanted: Option<String>,
    /// The drafts put down were asked for, then the one of this dialog.
    looking: Option<Ticket>,
    taking: Option<Ticket>,
    /// The answers of the draft, until the household is known.
    kept: Option<Shot>,
    /// The household as it is now was asked for.
    renewing: Option<Ticket>,
}

impl State {
    /// Returns the dialog for a purpose.
    pub fn new(purpose: Purpose, around: Around) -> Self {
        Self {
            purpose,
            around,
            villages: Vec::new(),
            asks: Vec::new(),
            at: 0,
            notice: None,
            villages_asked: None,
            searching: None,
            doubting: None,
            saving: None,
            heads_asked: None,
            boxed: None,
            decided: None,
            drafting: Drafting::default(),
            fresh: Vec::new(),
            wanted: None,
            looking: None,
            taking: None,
            kept: None,
            renewing: None,
        }
    }

    /// Returns what the dialog is called.
    pub fn title(&self) -> Text {
        self.purpose.title()
    }

    /// Returns the dialog that founds a household.
    pub fn founding() -> Self {
        Self::new(Purpose::NewHousehold, Around::nowhere(Day::default()))
    }

    /// Returns whether keys wait: what they would mean depends on an answer.
    pub fn holds(&self) -> bool {
        [
            self.villages_asked,
            self.searching,
            self.doubting,
            self.heads_asked,
            self.looking,
            self.taking,
            self.renewing,
        ]
        .iter()
        .any(Option::is_some)
    }

    /// Returns who leaves the household by the answers so far.
    fn leaving(&self) -> Vec<PersonId> {
        let ticked = self.asks.iter().find(|ask| ask.slot == Slot::Members);
        let ticked = ticked.map_or_else(Vec::new, Ask::ticked);
        let members = ticked
            .into_iter()
            .filter_map(|at| self.around.members.get(at));
        let members = members.map(|member| member.id);
        members.chain(self.purpose.leaver()).collect()
    }

    /// Returns the revisions of what the dialog decides on.
    fn seen(&self) -> Vec<Seen> {
        let is_card = matches!(self.purpose, Purpose::Tag(_) | Purpose::ClearTag(..));
        let concerns = |seen: &&Seen| match seen.aspect {
            Aspect::PersonCard(_) => is_card,
            Aspect::Membership(household) => !is_card && household == self.around.household,
            Aspect::Clinic
            | Aspect::Programme(..)
            | Aspect::HouseholdCard(_)
            | Aspect::Agreement(_)
            | Aspect::Parties
            | Aspect::Settings(_) => false,
        };
        self.around.seen.iter().filter(concerns).copied().collect()
    }

    /// Returns whether a question is of no concern with the answers so far.
    fn is_hidden(&self, at: usize) -> bool {
        let ask = |slot| self.asks.iter().find(|ask| ask.slot == slot);
        match self.asks.get(at).map(|ask| ask.slot) {
            Some(Slot::MotherName | Slot::MotherNumber) => {
                let chosen = ask(Slot::Mother).and_then(Ask::chosen);
                chosen.is_some_and(|at| at < self.around.mothers().count())
            }
            _ => false,
        }
    }

    fn go(&mut self, down: bool) {
        let mut at = self.at;
        loop {
            let next = if down {
                Some(at + 1)
            } else {
                at.checked_sub(1)
            };
            match next.filter(|next| *next < self.asks.len()) {
                Some(next) => at = next,
                None => return,
            }
            if !self.is_hidden(at) {
                self.at = at;
                return;
            }
        }
    }
}

/// Asks for what the dialog needs before it can ask.
pub fn begin(state: &mut State, hand: &mut Hand<'_>) {
    if state.purpose == Purpose::NewHousehold {
        state.around.today = hand.today();
        state.villages_asked = Some(hand.ask(Question::Overview));
    }
    state.asks = state
        .purpose
        .asks(&state.around, &state.villages, hand.look);
    drafting::begin(state, hand);
}

/// Takes a key.
pub fn update(
    state: &mut State,
    action: Option<Keys>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    state.notice = None;
    let outcome = press(state, action, key, hand);
    drafting::keep(state, hand);
    outcome
}

fn press(
    state: &mut State,
    action: Option<Keys>,
    key: Key,
    hand: &mut Hand<'_>,
) -> Option<Outcome> {
    match action {
        Some(Keys::Save) => return save(state, hand),
        Some(Keys::Discard) => return drafting::ask_to_drop(state, hand),
        Some(Keys::Next) => {
            if let Some(ask) = state.asks.get_mut(state.at) {
                ask.settle();
            }
            state.go(true);
        }
        Some(Keys::Previous) => state.go(false),
        Some(Keys::Down) => step(state, true),
        Some(Keys::Up) => step(state, false),
        Some(Keys::AllNormal | Keys::Facts | Keys::Agreement) => {}
        None => {
            let key = if key.code == Code::Enter {
                Key::of(Code::Tab)
            } else {
                key
            };
            if let Some(ask) = state.asks.get_mut(state.at) {
                let did = ask.key(key);
                after(state, did, hand);
            }
        }
    }
    None
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str, hand: &mut Hand<'_>) {
    if let Some(ask) = state.asks.get_mut(state.at) {
        let did = ask.paste(text);
        after(state, did, hand);
        drafting::keep(state, hand);
    }
}

fn after(state: &mut State, did: Did, hand: &mut Hand<'_>) {
    match did {
        Did::Nothing => {}
        Did::Answered => state.go(true),
        Did::Typed => {
            let text = state.asks.get(state.at).map_or("", Ask::text).to_owned();
            state.searching = Some(hand.ask(Question::Search { text, limit: FOUND }));
        }
    }
}

fn step(state: &mut State, down: bool) {
    let moved = state
        .asks
        .get_mut(state.at)
        .is_some_and(|ask| ask.step(down));
    if !moved {
        state.go(down);
    }
}

/// Asks for the change, after what is doubtful was looked at.
fn save(state: &mut State, hand: &mut Hand<'_>) -> Option<Outcome> {
    for at in 0..state.asks.len() {
        let hidden = state.is_hidden(at);
        if let Some(ask) = state.asks.get_mut(at).filter(|_| hidden) {
            ask.problem = None;
        }
    }
    if let Some(at) = mark_missing(&mut state.asks, state.around.today) {
        state.at = at;
        return None;
    }
    let answered = Answered {
        asks: &state.asks,
        around: &state.around,
        villages: &state.villages,
    };
    match answered.command(&state.purpose) {
        Ok(command) => {
            match card_of(&command, state.around.household) {
                Some(asked) => {
                    state.doubting = Some(hand.ask(Question::Doubts(Box::new(asked))));
                    state.decided = Some(command);
                }
                None => send(state, command, hand),
            }
            None
        }
        Err(Unfit { slot, problem }) => {
            let at = state.asks.iter().position(|ask| ask.slot == slot);
            state.at = at.unwrap_or(state.at);
            if let Some(ask) = state.asks.get_mut(state.at) {
                ask.problem = Some(problem);
            }
            None
        }
    }
}

/// Returns the card that is about to be saved, where there is a new one.
fn card_of(command: &Command, household: HouseholdId) -> Option<CardAsk> {
    let (household, person) = match command {
        Command::AddPerson { person, .. } => (Some(household), person),
        Command::AddHousehold(new) => (None, new.members.first()?),
        _ => return None,
    };
    Some(CardAsk {
        person: None,
        household,
        card: person.card.clone(),
    })
}

fn send(state: &mut State, command: Command, hand: &mut Hand<'_>) {
    let seen = state.seen();
    state.saving = hand.change(command, seen);
}

/// Takes the choice made in a box over the dialog.
pub fn chosen(state: &mut State, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
    match (state.boxed.take()?, choice) {
        (Boxed::Doubts(_), 1) => {
            let command = state.decided.take()?;
            send(state, command, hand);
            None
        }
        (Boxed::Dropping, 0) => {
            state.drafting.discard(hand);
            let text = hand.look.say(words::DROPPED).to_owned();
            Some(Outcome::Done(text))
        }
        (Boxed::Doubts(Some(other)), 2) | (Boxed::Taken(other), 1) => Some(Outcome::Person(other)),
        (Boxed::Dropping | Boxed::Doubts(_) | Boxed::Taken(_), _) => None,
    }
}

/// Settles a conflict: theirs stands and the dialog closes, or its answers are
/// looked at again beside the household as it is now.
pub fn settle(state: &mut State, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
    state.saving = None;
    match how {
        Settle::Theirs => {
            state.drafting.discard(hand);
            Some(Outcome::Leave)
        }
        Settle::Both => {
            state.notice = Some(hand.look.say(words::LOOK_AGAIN).to_owned());
            drafting::renew(state, hand);
            None
        }
    }
}
