//! What a key costs while one searches, at the size of a clinic and of a township, beside the
//! bound and beside fuzzy-matcher over all names in the same run; how many queries, slips
//! included and in which way of asking, find the wanted person, and after how many keys it stands
//! first.
//!
//! Every query is one beginning of something typed; it must find somebody before it is timed.

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

use crate::village::{
    Size, begin, beside, criterion,
    figures::{Amount, Bound, milliseconds, most, number, times},
    megabytes, memory, today,
};

/// Measures at every size.
pub fn run() {
    let sizes = begin("search");
    let mut criterion = criterion();
    for size in sizes {
        let people = size.people as usize;
        let rows = invented::people(people, 7);
        let before = memory("self", "VmRSS:");
        let mut index = Index::new(TagWords::default());
        index.load(rows.iter().cloned());
        let grown = memory("self", "VmRSS:").saturating_sub(before);
        let to_load = rows.clone();
        let start = Instant::now();
        let mut again = Index::new(TagWords::default());
        again.load(to_load);
        let built = start.elapsed();
        drop(again);
        assert_eq!(index.len(), people);
        keys(size, &rows, &index);
        found(size, &rows, &index);
        let told = format!("{} of memory", megabytes(grown));
        let what = "the index of a search made";
        beside(what, size, Amount::Time(built), Bound::None, &told);
        change(&mut criterion, size.name, &rows, &mut index);
    }
}

/// Asks for people as they are asked for, and counts keys until they stand first.
fn found(size: Size, rows: &[SearchRow], index: &Index) {
    const QUERIES: usize = 2_000;
    // What is only aimed at is told without a bound: how the cost grows.
    let bound = size.pick(Some(97.0), Some(88.0), None);
    let bound = bound.map_or(Bound::None, |bound| {
        Bound::Least(Amount::Number(bound, "%"))
    });
    let part = |of_a_thousand: usize| Amount::Number(of_a_thousand as f64 / 10.0, "%");
    let missed = asked::missed(index, rows, QUERIES).len();
    let found = 1000 - missed * 1000 / QUERIES;
    let what = "the wanted person among the first 20";
    let told = format!("{QUERIES} queries as people type them");
    beside(what, size, part(found), bound, &told);
    let ways = ways::asked(index, rows);
    let found = ways::of_a_thousand(&ways);
    let told = format!(
        "{} queries in each of {} ways of asking",
        ways::EACH,
        ways.len()
    );
    let what = "… over the fixed set";
    beside(what, size, part(found), bound, &told);
    for way in ways.iter().filter(|way| way.found < ways::EACH) {
        println!("   {} of {} by {}", way.found, ways::EACH, way.way);
    }
    let keys = asked::keys_of(index, rows, 200);
    let bound = size.pick(most(5, "keys"), Bound::None, Bound::None);
    let told = format!("{} in the middle", keys[100]);
    let what = "keys until the person stands first, 95 of 100 people";
    beside(what, size, number(keys[189], "keys"), bound, &told);
}

/// Types queries key by key and prints the distribution.
fn keys(size: Size, rows: &[SearchRow], index: &Index) {
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
    let least = size.pick(170, 170, 100);
    assert!(least <= wanted, "{wanted} of 200 wanted people are found");
    ours.sort();
    skim.sort();
    let at =
        |times: &[(Duration, String)], part: f64| times[(times.len() as f64 * part) as usize].0;
    let (p50, p99) = (at(&ours, 0.5), at(&ours, 0.99));
    let (skim50, skim99) = (at(&skim, 0.5), at(&skim, 0.99));
    let most_of_all = ours[ours.len() - 1].0;
    let told = format!(
        "fuzzy-matcher over all rows {}, {} as long",
        Amount::Time(skim99),
        times(skim99, p99)
    );
    let what = "a search key, p99";
    let bound = milliseconds(size.pick(2, 8, 50));
    beside(what, size, Amount::Time(p99), bound, &told);
    let told = format!(
        "fuzzy-matcher {}, {} as long; ours at most {}, {} keys",
        Amount::Time(skim50),
        times(skim50, p50),
        Amount::Time(most_of_all),
        ours.len()
    );
    beside(
        "a search key, p50",
        size,
        Amount::Time(p50),
        Bound::None,
        &told,
    );
    println!("the slowest keys:");
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
