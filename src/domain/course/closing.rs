//! Which tasks a finding closes: the one in its programme's slot, and computed ones.
//!
//! What comes in their place is `found`'s.

use super::{
    decision::{ClosedTask, Closing},
    happening::Visited,
    standing,
    visit::On,
    workings::Workings,
};
use crate::domain::{
    programmes::{Found, Next, ProgrammeKind},
    task::{Task, TaskKind},
};

/// Closes the follow-up task the finding completes or takes the place of.
pub(super) fn replace(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: &Found,
) {
    let is_replaced = !matches!(found.next, Next::Keep) || found.refer.is_some();
    let ends = found.ends.is_some();
    let slot = work.course.slot(kind);
    let is_named =
        slot.is_some_and(|t| found.completes.contains(&t.kind) || t.kind == TaskKind::Trace);
    if ends || is_named || is_replaced && slot.is_some_and(|t| t.kind != TaskKind::ReferralCheck) {
        work.vacate(kind, |task| {
            if is_done(task, on, visited, found) {
                Closing::Completed
            } else {
                Closing::Replaced
            }
        });
    }
}

/// Closes the computed tasks the finding completes.
pub(super) fn outdate(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: &Found,
) {
    let computed = standing::tasks(work.course, on.person, on.day, on.settings);
    for task in computed {
        if task.programmes.contains(&kind) && found.completes.contains(&task.kind) {
            work.outdate(task.kind);
            if is_done(&task, on, visited, found) {
                work.complete(task);
            }
        }
    }
}

fn is_done(task: &Task, on: &On<'_>, visited: &Visited, found: &Found) -> bool {
    let named = found.completes.contains(&task.kind)
        || matches!(task.kind, TaskKind::ReferralCheck | TaskKind::Trace);
    let online = on.settings.general_online_ok;
    named && task.earliest <= on.day && task.accepts(visited.mode, online)
}

/// Opens the lists of what was closed by a computed task.
impl Workings<'_> {
    /// Notes that a computed task was completed.
    pub(super) fn complete(&mut self, task: Task) {
        if !self.decision.completed.contains(&task.kind) {
            self.decision.completed.push(task.kind);
        }
        let how = Closing::Completed;
        self.decision.closed.push(ClosedTask { task, how });
    }

    /// Forgets the dates attempts gave to a computed task.
    pub(super) fn outdate(&mut self, kind: TaskKind) {
        if self.course.moved.contains_key(&kind) {
            self.decision.moved.insert(kind, None);
        }
    }
}
