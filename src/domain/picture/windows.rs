//! Lines of services that stand in windows of their own: checks by week and by age, doses,
//! assessments.

use chrono::Datelike;

use super::{
    past,
    work::{At, open_marks},
    year::{Line, Mark, Service, What},
};
use crate::domain::{
    day::Day,
    programmes::{ProgrammeKind, Served, anc, child, general, pnc, tcm, vax},
    task::{Status, TaskKind},
};

impl At<'_> {
    /// Returns the programme's services, past and to come.
    pub(super) fn services(&self) -> Vec<Served> {
        let facts = &self.course.facts;
        match self.kind {
            ProgrammeKind::Anc => facts
                .pregnancy()
                .map(|known| anc::services(known, self.course.entered)),
            ProgrammeKind::Pnc => facts
                .delivery()
                .map(|known| pnc::services(known, self.life.settings)),
            ProgrammeKind::Child => Some(child::services(&self.asked())),
            ProgrammeKind::TcmChild => Some(tcm::child_services(&self.asked())),
            ProgrammeKind::General => facts.term().map(|term| {
                let done: Vec<Day> = past::exams(self.life, self.kind).collect();
                general::services(*term, &done)
            }),
            ProgrammeKind::Htn
            | ProgrammeKind::Dm
            | ProgrammeKind::Smd
            | ProgrammeKind::Tb
            | ProgrammeKind::Elderly
            | ProgrammeKind::Vax
            | ProgrammeKind::TcmElderly
            | ProgrammeKind::Disabled
            | ProgrammeKind::Poverty
            | ProgrammeKind::Screen35
            | ProgrammeKind::Outpatient => None,
        }
        .unwrap_or_default()
    }

    /// Services in windows of their own.
    pub(super) fn windows(&self, services: &[Served]) -> Line {
        let mut line = self.line(Service::Windows);
        let kinds: Vec<TaskKind> = services.iter().map(|served| served.kind).collect();
        for served in services {
            line.serve(self, served);
        }
        for task in self.open.iter().filter(|task| {
            task.programmes.contains(&self.kind)
                && !kinds.contains(&task.kind)
                && task.kind != TaskKind::ReferralCheck
        }) {
            line.marks.extend(open_marks(task, self.life.today));
            line.windows.push((task.earliest, past::last_day(task)));
        }
        let is_served = |day: Day| services.iter().any(|served| served.done == Some(day));
        let told = self.told(&kinds).into_iter();
        line.marks.extend(told.filter(|mark| {
            !(matches!(mark.what, What::Done { .. }) && mark.kind.is_none() && is_served(mark.day))
        }));
        let is_referral = |mark: &Mark| mark.kind == Some(TaskKind::ReferralCheck);
        line.marks
            .extend(self.slot_marks(&kinds).into_iter().filter(is_referral));
        line
    }

    /// The doses of a child, each at its day.
    pub(super) fn doses(&self) -> Line {
        let mut line = self.line(Service::Windows);
        let today = self.life.today;
        let is_followed = self.stopped().is_none() && self.life.is_here;
        for cell in vax::grid(&self.asked()).into_iter().flatten() {
            let kind = Some(TaskKind::Vaccination(cell.dose));
            let mut tell = |day, what| line.marks.push(Mark { day, what, kind });
            match cell.state {
                vax::CellState::Given { day, late, .. } => {
                    if let Some(latest) = late {
                        let (done, open) = (Some(day), false);
                        tell(latest, What::Missed { done, open });
                    }
                    let (face_to_face, late) = (true, late.is_some());
                    tell(day, What::Done { face_to_face, late });
                }
                vax::CellState::Overdue { latest, .. } if is_followed => {
                    let (done, open) = (None, true);
                    tell(latest, What::Missed { done, open });
                    tell(today, What::Due(Status::Overdue));
                }
                vax::CellState::Due { from, latest } if is_followed => {
                    let status = if from == today {
                        Status::DueToday
                    } else {
                        Status::Grace
                    };
                    // Due since an earlier year: it stands where it can still be done, today.
                    let is_old = from.year() < today.year();
                    tell(if is_old { today } else { from }, What::Due(status));
                    line.windows.push((from, latest.unwrap_or(today)));
                }
                vax::CellState::NotYet { from, .. } | vax::CellState::After { from }
                    if is_followed && from.year() <= self.year =>
                {
                    tell(from, What::Planned);
                }
                vax::CellState::Overdue { .. }
                | vax::CellState::Due { .. }
                | vax::CellState::NotYet { .. }
                | vax::CellState::After { .. }
                | vax::CellState::NotNeeded => {}
            }
        }
        let told = self.told(&[]).into_iter();
        line.marks
            .extend(told.filter(|mark| !matches!(mark.what, What::Done { .. })));
        line
    }
}

impl Line {
    /// Adds one service in its window.
    fn serve(&mut self, at: &At<'_>, served: &Served) {
        let kind = Some(served.kind);
        let last = served.last_day();
        let today = at.life.today;
        let mut tell = |day, what| self.marks.push(Mark { day, what, kind });
        if let Some(day) = served.done {
            if last < day {
                let (done, open) = (Some(day), false);
                tell(last, What::Missed { done, open });
            }
            let late = last < day;
            tell(
                day,
                What::Done {
                    face_to_face: true,
                    late,
                },
            );
            return;
        }
        if at.stopped().is_some_and(|on| on <= last) || !at.life.is_here && today <= last {
            return;
        }
        let open = at.open_task(served.kind);
        if last < today {
            let open = open.is_some();
            tell(last, What::Missed { done: None, open });
            if open {
                tell(today, What::Due(Status::Overdue));
            }
        } else if served.window.earliest <= today {
            let due = open.map_or(served.window.due, |task| task.due);
            let status = open.map_or(Status::OpenEarly, |task| task.status(today));
            tell(due, What::Due(status));
            self.windows.push((served.window.earliest, last));
        } else if served.window.due.year() <= at.year {
            tell(served.window.due, What::Planned);
            self.windows.push((served.window.earliest, last));
        }
    }
}
