//! Who is covered and on which days: all that counts need to know of an agreement's members.

use std::collections::BTreeSet;

use super::{rules::AgreementRules, signed::Signed, term::Span};
use crate::domain::{day::Day, id::PersonId};

/// Somebody covered by an agreement that is not void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    pub person: PersonId,
    pub span: Span,
    /// Since when the consent waits for his own word, where it does.
    pub waiting: Option<Day>,
}

impl Coverage {
    /// Returns everybody whom the agreement covers on some day, each once.
    pub fn of(signed: &Signed) -> impl Iterator<Item = Self> {
        let people: BTreeSet<PersonId> = signed.members.iter().map(|one| one.person).collect();
        people.into_iter().filter_map(|person| {
            let member = signed.member(person)?;
            Some(Self {
                person,
                span: signed.coverage(person)?,
                waiting: Some(member.consent.on).filter(|_| member.is_unconfirmed()),
            })
        })
    }

    /// Says whether it counts in the signing rate on the day (agreements §5.3).
    pub fn counts_on(&self, day: Day, rules: &AgreementRules) -> bool {
        let is_in_time = |since| day <= rules.provisional_until(since);
        self.span.holds(day) && self.waiting.is_none_or(is_in_time)
    }
}
