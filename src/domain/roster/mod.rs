//! What a roster says, row by row, before anything is compared with the store: typed rows,
//! brought-in history, households, and every problem with its place.
//!
//! It reads no files and knows no spreadsheet (`paper::roster` does), and it never decides
//! whether a row is new, changed or already known: that is the desk's matching.

pub mod clean;
pub mod column;
pub mod dates;
pub mod fault;
pub mod gauge;
pub mod given;
pub mod households;
pub mod preview;

use super::{
    day::Day,
    identity::{Document, Sex},
    phone::Phone,
    relation::Kinship,
    value::{Decimal, YearMonth},
};

pub use column::Column;
pub use fault::{RosterFailure, RosterFault, RowAction, RowProblem};
pub use gauge::Gauge;
pub use given::Given;
pub use households::{RosterHousehold, households};
pub use preview::{Doubt, DoubtKind, ImportProgress, ImportStage, Outcome, Preview, Proposal};

/// A file read whole: people of one sheet, and the past follow-ups of every sheet that has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Roster {
    pub file: RosterFile,
    /// The sheet the people come from; a text file has one sheet without a name. None in a
    /// file of past follow-ups alone.
    pub people: Option<SheetPlace>,
    pub rows: Vec<RosterRow>,
    /// Rows that are no person, in file order.
    pub skipped: Vec<SkippedRows>,
    /// Problems of people's rows, in file order.
    pub problems: Vec<RowProblem>,
    pub history: Vec<HistorySheet>,
}

/// What identifies the file among those imported before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterFile {
    /// The file's own name without its folder.
    pub name: String,
    pub bytes: u64,
    /// BLAKE3 of the content, in hexadecimal.
    pub digest: String,
    pub kind: FileKind,
    /// Every sheet with what it seems to hold, in file order.
    pub sheets: Vec<SheetSummary>,
}

/// What kind of file it really is, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Xlsx,
    Xls,
    Text {
        encoding: TextEncoding,
        separator: char,
    },
}

/// How a text file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    /// UTF-8 with a byte order mark, as spreadsheets write it.
    Utf8Bom,
    Gb18030,
    Utf16,
}

/// A sheet and what it seems to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSummary {
    pub name: String,
    pub kind: SheetKind,
}

/// What a sheet seems to hold, judged by its header row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    People,
    History,
    Other,
}

/// Where on a sheet the rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetPlace {
    pub sheet: String,
    /// The text of the rows above the header, as the file's title.
    pub title: String,
    /// Physical row of the header, from 1.
    pub header_row: u32,
    /// The columns that are read, in file order, with their header as written.
    pub columns: Vec<ReadColumn>,
    /// Columns with content whose header nobody knows, with their place from 1.
    pub unknown_columns: Vec<UnknownColumn>,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadColumn {
    /// Place from 1 (A = 1).
    pub place: u32,
    pub column: Column,
    /// The header on one line.
    pub header: String,
}

/// A column that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownColumn {
    /// Place from 1 (A = 1).
    pub place: u32,
    pub header: String,
}

/// Physical rows that are no person, `first` to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkippedRows {
    pub first: u32,
    pub last: u32,
    pub reason: SkipReason,
}

/// Why a row is no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    Blank,
    Title,
    /// A row of group headings above the header.
    GroupHeader,
    Header,
    /// The header once more, as on every printed page.
    RepeatedHeader,
    Total,
    /// Who filled the sheet in, who checked it, notes.
    Footer,
    /// Neither a name nor a number nor two facts about anybody.
    NoPerson,
}

/// What becomes of a person's row as far as the file alone can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Taken,
    /// The same person as an earlier physical row; no second resident.
    Duplicate {
        of: u32,
    },
    /// Not taken; a problem of this row says why.
    Rejected,
}

/// One person as a row gives them. What is doubtful is absent here and stands among the problems.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterRow {
    /// Physical row from 1, headers counted.
    pub row: u32,
    pub fate: Fate,
    /// The cells as given, for comparing with an earlier import of the same file.
    pub given: Given,
    pub name: Option<String>,
    pub sex: Option<Sex>,
    pub birth: Option<Day>,
    /// The identity document, only if its number passes every check.
    pub document: Option<Document>,
    pub phones: Vec<Phone>,
    pub relation: Option<Kinship>,
    /// 户编号 of the file, filled down.
    pub outside_no: Option<String>,
    /// 户主姓名, filled down.
    pub head_name: Option<String>,
    pub village: Option<String>,
    /// 组: its number in digits (`4` for 第四村民组), or its name.
    pub group: Option<String>,
    pub door: Option<String>,
    pub address: Option<String>,
    pub ethnic: Option<String>,
    /// The words of 人群分类, one by one.
    pub tags: Vec<String>,
    pub agreement: GivenAgreement,
    pub remark: Option<String>,
    pub record_no: Option<String>,
    pub employer: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<Phone>,
    pub registered_address: Option<String>,
    pub household_type: Option<String>,
}

/// What the file says about an agreement: brought-in facts, no agreement of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GivenAgreement {
    pub state: Option<String>,
    pub signed_on: Option<Day>,
    pub doctor: Option<String>,
}

/// A sheet of past follow-ups.
#[derive(Debug, Clone, PartialEq)]
pub struct HistorySheet {
    pub place: SheetPlace,
    pub rows: Vec<HistoryRow>,
    pub skipped: Vec<SkippedRows>,
    pub problems: Vec<RowProblem>,
}

/// The last follow-up of one person as another system recorded it: never a visit of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRow {
    /// Physical row from 1.
    pub row: u32,
    pub given: Given,
    pub name: Option<String>,
    pub document: Option<Document>,
    pub phones: Vec<Phone>,
    pub diagnosed: Option<YearMonth>,
    pub last_visit: Option<Day>,
    /// mmHg.
    pub systolic: Option<u16>,
    /// mmHg.
    pub diastolic: Option<u16>,
    /// Fasting blood glucose, mmol/L.
    pub glucose: Option<Decimal>,
    pub adherence: Option<String>,
    pub drugs: Option<String>,
    pub next_visit: Option<Day>,
    pub mode: Option<String>,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    /// Rows read so far.
    pub done: u32,
    /// Rows the sheet claims to have, where known.
    pub of: Option<u32>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Opening,
    People,
    History,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RosterCounts {
    /// Rows with a person, whatever becomes of them.
    pub rows: u32,
    pub taken: u32,
    /// Taken rows with at least one problem.
    pub flagged: u32,
    pub duplicates: u32,
    pub rejected: u32,
    pub skipped: u32,
}

impl Roster {
    /// Counts the rows by what becomes of them.
    pub fn counts(&self) -> RosterCounts {
        let mut counts = RosterCounts::default();
        let doubtful: std::collections::BTreeSet<u32> =
            self.problems.iter().map(|problem| problem.row).collect();
        for row in &self.rows {
            counts.rows += 1;
            match row.fate {
                Fate::Taken => counts.taken += 1,
                Fate::Duplicate { .. } => counts.duplicates += 1,
                Fate::Rejected => counts.rejected += 1,
            }
            if row.fate == Fate::Taken && doubtful.contains(&row.row) {
                counts.flagged += 1;
            }
        }
        for skipped in &self.skipped {
            counts.skipped += skipped.last.saturating_sub(skipped.first) + 1;
        }
        counts
    }
}

impl Roster {
    /// Names the line of files this one continues: those with the same known columns, whatever
    /// their order, name or title. Each line of files remembers for itself what it said.
    pub fn lineage(&self) -> String {
        let mut names: Vec<&str> = self.columns().map(Column::usual_name).collect();
        names.sort_unstable();
        names.dedup();
        // FNV-1a: short, and the same in every version.
        let hash = names
            .join("|")
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{hash:016x}")
    }

    /// Tells whether the people's sheet has exactly the columns our own export writes.
    pub fn is_own_export(&self) -> bool {
        self.columns().eq(Column::EXPORTED)
    }

    fn columns(&self) -> impl Iterator<Item = Column> {
        let people = self.people.iter();
        people.flat_map(|people| people.columns.iter().map(|read| read.column))
    }
}

impl SheetPlace {
    /// Returns the header of a column as the file writes it, or the column's usual name.
    pub fn header(&self, column: Column) -> &str {
        self.columns
            .iter()
            .find(|read| read.column == column)
            .map_or(column.usual_name(), |read| &read.header)
    }
}

impl RosterRow {
    /// Returns whether the row is the head of its household by its own words.
    pub fn is_head(&self) -> bool {
        use super::relation::Relation;
        match &self.relation {
            Some(kinship) => kinship.relation == Relation::Head,
            None => self.name.is_some() && self.name == self.head_name,
        }
    }
}
