//! What everything stands by that is kept from one question to the next, and whom it has to be
//! worked out of again after a save.

use crate::{
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        settings::Settings,
        tables::Table,
    },
    store::{Error, Mark, Snapshot},
};

/// So many altered rows at most are followed one by one: after an import all is worked out anew.
const FEW: usize = 512;

/// A place in the journal, a day and one edition of the settings.
pub(super) struct AsOf {
    mark: Mark,
    day: Day,
    settings: Settings,
}

/// What is not any more as it was.
pub(super) enum Since {
    /// Possibly everything.
    All,
    These(Vec<Altered>),
}

/// A row that tells something of people or of those they live with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Altered {
    Course(PersonId),
    Person(PersonId),
    Household(HouseholdId),
}

impl AsOf {
    /// Returns what a snapshot, day and settings are beside what was kept as of then, and what was
    /// altered on the way. Whoever keeps something says so only once all of that is forgotten.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn after(
        then: Option<Self>,
        snapshot: &Snapshot,
        day: Day,
        settings: &Settings,
    ) -> Result<(Self, Since), Error> {
        let then = then.filter(|then| then.day == day && then.settings == *settings);
        let since = match then {
            Some(then) => since(snapshot, &then.mark)?,
            None => Since::All,
        };
        let now = Self {
            mark: snapshot.mark()?,
            day,
            settings: settings.clone(),
        };
        Ok((now, since))
    }

    pub(super) const fn day(&self) -> Day {
        self.day
    }

    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }
}

fn since(snapshot: &Snapshot, mark: &Mark) -> Result<Since, Error> {
    let altered = snapshot.altered(mark)?;
    let Some(altered) = altered.filter(|altered| altered.len() <= FEW) else {
        return Ok(Since::All);
    };
    let mut these = Vec::new();
    for (table, key) in altered {
        let id = key.as_slice().try_into().map_or(0, u64::from_be_bytes);
        these.push(match table {
            Table::Course => Altered::Course(PersonId(id)),
            Table::Person => Altered::Person(PersonId(id)),
            Table::Household => Altered::Household(HouseholdId(id)),
            Table::Clinic | Table::Village | Table::Settings => return Ok(Since::All),
            Table::Staff
            | Table::Stay
            | Table::Contact
            | Table::Round
            | Table::RosterRow
            | Table::OpenForms
            | Table::Agreement
            | Table::Doctor
            | Table::Team
            | Table::Unit
            | Table::Package
            | Table::Voucher
            | Table::Report
            | Table::Copies
            | Table::LookedAt => continue,
        });
    }
    Ok(Since::These(these))
}
