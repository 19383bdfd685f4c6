//! How the database file is laid out: the journal and the tables derived from it.

use redb::TableDefinition;

/// Sequence number → encoded entry. The only truth.
pub(super) const JOURNAL: TableDefinition<u64, &[u8]> = TableDefinition::new("journal");
/// Facts of the file: derived version, head, head hash, last time.
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");

/// Table number + key → row.
pub(super) const ROWS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("rows");
/// Index number + key → the row's key.
pub(super) const INDEX: TableDefinition<&[u8], &[u8]> = TableDefinition::new("index");
/// Counter → last number taken.
pub(super) const COUNTERS: TableDefinition<&str, u64> = TableDefinition::new("counters");
/// Aspect → last entry that touched it.
pub(super) const REVISIONS: TableDefinition<&[u8], u64> = TableDefinition::new("revisions");
/// Request id → first and last entry.
pub(super) const REQUESTS: TableDefinition<&str, (u64, u64)> = TableDefinition::new("requests");
/// Entry + table + key → what the row was before that entry, for undo on the same day.
pub(super) const BEFORE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("before");

/// Bytes of the entry's number before the keys of `BEFORE`.
pub(super) const SEQ: usize = size_of::<u64>();

pub(super) const META_VERSION: &str = "derived_version";
pub(super) const META_HEAD: &str = "head";
pub(super) const META_HASH: &str = "head_hash";
pub(super) const META_TIME: &str = "last_time";
/// The last entry that is not a quiet one: the counter windows watch.
pub(super) const META_CHANGED: &str = "last_change";
pub(super) const META_DAY: &str = "before_day";

/// Puts a table's or index's number before its key.
pub(super) fn numbered(number: u8, key: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + 1);
    bytes.push(number);
    bytes.extend_from_slice(key);
    bytes
}

/// Reads a number kept in `META`; 0 when absent or misshapen.
pub(super) fn number(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_be_bytes)
}
