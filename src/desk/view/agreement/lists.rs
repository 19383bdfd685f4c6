//! The lists of agreements and of households to sign: ranges of keys, a page of rows.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
    sync::PoisonError,
};

use super::{Look, waiting};
use crate::{
    desk::{
        Desk, Stop,
        answers::agreement::known,
        reply::{AgreementList, AgreementListRow, AgreementListView},
        request::AgreementListAsk,
        view::{
            followed::Followed,
            head_name,
            tagged::{InBrief, LivesAt},
        },
    },
    domain::{
        agreement::contract::Agreement,
        household::{self, Household},
        id::{HouseholdId, PersonId, VillageId},
        rows::{agreement::AgreementRow, brief, homes, id_key},
        tables::{Index, Key, Parts, Read, after_prefix},
        tags::TagSet,
    },
    store::{Error, Snapshot},
};

/// How many key people live in households to sign that were looked at.
pub(in crate::desk) type KeyPeople = Followed<usize>;

/// A household to sign.
struct Home {
    id: HouseholdId,
    /// Village, group and serial.
    place: (VillageId, u32, u32),
    people: usize,
    key_people: usize,
}

/// A household where nothing runs, before anybody of it is looked at.
struct Unsigned {
    id: HouseholdId,
    place: (VillageId, u32, u32),
    /// What its card makes of its members.
    tags: TagSet,
    members: Vec<PersonId>,
}

impl Desk {
    pub(in crate::desk::view) fn agreement_list(
        &self,
        asked: &AgreementListAsk,
    ) -> Result<AgreementListView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let page = (asked.from, asked.limit);
        let known = self.key_people.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        known.follow(&snapshot, look.today, &look.settings)?;
        let mut counts = Vec::new();
        let mut rows = Vec::new();
        for list in AgreementList::ALL {
            let wanted = if list == asked.list { page } else { (0, 0) };
            let (shown, count) = listed(&look, &mut known, list, wanted)?;
            counts.push((list, count));
            rows.extend(shown);
        }
        Ok(AgreementListView {
            today: look.today,
            list: asked.list,
            counts,
            from: asked.from,
            rows,
        })
    }
}

/// Returns `limit` rows of a list behind the first `from`, and how many it has in all: most lists
/// are ranges of keys, which are counted without looking at any row.
fn listed(
    look: &Look<'_>,
    known: &mut KeyPeople,
    list: AgreementList,
    (from, limit): (usize, usize),
) -> Result<(Vec<AgreementListRow>, usize), Stop> {
    let snapshot = look.snapshot;
    let is_shown = 0 < limit;
    let mut rows = Vec::new();
    let count = if let Some(ranges) = waiting::ranges_of(list, look.today, &look.rules) {
        if !is_shown {
            return Ok((rows, waiting::counted(snapshot, &ranges)?));
        }
        let (keys, count) = waiting::page(snapshot, &ranges, (from, limit))?;
        for key in keys {
            if let Some(row) = snapshot.get::<AgreementRow>(&key)? {
                rows.push(of_agreement(look, &row.agreement)?);
            }
        }
        count
    } else if list == AgreementList::DoctorLeft {
        let found = doctor_left(look)?;
        for key in found.iter().skip(from).take(limit) {
            if let Some(row) = snapshot.get::<AgreementRow>(key)? {
                rows.push(of_agreement(look, &row.agreement)?);
            }
        }
        found.len()
    } else {
        let mut found = Vec::new();
        let mut count = 0;
        each_unsigned(snapshot, &mut |home| {
            count += 1;
            if is_shown {
                found.push(Unsigned {
                    id: home.id,
                    place: home.place,
                    tags: home.tags,
                    members: home.members().collect(),
                });
            }
        })?;
        let homes = key_first(look, known, found, from.saturating_add(limit))?;
        for home in homes.iter().skip(from) {
            rows.extend(of_household(look, home)?);
        }
        count
    };
    Ok((rows, count))
}

/// Returns the keys of what runs with a doctor who serves no longer, by the end of its term;
/// nothing is looked at while all serve.
fn doctor_left(look: &Look<'_>) -> Result<Vec<Vec<u8>>, Error> {
    let left = look.doctors.iter();
    let left = left.filter(|doctor| !doctor.serves_on(look.today));
    let mut theirs: HashSet<Vec<u8>> = HashSet::new();
    for doctor in left {
        // Everybody they ever covered, by agreement.
        let from = Key::new().number(doctor.id.0).bytes();
        let to = after_prefix(&from);
        look.snapshot
            .keys(Index::DoctorPanel, &from, &to, &mut |_, row| {
                theirs.insert(row.to_vec());
                Ok(())
            })?;
    }
    let mut keys = Vec::new();
    if !theirs.is_empty() {
        waiting::each(look.snapshot, &waiting::running(), &mut |row| {
            if theirs.contains(row) {
                keys.push(row.to_vec());
            }
        })?;
    }
    Ok(keys)
}

/// Calls `each` with the households lived in where nothing runs, in the order of their ids.
fn each_unsigned(snapshot: &Snapshot, each: &mut dyn FnMut(homes::Home<'_>)) -> Result<(), Error> {
    // Both lists are in the order of the households.
    let mut signed: Vec<HouseholdId> = Vec::new();
    let to = after_prefix(&[]);
    snapshot.keys(Index::HouseholdRunning, &[], &to, &mut |key, _| {
        signed.extend(Parts::of(key).number().map(HouseholdId));
        Ok(())
    })?;
    let mut signed = signed.into_iter().peekable();
    snapshot.keys(Index::LivedIn, &[], &to, &mut |key, _| {
        if let Some(home) = homes::read(key) {
            while signed.next_if(|one| *one < home.id).is_some() {}
            if signed.peek() != Some(&home.id) {
                each(home);
            }
        }
        Ok(())
    })
}

/// Returns the first `wanted` of the households, those with key populations first.
///
/// No more people of a household are key populations than live there: those are looked at first
/// where many do, and the others not at all once nothing they hold can stand so far ahead. Who
/// was looked at is `known` the next time.
fn key_first(
    look: &Look<'_>,
    known: &mut KeyPeople,
    mut found: Vec<Unsigned>,
    wanted: usize,
) -> Result<Vec<Home>, Error> {
    let in_brief = InBrief::one_by_one(look.snapshot);
    found.sort_unstable_by_key(|home| Reverse(home.members.len()));
    let mut homes: Vec<Home> = Vec::new();
    // How many households have so many key people.
    let mut with: BTreeMap<usize, usize> = BTreeMap::new();
    for home in found {
        let people = home.members.len();
        let ahead: usize = with.range(people + 1..).map(|(_, homes)| homes).sum();
        if wanted <= ahead {
            break;
        }
        let key_people = match known.homes.get(&home.id) {
            Some(key_people) => *key_people,
            None => {
                let lives_at = (home.id, home.tags);
                let key_people = key_people((look, &in_brief), lives_at, &home.members)?;
                known.homes.insert(home.id, key_people);
                key_people
            }
        };
        *with.entry(key_people).or_default() += 1;
        homes.push(Home {
            id: home.id,
            place: home.place,
            people,
            key_people,
        });
    }
    homes.sort_unstable_by_key(|home| (Reverse(home.key_people), home.place, home.id));
    homes.truncate(wanted);
    Ok(homes)
}

/// Returns how many of those who live there are key populations.
fn key_people(
    (look, people): (&Look<'_>, &InBrief<'_>),
    lives_at: LivesAt,
    members: &[PersonId],
) -> Result<usize, Error> {
    let mut key_people = 0;
    for member in members {
        let tags = people.tags(*member, Some(lives_at), look.today)?;
        key_people += usize::from(tags.is_key(look.rules.include_k11));
    }
    Ok(key_people)
}

fn of_agreement(look: &Look<'_>, agreement: &Agreement) -> Result<AgreementListRow, Stop> {
    let brief = look.brief(agreement)?;
    let id = agreement.scope.household();
    let household: Option<Household> = match id {
        Some(id) => look.snapshot.get(&id_key(id.0))?,
        None => None,
    };
    let (people, key_people) = match &household {
        Some(household) => {
            let lives_at = (household.id, brief::home(household));
            let members = &household.members;
            let people = InBrief::one_by_one(look.snapshot);
            (
                members.len(),
                key_people((look, &people), lives_at, members)?,
            )
        }
        None => (brief.covered, 0),
    };
    Ok(AgreementListRow {
        household: id,
        head: brief.head.clone(),
        place: brief.place.clone(),
        phone: brief.phone.clone(),
        people,
        key_people,
        agreement: Some(brief),
    })
}

fn of_household(look: &Look<'_>, home: &Home) -> Result<Option<AgreementListRow>, Stop> {
    let Some(household) = look.snapshot.get::<Household>(&id_key(home.id.0))? else {
        return Ok(None);
    };
    let last = known::of_household(look.snapshot, home.id)?.pop();
    let last = last.map(|row| look.brief(&row.agreement)).transpose()?;
    Ok(Some(AgreementListRow {
        household: Some(home.id),
        head: head_name(look.snapshot, &household)?,
        place: look.place(&household)?,
        phone: household.text(household::key::PHONE).to_owned(),
        people: home.people,
        key_people: home.key_people,
        agreement: last,
    }))
}
