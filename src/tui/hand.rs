//! What a screen has at hand while it handles something: the facts of the
//! window, and the way to the desk.

use super::{port::Ticket, theme::Look};
use crate::{
    desk::{
        Command, Question, Request,
        request::{Change, DraftRequest},
    },
    domain::{aspect::Seen, day::Day, id::StaffId},
};

/// At a screen's hand for one step.
#[derive(Debug)]
pub struct Hand<'a> {
    pub look: &'a Look,
    pub user: StaffId,
    pub today: Day,
    pub last: &'a mut u64,
    pub asked: Vec<(Ticket, Request)>,
}

impl Hand<'_> {
    fn send(&mut self, request: Request) -> Ticket {
        *self.last += 1;
        let ticket = Ticket(*self.last);
        self.asked.push((ticket, request));
        ticket
    }

    /// Asks the desk; the answer comes to this screen under the ticket.
    pub fn ask(&mut self, question: Question) -> Ticket {
        self.send(Request::Ask(question))
    }

    /// Asks for a change decided on what was `seen`.
    pub fn change(&mut self, command: Command, seen: Vec<Seen>) -> Option<Ticket> {
        let id = self.fresh_id();
        let by = self.user;
        Some(self.send(Request::Change(Box::new(Change {
            id,
            by,
            seen,
            date_is: None,
            command,
        }))))
    }

    /// Hands the desk something to do with a form in progress.
    pub fn draft(&mut self, request: DraftRequest) -> Ticket {
        self.send(Request::Draft(request))
    }

    /// Returns an id no window has used.
    pub fn fresh_id(&mut self) -> String {
        *self.last += 1;
        format!("w{}", self.last)
    }

    /// Returns who is at the keyboard.
    pub fn user(&self) -> Option<StaffId> {
        Some(self.user)
    }

    /// Returns the clinic's day.
    pub fn today(&self) -> Day {
        self.today
    }
}
