//! Gathers the rows that match each word, and keeps those that match all.
//!
//! Gathered rows carry a rank and the field met; their order is `order`'s matter.

use super::{
    Index,
    household::sign_bits,
    matching::Pattern,
    names::NameId,
    near, numbers,
    people::{Row, Slot},
    query::Word,
    reading,
};
use crate::domain::{
    day::Day,
    search::{Field, Rank},
};

/// A row that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub slot: Slot,
    pub rank: Rank,
    pub field: Field,
}

/// Returns the rows matching every word, each once, by slot; near ones only where the others
/// do not fill `limit`, or no whole name is among them.
pub(super) fn all(index: &Index, words: &[Word], today: Day, limit: usize) -> Vec<Found> {
    let enough = if words.len() == 1 { limit } else { usize::MAX };
    // One or two digits beside another word only narrow what that word finds.
    let is_short = |word: &&Word| matches!(word, Word::Number(signs) if signs.len() <= 2);
    let (short, long): (Vec<&Word>, Vec<&Word>) = words.iter().partition(is_short);
    let (long, short) = if long.is_empty() {
        (short, long)
    } else {
        (long, short)
    };
    let mut sets: Vec<Vec<Found>> = long
        .iter()
        .map(|word| once(index, strict(index, word, today, enough)))
        .collect();
    let found = match &mut sets[..] {
        [only] if short.is_empty() => std::mem::take(only),
        sets => narrowed(index, in_all(sets), &short),
    };
    let has_whole = found.iter().any(|f| f.rank <= Rank::Whole);
    if limit <= found.len() && (has_whole || !words.iter().any(near::may_be_whole_name)) {
        return found;
    }
    if let ([only], true) = (&mut sets[..], short.is_empty()) {
        *only = found;
    }
    for (word, set) in long.iter().zip(&mut sets) {
        near::of_word(index, word, set);
        *set = once(index, std::mem::take(set));
    }
    narrowed(index, in_all(&sets), &short)
}

/// Keeps the rows that the short numbers fit, too.
fn narrowed(index: &Index, mut found: Vec<Found>, short: &[&Word]) -> Vec<Found> {
    for word in short {
        if let Word::Number(signs) = word {
            found = found
                .into_iter()
                .filter_map(|f| Some(worse(f, numbers::narrow(index, f.slot, signs)?)))
                .collect();
        }
    }
    found
}

/// Returns of two finds of one row the one that says less; a tag says nothing.
fn worse(one: Found, other: Found) -> Found {
    match (one.field, other.field) {
        (_, Field::Tag) => one,
        (Field::Tag, _) => other,
        _ if one.rank < other.rank => other,
        _ => one,
    }
}

/// Keeps the best find of each row, by slot.
pub(super) fn once(index: &Index, mut found: Vec<Found>) -> Vec<Found> {
    let slots = index.people.slots();
    if found.len() < slots / 16 {
        found.sort_unstable();
        found.dedup_by_key(|f| f.slot);
        return found;
    }
    // Of so many, a table of all rows is filled faster than they are sorted.
    let mut best: Vec<Option<(Rank, Field)>> = vec![None; slots];
    for found in found.drain(..) {
        if let Some(place) = best.get_mut(found.slot as usize) {
            let this = (found.rank, found.field);
            *place = Some(place.map_or(this, |other| other.min(this)));
        }
    }
    let of_slot = |(slot, best): (Slot, Option<(Rank, Field)>)| {
        best.map(|(rank, field)| Found { slot, rank, field })
    };
    found.extend((0..).zip(best).filter_map(of_slot));
    found
}

/// Keeps the rows that are in every set, with their worst rank.
fn in_all(sets: &[Vec<Found>]) -> Vec<Found> {
    let Some((first, others)) = sets.split_first() else {
        return Vec::new();
    };
    let mut kept = first.clone();
    for other in others {
        let mut rest = other.iter().peekable();
        kept = kept
            .into_iter()
            .filter_map(|found| {
                while rest.next_if(|o| o.slot < found.slot).is_some() {}
                let twin = rest.next_if(|o| o.slot == found.slot)?;
                Some(worse(found, *twin))
            })
            .collect();
    }
    kept
}

/// Gathers what a word means without any slip; stops widening at `enough` rows.
fn strict(index: &Index, word: &Word, today: Day, enough: usize) -> Vec<Found> {
    let mut found = Vec::new();
    match word {
        Word::Tag(typed) => tagged(index, typed, &mut found),
        Word::Number(signs) => numbers::of_number(index, signs, today, enough, &mut found),
        Word::Date { year, month, day } => numbers::dated(index, *year, *month, *day, &mut found),
        Word::Dashed {
            village,
            left,
            right,
        } => numbers::dashed(index, village, left, right, &mut found),
        Word::Text { whole, name, tail } => {
            if let Some(pattern) = name {
                named(index, pattern, tail, &mut found);
            }
            if whole.is_ascii() && whole.contains(|c: char| c.is_ascii_digit()) {
                numbers::outside(index, whole, &mut found);
            }
            if found.len() < enough {
                placed(index, whole, &mut found);
            }
        }
    }
    found
}

fn tagged(index: &Index, typed: &str, found: &mut Vec<Found>) {
    let bits = index.tags.bits(typed);
    found.extend(index.people.having_tag(bits).map(|slot| Found {
        slot,
        rank: Rank::Exact,
        field: Field::Tag,
    }));
}

fn named(index: &Index, pattern: &Pattern, tail: &[u8], found: &mut Vec<Found>) {
    let names = &index.people.names;
    for (name, rank) in matching_names(index, pattern) {
        add_bearers(index, name, rank, tail, found);
        let is_of_head = pattern.signs().iter().any(|c| !c.is_ascii()) && tail.is_empty();
        if is_of_head && 0 < names.len(name) {
            for household in index.people.headed_by(name) {
                add_members(index, household, Rank::Household, Field::Head, found);
            }
        }
    }
}

/// Adds the people of a name, where a tail was typed only those it fits.
pub(super) fn add_bearers(
    index: &Index,
    name: NameId,
    rank: Rank,
    tail: &[u8],
    found: &mut Vec<Found>,
) {
    for slot in index.people.bearers(name) {
        if tail.is_empty() {
            let field = Field::Name;
            found.push(Found { slot, rank, field });
        } else if let Some(field) = index
            .people
            .row(slot)
            .and_then(|row| field_of_tail(index, row, tail))
        {
            found.push(Found { slot, rank, field });
        }
    }
}

/// Returns which number of a row ends so, or whether the birth year does.
fn field_of_tail(index: &Index, row: &Row, tail: &[u8]) -> Option<Field> {
    let [id_no, phone, contact, _] = row.numbers;
    let household = index.people.household(row.household);
    let year = (row.birth / 10_000).to_string();
    if id_no.ends_with(tail) {
        Some(Field::IdNumber)
    } else if phone.ends_with(tail) {
        Some(Field::Phone)
    } else if matches!(tail.len(), 2 | 4) && year.as_bytes().ends_with(tail) {
        Some(Field::Birth)
    } else if contact.ends_with(tail) {
        Some(Field::ContactPhone)
    } else if household.is_some_and(|h| h.phone.ends_with(tail)) {
        Some(Field::HouseholdPhone)
    } else {
        None
    }
}

/// Returns the names a pattern means, each once, best rank.
pub(super) fn matching_names(index: &Index, pattern: &Pattern) -> Vec<(NameId, Rank)> {
    let names = &index.people.names;
    let mut candidates: Vec<NameId> = Vec::new();
    if let Some(letters) = pattern.letters() {
        let mut folded = Vec::new();
        reading::fold(&letters, &mut folded);
        candidates.extend(names.sounding(&folded));
        // The second syllable may begin at any of the next letters.
        let first = letters.first().copied().unwrap_or_default();
        for second in letters.iter().skip(1).take(6) {
            candidates.extend(names.with_initials(&[first, *second]));
        }
    } else {
        let hanzi: Vec<char> = pattern
            .signs()
            .iter()
            .copied()
            .skip_while(char::is_ascii)
            .take_while(|c| !c.is_ascii())
            .collect();
        candidates.extend(names.having(&hanzi).into_iter().map(|(name, _)| name));
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates
        .into_iter()
        .filter_map(|name| Some((name, pattern.compare(names, name)?)))
        .collect()
}

/// Adds the members of households whose village, group or address has the word.
fn placed(index: &Index, whole: &str, found: &mut Vec<Found>) {
    if whole.is_ascii() {
        return;
    }
    let signs = sign_bits(whole.chars());
    for (slot, household) in index.people.all_households() {
        if household.signs & signs == signs && index.people.place(household).contains(whole) {
            add_members(index, slot, Rank::Place, Field::Place, found);
        }
    }
}

/// Adds all members of a household.
pub(super) fn add_members(
    index: &Index,
    household: Slot,
    rank: Rank,
    field: Field,
    found: &mut Vec<Found>,
) {
    let members = index.people.members(household);
    found.extend(members.map(|slot| Found { slot, rank, field }));
}
