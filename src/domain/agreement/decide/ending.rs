//! How an agreement ends before its time: T06 notice, T07 withdrawn, the two signatures, T08,
//! and T13 when the institution stops.

use super::{Outcome, changed, signed_in, told, within};
use crate::domain::{
    agreement::{
        around::Around,
        change::Change,
        contract::Agreement,
        money,
        refusal::{Field, Refusal},
        signed::{ClosedBy, Closing, EndSheet, Ending, Notice, Side, Signature, Signed},
        state::{State, Transition},
    },
    day::Day,
    id::PersonId,
};

/// T06
pub(super) fn notice(agreement: &Agreement, notice: &Notice, today: Day) -> Outcome {
    let closing = agreement
        .signed()
        .and_then(|signed| signed.closing.as_ref());
    if let Some(ClosedBy::Renewed { by }) = closing.map(|closing| &closing.by) {
        return Err(vec![Refusal::Late { next: Some(*by) }]);
    }
    let signed = signed_in(agreement, Transition::T06.from())?;
    if signed.term.end() < notice.on {
        return Err(vec![Refusal::Late { next: None }]);
    }
    within(notice.on, signed.term.start, signed.term.end().min(today))?;
    let change = Change::NoticeGiven(notice.clone());
    Ok(vec![changed(agreement.id, Transition::T06, change)])
}

fn ending(agreement: &Agreement) -> Result<(&Signed, &Ending), Vec<Refusal>> {
    let signed = signed_in(agreement, &[State::Ending])?;
    let ending = signed.ending.as_ref();
    let ending = ending.ok_or_else(|| vec![super::wrong_state(agreement)])?;
    Ok((signed, ending))
}

/// T07
pub(super) fn withdraw(
    agreement: &Agreement,
    (by, on, evidence): (PersonId, Day, &str),
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let (signed, ending) = ending(agreement)?;
    let agreed = ending.agreed.as_ref().map(|sheet| sheet.last_day);
    let effective = agreed.unwrap_or(signed.term.end());
    if effective <= on {
        return Err(vec![Refusal::Late { next: None }]);
    }
    within(on, ending.notice.on, today)?;
    let head = around.home.and_then(|home| home.head);
    if by != ending.notice.by && Some(by) != head {
        return Err(vec![Refusal::NotTheirs]);
    }
    told(evidence, Field::Evidence)?;
    let evidence = evidence.to_owned();
    let change = Change::NoticeWithdrawn { by, on, evidence };
    Ok(vec![changed(agreement.id, Transition::T07, change)])
}

/// One side's signature on the end sheet.
pub(super) fn sign(
    agreement: &Agreement,
    side: Side,
    signature: &Signature,
    today: Day,
) -> Outcome {
    let (_, ending) = ending(agreement)?;
    if ending.agreed.is_some() {
        return super::refused(agreement);
    }
    told(&signature.name, Field::Evidence)?;
    within(signature.on, ending.notice.on, today)?;
    let signature = signature.clone();
    let change = Change::EndingSigned { side, signature };
    Ok(vec![changed(agreement.id, None, change)])
}

/// T08 where the last day has come; before it, the day is agreed and the roll ends it.
pub(super) fn end(agreement: &Agreement, last_day: Day, sheet: &str, today: Day) -> Outcome {
    let (signed, ending) = ending(agreement)?;
    let sides = [
        (Side::Resident, ending.resident.is_none()),
        (Side::Clinic, ending.clinic.is_none()),
    ];
    let missing: Vec<Side> = sides
        .into_iter()
        .filter_map(|(side, is_missing)| is_missing.then_some(side))
        .collect();
    if !missing.is_empty() {
        return Err(vec![Refusal::NotBothSigned { missing }]);
    }
    within(last_day, ending.notice.on, signed.term.end())?;
    told(sheet, Field::Sheet)?;
    let sheet = sheet.to_owned();
    if today < last_day {
        let change = Change::EndingAgreed(EndSheet { last_day, sheet });
        return Ok(vec![changed(agreement.id, None, change)]);
    }
    Ok(vec![changed(
        agreement.id,
        Transition::T08,
        closed(signed, ClosedBy::BothSigned { sheet }, last_day),
    )])
}

/// Returns the end with what is to be given back.
pub(super) fn closed(signed: &Signed, by: ClosedBy, last_day: Day) -> Change {
    let is_here = |line: &&money::FeeLine| {
        let member = signed.member(line.person);
        member.is_some_and(|member| member.left.is_none())
    };
    let lines = signed.fees.iter().filter(is_here);
    Change::Closed(Closing {
        by,
        last_day,
        refunds: money::refunds(lines, signed.term, last_day),
    })
}

/// T13: the institution stops the service.
pub(super) fn stop(agreement: &Agreement, last_day: Day, evidence: &str, today: Day) -> Outcome {
    let signed = signed_in(agreement, Transition::T13.from())?;
    told(evidence, Field::Evidence)?;
    within(last_day, signed.on, signed.term.end().min(today))?;
    let evidence = evidence.to_owned();
    Ok(vec![changed(
        agreement.id,
        Transition::T13,
        closed(signed, ClosedBy::ServiceStopped { evidence }, last_day),
    )])
}
