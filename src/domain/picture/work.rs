//! The lines of a year, programme by programme: what was done and what is to come.
//!
//! Computed services are asked of their programmes; what contacts tell is `past`'s.

use chrono::Datelike;

use super::{
    Life, past, screening,
    year::{Line, Mark, Service, What},
};
use crate::domain::{
    course::{ProgrammeCourse, ProgrammeStatus},
    day::{Day, plus_months, year_end, year_start},
    programmes::{Asked, ProgrammeKind},
    task::{Status, Task, TaskKind},
    window::{Span, WindowCode, calendar_year},
};

/// A plan reaches so many years beyond this one.
pub(super) const PLANNED_YEARS: i32 = 1;

/// The most visits of one programme that are planned.
const MOST_PLANNED: u32 = 60;

/// Returns the lines of a programme; `year` says how far plans are wanted.
pub fn lines(life: &Life<'_>, kind: ProgrammeKind, open: &[Task], year: i32) -> Vec<Line> {
    let Some(course) = life.course.programmes.get(&kind) else {
        let is_screened = kind == ProgrammeKind::Screen35;
        return is_screened
            .then(|| screening::line(life, open, year))
            .into_iter()
            .collect();
    };
    let at = At {
        life,
        kind,
        course,
        open,
        year: year.min(life.today.year() + PLANNED_YEARS),
    };
    match kind {
        ProgrammeKind::Htn | ProgrammeKind::Dm | ProgrammeKind::Smd => {
            let exam = kind.programme().exam;
            let yearly = exam.map(|exam| at.line(Service::Yearly(exam)).yearly(&at, exam));
            std::iter::once(at.follow_up(exam)).chain(yearly).collect()
        }
        ProgrammeKind::Tb | ProgrammeKind::Disabled | ProgrammeKind::Poverty => {
            vec![at.follow_up(None)]
        }
        ProgrammeKind::Elderly => vec![at.main_yearly(TaskKind::ElderlyExam)],
        ProgrammeKind::TcmElderly => vec![at.main_yearly(TaskKind::TcmAssess)],
        ProgrammeKind::Screen35 => {
            let mut line = screening::line(life, open, year);
            line.marks.extend(at.slot_marks(&[]));
            vec![line]
        }
        ProgrammeKind::General
        | ProgrammeKind::Anc
        | ProgrammeKind::Pnc
        | ProgrammeKind::Child
        | ProgrammeKind::TcmChild => vec![at.windows(&at.services())],
        ProgrammeKind::Outpatient => vec![at.windows(&[])],
        ProgrammeKind::Vax => vec![at.doses()],
    }
}

/// One programme that is looked at.
pub(super) struct At<'a> {
    pub life: &'a Life<'a>,
    pub kind: ProgrammeKind,
    pub course: &'a ProgrammeCourse,
    pub open: &'a [Task],
    /// The last year for which plans are made.
    pub year: i32,
}

impl At<'_> {
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked {
            person: self.life.person,
            course: self.course,
            today: self.life.today,
            settings: self.life.settings,
        }
    }

    pub(super) const fn line(&self, service: Service) -> Line {
        Line {
            programme: self.kind,
            service,
            marks: Vec::new(),
            windows: Vec::new(),
        }
    }

    /// The day follow-up stopped: the programme ended, was refused, or the person was lost.
    pub(super) fn stopped(&self) -> Option<Day> {
        match self.course.status {
            ProgrammeStatus::Managed => self.life.course.ended.map(|ended| ended.on),
            ProgrammeStatus::Lost { since, .. } => Some(since),
            ProgrammeStatus::Refused { on } | ProgrammeStatus::Ended { on, .. } => Some(on),
        }
    }

    pub(super) fn open_task(&self, kind: TaskKind) -> Option<&Task> {
        let mut tasks = self.open.iter();
        tasks.find(|task| task.kind == kind && task.programmes.contains(&self.kind))
    }

    /// What contacts tell, and what stands in the slot. `kinds`: computed ones of this line.
    pub(super) fn slot_marks(&self, kinds: &[TaskKind]) -> Vec<Mark> {
        let mut marks = past::missed(self.life, self.kind, kinds);
        if self.life.is_here
            && let Some(task) = self.life.course.slot(self.kind)
        {
            marks.extend(open_marks(task, self.life.today));
            marks.extend(self.plan(task));
        }
        marks
    }

    pub(super) fn told(&self, kinds: &[TaskKind]) -> Vec<Mark> {
        let contacts = self.life.standing();
        contacts
            .flat_map(|contact| past::told(contact, self.kind, kinds))
            .collect()
    }

    /// Visits one after the other. `exam`: a yearly service with a line of its own.
    fn follow_up(&self, exam: Option<TaskKind>) -> Line {
        let mut line = self.line(Service::FollowUp);
        line.marks.extend(self.told(&[]));
        let exam: Vec<TaskKind> = exam.into_iter().collect();
        line.marks.extend(self.slot_marks(&exam));
        if self.life.is_here
            && let Some(task) = self.life.course.slot(self.kind)
        {
            line.windows.push((task.earliest, past::last_day(task)));
        }
        line
    }

    /// The visits after the open one, if each is made on its day (rules §17.5).
    fn plan(&self, open: &Task) -> Vec<Mark> {
        let months = match (&self.kind.programme().follow_up, open.span) {
            (Some(follow_up), _) => (follow_up.routine_months)(self.life.settings),
            (None, Span::Months(months)) if open.window != WindowCode::Fixed => months,
            (None, _) => return Vec::new(),
        };
        let is_visit =
            Some(open.kind) == self.kind.programme().visit || open.kind == TaskKind::ReferralCheck;
        if months == 0 || !is_visit || self.course.status != ProgrammeStatus::Managed {
            return Vec::new();
        }
        let first = open.due.max(self.life.today);
        let end = year_end(self.year);
        (1..=MOST_PLANNED)
            .map(|n| plus_months(first, n * months))
            .take_while(|day| *day <= end)
            .map(|day| planned(day, self.kind.programme().visit))
            .collect()
    }

    /// A programme whose only regular service is a yearly one.
    fn main_yearly(&self, exam: TaskKind) -> Line {
        let mut line = self.line(Service::Yearly(exam)).yearly(self, exam);
        let told = self.told(&[exam]).into_iter();
        // The service itself stands among the yearly ones.
        line.marks
            .extend(told.filter(|mark| !matches!(mark.what, What::Done { .. })));
        line.marks.extend(self.slot_marks(&[exam]));
        line
    }
}

impl Line {
    /// Adds the yearly service of a managed programme.
    fn yearly(mut self, at: &At<'_>, exam: TaskKind) -> Self {
        let done: Vec<Day> = past::exams(at.life, at.kind).collect();
        self.marks
            .extend(done.iter().map(|day| done_on(*day, exam)));
        let spans = &at.course.spans;
        let first = spans.iter().map(|span| span.from.year()).min();
        for year in first.unwrap_or(at.year)..=at.year {
            let managed = spans.iter().any(|span| {
                span.from <= year_end(year) && span.to.is_none_or(|to| year_end(year) <= to)
            });
            let stopped = at.stopped().is_some_and(|on| on <= year_end(year));
            if managed && !stopped && !done.iter().any(|day| day.year() == year) {
                self.year_without(at.life, at.open_task(exam), (exam, year), || {
                    calendar_year(at.course.entered, at.course.last_exam, year_start(year)).due
                });
            }
        }
        self
    }

    /// Adds a year in which the yearly service was not done, or not yet.
    pub(super) fn year_without(
        &mut self,
        life: &Life<'_>,
        open: Option<&Task>,
        (exam, year): (TaskKind, i32),
        planned_for: impl Fn() -> Day,
    ) {
        let now = life.today.year();
        if year < now {
            self.marks.push(Mark {
                day: year_end(year),
                what: What::Missed {
                    done: None,
                    open: false,
                },
                kind: Some(exam),
            });
        } else if !life.is_here {
            // Nothing is due any more.
        } else if year == now
            && let Some(task) = open
        {
            self.marks.extend(open_marks(task, life.today));
            self.windows.push((task.earliest, past::last_day(task)));
        } else if now < year {
            self.marks.push(planned(planned_for(), Some(exam)));
        }
    }
}

/// Returns the marks of an open task: at its due day; once its last day has passed, there
/// and today, as it can still be done.
pub(super) fn open_marks(task: &Task, today: Day) -> Vec<Mark> {
    let status = task.status(today);
    let kind = Some(task.kind);
    if status == Status::Overdue && task.kind != TaskKind::Trace {
        let what = What::Missed {
            done: None,
            open: true,
        };
        let missed = Mark {
            day: past::last_day(task),
            what,
            kind,
        };
        let what = What::Due(status);
        let day = today;
        return vec![missed, Mark { day, what, kind }];
    }
    // A yearly service that was due from the first day on is told by its last.
    let day = match task.latest {
        Some(latest) if task.window.is_standing() && task.due < today => latest,
        _ => task.due,
    };
    let what = What::Due(status);
    vec![Mark { day, what, kind }]
}

pub(super) const fn planned(day: Day, kind: Option<TaskKind>) -> Mark {
    let what = What::Planned;
    Mark { day, what, kind }
}

pub(super) const fn done_on(day: Day, kind: TaskKind) -> Mark {
    Mark {
        day,
        what: What::Done {
            face_to_face: true,
            late: false,
        },
        kind: Some(kind),
    }
}
