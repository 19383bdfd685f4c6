//! What the rules propose on a form: class, next date and its window, a dose's limits.
//!
//! The context a form opens with is `visit`'s.

use crate::domain::{
    course::{
        Decision,
        decision::{ReferralChange, SlotChange},
    },
    day::Day,
    form::{FilledForm, FormContext},
    programmes::{Asked, ProgrammeKind, vax},
    rows::CourseRow,
    settings::Settings,
    task::Task,
    value::Value,
    visit,
};

/// Puts what the rules propose into the context of a form.
pub fn propose(
    context: &mut FormContext,
    filled: &FilledForm,
    decision: &Decision,
    row: &CourseRow,
) {
    let Some(kind) = visit::programme_of(&filled.form) else {
        return;
    };
    let proposed = &mut context.proposed;
    if let Some(limits) = dose_limits(filled, row, context.visit) {
        proposed.earliest = Some(limits.by_age);
        proposed.interval_from = Some(limits.by_interval);
        return;
    }
    if let Some(class) = decision
        .outcomes
        .get(&kind)
        .and_then(|outcome| outcome.class)
    {
        proposed
            .answers
            .insert("class".to_owned(), Value::Code(class.code().to_owned()));
    }
    if let Some(task) = next_task(decision, kind) {
        proposed
            .answers
            .insert("next_date".to_owned(), Value::Date(task.due));
        proposed.earliest = Some(task.earliest);
        proposed.latest = Some(task.last_choice());
    }
}

/// Returns from when the dose of a filled-in form may be given.
fn dose_limits(filled: &FilledForm, row: &CourseRow, day: Day) -> Option<vax::Limits> {
    let dose = visit::dose_on(filled)?;
    let course = row.course.programmes.get(&ProgrammeKind::Vax)?;
    let asked = Asked {
        person: &row.facts(),
        course,
        today: day,
        settings: &Settings::default(),
    };
    vax::limits(&asked, dose)
}

/// Returns the day the rules set for the next follow-up of a programme.
pub fn next_due(decision: &Decision, kind: ProgrammeKind) -> Option<Day> {
    next_task(decision, kind).map(|task| task.due)
}

fn next_task(decision: &Decision, kind: ProgrammeKind) -> Option<&Task> {
    let outcome = decision.outcomes.get(&kind)?;
    match (&outcome.slot, &decision.referral) {
        (SlotChange::Set(task), _) => Some(task),
        (_, Some(ReferralChange::Set(task))) if task.programmes.contains(&kind) => Some(task),
        // Work that comes with time: what comes first.
        _ => decision
            .opened
            .iter()
            .filter(|task| task.programmes.contains(&kind))
            .min_by_key(|task| task.due),
    }
}
