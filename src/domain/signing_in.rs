//! Attempts to sign in, and how long one waits after too many wrong ones.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{clock::Moment, id::StaffId};

/// Wrong passwords in a row that cost no waiting.
pub const FREE: u32 = 4;
/// The wait after one more; it doubles with each.
const FIRST_WAIT: Moment = 10_000;
/// The longest wait.
const LONGEST_WAIT: Moment = 15 * 60 * 1000;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The password was right.
    Opened,
    /// The password was wrong.
    Wrong,
    /// Nobody of that name has a password.
    Nobody,
    /// The recovery code was right.
    Recovered,
    /// The recovery code was wrong.
    WrongCode,
    /// Somebody who was in already showed their password again, to give a way in.
    Confirmed,
}

impl Outcome {
    const ALL: [Self; 6] = [
        Self::Opened,
        Self::Wrong,
        Self::Nobody,
        Self::Recovered,
        Self::WrongCode,
        Self::Confirmed,
    ];

    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Wrong => "wrong",
            Self::Nobody => "nobody",
            Self::Recovered => "recovered",
            Self::WrongCode => "wrong_code",
            Self::Confirmed => "confirmed",
        }
    }

    /// Returns the outcome of a key.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }

    /// Says whether what was shown was right.
    pub const fn is_success(self) -> bool {
        match self {
            Self::Opened | Self::Recovered | Self::Confirmed => true,
            Self::Wrong | Self::Nobody | Self::WrongCode => false,
        }
    }
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub at: Moment,
    /// Whose password was tried; nobody's where the name is unknown or it was the recovery code.
    pub staff: Option<StaffId>,
    pub outcome: Outcome,
    /// Whether the journal has taken it over.
    pub is_told: bool,
    /// The window it was made in.
    pub window: String,
}

/// Returns how many milliseconds are left to wait before `staff`'s password is tried again:
/// from the fifth wrong one in a row 10 s, twice as long after each more, 15 minutes at most.
/// A clock set back waits no longer than that.
///
/// A clock set ahead ends the wait: no clock that cannot be set outlives a restart of the
/// computer. The row is not forgotten by it, so the next wrong one waits longer still, and each
/// stands in the log. Whoever may set the clock may take the keys away and try them elsewhere
/// too; there the cost of one try alone holds them up.
pub fn wait(attempts: &[Attempt], staff: Option<StaffId>, now: Moment) -> Moment {
    let own = attempts
        .iter()
        .rev()
        .filter(|attempt| attempt.staff == staff);
    let wrong: Vec<&Attempt> = own
        .take_while(|attempt| !attempt.outcome.is_success())
        .collect();
    let count = u32::try_from(wrong.len()).unwrap_or(u32::MAX);
    let Some(last) = wrong.first().filter(|_| FREE < count) else {
        return 0;
    };
    let doublings = (count - FREE - 1).min(16);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
    (last.at + wait - now).clamp(0, wait)
}

/// Drops the attempts the journal has taken over that no wait depends on: successes but the last,
/// which tells who was here, and what the same staff member tried before one.
pub fn let_go(attempts: &mut Vec<Attempt>) {
    let mut opened: BTreeSet<Option<StaffId>> = BTreeSet::new();
    let mut kept: Vec<Attempt> = Vec::new();
    let mut is_last_known = false;
    for attempt in attempts.drain(..).rev() {
        let is_spent = opened.contains(&attempt.staff) || attempt.outcome.is_success();
        if attempt.outcome.is_success() {
            opened.insert(attempt.staff);
        }
        let is_last = attempt.outcome == Outcome::Opened && !is_last_known;
        is_last_known |= is_last;
        if !attempt.is_told || !is_spent || is_last {
            kept.push(attempt);
        }
    }
    kept.reverse();
    *attempts = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tried(outcomes: &[Outcome]) -> Vec<Attempt> {
        let attempts = (0..).zip(outcomes).map(|(second, outcome)| Attempt {
            at: second * 1000,
            staff: Some(StaffId(1)),
            outcome: *outcome,
            is_told: false,
            window: "w".to_owned(),
        });
        attempts.collect()
    }

    #[rstest]
    #[case::none(0, 0)]
    #[case::four(4, 0)]
    #[case::five(5, 10_000)]
    #[case::six(6, 20_000)]
    #[case::ten(10, 320_000)]
    #[case::many(60, 900_000)]
    fn the_fifth_wrong_one_in_a_row_waits(#[case] wrong: usize, #[case] expected: Moment) {
        let attempts = tried(&vec![Outcome::Wrong; wrong]);
        let last = attempts.last().map_or(0, |attempt| attempt.at);
        let someone = Some(StaffId(1));
        assert_eq!(wait(&attempts, someone, last), expected);
        assert_eq!(wait(&attempts, someone, last + expected), 0);
        assert_eq!(wait(&attempts, someone, last - 86_400_000), expected);
        assert_eq!(wait(&attempts, Some(StaffId(2)), last), 0);
    }

    #[test]
    fn of_what_is_told_only_who_was_here_last_is_kept() {
        let mut attempts = tried(&[Outcome::Opened, Outcome::Wrong, Outcome::Opened]);
        for attempt in &mut attempts {
            attempt.is_told = true;
        }
        let last = attempts.last().cloned();
        let_go(&mut attempts);
        assert_eq!(attempts, last.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_clock_set_ahead_ends_one_wait_and_not_the_row() {
        let mut attempts = tried(&[Outcome::Wrong; 5]);
        let someone = Some(StaffId(1));
        let ahead = 24 * 3_600_000;
        assert_eq!(wait(&attempts, someone, ahead), 0);
        let last = attempts.last().cloned().unwrap();
        attempts.push(Attempt { at: ahead, ..last });
        assert_eq!(wait(&attempts, someone, ahead), 20_000);
    }

    #[test]
    fn a_success_ends_the_row() {
        let mut outcomes = vec![Outcome::Wrong; 9];
        outcomes.push(Outcome::Opened);
        outcomes.extend([Outcome::Wrong; 4]);
        let attempts = tried(&outcomes);
        assert_eq!(wait(&attempts, Some(StaffId(1)), 14_000), 0);
    }
}
