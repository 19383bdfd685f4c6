//! What one person's tasks make on a day: visits, and what rides along with them (rules §1.4,
//! §1.5).

use super::{Member, Merged, Priority, Row, merge, take_along};
use crate::domain::{
    agreement::pledge::{self, Owed},
    day::Day,
    settings::Settings,
    task::Task,
};

/// What one person's tasks make on a day, whatever is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work<R = Row> {
    pub rows: Vec<R>,
    /// The row of standing tasks.
    pub standing: Option<R>,
}

/// Returns what the person's tasks make on `today`.
pub fn work(member: &Member, today: Day, settings: &Settings) -> Work {
    visits(&member.tasks, today, settings).work(member, today)
}

/// What one person's tasks make on a day, before it is known where the person lives.
#[derive(Debug, Clone)]
pub struct Visits {
    visits: Vec<Merged>,
    /// Standing tasks, which make no row of their own.
    riding: Vec<Task>,
}

/// Work of which nothing presses: it is counted, and shown only to whoever asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Early {
    /// Rows of work that may be done early.
    pub rows: usize,
    /// Whether there is a row of standing tasks.
    pub is_standing: bool,
}

/// Returns what tasks make on `today`.
///
/// A standing task near its end makes a row only for a person who has no other: nobody
/// is visited twice for the sake of a yearly service. Yearly work a promise made due goes with a
/// visit that is not too late for it.
pub fn visits(tasks: &[Task], today: Day, settings: &Settings) -> Visits {
    let (standing, dated): (Vec<&Task>, Vec<&Task>) =
        tasks.iter().partition(|task| task.window.is_standing());
    let listed = |task: &&Task| task.is_listed(today, settings);
    let mut riding: Vec<Task> = standing.into_iter().filter(listed).cloned().collect();
    let (promised, dated): (Vec<&Task>, Vec<&Task>) = dated
        .into_iter()
        .partition(|task| pledge::is_yearly_promise(task));
    let mut visits = merge(dated, today);
    visits.retain(|merged| merged.tasks.iter().any(|task| listed(&task)));
    for task in promised {
        take_along(&mut visits, task.clone());
    }
    if visits.is_empty() {
        let (still, ending): (Vec<Task>, Vec<Task>) = riding
            .into_iter()
            .partition(|task| task.only_rides(today, settings));
        visits = merge(&ending, today);
        riding = still;
    }
    Visits { visits, riding }
}

impl Visits {
    /// Returns how much it is where nothing of it presses yet; none where anything does.
    pub fn early(&self, today: Day) -> Option<Early> {
        let most = |tasks: &[Task]| {
            let all = tasks.iter().filter_map(|task| Priority::of(task, today));
            all.min()
        };
        let mut rows = 0;
        for visit in &self.visits {
            match most(&visit.tasks) {
                None => {}
                Some(Priority::Early) => rows += 1,
                Some(
                    Priority::Urgent | Priority::Overdue | Priority::DueToday | Priority::Grace,
                ) => return None,
            }
        }
        Some(Early {
            rows,
            is_standing: most(&self.riding).is_some(),
        })
    }

    /// Returns it as the rows of the person whose tasks they are.
    pub fn work(self, member: &Member, today: Day) -> Work {
        let Self { visits, riding } = self;
        let rows = visits
            .into_iter()
            .filter_map(|merged| row(member, merged, riding.clone(), today))
            .collect();
        let standing = merge(&riding, today)
            .into_iter()
            .next()
            .and_then(|merged| row(member, whole(merged, &riding), Vec::new(), today));
        Work { rows, standing }
    }
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
