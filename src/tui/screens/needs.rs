//! What each screen is for, and what its own keys need, as far as rights go.
//!
//! Whether it is allowed is not decided here.

use super::Screen;
use crate::{
    desk::rights::Matter,
    domain::refusal::Refusal,
    tui::action::{Accounts, Action, List, Needs, Person, Settings},
};

impl Screen {
    /// Returns what one must be allowed to change to have any use of it.
    pub fn is_for(&self) -> Option<Matter> {
        match self {
            Self::Attempt(_) | Self::Grid(_) | Self::Pick(_) => Some(Matter::Care),
            Self::Visit(state) if state.is_of_record() => None,
            Self::Visit(_) => Some(Matter::Care),
            Self::Change(_) | Self::Import(_) => Some(Matter::Register),
            Self::PartyCard(state) => Some(state.is_for()),
            Self::Act(state) => Some(state.is_for()),
            Self::Sheet(_) => Some(Matter::Paper),
            Self::Copying(_) => Some(Matter::Anyones),
            Self::Setup(_)
            | Self::Staff(_)
            | Self::Door(_)
            | Self::Code(_)
            | Self::Recover(_)
            | Self::Accounts(_)
            | Self::Account(_)
            | Self::Queue(_)
            | Self::Search(_)
            | Self::Settings(_)
            | Self::Why(_)
            | Self::Filter(_)
            | Self::Proposals(_)
            | Self::Papers(_)
            | Self::Registers(_)
            | Self::Household(_)
            | Self::Signing(_)
            | Self::Agreement(_)
            | Self::Agreements(_)
            | Self::Parties(_)
            | Self::Unit(_)
            | Self::Card(_)
            | Self::Facts(_)
            | Self::Visits(_)
            | Self::Picture(_)
            | Self::Help(_)
            | Self::Palette(_)
            | Self::Question(..) => None,
        }
    }

    /// Returns why the desk said that a key is not for whoever sits here, where it was asked.
    pub fn locked(&self, action: Action) -> Option<Refusal> {
        match (self, action) {
            (
                Self::Settings(state),
                Action::Settings(Settings::Edit | Settings::Reset | Settings::Former),
            ) => state.locked(),
            (
                Self::Accounts(state),
                Action::Accounts(Accounts::Edit | Accounts::Add | Accounts::Recovery),
            ) => state.locked(),
            _ => None,
        }
    }

    /// Returns what a key needs on this screen alone.
    pub fn needs(&self, action: Action) -> Option<Needs> {
        let matter = match (self, action) {
            (Self::Facts(_), Action::List(List::Accept | List::Tick)) => Some(Matter::Register),
            (Self::Card(_), Action::Person(Person::Save | Person::AllNormal | Person::Discard)) => {
                Some(Matter::Register)
            }
            (Self::Parties(state), Action::Parties(action)) => state.needs(action),
            _ => None,
        };
        matter.map(|matter| Needs {
            matter,
            otherwise: None,
        })
    }
}
