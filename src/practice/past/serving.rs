//! The work of the programmes by age, week, year and household: one errand after the other, on
//! its papers.

use super::{
    super::{
        call,
        duty::{Errand, Turn},
        errand::Family,
        places::Area,
        sheet::Sheet,
        walker::Walker,
    },
    DOCTOR, Past, RECORDS, SECOND_DOCTOR, Waiting, What, moment,
};
use crate::{
    catalog::Catalog,
    desk::{Command, request::ContactDraft},
    domain::{
        clock::Moment,
        course::happening::{Happening, LostReason, Missed},
        day::{Day, plus_days},
        id::StaffId,
        task::{Mode, Task, TaskKind},
        visit,
    },
};

/// Who keeps the records, as she signs.
const RECORDS_NAME: &str = "李小燕";

/// Days before its due day that a follow-up is made on the way of a yearly check.
const ALONG: i64 = 20;

impl Past<'_> {
    /// Notes down the walker's next errand, if it comes before today.
    pub(super) fn plan_service(&mut self, at: usize) {
        let Some(walker) = self.walkers.get_mut(at) else {
            return;
        };
        let turn = walker.duties.turn;
        if let Some(day) = walker.duties.next.filter(|day| *day < self.today) {
            let minute = Moment::from(walker.chance.between(8 * 60 + 30, 17 * 60));
            let second = Moment::from(walker.chance.between(0, 59_999));
            self.put(moment(day, minute) + second, What::Serve(at, turn));
        }
    }

    pub(super) fn serve(&mut self, at: usize, turn: u32, day: Day) -> Option<(StaffId, Command)> {
        let catalog = self.catalog;
        let walker = self.walkers.get_mut(at)?;
        if walker.duties.turn != turn || walker.is_gone(day) {
            return None;
        }
        let drawn = walker
            .errand(day)
            .and_then(|errand| draw(walker, day, errand, catalog));
        let Some((by, draft)) = drawn else {
            walker.plan_services(day, &mut self.pace);
            self.plan_service(at);
            return None;
        };
        self.waiting = Waiting::Contact(at, day);
        Some((by, Command::RecordContact(Box::new(draft))))
    }
}

/// Who does it, and as whom they sign.
fn doer(walker: &Walker, family: Family) -> (StaffId, &'static str) {
    match family {
        Family::Yearly
        | Family::Young
        | Family::Single(TaskKind::Antenatal(_) | TaskKind::ElderlyRecheck) => {
            (RECORDS, RECORDS_NAME)
        }
        Family::Single(_) if walker.doctor == SECOND_DOCTOR => {
            (SECOND_DOCTOR, Area::Second.names().0)
        }
        Family::Single(_) => (DOCTOR, Area::First.names().0),
    }
}

fn draw(
    walker: &mut Walker,
    day: Day,
    errand: Errand,
    catalog: &Catalog,
) -> Option<(StaffId, ContactDraft)> {
    let (by, name) = doer(walker, errand.family);
    let about = ContactDraft::about(walker.person, day);
    let kinds = errand.tasks.iter().map(|task| task.kind).collect();
    let mode = errand.family.mode(&mut walker.chance);
    let is_out = mode == Mode::Home && walker.is_away(day);
    let happening = match errand.turn {
        Turn::Refused => Some(Happening::RefusedVisit { kinds }),
        Turn::Done if !is_out => None,
        Turn::NotReached | Turn::Done => {
            let is_away = walker.is_away(day);
            Some(Happening::NotReached {
                kinds,
                reason: is_away.then_some(LostReason::WorkingAway),
                missed: Some(if is_away || mode == Mode::Clinic {
                    Missed::NoAnswer
                } else {
                    Missed::NotHome
                }),
            })
        }
    };
    if happening.is_some() {
        let told = ContactDraft { happening, ..about };
        return Some((by, told));
    }
    let reading = walker.patient.latent.reading(day, &mut walker.chance);
    let sheet = Sheet {
        catalog,
        day,
        mode,
        by: name,
        reading: &reading,
        result: None,
    };
    let ids = forms(walker, day, &errand);
    let Some(forms) = sheet.papers(walker, &ids, &errand.tasks) else {
        walker.give_up(&errand.tasks);
        return None;
    };
    Some((by, ContactDraft { forms, ..about }))
}

/// The papers of an errand; a yearly check is a good day for the follow-ups that are near.
fn forms(walker: &Walker, day: Day, errand: &Errand) -> Vec<String> {
    let mut tasks = errand.tasks.clone();
    if errand.family == Family::Yearly {
        for kind in call::programmes(walker, day) {
            let slot = walker.course.slot(kind);
            let is_near = |task: &&Task| {
                task.due <= plus_days(day, ALONG)
                    && matches!(task.kind, TaskKind::HtnVisit | TaskKind::DmVisit)
            };
            tasks.extend(slot.filter(is_near).cloned());
        }
    }
    visit::forms_of(&tasks, &walker.who(day))
}
