//! The card of a resident or of a household as the desk knows it, and what is
//! common to both.

use std::sync::Arc;

use super::super::household;
use crate::{
    desk::reply::{HouseholdView, PersonView},
    domain::{
        aspect::{Aspect, Seen},
        day::Day,
        form::FormDef,
        value::Answers,
    },
    tui::theme::Look,
};

/// The card as the desk knows it.
#[derive(Debug)]
pub enum Known {
    Person(Box<PersonView>),
    Household(Box<HouseholdView>),
}

impl Known {
    /// Returns the form it is filled in on.
    pub fn form(&self) -> &Arc<FormDef> {
        match self {
            Self::Person(view) => &view.form,
            Self::Household(view) => &view.form,
        }
    }

    /// Returns what is filled in.
    pub fn card(&self) -> &Answers {
        match self {
            Self::Person(view) => &view.member.person.card,
            Self::Household(view) => &view.household.card,
        }
    }

    /// Returns what the number and other facts state.
    pub fn stated(&self) -> &Answers {
        match self {
            Self::Person(view) => &view.stated,
            Self::Household(view) => &view.stated,
        }
    }

    /// Returns the fields still to be filled in.
    pub fn missing(&self) -> &[String] {
        match self {
            Self::Person(view) => &view.missing,
            Self::Household(view) => &view.missing,
        }
    }

    /// Returns the day it was asked on.
    pub fn today(&self) -> Day {
        match self {
            Self::Person(view) => view.today,
            Self::Household(view) => view.today,
        }
    }

    /// Returns the revision of the card alone.
    pub fn seen(&self) -> Vec<Seen> {
        let all = match self {
            Self::Person(view) => &view.seen,
            Self::Household(view) => &view.seen,
        };
        let is_card = |seen: &&Seen| {
            matches!(
                seen.aspect,
                Aspect::PersonCard(_) | Aspect::HouseholdCard(_)
            )
        };
        all.iter().filter(is_card).copied().collect()
    }

    /// Returns whose it is, in words.
    pub fn who(&self, look: &Look) -> String {
        match self {
            Self::Person(view) => household::name(look, &view.member.person),
            Self::Household(view) => view.household.place(),
        }
    }
}
