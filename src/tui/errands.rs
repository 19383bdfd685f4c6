//! What the window asked the desk and who in it waits for the answer.
//!
//! It numbers requests and changes; it answers none.

use std::collections::HashMap;

use super::{files, message::Effect, port::Ticket};
use crate::{
    desk::{
        Change, Command, Knock, Question, Request,
        request::{CopyRequest, DraftRequest, HandedOut},
    },
    domain::{aspect::Seen, day::Day, id::StaffId, refusal::Refusal},
};

/// The number of an open screen, never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ScreenId(pub u64);

/// Who waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    Screen(ScreenId),
    /// The window locks.
    Lock,
    /// The window wants to know the clinic, the staff and the day.
    Overview,
    /// The window takes the last change back.
    Undo,
    /// The window wants to know which forms were put down unfinished.
    Drafts,
    /// The window lets search get ready; the answer is of no interest.
    WarmUp,
    /// The window has agreements renewed and ended whose day has come.
    Roll,
}

/// One thing asked.
#[derive(Debug)]
pub struct Errand {
    pub by: Asker,
    /// The change asked for, kept to be repeated.
    pub change: Option<Box<Change>>,
    /// The refusal the user is asked about before the asker hears it.
    pub refused: Option<Refusal>,
}

/// Everything asked and not answered yet.
#[derive(Debug, Default)]
pub struct Errands {
    last: Ticket,
    changes: u64,
    /// Begins the ids of this window's changes; no other window has it.
    name: String,
    open: HashMap<Ticket, Errand>,
}

impl Errands {
    /// Returns none yet; ids of changes begin with `name`.
    pub fn of(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Asks a question.
    pub fn ask(&mut self, by: Asker, question: Question) -> (Ticket, Effect) {
        self.send(by, Request::Ask(question), None)
    }

    /// Has something done with copies of the data.
    pub fn copy(&mut self, by: Asker, asked: CopyRequest) -> (Ticket, Effect) {
        self.send(by, Request::Copy(asked), None)
    }

    /// Asks for a change in the name of `staff`, decided on what was `seen`.
    pub fn change(
        &mut self,
        by: Asker,
        staff: StaffId,
        command: Command,
        seen: Vec<Seen>,
    ) -> (Ticket, Effect) {
        let change = Box::new(Change {
            id: self.fresh_id(),
            by: staff,
            seen,
            date_is: None,
            command,
        });
        self.send(by, Request::Change(change.clone()), Some(change))
    }

    /// Asks for a change that no key waits for; `date_is` confirms today's date.
    pub fn behind(
        &mut self,
        by: Asker,
        staff: StaffId,
        command: Command,
        date_is: Option<Day>,
    ) -> Effect {
        let change = Box::new(Change {
            id: self.fresh_id(),
            by: staff,
            seen: Vec::new(),
            date_is,
            command,
        });
        self.send(by, Request::Change(change), None).1
    }

    /// Hands over something to do with a form in progress. Only taking one up
    /// is waited for.
    pub fn draft(&mut self, by: Asker, request: DraftRequest) -> (Ticket, Effect) {
        if matches!(request, DraftRequest::TakeUp { .. }) {
            return self.send(by, Request::Draft(request), None);
        }
        self.last = Ticket(self.last.0 + 1);
        let effect = Effect::Ask(self.last, Box::new(Request::Draft(request)));
        (self.last, effect)
    }

    /// Asks at the door.
    pub fn knock(&mut self, by: Asker, knock: Knock) -> (Ticket, Effect) {
        self.last = Ticket(self.last.0 + 1);
        let own = Errand {
            by,
            change: None,
            refused: None,
        };
        self.open.insert(self.last, own);
        (self.last, Effect::Knock(self.last, Box::new(knock)))
    }

    /// Returns whether anything is under way that is not the user's to answer.
    pub fn is_busy(&self) -> bool {
        self.open.values().any(|errand| errand.refused.is_none())
    }

    /// Forgets everything asked: who asked is gone.
    pub fn forget(&mut self) {
        self.open.clear();
    }

    /// Notes what left the store; nobody waits for it.
    pub fn hand_out(&mut self, handed: HandedOut) -> Effect {
        self.last = Ticket(self.last.0 + 1);
        Effect::Ask(self.last, Box::new(Request::HandOut(handed)))
    }

    /// Returns an id no window ever used.
    pub fn fresh_id(&mut self) -> String {
        self.changes += 1;
        format!("{}.{}", self.name, self.changes)
    }

    /// Says whether this window gave the id.
    pub fn gave(&self, id: &str) -> bool {
        let rest = id.strip_prefix(&self.name);
        rest.is_some_and(|rest| rest.starts_with('.'))
    }

    /// Has something done with the user's files.
    pub fn file(&mut self, by: Asker, errand: files::Errand) -> (Ticket, Effect) {
        self.last = Ticket(self.last.0 + 1);
        let own = Errand {
            by,
            change: None,
            refused: None,
        };
        self.open.insert(self.last, own);
        (self.last, Effect::File(self.last, errand))
    }

    fn send(
        &mut self,
        by: Asker,
        request: Request,
        change: Option<Box<Change>>,
    ) -> (Ticket, Effect) {
        self.last = Ticket(self.last.0 + 1);
        let errand = Errand {
            by,
            change,
            refused: None,
        };
        self.open.insert(self.last, errand);
        (self.last, Effect::Ask(self.last, Box::new(request)))
    }

    /// Asks the same change again, altered by `alter`, under the same ticket.
    pub fn repeat(&mut self, ticket: Ticket, alter: impl FnOnce(&mut Change)) -> Option<Effect> {
        let errand = self.open.get_mut(&ticket)?;
        let change = errand.change.as_mut()?;
        alter(change);
        errand.refused = None;
        let request = Request::Change(change.clone());
        Some(Effect::Ask(ticket, Box::new(request)))
    }

    /// Keeps an errand open while the user is asked about a refusal.
    pub fn put_off(&mut self, ticket: Ticket, mut errand: Errand, refusal: Refusal) {
        errand.refused = Some(refusal);
        self.open.insert(ticket, errand);
    }

    /// Takes an errand off the list: it was answered.
    pub fn done(&mut self, ticket: Ticket) -> Option<Errand> {
        self.open.remove(&ticket)
    }

    /// Returns whether this screen has asked something that is not answered yet.
    pub fn awaits(&self, screen: ScreenId) -> bool {
        let by = Asker::Screen(screen);
        self.open.values().any(|errand| errand.by == by)
    }

    /// Returns whether a change is under way.
    pub fn is_changing(&self) -> bool {
        let under_way = |errand: &Errand| errand.change.is_some() && errand.refused.is_none();
        self.open.values().any(under_way)
    }
}
