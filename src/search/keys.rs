//! Ordered sets of packed keys: a few letters or characters above the number of a name.
//!
//! What stands in a key is `names`' matter.

use std::collections::BTreeSet;

/// The number of a name takes the low bits of every key.
pub(super) const NAME_BITS: u32 = 28;

/// An ordered set of keys that takes many at once cheaply.
#[derive(Debug, Default)]
pub(super) struct Keys {
    set: BTreeSet<u64>,
    waiting: Vec<u64>,
}

impl Keys {
    /// Adds a key; one added while loading is not found before [`Keys::settle`].
    pub fn add(&mut self, key: u64, loading: bool) {
        if loading {
            self.waiting.push(key);
        } else {
            self.set.insert(key);
        }
    }

    pub fn remove(&mut self, key: u64) {
        self.set.remove(&key);
    }

    /// Returns the keys from `low` to `high`.
    pub fn range(&self, low: u64, high: u64) -> impl Iterator<Item = u64> + '_ {
        self.set.range(low..=high).copied()
    }

    /// Sorts in what was added while loading.
    pub fn settle(&mut self) {
        if !self.waiting.is_empty() {
            let mut waiting = std::mem::take(&mut self.waiting);
            waiting.extend(std::mem::take(&mut self.set));
            self.set = waiting.into_iter().collect();
        }
    }
}

/// Packs the first `most` letters above the name's bits.
pub(super) fn packed(letters: &[u8], most: usize) -> u64 {
    let mut key = 0;
    for at in 0..most {
        let letter = letters.get(at).map_or(0, |b| b.wrapping_sub(b'a') + 1);
        key = key << 5 | u64::from(letter & 31);
    }
    key << (NAME_BITS + 1)
}

/// Returns the least and the greatest key of letters beginning so.
pub(super) fn letter_range(letters: &[u8], most: usize) -> (u64, u64) {
    let used = letters.len().min(most);
    let open = u32::try_from(most - used).unwrap_or(0) * 5 + NAME_BITS + 1;
    let low = packed(letters, most);
    (
        low,
        low | 1_u64.checked_shl(open).map_or(u64::MAX, |end| end - 1),
    )
}
