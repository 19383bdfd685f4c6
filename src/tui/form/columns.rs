//! A form as one row of a paper sheet: only the sheet's columns are walked through and drawn.
//!
//! Which columns there are stands in the form; the rest of it is filled by 无异常, by what was
//! carried, or on the whole form.

use super::{
    cells::{Ink, Segment, window},
    editor::{FormEditor, Touch, Walk},
    item::Drawing,
    layout,
    page::Place,
};
use crate::{
    domain::{
        form::{Field, FormDef, Joint, Kind, Severity},
        text::Lang,
    },
    tui::widgets::cells,
};

/// The widest heading of a column.
const TITLE: usize = 8;
/// The cells of a text, and of several codes.
const TEXT: usize = 12;
const CODES: usize = 5;
/// The cells of the label before what is asked below the sheet.
const LABELS: usize = 8;

/// A column of a sheet: a field, with the one in the same box after a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// In cells.
    pub width: usize,
    /// The fields' places in the order of asking.
    fields: Vec<usize>,
}

/// What stands in a column of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnCell {
    pub segments: Vec<Segment>,
    /// The cells before the cursor, where it stands here.
    pub cursor: Option<usize>,
}

/// Returns the columns of a sheet of `form`.
pub fn columns(form: &FormDef, lang: Lang) -> Vec<Column> {
    let keys = form.grid.as_ref().map_or(&[][..], |grid| &grid.columns);
    let mut columns: Vec<Column> = Vec::new();
    for key in keys {
        let Some((index, field)) = form.fields().enumerate().find(|(_, f)| f.key == *key) else {
            continue;
        };
        let cells = box_cells(field);
        match columns.last_mut() {
            Some(column) if field.joint == Joint::Slash => {
                column.fields.push(index);
                column.width += 1 + cells;
            }
            _ => {
                let title = heading(field, lang);
                columns.push(Column {
                    title: title.to_owned(),
                    width: cells.max(cells::width(title).min(TITLE)),
                    fields: vec![index],
                });
            }
        }
    }
    columns
}

/// The shortest name of a field: one of one-line entry where that is Chinese and shorter.
fn heading(field: &Field, lang: Lang) -> &str {
    let label = field.label.get(lang);
    let is_word = |name: &&str| lang == Lang::Zh && !name.is_ascii();
    let short = field.short.iter().map(String::as_str).filter(is_word);
    let names = short.chain([label]);
    names.min_by_key(|name| cells::width(name)).unwrap_or(label)
}

fn box_cells(field: &Field) -> usize {
    let digits = |number: i64| number.to_string().len();
    let whole = || digits(field.hard.map_or(9999, |range| range.high.thousandths()) / 1000);
    match &field.kind {
        Kind::Int => whole().max(3),
        Kind::Dec { places } => whole() + 1 + usize::from(*places),
        Kind::Date => 10,
        Kind::Month => 7,
        Kind::Codes(_) => CODES,
        Kind::Code(options) | Kind::Bool(options) => {
            let keys = (0..options.len()).map(|at| field.digits_of(at).len());
            keys.max().unwrap_or(1)
        }
        Kind::Text { .. } => TEXT,
        Kind::Rows { .. } | Kind::Calc { .. } => 0,
    }
}

impl FormEditor {
    /// Walks through the sheet's columns alone, or through everything again.
    pub(super) fn keep_to_columns(&mut self, only: bool) {
        self.settle_code();
        self.walk = if only {
            Walk::Columns
        } else {
            Walk::Everything
        };
        if only && !self.is_at_column() {
            self.go_to_page(0);
        }
    }

    /// Tells whether only the sheet's columns are walked through.
    pub fn is_in_columns(&self) -> bool {
        self.walk == Walk::Columns
    }

    /// Tells whether the cursor stands in a column of the sheet.
    pub fn is_at_column(&self) -> bool {
        self.column_places().contains(&self.at)
    }

    /// Returns which of the columns the cursor stands in.
    pub fn column_at(&self, columns: &[Column]) -> Option<usize> {
        let here = |column: &Column| column.fields.contains(&self.at.field);
        columns.iter().position(here)
    }

    /// Tells whether Enter leads no further in the row: it is at its end, and the key is not
    /// one pressed on after an automatic step.
    pub fn is_at_end(&self) -> bool {
        let steps_in = self.swallows && self.touch == Touch::Alone;
        !steps_in && !self.is_unread() && self.next_by_hand().is_none()
    }

    /// Tells whether a problem shown keeps the row from being saved.
    pub fn is_refused(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|(_, problem)| problem.severity() == Severity::Hard)
    }

    /// Returns the places of the sheet's columns that are asked.
    pub(super) fn column_places(&self) -> Vec<Place> {
        let Some(page) = self.pages.first() else {
            return Vec::new();
        };
        let keys = page.form.grid.iter().flat_map(|grid| &grid.columns);
        let places = keys.filter_map(|key| {
            let (index, field) = page
                .form
                .fields()
                .enumerate()
                .find(|(_, f)| f.key == *key)?;
            page.asks(field).then_some(Place {
                page: 0,
                field: index,
                cell: None,
            })
        });
        places.collect()
    }

    /// Returns what stands in each column.
    pub fn row(&self, columns: &[Column], lang: Lang) -> Vec<ColumnCell> {
        columns
            .iter()
            .map(|column| self.cell(column, lang))
            .collect()
    }

    /// Returns the field under the cursor as the form shows it: its options, its last value.
    pub fn asked(&self, width: usize, lang: Lang) -> Vec<Vec<Segment>> {
        let Some(page) = self.pages.get(self.at.page) else {
            return Vec::new();
        };
        let drawing = self.drawing(width, lang);
        let fields: Vec<(usize, &Field)> = page.form.fields().enumerate().collect();
        let mut first = self.at.field;
        while fields
            .get(first)
            .is_some_and(|(_, f)| f.joint == Joint::Slash)
            && 0 < first
        {
            first -= 1;
        }
        let group: Vec<(usize, &Field)> = fields
            .iter()
            .skip(first)
            .enumerate()
            .take_while(|(at, (_, field))| *at == 0 || field.joint == Joint::Slash)
            .map(|(_, placed)| *placed)
            .collect();
        let Some(drawing) = drawing else {
            return Vec::new();
        };
        let flows = drawing.item(&group);
        let lines = flows.iter().flat_map(|flow| layout::wrapped(flow, width));
        lines.collect()
    }

    fn drawing(&self, width: usize, lang: Lang) -> Option<Drawing<'_>> {
        Some(Drawing {
            editor: self,
            page: self.pages.get(self.at.page)?,
            page_index: self.at.page,
            lang,
            labels: LABELS,
            width,
        })
    }

    fn cell(&self, column: &Column, lang: Lang) -> ColumnCell {
        let mut segments: Vec<Segment> = Vec::new();
        let mut cursor = None;
        let drawing = self.drawing(column.width, lang);
        let page = self.pages.first();
        for (at, index) in column.fields.iter().enumerate() {
            let (Some(drawing), Some(page)) = (drawing, page) else {
                continue;
            };
            let field = page.form.field_at(*index).filter(|field| page.asks(field));
            let Some(field) = field else {
                continue;
            };
            let place = Place {
                page: 0,
                field: *index,
                cell: None,
            };
            if 0 < at {
                segments.push(Segment::new("/", Ink::Dim));
            }
            let mut answer = drawing.answer(place, field);
            let before = answer.answer.map_or(0, |(_, before)| before);
            let room = box_cells(field);
            let text = answer.text.trim_end();
            let (text, before) = if cells::width(text) <= room {
                (text.to_owned(), before)
            } else {
                window(text, before, room)
            };
            answer.text = cells::left(&text, room, "");
            let (taken, here) = (super::cells::width_of(&segments), place == self.at);
            if here {
                cursor = Some(taken + before.min(room.saturating_sub(1)));
            }
            answer.ink = self.ink(place, field, answer.ink);
            segments.push(answer);
        }
        ColumnCell { segments, cursor }
    }

    /// The role of an answer in a row: what is wrong, doubtful, or was not typed.
    fn ink(&self, place: Place, field: &Field, ink: Ink) -> Ink {
        use crate::domain::form::Mark;
        if ink != Ink::Value {
            return ink;
        }
        let mut found = self.problems.iter().filter(|(_, p)| p.field == field.key);
        if let Some((_, problem)) = found.next() {
            return match problem.severity() {
                Severity::Hard => Ink::Problem,
                Severity::Soft => Ink::Doubt,
            };
        }
        match self.pages.first().and_then(|page| page.mark(place)) {
            Some(Mark::Carried | Mark::Card) => Ink::Carried,
            Some(
                Mark::Stated | Mark::Proposed | Mark::Forced | Mark::Shared | Mark::Calculated,
            ) => Ink::Dim,
            Some(Mark::Typed) | None => Ink::Value,
        }
    }
}
