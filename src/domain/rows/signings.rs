//! What was signed as it is kept by its day: one key for every agreement, with all the sums of a
//! year need; and what a person's agreements are found by, with how each covers him.

use crate::domain::{
    agreement::{
        contract::Agreement,
        register::Counted,
        signed::Signed,
        standing::{Days, Stand},
        state::State,
        term::Span,
    },
    day::{Day, plus_days},
    id::{AgreementId, DoctorId, HouseholdId, PersonId},
    tables::{Key, Parts},
};

/// Stands in place of what there is none of.
const NONE: u64 = 0;

/// An agreement in the order of its day of signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    pub agreement: AgreementId,
    pub on: Day,
    /// What sums count of it: nothing of what is void, or what a roster told of.
    pub counted: Option<Counted>,
    /// Whether a line of a register tells of it: of what a roster told none does.
    pub is_registered: bool,
}

/// Returns the key of a signed agreement.
pub fn key(agreement: &Agreement, signed: &Signed) -> Vec<u8> {
    let key = Key::new()
        .day(signed.on)
        .number(agreement.id.0)
        .small(u32::from(agreement.signed_here().is_some()));
    let key = match Counted::of(agreement) {
        Some(counted) => {
            let key = key
                .number(counted.doctor.map_or(NONE, |one| one.0))
                .number(counted.household.map_or(NONE, |one| one.0));
            let people = counted.people.iter();
            people.fold(key, |key, one| key.number(one.0))
        }
        None => key,
    };
    key.number(agreement.id.0).bytes()
}

/// Returns the keys of what was signed on these days, both included: from the first to before
/// the last.
pub fn range(from: Day, until: Day) -> (Vec<u8>, Vec<u8>) {
    let until = plus_days(until, 1);
    (Key::new().day(from).bytes(), Key::new().day(until).bytes())
}

/// Reads such a key.
pub fn read(key: &[u8]) -> Option<Signing> {
    let mut parts = Parts::of(key);
    let on = parts.day()?;
    let agreement = AgreementId(parts.number()?);
    let is_registered = parts.small()? != 0;
    let some = |id: u64| Some(id).filter(|id| *id != NONE);
    let mut numbers = parts.numbers();
    let counted = numbers.next().zip(numbers.next());
    let counted = counted.map(|(doctor, household)| Counted {
        agreement,
        on,
        doctor: some(doctor).map(DoctorId),
        household: some(household).map(HouseholdId),
        people: numbers.map(PersonId).collect(),
    });
    Some(Signing {
        agreement,
        on,
        counted,
        is_registered,
    })
}

/// An agreement as one of its people is concerned by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concern {
    pub person: PersonId,
    pub agreement: AgreementId,
    pub stand: Stand,
    /// The days it covers him on.
    pub covers: Option<Span>,
}

/// Returns the key by which one of its people finds the agreement; those of one person are in the
/// order of their ids.
pub fn concern_key(agreement: &Agreement, person: PersonId) -> Vec<u8> {
    let stand = agreement.stand();
    let days = stand.days.map(|days| [days.start, days.end, days.last]);
    let covers = agreement.coverage(person).map(|span| [span.from, span.to]);
    let key = Key::new()
        .number(person.0)
        .number(agreement.id.0)
        .small(u32::from(stand.state.code()))
        .small(u32::from(stand.has_notice));
    let key = all_or_none(key, days);
    let key = all_or_none(key, covers);
    key.number(agreement.id.0).bytes()
}

fn all_or_none<const N: usize>(key: Key, days: Option<[Day; N]>) -> Key {
    match days {
        Some(days) => days.into_iter().fold(key, Key::day),
        None => (0..N).fold(key, |key, _| key.number(NONE)),
    }
}

/// Reads such a key.
pub fn read_concern(key: &[u8]) -> Option<Concern> {
    let mut parts = Parts::of(key);
    let person = PersonId(parts.number()?);
    let agreement = AgreementId(parts.number()?);
    let state = u8::try_from(parts.small()?).ok()?;
    let state = State::from_code(state)?;
    let has_notice = parts.small()? != 0;
    let [start, end, last, from, to] = std::array::from_fn(|_| parts.day());
    let days = start.zip(end).zip(last);
    let days = days.map(|((start, end), last)| Days { start, end, last });
    let covers = from.zip(to).map(|(from, to)| Span { from, to });
    Some(Concern {
        person,
        agreement,
        stand: Stand {
            state,
            days,
            has_notice,
        },
        covers,
    })
}
