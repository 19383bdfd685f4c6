//! The one way in: `ask(Request) → Reply`. It gathers facts, lets the domain
//! decide, and appends; it knows no screen and no file format.

pub mod reply;
pub mod request;

mod answers;
mod asked;
mod cause;
mod changes;
pub mod drafts;
mod guard;
mod import;
mod office;
mod opening;
mod rolling;
mod view;

use std::sync::{Arc, Mutex};

pub use import::{Imported, Prepared};
pub use office::{Office, Ticket, Word};
pub use opening::{Folder, Presence, Windows};
pub use reply::Reply;
pub use request::{Change, Command, Question, Request};

pub use crate::store::Error;

use crate::{
    catalog::Catalog,
    domain::{
        clock::{self, Clock},
        day::Day,
        failure::FailureKind,
        refusal::Refusal,
    },
    store::{self, Store},
};

/// Why a request was not answered.
#[derive(Debug)]
pub enum Stop {
    /// The rules say no.
    Refused(Refusal),
    /// Disk, lock or damage.
    Failed(store::Error),
}

impl Stop {
    /// Returns what long work answers that was told to end.
    pub const fn interrupted() -> Self {
        Self::Failed(store::Error::Interrupted)
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Failed(error)
    }
}

impl<R: Into<Refusal>> From<R> for Stop {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

/// Returns what kind of failure this is to the user; the words stand in `lang::failures`.
pub fn failure_kind(error: &store::Error) -> FailureKind {
    error.kind()
}

/// The desk of one process.
pub struct Desk {
    store: Store,
    clock: Arc<dyn Clock>,
    /// Names this window in entries.
    window: String,
    /// `--today`, honoured on a practice store only.
    today: Option<Day>,
    catalog: &'static Catalog,
    index: Mutex<view::search::Found>,
    held: Mutex<drafts::Held>,
}

impl Desk {
    /// Opens the desk of a store for the window called `window`.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        catalog: &'static Catalog,
        window: &str,
        today: Option<Day>,
    ) -> Self {
        Self {
            store,
            clock,
            window: window.to_owned(),
            today,
            catalog,
            index: Mutex::default(),
            held: Mutex::default(),
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// Refuses by the rules, or fails with the disk.
    pub fn ask(&self, request: &Request) -> Result<Reply, Stop> {
        match request {
            Request::Ask(question) => self.answer(question),
            Request::Change(change) => self.change(change).map(Reply::Done),
            Request::Draft(draft) => self.draft(draft),
        }
    }

    /// Returns what every window watches: the last entry's number and the clinic's day.
    ///
    /// # Errors
    /// Fails with the disk, or when a newer program has taken the data over.
    pub fn beat(&self) -> Result<(u64, Day), Stop> {
        let snapshot = self.store.snapshot()?;
        Ok((snapshot.head()?.seq, self.today_in(&snapshot)?))
    }

    /// Returns the name this window has in entries.
    pub fn window(&self) -> &str {
        &self.window
    }

    /// Returns the wall time.
    pub fn time(&self) -> clock::Moment {
        self.now()
    }

    /// Returns the forms and settings built in.
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    fn now(&self) -> clock::Moment {
        self.clock.now()
    }
}
