//! One file a screen: state, update, view. A dialog is a screen too.
//!
//! Screens perform nothing and know no other screen; the window acts on their
//! [`Outcome`]s. A new screen takes ten lines here and none in `app`:
//!
//! 1. `screens/x.rs`: a `State`, and functions on it, all but `view` given a
//!    [`Hand`]: the look, the place, the day, and the way to the desk.
//! 2. `Screen::X(Box<x::State>)` below, then follow the compiler through the
//!    matches: context, box or whole screen, title, hints, `begin`, …
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

pub mod attempt;
pub mod filter;
pub mod help;
pub mod palette;
pub mod question;
pub mod queue;
pub mod search;
pub mod setup;
pub mod sheet;
pub mod staff;
pub mod too_small;
pub mod why;

use std::time::Duration;

use ratatui::{Frame, layout::Rect};

use super::{
    action::{Action, Context, List},
    app::Status,
    hand::Hand,
    keys::Key,
    port::Ticket,
    theme::Look,
    widgets::{hints::Hint, scroll::Move},
    words,
};
use crate::{
    desk::{Reply, Stop, reply::Done},
    domain::{
        id::{HouseholdId, PersonId},
        queue::Filter,
        refusal::Refusal,
    },
};

/// A screen with its state.
#[derive(Debug)]
pub enum Screen {
    Setup(setup::State),
    Staff(staff::State),
    Queue(Box<queue::State>),
    Search(Box<search::State>),
    Why(why::State),
    Attempt(Box<attempt::State>),
    Filter(Box<filter::State>),
    Sheet(Box<sheet::State>),
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
    /// The choices settle a conflict of the change under this ticket.
    Conflict(Ticket),
    /// The choice is told to the screen below, in `chosen`.
    Below,
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
}

/// What a screen wants of the window.
#[derive(Debug)]
pub enum Outcome {
    /// Close this screen.
    Leave,
    /// Close this screen; the status line says what was done.
    Done(String),
    /// Say something in the status line.
    Say(Status),
    /// Say why the desk refused.
    Refused(Refusal),
    /// Open this screen over the present one.
    Open(Box<Screen>),
    /// Close this screen and do what an action does.
    Run(Action),
    /// The clinic was set up: begin.
    SetUp,
    /// This staff member is at the keyboard.
    Enter(staff::Member),
    /// A box was answered with this choice.
    Chosen(usize),
    /// A box was answered; the screen below is told.
    Answer(Told),
    /// Visit the person: all that is open for them.
    Visit(PersonId),
    /// The person's earlier visits.
    Visits(PersonId),
    /// The household, this member selected.
    Household(HouseholdId, Option<PersonId>),
    /// The card of a person.
    Person(PersonId),
    /// The card of a new household.
    NewHousehold,
    /// Bring a roster in.
    Import,
}

/// Returns the screen an outcome leads to.
pub fn lead(outcome: Outcome) -> Option<Screen> {
    match outcome {
        Outcome::Open(screen) => Some(*screen),
        Outcome::Visit(_)
        | Outcome::Visits(_)
        | Outcome::Household(..)
        | Outcome::Person(_)
        | Outcome::NewHousehold
        | Outcome::Import
        | Outcome::Leave
        | Outcome::Done(_)
        | Outcome::Say(_)
        | Outcome::Refused(_)
        | Outcome::Run(_)
        | Outcome::SetUp
        | Outcome::Enter(_)
        | Outcome::Answer(_)
        | Outcome::Chosen(_) => None,
    }
}

impl Screen {
    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Self::Setup(_) => Context::Setup,
            Self::Staff(_) => Context::Staff,
            Self::Queue(_) => Context::Queue,
            Self::Search(_) => Context::Search,
            Self::Why(_) => Context::List,
            Self::Attempt(state) => attempt::context(state),
            Self::Filter(_) | Self::Sheet(_) => Context::Person,
            Self::Help(_) => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Question(..) => Context::List,
        }
    }

    /// Returns whether it is drawn over the screen before it.
    pub fn is_box(&self) -> bool {
        match self {
            Self::Setup(_) | Self::Staff(_) | Self::Queue(_) | Self::Search(_) | Self::Help(_) => {
                false
            }
            Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Palette(_)
            | Self::Question(..) => true,
        }
    }

    /// Returns its name for the title line.
    pub fn title(&self, look: &Look) -> String {
        let text = match self {
            Self::Setup(_) => words::SETUP,
            Self::Staff(_) => Context::Staff.title(),
            Self::Queue(_) => Context::Queue.title(),
            Self::Search(_) => Context::Search.title(),
            Self::Help(_) => words::HELP,
            Self::Palette(_) => words::PALETTE,
            Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => Context::List.title(),
        };
        look.say(text).to_owned()
    }

    /// Returns what the hint line offers, most needed first, help last.
    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Setup(_) => setup::HINTS,
            Self::Staff(_) => staff::HINTS,
            Self::Queue(_) => queue::HINTS,
            Self::Search(_) => search::HINTS,
            Self::Why(_) => why::HINTS,
            Self::Attempt(state) => attempt::hints(state),
            Self::Filter(_) => filter::HINTS,
            Self::Sheet(_) => sheet::HINTS,
            Self::Help(_) => help::HINTS,
            Self::Palette(_) => palette::HINTS,
            Self::Question(..) => question::HINTS,
        }
    }

    /// Asks what the screen needs when it opens.
    pub fn begin(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Attempt(state) => attempt::begin(state, hand),
            Self::Sheet(state) => sheet::begin(state, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => {}
        }
    }

    /// Asks again what may have changed.
    pub fn refresh(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Attempt(state) => attempt::refresh(state, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => {}
        }
    }

    /// Takes a key and what it means here.
    pub fn update(
        &mut self,
        action: Option<Action>,
        key: Key,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        macro_rules! own {
            ($context:ident) => {
                match action {
                    Some(Action::$context(action)) => Some(action),
                    _ => None,
                }
            };
        }
        match self {
            Self::Setup(state) => setup::update(state, own!(Setup), key, hand),
            Self::Staff(state) => staff::update(state, own!(Staff), key),
            Self::Queue(state) => queue::update(state, own!(Queue), hand),
            Self::Search(state) => search::update(state, own!(Search), key, hand),
            Self::Why(state) => why::update(state, own!(List)),
            Self::Attempt(state) => attempt::update(state, action, key, hand),
            Self::Filter(state) => filter::update(state, own!(Person), key),
            Self::Sheet(state) => sheet::update(state, own!(Person), key, hand),
            Self::Help(state) => {
                help::update(state, own!(Help), key);
                None
            }
            Self::Palette(state) => palette::update(state, own!(Palette), key),
            Self::Question(state, _) => question::update(state, own!(List), key),
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Search(state) => search::paste(state, text, hand),
            Self::Attempt(state) => attempt::paste(state, text, hand),
            Self::Sheet(state) => sheet::paste(state, text),
            Self::Setup(state) => setup::paste(state, text),
            Self::Help(state) => help::paste(state, text),
            Self::Palette(state) => palette::paste(state, text),
            Self::Staff(_)
            | Self::Queue(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Question(..) => {}
        }
        None
    }

    /// Takes the answer to something this screen asked.
    pub fn replied(
        &mut self,
        ticket: Ticket,
        reply: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        match self {
            Self::Setup(_) => setup::replied(reply),
            Self::Queue(state) => queue::replied(state, ticket, reply, hand),
            Self::Attempt(state) => attempt::replied(state, ticket, reply, hand),
            Self::Sheet(state) => sheet::replied(state, ticket, reply),
            Self::Search(state) => search::replied(state, ticket, reply),
            Self::Staff(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => unexplained(reply),
        }
    }

    /// Takes the choice made in a box over this screen.
    pub fn chosen(&mut self, _choice: usize, _hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => None,
        }
    }

    /// Takes what a box over this screen answers.
    pub fn told(&mut self, told: Told, hand: &mut Hand<'_>) {
        if let Self::Queue(state) = self {
            queue::told(state, told, hand);
        }
    }

    /// A change was made in this window.
    pub fn wrote(&mut self, done: &Done) {
        if let Self::Queue(state) = self {
            queue::wrote(state, done);
        }
    }

    /// Settles a conflict of the change it asked for under this ticket.
    pub fn settle(&mut self, _ticket: Ticket, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Attempt(state) => attempt::settle(state, how, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => None,
        }
    }

    /// Goes one step back; a screen that has no step of its own leaves.
    pub fn back(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Attempt(state) => attempt::back(state, hand),
            Self::Help(state) => (!state.clear()).then_some(Outcome::Leave),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Palette(_)
            | Self::Question(..) => Some(Outcome::Leave),
        }
    }

    /// Returns whether a key of this meaning waits for the next answer.
    pub fn holds(&self, action: Option<Action>) -> bool {
        match self {
            Self::Queue(state) => queue::holds(state),
            Self::Search(state) => search::holds_choice(state, action),
            Self::Attempt(state) => attempt::holds(state),
            Self::Sheet(state) => sheet::holds(state),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => false,
        }
    }

    /// Returns whether the last change may be taken back from here.
    pub fn allows_undo(&self) -> bool {
        match self {
            Self::Queue(_) => true,
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => false,
        }
    }

    /// Returns when the screen wants to be woken, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Queue(state) => queue::deadline(state),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => None,
        }
    }

    /// Its deadline has passed.
    pub fn wake(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Queue(state) => queue::wake(state, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => {}
        }
    }

    /// Draws the screen.
    pub fn view(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        match self {
            Self::Setup(state) => setup::view(state, look, frame, area),
            Self::Staff(state) => staff::view(state, look, frame, area),
            Self::Queue(state) => queue::view(state, look, frame, area),
            Self::Search(state) => search::view(state, look, frame, area),
            Self::Why(state) => why::view(state, look, frame, area),
            Self::Attempt(state) => attempt::view(state, look, frame, area),
            Self::Filter(state) => filter::view(state, look, frame, area),
            Self::Sheet(state) => sheet::view(state, look, frame, area),
            Self::Help(state) => help::view(state, look, frame, area),
            Self::Palette(state) => palette::view(state, look, frame, area),
            Self::Question(state, _) => question::view(state, look, frame, area),
        }
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
