//! A file that left memory is read from end to end before a pass over much of it: a turning disk
//! gives all of it in one sweep in a fraction of the time that its pages take one by one.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::{Error, Store};

/// So much is read at a time, in bytes.
const STEP: usize = 1 << 20;
/// So many places of the file are looked at, spread over it …
const LOOKS: u64 = 8;
/// … a page of each, in bytes …
const PAGE: u64 = 1 << 12;
/// … and where it came late, so much of what lies behind it: a pass over many people wants about
/// one page of as much.
const BEHIND: u64 = 1 << 17;
/// A page in memory, or on a disk without moving parts, comes sooner than this.
const SOON: Duration = Duration::from_millis(1);
/// So many pages that took longer than what lies behind them are worth a sweep; fewer were late
/// because something else was.
const LATE: usize = 3;
/// A larger file is not read ahead: it may be more than memory holds. In bytes.
const MOST: u64 = 4 << 30;

/// How far a store's file was read ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    is_done: Mutex<bool>,
    /// Whether whoever works here is leaving.
    is_left: AtomicBool,
    /// Bytes of the file, while it is read, and how many of them were.
    size: AtomicU64,
    read: AtomicU64,
}

impl Store {
    /// Reads the store's file from end to end, once, where its disk turns and it is not in memory.
    /// Whoever asks meanwhile waits: to read beside it would send the disk to and fro. What cannot
    /// be read ahead is read when it is asked for.
    ///
    /// # Errors
    /// `Interrupted` where whoever works here is leaving.
    pub fn read_ahead(&self) -> Result<(), Error> {
        let Some(path) = self.database.path() else {
            return Ok(());
        };
        let ahead = &self.database.ahead;
        let mut is_done = ahead.is_done.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_done {
            let _ = swept(path, &|read, size| ahead.goes_on(read, size));
            if !ahead.goes_on(0, 0) {
                return Err(Error::Interrupted);
            }
            *is_done = true;
        }
        Ok(())
    }

    /// Returns how much of the file was read ahead, in parts of a hundred; nothing unless it is
    /// being read.
    pub fn read_so_far(&self) -> Option<u8> {
        let ahead = &self.database.ahead;
        let (read, size) = (&ahead.read, &ahead.size);
        let part = (100 * read.load(Ordering::Relaxed)).checked_div(size.load(Ordering::Relaxed));
        part.map(|part| u8::try_from(part).map_or(100, |part| part.min(100)))
    }

    /// Says that whoever works here is leaving, and waits for nothing that is only read; or that
    /// they are back.
    pub fn leave(&self, is_left: bool) {
        let ahead = &self.database.ahead;
        ahead.is_left.store(is_left, Ordering::Relaxed);
    }
}

impl Ahead {
    /// Takes in how many bytes of how many were read; returns whether to go on.
    fn goes_on(&self, read: u64, size: u64) -> bool {
        self.read.store(read, Ordering::Relaxed);
        self.size.store(size, Ordering::Relaxed);
        !self.is_left.load(Ordering::Relaxed)
    }
}

/// Told how many bytes of how many were read; says whether to go on.
type GoesOn<'a> = &'a dyn Fn(u64, u64) -> bool;

/// Reads the file where that pays, as long as it goes on; returns how many bytes.
fn swept(path: &Path, goes_on: GoesOn<'_>) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let begun = Instant::now();
    if MOST < size || !turns(&mut file, size, &|| begun.elapsed(), goes_on)? {
        return Ok(0);
    }
    file.rewind()?;
    through(&mut file, size, goes_on)
}

/// Whether a page of the file comes later than a stretch of it.
fn turns(
    file: &mut (impl Read + Seek),
    size: u64,
    clock: &dyn Fn() -> Duration,
    goes_on: GoesOn<'_>,
) -> io::Result<bool> {
    let mut late = 0;
    let taken = |file: &mut _, bytes| {
        let begun = clock();
        read(file, bytes)?;
        Ok::<_, io::Error>(clock().saturating_sub(begun))
    };
    // The file's beginning is in memory: it was just opened.
    for at in (1..=LOOKS).take_while(|_| goes_on(0, 0)) {
        file.seek(SeekFrom::Start(size / (LOOKS + 1) * at))?;
        let page = taken(file, PAGE)?;
        late += usize::from(SOON < page && taken(file, BEHIND)? < page);
        if late == LATE {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads so many bytes, as far as there are.
fn read(file: &mut impl Read, bytes: u64) -> io::Result<u64> {
    io::copy(&mut file.take(bytes), &mut io::sink())
}

/// Reads what is left as long as it goes on; returns how many bytes that were.
fn through(file: &mut impl Read, size: u64, goes_on: GoesOn<'_>) -> io::Result<u64> {
    let (mut step, mut all) = (vec![0; STEP], 0);
    while goes_on(all, size) {
        match file.read(&mut step)? {
            0 => break,
            some => all += u64::try_from(some).unwrap_or(0),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        io::Cursor,
        rc::Rc,
    };

    use super::*;

    /// A file on a disk that takes so long to find a place, and for so many bytes.
    struct Disk {
        file: Cursor<Vec<u8>>,
        seek: Duration,
        stretch: Duration,
        is_away: bool,
        /// How long it has taken so far.
        took: Rc<Cell<Duration>>,
    }

    impl Disk {
        fn of(seek: Duration, stretch: Duration) -> Self {
            Self {
                file: bytes(4),
                seek,
                stretch,
                is_away: true,
                took: Rc::default(),
            }
        }

        fn turns(&mut self) -> bool {
            let size = u64::try_from(self.file.get_ref().len()).unwrap();
            let took = Rc::clone(&self.took);
            turns(self, size, &|| took.get(), &|_, _| true).unwrap()
        }
    }

    impl Read for Disk {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if std::mem::take(&mut self.is_away) {
                self.took.set(self.took.get() + self.seek);
            }
            let read = self.file.read(out)?;
            let part = self.stretch * u32::try_from(read).unwrap();
            let part = part / u32::try_from(BEHIND).unwrap();
            self.took.set(self.took.get() + part);
            Ok(read)
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.is_away = true;
            self.file.seek(to)
        }
    }

    fn bytes(steps: usize) -> Cursor<Vec<u8>> {
        Cursor::new(vec![7; steps * STEP + 1])
    }

    #[test]
    fn a_disk_turns_where_a_page_comes_later_than_what_lies_behind_it() {
        let long = 40 * SOON;
        let mut turning = Disk::of(long, Duration::ZERO);
        assert!(turning.turns());
        let looked = u64::try_from(LATE).unwrap();
        let third = u64::try_from(turning.file.get_ref().len()).unwrap() / (LOOKS + 1) * looked;
        assert_eq!(turning.file.position(), third + PAGE + BEHIND);
        let mut far = Disk::of(2 * SOON, long);
        assert!(!far.turns(), "a page is quick, all of it slow");
        let mut ended = Disk::of(long, Duration::ZERO);
        assert!(!turns(&mut ended, u64::MAX, &|| Duration::ZERO, &|_, _| false).unwrap());
        assert_eq!(ended.file.position(), 0);
    }

    #[test]
    fn a_sweep_reads_everything_unless_it_is_ended() {
        let all = 3 * STEP as u64 + 1;
        let told = RefCell::new(Vec::new());
        let store = Store::in_memory(1).unwrap();
        let ahead = &store.database.ahead;
        let goes_on = |read, size| {
            let goes_on = ahead.goes_on(read, size);
            told.borrow_mut().extend(store.read_so_far());
            goes_on
        };
        assert_eq!(through(&mut bytes(3), all, &goes_on).unwrap(), all);
        assert_eq!(told.take(), [0, 33, 66, 99, 100]);
        let left = Cell::new(2);
        let goes_on = |_, _| 0 < left.replace(left.get() - 1);
        let read = through(&mut bytes(3), all, &goes_on).unwrap();
        assert_eq!(read, 2 * STEP as u64);
    }

    #[test]
    fn whoever_leaves_waits_for_no_sweep_and_sweeps_when_they_are_back() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::open(&home.path().join("clinic.redb"), None).unwrap();
        store.leave(true);
        assert!(matches!(store.read_ahead(), Err(Error::Interrupted)));
        store.leave(false);
        store.read_ahead().unwrap();
        assert_eq!(store.read_so_far(), None);
        store.leave(true);
        store.read_ahead().unwrap();
        Store::in_memory(1).unwrap().read_ahead().unwrap();
        assert!(swept(&home.path().join("none"), &|_, _| true).is_err());
    }
}
