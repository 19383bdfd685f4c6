//! One write transaction: decide on its view, append, commit — or nothing.

use std::{collections::BTreeSet, ops::Bound};

use redb::{ReadableTable, Table as RedbTable, WriteTransaction};

use super::{Error, Store, journal, layout, rows, snapshot};
use crate::domain::{
    aspect::Aspect,
    clinic::Clinic,
    day::Day,
    event::{Entry, Event, apply},
    id::StaffId,
    rows::clinic_key,
    tables::{Counter, Index, Read, Row, Table, Write},
};

/// Who writes an entry, when, and why.
#[derive(Debug, Clone)]
pub struct Header {
    /// Wall time, milliseconds in UTC.
    pub at: i64,
    pub day: Day,
    pub user: StaffId,
    pub window: String,
    pub request: String,
    pub cause: String,
}

/// The open tables of a write transaction.
pub struct Writing<'t> {
    meta: RedbTable<'t, &'static str, &'static [u8]>,
    journal: RedbTable<'t, u64, &'static [u8]>,
    rows: RedbTable<'t, &'static [u8], &'static [u8]>,
    index: RedbTable<'t, &'static [u8], &'static [u8]>,
    counters: RedbTable<'t, &'static str, u64>,
    revisions: RedbTable<'t, &'static [u8], u64>,
    requests: RedbTable<'t, &'static str, (u64, u64)>,
    before: RedbTable<'t, &'static [u8], &'static [u8]>,
    /// The entry whose events are being applied.
    seq: u64,
}

impl Store {
    /// Runs `work` in one write transaction; its error leaves nothing.
    /// Waits for another window's transaction.
    pub fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.database.begin_write().map_err(Error::from)?;
        self.run(transaction, work)
    }

    /// As `write`, but answers `Busy` instead of waiting.
    pub fn try_write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.database.try_begin_write().map_err(Error::from)?;
        self.run(transaction, work)
    }

    fn run<T, E: From<Error>>(
        &self,
        transaction: WriteTransaction,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writing = Writing::open(&transaction)?;
        let theirs = writing.number(layout::META_VERSION)?;
        if theirs != self.version {
            return Err(Error::Newer {
                theirs,
                ours: self.version,
            }
            .into());
        }
        let answer = work(&mut writing)?;
        drop(writing);
        transaction.commit().map_err(Error::from)?;
        Ok(answer)
    }
}

impl<'t> Writing<'t> {
    pub(super) fn open(transaction: &'t WriteTransaction) -> Result<Self, Error> {
        Ok(Self {
            meta: transaction.open_table(layout::META)?,
            journal: transaction.open_table(layout::JOURNAL)?,
            rows: transaction.open_table(layout::ROWS)?,
            index: transaction.open_table(layout::INDEX)?,
            counters: transaction.open_table(layout::COUNTERS)?,
            revisions: transaction.open_table(layout::REVISIONS)?,
            requests: transaction.open_table(layout::REQUESTS)?,
            before: transaction.open_table(layout::BEFORE)?,
            seq: 0,
        })
    }

    /// Appends an entry and applies it. Returns its sequence number.
    pub fn append(&mut self, header: &Header, events: Vec<Event>) -> Result<u64, Error> {
        let seq = self.number(layout::META_HEAD)? + 1;
        let touched: BTreeSet<Aspect> = events.iter().flat_map(Event::aspects).collect();
        let mut touched: Vec<Aspect> = touched.into_iter().collect();
        if let [Event::RequestUndone(undone)] = events.as_slice() {
            touched = self.touched(undone.first, undone.last)?;
        }
        let entry = Entry {
            seq,
            at: header.at,
            day: header.day,
            user: header.user,
            window: header.window.clone(),
            request: header.request.clone(),
            cause: header.cause.clone(),
            before: self.head_hash()?,
            touched,
            events,
        };
        let bytes = journal::encode(&entry)?;
        self.journal.insert(seq, bytes.as_slice())?;
        self.set_number(layout::META_HEAD, seq)?;
        self.meta
            .insert(layout::META_HASH, journal::hash(&bytes).as_slice())?;
        self.replay(&entry)?;
        Ok(seq)
    }

    /// Applies an entry that stands in the journal: derived tables only.
    pub(super) fn replay(&mut self, entry: &Entry) -> Result<(), Error> {
        self.seq = entry.seq;
        self.set_number(
            layout::META_TIME,
            u64::from_be_bytes(entry.at.to_be_bytes()),
        )?;
        self.forget_earlier_days(entry.day)?;
        for aspect in &entry.touched {
            self.revisions
                .insert(journal::aspect_key(*aspect).as_slice(), entry.seq)?;
        }
        let first = self
            .requests
            .get(entry.request.as_str())?
            .map(|kept| kept.value().0);
        let span = (first.unwrap_or(entry.seq), entry.seq);
        self.requests.insert(entry.request.as_str(), span)?;
        apply(self, entry)
    }

    /// Returns the entry `seq`.
    pub fn entry(&self, seq: u64) -> Result<Entry, Error> {
        let bytes = self.journal.get(seq)?;
        let bytes = bytes.ok_or(Error::Damaged {
            seq,
            what: "missing".to_owned(),
        })?;
        journal::decode(seq, bytes.value())
    }

    /// Returns the last entry's sequence number.
    pub fn head(&self) -> Result<u64, Error> {
        self.number(layout::META_HEAD)
    }

    /// Returns the wall time of the last entry.
    pub fn last_time(&self) -> Result<i64, Error> {
        Ok(i64::from_be_bytes(
            self.number(layout::META_TIME)?.to_be_bytes(),
        ))
    }

    /// Returns the entries a request wrote, first and last, if it was answered before.
    pub fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error> {
        Ok(self.requests.get(id)?.map(|value| value.value()))
    }

    /// Returns whether the rows before entry `seq` are still kept, so that it can be undone.
    pub fn can_restore(&self, day: Day) -> Result<bool, Error> {
        Ok(self.before_day()? == Some(day))
    }

    /// Returns the aspects the entries `first..=last` touched.
    pub fn touched(&self, first: u64, last: u64) -> Result<Vec<Aspect>, Error> {
        let mut touched = BTreeSet::new();
        for seq in first..=last {
            touched.extend(self.entry(seq)?.touched);
        }
        Ok(touched.into_iter().collect())
    }

    /// Takes the next number of a counter. It counts only once an event carries it.
    pub fn next(&self, counter: &Counter) -> Result<u64, Error> {
        Ok(self.counter(counter)? + 1)
    }

    /// Returns the clinic, once set up.
    pub fn clinic(&self) -> Result<Option<Clinic>, Error> {
        self.get(&clinic_key())
    }

    pub(super) fn clear_derived(&mut self, version: u64) -> Result<(), Error> {
        self.rows.retain(|_, _| false)?;
        self.index.retain(|_, _| false)?;
        self.counters.retain(|_, _| false)?;
        self.revisions.retain(|_, _| false)?;
        self.requests.retain(|_, _| false)?;
        self.before.retain(|_, _| false)?;
        self.meta.remove(layout::META_DAY)?;
        self.set_number(layout::META_VERSION, version)
    }

    pub(super) fn number(&self, key: &str) -> Result<u64, Error> {
        Ok(self
            .meta
            .get(key)?
            .map_or(0, |value| layout::number(value.value())))
    }

    pub(super) fn set_number(&mut self, key: &str, value: u64) -> Result<(), Error> {
        self.meta.insert(key, value.to_be_bytes().as_slice())?;
        Ok(())
    }

    fn head_hash(&self) -> Result<[u8; 32], Error> {
        let kept = self.meta.get(layout::META_HASH)?;
        Ok(kept
            .and_then(|hash| hash.value().try_into().ok())
            .unwrap_or(journal::NO_HASH))
    }

    fn before_day(&self) -> Result<Option<Day>, Error> {
        let kept = self.meta.get(layout::META_DAY)?;
        Ok(kept.and_then(|day| std::str::from_utf8(day.value()).ok()?.parse().ok()))
    }

    /// Rows before an entry are kept for the entries of the latest day only.
    fn forget_earlier_days(&mut self, day: Day) -> Result<(), Error> {
        if self.before_day()?.is_none_or(|kept| kept < day) {
            self.before.retain(|_, _| false)?;
            self.meta
                .insert(layout::META_DAY, day.to_string().as_bytes())?;
        }
        Ok(())
    }

    /// Sets a row's bytes (or removes it), keeping index and the row before.
    fn set(&mut self, table: Table, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error> {
        let full = layout::numbered(table as u8, key);
        let old: Option<Vec<u8>> = self
            .rows
            .get(full.as_slice())?
            .map(|old| old.value().to_vec());
        if old.as_deref() == bytes {
            return Ok(());
        }
        self.keep_before(&full, old.as_deref())?;
        let old_entries = old.map_or(Ok(Vec::new()), |old| rows::index_of(table, &old))?;
        let new_entries = bytes.map_or(Ok(Vec::new()), |new| rows::index_of(table, new))?;
        for (index, entry) in old_entries.iter().filter(|old| !new_entries.contains(old)) {
            self.index
                .remove(layout::numbered(*index as u8, entry).as_slice())?;
        }
        for (index, entry) in new_entries.iter().filter(|new| !old_entries.contains(new)) {
            self.index
                .insert(layout::numbered(*index as u8, entry).as_slice(), key)?;
        }
        match bytes {
            Some(bytes) => self.rows.insert(full.as_slice(), bytes)?,
            None => self.rows.remove(full.as_slice())?,
        };
        Ok(())
    }

    fn keep_before(&mut self, full: &[u8], old: Option<&[u8]>) -> Result<(), Error> {
        let mut key = self.seq.to_be_bytes().to_vec();
        key.extend_from_slice(full);
        if self.before.get(key.as_slice())?.is_none() {
            let mut image = vec![u8::from(old.is_some())];
            image.extend_from_slice(old.unwrap_or_default());
            self.before.insert(key.as_slice(), image.as_slice())?;
        }
        Ok(())
    }
}

impl Read for Writing<'_> {
    type Fault = Error;

    fn get<R: Row>(&self, key: &[u8]) -> Result<Option<R>, Error> {
        let key = layout::numbered(R::TABLE as u8, key);
        self.rows
            .get(key.as_slice())?
            .map(|bytes| rows::decode(bytes.value()))
            .transpose()
    }

    fn listed<R: Row>(&self, index: Index, from: &[u8], to: &[u8]) -> Result<Vec<R>, Error> {
        snapshot::listed(&self.index, &self.rows, index, from, to)
    }

    fn counter(&self, counter: &Counter) -> Result<u64, Error> {
        Ok(self
            .counters
            .get(counter.key().as_str())?
            .map_or(0, |n| n.value()))
    }

    fn revision(&self, aspect: Aspect) -> Result<u64, Error> {
        let key = journal::aspect_key(aspect);
        Ok(self.revisions.get(key.as_slice())?.map_or(0, |n| n.value()))
    }
}

impl Write for Writing<'_> {
    fn put<R: Row>(&mut self, row: &R) -> Result<(), Error> {
        let bytes = rows::encode(row)?;
        self.set(R::TABLE, &row.key(), Some(&bytes))
    }

    fn raise(&mut self, counter: &Counter, value: u64) -> Result<(), Error> {
        if self.counter(counter)? < value {
            self.counters.insert(counter.key().as_str(), value)?;
        }
        Ok(())
    }

    fn restore(&mut self, first: u64, last: u64) -> Result<(), Error> {
        let (from, to) = (first.to_be_bytes(), (last + 1).to_be_bytes());
        let range = (Bound::Included(&from[..]), Bound::Excluded(&to[..]));
        let mut seen = BTreeSet::new();
        let mut images = Vec::new();
        for item in self.before.range::<&[u8]>(range)? {
            let (key, image) = item?;
            let row = key.value().get(8..).unwrap_or_default().to_vec();
            if seen.insert(row.clone()) {
                images.push((row, image.value().to_vec()));
            }
        }
        for (row, image) in images {
            let Some((number, key)) = row.split_first() else {
                continue;
            };
            let table = Table::ALL.into_iter().find(|table| *table as u8 == *number);
            let table = table.ok_or(Error::Row { table: "before" })?;
            let bytes = image
                .split_first()
                .filter(|(kept, _)| **kept == 1)
                .map(|(_, old)| old);
            self.set(table, key, bytes)?;
        }
        Ok(())
    }
}
