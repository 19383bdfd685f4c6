//! What was worked out of households, kept from one question to the next: after a save only of
//! those it altered is it worked out again.

use std::collections::{BTreeMap, BTreeSet};

use super::as_of::{Altered, AsOf, Since};
use crate::{
    domain::{
        day::Day, id::HouseholdId, person::Person, rows::id_key, settings::Settings, tables::Read,
    },
    store::{Error, Snapshot},
};

/// What is known of households: of some, or of all.
pub(in crate::desk) struct Followed<T> {
    as_of: Option<AsOf>,
    pub(super) homes: BTreeMap<HouseholdId, T>,
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
        let (now, since) = AsOf::after(self.as_of.take(), snapshot, day, settings)?;
        let anew = match since {
            Since::All => Anew::All,
            Since::These(altered) => Anew::Those(homes_of(&altered, snapshot)?),
        };
        match &anew {
            Anew::All => self.homes.clear(),
            Anew::Those(these) => self.homes.retain(|id, _| !these.contains(id)),
        }
        self.as_of = Some(now);
        Ok(anew)
    }
}

/// Returns the households that were altered, or whose members were.
fn homes_of(altered: &[Altered], snapshot: &Snapshot) -> Result<BTreeSet<HouseholdId>, Error> {
    let mut homes = BTreeSet::new();
    for one in altered {
        match one {
            Altered::Household(household) => {
                homes.insert(*household);
            }
            // Who moved, or is there no more, altered the household he was in as well.
            Altered::Person(person) | Altered::Course(person) => {
                let person: Option<Person> = snapshot.few(&id_key(person.0), &[])?;
                homes.extend(person.map(|person| person.household));
            }
        }
    }
    Ok(homes)
}
