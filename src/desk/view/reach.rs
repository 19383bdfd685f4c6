//! Whom a day's queue finds by keys alone: who has dated work, and whose yearly work stands.
//!
//! After a save only those it altered are asked again by which keys they are found.

use super::side_by_side::both;
use crate::{
    domain::{
        day::{Day, plus_days},
        id::PersonId,
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::{Index, Key, Read, Row as _},
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

    /// Returns the people of a list, each once and in the order of their ids.
    fn people(self, list: List, snapshot: &Snapshot) -> Result<Vec<PersonId>, Error> {
        let today = Key::new().day(self.day).bytes();
        let mut people = Vec::new();
        for index in [Index::Listed, Index::AgreementYear, Index::Standing] {
            let Some((_, from, to)) = self.span(index).filter(|(of, ..)| *of == list) else {
                continue;
            };
            snapshot.keys(index, &from, &to, &mut |key, row| {
                if Self::counts(&today, list, key) {
                    people.push(PersonId(row.try_into().map_or(0, u64::from_be_bytes)));
                }
                Ok(())
            })?;
        }
        // Somebody may stand there with several kinds of work.
        people.sort_unstable();
        people.dedup();
        people.shrink_to_fit();
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
        Ok(Self {
            reach,
            listed,
            standing,
        })
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
        Ok(())
    }

    const fn of(&mut self, list: List) -> &mut Vec<PersonId> {
        match list {
            List::Listed => &mut self.listed,
            List::Standing => &mut self.standing,
        }
    }
}
