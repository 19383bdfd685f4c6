//! Who lives, or lived, in a household as its keys tell it: counting residents reads no card.

use super::brief;
use crate::domain::{
    day::Day,
    household::{Household, Stay},
    id::{HouseholdId, PersonId, VillageId},
    tables::{Key, Parts},
    tags::TagSet,
};

/// Stands in place of a head there is none of.
const NONE: u64 = 0;

/// A household lived in.
#[derive(Debug, Clone, Copy)]
pub struct Home<'k> {
    pub id: HouseholdId,
    /// Village, group and serial.
    pub place: (VillageId, u32, u32),
    pub head: Option<PersonId>,
    /// The tags of its card.
    pub tags: TagSet,
    members: Parts<'k>,
}

impl<'k> Home<'k> {
    /// Returns who lives there.
    pub fn members(&self) -> impl Iterator<Item = PersonId> + use<'k> {
        self.members.numbers().map(PersonId)
    }
}

/// Returns the key of a household lived in.
pub fn key(household: &Household) -> Vec<u8> {
    let key = Key::new()
        .number(household.id.0)
        .number(household.village.0)
        .small(household.group())
        .small(household.serial)
        .number(household.head.map_or(NONE, |head| head.0))
        .small(brief::home(household).bits());
    let members = household.members.iter();
    let key = members.fold(key, |key, one| key.number(one.0));
    key.number(household.id.0).bytes()
}

/// Reads such a key.
pub fn read(key: &[u8]) -> Option<Home<'_>> {
    let mut parts = Parts::of(key);
    Some(Home {
        id: HouseholdId(parts.number()?),
        place: (VillageId(parts.number()?), parts.small()?, parts.small()?),
        head: Some(parts.number()?)
            .filter(|head| *head != NONE)
            .map(PersonId),
        tags: TagSet::of_bits(parts.small()?),
        members: parts,
    })
}

/// Returns the key by which a household finds a stay in it.
pub fn stay_key(stay: &Stay) -> Vec<u8> {
    let key = Key::new()
        .number(stay.household.0)
        .number(stay.person.0)
        .small(stay.no);
    let key = key.day(stay.from.unwrap_or(Day::MIN));
    let key = key.day(stay.until.unwrap_or(Day::MAX));
    key.number(stay.person.0).small(stay.no).bytes()
}

/// Somebody who lives, or lived, in a household.
#[derive(Debug, Clone, Copy)]
pub struct Lived {
    pub household: HouseholdId,
    person: PersonId,
    from: Day,
    until: Day,
}

impl Lived {
    /// Reads the key of a stay.
    pub fn read(key: &[u8]) -> Option<Self> {
        let mut parts = Parts::of(key);
        let household = HouseholdId(parts.number()?);
        let person = PersonId(parts.number()?);
        parts.small()?;
        Some(Self {
            household,
            person,
            from: parts.day()?,
            until: parts.day()?,
        })
    }

    /// Returns who lived there on the day, where he did.
    pub fn on(self, day: Day) -> Option<PersonId> {
        (self.from <= day && day <= self.until).then_some(self.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_stay_is_found_on_its_days_and_no_others() {
        let stay = |from: Option<&str>, until: Option<&str>| Stay {
            person: PersonId(7),
            no: 2,
            household: HouseholdId(300),
            from: from.map(day),
            until: until.map(day),
            joined_by: None,
            left_by: None,
        };
        let lived = |stay: &Stay, on: &str| Lived::read(&stay_key(stay)).unwrap().on(day(on));
        let always = stay(None, None);
        assert_eq!(lived(&always, "1900-01-01"), Some(PersonId(7)));
        assert_eq!(lived(&always, "2026-11-21"), Some(PersonId(7)));
        let once = stay(Some("2020-02-29"), Some("2021-03-01"));
        assert_eq!(lived(&once, "2020-02-28"), None);
        assert_eq!(lived(&once, "2020-02-29"), Some(PersonId(7)));
        assert_eq!(lived(&once, "2021-03-01"), Some(PersonId(7)));
        assert_eq!(lived(&once, "2021-03-02"), None);
    }
}
