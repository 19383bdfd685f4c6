//! What must hold of everybody followed up, whatever was recorded.

use cunyi::domain::{
    course::{Course, PersonFacts, ProgrammeCourse, standing},
    day::{Day, age_months, plus_days},
    programmes::{ProgrammeKind, disabled},
    settings::Settings,
    task::{Task, TaskKind},
};

/// Returns what is wrong with a course as of a day: somebody managed without open work or a
/// recorded end, two follow-up tasks of one programme, two referral checks.
pub fn faults(course: &Course, person: &PersonFacts, today: Day) -> Vec<String> {
    let mut faults = Vec::new();
    let dated = course.tasks();
    let mut all = dated.clone();
    all.extend(standing::tasks(course, person, today, &Settings::default()));
    let checks = |task: &&Task| task.kind == TaskKind::ReferralCheck;
    if 1 < all.iter().filter(checks).count() {
        faults.push("two referral checks".to_owned());
    }
    for (kind, programme) in &course.programmes {
        let serves = |task: &&Task| task.programmes.contains(kind);
        if 1 < dated.iter().filter(serves).count() {
            faults.push(format!("{} has two follow-up tasks", kind.code()));
        }
        let is_left = !all.iter().any(|task| serves(&task));
        let goes_on = course.ended.is_none() && programme.is_open();
        if goes_on && is_left && !rests(*kind, course, programme, person, today) {
            faults.push(format!("{} has no open work: {programme:?}", kind.code()));
        }
    }
    faults
}

/// Says whether a programme has rightly nothing more to do before time ends it.
fn rests(
    kind: ProgrammeKind,
    course: &Course,
    programme: &ProgrammeCourse,
    person: &PersonFacts,
    today: Day,
) -> bool {
    let months = age_months(person.birth, today);
    match kind {
        // After the last age, the last dose, the last week.
        ProgrammeKind::Child => 72 <= months,
        ProgrammeKind::Vax => 72 <= months || is_complete(programme),
        // It only stands beside the child's next check, where that age has the service.
        ProgrammeKind::TcmChild => true,
        ProgrammeKind::Anc => programme
            .facts
            .pregnancy()
            .is_some_and(|facts| plus_days(facts.lmp, 259) <= today || 5 <= facts.done.len()),
        ProgrammeKind::Pnc => programme
            .facts
            .delivery()
            .is_some_and(|facts| plus_days(facts.delivered, 42) <= today),
        // Until the next year of the agreement, or after the last.
        ProgrammeKind::General => true,
        // The visits for mental disorder stand for these.
        ProgrammeKind::Disabled => disabled::follows_smd(course),
        // A paper asks for nothing unless it says so.
        ProgrammeKind::Outpatient => true,
        // The yearly pressure comes with age alone.
        ProgrammeKind::Screen35 => programme.referral_open.is_none(),
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Smd
        | ProgrammeKind::Tb
        | ProgrammeKind::Elderly
        | ProgrammeKind::TcmElderly
        | ProgrammeKind::Poverty => false,
    }
}

/// Every series was finished ahead of the last age.
fn is_complete(programme: &ProgrammeCourse) -> bool {
    programme
        .facts
        .doses()
        .is_some_and(|given| 20 <= given.len())
}
