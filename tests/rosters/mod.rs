//! Rosters from files to rows: the samples against their truth, shapes the samples lack, files
//! that are no rosters, and exports read back.

mod bombs;
mod exports;
mod hostile;
mod shapes;
mod truth;

use std::{ops::ControlFlow, path::PathBuf};

use cunyi::{
    domain::{
        day::Day,
        roster::{Roster, RosterFailure, RosterRow},
    },
    paper::roster,
};
use rust_xlsxwriter::{Workbook, Worksheet};

fn case(name: &str) -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "tests",
        "cases",
        "rosters",
        name,
    ]
    .iter()
    .collect()
}

/// The samples were filled in on this day.
fn today() -> Day {
    "2026-03-01".parse().unwrap()
}

fn read(name: &str) -> Roster {
    roster::read(&case(name), None, today(), &mut |_| {
        ControlFlow::Continue(())
    })
    .unwrap()
}

fn read_bytes(bytes: impl Into<Vec<u8>>) -> Result<Roster, RosterFailure> {
    roster::read_bytes("花名册", bytes.into(), None, today(), &mut |_| {
        ControlFlow::Continue(())
    })
}

/// Reads a text table whose lines are given.
fn lines(lines: &[&str]) -> Roster {
    read_bytes(lines.join("\n")).unwrap()
}

/// Reads a workbook that `fill` makes.
fn workbook(fill: impl FnOnce(&mut Workbook)) -> Roster {
    let mut book = Workbook::new();
    fill(&mut book);
    read_bytes(book.save_to_buffer().unwrap()).unwrap()
}

/// Lists row and code of every problem of people.
fn codes(roster: &Roster) -> Vec<(u32, &'static str)> {
    roster
        .problems
        .iter()
        .map(|p| (p.row, p.fault.code()))
        .collect()
}

fn names(rows: &[RosterRow]) -> Vec<&str> {
    rows.iter()
        .map(|row| row.name.as_deref().unwrap_or(""))
        .collect()
}

/// Writes texts side by side from the first column on.
fn write(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (place, text) in (0_u16..).zip(texts) {
        sheet.write_string(row, place, *text).unwrap();
    }
}
