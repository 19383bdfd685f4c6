//! What each screen does with keys, pasted text and the answers of boxes over it.

use super::{
    Outcome, Screen, Told, accounts, agreement, agreements, attempt, card, change, copying, door,
    facts, filter, grid, help, household, import, palette, papers, parties, picture, proposals,
    question, queue, registers, search, settings, setup, sheet, signing, staff, visit, visits, why,
};
use crate::tui::{action::Action, hand::Hand, keys::Key};

impl Screen {
    /// Takes the palette key for itself; returns whether it did.
    pub fn takes_palette(&mut self, hand: &mut Hand<'_>) -> bool {
        match self {
            Self::Visit(state) => visit::open_line(state, hand),
            Self::Grid(state) => grid::open_line(state, hand),
            Self::Visits(_)
            | Self::Picture(_)
            | Self::Settings(_)
            | Self::Setup(_)
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
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Signing(_)
            | Self::Agreement(_)
            | Self::Act(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::PartyCard(_)
            | Self::Unit(_)
            | Self::Pick(_)
            | Self::Copying(_)
            | Self::Question(..) => false,
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
            Self::Door(state) => door::update(state, own!(Door), key, hand),
            Self::Code(state) => door::code::update(state, own!(Palette), key),
            Self::Recover(state) => door::recover::update(state, own!(Person), key, hand),
            Self::Accounts(state) => accounts::update(state, own!(Accounts), hand),
            Self::Account(state) => accounts::card::update(state, own!(Person), key, hand),
            Self::Queue(state) => queue::update(state, own!(Queue), hand),
            Self::Why(state) => why::update(state, own!(List)),
            Self::Attempt(state) => attempt::update(state, action, key, hand),
            Self::Filter(state) => filter::update(state, own!(Person), key),
            Self::Sheet(state) => sheet::update(state, own!(Person), key, hand),
            Self::Setup(state) => setup::update(state, own!(Setup), key, hand),
            Self::Staff(state) => staff::update(state, own!(Staff), key),
            Self::Import(state) => import::update(state, action, key, hand),
            Self::Proposals(state) => proposals::update(state, action, key, hand),
            Self::Papers(state) => papers::update(state, own!(Papers), hand),
            Self::Registers(state) => registers::update(state, own!(Registers), hand),
            Self::Search(state) => search::update(state, own!(Search), key, hand),
            Self::Settings(state) => settings::update(state, action, key, hand),
            Self::Household(state) => household::update(state, own!(Household), hand),
            Self::Signing(state) => signing::update(state, own!(Signing), key, hand),
            Self::Agreement(state) => agreement::update(state, own!(Agreement), hand),
            Self::Act(state) => agreement::act::update(state, own!(Person), key, hand),
            Self::Agreements(state) => agreements::update(state, own!(Agreements), hand),
            Self::Parties(state) => parties::update(state, own!(Parties), hand),
            Self::PartyCard(state) => parties::card::update(state, own!(Person), key, hand),
            Self::Unit(state) => parties::unit::update(state, own!(Unit), hand),
            Self::Pick(state) => parties::pick::update(state, own!(Palette), key, hand),
            Self::Card(state) => card::update(state, own!(Person), key, hand),
            Self::Facts(state) => facts::update(state, own!(List), hand),
            Self::Change(state) => change::update(state, own!(Person), key, hand),
            Self::Visit(state) => visit::update(state, action, key, hand),
            Self::Grid(state) => grid::update(state, action, key, hand),
            Self::Visits(state) => visits::update(state, action, key, hand),
            Self::Picture(state) => picture::update(state, own!(Picture), hand),
            Self::Help(state) => {
                help::update(state, own!(Help), key);
                None
            }
            Self::Palette(state) => palette::update(state, own!(Palette), key),
            Self::Copying(_) => None,
            Self::Question(state, _) => question::update(state, own!(List), key),
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Door(state) => door::paste(state, text),
            Self::Code(state) => door::code::paste(state, text),
            Self::Recover(state) => door::recover::paste(state, text),
            Self::Account(state) => accounts::card::paste(state, text),
            Self::Search(state) => search::paste(state, text, hand),
            Self::Settings(state) => settings::paste(state, text),
            Self::Attempt(state) => attempt::paste(state, text, hand),
            Self::Sheet(state) => sheet::paste(state, text),
            Self::Visit(state) => visit::paste(state, text, hand),
            Self::Grid(state) => grid::paste(state, text, hand),
            Self::Visits(state) => visits::paste(state, text),
            Self::Signing(state) => signing::paste(state, text, hand),
            Self::Act(state) => agreement::act::paste(state, text),
            Self::PartyCard(state) => parties::card::paste(state, text),
            Self::Pick(state) => parties::pick::paste(state, text, hand),
            Self::Setup(state) => setup::paste(state, text),
            Self::Card(state) => return card::paste(state, text, hand),
            Self::Change(state) => change::paste(state, text, hand),
            Self::Import(state) => import::paste(state, text),
            Self::Proposals(state) => proposals::paste(state, text),
            Self::Help(state) => help::paste(state, text),
            Self::Palette(state) => palette::paste(state, text),
            Self::Household(_)
            | Self::Papers(_)
            | Self::Registers(_)
            | Self::Picture(_)
            | Self::Facts(_)
            | Self::Staff(_)
            | Self::Accounts(_)
            | Self::Queue(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Agreement(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::Unit(_)
            | Self::Copying(_)
            | Self::Question(..) => {}
        }
        None
    }

    /// Takes the choice made in a box over this screen.
    pub fn chosen(&mut self, choice: usize, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Household(state) => household::chosen(state, choice, hand),
            Self::Signing(state) => signing::chosen(state, choice, hand),
            Self::Agreement(state) => agreement::chosen(state, choice, hand),
            Self::Card(state) => card::chosen(state, choice, hand),
            Self::Change(state) => change::chosen(state, choice, hand),
            Self::Settings(state) => settings::chosen(state, choice, hand),
            Self::Unit(state) => parties::unit::chosen(state, choice, hand),
            Self::Registers(state) => registers::chosen(state, choice, hand),
            Self::Facts(_)
            | Self::Picture(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Visit(_)
            | Self::Grid(_)
            | Self::Visits(_)
            | Self::Import(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Attempt(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Act(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::PartyCard(_)
            | Self::Pick(_)
            | Self::Copying(_)
            | Self::Question(..) => None,
        }
    }

    /// Takes what a box over this screen answers.
    pub fn told(&mut self, told: Told, hand: &mut Hand<'_>) {
        match (self, told) {
            (Self::Queue(state), Told::Filter(filter)) => queue::told(state, filter, hand),
            (Self::Signing(state), Told::Reason(reason)) => signing::discard(state, reason, hand),
            (Self::Unit(state), Told::Member(picked)) => {
                parties::unit::picked(state, picked, hand);
            }
            (Self::Setup(state), Told::Noted(code)) => setup::noted(state, code, hand),
            (Self::Recover(state), Told::Noted(code)) => door::recover::noted(state, code, hand),
            (Self::Account(state), Told::Noted(code)) => accounts::card::noted(state, code, hand),
            (_, Told::Filter(_) | Told::Reason(_) | Told::Member(_) | Told::Noted(_)) => {}
        }
    }

    /// Goes one step back; a screen that has no step of its own leaves.
    pub fn back(&mut self, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Door(state) => state.back().then_some(Outcome::Leave),
            Self::Code(state) => state.back().then_some(Outcome::Leave),
            Self::Attempt(state) => attempt::back(state, hand),
            Self::Visit(state) => visit::back(state, hand),
            Self::Grid(state) => grid::back(state, hand),
            Self::Visits(state) => state.back().then_some(Outcome::Leave),
            Self::Settings(state) => state.back().then_some(Outcome::Leave),
            Self::Proposals(state) => state.back().then_some(Outcome::Leave),
            Self::Help(state) => (!state.clear()).then_some(Outcome::Leave),
            Self::Card(state) => card::back(state, hand),
            Self::Signing(state) => Some(signing::back(state, hand)),
            Self::Change(state) => Some(change::back(state, hand)),
            Self::Import(state) => import::back(state),
            Self::Copying(state) => copying::back(state),
            Self::Registers(state) => (!registers::back(state, hand)).then_some(Outcome::Leave),
            Self::Household(_)
            | Self::Papers(_)
            | Self::Picture(_)
            | Self::Facts(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Agreement(_)
            | Self::Act(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::PartyCard(_)
            | Self::Unit(_)
            | Self::Pick(_)
            | Self::Question(..) => Some(Outcome::Leave),
        }
    }

    /// Returns whether a key of this meaning waits for the next answer.
    pub fn holds(&self, action: Option<Action>) -> bool {
        match self {
            Self::Setup(_) | Self::Door(_) | Self::Recover(_) => true,
            Self::Accounts(state) => state.holds(),
            Self::Account(state) => state.holds(),
            Self::Queue(state) => queue::holds(state),
            Self::Search(state) => search::holds_choice(state, action),
            Self::Attempt(state) => attempt::holds(state),
            Self::Sheet(state) => sheet::holds(state),
            Self::Visit(state) => state.holds(),
            Self::Grid(state) => state.holds(action),
            Self::Settings(state) => state.holds(),
            Self::Card(state) => state.holds(),
            Self::Signing(state) => state.holds(),
            Self::Agreement(state) => state.holds(),
            Self::Act(state) => state.holds(),
            Self::Agreements(state) => state.holds(),
            Self::Parties(state) => state.holds(),
            Self::Unit(state) => state.holds(),
            Self::Pick(state) => parties::pick::holds(state, action),
            Self::Household(state) => state.holds(),
            Self::Facts(state) => state.holds(),
            Self::Picture(state) => state.holds(),
            Self::Change(state) => state.holds(),
            Self::Proposals(state) => state.holds(),
            Self::Papers(state) => state.holds(),
            Self::Registers(state) => state.holds(),
            Self::Visits(_)
            | Self::Staff(_)
            | Self::Code(_)
            | Self::Import(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::PartyCard(_)
            | Self::Copying(_)
            | Self::Question(..) => false,
        }
    }
}
