//! What a print consists of: blocks one below the other, and what every page repeats.
//!
//! It knows no page size and no format.

/// One document: a copy of an agreement, a register sheet, a slip.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Stands on every page.
    pub title: String,
    /// Stands beside the title on every page: the copy's number, 补打.
    pub mark: String,
    pub foot: Foot,
    pub width: Width,
    pub blocks: Vec<Block>,
}

/// How an A4 page is turned; plain text always has 80 columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    #[default]
    Portrait,
    /// For registers of many columns.
    Landscape,
}

/// What stands at the foot of every page, beside the page's number. Empty parts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foot {
    /// The paper's own number.
    pub number: String,
    /// Version of the template its text is of.
    pub template: String,
    /// Day and time of the print.
    pub printed: String,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph nobody may overlook.
    Strong(String),
    /// Labels with their values.
    Pairs(Vec<(String, String)>),
    Table(Grid),
    Signatures(Vec<Signing>),
    /// A line to cut along: the stub stays here.
    Cut,
    /// What follows stands on a new page.
    PageBreak,
}

/// A table; its head is repeated on every page it goes on to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    pub columns: Vec<Column>,
    /// A row that is shorter than the columns ends in empty cells.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// The least it takes, in half-width signs, 4 to 76.
    pub cells: usize,
}

/// A place for a signature: a line of at least twelve full-width characters, and a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    pub label: String,
    /// What is on record already; a print never writes a signature itself.
    pub told: String,
}

impl Document {
    /// Returns an empty document.
    pub fn of(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            ..Self::default()
        }
    }
}

impl Foot {
    /// Returns the parts that are told, in words.
    pub(super) fn parts(&self) -> Vec<String> {
        let parts = [
            ("编号 ", &self.number),
            ("文本 ", &self.template),
            ("打印 ", &self.printed),
        ];
        let told = parts.into_iter().filter(|(_, part)| !part.is_empty());
        told.map(|(label, part)| format!("{label}{part}")).collect()
    }
}

impl Column {
    /// Returns a column.
    pub fn of(title: &str, cells: usize) -> Self {
        let title = title.to_owned();
        Self { title, cells }
    }
}

impl Grid {
    /// Returns a table without rows.
    pub fn of(columns: &[(&str, usize)]) -> Self {
        let columns = columns.iter();
        Self {
            columns: columns
                .map(|(title, cells)| Column::of(title, *cells))
                .collect(),
            rows: Vec::new(),
        }
    }

    /// Returns the cell; empty where the row is too short.
    pub(super) fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", String::as_str)
    }
}

impl Signing {
    /// Returns a place to sign.
    pub fn of(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            told: String::new(),
        }
    }
}
