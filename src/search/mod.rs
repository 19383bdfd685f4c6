//! Finding people as one types: an index in memory over [`SearchRow`]s, with pinyin, number
//! ends, tags and forgiven slips.
//!
//! It knows no storage and no screen: whoever owns the rows hands each change on, one row at
//! a time.
//!
//! One query: `query` reads words → `find` and `numbers` gather rows for each word by the chains and keys
//! of `people` and `names` → `near` adds slips where too little was found → `order` ranks and
//! cuts. No step looks at every person, save tags alone and beginnings of numbers, which are
//! one comparison a row.

mod chains;
mod distinct;
mod find;
mod household;
mod keys;
mod loading;
mod matching;
mod names;
mod near;
mod number;
mod numbers;
mod order;
mod people;
mod places;
mod query;
mod reading;
mod slots;
mod spelling;
mod texts;
mod typed;

#[cfg(test)]
mod tests;

use fuzzy_matcher::skim::SkimMatcherV2;

pub use distinct::distinct;

use crate::domain::{
    day::Day,
    id::PersonId,
    search::{Field, Hit, Hits, Rank, SearchRow},
};
use people::{People, Slot};

/// How many people touched last are remembered.
pub const REMEMBERED: usize = 256;

/// The words after `#` and the bits of [`SearchRow::tags`] they ask for.
///
/// A word is found by its beginning, in Hanzi or by pinyin initials; several words may share
/// bits, and a word may ask for several bits, of which one suffices.
#[derive(Debug, Clone, Default)]
pub struct TagWords {
    words: Vec<(String, String, u32)>,
}

impl TagWords {
    /// Returns the table of `(word, bits)`.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let words = words
            .into_iter()
            .map(|(word, bits)| (typed::plain_text(word), reading::initials(word), bits))
            .collect();
        Self { words }
    }

    /// Returns the bits `typed` can ask for: of the whole words, else of the words so begun,
    /// else of the words with that part. 0 when there is none.
    fn bits(&self, typed: &str) -> u32 {
        let of = |fits: &dyn Fn(&str) -> bool| {
            self.words
                .iter()
                .filter(|(word, initials, _)| fits(word) || fits(initials))
                .fold(0, |bits, (_, _, more)| bits | more)
        };
        [
            of(&|word| word == typed),
            of(&|word| word.starts_with(typed)),
            of(&|word| word.contains(typed)),
        ]
        .into_iter()
        .find(|bits| *bits != 0)
        .unwrap_or(0)
    }
}

/// The index. It stays right under [`Index::put`] and [`Index::remove`], each far below a
/// millisecond.
#[derive(Default)]
pub struct Index {
    people: People,
    tags: TagWords,
    /// The last touched, latest first.
    recent: Vec<(u64, Slot)>,
    skim: SkimMatcherV2,
}

impl Index {
    /// Returns an empty index whose tags are called as `tags` says.
    pub fn new(tags: TagWords) -> Self {
        Self {
            tags,
            ..Self::default()
        }
    }

    /// Takes in many rows at once, faster than one by one.
    pub fn load(&mut self, rows: impl IntoIterator<Item = SearchRow>) {
        let rows = rows.into_iter();
        let Ok(()) = self.load_told(rows.size_hint().0, |take| {
            rows.for_each(take);
            Ok::<(), std::convert::Infallible>(())
        });
    }

    /// As `load`, of about so many rows that are told one after the other: all of them at once
    /// would take more room than the index.
    ///
    /// # Errors
    /// As `tell` does; what was told until then is taken in.
    pub fn load_told<E>(
        &mut self,
        about: usize,
        tell: impl FnOnce(&mut dyn FnMut(SearchRow)) -> Result<(), E>,
    ) -> Result<(), E> {
        self.people.begin_loading(about);
        let told = tell(&mut |row| {
            self.people.put(&row);
        });
        self.people.settle();
        told
    }

    /// Takes in a row, new or in place of the person's earlier one. The household's fields in
    /// it hold for all its members from now on.
    pub fn put(&mut self, row: &SearchRow) {
        self.people.put(row);
    }

    /// Forgets a person; one who is not known changes nothing.
    pub fn remove(&mut self, person: PersonId) {
        if let Some(slot) = self.people.remove(person) {
            self.recent.retain(|(_, recent)| *recent != slot);
        }
    }

    /// Changes the tags of a person alone.
    pub fn set_tags(&mut self, person: PersonId, tags: u32) {
        if let Some(slot) = self.people.slot_of(person) {
            self.people.set_tags(slot, tags);
        }
    }

    /// Notes that the user opened or changed this person at `when`: any count that grows, such
    /// as the journal's sequence or milliseconds. The last [`REMEMBERED`] stay known.
    pub fn touch(&mut self, person: PersonId, when: u64) {
        let Some(slot) = self.people.slot_of(person) else {
            return;
        };
        let mut when = when;
        if let Some(at) = self.recent.iter().position(|(_, recent)| *recent == slot) {
            when = when.max(self.recent.remove(at).0);
        }
        let person_of = |slot: Slot| self.people.row(slot).map(|row| row.person);
        let at = self
            .recent
            .partition_point(|&(other, recent)| (when, Some(person)) < (other, person_of(recent)));
        self.recent.insert(at, (when, slot));
        self.recent.truncate(REMEMBERED);
    }

    /// How many people are in the index.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is in the index.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns at most `limit` people for `query`, best first; for an empty query those touched
    /// last. `today` only says which century a short date means.
    pub fn search(&self, query: &str, today: Day, limit: usize) -> Hits {
        let words = query::read(query);
        if limit == 0 {
            return Hits::default();
        }
        if words.is_empty() {
            let is_blank = query.trim().is_empty();
            return if is_blank {
                self.touched_last(limit)
            } else {
                Hits::default()
            };
        }
        let found = find::all(self, &words, today, limit);
        order::hits(self, &words, found, limit)
    }

    fn touched_last(&self, limit: usize) -> Hits {
        let rows = self
            .recent
            .iter()
            .filter_map(|(_, slot)| self.people.row(*slot))
            .take(limit)
            .map(|row| Hit {
                person: row.person,
                rank: Rank::Exact,
                field: Field::Recent,
            });
        Hits {
            rows: rows.collect(),
            near_from: None,
        }
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index of {} people", self.len())
    }
}

/// Returns a table's place or length as four bytes; no table grows beyond them.
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
