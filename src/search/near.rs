//! Typing slips: one wrong, missing, extra or exchanged letter, another character of the same
//! sound, sounds confused in speech (zh/z, n/l, an/ang …), one wrong digit of a long number.
//!
//! Only called when what was really typed gives too little; everything here ranks below it.

use std::collections::{BTreeSet, HashMap};

use super::{
    Index,
    find::{self, Found},
    matching::Pattern,
    names::{NameId, Names, SOUND_LETTERS},
    number,
    query::Word,
    reading, spelling,
};
use crate::domain::search::{Field, Rank};

/// Fewest letters in which one may be wrong.
const FEWEST_LETTERS: usize = 4;
/// Fewest letters in which one may be wrong when they only begin a name.
const FEWEST_TO_BEGIN: usize = 5;

/// Fewest letters of shortened syllables in which one may be missing.
const FEWEST_SHORTENED: usize = 6;
/// Fewest letters that are still looked at for slips when they already begin enough names.
const FEWEST_WHOLE_NAME: usize = 6;

/// Whether a word is long enough to be a whole name with a slip, although it begins many others.
pub(super) fn may_be_whole_name(word: &Word) -> bool {
    match word {
        Word::Text {
            name: Some(pattern),
            ..
        } => match pattern.letters() {
            Some(letters) => FEWEST_WHOLE_NAME <= letters.len(),
            None => 2 <= pattern.signs().len(),
        },
        Word::Text { .. }
        | Word::Number(_)
        | Word::Tag(_)
        | Word::Dashed { .. }
        | Word::Date { .. } => false,
    }
}

/// Adds the near finds of a word to `found`.
pub(super) fn of_word(index: &Index, word: &Word, found: &mut Vec<Found>) {
    match word {
        Word::Text {
            name: Some(pattern),
            tail,
            ..
        } => {
            let mut near = Near::default();
            if let Some(letters) = pattern.letters() {
                of_letters(&index.people.names, &letters, &mut near);
                if near.ranks.is_empty() && found.is_empty() {
                    of_mixture(index, &letters, &mut near);
                }
            } else if 2 <= pattern.signs().len() {
                of_hanzi(&index.people.names, pattern.signs(), &mut near);
            }
            for (name, rank) in near.ranks {
                find::add_bearers(index, name, rank, tail, found);
            }
        }
        Word::Number(signs) if 10 <= signs.len() && found.is_empty() => {
            of_number(index, signs, found);
        }
        Word::Text { .. }
        | Word::Number(_)
        | Word::Tag(_)
        | Word::Dashed { .. }
        | Word::Date { .. } => {}
    }
}

/// Names with their best near rank.
#[derive(Default)]
struct Near {
    ranks: HashMap<NameId, Rank>,
}

impl Near {
    fn add(&mut self, name: NameId, rank: Rank) {
        let best = self.ranks.entry(name).or_insert(rank);
        *best = rank.min(*best);
    }
}

fn of_letters(names: &Names, letters: &[u8], near: &mut Near) {
    let mut folded = Vec::new();
    reading::fold(letters, &mut folded);
    if 2 <= folded.len() {
        let sounds = BTreeSet::from([folded]);
        add_sounding(
            names,
            &sounds,
            Rank::SameSound,
            Some(Rank::SoundPrefix),
            near,
        );
    }
    if letters.len() < FEWEST_LETTERS {
        return;
    }
    let begins = (FEWEST_TO_BEGIN <= letters.len()).then_some(Rank::Distant);
    let mut tried = BTreeSet::new();
    for variant in one_edit_away(letters) {
        let mut folded = Vec::with_capacity(variant.len());
        reading::fold(&variant, &mut folded);
        tried.insert(folded);
    }
    add_sounding(names, &tried, Rank::OneSlip, begins, near);
}

/// Adds the names sounding like one of `sounds`: as a whole, and where wanted those so beginning.
///
/// Sounds longer than a key share the names that begin like the key, and each of those is spelt
/// only once.
fn add_sounding(
    names: &Names,
    sounds: &BTreeSet<Vec<u8>>,
    whole: Rank,
    begins: Option<Rank>,
    near: &mut Near,
) {
    let mut looked_at: Option<&[u8]> = None;
    for sound in sounds {
        let Some(key) = sound.get(..SOUND_LETTERS) else {
            add_short(names, sound, whole, begins, near);
            continue;
        };
        if looked_at == Some(key) {
            continue;
        }
        looked_at = Some(key);
        for (name, _) in names.sounding_from_surname(key) {
            for spelt in spelling::folded(names, name) {
                let begun = begins.filter(|_| {
                    (SOUND_LETTERS..spelt.len())
                        .any(|end| spelt.get(..end).is_some_and(|part| sounds.contains(part)))
                });
                if sounds.contains(&spelt) {
                    near.add(name, whole);
                } else if let Some(rank) = begun {
                    near.add(name, rank);
                }
            }
        }
    }
}

fn add_short(names: &Names, sound: &[u8], whole: Rank, begins: Option<Rank>, near: &mut Near) {
    let Some(rank) = begins else {
        for name in names.sounding_wholly(sound) {
            near.add(name, whole);
        }
        return;
    };
    for (name, is_whole) in names.sounding_from_surname(sound) {
        near.add(name, if is_whole { whole } else { rank });
    }
}

/// Initials and shortened syllables with a slip: the last resort, tried when nothing else was
/// found. A letter too many or two exchanged; from [`FEWEST_SHORTENED`] on also one missing
/// inside a syllable.
fn of_mixture(index: &Index, letters: &[u8], near: &mut Near) {
    let names = &index.people.names;
    if letters.len() < FEWEST_LETTERS {
        return;
    }
    let inside: &[u8] = if FEWEST_SHORTENED <= letters.len() {
        b"aeioungh"
    } else {
        &[]
    };
    let mut tried: BTreeSet<Vec<u8>> = (1..=letters.len())
        .flat_map(|at| {
            let (before, after) = letters.split_at(at);
            let added = inside
                .iter()
                .map(move |letter| [before, &[*letter], after].concat());
            added.chain(shortened_or_exchanged(before, after))
        })
        .collect();
    tried.remove(letters);
    for variant in tried {
        let text = String::from_utf8_lossy(&variant);
        let Some(pattern) = Pattern::of(&text) else {
            continue;
        };
        for (name, rank) in find::matching_names(index, &pattern) {
            if rank == Rank::Whole && pattern.compare(names, name).is_some() {
                near.add(name, Rank::Distant);
            }
        }
    }
}

/// Returns the letters with one missing, exchanged, wrong or added.
fn one_edit_away(letters: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..=letters.len()).flat_map(move |at| {
        let (before, after) = letters.split_at(at);
        let rest = after.get(1..).unwrap_or_default();
        let others = (b'a'..=b'z').flat_map(move |letter| {
            let wrong = (!after.is_empty()).then(|| [before, &[letter], rest].concat());
            let added = [before, &[letter], after].concat();
            wrong.into_iter().chain([added])
        });
        shortened_or_exchanged(before, after).chain(others)
    })
}

/// Returns the letters without the first of `after`, and with its first two exchanged.
fn shortened_or_exchanged(before: &[u8], after: &[u8]) -> impl Iterator<Item = Vec<u8>> + use<> {
    let rest = after.get(1..).unwrap_or_default();
    let missing = (!after.is_empty()).then(|| [before, rest].concat());
    let exchanged = match after {
        [a, b, rest @ ..] => Some([before, &[*b, *a], rest].concat()),
        _ => None,
    };
    missing.into_iter().chain(exchanged)
}

fn of_hanzi(names: &Names, signs: &[char], near: &mut Near) {
    let sounds = sounds_of(signs);
    add_sounding(
        names,
        &sounds,
        Rank::SameSound,
        Some(Rank::SoundPrefix),
        near,
    );
    for sign in signs {
        for (name, _) in names.having(&[*sign]) {
            if is_one_sign_off(names, name, signs) {
                near.add(name, Rank::Distant);
            }
        }
    }
}

/// Returns the folded sounds of typed characters, read as a name.
fn sounds_of(signs: &[char]) -> BTreeSet<Vec<u8>> {
    let compound = reading::compound_of(signs);
    let mut spelt: Vec<Vec<u8>> = vec![Vec::new()];
    for (at, &sign) in signs.iter().enumerate() {
        let mut readings = match at {
            0 => reading::surname_readings(sign),
            _ => reading::given_readings(sign),
        };
        if let Some(reading) = reading::compound_reading(compound, at) {
            readings.insert(0, reading);
        }
        if readings.is_empty() {
            continue;
        }
        spelt = spelt
            .iter()
            .flat_map(|before| {
                readings
                    .iter()
                    .map(move |reading| [before, reading.letters()].concat())
            })
            .take(8)
            .collect();
    }
    spelt
        .iter()
        .map(|letters| {
            let mut folded = Vec::new();
            reading::fold(letters, &mut folded);
            folded
        })
        .filter(|folded| !folded.is_empty())
        .collect()
}

/// Whether a name has one character more, less, exchanged, or (from three on) other than typed.
fn is_one_sign_off(names: &Names, name: NameId, typed: &[char]) -> bool {
    let real: Vec<char> = (0..names.len(name))
        .filter_map(|at| names.sign(name, at))
        .collect();
    let same = typed.iter().zip(&real).take_while(|(a, b)| a == b).count();
    match (
        typed.get(same..).unwrap_or_default(),
        real.get(same..).unwrap_or_default(),
    ) {
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => 3 <= typed.len(),
        ([_, rest @ ..], real) if rest == real => 3 <= typed.len(),
        (typed, [_, other @ ..]) => typed == other,
        _ => false,
    }
}

/// Identity and telephone numbers with one slip, sought by their end and by their beginning.
fn of_number(index: &Index, signs: &[u8], found: &mut Vec<Found>) {
    let begins = signs
        .get(..7)
        .map(|start| number::Beginning::of(start, &[11, 18]));
    let by_end = number::tail_keys(signs)
        .flat_map(|key| index.people.with_tail(key))
        .map(|(slot, _)| slot);
    let by_beginning = index.people.all().filter_map(|(slot, row)| {
        let [id_no, phone, ..] = row.numbers;
        begins
            .as_ref()
            .is_some_and(|b| b.is_of(id_no) || b.is_of(phone))
            .then_some(slot)
    });
    for slot in by_end.chain(by_beginning) {
        let Some(row) = index.people.row(slot) else {
            continue;
        };
        let [id_no, phone, ..] = row.numbers;
        for (number, field) in [(id_no, Field::IdNumber), (phone, Field::Phone)] {
            if number::is_one_slip(signs, &number.signs()) {
                found.push(Found {
                    slot,
                    rank: Rank::OneSlip,
                    field,
                });
            }
        }
    }
}
