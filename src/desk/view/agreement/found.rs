//! Finding agreements: by number, and what a search says of them: who is signed, and how the
//! agreement stands.

use std::collections::BTreeSet;

use super::Look;
use crate::{
    desk::{Desk, Stop, reply::AgreementBrief},
    domain::{
        agreement::{number::AgreementNumber, standing::Word},
        day::Day,
        form::typed,
        id::{AgreementId, PersonId},
        person::{AgreementTold, Person},
        rows::{
            agreement::AgreementRow,
            id_key,
            signings::{self, Concern},
        },
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
#[derive(Default)]
pub struct Signing {
    covered: BTreeSet<PersonId>,
    known: BTreeSet<PersonId>,
}

impl Signing {
    /// Looks at everybody.
    pub fn of_all(snapshot: &Snapshot, today: Day) -> Result<Self, Error> {
        let mut signing = Self::default();
        signing.take(snapshot, &[], today)?;
        Ok(signing)
    }

    /// Looks at these people.
    pub fn of(snapshot: &Snapshot, people: &BTreeSet<PersonId>, today: Day) -> Result<Self, Error> {
        let mut signing = Self::default();
        for person in people {
            let own = Key::new().number(person.0).bytes();
            signing.take(snapshot, &own, today)?;
        }
        Ok(signing)
    }

    /// Takes in those whose keys begin so.
    fn take(&mut self, snapshot: &Snapshot, prefix: &[u8], today: Day) -> Result<(), Error> {
        each_concern(snapshot, prefix, &mut |one| {
            self.known.insert(one.person);
            if one.covers.is_some_and(|span| span.holds(today)) {
                self.covered.insert(one.person);
            }
        })
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
    let mut found: Option<Concern> = None;
    let mut covers_now = false;
    let own = Key::new().number(person.0).bytes();
    each_concern(snapshot, &own, &mut |one| {
        if let Some(span) = one.covers.filter(|_| !covers_now) {
            covers_now = span.holds(today);
            found = Some(one);
        }
    })?;
    let word = |one: Concern| one.stand.word(today, &settings.agreements);
    Ok(found.map(|one| (one.agreement, word(one))))
}

/// Calls `each` with the agreements of the people whose keys begin so, those of a person in the
/// order of their ids.
fn each_concern(
    snapshot: &Snapshot,
    prefix: &[u8],
    each: &mut dyn FnMut(Concern),
) -> Result<(), Error> {
    let to = after_prefix(prefix);
    snapshot.keys(Index::PersonAgreements, prefix, &to, &mut |key, _| {
        signings::read_concern(key).into_iter().for_each(&mut *each);
        Ok(())
    })
}
