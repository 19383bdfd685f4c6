//! What a visit form needs before it is filled in, and what it would be decided as.

use std::sync::Arc;

use super::draft::WaitingDraft;
use crate::domain::{
    agreement::standing::Renewal,
    aspect::Seen,
    contact::Contact,
    course::{Course, Decision, happening::Measured},
    day::Day,
    form::{FilledForm, FormContext, FormDef, Proposed},
    id::VisitId,
    open_form::SectionsDone,
    person::Person,
    task::Task,
    text::Label,
};

/// What a visit form needs before it is filled in.
#[derive(Debug, Clone)]
pub struct VisitDeskView {
    pub person: Person,
    pub place: String,
    pub today: Day,
    /// The forms asked for, in order.
    pub forms: Vec<Arc<FormDef>>,
    /// One for each form.
    pub contexts: Vec<FormContext>,
    pub course: Course,
    pub tasks: Vec<Task>,
    /// Earlier visits with forms, newest first.
    pub last: Vec<Contact>,
    /// Measured values, oldest first.
    pub trend: Vec<TrendPoint>,
    pub seen: Vec<Seen>,
    /// The recorded contact, when it is to be corrected.
    pub correcting: Option<Contact>,
    /// Forms of this person put down earlier, whoever's they are.
    pub drafts: Vec<WaitingDraft>,
    /// What is in progress of each form, for anybody to go on with.
    pub open: Vec<Option<OpenTold>>,
    /// What can be filled in for the person, by due day.
    pub choices: Vec<FormChoice>,
    /// Whom to call for the person, with the number whole: for an emergency.
    pub call: Option<Call>,
    /// What this visit may speak of with the representative of an agreement.
    pub renewal: Option<Renewal>,
}

/// A form in progress, and who filled in which section when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTold {
    /// The name of the form.
    pub title: Label,
    pub begun: Day,
    pub filled: FilledForm,
    pub progress: SectionsDone,
    pub parts: Vec<PartTold>,
}

impl OpenTold {
    /// Returns who filled in sections of it, each once.
    pub fn who(&self) -> Vec<&str> {
        let mut who: Vec<&str> = Vec::new();
        for part in &self.parts {
            if !who.contains(&part.by.as_str()) {
                who.push(&part.by);
            }
        }
        who
    }
}

/// Who last filled in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartTold {
    pub section: usize,
    pub by: String,
    pub on: Day,
}

/// A form that can be filled in now.
#[derive(Debug, Clone)]
pub struct FormChoice {
    /// The form, and those that are filled in with it.
    pub forms: Vec<String>,
    pub title: Label,
    /// The first work open for it.
    pub task: Option<Task>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Empty for the person's own number.
    pub name: String,
    pub phone: String,
}

/// Values measured on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendPoint {
    pub day: Day,
    pub measured: Measured,
}

/// What a draft would be decided as.
#[derive(Debug, Clone)]
pub struct PreviewView {
    pub decision: Decision,
    pub redecided: Vec<(VisitId, Decision)>,
    /// What the rules alone propose, for each form of the draft.
    pub proposed: Vec<Proposed>,
    /// The later contacts whose decision changes, before and after.
    pub later: Vec<LaterChange>,
}

/// A later contact that would be decided anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterChange {
    pub contact: VisitId,
    pub day: Day,
    pub before: Decision,
    pub after: Decision,
}

/// A contact with what surrounds it.
#[derive(Debug, Clone)]
pub struct ContactView {
    pub contact: Contact,
    pub person: Person,
    pub by: String,
    pub seen: Vec<Seen>,
}
