//! Who somebody is in brief, and the tags he carries on a day: found by keys, no card is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    domain::{
        course::Course,
        day::Day,
        household::{Household, key},
        id::{HouseholdId, PersonId, VillageId},
        person::Person,
        rows::{
            brief::{self, Brief, Managed},
            homes::{self, Lived},
            id_key,
        },
        tables::{Counter, Index, Key, Read, after_prefix},
        tags::{TagSet, groups::Groups},
    },
    store::{Error, Snapshot},
};

/// Looking up one person takes about as long as passing over so many.
const ONE_BY_ONE: usize = 12;

/// A household and what its card makes of its members.
pub(super) type LivesAt = (HouseholdId, TagSet);

/// A household in brief.
#[derive(Clone, Copy)]
pub(super) struct Home {
    pub village: VillageId,
    pub head: Option<PersonId>,
    /// What its card makes of its members.
    pub tags: TagSet,
}

/// What tags of a person follow from, and where he lives.
#[derive(Clone, Copy)]
struct Known {
    household: HouseholdId,
    birth: Option<Day>,
    own: TagSet,
}

/// People and households in brief: looked up one by one, or all read at once for whoever asks of
/// many.
pub(super) struct InBrief<'s> {
    snapshot: &'s Snapshot,
    all: Option<Everybody>,
}

#[derive(Default)]
struct Everybody {
    /// By id, with where the name stands among all names.
    people: Vec<(PersonId, Known, Range<usize>)>,
    names: String,
    managed: BTreeMap<PersonId, Managed>,
    homes: BTreeMap<HouseholdId, Home>,
    /// In the order of the households.
    stays: Vec<Lived>,
}

impl<'s> InBrief<'s> {
    /// Makes ready to look up whoever is asked about, one by one.
    pub const fn one_by_one(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            all: None,
        }
    }

    /// Makes ready to look so many people up.
    pub fn of(snapshot: &'s Snapshot, lookups: usize) -> Result<Self, Error> {
        let people = snapshot.counter(&Counter::Person)?;
        let is_many = usize::try_from(people).is_ok_and(|all| all < lookups * ONE_BY_ONE);
        let all = is_many.then(|| Everybody::of(snapshot)).transpose()?;
        Ok(Self { snapshot, all })
    }

    /// Returns somebody's name; empty where there is nobody.
    pub fn name(&self, person: PersonId) -> Result<String, Error> {
        let Some(all) = &self.all else {
            return name_of(self.snapshot, person);
        };
        let name = all
            .find(person)
            .and_then(|(_, name)| all.names.get(name.clone()));
        Ok(name.unwrap_or_default().to_owned())
    }

    /// Returns a household in brief; none where there is no such.
    pub fn home(&self, id: HouseholdId) -> Result<Option<Home>, Error> {
        let lived_in = match &self.all {
            Some(all) => all.homes.get(&id).copied(),
            None => {
                let mut found = None;
                each_key(self.snapshot, Index::LivedIn, Some(id.0), &mut |key| {
                    found = homes::read(key).map(|home| Home::of(&home));
                })?;
                found
            }
        };
        if lived_in.is_some() {
            return Ok(lived_in);
        }
        // Nobody lives there any more.
        let answers = [key::HH_TYPE, key::HH_FLAGS];
        let home: Option<Household> = self.snapshot.few(&id_key(id.0), &answers)?;
        Ok(home.map(|home| Home {
            village: home.village,
            head: home.head,
            tags: brief::home(&home),
        }))
    }

    /// Returns who lived in a household on `day`.
    pub fn lived_in(&self, id: HouseholdId, day: Day) -> Result<BTreeSet<PersonId>, Error> {
        let mut lived = BTreeSet::new();
        if let Some(all) = &self.all {
            let first = all.stays.partition_point(|stay| stay.household < id);
            let stays = all.stays.iter().skip(first);
            let own = stays.take_while(|stay| stay.household == id);
            lived.extend(own.filter_map(|stay| stay.on(day)));
        } else {
            let own = Some(id.0);
            each_key(self.snapshot, Index::HouseholdStays, own, &mut |key| {
                lived.extend(Lived::read(key).and_then(|stay| stay.on(day)));
            })?;
        }
        Ok(lived)
    }

    /// Returns the key-population tags somebody carries on `day`; `lives_at` is a household
    /// known already. Nobody and nobody's household have none.
    pub fn tags(
        &self,
        person: PersonId,
        lives_at: Option<LivesAt>,
        day: Day,
    ) -> Result<TagSet, Error> {
        let known = match &self.all {
            Some(all) => all.find(person).map(|(known, _)| *known),
            None => in_brief(self.snapshot, person, |brief| Known::of(&brief))?,
        };
        let Some(known) = known else {
            return Ok(TagSet::EMPTY);
        };
        let home = match lives_at.filter(|(id, _)| *id == known.household) {
            Some((_, home)) => home,
            None => match self.home(known.household)? {
                Some(home) => home.tags,
                None => return Ok(TagSet::EMPTY),
            },
        };
        let managed = match &self.all {
            Some(all) => all.managed.get(&person).copied().unwrap_or_default(),
            None => {
                let mut managed = Managed::default();
                each_key(self.snapshot, Index::Managed, Some(person.0), &mut |key| {
                    managed = Managed::read(key).map_or_else(Managed::default, |(_, one)| one);
                })?;
                managed
            }
        };
        let groups = Groups {
            birth: known.birth,
            own: known.own,
            home,
            managed: managed.on(day, known.birth),
        };
        Ok(groups.on(day))
    }
}

impl Everybody {
    fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        let mut all = Self::default();
        each_key(snapshot, Index::InBrief, None, &mut |key| {
            if let Some(one) = brief::read(key) {
                let begin = all.names.len();
                all.names.push_str(one.name);
                let name = begin..all.names.len();
                all.people.push((one.person, Known::of(&one), name));
            }
        })?;
        each_key(snapshot, Index::Managed, None, &mut |key| {
            all.managed.extend(Managed::read(key));
        })?;
        each_key(snapshot, Index::LivedIn, None, &mut |key| {
            let home = homes::read(key);
            all.homes
                .extend(home.map(|home| (home.id, Home::of(&home))));
        })?;
        each_key(snapshot, Index::HouseholdStays, None, &mut |key| {
            all.stays.extend(Lived::read(key));
        })?;
        Ok(all)
    }

    fn find(&self, person: PersonId) -> Option<(&Known, &Range<usize>)> {
        let at = self.people.binary_search_by_key(&person, |(id, ..)| *id);
        let (_, known, name) = self.people.get(at.ok()?)?;
        Some((known, name))
    }
}

impl Known {
    const fn of(brief: &Brief<'_>) -> Self {
        Self {
            household: brief.household,
            birth: brief.birth,
            own: brief.tags,
        }
    }
}

impl Home {
    const fn of(home: &homes::Home<'_>) -> Self {
        Self {
            village: home.place.0,
            head: home.head,
            tags: home.tags,
        }
    }
}

/// Calls `each` with the keys of an index in order: all, or those that begin with this id.
fn each_key(
    snapshot: &Snapshot,
    index: Index,
    id: Option<u64>,
    each: &mut dyn FnMut(&[u8]),
) -> Result<(), Error> {
    let from = id.map_or_else(Key::new, |id| Key::new().number(id)).bytes();
    snapshot.keys(index, &from, &after_prefix(&from), &mut |key, _| {
        each(key);
        Ok(())
    })
}

/// Returns what `of` makes of somebody in brief; none where there is nobody.
fn in_brief<T>(
    snapshot: &Snapshot,
    person: PersonId,
    of: impl Fn(Brief<'_>) -> T,
) -> Result<Option<T>, Error> {
    let mut found = None;
    each_key(snapshot, Index::InBrief, Some(person.0), &mut |key| {
        found = brief::read(key).map(&of);
    })?;
    Ok(found)
}

/// Returns somebody's name; empty where there is nobody.
pub(super) fn name_of(snapshot: &Snapshot, person: PersonId) -> Result<String, Error> {
    let name = in_brief(snapshot, person, |brief| brief.name.to_owned())?;
    Ok(name.unwrap_or_default())
}

/// Returns every key-population tag a person carries on `today`.
pub(in crate::desk) fn tags_of(
    person: &Person,
    household: &Household,
    course: &Course,
    today: Day,
) -> TagSet {
    let birth = person.birth();
    let groups = Groups {
        birth,
        own: brief::own(person),
        home: brief::home(household),
        managed: Managed::of(course).on(today, birth),
    };
    groups.on(today)
}
