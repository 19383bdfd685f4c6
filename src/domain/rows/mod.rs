//! How each derived row is keyed and indexed.

pub mod agreement;
pub mod panel;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{
    agreement::{doctor::Doctor, team::Team, unit::Unit},
    alert::Alert,
    clinic::{Clinic, Staff, Village},
    contact::Contact,
    course::{Course, PersonFacts, standing},
    day::{Day, plus_days},
    household::{Household, Stay},
    id::{
        AgreementId, DoctorId, HouseholdId, PersonId, StaffId, TeamId, UnitId, VillageId, VisitId,
    },
    identity::Sex,
    open_form::OpenForms,
    person::{Person, key},
    settings::{KeptSettings, Settings},
    tables::{Index, Key, Row, Table},
    task::Task,
    visit::Who,
};

/// A person's follow-up course as stored, with the facts of the person that
/// say when work comes up by time alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRow {
    pub person: PersonId,
    pub birth: Option<Day>,
    pub is_female: bool,
    pub registered: Option<Day>,
    /// Whether services are due: the person lives and belongs here.
    pub is_here: bool,
    pub course: Course,
}

impl CourseRow {
    /// Returns the row of a person of whom nothing is known.
    pub fn unknown(person: PersonId) -> Self {
        Self {
            person,
            birth: None,
            is_female: false,
            registered: None,
            is_here: false,
            course: Course::default(),
        }
    }

    /// Returns the row of `person` with this course.
    pub fn of(person: &Person, course: Course) -> Self {
        Self {
            person: person.id,
            birth: person.birth(),
            is_female: person.sex() == Sex::Female,
            registered: Some(person.created),
            is_here: person.is_here(),
            course,
        }
    }

    /// Returns the facts rules look at.
    pub fn facts(&self) -> PersonFacts {
        PersonFacts {
            birth: self.birth.unwrap_or(Day::MIN),
            is_female: self.is_female,
            registered: self.registered,
        }
    }

    /// Returns the person as visited on `day`.
    pub fn who(&self, day: Day) -> Who<'_> {
        Who {
            course: &self.course,
            birth: self.facts().birth,
            day,
        }
    }

    /// Returns what time alone has made true by `today`: windows missed, doses late.
    pub fn alerts(&self, today: Day, settings: &Settings) -> Vec<Alert> {
        if !self.is_here || self.birth.is_none() {
            return Vec::new();
        }
        standing::alerts(&self.course, &self.facts(), today, settings)
    }

    /// Returns every task as of `today`: dated ones, and those that come with time alone.
    pub fn tasks(&self, today: Day, settings: &Settings) -> Vec<Task> {
        if !self.is_here {
            return Vec::new();
        }
        let mut tasks = self.course.tasks();
        if self.birth.is_some() {
            tasks.extend(standing::tasks(
                &self.course,
                &self.facts(),
                today,
                settings,
            ));
        }
        tasks
    }
}

impl Row for CourseRow {
    const TABLE: Table = Table::Course;

    fn key(&self) -> Vec<u8> {
        id_key(self.person.0)
    }

    /// Dated tasks stand at their due day; computed ones at the day they are
    /// listed plus the lead, so that both are found by one range. Yearly ones
    /// stand at the first day they are listed, with the day they end. The store keeps
    /// these entries as the settings in force have them.
    fn index(&self, settings: &Settings) -> Vec<(Index, Vec<u8>)> {
        if !self.is_here {
            return Vec::new();
        }
        let mut days: Vec<Day> = self.course.tasks().iter().map(|task| task.due).collect();
        let mut entries = Vec::new();
        if self.birth.is_some() {
            let first = standing::first_days(&self.course, &self.facts(), settings);
            let lead = i64::from(settings.lead_days);
            days.extend(first.listed.iter().map(|day| plus_days(*day, lead)));
            let mut standing = first.standing;
            standing.sort_unstable();
            standing.dedup();
            entries.extend(standing.into_iter().map(|(from, until)| {
                let key = Key::new().day(from).day(until).number(self.person.0);
                (Index::Standing, key.bytes())
            }));
        }
        days.sort_unstable();
        days.dedup();
        entries.extend(days.into_iter().map(|day| {
            (
                Index::Listed,
                Key::new().day(day).number(self.person.0).bytes(),
            )
        }));
        entries
    }
}

/// The people marked for a day's round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub day: Day,
    pub people: Vec<PersonId>,
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
        let mut entries = Vec::new();
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
        let key = Key::new()
            .number(self.household.0)
            .number(self.person.0)
            .small(self.no);
        vec![(Index::HouseholdStays, key.bytes())]
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
