//! One doctor a household, one coverage a person (agreements §2).

use super::named;
use crate::domain::{
    agreement::{
        around::Around,
        contract::{Agreement, Contents, Scope},
        refusal::Refusal,
        rules::Exclusive,
        term::Span,
    },
    id::{AgreementId, PersonId},
};

/// What is to be covered, by whom.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The agreement itself and those it takes the place of: they do not stand in the way.
    pub own: &'a [AgreementId],
    pub scope: Scope,
    pub contents: &'a Contents,
    pub people: &'a [PersonId],
    pub days: Span,
}

/// Finds every agreement that stands in the way.
pub fn check(wanted: &Wanted<'_>, around: &Around<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    let others = around.agreements.iter();
    for other in others.filter(|other| !wanted.own.contains(&other.id)) {
        if is_anothers(wanted, other, around) {
            found.push(Refusal::Exclusive { other: other.id });
        } else {
            found.extend(twice(wanted, other).map(|person| Refusal::DoubleCover {
                who: named(around, person),
                other: other.id,
            }));
        }
    }
    found
}

/// Returns who would be covered twice on some day.
fn twice<'a>(wanted: &'a Wanted<'_>, other: &'a Agreement) -> impl Iterator<Item = PersonId> + 'a {
    let people = wanted.people.iter().copied();
    people.filter(|person| {
        let covered = other.coverage(*person);
        covered.is_some_and(|days| days.shared(wanted.days).is_some())
    })
}

/// Says whether the household has another doctor, team, or agreement for the whole of it in
/// these days. What a unit signed for its people at work is not the household's.
fn is_anothers(wanted: &Wanted<'_>, other: &Agreement, around: &Around<'_>) -> bool {
    let (Some(ours), Some(_)) = (wanted.scope.household(), other.scope.household()) else {
        return false;
    };
    if around.rules.exclusive == Exclusive::Person {
        return false;
    }
    let Some(signed) = other.signed() else {
        return false;
    };
    let term = Span::new(signed.term.start, signed.last_day());
    let meets = term.is_some_and(|days| days.shared(wanted.days).is_some());
    if signed.voided.is_some() || !meets {
        return false;
    }
    let both_whole = matches!(
        (wanted.scope, other.scope),
        (Scope::Household(_), Scope::Household(_))
    );
    let is_same = other.scope.household() == Some(ours);
    let lives_here = |person: PersonId| {
        let household = around.person(person).map(|one| one.household);
        let covered = other.coverage(person);
        household == Some(ours) && covered.is_some_and(|days| days.shared(wanted.days).is_some())
    };
    let covers_ours = signed
        .members
        .iter()
        .any(|member| lives_here(member.person));
    let has_another_doctor = other.contents.doctor != wanted.contents.doctor
        || other.contents.team != wanted.contents.team;
    (is_same && both_whole) || (covers_ours && has_another_doctor)
}
