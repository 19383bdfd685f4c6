//! What can be said instead of a visit.

use crate::{domain::text::Text, tui::words::attempt as words};

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    NotAtHome,
    NoAnswer,
    Refused,
    Refuses,
    Lost,
    Moved,
    Died,
    Elsewhere,
}

impl What {
    /// Everything, in the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::NotAtHome,
        Self::NoAnswer,
        Self::Refused,
        Self::Refuses,
        Self::Lost,
        Self::Moved,
        Self::Died,
        Self::Elsewhere,
    ];

    /// Returns its words.
    pub const fn text(self) -> Text {
        match self {
            Self::NotAtHome => words::NOT_AT_HOME,
            Self::NoAnswer => words::NO_ANSWER,
            Self::Refused => words::REFUSED,
            Self::Refuses => words::REFUSES,
            Self::Lost => words::LOST,
            Self::Moved => words::MOVED,
            Self::Died => words::DIED,
            Self::Elsewhere => words::ELSEWHERE,
        }
    }
}
