//! A table as a workbook of one sheet: text as text, dates as dates, the header frozen.
//!
//! No formulas, no colours.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{
    ExportFailure,
    table::{Table, TableCell},
};
use crate::{domain::day::Day, paper::roster::as_sheet_text};

/// Rows below the header a sheet has place for.
const MOST_ROWS: usize = 1_048_575;
/// Widest column, in half-width characters.
const WIDEST: usize = 48;
/// Rows that decide the columns' widths.
const MEASURED: usize = 500;

/// Writes the table.
pub(super) fn write(table: &Table, out: &mut dyn Write) -> Result<(), ExportFailure> {
    if MOST_ROWS < table.rows.len() {
        return Err(ExportFailure::TooLarge {
            detail: table.rows.len().to_string(),
        });
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, table).map_err(|fault| of_sheet(&fault))?;
    let bytes = book.save_to_buffer().map_err(|fault| of_sheet(&fault))?;
    out.write_all(&bytes)?;
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let styles = Styles {
        text: Style::new().set_num_format("@"),
        date: Style::new().set_num_format("yyyy-mm-dd"),
    };
    let bold = Style::new().set_bold();
    for (place, column) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, place, &column.title, &bold)?;
        sheet.set_column_width(place, width(table, usize::from(place), &column.title))?;
    }
    for (number, row) in (1_u32..).zip(&table.rows) {
        for (place, cell) in (0_u16..).zip(row) {
            put(sheet, (number, place), cell, &styles)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

struct Styles {
    text: Style,
    date: Style,
}

fn put(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &TableCell,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        TableCell::Empty => {}
        TableCell::Text(text) => {
            sheet.write_string_with_format(row, place, as_sheet_text(text), &styles.text)?;
        }
        TableCell::YesNo(_) => {
            sheet.write_string(row, place, cell.plain())?;
        }
        TableCell::Whole(_) | TableCell::Number(_) => match cell.plain().parse::<f64>() {
            // A longer number would lose its last digits.
            Ok(number) if number.abs() < 1e15 => {
                sheet.write_number(row, place, number)?;
            }
            _ => {
                sheet.write_string_with_format(row, place, cell.plain(), &styles.text)?;
            }
        },
        TableCell::Date(day) => match serial_date(*day) {
            Some(date) => {
                sheet.write_datetime_with_format(row, place, &date, &styles.date)?;
            }
            None => {
                sheet.write_string_with_format(row, place, cell.plain(), &styles.text)?;
            }
        },
    }
    Ok(())
}

/// Returns a day as the sheet counts days; none before March 1900, where counts disagree.
fn serial_date(day: Day) -> Option<ExcelDateTime> {
    use chrono::Datelike;
    let first = Day::from_ymd_opt(1900, 3, 1)?;
    if day < first {
        return None;
    }
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn width(table: &Table, place: usize, title: &str) -> f64 {
    let cells = table.rows.iter().take(MEASURED);
    let widest = cells
        .map(|row| Table::cell(row, place).plain().width())
        .chain([title.width()])
        .max()
        .unwrap_or(0)
        .min(WIDEST);
    f64::from(u16::try_from(widest).unwrap_or(48)) + 2.0
}

fn of_sheet(fault: &XlsxError) -> ExportFailure {
    ExportFailure::TooLarge {
        detail: fault.to_string(),
    }
}
