//! Whoever the queue looks at, held as looked up last: after a save only those it altered are
//! looked up again.
//!
//! It holds what one day and one edition of the settings make of people; who of them is wanted,
//! and in which order, is the queue's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    as_of::{Altered, AsOf, Since},
    looker::{Homes, Known, Looker},
    reach::{Found, Reach},
    whole::Whole,
};
use crate::{
    domain::{
        clinic::Village,
        day::Day,
        id::{PersonId, VillageId},
        queue::Early,
        settings::Settings,
    },
    store::{Error, Snapshot},
};

/// Where more people were looked up whole, only those are held until the next question of whose
/// work something presses: their rows stand on the screen that asked. A county's morning, not its
/// whole register.
const MOST: usize = 4_096;

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

/// Whom one question asks about.
pub(super) struct Asked<'a> {
    /// In the order of their ids.
    pub people: &'a [PersonId],
    pub done: &'a BTreeSet<PersonId>,
    pub attempted: &'a BTreeSet<PersonId>,
    /// Whether those are wanted whole of whose work nothing presses.
    pub everybody_whole: bool,
}

impl Gathered {
    /// Forgets whatever the snapshot has otherwise.
    pub(super) fn follow(
        &mut self,
        snapshot: &Snapshot,
        day: Day,
        settings: &Settings,
    ) -> Result<(), Error> {
        let (now, since) = AsOf::after(self.as_of.take(), snapshot, day, settings)?;
        match since {
            Since::All => self.forget_all(),
            Since::These(altered) => {
                for one in altered {
                    self.forget(one);
                    if let Altered::Course(person) = one
                        && let Some(found) = &mut self.found
                    {
                        found.find(person, snapshot, settings)?;
                    }
                }
            }
        }
        if self.villages.is_empty() {
            snapshot.every(|village: Village| {
                self.villages.insert(village.id, village.name);
                Ok(true)
            })?;
        }
        self.as_of = Some(now);
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
    fn forget(&mut self, altered: Altered) {
        match altered {
            Altered::Course(person) => self.forget_one(person),
            Altered::Person(person) => {
                self.forget_one(person);
                self.homes
                    .retain(|_, home| home.household.head != Some(person));
                self.forget_of(|whole| whole.about.head == Some(person));
            }
            Altered::Household(household) => {
                self.homes.remove(&household);
                self.forget_of(|whole| whole.member.household == household);
            }
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

    /// Looks up those who are not held yet and of whom no key tells enough, and says what of these people was done on the day.
    /// Whoever else was held is let go.
    pub(super) fn look_up(&mut self, snapshot: &Snapshot, asked: &Asked<'_>) -> Result<(), Error> {
        let Some(as_of) = &self.as_of else {
            return Ok(());
        };
        let looker = Looker {
            snapshot,
            day: as_of.day(),
            settings: as_of.settings(),
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
                None => match self.found.as_ref().and_then(|found| found.counted(*id)) {
                    Some(early) if !is_whole => people.push((*id, Known::Early(early))),
                    Some(_) | None => wanted.push((*id, is_whole)),
                },
            }
        }
        let (found, homes) = looker.people(&wanted, &self.homes)?;
        people.extend(found);
        self.homes.extend(homes);
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
                .retain(|(_, known)| known.whole().is_none_or(Whole::presses));
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
