//! The wanted person among the first, for queries typed as people type; and how soon first.

use super::*;

/// Returns how many of a thousand queries have the wanted person among the first 20.
fn recall(count: usize, queries: usize) -> usize {
    let rows = invented::people(count, 7);
    let missed = asked::missed(&index_of(&rows), &rows, queries);
    let found = 1000 - missed.len() * 1000 / queries;
    println!(
        "{count} people: {found} of a thousand, {queries} queries; missed {:?}",
        &missed[..missed.len().min(60)]
    );
    found
}

#[test]
fn of_a_hundred_queries_97_find_the_person_in_a_clinic() {
    assert!(970 <= recall(3_000, 2_000));
}

#[test]
fn of_a_hundred_queries_88_find_the_person_in_a_township() {
    assert!(880 <= recall(50_000, 800));
}

#[test]
fn every_way_of_asking_finds_the_person_in_a_clinic() {
    let rows = invented::people(3_000, 7);
    let ways = ways::asked(&index_of(&rows), &rows);
    for way in &ways {
        println!(
            "{} of {} by {}: {:?}",
            way.found,
            ways::EACH,
            way.way,
            way.missed
        );
    }
    assert!(970 <= ways::of_a_thousand(&ways));
}

#[test]
fn of_a_hundred_people_95_stand_first_after_five_keys() {
    let rows = invented::people(3_000, 3);
    let keys = asked::keys_of(&index_of(&rows), &rows, 200);
    println!("keys until first: median {}, 95 % {}", keys[100], keys[189]);
    assert!(keys[189] <= 5);
}
