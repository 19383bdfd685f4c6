//! The clinic's own settings as kept: every edition, so that a decision is made, and made
//! again, with those in force on its day.
//!
//! Whether a value is allowed was checked when it was taken; nothing here refuses one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Section, Settings};
use crate::domain::{clock::Moment, day::Day, id::StaffId};

/// Values by key, as they are written.
pub type Values = BTreeMap<String, String>;

/// One change of one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// 1 for the first; 0 stands for the program's own values.
    pub number: u32,
    pub section: Section,
    /// All the section's values that are the clinic's own from now on; keys not named
    /// here stand at the program's.
    pub values: Values,
    /// The clinic day from which it is in force.
    pub since: Day,
    pub at: Moment,
    pub by: StaffId,
}

/// A change of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed<'a> {
    pub edition: &'a Edition,
    /// The clinic's own value from then on; none for the program's.
    pub value: Option<&'a str>,
    /// … and before.
    pub before: Option<&'a str>,
}

/// What other settings would change of what is due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// Due days that come with time and move. What was decided at a visit keeps its day.
    pub due: usize,
    /// Work that comes up only then.
    pub added: usize,
    /// Work that is no longer due then.
    pub gone: usize,
    /// Whose work that is.
    pub people: usize,
    /// Rows that today's queue gains.
    pub rows_more: usize,
    /// … and loses.
    pub rows_less: usize,
    /// Rows that the lists beside it gain: what may come early, and what stands.
    pub aside_more: usize,
    /// … and lose.
    pub aside_less: usize,
    /// Work decided before, which keeps its days.
    pub kept: usize,
}

/// Every edition, the oldest first; one row a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSettings {
    pub editions: Vec<Edition>,
}

impl KeptSettings {
    /// Returns the number of the last edition, 0 where nothing was ever changed.
    pub fn number(&self) -> u32 {
        self.editions.last().map_or(0, |last| last.number)
    }

    /// Returns the number of the edition in force on `day`.
    pub fn number_on(&self, day: Day) -> u32 {
        self.until(day).last().map_or(0, |last| last.number)
    }

    /// Returns the settings in force now.
    pub fn now(&self) -> Settings {
        laid_over(&self.editions)
    }

    /// Returns the settings in force on `day`. What was changed during a day holds for all of it.
    pub fn on(&self, day: Day) -> Settings {
        laid_over(self.until(day))
    }

    /// Returns the clinic's own values of a section.
    pub fn own(&self, section: Section) -> Values {
        let mut editions = self.editions.iter().rev();
        let last = editions.find(|edition| edition.section == section);
        last.map_or_else(Values::new, |edition| edition.values.clone())
    }

    /// Returns the changes of one key, the newest first.
    pub fn changes<'a>(&'a self, key: &str) -> Vec<Changed<'a>> {
        let section = Section::of(key);
        let mut before: Option<&str> = None;
        let mut changes = Vec::new();
        let editions = self.editions.iter();
        for edition in editions.filter(|edition| Some(edition.section) == section) {
            let value = edition.values.get(key).map(String::as_str);
            if value != before {
                changes.push(Changed {
                    edition,
                    value,
                    before,
                });
            }
            before = value;
        }
        changes.reverse();
        changes
    }

    fn until(&self, day: Day) -> &[Edition] {
        let last = self.editions.iter().rposition(|e| e.since <= day);
        let count = last.map_or(0, |last| last + 1);
        self.editions.get(..count).unwrap_or_default()
    }
}

/// A section's last edition counts; a key no rule of this program reads is left alone.
fn laid_over(editions: &[Edition]) -> Settings {
    let mut sections: BTreeMap<Section, &Values> = BTreeMap::new();
    for edition in editions {
        sections.insert(edition.section, &edition.values);
    }
    let mut settings = Settings::default();
    for (key, text) in sections.into_values().flatten() {
        settings.put(key, text);
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::Pressure;

    /// Section, first day, values.
    type Given<'a> = (Section, &'a str, &'a [(&'a str, &'a str)]);

    fn kept(editions: &[Given<'_>]) -> KeptSettings {
        let mut kept = KeptSettings::default();
        for (section, since, values) in editions {
            let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
            kept.editions.push(Edition {
                number: kept.number() + 1,
                section: *section,
                values: values.iter().map(owned).collect(),
                since: since.parse().unwrap(),
                at: 0,
                by: StaffId(1),
            });
        }
        kept
    }

    #[test]
    fn each_day_has_its_own_settings() {
        let kept = kept(&[
            (Section::Htn, "2026-03-01", &[("htn.target", "130/80")]),
            (Section::Dm, "2026-05-01", &[("dm.fbg_target", "6.5")]),
            (Section::Htn, "2026-07-01", &[]),
        ]);
        let seen = |day: &str| {
            let day = day.parse().unwrap();
            let settings = kept.on(day);
            let target = settings.htn_target == Pressure::new(130, 80);
            (
                kept.number_on(day),
                target,
                settings.dm_fbg_target.to_string(),
            )
        };
        assert_eq!(seen("2026-02-28"), (0, false, "7".to_owned()));
        assert_eq!(seen("2026-03-01"), (1, true, "7".to_owned()));
        assert_eq!(seen("2026-06-30"), (2, true, "6.5".to_owned()));
        assert_eq!(seen("2026-07-01"), (3, false, "6.5".to_owned()));
        assert_eq!(kept.now(), kept.on("2026-07-01".parse().unwrap()));
    }

    #[test]
    fn a_key_tells_its_changes_newest_first() {
        let days = |n| [("htn.unsat_days", n)];
        let kept = kept(&[
            (Section::Htn, "2026-03-01", &days("21")),
            (
                Section::Htn,
                "2026-04-01",
                &[("htn.target", "130/80"), ("htn.unsat_days", "21")],
            ),
            (Section::Htn, "2026-05-01", &[]),
        ]);
        let told: Vec<_> = kept
            .changes("htn.unsat_days")
            .iter()
            .map(|change| (change.edition.number, change.before, change.value))
            .collect();
        assert_eq!(told, [(3, Some("21"), None), (1, None, Some("21"))]);
    }
}
