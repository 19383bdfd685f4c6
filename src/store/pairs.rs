//! Keys and values kept small in memory, many of them: one behind the other, and found by hash.
//!
//! It knows no table.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use super::Error;

/// Keys and values one behind the other in one piece of memory.
#[derive(Default)]
pub(super) struct Pairs {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: usize,
    key: u16,
    /// `GONE` where the value is removed.
    value: u32,
}

const GONE: u32 = u32::MAX;

impl Pairs {
    /// Adds a pair; no value removes the key.
    pub fn push(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), Error> {
        let length = value.map_or(Some(GONE), |value| {
            u32::try_from(value.len())
                .ok()
                .filter(|length| *length < GONE)
        });
        let key_length = u16::try_from(key.len()).ok();
        let (Some(key_length), Some(length)) = (key_length, length) else {
            return Err(Error::Broken("a value beyond 4 GiB".to_owned()));
        };
        self.places.push(Place {
            start: self.bytes.len(),
            key: key_length,
            value: length,
        });
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(value.unwrap_or_default());
        Ok(())
    }

    /// Returns how many pairs there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    fn at(&self, place: Place) -> (&[u8], Option<&[u8]>) {
        let middle = place.start + usize::from(place.key);
        let key = self.bytes.get(place.start..middle).unwrap_or_default();
        if place.value == GONE {
            return (key, None);
        }
        let end = middle + usize::try_from(place.value).unwrap_or(usize::MAX);
        (key, Some(self.bytes.get(middle..end).unwrap_or_default()))
    }

    /// Lists the pairs in the order they were added.
    pub fn all(&self) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.places.iter().map(|place| self.at(*place))
    }
}

/// What stands under a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept<'a> {
    /// Nothing was ever put there.
    Unknown,
    Gone,
    Value(&'a [u8]),
}

/// Pairs that are found by their key.
#[derive(Default)]
pub(super) struct Found {
    pairs: Pairs,
    /// By hash, the next number where that is taken by another key.
    by_hash: HashMap<u64, usize>,
    hasher: RandomState,
}

impl Found {
    /// Returns what stands under a key.
    pub fn get(&self, key: &[u8]) -> Kept<'_> {
        let place = self.find(key).ok();
        match place.and_then(|place| self.pairs.places.get(place)) {
            None => Kept::Unknown,
            Some(place) => self.pairs.at(*place).1.map_or(Kept::Gone, Kept::Value),
        }
    }

    /// Puts a value, or its removal, under a key.
    pub fn put(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), Error> {
        let found = self.find(key);
        self.pairs.push(key, value)?;
        let last = self.pairs.places.len() - 1;
        match found {
            Ok(place) => {
                // The later bytes take the earlier one's place.
                self.pairs.places.swap_remove(place);
            }
            Err(hash) => {
                self.by_hash.insert(hash, last);
            }
        }
        Ok(())
    }

    /// Returns the place of a key, or the hash it is to be found by.
    fn find(&self, key: &[u8]) -> Result<usize, u64> {
        let mut hash = self.hasher.hash_one(key);
        while let Some(place) = self.by_hash.get(&hash) {
            let kept = self.pairs.places.get(*place);
            if kept.is_some_and(|kept| self.pairs.at(*kept).0 == key) {
                return Ok(*place);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }

    /// Returns how many keys there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Lists the pairs in key order.
    pub fn sorted(&self) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        let mut places: Vec<&Place> = self.pairs.places.iter().collect();
        places.sort_unstable_by_key(|place| self.pairs.at(**place).0);
        places.into_iter().map(|place| self.pairs.at(*place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_key_counts_and_keys_come_back_in_order() {
        let mut found = Found::default();
        for number in (0..500_u16).rev() {
            let key = number.to_be_bytes();
            found.put(&key, Some(b"first")).unwrap();
            if number % 3 == 0 {
                found.put(&key, None).unwrap();
            }
            if number % 5 == 0 {
                found.put(&key, Some(b"last")).unwrap();
            }
        }
        assert_eq!(found.len(), 500);
        for (number, (key, value)) in (0..500_u16).zip(found.sorted()) {
            assert_eq!(key, number.to_be_bytes());
            let wanted = match (number % 3, number % 5) {
                (_, 0) => Some(&b"last"[..]),
                (0, _) => None,
                _ => Some(&b"first"[..]),
            };
            assert_eq!(value, wanted, "{number}");
            assert_eq!(found.get(key), wanted.map_or(Kept::Gone, Kept::Value));
        }
        assert_eq!(found.get(b"nobody"), Kept::Unknown);
    }
}
