//! The data folder: where each file of a store lies, and who may read it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Error, files, seal::KeyRing};

/// A data folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Names the folder at `root`; nothing is created yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Creates what is missing, readable by the owner only.
    pub fn create(&self) -> Result<(), Error> {
        for folder in [
            self.root.clone(),
            self.drafts(),
            self.windows(),
            self.log(),
            self.backups(),
        ] {
            fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
            files::close_to_others(&folder).map_err(Error::file(&folder))?;
        }
        Ok(())
    }

    /// Returns the folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the database file.
    pub fn database(&self) -> PathBuf {
        self.root.join("clinic.redb")
    }

    /// Returns the file of keys; a store without one lies plain.
    pub fn keys(&self) -> KeyRing {
        KeyRing::of(&self.root)
    }

    /// Returns the folder of forms in progress.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// Returns the folder of copies.
    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// Returns the file of the entries since the last copy.
    pub fn tail(&self) -> PathBuf {
        self.backups().join("tail")
    }

    /// Returns the folder of window locks.
    pub fn windows(&self) -> PathBuf {
        self.root.join("windows")
    }

    /// Returns the folder of logs.
    pub fn log(&self) -> PathBuf {
        self.root.join("log")
    }

    /// Returns whether a store stands here.
    pub fn has_store(&self) -> bool {
        self.database().exists()
    }

    /// Returns the folder in which a store of this folder is built before it takes its place.
    #[must_use]
    pub fn workshop(&self, name: &str) -> Self {
        Self::at(self.root.join(format!("building-{name}")))
    }

    /// Removes this folder with everything in it; a folder that is not there is fine.
    pub fn remove(&self) -> Result<(), Error> {
        match fs::remove_dir_all(&self.root) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(Error::file(&self.root)(cause))
            }
            _ => Ok(()),
        }
    }

    /// Removes the store and the forms in progress, which belong to it.
    pub fn clear(&self) -> Result<(), Error> {
        let drafts = Self::at(self.drafts());
        let database = self.database();
        match fs::remove_file(&database) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(Error::file(&database)(cause));
            }
            _ => drafts.remove()?,
        }
        self.create()
    }

    /// Puts the store built in `workshop` here, its keys first, and removes the workshop.
    ///
    /// # Errors
    /// `File` where a store stands here by now: it stays, and the workshop too; else as the disk
    /// says.
    pub fn take(&self, workshop: &Self) -> Result<(), Error> {
        let database = self.database();
        if self.has_store() {
            let there = io::ErrorKind::AlreadyExists;
            return Err(Error::file(database)(there.into()));
        }
        if workshop.keys().exists() {
            let keys = self.keys();
            fs::rename(workshop.keys().path(), keys.path()).map_err(Error::file(keys.path()))?;
        }
        fs::rename(workshop.database(), &database)
            .and_then(|()| files::settled(&database))
            .map_err(Error::file(&database))?;
        workshop.remove()
    }

    /// Returns what others than the owner may read or enter: the folder, those in it, and the
    /// files that tell of residents or open them. Nothing where the system knows no owners.
    pub fn open_to_others(&self) -> Vec<PathBuf> {
        let inside = [self.drafts(), self.backups(), self.windows(), self.log()];
        let files = inside.iter().flat_map(|folder| files_in(folder));
        let own = files_in(&self.root).into_iter().filter(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("clinic.") || name.starts_with("keys.")
        });
        let mut all = vec![self.root.clone()];
        all.extend(inside.iter().cloned());
        all.extend(own);
        all.extend(files);
        all.retain(|path| is_open_to_others(path));
        all
    }
}

/// Makes a folder of the data folder where it is missing, but not the data folder itself: data
/// that were carried away are not begun anew.
pub(super) fn make_folder(folder: &Path) -> Result<(), Error> {
    files::make_folder(folder).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Error::Gone(folder.to_owned()),
        _ => Error::file(folder)(cause),
    })
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.map(|entry| entry.path()).collect()
}

#[cfg(unix)]
fn is_open_to_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(folder).is_ok_and(|folder| folder.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_folder: &Path) -> bool {
    false
}
