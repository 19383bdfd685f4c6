//! Why somebody is proposed for a programme: a fact of the card, the household or the
//! record. Words stand in `lang`.
//!
//! Field and variant names are the format of the journal: a declined proposal keeps its
//! ground, so that the same fact is not put to the doctor twice.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::domain::{day::Day, tags::Tag, value::YearMonth};

/// A fact that belongs to a programme's entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 满65岁
    Aged { years: u32, on: Day },
    /// 0～6岁
    Child { born: Day },
    /// A child of hers was born, or her pregnancy was ended by a delivery.
    Delivered { on: Day },
    /// The expected day of delivery has passed without one.
    TermPassed { due: Day },
    /// An illness on the card, by its official code, and when it was confirmed.
    Diagnosed {
        illness: String,
        #[serde(default)]
        confirmed: Option<YearMonth>,
    },
    /// A tag somebody set by hand.
    Tagged { tag: Tag, since: Day },
    /// 残疾情况 of the card, by its official codes.
    Disability { kinds: Vec<String> },
    /// 户类型, by its code; of the head's household.
    Household { kind: String },
    /// Signed, and since when, as a roster told.
    Signed { on: Day },
}

impl Ground {
    /// Returns the stable key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Aged { .. } => "aged",
            Self::Child { .. } => "child",
            Self::Delivered { .. } => "delivered",
            Self::TermPassed { .. } => "term_passed",
            Self::Diagnosed { .. } => "diagnosed",
            Self::Tagged { .. } => "tagged",
            Self::Disability { .. } => "disability",
            Self::Household { .. } => "household",
            Self::Signed { .. } => "signed",
        }
    }

    /// Returns the day the fact came about, where it is known; of a month its first day.
    pub fn since(&self) -> Option<Day> {
        match self {
            Self::Aged { on, .. } | Self::Delivered { on } | Self::Signed { on } => Some(*on),
            Self::Child { born } => Some(*born),
            Self::TermPassed { due } => Some(*due),
            Self::Diagnosed { confirmed, .. } => {
                let month = (*confirmed)?;
                Day::from_ymd_opt(month.year, month.month.unwrap_or(1), 1)
            }
            Self::Tagged { since, .. } => Some(*since),
            Self::Disability { .. } | Self::Household { .. } => None,
        }
    }

    /// Says whether it came about in the month of `today`.
    pub fn is_of_this_month(&self, today: Day) -> bool {
        let month = |day: Day| (day.year(), day.month());
        self.since()
            .is_some_and(|since| month(since) == month(today))
    }
}
