//! Copies of the store: made, proven, and noted in the journal, so that everybody sees how old
//! the last proven one is.

use std::path::{Path, PathBuf};

use super::{Desk, Stop, guard};
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
        backup::{self, Backups, Bringing, Facts, Found, Making, Restored, Source},
    },
};

pub use crate::store::{Progress, backup::Rotation};

/// Where copies go, and which are kept: what belongs to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The folder of copies beside the data.
    pub folder: PathBuf,
    /// A second one, such as a stick's; it must be there to be used.
    pub second: Option<PathBuf>,
    /// After so many days without the second folder it is told.
    pub absent_days: i64,
    /// Where a copy is brought back to be proven; nothing else lies there.
    pub scratch: PathBuf,
    pub rotation: Rotation,
}

impl Plan {
    /// The plan of a data folder where nobody asked for another.
    pub fn of(folder: &Folder) -> Self {
        Self {
            folder: folder.backups(),
            second: None,
            absent_days: 7,
            scratch: folder.workshop("drill").root().to_owned(),
            rotation: Rotation::default(),
        }
    }
}

/// Reads the head of a copy, which tells no resident.
///
/// # Errors
/// Fails where there is none or it is no copy.
pub fn head(copy: &Path) -> Result<Facts, Stop> {
    Ok(backup::head(copy)?)
}

/// Returns the copies in a folder that anybody can read, those set apart in it included.
pub fn plain(folder: &Path) -> Vec<PathBuf> {
    let all = [Backups::of(folder), Backups::of(folder).apart()]
        .into_iter()
        .flat_map(|backups| backups.all(None).unwrap_or_default());
    let plain = all.filter(|kept| kept.facts.keys.is_none());
    plain.map(|kept| kept.path).collect()
}

/// A copy that was made, and read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub path: PathBuf,
    /// The last entry it holds.
    pub head: u64,
    /// Older copies the rotation let go.
    pub gone: usize,
    /// Where it was put a second time.
    pub second: Option<PathBuf>,
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
    /// Tells where copies of this desk's store go.
    #[must_use]
    pub fn keeping(mut self, plan: Plan) -> Self {
        self.plan = Some(plan);
        self
    }

    /// Makes a copy in `folder`, reads it again, lets older ones go, and notes it.
    ///
    /// # Errors
    /// `Busy` while another process copies; `Interrupted` where `progress` says so; else as the
    /// disk says. What was there stays.
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
        let gone = backups.rotate(&verified.facts.store, rotation)?;
        Ok(BackedUp {
            path,
            head,
            gone,
            second: None,
        })
    }

    /// Brings the newest copy in `folder` back into a scratch place, checks it there, compares
    /// it with what stands here, and notes it where it is whole.
    ///
    /// # Errors
    /// `Missing` where there is no copy of this store; `Busy` while another process copies or
    /// proves; `Interrupted` where `progress` says so; else as the disk says.
    pub fn drill(
        &self,
        folder: &Path,
        scratch: &Folder,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<Drilled, Stop> {
        self.writes()?;
        let making = self.making()?;
        let backups = Backups::of(folder);
        let newest = backups.newest(&making)?;
        let newest = newest.ok_or_else(|| Error::Missing(folder.to_owned()))?;
        let _held = backups.hold()?;
        scratch.remove()?;
        let faults = self.faults(&newest.path, &making, scratch, &mut progress);
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
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Vec<String>, Stop> {
        scratch.create()?;
        let key = making.keys.map(|(key, _)| key);
        let bringing = Bringing {
            into: &scratch.database(),
            key,
            from: Source::Copy(copy),
            tail: Found::default(),
            holds: None,
        };
        // Bringing back is half the work, looking through it the other half.
        let restored = backup::build(bringing, &mut |at| {
            let of = 2 * at.of;
            progress(Progress { done: at.done, of })
        })?;
        let store = Store::open(&scratch.database(), key)?;
        let checked = store.check(|at| {
            let (done, of) = (at.of + at.done, 2 * at.of);
            progress(Progress { done, of })
        })?;
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
    pub(super) fn making(&self) -> Result<Making<'_>, Stop> {
        let clinic: Option<Clinic> = self.store().snapshot()?.get(&clinic_key())?;
        let clinic = clinic.ok_or(RecordRefusal::NotSetUp)?;
        let badge = self.badge.as_ref();
        Ok(Making {
            store: clinic.store,
            at: self.now(),
            keys: badge.map(|badge| (badge.key(), badge.entrance().ring())),
        })
    }

    /// Notes what was done with a copy; not while the clock stands far from the last entry,
    /// which nobody has confirmed.
    pub(super) fn note(&self, event: Event, cause: &str) -> Result<(), Stop> {
        self.store().write(|writing: &mut Writing<'_>| {
            let now = self.now();
            let clinic = writing.clinic()?;
            let is_real = clinic
                .as_ref()
                .is_some_and(|clinic| clinic.practice_day.is_none());
            if is_real && guard::clock(writing.last_time()?, now, None).is_err() {
                return Ok(());
            }
            let header = Header {
                at: now,
                day: self.day_for(clinic.as_ref(), now),
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
    let told = restored.facts.as_ref().map(|facts| &facts.rows)?;
    (came != *told).then(|| format!("rows {came:?}, told {told:?}"))
}
