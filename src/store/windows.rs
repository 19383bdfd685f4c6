//! Who is here: each window holds a lock on a file of its own; a file whose
//! lock can be had belongs to a window that has gone.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Write},
    path::PathBuf,
};

use super::{Error, Folder, files};

/// This window's presence; it ends when dropped.
#[derive(Debug)]
pub struct Presence {
    path: PathBuf,
    _lock: File,
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

    /// Announces the window `id`, used by `name`.
    pub fn enter(&self, id: &str, name: &str) -> Result<Presence, Error> {
        let path = self.folder.join(id);
        let mut file = files::for_owner()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::file(&path))?;
        file.lock().map_err(Error::file(&path))?;
        file.set_len(0).map_err(Error::file(&path))?;
        file.write_all(name.as_bytes())
            .map_err(Error::file(&path))?;
        Ok(Presence { path, _lock: file })
    }

    /// Returns the ids and users of all windows that are open now, this one included.
    pub fn here(&self) -> Result<Vec<(String, String)>, Error> {
        let mut here = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                let mut name = String::new();
                let _ = file.read_to_string(&mut name);
                let id = path.file_name().map(|id| id.to_string_lossy().into_owned());
                here.push((id.unwrap_or_default(), name));
            }
        }
        here.sort();
        Ok(here)
    }

    /// Returns whether the window `id` is still open.
    pub fn is_open(&self, id: &str) -> bool {
        let path = self.folder.join(id);
        let file = OpenOptions::new().read(true).write(true).open(path);
        file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }
}
