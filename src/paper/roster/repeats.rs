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
        let Person {
            row,
            problems,
            number,
        } = person;
        let mut note = |column, fault, action| {
            problems.push(RowProblem {
                row: row.row,
                column: place.header(column).to_owned(),
                value: row.given.get(column).to_owned(),
                fault,
                action,
            });
        };
        let is_good = row.document.is_some();
        if let Some(number) = number {
            if let Some(known) = self.numbers.get(number) {
                let same_name =
                    known.name.is_none() || row.name.is_none() || known.name == row.name;
                let of = known.row;
                if same_name {
                    row.fate = Fate::Duplicate { of };
                    note(
                        Column::IdNo,
                        RosterFault::Repeated { of },
                        RowAction::Duplicate,
                    );
                    return;
                }
                // Two names on a number that is refused anyway are two people without a number.
                if known.is_good && is_good {
                    row.fate = Fate::Rejected;
                    note(
                        Column::Name,
                        RosterFault::SameNumber { of },
                        RowAction::Rejected,
                    );
                    note(
                        Column::IdNo,
                        RosterFault::SameNumber { of },
                        RowAction::Rejected,
                    );
                    return;
                }
            } else if row.fate == Fate::Taken {
                self.numbers.insert(
                    number.clone(),
                    Known {
                        row: row.row,
                        name: row.name.clone(),
                        is_good,
                    },
                );
            }
        }
        let (Some(name), Some(birth), Some(sex)) = (&row.name, row.birth, row.sex) else {
            return;
        };
        let key = (name.clone(), birth, sex);
        match self.alike.get(&key) {
            Some((to, good)) if !(*good && is_good) => {
                note(
                    Column::Name,
                    RosterFault::Similar { to: *to },
                    RowAction::Flagged,
                );
            }
            Some(_) => {}
            None => {
                self.alike.insert(key, (row.row, is_good));
            }
        }
    }
}
