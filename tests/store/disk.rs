//! A disk that fails on purpose: it stops at a given write, and a power cut
//! loses what was not flushed, in part and torn.

use std::{
    io,
    sync::{Arc, Mutex},
};

use redb::StorageBackend;

/// The locks of a disk only one process has: every one is free.
macro_rules! free_locks {
    () => {
        fn try_lock_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<bool, ::redb::BackendError> {
            Ok(true)
        }

        fn try_lock_shared_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<bool, ::redb::BackendError> {
            Ok(true)
        }

        fn lock_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<(), ::redb::BackendError> {
            Ok(())
        }

        fn lock_shared_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<(), ::redb::BackendError> {
            Ok(())
        }

        fn unlock_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<(), ::redb::BackendError> {
            Ok(())
        }

        fn query_lock_range(
            &self,
            _: ::std::ops::Bound<u64>,
            _: ::std::ops::Bound<u64>,
        ) -> Result<bool, ::redb::BackendError> {
            Ok(false)
        }
    };
}
// A bench that has this disk alone writes no other.
#[allow(unused_imports)]
pub(crate) use free_locks;

/// What a disk holds and how far it may go on.
#[derive(Debug, Default)]
struct Platter {
    bytes: Vec<u8>,
    /// What a power cut surely leaves.
    flushed: Vec<u8>,
    /// Writes since the last flush: offset and bytes.
    pending: Vec<(usize, Vec<u8>)>,
    writes: usize,
    /// Pages of 4 KiB, parts of one counted whole.
    pages: usize,
    flushes: usize,
    stops_at: Option<usize>,
    has_stopped: bool,
    /// Whether it stops because it is full: it can still be read.
    is_full: bool,
}

/// A handle on a disk; clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<Platter>>);

impl Disk {
    /// A disk that holds `bytes`.
    pub fn holding(bytes: Vec<u8>) -> Self {
        let disk = Self::default();
        {
            let mut platter = disk.0.lock().unwrap();
            platter.flushed.clone_from(&bytes);
            platter.bytes = bytes;
        }
        disk
    }

    /// From the `n`-th write on, every operation fails.
    pub fn stops_at(self, n: usize) -> Self {
        self.0.lock().unwrap().stops_at = Some(n);
        self
    }

    /// From now on takes `n` more writes; then it is full.
    pub fn fill_after(&self, n: usize) {
        let mut platter = self.0.lock().unwrap();
        platter.stops_at = Some(platter.writes + n + 1);
        platter.is_full = true;
    }

    /// Somebody made room.
    pub fn make_room(&self) {
        let mut platter = self.0.lock().unwrap();
        platter.stops_at = None;
        (platter.has_stopped, platter.is_full) = (false, false);
    }

    /// Says whether it was full when something was to be written.
    pub fn was_full(&self) -> bool {
        self.0.lock().unwrap().has_stopped
    }

    /// How many writes, flushes and changes of length came so far.
    pub fn writes(&self) -> usize {
        self.0.lock().unwrap().writes
    }

    /// How many pages and flushes came so far.
    pub fn written(&self) -> (usize, usize) {
        let platter = self.0.lock().unwrap();
        (platter.pages, platter.flushes)
    }

    /// What stands on the disk after the process is killed: every write.
    pub fn after_kill(&self) -> Vec<u8> {
        self.0.lock().unwrap().bytes.clone()
    }

    /// What stands on the disk after a power cut: what was flushed, and of the
    /// rest some writes whole, some torn, some not at all, as `seed` says.
    pub fn after_power_cut(&self, seed: u64) -> Vec<u8> {
        let platter = self.0.lock().unwrap();
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut bytes = platter.flushed.clone();
        for (offset, written) in &platter.pending {
            let kept = match chance.u8(0..3) {
                0 => 0,
                1 => written.len(),
                _ => chance.usize(0..=written.len()) / 512 * 512,
            };
            let end = offset + kept;
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*offset..end].copy_from_slice(&written[..kept]);
        }
        if bytes.len() < platter.bytes.len() {
            bytes.resize(platter.bytes.len(), 0);
        }
        bytes
    }

    fn step(&self) -> Result<std::sync::MutexGuard<'_, Platter>, io::Error> {
        let mut platter = self.0.lock().unwrap();
        platter.writes += 1;
        if platter.has_stopped || platter.stops_at == Some(platter.writes) {
            platter.has_stopped = true;
            return Err(match platter.is_full {
                true => io::ErrorKind::StorageFull.into(),
                false => io::Error::other("the disk has stopped"),
            });
        }
        Ok(platter)
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, io::Error> {
        Ok(self.0.lock().unwrap().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let platter = self.0.lock().unwrap();
        if platter.has_stopped && !platter.is_full {
            return Err(io::Error::other("the disk has stopped"));
        }
        let offset = usize::try_from(offset).unwrap();
        let found = platter.bytes.get(offset..offset + out.len());
        let found = found.ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(found);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        let mut platter = self.step()?;
        platter.bytes.resize(usize::try_from(len).unwrap(), 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        let mut platter = self.step()?;
        let bytes = platter.bytes.clone();
        platter.flushed = bytes;
        platter.flushes += 1;
        platter.pending.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        let mut platter = self.step()?;
        let offset = usize::try_from(offset).unwrap();
        platter.bytes[offset..offset + data.len()].copy_from_slice(data);
        platter.pages += data.len().div_ceil(4096);
        platter.pending.push((offset, data.to_vec()));
        Ok(())
    }

    free_locks!();
}
