//! What follow-up owes to facts outside it: a programme of the household is kept with its
//! head, and a programme whose ground is gone ends (rules §14, §18).

use super::{Pen, agreement, contact};
use crate::{
    desk::{Stop, request::ContactDraft},
    domain::{
        course::{
            ProgrammeCourse,
            happening::{EndReason, Happening, TakenOver},
        },
        day::Day,
        household::Household,
        id::PersonId,
        person::{Person, key},
        programmes::{Facts, ProgrammeKind},
        proposal::{is_disabled, need_of},
        tables::Read,
        value::Answers,
    },
    store,
};

type Done = Result<(), Stop>;

/// The programme of the household.
const HOUSEHOLDS: ProgrammeKind = ProgrammeKind::Poverty;

/// The household's programme goes on with another member, its dates kept.
pub fn hand_on<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    from: PersonId,
    to: Option<PersonId>,
    on: Day,
) -> Done {
    let from = pen.person(from)?;
    let (Some(kept), Some(to)) = (open(pen, &from, HOUSEHOLDS)?, to) else {
        return Ok(());
    };
    if to == from.id {
        return Ok(());
    }
    // Not before what was done last: what is done stays where it was done.
    let last = kept.last.as_ref().map_or(kept.entered, |last| last.day);
    let day = on.max(kept.entered).max(last).min(pen.facts.today);
    take_over(pen, &from, to, day, kept)?;
    leave(pen, from.id, HOUSEHOLDS, EndReason::HandedOn, day)
}

fn take_over<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    from: &Person,
    to: PersonId,
    day: Day,
    kept: ProgrammeCourse,
) -> Done {
    let to = pen.person(to)?;
    if open(pen, &to, HOUSEHOLDS)?.is_some() {
        return Ok(());
    }
    let taken = TakenOver {
        programme: HOUSEHOLDS,
        from: from.id,
        entered: kept.entered,
        status: kept.status,
        slot: kept.slot,
        attempts: kept.attempts,
        last: kept.last,
        facts: kept.facts,
    };
    record(pen, to.id, day, Happening::TakenOver(Box::new(taken)))
}

/// Somebody came from a household that is no more: its programme goes on with the new
/// household's head where that one is watched too, else it ends.
pub fn settle_in<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    home: &Household,
    on: Day,
) -> Done {
    let newcomer = pen.person(person)?;
    let Some(mut kept) = open(pen, &newcomer, HOUSEHOLDS)? else {
        return Ok(());
    };
    let last = kept.last.as_ref().map_or(kept.entered, |last| last.day);
    let day = on.max(kept.entered).max(last).min(pen.facts.today);
    match (need_of(&home.card), home.head) {
        (Some(need), Some(head)) => {
            kept.facts = Facts::Household(need);
            if !is_visited(pen, home)? {
                take_over(pen, &newcomer, head, day, kept)?;
            }
            leave(pen, person, HOUSEHOLDS, EndReason::HandedOn, day)
        }
        _ => leave(pen, person, HOUSEHOLDS, EndReason::GroundGone, day),
    }
}

fn is_visited<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    home: &Household,
) -> Result<bool, Stop> {
    for member in &home.members {
        let member = pen.person(*member)?;
        if open(pen, &member, HOUSEHOLDS)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The household's card is to be `card`: nobody is visited for a type it no longer has.
pub fn household_changed<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    before: &Household,
    card: &Answers,
) -> Done {
    if need_of(card).is_some() || need_of(&before.card).is_none() {
        return Ok(());
    }
    for member in before.members.clone() {
        ground_gone(pen, member, HOUSEHOLDS)?;
    }
    Ok(())
}

/// The person's card or tags are to be as in `after`: nobody is visited for a disability
/// that is no longer told.
pub fn card_changed<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    before: &Person,
    after: &Person,
) -> Done {
    if is_disabled(before) && !is_disabled(after) {
        ground_gone(pen, before.id, ProgrammeKind::Disabled)?;
    }
    let corrected: Vec<&str> = SIGNED_FIELDS
        .iter()
        .filter(|field| {
            let was = before.card.get(**field);
            was.is_some() && was != after.card.get(**field)
        })
        .copied()
        .collect();
    agreement::leaving::corrected(pen, before.id, &corrected)
}

/// What of a card stands on the agreement that was signed.
const SIGNED_FIELDS: &[&str] = &[key::NAME, key::SEX, key::BIRTH, key::ID_NO];

fn ground_gone<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    programme: ProgrammeKind,
) -> Done {
    let person = pen.person(person)?;
    if open(pen, &person, programme)?.is_none() {
        return Ok(());
    }
    let today = pen.facts.today;
    leave(pen, person.id, programme, EndReason::GroundGone, today)
}

/// Returns the programme of a person here, while it goes on.
fn open<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
    programme: ProgrammeKind,
) -> Result<Option<ProgrammeCourse>, Stop> {
    if !person.is_here() {
        return Ok(None);
    }
    let mut course = contact::course_now(pen, person)?;
    let kept = course.programmes.remove(&programme);
    let is_over = course.ended.is_some();
    Ok(kept.filter(|kept| kept.is_open() && !is_over))
}

fn leave<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    programme: ProgrammeKind,
    why: EndReason,
    day: Day,
) -> Done {
    let programme = Some(programme);
    record(pen, person, day, Happening::Left { programme, why })
}

fn record<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    day: Day,
    happening: Happening,
) -> Done {
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person, day)
    };
    contact::record(pen, &draft).map(|_| ())
}
