//! Whom a word on the command line means: people, households and visits by id or number.

use super::{
    open::{Session, unexpected},
    print::Trouble,
};
use crate::{
    desk::{Question, Reply, reply::Found},
    domain::{
        form::typed,
        id::{HouseholdId, PersonId, VisitId},
        refusal::RecordRefusal,
    },
};

impl Session<'_> {
    /// Finds the one person a p-id, identity number or record number means.
    ///
    /// # Errors
    /// Refuses where nobody or several answer to it.
    pub fn person(&self, text: &str) -> Result<PersonId, Trouble> {
        let found = self.found(text)?;
        let mut people: Vec<PersonId> = found.iter().filter_map(|hit| hit.person).collect();
        people.dedup();
        match people.as_slice() {
            [person] => Ok(*person),
            [] => Err(self.unknown(text)),
            _ => Err(self.several(text, &found)),
        }
    }

    /// Finds the one person or household `ID` means.
    ///
    /// # Errors
    /// Refuses where nothing or several answer to it.
    pub fn either(&self, text: &str) -> Result<(Option<PersonId>, HouseholdId), Trouble> {
        let found = self.found(text)?;
        match found.as_slice() {
            [hit] => Ok((hit.person, hit.household)),
            [] => Err(self.unknown(text)),
            _ => Err(self.several(text, &found)),
        }
    }

    /// Reads a visit's id.
    ///
    /// # Errors
    /// Refuses what is no such id.
    pub fn visit(&self, text: &str) -> Result<VisitId, Trouble> {
        let id = typed::ascii_text(text.trim()).to_lowercase();
        id.parse().map_err(|_| self.unknown(text))
    }

    fn found(&self, text: &str) -> Result<Vec<Found>, Trouble> {
        match self.ask(Question::Find(text.to_owned()))? {
            Reply::Found(found) => Ok(found),
            _ => Err(unexpected()),
        }
    }

    fn unknown(&self, text: &str) -> Trouble {
        let what = text.to_owned();
        Trouble::refused(&RecordRefusal::Unknown { what }.into(), self.call.lang)
    }

    fn several(&self, text: &str, found: &[Found]) -> Trouble {
        let id = |hit: &Found| match hit.person {
            Some(person) => person.to_string(),
            None => hit.household.to_string(),
        };
        let line = |hit: &Found| format!("{} {} {}", id(hit), hit.name, hit.place);
        let refusal = RecordRefusal::Several {
            what: text.to_owned(),
            found: found.iter().map(line).collect(),
        };
        Trouble::refused(&refusal.into(), self.call.lang)
    }
}
