//! 履约: each promised item of a member and agreement year as required, done, due next and
//! missed (agreements §3, rules §17.6).
//!
//! It counts what real contacts completed; it moves no date and opens no task.

use super::{
    contract::Agreement,
    promise::{Contact, Item, Line, Often},
    signed::{Member, Signed},
    term::Span,
};
use crate::domain::{
    day::{Day, plus_days, plus_months},
    id::PersonId,
    programmes::Served,
    task::TaskKind,
};

/// What a contact completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    pub day: Day,
    pub what: What,
    pub contact: Contact,
}

/// What was done: a task of a programme, or an item of a value-added package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Task(TaskKind),
    Extra { package: String, name: String },
}

/// What is known of one person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Record<'a> {
    /// What contacts completed, in any order.
    pub completed: &'a [Completed],
    /// The services of schedules (ages, weeks, doses), done and to come.
    pub scheduled: &'a [Served],
}

/// One promised item in one agreement year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub person: PersonId,
    pub item: Item,
    /// The agreement year, from 1, with its days.
    pub year: u32,
    pub span: Span,
    pub required: u32,
    pub done: u32,
    /// Times it became due before today and has not been done (R07 counts by these).
    pub missed: u32,
    /// Times it became due up to today.
    pub due: u32,
    /// The last day on which the next one is in time.
    pub due_next: Option<Day>,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// All of the year is done.
    Kept,
    /// Nothing is late.
    OnTrack,
    /// One is due within the days ahead that were asked for.
    DueSoon,
    /// One was missed; the year still has days to make up for it.
    Behind,
    /// The year is over and something is missing.
    Broken,
}

impl Promise {
    /// Returns what counts for the fulfilment ratio: `min(done, required)`.
    pub fn kept(&self) -> u32 {
        self.done.min(self.required)
    }

    /// Returns how it stands on the day, looking `ahead` days forward.
    pub fn standing(&self, today: Day, ahead: u32) -> Standing {
        if self.required <= self.done {
            Standing::Kept
        } else if self.span.to < today {
            Standing::Broken
        } else if 0 < self.missed {
            Standing::Behind
        } else if self
            .due_next
            .is_some_and(|day| day <= plus_days(today, i64::from(ahead)))
        {
            Standing::DueSoon
        } else {
            Standing::OnTrack
        }
    }
}

/// Returns every promise of the agreement that can be counted, of the years begun by today, for
/// the member whose record it is.
pub fn promises(
    agreement: &Agreement,
    person: PersonId,
    record: Record<'_>,
    today: Day,
) -> Vec<Promise> {
    let Some(signed) = agreement.signed() else {
        return Vec::new();
    };
    let Some((member, covered)) = signed.member(person).zip(signed.coverage(person)) else {
        return Vec::new();
    };
    (1..=signed.term.years)
        .filter_map(|year| Some((year, signed.term.year(year)?)))
        .filter(|(_, span)| span.from <= today)
        .filter_map(|(year, span)| Some((year, span, span.shared(covered)?)))
        .flat_map(|(year, span, part)| of_year(signed, member, (year, span, part), record, today))
        .collect()
}

fn of_year(
    signed: &Signed,
    member: &Member,
    (year, span, part): (u32, Span, Span),
    record: Record<'_>,
    today: Day,
) -> Vec<Promise> {
    let promise = |line: &Line| {
        let dues = dues(line, span, part, record)?;
        let done = done(line, part, record);
        let due = count(dues.iter().filter(|day| **day < today));
        let next = usize::try_from(done).unwrap_or(usize::MAX);
        Some(Promise {
            person: member.person,
            item: line.item.clone(),
            year,
            span: part,
            required: count(dues.iter()),
            done,
            missed: due.saturating_sub(done),
            due,
            due_next: dues.get(next).copied(),
        })
    };
    let is_bought = |line: &&Line| match &line.item {
        Item::Basic(_) => true,
        Item::Extra { package, .. } => signed
            .fees
            .iter()
            .any(|fee| fee.year == year && fee.person == member.person && fee.package == *package),
    };
    let lines = member.promise.iter().filter(is_bought);
    lines.filter_map(promise).collect()
}

/// Returns how often a line is required and was done in the part of its agreement year; none
/// where nothing is counted, or only by schedules.
pub fn times(line: &Line, year: Span, part: Span, completed: &[Completed]) -> Option<(u32, u32)> {
    let record = Record {
        completed,
        scheduled: &[],
    };
    let required = count(dues(line, year, part, record)?.iter());
    Some((required, done(line, part, record)))
}

/// Returns the last days of the stretches in which each time is due, in order; none where nothing
/// is counted. A year is cut into as many equal stretches as times were promised, and of those
/// the ones count that the coverage touches, as quarters do for a calendar year (rules §17.1).
fn dues(line: &Line, year: Span, part: Span, record: Record<'_>) -> Option<Vec<Day>> {
    match line.often {
        Often::AsNeeded => None,
        Often::Yearly(times) => Some(
            (0..times)
                .map(|n| Span {
                    from: plus_months(year.from, 12 * n / times),
                    to: plus_days(plus_months(year.from, 12 * (n + 1) / times), -1),
                })
                .filter_map(|stretch| stretch.shared(part))
                .map(|stretch| stretch.to)
                .collect(),
        ),
        Often::Scheduled => {
            let mut days: Vec<Day> = planned(line, part, record).map(Served::last_day).collect();
            days.sort_unstable();
            Some(days).filter(|days| !days.is_empty())
        }
    }
}

/// Returns the scheduled services of the line that have their due day in the stretch.
fn planned<'a>(
    line: &'a Line,
    part: Span,
    record: Record<'a>,
) -> impl Iterator<Item = &'a Served> + 'a {
    let is_ours = move |served: &&Served| match &line.item {
        Item::Basic(service) => service.counts(served.kind),
        Item::Extra { .. } => false,
    };
    let is_within = move |served: &&Served| part.holds(served.window.due);
    record.scheduled.iter().filter(is_ours).filter(is_within)
}

fn done(line: &Line, part: Span, record: Record<'_>) -> u32 {
    if line.often == Often::Scheduled {
        return count(planned(line, part, record).filter(|served| served.done.is_some()));
    }
    let is_ours = |completed: &&Completed| match (&line.item, &completed.what) {
        (Item::Basic(service), What::Task(task)) => service.counts(*task),
        (
            Item::Extra { package, name },
            What::Extra {
                package: of,
                name: done,
            },
        ) => package == of && name == done,
        (Item::Basic(_), What::Extra { .. }) | (Item::Extra { .. }, What::Task(_)) => false,
    };
    let is_so = |completed: &&Completed| match line.contact {
        Contact::Any => true,
        Contact::FaceToFace => completed.contact == Contact::FaceToFace,
    };
    let mut days: Vec<Day> = record
        .completed
        .iter()
        .filter(is_ours)
        .filter(is_so)
        .map(|completed| completed.day)
        .filter(|day| part.holds(*day))
        .collect();
    days.sort_unstable();
    days.dedup();
    count(days.iter())
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}
