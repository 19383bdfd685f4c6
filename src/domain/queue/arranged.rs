//! Rows in the queue's order: of many people at once, or as one after the other comes and goes.

use std::{cmp::Reverse, ops::Range};

use super::{Filter, HasRow, Member, Priority, Queue, Row, Work};
use crate::domain::{day::Day, settings::Settings};

/// Which rows a queue has, and of which day. Whoever is put to a queue or taken from it is so by
/// the sieve the queue was made with.
#[derive(Debug, Clone, Copy)]
pub struct Sieve<'a> {
    pub filter: &'a Filter,
    pub today: Day,
    pub settings: &'a Settings,
}

/// The lists of a queue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Due,
    Early,
    Standing,
}

impl Sieve<'_> {
    /// Returns the rows somebody has in the lists.
    fn rows<'w, R: HasRow>(
        self,
        member: &Member,
        work: &'w Work<R>,
    ) -> impl Iterator<Item = (List, &'w R)> {
        let is_wanted = self.filter.wants_member(member);
        let rows = work.rows.iter().map(|one| match one.row().priority {
            Priority::Early => (List::Early, one),
            Priority::Urgent | Priority::Overdue | Priority::DueToday | Priority::Grace => {
                (List::Due, one)
            }
        });
        let standing = work.standing.iter().map(|one| (List::Standing, one));
        rows.chain(standing)
            .filter(move |(_, one)| is_wanted && self.filter.wants_row(one.row(), self.settings))
    }

    fn is_done(self, member: &Member) -> bool {
        self.filter.wants_member(member) && member.is_done_today
    }

    fn is_not_reached(self, member: &Member) -> bool {
        let has_work = !member.tasks.is_empty();
        self.filter.wants_member(member) && member.is_attempted_today && has_work
    }
}

impl<R: HasRow> Queue<R> {
    /// Returns the queue of people whose work on the day is known.
    pub fn of<'a>(
        people: impl IntoIterator<Item = (&'a Member, &'a Work<R>)>,
        sieve: Sieve<'_>,
    ) -> Self
    where
        R: 'a,
    {
        let mut queue = Self::default();
        for (member, work) in people {
            for (list, one) in sieve.rows(member, work) {
                queue.list(list).push(one.clone());
            }
            if sieve.is_done(member) {
                queue.done.push(member.person);
            }
            if sieve.is_not_reached(member) {
                queue.not_reached.push(member.person);
            }
        }
        for rows in [&mut queue.due, &mut queue.early, &mut queue.standing] {
            rows.sort_by_cached_key(|one| order(one.row()));
        }
        queue.done.sort_unstable();
        queue.not_reached.sort_unstable();
        let overdue = |one: &&R| one.row().is_overdue(sieve.today);
        queue.counts.overdue = queue.due.iter().filter(overdue).count();
        queue.count();
        queue
    }

    /// Puts somebody to the others who is not among them.
    pub fn put(&mut self, member: &Member, work: &Work<R>, sieve: Sieve<'_>) {
        for (list, one) in sieve.rows(member, work) {
            if list == List::Due {
                self.counts.overdue += usize::from(one.row().is_overdue(sieve.today));
            }
            let rows = self.list(list);
            rows.insert(places(rows, one.row()).end, one.clone());
        }
        for (people, is_there) in [
            (&mut self.done, sieve.is_done(member)),
            (&mut self.not_reached, sieve.is_not_reached(member)),
        ] {
            if let Err(at) = people.binary_search(&member.person)
                && is_there
            {
                people.insert(at, member.person);
            }
        }
        self.count();
    }

    /// Takes somebody away again, who is still as they were put there.
    pub fn take(&mut self, member: &Member, work: &Work<R>, sieve: Sieve<'_>) {
        for (list, one) in sieve.rows(member, work) {
            let rows = self.list(list);
            let mut places = places(rows, one.row());
            let Some(at) = places.next() else {
                continue;
            };
            let taken = rows.remove(at);
            if list == List::Due {
                self.counts.overdue -= usize::from(taken.row().is_overdue(sieve.today));
            }
        }
        for people in [&mut self.done, &mut self.not_reached] {
            if let Ok(at) = people.binary_search(&member.person) {
                people.remove(at);
            }
        }
        self.count();
    }

    const fn list(&mut self, list: List) -> &mut Vec<R> {
        match list {
            List::Due => &mut self.due,
            List::Early => &mut self.early,
            List::Standing => &mut self.standing,
        }
    }

    /// Counts all but what is overdue.
    const fn count(&mut self) {
        self.counts.due = self.due.len();
        self.counts.early = self.early.len();
        self.counts.standing = self.standing.len();
        self.counts.done = self.done.len();
        self.counts.not_reached = self.not_reached.len();
    }
}

/// Returns where rows of a queue's list rank as `row` does: it stands there or belongs behind them.
pub fn places<R: HasRow>(rows: &[R], row: &Row) -> Range<usize> {
    let rank = order(row);
    let start = rows.partition_point(|one| order(one.row()) < rank);
    let same = |one: &&R| order(one.row()) == rank;
    let same = rows.iter().skip(start).take_while(same).count();
    start..start + same
}

/// Returns what rows are ordered by: first what presses most, then as one walks.
fn order(row: &Row) -> impl Ord + use<> {
    (
        row.priority,
        Reverse(row.days_late),
        row.due,
        row.place.clone(),
        row.person,
    )
}
