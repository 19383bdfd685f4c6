//! Merging one person's overlapping tasks into visits (rules §1.5).

use super::Priority;
use crate::domain::{day::Day, task::Task};

/// Tasks that one visit serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The due day of the earliest task.
    pub due: Day,
    /// The smallest latest day of all.
    pub latest: Option<Day>,
    pub tasks: Vec<Task>,
}

/// Merges the open tasks of one person: around the one due first gather all that open
/// until then; the rest form further visits by the same rule.
pub fn merge<'t>(tasks: impl IntoIterator<Item = &'t Task>, today: Day) -> Vec<Merged> {
    let mut left: Vec<&Task> = tasks.into_iter().collect();
    left.sort_by_key(|task| {
        let priority = Priority::of(task, today).map_or(u8::MAX, Priority::number);
        (task.due, priority, task.kind.key())
    });
    let mut merged = Vec::new();
    while let Some(first) = left.first().copied() {
        let (joined, rest): (Vec<&Task>, Vec<&Task>) = left
            .into_iter()
            .partition(|task| std::ptr::eq(*task, first) || task.earliest <= first.due);
        merged.push(Merged {
            due: first.due,
            latest: joined.iter().filter_map(|task| task.latest).min(),
            tasks: joined.into_iter().cloned().collect(),
        });
        left = rest;
    }
    merged
}

/// Puts a task to the first visit that is due while it can be done, or makes it one of its own.
pub fn take_along(visits: &mut Vec<Merged>, task: Task) {
    let in_time = |visit: &&mut Merged| task.latest.is_none_or(|latest| visit.due <= latest);
    match visits.iter_mut().find(in_time) {
        Some(visit) => {
            visit.due = visit.due.min(task.due);
            visit.latest = visit.latest.into_iter().chain(task.latest).min();
            visit.tasks.push(task);
        }
        None => visits.push(Merged {
            due: task.due,
            latest: task.latest,
            tasks: vec![task],
        }),
    }
}
