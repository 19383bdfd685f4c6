//! Entries worked out beside the store, so that the write lock is held for inserts only.
//!
//! They are applied by the same `apply` as any other, on what stands in the store, and kept as
//! the bytes that go into each table. They fit only the journal's end they were worked out at.

use std::{
    collections::BTreeMap,
    mem,
    path::{Path, PathBuf},
};

use super::{
    Error, Header, Store, Writing,
    layout::{self, Kind},
    packing::Packer,
    scratch::{Kept, Scratch},
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
pub struct Staged {
    /// The journal's end they follow: the number and hash of the entry.
    follows: (u64, Option<Vec<u8>>),
    /// By the keys they will have in the derived table; each entry as it will lie under `entry_key`.
    values: Scratch,
    /// How many `values` there are.
    len: usize,
    clears_before: bool,
    meta: BTreeMap<&'static str, Option<Vec<u8>>>,
    counters: BTreeMap<String, u64>,
    requests: BTreeMap<String, (u64, u64)>,
}

/// What the keys of entries begin with here: behind everything derived.
const ENTRY: u8 = u8::MAX;

fn entry_key(seq: u64) -> Vec<u8> {
    layout::numbered(ENTRY, &seq.to_be_bytes())
}

impl Store {
    /// Returns where files it works with may lie: beside it, where there is room for it; for one
    /// in memory, where the system keeps such files.
    pub(super) fn beside(&self) -> PathBuf {
        match self.database.path().and_then(Path::parent) {
            None => std::env::temp_dir(),
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_owned(),
        }
    }
}

impl<'b> Staging<'b> {
    /// Begins with nothing on top of `base`; what memory should not hold lies in `folder`.
    pub(super) fn over(base: &'b dyn Shelf, folder: &Path) -> Result<Self, Error> {
        Self::with(base, Scratch::within(folder))
    }

    fn with(base: &'b dyn Shelf, values: Scratch) -> Result<Self, Error> {
        let number = base.meta(layout::META_HEAD)?;
        let staged = Staged {
            follows: (
                number.map_or(0, |number| layout::number(&number)),
                base.meta(layout::META_HASH)?,
            ),
            values,
            len: 0,
            clears_before: false,
            meta: BTreeMap::new(),
            counters: BTreeMap::new(),
            requests: BTreeMap::new(),
        };
        Ok(Self {
            overlay: Overlay { base, staged },
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
        self.overlay.staged.values.rest()?;
        Ok(entry.seq)
    }

    /// Returns what was worked out.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn end(self) -> Result<Staged, Error> {
        let mut staged = self.overlay.staged;
        staged.len = staged.values.len()?;
        Ok(staged)
    }
}

impl Staged {
    /// Returns how many values go into the tables.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.len == 0
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
        staged
            .values
            .listed(&[], &[ENTRY, ENTRY], &mut |key, value| {
                put(shelf, key, value)?;
                placing.one()
            })?;
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

/// Puts a value into the table its key belongs to.
fn put(shelf: &mut dyn WriteShelf, key: &[u8], value: Option<&[u8]>) -> Result<(), Error> {
    const INDEX: u8 = Kind::Index as u8;
    const REVISION: u8 = Kind::Revision as u8;
    const BEFORE: u8 = Kind::Before as u8;
    let filled = value.unwrap_or_default();
    match key.split_first() {
        Some((&ENTRY, seq)) => shelf.set_journal(layout::number(seq), filled),
        Some((&INDEX, key)) => shelf.set_index(key, value),
        Some((&REVISION, key)) => shelf.set_revision(key, layout::number(filled)),
        Some((&BEFORE, key)) => shelf.keep_before(key, filled),
        _ => shelf.set_row(key, value),
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
}

/// Lists a range of the store.
type Below<'a> = &'a dyn Fn(Each<'_>) -> Result<(), Error>;

impl Overlay<'_> {
    /// Lists what stands below with what was worked out under the keys `from` to `to`, which have
    /// so many signs before those below. `each` may look things up.
    fn merged(
        &self,
        below: Below<'_>,
        (from, to): (&[u8], &[u8]),
        signs: usize,
        each: Each<'_>,
    ) -> Result<(), Error> {
        let mut merged: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        below(&mut |key, value| {
            merged.insert(key.to_vec(), value.to_vec());
            Ok(())
        })?;
        self.staged.values.listed(from, to, &mut |key, value| {
            let key = key.get(signs..).unwrap_or_default();
            match value {
                Some(value) => merged.insert(key.to_vec(), value.to_vec()),
                None => merged.remove(key),
            };
            Ok(())
        })?;
        for (key, value) in &merged {
            each(key, value)?;
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
        match self.staged.values.get(key)? {
            Kept::Value(bytes) => Ok(Some(bytes)),
            Kept::Gone => Ok(None),
            Kept::Unknown => self.base.row(key),
        }
    }

    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        let below: Below<'_> = &|each| self.base.rows(from, to, each);
        self.merged(below, (from, to), 0, each)
    }

    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        let below: Below<'_> = &|each| self.base.index(from, to, each);
        let (from, to) = (Kind::Index.under(from), Kind::Index.under(to));
        self.merged(below, (&from, &to), 1, each)
    }

    fn counter(&self, key: &str) -> Result<u64, Error> {
        match self.staged.counters.get(key) {
            Some(value) => Ok(*value),
            None => self.base.counter(key),
        }
    }

    fn revision(&self, key: &[u8]) -> Result<u64, Error> {
        match self.staged.values.get(&Kind::Revision.under(key))? {
            Kept::Value(seq) => Ok(layout::number(&seq)),
            Kept::Gone => Ok(0),
            Kept::Unknown => self.base.revision(key),
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
        self.staged.values.put(&entry_key(seq), Some(packed));
        Ok(())
    }

    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error> {
        self.staged.values.put(key, bytes);
        Ok(())
    }

    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error> {
        self.staged.values.put(&Kind::Index.under(key), row);
        Ok(())
    }

    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error> {
        self.staged.counters.insert(key.to_owned(), value);
        Ok(())
    }

    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error> {
        let key = Kind::Revision.under(key);
        self.staged.values.put(&key, Some(&seq.to_be_bytes()));
        Ok(())
    }

    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error> {
        self.staged.requests.insert(id.to_owned(), span);
        Ok(())
    }

    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error> {
        let key = Kind::Before.under(key);
        // The first image of an entry is kept; nothing comes to rest within one.
        if !self.staged.values.is_new(&key) {
            self.staged.values.put(&key, Some(image));
        }
        Ok(())
    }

    fn clear_before(&mut self) -> Result<(), Error> {
        self.staged.clears_before = true;
        let (from, to) = (Kind::Before.under(&[]), Kind::Before.end());
        self.staged.values.forget(&from, &to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            clinic::Village,
            day::Day,
            event::clinic::{VillageAdded, VillageChanged},
            id::{StaffId, VillageId},
        },
        store::rows,
    };

    /// Entries of one request: villages, each changed twice after others have come.
    fn entries() -> Vec<Vec<Event>> {
        let village = |id: u64, name: &str| Village {
            id: VillageId(id),
            name: format!("{name}{id}"),
            code: None,
        };
        let changed = |id, before, after| {
            Event::VillageChanged(VillageChanged {
                before: village(id, before),
                after: village(id, after),
            })
        };
        let added = |id| {
            let village = village(id, "旧");
            Event::VillageAdded(VillageAdded { village })
        };
        let mut entries: Vec<_> = (1..=40).map(|id| vec![added(id)]).collect();
        entries.extend((1..=40).map(|id| vec![changed(id, "旧", "新"), changed(id, "新", "终")]));
        entries
    }

    fn header() -> Header {
        Header {
            at: 1,
            day: Day::MIN,
            user: StaffId(1),
            window: String::new(),
            request: "导入".to_owned(),
            cause: String::new(),
        }
    }

    /// Places `entries` worked out with at most so many bytes in memory.
    fn placed(store: &Store, entries: Vec<Vec<Event>>, most: usize) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = store.snapshot().unwrap();
        let values = Scratch::with_most(folder.path(), most);
        let mut staging = Staging::with(&snapshot.tables, values).unwrap();
        for events in entries {
            staging.append(&header(), events).unwrap();
        }
        let staged = staging.end().unwrap();
        let place = |writing: &mut Writing<'_>| writing.place(&staged, &mut |_| true);
        store.write::<_, Error>(place).unwrap()
    }

    #[test]
    fn entries_worked_out_leave_what_entries_written_leave_wherever_they_lay() {
        for most in [0, 700, usize::MAX] {
            let store = Store::in_memory(rows::VERSION).unwrap();
            assert!(placed(&store, entries(), most), "{most}");
            assert!(placed(&store, entries().split_off(79), most), "{most}");
            let checked = store.check(|_| true).unwrap();
            assert_eq!(
                (checked.entries, checked.faults),
                (81, Vec::new()),
                "{most}"
            );
        }
    }

    #[test]
    fn entries_that_follow_another_end_are_not_placed() {
        let store = Store::in_memory(rows::VERSION).unwrap();
        let snapshot = store.snapshot().unwrap();
        let mut staging = snapshot.stage(&store).unwrap();
        let mut entries = entries();
        staging.append(&header(), entries.remove(0)).unwrap();
        let staged = staging.end().unwrap();
        let write = |writing: &mut Writing<'_>| writing.append(&header(), entries.remove(0));
        store.write(write).unwrap();
        let place = |writing: &mut Writing<'_>| writing.place(&staged, &mut |_| true);
        assert!(!store.write::<_, Error>(place).unwrap());
        assert_eq!(store.head().unwrap(), 1);
    }
}
