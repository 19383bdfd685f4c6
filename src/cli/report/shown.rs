//! How a register is told on the command line: as text, or as one JSON document.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{Arguments, NOTHING, Name, Of};
use crate::{
    cli::{open::Session, print::Answer},
    domain::day::Day,
    paper::{export::TableCell, register::Listing},
};

/// Tells the listings one below the other.
pub fn told(
    session: &Session<'_>,
    arguments: &Arguments,
    (from, until): (Day, Day),
    listings: &[Of],
) -> Answer {
    let sheets: Vec<Value> = listings.iter().map(document).collect();
    let document = json!({
        "report": match arguments.name {
            Name::Register => "register",
            Name::Campaign => "campaign",
            Name::Performance => "performance",
        },
        "from": from,
        "until": until,
        "sheets": sheets,
    });
    if listings.is_empty() {
        return Answer::new(document, session.call.say(NOTHING).to_owned());
    }
    let texts = listings.iter().map(|(_, listing)| text_of(listing));
    Answer::new(document, texts.collect::<Vec<_>>().join("\n"))
}

fn document((doctor, listing): &Of) -> Value {
    let row = |row: &Vec<TableCell>| {
        let cells = listing.columns.iter().zip(row);
        let cells = cells.map(|(column, cell)| (column.key.to_owned(), value(cell)));
        Value::Object(cells.collect())
    };
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter();
        let map = pairs.map(|(label, value)| (label.clone(), json!(value)));
        Value::Object(map.collect())
    };
    json!({
        "title": listing.title,
        "doctor": doctor.map(|doctor| doctor.to_string()),
        "head": pairs(&listing.head),
        "rows": listing.rows.iter().map(row).collect::<Vec<_>>(),
        "sums": pairs(&listing.foot),
    })
}

fn value(cell: &TableCell) -> Value {
    match cell {
        TableCell::Empty => Value::Null,
        TableCell::Whole(number) => json!(number),
        TableCell::Date(day) => json!(day),
        cell => json!(cell.plain()),
    }
}

/// The registers are Chinese papers: what stands on the screen is what stands on them.
fn text_of(listing: &Listing) -> String {
    let pairs = |pairs: &[(String, String)]| {
        let told = pairs.iter().filter(|(_, value)| !value.is_empty());
        let told = told.map(|(label, value)| format!("{label}：{value}"));
        told.collect::<Vec<_>>().join("  ")
    };
    let heads: Vec<String> = listing
        .columns
        .iter()
        .map(|column| column.title.to_owned())
        .collect();
    let rows = listing.rows.iter();
    let rows = rows.map(|row| row.iter().map(TableCell::plain).collect());
    let lines: Vec<Vec<String>> = std::iter::once(heads).chain(rows).collect();
    let widths: Vec<usize> = (0..listing.columns.len())
        .map(|at| {
            let cells = lines.iter().filter_map(|line| line.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    let mut text = format!("{}\n{}\n", listing.title, pairs(&listing.head));
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| {
            let gap = (width + 2).saturating_sub(cell.width());
            format!("{cell}{}", " ".repeat(gap))
        });
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    let foot = pairs(&listing.foot);
    if !foot.is_empty() {
        text.push_str(&foot);
        text.push('\n');
    }
    text
}
