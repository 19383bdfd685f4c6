//! One list for paper and for spreadsheets: the same rows, the same titles.

use crate::paper::{
    export::{Table, TableCell, TableColumn},
    print::{Block, Column, Document, Foot, Grid, Signing, Width},
};

/// A register ready to be printed or exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    pub title: String,
    /// Stands above the rows on paper.
    pub head: Vec<(String, String)>,
    pub columns: Vec<Heading>,
    pub rows: Vec<Vec<TableCell>>,
    /// Stands below the rows on paper: sums and rates.
    pub foot: Vec<(String, String)>,
    /// Who signs it.
    pub signs: Vec<String>,
}

/// A column: the key of JSON, the title, and the least width in half-width signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    pub key: &'static str,
    pub title: &'static str,
    pub cells: usize,
}

impl Heading {
    pub(super) const fn of(key: &'static str, title: &'static str, cells: usize) -> Self {
        Self { key, title, cells }
    }
}

impl Listing {
    /// Returns it for paper; `printed` is the day and time of the print.
    pub fn document(&self, printed: &str) -> Document {
        let columns = self.columns.iter();
        let rows = self
            .rows
            .iter()
            .map(|row| row.iter().map(TableCell::plain).collect());
        let grid = Grid {
            columns: columns
                .map(|column| Column::of(column.title, column.cells))
                .collect(),
            rows: rows.collect(),
        };
        let signs = self.signs.iter().map(|label| Signing::of(label));
        Document {
            title: self.title.clone(),
            foot: Foot {
                printed: printed.to_owned(),
                ..Foot::default()
            },
            width: Width::Landscape,
            blocks: vec![
                Block::Pairs(self.head.clone()),
                Block::Table(grid),
                Block::Pairs(self.foot.clone()),
                Block::Signatures(signs.collect()),
            ],
            ..Document::default()
        }
    }

    /// Returns the rows for a spreadsheet.
    pub fn table(&self) -> Table {
        let columns = self.columns.iter();
        Table {
            columns: columns
                .map(|column| TableColumn::new(column.key, column.title))
                .collect(),
            rows: self.rows.clone(),
        }
    }
}

/// Returns how many there are, as a cell.
pub(super) fn whole(count: usize) -> TableCell {
    TableCell::Whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Returns the text as a cell, empty where it is.
pub(super) fn text(text: String) -> TableCell {
    TableCell::text(Some(text).filter(|text| !text.is_empty()))
}
