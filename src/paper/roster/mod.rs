//! A roster file in: what kind of file, which sheet, which columns, then row after row.
//!
//! It compares nothing with the store and writes nothing. A row never fails the reading:
//! everything that is taken and every problem come back together.

mod carry;
mod cell;
mod column_names;
mod fields;
mod file_kind;
mod headers;
mod history;
mod not_people;
mod old_book;
mod package;
mod person;
mod phones;
mod repeats;
mod sheet;
mod text_file;
mod workbook;

use std::{ops::ControlFlow, path::Path};

use super::reading::{self, Unread};
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::Day,
    roster::{
        Progress, Roster, RosterFailure, RosterFile, RowAction, RowProblem, SheetKind,
        SheetSummary, Stage, clean, households,
    },
};

pub(in crate::paper) use text_file::decoded;

pub use sheet::MOST_ROWS;

use headers::Header;
use sheet::{PeopleSheet, Watch};
use workbook::Workbook;

/// Is told how far the reading is; `Break` ends it with [`RosterFailure::Stopped`].
pub type Watcher<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// Reads the roster at `path`: the sheet of that name, or the one that looks most like a roster.
pub fn read(
    path: &Path,
    sheet: Option<&str>,
    today: Day,
    watcher: Watcher<'_>,
) -> Result<Roster, RosterFailure> {
    let bytes = reading::bytes(path, file_kind::MOST_BYTES).map_err(|unread| match unread {
        Unread::Missing => RosterFailure::Missing,
        Unread::NotAFile => RosterFailure::NotAFile,
        Unread::TooLarge { bytes, most } => RosterFailure::TooLarge { bytes, most },
        Unread::NoText => RosterFailure::Encoding,
        Unread::Disk(detail) => RosterFailure::Unopened { detail },
    })?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    read_bytes(&name, bytes, sheet, today, watcher)
}

/// Reads a roster from its content; `name` is kept as the file's name and decides nothing.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    sheet: Option<&str>,
    today: Day,
    watcher: Watcher<'_>,
) -> Result<Roster, RosterFailure> {
    let mut watch = Watch::new(watcher);
    watch.tell(Stage::Opening, 0, None)?;
    let length = bytes.len() as u64;
    let digest = blake3::hash(&bytes).to_hex().to_string();
    let mut book = Workbook::open(bytes)?;
    let found = survey(&mut book, &mut watch)?;
    let chosen = choose(&found, sheet)?;
    let mut roster = Roster {
        file: RosterFile {
            name: name.to_owned(),
            bytes: length,
            digest,
            kind: book.kind(),
            sheets: found.iter().map(Surveyed::summary).collect(),
        },
        people: None,
        rows: Vec::new(),
        skipped: Vec::new(),
        problems: Vec::new(),
        history: Vec::new(),
    };
    if let Some(chosen) = chosen.people {
        let people = sheet::people(&mut book, chosen, today, &mut watch)?;
        take_people(&mut roster, people);
    }
    for surveyed in chosen.history {
        let history = sheet::history(&mut book, surveyed, today, &mut watch)?;
        roster.history.push(history);
    }
    Ok(roster)
}

/// Returns the text as a sheet must hold it so that reading the sheet gives it back: as it is,
/// unless it looks like text another program had guarded.
pub(in crate::paper) fn as_sheet_text(text: &str) -> String {
    if cell::Cell::Text(text.to_owned()).bare() == text {
        text.to_owned()
    } else {
        clean::guarded(text)
    }
}

/// A sheet and its header.
struct Surveyed {
    name: String,
    /// Hidden sheets are last year's or somebody's notes: read only by their name.
    is_hidden: bool,
    header: Option<Header>,
    above: Vec<cell::SheetRow>,
}

impl Surveyed {
    fn kind(&self) -> SheetKind {
        self.header.as_ref().map_or(SheetKind::Other, Header::kind)
    }

    fn summary(&self) -> SheetSummary {
        SheetSummary {
            name: self.name.clone(),
            kind: self.kind(),
        }
    }
}

/// Looks at the first rows of every sheet.
fn survey(book: &mut Workbook, watch: &mut Watch<'_>) -> Result<Vec<Surveyed>, RosterFailure> {
    let mut found = Vec::new();
    for (name, is_hidden) in book.sheets() {
        let mut rows = sheet::first_rows(book, &name, watch)?;
        let header = headers::find(&rows);
        rows.truncate(header.as_ref().map_or(0, |header| header.at));
        found.push(Surveyed {
            name,
            is_hidden,
            header,
            above: rows,
        });
    }
    Ok(found)
}

struct Chosen<'a> {
    people: Option<&'a Surveyed>,
    history: Vec<&'a Surveyed>,
}

/// The named sheet alone, or the best roster with every sheet of follow-ups.
fn choose<'a>(found: &'a [Surveyed], wanted: Option<&str>) -> Result<Chosen<'a>, RosterFailure> {
    let sheets = || found.iter().map(|sheet| sheet.name.clone()).collect();
    let of_kind = |kind| {
        found
            .iter()
            .filter(move |sheet| sheet.kind() == kind && !sheet.is_hidden)
    };
    let with_own_history = |people: Option<&'a Surveyed>| {
        let own = people.filter(|sheet| sheet.header.as_ref().is_some_and(Header::is_also_history));
        own.into_iter().chain(of_kind(SheetKind::History)).collect()
    };
    let Some(wanted) = wanted else {
        let score = |sheet: &&Surveyed| sheet.header.as_ref().map_or(0, Header::score);
        // The first of equals: `max_by_key` takes the last.
        let people = of_kind(SheetKind::People).rev().max_by_key(score);
        let history: Vec<&Surveyed> = with_own_history(people);
        if people.is_none() && history.is_empty() {
            return Err(RosterFailure::NoRoster { sheets: sheets() });
        }
        return Ok(Chosen { people, history });
    };
    let named = found
        .iter()
        .find(|sheet| sheet.name == wanted)
        .or_else(|| {
            found
                .iter()
                .find(|sheet| sheet.name.trim() == wanted.trim())
        })
        .ok_or_else(|| RosterFailure::NoSuchSheet {
            wanted: wanted.to_owned(),
            sheets: sheets(),
        })?;
    match named.kind() {
        SheetKind::People => Ok(Chosen {
            people: Some(named),
            history: with_own_history(Some(named)),
        }),
        SheetKind::History => Ok(Chosen {
            people: None,
            history: vec![named],
        }),
        SheetKind::Other => Err(RosterFailure::NoRoster {
            sheets: vec![named.name.clone()],
        }),
    }
}

/// Adds what forms only over all rows: households and their doubts.
fn take_people(roster: &mut Roster, people: PeopleSheet) {
    let mut problems = people.problems;
    let (_, doubts) = households(&people.rows);
    for doubt in doubts {
        let Some(row) = people.rows.get(doubt.at) else {
            continue;
        };
        problems.push(RowProblem {
            row: row.row,
            column: people.place.header(doubt.column).to_owned(),
            value: row.given.get(doubt.column).to_owned(),
            fault: doubt.fault,
            action: RowAction::Flagged,
        });
    }
    problems.arrange_by_key(|problem| problem.row);
    roster.people = Some(people.place);
    roster.rows = people.rows;
    roster.skipped = people.skipped;
    roster.problems = problems;
}
