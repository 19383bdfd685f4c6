//! Rings that came with copies, as texts: what they tell without a password.

use std::path::Path;

use super::{KeyRing, RingError, slot::Holder};
use crate::domain::id::StaffId;

impl KeyRing {
    /// Returns the names in a ring that came with a copy.
    ///
    /// # Errors
    /// `Damaged` where it is no ring.
    pub fn names_in(text: &str) -> Result<Vec<String>, RingError> {
        let slots = Self::of(Path::new("")).parsed(text)?.slots.into_iter();
        let names = slots.filter_map(|slot| match slot.holder {
            Holder::Staff { name, .. } => Some(name),
            Holder::Recovery => None,
        });
        Ok(names.collect())
    }

    /// Returns who has a password in a ring that came with a copy.
    ///
    /// # Errors
    /// `Damaged` where it is no ring.
    pub fn staff_in(text: &str) -> Result<Vec<StaffId>, RingError> {
        let slots = Self::of(Path::new("")).parsed(text)?.slots.into_iter();
        let staff = slots.filter_map(|slot| match slot.holder {
            Holder::Staff { staff, .. } => Some(staff),
            Holder::Recovery => None,
        });
        Ok(staff.collect())
    }

    /// Returns who has a password under this name in one of these rings; nobody where they are no
    /// rings.
    pub fn known(texts: &[String], name: &str) -> Option<StaffId> {
        let mut found = texts.iter().filter_map(|text| {
            let kept = Self::of(Path::new("")).parsed(text).ok()?;
            kept.slots.into_iter().find_map(|slot| match slot.holder {
                Holder::Staff { staff, name: known } if known == name => Some(staff),
                Holder::Staff { .. } | Holder::Recovery => None,
            })
        });
        found.next()
    }

    /// Says whether two rings hold the key of one store.
    pub fn same_store(one: &str, other: &str) -> bool {
        let mark = |text| Some(Self::of(Path::new("")).parsed(text).ok()?.mark);
        mark(one).is_some_and(|one| mark(other) == Some(one))
    }
}
