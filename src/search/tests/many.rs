//! Where very many are found, what is shown is what ranking all of them would show.

use super::{
    super::{find, order::Judge, query},
    *,
};

/// What a tenth of a clinic answers, and what few do.
const BROAD: [&str; 22] = [
    "l",
    "w",
    "zh",
    "li",
    "王",
    "李",
    "桥",
    "石桥",
    "#高血压",
    "#儿童",
    "1",
    "7",
    "12",
    "43",
    "3-",
    "2-0",
    "5299011",
    "52990119",
    "1960",
    "w1",
    "zh4",
    "王伟",
];

fn touched(people: usize, seed: u64) -> Index {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut index = index_of(&invented::people(people, seed));
    for when in 0..300 {
        index.touch(PersonId(rng.u64(..people as u64)), when);
    }
    index
}

#[test]
fn the_first_met_by_place_are_the_best_of_all() {
    let mut walks = 0;
    for seed in 1..4 {
        let mut index = touched(4_000, seed);
        let others = invented::people(4_000, seed + 10);
        for row in others.iter().step_by(3) {
            index.put(row);
        }
        for person in (1..4_000).step_by(5) {
            index.remove(PersonId(person));
        }
        for query in BROAD {
            let words = query::read(query);
            for limit in [1, 3, 20] {
                let found = find::all(&index, &words, today(), limit);
                let judge = Judge::new(&index, &words, &found);
                if let Some(met) = judge.met_first(&found, limit) {
                    walks += 1;
                    assert!(met.len() < found.len());
                    let (first, all) = (judge.ranked(met, limit), judge.ranked(found, limit));
                    assert_eq!(first, all, "{query}, {limit}");
                }
            }
        }
    }
    assert!(40 < walks, "{walks}");
}

#[test]
fn of_many_finds_the_best_of_each_row_stays_as_of_few() {
    let index = touched(1_000, 2);
    let mut rng = fastrand::Rng::with_seed(4);
    let fields = [Field::Name, Field::IdNumber, Field::Place];
    let ranks = [Rank::Exact, Rank::Prefix, Rank::Part];
    let found: Vec<find::Found> = (0..900)
        .map(|_| find::Found {
            slot: rng.u32(..1_000),
            rank: ranks[rng.usize(..3)],
            field: fields[rng.usize(..3)],
        })
        .collect();
    let mut sorted = found.clone();
    sorted.sort_unstable();
    sorted.dedup_by_key(|found| found.slot);
    assert_eq!(find::once(&index, found), sorted);
}

#[test]
fn a_name_scores_the_same_whatever_was_asked_before() {
    let rows = invented::people(3_000, 7);
    let (asked, index) = (index_of(&rows), index_of(&rows));
    let mut rng = fastrand::Rng::with_seed(3);
    for row in rows.iter().step_by(5) {
        let typed = invented::typed(&mut rng, row);
        let initials = invented::initials(&row.name);
        asked.search(&typed, today(), 20);
        asked.search(&initials, today(), 20);
        index.search(&initials, today(), 20);
        let mixed = format!("{}y", &initials[..1]);
        assert_eq!(
            asked.search(&mixed, today(), 3),
            index.search(&mixed, today(), 3)
        );
    }
}
