//! Which copies may be brought back, in which order; another clinic's never is by itself.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use super::{Present, Reception, Stop, Wanted};
use crate::domain::order::Arrange as _;
use crate::{
    domain::refusal::CopyRefusal,
    store::{
        Error, Folder,
        backup::{self, Backups, Kept},
        seal::KeyRing,
    },
};

/// What was chosen.
pub(super) struct Choice {
    copies: Vec<Kept>,
    folder: Option<Folder>,
    /// Where copies were looked for; nowhere where one was named.
    places: Vec<PathBuf>,
    tail: bool,
}

impl Choice {
    /// Returns the copies to try, the best first.
    pub fn copies(&self) -> &[Kept] {
        &self.copies
    }

    /// Returns the folder whose data are wanted instead.
    pub const fn folder(&self) -> Option<&Folder> {
        self.folder.as_ref()
    }

    pub fn places(&self) -> &[PathBuf] {
        &self.places
    }

    pub const fn with_tail(&self) -> bool {
        self.tail
    }

    /// Says whether somebody named this one.
    pub fn is_named(&self) -> bool {
        self.places.is_empty()
    }

    /// Says whether keys come with any of it.
    pub fn is_sealed(&self) -> bool {
        let mut copies = self.copies.iter();
        copies.any(|kept| kept.facts.keys.is_some())
            || self
                .folder
                .as_ref()
                .is_some_and(|folder| folder.keys().exists())
    }
}

/// Says whether two paths lead to one folder.
fn is_same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| path.canonicalize().ok();
    place(one).is_some_and(|one| place(other) == Some(one))
}

impl Reception {
    /// Returns what may be brought back.
    ///
    /// # Errors
    /// Refuses where nothing of that name is there, or it is no copy; where copies of several
    /// clinics lie in the folders and nothing stands here that tells which; as the disk says.
    pub(super) fn choice(&self, wanted: Wanted<'_>) -> Result<Choice, Stop> {
        let named = Choice {
            copies: Vec::new(),
            folder: None,
            places: Vec::new(),
            tail: true,
        };
        match wanted {
            Wanted::Copy { path, tail } => Ok(Choice {
                copies: vec![kept(path)?],
                tail,
                ..named
            }),
            Wanted::Folder { path } => {
                let folder = Folder::at(path);
                if !folder.has_store() {
                    let path = path.display().to_string();
                    return Err(CopyRefusal::NoCopy { path }.into());
                }
                if is_same(folder.root(), self.folder.root()) {
                    let path = path.display().to_string();
                    return Err(CopyRefusal::InUse { path }.into());
                }
                Ok(Choice {
                    folder: Some(folder),
                    ..named
                })
            }
            Wanted::Newest { folders } => {
                let copies = candidates(folders)?;
                if !self.stands() {
                    of_one_clinic(&copies)?;
                }
                Ok(Choice {
                    copies,
                    places: folders.to_vec(),
                    ..named
                })
            }
        }
    }

    /// Says whether a store, or what is left of one, stands here.
    fn stands(&self) -> bool {
        self.folder.has_store() || self.folder.keys().exists()
    }

    /// Returns the identity of the store that stands here: as it says itself, else as copies under
    /// its keys say.
    pub(super) fn own_id(&self, present: Option<&Present>) -> Option<String> {
        if let Some(present) = present {
            return Some(present.id.clone());
        }
        let own = self.folder.keys().text().ok()?;
        let copies = Backups::of(&self.folder.backups()).all(None).ok()?;
        let of_own = copies.into_iter().find(|kept| {
            let keys = kept.facts.keys.as_deref();
            keys.is_some_and(|keys| KeyRing::same_store(keys, &own))
        });
        of_own.map(|kept| kept.facts.store)
    }

    /// Refuses a copy of another clinic than the one that stands here. Where one stands that
    /// cannot be read, its keys tell; a copy that lies plain is sealed under them, so it must be
    /// known to be its own.
    pub(super) fn belongs(
        &self,
        kept: &Kept,
        own_id: Option<&str>,
        is_sealed: bool,
    ) -> Result<(), CopyRefusal> {
        if !self.stands() {
            return Ok(());
        }
        let path = kept.path.display().to_string();
        let data = self.folder.root().display().to_string();
        let own = self.folder.keys().text().ok();
        match (own_id, &kept.facts.keys, own) {
            (Some(id), _, _) if id == kept.facts.store => Ok(()),
            (Some(_), _, _) => Err(CopyRefusal::OtherClinic { path, data }),
            (None, Some(keys), Some(own)) if !KeyRing::same_store(keys, &own) => {
                Err(CopyRefusal::OtherClinic { path, data })
            }
            (None, None, Some(_)) if is_sealed => Err(CopyRefusal::Unproven { path, data }),
            (None, _, _) => Ok(()),
        }
    }

    /// Refuses another folder's data where they are another clinic's.
    pub(super) fn is_of_this_clinic(
        &self,
        folder: &Folder,
        there: Option<&Present>,
        own_id: Option<&str>,
    ) -> Result<(), Stop> {
        let path = folder.root().display().to_string();
        let Some(there) = there else {
            return Err(CopyRefusal::NoCopy { path }.into());
        };
        let keys = |folder: &Folder| folder.keys().text().ok();
        let is_other = match own_id {
            Some(own) => own != there.id,
            // What cannot be read is told by its keys.
            None => keys(&self.folder)
                .zip(keys(folder))
                .is_some_and(|(own, theirs)| !KeyRing::same_store(&own, &theirs)),
        };
        match is_other {
            true => {
                let data = self.folder.root().display().to_string();
                Err(CopyRefusal::OtherClinic { path, data }.into())
            }
            false => Ok(()),
        }
    }
}

/// Returns the copies in these folders, those that hold most first.
///
/// # Errors
/// As the disk says.
pub(super) fn candidates(folders: &[PathBuf]) -> Result<Vec<Kept>, Error> {
    let mut all = Vec::new();
    for folder in folders {
        all.extend(Backups::of(folder).all(None)?);
    }
    // Of two that are the same the one of the earlier folder is taken.
    all.arrange_by_key(|kept| std::cmp::Reverse((kept.facts.head, kept.facts.at)));
    Ok(all)
}

/// Refuses copies of several clinics.
fn of_one_clinic(copies: &[Kept]) -> Result<(), CopyRefusal> {
    let mut newest: BTreeMap<&str, &Path> = BTreeMap::new();
    for kept in copies {
        newest.entry(&kept.facts.store).or_insert(&kept.path);
    }
    if newest.len() < 2 {
        return Ok(());
    }
    let paths = newest.values().map(|path| path.display().to_string());
    Err(CopyRefusal::SeveralClinics {
        paths: paths.collect(),
    })
}

/// Reads the head of the copy that was named.
fn kept(path: &Path) -> Result<Kept, Stop> {
    use io::ErrorKind::{InvalidData, InvalidInput, NotADirectory, NotFound, UnexpectedEof};
    let told = |error| match &error {
        Error::File { cause, .. } => {
            let path = path.display().to_string();
            match cause.kind() {
                NotFound | NotADirectory => CopyRefusal::NoFile { path }.into(),
                InvalidData | InvalidInput | UnexpectedEof => CopyRefusal::NoCopy { path }.into(),
                _ => Stop::from(error),
            }
        }
        _ => Stop::from(error),
    };
    let facts = backup::head(path).map_err(told)?;
    let path = path.to_owned();
    Ok(Kept { path, facts })
}
