//! What each attempt asks, and the requests its answers make.

use std::collections::BTreeSet;

use super::{State, What};
use crate::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::happening::{DoneElsewhere, Evidence, Happening, LostReason, Measured, Missed},
        day::Day,
        programmes::ProgrammeKind,
        task::TaskKind,
        value::Decimal,
    },
    tui::{
        hand::Hand,
        widgets::questions::{Item, Questions},
        words::{attempt as words, happened},
    },
};

/// The reasons one can give; the third failed attempt finds its own.
const REASONS: [LostReason; 4] = [
    LostReason::WorkingAway,
    LostReason::MovedElsewhere,
    LostReason::Strayed,
    LostReason::Other,
];
const EVIDENCE: [Evidence; 3] = [Evidence::Paper, Evidence::Message, Evidence::ResidentsWord];

/// Something is missing or wrong; the prompt says what.
pub struct Unready;

/// Returns the questions of an attempt.
pub fn ask(state: &State, what: What, hand: &Hand<'_>) -> Questions {
    let look = hand.look;
    let today = hand.today().to_string();
    let mut items = Vec::new();
    let mut programmes: Vec<String> = state
        .programmes
        .iter()
        .map(|kind| look.say(kind.programme().short).to_owned())
        .collect();
    match what {
        What::NotAtHome | What::NoAnswer | What::Refused => {}
        What::Refuses => items.push(Item::choice(words::PROGRAMME, programmes, 0)),
        What::Lost => {
            if 1 < programmes.len() {
                programmes.insert(0, look.say(words::ALL).to_owned());
            }
            let reasons = REASONS.map(|reason| look.say(happened::lost(reason)).to_owned());
            items.push(Item::choice(words::REASON, reasons.to_vec(), 0));
            items.push(Item::choice(words::PROGRAMME, programmes, 0));
        }
        What::Moved => items.push(Item::text(words::TO, "")),
        What::Died => items.push(Item::text(words::CAUSE, "")),
        What::Elsewhere => {
            items.push(Item::choice(words::PROGRAMME, programmes, 0));
            items.push(Item::text(words::PLACE, ""));
            let known = EVIDENCE.map(|evidence| look.say(happened::evidence(evidence)).to_owned());
            items.push(Item::choice(words::EVIDENCE, known.to_vec(), 0));
            items.push(Item::plain(words::PRESSURE, ""));
            items.push(Item::plain(words::GLUCOSE, ""));
        }
    }
    if matches!(what, What::Moved | What::Died) && !state.heirs.is_empty() {
        let names = state.heirs.iter().map(|(_, name)| name.clone());
        items.push(Item::choice(words::NEW_HEAD, names.collect(), 0));
    }
    items.push(Item::plain(words::DAY, &today));
    Questions::of(items)
}

/// Returns the requests the answers make; what is wrong is said in the prompt.
pub fn commands(
    state: &State,
    what: What,
    prompt: &mut Questions,
    today: Day,
) -> Result<Vec<Command>, Unready> {
    let last = prompt.len().saturating_sub(1);
    let Some(on) = prompt.day(last, today) else {
        prompt.complain(last, words::BAD_DAY);
        return Err(Unready);
    };
    let contact = |happening| {
        let mut draft = ContactDraft::about(state.person, on);
        draft.happening = Some(happening);
        Command::RecordContact(Box::new(draft))
    };
    let kinds = state.kinds.clone();
    let heir = || state.heirs.get(prompt.choice(1)).map(|(id, _)| *id);
    Ok(vec![match what {
        What::NotAtHome => contact(not_reached(kinds, Missed::NotHome)),
        What::NoAnswer => contact(not_reached(kinds, Missed::NoAnswer)),
        What::Refused => contact(Happening::RefusedVisit { kinds }),
        What::Refuses => {
            let programme = programme(state, prompt.choice(0))?;
            contact(Happening::RefusedProgramme { programme })
        }
        What::Lost => {
            let reason = REASONS.get(prompt.choice(0)).copied();
            let reason = reason.unwrap_or(LostReason::Other);
            let of = |programme| contact(Happening::Lost { programme, reason });
            return Ok(lost_to(state, prompt.choice(1))
                .into_iter()
                .map(of)
                .collect());
        }
        What::Moved => Command::MoveOut {
            person: state.person,
            on,
            to: prompt.text(0).to_owned(),
            new_head: heir(),
        },
        What::Died => Command::RecordDeath {
            person: state.person,
            on,
            cause: prompt.text(0).to_owned(),
            new_head: heir(),
        },
        What::Elsewhere => {
            let mut draft = ContactDraft::about(state.person, today);
            draft.happening = Some(Happening::DoneElsewhere(elsewhere(state, prompt, on)?));
            Command::RecordContact(Box::new(draft))
        }
    }])
}

const fn not_reached(kinds: BTreeSet<TaskKind>, missed: Missed) -> Happening {
    Happening::NotReached {
        kinds,
        reason: None,
        missed: Some(missed),
    }
}

fn programme(state: &State, at: usize) -> Result<ProgrammeKind, Unready> {
    state.programmes.get(at).copied().ok_or(Unready)
}

/// Returns the programmes meant: of several, the first choice is all.
fn lost_to(state: &State, choice: usize) -> Vec<ProgrammeKind> {
    match (state.programmes.len(), choice) {
        (0 | 1, _) | (_, 0) => state.programmes.clone(),
        (_, at) => state.programmes.get(at - 1).copied().into_iter().collect(),
    }
}

fn elsewhere(state: &State, prompt: &mut Questions, on: Day) -> Result<DoneElsewhere, Unready> {
    let place = prompt.text(1).to_owned();
    let mut is_ready = !place.is_empty();
    if !is_ready {
        prompt.complain(1, words::MISSING);
    }
    let pressure = prompt.ascii(3);
    let pressure = match read_pressure(&pressure) {
        _ if pressure.is_empty() => None,
        Some(read) => Some(read),
        None => {
            prompt.complain(3, words::BAD_PRESSURE);
            is_ready = false;
            None
        }
    };
    let glucose = prompt.ascii(4);
    let fasting = match glucose.parse::<Decimal>() {
        _ if glucose.is_empty() => None,
        Ok(read) => Some(read),
        Err(_) => {
            prompt.complain(4, words::BAD_NUMBER);
            is_ready = false;
            None
        }
    };
    let programme = programme(state, prompt.choice(0))?;
    let evidence = EVIDENCE.get(prompt.choice(2)).copied();
    is_ready.then_some(()).ok_or(Unready)?;
    Ok(DoneElsewhere {
        programme,
        visit_day: on,
        place,
        evidence: evidence.unwrap_or(Evidence::ResidentsWord),
        measured: Measured {
            sbp: pressure.map(|(high, _)| high),
            dbp: pressure.map(|(_, low)| low),
            fbg: fasting,
            ..Measured::default()
        },
    })
}

/// Reads `138/86` or `138 86`.
fn read_pressure(text: &str) -> Option<(u32, u32)> {
    let (high, low) = text.split_once(['/', ' ', '-'])?;
    let read = |part: &str| part.trim().parse().ok().filter(|n| (20..=300).contains(n));
    Some((read(high)?, read(low)?))
}
