//! Everything that comes to a window, and everything it wants done.
//!
//! Messages arrive on one channel; effects are performed by the loop in
//! `tui/mod.rs` and nowhere else.

use std::{path::PathBuf, time::Duration};

use ratatui::layout::Size;

use super::{backend::Ambiguous, files, keys::Key, port::Ticket, screens::sheet::Sheet};
use crate::{
    desk::{DoorReply, Knock, Reply, Request, Stop, Word},
    domain::{clinic::Staff, copies::CopyNews, day::Day, room::Scarce, rows::Copies},
    paper::export::ExportFailure,
};

/// Something happened outside.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; it holds no control characters but `\n` and `\t`.
    Paste(String),
    /// The terminal says in which column, from 1, its cursor stands.
    CursorColumn(u16),
    /// The terminal says whether it can show a frame whole, however slowly it comes.
    ShowsWhole(bool),
    /// The terminal has this size now.
    Resized(Size),
    /// So much time has passed since the window opened. Comes before each batch
    /// and when the deadline of [`App`](super::app::App) is reached.
    Now(Duration),
    /// A frame was drawn while keys were held back for it.
    Drawn,
    /// The desk answered.
    Replied(Ticket, Result<Reply, Stop>),
    /// The door answered.
    Door(Ticket, Result<DoorReply, Stop>),
    /// Whoever signed in stands so on the staff now.
    You(Option<Staff>),
    /// What was asked of the files.
    Filed(Ticket, files::Filed),
    /// A change waits for another window's.
    Waiting(Ticket),
    /// Somebody wrote up to this entry.
    Changed(u64),
    /// The clinic's day is another one now.
    NewDay(Day),
    /// So many windows are open on these data.
    Windows(usize),
    /// So much of the data was read from a slow disk, in parts of a hundred; nothing once all
    /// were.
    Reading(Option<u8>),
    /// The disk under the data has little room left.
    Scarce(Scarce),
    /// The data can no longer be read.
    Lost(Stop),
    /// A copy was made or proven.
    Copies(Copies),
    /// Something is wrong with copies.
    News(CopyNews),
    /// A sheet was written to this place, or not.
    Written(Box<Sheet>, Result<PathBuf, ExportFailure>),
    /// Someone outside asked the program to stop for a while (SIGTSTP).
    Stopped,
    /// The program runs again (SIGCONT).
    Continued,
    /// The window must close.
    Ended(Ended),
}

impl Message {
    /// Returns whether somebody typed this.
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Key(_) | Self::Paste(_))
    }
}

impl From<Word> for Message {
    fn from(word: Word) -> Self {
        match word {
            Word::Answer(ticket, answer) => Self::Replied(Ticket(ticket), answer),
            Word::Waiting(ticket) => Self::Waiting(Ticket(ticket)),
            Word::Changed(head) => Self::Changed(head),
            Word::NewDay(day) => Self::NewDay(day),
            Word::You(staff) => Self::You(staff),
            Word::Windows(here) => Self::Windows(here),
            Word::Reading(part) => Self::Reading(part),
            Word::Scarce(scarce) => Self::Scarce(scarce),
            Word::Lost(stop) => Self::Lost(stop),
            Word::Copies(copies) => Self::Copies(copies),
            Word::News(news) => Self::News(news),
        }
    }
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
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask the desk; the answer comes with the ticket.
    Ask(Ticket, Box<Request>),
    /// Ask at the door; the answer comes with the ticket.
    Knock(Ticket, Box<Knock>),
    /// Write a sheet to its file.
    Write(Box<Sheet>),
    /// Do something with the user's files; the answer comes with the ticket.
    File(Ticket, files::Errand),
    /// Let other windows see who works at this one.
    Enter(String),
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
