//! Deciding a visit: each form by its programme's table, then phone visits (rules §3.6),
//! open referrals (§3.5, §15) and slots (§1.5).
//!
//! The tables themselves are in `programmes`; thresholds come from the settings.

use super::{
    Course, Decision, LastSeen, PersonFacts, ProgrammeCourse, ProgrammeStatus, Refusal,
    decision::Closing,
    found,
    happening::{DoctorsDate, FormFacts, ReferralResult, Visited},
    papers, referral, screening,
    workings::Workings,
};
use crate::domain::{
    alert::Alert,
    day::Day,
    programmes::{FollowUp, ProgrammeKind, Question, Step, Verdict, reason::Reason, rule::Rule},
    settings::Settings,
    task::{Task, TaskKind},
    window::{Span, WindowCode},
};

/// When, for whom and by which settings a visit is decided.
pub(super) struct On<'a> {
    pub person: &'a PersonFacts,
    pub day: Day,
    pub settings: &'a Settings,
    /// What was decided on the same visit before, when it is decided again.
    pub earlier: Option<&'a Decision>,
}

/// What one form leads to.
struct Turn<'a> {
    programme: ProgrammeKind,
    form: &'a FormFacts,
    verdict: Verdict,
    rules: Vec<Rule>,
    place: Place,
    closes_referral: bool,
}

/// What goes into the slot.
enum Place {
    Keep,
    Visit(Task),
    Refer(Task),
}

pub(super) fn visited(
    course: &Course,
    on: &On<'_>,
    visited: &Visited,
) -> Result<Decision, Refusal> {
    if visited.forms.is_empty() && visited.findings.is_empty() {
        return Err(Refusal::NoForm);
    }
    check_result(course, visited)?;
    let told = Visited {
        referral_result: papers::result(course, visited),
        ..visited.clone()
    };
    let visited = &told;
    let mut turns = Vec::new();
    for (programme, form) in &visited.forms {
        turns.push(turn(course, on, visited, *programme, form)?);
    }
    let mut work = Workings::new(course);
    for turn in &turns {
        if !matches!(turn.place, Place::Keep) {
            vacate(&mut work, on.day, visited, turn);
        }
    }
    for turn in turns {
        record(&mut work, on, visited, turn);
    }
    found::all(&mut work, on, visited)?;
    if let Some(result) = visited.referral_result {
        settle_others(&mut work, on, visited, result);
    }
    papers::all(&mut work, on, visited);
    if let Some(pressure) = visited.measured.pressure() {
        screening::reading(&mut work, on.person, (pressure, None), on.day, on.settings);
    }
    Ok(work.finish())
}

fn check_result(course: &Course, visited: &Visited) -> Result<(), Refusal> {
    match visited.referral_result {
        None => Ok(()),
        Some(ReferralResult::Unreachable) => Err(Refusal::ReferralResultUnfit),
        Some(_)
            if course
                .programmes
                .values()
                .any(|p| p.referral_open.is_some()) =>
        {
            Ok(())
        }
        Some(_) => Err(Refusal::NoOpenReferral),
    }
}

/// Programmes of the referral whose form was not filled in follow its result alone.
fn settle_others(work: &mut Workings<'_>, on: &On<'_>, visited: &Visited, result: ReferralResult) {
    let others: Vec<ProgrammeKind> = work
        .course
        .programmes
        .iter()
        .filter(|(kind, p)| p.referral_open.is_some() && !visited.concerns(**kind))
        .map(|(kind, _)| *kind)
        .collect();
    referral::settle(work, &others, result, on.day, on.settings);
}

fn turn<'a>(
    course: &Course,
    on: &On<'_>,
    visited: &Visited,
    programme: ProgrammeKind,
    form: &'a FormFacts,
) -> Result<Turn<'a>, Refusal> {
    let (follow_up, before) = managed(course, programme)?;
    if on.day < before.entered {
        return Err(Refusal::BeforeEntry {
            entered: before.entered,
        });
    }
    let same_day = |last: &LastSeen| last.day == on.day && !last.brought_in;
    if before.last.as_ref().is_some_and(same_day) {
        return Err(Refusal::VisitedThatDay(programme));
    }
    let question = Question {
        person: on.person,
        day: on.day,
        visit: visited,
        form,
        before,
        in_htn: course.is_known_hypertensive(),
    };
    let verdict = (follow_up.judge)(&question, on.settings);
    if verdict.rule == Rule::H0 && visited.mode.is_face_to_face() {
        return Err(Refusal::PressureMissing);
    }
    let mut turn = Turn {
        programme,
        form,
        rules: vec![verdict.rule],
        verdict,
        place: Place::Keep,
        closes_referral: false,
    };
    if turn.verdict.on_target.is_some() && !visited.mode.is_face_to_face() {
        turn.verdict.alerts.push(Alert::ProvisionalClass);
    }
    let result = visited
        .referral_result
        .filter(|_| before.referral_open.is_some());
    match result {
        Some(result) => place_by_result(&mut turn, result, follow_up, on, visited),
        None => place_by_step(&mut turn, follow_up, on, visited, course.slot(programme)),
    }
    if result != Some(ReferralResult::Attended) && before.referral_open.is_some() {
        point_at_open_referral(&mut turn.verdict);
    }
    if let Some(next) = &form.next {
        choose_date(&mut turn.place, next, course.slot(programme), on.earlier)?;
    }
    Ok(turn)
}

/// Returns the programme's fixed side and its course while follow-up goes on.
pub(super) fn managed(
    course: &Course,
    programme: ProgrammeKind,
) -> Result<(&'static FollowUp, &ProgrammeCourse), Refusal> {
    let follow_up = programme.programme().follow_up.as_ref();
    let before = course.programmes.get(&programme).filter(|p| p.is_open());
    follow_up.zip(before).ok_or(Refusal::NotEnrolled(programme))
}

/// Rules §3.5, and §3.6 for phone and online visits.
fn place_by_step(
    turn: &mut Turn<'_>,
    follow_up: &FollowUp,
    on: &On<'_>,
    visited: &Visited,
    open: Option<&Task>,
) {
    let routine_stays = open
        .is_some_and(|task| task.kind == follow_up.visit && task.window != WindowCode::TwoWeeks);
    match turn.verdict.step {
        Step::Unchanged => {}
        Step::Refer => turn.place = Place::Refer(referral_task(turn, on)),
        Step::Soon => turn.place = Place::Visit(soon_task(turn, follow_up, on)),
        Step::Routine if !visited.mode.is_face_to_face() && routine_stays => {
            turn.verdict.alerts.push(Alert::F2fRequired);
        }
        Step::Routine => {
            let window = follow_up.routine_window(on.day, on.settings);
            turn.place = Place::Visit(task(turn, follow_up.visit, &window));
            turn.closes_referral = true;
        }
    }
}

/// Rules §15, when the visit also told what became of the referral.
fn place_by_result(
    turn: &mut Turn<'_>,
    result: ReferralResult,
    follow_up: &FollowUp,
    on: &On<'_>,
    visited: &Visited,
) {
    let seen = visited.mode.is_face_to_face() && turn.verdict.on_target.is_some();
    match result {
        ReferralResult::Attended => {
            turn.rules.insert(0, if seen { Rule::R1 } else { Rule::R2 });
            turn.closes_referral = true;
            if seen || turn.verdict.step == Step::Refer {
                place_by_step(turn, follow_up, on, visited, None);
            } else {
                let window = follow_up.soon_window(on.day, on.settings);
                let programme = turn.programme;
                turn.place = Place::Visit(Task::new(
                    follow_up.visit,
                    programme,
                    &window,
                    Rule::R2,
                    Reason::PlanObtained,
                ));
            }
        }
        ReferralResult::InHospital | ReferralResult::NotAttended | ReferralResult::Unreachable => {
            let (rule, task) = referral::again(turn.programme, result, on.day, on.settings);
            turn.rules.push(rule);
            turn.place = Place::Refer(task);
            if result == ReferralResult::NotAttended {
                turn.verdict.alerts.push(Alert::ReferralNotAttended);
            }
        }
    }
}

/// A referral of the programme is open already: no second one is advised (rules §3.5).
fn point_at_open_referral(verdict: &mut Verdict) {
    if verdict.step == Step::Refer {
        verdict.alerts.retain(|alert| *alert != Alert::ReferUp);
        verdict.alerts.push(Alert::ReferralOpen);
    }
}

fn referral_task(turn: &Turn<'_>, on: &On<'_>) -> Task {
    task(turn, TaskKind::ReferralCheck, &referral::window(on.day))
}

fn soon_task(turn: &Turn<'_>, follow_up: &FollowUp, on: &On<'_>) -> Task {
    let window = follow_up.soon_window(on.day, on.settings);
    task(turn, follow_up.visit, &window)
}

fn task(turn: &Turn<'_>, kind: TaskKind, window: &crate::domain::window::Window) -> Task {
    let verdict = &turn.verdict;
    Task::new(kind, turn.programme, window, verdict.rule, verdict.reason)
}

/// Puts the doctor's own date into the new task (forms §1.2). Decided again, a date with a
/// reason stays although the window moved.
fn choose_date(
    place: &mut Place,
    next: &DoctorsDate,
    open: Option<&Task>,
    earlier: Option<&Decision>,
) -> Result<(), Refusal> {
    let task = match place {
        Place::Visit(task) | Place::Refer(task) => task,
        Place::Keep if earlier.is_some() => return Ok(()),
        Place::Keep if open.is_some_and(|task| task.due == next.day) => return Ok(()),
        Place::Keep => return Err(Refusal::NextDateUnfit),
    };
    choose(task, next, earlier.is_some())
}

/// Gives a new task the doctor's own day.
pub(super) fn choose(task: &mut Task, next: &DoctorsDate, again: bool) -> Result<(), Refusal> {
    let latest = task.last_choice();
    let inside = task.earliest <= next.day && next.day <= latest;
    let reasoned = next.reason.is_some();
    match again {
        true if !inside && !reasoned => return Ok(()),
        false if !inside => {
            return Err(Refusal::NextDateOutside {
                earliest: task.earliest,
                latest,
            });
        }
        false if task.due < next.day && !reasoned => {
            return Err(Refusal::NextDateNeedsReason { due: task.due });
        }
        true | false => {}
    }
    if task.due != next.day {
        task.span = Span::Chosen;
        task.due = next.day;
        task.first_due = next.day;
        task.earliest = task.earliest.min(next.day);
        task.latest = Some(latest.max(next.day));
    }
    Ok(())
}

fn vacate(work: &mut Workings<'_>, day: Day, visited: &Visited, turn: &Turn<'_>) {
    let has_value = turn.verdict.on_target.is_some();
    let decided = turn.verdict.rule != Rule::D6;
    work.vacate(turn.programme, |task| {
        if decided && task.earliest <= day && task.accepts(visited.mode, has_value) {
            Closing::Completed
        } else {
            Closing::Replaced
        }
    });
}

fn record(work: &mut Workings<'_>, on: &On<'_>, visited: &Visited, turn: Turn<'_>) {
    let Turn {
        programme,
        form,
        verdict,
        rules,
        place,
        closes_referral,
    } = turn;
    for rule in rules {
        work.rule(rule);
    }
    for alert in &verdict.alerts {
        work.alert(*alert);
    }
    let Some(before) = work.course.programmes.get(&programme) else {
        return;
    };
    let was_open = before.referral_open.is_some();
    let face_to_face = visited.mode.is_face_to_face();
    let outcome = work.outcome(programme);
    outcome.rule = Some(verdict.rule);
    outcome.proposed = verdict.class;
    outcome.class = form.class.as_ref().map(|own| own.class).or(verdict.class);
    outcome.provisional = verdict.on_target.is_some() && !face_to_face;
    outcome.on_target = verdict.on_target;
    outcome.adr = Some(form.adr);
    outcome.attempts = Some(0);
    outcome.face_to_face = Some(on.day).filter(|_| face_to_face && verdict.rule != Rule::D6);
    // A call that brought no value leaves the hints of the visit before.
    if verdict.on_target.is_some() || face_to_face {
        outcome.last = Some(LastSeen {
            day: on.day,
            class: outcome.class,
            measured: visited.measured.clone(),
            brought_in: false,
        });
    }
    if !matches!(place, Place::Keep) && !matches!(before.status, ProgrammeStatus::Managed) {
        outcome.status = Some(ProgrammeStatus::Managed);
    }
    outcome.referral_closed = was_open && closes_referral;
    let still_open = was_open && !closes_referral;
    match place {
        Place::Keep => {}
        Place::Visit(task) => work.fill(programme, task),
        Place::Refer(task) => {
            outcome.referral_opened = Some(on.day).filter(|_| !still_open);
            work.refer(task);
        }
    }
    mark_review(work, on, programme, form);
}

/// Marks a decision whose proposal changed under something the doctor had set.
fn mark_review(work: &mut Workings<'_>, on: &On<'_>, programme: ProgrammeKind, form: &FormFacts) {
    let Some(earlier) = on.earlier else { return };
    let doctor_set = form.class.is_some() || form.next.as_ref().is_some_and(|n| n.reason.is_some());
    let now = work.outcome(programme).clone();
    let changed = earlier
        .outcomes
        .get(&programme)
        .is_none_or(|then| then.rule != now.rule || then.proposed != now.proposed);
    work.decision.review |= doctor_set && (changed || earlier.review);
}
