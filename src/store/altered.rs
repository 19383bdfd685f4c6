//! Which rows were altered since a view was taken: whoever holds rows decoded looks up these
//! again, and no others.

use super::{Error, Snapshot, journal, layout, shelf::Shelf as _};
use crate::domain::tables::Table;

/// A row's table and key.
pub type RowKey = (Table, Vec<u8>);

/// A place in the journal of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    seq: u64,
    /// The last entry's: another past may have come in its place.
    hash: Option<Vec<u8>>,
    /// The day whose rows before entries are kept.
    day: Option<Vec<u8>>,
}

impl Snapshot {
    /// Returns where the journal ends.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn mark(&self) -> Result<Mark, Error> {
        Ok(Mark {
            seq: self.head()?.seq,
            hash: self.tables.meta(layout::META_HASH)?,
            day: self.tables.meta(layout::META_DAY)?,
        })
    }

    /// Returns the tables and keys of the rows that entries behind the mark altered; none where
    /// that is not known: another day has begun, or the journal is another.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn altered(&self, since: &Mark) -> Result<Option<Vec<RowKey>>, Error> {
        let entry = self.tables.journal(since.seq)?;
        let hash = entry.map(|bytes| journal::hash(&bytes).to_vec());
        if hash != since.hash || self.tables.meta(layout::META_DAY)? != since.day {
            return Ok(None);
        }
        let from = (since.seq + 1).to_be_bytes();
        let mut altered = Vec::new();
        self.tables.before(&from, &[u8::MAX; 9], &mut |key, _| {
            let row = key.get(layout::SEQ..).unwrap_or_default();
            if let Some((number, key)) = row.split_first()
                && let Some(table) = Table::ALL.into_iter().find(|one| *one as u8 == *number)
            {
                altered.push((table, key.to_vec()));
            }
            Ok(())
        })?;
        Ok(Some(altered))
    }
}
