//! A table as CSV: UTF-8 with byte order mark and CR LF, as spreadsheets in China open it right.
//!
//! Text that a spreadsheet could run is guarded by one `'`, which importing takes off again.

use std::io::{self, Write};

use super::table::{Table, TableCell};
use crate::domain::roster::clean;

/// Writes the table.
pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(out);
    let titles = table
        .columns
        .iter()
        .map(|column| clean::guarded(&column.title));
    writer.write_record(titles).map_err(io::Error::from)?;
    for row in &table.rows {
        let cells = (0..table.columns.len()).map(|at| written(Table::cell(row, at)));
        writer.write_record(cells).map_err(io::Error::from)?;
    }
    writer.flush()
}

/// Numbers and dates run nothing; every text is guarded.
fn written(cell: &TableCell) -> String {
    match cell {
        TableCell::Text(text) => clean::guarded(text),
        TableCell::Empty
        | TableCell::Whole(_)
        | TableCell::Number(_)
        | TableCell::Date(_)
        | TableCell::YesNo(_) => cell.plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::export::TableColumn;

    #[test]
    fn no_text_can_run_and_quotes_hold() {
        let table = Table {
            columns: vec![
                TableColumn::new("name", "姓名"),
                TableColumn::new("n", "=1"),
            ],
            rows: vec![
                vec![
                    TableCell::Text("=HYPERLINK(\"x\",\"y\")".to_owned()),
                    TableCell::Whole(-5),
                ],
                vec![TableCell::Text("甲,\n乙".to_owned())],
            ],
        };
        let mut out = Vec::new();
        write(&table, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\u{feff}姓名,'=1\r\n\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",-5\r\n\"甲,\n乙\",\r\n"
        );
    }
}
