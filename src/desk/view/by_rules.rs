//! What the rules propose on a form: class, next date and its window, a dose's limits.
//!
//! The context a form opens with is `visit`'s.

use crate::domain::{
    course::Decision,
    day::Day,
    form::{FilledForm, FormContext},
    programmes::{Asked, ProgrammeKind, vax},
    rows::CourseRow,
    settings::Settings,
    value::Value,
    visit,
};

/// Puts what the rules propose into the context of a form, by the settings of its day.
pub fn propose(
    context: &mut FormContext,
    filled: &FilledForm,
    decision: &Decision,
    row: &CourseRow,
    settings: &Settings,
) {
    let Some(kind) = visit::programme_of(&filled.form) else {
        return;
    };
    let proposed = &mut context.proposed;
    if let Some(limits) = dose_limits(filled, row, context.visit, settings) {
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
    if let Some(task) = decision.next_of(kind) {
        proposed
            .answers
            .insert("next_date".to_owned(), Value::Date(task.due));
        proposed.earliest = Some(task.earliest);
        proposed.latest = Some(task.last_choice());
    }
}

/// Returns from when the dose of a filled-in form may be given.
fn dose_limits(
    filled: &FilledForm,
    row: &CourseRow,
    day: Day,
    settings: &Settings,
) -> Option<vax::Limits> {
    let dose = visit::dose_on(filled)?;
    let course = row.course.programmes.get(&ProgrammeKind::Vax)?;
    let asked = Asked {
        person: &row.facts(),
        course,
        today: day,
        settings,
    };
    vax::limits(&asked, dose)
}

/// Returns the day the rules set for the next follow-up of a programme.
pub fn next_due(decision: &Decision, kind: ProgrammeKind) -> Option<Day> {
    decision.next_of(kind).map(|task| task.due)
}
