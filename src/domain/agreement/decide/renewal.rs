//! What keeps an agreement going: renewal spoken of, and who acts while the doctor has left.

use super::{Outcome, changed, signed_in, within};
use crate::domain::{
    agreement::{
        around::Around, change::Change, contract::Agreement, refusal::Refusal, signed::Renewal,
        state::State,
    },
    day::Day,
    id::DoctorId,
};

/// A contact with the representative that mentions renewal: it keeps the next automatic one
/// from being unconfirmed, or confirms one that was.
pub(super) fn speak(agreement: &Agreement, on: Day, around: &Around<'_>, today: Day) -> Outcome {
    let signed = signed_in(agreement, &[State::Active])?;
    let term = signed.term;
    let mut changes = Vec::new();
    let is_told = on <= today && signed.on <= on;
    if is_told && signed.renewal == Renewal::Unconfirmed {
        changes.push(changed(agreement.id, None, Change::RenewalConfirmed { on }));
    }
    let first = term.reminder(around.rules);
    if is_told && first <= on && on <= term.end() {
        changes.push(changed(agreement.id, None, Change::RenewalSpoken { on }));
    }
    if changes.is_empty() {
        within(on, first, term.end().min(today))?;
    }
    Ok(changes)
}

/// Who acts while the doctor of record serves no longer; the agreement itself goes on (§8).
pub(super) fn acting(
    agreement: &Agreement,
    doctor: DoctorId,
    around: &Around<'_>,
    today: Day,
) -> Outcome {
    signed_in(agreement, &[State::Active, State::Ending])?;
    let serves = |id: DoctorId| around.doctor(id).is_some_and(|one| one.serves_on(today));
    if agreement.contents.doctor.is_some_and(serves) {
        return Err(vec![Refusal::SignAnew]);
    }
    if !serves(doctor) {
        let name = around.doctor(doctor).map(|one| one.name.clone());
        let name = name.unwrap_or_else(|| doctor.to_string());
        return Err(vec![Refusal::Doctor { name }]);
    }
    Ok(vec![changed(
        agreement.id,
        None,
        Change::ActingNamed { doctor },
    )])
}
