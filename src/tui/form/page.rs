//! One form of a sequence being filled in: its answers, marks, and what could not be read.
//!
//! It knows nothing of keys and cursors beyond the places a cursor can stand in.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::domain::{
    form::{
        self, Fault, Field, FilledForm, FormContext, FormDef, Kind, Mark, Problem, RowPlace,
        Severity, check, column,
        condition::is_given,
        fill::{self, Filled},
        typed,
    },
    value::{Answers, Value},
};

/// Where the cursor can stand: a field of a page, or a cell of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub page: usize,
    /// The field's place in the order of asking.
    pub field: usize,
    pub cell: Option<Cell>,
}

/// A cell of a repeated group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    pub row: usize,
    pub column: usize,
}

/// A form being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub form: Arc<FormDef>,
    pub context: FormContext,
    pub filled: Filled,
    /// Typed text that is no allowed value, by place.
    pub unread: BTreeMap<Place, String>,
    pub is_seen: bool,
    /// The form in progress as it was found.
    pub before: Option<FilledForm>,
}

impl Page {
    /// Returns the field or column at a place.
    pub fn field(&self, place: Place) -> Option<&Field> {
        let field = self.form.field_at(place.field)?;
        match place.cell {
            Some(cell) => field.columns().get(cell.column),
            None => Some(field),
        }
    }

    /// Returns the field itself, also for a cell.
    pub fn whole_field(&self, place: Place) -> Option<&Field> {
        self.form.field_at(place.field)
    }

    /// Returns the answer at a place.
    pub fn value(&self, place: Place) -> Option<&Value> {
        let field = self.form.field_at(place.field)?;
        let value = self.filled.answers.get(&field.key)?;
        match (place.cell, value) {
            (Some(cell), Value::Rows(rows)) => {
                let column = field.columns().get(cell.column)?;
                rows.get(cell.row)?.get(&column.key)
            }
            (Some(_), _) => None,
            (None, value) => Some(value),
        }
    }

    /// Returns the text that stands at a place: what could not be read, or the value as typed.
    pub fn text(&self, place: Place) -> String {
        if let Some(text) = self.unread.get(&place) {
            return text.clone();
        }
        match (self.field(place), self.value(place)) {
            (Some(field), Some(value)) => typed::as_typed(field, value),
            _ => String::new(),
        }
    }

    /// Returns how the answer of a field came to stand there.
    pub fn mark(&self, place: Place) -> Option<Mark> {
        let field = self.whole_field(place)?;
        self.filled.marks.get(&field.key).copied()
    }

    /// Returns the places of this page the cursor can stand in, in the order of asking.
    pub fn places(&self, page: usize) -> Vec<Place> {
        let mut places = Vec::new();
        for (index, field) in self.form.fields().enumerate() {
            if !self.asks(field) || matches!(field.kind, Kind::Calc { .. }) {
                continue;
            }
            let place = Place {
                page,
                field: index,
                cell: None,
            };
            match &field.kind {
                Kind::Rows { columns, most } => {
                    let rows = (self.rows(&field.key).len() + 1).min((*most).max(1));
                    for row in 0..rows {
                        places.extend((0..columns.len()).map(|column| Place {
                            cell: Some(Cell { row, column }),
                            ..place
                        }));
                    }
                }
                _ => places.push(place),
            }
        }
        places
    }

    /// Returns the rows of a repeated group.
    pub fn rows(&self, key: &str) -> &[Answers] {
        match self.filled.answers.get(key) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// Tells whether the field is asked.
    pub fn asks(&self, field: &Field) -> bool {
        check::is_asked(field, &self.filled.answers, &self.context)
    }

    /// Tells whether an answer is expected here and none stands yet.
    pub fn is_open(&self, place: Place) -> bool {
        let Some(field) = self.whole_field(place) else {
            return false;
        };
        let answered = self.filled.answers.get(&field.key).is_some_and(is_given);
        let first = place
            .cell
            .is_none_or(|cell| cell.row == 0 && cell.column == 0);
        first
            && !answered
            && !field.by_rules
            && check::is_needed(field, &self.filled.answers, &self.context)
    }

    /// Tells whether nothing stands here and nobody but a person would answer.
    pub fn is_blank(&self, place: Place) -> bool {
        let answered = |field: &Field| self.filled.answers.get(&field.key).is_some_and(is_given);
        let field = self.whole_field(place);
        field.is_some_and(|field| !answered(field) && !field.by_rules)
    }

    /// Tells whether the field holds something nobody typed here, so that Enter passes over it.
    pub fn is_prefilled(&self, place: Place) -> bool {
        let by_rules = self.whole_field(place).is_some_and(|field| field.by_rules);
        match self.mark(place) {
            None => by_rules,
            Some(Mark::Typed | Mark::Stated) => false,
            Some(
                Mark::Carried
                | Mark::Card
                | Mark::Proposed
                | Mark::Forced
                | Mark::Shared
                | Mark::Calculated,
            ) => true,
        }
    }

    /// Puts a typed value at a place, or empties it, and brings the rest up to date.
    pub fn put(&mut self, place: Place, value: Option<Value>) {
        let form = Arc::clone(&self.form);
        let Some(field) = form.field_at(place.field) else {
            return;
        };
        let value = match place.cell {
            Some(cell) => Some(self.with_cell(field, cell, value)),
            None => value,
        };
        self.filled.put(&field.key, value, Mark::Typed);
        self.follow_visit_day();
        self.settle();
    }

    /// Brings what the form works out by itself up to date, and its column with it.
    pub fn settle(&mut self) {
        let form = Arc::clone(&self.form);
        self.filled.settle(&form, &self.context);
        self.form = column::in_column(&form, &self.filled.answers);
    }

    /// Takes an answer given on another page.
    pub fn take_shared(&mut self, field: &Field, value: &Value) {
        self.filled
            .put(&field.key, Some(value.clone()), Mark::Shared);
        self.follow_visit_day();
    }

    /// Takes the day answered on the form as the day it is about.
    pub fn follow_visit_day(&mut self) {
        let day = self.form.visit_day.as_ref();
        let day = day.and_then(|key| self.filled.answers.get(key));
        if let Some(day) = day.and_then(Value::date) {
            self.context.visit = day;
        }
    }

    /// Takes typed text as the answer at a place; text that is no allowed value is kept aside.
    pub fn take_text(&mut self, place: Place, text: &str) {
        self.unread.remove(&place);
        if text.trim().is_empty() {
            self.put(place, None);
            return;
        }
        let value = self.read(place, text).ok();
        if value.is_none() {
            self.unread.insert(place, text.to_owned());
        }
        self.put(place, value);
    }

    /// Reads typed text as an allowed value of the field at a place.
    pub fn read(&self, place: Place, text: &str) -> Result<Value, Fault> {
        let field = self.field(place).ok_or(Fault::UnknownField)?;
        let value = typed::parse(field, text, self.context.today)?;
        let problems = check::check_value(field, &value, &Answers::new(), &self.context);
        match problems
            .into_iter()
            .find(|problem| problem.severity() == Severity::Hard)
        {
            Some(problem) => Err(problem.fault),
            None => Ok(value),
        }
    }

    /// Removes rows of a repeated group in which nothing stands.
    pub fn drop_empty_rows(&mut self, place: Place) {
        let Some(field) = self.form.field_at(place.field) else {
            return;
        };
        let key = field.key.clone();
        if let Some(Value::Rows(rows)) = self.filled.answers.get_mut(&key) {
            rows.retain(|row| !row.is_empty());
            if rows.is_empty() {
                self.filled.answers.remove(&key);
            }
        }
    }

    /// Returns every problem of the page: what could not be read, and what the form finds.
    pub fn problems(&self, page: usize) -> Vec<Problem> {
        let answers = fill::relevant(&self.form, &self.filled.answers, &self.context);
        let mut problems: Vec<Problem> = self
            .places(page)
            .into_iter()
            .filter_map(|place| {
                let text = self.unread.get(&place)?;
                let fault = self.read(place, text).err()?;
                self.problem_at(place, fault)
            })
            .collect();
        let unread: Vec<String> = problems.iter().map(|p| p.field.clone()).collect();
        let found = form::check(&self.form, &answers, &self.context);
        problems.extend(found.into_iter().filter(|problem| {
            !(problem.fault == Fault::Missing && unread.contains(&problem.field))
        }));
        problems
    }

    /// Returns the place a problem stands at.
    pub fn place_of(&self, page: usize, problem: &Problem) -> Option<Place> {
        let (index, field) = self
            .form
            .fields()
            .enumerate()
            .find(|(_, field)| field.key == problem.field)?;
        let column = |row: &RowPlace| {
            let columns = field.columns().iter();
            let found = columns.enumerate().find(|(_, c)| c.key == row.column);
            Cell {
                row: row.index,
                column: found.map_or(0, |(at, _)| at),
            }
        };
        let first_cell = || {
            let is_rows = matches!(field.kind, Kind::Rows { .. });
            is_rows.then_some(Cell { row: 0, column: 0 })
        };
        Some(Place {
            page,
            field: index,
            cell: problem.row.as_ref().map(column).or_else(first_cell),
        })
    }

    fn problem_at(&self, place: Place, fault: Fault) -> Option<Problem> {
        let whole = self.form.field_at(place.field)?;
        let row = place.cell.and_then(|cell| {
            Some(RowPlace {
                index: cell.row,
                column: whole.columns().get(cell.column)?.key.clone(),
            })
        });
        Some(Problem {
            field: whole.key.clone(),
            row,
            fault,
        })
    }

    fn with_cell(&self, field: &Field, cell: Cell, value: Option<Value>) -> Value {
        let mut rows = self.rows(&field.key).to_vec();
        while rows.len() <= cell.row && value.is_some() {
            rows.push(Answers::new());
        }
        let column = field.columns().get(cell.column);
        if let (Some(row), Some(column)) = (rows.get_mut(cell.row), column) {
            match value {
                Some(value) => {
                    row.insert(column.key.clone(), value);
                }
                None => {
                    row.remove(&column.key);
                }
            }
        }
        Value::Rows(rows)
    }
}
