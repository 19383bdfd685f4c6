//! Bringing copies back: the one that was named, or the newest that is whole, and the entries since
//! from the tail. What stands in the folder is put aside whole, never removed.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Desk, Reception, Stop, Windows,
    entrance::{self, Badge, Entrance, Password},
};
use crate::{
    domain::{
        clock::Moment,
        event::{Event, clinic::CopyBroughtBack},
        failure::FailureKind,
        id::StaffId,
        refusal::AccountRefusal,
    },
    store::{
        Error, Folder, Replacing,
        backup::{self, Backups, Bringing, Facts, Found, Kept, Restored, Tail},
        seal::{DataKey, KeyRing, RingError},
    },
};

pub use crate::store::backup::Loose;

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
    /// The newest copy in these folders that is whole, with the entries since; where there is none
    /// the tail alone, if it begins with the first entry.
    Newest { folders: &'w [PathBuf] },
}

/// A copy was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtBack {
    pub restored: Restored,
    /// The copy; none where the tail alone was whole.
    pub copy: Option<PathBuf>,
    /// Newer copies that are damaged.
    pub passed_over: Vec<PathBuf>,
    /// Where the store that stood here is now.
    pub aside: Option<PathBuf>,
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
        let copies = candidates(folders)?;
        Ok(copies.into_iter().next().map(|kept| {
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
    /// As the disk says, also where it is no copy.
    pub fn needs_password(&self, wanted: Wanted<'_>) -> Result<bool, Stop> {
        match wanted {
            Wanted::Copy { path, .. } => {
                let is_sealed = backup::head(path)?.keys.is_some();
                Ok(is_sealed || self.folder.keys().exists())
            }
            Wanted::Newest { folders } => {
                let copies = candidates(folders)?;
                let is_sealed = copies.first().is_some_and(|kept| kept.facts.keys.is_some());
                Ok(is_sealed || self.folder.keys().exists())
            }
        }
    }

    /// Brings a copy back. The store that stands here is put aside whole, never removed.
    ///
    /// # Errors
    /// `Busy` while a window is open here; `Missing` where there is nothing to bring back; refuses
    /// a wrong password of the copy's keys; `Damaged` where no copy is whole; `Interrupted`; else
    /// as the disk says. What stands here stays then.
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
        let workshop = self.folder.restoring();
        let built = self.built(&workshop, wanted, shown, progress);
        let made = built.and_then(|brought| Ok((self.replacing(&brought)?, brought)));
        if made.is_err() {
            // What was built so far is of no use; the first trouble is the one to tell.
            let _ = workshop.remove();
        }
        let (work, mut brought) = made?;
        brought.aside = self.folder.replace(work)?;
        Ok(brought)
    }

    /// Says what happens to what stands here.
    fn replacing(&self, brought: &BroughtBack) -> Result<Replacing, Stop> {
        let restored = &brought.restored;
        let own = Backups::of(&self.folder.backups());
        let copies = match &restored.facts {
            // Copies of what is given up must not pass for the newest, nor damaged ones.
            Some(facts) => own.given_up(facts, restored.head, &brought.passed_over)?,
            None => Vec::new(),
        };
        let aside = format!("replaced-{}", self.time());
        Ok(Replacing::into_folder(
            aside,
            restored.is_all_there(),
            copies,
        ))
    }

    fn built(
        &self,
        workshop: &Folder,
        wanted: Wanted<'_>,
        shown: Option<Shown<'_>>,
        progress: &mut dyn FnMut(crate::store::Progress) -> bool,
    ) -> Result<BroughtBack, Stop> {
        let (copies, with_tail) = match wanted {
            Wanted::Copy { path, tail } => (vec![named(path)?], tail),
            Wanted::Newest { folders } => (candidates(folders)?, true),
        };
        let rings = self.rings(&copies);
        workshop.remove()?;
        workshop.create()?;
        let opened = match rings.is_empty() {
            false => Some(self.opened(workshop, &rings, shown)?),
            true => None,
        };
        let mut passed_over = Vec::new();
        let mut trouble = None;
        for kept in &copies {
            let key = opened.as_ref().map(|opened| opened.badge.key());
            opened_in(workshop, opened.as_ref())?;
            match self.bring(workshop, Some(&kept.path), key, with_tail, progress) {
                Ok(restored) => {
                    self.note_restored(workshop, opened.as_ref(), restored.head)?;
                    return Ok(BroughtBack {
                        restored,
                        copy: Some(kept.path.clone()),
                        passed_over,
                        aside: None,
                    });
                }
                Err(error) if error.kind() == FailureKind::Damaged => {
                    passed_over.push(kept.path.clone());
                    trouble.get_or_insert(error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let missing = || Error::Missing(self.folder.backups());
        let Some(opened) = opened.filter(|_| !matches!(wanted, Wanted::Copy { .. })) else {
            return Err(trouble.unwrap_or_else(missing).into());
        };
        self.tail_alone(workshop, &opened, progress)?
            .map(|restored| BroughtBack {
                restored,
                copy: None,
                passed_over,
                aside: None,
            })
            .ok_or_else(|| trouble.unwrap_or_else(missing).into())
    }

    /// Builds from the tail alone; nothing where it does not begin with the first entry.
    fn tail_alone(
        &self,
        workshop: &Folder,
        opened: &Opened,
        progress: &mut dyn FnMut(crate::store::Progress) -> bool,
    ) -> Result<Option<Restored>, Stop> {
        opened_in(workshop, Some(opened))?;
        let key = opened.badge.key();
        let found = Tail::at(&self.folder.tail(), key).found()?;
        if found.base != 0 || !found.entries.contains_key(&1) {
            return Ok(None);
        }
        let restored = self.bring(workshop, None, Some(key), true, progress)?;
        self.note_restored(workshop, Some(opened), restored.head)?;
        Ok(Some(restored))
    }

    /// Notes in the store that was built that it was brought back, and by whom.
    fn note_restored(
        &self,
        workshop: &Folder,
        opened: Option<&Opened>,
        head: u64,
    ) -> Result<(), Stop> {
        let badge = opened.map(|opened| opened.badge.clone().at(&Entrance::of(workshop)));
        let desk = Desk::open(workshop, badge.as_ref(), self.seat.clone())?;
        desk.note(Event::CopyBroughtBack(CopyBroughtBack { head }), "restore")
    }

    fn bring(
        &self,
        workshop: &Folder,
        copy: Option<&Path>,
        key: Option<&DataKey>,
        with_tail: bool,
        progress: &mut dyn FnMut(crate::store::Progress) -> bool,
    ) -> Result<Restored, Error> {
        let tail = match key {
            Some(key) if with_tail => Tail::at(&self.folder.tail(), key).found()?,
            _ => Found::default(),
        };
        let bringing = Bringing {
            into: &workshop.database(),
            key,
            copy,
            tail,
        };
        backup::build(bringing, progress)
    }

    /// Returns the rings that may open these copies: the one that stands here first, for it knows
    /// the latest passwords, then those in the copies. Copies of before the data were sealed are
    /// brought back under the ring that stands here.
    fn rings(&self, copies: &[Kept]) -> Vec<String> {
        let mut rings = Vec::new();
        let own = self.folder.keys();
        if own.exists()
            && let Ok(text) = own.text()
        {
            let of_copies = copies.iter().find_map(|kept| kept.facts.keys.as_deref());
            if of_copies.is_none_or(|keys| KeyRing::same_store(&text, keys)) {
                rings.push(text);
            }
        }
        let in_copies = copies.iter().filter_map(|kept| kept.facts.keys.clone());
        for text in in_copies {
            if !rings.contains(&text) {
                rings.push(text);
            }
        }
        rings
    }

    /// Opens the first of these rings that does, as one attempt at the door. A password opens the
    /// ring that stands here alone: whoever's was taken away, or was changed, has none in copies
    /// of before. The recovery code opens every ring it was made for.
    fn opened(
        &self,
        workshop: &Folder,
        rings: &[String],
        shown: Option<Shown<'_>>,
    ) -> Result<Opened, Stop> {
        let shown = shown.ok_or(AccountRefusal::NoPassword)?;
        let own = self.folder.keys().text().ok();
        let stands = rings.first().filter(|first| own.as_ref() == Some(*first));
        let rings = match (shown, stands) {
            (Shown::Password { .. }, Some(own)) => std::slice::from_ref(own),
            (Shown::Password { .. }, None) | (Shown::Code(_), _) => rings,
        };
        let staff = match shown {
            Shown::Password { name, .. } => KeyRing::known(rings, name),
            Shown::Code(_) => None,
        };
        let mut text = String::new();
        let (window, now) = (&self.seat.window, self.time());
        let door = Entrance::of(&self.folder);
        let badge = door.tried_with(staff, window, now, || {
            let mut first = None;
            for one in rings {
                match entered(workshop, one, shown) {
                    Ok(found) => {
                        text.clone_from(one);
                        return Ok(found);
                    }
                    Err(
                        error @ (RingError::Wrong | RingError::WrongCode | RingError::Nobody(_)),
                    ) => {
                        first.get_or_insert(error);
                    }
                    Err(error) => return Err(error),
                }
            }
            Err(first.unwrap_or(RingError::Wrong))
        })?;
        Ok(Opened { text, badge })
    }
}

/// A ring that was opened.
struct Opened {
    text: String,
    badge: Badge,
}

/// Returns the copies in these folders of the store whose copy was made last, those that hold
/// most first.
fn candidates(folders: &[PathBuf]) -> Result<Vec<Kept>, Error> {
    let mut all = Vec::new();
    for folder in folders {
        all.extend(Backups::of(folder).all(None)?);
    }
    let last = all.iter().max_by_key(|kept| kept.facts.at);
    let store = last.map(|kept| kept.facts.store.clone());
    all.retain(|kept| Some(&kept.facts.store) == store.as_ref());
    all.sort_by_key(|kept| std::cmp::Reverse((kept.facts.head, kept.facts.at)));
    Ok(all)
}

fn named(path: &Path) -> Result<Kept, Error> {
    let facts: Facts = backup::head(path)?;
    let path = path.to_owned();
    Ok(Kept { path, facts })
}

/// Empties the workshop, and puts the ring there that was opened.
fn opened_in(workshop: &Folder, opened: Option<&Opened>) -> Result<(), Stop> {
    workshop.remove()?;
    workshop.create()?;
    match opened {
        Some(opened) => {
            let put = workshop.keys().restore(&opened.text);
            put.map_err(entrance::stop)
        }
        None => Ok(()),
    }
}

/// Tries what was shown at a ring.
fn entered(
    workshop: &Folder,
    text: &str,
    shown: Shown<'_>,
) -> Result<(Option<StaffId>, DataKey), RingError> {
    let ring = workshop.keys();
    ring.restore(text)?;
    match shown {
        Shown::Password { name, password } => {
            let (staff, key) = ring.open(name, password)?;
            Ok((Some(staff), key))
        }
        Shown::Code(code) => Ok((None, ring.recover(code)?)),
    }
}
