//! The line of the yearly pressure of everybody of 35 and over (rules §3.1).

use chrono::Datelike;

use super::{
    Life, past,
    work::{PLANNED_YEARS, done_on, open_marks},
    year::{Line, Service, What},
};
use crate::domain::{
    course::ManagedSpan,
    day::{Day, age_years, year_end, year_start},
    programmes::{ProgrammeKind, screen35},
    task::{Task, TaskKind},
};

/// HS1 and HS3: a pressure a year for everybody of 35 not known hypertensive.
pub fn line(life: &Life<'_>, open: &[Task], year: i32) -> Line {
    let mut line = Line {
        programme: ProgrammeKind::Screen35,
        service: Service::Yearly(TaskKind::BpScreen),
        marks: Vec::new(),
        windows: Vec::new(),
    };
    let exam = TaskKind::BpScreen;
    let is_young = |day: Day| age_years(life.person.birth, day) < screen35::AGE;
    let htn = life.course.programmes.get(&ProgrammeKind::Htn);
    let in_htn = |day: Day| {
        let spans = htn.map_or(&[][..], |htn| &htn.spans);
        let is_in = |span: &ManagedSpan| span.from <= day && span.to.is_none_or(|to| day <= to);
        spans.iter().any(is_in)
    };
    if life.person.birth == Day::MIN || is_young(year_end(year)) || in_htn(year_start(year)) {
        return line;
    }
    let kinds = [exam];
    for contact in life.standing() {
        let measured = contact.happening.measured();
        if measured.is_some_and(|m| m.pressure().is_some()) && !in_htn(contact.day) {
            line.marks.push(done_on(contact.day, exam));
        }
        let told = past::told(contact, ProgrammeKind::Screen35, &kinds);
        line.marks.extend(
            told.into_iter()
                .filter(|mark| !matches!(mark.what, What::Done { .. })),
        );
    }
    let is_done = line
        .marks
        .iter()
        .any(|mark| mark.day.year() == year && matches!(mark.what, What::Done { .. }));
    let was_known = life
        .person
        .registered
        .is_some_and(|on| on.year() <= year && (on.year() < year || life.today.year() == year));
    let screened = open.iter().find(|task| task.kind == exam);
    if let Some(task) = screened.filter(|_| is_done && year == life.today.year()) {
        // A person at risk is measured every half-year (HS3).
        line.marks.extend(open_marks(task, life.today));
    }
    let is_gone = life
        .course
        .ended
        .is_some_and(|ended| ended.on <= year_end(year));
    if !is_done && was_known && !is_gone && !in_htn(year_end(year)) {
        let near = year <= life.today.year() + PLANNED_YEARS;
        let later = !near || screened.is_none() && life.today.year() <= year;
        if !later {
            line.year_without(life, screened, (exam, year), || year_start(year));
        }
    }
    line
}
