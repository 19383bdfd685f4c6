//! Yearly and half-yearly tasks, computed as of a day: time alone writes nothing.
//!
//! Which of them make a row of their own is the queue's matter.

use super::{Course, PersonFacts, ProgrammeKind, ProgrammeStatus};
use crate::domain::{
    day::{Day, plus_months},
    programmes::{
        reason::Reason,
        rule::Rule,
        screen35::{AGE, HIGH_RISK_AGE},
    },
    settings::Settings,
    task::{Task, TaskKind},
    window::{Window, calendar_year, half_year},
};

/// Returns the computed tasks as they stand on `today`, also those not open yet and those
/// nobody can record yet.
pub fn tasks(course: &Course, person: &PersonFacts, today: Day, settings: &Settings) -> Vec<Task> {
    if course.ended.is_some() {
        return Vec::new();
    }
    let mut tasks: Vec<Task> = pressure_task(course, person, today, settings)
        .into_iter()
        .collect();
    for (kind, programme) in &course.programmes {
        if let Some(follow_up) = &kind.programme().follow_up
            && programme.status == ProgrammeStatus::Managed
        {
            let window = calendar_year(programme.entered, programme.last_exam, today);
            tasks.push(Task::new(
                follow_up.exam,
                *kind,
                &window,
                Rule::Ex1,
                Reason::YearlyCheck,
            ));
        }
    }
    tasks
}

/// When computed tasks that can be recorded are listed, as long as nothing is recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FirstDays {
    /// The yearly pressure (HS1): from the first day until before the second.
    pub yearly: Option<(Day, Day)>,
    /// The half-yearly pressure of people at high risk (HS3), from this day on.
    pub half_yearly: Option<Day>,
}

/// Returns when computed tasks are listed: the days a store finds the person by.
pub fn first_days(course: &Course, person: &PersonFacts, settings: &Settings) -> FirstDays {
    if course.ended.is_some() || !is_screened(course) {
        return FirstDays::default();
    }
    let last = pressure_day(course);
    let entry = screening_entry(person);
    let window = calendar_year(entry, last, last.unwrap_or(entry));
    let yearly = pressure(&window).first_listed(settings).max(entry);
    let Some(last) = last else {
        return FirstDays {
            yearly: Some((yearly, Day::MAX)),
            half_yearly: None,
        };
    };
    let risky = if course.screening.is_high_risk(Day::MAX, person.birth) {
        person.birth
    } else {
        plus_months(person.birth, HIGH_RISK_AGE * 12)
    };
    let twice = pressure(&half_year(last, settings)).first_listed(settings);
    FirstDays {
        yearly: (yearly < risky).then_some((yearly, risky)),
        half_yearly: Some(twice.max(risky).max(entry)),
    }
}

/// Returns HS1 or HS3 as it stands on `today`; none while a high pressure is being measured
/// again or was referred, and none for people known hypertensive.
pub(super) fn pressure_task(
    course: &Course,
    person: &PersonFacts,
    today: Day,
    settings: &Settings,
) -> Option<Task> {
    let entry = screening_entry(person);
    if today < entry || !is_screened(course) {
        return None;
    }
    let window = match pressure_day(course) {
        Some(last) if course.screening.is_high_risk(person.birth, today) => {
            half_year(last, settings)
        }
        last => calendar_year(entry, last, today),
    };
    Some(pressure(&window))
}

fn is_screened(course: &Course) -> bool {
    let referred = course
        .programmes
        .get(&ProgrammeKind::Screen35)
        .is_some_and(|p| p.referral_open.is_some());
    !course.is_known_hypertensive() && !referred && course.slot(ProgrammeKind::Screen35).is_none()
}

/// The day screening begins: the 35th birthday, or coming into the register after it.
fn screening_entry(person: &PersonFacts) -> Day {
    let age = plus_months(person.birth, AGE * 12);
    person.registered.map_or(age, |day| day.max(age))
}

fn pressure_day(course: &Course) -> Option<Day> {
    let followed = course.programmes.values().filter_map(|p| {
        let last = p.last.as_ref()?;
        last.measured.pressure().map(|_| last.day)
    });
    followed.chain(course.screening.last_day).max()
}

fn pressure(window: &Window) -> Task {
    let (rule, reason) = if window.code.is_standing() {
        (Rule::Hs1, Reason::YearlyPressure)
    } else {
        (Rule::Hs3, Reason::HalfYearPressure)
    };
    Task::new(
        TaskKind::BpScreen,
        ProgrammeKind::Screen35,
        window,
        rule,
        reason,
    )
}
