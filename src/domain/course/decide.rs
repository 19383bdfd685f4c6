//! The one entry to deciding: which rules a happening is put to.

use super::{
    Course, Decision, Happening, PersonFacts, Refusal, attempts, enrol, happening::ReferralResult,
    referral, screening, standing, visit,
};
use crate::domain::{day::Day, settings::Settings, task::Task};

/// Decides what follows from a happening on `day`, on the course as it stood before.
/// Changes nothing: give the result to `Course::take`.
pub fn decide(
    course: &Course,
    person: &PersonFacts,
    happening: &Happening,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    decide_again(course, person, happening, day, settings, None)
}

/// As `decide`; with an earlier decision on the same happening, what the doctor set with a
/// reason stays even outside the new window and is marked for review.
pub(super) fn decide_again(
    course: &Course,
    person: &PersonFacts,
    happening: &Happening,
    day: Day,
    settings: &Settings,
    earlier: Option<&Decision>,
) -> Result<Decision, Refusal> {
    if day < person.birth {
        return Err(Refusal::BeforeBirth);
    }
    if let Some(told) = told_day(happening)
        && day < told
    {
        return Err(Refusal::NotYetHappened { day: told });
    }
    if let Some(ended) = course.ended
        && !enrol::reopens(ended, happening)
    {
        return Err(Refusal::PersonEnded(ended));
    }
    let mut decision = decide_one(course, person, happening, day, settings, earlier)?;
    decision.move_to_workdays(settings);
    if brings_computed(happening) {
        let opened = computed(course, person, happening, day, settings, &decision);
        decision.opened.extend(opened);
    }
    Ok(decision)
}

/// Says whether computed tasks may follow from it.
fn brings_computed(happening: &Happening) -> bool {
    match happening {
        Happening::Visited(visited) => !visited.findings.is_empty(),
        Happening::Enrolled(entered) => entered.programme.programme().follow_up.is_none(),
        _ => false,
    }
}

/// Returns the computed tasks of the programmes decided on that were not there before.
fn computed(
    course: &Course,
    person: &PersonFacts,
    happening: &Happening,
    day: Day,
    settings: &Settings,
    decision: &Decision,
) -> Vec<Task> {
    let mut after = course.clone();
    after.take(happening, decision);
    let before = standing::tasks(course, person, day, settings);
    let mut opened = standing::tasks(&after, person, day, settings);
    opened.retain(|task| {
        let decided = |kind| decision.outcomes.contains_key(kind);
        task.programmes.iter().any(decided) && !before.contains(task)
    });
    opened
}

fn decide_one(
    course: &Course,
    person: &PersonFacts,
    happening: &Happening,
    day: Day,
    settings: &Settings,
    earlier: Option<&Decision>,
) -> Result<Decision, Refusal> {
    match happening {
        Happening::Enrolled(enrolled) => enrol::enrolled(course, person, enrolled, day, settings),
        Happening::Visited(visited) => {
            let on = visit::On {
                person,
                day,
                settings,
                earlier,
            };
            visit::visited(course, &on, visited)
        }
        Happening::ReferralChecked {
            result: ReferralResult::Unreachable,
            ..
        } => attempts::unreachable(course, person, day, settings),
        Happening::ReferralChecked { result, .. } => {
            referral::checked(course, *result, day, settings)
        }
        Happening::NotReached { kinds, reason, .. } => {
            let tried = attempts::Tried {
                person,
                day,
                settings,
            };
            attempts::not_reached(course, kinds, *reason, &tried)
        }
        Happening::RefusedVisit { kinds } => {
            let tried = attempts::Tried {
                person,
                day,
                settings,
            };
            attempts::refused(course, kinds, &tried)
        }
        Happening::RefusedProgramme { programme } => {
            enrol::refused(course, *programme, day, settings)
        }
        Happening::DoneElsewhere(done) => {
            attempts::done_elsewhere(course, person, done, day, settings)
        }
        Happening::BroughtIn {
            programme,
            last_visit,
        } => enrol::brought_in(course, person, *programme, last_visit, settings),
        Happening::Left { programme, why } => enrol::left(course, *programme, *why, day, settings),
        Happening::Returned => Ok(enrol::returned(course)),
        Happening::Lost { programme, reason } => {
            attempts::lost(course, *programme, *reason, day, settings)
        }
        Happening::TargetSet { programme, target } => {
            enrol::target_set(course, *programme, *target)
        }
        Happening::PressureScreened(screened) => {
            Ok(screening::screened(course, person, screened, day, settings))
        }
        Happening::Declined(declined) => enrol::declined(course, &declined.programmes),
        Happening::TakenOver(taken) => enrol::taken_over(course, taken),
    }
}

/// Returns the day of a follow-up that is told of later.
fn told_day(happening: &Happening) -> Option<Day> {
    match happening {
        Happening::Enrolled(enrolled) => enrolled.last_visit.as_ref().map(|last| last.day),
        Happening::DoneElsewhere(done) => Some(done.visit_day),
        Happening::BroughtIn { last_visit, .. } => Some(last_visit.day),
        Happening::Visited(_)
        | Happening::ReferralChecked { .. }
        | Happening::NotReached { .. }
        | Happening::RefusedVisit { .. }
        | Happening::RefusedProgramme { .. }
        | Happening::Left { .. }
        | Happening::Returned
        | Happening::Lost { .. }
        | Happening::TargetSet { .. }
        | Happening::PressureScreened(_)
        | Happening::Declined(_)
        | Happening::TakenOver(_) => None,
    }
}
