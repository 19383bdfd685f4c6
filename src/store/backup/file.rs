//! The folder of copies: how they are called, which are kept, which may go.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::Datelike as _;

use super::{format::Facts, restoring, writing::Making};
use crate::domain::order::Arrange as _;
use crate::{
    domain::{
        clock::{day_of, time_of},
        day::Day,
    },
    store::{Error, Store, files, hexadecimal, lock::Locked},
};

/// What a copy's name ends in.
const ENDING: &str = "cunyi";
/// What the name of one ends in that is being written.
pub(super) const DRAFT: &str = "new";

/// The folder of copies.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
}

/// A copy in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub path: PathBuf,
    pub facts: Facts,
}

/// How many copies are kept: the newest of each of so many days, weeks and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    pub days: usize,
    pub weeks: usize,
    pub months: usize,
}

impl Default for Rotation {
    fn default() -> Self {
        Self {
            days: 7,
            weeks: 5,
            months: 12,
        }
    }
}

impl Backups {
    /// The copies in `folder`.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Returns where a copy goes.
    pub(super) fn place(&self, facts: &Facts) -> PathBuf {
        let time = time_of(facts.at).replace(':', "");
        let name = format!("cunyi-{}-{time}-{}.{ENDING}", day_of(facts.at), facts.head);
        self.folder.join(name)
    }

    /// Lets nobody else write copies here while it is held, in a folder that is there, and
    /// removes what a killed process began.
    ///
    /// # Errors
    /// `Busy` while another process copies; else as the disk says.
    pub fn hold(&self) -> Result<Locked, Error> {
        let told = |cause| Error::file(&self.folder)(cause);
        files::make_folder(&self.folder).map_err(told)?;
        let held = Locked::at(&self.folder.join("copying.lock"), Duration::ZERO);
        let held = held.map_err(Error::lock(&self.folder))?;
        for path in self.paths(DRAFT)? {
            // What cannot be removed now is removed by the next copy.
            let _ = fs::remove_file(path);
        }
        Ok(held)
    }

    /// Returns the folder of copies that were set apart.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self::of(&self.folder.join("given-up"))
    }

    /// Returns whether the folder is there: that of a stick is not while it is pulled out.
    pub fn is_there(&self) -> bool {
        self.folder.is_dir()
    }

    fn paths(&self, ending: &str) -> Result<Vec<PathBuf>, Error> {
        let mut paths = Vec::new();
        if !self.folder.exists() {
            return Ok(paths);
        }
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_copy = name.starts_with("cunyi-");
            if is_copy && path.extension() == Some(OsStr::new(ending)) {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    /// Returns the copies of this store that can be read, in the order of the entries they end
    /// with: a clock that stood wrong for a day must not make a copy the newest for years.
    ///
    /// # Errors
    /// Fails where the folder cannot be read; one that is not there holds none.
    pub fn all(&self, store: Option<&str>) -> Result<Vec<Kept>, Error> {
        let mut all = Vec::new();
        for path in self.paths(ENDING)? {
            let Ok(facts) = restoring::head(&path) else {
                continue;
            };
            if store.is_none_or(|store| store == facts.store) {
                all.push(Kept { path, facts });
            }
        }
        all.arrange_by_key(|kept| (kept.facts.head, kept.facts.at));
        Ok(all)
    }

    /// Returns the copies of this store whose last entry is another one here, or is here no
    /// more: the journal was altered or cut since, or this store was brought back from an older
    /// copy.
    ///
    /// # Errors
    /// As `all`; fails with the disk.
    pub fn contradicting(&self, store: &Store, id: &[u8; 16]) -> Result<Vec<Kept>, Error> {
        let snapshot = store.snapshot()?;
        let mut found = Vec::new();
        for kept in self.all(Some(&hexadecimal::written(id)))? {
            let head = kept.facts.head;
            if 0 < head && snapshot.hash_of(head)?.as_ref() != Some(&kept.facts.hash) {
                found.push(kept);
            }
        }
        Ok(found)
    }

    /// Returns the newest copy of this store.
    ///
    /// # Errors
    /// As `all`.
    pub fn newest(&self, of: &Making<'_>) -> Result<Option<Kept>, Error> {
        let store = hexadecimal::written(&of.store);
        Ok(self.all(Some(&store))?.pop())
    }

    /// Returns the last entry of the copy before the newest: up to there nothing is needed
    /// besides the copies, even where the newest is damaged. 0 where there is none.
    ///
    /// # Errors
    /// As `all`.
    pub fn safe_head(&self, of: &Making<'_>) -> Result<u64, Error> {
        let store = hexadecimal::written(&of.store);
        let all = self.all(Some(&store))?;
        let before = all.len().checked_sub(2).and_then(|at| all.get(at));
        Ok(before.map_or(0, |kept| kept.facts.head))
    }

    /// Puts copies into a folder of their own in here: of a past that was given up, they must not
    /// pass for the newest, nor push others out.
    ///
    /// # Errors
    /// `Busy` while another process copies here; else as the disk says.
    pub fn set_apart(&self, copies: &[Kept]) -> Result<(), Error> {
        if copies.is_empty() {
            return Ok(());
        }
        let _held = self.hold()?;
        let apart = self.apart().folder;
        files::make_folder(&apart).map_err(Error::file(&apart))?;
        for kept in copies {
            let name = kept.path.file_name().unwrap_or_default();
            let mut to = apart.join(name);
            let mut number = 1;
            while to.exists() {
                number += 1;
                to = apart.join(format!("{number}-{}", name.to_string_lossy()));
            }
            match fs::rename(&kept.path, &to) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::file(&kept.path)(cause));
                }
                _ => files::settled(&to).map_err(Error::file(&to))?,
            }
        }
        Ok(())
    }

    /// Removes the copies of this store that the rotation does not keep. Returns how many.
    ///
    /// # Errors
    /// As the disk says.
    pub fn rotate(&self, store: &str, rotation: Rotation) -> Result<usize, Error> {
        let all = self.all(Some(store))?;
        let days: Vec<Day> = all.iter().map(|kept| day_of(kept.facts.at)).collect();
        let stays = staying(&days, rotation);
        let mut gone = 0;
        for (at, kept) in all.iter().enumerate() {
            if !stays.contains(&at) {
                match fs::remove_file(&kept.path) {
                    Ok(()) => gone += 1,
                    // Another process that copied let it go first.
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                    Err(cause) => return Err(Error::file(&kept.path)(cause)),
                }
            }
        }
        Ok(gone)
    }
}

/// Returns which of the copies made on these days, oldest first, stay.
fn staying(days: &[Day], rotation: Rotation) -> BTreeSet<usize> {
    let mut stays = BTreeSet::new();
    let mut newest = |key: &dyn Fn(Day) -> (i32, u32), most: usize| {
        let mut seen = BTreeSet::new();
        for (at, day) in days.iter().enumerate().rev() {
            if seen.len() == most && !seen.contains(&key(*day)) {
                break;
            }
            if seen.insert(key(*day)) {
                stays.insert(at);
            }
        }
    };
    newest(&|day| (day.year(), day.ordinal()), rotation.days);
    newest(
        &|day| (day.iso_week().year(), day.iso_week().week()),
        rotation.weeks,
    );
    newest(&|day| (day.year(), day.month()), rotation.months);
    stays
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::plus_days;

    #[test]
    fn a_year_of_daily_copies_leaves_days_weeks_and_months() {
        let last: Day = "2026-11-21".parse().unwrap();
        let days: Vec<Day> = (0..400).rev().map(|back| plus_days(last, -back)).collect();
        let stays = staying(&days, Rotation::default());
        let kept: Vec<String> = stays.iter().map(|at| days[*at].to_string()).collect();
        // Seven days; the Sundays of four weeks before; the last days of eleven months before.
        let expected = [
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-25",
            "2026-10-31",
            "2026-11-01",
            "2026-11-08",
            "2026-11-15",
            "2026-11-16",
            "2026-11-17",
            "2026-11-18",
            "2026-11-19",
            "2026-11-20",
            "2026-11-21",
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn several_copies_of_a_day_leave_the_newest() {
        let day: Day = "2026-11-21".parse().unwrap();
        let stays = staying(&[day, day, day], Rotation::default());
        assert_eq!(stays, BTreeSet::from([2]));
        assert!(staying(&[], Rotation::default()).is_empty());
    }
}
