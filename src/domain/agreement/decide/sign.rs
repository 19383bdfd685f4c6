//! Both sides sign: T03, with T10 or T12 for the agreements the new one takes the place of.

use std::collections::{BTreeMap, BTreeSet};

use super::{Outcome, changed, number, refused};
use crate::domain::{
    agreement::{
        around::Around,
        change::{AgreementChanged, Change},
        contract::{Agreement, Choice, Contents, Life, Origin},
        guard::{consents, dates, exclusive, fees, parties},
        money::{self, FeeLine},
        package::Package,
        promise::{self, Line},
        refusal::{Refusal, RepresentativeFault},
        signed::{ClosedBy, Closing, Member, Renewal, Signed, Signing},
        state::Transition,
        term::Term,
    },
    day::{Day, plus_days},
    id::{AgreementId, PersonId},
};

/// T03
pub(super) fn sign(
    agreement: &Agreement,
    signing: &Signing,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    match agreement.life {
        Life::Draft | Life::Printed => {}
        Life::Signed(_) | Life::Discarded { .. } => return refused(agreement),
    }
    let (on, term) = check(agreement, signing, around, today)?;
    let numbered = number(agreement.id, agreement.number.as_ref(), around, on);
    let mut changes: Vec<_> = numbered
        .map_err(|refusal| vec![refusal])?
        .into_iter()
        .collect();
    let signed = signed(&agreement.contents, signing, (on, term), around);
    let change = Change::Signed(Box::new(signed));
    changes.push(changed(agreement.id, Transition::T03, change));
    changes.extend(replacing(agreement, term, around));
    changes.extend(vouchers_used(agreement, on));
    Ok(changes)
}

/// Returns everything that stands against signing, or the day and the term.
pub fn check(
    agreement: &Agreement,
    signing: &Signing,
    around: &Around<'_>,
    today: Day,
) -> Result<(Day, Term), Vec<Refusal>> {
    let (scope, contents) = (agreement.scope, &agreement.contents);
    let mut found = parties::proposal(scope, contents, around, today);
    let on = signing.on().unwrap_or(today);
    let term = dates::term(&agreement.origin, contents, signing, around, today);
    let start = term.as_ref().ok().map(|(_, term)| term.start);
    found.extend(dates::replaced(
        &agreement.origin,
        contents,
        around,
        on,
        start,
    ));
    let representative = parties::representative(scope, contents, around, on);
    found.extend(representative.err().map(Refusal::Representative));
    let unsigned = Refusal::Representative(RepresentativeFault::NotSigned);
    let missing = contents.representative.is_none();
    let signatures = consents::signing(agreement.id, scope, contents, signing, around);
    found.extend(
        signatures
            .into_iter()
            .filter(|refusal| !(missing && *refusal == unsigned)),
    );
    found.extend(fees::packages(contents, around, start.unwrap_or(on)));
    found.extend(fees::lines(contents, around));
    found.extend(fees::vouchers(scope, contents, around, on));
    match term {
        Err(refusals) => found.extend(refusals),
        Ok((_, term)) => {
            found.extend(room(agreement, signing, term, around));
            if found.is_empty() {
                return Ok((on, term));
            }
        }
    }
    Err(found)
}

/// Checks that doctor and households have room for it: in service, exclusive, below the cap.
fn room(agreement: &Agreement, signing: &Signing, term: Term, around: &Around<'_>) -> Vec<Refusal> {
    let contents = &agreement.contents;
    let people: Vec<PersonId> = contents.covered.iter().map(|one| one.person).collect();
    let replaced = agreement.origin.replaces().iter().copied();
    let own: Vec<AgreementId> = replaced.chain([agreement.id]).collect();
    let wanted = exclusive::Wanted {
        own: &own,
        scope: agreement.scope,
        contents,
        people: &people,
        days: term.span(),
    };
    let mut found = exclusive::check(&wanted, around);
    match parties::doctor(contents, around, term.start) {
        // A doctor out of service today was found before.
        Err(_) => {}
        Ok(doctor) => {
            let above = signing.above_cap.as_ref();
            found.extend(parties::cap(doctor, &people, above, around).err());
        }
    }
    found
}

fn signed(
    contents: &Contents,
    signing: &Signing,
    (on, term): (Day, Term),
    around: &Around<'_>,
) -> Signed {
    let member = |choice: &Choice| {
        let consent = signing
            .consents
            .iter()
            .find(|consent| consent.person == choice.person)?;
        Some(Member {
            person: choice.person,
            from: term.start,
            left: None,
            consent: consent.clone(),
            confirmed: None,
            promise: promised(choice.person, &choice.extras, around),
            extras: choice.extras.clone(),
            page: 0,
            incapable: choice.incapable.clone(),
        })
    };
    let people = contents.covered.iter().map(|choice| choice.person);
    let mut lines = fees::basic(people, term.years, around);
    lines.extend(contents.fees.iter().cloned());
    Signed {
        on,
        term,
        signing: Some(Box::new(signing.clone())),
        members: contents.covered.iter().filter_map(member).collect(),
        fees: lines,
        spoken: BTreeSet::new(),
        renewal: Renewal::Confirmed,
        doubts: Vec::new(),
        acting: None,
        ending: None,
        closing: None,
        voided: None,
    }
}

/// Returns what signing would promise each member and the lines of every fee, for the papers
/// that are printed before it.
pub fn foreseen(
    contents: &Contents,
    around: &Around<'_>,
) -> (BTreeMap<PersonId, Vec<Line>>, Vec<FeeLine>) {
    let covered = contents.covered.iter();
    let people = covered.clone().map(|choice| choice.person);
    let mut lines = fees::basic(people, contents.years, around);
    lines.extend(contents.fees.iter().cloned());
    let promises = covered.map(|choice| {
        let promise = promised(choice.person, &choice.extras, around);
        (choice.person, promise)
    });
    (promises.collect(), lines)
}

/// Returns the contract lines of a member: the basic package and the value-added ones chosen.
pub(super) fn promised(person: PersonId, extras: &[String], around: &Around<'_>) -> Vec<Line> {
    let resident = around.person(person);
    let basic = resident.map(|one| promise::basic(&one.programmes, one.degrees));
    let is_chosen = |package: &&Package| extras.contains(&package.code);
    let chosen = around.packages.iter().filter(is_chosen);
    let extra = chosen.flat_map(promise::extra);
    basic.unwrap_or_default().into_iter().chain(extra).collect()
}

/// Returns the ends of the agreements the new one takes the place of.
fn replacing(agreement: &Agreement, term: Term, around: &Around<'_>) -> Vec<AgreementChanged> {
    let end = |old: &AgreementId| {
        let before = around.agreement(*old)?.signed()?;
        let by = agreement.id;
        let (way, closed_by, last_day) = match agreement.origin {
            Origin::Renewal { .. } => {
                (Transition::T10, ClosedBy::Renewed { by }, before.term.end())
            }
            Origin::Change { .. } => {
                let last_day = plus_days(term.start, -1);
                (Transition::T12, ClosedBy::Superseded { by }, last_day)
            }
            Origin::New | Origin::Automatic { .. } | Origin::BroughtIn => return None,
        };
        let closing = Closing {
            by: closed_by,
            last_day,
            refunds: money::refunds(&before.fees, before.term, last_day),
        };
        Some(changed(*old, way, Change::Closed(closing)))
    };
    let replaced = agreement.origin.replaces().iter();
    replaced.filter_map(end).collect()
}

fn vouchers_used(agreement: &Agreement, on: Day) -> Vec<AgreementChanged> {
    let lines = agreement.contents.fees.iter();
    let numbers = lines.flat_map(fees::deductions);
    let numbers = numbers.map(|(_, deduction)| deduction.number.trim());
    numbers
        .filter(|number| !number.is_empty())
        .map(|number| {
            let number = number.to_owned();
            changed(agreement.id, None, Change::VoucherUsed { number, on })
        })
        .collect()
}
