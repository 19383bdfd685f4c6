//! What must hold of everybody followed up, whatever was recorded.

use cunyi::domain::{
    course::{
        self, Course, Happening, PersonFacts, ProgrammeCourse, happening::ReferralResult, standing,
    },
    day::{Day, age_months, plus_days},
    programmes::{ProgrammeKind, disabled},
    settings::Settings,
    task::{Mode, Task, TaskKind},
    visit::{self, Who},
};

/// Returns what is wrong with a course as of a day: somebody managed without open work or a
/// recorded end, two follow-up tasks of one programme, two referral checks, work left of what
/// has ended, work nobody could do.
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
        let is_visited = kind.programme().visit.is_some();
        let stands_in = *kind == ProgrammeKind::Disabled && disabled::follows_smd(course);
        if goes_on && is_visited && course.slot(*kind).is_none() && !stands_in {
            faults.push(format!(
                "{} has no visit to come: {programme:?}",
                kind.code()
            ));
        }
    }
    faults.extend(left_behind(course));
    faults.extend(unanswerable(course, person, today));
    let by_form = |task: &Task| undoable(task, course, person, today);
    faults.extend(all.iter().filter_map(by_form));
    faults
}

/// What has ended leaves nothing open.
fn left_behind(course: &Course) -> Vec<String> {
    let mut faults = Vec::new();
    for (kind, programme) in &course.programmes {
        let is_left = programme.slot.is_some() || programme.referral_open.is_some();
        if is_left && !programme.is_open() {
            faults.push(format!("{} ended with work: {programme:?}", kind.code()));
        }
        let is_forgotten = programme.referral_open.is_some() && course.slot(*kind).is_none();
        if is_forgotten {
            faults.push(format!(
                "{} is referred, unasked: {programme:?}",
                kind.code()
            ));
        }
    }
    if course.ended.is_some() && !course.tasks().is_empty() {
        faults.push(format!("{:?} left {:?}", course.ended, course.tasks()));
    }
    faults
}

/// The referral check that is open asks after referrals that are open, and takes an answer.
fn unanswerable(course: &Course, person: &PersonFacts, today: Day) -> Option<String> {
    let check = course.referral.as_ref()?;
    let is_asked = |kind: &ProgrammeKind| {
        let known = course.programmes.get(kind);
        known.is_some_and(|known| known.is_open() && known.referral_open.is_some())
    };
    let answer = Happening::ReferralChecked {
        result: ReferralResult::InHospital,
        mode: Mode::Phone,
    };
    let on = check.earliest.max(today);
    let answered = course::decide(course, person, &answer, on, &Settings::default());
    let stands = !check.programmes.is_empty() && check.programmes.iter().all(is_asked);
    (!stands || answered.is_err()).then(|| format!("{check:?} takes no answer: {answered:?}"))
}

/// Every piece of work names papers, and each is one of a programme that goes on.
fn undoable(task: &Task, course: &Course, person: &PersonFacts, today: Day) -> Option<String> {
    let who = Who {
        course,
        birth: person.birth,
        day: task.earliest.max(today),
    };
    let forms = visit::forms_of(std::slice::from_ref(task), &who);
    let is_open = |kind: &ProgrammeKind| {
        let known = course.programmes.get(kind);
        let by_itself = matches!(kind, ProgrammeKind::Screen35 | ProgrammeKind::Outpatient);
        by_itself || known.is_some_and(ProgrammeCourse::is_open)
    };
    let is_taken = |form: &String| visit::programmes_of(form).iter().any(is_open);
    let is_doable = !forms.is_empty() && forms.iter().all(is_taken);
    (!is_doable).then(|| format!("{task:?} is done on {forms:?}"))
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
