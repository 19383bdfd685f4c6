//! The file made as small as what it holds. A database keeps the room it once needed: reading a
//! roster in or deriving all tables anew writes every page a second time before the first is free,
//! and the file doubles whenever it is full.
//!
//! Whether anybody else is here is for the caller to know. Whatever a kill leaves is whole: the
//! database moves pages in transactions of its own.

use redb::{ReadableTableMetadata as _, TableStats};

use super::{Error, Store, layout};

/// How large the file is, and how much of it is in use, both in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spare {
    pub file: u64,
    pub used: u64,
    /// How much was in use when it was compacted; 0 where it never was.
    pub held: u64,
}

impl Spare {
    /// Less is not worth anybody's while.
    const LEAST: u64 = 16 << 20;

    /// Returns what compacting would free, in bytes.
    pub const fn freed(self) -> u64 {
        self.file.saturating_sub(self.used)
    }

    /// Says whether compacting pays: a quarter of the file, and 16 MiB, are free, and not only
    /// because it has doubled once since.
    pub const fn pays(self) -> bool {
        has_grown(self.file, self.held)
            && Self::LEAST <= self.freed()
            && self.file <= 4 * self.freed()
    }
}

/// Says whether a file has grown so far beyond what it held when it was compacted that it may pay
/// to do it again. It doubles as soon as it is full: made small then, it would double again.
const fn has_grown(file: u64, held: u64) -> bool {
    const GROWN: u64 = 3;
    Spare::LEAST <= file && held.saturating_mul(GROWN) <= file
}

impl Store {
    /// Returns how the file stands; none of a store that lies in no file. Walks all tables.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn spare(&self) -> Result<Option<Spare>, Error> {
        let Some(file) = self.file_size()? else {
            return Ok(None);
        };
        let snapshot = self.snapshot()?;
        let held = snapshot.number(layout::META_COMPACTED)?;
        let tables = snapshot.tables;
        let used = [
            tables.meta.stats()?,
            tables.journal.stats()?,
            tables.derived.stats()?,
        ];
        let used = used.iter().map(bytes).sum();
        Ok(Some(Spare { file, used, held }))
    }

    /// Says whether the file has grown so much since it was compacted that it may pay to do it
    /// again. Looks at no table but the smallest.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn has_grown(&self) -> Result<bool, Error> {
        let Some(file) = self.file_size()? else {
            return Ok(false);
        };
        let held = self.snapshot()?.number(layout::META_COMPACTED)?;
        Ok(has_grown(file, held))
    }

    /// Makes the file as small as what it holds, and keeps how much that is. Returns how it stands
    /// then.
    ///
    /// # Errors
    /// `Busy` where a transaction is open, here or in another process; else as the disk says.
    pub fn compact(&self) -> Result<Option<Spare>, Error> {
        if let Some(spare) = self.spare()? {
            self.note_compacted(spare)?;
        }
        Error::contained(|| self.database.alone(|database| Ok(database.compact()?)))?;
        self.spare()
    }

    /// Keeps how much the file holds: from there it is told how far it has grown.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn note_compacted(&self, spare: Spare) -> Result<(), Error> {
        self.try_write(|writing| writing.set_number(layout::META_COMPACTED, spare.used))
    }

    fn file_size(&self) -> Result<Option<u64>, Error> {
        let Some(path) = self.database.path() else {
            return Ok(None);
        };
        let found = std::fs::metadata(path).map_err(Error::file(path))?;
        Ok(Some(found.len()))
    }
}

/// Returns what a table's pages come to.
fn bytes(table: &TableStats) -> u64 {
    table.stored_bytes() + table.metadata_bytes() + table.fragmented_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compacting_pays_where_a_quarter_of_a_file_worth_it_is_free() {
        let spare = |file: u64, used: u64| Spare {
            file: file << 20,
            used: used << 20,
            held: 0,
        };
        assert!(spare(269, 150).pays());
        assert!(spare(64, 48).pays());
        assert!(!spare(64, 49).pays());
        assert!(!spare(17, 2).pays());
        assert!(!spare(8, 9).pays());
    }

    #[test]
    fn a_file_that_only_doubled_since_it_was_compacted_is_left_alone() {
        let spare = |file: u64, held: u64| Spare {
            file: file << 20,
            used: held << 20,
            held: held << 20,
        };
        assert!(!spare(300, 150).pays());
        assert!(spare(600, 150).pays());
    }
}
