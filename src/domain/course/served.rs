//! What a happening did of the services somebody may have been promised: counted by day and by
//! whether the two met (rules §17.2), whatever window it fell into.
//!
//! A visit made early or to close a referral completes no task of its own and is a visit all the
//! same. How often something was promised is the agreement's.

use serde::{Deserialize, Serialize};

use super::{Decision, Happening, decision::Outcome};
use crate::domain::{
    day::{Day, plus_days},
    programmes::ProgrammeKind,
    task::{Mode, TaskKind},
};

/// Services of so many days are remembered: a year's, and some more for what is entered late.
const KEPT_DAYS: i64 = 400;

/// A service done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    #[serde(with = "crate::domain::task::packed::kind")]
    pub kind: TaskKind,
    #[serde(with = "crate::domain::written_day::packed")]
    pub day: Day,
    /// Face to face.
    pub met: bool,
}

/// Returns the services a happening did.
pub fn done(happening: &Happening, decision: &Decision) -> Vec<Done> {
    let screened = matches!(happening, Happening::PressureScreened(_));
    if !screened && !matches!(happening, Happening::Visited(_)) {
        return Vec::new();
    }
    let Some(day) = day_of(decision) else {
        return Vec::new();
    };
    let mode = happening.mode();
    let met = screened || mode.is_some_and(Mode::is_face_to_face);
    let mut kinds: Vec<TaskKind> = decision.completed.clone();
    for (programme, outcome) in &decision.outcomes {
        kinds.extend(of_outcome(*programme, outcome, mode));
    }
    let measured = happening.measured();
    if measured.is_some_and(|measured| measured.pressure().is_some()) {
        kinds.push(TaskKind::BpScreen);
    }
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = kinds.into_iter();
    kinds.map(|kind| Done { kind, day, met }).collect()
}

fn of_outcome(
    programme: ProgrammeKind,
    outcome: &Outcome,
    mode: Option<Mode>,
) -> impl Iterator<Item = TaskKind> {
    let programme = programme.programme();
    let exam = outcome.exam.and(programme.exam);
    let visit = outcome.last.as_ref().and(programme.visit);
    // A household is visited at home and nowhere else (rules §1.6).
    let visit = visit.filter(|kind| *kind != TaskKind::HouseholdVisit || mode == Some(Mode::Home));
    exam.into_iter().chain(visit)
}

fn day_of(decision: &Decision) -> Option<Day> {
    let told = |outcome: &Outcome| {
        let last = outcome.last.as_ref().filter(|last| !last.brought_in);
        outcome.exam.or(last.map(|last| last.day))
    };
    let screened = decision.screening.as_ref();
    let screened = screened.and_then(|screening| screening.last_day);
    decision.outcomes.values().find_map(told).or(screened)
}

/// Says whether everything done since then is remembered on the day.
pub fn remembers(since: Day, today: Day) -> bool {
    plus_days(today, -KEPT_DAYS) <= since
}

/// Adds what was done and forgets what no year that still runs can count.
pub(super) fn keep(kept: &mut Vec<Done>, more: Vec<Done>) {
    let Some(day) = more.first().map(|done| done.day) else {
        return;
    };
    kept.extend(more);
    kept.retain(|done| plus_days(day, -KEPT_DAYS) <= done.day);
}
