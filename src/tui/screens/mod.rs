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
pub mod card;
pub mod change;
pub mod facts;
pub mod filter;
pub mod help;
pub mod household;
pub mod import;
pub mod palette;
pub mod question;
pub mod queue;
pub mod search;
pub mod setup;
pub mod sheet;
pub mod staff;
pub mod too_small;
pub mod visit;
pub mod visits;
pub mod why;

use std::time::Duration;

use ratatui::{Frame, layout::Rect};

use super::{
    action::{Action, Context, List},
    app::Status,
    files::Filed,
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
    Import(Box<import::State>),
    Household(Box<household::State>),
    Card(Box<card::State>),
    Facts(Box<facts::State>),
    Change(Box<change::State>),
    Visit(Box<visit::State>),
    Visits(Box<visits::State>),
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
    /// The choice is one of the forms put down, or none of them.
    Draft,
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
    /// Close this screen and open that one instead; the status line says what was done.
    Instead(Box<Screen>, String),
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
        Outcome::Household(id, member) => {
            let state = household::State::new(id, member);
            Some(Screen::Household(Box::new(state)))
        }
        Outcome::Person(id) => Some(Screen::Card(Box::new(card::State::person(id)))),
        Outcome::NewHousehold => {
            let state = change::State::founding();
            Some(Screen::Change(Box::new(state)))
        }
        Outcome::Visit(person) => {
            let wanted = visit::Wanted::Person(person);
            Some(Screen::Visit(Box::new(visit::State::new(wanted))))
        }
        Outcome::Visits(person) => Some(Screen::Visits(Box::new(visits::State::new(person)))),
        Outcome::Import => Some(Screen::Import(Box::default())),
        Outcome::Instead(..)
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
            Self::Why(_) => Context::List,
            Self::Attempt(state) => attempt::context(state),
            Self::Filter(_) | Self::Sheet(_) => Context::Person,
            Self::Setup(_) => Context::Setup,
            Self::Staff(_) => Context::Staff,
            Self::Queue(_) => Context::Queue,
            Self::Search(_) => Context::Search,
            Self::Import(_) => Context::Import,
            Self::Household(_) => Context::Household,
            Self::Card(_) | Self::Change(_) => Context::Person,
            Self::Facts(_) => Context::List,
            Self::Visit(state) => state.context(),
            Self::Visits(state) => state.context(),
            Self::Help(_) => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Question(..) => Context::List,
        }
    }

    /// Returns whether it is drawn over the screen before it.
    pub fn is_box(&self) -> bool {
        match self {
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Import(_)
            | Self::Household(_)
            | Self::Visit(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Visits(_)
            | Self::Help(_) => false,
            Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Change(_)
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
            Self::Import(_) => Context::Import.title(),
            Self::Household(_) => Context::Household.title(),
            Self::Card(_) => Context::Person.title(),
            Self::Facts(_) => change::words::FACTS,
            Self::Change(_) => Context::Household.title(),
            Self::Visit(_) => Context::Form.title(),
            Self::Visits(_) => Context::Visits.title(),
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

    /// Returns the parts of a title line of its own, left and right.
    pub fn title_line(&self, look: &Look) -> Option<(Vec<String>, Vec<String>)> {
        match self {
            Self::Visit(state) => Some(visit::title(state, look)),
            Self::Visits(state) => Some(visits::title(state, look)),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Import(_)
            | Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Search(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => None,
        }
    }

    /// Takes the palette key for itself; returns whether it did.
    pub fn takes_palette(&mut self, hand: &mut Hand<'_>) -> bool {
        match self {
            Self::Visit(state) => visit::open_line(state, hand),
            Self::Visits(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Import(_)
            | Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Search(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => false,
        }
    }

    /// Returns what the hint line offers, most needed first, help last.
    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Why(_) => why::HINTS,
            Self::Attempt(state) => attempt::hints(state),
            Self::Filter(_) => filter::HINTS,
            Self::Sheet(_) => sheet::HINTS,
            Self::Setup(_) => setup::HINTS,
            Self::Staff(_) => staff::HINTS,
            Self::Queue(_) => queue::HINTS,
            Self::Search(_) => search::HINTS,
            Self::Import(_) => import::HINTS,
            Self::Household(_) => household::HINTS,
            Self::Card(_) => card::HINTS,
            Self::Facts(_) => facts::HINTS,
            Self::Change(_) => change::HINTS,
            Self::Visit(_) => visit::HINTS,
            Self::Visits(_) => visits::HINTS,
            Self::Help(_) => help::HINTS,
            Self::Palette(_) => palette::HINTS,
            Self::Question(..) => question::HINTS,
        }
    }

    /// Asks what the screen needs when it opens.
    pub fn begin(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Attempt(state) => attempt::begin(state, hand),
            Self::Sheet(state) => sheet::begin(state, hand),
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Import(state) => import::begin(state, hand),
            Self::Household(state) => household::refresh(state, hand),
            Self::Card(state) => card::refresh(state, hand),
            Self::Facts(state) => facts::refresh(state, hand),
            Self::Change(state) => change::begin(state, hand),
            Self::Visit(state) => visit::begin(state, hand),
            Self::Visits(state) => visits::refresh(state, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Question(..) => {}
        }
    }

    /// Asks again what may have changed.
    pub fn refresh(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Attempt(state) => attempt::refresh(state, hand),
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Import(state) => import::refresh(state, hand),
            Self::Household(state) => household::refresh(state, hand),
            Self::Card(state) => card::refresh(state, hand),
            Self::Facts(state) => facts::refresh(state, hand),
            Self::Visits(state) => visits::refresh(state, hand),
            Self::Change(_)
            | Self::Visit(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
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
            Self::Queue(state) => queue::update(state, own!(Queue), hand),
            Self::Why(state) => why::update(state, own!(List)),
            Self::Attempt(state) => attempt::update(state, action, key, hand),
            Self::Filter(state) => filter::update(state, own!(Person), key),
            Self::Sheet(state) => sheet::update(state, own!(Person), key, hand),
            Self::Setup(state) => setup::update(state, own!(Setup), key, hand),
            Self::Staff(state) => staff::update(state, own!(Staff), key),
            Self::Import(state) => import::update(state, own!(Import), key, hand),
            Self::Search(state) => search::update(state, own!(Search), key, hand),
            Self::Household(state) => household::update(state, own!(Household), hand),
            Self::Card(state) => card::update(state, own!(Person), key, hand),
            Self::Facts(state) => facts::update(state, own!(List), hand),
            Self::Change(state) => change::update(state, own!(Person), key, hand),
            Self::Visit(state) => visit::update(state, action, key, hand),
            Self::Visits(state) => visits::update(state, action, key, hand),
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
            Self::Visit(state) => visit::paste(state, text, hand),
            Self::Visits(state) => visits::paste(state, text),
            Self::Setup(state) => setup::paste(state, text),
            Self::Card(state) => return card::paste(state, text, hand),
            Self::Change(state) => change::paste(state, text, hand),
            Self::Import(state) => import::paste(state, text),
            Self::Help(state) => help::paste(state, text),
            Self::Palette(state) => palette::paste(state, text),
            Self::Household(_)
            | Self::Facts(_)
            | Self::Staff(_)
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
            Self::Queue(state) => queue::replied(state, ticket, reply, hand),
            Self::Attempt(state) => attempt::replied(state, ticket, reply, hand),
            Self::Sheet(state) => sheet::replied(state, ticket, reply),
            Self::Setup(_) => setup::replied(reply),
            Self::Import(state) => import::replied(state, ticket, reply, hand),
            Self::Search(state) => search::replied(state, ticket, reply),
            Self::Household(state) => household::replied(state, ticket, reply),
            Self::Card(state) => card::replied(state, ticket, reply, hand),
            Self::Facts(state) => facts::replied(state, ticket, reply),
            Self::Change(state) => change::replied(state, ticket, reply, hand),
            Self::Visit(state) => visit::replied(state, ticket, reply, hand),
            Self::Visits(state) => visits::replied(state, ticket, reply, hand),
            Self::Staff(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Question(..) => unexplained(reply),
        }
    }

    /// Takes what the files answer to something this screen asked.
    pub fn filed(&mut self, ticket: Ticket, filed: Filed, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Import(state) => import::filed(state, ticket, filed, hand),
            _ => None,
        }
    }

    /// Returns whether the Back key ends what is under way, a change included.
    pub fn is_stoppable(&self) -> bool {
        matches!(self, Self::Import(state) if import::is_stoppable(state))
    }

    /// Takes the choice made in a box over this screen.
    pub fn chosen(&mut self, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Household(state) => household::chosen(state, choice, hand),
            Self::Card(state) => card::chosen(state, choice, hand),
            Self::Change(state) => change::chosen(state, choice, hand),
            Self::Facts(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Visits(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
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
            Self::Visit(state) => visit::settle(state, how, hand),
            Self::Card(state) => {
                card::settle(state, how, hand);
                None
            }
            // What was asked rests on a household that is another one now.
            Self::Change(_) => Some(Outcome::Leave),
            Self::Household(_)
            | Self::Visits(_)
            | Self::Facts(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => None,
        }
    }

    /// Goes one step back; a screen that has no step of its own leaves.
    pub fn back(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Attempt(state) => attempt::back(state, hand),
            Self::Visit(state) => visit::back(state, hand),
            Self::Visits(state) => state.back().then_some(Outcome::Leave),
            Self::Help(state) => (!state.clear()).then_some(Outcome::Leave),
            Self::Card(state) => card::back(state, hand),
            Self::Import(state) => import::back(state),
            Self::Household(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
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
            Self::Visit(state) => state.holds(),
            Self::Card(state) => state.holds(),
            Self::Household(state) => state.holds(),
            Self::Facts(state) => state.holds(),
            Self::Change(state) => state.holds(),
            Self::Visits(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Question(..) => false,
        }
    }

    /// Returns whether the last change may be taken back from here.
    pub fn allows_undo(&self) -> bool {
        match self {
            Self::Queue(_) | Self::Household(_) | Self::Facts(_) => true,
            Self::Card(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Visits(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => false,
        }
    }

    /// Returns when the screen wants to be woken, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Queue(state) => queue::deadline(state),
            Self::Import(state) => import::deadline(state),
            Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Visits(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => None,
        }
    }

    /// Its deadline has passed.
    pub fn wake(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Queue(state) => queue::wake(state, hand),
            Self::Import(state) => import::wake(state, hand),
            Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Visits(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Question(..) => {}
        }
    }

    /// Draws the screen.
    pub fn view(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        match self {
            Self::Why(state) => why::view(state, look, frame, area),
            Self::Attempt(state) => attempt::view(state, look, frame, area),
            Self::Filter(state) => filter::view(state, look, frame, area),
            Self::Sheet(state) => sheet::view(state, look, frame, area),
            Self::Setup(state) => setup::view(state, look, frame, area),
            Self::Staff(state) => staff::view(state, look, frame, area),
            Self::Queue(state) => queue::view(state, look, frame, area),
            Self::Import(state) => import::view(state, look, frame, area),
            Self::Search(state) => search::view(state, look, frame, area),
            Self::Household(state) => household::view(state, look, frame, area),
            Self::Card(state) => card::view(state, look, frame, area),
            Self::Facts(state) => facts::view(state, look, frame, area),
            Self::Change(state) => change::view(state, look, frame, area),
            Self::Visit(state) => visit::view(state, look, frame, area),
            Self::Visits(state) => visits::view(state, look, frame, area),
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
