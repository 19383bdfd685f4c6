//! What a card's form shows although it is kept elsewhere: numbers, who opened
//! the record and when, whether the person is still here.

use crate::domain::{
    clinic::{Clinic, Village},
    household::{self, Household},
    person::{Person, PersonState, key},
    value::{Answers, Value},
};

/// Returns what is known of a resident beside the card.
pub fn person(
    person: &Person,
    household: &Household,
    clinic: Option<&Clinic>,
    creator: &str,
) -> Answers {
    let mut stated = Answers::new();
    let texts = [
        (
            key::RECORD_NO,
            person.record_no.as_deref().unwrap_or_default(),
        ),
        (key::ORG, clinic.map_or("", |clinic| clinic.name.as_str())),
        (key::CREATOR, creator),
        (key::DOCTOR, household.text(household::key::DOCTOR)),
    ];
    for (field, text) in &texts {
        put(&mut stated, field, text);
    }
    stated.insert(key::CREATED.to_owned(), Value::Date(person.created));
    let status = match &person.state {
        PersonState::Here => "1",
        PersonState::Lost { reason, .. } => {
            put(&mut stated, key::LOST_REASON, reason);
            "2"
        }
        PersonState::MovedOut { to, .. } => {
            put(&mut stated, key::MOVED_TO, to);
            "3"
        }
        PersonState::Died { on, cause } => {
            stated.insert(key::DEATH_DATE.to_owned(), Value::Date(*on));
            put(&mut stated, key::DEATH_CAUSE, cause);
            "4"
        }
        PersonState::Void { .. } => "5",
    };
    stated.insert(key::STATUS.to_owned(), Value::Code(status.to_owned()));
    stated
}

/// Returns what is known of a household beside the card.
pub fn household(home: &Household, village: &Village) -> Answers {
    use household::key;
    let mut stated = Answers::new();
    let number = home.number(village.code.as_deref()).unwrap_or_default();
    let code = village.code.as_deref().unwrap_or_default();
    let part = |from: usize, to: usize| code.get(from..to).unwrap_or_default();
    let texts = [
        (key::HH_NO, number.as_str()),
        (
            key::OUTSIDE_NO,
            home.outside_no.as_deref().unwrap_or_default(),
        ),
        (key::DOOR, &home.door()),
        (key::COUNTY, part(0, 6)),
        (key::TOWN, part(6, 9)),
        (key::VILLAGE, part(9, 12)),
    ];
    for (field, text) in &texts {
        put(&mut stated, field, text);
    }
    stated.insert(key::CREATED.to_owned(), Value::Date(home.created));
    stated
}

fn put(stated: &mut Answers, field: &str, text: &str) {
    if !text.is_empty() {
        stated.insert(field.to_owned(), Value::Text(text.to_owned()));
    }
}
