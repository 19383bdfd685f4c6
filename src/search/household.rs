//! One household of an index: its numbers, and where it lives as a text that is searched.

use super::{names::NameId, number::Number, people::Slot, places::Place, texts::Span, typed};
use crate::domain::search::SearchRow;

/// One household.
#[derive(Debug, Clone)]
pub(super) struct Household {
    pub id: u64,
    pub number: Number,
    /// The number its roster gave it, by its letters and digits.
    pub outside: Number,
    pub phone: Number,
    pub head: NameId,
    /// `u16::MAX` where the group has no number.
    pub group: u16,
    pub door: u16,
    pub members: u16,
    /// Village, group, door, address and a roster's number with Hanzi in plain form, a line each.
    pub place: Span,
    /// One bit for each sign in `place`, by hash.
    pub signs: u64,
}

impl Household {
    /// Returns where it stands in the order of places.
    pub fn location(&self) -> Place {
        (self.group, self.door, self.id)
    }
}

/// Returns where a household stands in the order of places.
pub(super) fn location(households: &[Household], slot: Slot) -> Place {
    let household = households.get(slot as usize);
    household.map_or((u16::MAX, u16::MAX, u64::MAX), Household::location)
}

/// Returns one bit for each different sign, by hash; a text inside another has no bit more.
pub(super) fn sign_bits(signs: impl Iterator<Item = char>) -> u64 {
    signs.fold(0, |bits, sign| {
        bits | 1 << (u32::from(sign).wrapping_mul(0x9e37_79b1) >> 26)
    })
}

/// Returns village, group, door and address in plain form, a line each, and a number of
/// the roster that has more than letters and digits in it.
pub(super) fn place_of(row: &SearchRow) -> impl Iterator<Item = char> + '_ {
    let outside = Some(&row.outside_no).filter(|number| !number.is_ascii());
    [&row.village, &row.group, &row.door, &row.address]
        .into_iter()
        .chain(outside)
        .flat_map(|part| part.chars().filter_map(typed::plain).chain(['\n']))
}
