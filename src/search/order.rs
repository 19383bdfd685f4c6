//! Puts found rows in their order and cuts them to what is shown.
//!
//! The order is total and depends on the rows alone, never on how the index came to be: rank,
//! the living, the lately touched, fuzzy-matcher's score, group, door, household, head first,
//! order of joining, id.

use std::collections::HashMap;

use fuzzy_matcher::FuzzyMatcher;

use super::{
    Index,
    find::Found,
    matching::Pattern,
    names::NameId,
    people::{Slot, Standing},
    query::Word,
};
use crate::domain::search::{Hit, Hits, Rank};

/// Most names scored by fuzzy-matcher for one query; more are left to the other criteria.
const MOST_SCORED: usize = 256;
/// Places kept for whole names that sound like the query when longer names would fill the list.
const KEPT_FOR_NEAR: usize = 5;

/// What decides before the place does.
type First = (Rank, bool, usize, u32);
/// Group, door, household; head, gone, order, person.
type Place = (u16, u16, u64, bool, bool, u16, u64);

/// Returns the best `limit` of `found`, in order.
pub(super) fn hits(index: &Index, words: &[Word], found: Vec<Found>, limit: usize) -> Hits {
    let (near, strict): (Vec<Found>, Vec<Found>) = if found.iter().any(|f| f.rank.is_near()) {
        found.into_iter().partition(|found| found.rank.is_near())
    } else {
        (Vec::new(), found)
    };
    let has_whole = strict.iter().any(|f| f.rank <= Rank::Whole);
    let whole_near = near.iter().filter(|f| f.rank <= Rank::OneSlip).count();
    let kept = if has_whole {
        0
    } else {
        whole_near.min(KEPT_FOR_NEAR).min(limit / 4)
    };
    let strict_limit = if strict.len() + kept <= limit {
        limit
    } else {
        limit - kept
    };
    let mut rows = best(index, words, strict, strict_limit);
    let near_from = rows.len();
    rows.extend(best(index, words, near, limit - near_from));
    Hits {
        near_from: (near_from < rows.len()).then_some(near_from),
        rows,
    }
}

fn best(index: &Index, words: &[Word], found: Vec<Found>, limit: usize) -> Vec<Hit> {
    if limit == 0 || found.is_empty() {
        return Vec::new();
    }
    let judge = Judge::new(index, words, &found);
    let found = judge.met_first(&found, limit).unwrap_or(found);
    judge.ranked(found, limit)
}

/// Everything a row's place in the list is decided by.
pub(super) struct Judge<'a> {
    index: &'a Index,
    recent: Lately,
    recent_households: Lately,
    scores: HashMap<NameId, u32>,
}

impl<'a> Judge<'a> {
    pub fn new(index: &'a Index, words: &[Word], found: &[Found]) -> Self {
        let recent = || (0..).zip(index.recent.iter().map(|(_, slot)| *slot));
        let home_of = |slot: Slot| index.people.row(slot).map(|row| row.household);
        let homes = recent().filter_map(|(place, slot)| Some((place, home_of(slot)?)));
        Self {
            index,
            recent: Lately::of(recent()),
            recent_households: Lately::of(homes),
            scores: scores(index, words, found),
        }
    }

    /// Returns some of the `found`, which are by slot, with the best `limit` among them, where
    /// it is quicker to walk by the households' places until these are met than to compare all.
    pub fn met_first(&self, found: &[Found], limit: usize) -> Option<Vec<Found>> {
        if !self.scores.is_empty() {
            return None;
        }
        let (deciding, among) = deciding_class(found, limit)?;
        let people = &self.index.people;
        if among * found.len() < 2 * limit * people.slots() {
            return None;
        }
        let found_at = |slot: Slot| {
            let at = found.binary_search_by_key(&slot, |found| found.slot);
            at.ok().and_then(|at| found.get(at)).copied()
        };
        let households = self.recent_households.slots();
        let lately = households.flat_map(|household| people.members(household));
        let mut met: Vec<Found> = lately.filter_map(found_at).collect();
        met.extend(
            found
                .iter()
                .copied()
                .filter(|found| class_of(*found) < deciding),
        );
        let (mut looked_at, mut decided) = (0, 0);
        for household in people.by_place() {
            for slot in people.members(household) {
                looked_at += 1;
                let of_class = found_at(slot).filter(|found| class_of(*found) == deciding);
                if let Some(found) = of_class.filter(|found| !self.first(*found).1) {
                    met.push(found);
                    decided += 1;
                }
            }
            if limit <= decided {
                met.sort_unstable();
                met.dedup();
                return Some(met);
            }
            if found.len() < looked_at {
                break;
            }
        }
        None
    }

    /// Returns the best `limit` of `found`, in order.
    pub fn ranked(&self, found: Vec<Found>, limit: usize) -> Vec<Hit> {
        let mut first: Vec<(First, Found)> = found
            .into_iter()
            .map(|found| (self.first(found), found))
            .collect();
        if limit < first.len() {
            let (_, &mut (bound, _), _) = first.select_nth_unstable_by_key(limit, |(key, _)| *key);
            first.retain(|(key, _)| *key <= bound);
        }
        let mut whole: Vec<((First, Place), Found)> = first
            .into_iter()
            .map(|(key, found)| ((key, self.place(found)), found))
            .collect();
        if limit < whole.len() {
            whole.select_nth_unstable_by_key(limit, |(key, _)| *key);
            whole.truncate(limit);
        }
        whole.sort_unstable_by_key(|(key, _)| *key);
        let hit = |(_, found): (_, Found)| {
            Some(Hit {
                person: self.index.people.row(found.slot)?.person,
                rank: found.rank,
                field: found.field,
            })
        };
        whole.into_iter().filter_map(hit).collect()
    }

    fn first(&self, found: Found) -> First {
        let Some(row) = self.index.people.row(found.slot) else {
            return (found.rank, true, usize::MAX, u32::MAX);
        };
        if found.field.is_of_household() {
            let recent = self.recent_households.get(row.household);
            return (found.rank, false, recent.unwrap_or(usize::MAX), 0);
        }
        let recent = self.recent.get(found.slot);
        let score = self.scores.get(&row.name).copied().unwrap_or(0);
        (
            found.rank,
            row.standing == Standing::Gone,
            recent.unwrap_or(usize::MAX),
            u32::MAX - score,
        )
    }

    fn place(&self, found: Found) -> Place {
        let Some(row) = self.index.people.row(found.slot) else {
            return (u16::MAX, u16::MAX, u64::MAX, true, true, u16::MAX, u64::MAX);
        };
        let household = self.index.people.household(row.household);
        let (group, door, id) =
            household.map_or((u16::MAX, u16::MAX, u64::MAX), |h| (h.group, h.door, h.id));
        let is_other = found.field.is_of_household() && !row.is_head;
        (
            group,
            door,
            id,
            is_other,
            row.standing == Standing::Gone,
            row.order,
            row.person.0,
        )
    }
}

/// How lately rows or households were touched, by slot; the least is the latest.
struct Lately(Vec<(Slot, usize)>);

impl Lately {
    fn of(slots: impl Iterator<Item = (usize, Slot)>) -> Self {
        let mut lately: Vec<(Slot, usize)> = slots.map(|(place, slot)| (slot, place)).collect();
        lately.sort_unstable();
        lately.dedup_by_key(|(slot, _)| *slot);
        Self(lately)
    }

    fn get(&self, slot: Slot) -> Option<usize> {
        let at = self.0.binary_search_by_key(&slot, |(slot, _)| *slot);
        at.ok().and_then(|at| Some(self.0.get(at)?.1))
    }

    fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.0.iter().map(|(slot, _)| *slot)
    }
}

/// How finds are told apart before anybody is looked at: rank, household before person.
fn class_of(found: Found) -> (Rank, bool) {
    (found.rank, !found.field.is_of_household())
}

/// Returns the class that the last of the best `limit` is of, and how many are of it.
fn deciding_class(found: &[Found], limit: usize) -> Option<((Rank, bool), usize)> {
    let mut counts: Vec<((Rank, bool), usize)> = Vec::new();
    for class in found.iter().copied().map(class_of) {
        match counts.iter_mut().find(|(counted, _)| *counted == class) {
            Some((_, count)) => *count += 1,
            None => counts.push((class, 1)),
        }
    }
    counts.sort_unstable();
    let mut before = 0;
    counts.into_iter().find(|(_, count)| {
        before += count;
        limit <= before
    })
}

/// Scores the names found by a name, where they are few enough.
fn scores(index: &Index, words: &[Word], found: &[Found]) -> HashMap<NameId, u32> {
    let pattern = words.iter().find_map(|word| match word {
        Word::Text { name, .. } => name.as_ref(),
        Word::Tag(_) | Word::Number(_) | Word::Dashed { .. } | Word::Date { .. } => None,
    });
    let mut scores = HashMap::new();
    let Some(pattern) = pattern else {
        return scores;
    };
    for found in found.iter().filter(|f| !f.field.is_of_household()) {
        if let Some(row) = index.people.row(found.slot) {
            scores.insert(row.name, 0);
            if MOST_SCORED < scores.len() {
                return HashMap::new();
            }
        }
    }
    for (name, score) in &mut scores {
        *score = score_of(index, pattern, *name);
    }
    scores
}

fn score_of(index: &Index, pattern: &Pattern, name: NameId) -> u32 {
    let typed: String = pattern.signs().iter().collect();
    let text = if pattern.letters().is_some() {
        index.people.names.sound(name)
    } else {
        index.people.names.text(name)
    };
    // The matcher lets what is left of one text count for the next; of a single letter nothing is.
    index.skim.fuzzy_match("a", "a");
    let score = index.skim.fuzzy_match(&text, &typed).unwrap_or(0);
    u32::try_from(score).unwrap_or(0)
}
