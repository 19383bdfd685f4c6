//! How a register is told on the command line: as text, or as one JSON document.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{Arguments, NOTHING, Name, Of};
use crate::{
    cli::{open::Session, print::Answer},
    desk::reply::{RegistersView, ReportTold},
    domain::{agreement::reported::Sent, text::Lang},
    paper::{export::TableCell, register::Listing},
};

/// Tells the listings one below the other.
pub fn told(
    session: &Session<'_>,
    arguments: &Arguments,
    view: &RegistersView,
    listings: &[Of],
) -> Answer {
    let sheets: Vec<Value> = listings.iter().map(document).collect();
    let document = json!({
        "report": match arguments.name {
            Name::Register => "register",
            Name::Campaign => "campaign",
            Name::Performance => "performance",
        },
        "from": view.from,
        "until": view.until,
        "sheets": sheets,
        "sent": view.reports.iter().map(sent).collect::<Vec<_>>(),
    });
    let texts = listings.iter().map(|(_, listing)| text_of(listing));
    let mut text = texts.collect::<Vec<_>>().join("\n");
    if listings.is_empty() {
        session.call.say(NOTHING).clone_into(&mut text);
    }
    for report in &view.reports {
        text.push_str(&sent_line(report, session.call.lang));
    }
    Answer::new(document, text)
}

fn sent(report: &ReportTold) -> Value {
    json!({
        "month": report.month.format("%Y-%m").to_string(),
        "on": report.sent.day,
        "by": report.by,
        "times": report.times,
        "figures": report.sent.figures,
        "corrections": report.corrections,
    })
}

/// One line: what was sent when and by whom, and what has to be corrected in it.
fn sent_line(report: &ReportTold, lang: Lang) -> String {
    let month = report.month.format("%Y-%m");
    let ReportTold { sent, by, .. } = report;
    let Sent { day, figures, .. } = sent;
    let told = match lang {
        Lang::Zh => format!(
            "{month} 月报：{by}于{day}上报，{}份协议、{}户、{}人。",
            figures.agreements, figures.households, figures.persons
        ),
        Lang::En => format!(
            "{month}: sent by {by} on {day}, {} agreements, {} households, {} people.",
            figures.agreements, figures.households, figures.persons
        ),
    };
    if report.corrections.is_empty() {
        return format!("{told}\n");
    }
    let numbers = report.corrections.join(" ");
    match lang {
        Lang::Zh => format!("{told}需更正：{numbers}\n"),
        Lang::En => format!("{told} To be corrected: {numbers}\n"),
    }
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
