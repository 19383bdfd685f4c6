//! When an agreement is signed, begins and ends (agreements §3, T03).

use crate::domain::{
    agreement::{
        around::Around,
        contract::{Agreement, Contents, Origin},
        refusal::Refusal,
        rules::START_AHEAD_DAYS,
        signed::Signing,
        state::State,
        term::{self, Term},
    },
    day::{Day, plus_days},
};

/// Returns the day of signing and the term, or everything wrong with them.
pub fn term(
    origin: &Origin,
    contents: &Contents,
    signing: &Signing,
    around: &Around<'_>,
    today: Day,
) -> Result<(Day, Term), Vec<Refusal>> {
    let mut found = Vec::new();
    let on = signing.on().unwrap_or(today);
    found.extend(signed_on(on, around, today).err());
    let reported = around.reported.filter(|reported| on <= *reported);
    if let Some(reported) = reported.filter(|_| signing.late_reason.trim().is_empty()) {
        found.push(Refusal::ClosedMonth { reported });
    }
    found.extend(years(contents, around).err());
    let start = start(origin, signing, on, around);
    if !found.is_empty() {
        found.extend(start.err());
        return Err(found);
    }
    let start = start.map_err(|refusal| vec![refusal])?;
    let years = contents.years;
    Ok((on, Term { start, years }))
}

/// Checks a day of signing: not after today, not too long ago.
pub fn signed_on(on: Day, around: &Around<'_>, today: Day) -> Result<(), Refusal> {
    let earliest = plus_days(today, -i64::from(around.rules.max_backdate_days));
    let latest = today;
    let is_right = earliest <= on && on <= latest;
    is_right
        .then_some(())
        .ok_or(Refusal::Date { earliest, latest })
}

/// Checks the years against those allowed to all covered members.
pub fn years(contents: &Contents, around: &Around<'_>) -> Result<(), Refusal> {
    let people = contents.covered.iter();
    let are_key: Vec<bool> = people
        .filter_map(|choice| around.person(choice.person))
        .map(|person| person.tags.is_key(around.rules.include_k11))
        .collect();
    let allowed = term::allowed(around.rules, &are_key);
    let years = contents.years;
    let is_allowed = allowed.contains(&years);
    is_allowed
        .then_some(())
        .ok_or(Refusal::Term { years, allowed })
}

fn start(origin: &Origin, signing: &Signing, on: Day, around: &Around<'_>) -> Result<Day, Refusal> {
    if let Origin::Renewal { of } = origin {
        let old = around.agreement(*of).and_then(Agreement::signed);
        let term = old.ok_or(Refusal::State { state: None })?.term;
        let start = term.next_start();
        return if signing.start.is_none_or(|told| told == start) {
            Ok(start)
        } else {
            let (earliest, latest) = (start, start);
            Err(Refusal::Start { earliest, latest })
        };
    }
    let start = signing.start.unwrap_or(on);
    let (earliest, latest) = (on, plus_days(on, START_AHEAD_DAYS));
    let is_right = earliest <= start && start <= latest;
    is_right
        .then_some(start)
        .ok_or(Refusal::Start { earliest, latest })
}

/// Checks that the agreements this one takes the place of can be replaced now (T10, T12), all
/// of them.
pub fn replaced(
    origin: &Origin,
    contents: &Contents,
    around: &Around<'_>,
    on: Day,
    start: Option<Day>,
) -> Vec<Refusal> {
    let check = |old: Option<&Agreement>| {
        let refused = |old: Option<&Agreement>| Refusal::State {
            state: old.map(Agreement::state),
        };
        let Some((agreement, signed)) = old.and_then(|one| one.signed().map(|s| (one, s))) else {
            return Err(refused(old));
        };
        if agreement.state() != State::Active || signed.term.end() < on {
            return Err(refused(old));
        }
        match origin {
            Origin::New | Origin::Automatic { .. } | Origin::BroughtIn => Ok(()),
            Origin::Renewal { .. } => {
                let first = signed.term.reminder(around.rules);
                (first <= on).then_some(()).ok_or(Refusal::Early { first })
            }
            Origin::Change { .. } => {
                let told = &agreement.contents;
                if told.doctor == contents.doctor && told.team == contents.team {
                    return Err(Refusal::SameDoctor);
                }
                let earliest = plus_days(signed.term.start, 1);
                let latest = signed.term.end();
                let is_right = start.is_none_or(|start| earliest <= start && start <= latest);
                is_right
                    .then_some(())
                    .ok_or(Refusal::Start { earliest, latest })
            }
        }
    };
    let replaced = origin.replaces().iter();
    replaced
        .filter_map(|old| check(around.agreement(*old)).err())
        .collect()
}
