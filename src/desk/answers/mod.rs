//! How each change is decided: gather facts from the rows, let the domain
//! judge, and write down the events. Nothing here appends.

pub mod agreement;
pub mod clinic;
pub mod contact;
pub mod household;
pub mod import;
pub mod kept;
pub mod leaving;
pub mod membership;
pub mod person;
pub mod proposing;
pub mod settings;
pub mod undo;

use std::collections::HashMap;

use super::{Stop, reply::LeftOut};
use crate::{
    catalog::Catalog,
    domain::{
        clinic::Village,
        day::Day,
        event::Event,
        household::Household,
        id::{HouseholdId, PersonId, StaffId, VillageId},
        person::Person,
        refusal::RecordRefusal,
        rows::IdKey,
        settings::KeptSettings,
        tables::{Counter, Read},
    },
    store,
};

/// What every decision knows.
pub struct Facts {
    pub today: Day,
    pub by: StaffId,
    pub catalog: &'static Catalog,
}

/// Collects a request's events; numbers are taken from the store's counters on.
pub struct Pen<'a, T> {
    pub tables: &'a T,
    pub facts: &'a Facts,
    events: Vec<Event>,
    left_out: Vec<LeftOut>,
    taken: HashMap<String, u64>,
}

impl<'a, T: Read<Fault = store::Error>> Pen<'a, T> {
    /// Starts without events.
    pub fn new(tables: &'a T, facts: &'a Facts) -> Self {
        Self {
            tables,
            facts,
            events: Vec::new(),
            left_out: Vec::new(),
            taken: HashMap::new(),
        }
    }

    /// Writes down an event.
    pub fn write(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Returns the events written down and not appended yet.
    pub fn pending(&self) -> &[Event] {
        &self.events
    }

    /// Leaves one of many out: the rules refuse it, the others go on.
    pub fn leave_out(&mut self, left: LeftOut) {
        self.left_out.push(left);
    }

    /// Returns what was left out.
    pub fn take_left_out(&mut self) -> Vec<LeftOut> {
        std::mem::take(&mut self.left_out)
    }

    /// Returns the events written down.
    pub fn events(self) -> Vec<Event> {
        self.events
    }

    /// Returns the events written down since the last cut: one entry's worth.
    pub fn cut(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Keeps the numbers of a counter up to `last` from being taken.
    pub fn reserve(&mut self, counter: &Counter, last: u64) -> Result<(), store::Error> {
        let key = counter.key();
        let taken = match self.taken.get(&key) {
            Some(taken) => *taken,
            None => self.tables.counter(counter)?,
        };
        self.taken.insert(key, taken.max(last));
        Ok(())
    }

    /// Takes the next number of a counter.
    pub fn next(&mut self, counter: &Counter) -> Result<u64, store::Error> {
        let key = counter.key();
        let last = match self.taken.get(&key) {
            Some(last) => *last,
            None => self.tables.counter(counter)?,
        };
        self.taken.insert(key, last + 1);
        Ok(last + 1)
    }

    /// Returns the person.
    ///
    /// # Errors
    /// Refuses with `Unknown` when there is none.
    pub fn person(&self, id: PersonId) -> Result<Person, Stop> {
        row(self.tables, id)
    }

    /// Returns the household.
    pub fn household(&self, id: HouseholdId) -> Result<Household, Stop> {
        row(self.tables, id)
    }

    /// Returns the settings with all their editions.
    pub fn settings(&self) -> Result<KeptSettings, store::Error> {
        settings::kept(self.tables)
    }

    /// Returns the village.
    pub fn village(&self, id: VillageId) -> Result<Village, Stop> {
        row(self.tables, id)
    }
}

/// Returns the row of an id.
///
/// # Errors
/// Refuses with `Unknown` when there is none.
pub fn row<T, I>(tables: &T, id: I) -> Result<I::Row, Stop>
where
    T: Read<Fault = store::Error>,
    I: IdKey + ToString + Copy,
{
    let found = tables.get(&id.stored())?;
    found.ok_or_else(|| {
        RecordRefusal::Unknown {
            what: id.to_string(),
        }
        .into()
    })
}
