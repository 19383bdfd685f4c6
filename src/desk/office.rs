//! The desk at work beside a window: one thread for questions, one for
//! changes, so that a search never waits behind a save.

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{Desk, Reply, Request, Stop};
use crate::{desk::request::Change, store};

/// The ticket a window gives a request; its answer carries it back.
pub type Ticket = u64;

/// What the desk tells a window.
#[derive(Debug)]
pub enum Word {
    /// The answer to a request.
    Answer(Ticket, Result<Reply, Stop>),
    /// A change waits for another window's transaction.
    Waiting(Ticket),
    /// Another window, or this one, wrote up to this entry.
    Changed(u64),
}

/// How often a change that finds the store busy tries again.
const RETRY: Duration = Duration::from_millis(25);
/// After so many tries the window is told who is waited for.
const TELL_AFTER: u32 = 12;

/// The two threads; they end when the office is dropped.
pub struct Office {
    questions: Option<Sender<(Ticket, Request)>>,
    changes: Option<Sender<(Ticket, Request)>>,
    threads: Vec<JoinHandle<()>>,
}

impl Office {
    /// Opens the office of a desk; `tell` carries words to the window.
    pub fn open(desk: Arc<Desk>, tell: impl Fn(Word) + Clone + Send + 'static) -> Self {
        let (questions, asked) = mpsc::channel();
        let (changes, wanted) = mpsc::channel();
        let (other_desk, other_tell) = (Arc::clone(&desk), tell.clone());
        let threads = vec![
            thread::spawn(move || answer(&desk, &asked, &tell)),
            thread::spawn(move || answer(&other_desk, &wanted, &other_tell)),
        ];
        Self {
            questions: Some(questions),
            changes: Some(changes),
            threads,
        }
    }

    /// Hands a request in; its answer comes as a word.
    pub fn ask(&self, ticket: Ticket, request: Request) {
        let desk = match request {
            Request::Ask(_) => &self.questions,
            Request::Change(_) => &self.changes,
        };
        if let Some(desk) = desk {
            // A desk that has gone answers nothing more.
            let _ = desk.send((ticket, request));
        }
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.questions = None;
        self.changes = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn answer(desk: &Desk, requests: &Receiver<(Ticket, Request)>, tell: &impl Fn(Word)) {
    while let Ok((ticket, request)) = requests.recv() {
        let answer = match request {
            Request::Ask(question) => desk.answer(&question),
            Request::Change(change) => patiently(desk, &change, ticket, tell),
        };
        tell(Word::Answer(ticket, answer));
    }
}

fn patiently(
    desk: &Desk,
    change: &Change,
    ticket: Ticket,
    tell: &impl Fn(Word),
) -> Result<Reply, Stop> {
    for tries in 0.. {
        match desk.try_change(change) {
            Err(Stop::Failed(store::Error::Busy)) => {
                if tries == TELL_AFTER {
                    tell(Word::Waiting(ticket));
                }
                thread::sleep(RETRY);
            }
            other => return other.map(Reply::Done),
        }
    }
    desk.change(change).map(Reply::Done)
}
