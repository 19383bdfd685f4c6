//! The desk at work beside a window: one thread for questions, one for
//! searches, one for changes, so that a search never waits behind a save, nor a
//! household behind the first search; and one for drafts, so that a key never
//! waits for the disk.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{Desk, Question, Reply, Request, Stop, watching::Watch};
use crate::{
    desk::{
        keeping::{Occasion, Pace},
        request::Change,
    },
    domain::{clinic::Staff, copies::CopyNews, day::Day, room::Scarce, rows::Copies},
    store::{self, Windows},
};

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
    /// The clinic's day is another one now.
    NewDay(Day),
    /// Whoever signed in stands so on the staff now.
    You(Option<Staff>),
    /// So many windows are open on these data, this one included.
    Windows(usize),
    /// So much of the data was read from a slow disk, in parts of a hundred; nothing once all
    /// were.
    Reading(Option<u8>),
    /// The disk under the data has little room left.
    Scarce(Scarce),
    /// The data can no longer be read.
    Lost(Stop),
    /// A copy was made or proven, here or in another window.
    Copies(Copies),
    /// Something is wrong with copies.
    News(CopyNews),
}

/// How often a change that finds the store busy tries again.
const RETRY: Duration = Duration::from_millis(25);
/// After so many tries the window is told who is waited for.
const TELL_AFTER: u32 = 12;

/// So long after a window opened it looks for the first time whether a copy is due.
const FIRST_COPY: Duration = Duration::from_mins(1);
/// … and then so often.
const NEXT_COPY: Duration = Duration::from_mins(10);

/// The threads; they end when the office is dropped.
pub struct Office {
    desk: Arc<Desk>,
    stop: Option<Sender<()>>,
    questions: Option<Sender<(Ticket, Request)>>,
    searches: Option<Sender<(Ticket, Request)>>,
    changes: Option<Sender<(Ticket, Request)>>,
    drafts: Option<Sender<(Ticket, Request)>>,
    copies: Option<Sender<(Ticket, Request)>>,
    closes: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Office {
    /// Opens the office of a desk; `tell` carries words to the window.
    pub fn open(desk: Arc<Desk>, tell: impl Fn(Word) + Clone + Send + 'static) -> Self {
        let (questions, asked) = mpsc::channel();
        let (searches, sought) = mpsc::channel();
        let (changes, wanted) = mpsc::channel();
        let (drafts, noted) = mpsc::channel();
        let (copies, copied) = mpsc::channel();
        let closes = Arc::new(AtomicBool::new(false));
        let mut threads: Vec<JoinHandle<()>> = [asked, sought, wanted]
            .into_iter()
            .map(|requests| {
                let (desk, tell) = (Arc::clone(&desk), tell.clone());
                thread::spawn(move || answer(&desk, &requests, &tell))
            })
            .collect();
        threads.push({
            let (desk, tell, closes) = (Arc::clone(&desk), tell.clone(), Arc::clone(&closes));
            thread::spawn(move || copy(&desk, &copied, &closes, &tell))
        });
        threads.push({
            let desk = Arc::clone(&desk);
            thread::spawn(move || keep(&desk, &noted, &tell))
        });
        Self {
            desk,
            stop: None,
            questions: Some(questions),
            searches: Some(searches),
            changes: Some(changes),
            drafts: Some(drafts),
            copies: Some(copies),
            closes,
            threads,
        }
    }

    /// Hands a request in; its answer comes as a word.
    pub fn ask(&self, ticket: Ticket, request: Request) {
        let desk = match request {
            Request::Ask(
                Question::Search { .. } | Question::Candidates(_) | Question::Recent { .. },
            ) => &self.searches,
            Request::Ask(_) | Request::HandOut(_) => &self.questions,
            Request::Change(_) => &self.changes,
            Request::Draft(_) => &self.drafts,
            Request::Copy(_) => &self.copies,
        };
        if let Some(desk) = desk {
            // A desk that has gone answers nothing more.
            let _ = desk.send((ticket, request));
        }
    }

    /// Looks every `pause` at the one counter, the day and the other windows,
    /// and tells what is new. It says nothing while nothing is.
    pub fn watch(
        &mut self,
        desk: Arc<Desk>,
        windows: Option<Windows>,
        pause: Duration,
        tell: impl Fn(Word) + Send + 'static,
    ) {
        let (stop, stopped) = mpsc::channel();
        self.stop = Some(stop);
        let mut watch = Watch::over(desk, windows.as_ref());
        self.threads.push(thread::spawn(move || {
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)
                && watch.looked(&tell)
            {}
        }));
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.questions = None;
        self.searches = None;
        self.changes = None;
        self.drafts = None;
        self.copies = None;
        self.closes.store(true, Ordering::Relaxed);
        self.stop = None;
        self.desk.store().leave(true);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        self.desk.store().leave(false);
    }
}

fn answer(desk: &Desk, requests: &Receiver<(Ticket, Request)>, tell: &impl Fn(Word)) {
    while let Ok((ticket, request)) = requests.recv() {
        // A damaged page may break one answer off; the next is given all the same.
        let answer = store::Error::contained(|| match request {
            Request::Ask(question) => desk.answer(&question),
            Request::Change(change) => patiently(desk, &change, ticket, tell),
            Request::Draft(_) | Request::HandOut(_) => desk.ask(&request),
            Request::Copy(asked) => desk.copy(&asked, &|| true),
        });
        tell(Word::Answer(ticket, answer));
    }
}

/// Makes and proves copies: those that are asked for, and those that are due. It rests as long as
/// it works, so that no key waits for it on a slow computer.
fn copy(
    desk: &Desk,
    requests: &Receiver<(Ticket, Request)>,
    closes: &AtomicBool,
    tell: &impl Fn(Word),
) {
    let goes_on = || !closes.load(Ordering::Relaxed);
    let mut told = desk.copy_news();
    for news in &told {
        tell(Word::News(news.clone()));
    }
    let mut pause = FIRST_COPY;
    loop {
        match requests.recv_timeout(pause) {
            Ok((ticket, Request::Copy(asked))) => {
                let answer = store::Error::contained(|| desk.copy(&asked, &goes_on));
                tell(Word::Answer(ticket, answer));
            }
            Ok((ticket, other)) => tell(Word::Answer(ticket, desk.ask(&other))),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let mut pace = Pace::begin();
                let news = store::Error::contained(|| {
                    desk.copy_where_due(Occasion::Working, |_| {
                        pace.rest();
                        goes_on()
                    })
                });
                if let Ok(Some(news)) = news
                    && !told.contains(&news)
                {
                    told.push(news.clone());
                    tell(Word::News(news));
                }
                pause = NEXT_COPY;
            }
        }
    }
}

/// Keeps drafts and flushes them while nothing is typed. What was only noted
/// is not answered, so that no key wakes the window twice.
fn keep(desk: &Desk, requests: &Receiver<(Ticket, Request)>, tell: &impl Fn(Word)) {
    let mut last = Ticket::default();
    let mut due: Option<Instant> = None;
    loop {
        let now = Instant::now();
        let next = match due {
            Some(due) => requests.recv_timeout(due.saturating_duration_since(now)),
            None => requests.recv().map_err(RecvTimeoutError::from),
        };
        match next {
            Ok((ticket, request)) => {
                last = ticket;
                match desk.ask(&request) {
                    Ok(Reply::Noted) => {}
                    answer => tell(Word::Answer(ticket, answer)),
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        due = match desk.flush_drafts(Instant::now()) {
            Ok(due) => due,
            Err(stop) => {
                tell(Word::Answer(last, Err(stop)));
                None
            }
        };
    }
}

fn patiently(
    desk: &Desk,
    change: &Change,
    ticket: Ticket,
    tell: &impl Fn(Word),
) -> Result<Reply, Stop> {
    let mut tries = 0;
    let done = desk.change_patiently(change, || {
        if tries == TELL_AFTER {
            tell(Word::Waiting(ticket));
        }
        tries += 1;
        thread::sleep(RETRY);
    });
    done.map(Reply::Done)
}
