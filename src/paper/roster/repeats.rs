//! The same person twice in one file.
//!
//! The same number is the same person: no second resident. Without a number the same name,
//! birth date and sex are only worth a word.

use std::collections::HashMap;

use super::person::Person;
use crate::domain::{
    day::Day,
    identity::Sex,
    roster::{Column, Fate, RosterFault, RowAction, RowProblem, SheetPlace},
};

/// What earlier rows said.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By number, good or refused.
    numbers: HashMap<String, Known>,
    /// By name, birth date and sex; whether the row has a good number.
    alike: HashMap<(String, Day, Sex), (u32, bool)>,
}

#[derive(Debug)]
struct Known {
    row: u32,
    name: Option<String>,
    is_good: bool,
}

impl Seen {
    /// Compares a person with the earlier rows, decides the row's fate and notes why.
    pub fn compare(&mut self, person: &mut Person, place: &SheetPlace) {
        if let Some(fate) = self.by_number(person, place) {
            person.row.fate = fate;
            return;
        }
        self.by_facts(person, place);
    }

    /// The same number is the same person, unless it stands under another name: then nobody
    /// knows whose it is, and the later row is held back.
    fn by_number(&mut self, person: &mut Person, place: &SheetPlace) -> Option<Fate> {
        let number = person.number.clone()?;
        let is_good = person.row.document.is_some();
        let Some(known) = self.numbers.get(&number) else {
            self.numbers.insert(
                number,
                Known {
                    row: person.row.row,
                    name: person.row.name.clone(),
                    is_good,
                },
            );
            return None;
        };
        let of = known.row;
        let name = &person.row.name;
        if known.name.is_none() || name.is_none() || known.name == *name {
            let fault = RosterFault::Repeated { of };
            person.note(place, Column::IdNo, fault, RowAction::Duplicate);
            return Some(Fate::Duplicate { of });
        }
        // Two names on a number that is refused anyway are two people without a number.
        if !known.is_good || !is_good {
            return None;
        }
        for column in [Column::Name, Column::IdNo] {
            let fault = RosterFault::SameNumber { of };
            person.note(place, column, fault, RowAction::Rejected);
        }
        Some(Fate::Rejected)
    }

    /// Same name, birth date and sex are worth a word unless good numbers tell the two apart.
    fn by_facts(&mut self, person: &mut Person, place: &SheetPlace) {
        let row = &person.row;
        let (Some(name), Some(birth), Some(sex)) = (&row.name, row.birth, row.sex) else {
            return;
        };
        let is_good = row.document.is_some();
        let first = (row.row, is_good);
        let (to, good) = *self
            .alike
            .entry((name.clone(), birth, sex))
            .or_insert(first);
        if to != row.row && !(good && is_good) {
            let fault = RosterFault::Similar { to };
            person.note(place, Column::Name, fault, RowAction::Flagged);
        }
    }
}

impl Person {
    fn note(&mut self, place: &SheetPlace, column: Column, fault: RosterFault, action: RowAction) {
        self.problems.push(RowProblem {
            row: self.row.row,
            column: place.header(column).to_owned(),
            value: self.row.given.get(column).to_owned(),
            fault,
            action,
        });
    }
}
