//! The households in the order of their places: group, door, number of the household.
//!
//! Where very many people are found, the first to be shown are met by walking along it, and the
//! others need not be put in order.

use super::people::Slot;

/// What a household's place in the order is decided by.
pub(super) type Place = (u16, u16, u64);

/// The slots of households by their places.
#[derive(Debug, Default)]
pub(super) struct Places {
    slots: Vec<Slot>,
}

impl Places {
    /// Puts all households in order at once.
    pub fn of(slots: impl Iterator<Item = Slot>, place: impl Fn(Slot) -> Place) -> Self {
        let mut slots: Vec<Slot> = slots.collect();
        slots.sort_unstable_by_key(|slot| place(*slot));
        slots.shrink_to_fit();
        Self { slots }
    }

    /// Puts a household where it belongs.
    pub fn enter(&mut self, slot: Slot, place: impl Fn(Slot) -> Place) {
        let at = self.at(slot, &place);
        self.slots.insert(at, slot);
    }

    /// Takes a household out, whose place is still the one it was put in with.
    pub fn leave(&mut self, slot: Slot, place: impl Fn(Slot) -> Place) {
        let at = self.at(slot, &place);
        if self.slots.get(at) == Some(&slot) {
            self.slots.remove(at);
        }
    }

    pub fn all(&self) -> impl Iterator<Item = Slot> + '_ {
        self.slots.iter().copied()
    }

    fn at(&self, slot: Slot, place: &impl Fn(Slot) -> Place) -> usize {
        let wanted = place(slot);
        self.slots.partition_point(|other| place(*other) < wanted)
    }
}
