//! A table of anything: named columns and rows of typed cells.
//!
//! It has no layout and no language; titles come from whoever fills it.

use crate::domain::{day::Day, value::Decimal};

/// Columns and rows. A row that is shorter than the columns ends in empty cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<TableColumn>,
    pub rows: Vec<Vec<TableCell>>,
}

/// A column with the name programs know it by and the one people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Stable snake_case key of the JSON form.
    pub key: String,
    /// Heading of the CSV and XLSX forms.
    pub title: String,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TableCell {
    #[default]
    Empty,
    /// Text, and every number that is a name: identity numbers, phones, codes.
    Text(String),
    Whole(i64),
    Number(Decimal),
    Date(Day),
    YesNo(bool),
}

impl TableColumn {
    /// Names a column.
    pub fn new(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
        }
    }
}

impl TableCell {
    /// Returns the text, or an empty cell for none.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// Returns the cell as plain text: dates as 2026-02-20, yes and no as 是 and 否.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        }
    }
}

impl Table {
    /// Returns a cell of a row; empty where the row is too short.
    pub fn cell(row: &[TableCell], at: usize) -> &TableCell {
        const NOTHING: &TableCell = &TableCell::Empty;
        row.get(at).unwrap_or(NOTHING)
    }
}
