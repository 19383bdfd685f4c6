//! Deciding findings: each is put to its programme's table, and what follows goes into the
//! slots, the shared referral check and the computed tasks.
//!
//! The tables are in `programmes`; visits of hypertension and diabetes are `visit`'s.

use super::{
    Course, EndReason, LastSeen, ProgrammeCourse, ProgrammeStatus, Refusal, closing,
    decision::Closing,
    finding::Finding,
    happening::Visited,
    referral::{self, Check},
    visit::{On, choose},
    workings::Workings,
};
use crate::domain::{
    programmes::{
        Asked, Found, Next, ProgrammeKind, anc, child, disabled, elderly, general, pnc, poverty,
        rule::Rule, smd, tb, tcm, vax,
    },
    task::TaskKind,
};

/// Decides every finding of a visit.
pub(super) fn all(work: &mut Workings<'_>, on: &On<'_>, visited: &Visited) -> Result<(), Refusal> {
    for finding in &visited.findings {
        match finding.programme() {
            Some(kind) => one(work, on, visited, kind, finding)?,
            None if finding.is_paper() => {}
            None => exam(work, on, visited, finding)?,
        }
    }
    Ok(())
}

/// The yearly check serves every programme entered that wants one; at least one must.
fn exam(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    finding: &Finding,
) -> Result<(), Refusal> {
    let wants = |kind: &ProgrammeKind| kind.programme().exam.is_some();
    let served: Vec<ProgrammeKind> = work
        .course
        .programmes
        .iter()
        .filter(|(kind, course)| wants(kind) && course.is_open())
        .map(|(kind, _)| *kind)
        .collect();
    if served.is_empty() {
        return Err(Refusal::NotEnrolled(ProgrammeKind::Elderly));
    }
    for kind in served {
        if visited.concerns(kind) {
            let found = judged(work, on, kind, finding)?;
            beside(work, on, visited, kind, found);
        } else {
            one(work, on, visited, kind, finding)?;
        }
    }
    Ok(())
}

fn one(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    finding: &Finding,
) -> Result<(), Refusal> {
    let mut found = judged(work, on, kind, finding)?;
    if let (Next::Task(task), Some(next)) = (&mut found.next, visited.next.get(&kind)) {
        choose(task, next, on.earlier.is_some())?;
    }
    apply(work, on, visited, kind, found);
    Ok(())
}

/// Returns what the programme makes of the finding, after those of the visit before it.
fn judged(
    work: &Workings<'_>,
    on: &On<'_>,
    kind: ProgrammeKind,
    finding: &Finding,
) -> Result<Found, Refusal> {
    let before = entered(work.course, kind)?;
    if on.day < before.entered {
        return Err(Refusal::BeforeEntry {
            entered: before.entered,
        });
    }
    let asked = Asked {
        person: on.person,
        course: before,
        today: on.day,
        settings: on.settings,
    };
    if is_repeated(&asked, kind, finding) {
        return Err(Refusal::VisitedThatDay(kind));
    }
    let decided = work.decision.outcomes.get(&kind);
    let Some(facts) = decided.and_then(|outcome| outcome.facts.clone()) else {
        return Ok(judge(&asked, kind, finding));
    };
    let known = ProgrammeCourse {
        facts,
        ..before.clone()
    };
    let asked = Asked {
        course: &known,
        ..asked
    };
    Ok(judge(&asked, kind, finding))
}

/// Returns the programme's course while follow-up goes on.
pub(super) fn entered(course: &Course, kind: ProgrammeKind) -> Result<&ProgrammeCourse, Refusal> {
    course
        .programmes
        .get(&kind)
        .filter(|programme| programme.is_open())
        .ok_or(Refusal::NotEnrolled(kind))
}

/// E-FORM-DUP: the same programme's form was completed on the day.
fn is_repeated(asked: &Asked<'_>, kind: ProgrammeKind, finding: &Finding) -> bool {
    let course = asked.course;
    match finding {
        Finding::Exam(_) | Finding::Constitution | Finding::Assessment => {
            course.last_exam == Some(asked.today)
        }
        Finding::Mental(_) | Finding::Tb(_) | Finding::Disabled(_) | Finding::Household(_) => {
            let same_day = |last: &LastSeen| last.day == asked.today && !last.brought_in;
            course.last.as_ref().is_some_and(same_day)
        }
        Finding::Child(check) => {
            let facts = course.facts.birth();
            let done = facts.and_then(|f| f.done.get(&TaskKind::Child(check.age)));
            done == Some(&asked.today)
        }
        Finding::TcmChild(age) => {
            let facts = course.facts.done();
            facts.and_then(|f| f.get(&TaskKind::TcmChild(*age))) == Some(&asked.today)
        }
        Finding::Antenatal(_) | Finding::Newborn(_) | Finding::Postnatal(_) => {
            kind != ProgrammeKind::Vax && done_on(course, asked.today)
        }
        Finding::TbFirst(_)
        | Finding::PostnatalCheck(_)
        | Finding::Vaccinated(_)
        | Finding::Consulted { .. }
        | Finding::Noted
        | Finding::Referred(_)
        | Finding::SlipReturned
        | Finding::Prescribed(_) => false,
    }
}

fn done_on(course: &ProgrammeCourse, day: crate::domain::day::Day) -> bool {
    let facts = &course.facts;
    let done = facts
        .pregnancy()
        .map(|f| &f.done)
        .or_else(|| facts.delivery().map(|f| &f.done))
        .or_else(|| facts.birth().map(|f| &f.done));
    done.is_some_and(|done| done.values().any(|on| *on == day))
}

fn judge(asked: &Asked<'_>, kind: ProgrammeKind, finding: &Finding) -> Found {
    match finding {
        Finding::Mental(state) => smd::judge(asked, state),
        Finding::TbFirst(visit) => tb::judge_first(asked, visit),
        Finding::Tb(visit) => tb::judge(asked, visit),
        Finding::Exam(exam) => match kind {
            ProgrammeKind::Elderly => elderly::judge(asked, exam),
            ProgrammeKind::General => general::judge(Rule::N2),
            ProgrammeKind::Htn
            | ProgrammeKind::Dm
            | ProgrammeKind::Smd
            | ProgrammeKind::Tb
            | ProgrammeKind::Anc
            | ProgrammeKind::Pnc
            | ProgrammeKind::Child
            | ProgrammeKind::Vax
            | ProgrammeKind::TcmElderly
            | ProgrammeKind::TcmChild
            | ProgrammeKind::Disabled
            | ProgrammeKind::Poverty
            | ProgrammeKind::Screen35
            | ProgrammeKind::Outpatient => checked(kind),
        },
        Finding::Constitution => tcm::judge_constitution(),
        Finding::Antenatal(check) => anc::judge(asked, check),
        Finding::Postnatal(visit) => pnc::judge_visit(asked, visit),
        Finding::PostnatalCheck(check) => pnc::judge_check(asked, check),
        Finding::Newborn(visit) => child::judge_newborn(asked, visit),
        Finding::Child(check) => child::judge_check(asked, check),
        Finding::TcmChild(age) => tcm::judge_child(asked, *age),
        Finding::Disabled(seen) => disabled::judge(asked, *seen),
        Finding::Assessment => general::judge(Rule::N1),
        Finding::Household(need) => poverty::judge(asked, *need),
        Finding::Vaccinated(doses) => vax::judge(asked, doses),
        Finding::Consulted { .. }
        | Finding::Noted
        | Finding::Referred(_)
        | Finding::SlipReturned
        | Finding::Prescribed(_) => Found::default(),
    }
}

/// The yearly check of a programme for which it decides nothing else.
fn checked(kind: ProgrammeKind) -> Found {
    let mut found = Found {
        completes: kind.programme().exam.into_iter().collect(),
        is_exam: true,
        ..Found::default()
    };
    found.rules.push(Rule::Ex1);
    found
}

/// The yearly check of a programme whose own form is filled in on the same visit: what that
/// decides of the visits stands.
fn beside(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: Found,
) {
    for rule in &found.rules {
        work.rule(*rule);
    }
    for alert in &found.alerts {
        work.alert(*alert);
    }
    closing::outdate(work, on, visited, kind, &found);
    let outcome = work.outcome(kind);
    outcome.rule = outcome.rule.or(found.rules.last().copied());
    outcome.facts = found.facts.or(outcome.facts.take());
    outcome.exam = Some(on.day);
}

fn apply(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: Found,
) {
    for rule in &found.rules {
        work.rule(*rule);
    }
    closing::replace(work, on, visited, kind, &found);
    closing::outdate(work, on, visited, kind, &found);
    let checked = referral::answered(work, visited, kind, &found);
    if checked != Check::None && found.ends.is_none() {
        work.vacate(kind, |task| {
            if task.earliest <= on.day && checked != Check::Waits {
                Closing::Completed
            } else {
                Closing::Replaced
            }
        });
        work.outcome(kind).referral_closed = checked != Check::Waits;
    }
    match &found.refer {
        // Nobody asks after a referral of what has ended.
        Some(refer) if found.ends.is_some() => work.alert(refer.alert),
        Some(refer) => referral::advise(work, kind, refer, checked, on.day),
        None => {}
    }
    for alert in &found.alerts {
        work.alert(*alert);
    }
    let follows_smd = kind == ProgrammeKind::Disabled && disabled::follows_smd(work.course);
    match &found.next {
        Next::Task(task) if !follows_smd && checked != Check::Waits => {
            work.fill(kind, task.clone());
        }
        Next::Task(_) | Next::Keep | Next::Nothing => {}
    }
    if kind == ProgrammeKind::Smd && !found.is_exam {
        follow_disability(work);
    }
    if let Some(why) = found.ends {
        note(work, on, visited, kind, found);
        end(work, on, kind, why);
        return;
    }
    if let Some(result) = visited.referral_result {
        referral::told(work, kind, result, on.day, on.settings);
    }
    if !follows_smd {
        referral::find_again(work, kind, on.day, on.settings);
    }
    note(work, on, visited, kind, found);
}

/// What stands of the visit beside the work it closes and brings.
fn note(
    work: &mut Workings<'_>,
    on: &On<'_>,
    visited: &Visited,
    kind: ProgrammeKind,
    found: Found,
) {
    let face_to_face = visited.mode.is_face_to_face();
    let before = work.course.programmes.get(&kind);
    let was_lost = !matches!(before.map(|p| p.status), Some(ProgrammeStatus::Managed));
    let outcome = work.outcome(kind);
    outcome.rule = outcome.rule.or(found.rules.last().copied());
    outcome.class = found.class.or(outcome.class);
    outcome.proposed = found.proposed.or(outcome.proposed);
    outcome.attempts = Some(0);
    outcome.facts = found.facts.or(outcome.facts.take());
    if was_lost {
        outcome.status = Some(ProgrammeStatus::Managed);
    }
    if found.is_exam {
        outcome.exam = Some(on.day);
    } else {
        outcome.face_to_face = Some(on.day).filter(|_| face_to_face);
        outcome.last = Some(LastSeen {
            day: on.day,
            class: found.class,
            measured: visited.measured.clone(),
            brought_in: false,
        });
    }
}

/// A visit for mental disorder stands for the disabled person's own (rules §13).
fn follow_disability(work: &mut Workings<'_>) {
    let course = work.course;
    let disabled = course.programmes.get(&ProgrammeKind::Disabled);
    if disabled.is_some_and(|p| p.is_open() && p.slot.is_some()) {
        work.vacate(ProgrammeKind::Disabled, |_| Closing::Completed);
    }
}

fn end(work: &mut Workings<'_>, on: &On<'_>, kind: ProgrammeKind, why: EndReason) {
    let outcome = work.outcome(kind);
    outcome.status = Some(ProgrammeStatus::Ended { on: on.day, why });
    outcome.left = Some(on.day);
    outcome.referral_closed = true;
}
