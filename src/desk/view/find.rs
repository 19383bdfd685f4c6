//! Finding one person or household by an id or number, as the command line does.

use crate::{
    desk::{Desk, Stop, reply::Found},
    domain::{
        household::Household,
        id::{HouseholdId, PersonId},
        identity,
        person::Person,
        rows::id_key,
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Returns everybody who answers to a p-id, identity number or record
    /// number, and households by h-id or number.
    pub(super) fn find(&self, text: &str) -> Result<Vec<Found>, Stop> {
        let snapshot = self.store().snapshot()?;
        let text = identity::normalise(text);
        let lower = text.to_lowercase();
        if let Ok(id) = lower.parse::<PersonId>() {
            let person: Option<Person> = snapshot.get(&id_key(id.0))?;
            return Ok(people(&snapshot, person.into_iter().collect())?);
        }
        if let Ok(id) = lower.parse::<HouseholdId>() {
            let household: Option<Household> = snapshot.get(&id_key(id.0))?;
            return Ok(household
                .iter()
                .map(|h| home(&snapshot, h))
                .collect::<Result<_, _>>()?);
        }
        let mut found = Vec::new();
        for index in [Index::IdentityNumber, Index::RecordNumber] {
            let from = Key::new().text(&text).bytes();
            let hits: Vec<Person> = snapshot.listed(index, &from, &after_prefix(&from))?;
            found.extend(people(&snapshot, hits)?);
        }
        found.dedup();
        if found.is_empty() {
            found.extend(by_household_number(&snapshot, &text)?);
        }
        Ok(found)
    }
}

fn people(snapshot: &Snapshot, people: Vec<Person>) -> Result<Vec<Found>, Error> {
    people
        .into_iter()
        .map(|person| {
            let household: Option<Household> = snapshot.get(&id_key(person.household.0))?;
            Ok(Found {
                person: Some(person.id),
                household: person.household,
                name: person.name().to_owned(),
                place: household.map_or_else(String::new, |household| household.place()),
            })
        })
        .collect()
}

fn home(snapshot: &Snapshot, household: &Household) -> Result<Found, Error> {
    Ok(Found {
        person: None,
        household: household.id,
        name: super::head_name(snapshot, household)?,
        place: household.place(),
    })
}

/// A household by its number (9 digits) or the number its roster gave it.
fn by_household_number(snapshot: &Snapshot, text: &str) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    let mut villages: Vec<crate::domain::clinic::Village> = Vec::new();
    snapshot.every(|village| {
        villages.push(village);
        Ok(true)
    })?;
    for village in villages {
        let from = Key::new().number(village.id.0).text(text).bytes();
        let hits: Vec<Household> =
            snapshot.listed(Index::OutsideNumber, &from, &after_prefix(&from))?;
        for household in &hits {
            found.push(home(snapshot, household)?);
        }
        let Some((group, serial)) = numbered(text, village.code.as_deref()) else {
            continue;
        };
        let from = Key::new()
            .number(village.id.0)
            .small(group)
            .small(serial)
            .bytes();
        let hits: Vec<Household> = snapshot.listed(Index::Place, &from, &after_prefix(&from))?;
        for household in &hits {
            found.push(home(snapshot, household)?);
        }
    }
    Ok(found)
}

/// Reads group and serial out of a household number of this village.
fn numbered(text: &str, village: Option<&str>) -> Option<(u32, u32)> {
    let rest = text.strip_prefix(village?.get(9..12)?)?;
    let (group, serial) = rest.split_at_checked(2)?;
    (serial.len() == 4).then_some(())?;
    Some((group.parse().ok()?, serial.parse().ok()?))
}
