//! The tables as bytes, whatever keeps them: a snapshot, a write transaction, or entries worked
//! out beside the store.
//!
//! It knows no row and no event.

use std::ops::Bound;

use redb::{ReadableTable, Table, WriteTransaction};

use super::{Error, layout};

/// Is told a key and its value.
pub(super) type Each<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<(), Error>;

/// Reads the tables.
pub(super) trait Shelf {
    fn meta(&self, key: &'static str) -> Result<Option<Vec<u8>>, Error>;
    fn journal(&self, seq: u64) -> Result<Option<Vec<u8>>, Error>;
    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error>;
    /// Lists rows, `from` inclusive, `to` exclusive.
    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
    /// Lists index keys with their rows' keys, `from` inclusive, `to` exclusive.
    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
    fn counter(&self, key: &str) -> Result<u64, Error>;
    fn revision(&self, key: &[u8]) -> Result<u64, Error>;
    fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error>;
    /// Lists the rows before entries, as `index` does.
    fn before(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
}

/// Writes the tables; no value removes.
pub(super) trait WriteShelf: Shelf {
    fn set_meta(&mut self, key: &'static str, value: Option<&[u8]>) -> Result<(), Error>;
    fn set_journal(&mut self, seq: u64, bytes: &[u8]) -> Result<(), Error>;
    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error>;
    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error>;
    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error>;
    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error>;
    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error>;
    /// Keeps the row before an entry, unless it is kept already.
    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error>;
    fn clear_before(&mut self) -> Result<(), Error>;
}

/// The open tables of a write transaction.
pub(super) struct Opened<'t> {
    meta: Table<'t, &'static str, &'static [u8]>,
    journal: Table<'t, u64, &'static [u8]>,
    rows: Table<'t, &'static [u8], &'static [u8]>,
    index: Table<'t, &'static [u8], &'static [u8]>,
    counters: Table<'t, &'static str, u64>,
    revisions: Table<'t, &'static [u8], u64>,
    requests: Table<'t, &'static str, (u64, u64)>,
    before: Table<'t, &'static [u8], &'static [u8]>,
}

impl<'t> Opened<'t> {
    pub fn of(transaction: &'t WriteTransaction) -> Result<Self, Error> {
        Ok(Self {
            meta: transaction.open_table(layout::META)?,
            journal: transaction.open_table(layout::JOURNAL)?,
            rows: transaction.open_table(layout::ROWS)?,
            index: transaction.open_table(layout::INDEX)?,
            counters: transaction.open_table(layout::COUNTERS)?,
            revisions: transaction.open_table(layout::REVISIONS)?,
            requests: transaction.open_table(layout::REQUESTS)?,
            before: transaction.open_table(layout::BEFORE)?,
        })
    }

    /// Empties every derived table.
    pub fn clear_derived(&mut self) -> Result<(), Error> {
        self.rows.retain(|_, _| false)?;
        self.index.retain(|_, _| false)?;
        self.counters.retain(|_, _| false)?;
        self.revisions.retain(|_, _| false)?;
        self.requests.retain(|_, _| false)?;
        self.before.retain(|_, _| false)?;
        self.meta.remove(layout::META_DAY)?;
        Ok(())
    }
}

impl Shelf for Opened<'_> {
    fn meta(&self, key: &'static str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.meta.get(key)?.map(|kept| kept.value().to_vec()))
    }

    fn journal(&self, seq: u64) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.journal.get(seq)?.map(|kept| kept.value().to_vec()))
    }

    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.rows.get(key)?.map(|kept| kept.value().to_vec()))
    }

    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        listed(&self.rows, from, to, each)
    }

    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        listed(&self.index, from, to, each)
    }

    fn counter(&self, key: &str) -> Result<u64, Error> {
        Ok(self.counters.get(key)?.map_or(0, |kept| kept.value()))
    }

    fn revision(&self, key: &[u8]) -> Result<u64, Error> {
        Ok(self.revisions.get(key)?.map_or(0, |kept| kept.value()))
    }

    fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error> {
        Ok(self.requests.get(id)?.map(|kept| kept.value()))
    }

    fn before(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        listed(&self.before, from, to, each)
    }
}

impl WriteShelf for Opened<'_> {
    fn set_meta(&mut self, key: &'static str, value: Option<&[u8]>) -> Result<(), Error> {
        match value {
            Some(value) => self.meta.insert(key, value)?,
            None => self.meta.remove(key)?,
        };
        Ok(())
    }

    fn set_journal(&mut self, seq: u64, bytes: &[u8]) -> Result<(), Error> {
        self.journal.insert(seq, bytes)?;
        Ok(())
    }

    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error> {
        match bytes {
            Some(bytes) => self.rows.insert(key, bytes)?,
            None => self.rows.remove(key)?,
        };
        Ok(())
    }

    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error> {
        match row {
            Some(row) => self.index.insert(key, row)?,
            None => self.index.remove(key)?,
        };
        Ok(())
    }

    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error> {
        self.counters.insert(key, value)?;
        Ok(())
    }

    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error> {
        self.revisions.insert(key, seq)?;
        Ok(())
    }

    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error> {
        self.requests.insert(id, span)?;
        Ok(())
    }

    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error> {
        if self.before.get(key)?.is_none() {
            self.before.insert(key, image)?;
        }
        Ok(())
    }

    fn clear_before(&mut self) -> Result<(), Error> {
        self.before.retain(|_, _| false)?;
        Ok(())
    }
}

/// Lists a table of bytes, `from` inclusive, `to` exclusive.
pub(super) fn listed(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    from: &[u8],
    to: &[u8],
    each: Each<'_>,
) -> Result<(), Error> {
    for item in table.range::<&[u8]>((Bound::Included(from), Bound::Excluded(to)))? {
        let (key, value) = item?;
        each(key.value(), value.value())?;
    }
    Ok(())
}
