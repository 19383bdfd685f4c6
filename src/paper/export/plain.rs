//! Plain text for printing and reading: columns aligned in cells, a title above.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::Table;

/// Writes the table with its title.
pub(super) fn write(title: &str, table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let titles = table.columns.iter().map(|column| column.title.clone());
    let head: Vec<String> = titles.collect();
    let body = table.rows.iter().map(|row| {
        let cells = (0..head.len()).map(|at| Table::cell(row, at).plain());
        cells.collect::<Vec<_>>()
    });
    let lines: Vec<Vec<String>> = std::iter::once(head.clone()).chain(body).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|at| {
            let cells = lines.iter().filter_map(|line| line.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    writeln!(out, "{title}\n")?;
    for line in &lines {
        let mut text = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            text.push_str(cell);
            text.push_str(&" ".repeat(width + 2 - cell.width()));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}
