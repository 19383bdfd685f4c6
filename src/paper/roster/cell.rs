//! One cell of a sheet, whatever kind of file it stands in.
//!
//! A cell keeps the difference between text, number and date: digits are lost in numbers only.

use std::borrow::Cow;

use crate::domain::{
    roster::{
        clean,
        dates::{self, DateFault, DateReading, Epoch},
    },
    text::is_invisible,
};

/// The largest whole number a spreadsheet keeps exactly.
const EXACT: f64 = 1e15;

/// Columns of a sheet that are read: no roster has as many.
pub(super) const MOST_COLUMNS: usize = 1_024;

/// Bytes of a cell's text that are read; a spreadsheet keeps 32,767 signs.
const MOST_TEXT: usize = 4 * 32_767;

/// A cell's content.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    /// A serial number the sheet shows as a date, counted from 1900.
    Date(f64),
    /// `#REF!`, `#N/A` and their like.
    Error(&'static str),
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct SheetRow {
    /// Physical row from 1.
    pub row: u32,
    pub cells: Vec<Cell>,
    /// A quotation mark of a text file was never closed here.
    pub open_quote: bool,
}

impl SheetRow {
    /// Returns the cell at a place from 0.
    pub fn cell(&self, at: usize) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.cells.get(at).unwrap_or(NOTHING)
    }

    /// Returns the bytes of all texts in the row.
    pub fn text_bytes(&self) -> u64 {
        let lengths = self.cells.iter().map(|cell| match cell {
            Cell::Text(text) => text.len(),
            Cell::Empty | Cell::Number(_) | Cell::Date(_) | Cell::Error(_) => 0,
        });
        u64::try_from(lengths.sum::<usize>()).unwrap_or(u64::MAX)
    }

    /// Returns whether nothing visible stands in the row.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

impl Cell {
    /// Returns the text as a cell, empty if nothing visible is in it.
    pub fn of_text(text: &str) -> Self {
        if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            Self::Empty
        } else {
            let end = text.floor_char_boundary(MOST_TEXT);
            Self::Text(text.get(..end).unwrap_or(text).to_owned())
        }
    }

    /// Returns whether nothing stands in the cell.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Returns the content as a person sees it in the sheet.
    pub fn given(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Error(sign) => Cow::Borrowed(sign),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Date(serial) => Cow::Owned(
                dates::from_serial(*serial, Epoch::From1900)
                    .map_or_else(|_| serial.to_string(), |day| day.to_string()),
            ),
        }
    }

    /// Returns the text without the signs spreadsheets need (`="…"`, the guard of an export).
    pub fn bare(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(clean::unguarded(clean::unwrap_formula_text(text))),
            Self::Empty | Self::Number(_) | Self::Date(_) | Self::Error(_) => self.given(),
        }
    }

    /// Returns whether the cell is a number so long that its last digits are gone.
    pub fn has_lost_digits(&self) -> bool {
        match self {
            Self::Number(number) | Self::Date(number) => EXACT <= number.abs(),
            Self::Text(text) => is_scientific(&clean::compact(text)),
            Self::Empty | Self::Error(_) => false,
        }
    }

    /// Reads the cell as a date; `epoch` is where the file's plain numbers start.
    pub fn date(&self, epoch: Epoch) -> Result<DateReading, DateFault> {
        match self {
            Self::Date(serial) => {
                dates::from_serial(*serial, Epoch::From1900).map(DateReading::Day)
            }
            Self::Number(number) => dates::from_number(*number, epoch),
            Self::Text(_) => dates::from_text(&self.bare(), epoch),
            Self::Empty | Self::Error(_) => Err(DateFault::Shape),
        }
    }
}

/// `1.7911E+10`: what a spreadsheet shows of a long number.
fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let power = power.trim_start_matches('+');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    plain(&digits.replacen('.', "", 1)) && plain(power) && power.len() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Cell::Number(529_901_198_002_124_771.0), true)]
    #[case(Cell::Number(15_407_992_814.0), false)]
    #[case(Cell::Text("5.29901E+17".to_owned()), true)]
    #[case(Cell::Text("529901198002124771".to_owned()), false)]
    #[case(Cell::Text("E12".to_owned()), false)]
    fn lost_digits_are_noticed(#[case] cell: Cell, #[case] lost: bool) {
        assert_eq!(cell.has_lost_digits(), lost);
    }

    #[rstest]
    #[case(Cell::Number(8.0), "8")]
    #[case(Cell::Text("=\"0001\"".to_owned()), "0001")]
    #[case(Cell::Text("'=1+1".to_owned()), "=1+1")]
    fn a_cell_is_read_as_it_is_seen(#[case] cell: Cell, #[case] seen: &str) {
        assert_eq!(cell.bare(), seen);
    }
}
