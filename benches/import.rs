//! Where data come from: `building` builds the practice clinic the other benchmarks then work on,
//! or tells what that took where this program has built it already; `import` reads a roster from
//! .xlsx and takes it into an empty store. Each by a process of its own: the time, the rows a
//! second, the most memory that process had, and how long other windows had to wait.
//!
//! Everybody on the roster must be in the store before the time counts.

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

use crate::village::{
    ROSTER, Size, Village, begin, beside,
    figures::{Amount, Bound, milliseconds, most},
    megabytes, memory, processor_time, seat, set_up, tell, today, write_roster,
};

/// Tells the process which folder to import into.
pub const FOLDER: &str = "CUNYI_BENCH_IMPORT";

/// Measures the import at every size.
pub fn run() {
    for size in begin("import") {
        measured(size);
    }
}

/// Measures the building at every size.
pub fn building() {
    for size in begin("building") {
        built(size);
    }
}

/// Builds the practice clinic, which the other benchmarks take over.
fn built(size: Size) {
    let built = Village::built(size);
    let per_second = |number: u64| number as f64 / built.took.as_secs_f64();
    let told = format!(
        "{} entries, {:.0} people and {:.0} entries a second, the processor {}",
        built.entries,
        per_second(built.people),
        per_second(built.entries),
        Amount::Time(built.processor)
    );
    let what = "the practice clinic built";
    beside(what, size, Amount::Time(built.took), Bound::None, &told);
    beside(
        "memory of building it",
        size,
        megabytes(built.peak_kib),
        Bound::None,
        "",
    );
    let told = format!("{} bytes an entry", built.bytes / built.entries);
    let file = megabytes(built.bytes / 1024);
    beside("its data file", size, file, Bound::None, &told);
}

/// Runs the import of a roster of this size and compares what it says with the bounds.
fn measured(size: Size) {
    let kept = tempfile::tempdir().unwrap();
    let rows = write_roster(size, &kept.path().join(ROSTER));
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    let out = child.env(FOLDER, kept.path()).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    let said = String::from_utf8(out.stdout).unwrap();
    let figures: Vec<u64> = said
        .split_whitespace()
        .map(|figure| figure.parse().unwrap())
        .collect();
    let [people, took, processor, held, peak] = figures[..] else {
        panic!("{said}");
    };
    assert_eq!(people, rows as u64, "everybody is taken");
    // The bounds are a township's; no more is set for what is larger.
    let (long, large, others) = match size.name {
        "V" | "T" => (milliseconds(15_000), most(200, "MB"), milliseconds(2_000)),
        _ => (Bound::None, Bound::None, Bound::None),
    };
    let took = Duration::from_millis(took);
    let rate = format!(
        "{people} rows, {:.0} a second, the processor {}",
        people as f64 / took.as_secs_f64(),
        Amount::Time(Duration::from_millis(processor))
    );
    let what = "a roster imported from .xlsx";
    beside(what, size, Amount::Time(took), long, &rate);
    beside("memory of an import", size, megabytes(peak), large, "");
    tell(
        "an import holds others up",
        size,
        Duration::from_millis(held),
        others,
    );
}

/// Imports the roster of a folder into an empty store there and prints what it took: people,
/// milliseconds, those of the processor, milliseconds others waited, and the most memory in KiB.
pub fn import(kept: &Path) {
    let folder = Folder::at(kept.join("clinic"));
    let desk = Desk::create(&folder, seat("bench")).unwrap();
    set_up(&desk);
    let (begun, processor) = (Instant::now(), processor_time());
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
    let processor = processor_time().saturating_sub(processor);
    let people = imported.done.people.len();
    let checked = desk.answer(&Question::Overview).unwrap();
    assert!(matches!(checked, Reply::Overview(kept) if kept.people == people as u64));
    println!(
        "{people} {took} {} {} {}",
        processor.as_millis(),
        imported.held.as_millis(),
        memory("self", "VmHWM:")
    );
}
