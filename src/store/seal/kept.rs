//! What stands in `keys.toml`.

use serde::{Deserialize, Serialize};

use super::{
    key::{DataKey, Purpose},
    ring::RingError,
    slot::{Holder, Slot},
};
use crate::{domain::id::StaffId, store::hexadecimal};

/// What this program writes; a file of a later version is left alone.
pub(super) const VERSION: u32 = 1;
const HEAD: &str = "# The key of clinic.redb, under each staff member's password. Without this file nobody reads\n\
                    # it again: it belongs to every copy of the data. 没有此文件,数据无法打开,请勿删改。\n";

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub version: u32,
    /// Tells the key from another store's, and nothing more about it.
    pub mark: String,
    #[serde(rename = "slot", default)]
    pub slots: Vec<Slot>,
}

impl Kept {
    /// Returns the file's text.
    pub fn text(&self) -> String {
        // A ring is always TOML.
        format!("{HEAD}{}", toml::to_string(self).unwrap_or_default())
    }

    /// Refuses a name another staff member has a password under.
    pub fn no_other_called(&self, staff: StaffId, name: &str) -> Result<(), RingError> {
        let is_taken = self.slots.iter().any(|slot| match &slot.holder {
            Holder::Staff {
                staff: other,
                name: taken,
            } => *other != staff && taken == name,
            Holder::Recovery => false,
        });
        match is_taken {
            true => Err(RingError::SameName(name.to_owned())),
            false => Ok(()),
        }
    }

    /// Returns the slot of a holder.
    pub fn of(&self, holder: &Holder) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.holder.is(holder))
    }

    /// Puts a slot in, in place of its holder's before.
    pub fn put(&mut self, slot: Slot) {
        let mut slots = self.slots.iter_mut();
        match slots.find(|kept| kept.holder.is(&slot.holder)) {
            Some(place) => *place = slot,
            None => self.slots.push(slot),
        }
    }
}

/// Tells a key from another without telling it.
pub(super) fn mark(key: &DataKey) -> String {
    hexadecimal::written(&*key.derived::<16>(Purpose::Mark))
}
