//! The ways to spell a name, as the first letters of its keys.
//!
//! Polyphonic characters give several spellings; each is told once.

use super::{
    keys::NAME_BITS,
    names::{INITIALS, NameId, Names, SOUND_LETTERS},
    reading,
};

/// Most spellings told of one name; more only arise from several polyphonic characters.
const READINGS: usize = 8;

/// The first letters of a spelling, five bits each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spelt {
    letters: u64,
    len: usize,
    /// The letter before, unfolded.
    before: u8,
}

impl Spelt {
    /// Returns the key of the letters, as if there were `most`.
    pub fn key(self, most: usize) -> u64 {
        self.letters << (5 * most.saturating_sub(self.len)) << (NAME_BITS + 1)
    }

    fn push(&mut self, letter: u8) {
        self.letters = self.letters << 5 | u64::from((letter.wrapping_sub(b'a') + 1) & 31);
        self.len += 1;
    }

    fn push_folded(&mut self, letter: u8) {
        if let Some(folded) =
            reading::folded(self.before, letter).filter(|_| self.len < SOUND_LETTERS)
        {
            self.push(folded);
        }
        self.before = letter;
    }
}

/// Tells the folded pinyin of every reading from character `at` on.
pub(super) fn sounds(
    names: &Names,
    id: NameId,
    at: usize,
    spelt: Spelt,
    tell: &mut impl FnMut(Spelt),
) {
    if SOUND_LETTERS <= spelt.len || names.len(id) <= at {
        if 0 < spelt.len {
            tell(spelt);
        }
        return;
    }
    let mut is_read = false;
    for reading in names.readings(id, at) {
        is_read = true;
        let mut next = spelt;
        for letter in reading.letters() {
            next.push_folded(*letter);
        }
        sounds(names, id, at + 1, next, tell);
    }
    if !is_read {
        sounds(names, id, at + 1, spelt, tell);
    }
}

/// Tells the initials of every reading from character `at` on.
pub(super) fn initials(
    names: &Names,
    id: NameId,
    at: usize,
    spelt: Spelt,
    tell: &mut impl FnMut(Spelt),
) {
    if INITIALS <= spelt.len || names.len(id) <= at {
        if 0 < spelt.len {
            tell(spelt);
        }
        return;
    }
    let mut before = None;
    for reading in names.readings(id, at) {
        let letter = reading.letters().first().copied();
        if let Some(letter) = letter.filter(|_| letter != before) {
            let mut next = spelt;
            next.push(letter);
            initials(names, id, at + 1, next, tell);
        }
        before = letter;
    }
    if before.is_none() {
        initials(names, id, at + 1, spelt, tell);
    }
}

/// Returns the folded letters of every reading of the name.
pub(super) fn folded(names: &Names, id: NameId) -> Vec<Vec<u8>> {
    let mut spelt: Vec<Vec<u8>> = vec![Vec::new()];
    for at in 0..names.len(id) {
        let before = spelt.clone();
        for (place, reading) in names.readings(id, at).enumerate() {
            if place == 0 {
                for letters in &mut spelt {
                    letters.extend(reading.letters());
                }
            } else if spelt.len() + before.len() <= READINGS {
                spelt.extend(before.iter().map(|letters| {
                    let mut letters = letters.clone();
                    letters.extend(reading.letters());
                    letters
                }));
            }
        }
    }
    spelt
        .iter()
        .map(|letters| {
            let mut folded = Vec::with_capacity(letters.len());
            reading::fold(letters, &mut folded);
            folded
        })
        .collect()
}
