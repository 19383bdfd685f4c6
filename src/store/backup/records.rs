//! The shape of a tail: behind its head, records that are found again where one is torn.
//!
//! ```text
//! CUNYI TAIL 1\n · number of the entry it begins behind (u64)
//! mark · length (u32) · number (u64) · sealed entry │ …
//! ```

use crate::store::{Error, seal::Seal};

/// How every tail begins.
pub(super) const BEGIN: &[u8] = b"CUNYI TAIL 1\n";
/// Bytes before the first record.
pub(super) const HEAD: usize = BEGIN.len() + 8;
/// How every record begins: where one is torn, the next is found by it.
const MARK: [u8; 4] = [0xC5, b'T', b'R', 0x1E];
/// Bytes of a record before its sealed entry.
const BEFORE: usize = MARK.len() + 4 + 8;

/// Adds an entry's record.
///
/// # Errors
/// Fails where the system gives no random bytes.
pub(super) fn record(
    seal: &Seal,
    seq: u64,
    bytes: &[u8],
    records: &mut Vec<u8>,
) -> Result<(), Error> {
    let body = seal.seal(&place(seq), bytes)?;
    let length = u32::try_from(body.len()).map_err(|_| Error::Broken(place_name(seq)))?;
    records.extend_from_slice(&MARK);
    records.extend_from_slice(&length.to_le_bytes());
    records.extend_from_slice(&seq.to_le_bytes());
    records.extend_from_slice(&body);
    Ok(())
}

/// A record: its number, its sealed entry, and all its bytes.
pub(super) type Record<'b> = (u64, &'b [u8], &'b [u8]);

/// Goes from record to record; none stands for a stretch that is no record.
pub(super) struct Records<'b> {
    rest: &'b [u8],
    seal: &'b Seal,
}

impl<'b> Records<'b> {
    /// The records of a whole tail.
    pub fn of(bytes: &'b [u8], seal: &'b Seal) -> Self {
        Self::over(bytes.get(HEAD..).unwrap_or_default(), seal)
    }

    /// The records in bytes that begin with one.
    pub const fn over(rest: &'b [u8], seal: &'b Seal) -> Self {
        Self { rest, seal }
    }

    fn whole(&self) -> Option<(Record<'b>, &'b [u8])> {
        let after = self.rest.strip_prefix(&MARK)?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let (seq, after) = after.split_first_chunk::<8>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let body = after.get(..length)?;
        let (all, rest) = self.rest.split_at_checked(BEFORE + length)?;
        let seq = u64::from_le_bytes(*seq);
        // What is torn runs into the next record: then that one's mark is not where it should be.
        // Where that mark is damaged this record opens.
        let is_whole = rest.is_empty()
            || rest.starts_with(&MARK)
            || self.seal.open(&place(seq), body).is_some();
        is_whole.then_some(((seq, body, all), rest))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Option<Record<'b>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((record, rest)) = self.whole() {
            self.rest = rest;
            return Some(Some(record));
        }
        let next = self.rest.windows(MARK.len()).skip(1);
        let next = next.into_iter().position(|bytes| *bytes == MARK);
        self.rest = next
            .and_then(|at| self.rest.get(at + 1..))
            .unwrap_or_default();
        Some(None)
    }
}

/// Returns the beginning of a tail behind an entry.
pub(super) fn begun(base: u64) -> Vec<u8> {
    [BEGIN, &base.to_le_bytes()].concat()
}

/// Returns the entry a tail says it begins behind; nothing where that is not to be believed: it is
/// not sealed, so the first record that opens must come after it. Where no record opens it counts
/// only if nothing stands behind it, as when all was cut.
pub(super) fn base_of(bytes: &[u8], seal: &Seal) -> Option<u64> {
    let (number, rest) = bytes.strip_prefix(BEGIN)?.split_first_chunk::<8>()?;
    let base = u64::from_le_bytes(*number);
    let mut opening = Records::over(rest, seal)
        .flatten()
        .filter(|(seq, body, _)| seal.open(&place(*seq), body).is_some());
    let is_likely = match opening.next() {
        Some((first, _, _)) => base < first,
        None => rest.is_empty(),
    };
    is_likely.then_some(base)
}

/// Where a record belongs.
pub(super) fn place(seq: u64) -> Vec<u8> {
    place_name(seq).into_bytes()
}

fn place_name(seq: u64) -> String {
    format!("tail: entry {seq}")
}
