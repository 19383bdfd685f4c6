//! One file a screen: state, update, view. A dialog is a screen too.
//!
//! Screens perform nothing and know no other screen; the window acts on their
//! [`Outcome`]s. A new screen takes ten lines here and none in `app`:
//!
//! 1. `screens/x.rs`: a `State`, and functions on it, all but `view` given a
//!    [`Hand`](super::hand::Hand): the look, the place, the day, and the way to the desk.
//! 2. `Screen::X(Box<x::State>)` below, then follow the compiler through the
//!    matches in `shape`, `conduct` and `errands`.
//! 3. `begin(state, hand)` asks what the screen needs when it opens:
//!    `state.asked = Some(hand.ask(Question::…))`. The screen draws itself
//!    without the answer as well.
//! 4. `replied(state, ticket, reply, hand)` gets each answer to what this screen
//!    asked, and only that. Answers to a screen closed meanwhile are dropped;
//!    an answer whose ticket is not the one in the state is stale: ignore it.
//!    What the screen does not explain itself it hands back as
//!    [`Outcome::Refused`]; failures have been told already.
//! 5. `refresh(state, hand)` is called whenever the data or the day changed,
//!    here or in another window: ask again, keep the selection and what is typed.
//! 6. A change: `hand.change(Command::…, seen)`, `seen` from the view it was
//!    decided on. Its reply comes to `replied` as `Reply::Done`; until then keys
//!    wait. The window asks about the clock and repeats by itself; a conflict
//!    it puts to the user and calls `settle` with what they want.
//! 7. Leave with [`Outcome::Leave`] or [`Outcome::Done`] (status line); lead
//!    elsewhere with the variant for it. What opens a screen: `lead` below.
//! 8. A box that asks: `Outcome::Open(Screen::Question(state, Then::Below))`;
//!    the choice comes to the screen below in `chosen`.
//! 9. `holds(state)`: keys other than Back wait for the next answer and frame.
//! 10. Timers: `deadline(state)`; `wake(state, hand)` is called at that time.

mod conduct;
mod errands;
mod needs;
mod shape;

pub mod accounts;
pub mod agreement;
pub mod agreements;
pub mod attempt;
pub mod card;
pub mod change;
pub mod copying;
pub mod door;
pub mod facts;
pub mod filter;
pub mod grid;
pub mod help;
pub mod household;
pub mod import;
pub mod palette;
pub mod papers;
pub mod parties;
pub mod picture;
pub mod proposals;
pub mod question;
pub mod queue;
pub mod registers;
pub mod search;
pub mod settings;
pub mod setup;
pub mod sheet;
pub mod signing;
pub mod staff;
pub mod too_small;
pub mod visit;
pub mod visits;
pub mod why;

use super::{
    action::{Action, List},
    app::Status,
    port::Ticket,
    theme::Look,
    widgets::scroll::Move,
    words,
};
use crate::{
    desk::{
        Reply, Stop,
        drafts::{is_of, kind},
        entrance::Recovery,
        reply::WaitingDraft,
    },
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        queue::Filter,
        refusal::Refusal,
    },
};

/// A screen with its state.
#[derive(Debug)]
pub enum Screen {
    Setup(Box<setup::State>),
    Staff(staff::State),
    Door(Box<door::State>),
    Code(Box<door::code::State>),
    Recover(Box<door::recover::State>),
    Accounts(Box<accounts::State>),
    Account(Box<accounts::card::State>),
    Queue(Box<queue::State>),
    Search(Box<search::State>),
    Settings(Box<settings::State>),
    Why(why::State),
    Attempt(Box<attempt::State>),
    Filter(Box<filter::State>),
    Sheet(Box<sheet::State>),
    Grid(Box<grid::State>),
    Import(Box<import::State>),
    Proposals(Box<proposals::State>),
    Papers(Box<papers::State>),
    Registers(Box<registers::State>),
    Household(Box<household::State>),
    Signing(Box<signing::State>),
    Agreement(Box<agreement::State>),
    Act(Box<agreement::act::State>),
    Agreements(Box<agreements::State>),
    Parties(Box<parties::State>),
    PartyCard(Box<parties::card::State>),
    Unit(Box<parties::unit::State>),
    Pick(Box<parties::pick::State>),
    Card(Box<card::State>),
    Facts(Box<facts::State>),
    Change(Box<change::State>),
    Copying(copying::State),
    Visit(Box<visit::State>),
    Visits(Box<visits::State>),
    Picture(Box<picture::State>),
    Help(help::State),
    Palette(palette::State),
    Question(question::State, Then),
}

/// What an answered question leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It was only told.
    Nothing,
    /// The first choice closes the window.
    Quit,
    /// Any choice closes the window: nothing more can be done in it.
    Close,
    /// The first choice confirms the clock for the change under this ticket.
    Clock(Ticket),
    /// The first choice confirms this day for the roll of agreements.
    Roll(Day),
    /// The choices settle a conflict of the change under this ticket.
    Conflict(Ticket),
    /// The choice is one of the forms put down, or none of them.
    Draft,
    /// The choice is told to the screen below, in `chosen`.
    Below,
    /// The first choice lets a print replace a file.
    Overwrite,
}

/// How the user wants a conflict with another window's change settled. The
/// third way, to write over it, the window does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// Theirs stands: forget what was to be changed here.
    Theirs,
    /// Go through both: read anew, keep what was typed, show what differs.
    Both,
}

/// What a box answers to the screen below it.
#[derive(Debug)]
pub enum Told {
    /// These rows are wanted.
    Filter(Filter),
    /// Why a draft is discarded.
    Reason(String),
    /// Somebody for a unit's list.
    Member(parties::unit::Picked),
    /// This recovery code stands on paper.
    Noted(Recovery),
}

/// What a screen wants of the window.
#[derive(Debug)]
pub enum Outcome {
    /// Close this screen.
    Leave,
    /// Close this screen; the status line says what was done.
    Done(String),
    /// Close this screen: its form of this person was put down. The status line says so.
    PutDown(PersonId, String),
    /// Say something in the status line.
    Say(Status),
    /// Say why the desk refused.
    Refused(Refusal),
    /// Open this screen over the present one.
    Open(Box<Screen>),
    /// Close this screen and open that one instead; the status line says what was done.
    Instead(Box<Screen>, String),
    /// Close this screen and do what an action does.
    Run(Action),
    /// This staff member is at the keyboard.
    Enter(staff::Member),
    /// A box was answered with this choice.
    Chosen(usize),
    /// A box was answered; the screen below is told.
    Answer(Told),
    /// Visit the person: all that is open for them.
    Visit(PersonId),
    /// Visit the person on these forms.
    VisitOn(PersonId, Vec<String>),
    /// Choose among everything that can be recorded for the person.
    Record(PersonId),
    /// Visit these people on these forms, one after the other.
    Round(Vec<(PersonId, Vec<String>)>),
    /// The person's earlier visits.
    Visits(PersonId),
    /// Pictures of the person's follow-up.
    Picture(PersonId),
    /// The household, this member selected.
    Household(HouseholdId, Option<PersonId>),
    /// The card of a person.
    Person(PersonId),
    /// Sign with the household, or see the agreement it has.
    Sign(HouseholdId),
    /// The same of the household a person lives in.
    SignFor(PersonId),
    /// The card of a new household.
    NewHousehold,
    /// Bring a roster in.
    Import,
    /// Enter paper sheets.
    Grid,
    /// The clinic's settings.
    Settings,
}

/// Returns the screen an outcome leads to.
pub fn lead(outcome: Outcome) -> Option<Screen> {
    match outcome {
        Outcome::Open(screen) => Some(*screen),
        Outcome::Household(id, member) => {
            let state = household::State::new(id, member);
            Some(Screen::Household(Box::new(state)))
        }
        Outcome::Sign(household) => Some(sign(signing::Wanted::Household(household))),
        Outcome::SignFor(person) => Some(sign(signing::Wanted::Person(person))),
        Outcome::Person(id) => Some(Screen::Card(Box::new(card::State::person(id)))),
        Outcome::NewHousehold => {
            let state = change::State::founding();
            Some(Screen::Change(Box::new(state)))
        }
        Outcome::Visit(person) => {
            let wanted = visit::Wanted::Person(person);
            Some(Screen::Visit(Box::new(visit::State::new(wanted))))
        }
        Outcome::Record(person) => {
            let wanted = visit::Wanted::Choice(person);
            Some(Screen::Visit(Box::new(visit::State::new(wanted))))
        }
        Outcome::VisitOn(person, forms) => {
            let wanted = visit::Wanted::Forms { person, forms };
            Some(Screen::Visit(Box::new(visit::State::new(wanted))))
        }
        Outcome::Visits(person) => Some(Screen::Visits(Box::new(visits::State::new(person)))),
        Outcome::Picture(person) => Some(Screen::Picture(Box::new(picture::State::new(person)))),
        Outcome::Import => Some(Screen::Import(Box::default())),
        Outcome::Grid => Some(Screen::Grid(Box::default())),
        Outcome::Settings => Some(Screen::Settings(Box::default())),
        Outcome::Round(_)
        | Outcome::Instead(..)
        | Outcome::Leave
        | Outcome::Done(_)
        | Outcome::PutDown(..)
        | Outcome::Say(_)
        | Outcome::Refused(_)
        | Outcome::Run(_)
        | Outcome::Enter(_)
        | Outcome::Answer(_)
        | Outcome::Chosen(_) => None,
    }
}

fn sign(wanted: signing::Wanted) -> Screen {
    Screen::Signing(Box::new(signing::State::new(wanted)))
}

/// Returns the screen a draft was put down on.
pub fn of_draft(draft: &WaitingDraft, today: Day) -> Option<Screen> {
    let is = |kind| is_of(&draft.kind, kind);
    if is(kind::VISIT) {
        let wanted = visit::Wanted::Draft(draft.id.clone());
        return Some(Screen::Visit(Box::new(visit::State::new(wanted))));
    }
    if is(kind::GRID) {
        return Some(Screen::Grid(Box::new(grid::State::resumed(&draft.id))));
    }
    if is(kind::CARD) {
        let card = match (draft.person, draft.household) {
            (Some(person), _) => card::State::person(person),
            (None, household) => card::State::household(household?),
        };
        return Some(Screen::Card(Box::new(card)));
    }
    if is(kind::SIGNING) {
        let form = signing::State::resumed(draft)?;
        return Some(Screen::Signing(Box::new(form)));
    }
    let dialog = change::State::resumed(draft, today).filter(|_| is(kind::CHANGE))?;
    Some(Screen::Change(Box::new(dialog)))
}

/// Returns what a draft is of, in words.
pub fn draft_words(draft: &WaitingDraft, look: &Look) -> String {
    match of_draft(draft, draft.begun) {
        Some(Screen::Change(dialog)) => look.say(dialog.title()).to_owned(),
        Some(Screen::Grid(_)) => {
            let sheet = look.say(super::action::Context::Grid.title());
            format!("{sheet} {}", draft.forms.join(" "))
        }
        Some(Screen::Signing(form)) => {
            let title = look.say(super::action::Context::Signing.title());
            format!("{title} {}", form.unit_name())
                .trim_end()
                .to_owned()
        }
        Some(Screen::Card(_)) if draft.person.is_none() => {
            look.say(change::words::HOUSEHOLD_CARD).to_owned()
        }
        Some(Screen::Card(_)) => look.say(words::PERSON_CARD).to_owned(),
        _ => draft.forms.join(" "),
    }
}

/// Returns what becomes of an answer a screen has nothing of its own to say to.
pub fn unexplained(reply: Result<Reply, Stop>) -> Option<Outcome> {
    match reply {
        Err(Stop::Refused(refusal)) => Some(Outcome::Refused(refusal)),
        Err(Stop::Failed(_)) | Ok(_) => None,
    }
}

/// Returns the movement of a list action.
pub fn list_move(action: List) -> Option<Move> {
    Some(match action {
        List::Down => Move::Down,
        List::Up => Move::Up,
        List::PageDown => Move::PageDown,
        List::PageUp => Move::PageUp,
        List::First => Move::First,
        List::Last => Move::Last,
        List::Accept | List::Tick => return None,
    })
}
