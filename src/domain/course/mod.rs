//! One person's course of follow-up: all that is known about it, and how a recorded
//! happening with its decision becomes part of it.
//!
//! `decide` runs rules on a course and changes nothing; `Course::take` copies what was
//! decided and runs no rule, so that a journal replays to the same course for ever.

pub mod attempts;
mod closing;
pub mod count;
mod decide;
pub mod decision;
mod end_reason;
mod enrol;
mod entry;
pub mod finding;
mod found;
pub mod happening;
mod papers;
pub mod redecide;
mod referral;
mod screening;
pub mod served;
pub mod standing;
mod visit;
mod workings;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

pub use self::{
    decide::decide,
    decision::{Decision, Refusal},
    happening::Happening,
    redecide::{Recorded, redecide},
};
use self::{
    decision::{EndChange, Outcome, ReferralChange, SlotChange},
    happening::{EndReason, LostReason, Measured},
    standing::Moved,
};
use super::{
    day::Day,
    identity::Sex,
    person::Person,
    programmes::{Class, Facts, ProgrammeKind, screen35::Screening},
    proposal::Ground,
    settings::Pressure,
    task::{Task, TaskKind},
    value::Decimal,
};

/// What the rules need to know about the person beside the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonFacts {
    pub birth: Day,
    pub is_female: bool,
    /// The day the person came into the register, where known.
    pub registered: Option<Day>,
}

impl PersonFacts {
    /// Returns what the card and the register tell.
    pub fn of(person: &Person) -> Self {
        Self {
            birth: person.birth().unwrap_or(Day::MIN),
            is_female: person.sex() == Sex::Female,
            registered: Some(person.created),
        }
    }
}

/// All that is known about one person's follow-up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Course {
    /// What was done of the services somebody may have been promised, of about a year.
    pub done: Vec<served::Done>,
    pub programmes: BTreeMap<ProgrammeKind, ProgrammeCourse>,
    /// Died, moved out or recorded twice.
    pub ended: Option<Ended>,
    /// The programmes whose proposal was declined, on what ground.
    pub declined: BTreeMap<ProgrammeKind, Ground>,
    /// The one open referral check; `programmes` of the task says whose.
    #[serde(default, with = "crate::domain::task::packed::maybe")]
    pub referral: Option<Task>,
    pub screening: Screening,
    /// The dates attempts gave to computed tasks.
    pub moved: BTreeMap<TaskKind, Moved>,
}

/// The end of everything for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    pub why: EndReason,
}

/// One programme of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeCourse {
    pub status: ProgrammeStatus,
    /// The day of the last enrolment.
    #[serde(with = "crate::domain::written_day::packed")]
    pub entered: Day,
    /// What the programme knows beyond visits.
    #[serde(default)]
    pub facts: Facts,
    /// The follow-up slot: a visit, a trace, a re-measurement. Empty while its share is
    /// in the referral check.
    #[serde(default, with = "crate::domain::task::packed::maybe")]
    pub slot: Option<Task>,
    /// `bp_ok` or `fbg_ok` of the last visit on which it was known.
    pub last_on_target: Option<bool>,
    /// Adverse reaction at the last visit.
    pub last_adr: Option<bool>,
    /// Failed attempts in a row.
    pub attempts: u32,
    /// The doctor's individual target.
    pub target: Option<TargetValue>,
    /// The last follow-up, ours or brought in.
    pub last: Option<LastSeen>,
    /// The last yearly check. Stays empty until its form can be recorded.
    #[serde(default, with = "crate::domain::written_day::packed::maybe")]
    pub last_exam: Option<Day>,
    /// The day of the referral that is not closed yet.
    #[serde(default, with = "crate::domain::written_day::packed::maybe")]
    pub referral_open: Option<Day>,
    /// All times of being managed, for counting (rules §17.1).
    pub spans: Vec<ManagedSpan>,
    /// The dates of face-to-face visits in the last two years that have any.
    #[serde(with = "crate::domain::written_day::packed::each")]
    pub face_to_face: BTreeSet<Day>,
}

impl ProgrammeCourse {
    /// Returns a programme entered on `day`, with nothing known yet.
    pub const fn entered_on(day: Day) -> Self {
        Self {
            status: ProgrammeStatus::Managed,
            entered: day,
            facts: Facts::Nothing,
            slot: None,
            last_on_target: None,
            last_adr: None,
            attempts: 0,
            target: None,
            last: None,
            last_exam: None,
            referral_open: None,
            spans: Vec::new(),
            face_to_face: BTreeSet::new(),
        }
    }

    /// Says whether follow-up goes on: managed, or lost and to be traced.
    pub const fn is_open(&self) -> bool {
        matches!(
            self.status,
            ProgrammeStatus::Managed | ProgrammeStatus::Lost { .. }
        )
    }
}

/// How a person stands in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeStatus {
    Managed,
    /// 失访
    Lost {
        #[serde(with = "crate::domain::written_day")]
        since: Day,
        reason: LostReason,
    },
    /// 拒绝 (signed)
    Refused {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
    },
    Ended {
        #[serde(with = "crate::domain::written_day")]
        on: Day,
        why: EndReason,
    },
}

/// One time of being managed; the end day is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedSpan {
    #[serde(with = "crate::domain::written_day::packed")]
    pub from: Day,
    #[serde(default, with = "crate::domain::written_day::packed::maybe")]
    pub to: Option<Day>,
}

/// An individual target; both numbers must be undershot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetValue {
    Pressure(Pressure),
    /// Fasting, mmol/L.
    Glucose(Decimal),
}

/// The last follow-up, as a hint at the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSeen {
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub class: Option<Class>,
    pub measured: Measured,
    /// Not a visit of ours.
    pub brought_in: bool,
}

impl Course {
    /// Returns every dated task: the slots and the referral check. Standing tasks are
    /// computed (`standing::tasks`).
    pub fn tasks(&self) -> Vec<Task> {
        let slots = self.programmes.values().filter_map(|p| p.slot.clone());
        slots.chain(self.referral.clone()).collect()
    }

    /// Returns what is in the programme's slot: its own task or its referral check.
    pub fn slot(&self, programme: ProgrammeKind) -> Option<&Task> {
        let own = self.programmes.get(&programme)?.slot.as_ref();
        own.or_else(|| {
            self.referral
                .as_ref()
                .filter(|t| t.programmes.contains(&programme))
        })
    }

    /// Says whether the person is followed up for hypertension or known to need it.
    pub fn is_known_hypertensive(&self) -> bool {
        self.programmes
            .get(&ProgrammeKind::Htn)
            .is_some_and(|htn| !matches!(htn.status, ProgrammeStatus::Ended { .. }))
    }

    /// Copies what was decided on a happening into the course. Runs no rule.
    pub fn take(&mut self, happening: &Happening, decision: &Decision) {
        for (kind, outcome) in &decision.outcomes {
            self.take_outcome(*kind, outcome);
        }
        served::keep(&mut self.done, served::done(happening, decision));
        match &decision.referral {
            Some(ReferralChange::Set(task)) => self.referral = Some(task.clone()),
            Some(ReferralChange::Gone) => self.referral = None,
            None => {}
        }
        if let Some(screening) = &decision.screening {
            self.screening = screening.clone();
        }
        for (kind, moved) in &decision.moved {
            match moved {
                Some(moved) => self.moved.insert(*kind, moved.clone()),
                None => self.moved.remove(kind),
            };
        }
        match decision.ended {
            Some(EndChange::Ended(ended)) => self.ended = Some(ended),
            Some(EndChange::TakenBack) => self.ended = None,
            None => {}
        }
        if let Happening::TargetSet { programme, target } = happening
            && let Some(course) = self.programmes.get_mut(programme)
        {
            course.target = *target;
        }
        if let Happening::Declined(declined) = happening {
            let kinds = declined.programmes.iter();
            let declined = kinds.map(|kind| (*kind, declined.ground.clone()));
            self.declined.extend(declined);
        }
    }

    fn take_outcome(&mut self, kind: ProgrammeKind, outcome: &Outcome) {
        let course = match (self.programmes.get_mut(&kind), outcome.entered) {
            (Some(course), _) => course,
            (None, Some(day)) => self
                .programmes
                .entry(kind)
                .or_insert_with(|| ProgrammeCourse::entered_on(day)),
            (None, None) => return,
        };
        if let Some(day) = outcome.entered {
            self.declined.remove(&kind);
            course.entered = day;
            course.spans.push(ManagedSpan {
                from: day,
                to: None,
            });
        }
        if let Some(day) = outcome.left
            && let Some(span) = course.spans.last_mut()
        {
            span.to = Some(day);
        }
        match &outcome.slot {
            SlotChange::Keep => {}
            SlotChange::Set(task) => course.slot = Some(task.clone()),
            SlotChange::Clear => course.slot = None,
        }
        course.status = outcome.status.unwrap_or(course.status);
        course.attempts = outcome.attempts.unwrap_or(course.attempts);
        course.last_on_target = outcome.on_target.or(course.last_on_target);
        course.last_adr = outcome.adr.or(course.last_adr);
        if outcome.referral_closed {
            course.referral_open = None;
        }
        course.referral_open = outcome.referral_opened.or(course.referral_open);
        if let Some(last) = &outcome.last {
            course.last = Some(last.clone());
        }
        course.last_exam = outcome.exam.or(course.last_exam);
        if let Some(facts) = &outcome.facts {
            course.facts = facts.clone();
        }
        if let Some(day) = outcome.face_to_face {
            course.face_to_face.insert(day);
            course
                .face_to_face
                .retain(|other| day.year() - 1 <= other.year());
        }
    }
}

#[cfg(test)]
mod ends_tests;
#[cfg(test)]
mod other_tests;
#[cfg(test)]
mod tests;
