//! How each derived row is keyed and indexed.

pub mod agreement;
pub mod brief;
pub mod homes;
pub mod panel;
pub mod signings;

mod course;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use course::CourseRow;

use super::{
    agreement::{doctor::Doctor, team::Team, unit::Unit},
    clinic::{Clinic, Staff, Village},
    contact::Contact,
    day::Day,
    household::{Household, Stay},
    id::{
        AgreementId, DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId, VillageId, VisitId,
    },
    open_form::OpenForms,
    person::{Person, key},
    settings::{KeptSettings, Settings},
    tables::{Index, Key, Row, Table},
};

/// The people marked for a day's round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    #[serde(with = "crate::domain::written_day")]
    pub day: Day,
    pub people: Vec<PersonId>,
}

/// The last copy that was made, and the last that was proven to come back; one row a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    pub made: Option<Copied>,
    pub proven: Option<Copied>,
}

/// A copy: how far it goes, and the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    #[serde(with = "crate::domain::written_day")]
    pub on: Day,
    /// The last entry it holds.
    pub head: u64,
}

/// The entries that tell who looked at a person, the oldest first; derived, so that a person's
/// looks are found without reading the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    pub person: PersonId,
    pub entries: Vec<u64>,
}

impl LookedAt {
    /// Whose row lists the looks at everybody: exports of the whole clinic. Nobody has this id.
    pub const EVERYBODY: PersonId = PersonId(0);
}

/// What a roster's row last said, by lineage and row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRowKept {
    pub lineage: String,
    pub row_key: String,
    pub person: PersonId,
    pub values: BTreeMap<String, String>,
}

/// Returns the key of a row known by its id.
pub fn id_key(id: u64) -> Vec<u8> {
    Key::new().number(id).bytes()
}

/// Returns the key of the one clinic row.
pub fn clinic_key() -> Vec<u8> {
    vec![0]
}

/// Returns the key of the one row of settings.
pub fn settings_key() -> Vec<u8> {
    vec![0]
}

/// Returns the key of a person's `no`-th stay.
pub fn stay_key(person: PersonId, no: u32) -> Vec<u8> {
    Key::new().number(person.0).small(no).bytes()
}

/// Returns the key of a roster row.
pub fn roster_key(lineage: &str, row_key: &str) -> Vec<u8> {
    Key::new().text(lineage).text(row_key).bytes()
}

/// Returns the key of the one row of copies.
pub fn copies_key() -> Vec<u8> {
    vec![0]
}

/// Returns the key of a day's round.
pub fn round_key(day: Day) -> Vec<u8> {
    Key::new().day(day).bytes()
}

/// Returns the order of a person's contacts: by day, then by entry, then by id.
pub fn contact_order(person: PersonId, day: Day, seq: u64, id: VisitId) -> Vec<u8> {
    Key::new()
        .number(person.0)
        .day(day)
        .number(seq)
        .number(id.0)
        .bytes()
}

impl Row for Clinic {
    const TABLE: Table = Table::Clinic;

    fn key(&self) -> Vec<u8> {
        clinic_key()
    }
}

impl Row for Staff {
    const TABLE: Table = Table::Staff;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }
}

impl Row for Village {
    const TABLE: Table = Table::Village;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }
}

impl Row for Household {
    const TABLE: Table = Table::Household;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        let place = Key::new()
            .number(self.village.0)
            .small(self.group())
            .small(self.serial);
        let mut entries = vec![(Index::Place, place.number(self.id.0).bytes())];
        if self.ended.is_none() && !self.members.is_empty() {
            entries.push((Index::LivedIn, homes::key(self)));
        }
        if let Some(outside) = &self.outside_no {
            let key = Key::new()
                .number(self.village.0)
                .text(outside)
                .number(self.id.0);
            entries.push((Index::OutsideNumber, key.bytes()));
        }
        entries
    }
}

impl Row for Person {
    const TABLE: Table = Table::Person;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        let mut entries = vec![(Index::InBrief, brief::key(self))];
        let id_no = self.text(key::ID_NO);
        if !id_no.is_empty() {
            let key = Key::new().text(id_no).number(self.id.0);
            entries.push((Index::IdentityNumber, key.bytes()));
        }
        for number in self.record_no.iter().chain(&self.former_record_nos) {
            let key = Key::new().text(number).number(self.id.0);
            entries.push((Index::RecordNumber, key.bytes()));
        }
        if let Some(birth) = self.birth()
            && !self.name().is_empty()
        {
            let key = Key::new().text(self.name()).day(birth).number(self.id.0);
            entries.push((Index::NameBirth, key.bytes()));
        }
        entries
    }
}

impl Row for Stay {
    const TABLE: Table = Table::Stay;

    fn key(&self) -> Vec<u8> {
        stay_key(self.person, self.no)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        vec![(Index::HouseholdStays, homes::stay_key(self))]
    }
}

impl Row for Contact {
    const TABLE: Table = Table::Contact;

    fn key(&self) -> Vec<u8> {
        id_key(self.id.0)
    }

    fn index(&self, _: &Settings) -> Vec<(Index, Vec<u8>)> {
        vec![
            (
                Index::PersonContacts,
                contact_order(self.person, self.day, self.seq, self.id),
            ),
            (
                Index::ContactDay,
                Key::new().day(self.day).number(self.id.0).bytes(),
            ),
        ]
    }
}

impl Row for Round {
    const TABLE: Table = Table::Round;

    fn key(&self) -> Vec<u8> {
        round_key(self.day)
    }
}

impl Row for Copies {
    const TABLE: Table = Table::Copies;

    fn key(&self) -> Vec<u8> {
        copies_key()
    }
}

impl Row for LookedAt {
    const TABLE: Table = Table::LookedAt;

    fn key(&self) -> Vec<u8> {
        id_key(self.person.0)
    }
}

impl Row for KeptSettings {
    const TABLE: Table = Table::Settings;

    fn key(&self) -> Vec<u8> {
        settings_key()
    }
}

impl Row for RosterRowKept {
    const TABLE: Table = Table::RosterRow;

    fn key(&self) -> Vec<u8> {
        roster_key(&self.lineage, &self.row_key)
    }
}

impl Row for OpenForms {
    const TABLE: Table = Table::OpenForms;

    fn key(&self) -> Vec<u8> {
        id_key(self.person.0)
    }

    fn index(&self, _settings: &Settings) -> Vec<(Index, Vec<u8>)> {
        let key = id_key(self.person.0);
        let some = Some((Index::OpenForms, key)).filter(|_| !self.forms.is_empty());
        some.into_iter().collect()
    }
}

/// Typed keys, so that a person's id is never used to look up a household.
pub trait IdKey {
    type Row: Row;

    /// Returns the stored key.
    fn stored(&self) -> Vec<u8>;
}

macro_rules! id_keys {
    ($($id:ty => $row:ty),* $(,)?) => {
        $(impl IdKey for $id {
            type Row = $row;

            fn stored(&self) -> Vec<u8> {
                id_key(self.0)
            }
        })*
    };
}

id_keys! {
    PersonId => Person,
    HouseholdId => Household,
    VisitId => Contact,
    StaffId => Staff,
    VillageId => Village,
    AgreementId => agreement::AgreementRow,
    DoctorId => Doctor,
    TeamId => Team,
    UnitId => Unit,
}
