//! The one way in: `ask(Request) → Reply`. It gathers facts, lets the domain
//! decide, and appends; it knows no screen and no file format.

pub mod reply;
pub mod request;
pub mod rights;

mod accounts;
mod answers;
mod asked;
mod cause;
mod changes;
pub mod copying;
pub mod drafts;
pub mod entrance;
mod guard;
mod import;
pub mod keeping;
mod lived;
mod looking;
mod masking;
mod news;
mod office;
mod opening;
mod porter;
mod restoring;
mod rolling;
mod sealing;
mod told;
mod view;
mod watching;

use std::sync::{Arc, Mutex};

pub use entrance::Badge;
pub use import::{Imported, Prepared};
pub use lived::Lived;
pub use office::{Office, Ticket, Word};
pub use opening::{Folder, Presence, Reception, Replaced, Seat, Standing, Windows};
pub use porter::{DoorReply, Knock, Porter};
pub use reply::Reply;
pub use request::{Change, Command, Question, Request};
pub use restoring::{BroughtBack, Copied, LeftOut, Loose, Rescue, Restored, Shown, Wanted};

pub use crate::store::Error;

use crate::{
    catalog::Catalog,
    domain::{
        clock::{self, Clock},
        day::Day,
        failure::FailureKind,
        id::StaffId,
        looking::Looks,
        refusal::Refusal,
        room::Scarce,
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
    seat: Seat,
    /// Who signed in; nobody where there is no door.
    badge: Option<Badge>,
    /// Where its copies go; nobody asked for any where there is none.
    plan: Option<copying::Plan>,
    index: Mutex<view::search::Found>,
    /// Whoever the queue looked at last.
    gathered: Mutex<view::gathered::Gathered>,
    /// Who is proposed for what, by household.
    proposed: Mutex<view::proposals::Proposed>,
    /// How many key people live in households where nothing runs.
    key_people: Mutex<view::agreement::KeyPeople>,
    held: Mutex<drafts::Held>,
    /// Who saw what here that the journal does not know yet.
    looks: Mutex<Looks>,
    /// Keys turned back after the disk failed, by the request that turned them.
    unsure: Mutex<Vec<(String, store::seal::Turned)>>,
    /// Nobody puts another store in place of this one while it is open.
    _hold: Option<store::Hold>,
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
        let window = window.to_owned();
        let seat = Seat {
            clock,
            catalog,
            window,
            today,
        };
        Self::at(store, seat)
    }

    /// Opens the desk of a store at a seat.
    fn at(store: Store, seat: Seat) -> Self {
        Self::holding(None, store, seat)
    }

    /// As `at`; nobody puts another store in place of this one while the desk is there.
    fn holding(hold: Option<store::Hold>, store: Store, seat: Seat) -> Self {
        Self {
            store,
            seat,
            badge: None,
            plan: None,
            index: Mutex::default(),
            gathered: Mutex::default(),
            proposed: Mutex::default(),
            key_people: Mutex::default(),
            held: Mutex::default(),
            looks: Mutex::default(),
            unsure: Mutex::default(),
            _hold: hold,
        }
    }

    /// Sits somebody down who was let in: what is asked from now on is asked in their name.
    #[must_use]
    pub fn used_by(mut self, badge: Option<&Badge>) -> Self {
        self.badge = badge.cloned();
        self
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
            Request::HandOut(handed) => {
                self.hand_out(handed);
                Ok(Reply::Noted)
            }
            Request::Copy(asked) => self.copy(asked, &|| true),
        }
    }

    /// Returns what every window watches: the last entry that changed what anybody is shown, and
    /// the clinic's day.
    ///
    /// # Errors
    /// Fails with the disk, or when a newer program has taken the data over.
    pub fn beat(&self) -> Result<(u64, Day), Stop> {
        let snapshot = self.store.snapshot()?;
        Ok((snapshot.changed()?, self.today_in(&snapshot)?))
    }

    /// Returns what is scarce on the disk under the data, where room is.
    pub fn scarce(&self) -> Option<Scarce> {
        self.store.scarce()
    }

    /// Returns the name this window has in entries.
    pub fn window(&self) -> &str {
        &self.seat.window
    }

    /// Says whether nothing can be changed from here.
    pub fn is_read_only(&self) -> bool {
        self.store.is_read_only()
    }

    /// Returns who signed in; nobody where there is no door.
    pub fn signed_in(&self) -> Option<StaffId> {
        self.badge.as_ref().and_then(Badge::staff)
    }

    /// Says whether the recovery code opened: nobody is named yet, and nothing else is done.
    pub(super) fn is_recovered(&self) -> bool {
        self.badge.as_ref().is_some_and(|b| b.staff().is_none())
    }

    /// Returns the wall time.
    pub fn time(&self) -> clock::Moment {
        self.now()
    }

    /// Returns the forms and settings built in.
    pub fn catalog(&self) -> &'static Catalog {
        self.seat.catalog
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    fn now(&self) -> clock::Moment {
        self.seat.clock.now()
    }
}
