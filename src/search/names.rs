//! The different names of an index: each kept once, found by its characters, its pinyin and
//! its initials.
//!
//! It knows no persons; `people` links each name to its rows.

use std::collections::HashMap;

use super::{
    keys::{Keys, NAME_BITS, letter_range},
    loading::Loading,
    reading::{self, Syllable},
    spelling::{self, Spelt},
    typed,
};

/// A name's place in the table.
pub(super) type NameId = u32;

const NAME_MASK: u64 = (1 << NAME_BITS) - 1;
/// Set where the key describes the name after its surname.
const GIVEN: u64 = 1 << NAME_BITS;
/// Folded letters kept in a sound key, five bits each.
pub(super) const SOUND_LETTERS: usize = 7;
/// Initials kept in an initials key, five bits each.
pub(super) const INITIALS: usize = 4;
/// Most characters of a name.
const LONGEST: usize = 255;

/// One character as it occurs in names.
#[derive(Debug)]
struct Glyph {
    sign: char,
    given: Box<[Syllable]>,
    surname: Box<[Syllable]>,
    /// Whether a surname of two characters begins so.
    begins_compound: bool,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    start: u32,
    len: u8,
    compound: u8,
    /// How many rows and households bear it.
    uses: u32,
}

/// All names, with three ordered sets of packed keys over them.
#[derive(Debug, Default)]
pub(super) struct Names {
    glyphs: Vec<Glyph>,
    glyph_of: HashMap<char, u16>,
    known: Vec<Name>,
    signs: Vec<u16>,
    /// Room for the characters of the name that comes in.
    reused: Vec<u16>,
    free: Vec<NameId>,
    /// Neighbouring characters: (character, next or 0, whether first, name).
    pairs: Keys,
    /// Folded pinyin of the whole name and of the given name.
    sounds: Keys,
    initials: Keys,
    /// Names by text while the first rows come in; dropped by [`Names::settle`].
    loading: Option<Loading>,
}

impl Names {
    /// Prepares for many new names; [`Names::settle`] must follow before anything is searched.
    pub fn begin_loading(&mut self) {
        let mut loading = Loading::default();
        for id in 0..super::small(self.known.len()) {
            if let Some(name) = self.known.get(id as usize).filter(|name| 0 < name.uses) {
                loading.insert(self.signs_of(name), id);
            }
        }
        self.loading = Some(loading);
    }

    pub fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// Makes what names are found by, of all names at once.
    pub fn settle(&mut self) {
        self.loading = None;
        self.known.shrink_to_fit();
        self.signs.shrink_to_fit();
        let (used, free) = (0..super::small(self.known.len())).partition(|id| self.is_used(*id));
        self.free = free;
        self.pairs = self.keys_of_all(&used, Self::pairs_of);
        self.sounds = self.keys_of_all(&used, Self::sounds_of);
        self.initials = self.keys_of_all(&used, Self::initials_of);
    }

    fn is_used(&self, id: NameId) -> bool {
        let name = self.known.get(id as usize);
        name.is_some_and(|name| 0 < name.uses)
    }

    fn keys_of_all(&self, names: &[NameId], of: fn(&Self, NameId, &mut Vec<u64>)) -> Keys {
        let mut keys = Vec::with_capacity(names.len() * 3);
        for id in names {
            of(self, *id, &mut keys);
        }
        Keys::of(keys)
    }

    /// Returns the name of `text` in plain form, making it known, and counts one more use.
    pub fn borrow(&mut self, text: &str) -> NameId {
        let mut signs = std::mem::take(&mut self.reused);
        signs.clear();
        for sign in text.chars().filter_map(typed::plain).take(LONGEST) {
            let glyph = self.glyph_for(sign);
            signs.push(glyph);
        }
        let known = match &self.loading {
            Some(loading) => loading.get(&signs),
            None => self.exactly(&signs),
        };
        let id = known.unwrap_or_else(|| self.add(&signs));
        self.reused = signs;
        if let Some(name) = self.known.get_mut(id as usize) {
            name.uses += 1;
        }
        id
    }

    /// Counts one use less; a name nobody bears is forgotten, though not while
    /// loading, when it has no keys yet.
    pub fn give_back(&mut self, id: NameId) {
        let Some(name) = self.known.get_mut(id as usize) else {
            return;
        };
        name.uses = name.uses.saturating_sub(1);
        if 0 < name.uses || self.loading.is_some() {
            return;
        }
        let [pairs, sounds, initials] = self.keys_of(id);
        self.pairs.remove_all(pairs);
        self.sounds.remove_all(sounds);
        self.initials.remove_all(initials);
        self.free.push(id);
    }

    /// Returns the characters of a name.
    pub fn text(&self, id: NameId) -> String {
        self.glyphs_of(id).map(|glyph| glyph.sign).collect()
    }

    /// Returns the pinyin of a name, syllables parted by spaces, first readings.
    pub fn sound(&self, id: NameId) -> String {
        let mut text = String::new();
        for at in 0..self.len(id) {
            if let Some(reading) = self.readings(id, at).next() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.extend(reading.letters().iter().map(|&b| char::from(b)));
            }
        }
        text
    }

    /// How many characters the name has.
    pub fn len(&self, id: NameId) -> usize {
        self.known
            .get(id as usize)
            .map_or(0, |n| usize::from(n.len))
    }

    /// How many characters its surname has.
    pub fn surname_len(&self, id: NameId) -> usize {
        self.known
            .get(id as usize)
            .map_or(1, |n| 1 + usize::from(0 < n.compound))
    }

    /// Returns the character at `at`.
    pub fn sign(&self, id: NameId, at: usize) -> Option<char> {
        self.glyph(id, at).map(|glyph| glyph.sign)
    }

    /// Returns how the character at `at` may be read in this name.
    pub fn readings(&self, id: NameId, at: usize) -> impl Iterator<Item = Syllable> + '_ {
        let compound = self.known.get(id as usize).map_or(0, |n| n.compound);
        let glyph = self.glyph(id, at);
        let usual = glyph.map_or(&[][..], |g| if at == 0 { &g.surname } else { &g.given });
        let of_surname = (0 < compound && at < 2)
            .then(|| reading::compound_reading(compound, at))
            .flatten();
        of_surname.into_iter().chain(
            usual
                .iter()
                .copied()
                .filter(move |r| Some(*r) != of_surname),
        )
    }

    /// Returns the names having `signs` in a row; the bool says whether at their beginning.
    pub fn having(&self, signs: &[char]) -> Vec<(NameId, bool)> {
        let Some(&first) = signs.first() else {
            return Vec::new();
        };
        let Some(&glyph) = self.glyph_of.get(&first) else {
            return Vec::new();
        };
        let next = signs.get(1).map(|sign| self.glyph_of.get(sign).copied());
        let glyph = u64::from(glyph) << 45;
        let (low, high) = match next {
            Some(None) => return Vec::new(),
            Some(Some(next)) => {
                let pair = glyph | (u64::from(next) + 1) << 29;
                (pair, pair | ((1 << 29) - 1))
            }
            None => (glyph, glyph | ((1 << 45) - 1)),
        };
        let mut found: Vec<(NameId, bool)> = self
            .pairs
            .range(low, high)
            .map(|key| (name_of(key), key & GIVEN == 0))
            .filter(|(id, _)| signs.len() <= 2 || self.contains(*id, signs))
            .collect();
        found.sort_unstable_by_key(|(id, begins)| (*id, !begins));
        found.dedup_by_key(|(id, _)| *id);
        for (id, begins) in &mut found {
            *begins = signs
                .iter()
                .enumerate()
                .all(|(at, sign)| self.sign(*id, at) == Some(*sign));
        }
        found
    }

    /// Returns the names whose folded sound, from the surname or the given name on, begins with
    /// `folded`; only the first letters are compared.
    pub fn sounding<'a>(&'a self, folded: &[u8]) -> impl Iterator<Item = NameId> + 'a {
        let (low, high) = letter_range(folded, SOUND_LETTERS);
        self.sounds.range(low, high).map(name_of)
    }

    /// Returns the names whose folded sound from the surname on begins with `folded`, compared
    /// as far as a key goes; the bool says whether the key ends there, too.
    pub fn sounding_from_surname<'a>(
        &'a self,
        folded: &[u8],
    ) -> impl Iterator<Item = (NameId, bool)> + 'a {
        let (low, high) = letter_range(folded, SOUND_LETTERS);
        self.sounds
            .range(low, high)
            .filter(|key| key & GIVEN == 0)
            .map(move |key| (name_of(key), key <= low | NAME_MASK))
    }

    /// Returns the names whose folded sound from the surname on is `folded`, which is shorter
    /// than [`SOUND_LETTERS`].
    pub fn sounding_wholly<'a>(&'a self, folded: &[u8]) -> impl Iterator<Item = NameId> + 'a {
        let (low, _) = letter_range(folded, SOUND_LETTERS);
        self.sounds.range(low, low | NAME_MASK).map(name_of)
    }

    /// Returns the names whose initials begin so.
    pub fn with_initials<'a>(&'a self, letters: &[u8]) -> impl Iterator<Item = NameId> + 'a {
        let (low, high) = letter_range(letters, INITIALS);
        self.initials.range(low, high).map(name_of)
    }

    fn exactly(&self, signs: &[u16]) -> Option<NameId> {
        let signs: Vec<char> = self.written(signs);
        if signs.is_empty() {
            return (0..super::small(self.known.len())).find(|&id| {
                self.known
                    .get(id as usize)
                    .is_some_and(|n| n.len == 0 && 0 < n.uses)
            });
        }
        self.having(&signs)
            .into_iter()
            .find(|(id, begins)| *begins && self.len(*id) == signs.len())
            .map(|(id, _)| id)
    }

    fn written(&self, signs: &[u16]) -> Vec<char> {
        signs
            .iter()
            .filter_map(|glyph| Some(self.glyphs.get(usize::from(*glyph))?.sign))
            .collect()
    }

    fn add(&mut self, signs: &[u16]) -> NameId {
        let start = super::small(self.signs.len());
        self.signs.extend(signs);
        let name = Name {
            start,
            len: u8::try_from(signs.len()).unwrap_or(u8::MAX),
            compound: self.compound_of(signs),
            uses: 0,
        };
        let id = self.free.pop().unwrap_or(super::small(self.known.len()));
        match self.known.get_mut(id as usize) {
            Some(place) => *place = name,
            None => self.known.push(name),
        }
        if let Some(loading) = &mut self.loading {
            loading.insert(signs, id);
            return id;
        }
        let [pairs, sounds, initials] = self.keys_of(id);
        self.pairs.add_all(pairs);
        self.sounds.add_all(sounds);
        self.initials.add_all(initials);
        id
    }

    fn compound_of(&self, signs: &[u16]) -> u8 {
        let first = signs.first().and_then(|g| self.glyphs.get(usize::from(*g)));
        if first.is_some_and(|glyph| glyph.begins_compound) {
            reading::compound_of(&self.written(signs))
        } else {
            0
        }
    }

    fn glyph_for(&mut self, sign: char) -> u16 {
        if let Some(&glyph) = self.glyph_of.get(&sign) {
            return glyph;
        }
        let glyph = u16::try_from(self.glyphs.len()).unwrap_or(u16::MAX);
        self.glyphs.push(Glyph {
            sign,
            given: reading::given_readings(sign).into(),
            surname: reading::surname_readings(sign).into(),
            begins_compound: reading::begins_compound(sign),
        });
        self.glyph_of.insert(sign, glyph);
        glyph
    }

    /// Returns the keys of the three sets: pairs, sounds, initials.
    fn keys_of(&self, id: NameId) -> [Vec<u64>; 3] {
        [Self::pairs_of, Self::sounds_of, Self::initials_of].map(|of| {
            let mut keys = Vec::new();
            of(self, id, &mut keys);
            keys
        })
    }

    fn pairs_of(&self, id: NameId, keys: &mut Vec<u64>) {
        let name = self.known.get(id as usize);
        let signs = name.map_or(&[][..], |name| self.signs_of(name));
        for (at, &glyph) in signs.iter().enumerate() {
            let next = signs.get(at + 1).map_or(0, |&g| u64::from(g) + 1);
            let given = if at == 0 { 0 } else { GIVEN };
            keys.push(u64::from(glyph) << 45 | next << 29 | given | u64::from(id));
        }
    }

    fn sounds_of(&self, id: NameId, keys: &mut Vec<u64>) {
        for (from, part) in [(0, 0), (self.surname_len(id), GIVEN)] {
            spelling::sounds(self, id, from, Spelt::default(), &mut |spelt| {
                keys.push(spelt.key(SOUND_LETTERS) | part | u64::from(id));
            });
        }
    }

    fn initials_of(&self, id: NameId, keys: &mut Vec<u64>) {
        spelling::initials(self, id, 0, Spelt::default(), &mut |spelt| {
            keys.push(spelt.key(INITIALS) | u64::from(id));
        });
    }

    fn contains(&self, id: NameId, signs: &[char]) -> bool {
        (0..self.len(id)).any(|from| {
            signs
                .iter()
                .enumerate()
                .all(|(at, sign)| self.sign(id, from + at) == Some(*sign))
        })
    }

    fn signs_of(&self, name: &Name) -> &[u16] {
        let start = name.start as usize;
        self.signs
            .get(start..start + usize::from(name.len))
            .unwrap_or_default()
    }

    fn glyph(&self, id: NameId, at: usize) -> Option<&Glyph> {
        let name = self.known.get(id as usize)?;
        let glyph = self.signs_of(name).get(at)?;
        self.glyphs.get(usize::from(*glyph))
    }

    fn glyphs_of(&self, id: NameId) -> impl Iterator<Item = &Glyph> + '_ {
        (0..self.len(id)).filter_map(move |at| self.glyph(id, at))
    }
}

fn name_of(key: u64) -> NameId {
    u32::try_from(key & NAME_MASK).unwrap_or(u32::MAX)
}
