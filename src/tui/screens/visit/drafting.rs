//! The draft of a visit: what it starts from, and every step since.
//!
//! It begins with the first change; what moved before is kept with it, so that
//! the same steps from the same start give the same fields, cursor and marks.

use serde::{Deserialize, Serialize};

use crate::{
    desk::{
        Question,
        drafts::Draft,
        reply::{TakenUp, VisitDeskView, WaitingDraft},
        request::DraftRequest,
    },
    domain::{
        course::happening::ReferralResult,
        form::FormContext,
        id::{PersonId, StaffId, VisitId},
    },
    tui::{
        form::{Opening, Start, Step},
        hand::Hand,
    },
};

/// The kind of a new visit's draft; a correction's names its contact besides.
const KIND: &str = "visit";

/// Says whether a draft of this kind is one of this screen's.
pub fn is_draft(of: &str) -> bool {
    of.split(' ').next() == Some(KIND)
}

/// Returns the kind of draft kept for new forms, or for a correction.
fn kind(correcting: Option<VisitId>) -> String {
    correcting.map_or_else(|| KIND.to_owned(), |id| format!("{KIND} {id}"))
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
    let other = |draft: &&WaitingDraft| Some(draft.owner) != user;
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
    kept: Kept,
    /// The draft's id, once it has begun.
    id: Option<String>,
    /// Steps before the first change.
    steps: Vec<Step>,
}

impl Drafting {
    /// A form nothing was typed into yet.
    pub fn new(kept: Kept) -> Self {
        Self {
            kept,
            id: None,
            steps: Vec::new(),
        }
    }

    /// A form taken up again.
    pub fn taken_up(draft: &Draft, kept: Kept) -> Self {
        Self {
            kept,
            id: Some(draft.id.clone()),
            steps: Vec::new(),
        }
    }

    /// Keeps a step; the first one that changes anything begins the draft.
    pub fn keep(&mut self, step: Step, changed: bool, desk: &VisitDeskView, hand: &mut Hand<'_>) {
        if let Some(id) = &self.id {
            record(id, &step, hand);
            return;
        }
        self.steps.push(step);
        if !changed {
            return;
        }
        let Some(owner) = hand.user() else {
            return;
        };
        let id = hand.fresh_id();
        hand.draft(DraftRequest::Begin(Box::new(Draft {
            id: id.clone(),
            owner,
            kind: kind(self.kept.correcting),
            person: Some(desk.person.id),
            forms: self.kept.openings.iter().map(|o| o.form.clone()).collect(),
            begun: hand.today(),
            seen: desk.seen.clone(),
            context: serde_json::to_string(&self.kept).unwrap_or_default(),
        })));
        for step in self.steps.drain(..) {
            record(&id, &step, hand);
        }
        self.id = Some(id);
    }

    /// Puts the draft down; returns whether there is one.
    pub fn put_down(&mut self, hand: &mut Hand<'_>) -> bool {
        let id = self.id.take();
        let begun = id.is_some();
        if let Some(id) = id {
            hand.draft(DraftRequest::PutDown { id });
        }
        begun
    }

    /// Ends the draft: it is saved.
    pub fn discard(&mut self, hand: &mut Hand<'_>) {
        if let Some(id) = self.id.take() {
            hand.draft(DraftRequest::Discard { id });
        }
    }
}

fn record(id: &str, step: &Step, hand: &mut Hand<'_>) {
    if let Ok(bytes) = serde_json::to_vec(step) {
        let id = id.to_owned();
        hand.draft(DraftRequest::Record { id, bytes });
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
    let kept: Option<Kept> = serde_json::from_str(&draft.context).ok();
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
    let kept: Option<Kept> = serde_json::from_str(&taken.draft.context).ok();
    let kept = kept.unwrap_or(Kept {
        openings: Vec::new(),
        correcting: None,
        referral: None,
    });
    let starts = desk.forms.iter().map(|form| {
        let opening = kept.openings.iter().find(|opening| opening.form == form.id);
        Start {
            form: form.clone(),
            context: opening.map_or_else(
                || FormContext::on(desk.today, desk.today),
                |opening| opening.context.clone(),
            ),
            recorded: opening.and_then(|opening| opening.recorded.clone()),
        }
    });
    let starts = starts.collect();
    let steps = taken
        .records
        .iter()
        .filter_map(|bytes| serde_json::from_slice(bytes).ok());
    let steps = steps.collect();
    (kept, starts, steps)
}
