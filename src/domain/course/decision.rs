//! What was decided on a happening, complete: the journal keeps it beside the facts.
//!
//! Field and variant names are the format of the journal: they never change. Nothing in
//! here decides.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Ended, LastSeen, ProgrammeStatus, standing::Moved};
use crate::domain::{
    alert::Alert,
    day::{Day, workday},
    programmes::{Class, Facts, ProgrammeKind, rule::Rule, screen35::Screening},
    settings::Settings,
    task::{Task, TaskKind},
};

/// One decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    /// The rows that decided, in order.
    pub rules: Vec<Rule>,
    /// Each alert once, in the order raised.
    pub alerts: Vec<Alert>,
    pub outcomes: BTreeMap<ProgrammeKind, Outcome>,
    /// The referral check afterwards; absent when unchanged.
    pub referral: Option<ReferralChange>,
    pub opened: Vec<Task>,
    pub closed: Vec<ClosedTask>,
    /// The kinds of tasks the happening completed.
    pub completed: Vec<TaskKind>,
    /// The screening facts afterwards; absent when unchanged.
    pub screening: Option<Screening>,
    /// The dates attempts gave to computed tasks, afterwards; none where they lapse.
    pub moved: BTreeMap<TaskKind, Option<Moved>>,
    /// The end of everything, or its taking back; absent when unchanged.
    pub ended: Option<EndChange>,
    /// A class or date the doctor set stands although the proposal changed.
    pub review: bool,
}

impl Decision {
    /// Moves the due days the rules gave off weekends, where the clinic wants that.
    pub(super) fn move_to_workdays(&mut self, settings: &Settings) {
        let slots = self.outcomes.values_mut().filter_map(|outcome| {
            if let SlotChange::Set(task) = &mut outcome.slot {
                Some(task)
            } else {
                None
            }
        });
        let referral = self.referral.as_mut().and_then(|change| match change {
            ReferralChange::Set(task) => Some(task),
            ReferralChange::Gone => None,
        });
        for task in slots.chain(referral).chain(&mut self.opened) {
            *task = task.clone().on_workday(settings);
        }
        for moved in self.moved.values_mut().flatten() {
            if settings.shift_to_workday {
                moved.due = workday(moved.due, moved.earliest, moved.of);
            }
        }
    }

    /// Returns the programme's next task by this decision: in its slot, in the referral
    /// check, else of what comes with time the first; none where nothing new is due.
    pub fn next_of(&self, kind: ProgrammeKind) -> Option<&Task> {
        let outcome = self.outcomes.get(&kind)?;
        match (&outcome.slot, &self.referral) {
            (SlotChange::Set(task), _) => Some(task),
            (_, Some(ReferralChange::Set(task))) if task.programmes.contains(&kind) => Some(task),
            _ => self
                .opened
                .iter()
                .filter(|task| task.programmes.contains(&kind))
                .min_by_key(|task| task.due),
        }
    }
}

/// What was decided for one programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The row of the programme's own table.
    pub rule: Option<Rule>,
    /// The class recorded: the doctor's where one was set, else the proposed one.
    pub class: Option<Class>,
    /// The class the table gives.
    pub proposed: Option<Class>,
    /// The class rests on self-reported values.
    pub provisional: bool,
    /// `bp_ok` or `fbg_ok`.
    pub on_target: Option<bool>,
    pub adr: Option<bool>,
    pub slot: SlotChange,
    /// The status afterwards; absent when unchanged.
    pub status: Option<ProgrammeStatus>,
    /// The failed attempts afterwards; absent when unchanged.
    pub attempts: Option<u32>,
    pub referral_closed: bool,
    /// The day of the referral this happening opened.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub referral_opened: Option<Day>,
    /// The last follow-up afterwards; absent when unchanged.
    pub last: Option<LastSeen>,
    /// The date to count as a face-to-face visit.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub face_to_face: Option<Day>,
    /// Entered on this day.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub entered: Option<Day>,
    /// Managed until this day.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub left: Option<Day>,
    /// The yearly service was done on this day.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub exam: Option<Day>,
    /// The facts of the programme afterwards; absent when unchanged.
    pub facts: Option<Facts>,
}

/// What happens to a programme's slot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotChange {
    #[default]
    Keep,
    Set(Task),
    Clear,
}

/// What happens to the referral check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralChange {
    Set(Task),
    Gone,
}

/// What happens to the end of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndChange {
    Ended(Ended),
    /// The person is back.
    TakenBack,
}

/// A task that is no longer open as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedTask {
    pub task: Task,
    pub how: Closing,
}

/// How a task was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    Completed,
    /// Another decision took its place before it could be completed.
    Replaced,
    /// The same task goes on with other dates.
    Moved,
    /// Its programme ended.
    Ended,
}

/// Why a happening cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The person died, moved out or was recorded twice.
    PersonEnded(Ended),
    /// Not managed in the programme.
    NotEnrolled(ProgrammeKind),
    AlreadyEnrolled(ProgrammeKind),
    /// The programme is not for people of this age or sex (E-PROG-WHO, E-PER-PREG).
    NotForPerson(ProgrammeKind),
    /// The programme needs facts that were not given on entry.
    FactsMissing(ProgrammeKind),
    /// Below the entry age and no reason given (E-PROG-AGE).
    TooYoung {
        age: u32,
        needed: u32,
    },
    BeforeBirth,
    /// Before the person entered the programme.
    BeforeEntry {
        entered: Day,
    },
    /// A follow-up elsewhere or before cannot lie after the day it is recorded.
    NotYetHappened {
        day: Day,
    },
    /// No form was filled in.
    NoForm,
    /// A face-to-face visit without blood pressure (H0).
    PressureMissing,
    /// A completed form of this programme exists for the day (E-FORM-DUP).
    VisitedThatDay(ProgrammeKind),
    /// The doctor's next date lies outside the window.
    NextDateOutside {
        earliest: Day,
        latest: Day,
    },
    /// The doctor's next date is later than due and no reason was given.
    NextDateNeedsReason {
        due: Day,
    },
    /// The visit leaves the open task as it is, so no date can be chosen.
    NextDateUnfit,
    /// No referral is open.
    NoOpenReferral,
    /// The result does not go with a visit that took place.
    ReferralResultUnfit,
    /// None of the named tasks is open.
    NothingOpen,
    /// The target is not of the programme's kind.
    TargetUnfit,
}
