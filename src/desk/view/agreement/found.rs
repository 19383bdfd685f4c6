//! Finding agreements: by number, and what a search says of them: who is signed, and how the
//! agreement stands.

use std::collections::BTreeSet;

use super::Look;
use crate::{
    desk::{Desk, Stop, answers::agreement::known, reply::AgreementBrief},
    domain::{
        agreement::{contract::Agreement, number::AgreementNumber, standing::Word},
        day::Day,
        form::typed,
        id::{AgreementId, PersonId},
        person::{AgreementTold, Person},
        rows::{agreement::AgreementRow, id_key},
        settings::Settings,
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    /// Returns the agreement an `a12` or a printed number means, if there is one.
    pub(in crate::desk::view) fn find_agreement(
        &self,
        text: &str,
    ) -> Result<Vec<AgreementBrief>, Stop> {
        let snapshot = self.store().snapshot()?;
        let look = Look::at(&snapshot, self.today_in(&snapshot)?)?;
        let text = typed::ascii_text(text.trim());
        let mut rows: Vec<AgreementRow> = Vec::new();
        if let Ok(id) = text.to_lowercase().parse::<AgreementId>() {
            rows.extend(snapshot.get(&id_key(id.0))?);
        } else if let Ok(number) = text.parse::<AgreementNumber>() {
            let from = Key::new().text(number.as_str()).bytes();
            rows = snapshot.listed(Index::AgreementNumber, &from, &after_prefix(&from))?;
        }
        let briefs = rows.iter().map(|row| look.brief(&row.agreement));
        Ok(briefs.collect::<Result<_, _>>()?)
    }
}

/// Who is covered today, and of whom an agreement is known at all: of the others a roster's
/// word counts.
pub struct Signing {
    covered: BTreeSet<PersonId>,
    known: BTreeSet<PersonId>,
}

impl Signing {
    /// Looks at everybody.
    pub fn of_all(snapshot: &Snapshot, today: Day) -> Result<Self, Error> {
        let mut known = BTreeSet::new();
        let (from, to) = (Vec::new(), vec![u8::MAX; 64]);
        snapshot.keys(Index::PersonAgreements, &from, &to, &mut |key, _| {
            let id = key.first_chunk().map(|id| u64::from_be_bytes(*id));
            known.extend(id.map(PersonId));
            Ok(())
        })?;
        Ok(Self {
            covered: super::covered(snapshot, today)?,
            known,
        })
    }

    /// Looks at these people.
    pub fn of(snapshot: &Snapshot, people: &BTreeSet<PersonId>, today: Day) -> Result<Self, Error> {
        let (mut covered, mut known) = (BTreeSet::new(), BTreeSet::new());
        for person in people {
            for row in known::of_person(snapshot, *person)? {
                known.insert(*person);
                covered.extend(row.agreement.covered_on(today).get(person));
            }
        }
        Ok(Self { covered, known })
    }

    /// Says whether the person is signed today, as far as anybody told.
    pub fn is_signed(&self, person: &Person) -> bool {
        if self.known.contains(&person.id) {
            return self.covered.contains(&person.id);
        }
        let told = person.agreement_told.as_ref();
        told.is_some_and(AgreementTold::is_signed)
    }
}

/// Returns how the agreement that covers the person stands; of no coverage, how the last one
/// that was signed does.
pub fn signed(
    snapshot: &Snapshot,
    person: PersonId,
    today: Day,
    settings: &Settings,
) -> Result<Option<(AgreementId, Word)>, Error> {
    let rows = known::of_person(snapshot, person)?;
    let agreements = rows.iter().map(|row| &row.agreement);
    let mut signed = agreements.filter(|one| one.coverage(person).is_some());
    let covers = |one: &&Agreement| {
        let days = one.coverage(person);
        days.is_some_and(|days| days.holds(today))
    };
    let now = signed.clone().find(covers).or(signed.next_back());
    Ok(now.map(|one| (one.id, one.word(today, &settings.agreements))))
}
