//! The tail: every entry since the copy before the newest, appended behind its commit, so that a
//! store beyond opening loses at most the last two seconds, also where the newest copy is damaged.
//!
//! One file for all processes of the store, written under a lock beside it. Whoever appends first
//! makes up for what others could not: a process killed between commit and append leaves no gap.
//! A record tells its number and is sealed for it; a torn or damaged one is passed over, and what
//! follows is still found.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    records::{BEGIN, Records, base_of, begun, place, record},
    restoring::End,
};
use crate::{
    domain::{
        rows::{Copies, copies_key},
        tables::Read as _,
    },
    store::{
        Error, Store, files,
        lock::Locked,
        seal::{DataKey, Purpose, Seal},
    },
};

/// How long entries may lie with the system before they are on the disk a second time: with the
/// pause of whoever looks after it they are within two seconds.
const FLUSH_AFTER: Duration = Duration::from_secs(1);
/// How long a save waits for another process at the tail; what it leaves undone is made up later.
const PATIENCE: Duration = Duration::from_millis(250);

/// The tail of a sealed store.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    seal: Seal,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    unflushed_since: Option<Instant>,
    /// How long the file was, and its last entry, when this process last looked.
    known: Option<Known>,
    /// The last entry committed here, where the tail does not hold it yet.
    behind: Option<u64>,
    /// Why it could not be appended, until somebody was told.
    trouble: Option<Error>,
    is_told: bool,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    length: u64,
    last: u64,
}

/// What a tail was found to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The entry it begins behind; 0 where what it says of that is damaged.
    pub base: u64,
    pub entries: BTreeMap<u64, Vec<u8>>,
    /// Records that are torn or damaged, as far as they can be told apart.
    pub unreadable: u64,
    /// The last record is one of them: what it held was the latest that was saved.
    pub ends_torn: bool,
}

impl Found {
    /// Returns the last entry up to `head` that is here, by which pasts are told apart.
    pub fn end_by(&self, head: u64) -> Option<End> {
        let (seq, bytes) = self.entries.range(..=head).next_back()?;
        Some(End::of(*seq, bytes))
    }

    /// Takes the entries off that follow `head` one after the other.
    pub fn following(&mut self, head: u64) -> Vec<Vec<u8>> {
        let mut following = Vec::new();
        while let Some(bytes) = self.entries.remove(&(head + following.len() as u64 + 1)) {
            following.push(bytes);
        }
        following
    }
}

impl Tail {
    /// The tail at `path` of the store with this key.
    pub fn at(path: &Path, key: &DataKey) -> Self {
        Self {
            path: path.to_owned(),
            seal: Seal::of(key, Purpose::Tail),
            state: Mutex::default(),
        }
    }

    /// Appends the entries up to `head`, as far as the tail does not hold them; they lie with the
    /// system, not yet on the disk. What cannot be appended is made up for later.
    pub fn follow(&self, store: &Store, head: u64) {
        let mut state = self.state();
        let now = Instant::now();
        match self.appended(store, head, state.known) {
            Ok(known) => {
                state.known = Some(known);
                state.behind = None;
                state.is_told = false;
                let since = *state.unflushed_since.get_or_insert(now);
                // A long work of many changes has nobody beside it who flushes.
                if 2 * FLUSH_AFTER <= now.duration_since(since) && self.flushed().is_ok() {
                    state.unflushed_since = None;
                }
            }
            Err(error) => {
                state.behind = Some(head);
                let is_busy = matches!(error, Error::Busy);
                if !is_busy && !state.is_told {
                    state.trouble = Some(error);
                    state.is_told = true;
                }
            }
        }
    }

    /// Puts what is due on the disk, and makes up for what could not be appended. Does nothing
    /// where nothing is due.
    pub fn tend(&self, store: &Store, now: Instant) {
        let behind = self.state().behind;
        if let Some(head) = behind {
            self.follow(store, head);
        }
        let mut state = self.state();
        let due = state.unflushed_since.map(|since| since + FLUSH_AFTER);
        if due.is_some_and(|due| due <= now) {
            match self.flushed() {
                Ok(()) => state.unflushed_since = None,
                Err(error) if !state.is_told => {
                    state.trouble = Some(error);
                    state.is_told = true;
                }
                Err(_) => {}
            }
        }
    }

    /// Puts everything on the disk: whoever goes leaves nothing with the system.
    pub fn end(&self, store: &Store) {
        self.tend(store, Instant::now() + FLUSH_AFTER);
    }

    /// Returns why entries could not be appended, once.
    pub fn trouble(&self) -> Option<Error> {
        self.state().trouble.take()
    }

    /// Returns what the tail holds; one that is not there holds nothing.
    ///
    /// # Errors
    /// As the disk says.
    pub fn found(&self) -> Result<Found, Error> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(self.read(&bytes)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Found::default()),
            Err(cause) => Err(self.file(cause)),
        }
    }

    /// Lets go of the entries up to `head`, which copies hold.
    ///
    /// # Errors
    /// As the disk says; the tail stays as it was.
    pub fn cut(&self, head: u64) -> Result<(), Error> {
        let mut state = self.state();
        let _held = self.held(10 * PATIENCE)?;
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(self.file(cause)),
        };
        if base_of(&bytes, &self.seal).is_some_and(|base| head <= base) {
            return Ok(());
        }
        let mut left = begun(head);
        for found in Records::of(&bytes, &self.seal) {
            if let Some((seq, _, whole)) = found
                && head < seq
            {
                left.extend_from_slice(whole);
            }
        }
        files::put_in_place(&self.path, &left).map_err(|cause| self.file(cause))?;
        state.known = None;
        Ok(())
    }

    fn appended(&self, store: &Store, head: u64, known: Option<Known>) -> Result<Known, Error> {
        if let Some(folder) = self.path.parent() {
            files::make_folder(folder).map_err(Error::file(folder))?;
        }
        let _held = self.held(PATIENCE)?;
        let mut file = files::kept(&self.path).map_err(|cause| self.file(cause))?;
        let length = file.metadata().map_err(|cause| self.file(cause))?.len();
        let mut last = match known {
            Some(known) if known.length == length => known.last,
            Some(known) if known.length < length => self.further(&mut file, known)?,
            _ => match self.looked(&mut file, store)? {
                Some(last) => last,
                None => self.begin_anew(&mut file, store)?,
            },
        };
        let end = file
            .seek(SeekFrom::End(0))
            .map_err(|cause| self.file(cause))?;
        let written = store.stretches(last, head, |entries| {
            let mut records = Vec::new();
            for (seq, bytes) in &entries {
                record(&self.seal, *seq, bytes, &mut records)?;
                last = *seq;
            }
            file.write_all(&records).map_err(|cause| self.file(cause))
        });
        if let Err(error) = written {
            // Half a record helps nobody.
            let _ = file.set_len(end);
            return Err(error);
        }
        let length = file.metadata().map_err(|cause| self.file(cause))?.len();
        Ok(Known { length, last })
    }

    /// Returns the last entry, where others have appended since this process looked.
    fn further(&self, file: &mut File, known: Known) -> Result<u64, Error> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(known.length))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(|cause| self.file(cause))?;
        let added = Records::over(&bytes, &self.seal)
            .flatten()
            .map(|(seq, _, _)| seq);
        Ok(added.max().unwrap_or(0).max(known.last))
    }

    /// Returns the last entry, having looked at the whole file; none where it is empty or belongs
    /// to another store, or to a past this store does not have: then it is put aside.
    fn looked(&self, file: &mut File, store: &Store) -> Result<Option<u64>, Error> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(|cause| self.file(cause))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let last = Records::of(&bytes, &self.seal).flatten().last();
        let base = base_of(&bytes, &self.seal);
        let is_ours = bytes.starts_with(BEGIN)
            && match last {
                None => match base {
                    Some(base) => base <= store.head()?,
                    None => false,
                },
                Some((seq, body, _)) => match self.seal.open(&place(seq), body) {
                    Some(entry) => store.holds(seq, &entry)?,
                    None => false,
                },
            };
        if is_ours {
            return Ok(last.map(|(seq, _, _)| seq).or(base));
        }
        self.put_aside()?;
        *file = files::kept(&self.path).map_err(|cause| self.file(cause))?;
        Ok(None)
    }

    /// Begins a tail behind the last copy that was made.
    fn begin_anew(&self, file: &mut File, store: &Store) -> Result<u64, Error> {
        let copies: Option<Copies> = store.snapshot()?.get(&copies_key())?;
        let base = copies
            .and_then(|copies| copies.made)
            .map_or(0, |made| made.head);
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(&begun(base)))
            .and_then(|()| files::settled(&self.path))
            .map_err(|cause| self.file(cause))?;
        Ok(base)
    }

    fn put_aside(&self) -> Result<(), Error> {
        let free = (1..).map(|number| self.path.with_extension(format!("aside-{number}")));
        for aside in free {
            if !aside.exists() {
                return fs::rename(&self.path, aside).map_err(|cause| self.file(cause));
            }
        }
        Ok(())
    }

    fn held(&self, patience: Duration) -> Result<Locked, Error> {
        let lock = Locked::at(&self.path.with_extension("lock"), patience);
        lock.map_err(Error::lock(&self.path))
    }

    fn flushed(&self) -> Result<(), Error> {
        let file = files::kept(&self.path);
        file.and_then(|file| file.sync_data())
            .map_err(|cause| self.file(cause))
    }

    fn read(&self, bytes: &[u8]) -> Found {
        let mut found = Found {
            base: base_of(bytes, &self.seal).unwrap_or(0),
            ..Found::default()
        };
        for one in Records::of(bytes, &self.seal) {
            let opened = one.and_then(|(seq, body, _)| {
                let entry = self.seal.open(&place(seq), body)?;
                Some((seq, entry.to_vec()))
            });
            match opened {
                Some((seq, entry)) => {
                    found.entries.insert(seq, entry);
                    found.ends_torn = false;
                }
                None => {
                    found.unreadable += 1;
                    found.ends_torn = true;
                }
            }
        }
        found
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves what is known as true as before.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, cause: io::Error) -> Error {
        Error::file(&self.path)(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::records::HEAD, *};
    use crate::{
        domain::{
            day::Day,
            event::{Event, clinic::ClockConfirmed},
            id::StaffId,
        },
        store::{Header, Writing, rows},
    };

    /// A store in memory with so many entries, and a tail beside nothing.
    struct Place {
        folder: tempfile::TempDir,
        key: DataKey,
        store: Store,
    }

    impl Place {
        fn with(entries: u64) -> Self {
            let place = Self {
                folder: tempfile::tempdir().unwrap(),
                key: DataKey::random().unwrap(),
                store: Store::in_memory(rows::VERSION).unwrap(),
            };
            place.write(entries);
            place
        }

        fn write(&self, entries: u64) {
            for _ in 0..entries {
                let head = self.store.head().unwrap();
                let header = Header {
                    at: i64::try_from(head).unwrap(),
                    day: Day::MIN,
                    user: StaffId(1),
                    window: String::new(),
                    request: format!("条目{head}"),
                    cause: String::new(),
                };
                let event = Event::ClockConfirmed(ClockConfirmed { day: Day::MIN });
                let append =
                    |writing: &mut Writing<'_>| writing.append(&header, vec![event.clone()]);
                self.store.write(append).unwrap();
            }
        }

        /// The tail as another process sees it.
        fn tail(&self) -> Tail {
            Tail::at(&self.folder.path().join("tail"), &self.key)
        }

        fn follow(&self, tail: &Tail) {
            tail.follow(&self.store, self.store.head().unwrap());
            assert!(tail.trouble().is_none());
        }

        fn numbers(&self) -> Vec<u64> {
            self.tail().found().unwrap().entries.into_keys().collect()
        }

        fn bytes(&self) -> Vec<u8> {
            fs::read(self.folder.path().join("tail")).unwrap()
        }

        fn lies(&self, bytes: &[u8]) {
            fs::write(self.folder.path().join("tail"), bytes).unwrap();
        }
    }

    #[test]
    fn what_follows_a_copy_is_found_in_order_and_cut_with_the_next() {
        let place = Place::with(5);
        let tail = place.tail();
        place.follow(&tail);
        place.write(2);
        place.follow(&tail);
        let mut found = tail.found().unwrap();
        assert_eq!((found.base, found.entries.len()), (0, 7));
        assert_eq!(found.following(4).len(), 3);
        tail.cut(6).unwrap();
        assert_eq!(place.numbers(), [7]);
        // A cut further back brings nothing again.
        tail.cut(2).unwrap();
        place.write(1);
        place.follow(&tail);
        assert_eq!(place.numbers(), [7, 8]);
        assert_eq!(tail.found().unwrap().base, 6);
        let lies = place.bytes();
        assert!(!lies.windows(6).any(|part| part == "条目".as_bytes()));
    }

    #[test]
    fn whoever_appends_makes_up_for_what_others_could_not() {
        let place = Place::with(1);
        let (one, other) = (place.tail(), place.tail());
        place.follow(&one);
        place.write(1);
        place.follow(&other);
        // Committed by a process that was killed before it appended.
        place.write(2);
        place.write(1);
        place.follow(&one);
        place.write(1);
        place.follow(&other);
        assert_eq!(place.numbers(), [1, 2, 3, 4, 5, 6]);
        other.cut(4).unwrap();
        place.write(1);
        place.follow(&one);
        assert_eq!(place.numbers(), [5, 6, 7]);
    }

    #[test]
    fn a_torn_record_is_written_again_by_the_next_process() {
        let place = Place::with(3);
        place.follow(&place.tail());
        let whole = place.bytes();
        for kept in [whole.len() - 3, whole.len() - 40, HEAD + 2] {
            place.lies(&whole[..kept]);
            let torn = place.tail().found().unwrap();
            assert!(torn.entries.len() < 3 && torn.unreadable == 1, "{torn:?}");
            place.follow(&place.tail());
            assert_eq!(place.numbers(), [1, 2, 3]);
        }
    }

    #[test]
    fn a_damaged_head_is_not_believed_and_keeps_nothing_from_being_cut() {
        let place = Place::with(5);
        place.follow(&place.tail());
        let whole = place.bytes();
        let mut damaged = whole.clone();
        damaged[BEGIN.len() + 7] ^= 0x80;
        place.lies(&damaged);
        let found = place.tail().found().unwrap();
        assert_eq!((found.base, found.entries.len()), (0, 5));
        place.tail().cut(3).unwrap();
        assert_eq!(place.numbers(), [4, 5]);
        assert_eq!(place.tail().found().unwrap().base, 3);
        // What does not begin as a tail has no base either.
        let mut foreign = whole;
        foreign[0] ^= 1;
        place.lies(&foreign);
        assert_eq!(place.tail().found().unwrap().base, 0);
    }

    #[test]
    fn a_damaged_record_hides_none_behind_it() {
        let place = Place::with(5);
        place.follow(&place.tail());
        let whole = place.bytes();
        let tail = place.tail();
        let second = Records::of(&whole, &tail.seal).flatten().nth(1).unwrap().2;
        let at = second.as_ptr() as usize - whole.as_ptr() as usize;
        for hit in at..at + second.len() {
            let mut changed = whole.clone();
            changed[hit] ^= 0x40;
            place.lies(&changed);
            let found = place.tail().found().unwrap();
            let numbers: Vec<u64> = found.entries.keys().copied().collect();
            assert_eq!(numbers, [1, 3, 4, 5], "byte {}", hit - at);
            assert_eq!(found.unreadable, 1);
        }
    }

    #[test]
    fn a_tail_of_another_store_or_another_past_is_put_aside() {
        let place = Place::with(3);
        place.follow(&place.tail());
        let theirs = place.bytes();
        let other = Place::with(2);
        other.lies(&theirs);
        other.follow(&other.tail());
        assert_eq!(other.numbers(), [1, 2]);
        let aside = other.folder.path().join("tail.aside-1");
        assert_eq!(fs::read(aside).unwrap(), theirs);
        // An older database was copied back: what it never had is kept.
        let older = Place {
            key: place.key.clone(),
            ..Place::with(2)
        };
        older.lies(&theirs);
        older.follow(&older.tail());
        assert_eq!(older.numbers(), [1, 2]);
        let aside = older.folder.path().join("tail.aside-1");
        assert_eq!(fs::read(aside).unwrap(), theirs);
    }

    #[test]
    fn what_lies_with_the_system_is_on_the_disk_when_it_is_due() {
        let place = Place::with(1);
        let tail = place.tail();
        place.follow(&tail);
        let since = tail.state().unflushed_since.unwrap();
        tail.tend(&place.store, since + FLUSH_AFTER / 2);
        assert!(tail.state().unflushed_since.is_some());
        tail.tend(&place.store, since + FLUSH_AFTER);
        assert!(tail.state().unflushed_since.is_none());
    }

    #[test]
    fn a_tail_nobody_can_write_is_told_once_and_made_up_for() {
        let place = Place::with(1);
        let blocked = place.folder.path().join("tail");
        fs::create_dir(&blocked).unwrap();
        let tail = place.tail();
        for _ in 0..2 {
            place.write(1);
            tail.follow(&place.store, place.store.head().unwrap());
        }
        assert!(tail.trouble().is_some());
        assert!(tail.trouble().is_none());
        fs::remove_dir(&blocked).unwrap();
        tail.tend(&place.store, Instant::now());
        assert_eq!(place.numbers(), [1, 2, 3]);
    }
}
