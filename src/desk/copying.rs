//! Copies of the store: made, proven, and noted in the journal, so that everybody sees how old
//! the last proven one is.

use std::path::{Path, PathBuf};

use super::{Desk, Stop};
use crate::{
    domain::{
        clinic::Clinic,
        event::{
            Event,
            clinic::{CopyMade, CopyProven},
        },
        id::StaffId,
        refusal::RecordRefusal,
        rows::clinic_key,
        tables::Read as _,
    },
    store::{
        Error, Folder, Header, Store, Writing,
        backup::{self, Backups, Facts, Making, Restored},
    },
};

pub use crate::store::{Progress, backup::Rotation};

/// Reads the head of a copy, which tells no resident.
///
/// # Errors
/// Fails where there is none or it is no copy.
pub fn head(copy: &Path) -> Result<Facts, Stop> {
    Ok(backup::head(copy)?)
}

/// A copy that was made, and read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub path: PathBuf,
    /// The last entry it holds.
    pub head: u64,
    /// Older copies the rotation let go.
    pub gone: usize,
}

/// A copy that was brought back into a scratch place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilled {
    pub path: PathBuf,
    pub facts: Facts,
    /// What was found wrong; empty where the copy is whole.
    pub faults: Vec<String>,
}

impl Desk {
    /// Makes a copy in `folder`, reads it again, lets older ones go, and notes it.
    ///
    /// # Errors
    /// `Interrupted` where `progress` says so; else as the disk says. What was there stays.
    pub fn back_up(
        &self,
        folder: &Path,
        rotation: Rotation,
        progress: impl FnMut(Progress) -> bool,
    ) -> Result<BackedUp, Stop> {
        self.writes()?;
        let backups = Backups::of(folder);
        let making = self.making()?;
        let (path, verified) = self.store().back_up(&backups, &making, progress)?;
        let head = verified.facts.head;
        self.note(Event::CopyMade(CopyMade { head }), "backup")?;
        if let Some(tail) = self.store().tail() {
            tail.cut(head)?;
        }
        let gone = backups.rotate(&verified.facts.store, rotation)?;
        Ok(BackedUp { path, head, gone })
    }

    /// Brings the newest copy in `folder` back into a scratch place, checks it there, compares
    /// it with what stands here, and notes it where it is whole.
    ///
    /// # Errors
    /// `Missing` where there is no copy of this store; `Interrupted` where `progress` says so;
    /// else as the disk says.
    pub fn drill(
        &self,
        folder: &Path,
        scratch: &Folder,
        progress: impl FnMut(Progress) -> bool,
    ) -> Result<Drilled, Stop> {
        self.writes()?;
        let making = self.making()?;
        let newest = Backups::of(folder).newest(&making)?;
        let newest = newest.ok_or_else(|| Error::Missing(folder.to_owned()))?;
        scratch.remove()?;
        let faults = self.faults(&newest.path, &making, scratch, progress);
        let removed = scratch.remove();
        let (faults, facts) = (faults?, newest.facts);
        removed?;
        if faults.is_empty() {
            let head = facts.head;
            self.note(Event::CopyProven(CopyProven { head }), "drill")?;
        }
        Ok(Drilled {
            path: newest.path,
            facts,
            faults,
        })
    }

    fn faults(
        &self,
        copy: &Path,
        making: &Making<'_>,
        scratch: &Folder,
        progress: impl FnMut(Progress) -> bool,
    ) -> Result<Vec<String>, Stop> {
        scratch.create()?;
        let key = making.keys.map(|(key, _)| key);
        let restored = backup::build(&scratch.database(), key, copy, Vec::new())?;
        let store = Store::open(&scratch.database(), key)?;
        let checked = store.check(progress)?;
        let mut faults: Vec<String> = checked
            .faults
            .iter()
            .map(|fault| format!("{fault:?}"))
            .collect();
        faults.extend(differing(&restored, &checked.rows));
        if self.store().is_other(&store, restored.head)? {
            faults.push(format!("entry {} differs from the one here", restored.head));
        }
        Ok(faults)
    }

    /// Returns what a copy of this store is made of.
    fn making(&self) -> Result<Making<'_>, Stop> {
        let clinic: Option<Clinic> = self.store().snapshot()?.get(&clinic_key())?;
        let clinic = clinic.ok_or(RecordRefusal::NotSetUp)?;
        let badge = self.badge.as_ref();
        Ok(Making {
            store: clinic.store,
            at: self.now(),
            keys: badge.map(|badge| (badge.key(), badge.entrance().ring())),
        })
    }

    /// Notes what was done with a copy.
    fn note(&self, event: Event, cause: &str) -> Result<(), Stop> {
        self.store().write(|writing: &mut Writing<'_>| {
            let now = self.now();
            let day = self.day_for(writing.clinic()?.as_ref(), now);
            let header = Header {
                at: now,
                day,
                user: self.signed_in().unwrap_or(StaffId::PROGRAM),
                window: self.window().to_owned(),
                request: format!("{cause}:{now}:{}", self.window()),
                cause: cause.to_owned(),
            };
            writing.append(&header, vec![event])?;
            Ok(())
        })
    }
}

/// Compares the rows that came back with those the copy's head names.
fn differing(
    restored: &Restored,
    rows: &std::collections::BTreeMap<&'static str, u64>,
) -> Option<String> {
    let came: std::collections::BTreeMap<String, u64> = rows
        .iter()
        .map(|(table, count)| ((*table).to_owned(), *count))
        .collect();
    let told = &restored.facts.rows;
    (came != *told).then(|| format!("rows {came:?}, told {told:?}"))
}
