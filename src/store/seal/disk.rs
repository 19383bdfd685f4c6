//! A disk whose bytes are sealed: between the database and the file it lies in.
//!
//! Every write goes to the same place, in the same length and order, and every flush and lock
//! is the file's own: what the database promises about crashes and other processes stays true.

use std::{fmt, io, ops::Bound};

use redb::{BackendError, StorageBackend};

use super::{
    key::{DataKey, Purpose},
    xts::{BLOCK, UNIT, Xts},
};

/// A sealed disk over `D`.
#[derive(Clone)]
pub struct SealedDisk<D> {
    disk: D,
    xts: Xts,
}

impl<D> SealedDisk<D> {
    /// Seals what is written to `disk` with the store's key.
    pub fn over(disk: D, key: &DataKey) -> Self {
        let xts = Xts::new(&key.derived(Purpose::Pages));
        Self { disk, xts }
    }
}

/// Calls `work` with the unit, the first block in it, and the bytes of each unit of a range
/// that begins at a block.
fn each_unit(offset: u64, bytes: &mut [u8], mut work: impl FnMut(u64, usize, &mut [u8])) {
    const WIDE: u64 = UNIT as u64;
    let (mut unit, within) = (offset / WIDE, offset % WIDE);
    // Less than a unit fits any machine's size.
    let mut within = usize::try_from(within).unwrap_or(0);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (part, after) = rest.split_at_mut(rest.len().min(UNIT - within));
        work(unit, within / BLOCK, part);
        (unit, within, rest) = (unit + 1, 0, after);
    }
}

const fn is_at_block(offset: u64, length: usize) -> bool {
    offset.is_multiple_of(BLOCK as u64) && length.is_multiple_of(BLOCK)
}

impl<D: StorageBackend> StorageBackend for SealedDisk<D> {
    fn len(&self) -> Result<u64, io::Error> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        if !is_at_block(offset, out.len()) {
            return self.read_within(offset, out);
        }
        self.disk.read(offset, out)?;
        each_unit(offset, out, |unit, first, bytes| {
            self.xts.open(unit, first, bytes);
        });
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.disk.set_len(len)
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        self.disk.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        // Reading first what stands beside would change what a crash can leave.
        if !is_at_block(offset, data.len()) {
            let what = format!("{} bytes at {offset} are not whole blocks", data.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        let mut sealed = data.to_vec();
        each_unit(offset, &mut sealed, |unit, first, bytes| {
            self.xts.seal(unit, first, bytes);
        });
        self.disk.write(offset, &sealed)
    }

    fn close(&self) -> Result<(), io::Error> {
        self.disk.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.disk.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.disk.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.disk.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.disk.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.disk.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.disk.query_lock_range(start, end)
    }
}

impl<D: StorageBackend> SealedDisk<D> {
    /// Reads a range that does not begin and end with blocks.
    fn read_within(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        const BLOCK_BYTES: u64 = BLOCK as u64;
        let from = offset / BLOCK_BYTES * BLOCK_BYTES;
        let before = usize::try_from(offset - from).unwrap_or(0);
        let length = (before + out.len()).next_multiple_of(BLOCK);
        let mut whole = vec![0; length];
        self.read(from, &mut whole)?;
        if let Some(wanted) = whole.get(before..before + out.len()) {
            out.copy_from_slice(wanted);
        }
        Ok(())
    }
}

impl<D: fmt::Debug> fmt::Debug for SealedDisk<D> {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.debug_tuple("SealedDisk").field(&self.disk).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use redb::backends::InMemoryBackend;
    use zeroize::Zeroizing;

    fn disk() -> SealedDisk<InMemoryBackend> {
        let key = DataKey::of(Zeroizing::new([42; 32]));
        SealedDisk::over(InMemoryBackend::new(), &key)
    }

    /// Says whether 8 bytes of `plain` in a row stand in what lies on the disk.
    fn shows(disk: &SealedDisk<InMemoryBackend>, plain: &[u8]) -> bool {
        let mut raw = vec![0; usize::try_from(disk.len().unwrap()).unwrap()];
        disk.disk.read(0, &mut raw).unwrap();
        plain
            .windows(8)
            .any(|part| raw.windows(8).any(|found| found == part))
    }

    #[test]
    fn what_is_written_is_read_again_and_lies_on_the_disk_as_nothing() {
        let disk = disk();
        disk.set_len(3 * UNIT as u64).unwrap();
        let text = "张秀英 138****2211 ".repeat(400);
        let text = &text.as_bytes()[..2 * UNIT];
        disk.write(UNIT as u64, text).unwrap();
        let mut read = vec![0; 2 * UNIT];
        disk.read(UNIT as u64, &mut read).unwrap();
        assert_eq!(read, text);
        assert!(!shows(&disk, text));
    }

    #[test]
    fn a_part_of_blocks_is_not_written() {
        let disk = disk();
        disk.set_len(UNIT as u64).unwrap();
        for (offset, length) in [(1, 16), (0, 15), (8, 8)] {
            let refused = disk.write(offset, &vec![1; length]).unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::InvalidInput);
        }
        let mut read = vec![1; UNIT];
        disk.read(0, &mut read).unwrap();
        assert!(read.iter().all(|byte| *byte == 0));
    }

    proptest! {
        #[test]
        fn it_reads_like_a_plain_disk(
            writes in proptest::collection::vec((0..1024_u64, 1..900_usize, any::<u8>()), 1..12),
            reads in proptest::collection::vec((0..16_000_u64, 1..384_usize), 1..12),
        ) {
            const LENGTH: u64 = 32 * 1024;
            let (sealed, plain) = (disk(), InMemoryBackend::new());
            sealed.set_len(LENGTH).unwrap();
            plain.set_len(LENGTH).unwrap();
            for (block, count, byte) in writes {
                let bytes: Vec<u8> = (0..count * BLOCK).map(|at| at.to_le_bytes()[0] ^ byte).collect();
                sealed.write(block * BLOCK as u64, &bytes).unwrap();
                plain.write(block * BLOCK as u64, &bytes).unwrap();
            }
            for (offset, length) in reads {
                let (mut ours, mut theirs) = (vec![0; length], vec![0; length]);
                sealed.read(offset, &mut ours).unwrap();
                plain.read(offset, &mut theirs).unwrap();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
