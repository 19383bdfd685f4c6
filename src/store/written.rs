//! The tables of a write transaction, as whoever decides reads them and events change them.

use std::collections::BTreeSet;

use super::{Error, Writing, journal, layout, rows};
use crate::domain::{
    aspect::Aspect,
    tables::{Counter, EachKey, Index, Read, Row, Table, Write},
};

impl Read for Writing<'_> {
    type Fault = Error;

    fn get<R: Row>(&self, key: &[u8]) -> Result<Option<R>, Error> {
        let key = layout::numbered(R::TABLE as u8, key);
        let bytes = self.shelf.row(&key)?;
        bytes.map(|bytes| rows::decode(&bytes)).transpose()
    }

    fn listed<R: Row>(&self, index: Index, from: &[u8], to: &[u8]) -> Result<Vec<R>, Error> {
        let mut found = Vec::new();
        self.keys(index, from, to, &mut |_, key| {
            let key = layout::numbered(R::TABLE as u8, key);
            let row = self.shelf.row(&key)?.ok_or(Error::Row {
                table: R::TABLE.name(),
            })?;
            found.push(rows::decode(&row)?);
            Ok(())
        })?;
        Ok(found)
    }

    fn keys(
        &self,
        index: Index,
        from: &[u8],
        to: &[u8],
        each: EachKey<'_, Error>,
    ) -> Result<(), Error> {
        let from = layout::numbered(index as u8, from);
        let to = layout::numbered(index as u8, to);
        self.shelf.index(&from, &to, &mut |key, row| {
            each(key.get(1..).unwrap_or_default(), row)
        })
    }

    fn counter(&self, counter: &Counter) -> Result<u64, Error> {
        self.shelf.counter(&counter.key())
    }

    fn revision(&self, aspect: Aspect) -> Result<u64, Error> {
        self.shelf.revision(&journal::aspect_key(aspect))
    }
}

impl Write for Writing<'_> {
    fn put<R: Row>(&mut self, row: &R) -> Result<(), Error> {
        let bytes = rows::encode(row)?;
        let before = |bytes: &[u8], settings: &_| rows::index_of(R::TABLE, bytes, settings);
        let now = |_: &[u8], settings: &_| Ok(row.index(settings));
        self.set(R::TABLE, &row.key(), Some(&bytes), (&before, &now))
    }

    fn replace<R: Row>(&mut self, before: &R, row: &R) -> Result<(), Error> {
        let bytes = rows::encode(row)?;
        let before = |_: &[u8], settings: &_| Ok(before.index(settings));
        let now = |_: &[u8], settings: &_| Ok(row.index(settings));
        self.set(R::TABLE, &row.key(), Some(&bytes), (&before, &now))
    }

    fn raise(&mut self, counter: &Counter, value: u64) -> Result<(), Error> {
        if self.counter(counter)? < value {
            self.shelf.set_counter(&counter.key(), value)?;
        }
        Ok(())
    }

    fn restore(&mut self, first: u64, last: u64) -> Result<(), Error> {
        let (from, to) = (first.to_be_bytes(), (last + 1).to_be_bytes());
        let mut seen = BTreeSet::new();
        let mut images = Vec::new();
        self.shelf.before(&from, &to, &mut |key, image| {
            let row = key.get(layout::SEQ..).unwrap_or_default().to_vec();
            if seen.insert(row.clone()) {
                images.push((row, image.to_vec()));
            }
            Ok(())
        })?;
        for (row, image) in images {
            let Some((number, key)) = row.split_first() else {
                continue;
            };
            let table = Table::ALL.into_iter().find(|table| *table as u8 == *number);
            let table = table.ok_or(Error::Row { table: "before" })?;
            let bytes = image
                .split_first()
                .filter(|(kept, _)| **kept == 1)
                .map(|(_, old)| old);
            let by_bytes = |bytes: &[u8], settings: &_| rows::index_of(table, bytes, settings);
            self.set(table, key, bytes, (&by_bytes, &by_bytes))?;
        }
        Ok(())
    }
}
