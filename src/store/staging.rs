//! Entries worked out beside the store, so that the write lock is held for inserts only.
//!
//! They are applied by the same `apply` as any other, on what stands in the store, and kept as
//! the bytes that go into each table. They fit only the journal's end they were worked out at.

use std::{collections::BTreeMap, mem};

use super::{
    Error, Header, Writing, layout,
    packing::Packer,
    pairs::{Found, Kept, Pairs},
    shelf::{Each, Shelf, WriteShelf},
};
use crate::domain::event::Event;

/// Entries being worked out.
pub struct Staging<'b> {
    overlay: Overlay<'b>,
    /// One for all entries: made for each, what is kept between them leaves holes of its size.
    packer: Packer,
}

/// Entries worked out: the bytes of every table.
#[derive(Default)]
pub struct Staged {
    /// The journal's end they follow: the number and hash of the entry.
    follows: (u64, Option<Vec<u8>>),
    /// Each entry as it will lie, behind its number.
    journal: Vec<(u64, Box<[u8]>)>,
    rows: Found,
    /// A row's key is the end of its index key: only the length is kept.
    index: BTreeMap<Box<[u8]>, RowKey>,
    before: Pairs,
    clears_before: bool,
    meta: BTreeMap<&'static str, Option<Vec<u8>>>,
    counters: BTreeMap<String, u64>,
    revisions: BTreeMap<Box<[u8]>, u64>,
    requests: BTreeMap<String, (u64, u64)>,
}

impl<'b> Staging<'b> {
    pub(super) fn over(base: &'b dyn Shelf) -> Result<Self, Error> {
        let number = base.meta(layout::META_HEAD)?;
        let staged = Staged {
            follows: (
                number.map_or(0, |number| layout::number(&number)),
                base.meta(layout::META_HASH)?,
            ),
            ..Staged::default()
        };
        Ok(Self {
            overlay: Overlay {
                base,
                staged,
                hot: BTreeMap::new(),
            },
            packer: Packer::default(),
        })
    }

    /// Works out the next entry. Returns its sequence number.
    ///
    /// # Errors
    /// Fails with the disk, and where the events do not fit what stands here.
    pub fn append(&mut self, header: &Header, events: Vec<Event>) -> Result<u64, Error> {
        let mut writing = Writing::with(mem::take(&mut self.packer), &mut self.overlay);
        let entry = writing.append(header, events)?;
        self.packer = writing.into_packer();
        self.overlay.seal()?;
        Ok(entry.seq)
    }

    /// Returns what was worked out.
    pub fn end(self) -> Staged {
        self.overlay.staged
    }
}

impl Staged {
    /// Returns how many values go into the tables.
    pub fn len(&self) -> usize {
        self.journal.len()
            + self.rows.len()
            + self.index.len()
            + self.before.len()
            + self.revisions.len()
    }

    /// Returns whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.journal.is_empty()
    }
}

impl Writing<'_> {
    /// Puts entries worked out before into the tables, in key order; `go_on` is told now and
    /// then how many values are in, and may end it. Returns false, with nothing done, where the
    /// journal has gone on since.
    ///
    /// # Errors
    /// `Interrupted` when `go_on` says so; failures of the disk.
    pub fn place(
        &mut self,
        staged: &Staged,
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<bool, Error> {
        let shelf = &mut *self.shelf;
        let number = shelf.meta(layout::META_HEAD)?;
        let number = number.map_or(0, |number| layout::number(&number));
        if (number, shelf.meta(layout::META_HASH)?) != staged.follows {
            return Ok(false);
        }
        let mut placing = Placing { done: 0, go_on };
        if staged.clears_before {
            shelf.clear_before()?;
        }
        for (seq, packed) in &staged.journal {
            shelf.set_journal(*seq, packed)?;
            placing.one()?;
        }
        for (key, bytes) in staged.rows.sorted() {
            shelf.set_row(key, bytes)?;
            placing.one()?;
        }
        for (key, row) in &staged.index {
            shelf.set_index(key, row.of(key))?;
            placing.one()?;
        }
        for (key, image) in staged.before.all() {
            shelf.keep_before(key, image.unwrap_or_default())?;
            placing.one()?;
        }
        for (key, seq) in &staged.revisions {
            shelf.set_revision(key, *seq)?;
            placing.one()?;
        }
        for (key, value) in &staged.counters {
            shelf.set_counter(key, *value)?;
        }
        for (id, span) in &staged.requests {
            shelf.set_request(id, *span)?;
        }
        for (key, value) in &staged.meta {
            shelf.set_meta(key, value.as_deref())?;
        }
        Ok(true)
    }
}

/// How many values are placed between two looks at the watch.
const STEP: usize = 4_096;

struct Placing<'a> {
    done: usize,
    go_on: &'a mut dyn FnMut(usize) -> bool,
}

impl Placing<'_> {
    fn one(&mut self) -> Result<(), Error> {
        self.done += 1;
        if self.done.is_multiple_of(STEP) && !(self.go_on)(self.done) {
            return Err(Error::Interrupted);
        }
        Ok(())
    }
}

/// What stands in the store, and over it what was worked out.
struct Overlay<'b> {
    base: &'b dyn Shelf,
    staged: Staged,
    /// Rows of the present entry; they may change several times in it.
    hot: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl Overlay<'_> {
    /// Puts the rows of the entry just worked out away.
    fn seal(&mut self) -> Result<(), Error> {
        for (key, bytes) in std::mem::take(&mut self.hot) {
            self.staged.rows.put(&key, bytes.as_deref())?;
        }
        Ok(())
    }
}

impl Shelf for Overlay<'_> {
    fn meta(&self, key: &'static str) -> Result<Option<Vec<u8>>, Error> {
        match self.staged.meta.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.base.meta(key),
        }
    }

    /// Entries worked out are not read again.
    fn journal(&self, seq: u64) -> Result<Option<Vec<u8>>, Error> {
        self.base.journal(seq)
    }

    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        if let Some(bytes) = self.hot.get(key) {
            return Ok(bytes.clone());
        }
        match self.staged.rows.get(key) {
            Kept::Value(bytes) => Ok(Some(bytes.to_vec())),
            Kept::Gone => Ok(None),
            Kept::Unknown => self.base.row(key),
        }
    }

    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        let mut merged: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        self.base.rows(from, to, &mut |key, row| {
            merged.insert(key.to_vec(), row.to_vec());
            Ok(())
        })?;
        let hot = self.hot.iter();
        let hot = hot.map(|(key, row)| (key.as_slice(), row.as_deref()));
        for (key, row) in self.staged.rows.sorted().chain(hot) {
            if key < from || to <= key {
                continue;
            }
            match row {
                Some(row) => merged.insert(key.to_vec(), row.to_vec()),
                None => merged.remove(key),
            };
        }
        for (key, row) in &merged {
            each(key, row)?;
        }
        Ok(())
    }

    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        let mut merged: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        self.base.index(from, to, &mut |key, row| {
            merged.insert(key.to_vec(), row.to_vec());
            Ok(())
        })?;
        let range = (
            std::ops::Bound::Included(from),
            std::ops::Bound::Excluded(to),
        );
        for (key, row) in self.staged.index.range::<[u8], _>(range) {
            match row.of(key) {
                Some(row) => merged.insert(key.to_vec(), row.to_vec()),
                None => merged.remove(&**key),
            };
        }
        for (key, row) in &merged {
            each(key, row)?;
        }
        Ok(())
    }

    fn counter(&self, key: &str) -> Result<u64, Error> {
        match self.staged.counters.get(key) {
            Some(value) => Ok(*value),
            None => self.base.counter(key),
        }
    }

    fn revision(&self, key: &[u8]) -> Result<u64, Error> {
        match self.staged.revisions.get(key) {
            Some(seq) => Ok(*seq),
            None => self.base.revision(key),
        }
    }

    fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error> {
        match self.staged.requests.get(id) {
            Some(span) => Ok(Some(*span)),
            None => self.base.request(id),
        }
    }

    /// Entries worked out are not undone among themselves.
    fn before(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        self.base.before(from, to, each)
    }
}

impl WriteShelf for Overlay<'_> {
    fn set_meta(&mut self, key: &'static str, value: Option<&[u8]>) -> Result<(), Error> {
        self.staged.meta.insert(key, value.map(<[u8]>::to_vec));
        Ok(())
    }

    fn set_journal(&mut self, seq: u64, packed: &[u8]) -> Result<(), Error> {
        self.staged.journal.push((seq, packed.into()));
        Ok(())
    }

    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error> {
        self.hot.insert(key.to_vec(), bytes.map(<[u8]>::to_vec));
        Ok(())
    }

    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error> {
        let row = RowKey::new(key, row)?;
        self.staged.index.insert(key.into(), row);
        Ok(())
    }

    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error> {
        self.staged.counters.insert(key.to_owned(), value);
        Ok(())
    }

    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error> {
        self.staged.revisions.insert(key.into(), seq);
        Ok(())
    }

    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error> {
        self.staged.requests.insert(id.to_owned(), span);
        Ok(())
    }

    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error> {
        // A row the entry has changed before is kept already.
        let row = key.get(layout::SEQ..).unwrap_or_default();
        if self.hot.contains_key(row) {
            return Ok(());
        }
        self.staged.before.push(key, Some(image))
    }

    fn clear_before(&mut self) -> Result<(), Error> {
        self.staged.clears_before = true;
        self.staged.before = Pairs::default();
        Ok(())
    }
}

/// How long the row's key at the end of an index key is; none where the index key is removed.
#[derive(Clone, Copy)]
struct RowKey(Option<u8>);

impl RowKey {
    fn new(key: &[u8], row: Option<&[u8]>) -> Result<Self, Error> {
        let length = |row: &[u8]| {
            let is_end = key.ends_with(row);
            let length = u8::try_from(row.len()).ok().filter(|_| is_end);
            length.ok_or_else(|| Error::Broken("an index key without its row's".to_owned()))
        };
        Ok(Self(row.map(length).transpose()?))
    }

    fn of(self, key: &[u8]) -> Option<&[u8]> {
        key.get(key.len().saturating_sub(usize::from(self.0?))..)
    }
}
