//! Deciding again what was decided after a correction, a withdrawal or a late entry.

use std::borrow::Borrow;

use super::{Course, Decision, Happening, PersonFacts, decide::decide_again};
use crate::domain::{day::Day, settings::Settings};

/// One happening with the decision that was taken on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub day: Day,
    pub happening: Happening,
    pub decision: Decision,
}

/// Decides `later` again, in the order given (by day, then by time of entry), on the course
/// as it stood before the first of them; `settings` gives those in force on a day.
///
/// Classes and dates the doctor set with a reason stay and mark the decision for review.
/// Where the rules now refuse what was recorded, the decision stays as it was, marked too:
/// a recorded fact is never dropped.
pub fn redecide<S: Borrow<Settings>>(
    before: &Course,
    person: &PersonFacts,
    later: &[Recorded],
    settings: impl Fn(Day) -> S,
) -> Vec<Decision> {
    let mut course = before.clone();
    let mut decisions = Vec::with_capacity(later.len());
    for recorded in later {
        let decision = decide_again(
            &course,
            person,
            &recorded.happening,
            recorded.day,
            settings(recorded.day).borrow(),
            Some(&recorded.decision),
        )
        .unwrap_or_else(|_| Decision {
            review: true,
            ..recorded.decision.clone()
        });
        course.take(&recorded.happening, &decision);
        decisions.push(decision);
    }
    decisions
}
