//! What contacts tell of one programme's past: visits, attempts in vain, endings, tasks
//! closed after their last day.
//!
//! Services in windows of their own and yearly ones are `work`'s.

use super::{
    Life,
    year::{Mark, What},
};
use crate::domain::{
    contact::Contact,
    course::{
        ProgrammeStatus,
        decision::{Closing, Outcome},
        happening::{Happening, Visited},
    },
    day::{Day, plus_days},
    programmes::ProgrammeKind,
    task::{Task, TaskKind},
};

/// A task without a last day is overdue so many days after its due day (rules §1.3).
const OPEN_ENDED_DAYS: i64 = 30;

/// Says whether a form of the programme was filled in at a visit of ours, or its referral
/// was asked after.
pub fn is_visit(contact: &Contact, programme: ProgrammeKind) -> bool {
    match &contact.happening {
        Happening::Visited(visited) => visited.concerns(programme),
        Happening::ReferralChecked { .. } => contact.decision.outcomes.contains_key(&programme),
        _ => false,
    }
}

/// Returns the days on which the programme's yearly service was done.
pub fn exams(life: &Life<'_>, programme: ProgrammeKind) -> impl Iterator<Item = Day> {
    let course = life.course.programmes.get(&programme);
    let last = course.and_then(|course| course.last_exam);
    let told = life.standing().filter_map(move |contact| {
        let outcome = contact.decision.outcomes.get(&programme)?;
        outcome.exam
    });
    let mut days: Vec<Day> = told.chain(last).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter()
}

/// Returns the task's last day.
pub fn last_day(task: &Task) -> Day {
    task.latest
        .unwrap_or_else(|| plus_days(task.due, OPEN_ENDED_DAYS))
}

/// Returns what a contact tells of a programme, its yearly service apart. `kinds`: those the
/// line stands for besides the programme's follow-up.
pub fn told(contact: &Contact, programme: ProgrammeKind, kinds: &[TaskKind]) -> Vec<Mark> {
    let outcome = contact.decision.outcomes.get(&programme);
    let mut marks = Vec::new();
    let mut tell = |day, what, kind| marks.push(Mark { day, what, kind });
    let day = contact.day;
    match &contact.happening {
        Happening::Visited(visited) if visited.concerns(programme) => {
            tell(day, met(visited), None);
        }
        Happening::ReferralChecked { mode, .. } if outcome.is_some() => {
            let what = if contact.happening.reached_nobody() {
                What::NotReached
            } else {
                What::Done {
                    face_to_face: mode.is_face_to_face(),
                    late: false,
                }
            };
            tell(day, what, Some(TaskKind::ReferralCheck));
        }
        Happening::NotReached { kinds: tried, .. } | Happening::RefusedVisit { kinds: tried } => {
            let what = if contact.happening.reached_nobody() {
                What::NotReached
            } else {
                What::Refused
            };
            let named = tried.iter().find(|kind| kinds.contains(kind)).copied();
            if named.is_some() || outcome.is_some() {
                tell(day, what, named);
            }
        }
        Happening::RefusedProgramme { programme: which } if *which == programme => {
            tell(day, What::Refused, None);
        }
        Happening::DoneElsewhere(done) if done.programme == programme => {
            tell(done.visit_day, What::Elsewhere, None);
        }
        Happening::BroughtIn {
            programme: which,
            last_visit,
        } if *which == programme => tell(last_visit.day, What::Elsewhere, None),
        Happening::Enrolled(entered) if entered.programme == programme => {
            if let Some(last) = &entered.last_visit {
                tell(last.day, What::Elsewhere, None);
            }
        }
        _ => {}
    }
    marks.extend(
        outcome
            .map(|outcome| changes(outcome, day))
            .into_iter()
            .flatten(),
    );
    marks
}

/// Entering, being lost and ending, as the decision has it.
fn changes(outcome: &Outcome, day: Day) -> Vec<Mark> {
    let mark = |day, what| Mark {
        day,
        what,
        kind: None,
    };
    let mut marks: Vec<Mark> = outcome
        .entered
        .map(|day| mark(day, What::Entered))
        .into_iter()
        .collect();
    match outcome.status {
        Some(ProgrammeStatus::Lost { .. }) => marks.push(mark(day, What::Lost)),
        Some(ProgrammeStatus::Ended { on, .. }) => marks.push(mark(on, What::Left)),
        Some(ProgrammeStatus::Managed | ProgrammeStatus::Refused { .. }) | None => {}
    }
    marks
}

fn met(visited: &Visited) -> What {
    What::Done {
        face_to_face: visited.mode.is_face_to_face(),
        late: false,
    }
}

/// Returns the tasks of the programme's slot that were closed after their last day.
pub fn missed(life: &Life<'_>, programme: ProgrammeKind, computed: &[TaskKind]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for contact in life.standing() {
        let day = match &contact.happening {
            Happening::DoneElsewhere(done) => done.visit_day,
            _ => contact.day,
        };
        for closed in &contact.decision.closed {
            let task = &closed.task;
            let is_slot = task.programmes.contains(&programme)
                && task.kind != TaskKind::Trace
                && !computed.contains(&task.kind);
            let done = match closed.how {
                // The same task goes on: what closes it at last tells.
                Closing::Moved => continue,
                Closing::Completed => Some(day),
                Closing::Replaced => is_visit(contact, programme).then_some(day),
                Closing::Ended => None,
            };
            if is_slot && last_day(task) < day {
                marks.push(Mark {
                    day: last_day(task),
                    what: What::Missed { done, open: false },
                    kind: Some(task.kind),
                });
            }
        }
    }
    marks
}
