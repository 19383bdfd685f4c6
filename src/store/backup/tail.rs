//! The tail: every entry since the last copy, appended behind its commit, so that a store beyond
//! opening loses at most the last two seconds.
//!
//! One file for all processes of the store, written under its lock. A record tells its number
//! and is sealed for it; one torn by a power cut ends the tail.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::format::{framed, next};
use crate::store::{
    Error,
    owned::owner_only,
    seal::{DataKey, Purpose, Seal},
};

/// How long entries may lie with the system before they are on the disk a second time.
const FLUSH_AFTER: Duration = Duration::from_secs(2);

/// The tail of a sealed store.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    seal: Seal,
    unflushed_since: Mutex<Option<Instant>>,
}

impl Drop for Tail {
    fn drop(&mut self) {
        // Whoever goes leaves nothing with the system.
        let _ = self.flush();
    }
}

impl Tail {
    /// The tail at `path` of the store with this key.
    pub fn at(path: &Path, key: &DataKey) -> Self {
        Self {
            path: path.to_owned(),
            seal: Seal::of(key, Purpose::Tail),
            unflushed_since: Mutex::default(),
        }
    }

    /// Appends entries with their numbers; they lie with the system, not yet on the disk.
    ///
    /// # Errors
    /// As the disk says.
    pub fn append(&self, entries: &[(u64, Vec<u8>)]) -> Result<(), Error> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        let mut records = Vec::new();
        for (seq, bytes) in entries {
            framed(&mut records, &self.record(*seq, bytes)?).map_err(Error::file(&self.path))?;
        }
        let mut file = self.held()?;
        file.seek(SeekFrom::End(0))
            .and_then(|_| file.write_all(&records))
            .map_err(Error::file(&self.path))?;
        self.unflushed().get_or_insert_with(Instant::now);
        Ok(())
    }

    /// Returns when what lies with the system must be on the disk, if anything does.
    pub fn flush_due(&self) -> Option<Instant> {
        self.unflushed().map(|since| since + FLUSH_AFTER)
    }

    /// Puts on the disk what lies with the system.
    ///
    /// # Errors
    /// As the disk says.
    pub fn flush(&self) -> Result<(), Error> {
        if self.unflushed().take().is_none() {
            return Ok(());
        }
        let file = OpenOptions::new().write(true).open(&self.path);
        file.and_then(|file| file.sync_data())
            .map_err(Error::file(&self.path))
    }

    fn unflushed(&self) -> MutexGuard<'_, Option<Instant>> {
        // A panic elsewhere leaves the moment as true as before.
        self.unflushed_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the entries behind `head` that follow one another, in order.
    ///
    /// # Errors
    /// As the disk says; a tail that is not there holds none.
    pub fn after(&self, head: u64) -> Result<Vec<Vec<u8>>, Error> {
        if !self.path.exists() {
            return Ok(Vec::new());
        }
        let mut found = self.read(&mut self.held()?)?;
        // Windows append behind their commits, so neighbours may stand exchanged.
        found.sort_by_key(|(seq, _)| *seq);
        found.dedup_by_key(|(seq, _)| *seq);
        let mut after = Vec::new();
        for (seq, bytes) in found {
            if seq == head + after.len() as u64 + 1 {
                after.push(bytes);
            }
        }
        Ok(after)
    }

    /// Lets go of the entries up to `head`, which a copy holds.
    ///
    /// # Errors
    /// As the disk says.
    pub fn cut(&self, head: u64) -> Result<(), Error> {
        if !self.path.exists() {
            return Ok(());
        }
        let mut file = self.held()?;
        let mut left = Vec::new();
        for (seq, bytes) in self.read(&mut file)? {
            if head < seq {
                let record = self.record(seq, &bytes)?;
                framed(&mut left, &record).map_err(Error::file(&self.path))?;
            }
        }
        // What is cut stands in a copy already: a kill in between loses nothing.
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(&left))
            .and_then(|()| file.sync_data())
            .map_err(Error::file(&self.path))
    }

    fn held(&self) -> Result<File, Error> {
        let file = owner_only()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&self.path)
            .map_err(Error::file(&self.path))?;
        file.lock().map_err(Error::file(&self.path))?;
        Ok(file)
    }

    fn record(&self, seq: u64, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let body = self.seal.seal(&place(seq), bytes)?;
        Ok([seq.to_le_bytes().as_slice(), &body].concat())
    }

    fn opened(&self, record: &[u8]) -> Option<(u64, Vec<u8>)> {
        let (seq, body) = record.split_first_chunk::<8>()?;
        let seq = u64::from_le_bytes(*seq);
        let bytes = self.seal.open(&place(seq), body)?;
        Some((seq, bytes.to_vec()))
    }

    fn read(&self, file: &mut File) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(Error::file(&self.path))?;
        let mut rest = bytes.as_slice();
        let mut found = Vec::new();
        while let Ok(Some(record)) = next(&mut rest) {
            match self.opened(record) {
                Some(entry) => found.push(entry),
                None => break,
            }
        }
        Ok(found)
    }
}

/// Where a record belongs.
fn place(seq: u64) -> Vec<u8> {
    format!("tail: entry {seq}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(folder: &Path) -> Tail {
        Tail::at(&folder.join("tail"), &DataKey::random().unwrap())
    }

    fn entry(seq: u64) -> (u64, Vec<u8>) {
        (seq, format!("条目{seq}").into_bytes())
    }

    #[test]
    fn what_follows_a_copy_is_found_in_order_and_cut_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let tail = tail(folder.path());
        tail.append(&[entry(4), entry(5)]).unwrap();
        tail.append(&[entry(7)]).unwrap();
        tail.append(&[entry(6)]).unwrap();
        tail.flush().unwrap();
        let after = |head| tail.after(head).unwrap();
        assert_eq!(after(3), [4, 5, 6, 7].map(|seq| entry(seq).1));
        assert_eq!(after(5), [6, 7].map(|seq| entry(seq).1));
        // Behind a gap nothing is sure.
        assert!(after(1).is_empty());
        tail.cut(6).unwrap();
        assert_eq!(after(6), [entry(7).1]);
        let lies = fs::read(folder.path().join("tail")).unwrap();
        assert!(!lies.windows(6).any(|part| part == "条目".as_bytes()));
    }

    #[test]
    fn a_torn_record_ends_the_tail() {
        let folder = tempfile::tempdir().unwrap();
        let tail = tail(folder.path());
        tail.append(&[entry(1), entry(2), entry(3)]).unwrap();
        let path = folder.path().join("tail");
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        assert_eq!(tail.after(0).unwrap().len(), 2);
        assert!(tail.after(2).unwrap().is_empty());
    }
}
