//! Household cells left empty because the row above already says them.
//!
//! Merged cells are filled before (`workbook`); here empty ones continue, which is how text
//! files and hurried typists write a household once.

use crate::domain::{
    relation::Relation,
    roster::{Column, RosterFault, RosterRow, RowAction, RowProblem, SheetPlace},
};

/// The household facts of the row before.
#[derive(Debug, Clone, Default)]
pub(super) struct Carried {
    row: u32,
    outside_no: Option<String>,
    head_name: Option<String>,
    village: Option<String>,
    group: Option<String>,
    door: Option<String>,
    address: Option<String>,
    household_type: Option<String>,
}

impl Carried {
    /// Fills what the row leaves empty from the row before, and remembers the row.
    pub fn fill(
        &mut self,
        row: &mut RosterRow,
        place: &SheetPlace,
        problems: &mut Vec<RowProblem>,
    ) {
        let has = |wanted| place.columns.iter().any(|read| read.column == wanted);
        let names_households = has(Column::OutsideNo) || has(Column::HeadName);
        let opens = row
            .relation
            .as_ref()
            .is_some_and(|kinship| kinship.relation == Relation::Head);
        let says_household = row.outside_no.is_some() || row.head_name.is_some();
        let continues = if says_household {
            self.is_same_household(row)
        } else {
            self.row != 0 && !opens && (names_households || row.relation.is_some())
        };
        if continues {
            if !says_household && names_households && self.row + 1 < row.row {
                problems.push(RowProblem {
                    row: row.row,
                    column: place.header(Column::HeadName).to_owned(),
                    value: row.given.get(Column::HeadName).to_owned(),
                    fault: RosterFault::Continued,
                    action: RowAction::Flagged,
                });
            }
            fill(&mut row.outside_no, self.outside_no.as_ref());
            fill(&mut row.head_name, self.head_name.as_ref());
            fill(&mut row.village, self.village.as_ref());
            fill(&mut row.group, self.group.as_ref());
            fill(&mut row.door, self.door.as_ref());
            fill(&mut row.address, self.address.as_ref());
            fill(&mut row.household_type, self.household_type.as_ref());
        } else if opens && has(Column::HeadName) && row.head_name.is_none() {
            row.head_name.clone_from(&row.name);
        }
        *self = Self {
            row: row.row,
            outside_no: row.outside_no.clone(),
            head_name: row.head_name.clone(),
            village: row.village.clone(),
            group: row.group.clone(),
            door: row.door.clone(),
            address: row.address.clone(),
            household_type: row.household_type.clone(),
        };
    }

    fn is_same_household(&self, row: &RosterRow) -> bool {
        let agree = |own: &Option<String>, other: &Option<String>| {
            own.is_none() || other.is_none() || own == other
        };
        let shares = row.outside_no.is_some() && row.outside_no == self.outside_no
            || row.head_name.is_some() && row.head_name == self.head_name;
        self.row != 0
            && shares
            && agree(&row.outside_no, &self.outside_no)
            && agree(&row.head_name, &self.head_name)
            && agree(&row.village, &self.village)
    }
}

fn fill(fact: &mut Option<String>, before: Option<&String>) {
    if fact.is_none() {
        *fact = before.cloned();
    }
}
