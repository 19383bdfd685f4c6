//! Events of roster imports: what a file said of each row, so that the next
//! version of the same file changes only what the file changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::apply::Done;
use crate::domain::{id::PersonId, rows::RosterRowKept, tables::Write};

/// A roster row was taken; `values` is what the file said, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTaken {
    /// Which lineage of files (same columns, same place) the row belongs to.
    pub lineage: String,
    /// What names the row within its lineage.
    pub row_key: String,
    pub person: PersonId,
    pub values: BTreeMap<String, String>,
}

/// Keeps what the row said.
pub(super) fn taken<T: Write>(tables: &mut T, e: &RowTaken) -> Done<T> {
    tables.put(&RosterRowKept {
        lineage: e.lineage.clone(),
        row_key: e.row_key.clone(),
        person: e.person,
        values: e.values.clone(),
    })
}
