//! What digits can mean: identity, telephone, household and record numbers, whole, begun or by
//! their ends; birth dates; group and door.
//!
//! One wrong digit is `near`'s matter.

use chrono::Datelike;

use super::{
    Index,
    find::{Found, add_members},
    household::Household,
    number::{self, Beginning, Number},
    people::Slot,
    reading,
};
use crate::domain::{
    day::Day,
    search::{Field, Rank},
};

/// The fields of `people::Row::numbers`, in their order.
const NUMBER_FIELDS: [Field; 4] = [
    Field::IdNumber,
    Field::Phone,
    Field::ContactPhone,
    Field::RecordNumber,
];

/// Gathers everything digits can mean: ends, beginnings and whole numbers, dates.
pub(super) fn of_number(
    index: &Index,
    signs: &[u8],
    today: Day,
    enough: usize,
    found: &mut Vec<Found>,
) {
    households_by_number(index, signs, found);
    // A single digit ends every tenth number: it first of all means a door.
    if signs.len() == 1 && enough <= found.len() {
        return;
    }

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
            let is_whole = number.backwards().count() == signs.len();
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

/// Whether one or two digits fit a row: as an end of its numbers, or as its door.
pub(super) fn narrow(index: &Index, slot: Slot, signs: &[u8]) -> Option<Found> {
    let row = index.people.row(slot)?;
    let ends = row.numbers.iter().zip(NUMBER_FIELDS);
    let by_end = ends
        .filter(|(number, _)| number.ends_with(signs))
        .map(|(_, field)| Found {
            slot,
            rank: tail_rank(field),
            field,
        })
        .min();
    let door: Option<u16> = std::str::from_utf8(signs).ok()?.parse().ok();
    let household = index.people.household(row.household)?;
    let by_door = Found {
        slot,
        rank: Rank::Household,
        field: Field::GroupDoor,
    };
    by_end.or_else(|| (door == Some(household.door)).then_some(by_door))
}

fn households_by_number(index: &Index, signs: &[u8], found: &mut Vec<Found>) {
    let begins = Beginning::of(signs, &[6, 7, 8, 9, 10, 11, 12]);
    let whole = Number::pack(&String::from_utf8_lossy(signs));
    let is_tail = (4..=6).contains(&signs.len());
    let door: Option<u16> = (signs.len() <= 3)
        .then(|| String::from_utf8_lossy(signs).parse().ok())
        .flatten();
    for (slot, household) in index.people.all_households() {
        let (rank, field) =
            if household.number == whole || household.outside == whole && 4 <= signs.len() {
                (Rank::Exact, Field::HouseholdNumber)
            } else if household.phone == whole {
                (Rank::Exact, Field::HouseholdPhone)
            } else if 5 <= signs.len() && begins.is_of(household.number)
                || is_tail && household.number.ends_with(signs)
                || household.outside == whole
                || is_tail && household.outside.ends_with(signs)
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
        8 => dated(
            index,
            value / 10_000,
            value / 100 % 100,
            Some(value % 100),
            found,
        ),
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

/// Gathers those born on a day, or in a month.
pub(super) fn dated(
    index: &Index,
    year: u32,
    month: u32,
    day: Option<u32>,
    found: &mut Vec<Found>,
) {
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
    let born = index
        .people
        .all()
        .filter(|(_, row)| row.birth / 10_000 == year);
    found.extend(born.map(|(slot, _)| born_then(slot)));
}

fn born_then(slot: Slot) -> Found {
    Found {
        slot,
        rank: Rank::Birth,
        field: Field::Birth,
    }
}

/// Gathers by group and door, or by the end of a record number.
pub(super) fn dashed(
    index: &Index,
    village: &str,
    left: &str,
    right: &str,
    found: &mut Vec<Found>,
) {
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
    let outside = Number::pack(&[left, right].concat());
    let is_outside = village.is_empty() && !right.is_empty();
    let group = left.parse().ok();
    for (slot, household) in index.people.all_households() {
        let is_group = group == Some(household.group);
        let rank = is_group.then(|| door_rank(index, household, village, right));
        if let Some(rank) = rank.flatten() {
            add_members(index, slot, rank, Field::GroupDoor, found);
        } else if is_outside && household.outside == outside {
            add_members(index, slot, Rank::Household, Field::HouseholdNumber, found);
        }
    }
}

/// Gathers the households a roster gave a number of letters and digits, as `h0012`.
pub(super) fn outside(index: &Index, whole: &str, found: &mut Vec<Found>) {
    let wanted = Number::pack(whole);
    for (slot, household) in index.people.all_households() {
        if household.outside == wanted {
            add_members(index, slot, Rank::Exact, Field::HouseholdNumber, found);
        }
    }
}

/// Compares the door in a group: by number, or by its beginning as written.
fn door_rank(index: &Index, household: &Household, village: &str, right: &str) -> Option<Rank> {
    let mut lines = index.people.place(household).lines();
    let name = lines.next().unwrap_or_default();
    let door = lines.nth(1).unwrap_or_default();
    let is_village = village.is_empty()
        || name.starts_with(village)
        || reading::initials(name).starts_with(village);
    let is_door = !right.is_empty() && (right.parse() == Ok(household.door) || door == right);
    match (is_village, is_door) {
        (false, _) => None,
        (true, true) => Some(Rank::Exact),
        (true, false) => door.starts_with(right).then_some(Rank::Household),
    }
}
