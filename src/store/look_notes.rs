//! Who looked where nothing can be changed: noted beside the store, each note sealed, until a
//! window that writes takes them over into the journal.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
    time::Duration,
};

use super::{
    Error, Folder, files,
    folder::make_folder,
    lock::Locked,
    named,
    seal::{DataKey, Purpose, Seal},
};
use crate::domain::looking::Look;

/// What each note is sealed for.
const PLACE: &[u8] = b"looks";

/// The looks noted beside a store.
#[derive(Debug)]
pub struct LookNotes {
    path: PathBuf,
    seal: Seal,
}

/// The looks, held so that no other process takes them over meanwhile.
#[derive(Debug)]
pub struct HeldLooks {
    path: PathBuf,
    file: Locked,
    looks: Vec<Look>,
}

impl LookNotes {
    /// The looks at the store in `folder`, sealed with its key.
    pub fn of(folder: &Folder, key: &DataKey) -> Self {
        Self {
            path: folder.log().join("looks"),
            seal: Seal::of(key, Purpose::Looks),
        }
    }

    /// Notes looks; they are on the disk when this returns.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn note(&self, looks: &[Look]) -> Result<(), Error> {
        let broken = |cause: rmp_serde::encode::Error| Error::Broken(cause.to_string());
        let plain = rmp_serde::to_vec_named(looks).map_err(broken)?;
        let sealed = self.seal.seal(PLACE, &plain)?;
        let length = u32::try_from(sealed.len()).map_err(|_| Error::Broken("looks".to_owned()))?;
        if let Some(folder) = self.path.parent() {
            make_folder(folder)?;
        }
        let note = [length.to_le_bytes().as_slice(), &sealed].concat();
        let written = files::for_owner()
            .create(true)
            // Where it is opened for appending alone some systems lock nothing.
            .read(true)
            .append(true)
            .open(&self.path)
            .and_then(|file| {
                let mut file = Locked::waiting(file)?;
                file.write_all(&note)?;
                file.sync_data()
            });
        written.map_err(Error::file(&self.path))
    }

    /// Holds what was noted; nothing where nothing was, or another process holds it.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn hold(&self) -> Result<Option<HeldLooks>, Error> {
        if !fs::metadata(&self.path).is_ok_and(|file| 0 < file.len()) {
            return Ok(None);
        }
        let opened = OpenOptions::new().read(true).write(true).open(&self.path);
        let file = opened.and_then(|file| Locked::alone(file, Duration::ZERO));
        let mut file = match file {
            Err(cause) if cause.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            other => other.map_err(Error::file(&self.path))?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(Error::file(&self.path))?;
        Ok(Some(HeldLooks {
            looks: self.read(&bytes),
            path: self.path.clone(),
            file,
        }))
    }

    /// A note torn by a power cut, or altered, is none.
    fn read(&self, mut bytes: &[u8]) -> Vec<Look> {
        let mut looks = Vec::new();
        while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
            let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
            let Some((sealed, after)) = rest.split_at_checked(length) else {
                break;
            };
            let plain = self.seal.open(PLACE, sealed);
            let read = plain.and_then(|plain| named::read::<Vec<Look>>(&plain).ok());
            looks.extend(read.into_iter().flatten());
            bytes = after;
        }
        looks
    }
}

impl HeldLooks {
    /// Returns the looks, in the order they were noted.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// Lets go of them: the journal has them.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn settle(mut self) -> Result<(), Error> {
        let cut = self
            .file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)))
            .and_then(|_| self.file.sync_data());
        cut.map_err(Error::file(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        id::{PersonId, StaffId},
        looking::Way,
    };

    fn look(person: u64) -> Look {
        Look {
            at: 1_795_226_400_000,
            by: Some(StaffId(3)),
            window: "r1".to_owned(),
            way: Way::Record,
            people: vec![PersonId(person)],
            household: None,
            agreement: None,
            handed: None,
        }
    }

    #[test]
    fn notes_come_back_once_and_a_torn_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::at(folder.path());
        let key = DataKey::random().unwrap();
        let notes = LookNotes::of(&folder, &key);
        assert!(notes.hold().unwrap().is_none());
        notes.note(&[look(1), look(2)]).unwrap();
        notes.note(&[look(3)]).unwrap();
        let path = folder.log().join("looks");
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let held = notes.hold().unwrap().unwrap();
        assert_eq!(held.looks(), [look(1), look(2)]);
        // Another process leaves them to this one.
        assert!(notes.hold().unwrap().is_none());
        held.settle().unwrap();
        assert!(notes.hold().unwrap().is_none());
        notes.note(&[look(4)]).unwrap();
        assert_eq!(notes.hold().unwrap().unwrap().looks(), [look(4)]);
    }
}
