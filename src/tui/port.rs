//! The window's side of the desk: under which number something is asked, and
//! who takes it.
//!
//! The vocabulary itself is the desk's.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use super::{Inbox, message::Message};
use crate::{
    desk::{self, Knock, Office, Porter, Presence, Request, Windows, Word},
    domain::clock::{Clock, Moment},
};

/// The number that pairs a question with its answer within one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub desk::Ticket);

/// Takes questions; each is answered later by one
/// [`Message::Replied`] with its ticket.
pub trait Desk {
    /// Hands a question in and returns at once.
    fn ask(&mut self, ticket: Ticket, request: Request);

    /// Asks at the door; [`Message::Door`] answers.
    fn knock(&mut self, ticket: Ticket, knock: Knock);

    /// Lets other windows see who works at this one.
    fn enter(&mut self, name: &str);

    /// Returns the wall time, where a clock is known.
    fn time(&self) -> Option<Moment> {
        None
    }
}

/// How often a window looks for others' changes.
const WATCH: Duration = Duration::from_millis(900);

/// The desk of this process, behind its door, with the window's place among the others.
pub struct Counter {
    room: Arc<Room>,
    knocks: Sender<(Ticket, Knock)>,
    /// The store's windows and this one's name among them.
    windows: Option<(Windows, String)>,
    presence: Option<Presence>,
    clock: Arc<dyn Clock>,
}

/// The office, while somebody sits there.
struct Room {
    office: Mutex<Option<Office>>,
    windows: Option<Windows>,
    inbox: Inbox,
}

impl Counter {
    /// Opens the counter where the porter stands; answers go to the inbox, and the porter leaves
    /// by `back` once it is closed.
    pub fn open(
        porter: Porter,
        windows: Option<(Windows, String)>,
        inbox: Inbox,
        back: Sender<Porter>,
    ) -> Self {
        let (knocks, knocked) = mpsc::channel();
        let room = Arc::new(Room {
            office: Mutex::default(),
            windows: windows.as_ref().map(|(windows, _)| windows.clone()),
            inbox,
        });
        room.furnish(&porter);
        let clock = porter.clock();
        let shared = Arc::clone(&room);
        thread::spawn(move || {
            let porter = shared.attend(porter, &knocked);
            // Nobody may be left to take it.
            let _ = back.send(porter);
        });
        Self {
            room,
            knocks,
            windows,
            presence: None,
            clock,
        }
    }
}

impl Desk for Counter {
    fn time(&self) -> Option<Moment> {
        Some(self.clock.now())
    }

    fn ask(&mut self, ticket: Ticket, request: Request) {
        if let Some(office) = &*self.room.office() {
            office.ask(ticket.0, request);
        }
    }

    fn knock(&mut self, ticket: Ticket, knock: Knock) {
        // A porter who has gone opens nothing more.
        let _ = self.knocks.send((ticket, knock));
    }

    fn enter(&mut self, name: &str) {
        // The lock on the file must be given up before it is taken anew.
        self.presence = None;
        if let Some((windows, id)) = &self.windows {
            self.presence = windows.enter(id, name).ok();
        }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        // What was handed in is done before the window closes.
        let office = self.room.office().take();
        drop(office);
    }
}

impl Room {
    fn office(&self) -> MutexGuard<'_, Option<Office>> {
        // A panic elsewhere leaves the office as it was.
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the office of the porter's desk in, where it is open.
    fn furnish(&self, porter: &Porter) {
        let Some(desk) = porter.desk() else {
            return;
        };
        let inbox = self.inbox.clone();
        let tell = move |word: Word| {
            // A window that has closed hears nothing more.
            let _ = inbox.send(vec![Message::from(word)]);
        };
        let mut office = Office::open(Arc::clone(desk), tell.clone());
        office.watch(Arc::clone(desk), self.windows.clone(), WATCH, tell);
        *self.office() = Some(office);
    }

    /// Answers at the door, one after the other, beside the window.
    fn attend(&self, mut porter: Porter, knocked: &Receiver<(Ticket, Knock)>) -> Porter {
        while let Ok((ticket, knock)) = knocked.recv() {
            if let Knock::Lock = knock {
                // Dropped outside the lock: it waits for what is under way.
                let office = self.office().take();
                drop(office);
            }
            let answer = porter.answer(knock);
            if self.office().is_none() {
                self.furnish(&porter);
            }
            let _ = self.inbox.send(vec![Message::Door(ticket, answer)]);
        }
        porter
    }
}
