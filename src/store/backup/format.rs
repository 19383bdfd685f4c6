//! The shape of a copy: a head anybody may read, then pieces of the journal, each sealed for its
//! place in this copy of this store.
//!
//! ```text
//! CUNYI BACKUP 1\n
//! length of the head (u32) · head (JSON: Facts, with the file of keys)
//! length (u32) · piece 1 │ … │ length (u32) · piece n · 0 (u32)
//! ```
//!
//! A piece is compressed entries, each its length (u32) and its bytes as they stand in the
//! journal. All numbers are little-endian.

use std::io::{self, Read, Write};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use serde::{Deserialize, Serialize};

use crate::{
    domain::clock::Moment,
    store::{hexadecimal, seal::Seal},
};

/// How every copy begins.
pub(super) const BEGIN: &[u8] = b"CUNYI BACKUP 1\n";
/// The longest head and piece a reader accepts: a changed file must not take all memory.
const MOST: u32 = 64 << 20;
/// A piece is closed once it holds so many bytes of entries.
pub(super) const PIECE: usize = 1 << 18;
/// The longest a piece may be when it is open.
const MOST_OPEN: u64 = 256 << 20;

/// What a copy must come to; no resident is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The store's identity, as digits.
    pub store: String,
    /// When it was made, milliseconds in UTC.
    pub at: Moment,
    /// The last entry it holds.
    pub head: u64,
    /// That entry's hash, as digits.
    pub hash: String,
    /// How many rows each table has.
    pub rows: std::collections::BTreeMap<String, u64>,
    /// The file of keys as it was; none where the store lies plain.
    pub keys: Option<String>,
}

impl Facts {
    /// Returns a store's identity as copies tell it.
    pub fn id_of(store: &[u8; 16]) -> String {
        hexadecimal::written(store)
    }

    /// Says where piece `at` of this copy belongs.
    fn place(&self, at: u64) -> Vec<u8> {
        format!(
            "backup of {} to {} at {}: piece {at}",
            self.store, self.head, self.at
        )
        .into_bytes()
    }
}

/// Writes a copy piece by piece.
pub(super) struct Writer<W> {
    to: W,
    facts: Facts,
    seal: Option<Seal>,
    pieces: u64,
    open: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins a copy.
    pub fn begin(mut to: W, facts: Facts, seal: Option<Seal>) -> io::Result<Self> {
        to.write_all(BEGIN)?;
        let head = serde_json::to_vec(&facts)?;
        framed(&mut to, &head)?;
        Ok(Self {
            to,
            facts,
            seal,
            pieces: 0,
            open: Vec::new(),
        })
    }

    /// Adds an entry's bytes.
    pub fn entry(&mut self, bytes: &[u8]) -> io::Result<()> {
        framed(&mut self.open, bytes)?;
        match self.open.len() < PIECE {
            true => Ok(()),
            false => self.close(),
        }
    }

    /// Ends the copy and returns where it was written to.
    pub fn end(mut self) -> io::Result<W> {
        if !self.open.is_empty() {
            self.close()?;
        }
        self.to.write_all(&0_u32.to_le_bytes())?;
        Ok(self.to)
    }

    fn close(&mut self) -> io::Result<()> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&self.open)?;
        let packed = packed.finish()?;
        let place = self.facts.place(self.pieces);
        let piece = match &self.seal {
            Some(seal) => seal.seal(&place, &packed).map_err(io::Error::other)?,
            None => [blake3::hash(&packed).as_bytes().as_slice(), &packed].concat(),
        };
        framed(&mut self.to, &piece)?;
        self.pieces += 1;
        self.open.clear();
        Ok(())
    }
}

/// Reads a copy piece by piece.
pub(super) struct Reader<R> {
    from: R,
    pub facts: Facts,
    seal: Option<Seal>,
    pieces: u64,
}

impl<R: Read> Reader<R> {
    /// Reads the head; what follows is opened once there is a seal.
    pub fn begin(mut from: R) -> io::Result<Self> {
        let mut begin = [0; BEGIN.len()];
        from.read_exact(&mut begin)?;
        if begin != *BEGIN {
            return Err(damaged("no backup of this program"));
        }
        let head = taken(&mut from)?.ok_or_else(|| damaged("no head"))?;
        let facts = serde_json::from_slice(&head)?;
        Ok(Self {
            from,
            facts,
            seal: None,
            pieces: 0,
        })
    }

    /// Opens what follows with this seal.
    pub fn opened_with(&mut self, seal: Option<Seal>) {
        self.seal = seal;
    }

    /// Calls `each` with the entries of the next piece; false at the end.
    pub fn piece<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<bool, E> {
        let Some(piece) = taken(&mut self.from)? else {
            return Ok(false);
        };
        let packed = self.unsealed(&piece)?;
        self.pieces += 1;
        let mut open = Vec::new();
        ZlibDecoder::new(packed.as_slice())
            .take(MOST_OPEN)
            .read_to_end(&mut open)?;
        let mut rest = open.as_slice();
        while let Some(bytes) = next(&mut rest)? {
            each(bytes)?;
        }
        Ok(true)
    }

    fn unsealed(&self, piece: &[u8]) -> io::Result<Vec<u8>> {
        let opened = match &self.seal {
            Some(seal) => seal
                .open(&self.facts.place(self.pieces), piece)
                .map(|record| record.to_vec()),
            None => piece
                .split_first_chunk::<32>()
                .filter(|(sum, packed)| blake3::hash(packed).as_bytes() == *sum)
                .map(|(_, packed)| packed.to_vec()),
        };
        opened.ok_or_else(|| damaged("a piece was changed, or the key is another one"))
    }
}

/// Writes bytes behind their length.
pub(super) fn framed(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads bytes behind their length; none where the length is 0.
fn taken(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length == 0 {
        return Ok(None);
    }
    if MOST < length {
        return Err(damaged("a piece without end"));
    }
    let mut bytes = Vec::new();
    let read = from.take(u64::from(length)).read_to_end(&mut bytes)?;
    match u32::try_from(read) == Ok(length) {
        true => Ok(Some(bytes)),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Takes the next framed bytes off `rest`; none where nothing is left.
pub(super) fn next<'b>(rest: &mut &'b [u8]) -> io::Result<Option<&'b [u8]>> {
    if rest.is_empty() {
        return Ok(None);
    }
    let torn = || damaged("a piece ends within an entry");
    let (length, after) = rest.split_first_chunk::<4>().ok_or_else(torn)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(io::Error::other)?;
    let (bytes, after) = after.split_at_checked(length).ok_or_else(torn)?;
    *rest = after;
    Ok(Some(bytes))
}

pub(super) fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
