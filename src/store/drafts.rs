//! Forms in progress: one append-only file each, a record a key, so that a
//! killed window loses nothing and a power cut at most the last two seconds.
//!
//! What a record means is the form's business; here it is bytes with a checksum, sealed with
//! the store's key where it has one: a record opens in its own file, at its own place, only.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{
    Error, Folder, files,
    seal::{DataKey, Purpose, Seal},
};
use crate::domain::{
    aspect::Seen,
    day::Day,
    id::{HouseholdId, PersonId, StaffId},
};

/// How long typed keys may wait for the disk.
const FLUSH_AFTER: Duration = Duration::from_secs(2);

/// What a draft is about, written once at its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: String,
    pub owner: StaffId,
    /// One of [`kind`], and what only the screen that began it understands.
    pub kind: String,
    pub person: Option<PersonId>,
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// The forms being filled in, by id.
    pub forms: Vec<String>,
    /// The clinic day it was begun; an open form keeps its date past midnight.
    pub begun: Day,
    /// The aspects it was begun on.
    pub seen: Vec<Seen>,
    /// What only the screen that began it understands.
    pub context: String,
}

impl Draft {
    /// Says whether it is a draft of this [`kind`].
    pub fn is_of(&self, kind: &str) -> bool {
        is_of(&self.kind, kind)
    }
}

/// What a draft may be of.
pub mod kind {
    /// A visit, new or corrected.
    pub const VISIT: &str = "visit";
    /// A resident's or a household's card.
    pub const CARD: &str = "card";
    /// A paper sheet of many people.
    pub const GRID: &str = "grid";
    /// Who lives where is changed.
    pub const CHANGE: &str = "change";
    /// An agreement about to be signed.
    pub const SIGNING: &str = "signing";
}

/// Says whether a draft's kind, as written at its head, is this one.
pub fn is_of(written: &str, kind: &str) -> bool {
    written.split(' ').next() == Some(kind)
}

/// A draft file held by this window.
#[derive(Debug)]
pub struct DraftFile {
    path: PathBuf,
    file: File,
    /// Records written so far.
    records: u64,
    seal: Option<Seal>,
    unflushed_since: Option<Instant>,
}

/// A draft taken up again: its file, what it is about, and its records in order.
pub type TakenUp = (DraftFile, Draft, Vec<Vec<u8>>);

/// The drafts of a store.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    seal: Option<Seal>,
}

impl Drafts {
    /// The drafts of the store in `folder`, sealed with its key where it has one.
    pub fn of(folder: &Folder, key: Option<&DataKey>) -> Self {
        Self {
            folder: folder.drafts(),
            seal: key.map(|key| Seal::of(key, Purpose::Drafts)),
        }
    }

    /// Seals the drafts of before the store was sealed, where no window holds them. One that cannot
    /// be sealed now is left for the next time.
    pub(super) fn seal_plain(&self) {
        if self.seal.is_none() {
            return;
        }
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for path in files.map(|entry| entry.path()) {
            if path.extension().is_some_and(|ending| ending == "draft") {
                let _ = self.sealed_anew(&path);
            }
        }
    }

    fn sealed_anew(&self, path: &Path) -> Result<(), Error> {
        let told = |cause| Error::file(path)(cause);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(told)?;
        // What is sealed never begins as what is written does.
        let mut begin = [0; 9];
        if file.read_exact(&mut begin).is_err() || begin.last() != Some(&b'{') {
            return Ok(());
        }
        if file.try_lock().is_err() {
            return Ok(());
        }
        let plain = Self {
            folder: self.folder.clone(),
            seal: None,
        };
        let records = plain.records(path, &mut file);
        if records.first().is_none_or(|head| read_head(head).is_none()) {
            return Ok(());
        }
        let draft = path.with_extension("sealing");
        let mut sealed = DraftFile {
            path: path.to_owned(),
            file: files::owned(&draft).map_err(told)?,
            records: 0,
            seal: self.seal.clone(),
            unflushed_since: None,
        };
        for record in &records {
            sealed.record(record, Instant::now())?;
        }
        sealed.flush_now()?;
        fs::rename(&draft, path).map_err(told)
    }

    /// Begins a draft; it is this window's until dropped.
    pub fn begin(&self, draft: &Draft) -> Result<DraftFile, Error> {
        let path = self.path(&draft.id);
        fs::create_dir_all(&self.folder).map_err(Error::file(&self.folder))?;
        let file = OpenOptions::new()
            .create_new(true)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::file(&path))?;
        file.lock().map_err(Error::file(&path))?;
        let mut draft_file = DraftFile {
            path,
            file,
            records: 0,
            seal: self.seal.clone(),
            unflushed_since: None,
        };
        let head = serde_json::to_vec(draft).unwrap_or_default();
        draft_file.record(&head, Instant::now())?;
        Ok(draft_file)
    }

    /// Returns the drafts no window holds, oldest first.
    pub fn waiting(&self) -> Result<Vec<Draft>, Error> {
        let mut waiting = Vec::new();
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            if path.extension().is_none_or(|ending| ending != "draft") {
                continue;
            }
            let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            if file.try_lock().is_ok()
                && let Some(draft) = self
                    .records(&path, &mut file)
                    .first()
                    .and_then(|head| read_head(head))
            {
                let begun = fs::metadata(&path).and_then(|file| file.modified()).ok();
                waiting.push((begun, draft));
            }
        }
        waiting.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        Ok(waiting.into_iter().map(|(_, draft)| draft).collect())
    }

    /// Takes up the draft `id` with all its records; `None` when another
    /// window holds it or it is gone.
    pub fn take(&self, id: &str) -> Result<Option<TakenUp>, Error> {
        let path = self.path(id);
        let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
            return Ok(None);
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(cause)) => return Err(Error::file(&path)(cause)),
        }
        let mut kept = self.records(&path, &mut file);
        if kept.is_empty() {
            return Ok(None);
        }
        let head = kept.remove(0);
        let Some(draft) = read_head(&head) else {
            return Ok(None);
        };
        Ok(Some((
            DraftFile {
                path,
                file,
                records: 1 + kept.len() as u64,
                seal: self.seal.clone(),
                unflushed_since: None,
            },
            draft,
            kept,
        )))
    }

    /// Reads the whole records; a torn one at the end is cut off.
    fn records(&self, path: &Path, file: &mut File) -> Vec<Vec<u8>> {
        let mut bytes = Vec::new();
        if file.seek(SeekFrom::Start(0)).is_err() || file.read_to_end(&mut bytes).is_err() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut rest = bytes.as_slice();
        let mut whole: u64 = 0;
        let mut is_ours = true;
        while is_ours
            && let Some((length, after)) = rest.split_first_chunk::<4>()
            && let Some((sum, after)) = after.split_first_chunk::<4>()
            && let Ok(length) = usize::try_from(u32::from_le_bytes(*length))
            && let Some((record, after)) = after.split_at_checked(length)
            && blake3::hash(record).as_bytes().starts_with(sum)
        {
            match self.opened(path, found.len() as u64, record) {
                Some(plain) => found.push(plain),
                None => is_ours = false,
            }
            whole += 8 + record.len() as u64;
            rest = after;
        }
        // What was sealed with another key is nobody's to cut.
        if !is_ours {
            return Vec::new();
        }
        // Later records go right behind the last whole one.
        let _ = file.set_len(whole);
        let _ = file.seek(SeekFrom::Start(whole));
        found
    }

    fn opened(&self, path: &Path, at: u64, record: &[u8]) -> Option<Vec<u8>> {
        match &self.seal {
            Some(seal) => seal
                .open(&place(path, at), record)
                .map(|record| record.to_vec()),
            None => Some(record.to_vec()),
        }
    }

    fn path(&self, id: &str) -> PathBuf {
        let safe: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
        self.folder.join(format!("{safe}.draft"))
    }
}

impl DraftFile {
    /// Adds a record; it reaches the disk within two seconds of `flush_due`.
    pub fn record(&mut self, bytes: &[u8], now: Instant) -> Result<(), Error> {
        let sealed = match &self.seal {
            Some(seal) => Some(seal.seal(&place(&self.path, self.records), bytes)?),
            None => None,
        };
        let bytes = sealed.as_deref().unwrap_or(bytes);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mut framed = Vec::with_capacity(bytes.len() + 8);
        framed.extend_from_slice(&length.to_le_bytes());
        framed.extend_from_slice(blake3::hash(bytes).as_bytes().get(..4).unwrap_or_default());
        framed.extend_from_slice(bytes);
        self.file
            .write_all(&framed)
            .map_err(Error::file(&self.path))?;
        self.records += 1;
        self.unflushed_since.get_or_insert(now);
        Ok(())
    }

    /// Returns when the records must be flushed, if any wait.
    pub fn flush_due(&self) -> Option<Instant> {
        self.unflushed_since.map(|since| since + FLUSH_AFTER)
    }

    /// Flushes what waits since two seconds.
    pub fn flush(&mut self, now: Instant) -> Result<(), Error> {
        if self.flush_due().is_some_and(|due| due <= now) {
            self.file.sync_data().map_err(Error::file(&self.path))?;
            self.unflushed_since = None;
        }
        Ok(())
    }

    /// Flushes everything at once: the form is put down.
    pub fn flush_now(&mut self) -> Result<(), Error> {
        if self.unflushed_since.take().is_some() {
            self.file.sync_data().map_err(Error::file(&self.path))?;
        }
        Ok(())
    }

    /// Ends the draft: what it held is saved or no longer wanted.
    pub fn discard(self) -> Result<(), Error> {
        fs::remove_file(&self.path).map_err(Error::file(&self.path))
    }
}

fn read_head(bytes: &[u8]) -> Option<Draft> {
    serde_json::from_slice(bytes).ok()
}

/// Where a record belongs: its file, and its number in it.
fn place(path: &Path, at: u64) -> Vec<u8> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("draft {name} record {at}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str) -> Draft {
        Draft {
            id: id.to_owned(),
            owner: StaffId(1),
            kind: kind::VISIT.to_owned(),
            person: None,
            household: None,
            forms: Vec::new(),
            begun: Day::MIN,
            seen: Vec::new(),
            context: String::new(),
        }
    }

    #[test]
    fn a_draft_open_in_one_window_is_taken_up_by_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts {
            folder: folder.path().to_owned(),
            seal: None,
        };
        let mut open = drafts.begin(&draft("d1")).unwrap();
        open.record(b"138", Instant::now()).unwrap();
        assert!(drafts.waiting().unwrap().is_empty());
        assert!(drafts.take("d1").unwrap().is_none());
        drop(open);
        let (_held, taken, records) = drafts.take("d1").unwrap().unwrap();
        assert_eq!((taken.id.as_str(), records), ("d1", vec![b"138".to_vec()]));
        assert!(drafts.take("d1").unwrap().is_none());
        assert!(drafts.take("no such draft").unwrap().is_none());
    }

    #[test]
    fn a_sealed_draft_shows_nothing_and_is_taken_up_with_its_key_only() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        let key = DataKey::random().unwrap();
        let drafts = Drafts::of(&folder, Some(&key));
        let mut open = drafts.begin(&draft("d1")).unwrap();
        for typed in ["姓名 张秀英", "138****2211", "152/94"] {
            open.record(typed.as_bytes(), Instant::now()).unwrap();
        }
        drop(open);
        let lies = fs::read(folder.drafts().join("d1.draft")).unwrap();
        for shown in ["张秀英", "2211", "visit", "begun"] {
            assert!(
                !lies
                    .windows(shown.len())
                    .any(|part| part == shown.as_bytes())
            );
        }
        let other = Drafts::of(&folder, Some(&DataKey::random().unwrap()));
        assert!(other.waiting().unwrap().is_empty());
        // Looking with a wrong key must not cut the file off.
        assert_eq!(fs::read(folder.drafts().join("d1.draft")).unwrap(), lies);
        let (mut held, _, records) = drafts.take("d1").unwrap().unwrap();
        assert_eq!(records.len(), 3);
        held.record(b"76", Instant::now()).unwrap();
        drop(held);
        let (_, _, records) = drafts.take("d1").unwrap().unwrap();
        assert_eq!(records.last().unwrap(), b"76");
    }

    #[test]
    fn a_record_moved_to_another_draft_is_none_of_its() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        let drafts = Drafts::of(&folder, Some(&DataKey::random().unwrap()));
        drop(drafts.begin(&draft("d1")).unwrap());
        fs::rename(
            folder.drafts().join("d1.draft"),
            folder.drafts().join("d2.draft"),
        )
        .unwrap();
        assert!(drafts.take("d2").unwrap().is_none());
    }
}
