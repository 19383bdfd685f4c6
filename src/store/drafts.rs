//! Forms in progress: one append-only file each, a record a key, so that a
//! killed window loses nothing and a power cut at most the last two seconds.
//!
//! What a record means is the form's business; here it is bytes with a checksum, sealed with
//! the store's key where it has one: a record opens in its own file, at its own place, only.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{
    Error, Folder, files,
    folder::make_folder,
    lock::Locked,
    seal::{DataKey, Purpose, Seal},
};
use crate::domain::order::Arrange as _;
use crate::domain::{
    aspect::Seen,
    day::Day,
    id::{HouseholdId, PersonId, StaffId},
};

/// How long typed keys may wait for the disk.
const FLUSH_AFTER: Duration = Duration::from_secs(2);
/// A window that lists drafts holds each for a moment; whoever takes one up waits so long.
const LISTED: Duration = Duration::from_millis(100);

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
    file: Locked,
    /// Records kept so far, those that wait for the disk included.
    records: u64,
    seal: Option<Seal>,
    unflushed_since: Option<Instant>,
    /// Bytes of the file that are whole records.
    whole: u64,
    /// Records the disk would not take yet: they go before the next.
    waiting: Vec<u8>,
    /// Whether somebody was told that the disk takes nothing.
    is_told: bool,
}

/// A draft file kept while its window is locked: still this window's, and without its key.
#[derive(Debug)]
pub struct LockedDraft(DraftFile);

/// A draft taken up again: its file, what it is about, and its records in order.
pub type TakenUp = (DraftFile, Draft, Vec<Vec<u8>>);

/// The drafts of a store.
#[derive(Debug, Clone)]
pub struct Drafts {
    pub(super) folder: PathBuf,
    pub(super) seal: Option<Seal>,
}

impl Drafts {
    /// The drafts of the store in `folder`, sealed with its key where it has one.
    pub fn of(folder: &Folder, key: Option<&DataKey>) -> Self {
        Self {
            folder: folder.drafts(),
            seal: key.map(|key| Seal::of(key, Purpose::Drafts)),
        }
    }

    /// Begins a draft; it is this window's until dropped.
    ///
    /// # Errors
    /// As the disk says where there can be no file; one it only cannot fill yet is begun.
    pub fn begin(&self, draft: &Draft) -> Result<DraftFile, Error> {
        let path = self.path(&draft.id);
        make_folder(&self.folder)?;
        let file = files::for_owner()
            .create_new(true)
            .read(true)
            .write(true)
            .open(&path)
            .and_then(Locked::waiting);
        let file = file.map_err(Error::file(&path))?;
        let mut draft_file = DraftFile::begun(path, file, self.seal.clone());
        let head = serde_json::to_vec(draft).unwrap_or_default();
        if draft_file.record(&head, Instant::now()).is_err() {
            // It waits, as every record does; the next tells of it.
            draft_file.is_told = false;
        }
        Ok(draft_file)
    }

    /// Goes on with a draft that was kept while its window was locked.
    pub fn unlock(&self, kept: LockedDraft) -> DraftFile {
        DraftFile {
            seal: self.seal.clone(),
            ..kept.0
        }
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
            let file = OpenOptions::new().read(true).write(true).open(&path);
            if let Ok(mut file) = file.and_then(|file| Locked::alone(file, Duration::ZERO))
                && let Some(draft) = self
                    .records(&path, &mut file)
                    .first()
                    .and_then(|head| read_head(head))
            {
                let begun = fs::metadata(&path).and_then(|file| file.modified()).ok();
                waiting.push((begun, draft));
            }
        }
        waiting.arrange_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        Ok(waiting.into_iter().map(|(_, draft)| draft).collect())
    }

    /// Takes up the draft `id` with all its records; `None` when another
    /// window holds it or it is gone.
    pub fn take(&self, id: &str) -> Result<Option<TakenUp>, Error> {
        let path = self.path(id);
        let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else {
            return Ok(None);
        };
        let mut file = match Locked::alone(file, LISTED) {
            // Ended while it was waited for.
            Ok(_) if !path.exists() => return Ok(None),
            Err(cause) if cause.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            other => other.map_err(Error::file(&path))?,
        };
        let mut kept = self.records(&path, &mut file);
        let whole = file.stream_position().map_err(Error::file(&path))?;
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
                whole,
                waiting: Vec::new(),
                is_told: false,
            },
            draft,
            kept,
        )))
    }

    /// Reads the whole records; a torn one at the end is cut off.
    pub(super) fn records(&self, path: &Path, file: &mut File) -> Vec<Vec<u8>> {
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
    /// Returns the draft in an empty file.
    pub(super) const fn begun(path: PathBuf, file: Locked, seal: Option<Seal>) -> Self {
        Self {
            path,
            file,
            records: 0,
            seal,
            unflushed_since: None,
            whole: 0,
            waiting: Vec::new(),
            is_told: false,
        }
    }

    /// Adds a record; it reaches the disk within two seconds of `flush_due`. One the disk does
    /// not take waits, and goes before the next, so that none is missing between others.
    ///
    /// # Errors
    /// As the disk says, once until it takes records again.
    pub fn record(&mut self, bytes: &[u8], now: Instant) -> Result<(), Error> {
        let sealed = match &self.seal {
            Some(seal) => Some(seal.seal(&place(&self.path, self.records), bytes)?),
            None => None,
        };
        let bytes = sealed.as_deref().unwrap_or(bytes);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.waiting.extend_from_slice(&length.to_le_bytes());
        let hash = blake3::hash(bytes);
        self.waiting
            .extend_from_slice(hash.as_bytes().get(..4).unwrap_or_default());
        self.waiting.extend_from_slice(bytes);
        self.records += 1;
        self.unflushed_since.get_or_insert(now);
        match self.write_waiting() {
            Ok(()) => {
                self.is_told = false;
                Ok(())
            }
            Err(_) if self.is_told => Ok(()),
            Err(cause) => {
                self.is_told = true;
                Err(Error::file(&self.path)(cause))
            }
        }
    }

    /// Writes what waits behind the last whole record; half a one from before is written over.
    fn write_waiting(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(self.whole))?;
        self.file.write_all(&self.waiting)?;
        self.whole += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Returns when the records must be flushed, if any wait.
    pub fn flush_due(&self) -> Option<Instant> {
        self.unflushed_since.map(|since| since + FLUSH_AFTER)
    }

    /// Flushes what waits since two seconds.
    pub fn flush(&mut self, now: Instant) -> Result<(), Error> {
        if self.flush_due().is_some_and(|due| due <= now) {
            self.flush_now()?;
        }
        Ok(())
    }

    /// Flushes everything at once: the form is put down.
    pub fn flush_now(&mut self) -> Result<(), Error> {
        if self.unflushed_since.is_none() {
            return Ok(());
        }
        let flushed = self.write_waiting().and_then(|()| self.file.sync_data());
        // It is tried again after another while, and told once.
        self.unflushed_since = flushed.is_err().then(Instant::now);
        match flushed {
            Err(cause) if !self.is_told => {
                self.is_told = true;
                Err(Error::file(&self.path)(cause))
            }
            Err(_) | Ok(()) => Ok(()),
        }
    }

    /// Lets go of the draft's key and keeps the draft. What the disk does not take now waits,
    /// sealed, until the window goes on.
    pub fn lock(mut self) -> LockedDraft {
        let _ = self.flush_now();
        self.seal = None;
        LockedDraft(self)
    }

    /// Ends the draft: what it held is saved or no longer wanted.
    pub fn discard(self) -> Result<(), Error> {
        fs::remove_file(&self.path).map_err(Error::file(&self.path))
    }
}

pub(super) fn read_head(bytes: &[u8]) -> Option<Draft> {
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
    #[cfg(target_os = "linux")]
    use crate::domain::failure::FailureKind;

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
    fn a_draft_cut_anywhere_opens_with_its_last_whole_record() {
        for key in [None, Some(DataKey::random().unwrap())] {
            let home = tempfile::tempdir().unwrap();
            let folder = Folder::at(home.path());
            let drafts = Drafts::of(&folder, key.as_ref());
            let mut open = drafts.begin(&draft("d1")).unwrap();
            let path = folder.drafts().join("d1.draft");
            let mut ends = vec![fs::metadata(&path).unwrap().len()];
            let typed: Vec<Vec<u8>> = (0..6_u8)
                .map(|at| vec![b'a' + at; usize::from(at)])
                .collect();
            for record in &typed {
                open.record(record, Instant::now()).unwrap();
                ends.push(fs::metadata(&path).unwrap().len());
            }
            drop(open);
            let whole = fs::read(&path).unwrap();
            for cut in 0..=whole.len() {
                let cut_at = cut as u64;
                fs::write(&path, &whole[..cut]).unwrap();
                let kept = ends.iter().filter(|end| **end <= cut_at).count();
                let taken = drafts.take("d1").unwrap();
                assert_eq!(taken.is_some(), 0 < kept, "cut at {cut}");
                let Some((mut held, _, records)) = taken else {
                    continue;
                };
                assert_eq!(records, typed[..kept - 1], "cut at {cut}");
                // What is typed from here on stands behind it.
                held.record(b"more", Instant::now()).unwrap();
                drop(held);
                let (_, _, records) = drafts.take("d1").unwrap().unwrap();
                assert_eq!(records.last().unwrap(), b"more", "cut at {cut}");
            }
        }
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

    /// A record the disk did not take was lost between others, and what was typed afterwards stood
    /// behind half a record where nobody read it.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_full_disk_did_not_take_goes_before_what_comes_once_there_is_room() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        let drafts = Drafts::of(&folder, Some(&DataKey::random().unwrap()));
        let mut open = drafts.begin(&draft("d1")).unwrap();
        let now = Instant::now();
        open.record(b"152", now).unwrap();
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let real = std::mem::replace(&mut *open.file, full);
        let told = open.record(b"94", now).unwrap_err();
        assert_eq!(told.kind(), FailureKind::DiskFull);
        open.record(b"76", now).unwrap();
        open.flush_now().unwrap();
        // Half a record that went out before the disk was full.
        let mut torn = &real;
        torn.write_all(b"half").unwrap();
        *open.file = real;
        open.record(b"66.5", now).unwrap();
        drop(open);
        let (_, _, records) = drafts.take("d1").unwrap().unwrap();
        assert_eq!(
            records,
            ["152", "94", "76", "66.5"].map(|text| text.as_bytes().to_vec())
        );
    }
}
