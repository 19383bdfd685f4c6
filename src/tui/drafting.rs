//! A form's draft as its screen keeps it: begun with the first change, every
//! step since recorded, put down or ended with the screen.
//!
//! What moved before the first change is kept with it, so that the same steps
//! from the same start give the same fields and cursor. What a step means is
//! the screen's.

use serde::Serialize;

use super::{hand::Hand, offered};
use crate::{
    desk::{drafts::Draft, request::DraftRequest},
    domain::{
        aspect::Seen,
        id::{HouseholdId, PersonId},
    },
};

/// What a draft is about, written at its head.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub kind: String,
    pub person: Option<PersonId>,
    pub household: Option<HouseholdId>,
    /// The forms being filled in, by id.
    pub forms: Vec<String>,
    /// The aspects it was begun on.
    pub seen: Vec<Seen>,
    /// What only the screen understands.
    pub context: String,
}

/// The draft of a form, begun or not.
#[derive(Debug, Default)]
pub struct Drafting {
    /// The draft's id, once it has begun.
    id: Option<String>,
    /// Steps before the first change.
    steps: Vec<Vec<u8>>,
}

impl Drafting {
    /// Returns the draft of a form taken up again.
    pub fn taken_up(id: &str) -> Self {
        Self {
            id: Some(id.to_owned()),
            steps: Vec::new(),
        }
    }

    /// Keeps a step; the first one that changes anything begins the draft.
    pub fn keep(
        &mut self,
        step: &impl Serialize,
        changed: bool,
        about: impl FnOnce() -> About,
        hand: &mut Hand<'_>,
    ) {
        let Ok(bytes) = serde_json::to_vec(step) else {
            return;
        };
        if let Some(id) = &self.id {
            let id = id.clone();
            hand.draft(DraftRequest::Record { id, bytes });
            return;
        }
        self.steps.push(bytes);
        if changed {
            self.begin(about(), hand);
        }
    }

    /// Begins the draft with the steps so far, unless it has begun; of what may not be saved
    /// here there is none.
    pub fn begin(&mut self, about: About, hand: &mut Hand<'_>) {
        let (None, Some(owner)) = (&self.id, hand.user()) else {
            return;
        };
        if hand.place.may(offered::draft_is_for(&about.kind)).is_err() {
            return;
        }
        let id = hand.fresh_id();
        hand.draft(DraftRequest::Begin(Box::new(Draft {
            id: id.clone(),
            owner,
            kind: about.kind,
            person: about.person,
            household: about.household,
            forms: about.forms,
            begun: hand.today(),
            seen: about.seen,
            context: about.context,
        })));
        for bytes in self.steps.drain(..) {
            let id = id.clone();
            hand.draft(DraftRequest::Record { id, bytes });
        }
        self.id = Some(id);
    }

    /// Returns whether anything was changed.
    pub const fn has_begun(&self) -> bool {
        self.id.is_some()
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

    /// Ends the draft: it is saved, or no longer wanted. Returns whether there was one.
    pub fn discard(&mut self, hand: &mut Hand<'_>) -> bool {
        self.steps.clear();
        let id = self.id.take();
        let begun = id.is_some();
        if let Some(id) = id {
            hand.draft(DraftRequest::Discard { id });
        }
        begun
    }
}
