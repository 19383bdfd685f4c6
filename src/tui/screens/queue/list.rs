//! Which rows stand in the list chosen, under which headings.
//!
//! The order is the desk's; here rows are only put under headings.

use std::sync::Arc;

use crate::{
    desk::reply::{ContactRow, QueueRow, QueueView},
    domain::{
        day::Day,
        id::PersonId,
        programmes::reason::Reason,
        queue::{self, Grouping, HasRow, Priority},
        task::{Task, TaskKind},
    },
    lang::outcome,
    tui::{
        saved,
        theme::Look,
        widgets::{cells, table, who},
        words,
    },
};

/// The lists behind the numbers of the first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    #[default]
    Due,
    Overdue,
    Done,
    NotReached,
    Early,
    Standing,
}

impl List {
    /// Every list, in the order the numbers stand.
    pub const ALL: [Self; 6] = [
        Self::Due,
        Self::Overdue,
        Self::Done,
        Self::NotReached,
        Self::Early,
        Self::Standing,
    ];

    /// Returns the list `steps` further on; after the last comes the first.
    #[must_use]
    pub fn step(self, steps: usize) -> Self {
        let at = Self::ALL.iter().position(|list| *list == self).unwrap_or(0);
        let to = (at + steps) % Self::ALL.len();
        Self::ALL.get(to).copied().unwrap_or_default()
    }

    /// Returns its number.
    pub fn count(self, view: &QueueView) -> usize {
        let counts = view.counts;
        match self {
            Self::Due => counts.due,
            Self::Overdue => counts.overdue,
            Self::Done => counts.done,
            Self::NotReached => counts.not_reached,
            Self::Early => counts.early,
            Self::Standing => counts.standing,
        }
    }
}

/// What identifies a row while the queue changes: a person may have two.
pub type RowKey = (PersonId, Option<TaskKind>);

/// One row, of whatever list.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    Open(&'a QueueRow),
    Contacted(&'a ContactRow),
}

impl Shown<'_> {
    /// Returns whom the row is about.
    pub fn person(&self) -> PersonId {
        match self {
            Self::Open(row) => row.row.person,
            Self::Contacted(row) => row.person,
        }
    }

    /// Returns what identifies the row.
    pub fn key(&self) -> RowKey {
        match self {
            Self::Open(row) => (row.row.person, row.row.tasks.first().map(|task| task.kind)),
            Self::Contacted(row) => (row.person, None),
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Stands over the rows of a household or a group.
    Heading { of: usize, count: usize },
    /// The row of this index.
    Row(usize),
}

/// Returns the rows of a list, in the desk's order.
pub fn rows(view: &QueueView, list: List) -> Vec<Shown<'_>> {
    match list {
        List::Due => open(&view.due).collect(),
        List::Overdue => {
            let overdue = |row: &&Arc<QueueRow>| row.row.is_overdue(view.day);
            open(view.due.iter().filter(overdue)).collect()
        }
        List::Early => open(&view.early).collect(),
        List::Standing => open(&view.standing).collect(),
        List::Done => view.done.iter().map(Shown::Contacted).collect(),
        List::NotReached => view.not_reached.iter().map(Shown::Contacted).collect(),
    }
}

fn open<'a>(rows: impl IntoIterator<Item = &'a Arc<QueueRow>>) -> impl Iterator<Item = Shown<'a>> {
    rows.into_iter().map(|row| Shown::Open(row))
}

/// A row with its index among the rows.
#[derive(Clone, Copy)]
struct Placed<'a> {
    row: &'a queue::Row,
    at: usize,
}

impl HasRow for Placed<'_> {
    fn row(&self) -> &queue::Row {
        self.row
    }
}

/// Puts rows under headings; the desk's order stays inside each.
pub fn arrange(rows: &[Shown<'_>], grouping: Grouping) -> Vec<Line> {
    let mut open = Vec::with_capacity(rows.len());
    for (at, shown) in rows.iter().enumerate() {
        match shown {
            Shown::Open(row) => open.push(Placed { row: &row.row, at }),
            Shown::Contacted(_) => return (0..rows.len()).map(Line::Row).collect(),
        }
    }
    let mut lines = Vec::with_capacity(rows.len());
    for stop in queue::group(open, grouping) {
        if let (Some(_), Some(first)) = (stop.heading, stop.rows.first()) {
            lines.push(Line::Heading {
                of: first.at,
                count: stop.rows.len(),
            });
        }
        lines.extend(stop.rows.iter().map(|row| Line::Row(row.at)));
    }
    lines
}

/// Returns the words of the heading over `row`.
pub fn heading(look: &Look, grouping: Grouping, row: &QueueRow, count: usize) -> String {
    let text = match grouping {
        Grouping::Household => words::queue::HOUSE,
        Grouping::Group | Grouping::Flat => words::queue::GROUP,
    };
    look.say(text)
        .replace("{place}", &row.place)
        .replace("{head}", &row.head)
        .replace("{village}", &row.village)
        .replace("{group}", &row.row.place.group.to_string())
        .replace("{count}", &count.to_string())
}

/// Returns a row as it is drawn.
///
/// `room`: the cells there are for its kinds of work.
pub fn row_text(look: &Look, shown: &Shown<'_>, today: Day, room: usize) -> table::Row {
    match shown {
        Shown::Open(row) => open_text(look, row, today, room),
        Shown::Contacted(row) => contacted_text(look, row, today),
    }
}

fn open_text(look: &Look, shown: &QueueRow, today: Day, room: usize) -> table::Row {
    let row = &shown.row;
    let is_pressing = matches!(row.priority, Priority::Urgent | Priority::Overdue);
    let due = due(look, row, today);
    let latest = match row.latest {
        Some(latest) if today <= latest => who::near(latest, today),
        Some(_) | None => look.signs().none.to_owned(),
    };
    let due_style = match row.priority {
        Priority::Urgent | Priority::Overdue => look.overdue(),
        Priority::DueToday | Priority::Grace | Priority::Early => look.text(),
    };
    let reason = queue::row_reason(row);
    let reason = reason.map(|why| why.text.get(look.lang).to_owned());
    let states = states(look, shown);
    let reason_style = if states.is_empty() {
        look.text()
    } else {
        look.warning()
    };
    let leads_with = |task: &Task| matches!(task.reason, Reason::Promised { .. });
    let says_so = row.tasks.first().is_some_and(leads_with);
    let promised = (!row.owed.is_empty() && !says_so).then(|| look.say(words::queue::PROMISED));
    let promised = promised.map(str::to_owned);
    let reason: Vec<String> = states.into_iter().chain(reason).chain(promised).collect();
    let mark = if shown.is_marked { "+" } else { "" };
    let plain = |text: String| (text, look.text());
    table::Row {
        flag: is_pressing.then(|| ("!!", look.overdue())),
        cells: vec![
            (mark.to_owned(), look.good()),
            plain(shown.name.clone()),
            plain(who::sex_age(look, shown.sex, shown.birth, today)),
            plain(shown.place.clone()),
            plain(what_in(look, row, room)),
            (due, due_style),
            plain(latest),
            (reason.join(" "), reason_style),
        ],
    }
}

/// Returns what has become of the row's work already: a form put down, an attempt today.
fn states(look: &Look, shown: &QueueRow) -> Vec<String> {
    let draft = shown.has_draft.then_some(words::queue::DRAFT);
    let tried = shown.row.is_attempted_today;
    let tried = tried.then_some(words::queue::TRIED);
    let states = draft.into_iter().chain(tried);
    let states = states.map(|text| look.say(text).to_owned());
    in_progress(look, shown).into_iter().chain(states).collect()
}

/// Returns how far a form in progress is.
pub fn in_progress(look: &Look, shown: &QueueRow) -> Option<String> {
    let open = shown.open.as_ref()?.progress;
    let text = look.say(words::queue::IN_PROGRESS);
    let text = text.replace("{done}", &open.done.to_string());
    Some(text.replace("{all}", &open.all.to_string()))
}

/// Returns how the row stands: as its leading task where that is yearly work.
pub fn due(look: &Look, row: &queue::Row, today: Day) -> String {
    match row.tasks.first() {
        Some(task) if task.window.is_standing() => who::task_due(look, task, today),
        Some(_) | None => who::due(look, row.status, row.due, row.days_late, today),
    }
}

/// Returns the kinds of work of a row, what rides along last.
pub fn what(look: &Look, row: &queue::Row) -> String {
    kinds(look, row).join(" ")
}

/// Returns the kinds of work in so many cells: what does not fit is counted.
fn what_in(look: &Look, row: &queue::Row, room: usize) -> String {
    let words = kinds(look, row);
    let more = |count: usize| {
        look.say(words::queue::MORE)
            .replace("{}", &count.to_string())
    };
    let shown = |count: usize| {
        let left = words.len() - count;
        let tail = (0 < left).then(|| more(left));
        let first = words.iter().take(count).cloned();
        first.chain(tail).collect::<Vec<String>>().join(" ")
    };
    let fits = |count: &usize| cells::width(&shown(*count)) <= room;
    let count = (1..=words.len()).rev().find(fits);
    shown(count.unwrap_or(1.min(words.len())))
}

fn kinds(look: &Look, row: &queue::Row) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for task in &row.tasks {
        let name = look.say(task.kind.brief()).to_owned();
        if !words.contains(&name) {
            words.push(name);
        }
    }
    for task in &row.riding {
        let name = look.say(task.kind.brief());
        let rides = look.say(words::queue::RIDES).replace("{}", name);
        if !words.iter().any(|word| word == name) && !words.contains(&rides) {
            words.push(rides);
        }
    }
    words
}

fn contacted_text(look: &Look, row: &ContactRow, today: Day) -> table::Row {
    let decision = &row.contact.decision;
    let what = match saved::classes(look, decision) {
        classes if classes.is_empty() => outcome::happening(&row.contact.happening, look.lang),
        classes => classes,
    };
    let next = saved::next(decision).map(|day| who::near(day, today));
    let plain = |text: String| (text, look.text());
    table::Row {
        flag: None,
        cells: vec![
            plain(String::new()),
            plain(row.name.clone()),
            plain(who::sex_age(look, row.sex, row.birth, today)),
            plain(row.place.clone()),
            plain(what),
            plain(next.unwrap_or_else(|| look.signs().none.to_owned())),
        ],
    }
}
