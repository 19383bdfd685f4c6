//! Readings of people not known hypertensive (rules §3.1, HS2 and HS4).
//!
//! The yearly and half-yearly tasks are computed in `standing`.

use std::collections::BTreeSet;

use super::{
    Course, Decision, PersonFacts, ProgrammeCourse, ProgrammeStatus, decision::Closing,
    happening::PressureScreened, referral, standing, workings::Workings,
};
use crate::domain::{
    alert::Alert,
    day::{Day, age_years},
    programmes::{
        ProgrammeKind,
        reason::Reason,
        rule::Rule,
        screen35::{AGE, HIGH_DAYS, RiskFactor, is_high},
    },
    settings::{Pressure, Settings},
    task::{Task, TaskKind},
    window::within_days,
};

const SCREEN: ProgrammeKind = ProgrammeKind::Screen35;
/// Days within which a high pressure is measured again.
const AGAIN_DAYS: u32 = 14;

pub(super) fn screened(
    course: &Course,
    person: &PersonFacts,
    screened: &PressureScreened,
    day: Day,
    settings: &Settings,
) -> Decision {
    let mut work = Workings::new(course);
    reading(
        &mut work,
        person,
        (screened.pressure, screened.risk.as_ref()),
        day,
        settings,
    );
    if screened.secondary_suspected {
        work.rule(Rule::Hs4);
        refer(&mut work, day, Rule::Hs4, Reason::SecondarySuspected);
    }
    work.finish()
}

/// Takes one reading into the screening facts and decides HS2.
pub(super) fn reading(
    work: &mut Workings<'_>,
    person: &PersonFacts,
    (pressure, risk): (Pressure, Option<&BTreeSet<RiskFactor>>),
    day: Day,
    settings: &Settings,
) {
    let course = work.course;
    if course.is_known_hypertensive() {
        return;
    }
    let mut after = course.screening.with_reading(day, pressure);
    if let Some(risk) = risk {
        after.risk.clone_from(risk);
    }
    let days = after.high_days.len();
    work.decision.screening = Some(after);
    let yearly = standing::pressure_task(course, person, day, settings);
    let kinds = &mut work.decision.completed;
    if yearly.is_some_and(|task| task.earliest <= day) {
        kinds.push(TaskKind::BpScreen);
    }
    if course
        .slot(SCREEN)
        .is_some_and(|t| t.kind == TaskKind::BpScreen)
    {
        work.vacate(SCREEN, |task| {
            if task.earliest <= day {
                Closing::Completed
            } else {
                Closing::Replaced
            }
        });
        work.outcome(SCREEN).attempts = Some(0);
    }
    if is_high(pressure) && AGE <= age_years(person.birth, day) {
        high(work, days, day);
    }
}

fn high(work: &mut Workings<'_>, days: usize, day: Day) {
    work.rule(Rule::Hs2);
    work.alert(Alert::BpHighScreen);
    let times = u32::try_from(days).unwrap_or(u32::MAX);
    let reason = Reason::HighPressure { times };
    if HIGH_DAYS <= days {
        refer(work, day, Rule::Hs2, reason);
    } else if !is_referred(work.course) {
        enter(work, day);
        let window = within_days(day, AGAIN_DAYS);
        let task = Task::new(TaskKind::BpScreen, SCREEN, &window, Rule::Hs2, reason);
        work.fill(SCREEN, task);
    }
}

fn refer(work: &mut Workings<'_>, day: Day, rule: Rule, reason: Reason) {
    if is_referred(work.course) || work.outcome(SCREEN).referral_opened.is_some() {
        work.alert(Alert::ReferralOpen);
        return;
    }
    work.alert(Alert::ReferUp);
    work.vacate(SCREEN, |_| Closing::Replaced);
    enter(work, day);
    work.outcome(SCREEN).referral_opened = Some(day);
    let window = referral::window(day);
    work.refer(Task::new(
        TaskKind::ReferralCheck,
        SCREEN,
        &window,
        rule,
        reason,
    ));
}

fn is_referred(course: &Course) -> bool {
    let before = course.programmes.get(&SCREEN);
    before.is_some_and(|p| p.referral_open.is_some())
}

/// Screening is entered by what it finds, and again once it ended with everything else.
fn enter(work: &mut Workings<'_>, day: Day) {
    let before = work.course.programmes.get(&SCREEN);
    if !before.is_some_and(ProgrammeCourse::is_open) {
        let outcome = work.outcome(SCREEN);
        outcome.entered = Some(day);
        outcome.status = Some(ProgrammeStatus::Managed);
    }
}
