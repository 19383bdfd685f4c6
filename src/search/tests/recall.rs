//! The wanted person among the first, for queries typed as people type; and how soon first.

use super::*;
use fastrand::Rng;

/// Returns how many of a thousand queries have the wanted person among the first 20.
fn recall(count: usize, queries: usize) -> usize {
    let rows = invented::people(count, 7);
    let index = index_of(&rows);
    let mut rng = Rng::with_seed(11);
    let mut missed = Vec::new();
    for _ in 0..queries {
        let row = &rows[rng.usize(..rows.len())];
        let typed = invented::typed(&mut rng, row);
        let hits = index.search(&typed, today(), 20);
        if !hits.rows.iter().any(|hit| hit.person == row.person) {
            missed.push(format!("{typed}={} ({})", row.name, hits.rows.len()));
        }
    }
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

/// Keys until the person stands first; a character costs its letters and one.
fn keys_until_first(index: &Index, row: &SearchRow) -> usize {
    let tail = &row.id_no[row.id_no.len() - 4..];
    let initials = invented::initials(&row.name);
    let phone = row.phone.get(7..).unwrap_or_default();
    let one_by_one = |text: &str| -> Vec<(String, usize)> {
        (1..=text.len())
            .map(|n| (text[..n].to_lowercase(), n))
            .collect()
    };
    let mut ways = one_by_one(&initials);
    for digits in [&tail[2..], &tail[1..], tail, phone] {
        ways.extend(one_by_one(&format!("{initials}{digits}")));
    }
    ways.extend(one_by_one(tail));
    ways.extend(one_by_one(phone));
    let (mut hanzi, mut keys) = (String::new(), 0);
    for (sign, syllable) in row.name.chars().zip(invented::syllables(&row.name)) {
        hanzi.push(sign);
        keys += syllable.len() + 1;
        ways.push((hanzi.clone(), keys));
    }
    let is_first = |typed: &str| {
        let hits = index.search(typed, today(), 20);
        hits.rows
            .first()
            .is_some_and(|hit| hit.person == row.person)
    };
    ways.sort_by_key(|(_, keys)| *keys);
    ways.iter()
        .find(|(typed, _)| is_first(typed))
        .map_or(99, |(_, keys)| *keys)
}

#[test]
fn of_a_hundred_people_95_stand_first_after_five_keys() {
    let rows = invented::people(3_000, 3);
    let index = index_of(&rows);
    let mut rng = Rng::with_seed(5);
    let mut keys: Vec<usize> = (0..200)
        .map(|_| keys_until_first(&index, &rows[rng.usize(..rows.len())]))
        .collect();
    keys.sort_unstable();
    println!("keys until first: median {}, 95 % {}", keys[100], keys[189]);
    assert!(keys[189] <= 5);
}
