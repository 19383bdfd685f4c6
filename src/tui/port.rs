//! The window's side of the desk: under which number something is asked, and
//! who takes it.
//!
//! The vocabulary itself is the desk's.

use crate::desk::{self, Office, Presence, Request, Windows};

/// The number that pairs a question with its answer within one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub desk::Ticket);

/// Takes questions; each is answered later by one
/// [`Message::Replied`](super::message::Message::Replied) with its ticket.
pub trait Desk {
    /// Hands a question in and returns at once.
    fn ask(&mut self, ticket: Ticket, request: Request);

    /// Lets other windows see who works at this one.
    fn enter(&mut self, name: &str);
}

/// The desk of this process, with the window's place among the others.
pub struct Counter {
    pub office: Office,
    /// The store's windows and this one's name among them.
    pub windows: Option<(Windows, String)>,
    pub presence: Option<Presence>,
}

impl Desk for Counter {
    fn ask(&mut self, ticket: Ticket, request: Request) {
        self.office.ask(ticket.0, request);
    }

    fn enter(&mut self, name: &str) {
        // The lock on the file must be given up before it is taken anew.
        self.presence = None;
        if let Some((windows, id)) = &self.windows {
            self.presence = windows.enter(id, name).ok();
        }
    }
}
