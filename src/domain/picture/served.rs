//! What one person was served, in the form promises are counted by: completed tasks of contacts,
//! and the services of schedules with the days they were done.

use super::{Life, work::At};
use crate::domain::{
    agreement::{fulfilment::Completed, pledge},
    contact::Contact,
    course::served::{self, Done},
    programmes::{ProgrammeKind, Served, vax},
    task::{Mode, TaskKind},
    window::{Span, Window, WindowCode},
};

/// Returns what the contacts that count completed.
pub fn completed(life: &Life<'_>) -> Vec<Completed> {
    life.standing().flat_map(of_contact).collect()
}

fn of_contact(contact: &Contact) -> impl Iterator<Item = Completed> + '_ {
    let is_met = contact.happening.mode().is_some_and(Mode::is_face_to_face);
    let kinds = contact.decision.completed.iter();
    let completed = kinds.map(move |kind| Done {
        kind: *kind,
        day: contact.day,
        met: is_met,
    });
    let visited = served::done(&contact.happening, &contact.decision);
    let all: Vec<Done> = completed.chain(visited).collect();
    pledge::completed(&all).into_iter()
}

/// Returns the services of every programme that has a schedule of its own, past and to come.
pub fn scheduled(life: &Life<'_>) -> Vec<Served> {
    let mut all = Vec::new();
    for (kind, course) in &life.course.programmes {
        let at = At {
            life,
            kind: *kind,
            course,
            open: &[],
            year: i32::MAX,
        };
        if *kind == ProgrammeKind::Vax {
            all.extend(doses(&at));
        } else {
            all.extend(at.services());
        }
    }
    all
}

fn doses<'a>(at: &At<'a>) -> impl Iterator<Item = Served> + use<'a> {
    let cells = vax::grid(&at.asked()).into_iter().flatten();
    cells.filter_map(|cell| {
        let (from, latest, done) = match cell.state {
            vax::CellState::Given { day, .. } => (day, None, Some(day)),
            vax::CellState::Due { from, latest } | vax::CellState::NotYet { from, latest } => {
                (from, latest, None)
            }
            vax::CellState::Overdue { from, latest } => (from, Some(latest), None),
            vax::CellState::After { from } => (from, None, None),
            vax::CellState::NotNeeded => return None,
        };
        Some(Served {
            kind: TaskKind::Vaccination(cell.dose),
            window: Window {
                code: WindowCode::Fixed,
                from,
                span: Span::Days(0),
                earliest: from,
                due: from,
                latest,
            },
            done,
        })
    })
}
