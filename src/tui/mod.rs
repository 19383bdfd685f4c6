//! The window: keys in, frames out. `App` holds its whole state; `update` changes
//! it; `view` draws it; the loop here performs what `update` asks for.
//!
//! It decides nothing of the clinic: that is the desk's, reached by requests.

mod acting;
pub mod action;
mod answering;
pub mod app;
pub mod backend;
mod door;
mod drafting;
pub mod errands;
pub mod files;
pub mod form;
pub mod hand;
pub mod input;
pub mod keymap;
pub mod keys;
pub mod message;
mod offered;
pub mod pace;
mod passed;
pub mod port;
mod resuming;
mod rolling;
pub mod saved;
pub mod screens;
pub mod sentences;
mod start;
mod syllables;
pub mod terminal;
pub mod theme;
mod typed_ahead;
pub mod view;
pub mod widgets;
pub mod words;
mod writing;

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use crate::{
    desk::{self, Porter, Question, Reply, Standing, Stop, Windows},
    domain::text::Lang,
};
use app::{App, Opening, Place, Start, update};
use backend::Ambiguous;
use keymap::Keymap;
use message::{Effect, Ended, Message};
use pace::Pace;
use passed::Passed;
use port::{Counter, Desk};
use terminal::{
    Hold, Terminal,
    memory::Memory,
    probe::{self, Probe},
    signals,
};
use theme::{Colours, Look};
use view::view;

/// What the window must be told of the world around it; the command line reads
/// it from environment and settings.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub lang: Lang,
    pub keymap: Keymap,
    pub colours: Colours,
    /// The name under which this terminal's widths are remembered.
    pub terminal: String,
    /// Where they are remembered.
    pub terminals_file: Option<PathBuf>,
    /// Widths set by hand; else the terminal is asked.
    pub ambiguous: Option<Ambiguous>,
    /// Whether a shell with job control started the program.
    pub can_suspend: bool,
    /// Who is at the keyboard, by name (`--user`); else one is asked.
    pub user: Option<String>,
    /// The identity a store set up here gets.
    pub fresh: [u8; 16],
    /// What is wrong with the place the data lie in, told once to whoever sits down.
    pub notice: Option<String>,
}

/// Why no window was opened, or why it could not go on.
#[derive(Debug)]
pub enum Trouble {
    /// The terminal.
    Terminal(io::Error),
    /// The store.
    Desk(Stop),
}

impl From<io::Error> for Trouble {
    fn from(cause: io::Error) -> Self {
        Self::Terminal(cause)
    }
}

/// Opens a window where the porter stands and runs it until it closes: at the desk, at the door,
/// or where a clinic is to be set up. `windows` are the store's windows, to be counted among as
/// `name`. Returns why it closed, and the desk where the door was open.
///
/// # Errors
/// Returns what the terminal or the store refuses before the window stands.
pub fn open(
    around: Surroundings,
    porter: Porter,
    standing: Standing,
    (windows, name): (Windows, String),
) -> Result<(Ended, Option<Arc<desk::Desk>>), Trouble> {
    let mut place = Place {
        fresh: around.fresh,
        is_read_only: porter.is_read_only(),
        ..Place::default()
    };
    let opening = match porter.desk() {
        None => Opening::before(standing, around.user.as_deref()),
        Some(desk) => match desk.answer(&Question::Overview) {
            Ok(Reply::Overview(overview)) => {
                place.learn(&overview);
                Opening::at(desk.signed_in(), &overview, around.user.as_deref())
            }
            Ok(_) => return Ok((Ended::ByUser, None)),
            Err(stop) => return Err(Trouble::Desk(stop)),
        },
    };
    let own = format!("{name}-{:x}", porter.time());
    let (back, gone) = mpsc::channel();
    let connect = |inbox: Inbox| Counter::open(porter, Some((windows, name)), inbox, back);
    let ended = run(around, place, opening, own, connect)?;
    // The counter is closed: the porter leaves with the desk, where the door was open.
    let desk = gone.recv().ok().and_then(|porter| porter.desk().cloned());
    Ok((ended, desk))
}

/// The way into a window from other threads: the desk's, the clock's.
pub type Inbox = Sender<Vec<Message>>;

/// Runs a window until it closes and returns why it did. `name` begins the ids
/// of its changes; `connect` is given the inbox for answers and returns the desk.
pub fn run<D: Desk>(
    around: Surroundings,
    place: Place,
    opening: Opening,
    name: String,
    connect: impl FnOnce(Inbox) -> D,
) -> io::Result<Ended> {
    let (inbox, arrived) = mpsc::channel();
    let memory = Memory::of(around.terminals_file);
    let told = around.ambiguous.or_else(probe::measure);
    let ask = told.is_none() && cfg!(unix);
    let ambiguous = told
        .or_else(|| memory.recall(&around.terminal))
        .unwrap_or(Ambiguous::WideOrUnknown);
    let (app, effects) = App::open(Start {
        look: Look {
            lang: around.lang,
            colours: around.colours,
            ambiguous,
        },
        keymap: around.keymap,
        size: terminal::size(),
        probe: if ask { Probe::Signs } else { Probe::Done },
        can_suspend: around.can_suspend,
        place,
        opening,
        name,
        notice: around.notice,
    });
    let hold = Hold::default();
    signals::listen(inbox.clone(), hold.clone())?;
    let terminal = Terminal::take(hold, ambiguous, ask)?;
    let desk = connect(inbox.clone());
    let mut window = Window {
        app,
        terminal,
        memory,
        terminal_name: around.terminal,
        passed: Passed::begin(desk.time()),
        desk,
        inbox: inbox.clone(),
    };
    input::listen(inbox)?;
    window.run(&arrived, effects)
}

/// How often a window that is to lock looks whether it slept.
const LOOK: Duration = Duration::from_secs(20);

struct Window<D> {
    app: App,
    terminal: Terminal,
    memory: Memory,
    terminal_name: String,
    desk: D,
    inbox: Inbox,
    passed: Passed,
}

impl<D: Desk> Window<D> {
    fn run(&mut self, arrived: &Receiver<Vec<Message>>, first: Vec<Effect>) -> io::Result<Ended> {
        let mut ended = self.perform(first)?;
        let mut pace = Pace::default();
        pace.owe();
        loop {
            if let Some(ended) = ended {
                return Ok(ended);
            }
            let is_held_up = self.app.waits_for_frame();
            let now = self.now();
            if is_held_up || pace.is_due(now) {
                self.terminal.draw(|frame| view(&self.app, frame))?;
                pace.drawn(now);
            }
            if is_held_up {
                ended = self.take(Message::Drawn)?;
                pace.owe();
                continue;
            }
            let Some(batch) = self.wait(arrived, pace.due()) else {
                return Ok(Ended::HungUp);
            };
            pace.owe();
            if batch.iter().any(Message::is_typed) {
                pace.pressed(self.now());
            }
            ended = self.take_time()?;
            for message in batch {
                // What was typed before leaving is still taken; nothing after.
                if ended.is_none() {
                    ended = self.take(message)?;
                }
            }
        }
    }

    /// Tells the window how long it has been open.
    fn take_time(&mut self) -> io::Result<Option<Ended>> {
        let now = self.now();
        self.take(Message::Now(now))
    }

    fn now(&mut self) -> Duration {
        self.passed.until(self.desk.time())
    }

    /// Waits for the next message, for the window's deadline or for the next frame, and returns
    /// everything that has arrived by then; `None` when nothing can arrive any more. While there
    /// is a deadline it looks now and then whether the computer slept past it.
    fn wait(
        &mut self,
        arrived: &Receiver<Vec<Message>>,
        frame: Option<Duration>,
    ) -> Option<Vec<Message>> {
        let first = loop {
            let Some(deadline) = self.app.deadline().into_iter().chain(frame).min() else {
                break arrived.recv().ok();
            };
            let left = deadline.saturating_sub(self.now());
            match arrived.recv_timeout(left.min(LOOK)) {
                Ok(batch) => break Some(batch),
                Err(RecvTimeoutError::Timeout) if left <= LOOK => break Some(Vec::new()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break None,
            }
        };
        let mut batch = first?;
        batch.extend(arrived.try_iter().flatten());
        Some(batch)
    }

    fn take(&mut self, message: Message) -> io::Result<Option<Ended>> {
        if let Message::Resized(size) = message {
            self.terminal.resize(size)?;
        }
        if let Message::ShowsWhole(shows) = message {
            self.terminal.show_whole(shows);
        }
        let effects = update(&mut self.app, message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<Option<Ended>> {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, request) => self.desk.ask(ticket, *request),
                Effect::Knock(ticket, knock) => self.desk.knock(ticket, *knock),
                Effect::File(ticket, errand) => self.file(ticket, errand),
                Effect::Enter(name) => self.desk.enter(&name),
                Effect::Write(sheet) => {
                    if let Some(ended) = self.take(writing::message(sheet))? {
                        return Ok(Some(ended));
                    }
                }
                Effect::Redraw => self.terminal.redraw()?,
                Effect::Ambiguous(ambiguous) => {
                    self.terminal.set_ambiguous(ambiguous)?;
                    self.memory.keep(&self.terminal_name, ambiguous);
                }
                Effect::Suspend => {
                    self.terminal.suspend()?;
                    // Who was away too long is not shown what lay here.
                    if let Some(ended) = self.take_time()? {
                        return Ok(Some(ended));
                    }
                }
                Effect::Retake => self.terminal.retake()?,
                Effect::Leave(ended) => return Ok(Some(ended)),
            }
        }
        Ok(None)
    }

    /// Files are read beside the window, which goes on.
    fn file(&self, ticket: port::Ticket, errand: files::Errand) {
        let inbox = self.inbox.clone();
        thread::spawn(move || {
            let filed = files::perform(errand);
            // A window that has closed hears nothing more.
            let _ = inbox.send(vec![Message::Filed(ticket, filed)]);
        });
    }
}
