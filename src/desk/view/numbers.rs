//! A person's numbers whole, for somebody who asked to see them, as far as the rules let them.

use super::super::looking::Eyes;
use crate::{
    desk::{Desk, Stop, answers, reply::NumbersView},
    domain::{
        household::{Household, key as home_key},
        id::PersonId,
        identity,
        person::{Person, key},
        refusal::AccountRefusal,
    },
};

impl Desk {
    /// Returns a person's identity number and telephones. A supervisor sees the telephones, to
    /// phone the resident back, and the identity number hidden.
    ///
    /// # Errors
    /// `E-READ-ONLY` where this place only reads.
    pub(super) fn numbers(&self, id: PersonId) -> Result<NumbersView, Stop> {
        let is_hidden = match self.eyes()? {
            Eyes::Whole => false,
            Eyes::Supervising => true,
            Eyes::Hidden => return Err(AccountRefusal::ReadOnly.into()),
        };
        let snapshot = self.store().snapshot()?;
        let person: Person = answers::row(&snapshot, id)?;
        let household: Household = answers::row(&snapshot, person.household)?;
        let id_no = person.text(key::ID_NO);
        let numbers = [
            ("", person.text(key::PHONE)),
            ("", person.text(key::PHONE2)),
            (
                person.text(key::CONTACT_NAME),
                person.text(key::CONTACT_PHONE),
            ),
            ("户", household.text(home_key::PHONE)),
        ];
        let phones = numbers.into_iter().filter(|(_, phone)| !phone.is_empty());
        Ok(NumbersView {
            person: id,
            name: person.name().to_owned(),
            id_no: match is_hidden {
                true => identity::masked(id_no),
                false => id_no.to_owned(),
            },
            is_hidden,
            phones: phones
                .map(|(whose, phone)| (whose.to_owned(), phone.to_owned()))
                .collect(),
        })
    }
}
