//! The lists of agreements and of households to sign: ranges of keys, a page of rows.

use super::{
    Look,
    waiting::{self, Range},
};
use crate::{
    desk::{
        Desk, Stop,
        answers::agreement::known,
        reply::{AgreementList, AgreementListRow, AgreementListView},
        request::AgreementListAsk,
    },
    domain::{
        agreement::contract::Agreement,
        household::{self, Household},
        id::HouseholdId,
        person::Person,
        rows::{agreement::AgreementRow, id_key},
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// A household to sign.
struct Home {
    household: Household,
    people: usize,
    key_people: usize,
}

impl Desk {
    pub(in crate::desk::view) fn agreement_list(
        &self,
        asked: &AgreementListAsk,
    ) -> Result<AgreementListView, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let page = (asked.from, asked.limit);
        let mut counts = Vec::new();
        let mut rows = Vec::new();
        for list in AgreementList::ALL {
            let wanted = if list == asked.list { page } else { (0, 0) };
            let (shown, count) = listed(&look, list, wanted)?;
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
        for row in found.iter().skip(from).take(limit) {
            rows.push(of_agreement(look, &row.agreement)?);
        }
        found.len()
    } else {
        let found = unsigned(snapshot)?;
        if is_shown {
            let homes = key_first(look, &found)?;
            for home in homes.iter().skip(from).take(limit) {
                rows.push(of_household(look, home)?);
            }
        }
        found.len()
    };
    Ok((rows, count))
}

/// Returns what runs with a doctor who serves no longer; nothing is looked at while all serve.
fn doctor_left(look: &Look<'_>) -> Result<Vec<AgreementRow>, Error> {
    let mut doctors = look.doctors.iter();
    if doctors.all(|doctor| doctor.serves_on(look.today)) {
        return Ok(Vec::new());
    }
    let mut rows = super::running(look.snapshot)?;
    rows.retain(|row| {
        let flags = row.agreement.flags(look.today, &look.rules, &look.doctors);
        flags.doctor_left
    });
    Ok(rows)
}

/// Returns the households lived in where nothing runs.
fn unsigned(snapshot: &Snapshot) -> Result<Vec<HouseholdId>, Error> {
    // Both lists are in the order of the households.
    let mut signed: Vec<u64> = Vec::new();
    let to = after_prefix(&[]);
    snapshot.keys(
        Index::HouseholdRunning,
        &[],
        &to,
        &mut |key: &[u8], _: &[u8]| {
            signed.extend(key.first_chunk().map(|home| u64::from_be_bytes(*home)));
            Ok(())
        },
    )?;
    let mut homes = Vec::new();
    let lived_in = [Range::of(Index::LivedIn, Key::new())];
    waiting::each(snapshot, &lived_in, &mut |home| {
        let id = home.try_into().map(u64::from_be_bytes);
        homes.extend(
            id.into_iter()
                .filter(|id| signed.binary_search(id).is_err()),
        );
    })?;
    Ok(homes.into_iter().map(HouseholdId).collect())
}

/// Returns the households, those with key populations first.
fn key_first(look: &Look<'_>, ids: &[HouseholdId]) -> Result<Vec<Home>, Error> {
    let mut homes = Vec::new();
    for id in ids {
        if let Some(household) = look.snapshot.get::<Household>(&id_key(id.0))? {
            let (people, key_people) = counted(look, &household)?;
            homes.push(Home {
                household,
                people,
                key_people,
            });
        }
    }
    homes.sort_by_key(|home| {
        let household = &home.household;
        let place = (household.village, household.group(), household.serial);
        (std::cmp::Reverse(home.key_people), place)
    });
    Ok(homes)
}

/// Returns how many live there, and how many of them are key populations.
fn counted(look: &Look<'_>, household: &Household) -> Result<(usize, usize), Error> {
    let mut key_people = 0;
    for member in &household.members {
        if let Some(person) = look.snapshot.get::<Person>(&id_key(member.0))? {
            let course = super::super::course_of(look.snapshot, *member)?;
            let tags = super::super::tags_of(&person, household, &course.course, look.today);
            key_people += usize::from(tags.is_key(look.rules.include_k11));
        }
    }
    Ok((household.members.len(), key_people))
}

fn of_agreement(look: &Look<'_>, agreement: &Agreement) -> Result<AgreementListRow, Stop> {
    let brief = look.brief(agreement)?;
    let id = agreement.scope.household();
    let household: Option<Household> = match id {
        Some(id) => look.snapshot.get(&id_key(id.0))?,
        None => None,
    };
    let (people, key_people) = match &household {
        Some(household) => counted(look, household)?,
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

fn of_household(look: &Look<'_>, home: &Home) -> Result<AgreementListRow, Stop> {
    let household = &home.household;
    let last = known::of_household(look.snapshot, household.id)?.pop();
    let last = last.map(|row| look.brief(&row.agreement)).transpose()?;
    Ok(AgreementListRow {
        household: Some(household.id),
        head: super::super::head_name(look.snapshot, household)?,
        place: look.place(household)?,
        phone: household.text(household::key::PHONE).to_owned(),
        people: home.people,
        key_people: home.key_people,
        agreement: last,
    })
}
