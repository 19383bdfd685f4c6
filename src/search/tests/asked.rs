//! What is asked of an index by tests and benchmarks alike: is the wanted person among the first,
//! and how soon first.

use fastrand::Rng;

use super::{Index, SearchRow, invented, today};

/// Asks for so many people as somebody might type it; returns what found nobody wanted among
/// the first 20, with how many others it found.
pub fn missed(index: &Index, rows: &[SearchRow], queries: usize) -> Vec<String> {
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
    missed
}

/// Returns for so many people, in ascending order, the keys until each stands first.
pub fn keys_of(index: &Index, rows: &[SearchRow], people: usize) -> Vec<usize> {
    let mut rng = Rng::with_seed(5);
    let asked = (0..people).map(|_| keys_until_first(index, &rows[rng.usize(..rows.len())]));
    let mut keys: Vec<usize> = asked.collect();
    keys.sort_unstable();
    keys
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
