//! What became of a change of a practice store's past.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Stop, reply::Done, view::visit};
use crate::{
    domain::{course::Course, id::PersonId},
    store::Writing,
};

/// What became of a change of a practice store's past.
#[derive(Debug)]
pub struct Lived {
    pub done: Done,
    /// How those it recorded a contact of stand now. A contact is told in the order of its day, so
    /// that what was told before may have been decided anew with it.
    pub courses: BTreeMap<PersonId, Course>,
}

impl Lived {
    pub(super) fn after(writing: &Writing<'_>, done: Done) -> Result<Self, Stop> {
        let mut courses = BTreeMap::new();
        for contact in &done.contacts {
            if let Entry::Vacant(place) = courses.entry(contact.person) {
                place.insert(visit::course_row(writing, contact.person)?.course);
            }
        }
        Ok(Self { done, courses })
    }
}
