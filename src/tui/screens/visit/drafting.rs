//! The draft of a visit: what it starts from, and every step since.
//!
//! It begins with the first change; what moved before is kept with it, so that
//! the same steps from the same start give the same fields, cursor and marks.

use serde::{Deserialize, Serialize};

use crate::{
    desk::{
        Question,
        drafts::{Draft, is_of, kind::VISIT},
        reply::{TakenUp, VisitDeskView, WaitingDraft},
    },
    domain::{
        course::happening::ReferralResult,
        form::FormContext,
        id::{PersonId, StaffId, VisitId},
    },
    tui::{
        drafting::{self, About},
        form::{Opening, Start, Step},
        hand::Hand,
    },
};

/// Returns the kind of draft kept for new forms; a correction's names its contact besides.
fn kind(correcting: Option<VisitId>) -> String {
    correcting.map_or_else(|| VISIT.to_owned(), |id| format!("{VISIT} {id}"))
}

/// Returns the draft of these forms that `user` put down, to be gone on with.
pub fn waiting(desk: &VisitDeskView, user: Option<StaffId>) -> Option<String> {
    let kind = kind(desk.correcting.as_ref().map(|contact| contact.id));
    let same = |draft: &&WaitingDraft| {
        Some(draft.owner) == user
            && draft.kind == kind
            && draft
                .forms
                .iter()
                .eq(desk.forms.iter().map(|form| &form.id))
    };
    desk.drafts.iter().find(same).map(|draft| draft.id.clone())
}

/// Returns who else put a form of this person down.
pub fn others(desk: &VisitDeskView, user: Option<StaffId>) -> Option<&str> {
    let other = |draft: &&WaitingDraft| Some(draft.owner) != user && is_of(&draft.kind, VISIT);
    let draft = desk.drafts.iter().find(other)?;
    Some(&draft.owner_name)
}

/// What a visit's draft starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub openings: Vec<Opening>,
    pub correcting: Option<VisitId>,
    pub referral: Option<ReferralResult>,
}

/// The draft of this form, begun or not.
#[derive(Debug)]
pub struct Drafting {
    pub kept: Kept,
    file: File,
}

/// Where the steps are kept.
#[derive(Debug)]
enum File {
    Own(drafting::Drafting),
    /// With the sheet whose row the form is, which has yet to take these.
    OfSheet(Vec<Step>),
}

impl Drafting {
    /// A form nothing was typed into yet.
    pub fn new(kept: Kept) -> Self {
        let file = File::Own(drafting::Drafting::default());
        Self { kept, file }
    }

    /// A form that is a row of a sheet: the sheet keeps its steps.
    pub fn of_sheet(kept: Kept) -> Self {
        let file = File::OfSheet(Vec::new());
        Self { kept, file }
    }

    /// Returns the steps the sheet has yet to keep.
    pub fn take_steps(&mut self) -> Vec<Step> {
        match &mut self.file {
            File::Own(_) => Vec::new(),
            File::OfSheet(steps) => std::mem::take(steps),
        }
    }

    /// A form taken up again.
    pub fn taken_up(draft: &Draft, kept: Kept) -> Self {
        let file = File::Own(drafting::Drafting::taken_up(&draft.id));
        Self { kept, file }
    }

    /// Keeps a step; the first one that changes anything begins the draft.
    pub fn keep(&mut self, step: &Step, changed: bool, desk: &VisitDeskView, hand: &mut Hand<'_>) {
        let file = match &mut self.file {
            File::Own(file) => file,
            File::OfSheet(steps) => {
                steps.push(step.clone());
                return;
            }
        };
        let kept = &self.kept;
        let about = || About {
            kind: kind(kept.correcting),
            person: Some(desk.person.id),
            household: None,
            forms: kept.openings.iter().map(|o| o.form.clone()).collect(),
            seen: desk.seen.clone(),
            context: serde_json::to_string(kept).unwrap_or_default(),
        };
        file.keep(step, changed, about, hand);
    }

    /// Returns whether anything was changed.
    pub fn has_begun(&self) -> bool {
        match &self.file {
            File::Own(file) => file.has_begun(),
            File::OfSheet(_) => false,
        }
    }

    /// Puts the draft down; returns whether there is one.
    pub fn put_down(&mut self, hand: &mut Hand<'_>) -> bool {
        match &mut self.file {
            File::Own(file) => file.put_down(hand),
            File::OfSheet(_) => false,
        }
    }

    /// Ends the draft: it is saved.
    pub fn discard(&mut self, hand: &mut Hand<'_>) {
        match &mut self.file {
            File::Own(file) => {
                file.discard(hand);
            }
            File::OfSheet(steps) => steps.clear(),
        }
    }
}

/// Returns what a draft of these forms starts from.
pub fn kept(desk: &VisitDeskView, starts: &[Start], referral: Option<ReferralResult>) -> Kept {
    Kept {
        openings: starts.iter().map(Start::opening).collect(),
        correcting: desk.correcting.as_ref().map(|contact| contact.id),
        referral,
    }
}

/// Returns what must be asked to take a draft up.
pub fn question(draft: &Draft) -> Question {
    let kept: Option<Kept> = serde_json::from_slice(draft.context.as_bytes()).ok();
    match kept.and_then(|kept| kept.correcting) {
        Some(contact) => Question::CorrectionDesk { contact, day: None },
        None => Question::VisitDesk {
            person: draft.person.unwrap_or(PersonId(0)),
            forms: draft.forms.clone(),
            day: None,
        },
    }
}

/// Returns a draft's start and steps, on the forms the desk has now.
pub fn restored(desk: &VisitDeskView, taken: &TakenUp) -> (Kept, Vec<Start>, Vec<Step>) {
    let kept: Option<Kept> = serde_json::from_slice(taken.draft.context.as_bytes()).ok();
    let kept = kept.unwrap_or(Kept {
        openings: Vec::new(),
        correcting: None,
        referral: None,
    });
    let starts = starts(desk, &kept);
    let steps = taken
        .records
        .iter()
        .filter_map(|bytes| serde_json::from_slice(bytes).ok());
    let steps = steps.collect();
    (kept, starts, steps)
}

/// Returns how the forms started, on the forms the desk has now.
pub fn starts(desk: &VisitDeskView, kept: &Kept) -> Vec<Start> {
    let starts = desk.forms.iter().enumerate().map(|(at, form)| {
        let opening = kept.openings.get(at);
        let opening = opening.filter(|opening| opening.form == form.id);
        Start {
            form: form.clone(),
            context: opening.map_or_else(
                || FormContext::on(desk.today, desk.today),
                |opening| opening.context.clone(),
            ),
            recorded: opening.and_then(|opening| opening.recorded.clone()),
        }
    });
    starts.collect()
}
