//! One consistent view of the store: open it for one question, then let it go.

use std::{collections::BTreeMap, ops::Bound};

use super::{
    Error, Staging, Store,
    check::table_name,
    hexadecimal, journal, layout, packing, rows,
    shelf::{Shelf, Viewed},
};
use crate::domain::{
    aspect::Aspect,
    event::Entry,
    few::Few,
    tables::{Counter, EachKey, Index, Read, Row, Table},
};

/// A snapshot; never keep one across a wait for input.
pub struct Snapshot {
    pub(super) tables: Viewed,
}

/// The end of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// The last entry's sequence number; 0 for an empty journal.
    pub seq: u64,
    /// The last entry's wall time, milliseconds in UTC.
    pub at: i64,
}

impl Store {
    /// Opens a view of the store as it is now.
    ///
    /// # Errors
    /// `Newer` when a newer program has rebuilt the tables meanwhile.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        let transaction = self.database.begin_read()?;
        let meta = transaction.open_table(layout::META)?;
        let theirs = meta.get(layout::META_VERSION)?;
        let theirs = theirs.map_or(0, |value| layout::number(value.value()));
        // The tables of another version may lie otherwise.
        if theirs != self.version {
            return Err(Error::Newer {
                theirs,
                ours: self.version,
            });
        }
        let tables = Viewed {
            meta,
            journal: transaction.open_table(layout::JOURNAL)?,
            derived: transaction.open_table(layout::DERIVED)?,
        };
        Ok(Snapshot { tables })
    }

    /// Says whether entry `seq` of another store is another than the one here; of one that is
    /// not here yet, that it is.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn is_other(&self, other: &Self, seq: u64) -> Result<bool, Error> {
        if seq == 0 {
            return Ok(false);
        }
        let here = self.snapshot()?.raw(seq);
        let there = other.snapshot()?.raw(seq)?;
        match here {
            Ok(here) => Ok(here != there),
            Err(Error::Damaged { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Says whether entry `seq` stands here with these bytes.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn holds(&self, seq: u64, bytes: &[u8]) -> Result<bool, Error> {
        match self.snapshot()?.raw(seq) {
            Ok(own) => Ok(own == bytes),
            Err(Error::Damaged { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns the sequence number of the last entry: the one counter other windows watch.
    pub fn head(&self) -> Result<u64, Error> {
        let transaction = self.database.begin_read()?;
        let meta = transaction.open_table(layout::META)?;
        let value = meta.get(layout::META_HEAD)?;
        Ok(value.map_or(0, |value| layout::number(value.value())))
    }
}

impl Snapshot {
    /// Begins to work entries out beside what stands here.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn stage(&self, store: &Store) -> Result<Staging<'_>, Error> {
        Staging::over(&self.tables, &store.beside())
    }

    /// Returns the end of the journal.
    pub fn head(&self) -> Result<Head, Error> {
        let at = self.number(layout::META_TIME)?;
        Ok(Head {
            seq: self.number(layout::META_HEAD)?,
            at: i64::from_be_bytes(at.to_be_bytes()),
        })
    }

    /// Returns the last entry that changed what anybody is shown.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn changed(&self) -> Result<u64, Error> {
        self.number(layout::META_CHANGED)
    }

    /// Returns the entry `seq`.
    ///
    /// # Errors
    /// `Damaged` when it is missing or cannot be read.
    pub fn entry(&self, seq: u64) -> Result<Entry, Error> {
        journal::decode(seq, &self.raw(seq)?)
    }

    /// Returns the bytes of entry `seq` as the journal holds them.
    ///
    /// # Errors
    /// `Damaged` when it is missing.
    pub(super) fn raw(&self, seq: u64) -> Result<Vec<u8>, Error> {
        let bytes = self.tables.journal(seq)?;
        bytes.ok_or(Error::Damaged {
            seq,
            what: "missing".to_owned(),
        })
    }

    /// Returns the hash of entry `seq` as digits; none where it is not here.
    pub(super) fn hash_of(&self, seq: u64) -> Result<Option<String>, Error> {
        let bytes = self.tables.journal(seq)?;
        Ok(bytes.map(|bytes| hexadecimal::written(&journal::hash(&bytes))))
    }

    /// Counts the rows of each table.
    pub(super) fn counted(&self) -> Result<BTreeMap<String, u64>, Error> {
        let mut rows = BTreeMap::new();
        let end = layout::ROWS_END;
        for item in self.tables.derived.range::<&[u8]>(..end.as_slice())? {
            let (key, _) = item?;
            *rows.entry(table_name(key.value()).to_owned()).or_default() += 1;
        }
        Ok(rows)
    }

    /// Calls `each` with the entries `first..`, in order, until it answers false.
    pub fn entries(
        &self,
        first: u64,
        mut each: impl FnMut(Entry, &[u8]) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        for item in self.tables.journal.range(first..)? {
            let (seq, kept) = item?;
            let bytes = packing::unpacked(seq.value(), kept.value())?;
            let entry = journal::decode(seq.value(), &bytes)?;
            if !each(entry, &bytes)? {
                break;
            }
        }
        Ok(())
    }

    /// Returns the entries a request wrote, first and last, if it was answered before.
    pub fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error> {
        self.tables.request(id)
    }

    /// Calls `each` with every row of a kind in key order until it answers false.
    pub fn every<R: Row>(
        &self,
        mut each: impl FnMut(R) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        self.each_of(R::TABLE, &mut |bytes| each(rows::decode(bytes)?))
    }

    /// Returns as much as [`Few`] reads, without any answers, of the rows an index lists.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn listed_few<R: Few>(
        &self,
        index: Index,
        from: &[u8],
        to: &[u8],
    ) -> Result<Vec<R>, Error> {
        let mut found = Vec::new();
        self.keys(index, from, to, &mut |_, key| {
            found.extend(self.few(key, &[])?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Calls `each` with as much as [`Few`] reads of every row of a kind, in key order.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn every_few<R: Few>(
        &self,
        keys: &[&str],
        mut each: impl FnMut(R) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.each_of(R::TABLE, &mut |bytes| {
            each(rows::decode_few(bytes, keys)?)?;
            Ok(true)
        })
    }

    /// Calls `each` with the bytes of a table's rows in key order until it answers false.
    fn each_of(
        &self,
        table: Table,
        each: &mut dyn FnMut(&[u8]) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let number = table as u8;
        let (from, to) = ([number], [number + 1]);
        let range = (Bound::Included(&from[..]), Bound::Excluded(&to[..]));
        for item in self.tables.derived.range::<&[u8]>(range)? {
            let (_, bytes) = item?;
            if !each(bytes.value())? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn number(&self, key: &str) -> Result<u64, Error> {
        Ok(self
            .tables
            .meta
            .get(key)?
            .map_or(0, |value| layout::number(value.value())))
    }
}

impl Read for Snapshot {
    type Fault = Error;

    fn get<R: Row>(&self, key: &[u8]) -> Result<Option<R>, Error> {
        let key = layout::numbered(R::TABLE as u8, key);
        self.tables
            .derived
            .get(key.as_slice())?
            .map(|bytes| rows::decode(bytes.value()))
            .transpose()
    }

    fn few<R: Few>(&self, key: &[u8], keys: &[&str]) -> Result<Option<R>, Error> {
        let key = layout::numbered(R::TABLE as u8, key);
        let row = self.tables.derived.get(key.as_slice())?;
        row.map(|bytes| rows::decode_few(bytes.value(), keys))
            .transpose()
    }

    fn listed<R: Row>(&self, index: Index, from: &[u8], to: &[u8]) -> Result<Vec<R>, Error> {
        let mut found = Vec::new();
        self.keys(index, from, to, &mut |_, key| {
            let key = layout::numbered(R::TABLE as u8, key);
            let row = self.tables.derived.get(key.as_slice())?.ok_or(Error::Row {
                table: R::TABLE.name(),
            })?;
            found.push(rows::decode(row.value())?);
            Ok(())
        })?;
        Ok(found)
    }

    fn keys(
        &self,
        index: Index,
        from: &[u8],
        to: &[u8],
        each: EachKey<'_, Error>,
    ) -> Result<(), Error> {
        let from = layout::numbered(index as u8, from);
        let to = layout::numbered(index as u8, to);
        self.tables.index(&from, &to, &mut |key, row| {
            each(key.get(1..).unwrap_or_default(), row)
        })
    }

    fn counter(&self, counter: &Counter) -> Result<u64, Error> {
        self.tables.counter(&counter.key())
    }

    fn revision(&self, aspect: Aspect) -> Result<u64, Error> {
        self.tables.revision(&journal::aspect_key(aspect))
    }
}
