//! A known resident's card compared with the row field by field: what the file may change,
//! what is only told.

use std::collections::BTreeMap;

use super::{
    Planning,
    compare::{self, Step},
    household::Home,
    person::Member,
    said::{self, Said, remembered},
};
use crate::{
    desk::{
        Stop,
        answers::person::{bearers, card_faults},
    },
    domain::{
        event::Change,
        person::{Person, PersonState, key},
        roster::{Column, DoubtKind},
        tables::Read,
        value::{Answers, Value},
    },
    store,
};

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    /// Compares the card field by field and returns it as it becomes.
    pub(super) fn card(
        &mut self,
        member: &Member,
        person: &Person,
        home: Option<&Home>,
        values: &mut BTreeMap<String, String>,
    ) -> Result<Answers, Stop> {
        let mut card = person.card.clone();
        let last = |field: &str| member.kept.as_ref()?.get(field).map(String::as_str);
        let implied = self.implied(person, &member.said, home)?;
        for (field, says) in &member.said.card {
            let here = implied.get(field).or(person.card.get(field));
            let mut remember = Some(remembered(says));
            match compare::field(says, last(field), here) {
                Step::Agreed | Step::Unchanged => {}
                Step::Take => {
                    card.insert(field.clone(), says.clone());
                }
                Step::Differs => {
                    let here = self.shown("F08", field, here);
                    self.doubt(member.at, said::column(field), DoubtKind::Differs { here });
                    remember = last(field).map(str::to_owned);
                }
            }
            values.extend(remember.map(|text| (field.clone(), text)));
        }
        self.no_longer_said(member, person, values);
        self.confirmed_since(member.at, &mut card, member.kept.as_ref(), values);
        let told: Vec<String> = self.without_person_faults(member.at, &person.card, &mut card);
        if card.get(key::ID_NO) != person.card.get(key::ID_NO) {
            self.number_of_another(member.at, person, &mut card)?;
        }
        for field in told {
            match last(&field) {
                Some(text) => values.insert(field.clone(), text.to_owned()),
                None => values.remove(&field),
            };
        }
        Ok(card)
    }

    /// What a card need not say because something else does: the household's address, an
    /// illness somebody is followed up for.
    fn implied(&self, person: &Person, said: &Said, home: Option<&Home>) -> Result<Answers, Stop> {
        let mut implied = Answers::new();
        let address = home.and_then(|home| home.card.get(key::ADDRESS));
        if let Some(address) = address.filter(|_| person.text(key::ADDRESS).is_empty()) {
            implied.insert(key::ADDRESS.to_owned(), address.clone());
        }
        let own = person.codes(key::DISEASES);
        let says_more = said
            .card
            .get(key::DISEASES)
            .is_some_and(|says| says.codes().iter().any(|code| !own.contains(code)));
        if says_more {
            let mut codes = own.to_vec();
            codes.extend(self.followed_up_for(person)?.into_iter().map(str::to_owned));
            if codes.len() != own.len() {
                implied.insert(key::DISEASES.to_owned(), Value::Codes(codes));
            }
        }
        Ok(implied)
    }

    /// A cell that was emptied takes nothing away; it is told.
    fn no_longer_said(
        &mut self,
        member: &Member,
        person: &Person,
        values: &mut BTreeMap<String, String>,
    ) {
        let Some(kept) = &member.kept else { return };
        for (field, last) in kept {
            let here = person.card.get(field);
            let is_field = here.is_some() && !values.contains_key(field);
            if is_field
                && self.has_column(said::column(field))
                && here.map(remembered).as_ref() == Some(last)
            {
                let here = self.shown("F08", field, here);
                self.doubt(
                    member.at,
                    said::column(field),
                    DoubtKind::NoLongerSaid { here },
                );
                values.insert(field.clone(), last.clone());
            }
        }
    }

    /// Takes faulty fields back, tells them, and returns them.
    pub(super) fn without_person_faults(
        &mut self,
        at: usize,
        before: &Answers,
        card: &mut Answers,
    ) -> Vec<String> {
        let changes = Change::between(before, card);
        if changes.is_empty() {
            return Vec::new();
        }
        let mut told = Vec::new();
        for fault in card_faults(&self.pen, "F08", card, &changes) {
            self.doubt(
                at,
                said::column(&fault.field),
                DoubtKind::Refused(fault.fault),
            );
            match before.get(&fault.field) {
                Some(value) => card.insert(fault.field.clone(), value.clone()),
                None => card.remove(&fault.field),
            };
            told.push(fault.field);
        }
        told
    }

    fn number_of_another(
        &mut self,
        at: usize,
        person: &Person,
        card: &mut Answers,
    ) -> Result<(), Stop> {
        let number = card
            .get(key::ID_NO)
            .and_then(Value::text)
            .unwrap_or_default();
        let others = bearers(self.pen.tables, number)?;
        let is_other = |other: &&Person| {
            other.id != person.id && !matches!(other.state, PersonState::Void { .. })
        };
        if let Some(other) = others.iter().find(is_other) {
            let name = other.name().to_owned();
            self.doubt(at, Column::IdNo, DoubtKind::SameNumber { name });
            match person.card.get(key::ID_NO) {
                Some(value) => card.insert(key::ID_NO.to_owned(), value.clone()),
                None => card.remove(key::ID_NO),
            };
        }
        Ok(())
    }
}
