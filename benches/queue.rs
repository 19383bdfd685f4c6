//! Today's queue: asked of a desk just opened, and again after this desk saved something.
//!
//! The queue must hold a morning's work before it is timed.
#![allow(clippy::unwrap_used, dead_code)]

mod village;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::BatchSize;
use cunyi::{
    desk::{Change, Command, Desk},
    domain::id::{PersonId, StaffId},
};
use village::{Size, Village, criterion, median, queue, sizes, tell};

/// The bounds of a cold queue and of one after an own save, in milliseconds.
fn bounds(size: Size) -> (Duration, Duration) {
    let cold = if size.name == "V" { 5 } else { 20 };
    (Duration::from_millis(cold), Duration::from_millis(2))
}

fn main() {
    let mut criterion = criterion();
    for size in sizes() {
        let village = Village::build(size);
        let due = queue(&village.desk(), false).due;
        assert!(20 <= due.len(), "{} rows are no morning", due.len());
        println!("{}: {} rows due", size.name, due.len());
        let (cold, warm) = bounds(size);
        tell("cold", size, median(cold_times(&village)), cold);
        let desk = village.desk();
        let person = due[0].row.person;
        tell(
            "after an own save",
            size,
            median(after(&desk, person)),
            warm,
        );

        let mut group = criterion.benchmark_group("queue");
        group.bench_function(format!("cold, {}", size.name), |bench| {
            bench.iter_batched(
                || village.desk(),
                |desk| black_box(queue(&desk, false).due.len()),
                BatchSize::PerIteration,
            );
        });
        let mut saves = 1000;
        group.bench_function(format!("after an own save, {}", size.name), |bench| {
            bench.iter_batched(
                || {
                    saves += 1;
                    mark(&desk, person, saves);
                },
                |()| black_box(queue(&desk, false).due.len()),
                BatchSize::PerIteration,
            );
        });
        group.finish();
    }
}

fn cold_times(village: &Village) -> Vec<Duration> {
    let time = || {
        let desk = village.desk();
        let begun = Instant::now();
        black_box(queue(&desk, false));
        begun.elapsed()
    };
    std::iter::repeat_with(time).take(21).collect()
}

fn after(desk: &Desk, person: PersonId) -> Vec<Duration> {
    let time = |serial| {
        mark(desk, person, serial);
        let begun = Instant::now();
        black_box(queue(desk, false));
        begun.elapsed()
    };
    (0..21).map(time).collect()
}

/// A small save: somebody is put on the round, or taken off it.
fn mark(desk: &Desk, person: PersonId, serial: u32) {
    let change = Change {
        id: format!("bench/{serial}"),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::MarkRound {
            people: vec![person],
            on: serial.is_multiple_of(2),
        },
    };
    desk.change(&change).unwrap();
}
