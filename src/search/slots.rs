//! Which slot an id has.
//!
//! Ids are given out from 1 upwards, so a plain table serves; any other id works too.

use std::collections::HashMap;

use super::people::Slot;

/// Slots by id: a plain table for the low ids a clinic has, a map for others.
#[derive(Debug, Default)]
pub(super) struct Slots {
    low: Vec<Slot>,
    high: HashMap<u64, Slot>,
    len: usize,
}

const NO_SLOT: Slot = Slot::MAX;

impl Slots {
    pub fn get(&self, id: u64) -> Option<Slot> {
        let low = usize::try_from(id).ok().and_then(|at| self.low.get(at));
        match low {
            Some(&slot) if slot != NO_SLOT => Some(slot),
            _ => self.high.get(&id).copied(),
        }
    }

    pub fn set(&mut self, id: u64, slot: Slot) {
        self.len += 1;
        match usize::try_from(id) {
            Ok(at) if at < self.len * 8 + 4096 => {
                if self.low.len() <= at {
                    self.low.resize(at + 1, NO_SLOT);
                }
                if let Some(place) = self.low.get_mut(at) {
                    *place = slot;
                }
            }
            _ => {
                self.high.insert(id, slot);
            }
        }
    }

    pub fn remove(&mut self, id: u64) {
        self.len = self.len.saturating_sub(1);
        if let Some(place) = usize::try_from(id).ok().and_then(|at| self.low.get_mut(at)) {
            *place = NO_SLOT;
        }
        self.high.remove(&id);
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, slots: usize) {
        self.low.reserve_exact(slots);
    }

    /// Gives back what growing reserved.
    pub fn shrink(&mut self) {
        self.low.shrink_to_fit();
    }
}
