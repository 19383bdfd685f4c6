//! Coverage ends with who is covered (T05, T13): death, moving away, another household. It is
//! written down in the entry that tells of it.

use super::{super::Pen, Done, about::About, gather, known};
use crate::{
    domain::{
        agreement::{
            action::Action, contract::Agreement, decide, signed::LeaveReason, state::State,
        },
        day::{Day, plus_days},
        event::Event,
        id::{HouseholdId, PersonId},
        refusal::HouseholdRefusal,
        tables::Read,
    },
    store,
};

/// The causes that put an agreement in doubt; stable, the words stand with the lists.
pub const CARD_CORRECTED: &str = "card_corrected";

/// Which agreements somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// All: the person died or lives here no longer.
    All,
    /// Those of a household; a unit's go on.
    Household(HouseholdId),
}

/// Ends the coverage of somebody who goes.
pub fn goes<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    from: From,
    on: Day,
    reason: &LeaveReason,
) -> Done {
    for row in known::of_person(pen.tables, person)? {
        let before = pending(pen, row.agreement);
        let is_left = match from {
            From::All => true,
            From::Household(household) => before.scope.household() == Some(household),
        };
        if !is_left || !is_running(&before, person, pen.facts.today) {
            continue;
        }
        let action = Action::Leave {
            person,
            last_day: on.min(pen.facts.today),
            reason: reason.clone(),
        };
        let today = pen.facts.today;
        let about = About::of(Some(&before), &action, today);
        let facts = gather::facts(pen.tables, pen.pending(), &about, pen.facts)?;
        match decide(Some(&before), &facts.around(), &action, today) {
            Ok(changes) => super::write(pen, &facts, Some(before), changes)?,
            Err(found) => return super::refuse(pen.tables, found),
        }
    }
    Ok(())
}

/// Returns the agreement as this request has left it so far.
fn pending<T>(pen: &Pen<'_, T>, mut agreement: Agreement) -> Agreement {
    for event in &pen.events {
        if let Event::AgreementChanged(changed) = event
            && changed.agreement == agreement.id
            && let Some(after) =
                crate::domain::agreement::change::apply(Some(agreement.clone()), changed)
        {
            agreement = after;
        }
    }
    agreement
}

/// Says whether the person is a member whose coverage has not ended yet.
fn is_running(agreement: &Agreement, person: PersonId, today: Day) -> bool {
    let Some(signed) = agreement.signed() else {
        return false;
    };
    let is_member = signed.member(person).is_some_and(|one| one.left.is_none());
    is_member
        && match agreement.state() {
            State::Active | State::Ending => true,
            State::Renewed | State::Superseded => today <= signed.last_day(),
            State::Draft | State::Printed | State::Terminated | State::Expired | State::Void => {
                false
            }
        }
}

/// What the household left behind signed covers who moves up to the day before.
pub fn moves<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    (from, to): (HouseholdId, HouseholdId),
    on: Day,
) -> Done {
    let reason = LeaveReason::OtherHousehold { to };
    goes(
        pen,
        person,
        From::Household(from),
        plus_days(on, -1),
        &reason,
    )
}

/// Refuses to end a household that has a running agreement (E-HH-AGR).
pub fn not_signed<T: Read<Fault = store::Error>>(pen: &Pen<'_, T>, household: HouseholdId) -> Done {
    let rows = known::of_household(pen.tables, household)?;
    let running = rows.iter().find(|row| {
        let state = row.agreement.state();
        state == State::Active || state == State::Ending
    });
    match running {
        Some(row) => Err(HouseholdRefusal::Agreement {
            household,
            agreement: row.agreement.id,
        }
        .into()),
        None => Ok(()),
    }
}

/// Raises the doubt of every running agreement that covers somebody whose card was corrected
/// in what was signed: it decides nothing anew.
pub fn corrected<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    fields: &[&str],
) -> Done {
    if fields.is_empty() {
        return Ok(());
    }
    for row in known::of_person(pen.tables, person)? {
        let before = row.agreement;
        if !is_running(&before, person, pen.facts.today) || before.state() == State::Superseded {
            continue;
        }
        let action = Action::Doubt {
            cause: format!("{CARD_CORRECTED} {person} {}", fields.join(" ")),
        };
        let today = pen.facts.today;
        let about = About::of(Some(&before), &action, today);
        let facts = gather::facts(pen.tables, pen.pending(), &about, pen.facts)?;
        if let Ok(changes) = decide(Some(&before), &facts.around(), &action, today) {
            super::write(pen, &facts, Some(before), changes)?;
        }
    }
    Ok(())
}
