//! The one decision on an agreement: what was asked, on which facts, gives changes or refusals
//! (agreements §8). What is not listed there is refused with E-AGR-STATE.

mod draft;
mod ending;
mod members;
mod renewal;
mod roll;
mod sign;
mod void;

pub use self::sign::{check as check_signing, foreseen};

use chrono::Datelike;

use super::{
    action::Action,
    around::Around,
    change::{AgreementChanged, Change},
    contract::{Agreement, Sheet},
    number::AgreementNumber,
    refusal::Refusal,
    signed::Signed,
    state::{State, Transition},
};
use crate::domain::{day::Day, id::AgreementId};

/// What a decision gives: all changes together, or everything that stands against them.
pub type Outcome = Result<Vec<AgreementChanged>, Vec<Refusal>>;

/// Decides what an action on `agreement` changes today; none where it is to be begun.
pub fn decide(
    agreement: Option<&Agreement>,
    around: &Around<'_>,
    action: &Action,
    today: Day,
) -> Outcome {
    let Some(agreement) = agreement else {
        return match action {
            Action::Draft(proposal) => draft::begin(proposal, around, today),
            _ => Err(vec![Refusal::State { state: None }]),
        };
    };
    match action {
        Action::Draft(_) => refused(agreement),
        Action::Edit(contents) => draft::edit(agreement, contents, around, today),
        Action::Print {
            sheet,
            template,
            copies,
        } => match sheet {
            Sheet::Agreement => draft::print(agreement, (template, *copies), around, today),
            Sheet::Supplement(_) | Sheet::End => {
                draft::print_sheet(agreement, *sheet, (template, *copies), today)
            }
        },
        Action::Discard { reason } => draft::discard(agreement, reason, today),
        Action::Sign(signing) => sign::sign(agreement, signing, around, today),
        Action::Join(joining) => members::join(agreement, joining, around, today),
        Action::Leave {
            person,
            last_day,
            reason,
        } => members::leave(agreement, *person, (*last_day, reason), around, today),
        Action::Confirm(consent) => members::confirm(agreement, consent, around, today),
        Action::GiveNotice(notice) => ending::notice(agreement, notice, today),
        Action::WithdrawNotice { by, on, evidence } => {
            ending::withdraw(agreement, (*by, *on, evidence), around, today)
        }
        Action::SignEnding { side, signature } => ending::sign(agreement, *side, signature, today),
        Action::End { last_day, sheet } => ending::end(agreement, *last_day, sheet, today),
        Action::StopService { last_day, evidence } => {
            ending::stop(agreement, *last_day, evidence, today)
        }
        Action::Void(voiding) => void::void(agreement, voiding, around, today),
        Action::Doubt { cause } => void::doubt(agreement, cause),
        Action::ClearDoubt { finding } => void::clear(agreement, finding),
        Action::SpeakOfRenewal { on } => renewal::speak(agreement, *on, around, today),
        Action::NameActing { doctor } => renewal::acting(agreement, *doctor, around, today),
        Action::Roll => roll::roll(agreement, around, today),
    }
}

/// Refuses what the state does not allow.
fn refused(agreement: &Agreement) -> Outcome {
    Err(vec![wrong_state(agreement)])
}

fn wrong_state(agreement: &Agreement) -> Refusal {
    Refusal::State {
        state: Some(agreement.state()),
    }
}

/// Returns what was signed where the agreement is in one of these states.
fn signed_in<'a>(agreement: &'a Agreement, states: &[State]) -> Result<&'a Signed, Vec<Refusal>> {
    let signed = agreement.signed();
    let signed = signed.filter(|_| states.contains(&agreement.state()));
    signed.ok_or_else(|| vec![wrong_state(agreement)])
}

/// Refuses an empty text.
fn told(text: &str, field: super::refusal::Field) -> Result<(), Vec<Refusal>> {
    if text.trim().is_empty() {
        Err(vec![Refusal::Field(field)])
    } else {
        Ok(())
    }
}

/// Refuses a day outside `earliest`–`latest`.
fn within(day: Day, earliest: Day, latest: Day) -> Result<(), Vec<Refusal>> {
    let is_within = earliest <= day && day <= latest;
    is_within
        .then_some(())
        .ok_or_else(|| vec![Refusal::Date { earliest, latest }])
}

fn changed(
    agreement: AgreementId,
    transition: impl Into<Option<Transition>>,
    change: Change,
) -> AgreementChanged {
    AgreementChanged {
        agreement,
        transition: transition.into(),
        change,
    }
}

/// Returns the giving of a number, where the agreement has none and the village has its code.
fn number(
    agreement: AgreementId,
    given: Option<&AgreementNumber>,
    around: &Around<'_>,
    day: Day,
) -> Result<Option<AgreementChanged>, Refusal> {
    let (None, Some(village)) = (given, around.village) else {
        return Ok(None);
    };
    let last = around.serials.get(&day.year()).copied().unwrap_or_default();
    let number = AgreementNumber::after(village, day.year(), last);
    let number = number.ok_or(Refusal::NumbersUsedUp)?;
    Ok(Some(changed(agreement, None, Change::Numbered { number })))
}
