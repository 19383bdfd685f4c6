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

/// People of one name looked at, at most.
const NAMESAKES: usize = 50;

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

    /// As `person`, or the only one of this whole name.
    ///
    /// # Errors
    /// As `person`; several of one name are listed.
    pub fn person_or_name(&self, text: &str) -> Result<PersonId, Trouble> {
        if !self.found(text)?.is_empty() {
            return self.person(text);
        }
        let question = Question::Search {
            text: text.to_owned(),
            limit: NAMESAKES,
        };
        let Reply::Search(hits) = self.ask(question)? else {
            return Err(unexpected());
        };
        let namesakes = hits.rows.into_iter().filter(|row| row.name == text.trim());
        let found: Vec<Found> = namesakes
            .map(|row| Found {
                person: Some(row.person),
                household: row.household,
                name: row.name,
                place: row.place,
            })
            .collect();
        match found.as_slice() {
            [one] => one.person.ok_or_else(|| self.unknown(text)),
            [] => Err(self.unknown(text)),
            several => Err(self.several(text, several)),
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
