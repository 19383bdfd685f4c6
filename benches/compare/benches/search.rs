//! A search key beside nucleo-matcher over all rows and beside SQLite's FTS5 with trigrams, over
//! the same rows and the same keys in the same run.
//!
//! nucleo ranks every row of a list held in memory; FTS5 answers unranked, and keys of fewer than
//! three characters, which have no trigram, it has to look for in every row. Whoever is wanted
//! must be found by ours before the times count; what the others find is told.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "../../../src/search/tests/invented.rs"]
mod invented;
#[path = "../../village.rs"]
mod village;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use cunyi::{
    domain::{
        day::Day,
        id::{HouseholdId, PersonId},
        search::SearchRow,
    },
    search::{Index, TagWords},
};
use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{CaseMatching, Normalization, Pattern},
};
use rusqlite::Connection;
use village::{
    Size, begin, beside,
    figures::{Amount, Bound, times},
    today,
};

const QUERIES: usize = 200;
const SHOWN: usize = 20;

fn main() {
    if village::was_building() {
        return;
    }
    for size in begin("compare-search") {
        compared(size);
    }
}

fn compared(size: Size) {
    let people = size.people as usize;
    // nucleo is given fewer the more there is to look through.
    let of_nucleo = size.pick(200, 40, 10);
    let rows = invented::people(people, 7);
    let mut rng = fastrand::Rng::with_seed(11);
    let asked: Vec<(PersonId, String)> = (0..QUERIES)
        .map(|_| {
            let row = &rows[rng.usize(..rows.len())];
            (row.person, invented::typed(&mut rng, row))
        })
        .collect();

    let mut index = Index::new(TagWords::default());
    index.load(rows.iter().cloned());
    let ours = run(&asked, |query| {
        let hits = index.search(query, today(), SHOWN);
        hits.rows.iter().map(|hit| hit.person).collect()
    });
    assert!(QUERIES * 8 / 10 < ours.found, "{} are found", ours.found);
        let lines: Vec<(PersonId, Utf32String)> = rows
        .iter()
        .map(|row| (row.person, Utf32String::from(line(row))))
        .collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let nucleo = run(&asked[..of_nucleo], |query| {
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let scored = lines.iter().filter_map(|(person, line)| {
            Some((pattern.score(line.slice(..), &mut matcher)?, *person))
        });
        let mut scored: Vec<(u32, PersonId)> = scored.collect();
        scored.sort_unstable_by(|one, other| other.cmp(one));
        scored.truncate(SHOWN);
        scored.into_iter().map(|(_, person)| person).collect()
    });
    nucleo.tell(size, "nucleo-matcher over all rows", &ours);

    let database = trigrams(&rows);
    let mut by_trigram = database
        .prepare("select rowid from person where line match ?1 limit 20")
        .unwrap();
    let mut by_scan = database
        .prepare("select rowid from person where line like ?1 limit 20")
        .unwrap();
    let sqlite = run(&asked, |query| {
        let is_short = query.chars().count() < 3;
        let (statement, text) = if is_short {
            (&mut by_scan, format!("%{query}%"))
        } else {
            (&mut by_trigram, format!("\"{}\"", query.replace('"', "")))
        };
        let found = statement.query_map([text], |row| row.get::<_, i64>(0));
        let found = found
            .unwrap()
            .map(|id| PersonId(id.unwrap().cast_unsigned()));
        found.collect()
    });
    sqlite.tell(size, "SQLite FTS5 trigram, unranked", &ours);
}

/// What somebody might be looked up by, in one line.
fn line(row: &SearchRow) -> String {
    let pinyin = invented::syllables(&row.name).concat();
    let initials = invented::initials(&row.name);
    let (id, phone, head) = (&row.id_no, &row.phone, &row.head_name);
    format!("{} {pinyin} {initials} {id} {phone} {head}", row.name)
}

fn trigrams(rows: &[SearchRow]) -> Connection {
    let mut database = Connection::open_in_memory().unwrap();
    let table = "create virtual table person using fts5(line, tokenize = 'trigram')";
    database.execute_batch(table).unwrap();
    let transaction = database.transaction().unwrap();
    for row in rows {
        let id = row.person.0.cast_signed();
        let values = (id, line(row));
        transaction
            .execute("insert into person (rowid, line) values (?1, ?2)", values)
            .unwrap();
    }
    transaction.commit().unwrap();
    let kept: usize = database
        .query_row("select count(*) from person", (), |row| row.get(0))
        .unwrap();
    assert_eq!(kept, rows.len());
    database
}

/// The times of keys, in ascending order, and how many queries found whom they were for.
struct Times {
    keys: Vec<Duration>,
    queries: usize,
    found: usize,
}

/// Types every query key by key.
fn run(asked: &[(PersonId, String)], mut search: impl FnMut(&str) -> Vec<PersonId>) -> Times {
    let mut keys = Vec::new();
    let mut found = 0;
    for (wanted, typed) in asked {
        for (at, sign) in typed.char_indices() {
            let query = &typed[..at + sign.len_utf8()];
            let mut best = Duration::MAX;
            for _ in 0..3 {
                let begun = Instant::now();
                black_box(search(black_box(query)));
                best = best.min(begun.elapsed());
            }
            keys.push(best);
        }
        found += usize::from(search(typed).contains(wanted));
    }
    keys.sort_unstable();
    Times {
        keys,
        queries: asked.len(),
        found,
    }
}

impl Times {
    /// The time of so many of a hundred keys.
    fn part(&self, percent: usize) -> Duration {
        self.keys[(self.keys.len() * percent / 100).min(self.keys.len() - 1)]
    }

    fn tell(&self, size: Size, other: &str, ours: &Self) {
        let as_long = |percent| times(self.part(percent), ours.part(percent));
        let at_p50 = as_long(50);
        let told = format!(
            "p99 {} and {}; p50 {at_p50} as long; finds {} of {}, ours {} of {}",
            Amount::Time(self.part(99)),
            Amount::Time(ours.part(99)),
            self.found,
            self.queries,
            ours.found,
            ours.queries
        );
        let what = format!("a search key of {other} beside ours");
        beside(&what, size, as_long(99), Bound::None, &told);
    }
}
