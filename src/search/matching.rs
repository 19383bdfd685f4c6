//! One word of a query against one name: Hanzi, full pinyin, shortened syllables, initials and
//! any mixture of them (`zhangwei`, `zhangxy`, `zxy`, `王xm`).
//!
//! It forgives nothing; slips are `near`'s matter.

use super::names::{NameId, Names};
use crate::domain::search::Rank;

/// A name as it was typed: Hanzi and small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    signs: Vec<char>,
}

/// Longest pattern compared; what is typed beyond it can only fail to match.
pub(super) const LONGEST: usize = 60;

/// Which beginnings of the pattern are used up, one bit each, by how it was done.
#[derive(Clone, Copy, Default)]
struct Reached {
    /// Every syllable in full.
    full: u64,
    /// Any non-empty beginning of every syllable.
    any: u64,
}

impl Pattern {
    /// Returns the pattern of `text` in plain form, or `None` when it cannot be a name.
    pub fn of(text: &str) -> Option<Self> {
        let signs: Vec<char> = text.chars().filter(|c| *c != '\'').collect();
        let fits = !signs.is_empty() && signs.len() <= LONGEST;
        fits.then_some(Self { signs })
    }

    pub fn signs(&self) -> &[char] {
        &self.signs
    }

    /// Returns the letters, where the pattern has nothing else.
    pub fn letters(&self) -> Option<Vec<u8>> {
        self.signs
            .iter()
            .map(|c| {
                c.is_ascii_lowercase()
                    .then(|| u8::try_from(*c).ok())
                    .flatten()
            })
            .collect()
    }

    /// Compares with the name from its surname on, else from its given name on.
    pub fn compare(&self, names: &Names, id: NameId) -> Option<Rank> {
        self.compare_from(names, id, 0)
            .or_else(|| (1..names.len(id)).find_map(|at| self.compare_part(names, id, at)))
    }

    fn compare_part(&self, names: &Names, id: NameId, from: usize) -> Option<Rank> {
        let begins_with_hanzi = !self.signs.first()?.is_ascii();
        let is_given = from == 1 || from == names.surname_len(id);
        if !begins_with_hanzi && !is_given {
            return None;
        }
        self.compare_from(names, id, from).map(|_| Rank::Part)
    }

    fn compare_from(&self, names: &Names, id: NameId, from: usize) -> Option<Rank> {
        let end = 1_u64 << self.signs.len();
        let last = names.len(id).checked_sub(1)?;
        let mut reached = Reached { full: 1, any: 1 };
        let mut best = None;
        for at in from..=last {
            let (next, cut) = self.step(names, id, at, reached);
            let rank = if at == last && next.full & end != 0 {
                Some(Rank::Exact)
            } else if at == last && next.any & end != 0 {
                Some(Rank::Whole)
            } else if (next.full | cut) & end != 0 {
                Some(Rank::Prefix)
            } else if next.any & end != 0 {
                Some(Rank::Initials)
            } else {
                None
            };
            best = match (best, rank) {
                (Some(a), Some(b)) => Some(std::cmp::min::<Rank>(a, b)),
                (a, b) => a.or(b),
            };
            if next.any == 0 {
                break;
            }
            reached = next;
        }
        best
    }

    /// Uses up one character of the name. The second result marks full syllables of which the
    /// last is cut short.
    fn step(&self, names: &Names, id: NameId, at: usize, from: Reached) -> (Reached, u64) {
        let mut next = Reached::default();
        let mut cut = 0;
        let sign = names.sign(id, at);
        if sign.is_some_and(|c| !is_common(c) && !c.is_alphanumeric()) {
            next = from;
        }
        for place in 0..self.signs.len() {
            let bit = 1_u64 << place;
            if from.any & bit == 0 {
                continue;
            }
            if self.signs.get(place).copied() == sign && sign.is_some_and(|c| !c.is_ascii()) {
                let after = bit << 1;
                next.any |= after;
                next.full |= if from.full & bit == 0 { 0 } else { after };
                continue;
            }
            for reading in names.readings(id, at) {
                let letters = reading.letters();
                let rest = self.signs.get(place..).unwrap_or_default();
                let common = rest
                    .iter()
                    .zip(letters)
                    .take_while(|(typed, real)| is_letter(**typed, **real))
                    .count();
                if common == 0 {
                    continue;
                }
                next.any |= ((1 << common) - 1) << (place + 1);
                if from.full & bit != 0 {
                    if common == letters.len() {
                        next.full |= bit << common;
                    }
                    cut |= bit << common;
                }
            }
        }
        (next, cut)
    }
}

/// Whether the sign is one of the characters nearly all names are made of.
fn is_common(sign: char) -> bool {
    matches!(sign, '\u{4e00}'..='\u{9fa5}')
}

/// Whether the typed sign is the letter; v is also typed as u.
fn is_letter(typed: char, real: u8) -> bool {
    typed == char::from(real) || real == b'v' && typed == 'u'
}
