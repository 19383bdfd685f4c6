//! The sheet's draft: one file for all its rows, a note for everything that happened.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::row::{Log, Row, Saved, Who};
use crate::{
    desk::{drafts::kind::GRID, reply::TakenUp},
    domain::{
        aspect::Seen,
        id::{PersonId, VisitId},
    },
    tui::{
        drafting::About,
        form::{Opening, Step},
        screens::visit::Kept,
    },
};

/// Something that happened on the sheet, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// A step in the head.
    Head(Step),
    /// The head was told; the rows begin.
    Told,
    /// A row is about this person.
    Person {
        row: u32,
        person: PersonId,
        name: String,
    },
    /// A row's form began, or began anew.
    Begun {
        row: u32,
        kept: Box<Kept>,
        seen: Vec<Seen>,
    },
    /// A step in a row's form.
    Step { row: u32, step: Step },
    /// The row was recorded as this contact.
    Saved { row: u32, contact: VisitId },
    /// A saved row is being corrected.
    Correcting {
        row: u32,
        kept: Box<Kept>,
        seen: Vec<Seen>,
    },
    /// The correction was dropped, or the row was undone and is as typed.
    Reverted { row: u32, undone: bool },
    /// The row was removed.
    Removed { row: u32 },
}

/// What a sheet starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetKept {
    pub head: Opening,
}

/// Returns what the draft of a sheet is about.
pub fn about(form: &str, head: Opening) -> About {
    About {
        kind: GRID.to_owned(),
        forms: vec![form.to_owned()],
        context: serde_json::to_string(&SheetKept { head }).unwrap_or_default(),
        ..About::default()
    }
}

/// A sheet as its draft tells it.
#[derive(Debug, Default)]
pub struct Restored {
    pub kept: Option<SheetKept>,
    pub head: Vec<Step>,
    pub is_told: bool,
    pub rows: Vec<Row>,
}

/// Reads a draft.
pub fn restored(taken: &TakenUp) -> Restored {
    let mut sheet = Restored {
        kept: serde_json::from_slice(taken.draft.context.as_bytes()).ok(),
        ..Restored::default()
    };
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let notes = taken.records.iter();
    for note in notes.filter_map(|bytes| serde_json::from_slice(bytes).ok()) {
        match note {
            Note::Head(step) => sheet.head.push(step),
            Note::Told => sheet.is_told = true,
            Note::Person { row, person, name } => {
                let entry = rows.entry(row).or_insert_with(|| Row::new(row));
                entry.who = Some(Who {
                    person,
                    name,
                    place: String::new(),
                });
            }
            Note::Removed { row } => {
                rows.remove(&row);
            }
            Note::Begun { row, .. }
            | Note::Step { row, .. }
            | Note::Saved { row, .. }
            | Note::Correcting { row, .. }
            | Note::Reverted { row, .. } => {
                if let Some(of) = rows.get_mut(&row) {
                    take(of, note);
                }
            }
        }
    }
    sheet.rows = rows.into_values().collect();
    sheet
}

/// Takes a note about a row.
fn take(row: &mut Row, note: Note) {
    match note {
        Note::Begun { kept, seen, .. } => row.log = Log::begun(*kept, seen),
        Note::Correcting { kept, seen, .. } => row.correction = Some(Log::begun(*kept, seen)),
        Note::Step { step, .. } => {
            let log = row.correction.as_mut().unwrap_or(&mut row.log);
            log.steps.push(step);
        }
        Note::Saved { contact, .. } => {
            row.correction = None;
            row.saved = Some(Saved {
                contact,
                told: None,
            });
        }
        Note::Reverted { undone, .. } => {
            row.correction = None;
            if undone {
                row.saved = None;
            }
        }
        Note::Head(_) | Note::Told | Note::Person { .. } | Note::Removed { .. } => {}
    }
}

impl Log {
    /// Returns a log that begins.
    pub fn begun(kept: Kept, seen: Vec<Seen>) -> Self {
        Self {
            kept: Some(kept),
            seen,
            steps: Vec::new(),
        }
    }
}
