//! How each screen shows itself: its keys, title, hints and drawing.
//!
//! It changes none.

use ratatui::{Frame, layout::Rect};

use super::{
    Screen, accounts, agreement, agreements, attempt, card, change, copying, door, facts, filter,
    grid, help, household, import, palette, papers, parties, picture, proposals, question, queue,
    registers, search, settings, setup, sheet, signing, staff, visit, visits, why,
};
use crate::{
    domain::text::Text,
    tui::{
        action::{Action, Context, Palette},
        theme::Look,
        widgets::{hints::Hint, questions::Questions},
        words,
    },
};

/// A heading in help, and whether an action stands under it.
type OwnHelp = (Text, fn(Action) -> bool);

impl Screen {
    /// Returns what its keys stand under in help, and which of its context's it takes, where they
    /// are fewer.
    pub fn own_help(&self) -> Option<OwnHelp> {
        let asks = |action| matches!(action, Action::Person(action) if Questions::take(action));
        match self {
            Self::Recover(_) => Some((door::words::RECOVER, asks)),
            Self::Account(_) => Some((Context::Accounts.title(), asks)),
            Self::Code(_) => Some((door::words::CODE_TITLE, |action| {
                action == Action::Palette(Palette::Accept)
            })),
            _ => None,
        }
    }

    /// Says whether something is typed or shown here that opens the data.
    pub const fn has_secrets(&self) -> bool {
        matches!(self, Self::Account(_) | Self::Code(_))
    }

    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Self::Door(_) => Context::Door,
            Self::Code(_) => Context::Palette,
            Self::Recover(_) | Self::Account(_) => Context::Person,
            Self::Accounts(_) => Context::Accounts,
            Self::Why(_) | Self::Copying(_) => Context::List,
            Self::Attempt(state) => attempt::context(state),
            Self::Filter(_) | Self::Sheet(_) => Context::Person,
            Self::Setup(_) => Context::Setup,
            Self::Staff(_) => Context::Staff,
            Self::Queue(_) => Context::Queue,
            Self::Search(_) => Context::Search,
            Self::Import(state) => import::context(state),
            Self::Proposals(state) => state.context(),
            Self::Papers(_) => Context::Papers,
            Self::Registers(_) => Context::Registers,
            Self::Household(_) => Context::Household,
            Self::Card(_) | Self::Change(_) | Self::Act(_) => Context::Person,
            Self::Signing(_) => Context::Signing,
            Self::Agreement(_) => Context::Agreement,
            Self::Agreements(_) => Context::Agreements,
            Self::Parties(_) => Context::Parties,
            Self::PartyCard(_) => Context::Person,
            Self::Unit(_) => Context::Unit,
            Self::Pick(_) => Context::Palette,
            Self::Facts(_) => Context::List,
            Self::Visit(state) => state.context(),
            Self::Grid(state) => state.context(),
            Self::Visits(state) => state.context(),
            Self::Picture(_) => Context::Picture,
            Self::Settings(state) => state.context(),
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
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Import(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
            | Self::Household(_)
            | Self::Signing(_)
            | Self::Agreement(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::Unit(_)
            | Self::Visit(_)
            | Self::Grid(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Visits(_)
            | Self::Picture(_)
            | Self::Settings(_)
            | Self::Help(_) => false,
            Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Change(_)
            | Self::Act(_)
            | Self::PartyCard(_)
            | Self::Pick(_)
            | Self::Palette(_)
            | Self::Copying(_)
            | Self::Account(_)
            | Self::Question(..) => true,
        }
    }

    /// Returns its name for the title line.
    pub fn title(&self, look: &Look) -> String {
        let text = match self {
            Self::Door(_) => Context::Door.title(),
            Self::Code(_) => door::words::CODE_TITLE,
            Self::Recover(_) => door::words::RECOVER,
            Self::Accounts(_) | Self::Account(_) => Context::Accounts.title(),
            Self::Setup(_) => words::SETUP,
            Self::Staff(_) => Context::Staff.title(),
            Self::Queue(_) => Context::Queue.title(),
            Self::Search(_) => Context::Search.title(),
            Self::Import(_) => Context::Import.title(),
            Self::Proposals(_) => Context::Proposals.title(),
            Self::Papers(state) => state.title(),
            Self::Registers(_) => Context::Registers.title(),
            Self::Household(_) => Context::Household.title(),
            Self::Card(_) => Context::Person.title(),
            Self::Facts(_) => change::words::FACTS,
            Self::Change(_) => Context::Household.title(),
            Self::Signing(_) => Context::Signing.title(),
            Self::Agreement(_) | Self::Act(_) => Context::Agreement.title(),
            Self::Agreements(_) => Context::Agreements.title(),
            Self::Parties(_) | Self::PartyCard(_) => Context::Parties.title(),
            Self::Unit(_) | Self::Pick(_) => Context::Unit.title(),
            Self::Visit(_) => Context::Form.title(),
            Self::Grid(_) => Context::Grid.title(),
            Self::Visits(_) => Context::Visits.title(),
            Self::Picture(_) => Context::Picture.title(),
            Self::Settings(_) => Context::Settings.title(),
            Self::Help(_) => words::HELP,
            Self::Palette(_) => words::PALETTE,
            Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Copying(_)
            | Self::Question(..) => Context::List.title(),
        };
        look.say(text).to_owned()
    }

    /// Returns the parts of a title line of its own, left and right.
    pub fn title_line(&self, look: &Look) -> Option<(Vec<String>, Vec<String>)> {
        match self {
            Self::Visit(state) => Some(visit::title(state, look)),
            Self::Grid(state) => Some(grid::title_line(state, look)),
            Self::Visits(state) => Some(visits::title(state, look)),
            Self::Picture(state) => Some(picture::title(state, look)),
            Self::Signing(state) => Some(state.title_line(look)),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Queue(_)
            | Self::Import(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
            | Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Search(_)
            | Self::Settings(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Agreement(_)
            | Self::Act(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::PartyCard(_)
            | Self::Unit(_)
            | Self::Pick(_)
            | Self::Copying(_)
            | Self::Question(..) => None,
        }
    }

    /// Returns what the hint line offers, most needed first, help last.
    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Door(_) => door::HINTS,
            Self::Code(_) => door::code::HINTS,
            Self::Recover(_) => door::recover::HINTS,
            Self::Accounts(_) => accounts::HINTS,
            Self::Account(_) => accounts::card::HINTS,
            Self::Why(_) => why::HINTS,
            Self::Attempt(state) => attempt::hints(state),
            Self::Filter(_) => filter::HINTS,
            Self::Sheet(_) => sheet::HINTS,
            Self::Setup(_) => setup::HINTS,
            Self::Staff(_) => staff::HINTS,
            Self::Queue(_) => queue::HINTS,
            Self::Search(_) => search::HINTS,
            Self::Import(state) => import::hints(state),
            Self::Proposals(state) => state.hints(),
            Self::Papers(state) => state.hints(),
            Self::Registers(_) => registers::HINTS,
            Self::Household(_) => household::HINTS,
            Self::Card(_) => card::HINTS,
            Self::Facts(_) => facts::HINTS,
            Self::Change(_) => change::HINTS,
            Self::Signing(_) => signing::HINTS,
            Self::Agreement(state) => state.hints(),
            Self::Act(_) => agreement::act::HINTS,
            Self::Agreements(_) => agreements::HINTS,
            Self::Parties(_) => parties::HINTS,
            Self::PartyCard(_) => parties::card::HINTS,
            Self::Unit(_) => parties::unit::HINTS,
            Self::Pick(_) => parties::pick::HINTS,
            Self::Visit(state) => state.hints(),
            Self::Grid(state) => state.hints(),
            Self::Visits(state) => state.hints(),
            Self::Picture(state) => state.hints(),
            Self::Settings(state) => state.hints(),
            Self::Help(_) => help::HINTS,
            Self::Palette(_) => palette::HINTS,
            Self::Copying(_) => copying::HINTS,
            Self::Question(..) => question::HINTS,
        }
    }

    /// Returns whether the Back key ends what is under way, a change included.
    pub fn is_stoppable(&self) -> bool {
        match self {
            Self::Import(state) => import::is_stoppable(state),
            Self::Copying(_) => true,
            _ => false,
        }
    }

    /// Returns whether it belongs to a shut door: nothing under it is seen or done.
    pub fn is_door(&self) -> bool {
        matches!(self, Self::Door(_) | Self::Recover(_))
    }

    /// Returns whether the last change may be taken back from here.
    pub fn allows_undo(&self) -> bool {
        match self {
            Self::Queue(_)
            | Self::Household(_)
            | Self::Facts(_)
            | Self::Grid(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
            | Self::Agreement(_)
            | Self::Agreements(_) => true,
            Self::Card(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Visits(_)
            | Self::Picture(_)
            | Self::Settings(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Signing(_)
            | Self::Act(_)
            | Self::Parties(_)
            | Self::PartyCard(_)
            | Self::Unit(_)
            | Self::Pick(_)
            | Self::Copying(_)
            | Self::Question(..) => false,
        }
    }

    /// Draws the screen.
    pub fn view(&self, look: &Look, frame: &mut Frame<'_>, area: Rect) {
        match self {
            Self::Door(state) => door::view(state, look, frame, area),
            Self::Code(state) => door::code::view(state, look, frame, area),
            Self::Recover(state) => door::recover::view(state, look, frame, area),
            Self::Accounts(state) => accounts::view(state, look, frame, area),
            Self::Account(state) => accounts::card::view(state, look, frame, area),
            Self::Why(state) => why::view(state, look, frame, area),
            Self::Attempt(state) => attempt::view(state, look, frame, area),
            Self::Filter(state) => filter::view(state, look, frame, area),
            Self::Sheet(state) => sheet::view(state, look, frame, area),
            Self::Setup(state) => setup::view(state, look, frame, area),
            Self::Staff(state) => staff::view(state, look, frame, area),
            Self::Queue(state) => queue::view(state, look, frame, area),
            Self::Import(state) => import::view(state, look, frame, area),
            Self::Proposals(state) => proposals::view(state, look, frame, area),
            Self::Papers(state) => papers::view(state, look, frame, area),
            Self::Registers(state) => registers::view(state, look, frame, area),
            Self::Search(state) => search::view(state, look, frame, area),
            Self::Household(state) => household::view(state, look, frame, area),
            Self::Signing(state) => signing::view(state, look, frame, area),
            Self::Agreement(state) => agreement::view(state, look, frame, area),
            Self::Act(state) => agreement::act::view(state, look, frame, area),
            Self::Agreements(state) => agreements::view(state, look, frame, area),
            Self::Parties(state) => parties::view(state, look, frame, area),
            Self::PartyCard(state) => parties::card::view(state, look, frame, area),
            Self::Unit(state) => parties::unit::view(state, look, frame, area),
            Self::Pick(state) => parties::pick::view(state, look, frame, area),
            Self::Card(state) => card::view(state, look, frame, area),
            Self::Facts(state) => facts::view(state, look, frame, area),
            Self::Change(state) => change::view(state, look, frame, area),
            Self::Visit(state) => visit::view(state, look, frame, area),
            Self::Grid(state) => grid::view(state, look, frame, area),
            Self::Visits(state) => visits::view(state, look, frame, area),
            Self::Picture(state) => picture::view(state, look, frame, area),
            Self::Settings(state) => settings::view(state, look, frame, area),
            Self::Help(state) => help::view(state, look, frame, area),
            Self::Palette(state) => palette::view(state, look, frame, area),
            Self::Copying(state) => copying::view(state, look, frame, area),
            Self::Question(state, _) => question::view(state, look, frame, area),
        }
    }
}
