//! The follow-up programmes: one file each, its decision table as a pure function whose
//! rows carry the ids of the rules document.
//!
//! A table says what follows from one visit; slots, referrals and attempts are `course`'s.

pub mod anc;
pub mod child;
pub mod disabled;
pub mod dm;
pub mod elderly;
pub mod general;
pub mod htn;
pub mod outpatient;
pub mod pnc;
pub mod poverty;
pub mod screen35;
pub mod smd;
pub mod tb;
pub mod tcm;
pub mod vax;

mod class;
mod facts;
mod found;
pub mod reason;
pub mod rule;
pub mod scope;
mod served;
mod set;

use serde::{Deserialize, Serialize};

pub use self::{
    class::Class,
    facts::Facts,
    found::{Found, Next, Refer},
    served::Served,
    set::ProgrammeSet,
};
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
    Smd,
    Tb,
    Elderly,
    Anc,
    Pnc,
    Child,
    Vax,
    TcmElderly,
    TcmChild,
    Disabled,
    Poverty,
    General,
    Screen35,
    Outpatient,
}

impl ProgrammeKind {
    /// Returns what the registry says about the programme.
    pub const fn programme(self) -> &'static Programme {
        match self {
            Self::Htn => &htn::PROGRAMME,
            Self::Dm => &dm::PROGRAMME,
            Self::Smd => &smd::PROGRAMME,
            Self::Tb => &tb::PROGRAMME,
            Self::Elderly => &elderly::PROGRAMME,
            Self::Anc => &anc::PROGRAMME,
            Self::Pnc => &pnc::PROGRAMME,
            Self::Child => &child::PROGRAMME,
            Self::Vax => &vax::PROGRAMME,
            Self::TcmElderly => &tcm::ELDERLY,
            Self::TcmChild => &tcm::CHILD,
            Self::Disabled => &disabled::PROGRAMME,
            Self::Poverty => &poverty::PROGRAMME,
            Self::General => &general::PROGRAMME,
            Self::Screen35 => &screen35::PROGRAMME,
            Self::Outpatient => &outpatient::PROGRAMME,
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

/// Every programme, in the order people see them.
pub const PROGRAMMES: &[&Programme] = &[
    &htn::PROGRAMME,
    &dm::PROGRAMME,
    &smd::PROGRAMME,
    &tb::PROGRAMME,
    &elderly::PROGRAMME,
    &anc::PROGRAMME,
    &pnc::PROGRAMME,
    &child::PROGRAMME,
    &vax::PROGRAMME,
    &tcm::ELDERLY,
    &tcm::CHILD,
    &disabled::PROGRAMME,
    &poverty::PROGRAMME,
    &general::PROGRAMME,
    &screen35::PROGRAMME,
    &outpatient::PROGRAMME,
];

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
    /// How visits are decided where pressure or glucose decides; none for the others.
    pub follow_up: Option<FollowUp>,
    /// The visit that stands in the follow-up slot, one after the other; none where tasks
    /// are computed.
    pub visit: Option<TaskKind>,
    /// The yearly service, computed from the last one.
    pub exam: Option<TaskKind>,
}

impl Programme {
    /// Says whether people are entered in it one by one.
    pub fn is_entered(&self) -> bool {
        !matches!(
            self.kind,
            ProgrammeKind::Screen35 | ProgrammeKind::Outpatient
        )
    }
}

/// The visits of a programme people are enrolled in.
#[derive(Debug)]
pub struct FollowUp {
    /// The visit, as on the programme itself.
    pub visit: TaskKind,
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

/// All a computed task or a finding may look at.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub person: &'a PersonFacts,
    /// The programme as it stands before.
    pub course: &'a ProgrammeCourse,
    /// The day asked about: of the visit, or as of which tasks are wanted.
    pub today: Day,
    pub settings: &'a Settings,
}

impl<'a> Asked<'a> {
    /// Returns the facts of the programme.
    pub const fn facts(&self) -> &'a Facts {
        &self.course.facts
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_names_every_programme_once_and_by_its_code() {
        for programme in PROGRAMMES {
            assert_eq!(
                ProgrammeKind::from_code(programme.code),
                Some(programme.kind)
            );
            let stored = serde_json::to_string(&programme.kind).unwrap();
            assert_eq!(stored, format!("\"{}\"", programme.code));
            let follow_up = programme
                .follow_up
                .as_ref()
                .map(|follow_up| follow_up.visit);
            assert!(follow_up.is_none() || follow_up == programme.visit);
        }
    }
}
