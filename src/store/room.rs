//! How much room is left on the disk under a store.

use super::Store;
use crate::domain::room::Scarce;

impl Store {
    /// Returns what is scarce on the disk; nothing where there is room, or where it cannot be
    /// told.
    pub fn scarce(&self) -> Option<Scarce> {
        let path = self.database.path()?;
        let free = fs4::available_space(path).ok()?;
        let database = std::fs::metadata(path).ok()?.len();
        Scarce::of(free, database)
    }
}
