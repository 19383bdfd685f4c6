//! The tables as bytes, whatever keeps them: a snapshot, a write transaction, or entries worked
//! out beside the store.
//!
//! It knows no row and no event.

use std::{borrow::Cow, ops::Bound};

use redb::{ReadOnlyTable, ReadableTable, Table, WriteTransaction};

use super::{
    Error,
    layout::{self, Kind},
    packing,
};

/// Is told a key and its value.
pub(super) type Each<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<(), Error>;

/// Reads the tables.
pub(super) trait Shelf {
    fn meta(&self, key: &'static str) -> Result<Option<Vec<u8>>, Error>;
    fn journal(&self, seq: u64) -> Result<Option<Vec<u8>>, Error>;
    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error>;
    /// Lists rows, `from` inclusive, `to` exclusive.
    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
    /// Lists index keys with their rows' keys, `from` inclusive, `to` exclusive.
    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
    fn counter(&self, key: &str) -> Result<u64, Error>;
    fn revision(&self, key: &[u8]) -> Result<u64, Error>;
    fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error>;
    /// Lists the rows before entries, as `index` does.
    fn before(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error>;
}

/// Writes the tables; no value removes.
pub(super) trait WriteShelf: Shelf {
    fn set_meta(&mut self, key: &'static str, value: Option<&[u8]>) -> Result<(), Error>;
    /// Puts an entry in, packed: that is done before tables of others wait.
    fn set_journal(&mut self, seq: u64, packed: &[u8]) -> Result<(), Error>;
    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error>;
    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error>;
    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error>;
    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error>;
    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error>;
    /// Keeps the row before an entry, unless it is kept already.
    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error>;
    fn clear_before(&mut self) -> Result<(), Error>;
}

/// The open tables of a transaction.
pub(super) struct Tables<Meta, Journal, Derived> {
    pub meta: Meta,
    pub journal: Journal,
    pub derived: Derived,
}

/// The tables of a write transaction.
pub(super) type Opened<'t> = Tables<
    Table<'t, &'static str, &'static [u8]>,
    Table<'t, u64, &'static [u8]>,
    Table<'t, &'static [u8], &'static [u8]>,
>;

/// The tables of a view.
pub(super) type Viewed = Tables<
    ReadOnlyTable<&'static str, &'static [u8]>,
    ReadOnlyTable<u64, &'static [u8]>,
    ReadOnlyTable<&'static [u8], &'static [u8]>,
>;

impl<'t> Opened<'t> {
    pub fn of(transaction: &'t WriteTransaction) -> Result<Self, Error> {
        Ok(Self {
            meta: transaction.open_table(layout::META)?,
            journal: transaction.open_table(layout::JOURNAL)?,
            derived: transaction.open_table(layout::DERIVED)?,
        })
    }

    /// Empties every derived table.
    pub fn clear_derived(&mut self) -> Result<(), Error> {
        self.derived.retain(|_, _| false)?;
        self.meta.remove(layout::META_DAY)?;
        self.meta
            .retain_in::<&str, _>(layout::COUNTED..layout::COUNTED_END, |_, _| false)?;
        Ok(())
    }
}

impl<Meta, Journal, Derived> Tables<Meta, Journal, Derived>
where
    Derived: ReadableTable<&'static [u8], &'static [u8]>,
{
    fn number(&self, kind: Kind, key: &[u8]) -> Result<u64, Error> {
        let kept = self.derived.get(kind.under(key).as_slice())?;
        Ok(kept.map_or(0, |kept| layout::number(kept.value())))
    }

    fn listed(&self, kind: Kind, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        let (from, to) = (kind.under(from), kind.under(to));
        listed(&self.derived, &from, &to, &mut |key, value| {
            each(key.get(1..).unwrap_or_default(), value)
        })
    }
}

impl<Meta, Journal, Derived> Shelf for Tables<Meta, Journal, Derived>
where
    Meta: ReadableTable<&'static str, &'static [u8]>,
    Journal: ReadableTable<u64, &'static [u8]>,
    Derived: ReadableTable<&'static [u8], &'static [u8]>,
{
    fn meta(&self, key: &'static str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.meta.get(key)?.map(|kept| kept.value().to_vec()))
    }

    fn journal(&self, seq: u64) -> Result<Option<Vec<u8>>, Error> {
        let kept = self.journal.get(seq)?;
        let bytes = kept.map(|kept| packing::unpacked(seq, kept.value()).map(Cow::into_owned));
        bytes.transpose()
    }

    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.derived.get(key)?.map(|kept| kept.value().to_vec()))
    }

    fn rows(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        listed(&self.derived, from, to, each)
    }

    fn index(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        self.listed(Kind::Index, from, to, each)
    }

    fn counter(&self, key: &str) -> Result<u64, Error> {
        match layout::counted(key) {
            Some(key) => {
                let kept = self.meta.get(key.as_str())?;
                Ok(kept.map_or(0, |kept| layout::number(kept.value())))
            }
            None => self.number(Kind::Counter, key.as_bytes()),
        }
    }

    fn revision(&self, key: &[u8]) -> Result<u64, Error> {
        self.number(Kind::Revision, key)
    }

    fn request(&self, id: &str) -> Result<Option<(u64, u64)>, Error> {
        let key = Kind::Request.under(id.as_bytes());
        let kept = self.derived.get(key.as_slice())?;
        Ok(kept.and_then(|kept| layout::span(kept.value())))
    }

    fn before(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        self.listed(Kind::Before, from, to, each)
    }
}

impl Opened<'_> {
    fn set(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), Error> {
        match value {
            Some(value) => self.derived.insert(key, value)?,
            None => self.derived.remove(key)?,
        };
        Ok(())
    }
}

impl WriteShelf for Opened<'_> {
    fn set_meta(&mut self, key: &'static str, value: Option<&[u8]>) -> Result<(), Error> {
        match value {
            Some(value) => self.meta.insert(key, value)?,
            None => self.meta.remove(key)?,
        };
        Ok(())
    }

    fn set_journal(&mut self, seq: u64, packed: &[u8]) -> Result<(), Error> {
        self.journal.insert(seq, packed)?;
        Ok(())
    }

    fn set_row(&mut self, key: &[u8], bytes: Option<&[u8]>) -> Result<(), Error> {
        self.set(key, bytes)
    }

    fn set_index(&mut self, key: &[u8], row: Option<&[u8]>) -> Result<(), Error> {
        self.set(&Kind::Index.under(key), row)
    }

    fn set_counter(&mut self, key: &str, value: u64) -> Result<(), Error> {
        let value = value.to_be_bytes();
        match layout::counted(key) {
            Some(key) => self.meta.insert(key.as_str(), value.as_slice())?,
            None => return self.set(&Kind::Counter.under(key.as_bytes()), Some(&value)),
        };
        Ok(())
    }

    fn set_revision(&mut self, key: &[u8], seq: u64) -> Result<(), Error> {
        let key = Kind::Revision.under(key);
        self.set(&key, Some(&seq.to_be_bytes()))
    }

    fn set_request(&mut self, id: &str, span: (u64, u64)) -> Result<(), Error> {
        let key = Kind::Request.under(id.as_bytes());
        self.set(&key, Some(&layout::spanned(span)))
    }

    fn keep_before(&mut self, key: &[u8], image: &[u8]) -> Result<(), Error> {
        let key = Kind::Before.under(key);
        if self.derived.get(key.as_slice())?.is_none() {
            self.derived.insert(key.as_slice(), image)?;
        }
        Ok(())
    }

    fn clear_before(&mut self) -> Result<(), Error> {
        let (from, to) = (Kind::Before.under(&[]), Kind::Before.end());
        self.derived
            .retain_in::<&[u8], _>(from.as_slice()..to.as_slice(), |_, _| false)?;
        Ok(())
    }
}

/// Lists a table of bytes, `from` inclusive, `to` exclusive.
fn listed(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    from: &[u8],
    to: &[u8],
    each: Each<'_>,
) -> Result<(), Error> {
    for item in table.range::<&[u8]>((Bound::Included(from), Bound::Excluded(to)))? {
        let (key, value) = item?;
        each(key.value(), value.value())?;
    }
    Ok(())
}
