//! Who somebody is in brief, and the tags he carries on a day: found by keys, no card is read.

use crate::{
    domain::{
        course::Course,
        day::Day,
        household::{Household, key},
        id::{HouseholdId, PersonId, VillageId},
        person::Person,
        rows::{
            brief::{self, Brief, Managed},
            homes, id_key,
        },
        tables::{Index, Key, Read, after_prefix},
        tags::{TagSet, groups::Groups},
    },
    store::{Error, Snapshot},
};

/// A household and what its card makes of its members.
pub(super) type LivesAt = (HouseholdId, TagSet);

/// A household in brief.
pub(super) struct Home {
    pub village: VillageId,
    pub head: Option<PersonId>,
    /// What its card makes of its members.
    pub tags: TagSet,
}

/// Returns a household in brief; none where there is no such.
pub(super) fn home_of(snapshot: &Snapshot, id: HouseholdId) -> Result<Option<Home>, Error> {
    let from = Key::new().number(id.0).bytes();
    let mut found = None;
    snapshot.keys(
        Index::LivedIn,
        &from,
        &after_prefix(&from),
        &mut |key, _| {
            found = homes::read(key).map(|home| Home {
                village: home.place.0,
                head: home.head,
                tags: home.tags,
            });
            Ok(())
        },
    )?;
    if found.is_some() {
        return Ok(found);
    }
    // Nobody lives there any more.
    let home: Option<Household> = snapshot.few(&id_key(id.0), &[key::HH_TYPE, key::HH_FLAGS])?;
    Ok(home.map(|home| Home {
        village: home.village,
        head: home.head,
        tags: brief::home(&home),
    }))
}

/// Returns what `of` makes of somebody in brief; none where there is nobody.
fn in_brief<T>(
    snapshot: &Snapshot,
    person: PersonId,
    of: impl Fn(Brief<'_>) -> T,
) -> Result<Option<T>, Error> {
    let from = Key::new().number(person.0).bytes();
    let mut found = None;
    snapshot.keys(
        Index::InBrief,
        &from,
        &after_prefix(&from),
        &mut |key, _| {
            found = brief::read(key).map(&of);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Returns somebody's name; empty where there is nobody.
pub(super) fn name_of(snapshot: &Snapshot, person: PersonId) -> Result<String, Error> {
    let name = in_brief(snapshot, person, |brief| brief.name.to_owned())?;
    Ok(name.unwrap_or_default())
}

/// Returns the key-population tags somebody carries on `day`; `lives_at` is a household
/// known already. Nobody and nobody's household have none.
pub(super) fn tags_on(
    snapshot: &Snapshot,
    person: PersonId,
    lives_at: Option<LivesAt>,
    day: Day,
) -> Result<TagSet, Error> {
    let brief = in_brief(snapshot, person, |one| (one.household, one.birth, one.tags))?;
    let Some((household, birth, own)) = brief else {
        return Ok(TagSet::EMPTY);
    };
    let home = match lives_at.filter(|(id, _)| *id == household) {
        Some((_, home)) => home,
        None => match home_of(snapshot, household)? {
            Some(home) => home.tags,
            None => return Ok(TagSet::EMPTY),
        },
    };
    let from = Key::new().number(person.0).bytes();
    let mut managed = Managed::default();
    snapshot.keys(
        Index::Managed,
        &from,
        &after_prefix(&from),
        &mut |key, _| {
            managed = Managed::read(key).unwrap_or_default();
            Ok(())
        },
    )?;
    let groups = Groups {
        birth,
        own,
        home,
        managed: managed.on(day, birth),
    };
    Ok(groups.on(day))
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
