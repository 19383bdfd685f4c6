//! A file as a store's disk: its flushes take as long as one wants at least, and what is written
//! to it is counted. And a store sealed as a clinic's is, page by page, however large it is.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    ops::Bound,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use cunyi::store::seal::{DataKey, SealedDisk};
use redb::{BackendError, StorageBackend, backends::FileBackend};

/// Bytes of a page.
pub const PAGE: usize = 4096;

/// A file whose flushes take their time, and what was written to it.
#[derive(Debug, Clone)]
pub struct Disk {
    file: Arc<FileBackend>,
    flush: Duration,
    pages: Arc<AtomicUsize>,
    flushes: Arc<AtomicUsize>,
}

impl Disk {
    /// The file as it is.
    pub fn of(file: &Path) -> Self {
        Self::flushing(file, Duration::ZERO)
    }

    /// The same with flushes of at least so long.
    pub fn flushing(file: &Path, flush: Duration) -> Self {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = FileBackend::new(options.open(file).unwrap()).unwrap();
        Self {
            file: Arc::new(file),
            flush,
            pages: Arc::default(),
            flushes: Arc::default(),
        }
    }

    /// How many pages and flushes came so far.
    pub fn written(&self) -> (usize, usize) {
        (self.pages.load(Relaxed), self.flushes.load(Relaxed))
    }
}

/// Seals a plain store: the same pages in another file.
pub fn seal(plain: &Path, to: &Path, key: &DataKey) {
    let mut from = File::open(plain).unwrap();
    let disk = SealedDisk::over(Disk::of(to), key);
    disk.set_len(from.metadata().unwrap().len()).unwrap();
    let mut page = vec![0; PAGE];
    let mut at = 0;
    while from.read_exact(&mut page).is_ok() {
        if page.iter().any(|byte| *byte != 0) {
            disk.write(at, &page).unwrap();
        }
        at += PAGE as u64;
    }
    disk.sync_data().unwrap();
    disk.close().unwrap();
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, io::Error> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.file.set_len(len)
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        let begun = Instant::now();
        self.flushes.fetch_add(1, Relaxed);
        self.file.sync_data()?;
        thread::sleep(self.flush.saturating_sub(begun.elapsed()));
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.pages.fetch_add(data.len().div_ceil(PAGE), Relaxed);
        self.file.write(offset, data)
    }

    fn close(&self) -> Result<(), io::Error> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}
