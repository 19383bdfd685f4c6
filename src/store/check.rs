//! Proves a store: the chain of entries holds, and every derived table equals
//! the replay of the journal into an empty store by the same `apply`.

use std::{cmp::Ordering, collections::BTreeMap};

use redb::{AccessGuard, ReadOnlyTable, ReadTransaction};

use super::{
    Error, Store, hexadecimal, journal,
    layout::{self, Kind},
    packing,
    shelf::Opened,
};
use crate::domain::{event::Entry, tables::Table};

/// One thing found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The entry cannot be read, or is not the one that was written.
    Entry { seq: u64, what: String },
    /// A derived row differs from the replay.
    Row { table: String, key: String },
}

/// What a check found and counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    pub entries: u64,
    pub rows: BTreeMap<&'static str, u64>,
    pub faults: Vec<Fault>,
}

/// How far a long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub of: u64,
}

/// The most faults a check lists; more of the same help nobody.
const MOST_FAULTS: usize = 100;

impl Store {
    /// Checks chain and tables. `progress` answers whether to go on.
    ///
    /// # Errors
    /// `Interrupted` when `progress` says so; `BrokeOff` where a page is so damaged that nothing
    /// behind it can be read; failures of the disk.
    pub fn check(&self, progress: impl FnMut(Progress) -> bool) -> Result<Checked, Error> {
        Error::contained(|| self.checked(progress))
    }

    fn checked(&self, mut progress: impl FnMut(Progress) -> bool) -> Result<Checked, Error> {
        let mut checked = Checked::default();
        let replayed = Self::in_memory(self.version)?;
        // One view for everything: other windows may go on writing.
        let view = self.database.begin_read()?;
        checked.entries = replay_chain(&view, &replayed, &mut checked.faults, &mut progress)?;
        count(&view, &mut checked)?;
        if checked.faults.is_empty() {
            let theirs = derived(&replayed.database.begin_read()?)?;
            for ((name, ours), (_, theirs)) in derived(&view)?.into_iter().zip(theirs) {
                compare(name, ours, theirs, &mut checked)?;
            }
        }
        Ok(checked)
    }
}

/// Walks the chain and replays every entry; stops at the first broken one.
fn replay_chain(
    view: &ReadTransaction,
    replayed: &Store,
    faults: &mut Vec<Fault>,
    progress: &mut impl FnMut(Progress) -> bool,
) -> Result<u64, Error> {
    let chain = Chain::of(view)?;
    let writer = replayed.database.begin_write()?;
    let mut opened = Opened::of(&writer)?;
    let mut writing = super::Writing::on(&mut opened);
    let mut before = journal::NO_HASH;
    for seq in 1..=chain.head {
        if seq % 64 == 0
            && !progress(Progress {
                done: seq,
                of: chain.head,
            })
        {
            return Err(Error::Interrupted);
        }
        let step = chain.link(seq, before).and_then(|(entry, hash)| {
            before = hash;
            writing.replay(&entry).map_err(|cause| Fault::Entry {
                seq,
                what: cause.to_string(),
            })
        });
        if let Err(fault) = step {
            faults.push(fault);
            break;
        }
    }
    if faults.is_empty() {
        faults.extend(chain.end(before)?);
    }
    drop(opened);
    writer.commit()?;
    Ok(chain.head)
}

/// The journal of one view, entry by entry.
struct Chain {
    head: u64,
    head_hash: Vec<u8>,
    journal: ReadOnlyTable<u64, &'static [u8]>,
}

impl Chain {
    fn of(view: &ReadTransaction) -> Result<Self, Error> {
        let meta = view.open_table(layout::META)?;
        Ok(Self {
            head: meta
                .get(layout::META_HEAD)?
                .map_or(0, |n| layout::number(n.value())),
            head_hash: meta
                .get(layout::META_HASH)?
                .map_or(Vec::new(), |h| h.value().to_vec()),
            journal: view.open_table(layout::JOURNAL)?,
        })
    }

    fn read(&self, seq: u64) -> Result<(Entry, [u8; 32]), Fault> {
        let fault = |what: String| Fault::Entry { seq, what };
        let bytes = self
            .journal
            .get(seq)
            .map_err(|cause| fault(cause.to_string()))?;
        let bytes = bytes.ok_or_else(|| fault("missing".to_owned()))?;
        let read = || -> Result<_, Error> {
            let bytes = packing::unpacked(seq, bytes.value())?;
            Ok((journal::decode(seq, &bytes)?, journal::hash(&bytes)))
        };
        read().map_err(|cause| fault(cause.to_string()))
    }

    /// Returns entry `seq` and its hash, proven to follow the entry hashed `before`.
    fn link(&self, seq: u64, before: [u8; 32]) -> Result<(Entry, [u8; 32]), Fault> {
        let (entry, hash) = self.read(seq)?;
        if entry.before != before {
            // Either this entry or the one before was altered: this one, when
            // what follows does not name its hash.
            let altered = if self.named_next(seq) == Some(hash) {
                seq - 1
            } else {
                seq
            };
            let what = "its hash is not the one the chain names".to_owned();
            return Err(Fault::Entry {
                seq: altered.max(1),
                what,
            });
        }
        if entry.seq != seq {
            return Err(Fault::Entry {
                seq,
                what: "its number is not its place".to_owned(),
            });
        }
        Ok((entry, hash))
    }

    /// Returns the hash of entry `seq` as what follows it names it.
    fn named_next(&self, seq: u64) -> Option<[u8; 32]> {
        if seq == self.head {
            return self.head_hash.as_slice().try_into().ok();
        }
        self.read(seq + 1).ok().map(|(next, _)| next.before)
    }

    fn end(&self, last: [u8; 32]) -> Result<Option<Fault>, Error> {
        if self.head > 0 && self.head_hash != last {
            let what = "its hash is not the head's".to_owned();
            return Ok(Some(Fault::Entry {
                seq: self.head,
                what,
            }));
        }
        let after = self.journal.range(self.head + 1..)?.next().is_some();
        let what = "an entry stands after the head".to_owned();
        Ok(after.then_some(Fault::Entry {
            seq: self.head + 1,
            what,
        }))
    }
}

/// Counts the rows of each table.
fn count(view: &ReadTransaction, checked: &mut Checked) -> Result<(), Error> {
    let end = layout::ROWS_END;
    let table = view.open_table(layout::DERIVED)?;
    for item in table.range::<&[u8]>(..end.as_slice())? {
        let (key, _) = item?;
        *checked.rows.entry(table_name(key.value())).or_default() += 1;
    }
    Ok(())
}

/// Walks two tables of one name side by side.
fn compare(
    name: &str,
    ours: Values<'_>,
    theirs: Values<'_>,
    checked: &mut Checked,
) -> Result<(), Error> {
    let (mut ours, mut theirs) = (ours.peekable(), theirs.peekable());
    loop {
        let order = match (ours.peek(), theirs.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(Ok(own)), Some(Ok(other))) => own.0.cmp(&other.0),
            // A fault is met by whoever reads on.
            (Some(_), Some(_)) => Ordering::Equal,
        };
        let own = ours.next_if(|_| order != Ordering::Greater).transpose()?;
        let other = theirs.next_if(|_| order != Ordering::Less).transpose()?;
        if own != other
            && let Some((key, _)) = own.or(other)
        {
            add(checked, name, &key);
        }
    }
}

/// Keys and values of a table as bytes, in key order.
type Values<'v> = Box<dyn Iterator<Item = Result<(Vec<u8>, Vec<u8>), Error>> + 'v>;

/// Returns every derived table.
fn derived(view: &ReadTransaction) -> Result<Vec<(&'static str, Values<'static>)>, Error> {
    let mut all: Vec<(&'static str, Values<'static>)> = Vec::new();
    let table = view.open_table(layout::DERIVED)?;
    let rows = table.range::<&[u8]>(..layout::ROWS_END.as_slice())?;
    all.push(("rows", Box::new(rows.map(|item| Ok(flat(item?, 0))))));
    for (kind, name) in Kind::ALL {
        let (from, to) = (kind.under(&[]), kind.end());
        let items = table.range::<&[u8]>(from.as_slice()..to.as_slice())?;
        all.push((name, Box::new(items.map(|item| Ok(flat(item?, 1))))));
    }
    let mut meta = Vec::new();
    let table = view.open_table(layout::META)?;
    for key in [
        layout::META_TIME,
        layout::META_CHANGED,
        layout::META_DAY,
        layout::META_VERSION,
    ] {
        if let Some(value) = table.get(key)? {
            meta.push(Ok((key.into(), value.value().into())));
        }
    }
    for item in table.range(layout::COUNTED..layout::COUNTED_END)? {
        let (key, value) = item?;
        meta.push(Ok((key.value().into(), value.value().into())));
    }
    all.push(("meta", Box::new(meta.into_iter())));
    Ok(all)
}

/// Returns a key, without so many bytes at its front, and its value.
fn flat(item: Item<'_>, front: usize) -> (Vec<u8>, Vec<u8>) {
    let (key, value) = item;
    let key = key.value().get(front..).unwrap_or_default().to_vec();
    (key, value.value().to_vec())
}

type Item<'i> = (
    AccessGuard<'i, &'static [u8]>,
    AccessGuard<'i, &'static [u8]>,
);

fn add(checked: &mut Checked, name: &str, key: &[u8]) {
    if checked.faults.len() >= MOST_FAULTS {
        return;
    }
    let table = if name == "rows" {
        table_name(key)
    } else {
        name
    };
    checked.faults.push(Fault::Row {
        table: table.to_owned(),
        key: hexadecimal::written(key),
    });
}

/// Returns the name of the table a stored row's key belongs to.
pub(super) fn table_name(key: &[u8]) -> &'static str {
    let number = key.first().copied().unwrap_or_default();
    Table::ALL
        .into_iter()
        .find(|table| *table as u8 == number)
        .map_or("?", Table::name)
}
