//! Members of a running agreement: T04 joining, T05 leaving, and the own word that confirms a
//! provisional consent (§5.3).

use super::{Outcome, changed, signed_in, told, within};
use crate::domain::{
    agreement::{
        action::Joining,
        around::Around,
        change::{AgreementChanged, Change},
        consent::{Consent, ConsentFault},
        contract::{Agreement, Choice, Origin},
        guard::{self, consents, dates, exclusive, parties},
        money,
        refusal::{Field, MemberFault, Refusal},
        signed::{ClosedBy, Closing, LeaveReason, Left, Member, Signed},
        state::{State, Transition},
        term::Span,
    },
    day::Day,
    id::PersonId,
};

/// T04
pub(super) fn join(
    agreement: &Agreement,
    joining: &Joining,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let signed = signed_in(agreement, &[State::Active])?;
    let found = check_joining(agreement, signed, joining, around, today);
    if !found.is_empty() {
        return Err(found);
    }
    let from = joining.consent.on.max(signed.term.start);
    let pages = signed.members.iter().map(|member| member.page);
    let member = Member {
        person: joining.person,
        from,
        left: None,
        consent: joining.consent.clone(),
        confirmed: None,
        promise: super::sign::promised(joining.person, &[], around),
        extras: Vec::new(),
        page: pages.max().unwrap_or_default() + 1,
        incapable: joining.incapable.clone(),
    };
    let joined = Change::MemberJoined(Box::new(member));
    Ok(vec![changed(agreement.id, Transition::T04, joined)])
}

fn check_joining(
    agreement: &Agreement,
    signed: &Signed,
    joining: &Joining,
    around: &Around<'_>,
    today: Day,
) -> Vec<Refusal> {
    let person = joining.person;
    let who = || guard::named(around, person);
    let mut found = Vec::new();
    let member = parties::member(agreement.scope, person, around).err();
    let present = signed.member(person).is_some_and(|one| one.left.is_none());
    let fault = member.or(present.then_some(MemberFault::Covered));
    found.extend(fault.map(|fault| Refusal::Member { who: who(), fault }));
    if joining.basic.is_none() {
        found.push(Refusal::NoBasicPackage { who: who() });
    }
    let consent = &joining.consent;
    let choice = Choice {
        person,
        basic: joining.basic,
        extras: Vec::new(),
        incapable: joining.incapable.clone(),
    };
    let given = Some(consent).filter(|consent| consent.person == person);
    found.extend(consents::of_member(&choice, given, around).err());
    found.extend(consents::evidence(agreement.id, &consent.evidence, around).err());
    found.extend(dates::signed_on(consent.on, around, today).err());
    let Some(days) = Span::new(consent.on.max(signed.term.start), signed.term.end()) else {
        let (earliest, latest) = (signed.term.start, signed.term.end());
        found.push(Refusal::Start { earliest, latest });
        return found;
    };
    let again = signed
        .coverage(person)
        .and_then(|before| before.shared(days));
    if again.is_some() && !present {
        found.push(Refusal::DoubleCover {
            who: who(),
            other: agreement.id,
        });
    }
    let wanted = exclusive::Wanted {
        own: &[agreement.id],
        scope: agreement.scope,
        contents: &agreement.contents,
        people: &[person],
        days,
    };
    found.extend(exclusive::check(&wanted, around));
    match parties::doctor(&agreement.contents, around, today) {
        Err(refusal) => found.push(refusal),
        Ok(doctor) => {
            let above = joining.above_cap.as_ref();
            found.extend(parties::cap(doctor, &[person], above, around).err());
        }
    }
    found
}

/// T05, and T13 when nobody is left. Where the term that follows was signed already, the member
/// leaves it, too.
pub(super) fn leave(
    agreement: &Agreement,
    person: PersonId,
    (last_day, reason): (Day, &LeaveReason),
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let signed = signed_in(agreement, Transition::T05.from())?;
    if signed.last_day() < today && signed.closing.is_some() {
        return super::refused(agreement);
    }
    let member = signed.member(person).filter(|one| one.left.is_none());
    let Some(member) = member else {
        let who = guard::named(around, person);
        let fault = MemberFault::NotCovered;
        return Err(vec![Refusal::Member { who, fault }]);
    };
    within(last_day, last_day.min(today), today)?;
    check_leaving(agreement, member, reason, around, today)?;
    let mut changes = left(agreement, signed, person, (last_day, reason));
    if let Some(ClosedBy::Renewed { by } | ClosedBy::Superseded { by }) =
        signed.closing.as_ref().map(|closing| &closing.by)
    {
        let next = around.agreement(*by);
        let next = next.and_then(|next| next.signed().map(|signed| (next, signed)));
        let next = next.filter(|(next, signed)| {
            let open = signed.member(person).is_some_and(|one| one.left.is_none());
            open && Transition::T05.from().contains(&next.state())
        });
        if let Some((next, signed)) = next {
            changes.extend(left(next, signed, person, (last_day, reason)));
        }
    }
    Ok(changes)
}

fn check_leaving(
    agreement: &Agreement,
    member: &Member,
    reason: &LeaveReason,
    around: &Around<'_>,
    today: Day,
) -> Result<(), Vec<Refusal>> {
    match reason {
        LeaveReason::Died | LeaveReason::OtherHousehold { .. } | LeaveReason::RecordedTwice => {
            Ok(())
        }
        LeaveReason::MovedOut { to } => told(to, Field::Destination),
        LeaveReason::OptsOut { signature } => {
            within(signature.on, member.consent.on, today)?;
            own_word(agreement, member, signature, around)
        }
    }
}

/// Checks a signature that must be the member's own, or the guardian's for a ward.
fn own_word(
    agreement: &Agreement,
    member: &Member,
    consent: &Consent,
    around: &Around<'_>,
) -> Result<(), Vec<Refusal>> {
    let choice = Choice {
        person: member.person,
        basic: None,
        extras: Vec::new(),
        incapable: member.incapable.clone(),
    };
    let given = Some(consent).filter(|consent| consent.person == member.person);
    let mut found: Vec<Refusal> = consents::of_member(&choice, given, around)
        .err()
        .into_iter()
        .collect();
    found.extend(consents::evidence(agreement.id, &consent.evidence, around).err());
    let is_ward = consent.kind == crate::domain::agreement::consent::ConsentKind::Guardian;
    if found.is_empty() && !consent.kind.is_own() && !is_ward {
        found.push(Refusal::Consent {
            who: guard::named(around, member.person),
            fault: ConsentFault::NotOwn,
        });
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

fn left(
    agreement: &Agreement,
    signed: &Signed,
    person: PersonId,
    (last_day, reason): (Day, &LeaveReason),
) -> Vec<AgreementChanged> {
    let own = signed.fees.iter().filter(|line| line.person == person);
    let left = Left {
        last_day,
        reason: reason.clone(),
        refunds: money::refunds(own, signed.term, last_day),
    };
    let change = Change::MemberLeft { person, left };
    let mut changes = vec![changed(agreement.id, Transition::T05, change)];
    let mut others = signed.members.iter().filter(|one| one.person != person);
    let is_open = Transition::T13.from().contains(&agreement.state());
    if is_open && others.all(|member| member.left.is_some()) {
        let closing = Closing {
            by: ClosedBy::NobodyLeft,
            last_day,
            refunds: Vec::new(),
        };
        changes.push(changed(
            agreement.id,
            Transition::T13,
            Change::Closed(closing),
        ));
    }
    changes
}

/// The own word of a member for whom the representative signed.
pub(super) fn confirm(
    agreement: &Agreement,
    consent: &Consent,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let signed = signed_in(agreement, &[State::Active, State::Ending, State::Renewed])?;
    let member = signed.member(consent.person);
    let Some(member) = member.filter(|member| member.is_unconfirmed()) else {
        let who = guard::named(around, consent.person);
        let fault = MemberFault::NotCovered;
        return Err(vec![Refusal::Member { who, fault }]);
    };
    within(consent.on, member.consent.on, today)?;
    own_word(agreement, member, consent, around)?;
    let confirmed = Change::MemberConfirmed(consent.clone());
    let mut changes = vec![changed(agreement.id, None, confirmed)];
    if agreement.origin == Origin::BroughtIn && member.promise.is_empty() {
        // Nothing was promised while nobody here had agreed to it.
        let promised = Change::Promised {
            person: member.person,
            lines: super::sign::promised(member.person, &[], around),
        };
        changes.push(changed(agreement.id, None, promised));
    }
    Ok(changes)
}
