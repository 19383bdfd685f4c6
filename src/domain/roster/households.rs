//! Which rows of a roster form a household.
//!
//! By household number within a village, or, lacking that, by head and address, or by the
//! order of rows under a head. It knows only this file; households already kept are the desk's.

use std::collections::HashMap;

use super::{Column, Fate, RosterFault, RosterRow};
use crate::domain::order::Arrange as _;

/// A household as the file's rows form it. Facts are those of the first member that has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterHousehold {
    pub outside_no: Option<String>,
    pub head_name: Option<String>,
    pub village: Option<String>,
    pub group: Option<String>,
    pub door: Option<String>,
    pub address: Option<String>,
    pub household_type: Option<String>,
    /// Places of the members in the list of rows, in file order; only taken rows.
    pub members: Vec<usize>,
    /// Place of the head in the list of rows.
    pub head: Option<usize>,
}

/// A problem of a household, at the row that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdProblem {
    /// Place in the list of rows.
    pub at: usize,
    pub column: Column,
    pub fault: RosterFault,
}

/// Forms households of the taken rows and lists what is doubtful about them, by row.
pub fn households(rows: &[RosterRow]) -> (Vec<RosterHousehold>, Vec<HouseholdProblem>) {
    let mut forming = Forming {
        rows,
        households: Vec::new(),
        by_number: HashMap::new(),
        by_head: HashMap::new(),
        last: None,
        problems: Vec::new(),
    };
    for (at, row) in rows.iter().enumerate() {
        if row.fate == Fate::Taken {
            forming.place(at, row);
        }
    }
    forming.check_heads();
    forming.problems.arrange_by_key(|problem| problem.at);
    (forming.households, forming.problems)
}

type Village = Option<String>;

struct Forming<'a> {
    rows: &'a [RosterRow],
    households: Vec<RosterHousehold>,
    by_number: HashMap<(Village, String), Vec<usize>>,
    by_head: HashMap<(Village, String), Vec<usize>>,
    /// The household of the row before, and how that row found it.
    last: Option<(usize, Way)>,
    problems: Vec<HouseholdProblem>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Number,
    Head,
    Order,
    Alone,
}

impl Forming<'_> {
    fn place(&mut self, at: usize, row: &RosterRow) {
        let (found, way) = if let Some(number) = &row.outside_no {
            (self.of_number(at, row, number), Way::Number)
        } else if let Some(head) = &row.head_name {
            (self.of_head(row, head), Way::Head)
        } else {
            self.of_order(at, row)
        };
        let place = found.unwrap_or_else(|| self.open());
        match (way, &row.outside_no, &row.head_name) {
            (Way::Number, Some(number), _) => {
                remember(&mut self.by_number, &row.village, number, place);
            }
            (Way::Head, _, Some(head)) => remember(&mut self.by_head, &row.village, head, place),
            _ => {}
        }
        if let Some(household) = self.households.get_mut(place) {
            household.join(at, row);
        }
        self.last = Some((place, way));
    }

    fn open(&mut self) -> usize {
        self.households.push(RosterHousehold::default());
        self.households.len() - 1
    }

    /// The same number with another head is another household, and worth a word.
    fn of_number(&mut self, at: usize, row: &RosterRow, number: &str) -> Option<usize> {
        let key = (row.village.clone(), number.to_owned());
        let candidates = self.by_number.get(&key)?;
        let same = candidates.iter().copied().find(|place| {
            self.households.get(*place).is_some_and(|household| {
                agree(household.head_name.as_ref(), row.head_name.as_ref())
            })
        });
        if same.is_none() {
            let of = candidates.first().and_then(|place| self.first_row(*place));
            self.problems.push(HouseholdProblem {
                at,
                column: Column::OutsideNo,
                fault: RosterFault::OutsideNoTwice {
                    of: of.unwrap_or(0),
                },
            });
        }
        same
    }

    /// Without a number the head's name joins rows that follow each other or share an address;
    /// a second head of that name begins a household.
    fn of_head(&self, row: &RosterRow, head: &str) -> Option<usize> {
        let key = (row.village.clone(), head.to_owned());
        let candidates = self.by_head.get(&key)?;
        candidates.iter().copied().rev().find(|place| {
            let Some(household) = self.households.get(*place) else {
                return false;
            };
            let follows = self.last == Some((*place, Way::Head));
            let same_address = row.address.is_some() && row.address == household.address;
            let a_second_head =
                row.is_head() && household.head.is_some() && row.name == household.head_name;
            !a_second_head
                && agree(household.group.as_ref(), row.group.as_ref())
                && (same_address
                    || follows && agree(household.address.as_ref(), row.address.as_ref()))
        })
    }

    /// Without number and head's name a head opens a household and relations follow it; else
    /// only the same numbered address joins neighbours.
    fn of_order(&mut self, at: usize, row: &RosterRow) -> (Option<usize>, Way) {
        if row.is_head() {
            return (None, Way::Order);
        }
        if let Some((place, way)) = self.last
            && let Some(household) = self.households.get(place)
            && agree(household.village.as_ref(), row.village.as_ref())
        {
            if row.relation.is_some() && way != Way::Alone {
                return (Some(place), Way::Order);
            }
            if row.address.is_some() && row.address == household.address && is_numbered(row) {
                return (Some(place), way);
            }
        }
        self.problems.push(HouseholdProblem {
            at,
            column: Column::HeadName,
            fault: RosterFault::NoHousehold,
        });
        (None, Way::Alone)
    }

    fn first_row(&self, place: usize) -> Option<u32> {
        let at = self.households.get(place)?.members.first()?;
        self.rows.get(*at).map(|row| row.row)
    }

    fn check_heads(&mut self) {
        let alone: Vec<usize> = self
            .problems
            .iter()
            .filter(|problem| problem.fault == RosterFault::NoHousehold)
            .map(|problem| problem.at)
            .collect();
        for household in &self.households {
            let mut heads = household
                .members
                .iter()
                .filter(|at| self.rows.get(**at).is_some_and(RosterRow::is_head));
            let first = heads.next().and_then(|at| self.rows.get(*at));
            let Some(first) = first else {
                if let Some(at) = household.members.first()
                    && !alone.contains(at)
                {
                    self.problems.push(HouseholdProblem {
                        at: *at,
                        column: Column::Relation,
                        fault: RosterFault::NoHead,
                    });
                }
                continue;
            };
            for at in heads {
                self.problems.push(HouseholdProblem {
                    at: *at,
                    column: Column::Relation,
                    fault: RosterFault::SecondHead { first: first.row },
                });
            }
        }
    }
}

impl RosterHousehold {
    fn join(&mut self, at: usize, row: &RosterRow) {
        take(&mut self.outside_no, row.outside_no.as_ref());
        take(&mut self.head_name, row.head_name.as_ref());
        take(&mut self.village, row.village.as_ref());
        take(&mut self.group, row.group.as_ref());
        take(&mut self.door, row.door.as_ref());
        take(&mut self.address, row.address.as_ref());
        take(&mut self.household_type, row.household_type.as_ref());
        if self.head.is_none() && row.is_head() {
            self.head = Some(at);
            take(&mut self.head_name, row.name.as_ref());
        }
        self.members.push(at);
    }
}

fn remember(
    places: &mut HashMap<(Village, String), Vec<usize>>,
    village: &Village,
    word: &str,
    place: usize,
) {
    let known = places
        .entry((village.clone(), word.to_owned()))
        .or_default();
    if !known.contains(&place) {
        known.push(place);
    }
}

fn take(fact: &mut Option<String>, given: Option<&String>) {
    if fact.is_none() {
        *fact = given.cloned();
    }
}

fn agree(one: Option<&String>, other: Option<&String>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// An address down to the door, not just a hamlet.
fn is_numbered(row: &RosterRow) -> bool {
    let ends_in_number = |address: &String| {
        address
            .trim_end_matches(['号', '室', '户', '栋'])
            .ends_with(|c: char| c.is_ascii_digit())
    };
    row.door.is_some() || row.address.as_ref().is_some_and(ends_in_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{relation::Kinship, roster::Given};

    struct Row(RosterRow);

    fn row(number: u32, name: &str, relation: &str) -> Row {
        Row(RosterRow {
            row: number,
            fate: Fate::Taken,
            given: Given::default(),
            name: Some(name.to_owned()),
            sex: None,
            birth: None,
            document: None,
            phones: Vec::new(),
            relation: (!relation.is_empty()).then(|| Kinship::of_word(relation)),
            outside_no: None,
            head_name: None,
            village: Some("大桥村".to_owned()),
            group: None,
            door: None,
            address: None,
            ethnic: None,
            tags: Vec::new(),
            agreement: super::super::GivenAgreement::default(),
            remark: None,
            record_no: None,
            employer: None,
            contact_name: None,
            contact_phone: None,
            registered_address: None,
            household_type: None,
        })
    }

    impl Row {
        fn number(mut self, number: &str) -> Self {
            self.0.outside_no = Some(number.to_owned());
            self
        }

        fn head(mut self, name: &str) -> Self {
            self.0.head_name = Some(name.to_owned());
            self
        }

        fn village(mut self, name: &str) -> Self {
            self.0.village = Some(name.to_owned());
            self
        }

        fn address(mut self, address: &str) -> Self {
            self.0.address = Some(address.to_owned());
            self
        }
    }

    fn formed(rows: Vec<Row>) -> (Vec<Vec<u32>>, Vec<(u32, &'static str)>) {
        let rows: Vec<RosterRow> = rows.into_iter().map(|row| row.0).collect();
        let (households, problems) = households(&rows);
        let members = households
            .iter()
            .map(|h| h.members.iter().map(|at| rows[*at].row).collect())
            .collect();
        let problems = problems
            .iter()
            .map(|p| (rows[p.at].row, p.fault.code()))
            .collect();
        (members, problems)
    }

    #[test]
    fn a_number_joins_rows_wherever_they_stand() {
        let (members, problems) = formed(vec![
            row(2, "甲", "户主").number("1"),
            row(3, "乙", "户主").number("2"),
            row(4, "丙", "长子").number("1"),
        ]);
        assert_eq!(members, [vec![2, 4], vec![3]]);
        assert_eq!(problems, []);
    }

    #[test]
    fn the_same_number_in_another_village_is_another_household() {
        let (members, problems) = formed(vec![
            row(2, "甲", "户主").number("1"),
            row(3, "乙", "户主").number("1").village("大坪村"),
        ]);
        assert_eq!(members.len(), 2);
        assert_eq!(problems, []);
    }

    #[test]
    fn the_same_number_under_another_head_is_another_household_and_told() {
        let (members, problems) = formed(vec![
            row(2, "甲", "户主").number("1").head("甲"),
            row(3, "乙", "户主").number("1").head("乙"),
            row(4, "丙", "长子").number("1").head("甲"),
        ]);
        assert_eq!(members, [vec![2, 4], vec![3]]);
        assert_eq!(problems, [(3, "W-HH-NUMBER")]);
    }

    #[test]
    fn two_heads_and_no_head_are_told() {
        let (_, problems) = formed(vec![
            row(2, "甲", "户主").number("1"),
            row(3, "乙", "户主").number("1"),
            row(4, "丙", "长子").number("2"),
        ]);
        assert_eq!(problems, [(3, "E-HH-HEAD"), (4, "E-HH-HEADLESS")]);
    }

    #[test]
    fn without_numbers_head_and_address_join() {
        let (members, problems) = formed(vec![
            row(2, "甲", "户主").head("甲").address("1组1号"),
            row(3, "丙", "长子").head("甲").address("1组1号"),
            row(4, "甲", "户主").head("甲").address("1组9号"),
            row(5, "丁", "长女").head("甲").address("1组1号"),
        ]);
        assert_eq!(members, [vec![2, 3, 5], vec![4]]);
        assert_eq!(problems, []);
    }

    #[test]
    fn without_any_household_column_the_order_joins() {
        let (members, problems) = formed(vec![
            row(2, "甲", "户主"),
            row(3, "丙", "长子"),
            row(4, "乙", "户主"),
            row(5, "丁", "配偶"),
        ]);
        assert_eq!(members, [vec![2, 3], vec![4, 5]]);
        assert_eq!(problems, []);
    }

    #[test]
    fn a_list_of_names_alone_is_told() {
        let (members, problems) = formed(vec![row(2, "甲", ""), row(3, "乙", "")]);
        assert_eq!(members, [vec![2], vec![3]]);
        assert_eq!(problems, [(2, "E-PER-NOHH"), (3, "E-PER-NOHH")]);
    }
}
