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
    kept: Kept,
    file: drafting::Drafting,
}

impl Drafting {
    /// A form nothing was typed into yet.
    pub fn new(kept: Kept) -> Self {
        let file = drafting::Drafting::default();
        Self { kept, file }
    }

    /// A form taken up again.
    pub fn taken_up(draft: &Draft, kept: Kept) -> Self {
        let file = drafting::Drafting::taken_up(&draft.id);
        Self { kept, file }
    }

    /// Keeps a step; the first one that changes anything begins the draft.
    pub fn keep(&mut self, step: &Step, changed: bool, desk: &VisitDeskView, hand: &mut Hand<'_>) {
        let kept = &self.kept;
        let about = || About {
            kind: kind(kept.correcting),
            person: Some(desk.person.id),
            household: None,
            forms: kept.openings.iter().map(|o| o.form.clone()).collect(),
            seen: desk.seen.clone(),
            context: serde_json::to_string(kept).unwrap_or_default(),
        };
        self.file.keep(step, changed, about, hand);
    }

    /// Puts the draft down; returns whether there is one.
    pub fn put_down(&mut self, hand: &mut Hand<'_>) -> bool {
        self.file.put_down(hand)
    }

    /// Ends the draft: it is saved.
    pub fn discard(&mut self, hand: &mut Hand<'_>) {
        self.file.discard(hand);
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
    let starts = starts.collect();
    let steps = taken
        .records
        .iter()
        .filter_map(|bytes| serde_json::from_slice(bytes).ok());
    let steps = steps.collect();
    (kept, starts, steps)
}
