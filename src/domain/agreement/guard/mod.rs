//! What must hold before an agreement is written, printed, signed or extended (agreements §8,
//! third column): one file a subject, each returning everything it finds.

pub mod consents;
pub mod dates;
pub mod exclusive;
pub mod fees;
pub mod parties;

use super::{around::Around, refusal::Named};
use crate::domain::id::PersonId;

/// Names a person in a refusal.
pub(super) fn named(around: &Around<'_>, person: PersonId) -> Named {
    Named {
        person,
        name: around.name(person),
    }
}
