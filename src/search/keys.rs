//! Ordered sets of packed keys: a few letters or characters above the number of a name.
//!
//! What stands in a key is `names`' matter.

use std::collections::BTreeSet;

/// The number of a name takes the low bits of every key.
pub(super) const NAME_BITS: u32 = 28;

/// Below the letters of a key: the number of a name and the bit above it.
const LOW_BITS: u32 = NAME_BITS + 1;
const LOW_MASK: u64 = (1 << LOW_BITS) - 1;

/// An ordered set of keys. Those it was made of lie packed, letters that several share standing
/// once; what changed since lies beside them.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The different letters, in order.
    letters: Vec<u64>,
    /// Behind which of `lows` the keys of the same letters end.
    ends: Vec<u32>,
    /// The low bits of all keys, in order.
    lows: Vec<u32>,
    added: BTreeSet<u64>,
    removed: BTreeSet<u64>,
}

impl Keys {
    /// Makes a set of these keys.
    pub fn of(mut keys: Vec<u64>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        let groups = || keys.chunk_by(|one, other| one >> LOW_BITS == other >> LOW_BITS);
        let count = groups().count();
        let (mut letters, mut ends) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut end = 0;
        for group in groups() {
            end += super::small(group.len());
            letters.extend(group.first().map(|key| key >> LOW_BITS));
            ends.push(end);
        }
        let low = |key: &u64| u32::try_from(key & LOW_MASK).unwrap_or(u32::MAX);
        Self {
            letters,
            ends,
            lows: keys.iter().map(low).collect(),
            ..Self::default()
        }
    }

    pub fn add_all(&mut self, keys: Vec<u64>) {
        for key in keys {
            if !self.removed.remove(&key) && !self.is_packed(key) {
                self.added.insert(key);
            }
        }
    }

    pub fn remove_all(&mut self, keys: Vec<u64>) {
        for key in keys {
            if !self.added.remove(&key) && self.is_packed(key) {
                self.removed.insert(key);
            }
        }
    }

    /// Returns the keys from `low` to `high`, in no order of their own.
    pub fn range(&self, low: u64, high: u64) -> impl Iterator<Item = u64> + '_ {
        let first = self.group(low >> LOW_BITS);
        let letters = self.letters.get(first..).unwrap_or_default();
        let groups = letters.iter().zip(first..);
        let groups = groups.take_while(move |(letters, _)| **letters <= high >> LOW_BITS);
        groups
            .flat_map(|(letters, group)| {
                let lows = self.lows_of(group).iter();
                lows.map(move |low| letters << LOW_BITS | u64::from(*low))
            })
            .filter(move |key| low <= *key && *key <= high)
            .filter(|key| self.removed.is_empty() || !self.removed.contains(key))
            .chain(self.added.range(low..=high).copied())
    }

    fn is_packed(&self, key: u64) -> bool {
        let group = self.group(key >> LOW_BITS);
        let is_there = self.letters.get(group) == Some(&(key >> LOW_BITS));
        let low = u32::try_from(key & LOW_MASK).unwrap_or(u32::MAX);
        is_there && self.lows_of(group).binary_search(&low).is_ok()
    }

    /// Returns where the keys of these letters stand, or would.
    fn group(&self, letters: u64) -> usize {
        self.letters.partition_point(|other| *other < letters)
    }

    fn lows_of(&self, group: usize) -> &[u32] {
        let end = |group: usize| self.ends.get(group).map_or(0, |end| *end as usize);
        let start = group.checked_sub(1).map_or(0, end);
        self.lows.get(start..end(group)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn altered_keys_are_found_as_a_plain_set_finds_them() {
        let mut rng = fastrand::Rng::with_seed(6);
        let mut any = || rng.u64(..9) << LOW_BITS | rng.u64(..2) << NAME_BITS | rng.u64(..40);
        let first: Vec<u64> = (0..300).map(|_| any()).collect();
        let mut plain: BTreeSet<u64> = first.iter().copied().collect();
        let mut keys = Keys::of(first);
        for round in 0..2_000 {
            let key = any();
            if round % 2 == 0 {
                plain.insert(key);
                keys.add_all(vec![key]);
            } else {
                plain.remove(&key);
                keys.remove_all(vec![key]);
            }
            let (one, other) = (any(), any());
            let (low, high) = (one.min(other), one.max(other));
            let mut found: Vec<u64> = keys.range(low, high).collect();
            found.sort_unstable();
            assert!(found.into_iter().eq(plain.range(low..=high).copied()));
        }
    }
}
