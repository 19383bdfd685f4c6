//! The lists of agreements and of households to sign: ranges of keys, a page of rows.

use std::collections::BTreeSet;

use super::Look;
use crate::{
    desk::{
        Desk, Stop,
        answers::agreement::known,
        reply::{AgreementList, AgreementListRow, AgreementListView},
        request::AgreementListAsk,
    },
    domain::{
        agreement::{contract::Agreement, state::State},
        day::plus_days,
        household::{self, Household},
        id::HouseholdId,
        person::Person,
        rows::{
            agreement::{AgreementRow, Mark, mark_prefix, state_prefix},
            id_key,
        },
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// What a list is made of before it is shown. Most lists are a range of keys: they are counted
/// without looking at any row.
enum Found {
    /// The keys of agreements.
    Keys(Vec<Vec<u8>>),
    Agreements(Vec<AgreementRow>),
    Households(Vec<HouseholdId>),
}

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
        let mut counts = Vec::new();
        let mut shown = None;
        for list in AgreementList::ALL {
            let found = found(&look, list)?;
            counts.push((list, found.len()));
            if list == asked.list {
                shown = Some(found);
            }
        }
        let (from, limit) = (asked.from, asked.limit);
        let rows = match shown {
            Some(Found::Keys(keys)) => {
                let page = keys.iter().skip(from).take(limit);
                let rows = page.map(|key| snapshot.get::<AgreementRow>(key));
                let rows: Vec<Option<AgreementRow>> = rows.collect::<Result<_, Error>>()?;
                let rows = rows.iter().flatten();
                rows.map(|row| of_agreement(&look, &row.agreement))
                    .collect::<Result<_, Stop>>()?
            }
            Some(Found::Agreements(rows)) => {
                let page = rows.iter().skip(from).take(limit);
                page.map(|row| of_agreement(&look, &row.agreement))
                    .collect::<Result<_, Stop>>()?
            }
            Some(Found::Households(ids)) => {
                let homes = key_first(&look, &ids)?;
                let page = homes.iter().skip(from).take(limit);
                page.map(|home| of_household(&look, home))
                    .collect::<Result<_, Stop>>()?
            }
            None => Vec::new(),
        };
        Ok(AgreementListView {
            today: look.today,
            list: asked.list,
            counts,
            from: asked.from,
            rows,
        })
    }
}

impl Found {
    fn len(&self) -> usize {
        match self {
            Self::Keys(keys) => keys.len(),
            Self::Agreements(rows) => rows.len(),
            Self::Households(ids) => ids.len(),
        }
    }
}

fn found(look: &Look<'_>, list: AgreementList) -> Result<Found, Error> {
    use AgreementList as L;
    let snapshot = look.snapshot;
    let state = |state| of_range(snapshot, Index::AgreementState, state_prefix(state));
    let marked = |mark| of_range(snapshot, Index::AgreementMark, mark_prefix(mark));
    let ends_within = |days: u32| {
        let last = plus_days(look.today, i64::from(days));
        let from = state_prefix(State::Active).bytes();
        let to = after_prefix(&state_prefix(State::Active).day(last).bytes());
        keys(snapshot, Index::AgreementState, (&from, &to))
    };
    Ok(Found::Keys(match list {
        L::ToSign => return Ok(Found::Households(unsigned(snapshot)?)),
        L::DoctorLeft => return Ok(Found::Agreements(doctor_left(look)?)),
        L::Drafts => state(State::Draft)?,
        L::Printed => state(State::Printed)?,
        L::ToRenew => ends_within(look.rules.renew_contact_days)?,
        L::Expiring => ends_within(look.rules.expiring_days)?,
        L::Unconfirmed => marked(Mark::RenewalUnconfirmed)?,
        L::InDoubt => marked(Mark::InDoubt)?,
        L::Ending => state(State::Ending)?,
        L::OverCap => marked(Mark::OverCap)?,
        L::ConsentIncomplete => marked(Mark::ConsentIncomplete)?,
        L::EndUnsigned => marked(Mark::EndUnsigned)?,
        L::ToConfirm => marked(Mark::ToConfirm)?,
        L::Running => {
            let mut running = state(State::Active)?;
            running.extend(state(State::Ending)?);
            running
        }
    }))
}

fn of_range(snapshot: &Snapshot, index: Index, prefix: Key) -> Result<Vec<Vec<u8>>, Error> {
    let from = prefix.bytes();
    keys(snapshot, index, (&from, &after_prefix(&from)))
}

/// Returns the keys of the rows an index lists from here to there.
fn keys(
    snapshot: &Snapshot,
    index: Index,
    (from, to): (&[u8], &[u8]),
) -> Result<Vec<Vec<u8>>, Error> {
    let mut found = Vec::new();
    snapshot.keys(index, from, to, &mut |_: &[u8], row: &[u8]| {
        found.push(row.to_vec());
        Ok(())
    })?;
    Ok(found)
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
    let mut signed: BTreeSet<Vec<u8>> = BTreeSet::new();
    let to = after_prefix(&[]);
    snapshot.keys(
        Index::HouseholdRunning,
        &[],
        &to,
        &mut |key: &[u8], _: &[u8]| {
            signed.extend(key.first_chunk::<8>().map(|home| home.to_vec()));
            Ok(())
        },
    )?;
    let mut homes = of_range(snapshot, Index::LivedIn, Key::new())?;
    homes.retain(|home| !signed.contains(home));
    let ids = homes
        .iter()
        .filter_map(|key| key.as_slice().try_into().ok());
    Ok(ids.map(u64::from_be_bytes).map(HouseholdId).collect())
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
