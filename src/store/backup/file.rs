//! The folder of copies: how they are called, which are kept, which may go.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chrono::Datelike as _;

use super::{format::Facts, restoring, writing::Making};
use crate::{
    domain::{
        clock::{day_of, time_of},
        day::Day,
    },
    store::{Error, Store, hexadecimal},
};

/// What a copy's name ends in.
const ENDING: &str = "cunyi";

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

    /// Returns where a copy goes, in a folder that is there.
    pub(super) fn place(&self, facts: &Facts) -> Result<PathBuf, Error> {
        fs::create_dir_all(&self.folder).map_err(Error::file(&self.folder))?;
        let time = time_of(facts.at).replace(':', "");
        let name = format!("cunyi-{}-{time}-{}.{ENDING}", day_of(facts.at), facts.head);
        Ok(self.folder.join(name))
    }

    /// Returns the copies of this store that can be read, oldest first.
    ///
    /// # Errors
    /// Fails where the folder cannot be read; one that is not there holds none.
    pub fn all(&self, store: Option<&str>) -> Result<Vec<Kept>, Error> {
        let mut all = Vec::new();
        if !self.folder.exists() {
            return Ok(all);
        }
        for entry in fs::read_dir(&self.folder).map_err(Error::file(&self.folder))? {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            if path.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let Ok(facts) = restoring::head(&path) else {
                continue;
            };
            if store.is_none_or(|store| store == facts.store) {
                all.push(Kept { path, facts });
            }
        }
        all.sort_by_key(|kept| (kept.facts.at, kept.facts.head));
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
                fs::remove_file(&kept.path).map_err(Error::file(&kept.path))?;
                gone += 1;
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
