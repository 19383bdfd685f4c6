//! Reading a copy: proving that it is whole, and building a store from it.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::Path,
};

use super::format::{Facts, Reader};
use crate::store::{
    Error, Store, Writing, hexadecimal, journal,
    seal::{DataKey, Purpose, Seal},
    shelf::Opened,
};

/// A copy that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub facts: Facts,
    /// Entries read; as many as the head's number.
    pub entries: u64,
}

/// A store built from a copy, and from the tail behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub facts: Facts,
    /// The last entry of the store built.
    pub head: u64,
    /// How many of its entries came from the tail.
    pub from_tail: u64,
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
/// is the one the head names.
///
/// # Errors
/// `Damaged` names the first entry that does not; else as the disk says.
pub fn verify(path: &Path, seal: Option<Seal>) -> Result<Verified, Error> {
    let mut chain = Chain::default();
    let facts = walk(path, seal, &mut |seq, bytes| chain.link(seq, bytes))?;
    chain.end(&facts)?;
    let entries = chain.seq;
    Ok(Verified { facts, entries })
}

/// Builds a store from a copy, and from the entries of a tail that follow it.
///
/// # Errors
/// As `verify`.
pub fn build(
    into: &Path,
    key: Option<&DataKey>,
    copy: &Path,
    tail: Vec<Vec<u8>>,
) -> Result<Restored, Error> {
    let store = Store::open(into, key)?;
    let transaction = store.database.begin_write()?;
    let mut opened = Opened::of(&transaction)?;
    let mut writing = Writing::on(&mut opened);
    let mut chain = Chain::default();
    let seal = key.map(|key| Seal::of(key, Purpose::Backups));
    let facts = walk(copy, seal, &mut |seq, bytes| {
        chain.link(seq, bytes)?;
        writing.take_over(seq, bytes)
    })?;
    chain.end(&facts)?;
    let mut from_tail = 0;
    for bytes in tail {
        let seq = chain.seq + 1;
        // A tail that does not follow ends the work; what stands so far is sound.
        if chain.link(seq, &bytes).is_err() {
            break;
        }
        writing.take_over(seq, &bytes)?;
        from_tail += 1;
    }
    drop(opened);
    transaction.commit()?;
    Ok(Restored {
        facts,
        head: chain.seq,
        from_tail,
    })
}

/// Is told the number and the bytes of an entry.
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
    each: &mut dyn FnMut(u64, &[u8]) -> Result<(), Error>,
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
struct Chain {
    seq: u64,
    hash: Option<[u8; 32]>,
}

impl Chain {
    fn link(&mut self, seq: u64, bytes: &[u8]) -> Result<(), Error> {
        let entry = journal::decode(seq, bytes)?;
        let before = self.hash.unwrap_or(journal::NO_HASH);
        if entry.seq != seq || entry.before != before {
            let what = "it does not follow the entry before".to_owned();
            return Err(Error::Damaged { seq, what });
        }
        self.seq = seq;
        self.hash = Some(journal::hash(bytes));
        Ok(())
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
