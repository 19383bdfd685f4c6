//! What was worked out of households, kept from one question to the next: after a save only of
//! those it altered is it worked out again.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        day::Day,
        id::HouseholdId,
        person::Person,
        settings::Settings,
        tables::{Read, Table},
    },
    store::{Error, Mark, Snapshot},
};

/// What is known of households: of some, or of all.
pub(in crate::desk) struct Followed<T> {
    as_of: Option<AsOf>,
    pub(super) homes: BTreeMap<HouseholdId, T>,
}

/// What everything kept stands by.
struct AsOf {
    mark: Mark,
    day: Day,
    settings: Settings,
}

/// Of what it is to be worked out again.
pub(super) enum Anew {
    All,
    Those(BTreeSet<HouseholdId>),
}

impl<T> Default for Followed<T> {
    fn default() -> Self {
        Self {
            as_of: None,
            homes: BTreeMap::new(),
        }
    }
}

impl<T> Followed<T> {
    /// Forgets whatever the snapshot has otherwise, and says of which households.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn follow(
        &mut self,
        snapshot: &Snapshot,
        day: Day,
        settings: &Settings,
    ) -> Result<Anew, Error> {
        let held = self.as_of.take();
        let held = held.filter(|held| held.day == day && held.settings == *settings);
        let anew = match held {
            Some(held) => altered(snapshot, &held.mark)?,
            None => Anew::All,
        };
        match &anew {
            Anew::All => self.homes.clear(),
            Anew::Those(these) => self.homes.retain(|id, _| !these.contains(id)),
        }
        self.as_of = Some(AsOf {
            mark: snapshot.mark()?,
            day,
            settings: settings.clone(),
        });
        Ok(anew)
    }
}

/// Returns the households altered since, or whose members were.
fn altered(snapshot: &Snapshot, since: &Mark) -> Result<Anew, Error> {
    let Some(altered) = snapshot.altered(since)? else {
        return Ok(Anew::All);
    };
    let mut homes = BTreeSet::new();
    for (table, key) in altered {
        match table {
            Table::Household => {
                let id = key.as_slice().try_into().map_or(0, u64::from_be_bytes);
                homes.insert(HouseholdId(id));
            }
            // Who moved, or is there no more, altered the household he was in as well.
            Table::Person | Table::Course => {
                let person: Option<Person> = snapshot.few(&key, &[])?;
                homes.extend(person.map(|person| person.household));
            }
            Table::Clinic | Table::Village | Table::Settings => return Ok(Anew::All),
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
            | Table::LookedAt => {}
        }
    }
    Ok(Anew::Those(homes))
}
