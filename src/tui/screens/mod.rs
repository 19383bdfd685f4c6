//! One file a screen: state, outcome, update, view. A dialog is a screen too.
//!
//! Screens perform nothing and know no other screen; `app` acts on outcomes.

pub mod help;
pub mod palette;
pub mod question;
pub mod setup;
pub mod staff;
pub mod too_small;
pub mod visit;

use super::{
    action::{Context, List},
    widgets::{hints::Hint, scroll::Move},
    words,
};
use crate::domain::text::Text;

/// A screen with its state.
#[derive(Debug, Clone)]
pub enum Screen {
    Setup(setup::State),
    Staff(staff::State),
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
}

impl Screen {
    /// Returns where its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Self::Setup(_) => Context::Setup,
            Self::Staff(_) => Context::Staff,
            Self::Help(_) => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Question(..) => Context::List,
        }
    }

    /// Returns whether it is drawn over the screen before it.
    pub fn is_box(&self) -> bool {
        match self {
            Self::Setup(_) | Self::Staff(_) | Self::Help(_) => false,
            Self::Palette(_) | Self::Question(..) => true,
        }
    }

    /// Returns its name for the title line.
    pub fn title(&self) -> Text {
        match self {
            Self::Setup(_) => words::SETUP,
            Self::Staff(_) => Context::Staff.title(),
            Self::Help(_) => words::HELP,
            Self::Palette(_) => words::PALETTE,
            Self::Question(..) => Context::List.title(),
        }
    }

    /// Returns what the hint line offers, most needed first, help last.
    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Setup(_) => setup::HINTS,
            Self::Staff(_) => staff::HINTS,
            Self::Help(_) => help::HINTS,
            Self::Palette(_) => palette::HINTS,
            Self::Question(..) => question::HINTS,
        }
    }
}

/// Returns the movement of a list action.
fn list_move(action: List) -> Option<Move> {
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
