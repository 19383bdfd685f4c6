//! The fixed set of queries recall is measured with: the same people asked for in every way
//! people ask, slips included, as many in each.
//!
//! Nobody is asked for by what half a clinic shares: one character stands beside the group.

use fastrand::Rng;

use super::{Index, SearchRow, invented, today};

/// Queries of each way.
pub const EACH: usize = 20;

/// What is typed for a row, in one way; nothing where the row has nothing to type.
type Typed = fn(&mut Rng, &SearchRow) -> Option<String>;

/// Every way, by name.
pub const WAYS: [(&str, Typed); 22] = [
    ("name", |_, row| Some(row.name.clone())),
    ("two characters", |_, row| Some(two_characters(&row.name))),
    ("one character and the group", |_, row| {
        Some(format!("{} {}", row.name.chars().last()?, row.group))
    }),
    ("name and group", |_, row| {
        Some(format!("{} {}", row.name, row.group))
    }),
    ("initials", |_, row| Some(invented::initials(&row.name))),
    ("initials, tail of the ID", |_, row| {
        Some(invented::initials(&row.name) + &tail(&row.id_no, 2))
    }),
    ("initials, year of birth", |_, row| {
        Some(invented::initials(&row.name) + &row.birth?.format("%Y").to_string())
    }),
    ("pinyin", |_, row| Some(pinyin(row))),
    ("pinyin, begun", |rng, row| Some(begun(rng, &pinyin(row)))),
    ("surname's pinyin, initials", |_, row| {
        let initials = invented::initials(&row.name);
        Some(invented::syllables(&row.name).first()?.clone() + initials.get(1..)?)
    }),
    ("initials, last syllable", |_, row| {
        let initials = invented::initials(&row.name);
        let syllables = invented::syllables(&row.name);
        Some(initials.get(..initials.len() - 1)?.to_owned() + syllables.last()?)
    }),
    ("tail of the ID", |_, row| Some(tail(&row.id_no, 4))),
    ("tail of the phone", |_, row| {
        Some(tail(&row.phone, 4)).filter(|tail| !tail.is_empty())
    }),
    ("group and door", |_, row| {
        let group = row.group.trim_end_matches('组');
        Some(format!("{group}-{}", row.door))
    }),
    ("day of birth", |_, row| {
        Some(row.birth?.format("%Y%m%d").to_string())
    }),
    ("head of the household", |_, row| {
        Some(row.head_name.clone()).filter(|_| !row.is_head)
    }),
    ("a neighbouring key", |rng, row| {
        Some(beside(rng, &pinyin(row)))
    }),
    ("letters swapped", |rng, row| {
        let mut letters: Vec<char> = pinyin(row).chars().collect();
        let at = rng.usize(1..letters.len());
        letters.swap(at - 1, at);
        Some(letters.into_iter().collect())
    }),
    ("a letter missing", |rng, row| {
        let mut typed = pinyin(row);
        let at = rng.usize(1..typed.len());
        typed.remove(at);
        Some(typed)
    }),
    ("a letter twice", |rng, row| {
        let mut typed = pinyin(row);
        let at = rng.usize(..typed.len());
        typed.insert(at, typed.get(at..)?.chars().next()?);
        Some(typed)
    }),
    ("sounds confused", |rng, row| misheard(rng, &pinyin(row))),
    ("another character of the same sound", |rng, row| {
        Some(invented::same_sound(rng, &row.name))
    }),
];

/// How one way did.
pub struct Recall {
    pub way: &'static str,
    /// Of [`EACH`], how many had the wanted person among the first 20.
    pub found: usize,
    /// What missed, and whom it was to find.
    pub missed: Vec<String>,
}

/// Asks for people in every way.
pub fn asked(index: &Index, rows: &[SearchRow]) -> Vec<Recall> {
    let mut rng = Rng::with_seed(2026);
    let ways = WAYS.iter().map(|(way, typed)| {
        let mut missed = Vec::new();
        for _ in 0..EACH {
            let (query, row) = loop {
                let row = &rows[rng.usize(..rows.len())];
                if let Some(query) = typed(&mut rng, row) {
                    break (query, row);
                }
            };
            let hits = index.search(&query, today(), 20);
            if !hits.rows.iter().any(|hit| hit.person == row.person) {
                missed.push(format!("{query}={}", row.name));
            }
        }
        let found = EACH - missed.len();
        Recall { way, found, missed }
    });
    ways.collect()
}

/// Returns of a thousand queries how many found whom they were for.
pub fn of_a_thousand(ways: &[Recall]) -> usize {
    let found: usize = ways.iter().map(|way| way.found).sum();
    found * 1000 / (ways.len() * EACH)
}

fn pinyin(row: &SearchRow) -> String {
    invented::syllables(&row.name).concat()
}

fn tail(text: &str, signs: usize) -> String {
    text[text.len().saturating_sub(signs)..].to_lowercase()
}

/// The given name, or the whole of a short one.
fn two_characters(name: &str) -> String {
    let signs: Vec<char> = name.chars().collect();
    signs[signs.len().saturating_sub(2)..].iter().collect()
}

/// All but the last one to three letters.
fn begun(rng: &mut Rng, pinyin: &str) -> String {
    let left = pinyin.len().saturating_sub(rng.usize(1..=3)).max(4);
    pinyin[..left.min(pinyin.len())].to_owned()
}

/// One letter, not the first, is the one beside it on the keyboard.
fn beside(rng: &mut Rng, pinyin: &str) -> String {
    const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let mut letters: Vec<char> = pinyin.chars().collect();
    let at = rng.usize(1..letters.len());
    for keys in KEYS {
        if let Some(key) = keys.find(letters[at]) {
            let left = keys[..key].chars().last();
            let right = keys[key + 1..].chars().next();
            let (one, other) = if rng.bool() {
                (left, right)
            } else {
                (right, left)
            };
            letters[at] = one.or(other).unwrap();
            break;
        }
    }
    letters.into_iter().collect()
}

/// Says one of the sounds as it is said where it is not told apart; nothing where there is none.
fn misheard(rng: &mut Rng, pinyin: &str) -> Option<String> {
    const SOUNDS: [(&str, &str); 12] = [
        ("zh", "z"),
        ("ch", "c"),
        ("sh", "s"),
        ("ing", "in"),
        ("eng", "en"),
        ("ang", "an"),
        ("n", "l"),
        ("l", "n"),
        ("h", "f"),
        ("f", "h"),
        ("in", "ing"),
        ("en", "eng"),
    ];
    let from = rng.usize(..SOUNDS.len());
    let mut sounds = SOUNDS.iter().cycle().skip(from).take(SOUNDS.len());
    let (said, typed) = sounds.find(|(said, _)| begins_a_sound(pinyin, said))?;
    Some(pinyin.replacen(said, typed, 1))
}

/// Whether the sound stands there as such: the `h` of `zh` is none, nor the `n` of `an`.
fn begins_a_sound(pinyin: &str, sound: &str) -> bool {
    let Some(at) = pinyin.find(sound) else {
        return false;
    };
    let before = pinyin[..at].chars().last();
    let after = pinyin[at + sound.len()..].chars().next();
    match sound {
        "h" => !matches!(before, Some('z' | 'c' | 's')),
        "n" => matches!(after, Some('a' | 'e' | 'i' | 'o' | 'u' | 'v')),
        "in" | "en" => after != Some('g'),
        _ => true,
    }
}
