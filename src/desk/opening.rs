//! Opening the desk of a data folder, for front ends that know no store: setting up, signing
//! in, and sitting down.

use std::{sync::Arc, time::Duration};

use super::{
    Change, Desk, Stop,
    copying::Plan,
    entrance::{self, Badge, Entrance, Password, Recovery},
};
use crate::domain::order::Arrange as _;
use crate::{
    catalog::Catalog,
    domain::{
        clock::{Clock, Moment},
        day::Day,
        refusal::{AccountRefusal, RecordRefusal, Refusal},
    },
    store::{Error, Store},
};

pub use crate::store::{Folder, Presence, Replaced, Windows};

/// How long whoever sets up waits for others who do.
const PATIENCE: Duration = Duration::from_secs(10);

/// The place of one process: what its desk is told of the world.
#[derive(Clone)]
pub struct Seat {
    pub clock: Arc<dyn Clock>,
    pub catalog: &'static Catalog,
    /// Names this process in entries.
    pub window: String,
    /// `--today`, honoured on a practice store only.
    pub today: Option<Day>,
}

/// How a data folder stands before anybody comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is set up here.
    Empty,
    /// The data lie plain: a practice village, or data of before there were passwords.
    Open,
    /// These people have a password, in the order they joined the staff, and who of them came in
    /// last on this computer, where that is known.
    Locked {
        names: Vec<String>,
        last: Option<String>,
    },
}

/// Where one comes in: it opens the desk of a folder for whoever may sit there.
#[derive(Clone)]
pub struct Reception {
    pub(super) folder: Folder,
    entrance: Entrance,
    pub(super) seat: Seat,
    pub(super) is_read_only: bool,
    /// Where copies of the store go; nobody asked for any where there is none.
    pub(super) plan: Option<Plan>,
}

impl Reception {
    /// Stands before `folder`; nothing is opened yet.
    pub fn of(folder: &Folder, seat: Seat) -> Self {
        Self {
            folder: folder.clone(),
            entrance: Entrance::of(folder),
            seat,
            is_read_only: false,
            plan: None,
        }
    }

    /// Tells where copies of the store go.
    #[must_use]
    pub fn keeping(self, plan: Plan) -> Self {
        Self {
            plan: Some(plan),
            ..self
        }
    }

    /// Lets nobody who comes in here change anything, or see a full number.
    #[must_use]
    pub fn only_reading(self) -> Self {
        Self {
            is_read_only: true,
            ..self
        }
    }

    /// Returns how the folder stands.
    ///
    /// # Errors
    /// As the file of keys says.
    pub fn standing(&self) -> Result<Standing, Stop> {
        self.finish()?;
        // Keys without a database are left of a set-up that was killed.
        if !self.folder.has_store() {
            return Ok(Standing::Empty);
        }
        if !self.entrance.is_locked() {
            return Ok(Standing::Open);
        }
        let (names, last) = self.names()?;
        Ok(Standing::Locked { names, last })
    }

    /// Finishes what was interrupted here after all the work was done: bringing a copy back, then
    /// sealing. Returns what a copy took the place of.
    ///
    /// # Errors
    /// `Busy` while another process does it; else as the disk says.
    pub fn finish(&self) -> Result<Option<Replaced>, Stop> {
        let mut replaced = None;
        if self.folder.is_restoring() {
            let _alone = self.folder.hold_alone(PATIENCE)?;
            replaced = self.folder.finish_restoring()?;
        }
        self.folder.tidy_sealing()?;
        Ok(replaced)
    }

    /// Opens a folder without a door.
    ///
    /// # Errors
    /// `Missing` when nothing is set up here, `Sealed` where a password is needed; else as the
    /// disk says.
    pub fn open(&self) -> Result<Desk, Stop> {
        self.sit_down(None)
    }

    /// Returns the wall time.
    pub fn time(&self) -> Moment {
        self.seat.clock.now()
    }

    /// As `sign_in`, but the wrong password after which one waits says so at once.
    ///
    /// # Errors
    /// As `sign_in`.
    pub fn sign_in_or_wait(&self, name: &str, password: &Password) -> Result<Desk, Stop> {
        let found = self.sign_in(name, password);
        if let Err(Stop::Refused(Refusal::Account(AccountRefusal::Wrong))) = &found {
            self.entrance.may_try(name, self.time())?;
        }
        found
    }

    /// Returns the names that have a password, in the order they joined the staff, and who of
    /// them came in here last, where that is known.
    ///
    /// # Errors
    /// As the file of keys says.
    pub fn names(&self) -> Result<(Vec<String>, Option<String>), Stop> {
        let mut names = self.entrance.ids()?;
        let last = self.entrance.last();
        names.arrange_by_key(|(staff, _)| *staff);
        let known = names.iter().find(|(staff, _)| Some(*staff) == last);
        let known = known.map(|(_, name)| name.clone());
        Ok((names.into_iter().map(|(_, name)| name).collect(), known))
    }

    /// Opens the folder for a staff member.
    ///
    /// # Errors
    /// Refuses as the entrance does; else as `open`.
    pub fn sign_in(&self, name: &str, password: &Password) -> Result<Desk, Stop> {
        let (window, now) = (&self.seat.window, self.seat.clock.now());
        let badge = self.entrance.sign_in(name, password, window, now)?;
        self.sit_down(Some(&badge))
    }

    /// Opens the folder for whoever has the recovery code: nobody works there yet, and nothing
    /// is changed but that somebody is named who does.
    ///
    /// # Errors
    /// Refuses as the entrance does; else as `open`.
    pub fn recover(&self, code: &str) -> Result<Desk, Stop> {
        let (window, now) = (&self.seat.window, self.seat.clock.now());
        let badge = self.entrance.recover(code, window, now)?;
        self.sit_down(Some(&badge))
    }

    /// Sets the clinic up under its first staff member's password, as a whole: a kill in the
    /// middle leaves nothing set up. The recovery code is shown once and kept nowhere.
    ///
    /// # Errors
    /// Refuses what the set-up refuses, a short password, and where a clinic stands already.
    pub fn set_up(
        &self,
        change: &Change,
        doctor: &str,
        password: &Password,
    ) -> Result<(Desk, Recovery), Stop> {
        let code = entrance::new_code()?;
        Ok((self.set_up_under(change, doctor, password, &code)?, code))
    }

    /// As `set_up`, under a recovery code that was shown and written down before.
    ///
    /// # Errors
    /// As `set_up`.
    pub fn set_up_under(
        &self,
        change: &Change,
        doctor: &str,
        password: &Password,
        code: &Recovery,
    ) -> Result<Desk, Stop> {
        if self.folder.has_store() {
            return Err(RecordRefusal::SetUp.into());
        }
        self.folder.create()?;
        let alone = self.folder.hold_alone(PATIENCE)?;
        if self.folder.has_store() {
            return Err(RecordRefusal::SetUp.into());
        }
        let workshop = self.folder.workshop(&self.seat.window);
        let built = self.build(&workshop, change, (doctor, password), code);
        if built.is_err() {
            // What was built so far is of no use; the first trouble is the one to tell.
            let _ = workshop.remove();
        }
        let badge = built?.at(&self.entrance);
        self.folder.take(&workshop)?;
        drop(alone);
        self.sit_down(Some(&badge))
    }

    fn build(
        &self,
        workshop: &Folder,
        change: &Change,
        (doctor, password): (&str, &Password),
        code: &Recovery,
    ) -> Result<Badge, Stop> {
        workshop.remove()?;
        workshop.create()?;
        let badge = Entrance::of(workshop).install_under(doctor.trim(), password, code)?;
        let store = Store::open(&workshop.database(), Some(badge.key()))?;
        Desk::at(store, self.seat.clone())
            .used_by(Some(&badge))
            .change(change)?;
        Ok(badge)
    }

    pub(super) fn sit_down(&self, badge: Option<&Badge>) -> Result<Desk, Stop> {
        if !self.is_read_only {
            let desk = Desk::open(&self.folder, badge, self.seat.clone())?;
            return Ok(match self.plan.clone() {
                Some(plan) => desk.keeping(plan),
                None => desk,
            });
        }
        if !self.folder.has_store() {
            return Err(Error::Missing(self.folder.root().to_owned()).into());
        }
        let hold = self.folder.hold_open()?;
        let store = Store::open_read_only(&self.folder.database(), badge.map(Badge::key))?;
        Ok(Desk::holding(hold, store, self.seat.clone()).used_by(badge))
    }
}

impl Desk {
    /// Opens the store in `folder`, which must be there; sealed data need a badge.
    ///
    /// # Errors
    /// `Missing` when there is none, `Sealed` without its key; else as the disk says.
    pub fn open(folder: &Folder, badge: Option<&Badge>, seat: Seat) -> Result<Self, Stop> {
        if !folder.has_store() {
            return Err(Error::Missing(folder.root().to_owned()).into());
        }
        let hold = folder.hold_open()?;
        let store = Store::open_there(&folder.database(), badge.map(Badge::key))?;
        Ok(Self::holding(hold, store, seat).used_by(badge))
    }

    /// Opens the store in `folder`, which lies plain, created with access for the owner only
    /// where it is missing: a practice village's.
    ///
    /// # Errors
    /// As the disk says.
    pub fn create(folder: &Folder, seat: Seat) -> Result<Self, Stop> {
        folder.create()?;
        let hold = folder.hold_open()?;
        let store = Store::open(&folder.database(), None)?;
        Ok(Self::holding(hold, store, seat))
    }
}
