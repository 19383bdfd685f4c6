//! Deciding again what was decided after a correction, a withdrawal or a late entry.

use std::borrow::Borrow;

use super::{
    Course, Decision, Happening, PersonFacts, ProgrammeCourse,
    decide::decide_again,
    decision::{Closing, Outcome, SlotChange},
    happening::Enrolled,
    workings::Workings,
};
use crate::domain::{day::Day, programmes::ProgrammeKind, settings::Settings, task::TaskKind};

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
/// Where the rules now refuse what was recorded, what was found stays as it was, marked too — a
/// recorded fact is never dropped — but opens, moves and closes nothing: the work it spoke of
/// is no longer there.
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
        .unwrap_or_else(|_| refused(&course, recorded));
        course.take(&recorded.happening, &decision);
        decisions.push(decision);
    }
    decisions
}

fn refused(course: &Course, recorded: &Recorded) -> Decision {
    let decision = recorded.decision.clone();
    if let Happening::Enrolled(Enrolled { programme, .. }) = recorded.happening
        && course.ended.is_none()
        && !is_open(course, programme)
    {
        return begun(course, decision, programme);
    }
    let found = |(kind, outcome): (ProgrammeKind, Outcome)| {
        let found = Outcome {
            slot: SlotChange::Keep,
            status: None,
            attempts: None,
            referral_closed: false,
            referral_opened: None,
            entered: None,
            left: None,
            ..outcome
        };
        (kind, found)
    };
    Decision {
        rules: decision.rules,
        alerts: decision.alerts,
        outcomes: decision.outcomes.into_iter().map(found).collect(),
        screening: decision.screening,
        review: true,
        ..Decision::default()
    }
}

fn is_open(course: &Course, programme: ProgrammeKind) -> bool {
    let known = course.programmes.get(&programme);
    known.is_some_and(ProgrammeCourse::is_open)
}

/// A programme entered stays entered. What its entry ended of the others it ends as they stand
/// now: the work that was theirs then may be another's by now.
fn begun(course: &Course, decision: Decision, programme: ProgrammeKind) -> Decision {
    let mut work = Workings::new(course);
    work.decision.opened = decision.opened;
    work.decision
        .opened
        .retain(|task| task.kind != TaskKind::ReferralCheck);
    for (kind, mut outcome) in decision.outcomes {
        if kind != programme {
            if !is_open(course, kind) {
                continue;
            }
            work.vacate(kind, |_| Closing::Ended);
            outcome.slot = SlotChange::Clear;
        }
        *work.outcome(kind) = outcome;
    }
    Decision {
        rules: decision.rules,
        alerts: decision.alerts,
        review: true,
        ..work.finish()
    }
}
