//! T15: an agreement that never was one; and the doubt that leads there or is cleared (§5.8).

use super::{Outcome, changed, signed_in, told};
use crate::domain::{
    agreement::{
        action::Voiding,
        approval::{Approval, Involved},
        around::Around,
        change::Change,
        contract::Agreement,
        guard::parties,
        money::{FeeLine, Fen, Refund},
        refusal::{Field, Refusal},
        signed::Voided,
        state::{State, Transition},
    },
    day::Day,
};

/// T15
pub(super) fn void(
    agreement: &Agreement,
    voiding: &Voiding,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    let signed = signed_in(agreement, Transition::T15.from())?;
    let doctor = agreement.contents.doctor.and_then(|id| around.doctor(id));
    let mut involved = vec![parties::by(around)];
    involved.extend(doctor.map(parties::of));
    let clinic = signed.signing.as_ref().and_then(|one| one.clinic.as_ref());
    involved.extend(clinic.map(|signature| Involved {
        staff: signature.staff,
        name: &signature.name,
    }));
    let approval = voiding.approval.as_ref();
    let approval = approval.filter(|one: &&Approval| {
        one.is_whole() && one.is_independent(&involved) && one.on <= today
    });
    let mut found: Vec<Refusal> = Vec::new();
    if approval.is_none() {
        found.push(Refusal::Approval);
    }
    found.extend(
        told(&voiding.reason, Field::Reason)
            .err()
            .into_iter()
            .flatten(),
    );
    let informed = voiding.informed.filter(|day| *day <= today);
    if informed.is_none() {
        found.push(Refusal::Field(Field::Informed));
    }
    let (Some(approval), Some(informed), true) = (approval, informed, found.is_empty()) else {
        return Err(found);
    };
    let paid = signed.fees.iter().filter(|line| Fen::ZERO < line.paid);
    let voided = Voided {
        finding: voiding.finding,
        reason: voiding.reason.clone(),
        approval: approval.clone(),
        on: today,
        informed,
        refunds: paid.map(whole).collect(),
    };
    let change = Change::Voided(Box::new(voided));
    Ok(vec![changed(agreement.id, Transition::T15, change)])
}

/// What never was an agreement has earned nothing.
fn whole(line: &FeeLine) -> Refund {
    Refund {
        year: line.year,
        person: line.person,
        package: line.package.clone(),
        amount: line.paid,
    }
}

const DOUBTED: &[State] = &[State::Active, State::Ending, State::Renewed];

/// 存疑
pub(super) fn doubt(agreement: &Agreement, cause: &str) -> Outcome {
    signed_in(agreement, DOUBTED)?;
    told(cause, Field::Reason)?;
    let cause = cause.to_owned();
    Ok(vec![changed(
        agreement.id,
        None,
        Change::DoubtRaised { cause },
    )])
}

/// 属实
pub(super) fn clear(agreement: &Agreement, finding: &str) -> Outcome {
    let signed = signed_in(agreement, DOUBTED)?;
    if signed.doubts.is_empty() {
        return super::refused(agreement);
    }
    told(finding, Field::Reason)?;
    let finding = finding.to_owned();
    let change = Change::DoubtCleared { finding };
    Ok(vec![changed(agreement.id, None, change)])
}
