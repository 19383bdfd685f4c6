//! What a day itself brings to one agreement: T08 on the agreed day, T09 or T11 on the day after
//! the end (agreements §9). Nothing to do is no refusal.

use std::collections::BTreeSet;

use super::{Outcome, changed, ending, number, sign};
use crate::domain::{
    agreement::{
        around::Around,
        change::{AgreementChanged, Change},
        contract::{Agreement, Contents, Origin},
        guard::{exclusive, fees, parties},
        refusal::Refusal,
        rules::AutoRenew,
        signed::{ClosedBy, Member, NotRenewed, Renewal, Signed},
        state::{State, Transition},
        term::Term,
    },
    day::Day,
    id::PersonId,
};

/// Rolls the agreement over the beginning of `day`, as if it were done on that day.
pub(super) fn roll(agreement: &Agreement, around: &Around<'_>, day: Day) -> Outcome {
    let running = agreement.signed().filter(|_| {
        let state = agreement.state();
        state == State::Active || state == State::Ending
    });
    let Some(signed) = running else {
        return Ok(Vec::new());
    };
    let sheet = signed.ending.as_ref().and_then(|one| one.agreed.as_ref());
    if let Some(sheet) = sheet.filter(|sheet| sheet.last_day < day) {
        let by = ClosedBy::BothSigned {
            sheet: sheet.sheet.clone(),
        };
        let change = ending::closed(signed, by, sheet.last_day);
        return Ok(vec![changed(agreement.id, Transition::T08, change)]);
    }
    if day <= signed.term.end() {
        return Ok(Vec::new());
    }
    if signed.ending.is_some() {
        let reasons = BTreeSet::from([NotRenewed::EndUnsigned]);
        return Ok(vec![expired(agreement, signed, reasons)]);
    }
    let people = staying(signed, agreement, around);
    let reasons = against(agreement, signed, &people, around);
    if !reasons.is_empty() {
        return Ok(vec![expired(agreement, signed, reasons)]);
    }
    renewed(agreement, signed, &people, around)
}

fn expired(
    agreement: &Agreement,
    signed: &Signed,
    reasons: BTreeSet<NotRenewed>,
) -> AgreementChanged {
    let by = ClosedBy::NotRenewed { reasons };
    let change = ending::closed(signed, by, signed.term.end());
    changed(agreement.id, Transition::T11, change)
}

/// Returns the members who are covered to the end and still belong to it.
fn staying(signed: &Signed, agreement: &Agreement, around: &Around<'_>) -> Vec<PersonId> {
    let present = signed.members.iter().filter(|one| one.left.is_none());
    present
        .map(|member| member.person)
        .filter(|person| parties::member(agreement.scope, *person, around).is_ok())
        .collect()
}

fn next_term(signed: &Signed) -> Term {
    Term {
        start: signed.term.next_start(),
        years: signed.term.years,
    }
}

/// Returns what stands against renewing by itself (T09).
fn against(
    agreement: &Agreement,
    signed: &Signed,
    people: &[PersonId],
    around: &Around<'_>,
) -> BTreeSet<NotRenewed> {
    let mut reasons = BTreeSet::new();
    let term = next_term(signed);
    if around.rules.auto_renew == AutoRenew::Off {
        reasons.insert(NotRenewed::Off);
    }
    let has_home = match agreement.scope.household() {
        Some(id) => around
            .home
            .is_some_and(|home| home.id == id && home.ended.is_none()),
        None => around.unit.is_some(),
    };
    let is_told = agreement.origin == Origin::BroughtIn;
    let mut members = signed.members.iter();
    if is_told && members.all(Member::is_unconfirmed) {
        reasons.insert(NotRenewed::NeverConfirmed);
    }
    if people.is_empty() || !has_home {
        reasons.insert(NotRenewed::NobodyHere);
    }
    match parties::doctor(&agreement.contents, around, term.start) {
        Err(_) => {
            reasons.insert(NotRenewed::DoctorLeft);
        }
        Ok(doctor) => {
            if parties::cap(doctor, people, None, around).is_err() {
                reasons.insert(NotRenewed::Cap);
            }
        }
    }
    let wanted = exclusive::Wanted {
        own: &[agreement.id],
        scope: agreement.scope,
        contents: &agreement.contents,
        people,
        days: term.span(),
    };
    if !exclusive::check(&wanted, around).is_empty() {
        reasons.insert(NotRenewed::NotExclusive);
    }
    reasons
}

/// T09: the same years, the same members still here, the basic package alone, a number of its
/// own.
fn renewed(
    agreement: &Agreement,
    signed: &Signed,
    people: &[PersonId],
    around: &Around<'_>,
) -> Outcome {
    let term = next_term(signed);
    let id = around.next;
    let contents: Contents = signed.continued(&agreement.contents, people);
    let drafted = Change::Drafted {
        scope: agreement.scope,
        origin: Origin::Automatic { of: agreement.id },
        contents: Box::new(contents),
    };
    let mut changes = vec![changed(id, None, drafted)];
    let numbered = number(id, None, around, term.start);
    changes.extend(numbered.map_err(|refusal: Refusal| vec![refusal])?);
    let first = signed.term.reminder(around.rules);
    let was_spoken_of = signed.spoken.iter().any(|day| first <= *day);
    let members = signed.members.iter().filter(|one| one.left.is_none());
    let next = Signed {
        on: term.start,
        term,
        signing: None,
        members: members
            .filter(|member| people.contains(&member.person))
            .map(|member| continued(member, term, around))
            .collect(),
        fees: fees::basic(people.iter().copied(), term.years, around),
        spoken: BTreeSet::new(),
        renewal: if was_spoken_of {
            Renewal::Confirmed
        } else {
            Renewal::Unconfirmed
        },
        doubts: signed.doubts.clone(),
        acting: signed.acting,
        ending: None,
        closing: None,
        voided: None,
    };
    let signed_change = Change::Signed(Box::new(next));
    changes.push(changed(id, Transition::T09, signed_change));
    let end = ending::closed(signed, ClosedBy::Renewed { by: id }, signed.term.end());
    changes.push(changed(agreement.id, Transition::T09, end));
    Ok(changes)
}

fn continued(member: &Member, term: Term, around: &Around<'_>) -> Member {
    Member {
        from: term.start,
        promise: sign::promised(member.person, &[], around),
        extras: Vec::new(),
        page: 0,
        ..member.clone()
    }
}
