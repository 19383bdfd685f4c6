//! One person's calendar year: every service with what was done, due and missed, month by
//! month, and the face-to-face visits it must have (rules §17).
//!
//! What was missed is read from windows that passed and from tasks closed after their last
//! day; a plan is what the rules give if every visit is made on its day.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{Life, past, work};
use crate::domain::order::Arrange as _;
use crate::domain::{
    course::{Happening, ProgrammeCourse, count},
    day::{Day, year_end, year_start},
    programmes::{PROGRAMMES, ProgrammeKind},
    task::{Status, TaskKind},
    text::Text,
};

/// A year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    pub year: i32,
    /// In the order people see programmes; only those with something in the year.
    pub lines: Vec<Line>,
    /// The programmes whose face-to-face visits are counted.
    pub counts: Vec<Count>,
}

/// One service over the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub programme: ProgrammeKind,
    pub service: Service,
    /// By day.
    pub marks: Vec<Mark>,
    /// The windows that are open or to come, both ends included.
    pub windows: Vec<(Day, Day)>,
}

impl Line {
    /// Returns its name: the programme's, or that of the yearly service.
    pub const fn name(&self) -> Text {
        match self.service {
            Service::FollowUp | Service::Windows => self.programme.programme().short,
            Service::Yearly(kind) => kind.name(),
        }
    }
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Visits one after the other.
    FollowUp,
    /// Done once a year.
    Yearly(TaskKind),
    /// Services each in a window of its own.
    Windows,
}

/// One thing on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub day: Day,
    pub what: What,
    /// The service, where the line has several.
    pub kind: Option<TaskKind>,
}

/// What a mark tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Taken into the programme.
    Entered,
    Done {
        face_to_face: bool,
        /// After its last day.
        late: bool,
    },
    /// Done elsewhere, or before the clinic used this program.
    Elsewhere,
    /// Its last day passed without it. `done`: when it was made up for.
    Missed {
        done: Option<Day>,
        /// Can still be done.
        open: bool,
    },
    NotReached,
    Refused,
    /// 失访
    Lost,
    /// Open now, at the day it is due.
    Due(Status),
    /// To come by the rules.
    Planned,
    /// The programme ended.
    Left,
}

impl What {
    /// Returns the stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Done { late: true, .. } => "done_late",
            Self::Done { late: false, .. } => "done",
            Self::Elsewhere => "elsewhere",
            Self::Missed { .. } => "missed",
            Self::NotReached => "not_reached",
            Self::Refused => "refused",
            Self::Lost => "lost",
            Self::Due(status) => status.key(),
            Self::Planned => "planned",
            Self::Left => "left",
        }
    }

    /// Returns the word shown.
    pub const fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Entered => ("纳入管理", "entered"),
            Self::Done {
                late: true,
                face_to_face: _,
            } => ("补做", "done late"),
            Self::Done {
                face_to_face: true,
                late: false,
            } => ("已做", "done"),
            Self::Done {
                face_to_face: false,
                late: false,
            } => ("电话/线上", "by phone"),
            Self::Elsewhere => ("别处做的", "elsewhere"),
            Self::Missed { done: None, .. } => ("过期未做", "missed"),
            Self::Missed { done: Some(_), .. } => ("过了期限", "was late"),
            Self::NotReached => ("未遇", "not reached"),
            Self::Refused => ("拒访", "refused"),
            Self::Lost => ("失访", "lost"),
            Self::Due(status) => return status.text(),
            Self::Planned => ("计划", "planned"),
            Self::Left => ("结束管理", "ended"),
        };
        Text { zh, en }
    }

    /// Returns the order in which marks of one month matter, the most telling first.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Missed {
                done: None,
                open: true,
            } => 0,
            Self::Due(_) => 1,
            Self::Lost => 2,
            Self::Done { .. } => 3,
            Self::Missed { .. } => 4,
            Self::Elsewhere => 5,
            Self::Refused => 6,
            Self::NotReached => 7,
            Self::Left => 8,
            Self::Entered => 9,
            Self::Planned => 10,
        }
    }
}

/// The face-to-face visits of one programme (rules §17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub programme: ProgrammeKind,
    pub required: u32,
    pub done: u32,
    /// By phone or online; they count for nothing else.
    pub by_phone: u32,
    pub exam_done: bool,
    /// 规范管理
    pub is_standard: bool,
    /// Alert `f2f_shortfall`: the year cannot reach what it requires. Only for this year.
    pub falls_short: bool,
}

/// Returns the year as of the day of `life`.
pub fn year(life: &Life<'_>, year: i32) -> Year {
    let open = life.open();
    let mut lines = Vec::new();
    for programme in PROGRAMMES {
        lines.extend(work::lines(life, programme.kind, &open, year));
    }
    let (first, last) = (year_start(year), year_end(year));
    for line in &mut lines {
        line.marks.retain(|mark| mark.day.year() == year);
        line.marks
            .arrange_by_key(|mark| (mark.day, mark.what.rank()));
        line.marks.dedup();
        line.windows
            .retain(|(from, to)| *from <= last && first <= *to);
    }
    lines.retain(|line| !line.marks.is_empty() || !line.windows.is_empty());
    let counts = life
        .course
        .programmes
        .iter()
        .filter(|(kind, _)| kind.programme().follow_up.is_some())
        .filter_map(|(kind, course)| counted(life, *kind, course, year))
        .collect();
    Year {
        year,
        lines,
        counts,
    }
}

/// Returns the count of a programme that was managed in the year.
fn counted(
    life: &Life<'_>,
    programme: ProgrammeKind,
    course: &ProgrammeCourse,
    year: i32,
) -> Option<Count> {
    let required = count::required(&course.spans, year);
    if required == 0 {
        return None;
    }
    // The course forgets what lies more than two years back; the contacts do not.
    let mut days = course.face_to_face.clone();
    let mut phoned = BTreeSet::new();
    for contact in life.standing() {
        let Some(outcome) = contact.decision.outcomes.get(&programme) else {
            continue;
        };
        days.extend(outcome.face_to_face);
        let mode = contact.happening.mode();
        let is_visit = matches!(&contact.happening, Happening::Visited(v) if v.concerns(programme));
        if is_visit && mode.is_some_and(|mode| !mode.is_face_to_face()) {
            phoned.insert(contact.day);
        }
    }
    let done = count::done(&days, year);
    let exam_done = past::exams(life, programme).any(|day| day.year() == year);
    Some(Count {
        programme,
        required,
        done,
        by_phone: count::done(&phoned, year),
        exam_done,
        is_standard: count::is_standard(required, done, exam_done),
        falls_short: life.is_here
            && year == life.today.year()
            && count::f2f_shortfall(course, life.today),
    })
}
