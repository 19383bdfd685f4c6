//! The states of an agreement and the only ways from one to another (agreements §8).
//!
//! What must hold for a way to be taken is decided elsewhere; the table here is what tests hold
//! every decision to.

use serde::{Deserialize, Serialize};

use super::coded::coded;

coded! {
    /// A state as written down.
    State {
        1 Draft "草稿" "draft",
        2 Printed "待签字" "to be signed",
        3 Active "履约中" "active",
        4 Ending "已提出解约" "notice given",
        5 Renewed "已续约" "renewed",
        6 Terminated "已解约" "ended",
        7 Expired "到期终止" "expired",
        8 Superseded "已改签" "signed anew",
        9 Void "作废" "void",
    }
}

impl State {
    /// Says whether nothing but 作废 can follow.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Renewed | Self::Terminated | Self::Expired | Self::Superseded | Self::Void => {
                true
            }
            Self::Draft | Self::Printed | Self::Active | Self::Ending => false,
        }
    }
}

/// A way from state to state, by its number in §8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Transition {
    T01,
    T02,
    T03,
    T04,
    T05,
    T06,
    T07,
    T08,
    T09,
    T10,
    T11,
    T12,
    T13,
    T14,
    T15,
    T16,
}

impl Transition {
    /// Returns the states it leads from; empty where it begins an agreement.
    pub const fn from(self) -> &'static [State] {
        use State as S;
        match self {
            Self::T01 => &[],
            Self::T02 | Self::T16 => &[S::Draft],
            Self::T03 | Self::T14 => &[S::Draft, S::Printed],
            Self::T06 | Self::T09 | Self::T10 | Self::T12 => &[S::Active],
            Self::T07 | Self::T08 => &[S::Ending],
            Self::T04 => &[S::Active],
            // While notice runs, and until a term signed early begins, members still die and
            // move: their coverage ends all the same.
            Self::T05 => &[S::Active, S::Ending, S::Renewed, S::Superseded],
            Self::T11 | Self::T13 => &[S::Active, S::Ending],
            Self::T15 => &[S::Active, S::Renewed],
        }
    }

    /// Returns the state it leads to; none where the state stays.
    pub const fn to(self) -> Option<State> {
        Some(match self {
            Self::T01 => State::Draft,
            Self::T02 => State::Printed,
            Self::T03 | Self::T07 => State::Active,
            Self::T04 | Self::T05 | Self::T16 => return None,
            Self::T06 => State::Ending,
            Self::T08 | Self::T13 => State::Terminated,
            Self::T09 | Self::T10 => State::Renewed,
            Self::T11 => State::Expired,
            Self::T12 => State::Superseded,
            Self::T14 | Self::T15 => State::Void,
        })
    }
}
