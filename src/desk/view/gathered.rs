//! Whoever the queue looks at, held as looked up last: after a save only those it altered are
//! looked up again.
//!
//! It holds what one day and one edition of the settings make of people; who of them is wanted,
//! and in which order, is the queue's.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    arranged::Arranged,
    as_of::{Altered, AsOf, Since},
    looker::{Homes, Known, Looker},
    reach::{Found, Reach},
    whole::{Contacted, Whole},
};
use crate::{
    desk::reply::QueueRow,
    domain::{
        clinic::Village,
        day::Day,
        id::{PersonId, VillageId},
        queue::{Early, Filter, Queue},
        settings::Settings,
    },
    store::{Error, Snapshot},
};

/// Where more people were looked up whole, only those are held until the next question of whose
/// work something presses, or of whom the day's contacts tell: their rows stand on the screen that
/// asked. A county's morning, not its whole register.
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
    /// The queue of those of them who are whole.
    arranged: Arranged,
    /// Of whom the day's contacts told something when they were looked at last.
    contacted: BTreeSet<PersonId>,
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
    pub filter: &'a Filter,
}

impl Asked<'_> {
    fn contacted(&self, person: PersonId) -> Contacted {
        Contacted {
            is_done: self.done.contains(&person),
            is_attempted: self.attempted.contains(&person),
        }
    }
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
        self.arranged = Arranged::default();
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

    /// Counts those whose yearly work stands by keys and who are not among these people, who are in
    /// the order of their ids.
    pub(super) fn standing_beside(&self, people: &[PersonId]) -> usize {
        let standing = self.found.as_ref().map_or(&[][..], |found| &found.standing);
        let (mut left, mut both) = (standing, 0);
        for person in people {
            // In a county it is far from one to the next: from there on by steps twice as long.
            let mut step = 1;
            while left.get(step).is_some_and(|other| other < person) {
                step *= 2;
            }
            let near = left.get(..=step).unwrap_or(left);
            let at = near.partition_point(|other| other < person);
            left = left.get(at..).unwrap_or_default();
            both += usize::from(left.first() == Some(person));
        }
        standing.len() - both
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
            let (_, known) = self.people.remove(at);
            if let Some(whole) = known.whole() {
                self.arranged.take(whole);
            }
        }
    }

    fn forget_of(&mut self, wanted: impl Fn(&Whole) -> bool) {
        let Self {
            people, arranged, ..
        } = self;
        people.retain(|(_, known)| match known.whole() {
            Some(whole) if wanted(whole) => {
                arranged.take(whole);
                false
            }
            Some(_) | None => true,
        });
    }

    /// Looks up those who are not held yet and of whom no key tells enough, and says what of these
    /// people was done on the day. Whoever else was held is let go.
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
        let mut arranged = std::mem::take(&mut self.arranged).kept_of(asked.filter);
        let mut let_go = |(_, known): (PersonId, Known)| {
            if let Some(whole) = known.whole() {
                arranged.take(whole);
            }
        };
        let mut held = std::mem::take(&mut self.people).into_iter().peekable();
        let mut people = Vec::with_capacity(asked.people.len());
        let mut wanted = Vec::new();
        for id in asked.people {
            while let Some(other) = held.next_if(|(other, _)| other < id) {
                let_go(other);
            }
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
        held.for_each(let_go);
        let contacted: BTreeSet<PersonId> = asked.done.union(asked.attempted).copied().collect();
        for id in self.contacted.union(&contacted) {
            let told = asked.contacted(*id);
            if let Ok(at) = at(&people, *id)
                && let Some(whole) = people.get_mut(at).and_then(|(_, known)| known.whole_mut())
                && !whole.knows(told)
            {
                arranged.take(whole);
                whole.tell(told);
                arranged.put(whole);
            }
        }
        let (mut found, homes) = looker.people(&wanted, &self.homes)?;
        for (id, known) in &mut found {
            if let Some(whole) = known.whole_mut() {
                whole.tell(asked.contacted(*id));
                arranged.put(whole);
            }
        }
        people.extend(found);
        self.homes.extend(homes);
        // Each part is in order.
        people.sort_by_key(|(id, _)| *id);
        let wholes = people.iter().filter_map(|(_, known)| known.whole());
        let of = (asked.filter, looker.day, looker.settings);
        self.arranged = arranged.whole(of, wholes);
        self.people = people;
        self.contacted = contacted;
        Ok(())
    }

    /// Lets those go who would be too many to hold until the next question.
    pub(super) fn keep(&mut self) {
        if MOST < self.whole().count() {
            let Self {
                people,
                arranged,
                contacted,
                ..
            } = self;
            people.retain(|(id, known)| match known {
                Known::Whole(whole) if !contacted.contains(id) => {
                    arranged.take(whole);
                    false
                }
                Known::Early(_) | Known::Whole(_) | Known::Pressing(_) => true,
            });
        }
        if MOST < self.homes.len() {
            self.homes.clear();
        }
    }

    /// Returns the queue of everybody looked up whole; none before anybody was.
    pub(super) fn queue(&self) -> Option<&Queue<Arc<QueueRow>>> {
        self.arranged.queue()
    }

    /// Returns the responsible doctors of everybody looked up whole, by name.
    pub(super) fn doctors(&self) -> BTreeSet<String> {
        self.arranged.doctors().map(str::to_owned).collect()
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
        at(&self.people, person)
    }
}

/// Returns where somebody stands among people in the order of their ids, or belongs.
fn at(people: &[(PersonId, Known)], person: PersonId) -> Result<usize, usize> {
    people.binary_search_by_key(&person, |(id, _)| *id)
}
