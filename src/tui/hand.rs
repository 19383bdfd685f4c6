//! What a screen has at hand while it handles something: the facts of the
//! window, and the way to the desk.

use std::time::Duration;

use ratatui::layout::Rect;

use super::{
    app::Place,
    errands::{Asker, Errands},
    files,
    keymap::Keymap,
    message::Effect,
    port::Ticket,
    screens::sheet::Sheet,
    theme::Look,
};
use crate::{
    desk::{
        Change, Command, Knock, Question,
        request::{CopyRequest, DraftRequest},
    },
    domain::{aspect::Seen, day::Day, id::StaffId, task::Mode},
};

/// At a screen's hand for one step.
#[derive(Debug)]
pub struct Hand<'a> {
    pub look: &'a Look,
    pub keymap: &'a Keymap,
    pub place: &'a Place,
    /// Since the window opened.
    pub now: Duration,
    /// The work area, for paging.
    pub work: Rect,
    /// How the visits of this session are made, once one was.
    pub mode: &'a mut Option<Mode>,
    pub(super) by: Asker,
    pub(super) errands: &'a mut Errands,
    pub(super) effects: Vec<Effect>,
}

impl Hand<'_> {
    /// Asks the desk; the answer comes to this screen under the ticket.
    pub fn ask(&mut self, question: Question) -> Ticket {
        let (ticket, effect) = self.errands.ask(self.by, question);
        self.effects.push(effect);
        ticket
    }

    /// Has something done with copies of the data; the answer comes to this screen under the
    /// ticket.
    pub fn copy(&mut self, asked: CopyRequest) -> Ticket {
        let (ticket, effect) = self.errands.copy(self.by, asked);
        self.effects.push(effect);
        ticket
    }

    /// Has something done with the user's files; the answer comes to this
    /// screen's `filed` under the ticket.
    pub fn file(&mut self, errand: files::Errand) -> Ticket {
        let (ticket, effect) = self.errands.file(self.by, errand);
        self.effects.push(effect);
        ticket
    }

    /// Asks the desk for a change decided on what was `seen`. Keys wait until
    /// it is answered; a clock that stands wrong and a conflict with another
    /// window are settled with the user before this screen hears of it.
    pub fn change(&mut self, command: Command, seen: Vec<Seen>) -> Option<Ticket> {
        let staff = self.place.user.as_ref()?.id;
        let (ticket, effect) = self.errands.change(self.by, staff, command, seen);
        self.effects.push(effect);
        Some(ticket)
    }

    /// Hands the desk something to do with a form in progress.
    pub fn draft(&mut self, request: DraftRequest) -> Ticket {
        let (ticket, effect) = self.errands.draft(self.by, request);
        self.effects.push(effect);
        ticket
    }

    /// Returns an id no window ever used.
    pub fn fresh_id(&mut self) -> String {
        self.errands.fresh_id()
    }

    /// Returns who is at the keyboard.
    pub fn user(&self) -> Option<StaffId> {
        self.place.user.as_ref().map(|user| user.id)
    }

    /// Asks at the door; the answer comes to this screen's `knocked`.
    pub fn knock(&mut self, knock: Knock) -> Ticket {
        let (ticket, effect) = self.errands.knock(self.by, knock);
        self.effects.push(effect);
        ticket
    }

    /// Returns a change for the door, asked in the name of `by`: nobody sits at the desk yet.
    pub fn first_change(&mut self, by: StaffId, command: Command) -> Box<Change> {
        Box::new(Change {
            id: self.fresh_id(),
            by,
            seen: Vec::new(),
            date_is: None,
            command,
        })
    }

    /// Has a sheet written to its file; the status line tells how it went.
    pub fn write(&mut self, sheet: Sheet) {
        self.effects.push(Effect::Write(Box::new(sheet)));
    }

    /// Returns the clinic's day.
    pub fn today(&self) -> Day {
        self.place.today.unwrap_or_default()
    }
}
