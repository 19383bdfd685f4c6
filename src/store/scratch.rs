//! Keys and values in order, more of them than memory should hold: few stay in memory, many go
//! into a database of their own, in a file without a name that lies sealed under a key nobody
//! keeps. Whatever happens, nothing of it is left.
//!
//! It knows no table.

use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Included},
    path::{Path, PathBuf},
};

use redb::{
    Builder, Database, ReadableTable as _, ReadableTableMetadata as _, TableDefinition,
    WriteTransaction, backends::FileBackend,
};

use super::{
    Error,
    seal::{DataKey, RingError, SealedDisk},
};

/// Bytes of keys and values that stay in memory; there they take about three times as much.
const NEAR: usize = 8 << 20;
/// The page cache of those that do not.
const CACHE: usize = 16 << 20;

const TABLE: TableDefinition<&[u8], Option<&[u8]>> = TableDefinition::new("scratch");

/// Is told a key and its value; none where the key is removed.
type Each<'a> = &'a mut dyn FnMut(&[u8], Option<&[u8]>) -> Result<(), Error>;

/// Keys with their values, or with the word that they are removed.
pub(super) struct Scratch {
    /// Where its file lies once there is one.
    folder: PathBuf,
    /// How many bytes stay in memory.
    most: usize,
    near: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Bytes of the keys and values in `near`.
    bytes: usize,
    far: Option<Far>,
}

/// What memory does not hold. Its one transaction is never committed.
struct Far {
    transaction: WriteTransaction,
    /// Closed after the transaction.
    _database: Database,
}

/// What stands under a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing was ever put there.
    Unknown,
    Gone,
    Value(Vec<u8>),
}

impl From<Option<&[u8]>> for Kept {
    fn from(value: Option<&[u8]>) -> Self {
        value.map_or(Self::Gone, |value| Self::Value(value.to_vec()))
    }
}

impl Scratch {
    /// Begins with nothing; its file will lie in `folder`.
    pub fn within(folder: &Path) -> Self {
        Self::with_most(folder, NEAR)
    }

    /// The same, with at most so many bytes in memory.
    pub fn with_most(folder: &Path, most: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            most,
            near: BTreeMap::new(),
            bytes: 0,
            far: None,
        }
    }

    /// Returns what stands under a key.
    pub fn get(&self, key: &[u8]) -> Result<Kept, Error> {
        if let Some(value) = self.near.get(key) {
            return Ok(value.as_deref().into());
        }
        let Some(far) = &self.far else {
            return Ok(Kept::Unknown);
        };
        let table = far.transaction.open_table(TABLE)?;
        let kept = table.get(key)?;
        Ok(kept.map_or(Kept::Unknown, |kept| kept.value().into()))
    }

    /// Says whether a key was put since `rest`.
    pub fn is_new(&self, key: &[u8]) -> bool {
        self.near.contains_key(key)
    }

    /// Puts a value, or its removal, under a key.
    pub fn put(&mut self, key: &[u8], value: Option<&[u8]>) {
        let taken = |value: Option<&[u8]>| key.len() + value.map_or(0, <[u8]>::len);
        self.bytes += taken(value);
        let before = self.near.insert(key.to_vec(), value.map(<[u8]>::to_vec));
        if let Some(before) = before {
            self.bytes -= taken(before.as_deref());
        }
    }

    /// Moves what memory should not hold into the file.
    pub fn rest(&mut self) -> Result<(), Error> {
        if self.bytes <= self.most {
            return Ok(());
        }
        let far = match self.far.take() {
            Some(far) => far,
            None => Far::within(&self.folder)?,
        };
        let far = self.far.insert(far);
        let mut table = far.transaction.open_table(TABLE)?;
        for (key, value) in std::mem::take(&mut self.near) {
            table.insert(key.as_slice(), value.as_deref())?;
        }
        self.bytes = 0;
        Ok(())
    }

    /// Forgets everything that was put under a range of keys, `from` inclusive, `to` exclusive.
    pub fn forget(&mut self, from: &[u8], to: &[u8]) -> Result<(), Error> {
        let mut bytes = 0;
        self.near.retain(|key, value| {
            let stays = key.as_slice() < from || to <= key.as_slice();
            if stays {
                bytes += key.len() + value.as_ref().map_or(0, Vec::len);
            }
            stays
        });
        self.bytes = bytes;
        if let Some(far) = &self.far {
            let mut table = far.transaction.open_table(TABLE)?;
            table.retain_in::<&[u8], _>(from..to, |_, _| false)?;
        }
        Ok(())
    }

    /// Lists a range in key order, `from` inclusive, `to` exclusive. `each` must not look anything
    /// up here.
    pub fn listed(&self, from: &[u8], to: &[u8], each: Each<'_>) -> Result<(), Error> {
        if to <= from {
            return Ok(());
        }
        let range = (Included(from), Excluded(to));
        let mut near = self.near.range::<[u8], _>(range).peekable();
        if let Some(far) = &self.far {
            let table = far.transaction.open_table(TABLE)?;
            for item in table.range::<&[u8]>(range)? {
                let (key, value) = item?;
                let key = key.value();
                while let Some((before, value)) = near.next_if(|(near, _)| near.as_slice() < key) {
                    each(before, value.as_deref())?;
                }
                match near.next_if(|(near, _)| near.as_slice() == key) {
                    Some((_, newer)) => each(key, newer.as_deref())?,
                    None => each(key, value.value())?,
                }
            }
        }
        for (key, value) in near {
            each(key, value.as_deref())?;
        }
        Ok(())
    }

    /// Returns how many keys there are at most: one put again since `rest` counts twice.
    pub fn len(&self) -> Result<usize, Error> {
        let far = match &self.far {
            None => 0,
            Some(far) => far.transaction.open_table(TABLE)?.len()?,
        };
        Ok(self.near.len() + usize::try_from(far).unwrap_or(usize::MAX))
    }
}

impl Far {
    fn within(folder: &Path) -> Result<Self, Error> {
        let file = tempfile::tempfile_in(folder).map_err(Error::file(folder))?;
        let key = DataKey::random().map_err(|_| RingError::System)?;
        let disk = SealedDisk::over(FileBackend::new(file)?, &key);
        let database = Builder::new()
            .set_cache_size(CACHE)
            .create_with_backend(disk)?;
        Ok(Self {
            transaction: database.begin_write()?,
            _database: database,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn put() -> impl Strategy<Value = (Vec<u8>, Option<Vec<u8>>)> {
        let key = proptest::collection::vec(0..4_u8, 1..4);
        (
            key,
            proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Whatever went into the file in between, it answers as one map in memory.
        #[test]
        fn what_was_put_is_found_and_listed_in_order(
            puts in proptest::collection::vec((put(), any::<bool>()), 0..120),
            from in proptest::collection::vec(0..4_u8, 0..3),
            to in proptest::collection::vec(0..4_u8, 0..3),
            forgotten in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut scratch = Scratch::with_most(folder.path(), 0);
            let mut model = BTreeMap::new();
            for ((key, value), rests) in &puts {
                scratch.put(key, value.as_deref());
                model.insert(key.clone(), value.clone());
                if *rests {
                    scratch.rest().unwrap();
                    prop_assert!(!scratch.is_new(key));
                }
            }
            if forgotten {
                scratch.forget(&from, &to).unwrap();
                model.retain(|key, _| *key < from || to <= *key);
            }
            for ((key, _), _) in &puts {
                let wanted = model.get(key).map(|value| value.as_deref().into());
                prop_assert_eq!(scratch.get(key).unwrap(), wanted.unwrap_or(Kept::Unknown));
            }
            let mut listed = Vec::new();
            scratch.listed(&from, &to, &mut |key, value| {
                listed.push((key.to_vec(), value.map(<[u8]>::to_vec)));
                Ok(())
            }).unwrap();
            model.retain(|key, _| from <= *key && *key < to);
            prop_assert_eq!(listed, Vec::from_iter(model));
            // A file without a name: nobody sees it, and nobody has to remove it.
            prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn keys_are_counted_once_they_rest() {
        let folder = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::with_most(folder.path(), 8);
        for key in [b"one", b"two", b"one"] {
            scratch.put(key, Some(b"4444"));
        }
        assert_eq!((scratch.len().unwrap(), scratch.bytes), (2, 14));
        scratch.rest().unwrap();
        assert_eq!((scratch.len().unwrap(), scratch.bytes), (2, 0));
        scratch.put(b"six", None);
        scratch.rest().unwrap();
        assert_eq!((scratch.len().unwrap(), scratch.bytes), (3, 3));
        assert!(scratch.is_new(b"six"), "three bytes stay in memory");
    }
}
