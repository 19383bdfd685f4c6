//! Where a known resident lives and as what: the relation follows the file, heads and moves are
//! only told.

use std::collections::BTreeMap;

use super::{
    Planning,
    compare::{self, Step},
    household::{HOME_NAME, Home},
    matching::home_name,
    person::{Member, RELATION},
};
use crate::{
    desk::{Stop, answers},
    domain::{
        event::{Event, person as event},
        household::Household,
        id::HouseholdId,
        person::Person,
        roster::{Column, DoubtKind, preview::Difference},
        rows::id_key,
        tables::Read,
    },
    store,
};

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    /// The relation to the head follows the file; who is head does not.
    pub(super) fn relation(
        &mut self,
        member: &Member,
        person: &Person,
        home: &Home,
        values: &mut BTreeMap<String, String>,
    ) -> Result<(), Stop> {
        let Some(told) = &member.said.relation else {
            return Ok(());
        };
        let last = member
            .kept
            .as_ref()
            .and_then(|kept| kept.get(RELATION))
            .map(String::as_str);
        let is_head = home.head == Some(person.id);
        let says_head = told.relation.code() == "0";
        let mut remember = Some(told.word.clone());
        let step = compare::text(&told.word, last, Some(person.relation_word.as_str()));
        match step {
            _ if is_head && says_head => {}
            Step::Agreed | Step::Unchanged => {}
            Step::Take if !is_head && !says_head => {
                let relation = told.relation.code().parse().unwrap_or(8);
                self.pen
                    .write(Event::RelationChanged(event::RelationChanged {
                        person: person.id,
                        household: home.id,
                        relation,
                        relation_word: told.word.clone(),
                    }));
                self.note(
                    member.at,
                    Difference {
                        column: Column::Relation,
                        here: person.relation_word.clone(),
                        file: told.word.clone(),
                    },
                );
            }
            Step::Take | Step::Differs if is_head || says_head => {
                self.other_head(member.at, home)?;
                remember = last.map(str::to_owned);
            }
            Step::Take | Step::Differs => {
                let here = person.relation_word.clone();
                self.doubt(member.at, Column::Relation, DoubtKind::Differs { here });
                remember = last.map(str::to_owned);
            }
        }
        values.extend(remember.map(|word| (RELATION.to_owned(), word)));
        Ok(())
    }

    pub(super) fn other_head(&mut self, at: usize, home: &Home) -> Result<(), Stop> {
        let head: Option<Person> = match home.head {
            Some(head) => self.pen.tables.get(&id_key(head.0))?,
            None => None,
        };
        let here = head.map_or_else(String::new, |head| head.name().to_owned());
        self.doubt(at, Column::Relation, DoubtKind::OtherHead { here });
        Ok(())
    }

    /// A move is told, unless the file has put the person there all along.
    pub(super) fn lives_elsewhere(
        &mut self,
        member: &Member,
        person: &Person,
        home: Option<&Home>,
        values: &mut BTreeMap<String, String>,
    ) -> Result<(), Stop> {
        let before = member.kept.iter().flatten();
        values.extend(
            before
                .filter(|(field, _)| field.starts_with(HOME_NAME) || *field == RELATION)
                .map(|(field, text)| (field.clone(), text.clone())),
        );
        let row = self.roster.rows.get(member.at);
        let name = home
            .and_then(|home| home.memory.get(HOME_NAME).cloned())
            .or_else(|| {
                row.map(|row| {
                    home_name(
                        row.outside_no.as_ref(),
                        row.head_name.as_ref(),
                        row.village.as_ref(),
                    )
                })
            });
        let last = member.kept.as_ref().and_then(|kept| kept.get(HOME_NAME));
        if last.is_none() || last != name.as_ref() {
            let here = self.place(person.household)?;
            self.doubt(member.at, Column::OutsideNo, DoubtKind::Moved { here });
        }
        Ok(())
    }

    /// Returns a household as people call it: `3-012 张德福`.
    pub(super) fn place(&self, id: HouseholdId) -> Result<String, Stop> {
        let household: Household = answers::row(self.pen.tables, id)?;
        let head: Option<Person> = match household.head {
            Some(head) => self.pen.tables.get(&id_key(head.0))?,
            None => None,
        };
        let head = head.map_or_else(String::new, |head| head.name().to_owned());
        Ok(format!("{} {head}", household.place()))
    }
}
