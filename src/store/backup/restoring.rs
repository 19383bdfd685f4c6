//! Reading a copy: proving that it is whole, and building a store from it.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    ops::RangeInclusive,
    path::Path,
};

use super::{
    format::{Facts, Reader},
    tail::Found,
};
use crate::{
    domain::{clinic::Staff, clock::Moment, rows::id_key, tables::Read as _},
    store::{
        Error, Progress, Store, Writing, hexadecimal, journal,
        seal::{DataKey, Purpose, Seal},
        shelf::Opened,
    },
};

/// A copy that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub facts: Facts,
    /// Entries read; as many as the head's number.
    pub entries: u64,
}

/// What a store is built from.
#[derive(Debug)]
pub struct Bringing<'b> {
    /// Where the store is built.
    pub into: &'b Path,
    pub key: Option<&'b DataKey>,
    pub from: Source<'b>,
    /// What the tail was found to hold.
    pub tail: Found,
    /// An entry of the past that counts: a copy that holds another in its place is given up.
    pub holds: Option<&'b End>,
}

/// Where the entries before the tail come from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'b> {
    Copy(&'b Path),
    /// Another store of the same key, to its end.
    Store(&'b Store),
    /// The tail alone, which then begins with the first entry.
    Nothing,
}

/// An entry by which one past is told from another: the chain before it is the same where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub seq: u64,
    /// The entry's hash, as digits.
    pub hash: String,
}

impl End {
    pub(super) fn of(seq: u64, bytes: &[u8]) -> Self {
        let hash = hexadecimal::written(&journal::hash(bytes));
        Self { seq, hash }
    }
}

impl Facts {
    /// Returns the entry this copy ends with.
    pub fn end(&self) -> End {
        let hash = self.hash.clone();
        End {
            seq: self.head,
            hash,
        }
    }
}

/// A store built from a copy, and from the tail behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Of the copy, where there was one.
    pub facts: Option<Facts>,
    /// The last entry of the store built.
    pub head: u64,
    /// When that entry was saved.
    pub at: Moment,
    /// How many of its entries came from the tail.
    pub from_tail: u64,
    /// Entries that were saved once and did not come back, by their numbers, as spans.
    pub missing: Vec<RangeInclusive<u64>>,
    /// Entries behind those, which can be read and do not join.
    pub loose: Vec<Loose>,
    /// Records of the tail that are torn or damaged.
    pub unreadable: u64,
    /// The tail's last record is one of them.
    pub ends_torn: bool,
    /// There was a tail, and it was read.
    pub has_tail: bool,
}

impl Restored {
    /// Says whether everything the tail held came back too.
    pub fn is_all_there(&self) -> bool {
        self.has_tail && self.missing.is_empty() && self.loose.is_empty()
    }
}

/// An entry that can be read, and does not follow the one before it: what it did must be done
/// again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    pub seq: u64,
    pub at: Moment,
    /// The staff member's name, where it is known.
    pub by: String,
    pub cause: String,
}

/// Reads the head of a copy, which tells no resident.
///
/// # Errors
/// `File` where there is none or it is no copy.
pub fn head(path: &Path) -> Result<Facts, Error> {
    Ok(reader(path)?.facts)
}

/// Returns how many entries a copy of a store without a key holds, chained as they should be.
///
/// # Errors
/// As `verify`.
pub fn entries_in(copy: &[u8]) -> Result<u64, Error> {
    let path = Path::new("copy");
    let reader = Reader::begin(copy).map_err(Error::file(path))?;
    let mut chain = Chain::default();
    let facts = through(path, reader, &mut |seq, bytes| chain.link(seq, bytes))?;
    chain.end(&facts)?;
    Ok(chain.seq)
}

/// Reads a copy to its end: every piece opens, every entry follows the one before, and the last
/// is the one the head names. `progress` is told the entry, and answers whether to go on.
///
/// # Errors
/// `Damaged` names the first entry that does not; `Interrupted`; else as the disk says.
pub fn verify(
    path: &Path,
    seal: Option<Seal>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Verified, Error> {
    let mut chain = Chain::default();
    let of = head(path)?.head;
    let facts = walk(path, seal, &mut |seq, bytes| {
        goes_on(progress, seq, of)?;
        chain.link(seq, bytes)
    })?;
    chain.end(&facts)?;
    let entries = chain.seq;
    Ok(Verified { facts, entries })
}

/// Builds a store from a copy, and from the entries of a tail that follow it.
///
/// # Errors
/// As `verify`; `GivenUp` where the copy is of another past than `holds`.
pub fn build(
    bringing: Bringing<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Restored, Error> {
    let store = Store::open(bringing.into, bringing.key)?;
    store.widen(true)?;
    let transaction = store.database.begin_write()?;
    let mut opened = Opened::of(&transaction)?;
    let mut writing = Writing::on(&mut opened);
    let mut chain = Chain {
        holds: bringing.holds,
        ..Chain::default()
    };
    let facts = copied(&bringing, &mut chain, &mut writing, progress)?;
    let copied = chain.seq;
    let mut tail = bringing.tail;
    let mut following = tail.following(copied).into_iter();
    for bytes in following.by_ref() {
        let seq = chain.seq + 1;
        // A tail that does not follow ends the work; what stands so far is sound.
        if chain.link(seq, &bytes).is_err() {
            tail.entries.insert(seq, bytes);
            break;
        }
        writing.take_over(seq, &bytes)?;
    }
    tail.entries.extend((chain.seq + 2..).zip(following));
    let restored = told(&writing, facts, (copied, chain.seq), &tail)?;
    drop(opened);
    transaction.commit()?;
    Ok(restored)
}

/// Takes the entries before the tail over; returns the facts of the copy they came from.
fn copied(
    bringing: &Bringing<'_>,
    chain: &mut Chain<'_>,
    writing: &mut Writing<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Option<Facts>, Error> {
    let mut take = |seq: u64, of: u64, bytes: &[u8]| {
        goes_on(progress, seq, of)?;
        chain.link(seq, bytes)?;
        writing.take_over(seq, bytes)
    };
    match bringing.from {
        Source::Nothing => Ok(None),
        Source::Copy(copy) => {
            let begin = head(copy)?;
            // A copy of before the data were sealed lies plain.
            let key = bringing.key.filter(|_| begin.keys.is_some());
            let seal = key.map(|key| Seal::of(key, Purpose::Backups));
            let facts = walk(copy, seal, &mut |seq, bytes| take(seq, begin.head, bytes))?;
            chain.end(&facts)?;
            Ok(Some(facts))
        }
        Source::Store(other) => {
            let of = other.head()?;
            other.stretches(0, of, |entries| {
                let mut entries = entries.iter();
                entries.try_for_each(|(seq, bytes)| take(*seq, of, bytes))
            })?;
            Ok(None)
        }
    }
}

/// Tells what came back, and what did not.
fn told(
    writing: &Writing<'_>,
    facts: Option<Facts>,
    (copied, head): (u64, u64),
    tail: &Found,
) -> Result<Restored, Error> {
    let mut loose = Vec::new();
    for (seq, bytes) in tail.entries.range(head + 1..) {
        let Ok(entry) = journal::decode(*seq, bytes) else {
            continue;
        };
        let by: Option<Staff> = writing.get(&id_key(entry.user.0))?;
        loose.push(Loose {
            seq: *seq,
            at: entry.at,
            by: by.map_or_else(String::new, |staff| staff.name),
            cause: entry.cause,
        });
    }
    let last = tail.entries.keys().next_back().copied();
    let last = last.unwrap_or(0).max(tail.base);
    Ok(Restored {
        facts,
        head,
        at: writing.last_time()?,
        from_tail: head - copied,
        missing: between(head, last, loose.iter().map(|entry| entry.seq)),
        loose,
        unreadable: tail.unreadable,
        ends_torn: tail.ends_torn,
        has_tail: 0 < last,
    })
}

/// Returns the spans behind `head` up to `last` without these numbers, which rise.
fn between(head: u64, last: u64, without: impl Iterator<Item = u64>) -> Vec<RangeInclusive<u64>> {
    let mut spans = Vec::new();
    let mut before = head;
    for seq in without.chain(last.checked_add(1)) {
        if before + 1 < seq {
            spans.push(before + 1..=seq - 1);
        }
        before = seq;
    }
    spans
}

/// Tells how far the work is, now and then.
fn goes_on(progress: &mut dyn FnMut(Progress) -> bool, done: u64, of: u64) -> Result<(), Error> {
    match !done.is_multiple_of(64) || progress(Progress { done, of }) {
        true => Ok(()),
        false => Err(Error::Interrupted),
    }
}

/// Is told an entry's number and bytes.
type EachEntry<'e> = &'e mut dyn FnMut(u64, &[u8]) -> Result<(), Error>;

fn walk(path: &Path, seal: Option<Seal>, each: EachEntry<'_>) -> Result<Facts, Error> {
    let mut reader = reader(path)?;
    reader.opened_with(seal);
    through(path, reader, each)
}

/// Hands every entry that is left in the copy to `each`.
fn through(
    path: &Path,
    mut reader: Reader<impl Read>,
    each: EachEntry<'_>,
) -> Result<Facts, Error> {
    let mut seq = 0;
    let mut trouble = None;
    loop {
        let piece = reader.piece(|bytes| {
            seq += 1;
            each(seq, bytes).map_err(|error| {
                trouble = Some(error);
                io::Error::from(io::ErrorKind::InvalidData)
            })
        });
        match (piece, trouble.take()) {
            (_, Some(error)) => return Err(error),
            (Ok(true), None) => {}
            (Ok(false), None) => return Ok(reader.facts),
            (Err(cause), None) => return Err(Error::file(path)(cause)),
        }
    }
}

fn reader(path: &Path) -> Result<Reader<BufReader<File>>, Error> {
    let found = fs::metadata(path).map_err(Error::file(path))?;
    // Opening a pipe nobody writes to would wait for ever, and a device has no end.
    if !found.is_file() {
        return Err(Error::file(path)(io::ErrorKind::InvalidInput.into()));
    }
    let file = File::open(path).map_err(Error::file(path))?;
    Reader::begin(BufReader::new(file)).map_err(Error::file(path))
}

/// The chain of entries as far as it was read.
#[derive(Debug, Default)]
struct Chain<'h> {
    seq: u64,
    hash: Option<[u8; 32]>,
    /// An entry it must hold where it goes so far.
    holds: Option<&'h End>,
}

impl Chain<'_> {
    fn link(&mut self, seq: u64, bytes: &[u8]) -> Result<(), Error> {
        let entry = journal::decode(seq, bytes)?;
        let before = self.hash.unwrap_or(journal::NO_HASH);
        if entry.seq != seq || entry.before != before {
            let what = "it does not follow the entry before".to_owned();
            return Err(Error::Damaged { seq, what });
        }
        self.seq = seq;
        self.hash = Some(journal::hash(bytes));
        match self.holds.filter(|end| end.seq == seq) {
            Some(end) if *end != End::of(seq, bytes) => Err(Error::GivenUp { seq }),
            Some(_) | None => Ok(()),
        }
    }

    fn end(&self, facts: &Facts) -> Result<(), Error> {
        let hash = hexadecimal::written(&self.hash.unwrap_or(journal::NO_HASH));
        if self.seq == facts.head && hash == facts.hash {
            return Ok(());
        }
        let what = "the copy ends elsewhere than its head says".to_owned();
        let seq = self.seq;
        Err(Error::Damaged { seq, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_in_spans_however_long() {
        assert_eq!(between(3, 9, [5, 8].into_iter()), [4..=4, 6..=7, 9..=9]);
        assert_eq!(between(3, 4, [4].into_iter()), []);
        assert_eq!(between(3, 3, [].into_iter()), []);
        let all = between(3, u64::MAX - 1, [].into_iter());
        assert_eq!(all, [4..=u64::MAX - 1]);
    }
}
