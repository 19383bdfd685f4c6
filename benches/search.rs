//! What a key costs while one searches, at the size of a clinic and of a township, beside the
//! bound and beside fuzzy-matcher over all names in the same run; how many queries, slips
//! included and in which way of asking, find the wanted person, and after how many keys it stands
//! first.
//!
//! Every query is one beginning of something typed; it must find somebody before it is timed.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation
)]
#![allow(clippy::cast_sign_loss, dead_code)]

#[path = "../src/search/tests/asked.rs"]
mod asked;
#[path = "../src/search/tests/invented.rs"]
mod invented;
#[path = "../src/search/tests/ways.rs"]
mod ways;

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

const SIZES: [Size; 4] = [
    Size {
        name: "V",
        people: 3_000,
        key: Duration::from_millis(2),
        found: 970,
        keys: Some(5),
    },
    Size {
        name: "T",
        people: 50_000,
        key: Duration::from_millis(8),
        found: 880,
        keys: None,
    },
    // What is only aimed at here: how the cost grows.
    Size {
        name: "S",
        people: 200_000,
        key: Duration::from_millis(50),
        found: 0,
        keys: None,
    },
    Size {
        name: "C",
        people: 1_000_000,
        key: Duration::from_millis(50),
        found: 0,
        keys: None,
    },
];

/// A size to measure at, and its bounds.
struct Size {
    name: &'static str,
    people: usize,
    /// The time of a key, 99 of a hundred.
    key: Duration,
    /// Of a thousand queries, how many have the wanted person among the first 20.
    found: usize,
    /// Keys until the wanted person stands first, for 95 of a hundred.
    keys: Option<usize>,
}

fn verdict(is_within: bool) -> &'static str {
    if is_within { "within" } else { "MISSES" }
}

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    let wanted = std::env::var("CUNYI_BENCH").ok();
    for size in &SIZES {
        let is_wanted = match &wanted {
            Some(wanted) => wanted == size.name,
            None => size.people <= 50_000,
        };
        if !is_wanted {
            continue;
        }
        let rows = invented::people(size.people, 7);
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
        let (name, people) = (size.name, size.people);
        assert_eq!(index.len(), people);
        println!("{name}: {people} people, built in {built:.1?}, {grown} KiB");
        keys(size, &rows, &index);
        found(size, &rows, &index);
        change(&mut criterion, name, &rows, &mut index);
    }
}

/// Asks for people as they are asked for, and counts keys until they stand first.
fn found(size: &Size, rows: &[SearchRow], index: &Index) {
    const QUERIES: usize = 2_000;
    let missed = asked::missed(index, rows, QUERIES).len();
    let found = 1000 - missed * 1000 / QUERIES;
    println!(
        "{}: {found} of a thousand queries have the wanted person among the first 20 ({} {})",
        size.name,
        verdict(size.found <= found),
        size.found
    );
    let ways = ways::asked(index, rows);
    let found = ways::of_a_thousand(&ways);
    println!(
        "{}: {found} of a thousand of the fixed set, {} ways of asking ({} {})",
        size.name,
        ways.len(),
        verdict(size.found <= found),
        size.found
    );
    for way in ways.iter().filter(|way| way.found < ways::EACH) {
        println!("   {} of {} by {}", way.found, ways::EACH, way.way);
    }
    let keys = asked::keys_of(index, rows, 200);
    let bound = size.keys.map_or_else(String::new, |bound| {
        format!(" ({} {bound})", verdict(keys[189] <= bound))
    });
    println!(
        "{}: keys until first: median {}, for 95 of a hundred {}{bound}",
        size.name, keys[100], keys[189]
    );
}

/// Types queries key by key and prints the distribution.
fn keys(size: &Size, rows: &[SearchRow], index: &Index) {
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
    let (p50, p99) = (at(&ours, 0.5), at(&ours, 0.99));
    println!(
        "{}: {} keys, p50 {p50:.1?}, p99 {p99:.1?} ({} {:?}), most {:.1?} ({})",
        size.name,
        ours.len(),
        verdict(p99 <= size.key),
        size.key,
        ours[ours.len() - 1].0,
        ours[ours.len() - 1].1,
    );
    let (skim50, skim99) = (at(&skim, 0.5), at(&skim, 0.99));
    println!(
        "{}: fuzzy-matcher over all rows, {} keys: p50 {skim50:.1?}, p99 {skim99:.1?} ({:.0} and {:.0} times as long)",
        size.name,
        skim.len(),
        skim50.as_secs_f64() / p50.as_secs_f64(),
        skim99.as_secs_f64() / p99.as_secs_f64(),
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
