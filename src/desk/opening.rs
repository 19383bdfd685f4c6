//! Opening the desk of a data folder, for front ends that know no store.

use std::sync::Arc;

use super::{Desk, Stop};
use crate::{
    catalog::Catalog,
    domain::{clock::Clock, day::Day},
    store::{Error, Store},
};

pub use crate::store::{Folder, Presence, Windows};

impl Desk {
    /// Opens the store in `folder`, which must be there.
    ///
    /// # Errors
    /// `Missing` when there is none; else as the disk says.
    pub fn open(
        folder: &Folder,
        clock: Arc<dyn Clock>,
        catalog: &'static Catalog,
        window: &str,
        today: Option<Day>,
    ) -> Result<Self, Stop> {
        if !folder.has_store() {
            return Err(Error::Missing(folder.root().to_owned()).into());
        }
        let store = Store::open(&folder.database())?;
        Ok(Self::new(store, clock, catalog, window, today))
    }

    /// Opens the store in `folder`, created with access for the owner only where it is missing.
    ///
    /// # Errors
    /// As the disk says.
    pub fn create(
        folder: &Folder,
        clock: Arc<dyn Clock>,
        catalog: &'static Catalog,
        window: &str,
        today: Option<Day>,
    ) -> Result<Self, Stop> {
        folder.create()?;
        let store = Store::open(&folder.database())?;
        Ok(Self::new(store, clock, catalog, window, today))
    }
}
