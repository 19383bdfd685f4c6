//! The follow-up programmes: one file each, its decision table as a pure function whose
//! rows carry the ids of the rules document.
//!
//! A table says what follows from one visit; slots, referrals and attempts are `course`'s.

pub mod dm;
pub mod htn;
pub mod reason;
pub mod rule;
pub mod screen35;

use serde::{Deserialize, Serialize};

use self::{reason::Reason, rule::Rule};
use super::{
    alert::Alert,
    course::{
        PersonFacts, ProgrammeCourse,
        happening::{FormFacts, Visited},
    },
    day::Day,
    settings::Settings,
    task::TaskKind,
    text::Text,
    window::{Window, within_days},
};

/// A programme that is built; the serde name is its stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeKind {
    Htn,
    Dm,
    Screen35,
}

impl ProgrammeKind {
    /// Returns what the registry says about the programme.
    pub const fn programme(self) -> &'static Programme {
        match self {
            Self::Htn => &htn::PROGRAMME,
            Self::Dm => &dm::PROGRAMME,
            Self::Screen35 => &screen35::PROGRAMME,
        }
    }

    /// Returns the programme of a stable code.
    pub fn from_code(code: &str) -> Option<Self> {
        PROGRAMMES.iter().find(|p| p.code == code).map(|p| p.kind)
    }

    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        self.programme().code
    }
}

/// The built programmes in the order people see them.
pub const PROGRAMMES: &[&Programme] = &[&htn::PROGRAMME, &dm::PROGRAMME, &screen35::PROGRAMME];

/// What is fixed about a programme.
#[derive(Debug)]
pub struct Programme {
    pub kind: ProgrammeKind,
    /// The stable code.
    pub code: &'static str,
    /// The official name.
    pub name: Text,
    /// The name on a row.
    pub short: Text,
    /// Enrolment below this age needs a reason (E-PROG-AGE); 0 for none.
    pub entry_age: u32,
    /// How visits are decided; none for a programme nobody is enrolled in.
    pub follow_up: Option<FollowUp>,
}

/// The visits of a programme people are enrolled in.
#[derive(Debug)]
pub struct FollowUp {
    pub visit: TaskKind,
    pub exam: TaskKind,
    /// The row of the first task after enrolment.
    pub first: Rule,
    /// The row of a controlled visit.
    pub routine: Rule,
    /// Months between routine visits.
    pub routine_months: fn(&Settings) -> u32,
    /// Days to the next visit after an unsatisfactory one.
    pub unsat_days: fn(&Settings) -> u32,
    /// The danger signs of the form, by key.
    pub dangers: &'static [&'static str],
    /// The decision table.
    pub judge: fn(&Question<'_>, &Settings) -> Verdict,
    /// Says whether measurements hold the deciding value, and whether it is on target.
    pub on_target: fn(&Question<'_>, &Settings) -> Option<bool>,
}

impl FollowUp {
    /// Returns the routine window from `from`.
    pub fn routine_window(&self, from: Day, settings: &Settings) -> Window {
        super::window::routine(from, (self.routine_months)(settings), settings)
    }

    /// Returns the two-week window of this programme's visits from `from`.
    pub fn soon_window(&self, from: Day, settings: &Settings) -> Window {
        within_days(from, (self.unsat_days)(settings))
    }
}

/// The class of a hypertension or diabetes visit (此次随访分类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Controlled,
    NotControlled,
    AdverseReaction,
    Complication,
}

impl Class {
    /// Returns the official code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Controlled => "1",
            Self::NotControlled => "2",
            Self::AdverseReaction => "3",
            Self::Complication => "4",
        }
    }

    /// Returns the class of an official code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Controlled),
            "2" => Some(Self::NotControlled),
            "3" => Some(Self::AdverseReaction),
            "4" => Some(Self::Complication),
            _ => None,
        }
    }

    /// Returns the words of the form.
    pub const fn text(self) -> Text {
        match self {
            Self::Controlled => Text {
                zh: "控制满意",
                en: "Controlled",
            },
            Self::NotControlled => Text {
                zh: "控制不满意",
                en: "Not controlled",
            },
            Self::AdverseReaction => Text {
                zh: "不良反应",
                en: "Adverse reaction",
            },
            Self::Complication => Text {
                zh: "并发症",
                en: "Complication",
            },
        }
    }

    /// Returns the most severe class that applies (rules §3.4); without the deciding value
    /// only a reaction or a complication makes a class.
    pub fn of(on_target: Option<bool>, form: &FormFacts) -> Option<Self> {
        if form.compl {
            return Some(Self::Complication);
        }
        if form.adr {
            return Some(Self::AdverseReaction);
        }
        on_target.map(|ok| {
            if ok {
                Self::Controlled
            } else {
                Self::NotControlled
            }
        })
    }
}

/// All a decision table may look at.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub person: &'a PersonFacts,
    /// The date of the visit.
    pub day: Day,
    pub visit: &'a Visited,
    pub form: &'a FormFacts,
    /// The programme as it stood before the visit.
    pub before: &'a ProgrammeCourse,
    /// Whether the person is followed up for hypertension.
    pub in_htn: bool,
}

/// What is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Refer, and check the referral within two weeks.
    Refer,
    /// A visit within two weeks.
    Soon,
    /// The next routine visit.
    Routine,
    /// Nothing changes.
    Unchanged,
}

/// One row's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub rule: Rule,
    pub step: Step,
    pub reason: Reason,
    pub class: Option<Class>,
    pub on_target: Option<bool>,
    pub alerts: Vec<Alert>,
}

/// A row of a table without what all rows share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row(pub Rule, pub Step, pub Reason, pub Option<Alert>);

/// The six facts the tables of hypertension and diabetes branch on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs<'a> {
    pub urgent: bool,
    pub on_target: Option<bool>,
    pub form: &'a FormFacts,
    pub before: &'a ProgrammeCourse,
}

impl Signs<'_> {
    /// An adverse reaction that is hard to control or came twice in a row (H3, D3).
    pub fn reaction_persists(&self) -> bool {
        self.form.adr && (self.form.adr_hard || self.before.last_adr == Some(true))
    }

    /// Off target, and so at the previous visit with a known flag (H4, D4).
    pub fn twice_off_target(&self) -> bool {
        self.on_target == Some(false) && self.before.last_on_target == Some(false)
    }

    /// An adverse reaction, or off target (H5, D5).
    pub fn needs_adjusting(&self) -> bool {
        self.form.adr || self.on_target == Some(false)
    }

    /// Why the visit within two weeks stands there (H5, D5).
    pub fn adjusting_reason(&self) -> Reason {
        if self.on_target == Some(false) {
            Reason::FirstOffTarget
        } else {
            Reason::AdverseReaction
        }
    }
}

impl Row {
    pub(crate) fn verdict(self, on_target: Option<bool>, form: &FormFacts) -> Verdict {
        let Self(rule, step, reason, alert) = self;
        Verdict {
            rule,
            step,
            reason,
            class: Class::of(on_target, form),
            on_target,
            alerts: alert.into_iter().collect(),
        }
    }
}
