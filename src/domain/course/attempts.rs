//! Not reached, refused, lost, done elsewhere (rules §16, U1–U6).
//!
//! An attempt changes dates of what is open; it never judges values, except those of a
//! follow-up elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Course, Decision, LastSeen, PersonFacts, ProgrammeCourse, ProgrammeStatus, Refusal,
    decision::Closing,
    found,
    happening::{DoneElsewhere, FormFacts, LostReason, Measured, Visited},
    standing::{self, Moved},
    visit::managed,
    workings::Workings,
};
use crate::domain::{
    alert::Alert,
    day::{Day, plus_days},
    programmes::{FollowUp, ProgrammeKind, ProgrammeSet, Question, reason::Reason, rule::Rule},
    settings::Settings,
    task::{Mode, Task, TaskKind},
    window::{Span, Window, WindowCode},
};

/// When and by which settings an attempt is decided.
pub(super) struct Tried<'a> {
    pub person: &'a PersonFacts,
    pub day: Day,
    pub settings: &'a Settings,
}

/// U1–U3 for the named tasks; all of them when none is named.
pub(super) fn not_reached(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
    reason: Option<LostReason>,
    tried: &Tried<'_>,
) -> Result<Decision, Refusal> {
    let mut open = open_tasks(course, kinds, tried)?;
    let mut work = Workings::new(course);
    for task in open.computed {
        miss(&mut work, &task, reason, tried);
    }
    // Who is lost already is traced, whatever else was to be done.
    open.slots
        .retain(|(programme, _)| work.outcome(*programme).status.is_none());
    let (day, settings) = (tried.day, tried.settings);
    let attempts = |programme: &ProgrammeKind| {
        let before = course.programmes.get(programme);
        before.map_or(0, |p| p.attempts).saturating_add(1)
    };
    let goes_on = |programme: &ProgrammeKind, task: &Task| {
        attempts(programme) < settings.lost_attempts || task.kind == TaskKind::TbFirstVisit
    };
    for (programme, task) in &open.slots {
        let closing = if goes_on(programme, task) {
            Closing::Moved
        } else {
            Closing::Replaced
        };
        work.vacate(*programme, |_| closing);
        work.outcome(*programme).attempts = Some(attempts(programme));
    }
    for (programme, task) in open.slots {
        let times = attempts(&programme);
        if goes_on(&programme, &task) {
            let mut moved = try_again(&mut work, &task, programme, times, tried);
            moved.attempts = times;
            work.rule(moved.rule);
            put(&mut work, programme, moved);
        } else {
            let reason = reason.unwrap_or(LostReason::NotReachedThreeTimes);
            lose(&mut work, programme, &task, reason, day, settings);
        }
    }
    Ok(work.finish())
}

/// An attempt on a computed task: its dates move, and the third one loses the person.
fn miss(work: &mut Workings<'_>, task: &Task, reason: Option<LostReason>, tried: &Tried<'_>) {
    let times = task.attempts.saturating_add(1);
    let lost =
        task.programmes.iter().next().copied().filter(|kind| {
            *kind != ProgrammeKind::Screen35 && tried.settings.lost_attempts <= times
        });
    if let Some(programme) = lost {
        work.outdate(task.kind);
        work.vacate(programme, |_| Closing::Replaced);
        let reason = reason.unwrap_or(LostReason::NotReachedThreeTimes);
        lose(work, programme, task, reason, tried.day, tried.settings);
        return;
    }
    let days = tried.settings.retry_routine_days;
    move_computed(work, task, (Rule::U1, days), times, tried.day);
}

fn move_computed(
    work: &mut Workings<'_>,
    task: &Task,
    (rule, days): (Rule, u32),
    attempts: u32,
    day: Day,
) {
    work.rule(rule);
    let moved = Moved {
        of: task.latest,
        from: day,
        days,
        earliest: plus_days(day, 1),
        due: plus_days(day, i64::from(days)),
        rule,
        attempts,
        refused: rule == Rule::U4,
    };
    work.decision.moved.insert(task.kind, Some(moved));
}

/// R5: an attempt on the referral check.
pub(super) fn unreachable(
    course: &Course,
    person: &PersonFacts,
    day: Day,
    settings: &Settings,
) -> Result<Decision, Refusal> {
    let kinds = BTreeSet::from([TaskKind::ReferralCheck]);
    let tried = Tried {
        person,
        day,
        settings,
    };
    let mut decision =
        not_reached(course, &kinds, None, &tried).map_err(|_| Refusal::NoOpenReferral)?;
    decision.rules.insert(0, Rule::R5);
    Ok(decision)
}

/// U4 for the named tasks; all of them when none is named.
pub(super) fn refused(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
    tried: &Tried<'_>,
) -> Result<Decision, Refusal> {
    let mut work = Workings::new(course);
    work.rule(Rule::U4);
    work.alert(Alert::Refused);
    let days = tried.settings.retry_refused_days;
    let open = open_tasks(course, kinds, tried)?;
    for task in &open.computed {
        move_computed(&mut work, task, (Rule::U4, days), task.attempts, tried.day);
    }
    for (programme, _) in &open.slots {
        work.vacate(*programme, |_| Closing::Moved);
    }
    for (programme, task) in open.slots {
        let mut moved = moved(&task, programme, tried.day, days, Rule::U4);
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
    found::entered(course, programme)?;
    let task = course.slot(programme).cloned();
    let mut work = Workings::new(course);
    work.vacate(programme, |_| Closing::Replaced);
    match task {
        Some(task) => lose(&mut work, programme, &task, reason, day, settings),
        None => trace(&mut work, programme, reason, day, settings),
    }
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
        findings: Vec::new(),
        next: BTreeMap::new(),
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

/// What an attempt may concern.
struct Open {
    slots: Vec<(ProgrammeKind, Task)>,
    /// Computed tasks whose window is open.
    computed: Vec<Task>,
}

/// Returns the named tasks; all open ones when none is named. Yearly services only ride
/// along, so an attempt concerns them only by name.
fn open_tasks(
    course: &Course,
    kinds: &BTreeSet<TaskKind>,
    tried: &Tried<'_>,
) -> Result<Open, Refusal> {
    let named = |task: &&Task| kinds.is_empty() || kinds.contains(&task.kind);
    let slots = course.programmes.keys().filter_map(|kind| {
        let task = course.slot(*kind).filter(named)?;
        Some((*kind, task.clone()))
    });
    let computed = standing::tasks(course, tried.person, tried.day, tried.settings)
        .into_iter()
        .filter(|task| {
            let by_itself = !task.window.is_standing() && task.earliest <= tried.day;
            kinds.contains(&task.kind) || kinds.is_empty() && by_itself
        });
    let open = Open {
        slots: slots.collect(),
        computed: computed.collect(),
    };
    if open.slots.is_empty() && open.computed.is_empty() {
        Err(Refusal::NothingOpen)
    } else {
        Ok(open)
    }
}

/// U1 for routine tasks, U2 for two-week tasks and referral checks. The first visit of
/// tuberculosis keeps its 72 hours; a second failure in them is reported (B2).
fn try_again(
    work: &mut Workings<'_>,
    task: &Task,
    programme: ProgrammeKind,
    times: u32,
    tried: &Tried<'_>,
) -> Task {
    if task.kind == TaskKind::TbFirstVisit {
        if 2 <= times {
            work.rule(Rule::B2);
            work.alert(Alert::ReportTbUnreached);
        }
        return task.clone();
    }
    let settings = tried.settings;
    let (rule, days) = match task.window {
        WindowCode::TwoWeeks | WindowCode::TenDays => (Rule::U2, settings.retry_short_days),
        WindowCode::Month
        | WindowCode::ThreeMonths
        | WindowCode::HalfYear
        | WindowCode::Year
        | WindowCode::CalendarYear
        | WindowCode::AgreementYear
        | WindowCode::Fixed => (Rule::U1, settings.retry_routine_days),
    };
    moved(task, programme, tried.day, days, rule)
}

/// The same task with new dates; its last day and its first due day stay.
fn moved(task: &Task, programme: ProgrammeKind, day: Day, days: u32, rule: Rule) -> Task {
    Task {
        programmes: ProgrammeSet::from([programme]),
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
    trace(work, programme, reason, day, settings);
}

fn trace(
    work: &mut Workings<'_>,
    programme: ProgrammeKind,
    reason: LostReason,
    day: Day,
    settings: &Settings,
) {
    work.rule(Rule::U3);
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
