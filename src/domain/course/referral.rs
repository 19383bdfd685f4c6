//! Referrals and their checks (rules §15): advised, asked after, answered, asked after anew.
//!
//! R1 is a visit, R5 an attempt.

use super::{
    Course, Decision, ProgrammeCourse, ProgrammeStatus, Refusal,
    decision::Closing,
    happening::{ReferralResult, Visited},
    workings::Workings,
};
use crate::domain::{
    alert::Alert,
    day::Day,
    programmes::{Found, Next, ProgrammeKind, Refer, reason::Reason, rule::Rule},
    settings::Settings,
    task::{Task, TaskKind},
    window::{Window, WindowCode, within_days},
};

/// Days within which a referral is checked (national).
const CHECK_DAYS: u32 = 14;

/// Returns the window of the check of a referral made on `day`.
pub(super) fn window(day: Day) -> Window {
    within_days(day, CHECK_DAYS)
}

/// Decides a check without measurements, for every programme with an open referral.
pub(super) fn checked(
    course: &Course,
    result: ReferralResult,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let open: Vec<ProgrammeKind> = course
        .programmes
        .iter()
        .filter(|(_, p)| p.is_open() && p.referral_open.is_some())
        .map(|(kind, _)| *kind)
        .collect();
    if open.is_empty() {
        return Err(Refusal::NoOpenReferral);
    }
    let mut work = Workings::new(course);
    settle(&mut work, &open, result, day, settings);
    Ok(work.finish())
}

/// Applies a result to programmes whose form was not filled in.
pub(super) fn settle(
    work: &mut Workings<'_>,
    programmes: &[ProgrammeKind],
    result: ReferralResult,
    day: Day,
    settings: &Settings,
) {
    for programme in programmes {
        work.vacate(*programme, |task| {
            if task.kind == TaskKind::ReferralCheck && task.earliest <= day {
                Closing::Completed
            } else {
                Closing::Replaced
            }
        });
        work.outcome(*programme).attempts = Some(0);
    }
    for programme in programmes {
        if result == ReferralResult::Attended {
            close(work, *programme, day, settings);
        } else {
            let (rule, task) = again(*programme, result, day, settings);
            work.rule(rule);
            if result == ReferralResult::NotAttended {
                work.alert(Alert::ReferralNotAttended);
            }
            work.refer(task);
        }
    }
}

/// R2: the referral is closed; a programme with visits of its own visits within two weeks.
/// Mothers, children and the elderly have their ordinary windows still. Who was lost is found.
fn close(work: &mut Workings<'_>, programme: ProgrammeKind, day: Day, settings: &Settings) {
    work.rule(Rule::R2);
    work.outcome(programme).referral_closed = true;
    let before = work.course.programmes.get(&programme);
    if before.is_some_and(|p| matches!(p.status, ProgrammeStatus::Lost { .. })) {
        work.outcome(programme).status = Some(ProgrammeStatus::Managed);
    }
    if let Some(visit) = programme.programme().visit {
        let window = within_days(day, after_plan_days(programme, settings));
        let task = Task::new(visit, programme, &window, Rule::R2, Reason::PlanObtained);
        work.fill(programme, task);
    }
}

/// Days to the visit after a referral brought a plan (R2), or after somebody was found again.
fn after_plan_days(programme: ProgrammeKind, settings: &Settings) -> u32 {
    let follow_up = programme.programme().follow_up.as_ref();
    follow_up.map_or(CHECK_DAYS, |follow_up| (follow_up.unsat_days)(settings))
}

/// Returns the next check while the referral stays open (R3, R4).
pub(super) fn again(
    programme: ProgrammeKind,
    result: ReferralResult,
    day: Day,
    settings: &Settings,
) -> (Rule, Task) {
    let (rule, reason, window) = if result == ReferralResult::NotAttended {
        let days = settings.referral_again_days;
        let window = Window {
            code: WindowCode::TwoWeeks,
            ..within_days(day, days)
        };
        (Rule::R4, Reason::NotAttended, window)
    } else {
        (Rule::R3, Reason::InHospital, window(day))
    };
    let task = Task::new(TaskKind::ReferralCheck, programme, &window, rule, reason);
    (rule, task)
}

/// Rules §15, when the visit also told what became of the programme's referral (R1, R3, R4).
pub(super) fn told(
    work: &mut Workings<'_>,
    kind: ProgrammeKind,
    result: ReferralResult,
    day: Day,
    settings: &Settings,
) {
    let before = work.course.programmes.get(&kind);
    if before.is_none_or(|p| p.referral_open.is_none()) {
        return;
    }
    if result == ReferralResult::Attended {
        work.rule(Rule::R1);
        return;
    }
    let (rule, task) = again(kind, result, day, settings);
    work.rule(rule);
    if result == ReferralResult::NotAttended {
        work.alert(Alert::ReferralNotAttended);
    }
    work.refer(task);
}

/// A referral is advised once: while one is open, its check only moves.
pub(super) fn advise(
    work: &mut Workings<'_>,
    kind: ProgrammeKind,
    refer: &Refer,
    checked: Check,
    day: Day,
) {
    work.rule(refer.rule);
    let before = work.course.programmes.get(&kind);
    let is_open = before.is_some_and(|p| p.referral_open.is_some());
    if checked == Check::Waits {
        work.alert(Alert::ReferralOpen);
        return;
    }
    if is_open && checked == Check::None {
        if refer.alert == Alert::UrgentReferral {
            work.alert(refer.alert);
        }
        work.alert(Alert::ReferralOpen);
        work.vacate(kind, |_| Closing::Replaced);
    } else {
        work.alert(refer.alert);
        work.outcome(kind).referral_opened = Some(day);
    }
    let (check, window) = (TaskKind::ReferralCheck, window(day));
    work.refer(Task::new(check, kind, &window, refer.rule, refer.reason));
}

/// U7: nobody knows what became of the open referral of somebody lost who is found again, and it
/// is asked after; who is followed up by visits is visited soon, unless this visit brought one.
pub(super) fn find_again(
    work: &mut Workings<'_>,
    programme: ProgrammeKind,
    day: Day,
    settings: &Settings,
) {
    let before = work.course.programmes.get(&programme);
    let is_lost = |p: &&ProgrammeCourse| matches!(p.status, ProgrammeStatus::Lost { .. });
    let Some(before) = before.filter(is_lost) else {
        return;
    };
    let is_referred = before.referral_open.is_some();
    if work.has_next(programme) || work.outcome(programme).referral_closed {
        return;
    }
    let reason = Reason::FoundAgain;
    if is_referred {
        work.rule(Rule::U7);
        let (check, window) = (TaskKind::ReferralCheck, window(day));
        work.refer(Task::new(check, programme, &window, Rule::U7, reason));
    } else if let Some(visit) = programme.programme().visit {
        work.rule(Rule::U7);
        let window = within_days(day, after_plan_days(programme, settings));
        let task = Task::new(visit, programme, &window, Rule::U7, reason);
        work.fill(programme, task);
    }
}

/// What a visit means for the programme's open referral check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// There is none, or it stays as it is.
    None,
    /// The person has a plan: told so, or seen without any need of a referral (rules §1.5: what
    /// a decided visit brings replaces what stood there).
    Done,
    /// It is checked again (R3, R4).
    Waits,
}

/// Returns what a visit means for the programme's open referral check.
pub(super) fn answered(
    work: &Workings<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: &Found,
) -> Check {
    let before = work.course.programmes.get(&kind);
    if before.is_none_or(|programme| programme.referral_open.is_none()) {
        return Check::None;
    }
    let decided = work.decision.outcomes.get(&kind);
    if decided.is_some_and(|outcome| outcome.referral_opened.is_some()) {
        // What this visit itself advised is for the check to come.
        return Check::None;
    }
    let stands_for_it = matches!(found.next, Next::Task(_)) && found.refer.is_none();
    match visited.referral_result {
        Some(ReferralResult::Attended) => Check::Done,
        Some(_) => Check::Waits,
        None if stands_for_it => Check::Done,
        None => Check::None,
    }
}
