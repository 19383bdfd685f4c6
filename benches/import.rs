//! A roster of a village and one of a township, read from .xlsx and taken into an empty store by
//! a process of its own: the time, the rows a second, the most memory that process had, and how
//! long other windows had to wait for it.
//!
//! Everybody on the roster must be in the store before the time counts.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, dead_code)]

mod village;

use std::{
    ops::ControlFlow,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use cunyi::{
    desk::{Change, Command, Desk, Folder, Question, Reply, request::Accepted},
    domain::id::StaffId,
    paper::roster,
};
use village::{ROSTER, Size, seat, set_up, sizes, tell, today, write_roster};

/// Tells the process which folder to import into.
const FOLDER: &str = "CUNYI_BENCH_IMPORT";
/// The most memory the import of a township may take.
const MOST_KIB: u64 = 200 * 1024;
/// How long other windows may wait for a township's.
const MOST_HELD: Duration = Duration::from_secs(2);

fn main() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return import(Path::new(&folder));
    }
    sizes().into_iter().for_each(measured);
}

/// Runs the import of a roster of this size and compares what it says with the bounds.
fn measured(size: Size) {
    let kept = tempfile::tempdir().unwrap();
    write_roster(size, &kept.path().join(ROSTER));
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    let out = child.env(FOLDER, kept.path()).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    let said = String::from_utf8(out.stdout).unwrap();
    let figures: Vec<u64> = said
        .split_whitespace()
        .map(|figure| figure.parse().unwrap())
        .collect();
    let [people, took, held, peak] = figures[..] else {
        panic!("{said}");
    };
    assert_eq!(people, u64::from(size.people), "everybody is taken");
    // The bounds are a township's; a village has its share of the time.
    let took = Duration::from_millis(took);
    let bound = Duration::from_secs(15) * size.people / 50_000;
    tell("import", size, took, bound.max(Duration::from_secs(1)));
    println!(
        "rows, {}: {:.0} a second",
        size.name,
        people as f64 / took.as_secs_f64()
    );
    tell("others wait", size, Duration::from_millis(held), MOST_HELD);
    let verdict = if peak <= MOST_KIB { "within" } else { "ABOVE" };
    println!(
        "memory, {}: {peak} KiB at most ({verdict} {MOST_KIB})",
        size.name
    );
}

/// Imports the roster of a folder into an empty store there and prints what it took: people,
/// milliseconds, milliseconds others waited, and the most memory in KiB.
fn import(kept: &Path) {
    let folder = Folder::at(kept.join("clinic"));
    let desk = Desk::create(&folder, seat("bench")).unwrap();
    set_up(&desk);
    let begun = Instant::now();
    let go_on = &mut |_| ControlFlow::Continue(());
    let roster = roster::read(&kept.join(ROSTER), None, today(), go_on).unwrap();
    let change = Change {
        id: "bench/import".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::Import {
            roster: Arc::new(roster),
            enrol: Accepted::All,
            gauge: None,
        },
    };
    let prepared = desk.prepare_import(&change, &mut |_| true).unwrap();
    let imported = desk.import_prepared(&change, prepared, &mut |_| true);
    let imported = imported.unwrap();
    let took = begun.elapsed().as_millis();
    let people = imported.done.people.len();
    let checked = desk.answer(&Question::Overview).unwrap();
    assert!(matches!(checked, Reply::Overview(kept) if kept.people == people as u64));
    println!(
        "{people} {took} {} {}",
        imported.held.as_millis(),
        peak_kib()
    );
}

/// The most memory this process ever had, or 0 where it cannot be told.
fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}
