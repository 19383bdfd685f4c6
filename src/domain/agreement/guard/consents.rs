//! Consent and signatures: of every covered member, of the representative, of 甲方 (§5).

use super::named;
use crate::domain::{
    agreement::{
        around::Around,
        consent::{Consent, ConsentFault, Consenting, Wrong},
        contract::{Choice, Contents, Representative, Scope},
        refusal::{Refusal, RepresentativeFault},
        rules::Individual,
        signed::Signing,
    },
    id::AgreementId,
};

/// Checks everybody's consent and all signatures.
pub fn signing(
    id: AgreementId,
    scope: Scope,
    contents: &Contents,
    signing: &Signing,
    around: &Around<'_>,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    for choice in &contents.covered {
        let mut given = signing.consents.iter();
        let consent = given.find(|consent| consent.person == choice.person);
        found.extend(of_member(choice, consent, around).err());
    }
    found.extend(untold(scope, contents, around));
    found.extend(representative(contents, signing, around).err());
    let has_no_name = |name: &str| name.trim().is_empty();
    let clinic = signing.clinic.as_ref();
    let is_forbidden =
        contents.party_a.is_individual() && around.rules.individual == Individual::Forbidden;
    if is_forbidden || clinic.is_none_or(|signature| has_no_name(&signature.name)) {
        found.push(Refusal::ClinicUnsigned);
    }
    let numbers = signing.consents.iter().map(|consent| &consent.evidence);
    let numbers = numbers.chain(signing.representative.iter().map(|one| &one.evidence));
    let mut told = std::collections::BTreeSet::new();
    for number in numbers.filter(|number| told.insert(number.trim())) {
        found.extend(evidence(id, number, around).err());
    }
    found
}

/// Checks one member's consent.
pub fn of_member(
    choice: &Choice,
    consent: Option<&Consent>,
    around: &Around<'_>,
) -> Result<(), Refusal> {
    let who = || named(around, choice.person);
    let Some(consent) = consent else {
        let fault = ConsentFault::None;
        return Err(Refusal::Consent { who: who(), fault });
    };
    let person = around.person(choice.person);
    let guardian = consent.guardian.as_ref().and_then(|one| one.person);
    let guardian = guardian.and_then(|guardian| around.person(guardian));
    let asked = Consenting {
        years: person.and_then(|person| person.years(consent.on)),
        is_incapable: !choice.incapable.trim().is_empty(),
        staff: person.and_then(|person| person.staff),
        guardian_years: guardian.and_then(|guardian| guardian.years(consent.on)),
    };
    consent.check(&asked).map_err(|wrong| match wrong {
        Wrong::Consent(fault) => Refusal::Consent { who: who(), fault },
        Wrong::Guard(fault) => Refusal::Guard { who: who(), fault },
    })
}

/// Checks that the number serves no other agreement.
pub fn evidence(id: AgreementId, number: &str, around: &Around<'_>) -> Result<(), Refusal> {
    let number = number.trim();
    match around.evidence.get(number) {
        Some(other) if *other != id && !number.is_empty() => Err(Refusal::EvidenceUsed {
            number: number.to_owned(),
            other: *other,
        }),
        Some(_) | None => Ok(()),
    }
}

/// Finds resident members of a whole household who are neither covered nor left out.
fn untold(scope: Scope, contents: &Contents, around: &Around<'_>) -> Vec<Refusal> {
    let (Scope::Household(_), Some(home)) = (scope, around.home) else {
        return Vec::new();
    };
    let is_told = |person| {
        contents
            .covered
            .iter()
            .any(|choice| choice.person == person)
            || contents.left_out.iter().any(|left| left.person == person)
    };
    let is_here = |person| {
        around
            .person(person)
            .is_some_and(super::super::around::Resident::is_here)
    };
    let members = home.members.iter().copied();
    members
        .filter(|person| is_here(*person) && !is_told(*person))
        .map(|person| Refusal::Untold {
            who: named(around, person),
        })
        .collect()
}

fn representative(
    contents: &Contents,
    signing: &Signing,
    around: &Around<'_>,
) -> Result<(), Refusal> {
    let fault = Refusal::Representative(RepresentativeFault::NotSigned);
    let signature = signing.representative.as_ref();
    let signature =
        signature.filter(|one| one.kind.binds_household() && !one.evidence.trim().is_empty());
    let taker = signature.ok_or(fault.clone())?.taken_by;
    let own = match contents.representative {
        Some(Representative::Member(person)) => around.person(person).and_then(|one| one.staff),
        Some(Representative::Guardian { .. } | Representative::Contact { .. }) | None => None,
    };
    if own == Some(taker) {
        Err(fault)
    } else {
        Ok(())
    }
}
