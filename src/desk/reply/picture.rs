//! One person's follow-up whole, for pictures of it.

use crate::domain::{
    contact::Contact,
    course::{Course, PersonFacts},
    day::Day,
    person::Person,
    picture::Life,
    settings::Settings,
};

/// What pictures of a person's follow-up are drawn from.
#[derive(Debug, Clone)]
pub struct PictureView {
    pub person: Person,
    /// Where the household stands.
    pub place: String,
    pub today: Day,
    pub facts: PersonFacts,
    /// Whether services are due: the person lives and belongs here.
    pub is_here: bool,
    pub course: Course,
    /// Every contact, the oldest first.
    pub contacts: Vec<Contact>,
    /// The settings in force.
    pub settings: Settings,
}

impl PictureView {
    /// Returns what pictures are worked out from.
    pub fn life(&self) -> Life<'_> {
        Life {
            person: &self.facts,
            is_here: self.is_here,
            course: &self.course,
            contacts: &self.contacts,
            today: self.today,
            settings: &self.settings,
        }
    }
}
