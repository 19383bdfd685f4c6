//! A table as JSON: one array, an object a row, keys in the order of the columns.
//!
//! Empty cells are null, dates are text as 2026-02-20.

use std::io::{self, Write};

use super::table::{Table, TableCell};

/// Writes the table, a row a line.
pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, row) in table.rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n{" } else { b",\n{" })?;
        for (place, column) in table.columns.iter().enumerate() {
            if 0 < place {
                out.write_all(b",")?;
            }
            serde_json::to_writer(&mut *out, &column.key)?;
            out.write_all(b":")?;
            value(Table::cell(row, place), out)?;
        }
        out.write_all(b"}")?;
    }
    out.write_all(b"\n]\n")
}

fn value(cell: &TableCell, out: &mut dyn Write) -> io::Result<()> {
    match cell {
        TableCell::Empty => out.write_all(b"null"),
        TableCell::Text(text) => Ok(serde_json::to_writer(out, text)?),
        TableCell::YesNo(yes) => Ok(serde_json::to_writer(out, yes)?),
        TableCell::Whole(number) => write!(out, "{number}"),
        TableCell::Number(number) => write!(out, "{number}"),
        TableCell::Date(day) => write!(out, "\"{day}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::export::TableColumn;

    #[test]
    fn it_reads_back_as_json_with_types_kept() {
        let table = Table {
            columns: ["a", "b", "c", "d"]
                .map(|key| TableColumn::new(key, key))
                .into(),
            rows: vec![vec![
                TableCell::Text("\"张\"\n".to_owned()),
                TableCell::Number("6.10".parse().unwrap()),
                TableCell::Date("2026-02-20".parse().unwrap()),
            ]],
        };
        let mut out = Vec::new();
        write(&table, &mut out).unwrap();
        let back: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let wanted = serde_json::json!([{"a": "\"张\"\n", "b": 6.1, "c": "2026-02-20", "d": null}]);
        assert_eq!(back, wanted);
    }
}
