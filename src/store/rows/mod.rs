//! The stored form of derived rows: postcard bytes, with the index entries of
//! each table. Raise `VERSION` when any row's shape or index changes: the
//! tables are then rebuilt from the journal at the next open.

use serde::de::DeserializeOwned;

use crate::{
    domain::{
        clinic::{Clinic, Staff, Village},
        contact::Contact,
        household::{Household, Stay},
        person::Person,
        rows::{CourseRow, RosterRowKept, Round},
        tables::{Index, Row, Table},
    },
    store::Error,
};

/// The version of the derived tables this program writes.
pub const VERSION: u64 = 6;

/// Encodes a row.
pub fn encode<R: Row>(row: &R) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(row).map_err(|_| Error::Row {
        table: R::TABLE.name(),
    })
}

/// Decodes a row.
pub fn decode<R: Row>(bytes: &[u8]) -> Result<R, Error> {
    postcard::from_bytes(bytes).map_err(|_| Error::Row {
        table: R::TABLE.name(),
    })
}

/// Returns the index entries of a stored row.
pub fn index_of(table: Table, bytes: &[u8]) -> Result<Vec<(Index, Vec<u8>)>, Error> {
    fn entries<R: Row + DeserializeOwned>(bytes: &[u8]) -> Result<Vec<(Index, Vec<u8>)>, Error> {
        decode::<R>(bytes).map(|row| row.index())
    }
    match table {
        Table::Clinic => entries::<Clinic>(bytes),
        Table::Staff => entries::<Staff>(bytes),
        Table::Village => entries::<Village>(bytes),
        Table::Household => entries::<Household>(bytes),
        Table::Person => entries::<Person>(bytes),
        Table::Stay => entries::<Stay>(bytes),
        Table::Course => entries::<CourseRow>(bytes),
        Table::Contact => entries::<Contact>(bytes),
        Table::Round => entries::<Round>(bytes),
        Table::RosterRow => entries::<RosterRowKept>(bytes),
    }
}
