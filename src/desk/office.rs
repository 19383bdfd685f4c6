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

use super::{Desk, Question, Reply, Request, Stop};
use crate::{
    desk::{
        keeping::{Occasion, Pace},
        request::Change,
    },
    domain::{
        clinic::Staff, clock, copies::CopyNews, day::Day, failure::FailureKind, room::Scarce,
        rows::Copies,
    },
    store::{self, Comings, Pulse, Windows},
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
        let known = desk.beat().ok();
        let you = desk.own_standing().ok().flatten();
        self.threads.push(thread::spawn(move || {
            let mut watch = Watch::over(desk, windows.as_ref());
            (watch.known, watch.you) = (known, you);
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                // A damaged page may break one look off; the next is taken all the same.
                let looked = store::Error::contained(|| Ok(watch.look(&tell)));
                if !looked.unwrap_or_else(|stop: Stop| watch.lost(stop, &tell)) {
                    return;
                }
            }
        }));
    }
}

/// What a window was told last.
struct Watch {
    desk: Arc<Desk>,
    comings: Option<Comings>,
    pulse: Pulse,
    known: Option<(u64, Day)>,
    /// The day of the clock when the counter was last read.
    read_on: Option<Day>,
    you: Option<Staff>,
    here: usize,
    /// Whether it was told that the data cannot be read.
    is_lost: bool,
    /// The day on which the room on the disk was looked at last.
    room_on: Option<Day>,
    copies: Option<Copies>,
}

impl Watch {
    fn over(desk: Arc<Desk>, windows: Option<&Windows>) -> Self {
        Self {
            comings: windows.map(Windows::comings),
            pulse: desk.store().pulse(),
            desk,
            known: None,
            read_on: None,
            you: None,
            here: 0,
            is_lost: false,
            room_on: None,
            copies: None,
        }
    }

    /// Tells what is new; returns whether to go on.
    fn look(&mut self, tell: &impl Fn(Word)) -> bool {
        // What cannot be told now waits on; whoever saves hears what is wrong with the disk.
        let _ = self.desk.note_old_looks();
        let (head, day) = match self.beat() {
            Ok(beat) => beat,
            Err(stop) => return self.lost(stop, tell),
        };
        self.is_lost = false;
        let (known_head, known_day) = self.known.unwrap_or((0, day));
        self.known = Some((head, day));
        if known_day != day {
            tell(Word::NewDay(day));
        }
        if known_head != head {
            tell(Word::Changed(head));
            self.look_at_user(tell);
            let copies = self.desk.copies().ok().flatten();
            if let Some(copies) = copies.filter(|copies| self.copies.as_ref() != Some(copies)) {
                self.copies = Some(copies.clone());
                tell(Word::Copies(copies));
            }
        }
        if let Some(news) = self.desk.tend_tail(Instant::now()) {
            tell(Word::News(news));
        }
        if self.room_on.replace(day) != Some(day)
            && let Some(scarce) = self.desk.scarce()
        {
            tell(Word::Scarce(scarce));
        }
        let here = match &mut self.comings {
            Some(comings) => comings.here().unwrap_or_else(|| {
                // The folder may have been carried away with everything in it.
                self.pulse.open_anew();
                0
            }),
            None => 0,
        };
        if self.here != here {
            self.here = here;
            tell(Word::Windows(here));
        }
        true
    }

    /// Reads the counter and the clinic's day, where somebody has written or the clock's day is
    /// another one: only then can they be others.
    fn beat(&mut self) -> Result<(u64, Day), Stop> {
        let is_still = self.pulse.is_still() && !self.is_lost;
        let today = Some(clock::day_of(self.desk.time()));
        match self.known {
            Some(known) if is_still && self.read_on == today => Ok(known),
            _ => {
                self.read_on = today;
                self.desk.beat()
            }
        }
    }

    /// Tells once that the data cannot be read; returns whether they may come back.
    fn lost(&mut self, stop: Stop, tell: &impl Fn(Word)) -> bool {
        let is_final = match &stop {
            Stop::Failed(error) => error.kind() == FailureKind::Newer,
            Stop::Refused(_) => true,
        };
        if !self.is_lost {
            self.is_lost = true;
            tell(Word::Lost(stop));
        }
        !is_final
    }
}

impl Watch {
    /// Tells where whoever signed in got another name or role, or does not work here any more.
    fn look_at_user(&mut self, tell: &impl Fn(Word)) {
        if self.desk.signed_in().is_none() {
            return;
        }
        if let Ok(you) = self.desk.own_standing()
            && self.you != you
        {
            self.you.clone_from(&you);
            tell(Word::You(you));
        }
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::{
        catalog::Catalog,
        store::{Store, rows},
    };

    struct Standing;

    impl clock::Clock for Standing {
        fn now(&self) -> clock::Moment {
            1_795_226_400_000
        }
    }

    #[test]
    fn a_quiet_store_is_no_news() {
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let store = Store::in_memory(rows::VERSION).unwrap();
        let desk = Desk::new(store, Arc::new(Standing), catalog, "w", None);
        let known = desk.beat().ok();
        let mut watch = Watch::over(Arc::new(desk), None);
        watch.known = known;
        let told = RefCell::new(0);
        for _ in 0..33 {
            assert!(watch.look(&|_| *told.borrow_mut() += 1));
        }
        assert_eq!(told.into_inner(), 0);
    }
}
