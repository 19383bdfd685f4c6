//! Gathers the rows that match each word, and keeps those that match all.
//!
//! Gathered rows carry a rank and the field met; their order is `order`'s matter.

use chrono::Datelike;

use super::{
    Index,
    matching::Pattern,
    names::NameId,
    near,
    number::{self, Beginning, Number},
    people::{Household, Row, Slot, sign_bits},
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

/// The fields of [`Row::numbers`], in their order.
const NUMBER_FIELDS: [Field; 4] = [
    Field::IdNumber,
    Field::Phone,
    Field::ContactPhone,
    Field::RecordNumber,
];

/// Returns the rows matching every word, each once, by slot; near ones only where the others
/// do not fill `limit`, or no whole name is among them.
pub(super) fn all(index: &Index, words: &[Word], today: Day, limit: usize) -> Vec<Found> {
    let enough = if words.len() == 1 { limit } else { usize::MAX };
    let sets: Vec<Vec<Found>> = words
        .iter()
        .map(|word| once(strict(index, word, today, enough)))
        .collect();
    let found = in_all(&sets);
    let has_whole = found.iter().any(|f| f.rank <= Rank::Whole);
    if limit <= found.len() && has_whole {
        return found;
    }
    let sets = words
        .iter()
        .zip(sets)
        .map(|(word, mut set)| {
            near::of_word(index, word, &mut set, today);
            once(set)
        })
        .collect::<Vec<_>>();
    in_all(&sets)
}

/// Keeps the best find of each row.
fn once(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable();
    found.dedup_by_key(|f| f.slot);
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
                Some(match (found.field, twin.field) {
                    (_, Field::Tag) => found,
                    (Field::Tag, _) => *twin,
                    _ if found.rank < twin.rank => *twin,
                    _ => found,
                })
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
        Word::Number(signs) => of_number(index, signs, today, &mut found),
        Word::Date { year, month, day } => dated(index, *year, *month, *day, &mut found),
        Word::Dashed {
            village,
            left,
            right,
        } => dashed(index, village, left, right, &mut found),
        Word::Text { whole, name, tail } => {
            if let Some(pattern) = name {
                named(index, pattern, tail, &mut found);
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

fn of_number(index: &Index, signs: &[u8], today: Day, found: &mut Vec<Found>) {
    let is_tail = signs.len() <= 6 || signs.len() == 8;
    for key in number::tail_keys(signs) {
        for (slot, which) in index.people.with_tail(key) {
            let Some((row, field)) = index.people.row(slot).zip(NUMBER_FIELDS.get(which)) else {
                continue;
            };
            let number = row.numbers.get(which).copied().unwrap_or_default();
            if !number.ends_with(signs) {
                continue;
            }
            let is_whole = number.from_the_end().count() == signs.len();
            if is_whole || is_tail {
                found.push(Found {
                    slot,
                    rank: if is_whole {
                        Rank::Exact
                    } else {
                        tail_rank(*field)
                    },
                    field: *field,
                });
            }
        }
    }
    households_by_number(index, signs, found);
    begun(index, signs, found);
    short_dates(index, signs, today, found);
}

fn tail_rank(field: Field) -> Rank {
    match field {
        Field::IdNumber => Rank::Prefix,
        Field::Phone | Field::RecordNumber => Rank::Initials,
        _ => Rank::Part,
    }
}

fn households_by_number(index: &Index, signs: &[u8], found: &mut Vec<Found>) {
    let begins = Beginning::of(signs, &[6, 7, 8, 9, 10, 11, 12]);
    let whole = Number::pack(&String::from_utf8_lossy(signs));
    let is_tail = (4..=6).contains(&signs.len());
    let door: Option<u16> = (signs.len() <= 3)
        .then(|| String::from_utf8_lossy(signs).parse().ok())
        .flatten();
    for (slot, household) in index.people.all_households() {
        let (rank, field) = if household.number == whole {
            (Rank::Exact, Field::HouseholdNumber)
        } else if household.phone == whole {
            (Rank::Exact, Field::HouseholdPhone)
        } else if 5 <= signs.len() && begins.is_of(household.number)
            || is_tail && household.number.ends_with(signs)
        {
            (Rank::Household, Field::HouseholdNumber)
        } else if is_tail && household.phone.ends_with(signs) {
            (Rank::Household, Field::HouseholdPhone)
        } else if door.is_some_and(|door| door == household.door) {
            (Rank::Household, Field::GroupDoor)
        } else {
            continue;
        };
        add_members(index, slot, rank, field, found);
    }
}

fn add_members(index: &Index, household: Slot, rank: Rank, field: Field, found: &mut Vec<Found>) {
    let members = index.people.members(household);
    found.extend(members.map(|slot| Found { slot, rank, field }));
}

/// Numbers begun: identity numbers and telephones from seven digits on.
fn begun(index: &Index, signs: &[u8], found: &mut Vec<Found>) {
    if signs.len() < 7 {
        return;
    }
    let identity = Beginning::of(signs, &[15, 18]);
    let telephone = Beginning::of(signs, &[8, 10, 11, 12]);
    // A number of the years before 1999 is also the beginning of today's, century put in.
    let of_old = match (signs.len(), signs.split_at_checked(6)) {
        (15, Some((area, rest))) => Beginning::of(&[area, b"19", rest].concat(), &[18]),
        _ => Beginning::of(signs, &[]),
    };
    for (slot, row) in index.people.all() {
        let [id_no, phone, ..] = row.numbers;
        let (rank, field) = if of_old.is_of(id_no) {
            (Rank::Exact, Field::IdNumber)
        } else if identity.is_of(id_no) {
            (Rank::Prefix, Field::IdNumber)
        } else if signs.len() < 11 && telephone.is_of(phone) {
            (Rank::Prefix, Field::Phone)
        } else {
            continue;
        };
        found.push(Found { slot, rank, field });
    }
}

/// `19600310`, `600310`, `0310`, and the year or the month of a year alone.
fn short_dates(index: &Index, signs: &[u8], today: Day, found: &mut Vec<Found>) {
    let Some(value) = std::str::from_utf8(signs)
        .ok()
        .and_then(|text| text.parse::<u32>().ok())
    else {
        return;
    };
    let this_year = u32::try_from(today.year()).unwrap_or(0);
    match signs.len() {
        8 => dated(index, value / 10_000, value / 100 % 100, Some(value % 100), found),
        6 => {
            let (month, day) = (value / 100 % 100, value % 100);
            for year in [1900 + value / 10_000, 2000 + value / 10_000] {
                if year <= this_year {
                    on_day(index, Some(year), month, day, found);
                }
            }
            let year = value / 100;
            if (1880..=this_year).contains(&year) && (1..=12).contains(&(value % 100)) {
                in_month(index, year, value % 100, found);
            }
        }
        4 => {
            on_day(index, None, value / 100, value % 100, found);
            if (1880..=this_year).contains(&value) {
                in_year(index, value, found);
            }
        }
        _ => {}
    }
}

fn dated(index: &Index, year: u32, month: u32, day: Option<u32>, found: &mut Vec<Found>) {
    match day {
        Some(day) => {
            let from = found.len();
            on_day(index, Some(year), month, day, found);
            for found in found.iter_mut().skip(from) {
                found.rank = Rank::Exact;
            }
        }
        None => in_month(index, year, month, found),
    }
}

fn on_day(index: &Index, year: Option<u32>, month: u32, day: u32, found: &mut Vec<Found>) {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return;
    }
    let born = index.people.born_on(month, day).filter(|slot| {
        index.people.row(*slot).is_some_and(|row| {
            row.birth % 10_000 == month * 100 + day && year.is_none_or(|y| row.birth / 10_000 == y)
        })
    });
    found.extend(born.map(born_then));
}

fn in_month(index: &Index, year: u32, month: u32, found: &mut Vec<Found>) {
    for day in 1..=31 {
        on_day(index, Some(year), month, day, found);
    }
}

fn in_year(index: &Index, year: u32, found: &mut Vec<Found>) {
    let born = index.people.all().filter(|(_, row)| row.birth / 10_000 == year);
    found.extend(born.map(|(slot, _)| born_then(slot)));
}

fn born_then(slot: Slot) -> Found {
    Found {
        slot,
        rank: Rank::Birth,
        field: Field::Birth,
    }
}

fn dashed(index: &Index, village: &str, left: &str, right: &str, found: &mut Vec<Found>) {
    if village.is_empty() && left.len() == 3 && right.len() == 5 {
        let signs = [left.as_bytes(), right.as_bytes()].concat();
        for key in number::tail_keys(&signs) {
            for (slot, _) in index.people.with_tail(key).filter(|(_, which)| *which == 3) {
                let row = index.people.row(slot);
                if row.is_some_and(|row| row.numbers[3].ends_with(&signs)) {
                    found.push(Found {
                        slot,
                        rank: Rank::Exact,
                        field: Field::RecordNumber,
                    });
                }
            }
        }
    }
    for (slot, household) in index.people.all_households() {
        if let Some(rank) = door_rank(household, village, left, right) {
            add_members(index, slot, rank, Field::GroupDoor, found);
        }
    }
}

/// Compares group-door: by number, or by the beginning of the door as written.
fn door_rank(household: &Household, village: &str, left: &str, right: &str) -> Option<Rank> {
    if left.parse() != Ok(household.group) {
        return None;
    }
    let mut lines = household.place.lines();
    let name = lines.next().unwrap_or_default();
    let door = lines.nth(1).unwrap_or_default();
    let is_village =
        village.is_empty() || name.starts_with(village) || reading::initials(name).starts_with(village);
    let is_door = !right.is_empty() && (right.parse() == Ok(household.door) || door == right);
    match (is_village, is_door) {
        (false, _) => None,
        (true, true) => Some(Rank::Exact),
        (true, false) => door.starts_with(right).then_some(Rank::Household),
    }
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
    if !whole.chars().any(|c| !c.is_ascii()) {
        return;
    }
    let signs = sign_bits(whole.chars());
    for (slot, household) in index.people.all_households() {
        if household.signs & signs == signs && household.place.contains(whole) {
            add_members(index, slot, Rank::Place, Field::Place, found);
        }
    }
}
