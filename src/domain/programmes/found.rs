//! What a programme makes of a finding: its words, its facts afterwards and what follows.
//!
//! Putting it into the course — slots, referrals, ends — is `course`'s.

use super::{Class, Facts, reason::Reason, rule::Rule};
use crate::domain::{
    alert::Alert,
    course::happening::EndReason,
    task::{Task, TaskKind},
};

/// What follows in the programme's slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Next {
    /// The slot stays as it is.
    #[default]
    Keep,
    /// The slot is emptied.
    Nothing,
    Task(Task),
}

/// A referral and the ground for it; its check is due within two weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refer {
    pub rule: Rule,
    pub reason: Reason,
    pub alert: Alert,
}

/// What one programme makes of one finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub rules: Vec<Rule>,
    pub alerts: Vec<Alert>,
    pub class: Option<Class>,
    pub proposed: Option<Class>,
    /// The facts afterwards; absent when unchanged.
    pub facts: Option<Facts>,
    /// The tasks it completes where they are open.
    pub completes: Vec<TaskKind>,
    pub next: Next,
    pub refer: Option<Refer>,
    /// It is the yearly service.
    pub is_exam: bool,
    /// The programme ends with it.
    pub ends: Option<EndReason>,
}

impl Found {
    /// Returns a finding that leaves these facts.
    pub fn with(facts: Facts) -> Self {
        Self {
            facts: Some(facts),
            ..Self::default()
        }
    }

    /// Adds a task the finding completes.
    #[must_use]
    pub fn completing(mut self, kind: TaskKind) -> Self {
        self.completes.push(kind);
        self
    }

    /// Advises a referral.
    pub fn refer(&mut self, rule: Rule, reason: Reason, alert: Alert) {
        self.rules.push(rule);
        self.refer = Some(Refer {
            rule,
            reason,
            alert,
        });
    }
}
