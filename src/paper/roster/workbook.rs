//! A file opened: its sheets, and their rows one after another, merged cells filled down.
//!
//! The spreadsheet readers stand behind a shield here: whatever they do with a broken file,
//! it becomes a failure with a name.

use std::{
    collections::{BTreeMap, HashMap},
    io::Cursor,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{
    CellErrorType, Data, DataRef, Dimensions, Reader, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::{
    cell::{Cell, MOST_COLUMNS, SheetRow},
    file_kind::{self, Container},
    text_file::TextFile,
};
use crate::domain::roster::{FileKind, RosterFailure, dates::Epoch};

/// Cells between two looks at whether the reading shall go on.
const CELLS_A_LOOK: u32 = 16_384;

/// Days between the two epochs of spreadsheets.
const DAYS_TO_1904: f64 = 1_462.0;

/// An open file.
pub(super) enum Workbook {
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
    Text(TextFile),
}

/// What is told while a sheet is read; its answer may end the reading.
pub(super) trait Reading {
    /// Takes a row that is not empty.
    fn row(&mut self, row: SheetRow) -> ControlFlow<()>;

    /// Is told the physical row reached, and how many the sheet claims to have.
    fn passed(&mut self, row: u32, of: Option<u32>) -> ControlFlow<()>;
}

impl Workbook {
    /// Opens the bytes by their content.
    pub fn open(bytes: Vec<u8>) -> Result<Self, RosterFailure> {
        match file_kind::container(&bytes)? {
            Container::Xlsx => {
                shielded(|| Xlsx::new(Cursor::new(bytes)).map_err(|fault| of_xlsx(&fault)))
                    .map(|book| Self::Xlsx(Box::new(book)))
            }
            Container::Xls => {
                shielded(|| Xls::new(Cursor::new(bytes)).map_err(|fault| of_xls(&fault)))
                    .map(|book| Self::Xls(Box::new(book)))
            }
            Container::Text => TextFile::open(&bytes).map(Self::Text),
        }
    }

    /// Tells what kind of file it is.
    pub fn kind(&self) -> FileKind {
        match self {
            Self::Xlsx(_) => FileKind::Xlsx,
            Self::Xls(_) => FileKind::Xls,
            Self::Text(file) => FileKind::Text {
                encoding: file.encoding,
                separator: file.separator,
            },
        }
    }

    /// Lists the sheets in file order and whether they are hidden; a text file has one without
    /// a name.
    pub fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Text(_) => return vec![(String::new(), false)],
        };
        sheets
            .iter()
            .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
            .collect()
    }

    /// Returns where the serial dates of the file start.
    pub fn epoch(&self) -> Epoch {
        let from_1904 = match self {
            Self::Xlsx(book) => book.has_1904_epoch(),
            Self::Xls(book) => book.has_1904_epoch(),
            Self::Text(_) => false,
        };
        if from_1904 {
            Epoch::From1904
        } else {
            Epoch::From1900
        }
    }

    /// Lists the cells of the sheet that are merged downwards.
    pub fn merges(&mut self, sheet: &str) -> Result<Merges, RosterFailure> {
        let regions = shielded(|| match self {
            Self::Xlsx(book) => book
                .merge_cells_by_sheet_name(sheet)
                .map_err(|fault| of_xlsx(&fault)),
            Self::Xls(book) => book
                .merge_cells_by_sheet_name(sheet)
                .map_err(|fault| of_xls(&fault)),
            Self::Text(_) => Ok(Vec::new()),
        })?;
        Ok(Merges::new(&regions))
    }

    /// Reads the rows of a sheet until it ends or the reading wants no more.
    pub fn read(&mut self, sheet: &str, reading: &mut dyn Reading) -> Result<(), RosterFailure> {
        shielded(|| match self {
            Self::Xlsx(book) => read_xlsx(book, sheet, reading).map_err(|fault| of_xlsx(&fault)),
            Self::Xls(book) => read_xls(book, sheet, reading).map_err(|fault| of_xls(&fault)),
            Self::Text(file) => {
                for row in file.rows() {
                    let reached = row.row;
                    if reading.row(row).is_break()
                        || reached % 256 == 0 && reading.passed(reached, None).is_break()
                    {
                        break;
                    }
                }
                Ok(())
            }
        })
    }
}

/// Cells merged downwards, and the values they pass on.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// Last row (from 1) by first row and place.
    regions: HashMap<(u32, usize), u32>,
    /// By place: the last row and the value that fills it.
    open: BTreeMap<usize, (u32, Cell)>,
}

impl Merges {
    fn new(regions: &[Dimensions]) -> Self {
        let downwards = regions
            .iter()
            .filter(|region| region.start.0 < region.end.0);
        Self {
            regions: downwards
                .map(|region| {
                    let place = usize::try_from(region.start.1).unwrap_or(usize::MAX);
                    ((region.start.0 + 1, place), region.end.0 + 1)
                })
                .collect(),
            open: BTreeMap::new(),
        }
    }

    /// Fills the cells that are merged with a cell above.
    pub fn fill(&mut self, row: &mut SheetRow, may_fill: impl Fn(usize) -> bool) {
        if self.regions.is_empty() {
            return;
        }
        self.open.retain(|_, (last, _)| row.row <= *last);
        for (&place, (_, value)) in &self.open {
            if !may_fill(place) || !row.cell(place).is_blank() {
                continue;
            }
            if row.cells.len() <= place {
                row.cells.resize(place + 1, Cell::Empty);
            }
            if let Some(cell) = row.cells.get_mut(place) {
                *cell = value.clone();
            }
        }
        for (place, cell) in row.cells.iter().enumerate() {
            if let Some(last) = self.regions.get(&(row.row, place)) {
                self.open.insert(place, (*last, cell.clone()));
            }
        }
    }
}

fn read_xlsx(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    reading: &mut dyn Reading,
) -> Result<(), XlsxError> {
    let shift = shift(book.has_1904_epoch());
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        // A sheet of charts has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(fault) => return Err(fault),
    };
    let claimed = cells.dimensions().end.0;
    let of = (0 < claimed).then_some(claimed + 1);
    let mut row = SheetRow::default();
    let mut passed = 0_u32;
    while let Some(found) = cells.next_cell()? {
        let (at, place) = found.get_position();
        if row.row != at + 1 {
            let whole = std::mem::replace(
                &mut row,
                SheetRow {
                    row: at + 1,
                    ..SheetRow::default()
                },
            );
            if !whole.is_blank() && reading.row(whole).is_break() {
                return Ok(());
            }
        }
        put(&mut row.cells, place, cell_of_ref(found.get_value(), shift));
        passed += 1;
        if passed == CELLS_A_LOOK {
            passed = 0;
            if reading.passed(row.row, of).is_break() {
                return Ok(());
            }
        }
    }
    if !row.is_blank() {
        let _ = reading.row(row);
    }
    Ok(())
}

fn read_xls(
    book: &mut Xls<Cursor<Vec<u8>>>,
    sheet: &str,
    reading: &mut dyn Reading,
) -> Result<(), XlsError> {
    let shift = shift(book.has_1904_epoch());
    let range = book.worksheet_range(sheet)?;
    let (top, left) = range.start().unwrap_or_default();
    let of = range.end().map(|(last, _)| last + 1);
    for (number, values) in (top + 1..).zip(range.rows()) {
        let mut row = SheetRow {
            row: number,
            ..SheetRow::default()
        };
        for (place, value) in (left..).zip(values) {
            put(&mut row.cells, place, cell_of(value, shift));
        }
        if !row.is_blank() && reading.row(row).is_break()
            || number % 256 == 0 && reading.passed(number, of).is_break()
        {
            break;
        }
    }
    Ok(())
}

fn put(cells: &mut Vec<Cell>, place: u32, cell: Cell) {
    if cell.is_blank() {
        return;
    }
    // What stands right of every roster is not read.
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    if MOST_COLUMNS <= place {
        return;
    }
    if cells.len() <= place {
        cells.resize(place + 1, Cell::Empty);
    }
    if let Some(kept) = cells.get_mut(place) {
        *kept = cell;
    }
}

/// A date counts its days from 1900 whatever the file counts from.
fn cell_of_ref(value: &DataRef<'_>, shift: f64) -> Cell {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::of_text(text)
        }
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => of_bool(*yes),
        DataRef::DateTime(date) if date.is_datetime() => Cell::Date(date.as_f64() + shift),
        DataRef::DateTime(length) => Cell::Number(length.as_f64()),
        DataRef::Error(error) => Cell::Error(sign(error)),
        DataRef::Empty => Cell::Empty,
    }
}

fn cell_of(value: &Data, shift: f64) -> Cell {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Cell::of_text(text)
        }
        Data::Int(number) => Cell::Text(number.to_string()),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(yes) => of_bool(*yes),
        Data::DateTime(date) if date.is_datetime() => Cell::Date(date.as_f64() + shift),
        Data::DateTime(length) => Cell::Number(length.as_f64()),
        Data::Error(error) => Cell::Error(sign(error)),
        Data::Empty => Cell::Empty,
    }
}

fn shift(from_1904: bool) -> f64 {
    if from_1904 { DAYS_TO_1904 } else { 0.0 }
}

fn of_bool(yes: bool) -> Cell {
    Cell::Text(if yes { "TRUE" } else { "FALSE" }.to_owned())
}

fn sign(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn of_xlsx(fault: &XlsxError) -> RosterFailure {
    match fault {
        XlsxError::Password => RosterFailure::Encrypted,
        _ => RosterFailure::Damaged {
            detail: fault.to_string(),
        },
    }
}

fn of_xls(fault: &XlsError) -> RosterFailure {
    match fault {
        XlsError::Password => RosterFailure::Encrypted,
        _ => RosterFailure::Damaged {
            detail: fault.to_string(),
        },
    }
}

/// Runs a spreadsheet reader on bytes from anywhere; should it panic, that is a damaged file.
fn shielded<T>(read: impl FnOnce() -> Result<T, RosterFailure>) -> Result<T, RosterFailure> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(RosterFailure::Damaged {
            detail: "the spreadsheet reader gave up".to_owned(),
        })
    })
}
