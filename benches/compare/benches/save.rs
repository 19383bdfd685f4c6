//! A durable visit beside a row committed to SQLite (WAL, FULL), on the same disk in the same run.
//!
//! Every visit must come back with a next date, every row must be there, before the times count.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "../../village.rs"]
mod village;

use std::time::{Duration, Instant};

use cunyi::{
    desk::{Change, Command},
    domain::id::StaffId,
};
use rusqlite::Connection;
use village::{
    Village, begin, beside, due_visits,
    figures::{Amount, Bound, times},
    median, today,
};

fn main() {
    if village::was_building() {
        return;
    }
    for size in begin("compare-save") {
        let village = Village::build(size);
        let desk = village.desk();
        let drafts = due_visits(&desk, village.people, 100);
        assert!(50 <= drafts.len(), "{} visits to save", drafts.len());
        let visits: Vec<Duration> = (0..)
            .zip(&drafts)
            .map(|(serial, draft): (u32, _)| {
                let change = Change {
                    id: format!("compare/{serial}"),
                    by: StaffId(1),
                    seen: Vec::new(),
                    date_is: None,
                    command: Command::RecordContact(Box::new(draft.clone())),
                };
                let begun = Instant::now();
                let done = desk.change(&change).unwrap();
                let took = begun.elapsed();
                let opened = &done.contacts[0].decision.opened;
                assert!(opened.iter().any(|task| today() < task.due));
                took
            })
            .collect();
        let rows = sqlite(&village, drafts.len());
        let (visit, row) = (median(visits), median(rows));
        let told = format!(
            "{} and {}",
            Amount::Time(visit),
            Amount::Time(row)
        );
        let what = "a visit saved beside a row in SQLite (WAL, FULL)";
        beside(what, size, times(visit, row), Bound::None, &told);
    }
}

/// Commits so many rows of 200 bytes, each durably; returns the times.
fn sqlite(village: &Village, rows: usize) -> Vec<Duration> {
    let path = village.folder.root().join("compare.sqlite");
    let database = Connection::open(path).unwrap();
    let mode: String = database
        .query_row("pragma journal_mode = wal", (), |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    database
        .execute_batch(
            "pragma synchronous = full; create table bare (id integer primary key, row blob)",
        )
        .unwrap();
    let times = (0..rows).map(|_| {
        let begun = Instant::now();
        database
            .execute(
                "insert into bare (row) values (?1)",
                [[7_u8; 200].as_slice()],
            )
            .unwrap();
        begun.elapsed()
    });
    let times: Vec<Duration> = times.collect();
    let kept: usize = database
        .query_row("select count(*) from bare", (), |row| row.get(0))
        .unwrap();
    assert_eq!(kept, rows);
    times
}
