//! The daily queue 今日随访: which rows stand on a day, in which order, and why
//! (rules §1.4, §1.5).
//!
//! Pure: people with their tasks in, rows out. Reading them from the store is the desk's.

mod arranged;
mod calm;
mod grouping;
mod merge;
mod visits;
mod why;

use serde::{Deserialize, Serialize};

pub use self::{
    arranged::{Sieve, places},
    calm::Calm,
    grouping::{Grouping, Heading, Stop, group},
    merge::{Merged, merge, take_along},
    visits::{Early, Visits, Work, visits, work},
    why::{RowReason, Sum, Why, row_reason, why},
};
use super::{
    agreement::pledge::Owed,
    contact::Contact,
    day::Day,
    id::{HouseholdId, PersonId, VillageId},
    programmes::ProgrammeKind,
    settings::Settings,
    task::{Mode, Status, Task, TaskKind},
};

/// One person with everything open for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub household: HouseholdId,
    pub place: Place,
    /// The responsible doctor as on the household's card; empty where none is named.
    pub doctor: String,
    /// Dated tasks (`Course::tasks`) and computed ones (`standing::tasks`) together.
    pub tasks: Vec<Task>,
    /// What agreements promise and near the end of their year is not done.
    pub owed: Vec<Owed>,
    /// A task was completed today.
    pub is_done_today: bool,
    /// An attempt today reached nobody.
    pub is_attempted_today: bool,
}

/// Where a person lives, in walking order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub village: VillageId,
    /// 村民小组
    pub group: u32,
    /// The household's number in the group.
    pub household_number: u32,
    /// The member's number in the household.
    pub member_number: u32,
}

/// The priority of a row, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// P1: a referral check or an urgent task.
    Urgent,
    /// P2
    Overdue,
    /// P3
    DueToday,
    /// P4
    Grace,
    /// P5: may be done early.
    Early,
}

impl Priority {
    /// Returns the number in rules §1.4.
    pub const fn number(self) -> u8 {
        match self {
            Self::Urgent => 1,
            Self::Overdue => 2,
            Self::DueToday => 3,
            Self::Grace => 4,
            Self::Early => 5,
        }
    }

    /// Returns a task's priority on `today`; none before its window opens.
    pub fn of(task: &Task, today: Day) -> Option<Self> {
        let status = task.status(today);
        let presses = task.kind == TaskKind::ReferralCheck || task.urgent;
        match status {
            Status::NotYet => None,
            Status::OpenEarly | Status::DueToday | Status::Grace | Status::Overdue if presses => {
                Some(Self::Urgent)
            }
            Status::Overdue => Some(Self::Overdue),
            Status::DueToday => Some(Self::DueToday),
            Status::Grace => Some(Self::Grace),
            Status::OpenEarly => Some(Self::Early),
        }
    }
}

/// One row: one person, one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub person: PersonId,
    pub household: HouseholdId,
    pub place: Place,
    /// The responsible doctor, empty where none is named.
    pub doctor: String,
    pub priority: Priority,
    /// The status of the task that leads the row.
    pub status: Status,
    pub days_late: i64,
    pub due: Day,
    /// How long the row can honestly wait.
    pub latest: Option<Day>,
    /// The merged tasks; the first leads.
    pub tasks: Vec<Task>,
    /// Standing tasks that can be done on the way (顺便).
    pub riding: Vec<Task>,
    /// The promises near their end which its work keeps (履约).
    pub owed: Vec<Owed>,
    pub is_attempted_today: bool,
}

impl Row {
    /// Says whether any task of the row is past its latest day.
    pub fn is_overdue(&self, today: Day) -> bool {
        let overdue = |task: &Task| task.status(today) == Status::Overdue;
        self.tasks.iter().any(overdue)
    }
}

/// A row, or what holds one with more beside it.
pub trait HasRow: Clone {
    /// Returns the row.
    fn row(&self) -> &Row;
}

impl HasRow for Row {
    fn row(&self) -> &Row {
        self
    }
}

/// Everything that stands on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue<R = Row> {
    /// P1 to P4.
    pub due: Vec<R>,
    /// P5.
    pub early: Vec<R>,
    /// One row a person with standing tasks.
    pub standing: Vec<R>,
    /// Who had a task completed today.
    pub done: Vec<PersonId>,
    /// Whom an attempt today did not reach, and who still has work open.
    pub not_reached: Vec<PersonId>,
    pub counts: Counts,
}

impl<R> Default for Queue<R> {
    fn default() -> Self {
        Self {
            due: Vec::new(),
            early: Vec::new(),
            standing: Vec::new(),
            done: Vec::new(),
            not_reached: Vec::new(),
            counts: Counts::default(),
        }
    }
}

/// The count line; rows after merging and filtering.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub due: usize,
    pub overdue: usize,
    pub early: usize,
    pub standing: usize,
    pub done: usize,
    pub not_reached: usize,
}

/// Which rows are wanted; an empty filter wants all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub programme: Option<ProgrammeKind>,
    pub village: Option<VillageId>,
    pub group: Option<u32>,
    /// The responsible doctor; an empty name wants households without one.
    pub doctor: Option<String>,
    /// Rows a visit in this mode can complete as a whole.
    pub mode: Option<Mode>,
    pub status: Option<Status>,
}

impl Filter {
    fn wants_member(&self, member: &Member) -> bool {
        self.village.is_none_or(|v| v == member.place.village)
            && self.group.is_none_or(|g| g == member.place.group)
            && self.doctor.as_ref().is_none_or(|d| *d == member.doctor)
    }

    /// Says whether a contact of the day is among those wanted: by its programme and
    /// the way it was made. Status is a matter of open work alone.
    pub fn wants_contact(&self, contact: &Contact) -> bool {
        let speaks_of = |kind| contact.programmes().contains(&kind);
        self.programme.is_none_or(speaks_of)
            && self
                .mode
                .is_none_or(|mode| contact.happening.mode().is_none_or(|made| made == mode))
    }

    fn wants_row(&self, row: &Row, settings: &Settings) -> bool {
        let serves = |p| row.tasks.iter().any(|t| t.programmes.contains(&p));
        let allows = |task: &Task| match task.kind {
            TaskKind::GeneralAssess => settings.general_online_ok,
            _ => true,
        };
        let completes = |mode| row.tasks.iter().all(|t| t.accepts(mode, allows(t)));
        self.programme.is_none_or(serves)
            && self.mode.is_none_or(completes)
            && self.status.is_none_or(|status| status == row.status)
    }
}

/// Returns the queue of `today`: the same people and day give the same order everywhere.
pub fn queue<'a>(
    members: impl IntoIterator<Item = &'a Member>,
    filter: &Filter,
    today: Day,
    settings: &Settings,
) -> Queue {
    let members = members.into_iter();
    let works: Vec<(&Member, Work)> = members
        .map(|member| (member, work(member, today, settings)))
        .collect();
    let works = works.iter().map(|(member, work)| (*member, work));
    let sieve = Sieve {
        filter,
        today,
        settings,
    };
    Queue::of(works, sieve)
}

#[cfg(test)]
mod tests;
