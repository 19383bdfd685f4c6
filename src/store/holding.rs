//! Who has the store of a folder open: every open desk holds a lock together with the others, and
//! whoever puts another store in its place holds it alone. So nothing is saved into a store that
//! is being put aside.

use std::{fs::File, io, path::Path, time::Duration};

use super::{Error, Folder, files, lock::Locked};

/// The file everybody holds.
const LOCK: &str = "open.lock";
/// How long a desk waits for whoever is just putting a store in place.
const PATIENCE: Duration = Duration::from_secs(1);

/// A hold on a folder; it ends when dropped.
#[derive(Debug)]
pub struct Hold {
    _lock: Locked,
}

impl Folder {
    /// Holds here with others who have the store open, until the result is dropped. Whoever may
    /// only read here holds by the file others made. Nothing where there is none they may open,
    /// or the file system knows no locks: a store put in place here is renamed, so they go on
    /// reading the one they opened, and change nothing.
    ///
    /// # Errors
    /// `Busy` while another process brings a store back here; else as the disk says.
    pub fn hold_open(&self) -> Result<Option<Hold>, Error> {
        let path = self.root().join(LOCK);
        let file = match files::kept(&path) {
            Ok(file) => file,
            Err(cause) if is_closed(cause.kind()) => return held_by_reading(self.root()),
            Err(cause) => return Err(Error::file(path)(cause)),
        };
        let lock = Locked::shared(file, PATIENCE).map_err(Error::lock(path))?;
        Ok(Some(Hold { _lock: lock }))
    }

    /// Holds the folder alone, until the result is dropped.
    ///
    /// # Errors
    /// `Busy` where others have the store open for longer than `patience`; else as the disk says.
    pub fn hold_alone(&self, patience: Duration) -> Result<Hold, Error> {
        let path = self.root().join(LOCK);
        let lock = Locked::at(&path, patience).map_err(Error::lock(path))?;
        Ok(Hold { _lock: lock })
    }
}

/// Holds by the file that others made, where this user may read it and the file system lets them.
fn held_by_reading(root: &Path) -> Result<Option<Hold>, Error> {
    let Ok(file) = File::open(root.join(LOCK)) else {
        return Ok(None);
    };
    match Locked::shared(file, PATIENCE) {
        Ok(lock) => Ok(Some(Hold { _lock: lock })),
        Err(cause) if cause.kind() == io::ErrorKind::WouldBlock => Err(Error::Busy),
        Err(_) => Ok(None),
    }
}

/// Where there is no folder, no right to write or no room, opening the store tells it.
fn is_closed(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{
        NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull,
    };
    let closed = [
        NotADirectory,
        NotFound,
        PermissionDenied,
        ReadOnlyFilesystem,
        StorageFull,
    ];
    closed.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_hold_it_together_and_one_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        let (one, other) = (folder.hold_open().unwrap(), folder.hold_open().unwrap());
        assert!(one.is_some());
        let busy = folder.hold_alone(Duration::ZERO);
        assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
        drop((one, other));
        let alone = folder.hold_alone(Duration::ZERO).unwrap();
        let busy = folder.hold_open();
        assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
        drop(alone);
        assert!(folder.hold_open().unwrap().is_some());
    }

    #[test]
    fn whoever_may_only_read_holds_by_the_file_of_others() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        assert!(matches!(held_by_reading(place.path()), Ok(None)));
        drop(folder.hold_open().unwrap());
        let held = held_by_reading(place.path()).unwrap();
        assert!(held.is_some());
        let busy = folder.hold_alone(Duration::ZERO);
        assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
        drop(held);
        let alone = folder.hold_alone(Duration::ZERO).unwrap();
        let busy = held_by_reading(place.path());
        assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
        drop(alone);
    }

    #[test]
    fn where_there_is_no_folder_nobody_holds_it_and_none_is_made() {
        let place = tempfile::tempdir().unwrap();
        let gone = place.path().join("gone");
        assert!(Folder::at(&gone).hold_open().unwrap().is_none());
        assert!(!gone.exists());
    }
}
