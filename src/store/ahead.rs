//! A file that left memory is read from end to end beside a pass over much of it: a turning disk
//! gives all of it in one sweep in a fraction of the time that its pages take one by one.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::Store;

/// So much is read at a time, in bytes.
const STEP: usize = 1 << 18;
/// So many places of the file are looked at, spread over it …
const LOOKS: u64 = 8;
/// … so much of each, in bytes.
const LOOK: u64 = 1 << 16;
/// What lies in memory, or on a disk without moving parts, comes sooner than this.
const SOON: Duration = Duration::from_micros(500);
/// So many places that came later are worth a sweep; fewer were late because something else was.
const LATE: usize = 3;

impl Store {
    /// Does what reads much of the store's file; while it does, and where the disk is slow, the
    /// file is read ahead of it. What cannot be read ahead is read when it is asked for.
    pub fn ahead_of<T>(&self, work: impl FnOnce() -> T) -> T {
        let Some(path) = self.database.path() else {
            return work();
        };
        let goes_on = AtomicBool::new(true);
        thread::scope(|scope| {
            let ahead = || swept(path, &|| goes_on.load(Ordering::Relaxed));
            // Without a thread more the work is done as well.
            let _ = thread::Builder::new().spawn_scoped(scope, ahead);
            let _ended = Ended(&goes_on);
            work()
        })
    }
}

/// Ends the sweep, also where the work panics: the scope would wait for it.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Reads the file where its disk is slow, as long as it goes on; returns how many bytes.
fn swept(path: &std::path::Path, goes_on: &dyn Fn() -> bool) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if !is_slow(&mut file, size, goes_on)? {
        return Ok(0);
    }
    file.rewind()?;
    through(&mut file, goes_on)
}

/// Whether several places of the file come late.
fn is_slow(
    file: &mut (impl Read + Seek),
    size: u64,
    goes_on: &dyn Fn() -> bool,
) -> io::Result<bool> {
    let mut late = 0;
    for at in 0..LOOKS {
        file.seek(SeekFrom::Start(size / LOOKS * at))?;
        let begun = Instant::now();
        io::copy(&mut file.by_ref().take(LOOK), &mut io::sink())?;
        late += usize::from(SOON < begun.elapsed());
        if late == LATE || !goes_on() {
            break;
        }
    }
    Ok(late == LATE)
}

/// Reads what is left as long as it goes on; returns how many bytes that were.
fn through(file: &mut impl Read, goes_on: &dyn Fn() -> bool) -> io::Result<u64> {
    let (mut step, mut all) = (vec![0; STEP], 0);
    while goes_on() {
        match file.read(&mut step)? {
            0 => break,
            some => all += u64::try_from(some).unwrap_or(0),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, io::Cursor};

    use super::*;

    /// A file each of whose reads takes so long.
    struct Disk(Cursor<Vec<u8>>, Duration);

    impl Read for Disk {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            thread::sleep(self.1);
            self.0.read(out)
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    fn bytes(steps: usize) -> Cursor<Vec<u8>> {
        Cursor::new(vec![7; steps * STEP + 1])
    }

    #[test]
    fn a_slow_disk_is_known_by_three_places_and_no_more_are_looked_at() {
        let size = u64::try_from(bytes(4).get_ref().len()).unwrap();
        let mut slow = Disk(bytes(4), 2 * SOON);
        assert!(is_slow(&mut slow, size, &|| true).unwrap());
        assert_eq!(slow.0.position(), size / LOOKS * 2 + LOOK);
        let mut ended = Disk(bytes(4), 2 * SOON);
        assert!(!is_slow(&mut ended, size, &|| false).unwrap());
        assert_eq!(ended.0.position(), LOOK);
    }

    #[test]
    fn a_sweep_reads_everything_unless_it_is_ended() {
        assert_eq!(
            through(&mut bytes(3), &|| true).unwrap(),
            3 * STEP as u64 + 1
        );
        let left = Cell::new(2);
        let goes_on = || 0 < left.replace(left.get() - 1);
        assert_eq!(through(&mut bytes(3), &goes_on).unwrap(), 2 * STEP as u64);
    }

    #[test]
    fn the_work_is_done_where_there_is_no_file_and_where_it_panics() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("clinic.redb");
        let store = Store::open(&path, None).unwrap();
        assert_eq!(store.ahead_of(|| 7), 7);
        assert_eq!(Store::in_memory(1).unwrap().ahead_of(|| 7), 7);
        assert!(swept(&home.path().join("none"), &|| true).is_err());
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.ahead_of(|| panic!("the work broke off"));
        }));
        assert!(broken.is_err());
    }
}
