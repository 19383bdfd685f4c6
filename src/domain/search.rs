//! What a person is found by: one plain row a resident, and what a search answers with.
//!
//! No matching happens here; the index over these rows is `search`.

use super::{
    day::Day,
    id::{HouseholdId, PersonId},
};

/// Everything one resident can be found by.
///
/// The household's fields are repeated on each member's row; where two rows of one
/// household differ, the row given last is right for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRow {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    /// The name of the household's head.
    pub head_name: String,
    pub is_head: bool,
    /// Official sex code: 0, 1 (男), 2 (女) or 9.
    pub sex: u8,
    pub birth: Option<Day>,
    /// Number of the identity document, normalised; empty when there is none.
    pub id_no: String,
    /// The person's own telephone; empty when there is none.
    pub phone: String,
    /// The contact person's telephone; empty when there is none.
    pub contact_phone: String,
    /// The household's telephone; empty when there is none.
    pub household_phone: String,
    /// 17 digits; empty while it waits for the village's code.
    pub record_no: String,
    pub hh_no: String,
    /// The number the roster knows the household by; empty when there is none.
    pub outside_no: String,
    pub village: String,
    pub group: String,
    pub door: String,
    pub address: String,
    /// One bit a tag, as the table given to the index names them.
    pub tags: u32,
    /// Whether the person died, moved away or the record is void.
    pub is_gone: bool,
    /// Order of joining the household; 0 stands first.
    pub member_order: u16,
}

impl SearchRow {
    /// Returns a row with the two ids and a name, all else empty.
    pub fn new(person: PersonId, household: HouseholdId, name: &str) -> Self {
        Self {
            person,
            household,
            name: name.to_owned(),
            head_name: String::new(),
            is_head: false,
            sex: 0,
            birth: None,
            id_no: String::new(),
            phone: String::new(),
            contact_phone: String::new(),
            household_phone: String::new(),
            record_no: String::new(),
            hh_no: String::new(),
            outside_no: String::new(),
            village: String::new(),
            group: String::new(),
            door: String::new(),
            address: String::new(),
            tags: 0,
            is_gone: false,
            member_order: 0,
        }
    }
}

/// How well a row answers a query; better ranks compare as smaller.
///
/// Every rank from [`Rank::SameSound`] on belongs to the section 相近 (near).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A whole number, a whole name in Hanzi or full pinyin, a whole date.
    Exact,
    /// Every character of the name is named by its initial or a shortened syllable.
    Whole,
    /// The beginning of a name in Hanzi or full pinyin, of a number; the end of an ID number.
    Prefix,
    /// The beginning of the initials, the end of a telephone or record number.
    Initials,
    /// A later part of the name, the end of a contact's telephone.
    Part,
    /// The household: its head's name, its number, its door.
    Household,
    /// The birth year, month or day alone.
    Birth,
    /// Village, group or address.
    Place,
    /// The whole name sounds the same, or nearly (zh/z, n/l, ang/an …).
    SameSound,
    /// The whole name or number with one slip.
    OneSlip,
    /// The beginning of the name sounds nearly the same.
    SoundPrefix,
    /// The beginning of the name with one slip, or a name with one character missing or wrong.
    Distant,
}

impl Rank {
    /// Whether the row stands in the section 相近, below what was really typed.
    pub fn is_near(self) -> bool {
        Self::SameSound <= self
    }
}

/// Which fact of a row the query met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    IdNumber,
    Phone,
    ContactPhone,
    RecordNumber,
    Birth,
    HouseholdNumber,
    GroupDoor,
    Head,
    HouseholdPhone,
    Place,
    Tag,
    /// Nothing was typed: the person was touched lately.
    Recent,
}

impl Field {
    /// Whether the household was met, so that its members stand together.
    pub fn is_of_household(self) -> bool {
        match self {
            Self::HouseholdNumber
            | Self::GroupDoor
            | Self::Head
            | Self::HouseholdPhone
            | Self::Place => true,
            Self::Name
            | Self::IdNumber
            | Self::Phone
            | Self::ContactPhone
            | Self::RecordNumber
            | Self::Birth
            | Self::Tag
            | Self::Recent => false,
        }
    }
}

/// One found person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub person: PersonId,
    pub rank: Rank,
    pub field: Field,
}

/// The answer to a query, best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    pub rows: Vec<Hit>,
    /// Where the section 相近 begins, if there is one.
    pub near_from: Option<usize>,
}

/// What can be shown beside a name to tell two people apart, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tell {
    Age,
    Head,
    GroupDoor,
    IdTail,
}
