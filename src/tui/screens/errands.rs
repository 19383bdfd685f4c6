//! What each screen asks the desk, and what it does with the answers.

use std::time::Duration;

use super::{
    Outcome, Screen, Settle, accounts, agreement, agreements, attempt, card, change, copying, door,
    facts, grid, household, import, papers, parties, picture, proposals, queue, registers, search,
    settings, setup, sheet, signing, unexplained, visit, visits, why,
};
use crate::{
    desk::{DoorReply, Reply, Stop, reply::Done},
    domain::id::PersonId,
    tui::{files::Filed, hand::Hand, port::Ticket},
};

impl Screen {
    /// Asks what the screen needs when it opens.
    pub fn begin(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Door(state) => door::begin(state, hand),
            Self::Accounts(state) => accounts::refresh(state, hand),
            Self::Attempt(state) => attempt::begin(state, hand),
            Self::Sheet(state) => sheet::begin(state, hand),
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Import(state) => import::begin(state, hand),
            Self::Proposals(state) => proposals::refresh(state, hand),
            Self::Papers(state) => papers::refresh(state, hand),
            Self::Registers(state) => registers::refresh(state, hand),
            Self::Household(state) => household::refresh(state, hand),
            Self::Signing(state) => signing::begin(state, hand),
            Self::Agreement(state) => agreement::refresh(state, hand),
            Self::Act(state) => agreement::act::begin(state, hand),
            Self::Agreements(state) => agreements::refresh(state, hand),
            Self::Parties(state) => parties::refresh(state, hand),
            Self::Unit(state) => parties::unit::refresh(state, hand),
            Self::Pick(state) => parties::pick::refresh(state, hand),
            Self::Card(state) => card::begin(state, hand),
            Self::Facts(state) => facts::refresh(state, hand),
            Self::Change(state) => change::begin(state, hand),
            Self::Copying(state) => copying::begin(state, hand),
            Self::Visit(state) => visit::begin(state, hand),
            Self::Grid(state) => grid::begin(state, hand),
            Self::Visits(state) => visits::refresh(state, hand),
            Self::Picture(state) => picture::refresh(state, hand),
            Self::Settings(state) => settings::refresh(state, hand),
            Self::Why(state) => why::begin(state, hand),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Account(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Filter(_)
            | Self::PartyCard(_)
            | Self::Question(..) => {}
        }
    }

    /// Asks again what may have changed.
    pub fn refresh(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Accounts(state) => accounts::refresh(state, hand),
            Self::Attempt(state) => attempt::refresh(state, hand),
            Self::Queue(state) => queue::refresh(state, hand),
            Self::Search(state) => search::refresh(state, hand),
            Self::Import(state) => import::refresh(state, hand),
            Self::Proposals(state) => proposals::refresh(state, hand),
            Self::Papers(state) => papers::refresh(state, hand),
            Self::Registers(state) => registers::refresh(state, hand),
            Self::Household(state) => household::refresh(state, hand),
            Self::Signing(state) => signing::refresh(state, hand),
            Self::Agreement(state) => agreement::refresh(state, hand),
            Self::Agreements(state) => agreements::refresh(state, hand),
            Self::Parties(state) => parties::refresh(state, hand),
            Self::Unit(state) => parties::unit::refresh(state, hand),
            Self::Pick(state) => parties::pick::refresh(state, hand),
            Self::Card(state) => card::refresh(state, hand),
            Self::Facts(state) => facts::refresh(state, hand),
            Self::Visits(state) => visits::refresh(state, hand),
            Self::Picture(state) => picture::refresh(state, hand),
            Self::Settings(state) => settings::refresh(state, hand),
            Self::Visit(state) => visit::refresh(state, hand),
            Self::Grid(state) => grid::refresh(state, hand),
            Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Account(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Act(_)
            | Self::PartyCard(_)
            | Self::Copying(_)
            | Self::Question(..) => {}
        }
    }

    /// Takes the answer to something this screen asked.
    pub fn replied(
        &mut self,
        ticket: Ticket,
        reply: Result<Reply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        match self {
            Self::Accounts(state) => accounts::replied(state, ticket, reply),
            Self::Account(state) => accounts::card::replied(state, reply, hand),
            Self::Queue(state) => queue::replied(state, ticket, reply, hand),
            Self::Attempt(state) => attempt::replied(state, ticket, reply, hand),
            Self::Sheet(state) => sheet::replied(state, ticket, reply),
            Self::Import(state) => import::replied(state, ticket, reply, hand),
            Self::Proposals(state) => proposals::replied(state, ticket, reply, hand),
            Self::Papers(state) => papers::replied(state, ticket, reply, hand),
            Self::Registers(state) => registers::replied(state, ticket, reply, hand),
            Self::Search(state) => search::replied(state, ticket, reply),
            Self::Household(state) => household::replied(state, ticket, reply, hand),
            Self::Signing(state) => signing::replied(state, ticket, reply, hand),
            Self::Agreement(state) => agreement::replied(state, ticket, reply, hand),
            Self::Act(state) => agreement::act::replied(state, ticket, reply, hand),
            Self::Agreements(state) => agreements::replied(state, ticket, reply),
            Self::Parties(state) => parties::replied(state, ticket, reply),
            Self::PartyCard(state) => parties::card::replied(state, ticket, reply, hand),
            Self::Unit(state) => parties::unit::replied(state, ticket, reply, hand),
            Self::Pick(state) => parties::pick::replied(state, ticket, reply),
            Self::Card(state) => card::replied(state, ticket, reply, hand),
            Self::Facts(state) => facts::replied(state, ticket, reply),
            Self::Change(state) => change::replied(state, ticket, reply, hand),
            Self::Copying(state) => copying::replied(state, ticket, reply, hand),
            Self::Visit(state) => visit::replied(state, ticket, reply, hand),
            Self::Grid(state) => grid::replied(state, ticket, reply, hand),
            Self::Visits(state) => visits::replied(state, ticket, reply, hand),
            Self::Picture(state) => picture::replied(state, ticket, reply),
            Self::Settings(state) => settings::replied(state, ticket, reply, hand),
            Self::Why(state) => why::replied(state, ticket, reply),
            Self::Staff(_)
            | Self::Setup(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Filter(_)
            | Self::Question(..) => unexplained(reply),
        }
    }

    /// Takes what the door answers to what this screen asked there.
    pub fn knocked(
        &mut self,
        answer: Result<DoorReply, Stop>,
        hand: &mut Hand<'_>,
    ) -> Option<Outcome> {
        match self {
            Self::Door(state) => door::knocked(state, answer, hand),
            Self::Setup(_) => setup::knocked(answer, hand),
            Self::Recover(state) => door::recover::knocked(state, answer, hand),
            Self::Account(state) => accounts::card::knocked(state, answer, hand),
            _ => None,
        }
    }

    /// Takes what the files answer to something this screen asked.
    pub fn filed(&mut self, ticket: Ticket, filed: Filed, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Import(state) => import::filed(state, ticket, filed, hand),
            _ => None,
        }
    }

    /// A change was made in this window.
    pub fn wrote(&mut self, done: &Done) {
        match self {
            Self::Queue(state) => queue::wrote(state, done),
            Self::Household(state) => household::wrote(state, done),
            Self::Grid(state) => grid::wrote(state, done),
            _ => {}
        }
    }

    /// A form of this person was put down in this window: no entry tells of it.
    pub fn put_down(&mut self, person: PersonId) {
        if let Self::Queue(state) = self {
            queue::put_down(state, person);
        }
    }

    /// A form of this person is taken up again over this screen.
    pub fn taken_up(&mut self, person: PersonId, hand: &Hand<'_>) {
        if let Self::Queue(state) = self {
            queue::taken_up(state, person, hand);
        }
    }

    /// Settles a conflict of the change it asked for under this ticket.
    pub fn settle(&mut self, _ticket: Ticket, how: Settle, hand: &mut Hand<'_>) -> Option<Outcome> {
        match self {
            Self::Account(state) => Some(accounts::card::settle(state)),
            Self::Attempt(state) => attempt::settle(state, how, hand),
            Self::Visit(state) => visit::settle(state, how, hand),
            Self::Grid(state) => {
                grid::settle(state, how, hand);
                None
            }
            Self::Card(state) => {
                card::settle(state, how, hand);
                None
            }
            Self::Signing(state) => signing::settle(state, how, hand),
            Self::Act(state) => Some(agreement::act::settle(state, how)),
            Self::PartyCard(state) => Some(parties::card::settle(state)),
            Self::Unit(state) => {
                parties::unit::settle(state, hand);
                None
            }
            Self::Change(state) => change::settle(state, how, hand),
            Self::Settings(state) => {
                settings::settle(state, how, hand);
                None
            }
            Self::Visits(state) => {
                visits::settle(state, how, hand);
                None
            }
            Self::Household(_)
            | Self::Picture(_)
            | Self::Facts(_)
            | Self::Setup(_)
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
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Sheet(_)
            | Self::Agreement(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::Pick(_)
            | Self::Copying(_)
            | Self::Question(..) => None,
        }
    }

    /// Returns when the screen wants to be woken, if at all.
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Door(state) => state.deadline(),
            Self::Queue(state) => queue::deadline(state),
            Self::Import(state) => import::deadline(state),
            Self::Copying(state) => Some(state.deadline()),
            Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Search(_)
            | Self::Settings(_)
            | Self::Visit(_)
            | Self::Grid(_)
            | Self::Visits(_)
            | Self::Picture(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
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
            | Self::Question(..) => None,
        }
    }

    /// Its deadline has passed.
    pub fn wake(&mut self, hand: &mut Hand<'_>) {
        match self {
            Self::Door(state) => state.wake(hand),
            Self::Queue(state) => queue::wake(state, hand),
            Self::Import(state) => import::wake(state, hand),
            Self::Copying(state) => copying::wake(state, hand),
            Self::Household(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Change(_)
            | Self::Setup(_)
            | Self::Staff(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Search(_)
            | Self::Settings(_)
            | Self::Visit(_)
            | Self::Grid(_)
            | Self::Visits(_)
            | Self::Picture(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
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
            | Self::Question(..) => {}
        }
    }
}
