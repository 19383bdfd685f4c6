//! Entering and leaving programmes (H00, D00, U5, rules §18), brought-in history, targets.

use std::collections::BTreeSet;

use super::{
    Course, Decision, Ended, LastSeen, PersonFacts, ProgrammeCourse, ProgrammeStatus, Refusal,
    TargetValue,
    attempts::{is_older, judge_brought_in},
    decision::{Closing, EndChange},
    entry, found,
    happening::{EndReason, Enrolled, Happening, LastVisit, TakenOver},
    standing::is_over,
    visit::managed,
    workings::Workings,
};
use crate::domain::{
    day::{Day, age_years, plus_months},
    programmes::{Asked, FollowUp, ProgrammeKind, elderly, reason::Reason, rule::Rule, scope},
    settings::Settings,
    task::Task,
    window::{Window, first_visit},
};

/// Says whether a happening can be recorded although everything ended.
pub(super) fn reopens(ended: Ended, happening: &Happening) -> bool {
    let comes_back = matches!(happening, Happening::Enrolled(_) | Happening::Returned);
    comes_back && ended.why == EndReason::MovedAway
}

pub(super) fn enrolled(
    course: &Course,
    person: &PersonFacts,
    enrolled: &Enrolled,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let programme = enrolled.programme;
    let fixed = programme.programme();
    if !fixed.is_entered() {
        return Err(Refusal::NotEnrolled(programme));
    }
    let before = course.programmes.get(&programme);
    if let Some(decision) = next_term(course, before, enrolled) {
        return Ok(decision);
    }
    if before.is_some_and(|p| p.is_open() && !is_over(programme, p, person.birth, day)) {
        return Err(Refusal::AlreadyEnrolled(programme));
    }
    if !scope::can_hold(programme, person, day) {
        return Err(Refusal::NotForPerson(programme));
    }
    let age = age_years(person.birth, day);
    if day < opens(programme, person.birth, settings) && enrolled.under_age_reason.is_none() {
        return Err(Refusal::TooYoung {
            age,
            needed: fixed.entry_age,
        });
    }
    let facts = entry::facts(programme, enrolled)?;
    let mut work = Workings::new(course);
    let fresh = ProgrammeCourse {
        facts: facts.clone(),
        ..ProgrammeCourse::entered_on(day)
    };
    if let Some(follow_up) = &fixed.follow_up {
        work.rule(follow_up.first);
        let before = before.unwrap_or(&fresh);
        follow(
            &mut work, person, follow_up, before, enrolled, day, settings,
        );
    } else {
        let asked = Asked {
            person,
            course: &fresh,
            today: day,
            settings,
        };
        entry::begin(&mut work, programme, &asked);
    }
    let outcome = work.outcome(programme);
    outcome.entered = Some(day);
    outcome.status = Some(outcome.status.unwrap_or(ProgrammeStatus::Managed));
    outcome.attempts = Some(0);
    if !facts.is_nothing() {
        outcome.facts = Some(facts);
    }
    if programme == ProgrammeKind::Htn && course.programmes.contains_key(&ProgrammeKind::Screen35) {
        work.vacate(ProgrammeKind::Screen35, |_| Closing::Ended);
        work.outcome(ProgrammeKind::Screen35).referral_closed = true;
    }
    if programme == ProgrammeKind::Pnc {
        delivered(&mut work, &fresh, settings);
    }
    if course.ended.is_some() {
        work.decision.ended = Some(EndChange::TakenBack);
    }
    Ok(work.finish())
}

/// Who is assessed as a signed resident goes on with the next agreement: its term takes the
/// place of the one before, what was done stays done (N1).
fn next_term(
    course: &Course,
    before: Option<&ProgrammeCourse>,
    enrolled: &Enrolled,
) -> Option<Decision> {
    let before = before.filter(|before| before.is_open())?;
    let (had, next) = (before.facts.term()?, enrolled.facts.term()?);
    if had == next {
        return None;
    }
    let mut work = Workings::new(course);
    work.rule(Rule::N1);
    work.outcome(enrolled.programme).facts = Some(enrolled.facts.clone());
    Some(work.finish())
}

/// The first day on which the person is old enough for the programme.
fn opens(programme: ProgrammeKind, birth: Day, settings: &Settings) -> Day {
    match programme {
        ProgrammeKind::Elderly | ProgrammeKind::TcmElderly => elderly::opens(birth, settings),
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Smd
        | ProgrammeKind::Tb
        | ProgrammeKind::Anc
        | ProgrammeKind::Pnc
        | ProgrammeKind::Child
        | ProgrammeKind::Vax
        | ProgrammeKind::TcmChild
        | ProgrammeKind::Disabled
        | ProgrammeKind::Poverty
        | ProgrammeKind::General
        | ProgrammeKind::Screen35
        | ProgrammeKind::Outpatient => plus_months(birth, programme.programme().entry_age * 12),
    }
}

/// A delivery ends antenatal care (rules §18).
fn delivered(work: &mut Workings<'_>, fresh: &ProgrammeCourse, settings: &Settings) {
    let before = work.course.programmes.get(&ProgrammeKind::Anc);
    let Some(before) = before.filter(|anc| anc.is_open()) else {
        return;
    };
    let on = fresh
        .facts
        .delivery()
        .map_or(fresh.entered, |d| d.delivered);
    let on = on.max(before.entered);
    let why = EndReason::Delivered;
    let status = ProgrammeStatus::Ended { on, why };
    end(work, ProgrammeKind::Anc, status, on, settings);
}

/// A declined proposal changes no programme; it stands with them all the same.
pub(super) fn declined(
    course: &Course,
    programmes: &BTreeSet<ProgrammeKind>,
) -> Result<Decision, Refusal> {
    let mut work = Workings::new(course);
    for kind in programmes {
        let before = course.programmes.get(kind);
        if before.is_some_and(ProgrammeCourse::is_open) {
            return Err(Refusal::AlreadyEnrolled(*kind));
        }
        work.outcome(*kind);
    }
    Ok(work.finish())
}

/// A programme of the household comes from another member, its dates kept.
pub(super) fn taken_over(course: &Course, taken: &TakenOver) -> Result<Decision, Refusal> {
    let programme = taken.programme;
    let before = course.programmes.get(&programme);
    if before.is_some_and(ProgrammeCourse::is_open) {
        return Err(Refusal::AlreadyEnrolled(programme));
    }
    let mut work = Workings::new(course);
    if let Some(task) = &taken.slot {
        work.fill(programme, task.clone());
    }
    let outcome = work.outcome(programme);
    outcome.entered = Some(taken.entered);
    outcome.status = Some(taken.status);
    outcome.attempts = Some(taken.attempts);
    outcome.last.clone_from(&taken.last);
    outcome.facts = Some(taken.facts.clone());
    Ok(work.finish())
}

/// The first task of a programme whose visits are decided by pressure or glucose.
fn follow(
    work: &mut Workings<'_>,
    person: &PersonFacts,
    follow_up: &FollowUp,
    before: &ProgrammeCourse,
    enrolled: &Enrolled,
    day: Day,
    settings: &Settings,
) {
    let programme = enrolled.programme;
    let known = enrolled
        .last_visit
        .as_ref()
        .filter(|last| !is_older(before, last.day));
    if let Some(last) = known {
        remember(work, person, follow_up, before, programme, last, settings);
    }
    let last_day = known
        .map(|last| last.day)
        .or(before.last.as_ref().map(|last| last.day));
    let task = first_task(follow_up, programme, day, last_day, settings);
    work.fill(programme, task);
}

/// H00, D00: a month after enrolment, or as after a controlled visit on the last known day.
fn first_task(
    follow_up: &FollowUp,
    programme: ProgrammeKind,
    entered: Day,
    last_day: Option<Day>,
    settings: &Settings,
) -> Task {
    let (window, reason) = match last_day {
        None => (first_visit(entered, settings), Reason::FirstVisit),
        Some(last) => {
            let window = follow_up.routine_window(last, settings);
            let months = (follow_up.routine_months)(settings);
            let window = Window {
                earliest: window.earliest.max(entered),
                ..window
            };
            (window, Reason::MonthsPassed { months })
        }
    };
    Task::new(follow_up.visit, programme, &window, follow_up.first, reason)
}

fn remember(
    work: &mut Workings<'_>,
    person: &PersonFacts,
    follow_up: &FollowUp,
    before: &ProgrammeCourse,
    programme: ProgrammeKind,
    last: &LastVisit,
    settings: &Settings,
) {
    let outcome = work.outcome(programme);
    outcome.on_target = judge_brought_in(
        person,
        follow_up,
        before,
        last.day,
        &last.measured,
        settings,
    );
    outcome.last = Some(LastSeen {
        day: last.day,
        class: None,
        measured: last.measured.clone(),
        brought_in: true,
    });
}

/// History that arrives after enrolment moves the first task while nothing else decided it.
pub(super) fn brought_in(
    course: &Course,
    person: &PersonFacts,
    programme: ProgrammeKind,
    last: &LastVisit,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let (follow_up, before) = managed(course, programme)?;
    let mut work = Workings::new(course);
    if is_older(before, last.day) {
        return Ok(work.finish());
    }
    remember(
        &mut work, person, follow_up, before, programme, last, settings,
    );
    let waits = before
        .slot
        .as_ref()
        .is_some_and(|t| t.rule == follow_up.first);
    if waits {
        work.rule(follow_up.first);
        work.vacate(programme, |_| Closing::Moved);
        let task = first_task(
            follow_up,
            programme,
            before.entered,
            Some(last.day),
            settings,
        );
        work.fill(programme, task);
    }
    Ok(work.finish())
}

/// U5.
pub(super) fn refused(
    course: &Course,
    programme: ProgrammeKind,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    found::entered(course, programme)?;
    let mut work = Workings::new(course);
    work.rule(crate::domain::programmes::rule::Rule::U5);
    end(
        &mut work,
        programme,
        ProgrammeStatus::Refused { on: day },
        day,
        settings,
    );
    Ok(work.finish())
}

pub(super) fn left(
    course: &Course,
    programme: Option<ProgrammeKind>,
    why: EndReason,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let mut work = Workings::new(course);
    let status = ProgrammeStatus::Ended { on: day, why };
    if let Some(programme) = programme {
        let before = course.programmes.get(&programme);
        if before.is_none_or(|p| matches!(p.status, ProgrammeStatus::Ended { .. })) {
            return Err(Refusal::NotEnrolled(programme));
        }
        end(&mut work, programme, status, day, settings);
    } else {
        for (kind, before) in &course.programmes {
            if before.is_open() {
                end(&mut work, *kind, status, day, settings);
            }
        }
        if why != EndReason::DiagnosisRemoved {
            work.decision.ended = Some(EndChange::Ended(Ended { on: day, why }));
        }
    }
    Ok(work.finish())
}

/// Moved back: the person counts again; programmes are entered anew.
pub(super) fn returned(course: &Course) -> Decision {
    let mut work = Workings::new(course);
    if course.ended.is_some() {
        work.decision.ended = Some(EndChange::TakenBack);
    }
    work.finish()
}

fn end(
    work: &mut Workings<'_>,
    programme: ProgrammeKind,
    status: ProgrammeStatus,
    day: Day,
    settings: &Settings,
) {
    work.vacate(programme, |_| Closing::Ended);
    let before = work.course.programmes.get(&programme);
    let was_open = before.is_some_and(ProgrammeCourse::is_open);
    let disabled = work.course.programmes.get(&ProgrammeKind::Disabled);
    if programme == ProgrammeKind::Smd && disabled.is_some_and(ProgrammeCourse::is_open) {
        entry::resume_disability(work, day, settings);
    }
    let outcome = work.outcome(programme);
    outcome.status = Some(status);
    outcome.referral_closed = true;
    outcome.attempts = Some(0);
    outcome.left = Some(day).filter(|_| was_open);
}

pub(super) fn target_set(
    course: &Course,
    programme: ProgrammeKind,
    target: Option<TargetValue>,
) -> Result<Decision, Refusal> {
    managed(course, programme)?;
    let fits = match target {
        None => true,
        Some(TargetValue::Pressure(_)) => programme == ProgrammeKind::Htn,
        Some(TargetValue::Glucose(_)) => programme == ProgrammeKind::Dm,
    };
    if fits {
        Ok(Decision::default())
    } else {
        Err(Refusal::TargetUnfit)
    }
}
