//! Everything that comes to a window, and everything it wants done.
//!
//! Messages arrive on one channel; effects are performed by the loop in
//! `tui/mod.rs` and nowhere else.

use std::time::Duration;

use ratatui::layout::Size;

use super::{
    backend::Ambiguous,
    keys::Key,
    port::{Failure, Reply, Request, Ticket},
};

/// Something happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; it holds no control characters but `\n` and `\t`.
    Paste(String),
    /// The terminal says in which column, from 1, its cursor stands.
    CursorColumn(u16),
    /// The terminal has this size now.
    Resized(Size),
    /// So much time has passed since the window opened. Comes before each batch
    /// and when the deadline of [`App`](super::app::App) is reached.
    Now(Duration),
    /// The desk answered.
    Replied(Ticket, Result<Reply, Failure>),
    /// Someone outside asked the program to stop for a while (SIGTSTP).
    Stopped,
    /// The program runs again (SIGCONT).
    Continued,
    /// The window must close.
    Ended(Ended),
}

/// Why a window closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user left.
    ByUser,
    /// The line or the terminal is gone.
    HungUp,
    /// The system asked, by the signal of this number.
    BySignal(i32),
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the desk; the answer comes with the ticket.
    Ask(Ticket, Request),
    /// Draw the whole screen anew, for something else wrote on it.
    Redraw,
    /// Draw ambiguous signs in this way, and remember it for this terminal.
    Ambiguous(Ambiguous),
    /// Give the terminal back to the shell until continued.
    Suspend,
    /// Take the terminal again after a stop nobody announced.
    Retake,
    /// Close the window.
    Leave(Ended),
}
