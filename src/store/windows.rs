//! Who is here: each window holds a lock on a file of its own; a file whose
//! lock can be had belongs to a window that has gone.

use std::{
    fs::{self, OpenOptions},
    io::{Read, Write},
    path::PathBuf,
    time::{Duration, SystemTime},
};

use super::{
    Error, Folder, files,
    lock::{Locked, is_held},
};
use crate::domain::order::Arrange as _;

/// Whoever is just coming has made a file and not locked it yet: one so old is nobody's.
const OLD: Duration = Duration::from_mins(1);

/// This window's presence; it ends when dropped.
#[derive(Debug)]
pub struct Presence {
    path: PathBuf,
    _lock: Locked,
}

impl Drop for Presence {
    fn drop(&mut self) {
        // A file left behind is harmless: its lock is free.
        let _ = fs::remove_file(&self.path);
    }
}

/// The windows of a store.
#[derive(Debug, Clone)]
pub struct Windows {
    folder: PathBuf,
}

impl Windows {
    /// The windows of the store in `folder`.
    pub fn of(folder: &Folder) -> Self {
        Self {
            folder: folder.windows(),
        }
    }

    /// Announces the window `id`, used by `name`; what windows that were killed left goes.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn enter(&self, id: &str, name: &str) -> Result<Presence, Error> {
        self.clear();
        let path = self.folder.join(id);
        let file = files::for_owner()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .and_then(Locked::waiting);
        let mut file = file.map_err(Error::file(&path))?;
        file.set_len(0).map_err(Error::file(&path))?;
        file.write_all(name.as_bytes())
            .map_err(Error::file(&path))?;
        Ok(Presence { path, _lock: file })
    }

    /// Removes the files of windows that have gone without doing so: each would be looked at for
    /// ever. Where that cannot be done they are harmless.
    fn clear(&self) {
        let left = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in left {
            let since = entry.metadata().and_then(|about| about.modified());
            let is_old = since.is_ok_and(|since| since.elapsed().is_ok_and(|ago| OLD <= ago));
            let path = entry.path();
            if is_old
                && let Ok(file) = OpenOptions::new().read(true).write(true).open(&path)
                && Locked::alone(file, Duration::ZERO).is_ok()
            {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Returns the ids and users of all windows that are open now, this one included.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn here(&self) -> Result<Vec<(String, String)>, Error> {
        let mut here = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            if is_held(&file) {
                let mut name = String::new();
                let _ = file.read_to_string(&mut name);
                let id = path.file_name().map(|id| id.to_string_lossy().into_owned());
                here.push((id.unwrap_or_default(), name));
            }
        }
        here.arrange();
        Ok(here)
    }

    /// Begins to watch who comes and goes.
    pub fn comings(&self) -> Comings {
        Comings {
            windows: self.clone(),
            changed: None,
            here: 0,
            quiet: 0,
        }
    }

    /// Returns whether the window `id` is still open.
    pub fn is_open(&self, id: &str) -> bool {
        let path = self.folder.join(id);
        let file = OpenOptions::new().read(true).write(true).open(path);
        file.is_ok_and(|file| is_held(&file))
    }
}

/// Who comes and goes, told for next to nothing while nobody does.
#[derive(Debug)]
pub struct Comings {
    windows: Windows,
    /// When somebody last came or went.
    changed: Option<SystemTime>,
    here: usize,
    /// How often nobody did.
    quiet: u32,
}

impl Comings {
    /// So often the folder's time is believed: a window that was killed leaves its file, and two
    /// that come within one tick of the clock leave one time.
    const BELIEVED: u32 = 10;

    /// Returns how many windows are open; nothing where that cannot be told.
    pub fn here(&mut self) -> Option<usize> {
        let folder = fs::metadata(&self.windows.folder).ok()?;
        let changed = folder.modified().ok();
        self.quiet += 1;
        if changed.is_none() || changed != self.changed || Self::BELIEVED <= self.quiet {
            self.here = self.windows.here().ok()?.len();
            self.changed = changed;
            self.quiet = 0;
        }
        Some(self.here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_goes_or_is_killed_is_counted() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        fs::create_dir(folder.windows()).unwrap();
        let windows = Windows::of(&folder);
        let mut comings = windows.comings();
        let soon = |comings: &mut Comings, wanted| {
            (0..=Comings::BELIEVED).any(|_| comings.here() == Some(wanted))
        };
        assert_eq!(comings.here(), Some(0));
        let first = windows.enter("a", "王建国").unwrap();
        assert!(soon(&mut comings, 1));
        let second = windows.enter("b", "李梅").unwrap();
        assert!(soon(&mut comings, 2));
        drop(second);
        assert!(soon(&mut comings, 1));
        // As a kill leaves it: the file is there, its lock is not.
        let killed = fs::File::create(folder.windows().join("c")).unwrap();
        killed.lock().unwrap();
        assert!(soon(&mut comings, 2));
        drop(killed);
        assert!(soon(&mut comings, 1));
        drop(first);
        assert!(soon(&mut comings, 0));
    }

    #[test]
    fn what_windows_left_that_were_killed_goes_when_somebody_comes() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        fs::create_dir(folder.windows()).unwrap();
        let windows = Windows::of(&folder);
        let file = |id: &str, age: Duration| {
            let file = fs::File::create(folder.windows().join(id)).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
            file
        };
        drop(file("killed", 2 * OLD));
        drop(file("coming", Duration::ZERO));
        let here = file("here", 2 * OLD);
        here.lock().unwrap();
        let ours = windows.enter("ours", "王建国").unwrap();
        let names = || {
            let names = fs::read_dir(folder.windows()).unwrap().flatten();
            let names = names.map(|entry| entry.file_name().into_string().unwrap());
            names.collect::<std::collections::BTreeSet<String>>()
        };
        let stay = ["coming", "here", "ours"].map(str::to_owned);
        assert_eq!(names(), stay.into_iter().collect());
        let open = windows.here().unwrap();
        assert_eq!(open.len(), 2, "{open:?}");
        drop(ours);
    }
}
