//! Every figure the program is held to, measured beside its bound and beside what it is compared
//! with: `cargo bench` measures all and prints one table, `cargo bench -- save queue` these two,
//! `cargo bench -- table` prints the table of what was measured last.
//!
//! One program for all, as linking it takes longer than most of what it measures. Each benchmark
//! runs in a process of its own: none finds what another left in memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::missing_panics_doc,
    dead_code
)]

mod disk;
mod village;

mod import;

mod agreements;
mod copies;
mod counted;
mod queue;
mod save;
mod sealing;
mod search;
mod start;
mod window;

mod table;

#[path = "../tests/support/line.rs"]
mod line;
#[path = "../tests/support/pty.rs"]
mod pty;
#[path = "../tests/support/script.rs"]
mod script;

use std::{env, path::Path, process::Command};

/// A benchmark: its name and what measures it.
type Bench = (&'static str, fn());

/// Every benchmark, in the order in which its figures stand in the table. Building is the first,
/// as the others work on what was built.
const BENCHES: [Bench; 11] = [
    ("building", import::building),
    ("window", window::run),
    ("search", search::run),
    ("start", start::run),
    ("queue", queue::run),
    ("agreements", agreements::run),
    ("save", save::run),
    ("sealing", sealing::run),
    ("copies", copies::run),
    ("import", import::run),
    ("counted", counted::run),
];

/// Tells a process which benchmark it is.
const BENCH: &str = "CUNYI_BENCH_NAME";

fn main() {
    if env::var_os(start::EMPTY).is_some() {
        return start::empty_program();
    }
    if village::was_building() {
        return;
    }
    if let Some(folder) = env::var_os(import::FOLDER) {
        return import::import(Path::new(&folder));
    }
    if let Ok(step) = env::var(counted::STEP) {
        return counted::done(&step);
    }
    if let Ok(name) = env::var(BENCH) {
        let (_, run) = BENCHES.iter().find(|(other, _)| *other == name).unwrap();
        return run();
    }
    let asked: Vec<String> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let names = BENCHES.map(|(name, _)| name);
    let is_known = |word: &String| word == "table" || names.contains(&word.as_str());
    assert!(asked.iter().all(is_known), "{asked:?} of {names:?}, table");
    for name in names {
        if asked.is_empty() || asked.iter().any(|word| word == name) {
            measured(name);
        }
    }
    table::print(&names);
}

/// Runs a benchmark in a process of its own, and tells how long it took.
fn measured(name: &str) {
    let begun = std::time::Instant::now();
    let mut child = Command::new(env::current_exe().unwrap());
    // Without this word criterion would only try what it is to measure.
    let status = child.arg("--bench").env(BENCH, name).status().unwrap();
    assert!(status.success(), "{name}: {status}");
    println!("{name}: done in {:.0?}", begun.elapsed());
}
