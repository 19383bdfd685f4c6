//! What a key costs while one searches, at the size of a clinic and of a township, beside the
//! bound and beside fuzzy-matcher over all names in the same run.
//!
//! Every query is one beginning of something typed; it must find somebody before it is timed.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation
)]
#![allow(clippy::cast_sign_loss, dead_code)]

#[path = "../src/search/tests/invented.rs"]
mod invented;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{BatchSize, Criterion};
use cunyi::{
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        search::SearchRow,
    },
    search::{Index, TagWords},
};
use fuzzy_matcher::{FuzzyMatcher, skim::SkimMatcherV2};

/// Size's name, people, and the bound of one key in microseconds.
const SIZES: [(&str, usize, u64); 2] = [("V", 3_000, 2_000), ("T", 50_000, 8_000)];

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    for (size, count, bound) in SIZES {
        let rows = invented::people(count, 7);
        let before = resident_kib();
        let mut index = Index::new(TagWords::default());
        index.load(rows.iter().cloned());
        let grown = resident_kib().saturating_sub(before);
        let to_load = rows.clone();
        let start = Instant::now();
        let mut again = Index::new(TagWords::default());
        again.load(to_load);
        let built = start.elapsed();
        drop(again);
        assert_eq!(index.len(), count);
        println!("{size}: {count} people, built in {built:.1?} {grown} KiB");
        keys(size, bound, &rows, &index);
        change(&mut criterion, size, &rows, &mut index);
    }
}

/// Types queries key by key and prints the distribution.
fn keys(size: &str, bound: u64, rows: &[SearchRow], index: &Index) {
    let mut rng = fastrand::Rng::with_seed(11);
    let (mut ours, mut skim) = (Vec::new(), Vec::new());
    let (mut found, mut wanted) = (0, 0);
    let texts: Vec<String> = rows.iter().map(line).collect();
    let matcher = SkimMatcherV2::default();
    for round in 0..200 {
        let row = &rows[rng.usize(..rows.len())];
        let typed = invented::typed(&mut rng, row);
        for (end, sign) in typed.char_indices() {
            let query = &typed[..end + sign.len_utf8()];
            let hits = index.search(query, today(), 20);
            let time = best_of_three(|| {
                black_box(index.search(black_box(query), today(), 20));
            });
            ours.push((time, query.to_owned()));
            found += usize::from(!hits.rows.is_empty());
            if query == typed {
                wanted += usize::from(hits.rows.iter().any(|hit| hit.person == row.person));
            }
            if round < 4 {
                let time = best_of_three(|| {
                    let scored = texts
                        .iter()
                        .filter(|text| matcher.fuzzy_match(text, black_box(query)).is_some());
                    black_box(scored.count());
                });
                skim.push((time, String::new()));
            }
        }
    }
    assert!(
        ours.len() * 8 / 10 < found,
        "{found} of {} keys find somebody",
        ours.len()
    );
    assert!(170 <= wanted, "{wanted} of 200 wanted people are found");
    ours.sort();
    skim.sort();
    let at =
        |times: &[(Duration, String)], part: f64| times[(times.len() as f64 * part) as usize].0;
    println!(
        "{size}: a key p50 {:.1?}, p99 {:.1?}, most {:.1?} ({}); bound of p99 {bound} µs; fuzzy-matcher over all p50 {:.1?}, p99 {:.1?}",
        at(&ours, 0.5),
        at(&ours, 0.99),
        ours[ours.len() - 1].0,
        ours[ours.len() - 1].1,
        at(&skim, 0.5),
        at(&skim, 0.99),
    );
    for (time, query) in ours.iter().rev().step_by(8).take(6) {
        println!("   {time:.1?} {query}");
    }
}

/// Times three runs and returns the shortest: what else the machine does is not counted.
fn best_of_three(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best
}

fn line(row: &SearchRow) -> String {
    let pinyin = invented::syllables(&row.name).join(" ");
    format!("{} {pinyin} {} {}", row.name, row.id_no, row.phone)
}

fn change(criterion: &mut Criterion, size: &str, rows: &[SearchRow], index: &mut Index) {
    let mut rng = fastrand::Rng::with_seed(3);
    let mut group = criterion.benchmark_group("search");
    group.bench_function(format!("change one row, {size}"), |bench| {
        bench.iter_batched(
            || {
                let mut row = rows[rng.usize(..rows.len())].clone();
                row.name.clone_from(&rows[rng.usize(..rows.len())].name);
                row
            },
            |row| index.put(black_box(&row)),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 21).unwrap()
}

/// Memory of this process, or 0 where it cannot be told.
fn resident_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmRSS:")?
                .trim()
                .strip_suffix(" kB")?
                .parse()
                .ok()
        })
        .unwrap_or(0)
}
