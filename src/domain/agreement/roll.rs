//! Which days the roll has to make up, and which agreements a day concerns (agreements §9).
//!
//! What becomes of each is [`super::decide()`]'s; one transaction a missed day is the desk's.

use super::{contract::Agreement, rules::HELD_BACK_DAYS, state::State};
use crate::domain::{
    day::{Day, plus_days},
    id::AgreementId,
};

/// More days were missed than may be rolled before an administrator confirmed today's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    pub missed: i64,
}

/// Whether an administrator confirmed that today is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    AsTheClockSays,
    Confirmed,
}

/// Returns the days after `last` up to `today`, each to be rolled by itself, in date order.
pub fn days(
    last: Day,
    today: Day,
    told: Today,
) -> Result<impl Iterator<Item = Day> + use<>, HeldBack> {
    let missed = (today - last).num_days();
    if HELD_BACK_DAYS < missed && told == Today::AsTheClockSays {
        return Err(HeldBack { missed });
    }
    Ok((1..=missed).map(move |n| plus_days(last, n)))
}

/// Returns the agreements the beginning of `day` concerns, in the order of their ids: whose term
/// ended before it, or whose agreed last day did.
pub fn due<'a>(agreements: impl IntoIterator<Item = &'a Agreement>, day: Day) -> Vec<AgreementId> {
    let is_due = |agreement: &&Agreement| {
        let state = agreement.state();
        let runs = state == State::Active || state == State::Ending;
        let signed = agreement.signed().filter(|_| runs);
        signed.is_some_and(|signed| {
            let ending = signed.ending.as_ref();
            let agreed = ending.and_then(|ending| ending.agreed.as_ref());
            signed.term.end() < day || agreed.is_some_and(|sheet| sheet.last_day < day)
        })
    };
    let mut due: Vec<AgreementId> = agreements
        .into_iter()
        .filter(is_due)
        .map(|agreement| agreement.id)
        .collect();
    due.sort_unstable();
    due
}
