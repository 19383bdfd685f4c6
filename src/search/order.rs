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
    let (near, strict): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| found.rank.is_near());
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
    let mut first: Vec<(First, Found)> = found
        .into_iter()
        .map(|found| (judge.first(found), found))
        .collect();
    if limit < first.len() {
        let (_, &mut (bound, _), _) = first.select_nth_unstable_by_key(limit, |(key, _)| *key);
        first.retain(|(key, _)| *key <= bound);
    }
    let mut whole: Vec<((First, Place), Found)> = first
        .into_iter()
        .map(|(key, found)| ((key, judge.place(found)), found))
        .collect();
    if limit < whole.len() {
        whole.select_nth_unstable_by_key(limit, |(key, _)| *key);
        whole.truncate(limit);
    }
    whole.sort_unstable_by_key(|(key, _)| *key);
    whole
        .into_iter()
        .filter_map(|(_, found)| {
            Some(Hit {
                person: index.people.row(found.slot)?.person,
                rank: found.rank,
                field: found.field,
            })
        })
        .collect()
}

/// Everything a row's place in the list is decided by.
struct Judge<'a> {
    index: &'a Index,
    recent: HashMap<Slot, usize>,
    recent_households: HashMap<Slot, usize>,
    scores: HashMap<NameId, u32>,
}

impl<'a> Judge<'a> {
    fn new(index: &'a Index, words: &[Word], found: &[Found]) -> Self {
        let mut recent = HashMap::new();
        let mut recent_households = HashMap::new();
        for (place, (_, slot)) in index.recent.iter().enumerate() {
            recent.insert(*slot, place);
            if let Some(row) = index.people.row(*slot) {
                recent_households.entry(row.household).or_insert(place);
            }
        }
        Self {
            index,
            recent,
            recent_households,
            scores: scores(index, words, found),
        }
    }

    fn first(&self, found: Found) -> First {
        let Some(row) = self.index.people.row(found.slot) else {
            return (found.rank, true, usize::MAX, u32::MAX);
        };
        if found.field.is_of_household() {
            let recent = self.recent_households.get(&row.household);
            return (found.rank, false, recent.copied().unwrap_or(usize::MAX), 0);
        }
        let recent = self.recent.get(&found.slot).copied();
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
    let score = index.skim.fuzzy_match(&text, &typed).unwrap_or(0);
    u32::try_from(score).unwrap_or(0)
}
