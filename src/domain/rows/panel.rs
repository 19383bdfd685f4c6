//! A doctor's panel as it is kept: one key for everybody a doctor of record covers, with all a
//! count needs, so that counting reads no agreement.

use std::collections::BTreeSet;

use crate::domain::{
    agreement::{contract::Agreement, signed::Signed},
    day::Day,
    id::{DoctorId, HouseholdId, PersonId},
    tables::{Key, after_prefix},
};

/// Somebody in a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    pub person: PersonId,
    /// The household that signed; none where a unit did.
    pub household: Option<HouseholdId>,
}

/// Bytes of a day and of a number in a key.
const PART: usize = 8;

/// Returns the keys of everybody a signed agreement covers for the doctor, also later or no
/// longer: by the last day, so that who is past is passed over. A void one has none.
pub fn keys(
    doctor: DoctorId,
    agreement: &Agreement,
    signed: &Signed,
) -> impl Iterator<Item = Vec<u8>> {
    let household = agreement.scope.household().map_or(0, |one| one.0);
    let people: BTreeSet<PersonId> = signed.members.iter().map(|one| one.person).collect();
    let spans = people
        .into_iter()
        .filter_map(|person| Some((person, signed.coverage(person)?)));
    spans.map(move |(person, span)| {
        Key::new()
            .number(doctor.0)
            .day(span.to)
            .day(span.from)
            .number(household)
            .number(person.0)
            .number(agreement.id.0)
            .bytes()
    })
}

/// Returns the keys in which everybody stands whom the doctor covers on the day: from the first
/// to before the last.
pub fn range(doctor: DoctorId, day: Day) -> (Vec<u8>, Vec<u8>) {
    let own = Key::new().number(doctor.0);
    (own.clone().day(day).bytes(), after_prefix(&own.bytes()))
}

/// Reads a key of that range; none where the coverage begins after the day.
pub fn read(key: &[u8], day: Day) -> Option<Covered> {
    let part = |at: usize| key.get(at * PART..)?.first_chunk::<PART>();
    let number = |at| Some(u64::from_be_bytes(*part(at)?));
    let has_begun = part(2)?.as_slice() <= Key::new().day(day).bytes().as_slice();
    let household = Some(number(3)?).filter(|id| *id != 0);
    has_begun.then_some(Covered {
        person: PersonId(number(4)?),
        household: household.map(HouseholdId),
    })
}
