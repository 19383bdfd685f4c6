//! How the database file is laid out: the journal and the tables derived from it.

use redb::{TableDefinition, WriteTransaction};

use super::Error;

/// Sequence number → encoded entry. The only truth.
pub(super) const JOURNAL: TableDefinition<u64, &[u8]> = TableDefinition::new("journal");
/// Facts of the file: derived version, head, head hash, last time; and the counters that nearly
/// every save raises, under `COUNTED`: what is written with each entry anyway is one page.
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");

/// Everything derived, in one table, so that a save touches few pages: its kind, then its own
/// key → its value.
pub(super) const DERIVED: TableDefinition<&[u8], &[u8]> = TableDefinition::new("derived");

/// What a key of `DERIVED` stands for; its first byte. The keys of rows begin with their table's
/// number instead, which is smaller than all of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Index number + key → the row's key.
    Index = 100,
    /// Counter of one place → last number taken; those of the whole clinic stand in `META`.
    Counter = 101,
    /// Aspect → last entry that touched it.
    Revision = 102,
    /// Request id → first and last entry.
    Request = 103,
    /// Entry + table + key → what the row was before that entry, for undo on the same day.
    Before = 104,
}

impl Kind {
    /// Every kind, with the name a check calls it by.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Index, "index"),
        (Self::Counter, "counters"),
        (Self::Revision, "revisions"),
        (Self::Request, "requests"),
        (Self::Before, "before"),
    ];

    /// Puts the kind before a key of its own.
    pub fn under(self, key: &[u8]) -> Vec<u8> {
        numbered(self as u8, key)
    }

    /// Returns the end of all keys of the kind.
    pub const fn end(self) -> [u8; 1] {
        [self as u8 + 1]
    }
}

/// The end of all rows' keys.
pub(super) const ROWS_END: [u8; 1] = [Kind::Index as u8];

/// Bytes of the entry's number before the keys of `BEFORE`.
pub(super) const SEQ: usize = size_of::<u64>();

pub(super) const META_VERSION: &str = "derived_version";
pub(super) const META_HEAD: &str = "head";
pub(super) const META_HASH: &str = "head_hash";
pub(super) const META_TIME: &str = "last_time";
/// The last entry that is not a quiet one: the counter windows watch.
pub(super) const META_CHANGED: &str = "last_change";
pub(super) const META_DAY: &str = "before_day";
/// How many bytes were in use when the file was compacted.
pub(super) const META_COMPACTED: &str = "compacted";

/// What the keys of counters in `META` begin with.
pub(super) const COUNTED: &str = "counted/";
/// The end of those keys.
pub(super) const COUNTED_END: &str = "counted0";

/// Returns the key in `META` of a counter of the whole clinic; none of one that there may be many
/// of, one for each village or year: they would make many pages of the one.
pub(super) fn counted(counter: &str) -> Option<String> {
    let is_of_place = counter.contains('/');
    (!is_of_place).then(|| format!("{COUNTED}{counter}"))
}

/// The derived tables of programs before version 15.
const FORMER: [&str; 6] = [
    "rows",
    "index",
    "counters",
    "revisions",
    "requests",
    "before",
];

/// Drops the derived tables of earlier programs: what they held is derived anew.
pub(super) fn forget_former(transaction: &WriteTransaction) -> Result<(), Error> {
    for name in FORMER {
        transaction.delete_table(TableDefinition::<&[u8], &[u8]>::new(name))?;
    }
    Ok(())
}

/// Puts a table's or index's number before its key.
pub(super) fn numbered(number: u8, key: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + 1);
    bytes.push(number);
    bytes.extend_from_slice(key);
    bytes
}

/// Reads two numbers kept one behind the other.
pub(super) fn span(bytes: &[u8]) -> Option<(u64, u64)> {
    let (first, last) = bytes.split_first_chunk()?;
    Some((u64::from_be_bytes(*first), number(last)))
}

/// Writes two numbers as `span` reads them.
pub(super) fn spanned((first, last): (u64, u64)) -> [u8; 16] {
    (u128::from(first) << 64 | u128::from(last)).to_be_bytes()
}

/// Reads a number; 0 when absent or misshapen.
pub(super) fn number(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_be_bytes)
}
