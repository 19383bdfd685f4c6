//! The sheet on which one decision is worked out: slots are vacated and filled, the
//! shared referral check is kept in order.
//!
//! Knows no rule; the course itself is only read.

use super::{
    Course,
    decision::{ClosedTask, Closing, Decision, Outcome, ReferralChange, SlotChange},
};
use crate::domain::{
    alert::Alert,
    programmes::{ProgrammeKind, rule::Rule},
    task::Task,
};

pub(super) struct Workings<'a> {
    pub course: &'a Course,
    pub decision: Decision,
    referral: Option<Task>,
}

impl<'a> Workings<'a> {
    pub fn new(course: &'a Course) -> Self {
        Self {
            course,
            decision: Decision::default(),
            referral: course.referral.clone(),
        }
    }

    pub fn rule(&mut self, rule: Rule) {
        if !self.decision.rules.contains(&rule) {
            self.decision.rules.push(rule);
        }
    }

    pub fn alert(&mut self, alert: Alert) {
        if !self.decision.alerts.contains(&alert) {
            self.decision.alerts.push(alert);
        }
    }

    pub fn outcome(&mut self, programme: ProgrammeKind) -> &mut Outcome {
        self.decision.outcomes.entry(programme).or_default()
    }

    /// Empties the programme's slot; `how` says what became of the task in it. What the same
    /// decision put there is taken back. A shared referral check is closed with its last share.
    pub fn vacate(&mut self, programme: ProgrammeKind, how: impl Fn(&Task) -> Closing) {
        let decided = self.decision.outcomes.get(&programme);
        match decided.map(|outcome| outcome.slot.clone()) {
            Some(SlotChange::Set(task)) => {
                self.decision.opened.retain(|opened| *opened != task);
                self.outcome(programme).slot = SlotChange::Clear;
            }
            Some(SlotChange::Clear) => {}
            Some(SlotChange::Keep) | None => {
                let before = self.course.programmes.get(&programme);
                if let Some(task) = before.and_then(|p| p.slot.clone()) {
                    let closing = how(&task);
                    self.close(task, closing);
                    self.outcome(programme).slot = SlotChange::Clear;
                }
            }
        }
        if let Some(mut task) = self.referral.take() {
            let had_share = task.programmes.contains(&programme);
            if had_share && task.programmes.len() == 1 {
                let closing = how(&task);
                // The task as it stood, with all its shares.
                let task = self.course.referral.clone().unwrap_or(task);
                self.close(task, closing);
            } else {
                task.programmes.remove(&programme);
                self.referral = Some(task);
            }
        }
    }

    fn close(&mut self, task: Task, how: Closing) {
        if how == Closing::Completed && !self.decision.completed.contains(&task.kind) {
            self.decision.completed.push(task.kind);
        }
        self.decision.closed.push(ClosedTask { task, how });
    }

    /// Says whether the programme has a follow-up task by what is decided so far: in its slot or
    /// as a share of the referral check.
    pub fn has_next(&self, programme: ProgrammeKind) -> bool {
        let decided = self.decision.outcomes.get(&programme);
        let before = self.course.programmes.get(&programme);
        let in_slot = match decided.map(|outcome| &outcome.slot) {
            Some(SlotChange::Set(_)) => true,
            Some(SlotChange::Clear) => false,
            Some(SlotChange::Keep) | None => before.is_some_and(|p| p.slot.is_some()),
        };
        let is_share = |task: &Task| task.programmes.contains(&programme);
        in_slot || self.referral.as_ref().is_some_and(is_share)
    }

    /// Puts a task into the programme's emptied slot.
    pub fn fill(&mut self, programme: ProgrammeKind, task: Task) {
        self.outcome(programme).slot = SlotChange::Set(task.clone());
        self.decision.opened.push(task);
    }

    /// Lets the programme share the referral check, which takes the smaller due.
    pub fn refer(&mut self, task: Task) {
        let Some(mut open) = self.referral.take() else {
            self.referral = Some(task);
            return;
        };
        let (mut kept, other) = if task.due < open.due {
            (task, open)
        } else {
            open.urgent |= task.urgent;
            (open, task)
        };
        kept.urgent |= other.urgent;
        kept.programmes.extend(other.programmes.iter().copied());
        self.referral = Some(kept);
    }

    pub fn finish(mut self) -> Decision {
        if self.referral != self.course.referral {
            if let Some(task) = &self.referral {
                self.decision.opened.push(task.clone());
            }
            self.decision.referral = Some(match self.referral {
                Some(task) => ReferralChange::Set(task),
                None => ReferralChange::Gone,
            });
        }
        self.decision
    }
}
