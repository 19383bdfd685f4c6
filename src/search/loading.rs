//! The names met while many rows come in, by their characters.
//!
//! It lives only as long as the loading does.

use std::collections::HashMap;

use super::names::NameId;

/// Names by their characters while many come in: those of up to four as one number, so that
/// loading leaves no small pieces of memory behind.
#[derive(Debug, Default)]
pub(super) struct Loading {
    short: HashMap<u64, NameId>,
    long: HashMap<Box<[u16]>, NameId>,
}

impl Loading {
    pub fn get(&self, signs: &[u16]) -> Option<NameId> {
        match Self::short(signs) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(signs).copied(),
        }
    }

    pub fn insert(&mut self, signs: &[u16], id: NameId) {
        match Self::short(signs) {
            Some(key) => self.short.insert(key, id),
            None => self.long.insert(signs.into(), id),
        };
    }

    fn short(signs: &[u16]) -> Option<u64> {
        let pack = |key, sign: &u16| key << 16 | (u64::from(*sign) + 1);
        (signs.len() <= 4 && !signs.contains(&u16::MAX)).then(|| signs.iter().fold(0, pack))
    }
}
