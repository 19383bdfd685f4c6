//! One member: a new resident, or a known one. Comparing the card is the work of `card`.

use std::collections::BTreeMap;

use super::{
    Planning,
    agreements::Signer,
    compare::{self, Step},
    household::Home,
    matching::named,
    said::{Said, agreement_text, remembered},
};
use crate::{
    desk::{
        Stop,
        answers::{kept, membership},
    },
    domain::{
        day::age_years,
        event::{Change, Event, person as event},
        id::PersonId,
        identity::Sex,
        person::{ManualTag, Person, PersonState, key},
        roster::{Column, DoubtKind, Outcome, RosterRow, preview::Difference},
        tables::Read,
        value::{Answers, Value},
    },
    store,
};

/// Under this stands the word for the relation to the head.
pub(super) const RELATION: &str = "relation";
const AGREEMENT: &str = "agreement";
/// From this age a member can stand in for a head nobody named.
const ADULT: u32 = 16;

/// A row of a household with who it is.
pub(super) struct Member {
    /// Place in the list of rows.
    pub at: usize,
    pub said: Said,
    pub known: Option<Person>,
    /// What the same line of files said of the person before.
    pub kept: Option<BTreeMap<String, String>>,
}

impl Member {
    /// Returns whether the row's birth date makes an adult, as far as it is told.
    pub(super) fn is_adult(&self, rows: &[RosterRow]) -> bool {
        let birth = rows.get(self.at).and_then(|row| row.birth);
        let now = rows.iter().filter_map(|row| row.birth).max();
        birth
            .zip(now)
            .is_some_and(|(birth, now)| ADULT <= age_years(birth, now))
    }
}

/// A person as the import leaves them.
pub(super) struct After {
    pub id: PersonId,
    pub card: Answers,
    pub manual_tags: Vec<ManualTag>,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    pub(super) fn member(
        &mut self,
        member: Member,
        home: Option<&mut Home>,
        becomes_head: bool,
    ) -> Result<(), Stop> {
        match (&member.known, home) {
            (Some(_), home) => self.known_member(member, home.map(|home| &*home)),
            (None, Some(home)) => self.new_member(&member, home, becomes_head),
            (None, None) => Ok(()),
        }
    }

    fn new_member(
        &mut self,
        member: &Member,
        home: &mut Home,
        becomes_head: bool,
    ) -> Result<(), Stop> {
        let roster = self.roster;
        let Some(row) = roster.rows.get(member.at) else {
            return Ok(());
        };
        self.outcome(member.at, Outcome::New);
        self.similar(member.at, row)?;
        let mut card = member.said.card.clone();
        let mut values = home.memory.clone();
        self.confirmed_since(member.at, &mut card, None, &mut values);
        self.without_person_faults(member.at, &Answers::new(), &mut card);
        let id = PersonId(self.pen.next(&crate::domain::tables::Counter::Person)?);
        let (relation, relation_word) = relation_of(row, &member.said, becomes_head);
        self.pen.write(Event::PersonAdded(event::PersonAdded {
            person: id,
            household: home.id,
            member_no: home.next_no,
            relation,
            relation_word: relation_word.clone(),
            joined_by: None,
            from: None,
            card: card.clone(),
            created: self.pen.facts.today,
        }));
        home.next_no += 1;
        self.number_for_new(member.at, id, home)?;
        for (field, value) in &card {
            values.insert(field.clone(), remembered(value));
        }
        if let Some(told) = &member.said.agreement {
            values.insert(AGREEMENT.to_owned(), agreement_text(told));
            self.agreement(id, told);
            let name = card
                .get(key::NAME)
                .and_then(Value::text)
                .unwrap_or_default();
            self.told.push(Signer {
                person: id,
                name: name.to_owned(),
                told: told.clone(),
            });
        }
        values.insert(RELATION.to_owned(), relation_word);
        let mut after = After {
            id,
            card,
            manual_tags: Vec::new(),
        };
        self.tags(&mut after, member, &home.card, &mut values);
        self.remember(row, id, None, values, true)?;
        if becomes_head {
            let today = self.pen.facts.today;
            membership::head_changed(&mut self.pen, home.id, home.head, Some(id), today);
            home.head = Some(id);
        } else if row.is_head() && !home.is_new {
            self.other_head(member.at, home)?;
        }
        self.follow_new(member.at, id, &after.card, member.said.tags)
    }

    fn known_member(&mut self, member: Member, home: Option<&Home>) -> Result<(), Stop> {
        let roster = self.roster;
        let (Some(row), Some(person)) = (roster.rows.get(member.at), &member.known) else {
            return Ok(());
        };
        let mut values = BTreeMap::new();
        let own_home = home.filter(|home| home.id == person.household);
        match own_home {
            Some(home) => {
                values.extend(home.memory.clone());
                self.relation(&member, person, home, &mut values)?;
            }
            None => self.lives_elsewhere(&member, person, home, &mut values)?,
        }
        let card = self.card(&member, person, own_home, &mut values)?;
        let changes = Change::between(&person.card, &card);
        let mut is_changed = !changes.is_empty();
        if is_changed {
            self.note_changes(member.at, "F08", &changes);
            self.pen.write(Event::PersonChanged(event::PersonChanged {
                person: person.id,
                changes,
            }));
        }
        let is_told = self.known_agreement(&member, person, &mut values);
        is_changed |= is_told;
        if let Some(told) = member
            .said
            .agreement
            .as_ref()
            .filter(|_| is_told && own_home.is_some())
        {
            self.told.push(Signer {
                person: person.id,
                name: person.name().to_owned(),
                told: told.clone(),
            });
        }
        is_changed |= self.known_number(&member, person, &mut values)?;
        let mut after = After {
            id: person.id,
            card,
            manual_tags: person.manual_tags.clone(),
        };
        let home_card = own_home.map_or_else(Answers::new, |home| home.card.clone());
        is_changed |= self.tags(&mut after, &member, &home_card, &mut values);
        let told = Person {
            card: after.card.clone(),
            manual_tags: after.manual_tags.clone(),
            ..person.clone()
        };
        kept::card_changed(&mut self.pen, person, &told)?;
        let relation_changed = self
            .preview
            .rows
            .get(member.at)
            .is_some_and(|row| !row.changes.is_empty());
        if is_changed || relation_changed {
            self.outcome(member.at, Outcome::Changed);
        }
        let always = !roster.is_own_export() || member.kept.is_some() || is_changed;
        self.remember(row, person.id, member.kept.as_ref(), values, always)?;
        self.follow_known(member.at, person, &after.card, member.said.tags)
    }

    fn similar(&mut self, at: usize, row: &RosterRow) -> Result<(), Stop> {
        let (Some(name), Some(birth)) = (&row.name, row.birth) else {
            return Ok(());
        };
        for other in named(self.pen.tables, name)? {
            let is_void = matches!(other.state, PersonState::Void { .. });
            let both_numbered = row.document.is_some() && !other.text(key::ID_NO).is_empty();
            let same_sex = row
                .sex
                .is_none_or(|sex| other.sex() == Sex::Unknown || other.sex() == sex);
            if !is_void && !both_numbered && same_sex && other.birth() == Some(birth) {
                let place = self.place(other.household)?;
                let person = other.id;
                self.doubt(at, Column::Name, DoubtKind::Similar { person, place });
            }
        }
        Ok(())
    }

    fn agreement(&mut self, person: PersonId, told: &crate::domain::person::AgreementTold) {
        self.pen
            .write(Event::AgreementTold(event::AgreementWasTold {
                person,
                told: told.clone(),
            }));
    }

    fn known_agreement(
        &mut self,
        member: &Member,
        person: &Person,
        values: &mut BTreeMap<String, String>,
    ) -> bool {
        let Some(told) = &member.said.agreement else {
            return false;
        };
        let last = member
            .kept
            .as_ref()
            .and_then(|kept| kept.get(AGREEMENT))
            .map(String::as_str);
        let says = agreement_text(told);
        let here = person.agreement_told.as_ref().map(agreement_text);
        let step = compare::text(&says, last, here.as_deref());
        let here = here.unwrap_or_default();
        let mut remember = Some(says.clone());
        match step {
            Step::Agreed | Step::Unchanged => {}
            Step::Take => {
                self.agreement(person.id, told);
                self.note(
                    member.at,
                    Difference {
                        column: Column::AgreementState,
                        here,
                        file: says,
                    },
                );
            }
            Step::Differs => {
                self.doubt(
                    member.at,
                    Column::AgreementState,
                    DoubtKind::Differs { here },
                );
                remember = last.map(str::to_owned);
            }
        }
        values.extend(remember.map(|text| (AGREEMENT.to_owned(), text)));
        step == Step::Take
    }
}

/// Returns code and word of a new member's relation to the head. A second head keeps the word
/// alone: a household has one.
fn relation_of(row: &RosterRow, said: &Said, becomes_head: bool) -> (u8, String) {
    match &said.relation {
        Some(told) => {
            let code = told.relation.code().parse().unwrap_or(8);
            let code = if code == 0 && !becomes_head { 8 } else { code };
            (code, told.word.clone())
        }
        None if becomes_head && row.is_head() => (0, "户主".to_owned()),
        None => (8, String::new()),
    }
}
