//! The event of the clinic's settings, and what it does to the one row that keeps them.
//!
//! Finding rows under other settings is the store's.

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::domain::{
    rows,
    settings::{Edition, KeptSettings, Section, Values},
    tables::Write,
};

/// One section of the settings was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsChanged {
    pub section: Section,
    /// The edition it makes: decisions name the one they were made with.
    pub edition: u32,
    /// All the section's values that are the clinic's own from now on.
    pub values: Values,
}

/// Adds the edition to those kept.
pub(super) fn changed<T: Write>(
    tables: &mut T,
    entry: &Entry,
    e: &SettingsChanged,
) -> Result<(), T::Fault> {
    let kept: Option<KeptSettings> = tables.get(&rows::settings_key())?;
    let mut kept = kept.unwrap_or_default();
    kept.editions.push(Edition {
        number: e.edition,
        section: e.section,
        values: e.values.clone(),
        since: entry.day,
        at: entry.at,
        by: entry.user,
    });
    tables.put(&kept)
}
