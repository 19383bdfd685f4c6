//! Whom agreements cover as it is kept: one key for everybody, under the doctor of record, with all
//! a count needs, so that counting reads no agreement.

use crate::domain::{
    agreement::{contract::Agreement, coverage::Coverage, signed::Signed, term::Span},
    day::Day,
    id::{DoctorId, HouseholdId, PersonId},
    tables::{Key, Parts, after_prefix},
};

/// Somebody in a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    pub coverage: Coverage,
    /// The household that signed; none where a unit did.
    pub household: Option<HouseholdId>,
}

/// Stands in place of a day there is none of, and of a household or doctor.
const NONE: u64 = 0;

/// Returns the keys of everybody a signed agreement covers, also later or no longer: by the last
/// day, so that who is past is passed over. A void one has none.
pub fn keys(agreement: &Agreement, signed: &Signed) -> impl Iterator<Item = Vec<u8>> {
    let doctor = agreement.contents.doctor.map_or(NONE, |one| one.0);
    let household = agreement.scope.household().map_or(NONE, |one| one.0);
    Coverage::of(signed).map(move |one| {
        let key = Key::new()
            .number(doctor)
            .day(one.span.to)
            .day(one.span.from)
            .number(household)
            .number(one.person.0);
        let key = match one.waiting {
            Some(since) => key.day(since),
            None => key.number(NONE),
        };
        key.number(agreement.id.0).bytes()
    })
}

/// Returns the keys of everybody the doctor covers on the day or later, from the first to before
/// the last; without a doctor, of those covered by nobody in particular.
pub fn range(doctor: Option<DoctorId>, day: Day) -> (Vec<u8>, Vec<u8>) {
    let own = Key::new().number(doctor.map_or(NONE, |one| one.0));
    (own.clone().day(day).bytes(), after_prefix(&own.bytes()))
}

/// Reads a key of that range; none where the coverage begins after the day.
pub fn read(key: &[u8], day: Day) -> Option<Covered> {
    let mut parts = Parts::of(key);
    parts.number()?;
    let to = parts.day()?;
    let from = parts.day().filter(|from| *from <= day)?;
    let household = Some(parts.number()?).filter(|id| *id != NONE);
    let person = PersonId(parts.number()?);
    Some(Covered {
        coverage: Coverage {
            person,
            span: Span { from, to },
            waiting: parts.day(),
        },
        household: household.map(HouseholdId),
    })
}
