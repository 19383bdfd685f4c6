//! The stored form of derived rows: postcard bytes, with the index entries of
//! each table. Raise `VERSION` when any row's shape or index changes: the
//! tables are then rebuilt from the journal at the next open.

use serde::de::DeserializeOwned;

use crate::{
    domain::{
        agreement::{
            doctor::Doctor, package::Package, reported::Reported, team::Team, unit::Unit,
            voucher::Voucher,
        },
        clinic::{Clinic, Staff, Village},
        contact::Contact,
        few::Few,
        household::{Household, Stay},
        open_form::OpenForms,
        person::Person,
        rows::{Copies, CourseRow, LookedAt, RosterRowKept, Round, agreement::AgreementRow},
        settings::{KeptSettings, Settings},
        tables::{Index, Row, Table},
    },
    store::Error,
};

/// The version of the derived tables this program writes.
pub const VERSION: u64 = 19;

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

/// Decodes as much of a row as [`Few`] reads.
pub fn decode_few<R: Few>(bytes: &[u8], keys: &[&str]) -> Result<R, Error> {
    let mut reader = postcard::Deserializer::from_bytes(bytes);
    R::read_few(&mut reader, keys).map_err(|_| Error::Row {
        table: R::TABLE.name(),
    })
}

/// The keys a row is found by.
pub type Entries = Vec<(Index, Vec<u8>)>;

/// Returns the index entries of a stored row under these settings.
pub fn index_of(table: Table, bytes: &[u8], settings: &Settings) -> Result<Entries, Error> {
    fn entries<R: Row + DeserializeOwned>(
        bytes: &[u8],
        settings: &Settings,
    ) -> Result<Entries, Error> {
        decode::<R>(bytes).map(|row| row.index(settings))
    }
    match table {
        Table::Clinic => entries::<Clinic>(bytes, settings),
        Table::Staff => entries::<Staff>(bytes, settings),
        Table::Village => entries::<Village>(bytes, settings),
        Table::Household => entries::<Household>(bytes, settings),
        Table::Person => entries::<Person>(bytes, settings),
        Table::Stay => entries::<Stay>(bytes, settings),
        Table::Course => entries::<CourseRow>(bytes, settings),
        Table::Contact => entries::<Contact>(bytes, settings),
        Table::Round => entries::<Round>(bytes, settings),
        Table::Copies => entries::<Copies>(bytes, settings),
        Table::LookedAt => entries::<LookedAt>(bytes, settings),
        Table::RosterRow => entries::<RosterRowKept>(bytes, settings),
        Table::OpenForms => entries::<OpenForms>(bytes, settings),
        Table::Settings => entries::<KeptSettings>(bytes, settings),
        Table::Agreement => entries::<AgreementRow>(bytes, settings),
        Table::Doctor => entries::<Doctor>(bytes, settings),
        Table::Team => entries::<Team>(bytes, settings),
        Table::Unit => entries::<Unit>(bytes, settings),
        Table::Package => entries::<Package>(bytes, settings),
        Table::Voucher => entries::<Voucher>(bytes, settings),
        Table::Report => entries::<Reported>(bytes, settings),
    }
}
