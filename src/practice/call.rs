//! What happens when the clinic calls on a person: a visit, nobody at home, a refusal, a referral
//! asked after, a pressure taken.
//!
//! It draws the facts of the contact; what follows from them the desk decides.

use std::collections::BTreeSet;

use super::{
    latent::Reading,
    pace::Pace,
    places::Area,
    sheet::Sheet,
    walker::{Walker, is_walked},
};
use crate::{
    catalog::Catalog,
    desk::request::ContactDraft,
    domain::{
        course::happening::{
            DoneElsewhere, Evidence, Happening, LostReason, Measured, Missed, ReferralResult,
        },
        day::{Day, plus_days},
        programmes::ProgrammeKind,
        task::{Mode, Task, TaskKind},
        value::{Decimal, Value},
        window::WindowCode,
    },
};

/// Of a thousand visits, how many are entered with a slip.
const SLIPS: u32 = 5;

/// Where else people are followed up.
const ELSEWHERE: &str = "清水镇中心卫生院";

/// Draws the contact of a day; none where nothing is open or nobody minds waiting.
pub fn draw(walker: &mut Walker, day: Day, pace: &Pace, catalog: &Catalog) -> Option<ContactDraft> {
    let open: Vec<Task> = walker
        .tasks(day)
        .into_iter()
        .filter(|task| task.earliest <= day && is_walked(task))
        .collect();
    let has = |kind| open.iter().any(|task| task.kind == kind);
    let follows = open.iter().any(|task| is_follow_up(task.kind));
    if has(TaskKind::ReferralCheck) {
        let is_last = pace.asks_nobody_after(plus_days(day, 1));
        return referral(walker, day, (&open, is_last), catalog);
    }
    if follows {
        return follow_up(walker, day, &open, catalog);
    }
    has(TaskKind::BpScreen)
        .then(|| screening(walker, day, catalog))
        .flatten()
}

const fn is_follow_up(kind: TaskKind) -> bool {
    matches!(
        kind,
        TaskKind::HtnVisit | TaskKind::DmVisit | TaskKind::Trace
    )
}

fn told(walker: &Walker, day: Day, happening: Happening) -> ContactDraft {
    ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(walker.person, day)
    }
}

/// The programmes with a form that this day's visit serves.
pub fn programmes(walker: &Walker, day: Day) -> Vec<ProgrammeKind> {
    [ProgrammeKind::Htn, ProgrammeKind::Dm]
        .into_iter()
        .filter(|kind| {
            let course = walker.course.programmes.get(kind);
            let is_open = course.is_some_and(|course| {
                course.is_open() && course.last.as_ref().is_none_or(|last| last.day < day)
            });
            is_open && walker.course.slot(*kind).is_some_and(|t| t.earliest <= day)
        })
        .collect()
}

fn kinds(open: &[Task]) -> BTreeSet<TaskKind> {
    let kinds = open.iter().map(|task| task.kind);
    kinds
        .filter(|kind| is_follow_up(*kind) || *kind == TaskKind::ReferralCheck)
        .collect()
}

fn is_reached(walker: &mut Walker, day: Day) -> bool {
    if 0 < walker.misses {
        walker.misses -= 1;
        return false;
    }
    if walker.is_away(day) {
        return walker.chance.holds(180);
    }
    !walker.patient.latent.is_not_home(day, &mut walker.chance)
}

fn not_reached(walker: &Walker, day: Day, open: &[Task]) -> ContactDraft {
    let is_away = walker.is_away(day) || walker.patient.latent.is_away(day);
    let happening = Happening::NotReached {
        kinds: kinds(open),
        reason: is_away.then_some(LostReason::WorkingAway),
        missed: Some(if is_away {
            Missed::NoAnswer
        } else {
            Missed::NotHome
        }),
    };
    told(walker, day, happening)
}

/// Asks after a referral: by telephone, or on a visit that measures again. The last one asked
/// after has mostly not gone yet: such a one there always is.
fn referral(
    walker: &mut Walker,
    day: Day,
    (open, is_last): (&[Task], bool),
    catalog: &Catalog,
) -> Option<ContactDraft> {
    let programmes = programmes(walker, day);
    let by_visit = !is_last && !programmes.is_empty() && walker.chance.holds(350);
    if by_visit && is_reached(walker, day) {
        let result = Some(ReferralResult::Attended);
        return visit(walker, day, &programmes, (Mode::Clinic, result), catalog);
    }
    let result = match walker.chance.between(1, 100) {
        ..=75 if is_last => ReferralResult::NotAttended,
        ..=82 => ReferralResult::Attended,
        83..=86 => ReferralResult::InHospital,
        87..=93 => ReferralResult::NotAttended,
        _ => ReferralResult::Unreachable,
    };
    let task = open.iter().find(|t| t.kind == TaskKind::ReferralCheck)?;
    // Who was told twice has gone by then.
    let result = if 20 < (day - task.first_due).num_days() {
        ReferralResult::Attended
    } else {
        result
    };
    let mode = Mode::Phone;
    Some(told(
        walker,
        day,
        Happening::ReferralChecked { result, mode },
    ))
}

fn follow_up(
    walker: &mut Walker,
    day: Day,
    open: &[Task],
    catalog: &Catalog,
) -> Option<ContactDraft> {
    let programmes = programmes(walker, day);
    let first = *programmes.first()?;
    if !is_reached(walker, day) {
        return Some(not_reached(walker, day, open));
    }
    let is_traced = open.iter().any(|task| task.kind == TaskKind::Trace);
    match walker.chance.between(1, 1000) {
        ..=5 if !is_traced => {
            let kinds = kinds(open);
            return Some(told(walker, day, Happening::RefusedVisit { kinds }));
        }
        6 if !is_traced => {
            let programme = first;
            return Some(told(walker, day, Happening::RefusedProgramme { programme }));
        }
        7..=18 if programmes.len() == 1 && !is_traced => return elsewhere(walker, day, first),
        _ => {}
    }
    let mode = mode(walker, open);
    visit(walker, day, &programmes, (mode, None), catalog)
}

fn mode(walker: &mut Walker, open: &[Task]) -> Mode {
    let is_short = |task: &Task| task.window == WindowCode::TwoWeeks;
    let by_phone = if open.iter().all(is_short) { 110 } else { 12 };
    if walker.chance.holds(by_phone) {
        Mode::Phone
    } else if walker.chance.holds(530) {
        Mode::Clinic
    } else {
        Mode::Home
    }
}

fn visit(
    walker: &mut Walker,
    day: Day,
    programmes: &[ProgrammeKind],
    (mode, result): (Mode, Option<ReferralResult>),
    catalog: &Catalog,
) -> Option<ContactDraft> {
    let reading = walker.patient.latent.reading(day, &mut walker.chance);
    let sheet = Sheet {
        catalog,
        day,
        mode,
        by: Area::First.names().0,
        reading: &reading,
        result,
    };
    let forms = sheet.follow_up(walker, programmes)?;
    Some(ContactDraft {
        forms,
        referral_result: result,
        ..ContactDraft::about(walker.person, day)
    })
}

/// Lets a heart rate be misread now and then; returns what should have been written.
pub fn slip(walker: &mut Walker, draft: &mut ContactDraft) -> Option<ContactDraft> {
    let [form] = draft.forms.as_mut_slice() else {
        return None;
    };
    let Some(Value::Int(rate)) = form.answers.get("heart_rate").cloned() else {
        return None;
    };
    if !walker.chance.holds(SLIPS) {
        return None;
    }
    let misread = if rate < 78 { rate + 10 } else { rate - 10 };
    let right = form.clone();
    form.answers
        .insert("heart_rate".to_owned(), Value::Int(misread));
    Some(ContactDraft {
        forms: vec![right],
        ..draft.clone()
    })
}

fn elsewhere(walker: &mut Walker, day: Day, programme: ProgrammeKind) -> Option<ContactDraft> {
    let course = walker.course.programmes.get(&programme)?;
    let earliest = course.last.as_ref().map(|last| plus_days(last.day, 1));
    let earliest = earliest.unwrap_or(course.entered).max(plus_days(day, -9));
    let visit_day = walker.chance.day(earliest, day);
    let reading = walker.patient.latent.reading(visit_day, &mut walker.chance);
    let evidence = if walker.chance.holds(700) {
        Evidence::Paper
    } else {
        Evidence::Message
    };
    let happening = Happening::DoneElsewhere(DoneElsewhere {
        programme,
        visit_day,
        place: ELSEWHERE.to_owned(),
        evidence,
        measured: measured(&reading, programme),
    });
    Some(told(walker, day, happening))
}

fn screening(walker: &mut Walker, day: Day, catalog: &Catalog) -> Option<ContactDraft> {
    let is_away = walker.is_away(day) || walker.patient.latent.is_away(day);
    let mode = if is_away {
        Mode::Phone
    } else if walker.chance.holds(700) {
        Mode::Clinic
    } else {
        Mode::Home
    };
    let reading = walker.patient.latent.reading(day, &mut walker.chance);
    let sheet = Sheet {
        catalog,
        day,
        mode,
        by: Area::First.names().0,
        reading: &reading,
        result: None,
    };
    let forms = sheet.screening(walker)?;
    Some(ContactDraft {
        forms,
        ..ContactDraft::about(walker.person, day)
    })
}

/// What a reading measured, as far as a programme asks for it.
pub fn measured(reading: &Reading, programme: ProgrammeKind) -> Measured {
    let glucose: Option<Decimal> = reading.fbg.filter(|_| programme == ProgrammeKind::Dm);
    Measured {
        sbp: u32::try_from(reading.sbp).ok(),
        dbp: u32::try_from(reading.dbp).ok(),
        fbg: glucose,
        ..Measured::default()
    }
}
