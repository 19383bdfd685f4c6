//! What wants a second look before a card is saved; it refuses nothing.

use std::collections::BTreeSet;

use crate::{
    desk::{Desk, Stop, request::CardAsk},
    domain::{
        day::{Day, age_years},
        doubt::{Doubt, mother_is_unlikely},
        household::Household,
        id::{HouseholdId, PersonId},
        identity::{self, DocumentKind},
        person::{Person, PersonState, key},
        phone::{self, Phone, PhonePlace, PhoneRemark, SHARED_RESIDENTS},
        rows::id_key,
        tables::{Index, Key, Read, after_prefix},
        value::{Answers, Value},
    },
    store::{Error, Snapshot},
};

/// How many people of one number are looked at.
const LOOKED_AT: usize = 50;

impl Desk {
    /// Returns what wants a second look on a card about to be saved.
    pub(super) fn doubts(&self, asked: &CardAsk) -> Result<Vec<Doubt>, Stop> {
        let snapshot = self.store().snapshot()?;
        let before: Option<Person> = match asked.person {
            Some(person) => snapshot.get(&id_key(person.0))?,
            None => None,
        };
        let is_new = |field: &str| {
            let before = before.as_ref().and_then(|person| person.card.get(field));
            before != asked.card.get(field)
        };
        let mut doubts = Vec::new();
        if is_new(key::BIRTH) || is_new(key::MOTHER) || is_new(key::MOTHER_NAME) {
            doubts.extend(mother(&snapshot, asked)?);
        }
        if is_new(key::NAME) || is_new(key::BIRTH) || is_new(key::ID_NO) {
            doubts.extend(similar(&snapshot, asked)?);
        }
        if is_new(key::ID_NO) {
            doubts.extend(number(&asked.card, self.today_in(&snapshot)?));
        }
        if is_new(key::PHONE)
            && let Ok(phone) = phone::check(PhonePlace::First, text(&asked.card, key::PHONE))
        {
            doubts.extend(phone.remarks().into_iter().map(Doubt::Phone));
            doubts.extend(self.shared_phone(&snapshot, asked, &phone)?);
        }
        Ok(doubts)
    }

    fn shared_phone(
        &self,
        snapshot: &Snapshot,
        asked: &CardAsk,
        phone: &Phone,
    ) -> Result<Option<Doubt>, Stop> {
        let mut homes: BTreeSet<HouseholdId> = asked.household.into_iter().collect();
        let mut residents = 1;
        for row in self.search(phone.digits(), LOOKED_AT)?.rows {
            let other: Option<Person> = snapshot.get(&id_key(row.person.0))?;
            let bears = |person: &Person| {
                phone::check(PhonePlace::First, person.text(key::PHONE))
                    .is_ok_and(|other| other == *phone)
            };
            if Some(row.person) != asked.person && other.as_ref().is_some_and(bears) {
                residents += 1;
                homes.insert(row.household);
            }
        }
        let is_shared = SHARED_RESIDENTS < residents && 1 < homes.len();
        Ok(is_shared.then_some(Doubt::Phone(PhoneRemark::Shared { residents })))
    }
}

/// Remarks on the identity number as its document reads it.
fn number(card: &Answers, today: Day) -> Vec<Doubt> {
    let code = |field: &str| card.get(field).and_then(Value::code);
    let kind = DocumentKind::from_codes(code(key::ID_TYPE).unwrap_or("01"), code(key::ID_SUB));
    let read = kind.and_then(|kind| identity::check(kind, text(card, key::ID_NO), today).ok());
    let remarks = read.into_iter().flat_map(|read| read.remarks);
    remarks.map(Doubt::Number).collect()
}

fn text<'a>(card: &'a Answers, field: &str) -> &'a str {
    card.get(field).and_then(Value::text).unwrap_or_default()
}

fn birth(card: &Answers) -> Option<Day> {
    card.get(key::BIRTH).and_then(Value::date)
}

/// W-PER-MOTHER, for a mother who is a resident: linked, or of this name in the household.
fn mother(snapshot: &Snapshot, asked: &CardAsk) -> Result<Option<Doubt>, Error> {
    let linked: Option<PersonId> = text(&asked.card, key::MOTHER).parse().ok();
    let mother: Option<Person> = match linked {
        Some(mother) => snapshot.get(&id_key(mother.0))?,
        None => {
            let name = text(&asked.card, key::MOTHER_NAME);
            let mut members = members(snapshot, asked.household)?.into_iter();
            members.find(|member| !name.is_empty() && member.name() == name)
        }
    };
    let Some(mother) = mother else {
        return Ok(None);
    };
    let (Some(born), Some(child)) = (mother.birth(), birth(&asked.card)) else {
        return Ok(None);
    };
    let years = if child < born {
        -i64::from(age_years(child, born))
    } else {
        i64::from(age_years(born, child))
    };
    Ok(mother_is_unlikely(born, child).then(|| Doubt::Mother {
        name: mother.name().to_owned(),
        years: i32::try_from(years).unwrap_or_default(),
    }))
}

/// W-PER-SIMILAR: where no number tells people apart, the same name, birth and sex.
fn similar(snapshot: &Snapshot, asked: &CardAsk) -> Result<Option<Doubt>, Error> {
    let Some(born) = birth(&asked.card) else {
        return Ok(None);
    };
    let number = text(&asked.card, key::ID_NO);
    let name = text(&asked.card, key::NAME).trim();
    let found = if name.is_empty() {
        members(snapshot, asked.household)?
    } else {
        let from = Key::new().text(name).day(born).bytes();
        snapshot.listed(Index::NameBirth, &from, &after_prefix(&from))?
    };
    let is_like = |other: &Person| {
        let is_void = matches!(other.state, PersonState::Void { .. });
        let told_apart = !number.is_empty() && !other.text(key::ID_NO).is_empty();
        let same = other.name() == name
            && other.birth() == Some(born)
            && other.card.get(key::SEX) == asked.card.get(key::SEX);
        same && !is_void && !told_apart && Some(other.id) != asked.person
    };
    let Some(other) = found.into_iter().find(is_like) else {
        return Ok(None);
    };
    let home: Option<Household> = snapshot.get(&id_key(other.household.0))?;
    Ok(Some(Doubt::Similar {
        other: other.id,
        name: other.name().to_owned(),
        place: home.map_or_else(String::new, |home| home.place()),
    }))
}

fn members(snapshot: &Snapshot, household: Option<HouseholdId>) -> Result<Vec<Person>, Error> {
    let home: Option<Household> = match household {
        Some(household) => snapshot.get(&id_key(household.0))?,
        None => None,
    };
    let mut members = Vec::new();
    for id in home.iter().flat_map(|home| &home.members) {
        members.extend(snapshot.get::<Person>(&id_key(id.0))?);
    }
    Ok(members)
}
