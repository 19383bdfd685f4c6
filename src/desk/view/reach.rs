//! Whom a day's queue finds by keys alone: who has dated work, and whose yearly work stands.
//!
//! After a save only those it altered are asked again by which keys they are found. A key of dated
//! work may tell what is counted of the person on the day: then nobody looks them up.

use super::side_by_side::both;
use crate::{
    domain::{
        day::{Day, plus_days},
        id::PersonId,
        queue::{Calm, Early},
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::{Index, Key, Parts, Read, Row as _},
    },
    store::{Error, Snapshot},
};

/// The days whose keys a queue looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    pub day: Day,
    /// Dated work is looked at that is due until then.
    pub until: Day,
    /// So are agreement years that end until then.
    pub ending: Day,
}

/// The people found, each once and in the order of their ids.
#[derive(Debug)]
pub(super) struct Found {
    reach: Reach,
    /// Who has dated work, or an agreement year about to end in which something is not done.
    pub listed: Vec<PersonId>,
    /// What is counted of those of them whose keys tell it, so that they need not be looked up.
    counted: Vec<(PersonId, Early)>,
    /// Whose yearly work stands on the day.
    pub standing: Vec<PersonId>,
}

/// Where people stand among those found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Listed,
    Standing,
}

impl Reach {
    /// Returns the keys of an index that are to be looked at, the second exclusive.
    fn span(self, index: Index) -> Option<(List, Vec<u8>, Vec<u8>)> {
        let behind = |day| Key::new().day(plus_days(day, 1)).bytes();
        match index {
            Index::Listed => Some((List::Listed, Vec::new(), behind(self.until))),
            Index::AgreementYear => {
                let from = Key::new().day(self.day).bytes();
                Some((List::Listed, from, behind(self.ending)))
            }
            Index::Standing => Some((List::Standing, Vec::new(), behind(self.day))),
            _ => None,
        }
    }

    /// Says whether a key within the span counts: what stands must not be over.
    fn counts(today: &[u8], list: List, key: &[u8]) -> bool {
        list == List::Listed || key.get(8..16).is_some_and(|until| today < until)
    }

    /// Returns what the key of dated work tells beforehand of the day.
    fn early(self, index: Index, key: &[u8]) -> Option<Early> {
        let mut parts = Parts::of(key);
        let day = (index == Index::Listed).then(|| parts.day()).flatten()?;
        Calm::unpacked(parts.small()?).on(self.day, day)
    }

    /// Returns the people of a list, each once and in the order of their ids, with what a key
    /// tells of them.
    fn people(
        self,
        list: List,
        snapshot: &Snapshot,
    ) -> Result<Vec<(PersonId, Option<Early>)>, Error> {
        let today = Key::new().day(self.day).bytes();
        let mut people = Vec::new();
        for index in [Index::Listed, Index::AgreementYear, Index::Standing] {
            let Some((_, from, to)) = self.span(index).filter(|(of, ..)| *of == list) else {
                continue;
            };
            snapshot.keys(index, &from, &to, &mut |key, row| {
                if Self::counts(&today, list, key) {
                    let person = PersonId(row.try_into().map_or(0, u64::from_be_bytes));
                    people.push((person, self.early(index, key)));
                }
                Ok(())
            })?;
        }
        // Somebody may stand there with several kinds of work, of which one key tells the whole.
        people.sort_unstable_by_key(|(person, early)| (*person, early.is_none()));
        people.dedup_by_key(|(person, _)| *person);
        Ok(people)
    }

    /// Says whether somebody found by these keys is among the people of a list.
    fn holds(self, list: List, keys: &[(Index, Vec<u8>)]) -> bool {
        let today = Key::new().day(self.day).bytes();
        keys.iter().any(|(index, key)| {
            self.span(*index).is_some_and(|(of, from, to)| {
                of == list && from <= *key && *key < to && Self::counts(&today, of, key)
            })
        })
    }
}

impl Found {
    /// Finds people by their keys.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn within(reach: Reach, snapshot: &Snapshot) -> Result<Self, Error> {
        let (standing, listed) = both(
            || reach.people(List::Standing, snapshot),
            || reach.people(List::Listed, snapshot),
        )?;
        let counted = listed.iter();
        let counted = counted.filter_map(|(person, early)| Some((*person, (*early)?)));
        Ok(Self {
            reach,
            counted: counted.collect(),
            listed: listed.iter().map(|(person, _)| *person).collect(),
            standing: standing.iter().map(|(person, _)| *person).collect(),
        })
    }

    /// Returns what is counted of somebody whose keys tell it.
    pub(super) fn counted(&self, person: PersonId) -> Option<Early> {
        let at = self.counted_at(person).ok()?;
        self.counted.get(at).map(|(_, early)| *early)
    }

    fn counted_at(&self, person: PersonId) -> Result<usize, usize> {
        self.counted.binary_search_by_key(&person, |(one, _)| *one)
    }

    /// Says whether it is what these days find.
    pub(super) fn is_of(&self, reach: Reach) -> bool {
        self.reach == reach
    }

    /// Finds one person anew, whose course was altered.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn find(
        &mut self,
        person: PersonId,
        snapshot: &Snapshot,
        settings: &Settings,
    ) -> Result<(), Error> {
        let course: Option<CourseRow> = snapshot.get(&id_key(person.0))?;
        let keys = course.map_or_else(Vec::new, |course| course.index(settings));
        for list in [List::Listed, List::Standing] {
            let is_found = self.reach.holds(list, &keys);
            let people = self.of(list);
            match (people.binary_search(&person), is_found) {
                (Ok(at), false) => {
                    people.remove(at);
                }
                (Err(at), true) => people.insert(at, person),
                (Ok(_), true) | (Err(_), false) => {}
            }
        }
        let mut early = keys
            .iter()
            .map(|(index, key)| self.reach.early(*index, key));
        let early = early.find_map(|early| early);
        match (self.counted_at(person), early) {
            (Ok(at), Some(early)) => self.counted[at].1 = early,
            (Ok(at), None) => {
                self.counted.remove(at);
            }
            (Err(at), Some(early)) => self.counted.insert(at, (person, early)),
            (Err(_), None) => {}
        }
        Ok(())
    }

    const fn of(&mut self, list: List) -> &mut Vec<PersonId> {
        match list {
            List::Listed => &mut self.listed,
            List::Standing => &mut self.standing,
        }
    }
}
