//! Building the store that is brought back: from the first copy that is whole and of the past that
//! goes on here, and from the tail behind it.

use std::path::{Path, PathBuf};

use super::{
    BroughtBack, Present, Reception,
    choosing::Choice,
    keys::{self, Opened},
};
use crate::{
    desk::Stop,
    domain::{failure::FailureKind, refusal::CopyRefusal},
    store::{
        Error, Folder, Progress, Store,
        backup::{self, Backups, Bringing, End, Found, Kept, Restored, Source, Tail},
    },
};

/// What a store is built with.
pub(super) struct Building<'b> {
    reception: &'b Reception,
    workshop: &'b Folder,
    choice: &'b Choice,
    opened: Option<&'b Opened>,
    own_id: Option<String>,
    /// The copies beside the data.
    own: Vec<Kept>,
    tail: Found,
}

/// Copies that were tried, and are not what came back.
#[derive(Default)]
struct Tried {
    passed_over: Vec<PathBuf>,
    given_up: Vec<PathBuf>,
    /// The first trouble; the one to tell where none is whole.
    trouble: Option<Stop>,
}

impl Tried {
    fn and(self, restored: Restored, copy: Option<PathBuf>) -> BroughtBack {
        BroughtBack {
            passed_over: self.passed_over,
            given_up: self.given_up,
            ..BroughtBack::of(restored, copy)
        }
    }
}

impl<'b> Building<'b> {
    pub fn of(
        reception: &'b Reception,
        workshop: &'b Folder,
        choice: &'b Choice,
        opened: Option<&'b Opened>,
        present: Option<&Present>,
    ) -> Result<Self, Stop> {
        let tail = match opened {
            Some(opened) => Tail::at(&reception.folder.tail(), opened.key()).found()?,
            None => Found::default(),
        };
        Ok(Self {
            reception,
            workshop,
            choice,
            opened,
            own_id: reception.own_id(present),
            own: Backups::of(&reception.folder.backups()).all(None)?,
            tail,
        })
    }

    /// Builds the store in the workshop.
    ///
    /// # Errors
    /// Refuses what is another clinic's, and where there is nothing; `Damaged` where nothing is
    /// whole; `Interrupted`; else as the disk says.
    pub fn built(&self, progress: &mut dyn FnMut(Progress) -> bool) -> Result<BroughtBack, Stop> {
        if let Some(folder) = self.choice.folder() {
            return self.other_folder(folder, progress);
        }
        let mut tried = Tried::default();
        for kept in self.choice.copies() {
            if self.is_ours(kept, &mut tried)?
                && let Some(restored) = self.tried(kept, &mut tried, progress)?
            {
                return Ok(tried.and(restored, Some(kept.path.clone())));
            }
        }
        self.last_resort(tried, progress)
    }

    fn other_folder(
        &self,
        folder: &Folder,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<BroughtBack, Stop> {
        let key = self.opened.map(Opened::key);
        let there = Present::of(folder, key);
        self.reception
            .is_of_this_clinic(folder, there.as_ref(), self.own_id.as_deref())?;
        drop(there);
        let other = Store::open_there(&folder.database(), key)?;
        let restored = self.bring(Source::Store(&other), None, Found::default(), progress)?;
        let root = folder.root().to_owned();
        Ok(Tried::default().and(restored, Some(root)))
    }

    /// Says whether a copy is of the clinic that stands here. One that was named and is not, is
    /// refused; others are left alone.
    fn is_ours(&self, kept: &Kept, tried: &mut Tried) -> Result<bool, Stop> {
        let is_sealed = self.opened.is_some();
        let found = self
            .reception
            .belongs(kept, self.own_id.as_deref(), is_sealed);
        match found {
            Ok(()) => Ok(true),
            Err(refusal) if self.choice.is_named() => Err(refusal.into()),
            Err(refusal @ CopyRefusal::Unproven { .. }) => {
                tried.trouble.get_or_insert(refusal.into());
                Ok(false)
            }
            Err(_) => Ok(false),
        }
    }

    /// Builds from a copy; nothing where it is damaged, or of a past that was given up.
    fn tried(
        &self,
        kept: &Kept,
        tried: &mut Tried,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Option<Restored>, Stop> {
        let holds = self.holds(kept);
        let tail = match self.choice.with_tail() {
            true => self.tail.clone(),
            false => Found::default(),
        };
        match self.bring(Source::Copy(&kept.path), holds.as_ref(), tail, progress) {
            Ok(restored) => Ok(Some(restored)),
            Err(Error::GivenUp { .. }) => {
                tried.given_up.push(kept.path.clone());
                Ok(None)
            }
            Err(error) if error.kind() == FailureKind::Damaged => {
                tried.passed_over.push(kept.path.clone());
                tried.trouble.get_or_insert(error.into());
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the entry by which a copy of another folder must show that it is of the past that
    /// goes on here: of those it holds, the last that a copy beside the data, or the tail, knows.
    fn holds(&self, kept: &Kept) -> Option<End> {
        if self.choice.is_named() || self.own.contains(kept) {
            return None;
        }
        let head = kept.facts.head;
        let known = self.own.iter();
        known
            .filter(|own| own.facts.store == kept.facts.store)
            .map(|own| own.facts.end())
            .filter(|end| end.seq <= head)
            .chain(self.tail.end_by(head))
            .max_by_key(|end| end.seq)
    }

    /// Builds where no copy is whole: from the tail alone, if it begins with the first entry, else
    /// from a copy of a past that was given up.
    fn last_resort(
        &self,
        mut tried: Tried,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<BroughtBack, Stop> {
        let trouble = tried.trouble.take().unwrap_or_else(|| self.none_found());
        if self.choice.is_named() {
            return Err(trouble);
        }
        let from_first = self.tail.base == 0 && self.tail.entries.contains_key(&1);
        let copy = tried.given_up.first().filter(|_| !from_first).cloned();
        let from = match copy.as_deref() {
            Some(path) => Source::Copy(path),
            None if from_first => Source::Nothing,
            None => return Err(trouble),
        };
        let restored = self.bring(from, None, self.tail.clone(), progress)?;
        let is_given_up = copy.is_some();
        Ok(BroughtBack {
            is_given_up,
            ..tried.and(restored, copy)
        })
    }

    fn none_found(&self) -> Stop {
        let places = self.choice.places().iter();
        let places = places.map(|place| place.display().to_string()).collect();
        CopyRefusal::NoneFound { places }.into()
    }

    /// Builds a store in the emptied workshop.
    fn bring(
        &self,
        from: Source<'_>,
        holds: Option<&End>,
        tail: Found,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Restored, Error> {
        keys::put(self.workshop, self.opened)?;
        let into: &Path = &self.workshop.database();
        let bringing = Bringing {
            into,
            key: self.opened.map(Opened::key),
            from,
            tail,
            holds,
        };
        backup::build(bringing, progress)
    }
}
