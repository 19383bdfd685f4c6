//! Pictures of one person's follow-up: a year, trends, growth, a pregnancy.
//!
//! They are worked out from what was recorded and what the rules say of it; nothing here
//! decides anything, and how a picture is drawn is the front end's.

mod growth;
mod past;
mod pregnancy;
mod screening;
mod served;
mod trend;
mod windows;
mod work;
pub mod year;

use super::{
    contact::Contact,
    course::{Course, PersonFacts, standing},
    day::Day,
    settings::Settings,
    task::Task,
};

pub use self::{
    growth::{Growth, growth},
    pregnancy::{Pregnancy, pregnancy},
    served::{completed, scheduled},
    trend::{Reading, Trends, trends},
};

/// All that is known of one person's follow-up, as of a day.
#[derive(Debug, Clone, Copy)]
pub struct Life<'a> {
    pub person: &'a PersonFacts,
    /// Whether services are due: the person lives and belongs here.
    pub is_here: bool,
    pub course: &'a Course,
    /// Every contact, the oldest first, withdrawn ones among them.
    pub contacts: &'a [Contact],
    pub today: Day,
    pub settings: &'a Settings,
}

impl<'a> Life<'a> {
    /// Returns the contacts that count.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &'a Contact> + use<'a> {
        let contacts = self.contacts.iter();
        contacts.filter(|contact| contact.withdrawn.is_none())
    }

    /// Returns every open task, dated ones and those that come with time alone.
    pub fn open(&self) -> Vec<Task> {
        if !self.is_here {
            return Vec::new();
        }
        let mut tasks = self.course.tasks();
        if self.person.birth != Day::MIN {
            let computed = standing::tasks(self.course, self.person, self.today, self.settings);
            tasks.extend(computed);
        }
        tasks
    }
}

#[cfg(test)]
mod tests;
