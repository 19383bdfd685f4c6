//! Bringing copies back: the one that was named, or the newest that is whole, and the entries since
//! from the tail. What stands in the folder is put aside whole, never removed.
//!
//! Who may is decided here, by what stands in the folder or, where that cannot be read, by what
//! came back. The next entry tells of it, and a copy is made at once: from then on the past that
//! was given up is told from the one that goes on.

mod building;
mod choosing;
mod following;
mod keys;
mod present;

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Desk, Reception, Stop, Windows,
    entrance::{Entrance, Password},
};
use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        clinic::Staff,
        clock::Moment,
        event::{
            Event,
            clinic::{CopyBroughtBack, CopyTaken},
        },
        id::StaffId,
    },
    store::{
        Error, Folder, Header, Replacing, Writing,
        backup::{Backups, Tail},
        seal::KeyRing,
    },
};
use building::Building;
use choosing::Choice;
use keys::Opened;
use present::Present;

pub use crate::store::backup::{LeftOut, Loose, Restored};
pub use following::Copied;

/// What opens the keys of a copy.
#[derive(Clone, Copy)]
pub enum Shown<'s> {
    Password {
        name: &'s str,
        password: &'s Password,
    },
    /// The recovery code, as typed from paper.
    Code(&'s str),
}

/// What was typed is never shown.
impl fmt::Debug for Shown<'_> {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str(match self {
            Self::Password { .. } => "Password",
            Self::Code(_) => "Code",
        })
    }
}

/// What is to be brought back.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'w> {
    /// This copy, with the entries since or without.
    Copy { path: &'w Path, tail: bool },
    /// The data in another folder, such as one that was put aside.
    Folder { path: &'w Path },
    /// The newest copy in these folders that is whole, with the entries since; where there is none
    /// the tail alone, if it begins with the first entry.
    Newest { folders: &'w [PathBuf] },
}

/// A copy was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtBack {
    pub restored: Restored,
    /// The copy, or the folder; none where the tail alone was whole.
    pub copy: Option<PathBuf>,
    /// Newer copies that are damaged.
    pub passed_over: Vec<PathBuf>,
    /// Copies that reach further, of a past that was given up before.
    pub given_up: Vec<PathBuf>,
    /// Nothing else was whole, so one of those was taken.
    pub is_given_up: bool,
    /// What was saved here and is not in what came back, as far as it can be read.
    pub left_out: Option<LeftOut>,
    /// Whose passwords open nothing now: they are not on the staff that came back.
    pub without_password: Vec<String>,
    /// Where the store that stood here is now.
    pub aside: Option<PathBuf>,
    pub copied: Copied,
}

/// What is at hand to bring a store back that is lost or beyond opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    pub copy: PathBuf,
    pub at: Moment,
    /// The last entry it holds.
    pub head: u64,
    /// Whose passwords open it; nobody's where it lies plain.
    pub names: Vec<String>,
}

impl Rescue {
    /// Returns the newest copy in these folders; nothing where there is none.
    ///
    /// # Errors
    /// As the disk says.
    pub fn in_folders(folders: &[PathBuf]) -> Result<Option<Self>, Stop> {
        let copies = choosing::candidates(folders)?;
        let last = copies.iter().max_by_key(|kept| kept.facts.at);
        let store = last.map(|kept| kept.facts.store.clone());
        let mut copies = copies.into_iter();
        let newest = copies.find(|kept| Some(&kept.facts.store) == store.as_ref());
        Ok(newest.map(|kept| {
            let keys = kept.facts.keys.as_deref();
            let names = keys.and_then(|keys| KeyRing::names_in(keys).ok());
            Self {
                copy: kept.path,
                at: kept.facts.at,
                head: kept.facts.head,
                names: names.unwrap_or_default(),
            }
        }))
    }
}

impl Reception {
    /// Says whether a password or the recovery code is needed to bring this back.
    ///
    /// # Errors
    /// Refuses where nothing of that name is there, and what is no copy; as the disk says.
    pub fn needs_password(&self, wanted: Wanted<'_>) -> Result<bool, Stop> {
        let choice = self.choice(wanted)?;
        Ok(self.folder.keys().exists() || choice.is_sealed())
    }

    /// Brings a copy back. The store that stands here is put aside whole, never removed.
    ///
    /// # Errors
    /// `Busy` while a window is open here; refuses where there is nothing to bring back, another
    /// clinic's copy, whoever may not change the clinic, a wrong password of the copy's keys;
    /// `Damaged` where no copy is whole; `Interrupted`; else as the disk says. What stands here
    /// stays then.
    pub fn restore(
        &self,
        wanted: Wanted<'_>,
        shown: Option<Shown<'_>>,
        progress: &mut dyn FnMut(crate::store::Progress) -> bool,
    ) -> Result<BroughtBack, Stop> {
        self.folder.create()?;
        let _alone = self.folder.hold_alone(Duration::ZERO)?;
        if !Windows::of(&self.folder).here()?.is_empty() {
            return Err(Error::Busy.into());
        }
        self.folder.finish_restoring()?;
        // What is sealed beside would take the place of what comes back.
        let _unsealed = self.folder.hold_sealing()?;
        self.folder.finish_sealing()?;
        let workshop = self.folder.restoring();
        let built = self.built(&workshop, wanted, shown, progress);
        if built.is_err() {
            // What was built so far is of no use; the first trouble is the one to tell.
            let _ = workshop.remove();
        }
        let (mut brought, work, opened) = built?;
        self.folder.sealing().remove()?;
        brought.aside = self.folder.replace(work)?;
        let badge = opened.map(|opened| opened.badge);
        brought.copied = self.follow_up(badge.as_ref(), progress);
        Ok(brought)
    }

    /// Builds what was chosen in the workshop, and says what happens to what stands here.
    fn built(
        &self,
        workshop: &Folder,
        wanted: Wanted<'_>,
        shown: Option<Shown<'_>>,
        progress: &mut dyn FnMut(crate::store::Progress) -> bool,
    ) -> Result<(BroughtBack, Replacing, Option<Opened>), Stop> {
        let choice = self.choice(wanted)?;
        let rings = self.rings(&choice);
        workshop.remove()?;
        workshop.create()?;
        let opened = match rings.is_empty() {
            false => Some(self.opened(workshop, &rings, shown)?),
            true => None,
        };
        let present = Present::of(&self.folder, opened.as_ref().map(Opened::key));
        if let (Some(opened), Some(present)) = (&opened, &present) {
            opened.may(&present.staff)?;
        }
        let building = Building::of(self, workshop, &choice, opened.as_ref(), present.as_ref())?;
        let mut brought = building.built(progress)?;
        let badge = opened.as_ref();
        let badge = badge.map(|opened| opened.badge.clone().at(&Entrance::of(workshop)));
        let desk = Desk::open(workshop, badge.as_ref(), self.seat.clone())?;
        let staff = super::answers::settings::staff(&desk.store().snapshot()?)?;
        if let (Some(opened), None) = (&opened, &present) {
            opened.may(&staff)?;
        }
        let common = self.left_out(&desk, present.as_ref(), opened.as_ref(), &mut brought)?;
        if let Some(opened) = &opened {
            let is_same_past = common.is_none_or(|common| common == brought.restored.head);
            brought.without_password = keys::fitted(workshop, opened, &staff, is_same_past)?;
        }
        note_restored(&desk, opened.as_ref(), &brought, &staff)?;
        let work = self.replacing(&desk, &brought)?;
        Ok((brought, work, opened))
    }

    /// Says what happens to what stands here.
    fn replacing(&self, desk: &Desk, brought: &BroughtBack) -> Result<Replacing, Stop> {
        let own = Backups::of(&self.folder.backups());
        // Copies of what is given up must not pass for the newest, nor damaged ones.
        let other = own.contradicting(desk.store(), &desk.making()?.store)?;
        let other = other.iter().map(|kept| &kept.path);
        let damaged = brought.passed_over.iter();
        let damaged = damaged.filter(|path| path.parent() == Some(&self.folder.backups()));
        let mut names: Vec<String> = other
            .chain(damaged)
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect();
        names.arrange();
        names.dedup();
        let aside = format!("replaced-{}", self.time());
        let goes_on = brought.restored.is_all_there();
        Ok(Replacing::into_folder(aside, goes_on, names))
    }

    /// Notes what was saved here and did not come back. Returns the last entry both hold, where
    /// what stands here can be read.
    fn left_out(
        &self,
        desk: &Desk,
        present: Option<&Present>,
        opened: Option<&Opened>,
        brought: &mut BroughtBack,
    ) -> Result<Option<u64>, Stop> {
        let Some(present) = present else {
            let with_tail = 0 < brought.restored.from_tail;
            if let Some(opened) = opened.filter(|_| !with_tail) {
                let tail = Tail::at(&self.folder.tail(), opened.key()).found()?;
                brought.left_out = LeftOut::of_tail(&tail, brought.restored.head);
            }
            return Ok(None);
        };
        let common = present.store.common_with(desk.store())?;
        // A damaged entry ends the list; the rest is told by what came back.
        brought.left_out = LeftOut::of_store(&present.store, common).unwrap_or_default();
        Ok(Some(common))
    }
}

impl BroughtBack {
    fn of(restored: Restored, copy: Option<PathBuf>) -> Self {
        Self {
            restored,
            copy,
            passed_over: Vec::new(),
            given_up: Vec::new(),
            is_given_up: false,
            left_out: None,
            without_password: Vec::new(),
            aside: None,
            copied: Copied::NotNeeded,
        }
    }
}

/// Notes in the store that was built that it was brought back, and by whom; under any clock, for
/// it is no entry the clock is compared with.
fn note_restored(
    desk: &Desk,
    opened: Option<&Opened>,
    brought: &BroughtBack,
    staff: &[Staff],
) -> Result<(), Stop> {
    let facts = brought.restored.facts.as_ref();
    let who = opened.and_then(|opened| opened.badge.staff());
    let is_on_staff = |id: &StaffId| staff.iter().any(|one| one.id == *id);
    let event = Event::CopyBroughtBack(CopyBroughtBack {
        head: brought.restored.head,
        copy: facts.map(|facts| CopyTaken {
            at: facts.at,
            head: facts.head,
        }),
        by: opened.map_or_else(String::new, |opened| opened.name.clone()),
        by_code: opened.is_some() && who.is_none(),
    });
    desk.store().write(|writing: &mut Writing<'_>| {
        let now = desk.now();
        let header = Header {
            at: now,
            day: desk.day_for(writing.clinic()?.as_ref(), now),
            user: who.filter(is_on_staff).unwrap_or(StaffId::PROGRAM),
            window: desk.window().to_owned(),
            request: format!("{CAUSE}:{now}:{}", desk.window()),
            cause: CAUSE.to_owned(),
        };
        writing.append(&header, vec![event])?;
        Ok(())
    })
}

/// The stable key of the entry that tells of it.
const CAUSE: &str = "restore";
