//! Tasks that come with time alone: computed as of a day from what is known, never stored.
//!
//! Which of them make a row of their own is the queue's matter.

use serde::{Deserialize, Serialize};

use super::{Course, PersonFacts, ProgrammeCourse, ProgrammeKind, ProgrammeStatus};
use crate::domain::{
    alert::Alert,
    day::{Day, plus_days, plus_months},
    programmes::{
        Asked, anc, child, elderly, general, outpatient, pnc,
        reason::Reason,
        rule::Rule,
        screen35::{AGE, HIGH_RISK_AGE},
        tcm, vax,
    },
    settings::Settings,
    task::{Task, TaskKind},
    window::{Span, Window, calendar_year, half_year},
};

/// The dates attempts gave to a computed task (rules §16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The last day of the window it was computed with: with another window it lapses.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub of: Option<Day>,
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    pub days: u32,
    #[serde(with = "crate::domain::written_day")]
    pub earliest: Day,
    #[serde(with = "crate::domain::written_day")]
    pub due: Day,
    pub rule: Rule,
    pub attempts: u32,
    /// The visit was refused rather than missed.
    #[serde(default)]
    pub refused: bool,
}

/// Returns the computed tasks as they stand on `today`, also those not open
/// yet.
pub fn tasks(course: &Course, person: &PersonFacts, today: Day, settings: &Settings) -> Vec<Task> {
    if course.ended.is_some() {
        return Vec::new();
    }
    let mut tasks: Vec<Task> = pressure_task(course, person, today, settings)
        .into_iter()
        .collect();
    for (kind, programme) in &course.programmes {
        if programme.status == ProgrammeStatus::Managed {
            let asked = Asked {
                person,
                course: programme,
                today,
                settings,
            };
            tasks.extend(of_programme(course, *kind, &asked));
        }
    }
    for task in &mut tasks {
        if let Some(moved) = course.moved.get(&task.kind) {
            task.follow(moved);
        }
    }
    tasks
}

impl Task {
    /// Takes the dates attempts gave it, while its window is still the same.
    fn follow(&mut self, moved: &Moved) {
        if moved.of != self.latest {
            return;
        }
        self.from = moved.from;
        self.span = Span::Days(moved.days);
        self.earliest = moved.earliest;
        self.due = moved.due;
        self.rule = moved.rule;
        self.attempts = moved.attempts;
        if moved.refused {
            self.reason = Reason::Refused;
        }
    }
}

fn of_programme(course: &Course, kind: ProgrammeKind, asked: &Asked<'_>) -> Vec<Task> {
    let tasks = by_rules(course, kind, asked).into_iter();
    tasks.map(|task| task.on_workday(asked.settings)).collect()
}

fn by_rules(course: &Course, kind: ProgrammeKind, asked: &Asked<'_>) -> Vec<Task> {
    match kind {
        ProgrammeKind::Htn | ProgrammeKind::Dm | ProgrammeKind::Smd => {
            yearly_check(kind, asked).into_iter().collect()
        }
        ProgrammeKind::Elderly => elderly::tasks(asked),
        ProgrammeKind::TcmElderly => tcm::elderly_tasks(asked),
        ProgrammeKind::Anc => anc::tasks(asked),
        ProgrammeKind::Pnc => pnc::tasks(asked),
        ProgrammeKind::Child => child::tasks(asked),
        ProgrammeKind::TcmChild => {
            let checks = course.programmes.get(&ProgrammeKind::Child);
            let facts = checks.and_then(|child| child.facts.birth());
            let none = std::collections::BTreeMap::new();
            tcm::child_tasks(asked, facts.map_or(&none, |birth| &birth.done))
        }
        ProgrammeKind::Vax => vax::tasks(asked),
        ProgrammeKind::General => general::tasks(asked),
        ProgrammeKind::Outpatient => outpatient::tasks(asked),
        ProgrammeKind::Tb
        | ProgrammeKind::Disabled
        | ProgrammeKind::Poverty
        | ProgrammeKind::Screen35 => Vec::new(),
    }
}

fn yearly_check(kind: ProgrammeKind, asked: &Asked<'_>) -> Option<Task> {
    let course = asked.course;
    let window = calendar_year(course.entered, course.last_exam, asked.today);
    let exam = kind.programme().exam?;
    Some(Task::new(
        exam,
        kind,
        &window,
        Rule::Ex1,
        Reason::YearlyCheck,
    ))
}

/// Returns what time alone has made true by `today`: windows that passed, doses that are late.
pub fn alerts(
    course: &Course,
    person: &PersonFacts,
    today: Day,
    settings: &Settings,
) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for (kind, programme) in &course.programmes {
        if programme.status != ProgrammeStatus::Managed {
            continue;
        }
        let asked = Asked {
            person,
            course: programme,
            today,
            settings,
        };
        match kind {
            ProgrammeKind::Anc => {
                alerts.extend(anc::missed(&asked).into_iter().map(Alert::WindowMissed));
            }
            ProgrammeKind::Child => {
                alerts.extend(child::missed(&asked).into_iter().map(Alert::WindowMissed));
            }
            ProgrammeKind::Vax => {
                alerts.extend(vax::overdue(&asked).into_iter().map(Alert::VaccineOverdue));
            }
            ProgrammeKind::Htn
            | ProgrammeKind::Dm
            | ProgrammeKind::Smd
            | ProgrammeKind::Tb
            | ProgrammeKind::Elderly
            | ProgrammeKind::Pnc
            | ProgrammeKind::TcmElderly
            | ProgrammeKind::TcmChild
            | ProgrammeKind::Disabled
            | ProgrammeKind::Poverty
            | ProgrammeKind::General
            | ProgrammeKind::Screen35
            | ProgrammeKind::Outpatient => {}
        }
    }
    alerts
}

/// Says whether time alone has ended the programme by `today` (rules §18).
pub fn is_over(kind: ProgrammeKind, programme: &ProgrammeCourse, birth: Day, today: Day) -> bool {
    let months = match kind {
        ProgrammeKind::Child | ProgrammeKind::Vax => child::END,
        ProgrammeKind::TcmChild => tcm::CHILD_END,
        ProgrammeKind::Pnc => {
            let delivery = programme.facts.delivery();
            return delivery.is_some_and(|facts| facts.is_over(today));
        }
        ProgrammeKind::General => {
            let term = programme.facts.term();
            return term.is_some_and(|term| term.last_day() < today);
        }
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Smd
        | ProgrammeKind::Tb
        | ProgrammeKind::Elderly
        | ProgrammeKind::Anc
        | ProgrammeKind::TcmElderly
        | ProgrammeKind::Disabled
        | ProgrammeKind::Poverty
        | ProgrammeKind::Screen35
        | ProgrammeKind::Outpatient => return false,
    };
    plus_months(birth, months) <= today
}

/// When computed tasks are listed, as long as nothing is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstDays {
    /// Work with a window of its own: from these days on the person is looked at.
    pub listed: Vec<Day>,
    /// Yearly work that only rides along: from the first day until before the second.
    pub standing: Vec<(Day, Day)>,
    /// The same of the assessments of agreement years: something else may stand for one.
    pub assessments: Vec<(Day, Day)>,
}

/// Returns when computed tasks are listed: the days a store finds the person by.
pub fn first_days(course: &Course, person: &PersonFacts, settings: &Settings) -> FirstDays {
    let mut first = FirstDays::default();
    if course.ended.is_none() {
        of_programmes(&mut first, course, person, settings);
        if is_screened(course) {
            of_screening(&mut first, course, person, settings);
        }
    }
    first
}

/// Every programme's computed tasks as of the last thing that is known of it: those that
/// come later are found by the ones before them, which stay listed until done or over.
fn of_programmes(
    first: &mut FirstDays,
    course: &Course,
    person: &PersonFacts,
    settings: &Settings,
) {
    for (kind, programme) in &course.programmes {
        if programme.status != ProgrammeStatus::Managed {
            continue;
        }
        let last = programme.last.as_ref().map(|last| last.day);
        let known = [last, programme.last_exam].into_iter().flatten().max();
        let asked = Asked {
            person,
            course: programme,
            today: known.map_or(programme.entered, |day| day.max(programme.entered)),
            settings,
        };
        if let Some(term) = programme.facts.term() {
            let open = general::open(*term, programme.last_exam);
            let open = open.map(|task| task.on_workday(settings));
            first.assessments.extend(open.map(|task| {
                let from = first_standing(course, &task, settings);
                let last = task.latest.map_or(Day::MAX, |day| day.min(term.last_day()));
                (from, plus_days(last, 1))
            }));
            continue;
        }
        let tasks = of_programme(course, *kind, &asked);
        let (yearly, dated): (Vec<&Task>, Vec<&Task>) =
            tasks.iter().partition(|task| task.window.is_standing());
        let listed = dated.iter().map(|task| task.first_listed(settings)).min();
        first.listed.extend(listed);
        let yearly = yearly
            .iter()
            .map(|task| first_standing(course, task, settings))
            .min();
        first.standing.extend(yearly.map(|from| (from, Day::MAX)));
    }
}

/// Returns the first day yearly work stands: where attempts moved it, then, or when its window is
/// over and the next one begins.
fn first_standing(course: &Course, task: &Task, settings: &Settings) -> Day {
    let mut moved = task.clone();
    if let Some(dates) = course.moved.get(&task.kind) {
        moved.follow(dates);
    }
    let next = task.latest.map_or(Day::MAX, |last| plus_days(last, 1));
    moved.first_listed(settings).min(next)
}

/// Returns the last days of the agreement years in which somebody is to be assessed yet (N1).
pub fn agreement_year_ends(course: &Course) -> Vec<Day> {
    let general = course.programmes.get(&ProgrammeKind::General);
    let managed = general.filter(|one| one.status == ProgrammeStatus::Managed);
    let Some((programme, term)) = managed.and_then(|one| Some((one, *one.facts.term()?))) else {
        return Vec::new();
    };
    let assessed: Vec<Day> = programme.last_exam.into_iter().collect();
    let years = general::services(term, &assessed).into_iter();
    let last = programme.last_exam.unwrap_or(Day::MIN);
    years
        .filter(|year| year.done.is_none())
        .map(|year| year.last_day())
        .filter(|day| last < *day)
        .collect()
}

/// HS1 and HS3.
fn of_screening(first: &mut FirstDays, course: &Course, person: &PersonFacts, settings: &Settings) {
    let last = pressure_day(course);
    let entry = screening_entry(person);
    let window = calendar_year(entry, last, last.unwrap_or(entry));
    let yearly = first_standing(course, &pressure(&window, settings), settings).max(entry);
    let Some(last) = last else {
        first.standing.push((yearly, Day::MAX));
        return;
    };
    let risky = if course.screening.is_high_risk(Day::MAX, person.birth) {
        person.birth
    } else {
        plus_months(person.birth, HIGH_RISK_AGE * 12)
    };
    let twice = pressure(&half_year(last, settings), settings).first_listed(settings);
    if yearly < risky {
        first.standing.push((yearly, risky));
    }
    first.listed.push(twice.max(risky).max(entry));
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
    Some(pressure(&window, settings))
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

fn pressure(window: &Window, settings: &Settings) -> Task {
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
    .on_workday(settings)
}
