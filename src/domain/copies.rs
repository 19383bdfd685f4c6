//! What there is to tell of copies of the data, besides that all is well.
//!
//! Making them is the store's affair; the words stand in `lang::copies`.

use super::{day::Day, failure::FailureKind};

/// News of copies, each told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyNews {
    /// What was saved is not written down a second time for now.
    NotFollowed { kind: FailureKind },
    /// The last copy the program wanted to make by itself failed.
    NotMade { on: Day, kind: FailureKind },
    /// The copy was made, and could not be put into the second folder.
    SecondFailed { place: String, kind: FailureKind },
    /// The second folder was not there for so many days.
    SecondAbsent { place: String, days: i64 },
    /// The clock stands far from the last entry, so that no copy is made by itself.
    Clock,
}
