//! Not reached, refused, lost, done elsewhere (rules §16, U1–U6).
//!
//! An attempt changes dates of what is open; it never judges values, except those of a
//! follow-up elsewhere.

use std::collections::BTreeSet;

use super::{
    Course, Decision, LastSeen, PersonFacts, ProgrammeCourse, ProgrammeStatus, Refusal,
    decision::Closing,
    happening::{DoneElsewhere, FormFacts, LostReason, Measured, Visited},
    visit::managed,
    workings::Workings,
};
use crate::domain::{
    alert::Alert,
    day::{Day, plus_days},
    programmes::{FollowUp, ProgrammeKind, Question, reason::Reason, rule::Rule},
    settings::Settings,
    task::{Mode, Task, TaskKind},
    window::{Span, Window, WindowCode},
};

/// U1–U3 for the named tasks; all of them when none is named.
pub(super) fn not_reached(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
    reason: Option<LostReason>,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    if is_standing_only(course, kinds) {
        return Ok(Decision::default());
    }
    let open = open_tasks(course, kinds)?;
    let mut work = Workings::new(course);
    let attempts = |programme: &ProgrammeKind| {
        let before = course.programmes.get(programme);
        before.map_or(0, |p| p.attempts).saturating_add(1)
    };
    for (programme, _) in &open {
        let closing = if attempts(programme) < settings.lost_attempts {
            Closing::Moved
        } else {
            Closing::Replaced
        };
        work.vacate(*programme, |_| closing);
        work.outcome(*programme).attempts = Some(attempts(programme));
    }
    for (programme, task) in open {
        let tried = attempts(&programme);
        if tried < settings.lost_attempts {
            let mut moved = try_again(&task, programme, day, settings);
            moved.attempts = tried;
            work.rule(moved.rule);
            put(&mut work, programme, moved);
        } else {
            let reason = reason.unwrap_or(LostReason::NotReachedThreeTimes);
            lose(&mut work, programme, &task, reason, day, settings);
        }
    }
    Ok(work.finish())
}

/// R5: an attempt on the referral check.
pub(super) fn unreachable(
    course: &Course,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let kinds = BTreeSet::from([TaskKind::ReferralCheck]);
    let mut decision =
        not_reached(course, &kinds, None, day, settings).map_err(|_| Refusal::NoOpenReferral)?;
    decision.rules.insert(0, Rule::R5);
    Ok(decision)
}

/// U4 for the named tasks; all of them when none is named.
pub(super) fn refused(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let mut work = Workings::new(course);
    work.rule(Rule::U4);
    work.alert(Alert::Refused);
    if is_standing_only(course, kinds) {
        return Ok(work.finish());
    }
    let open = open_tasks(course, kinds)?;
    for (programme, _) in &open {
        work.vacate(*programme, |_| Closing::Moved);
    }
    for (programme, task) in open {
        let days = settings.retry_refused_days;
        let mut moved = moved(&task, programme, day, days, Rule::U4);
        moved.reason = Reason::Refused;
        put(&mut work, programme, moved);
    }
    Ok(work.finish())
}

/// U3 without a third attempt.
pub(super) fn lost(
    course: &Course,
    programme: ProgrammeKind,
    reason: LostReason,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    managed(course, programme)?;
    let task = course.slot(programme).ok_or(Refusal::NothingOpen)?.clone();
    let mut work = Workings::new(course);
    work.vacate(programme, |_| Closing::Replaced);
    lose(&mut work, programme, &task, reason, day, settings);
    Ok(work.finish())
}

/// U6: with a known value the next visit counts from the day it was done elsewhere.
pub(super) fn done_elsewhere(
    course: &Course,
    person: &PersonFacts,
    done: &DoneElsewhere,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let programme = done.programme;
    let (follow_up, before) = managed(course, programme)?;
    let mut work = Workings::new(course);
    work.rule(Rule::U6);
    if is_older(before, done.visit_day) {
        return Ok(work.finish());
    }
    let on_target = judge_brought_in(
        person,
        follow_up,
        before,
        done.visit_day,
        &done.measured,
        settings,
    );
    if on_target.is_none() {
        let task = course.slot(programme).ok_or(Refusal::NothingOpen)?;
        let days = settings.retry_refused_days;
        let mut moved = moved(task, programme, day, days, Rule::U6);
        moved.reason = Reason::DoneElsewhere;
        work.vacate(programme, |_| Closing::Moved);
        put(&mut work, programme, moved);
        return Ok(work.finish());
    }
    let months = (follow_up.routine_months)(settings);
    let task = Task::new(
        follow_up.visit,
        programme,
        &follow_up.routine_window(done.visit_day, settings),
        Rule::U6,
        Reason::MonthsPassed { months },
    );
    work.vacate(programme, |_| Closing::Replaced);
    work.fill(programme, task);
    let outcome = work.outcome(programme);
    outcome.attempts = Some(0);
    outcome.on_target = on_target;
    outcome.status = Some(ProgrammeStatus::Managed);
    outcome.last = Some(LastSeen {
        day: done.visit_day,
        class: None,
        measured: done.measured.clone(),
        brought_in: true,
    });
    Ok(work.finish())
}

/// Says whether a follow-up on `day` is no news: a later one is known.
pub(super) fn is_older(before: &ProgrammeCourse, day: Day) -> bool {
    before.last.as_ref().is_some_and(|last| day <= last.day)
}

/// Returns whether brought-in values were on target; `None` when the deciding one is unknown.
pub(super) fn judge_brought_in(
    person: &PersonFacts,
    follow_up: &FollowUp,
    before: &ProgrammeCourse,
    day: Day,
    measured: &Measured,
    settings: &Settings,
) -> Option<bool> {
    let visit = Visited {
        mode: Mode::Clinic,
        measured: measured.clone(),
        pregnant: false,
        lactating: false,
        forms: std::collections::BTreeMap::new(),
        referral_result: None,
    };
    let question = Question {
        person,
        day,
        visit: &visit,
        form: &FormFacts::default(),
        before,
        in_htn: true,
    };
    (follow_up.on_target)(&question, settings)
}

fn open_tasks(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
) -> Result<Vec<(ProgrammeKind, Task)>, Refusal> {
    let named = |task: &&Task| kinds.is_empty() || kinds.contains(&task.kind);
    let open: Vec<(ProgrammeKind, Task)> = course
        .programmes
        .keys()
        .filter_map(|kind| {
            let task = course.slot(*kind).filter(named)?;
            Some((*kind, task.clone()))
        })
        .collect();
    if open.is_empty() {
        Err(Refusal::NothingOpen)
    } else {
        Ok(open)
    }
}

/// Says whether only computed tasks are meant: an attempt on them moves no date, for they
/// have none of their own.
fn is_standing_only(course: &Course, kinds: &BTreeSet<TaskKind>) -> bool {
    let computed = |kind: &TaskKind| {
        matches!(
            kind,
            TaskKind::BpScreen | TaskKind::HtnExam | TaskKind::DmExam
        )
    };
    !kinds.is_empty() && kinds.iter().all(computed) && open_tasks(course, kinds).is_err()
}

/// U1 for routine tasks, U2 for two-week tasks and referral checks.
fn try_again(task: &Task, programme: ProgrammeKind, day: Day, settings: &Settings) -> Task {
    let (rule, days) = if task.window == WindowCode::TwoWeeks {
        (Rule::U2, settings.retry_short_days)
    } else {
        (Rule::U1, settings.retry_routine_days)
    };
    moved(task, programme, day, days, rule)
}

/// The same task with new dates; its last day and its first due day stay.
fn moved(task: &Task, programme: ProgrammeKind, day: Day, days: u32, rule: Rule) -> Task {
    Task {
        programmes: BTreeSet::from([programme]),
        from: day,
        span: Span::Days(days),
        earliest: plus_days(day, 1),
        due: plus_days(day, i64::from(days)),
        rule,
        ..task.clone()
    }
}

fn put(work: &mut Workings<'_>, programme: ProgrammeKind, task: Task) {
    if task.kind == TaskKind::ReferralCheck {
        work.refer(task);
    } else {
        work.fill(programme, task);
    }
}

/// U3. A screening that found nobody ends instead: the yearly pressure asks again.
fn lose(
    work: &mut Workings<'_>,
    programme: ProgrammeKind,
    task: &Task,
    reason: LostReason,
    day: Day,
    settings: &Settings,
) {
    work.rule(Rule::U3);
    if task.kind == TaskKind::BpScreen {
        work.outcome(programme).attempts = Some(0);
        return;
    }
    work.alert(Alert::LostToFollowUp);
    let outcome = work.outcome(programme);
    outcome.status = Some(ProgrammeStatus::Lost { since: day, reason });
    let span = Span::Months(settings.lost_trace_months);
    let due = span.after(day);
    let window = Window {
        code: WindowCode::Fixed,
        from: day,
        span,
        earliest: plus_days(day, 1),
        due,
        latest: Some(due),
    };
    let trace = Task::new(TaskKind::Trace, programme, &window, Rule::U3, Reason::Lost);
    work.fill(programme, trace);
}
