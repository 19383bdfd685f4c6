//! Whoever the queue looks at, held as looked up last: after a save only those it altered are
//! looked up again.
//!
//! It holds what one day and one edition of the settings make of people; who of them is wanted,
//! and in which order, is the queue's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    looker::{Homes, Known, Looker},
    reach::{Found, Reach},
    whole::Whole,
};
use crate::{
    domain::{
        clinic::Village,
        day::Day,
        id::{HouseholdId, PersonId, VillageId},
        queue::Early,
        settings::Settings,
        tables::Table,
    },
    store::{Error, Mark, Snapshot},
};

/// So many people are held whole at most between two questions: a township's morning, not its
/// whole register.
const MOST: usize = 4_096;

/// So many altered rows at most are followed one by one: after an import all is looked up anew.
const FEW: usize = 512;

/// People looked up.
#[derive(Default)]
pub(in crate::desk) struct Gathered {
    as_of: Option<AsOf>,
    /// By id; a place must say in which village it is where there are several.
    villages: BTreeMap<VillageId, String>,
    homes: Homes,
    /// In the order of their ids.
    people: Vec<(PersonId, Known)>,
    /// Whom the last question found by keys.
    found: Option<Found>,
}

/// What everything held stands by.
struct AsOf {
    mark: Mark,
    day: Day,
    settings: Settings,
}

/// Whom one question asks about.
pub(super) struct Asked<'a> {
    /// In the order of their ids.
    pub people: &'a [PersonId],
    pub done: &'a BTreeSet<PersonId>,
    pub attempted: &'a BTreeSet<PersonId>,
    /// Whether those are wanted whole of whose work nothing presses.
    pub everybody_whole: bool,
}

fn id_of(key: &[u8]) -> u64 {
    key.try_into().map_or(0, u64::from_be_bytes)
}

fn person_of(key: &[u8]) -> PersonId {
    PersonId(id_of(key))
}

impl Gathered {
    /// Forgets whatever the snapshot has otherwise.
    pub(super) fn follow(
        &mut self,
        snapshot: &Snapshot,
        day: Day,
        settings: &Settings,
    ) -> Result<(), Error> {
        let held = self.as_of.take();
        let held = held.filter(|held| held.day == day && held.settings == *settings);
        let altered = match &held {
            Some(held) => snapshot.altered(&held.mark)?,
            None => None,
        };
        let altered = altered.filter(|altered| altered.len() <= FEW);
        match altered {
            Some(altered) => {
                for (table, key) in altered {
                    self.forget(table, &key);
                    if table == Table::Course
                        && let Some(found) = &mut self.found
                    {
                        found.find(person_of(&key), snapshot, settings)?;
                    }
                }
            }
            None => self.forget_all(),
        }
        if self.villages.is_empty() {
            snapshot.every(|village: Village| {
                self.villages.insert(village.id, village.name);
                Ok(true)
            })?;
        }
        self.as_of = Some(AsOf {
            mark: snapshot.mark()?,
            day,
            settings: settings.clone(),
        });
        Ok(())
    }

    fn forget_all(&mut self) {
        self.villages.clear();
        self.homes.clear();
        self.people.clear();
        self.found = None;
    }

    /// Returns whom the keys of these days find.
    pub(super) fn found(&mut self, snapshot: &Snapshot, reach: Reach) -> Result<&Found, Error> {
        let found = match self.found.take().filter(|found| found.is_of(reach)) {
            Some(found) => found,
            None => Found::within(reach, snapshot)?,
        };
        Ok(self.found.insert(found))
    }

    /// Counts those whose yearly work stands by keys and who are not among these people.
    pub(super) fn standing_beside(&self, people: &[PersonId]) -> usize {
        let mut people = people.iter().peekable();
        let standing = self.found.iter().flat_map(|found| &found.standing);
        let is_beside = |person: &&PersonId| {
            while people.next_if(|other| other < person).is_some() {}
            people.peek() != Some(person)
        };
        standing.filter(is_beside).count()
    }

    /// Forgets whom an altered row tells something of.
    fn forget(&mut self, table: Table, key: &[u8]) {
        match table {
            Table::Course => self.forget_one(person_of(key)),
            Table::Person => {
                let person = person_of(key);
                self.forget_one(person);
                self.homes
                    .retain(|_, home| home.household.head != Some(person));
                self.forget_of(|whole| whole.about.head == Some(person));
            }
            Table::Household => {
                let household = HouseholdId(id_of(key));
                self.homes.remove(&household);
                self.forget_of(|whole| whole.member.household == household);
            }
            Table::Clinic | Table::Village | Table::Settings => self.forget_all(),
            Table::Staff
            | Table::Stay
            | Table::Contact
            | Table::Round
            | Table::RosterRow
            | Table::OpenForms
            | Table::Agreement
            | Table::Doctor
            | Table::Team
            | Table::Unit
            | Table::Package
            | Table::Voucher
            | Table::Report
            | Table::Copies
            | Table::LookedAt => {}
        }
    }

    fn forget_one(&mut self, person: PersonId) {
        if let Ok(at) = self.at(person) {
            self.people.remove(at);
        }
    }

    fn forget_of(&mut self, wanted: impl Fn(&Whole) -> bool) {
        self.people.retain(|(_, known)| match known {
            Known::Early(_) => true,
            Known::Whole(whole) => !wanted(whole),
        });
    }

    /// Looks up those who are not held yet, and says what of these people was done on the day.
    /// Whoever else was held is let go.
    pub(super) fn look_up(&mut self, snapshot: &Snapshot, asked: &Asked<'_>) -> Result<(), Error> {
        let Some(as_of) = &self.as_of else {
            return Ok(());
        };
        let looker = Looker {
            snapshot,
            day: as_of.day,
            settings: &as_of.settings,
            villages: &self.villages,
        };
        let mut held = std::mem::take(&mut self.people).into_iter().peekable();
        let mut people = Vec::with_capacity(asked.people.len());
        let mut wanted = Vec::new();
        for id in asked.people {
            while held.next_if(|(other, _)| other < id).is_some() {}
            let is_contacted = asked.done.contains(id) || asked.attempted.contains(id);
            let is_whole = asked.everybody_whole || is_contacted;
            match held.next_if(|(other, _)| other == id) {
                Some((_, Known::Early(_))) if is_whole => wanted.push((*id, is_whole)),
                Some(known) => people.push(known),
                None => wanted.push((*id, is_whole)),
            }
        }
        people.extend(looker.people(&wanted, &mut self.homes)?);
        // Each part is in order.
        people.sort_by_key(|(id, _)| *id);
        for (id, known) in &mut people {
            if let Known::Whole(whole) = known {
                whole.member.is_done_today = asked.done.contains(id);
                whole.attempted(asked.attempted.contains(id));
            }
        }
        self.people = people;
        Ok(())
    }

    /// Lets those go who would be too many to hold until the next question.
    pub(super) fn keep(&mut self) {
        if MOST < self.whole().count() {
            self.people
                .retain(|(_, known)| matches!(known, Known::Early(_)));
        }
        if MOST < self.homes.len() {
            self.homes.clear();
        }
    }

    /// Returns everybody who was looked up whole.
    pub(super) fn whole(&self) -> impl Iterator<Item = &Whole> {
        self.people.iter().filter_map(|(_, known)| known.whole())
    }

    /// Returns what is counted only, of everybody else.
    pub(super) fn counted(&self) -> impl Iterator<Item = Early> {
        self.people.iter().filter_map(|(_, known)| known.early())
    }

    /// Returns a person who was looked up whole.
    pub(super) fn of(&self, person: PersonId) -> Option<&Whole> {
        self.known(person)?.whole()
    }

    /// Returns how much is counted only of a person.
    pub(super) fn early(&self, person: PersonId) -> Option<Early> {
        self.known(person)?.early()
    }

    fn known(&self, person: PersonId) -> Option<&Known> {
        let at = self.at(person).ok()?;
        self.people.get(at).map(|(_, known)| known)
    }

    fn at(&self, person: PersonId) -> Result<usize, usize> {
        self.people.binary_search_by_key(&person, |(id, _)| *id)
    }
}
