//! The daily queue 今日随访: which rows stand on a day, in which order, and why
//! (rules §1.4, §1.5).
//!
//! Pure: people with their tasks in, rows out. Reading them from the store is the desk's.

mod grouping;
mod merge;
mod why;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

pub use self::{
    grouping::{Grouping, Heading, Stop, group},
    merge::{Merged, merge, take_along},
    why::{RowReason, Sum, Why, row_reason, why},
};
use super::{
    agreement::pledge::{self, Owed},
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

/// Everything that stands on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// P1 to P4.
    pub due: Vec<Row>,
    /// P5.
    pub early: Vec<Row>,
    /// One row a person with standing tasks.
    pub standing: Vec<Row>,
    /// Who had a task completed today.
    pub done: Vec<PersonId>,
    /// Whom an attempt today did not reach, and who still has work open.
    pub not_reached: Vec<PersonId>,
    pub counts: Counts,
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

/// What one person's tasks make on a day, whatever is wanted of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    pub rows: Vec<Row>,
    /// The row of standing tasks.
    pub standing: Option<Row>,
}

/// Returns what the person's tasks make on `today`.
pub fn work(member: &Member, today: Day, settings: &Settings) -> Work {
    let (rows, standing) = member_rows(member, today, settings);
    Work { rows, standing }
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
    put_together(works, filter, today, settings)
}

/// As `queue`, of people whose work on `today` is known.
pub fn put_together<'a>(
    members: impl IntoIterator<Item = (&'a Member, &'a Work)>,
    filter: &Filter,
    today: Day,
    settings: &Settings,
) -> Queue {
    let mut queue = Queue::default();
    for (member, work) in members {
        if !filter.wants_member(member) {
            continue;
        }
        if member.is_done_today {
            queue.done.push(member.person);
        }
        if member.is_attempted_today && !member.tasks.is_empty() {
            queue.not_reached.push(member.person);
        }
        let wanted = |row: &&Row| filter.wants_row(row, settings);
        let today_too = |row: &Row| Row {
            is_attempted_today: member.is_attempted_today,
            ..row.clone()
        };
        for row in work.rows.iter().filter(wanted).map(today_too) {
            if row.priority == Priority::Early {
                queue.early.push(row);
            } else {
                queue.due.push(row);
            }
        }
        let standing = work.standing.iter().filter(wanted);
        queue.standing.extend(standing.map(today_too));
    }
    for rows in [&mut queue.due, &mut queue.early, &mut queue.standing] {
        rows.sort_by(in_order);
    }
    queue.counts.due = queue.due.len();
    queue.counts.overdue = queue.due.iter().filter(|r| r.is_overdue(today)).count();
    queue.counts.early = queue.early.len();
    queue.counts.standing = queue.standing.len();
    queue.counts.done = queue.done.len();
    queue.counts.not_reached = queue.not_reached.len();
    queue
}

fn in_order(a: &Row, b: &Row) -> std::cmp::Ordering {
    let key = |row: &Row| (row.priority, Reverse(row.days_late), row.due);
    key(a)
        .cmp(&key(b))
        .then_with(|| a.place.cmp(&b.place))
        .then_with(|| a.person.cmp(&b.person))
}

/// Returns the person's rows and the row of their standing tasks.
///
/// A standing task near its end makes a row only for a person who has no other: nobody
/// is visited twice for the sake of a yearly service. Yearly work a promise made due goes with a
/// visit that is not too late for it.
fn member_rows(member: &Member, today: Day, settings: &Settings) -> (Vec<Row>, Option<Row>) {
    let (mut riding, dated): (Vec<Task>, Vec<Task>) = member
        .tasks
        .iter()
        .cloned()
        .partition(|task| task.window.is_standing());
    riding.retain(|task| task.is_listed(today, settings));
    let listed = |merged: &Merged| merged.tasks.iter().any(|t| t.is_listed(today, settings));
    let (promised, dated): (Vec<Task>, Vec<Task>) =
        dated.into_iter().partition(pledge::is_yearly_promise);
    let mut visits = merge(&dated, today);
    visits.retain(listed);
    for task in promised {
        take_along(&mut visits, task);
    }
    if visits.is_empty() {
        let (still, ending): (Vec<Task>, Vec<Task>) = riding
            .into_iter()
            .partition(|task| task.only_rides(today, settings));
        visits = merge(&ending, today);
        riding = still;
    }
    let rows = visits
        .into_iter()
        .filter_map(|merged| row(member, merged, riding.clone(), today))
        .collect();
    let standing = merge(&riding, today)
        .into_iter()
        .next()
        .and_then(|merged| row(member, whole(merged, &riding), Vec::new(), today));
    (rows, standing)
}

/// The standing list has one row a person, whatever the windows.
fn whole(mut merged: Merged, all: &[Task]) -> Merged {
    for task in all {
        if !merged.tasks.contains(task) {
            merged.tasks.push(task.clone());
        }
    }
    merged
}

fn row(member: &Member, merged: Merged, riding: Vec<Task>, today: Day) -> Option<Row> {
    let Merged {
        due,
        latest,
        mut tasks,
    } = merged;
    let rank = |task: &Task| {
        (
            Priority::of(task, today).map_or(u8::MAX, Priority::number),
            task.due,
        )
    };
    tasks.sort_by_key(|task| (rank(task), task.kind));
    let leading = tasks.first()?;
    let serves = |owed: &&Owed| {
        let mut all = tasks.iter().chain(&riding);
        all.any(|task| owed.is_served_by(task))
    };
    let owed = member.owed.iter().filter(serves).cloned().collect();
    let priority = Priority::of(leading, today)?;
    Some(Row {
        person: member.person,
        household: member.household,
        place: member.place.clone(),
        doctor: member.doctor.clone(),
        priority,
        status: leading.status(today),
        days_late: tasks.iter().map(|t| t.days_late(today)).max().unwrap_or(0),
        due,
        latest,
        owed,
        riding,
        is_attempted_today: member.is_attempted_today,
        tasks,
    })
}

#[cfg(test)]
mod tests;
