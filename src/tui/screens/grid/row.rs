//! One row of the sheet: whom it is about, their form, and what was recorded of it.

use crate::{
    desk::{
        Question,
        reply::{Candidate, CandidatesView, RecordedContact},
        request::CandidatesAsk,
    },
    domain::{
        aspect::Seen,
        day::Day,
        form::grid::SheetHead,
        id::{PersonId, VisitId},
        person::Person,
    },
    tui::{
        form::Step,
        hand::Hand,
        port::Ticket,
        screens::visit::{Filling, Kept},
        widgets::{field::Field, scroll::Scroll},
    },
};

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Its number in the draft, never given twice.
    pub id: u32,
    pub naming: Naming,
    pub who: Option<Who>,
    pub filling: Option<Box<Filling>>,
    /// What the form needs was asked for.
    pub asked: Option<Ticket>,
    /// How the form came to what it says; of a saved row, how it was typed at first.
    pub log: Log,
    /// A correction in progress.
    pub correction: Option<Log>,
    pub saved: Option<Saved>,
}

/// Whom a row is about, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub person: PersonId,
    pub name: String,
    pub place: String,
}

/// The person being typed.
#[derive(Debug, Default)]
pub struct Naming {
    pub field: Field,
    pub asked: Option<Ticket>,
    pub found: Option<Box<CandidatesView>>,
    pub scroll: Scroll,
}

/// From what a form started, on which facts, and every step since.
#[derive(Debug, Clone, Default)]
pub struct Log {
    pub kept: Option<Kept>,
    pub seen: Vec<Seen>,
    pub steps: Vec<Step>,
}

/// What stands recorded of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub contact: VisitId,
    /// What was decided; not known again yet after a restart.
    pub told: Option<Box<RecordedContact>>,
}

impl Row {
    /// Returns a row that is about nobody yet.
    pub fn new(id: u32) -> Self {
        Self {
            id,
            naming: Naming::default(),
            who: None,
            filling: None,
            asked: None,
            log: Log::default(),
            correction: None,
            saved: None,
        }
    }

    /// Returns whether it is about somebody and something of it is not saved.
    pub fn is_unsaved(&self) -> bool {
        self.who.is_some() && (self.saved.is_none() || self.correction.is_some())
    }

    /// Returns whether its answers are recorded and not being corrected.
    pub fn is_locked(&self) -> bool {
        self.saved.is_some() && self.correction.is_none()
    }

    /// Returns whether the save key was refused.
    pub fn is_refused(&self) -> bool {
        let filling = self.filling.as_ref();
        self.is_unsaved() && filling.is_some_and(|filling| filling.editor.is_refused())
    }

    /// Returns the day it is about.
    pub fn day(&self, head: &SheetHead) -> Day {
        let filling = self.filling.as_ref();
        let day = filling.and_then(|filling| filling.editor.visit_day());
        day.unwrap_or(head.day)
    }

    /// Asks the desk for what the form of `form` needs: the record, or a new visit.
    pub fn ask(&mut self, form: &str, head: &SheetHead, hand: &mut Hand<'_>) {
        let Some(who) = &self.who else { return };
        let log = self.correction.as_ref().unwrap_or(&self.log);
        let opening = log.kept.as_ref().and_then(|kept| kept.openings.first());
        let day = opening.map_or(head.day, |opening| opening.context.visit);
        let question = match &self.saved {
            Some(saved) => Question::CorrectionDesk {
                contact: saved.contact,
                day: None,
            },
            None => Question::VisitDesk {
                person: who.person,
                forms: vec![form.to_owned()],
                day: Some(day),
            },
        };
        self.asked = Some(hand.ask(question));
    }
}

impl Naming {
    /// Asks for whom the text may mean.
    pub fn ask(&mut self, form: &str, day: Day, hand: &mut Hand<'_>) {
        let text = self.field.text().trim().to_owned();
        if text.is_empty() {
            self.asked = None;
            self.found = None;
            return;
        }
        let form = form.to_owned();
        let asked = CandidatesAsk { text, form, day };
        self.asked = Some(hand.ask(Question::Candidates(asked)));
    }

    /// Returns the people found.
    pub fn rows(&self) -> &[Candidate] {
        self.found.as_ref().map_or(&[], |found| &found.rows)
    }

    /// Returns whom Enter would take.
    pub fn here(&self) -> Option<&Candidate> {
        let rows = self.rows();
        rows.get(self.scroll.selected(rows.len())?)
    }
}

impl Who {
    /// Returns a person as found.
    pub fn found(candidate: &Candidate) -> Self {
        Self {
            person: candidate.found.person,
            name: candidate.found.name.clone(),
            place: candidate.found.place.clone(),
        }
    }

    /// Returns a person as the desk tells.
    pub fn of(person: &Person, place: &str) -> Self {
        Self {
            person: person.id,
            name: person.name().to_owned(),
            place: place.to_owned(),
        }
    }
}
