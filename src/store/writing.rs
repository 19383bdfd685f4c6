//! One write transaction: decide on its view, append, commit — or nothing.

use std::collections::BTreeSet;

use redb::WriteTransaction;

use super::{
    Error, Staging, Store, journal, layout,
    packing::Packer,
    rows,
    shelf::{Opened, WriteShelf},
};
use crate::domain::{
    aspect::Aspect,
    clinic::Clinic,
    day::Day,
    event::{Entry, Event, apply},
    id::StaffId,
    rows::{clinic_key, settings_key},
    settings::{KeptSettings, Settings},
    tables::{Counter, Read, Table},
};

/// Tells the keys by which a row of these bytes is found under the settings in force.
pub(super) type Finding<'f> = &'f dyn Fn(&[u8], &Settings) -> Result<rows::Entries, Error>;

/// Entries read in one transaction: pages freed meanwhile wait no longer than that.
const STRETCH: u64 = 512;

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

/// Tables that can be written: those of a write transaction, or of entries worked out beside it.
pub struct Writing<'t> {
    pub(super) shelf: &'t mut (dyn WriteShelf + 't),
    /// The entry whose events are being applied.
    seq: u64,
    /// The settings the index stands by, once they were needed.
    settings: Option<Settings>,
    packer: Packer,
}

impl Store {
    /// Runs `work` in one write transaction; its error leaves nothing.
    /// Waits for another window's transaction.
    pub fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.database.begin_write()?;
        self.run(transaction, work)
    }

    /// As `write`, but answers `Busy` instead of waiting.
    pub fn try_write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.database.try_begin_write()?;
        self.run(transaction, work)
    }

    fn run<T, E: From<Error>>(
        &self,
        transaction: WriteTransaction,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut opened = Opened::of(&transaction)?;
        let packer = std::mem::take(&mut *self.packer());
        let mut writing = Writing::with(packer, &mut opened);
        let theirs = writing.number(layout::META_VERSION)?;
        if theirs != self.version {
            return Err(Error::Newer {
                theirs,
                ours: self.version,
            }
            .into());
        }
        let answer = work(&mut writing)?;
        let head = writing.head()?;
        *self.packer() = writing.into_packer();
        drop(opened);
        transaction.commit().map_err(Error::from)?;
        if let Some(tail) = &self.tail {
            tail.follow(self, head);
        }
        Ok(answer)
    }

    /// Calls `each` with the entries behind `before` up to `head` as they stand in the journal,
    /// some hundreds at a time, each lot read in a transaction of its own.
    pub(super) fn stretches(
        &self,
        before: u64,
        head: u64,
        mut each: impl FnMut(Vec<(u64, Vec<u8>)>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut first = before + 1;
        while first <= head {
            let last = head.min(first + STRETCH - 1);
            let snapshot = self.snapshot()?;
            let entries: Result<Vec<_>, Error> = (first..=last)
                .map(|seq| Ok((seq, snapshot.raw(seq)?)))
                .collect();
            drop(snapshot);
            each(entries?)?;
            first = last + 1;
        }
        Ok(())
    }
}

impl<'t> Writing<'t> {
    pub(super) fn on(shelf: &'t mut (dyn WriteShelf + 't)) -> Self {
        Self::with(Packer::default(), shelf)
    }

    /// Writes with what packed before.
    pub(super) fn with(packer: Packer, shelf: &'t mut (dyn WriteShelf + 't)) -> Self {
        Self {
            shelf,
            seq: 0,
            settings: None,
            packer,
        }
    }

    /// Returns what packs, for who writes next.
    pub(super) fn into_packer(self) -> Packer {
        self.packer
    }

    /// Begins to work entries out beside these tables.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn stage(&self, store: &Store) -> Result<Staging<'_>, Error> {
        Staging::over(&*self.shelf, &store.beside())
    }

    /// Appends an entry and applies it. Returns the entry.
    pub fn append(&mut self, header: &Header, events: Vec<Event>) -> Result<Entry, Error> {
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
        self.keep(&entry, &bytes)?;
        Ok(entry)
    }

    /// Takes an entry over as it stood in another copy of this journal.
    pub(super) fn take_over(&mut self, seq: u64, bytes: &[u8]) -> Result<(), Error> {
        self.keep(&journal::decode(seq, bytes)?, bytes)
    }

    /// Puts an entry at the end of the journal and applies it.
    fn keep(&mut self, entry: &Entry, bytes: &[u8]) -> Result<(), Error> {
        self.shelf
            .set_journal(entry.seq, &self.packer.packed(bytes))?;
        self.set_number(layout::META_HEAD, entry.seq)?;
        let hash = journal::hash(bytes);
        self.shelf.set_meta(layout::META_HASH, Some(&hash))?;
        self.replay(entry)
    }

    /// Applies an entry that stands in the journal: derived tables only.
    pub(super) fn replay(&mut self, entry: &Entry) -> Result<(), Error> {
        self.seq = entry.seq;
        if !entry.is_quiet() {
            self.set_number(
                layout::META_TIME,
                u64::from_be_bytes(entry.at.to_be_bytes()),
            )?;
            self.set_number(layout::META_CHANGED, entry.seq)?;
            self.forget_other_days(entry.day)?;
        }
        for aspect in &entry.touched {
            let key = journal::aspect_key(*aspect);
            self.shelf.set_revision(&key, entry.seq)?;
        }
        let kept = self.shelf.request(&entry.request)?;
        let first = kept.map_or(entry.seq, |(first, _)| first);
        self.shelf.set_request(&entry.request, (first, entry.seq))?;
        apply(self, entry)
    }

    /// Returns the entry `seq`.
    pub fn entry(&self, seq: u64) -> Result<Entry, Error> {
        let bytes = self.shelf.journal(seq)?;
        let bytes = bytes.ok_or(Error::Damaged {
            seq,
            what: "missing".to_owned(),
        })?;
        journal::decode(seq, &bytes)
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
        self.shelf.request(id)
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

    pub(super) fn number(&self, key: &'static str) -> Result<u64, Error> {
        let kept = self.shelf.meta(key)?;
        Ok(kept.map_or(0, |value| layout::number(&value)))
    }

    pub(super) fn set_number(&mut self, key: &'static str, value: u64) -> Result<(), Error> {
        self.shelf.set_meta(key, Some(&value.to_be_bytes()))
    }

    fn head_hash(&self) -> Result<[u8; 32], Error> {
        let kept = self.shelf.meta(layout::META_HASH)?;
        Ok(kept
            .and_then(|hash| hash.try_into().ok())
            .unwrap_or(journal::NO_HASH))
    }

    fn before_day(&self) -> Result<Option<Day>, Error> {
        let kept = self.shelf.meta(layout::META_DAY)?;
        Ok(kept.and_then(|day| std::str::from_utf8(&day).ok()?.parse().ok()))
    }

    /// Rows before an entry are kept for the entries of one day only, that of the last entry.
    fn forget_other_days(&mut self, day: Day) -> Result<(), Error> {
        if self.before_day()? != Some(day) {
            self.shelf.clear_before()?;
            let day = day.to_string();
            self.shelf
                .set_meta(layout::META_DAY, Some(day.as_bytes()))?;
        }
        Ok(())
    }

    /// Sets a row's bytes (or removes it), keeping index and the row before; how either is found
    /// is told by `before` and `now`.
    pub(super) fn set(
        &mut self,
        table: Table,
        key: &[u8],
        bytes: Option<&[u8]>,
        (before, now): (Finding<'_>, Finding<'_>),
    ) -> Result<(), Error> {
        let full = layout::numbered(table as u8, key);
        let old = self.shelf.row(&full)?;
        if old.as_deref() == bytes {
            return Ok(());
        }
        self.keep_before(&full, old.as_deref())?;
        let settings = self.settings()?;
        let entries = |bytes: Option<&[u8]>, found: Finding<'_>| match bytes {
            Some(bytes) => found(bytes, &settings),
            None => Ok(rows::Entries::new()),
        };
        let (old, new) = (entries(old.as_deref(), before)?, entries(bytes, now)?);
        self.find_by(key, &old, &new)?;
        self.shelf.set_row(&full, bytes)?;
        if table == Table::Settings {
            self.settings = None;
            self.find_under_new_settings(&settings)?;
        } else {
            self.settings = Some(settings);
        }
        Ok(())
    }

    /// Lets the row be found by `new` instead of `old`.
    fn find_by(
        &mut self,
        row: &[u8],
        old: &rows::Entries,
        new: &rows::Entries,
    ) -> Result<(), Error> {
        for (index, entry) in old.iter().filter(|old| !new.contains(old)) {
            let entry = layout::numbered(*index as u8, entry);
            self.shelf.set_index(&entry, None)?;
        }
        for (index, entry) in new.iter().filter(|new| !old.contains(new)) {
            let entry = layout::numbered(*index as u8, entry);
            self.shelf.set_index(&entry, Some(row))?;
        }
        Ok(())
    }

    /// Lets every row be found as the settings in force now have it: work that comes with
    /// time stands at other days. Rows themselves carry nothing of the settings.
    fn find_under_new_settings(&mut self, before: &Settings) -> Result<(), Error> {
        let settings = self.settings()?;
        if settings != *before {
            let number = Table::Course as u8;
            let mut moved = Vec::new();
            self.shelf.rows(&[number], &[number + 1], &mut |key, row| {
                let old = rows::index_of(Table::Course, row, before)?;
                let new = rows::index_of(Table::Course, row, &settings)?;
                if old != new {
                    let key = key.get(1..).unwrap_or_default();
                    moved.push((key.to_vec(), old, new));
                }
                Ok(())
            })?;
            for (key, old, new) in &moved {
                self.find_by(key, old, new)?;
            }
        }
        self.settings = Some(settings);
        Ok(())
    }

    /// Takes the settings in force out; whoever takes them puts them back.
    fn settings(&mut self) -> Result<Settings, Error> {
        if let Some(settings) = self.settings.take() {
            return Ok(settings);
        }
        let kept: Option<KeptSettings> = self.get(&settings_key())?;
        Ok(kept.unwrap_or_default().now())
    }

    fn keep_before(&mut self, full: &[u8], old: Option<&[u8]>) -> Result<(), Error> {
        let mut key = self.seq.to_be_bytes().to_vec();
        key.extend_from_slice(full);
        let mut image = vec![u8::from(old.is_some())];
        image.extend_from_slice(old.unwrap_or_default());
        self.shelf.keep_before(&key, &image)
    }
}
