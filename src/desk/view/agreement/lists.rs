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
            agreement::{AgreementRow, Mark, mark_prefix},
            id_key,
        },
        tables::{Index, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// What a list is made of before it is shown.
enum Found {
    Agreements(Vec<AgreementRow>),
    Households(Vec<Home>),
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
        let running = super::running(&snapshot)?;
        let mut counts = Vec::new();
        let mut shown = None;
        for list in AgreementList::ALL {
            let found = found(&look, list, &running)?;
            counts.push((list, found.len()));
            if list == asked.list {
                shown = Some(found);
            }
        }
        let rows = match shown {
            Some(Found::Agreements(rows)) => {
                let page = rows.iter().skip(asked.from).take(asked.limit);
                page.map(|row| of_agreement(&look, &row.agreement))
                    .collect::<Result<_, Stop>>()?
            }
            Some(Found::Households(homes)) => {
                let page = homes.iter().skip(asked.from).take(asked.limit);
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
            Self::Agreements(rows) => rows.len(),
            Self::Households(homes) => homes.len(),
        }
    }
}

fn found(look: &Look<'_>, list: AgreementList, running: &[AgreementRow]) -> Result<Found, Error> {
    use AgreementList as L;
    let snapshot = look.snapshot;
    let active = |wanted: &dyn Fn(&Agreement) -> bool| {
        let rows = running.iter().filter(|row| wanted(&row.agreement));
        rows.cloned().collect::<Vec<AgreementRow>>()
    };
    let ends_within = |days: u32| {
        active(&|one: &Agreement| {
            let last = plus_days(look.today, i64::from(days));
            let signed = one.signed().filter(|_| one.state() == State::Active);
            signed.is_some_and(|signed| signed.term.end() <= last)
        })
    };
    let flagged = |mark| marked(snapshot, mark);
    Ok(Found::Agreements(match list {
        L::ToSign => return Ok(Found::Households(to_sign(look, running)?)),
        L::Drafts => super::of_state(snapshot, State::Draft)?,
        L::Printed => super::of_state(snapshot, State::Printed)?,
        L::ToRenew => ends_within(look.rules.renew_contact_days),
        L::Expiring => ends_within(look.rules.expiring_days),
        L::Unconfirmed => flagged(Mark::RenewalUnconfirmed)?,
        L::InDoubt => flagged(Mark::InDoubt)?,
        L::Ending => super::of_state(snapshot, State::Ending)?,
        L::OverCap => flagged(Mark::OverCap)?,
        L::ConsentIncomplete => flagged(Mark::ConsentIncomplete)?,
        L::EndUnsigned => flagged(Mark::EndUnsigned)?,
        L::DoctorLeft => active(&|one: &Agreement| {
            let flags = one.flags(look.today, &look.rules, &look.doctors);
            flags.doctor_left
        }),
        L::ToConfirm => flagged(Mark::ToConfirm)?,
        L::Running => running.to_vec(),
    }))
}

fn marked(snapshot: &Snapshot, mark: Mark) -> Result<Vec<AgreementRow>, Error> {
    let from = mark_prefix(mark).bytes();
    snapshot.listed(Index::AgreementMark, &from, &after_prefix(&from))
}

/// Returns the households where nobody is covered or about to be, key populations first.
fn to_sign(look: &Look<'_>, running: &[AgreementRow]) -> Result<Vec<Home>, Error> {
    let signed: BTreeSet<HouseholdId> = running
        .iter()
        .filter_map(|row| row.agreement.scope.household())
        .collect();
    let mut homes = Vec::new();
    look.snapshot.every(|household: Household| {
        let lives = household.ended.is_none() && !household.members.is_empty();
        if lives && !signed.contains(&household.id) {
            let (people, key_people) = counted(look, &household)?;
            homes.push(Home {
                household,
                people,
                key_people,
            });
        }
        Ok(true)
    })?;
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
