//! The window's side of the desk: what it asks, what comes back, under which number.
//!
//! The vocabulary itself is the desk's.

/// The number that pairs a question with its answer within one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// What the desk can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {}

/// What the desk answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {}

/// Why the desk could not answer: what happened, what is safe, what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub happened: String,
    pub safe: String,
    pub next: String,
}

/// Takes questions; each is answered later by one
/// [`Message::Replied`](super::message::Message::Replied) with its ticket.
pub trait Desk {
    /// Hands a question in and returns at once.
    fn ask(&mut self, ticket: Ticket, request: Request);
}
