//! Telling pasts apart: how far two stores tell the same, and what one of them tells besides.

use std::collections::BTreeMap;

use super::tail::Found;
use crate::{
    domain::{
        clock::Moment,
        event::{Entry, Event},
    },
    store::{Error, Store, journal},
};

/// Entries that are not in the store that takes the place of the one they were saved in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The first and the last of them.
    pub entries: (u64, u64),
    /// When these two were saved.
    pub saved: (Moment, Moment),
    /// How many there are of each cause, those that tell of copies, looks and sign-ins excepted.
    pub acts: BTreeMap<String, u64>,
    /// How many tell of copies, looks and sign-ins.
    pub notes: u64,
}

impl LeftOut {
    /// Returns what a store holds behind entry `after`; nothing where it ends there.
    ///
    /// # Errors
    /// `Damaged` where it cannot be read to its end; else as the disk says.
    pub fn of_store(store: &Store, after: u64) -> Result<Option<Self>, Error> {
        let mut left = None;
        store.snapshot()?.entries(after + 1, |entry, _| {
            Self::add(&mut left, &entry);
            Ok(true)
        })?;
        Ok(left)
    }

    /// Returns what a tail holds behind entry `after`, as far as it can be read.
    pub fn of_tail(tail: &Found, after: u64) -> Option<Self> {
        let mut left = None;
        for (seq, bytes) in tail.entries.range(after + 1..) {
            if let Ok(entry) = journal::decode(*seq, bytes) {
                Self::add(&mut left, &entry);
            }
        }
        left
    }

    fn add(left: &mut Option<Self>, entry: &Entry) {
        let left = left.get_or_insert_with(|| Self {
            entries: (entry.seq, entry.seq),
            saved: (entry.at, entry.at),
            acts: BTreeMap::new(),
            notes: 0,
        });
        left.entries.1 = entry.seq;
        left.saved.1 = entry.at;
        let tells_of_copies =
            |event: &Event| matches!(event, Event::CopyMade(_) | Event::CopyProven(_));
        if entry.is_quiet() || entry.events.iter().all(tells_of_copies) {
            left.notes += 1;
        } else {
            *left.acts.entry(entry.cause.clone()).or_default() += 1;
        }
    }

    /// Returns how many entries there are.
    pub fn count(&self) -> u64 {
        self.notes + self.acts.values().sum::<u64>()
    }
}

impl Store {
    /// Returns the last entry both stores hold: each tells the hash of the one before, so all up
    /// to there are the same.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn common_with(&self, other: &Self) -> Result<u64, Error> {
        let (one, other) = (self.snapshot()?, other.snapshot()?);
        let (mut same, mut least_other) = (0, one.head()?.seq.min(other.head()?.seq) + 1);
        while same + 1 < least_other {
            let middle = same.midpoint(least_other);
            let (here, there) = (one.hash_of(middle)?, other.hash_of(middle)?);
            match here.is_some() && here == there {
                true => same = middle,
                false => least_other = middle,
            }
        }
        Ok(same)
    }

    /// Has the tail hold everything that is in this store, on the disk.
    ///
    /// # Errors
    /// Fails with the disk; what the tail did not take is told by `tail_trouble`.
    pub fn catch_up_tail(&self) -> Result<(), Error> {
        if let Some(tail) = &self.tail {
            tail.follow(self, self.head()?);
            tail.end(self);
        }
        Ok(())
    }
}
