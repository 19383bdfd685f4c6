//! What stands in the folder, as far as it can be read: whose clinic it is, and who works there.

use crate::{
    desk::answers::settings,
    domain::{
        clinic::{Clinic, Staff},
        rows::clinic_key,
        tables::Read as _,
    },
    store::{Error, Folder, Store, backup::Facts, seal::DataKey},
};

/// A store that can be read.
pub(super) struct Present {
    pub store: Store,
    /// Its identity, as digits.
    pub id: String,
    pub staff: Vec<Staff>,
}

impl Present {
    /// Reads what stands in `folder`; nothing where nothing does, or it is damaged, or opened by
    /// another key. Nothing is said to be wrong then: that is why a copy is brought back.
    pub fn of(folder: &Folder, key: Option<&DataKey>) -> Option<Self> {
        if !folder.has_store() {
            return None;
        }
        // The key of a sealed copy opens no store that lies plain.
        let key = key.filter(|_| !folder.lies_plain());
        let read = || {
            let store = match Store::open_read_only(&folder.database(), key) {
                // Left by a power cut, or by a program of before: as a window opens it.
                Err(Error::Unready) => Store::open_there(&folder.database(), key)?,
                opened => opened?,
            };
            let snapshot = store.snapshot()?;
            let clinic: Option<Clinic> = snapshot.get(&clinic_key())?;
            let staff = settings::staff(&snapshot)?;
            drop(snapshot);
            Ok::<_, Error>(clinic.map(|clinic| Self {
                id: Facts::id_of(&clinic.store),
                staff,
                store,
            }))
        };
        Error::contained(read).ok().flatten()
    }
}
