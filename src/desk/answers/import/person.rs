//! One member: a new resident, or a known one whose card is compared field by field.

use std::collections::BTreeMap;

use super::{
    Planning,
    compare::{self, Step},
    household::Home,
    matching::named,
    said::{self, Said, agreement_text, remembered},
};
use crate::{
    desk::{
        Stop,
        answers::{
            membership,
            person::{bearers, card_faults},
        },
    },
    domain::{
        day::age_years,
        event::{Change, Event, person as event},
        household::MoveReason,
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
            joined_by: MoveReason::MovedIn,
            from: self.pen.facts.today,
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
        is_changed |= self.known_agreement(&member, person, &mut values);
        is_changed |= self.known_number(&member, person, &mut values)?;
        let mut after = After {
            id: person.id,
            card,
            manual_tags: person.manual_tags.clone(),
        };
        let home_card = own_home.map_or_else(Answers::new, |home| home.card.clone());
        is_changed |= self.tags(&mut after, &member, &home_card, &mut values);
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

    /// Compares the card field by field and returns it as it becomes.
    fn card(
        &mut self,
        member: &Member,
        person: &Person,
        home: Option<&Home>,
        values: &mut BTreeMap<String, String>,
    ) -> Result<Answers, Stop> {
        let mut card = person.card.clone();
        let last = |field: &str| member.kept.as_ref()?.get(field).map(String::as_str);
        let implied = self.implied(person, &member.said, home)?;
        for (field, says) in &member.said.card {
            let here = implied.get(field).or(person.card.get(field));
            let mut remember = Some(remembered(says));
            match compare::field(says, last(field), here) {
                Step::Agreed | Step::Unchanged => {}
                Step::Take => {
                    card.insert(field.clone(), says.clone());
                }
                Step::Differs => {
                    let here = self.shown("F08", field, here);
                    self.doubt(member.at, said::column(field), DoubtKind::Differs { here });
                    remember = last(field).map(str::to_owned);
                }
            }
            values.extend(remember.map(|text| (field.clone(), text)));
        }
        self.no_longer_said(member, person, values);
        self.confirmed_since(member.at, &mut card, member.kept.as_ref(), values);
        let told: Vec<String> = self.without_person_faults(member.at, &person.card, &mut card);
        if card.get(key::ID_NO) != person.card.get(key::ID_NO) {
            self.number_of_another(member.at, person, &mut card)?;
        }
        for field in told {
            match last(&field) {
                Some(text) => values.insert(field.clone(), text.to_owned()),
                None => values.remove(&field),
            };
        }
        Ok(card)
    }

    /// What a card need not say because something else does: the household's address, an
    /// illness somebody is followed up for.
    fn implied(&self, person: &Person, said: &Said, home: Option<&Home>) -> Result<Answers, Stop> {
        let mut implied = Answers::new();
        let address = home.and_then(|home| home.card.get(key::ADDRESS));
        if let Some(address) = address.filter(|_| person.text(key::ADDRESS).is_empty()) {
            implied.insert(key::ADDRESS.to_owned(), address.clone());
        }
        let own = person.codes(key::DISEASES);
        let says_more = said
            .card
            .get(key::DISEASES)
            .is_some_and(|says| says.codes().iter().any(|code| !own.contains(code)));
        if says_more {
            let mut codes = own.to_vec();
            codes.extend(self.followed_up_for(person)?.into_iter().map(str::to_owned));
            if codes.len() != own.len() {
                implied.insert(key::DISEASES.to_owned(), Value::Codes(codes));
            }
        }
        Ok(implied)
    }

    /// A cell that was emptied takes nothing away; it is told.
    fn no_longer_said(
        &mut self,
        member: &Member,
        person: &Person,
        values: &mut BTreeMap<String, String>,
    ) {
        let Some(kept) = &member.kept else { return };
        for (field, last) in kept {
            let here = person.card.get(field);
            let is_field = here.is_some() && !values.contains_key(field);
            if is_field
                && self.has_column(said::column(field))
                && here.map(remembered).as_ref() == Some(last)
            {
                let here = self.shown("F08", field, here);
                self.doubt(
                    member.at,
                    said::column(field),
                    DoubtKind::NoLongerSaid { here },
                );
                values.insert(field.clone(), last.clone());
            }
        }
    }

    /// Takes faulty fields back, tells them, and returns them.
    fn without_person_faults(
        &mut self,
        at: usize,
        before: &Answers,
        card: &mut Answers,
    ) -> Vec<String> {
        let changes = Change::between(before, card);
        if changes.is_empty() {
            return Vec::new();
        }
        let mut told = Vec::new();
        for fault in card_faults(&self.pen, "F08", card, &changes) {
            self.doubt(
                at,
                said::column(&fault.field),
                DoubtKind::Refused(fault.fault),
            );
            match before.get(&fault.field) {
                Some(value) => card.insert(fault.field.clone(), value.clone()),
                None => card.remove(&fault.field),
            };
            told.push(fault.field);
        }
        told
    }

    fn number_of_another(
        &mut self,
        at: usize,
        person: &Person,
        card: &mut Answers,
    ) -> Result<(), Stop> {
        let number = card
            .get(key::ID_NO)
            .and_then(Value::text)
            .unwrap_or_default();
        let others = bearers(self.pen.tables, number)?;
        let is_other = |other: &&Person| {
            other.id != person.id && !matches!(other.state, PersonState::Void { .. })
        };
        if let Some(other) = others.iter().find(is_other) {
            let name = other.name().to_owned();
            self.doubt(at, Column::IdNo, DoubtKind::SameNumber { name });
            match person.card.get(key::ID_NO) {
                Some(value) => card.insert(key::ID_NO.to_owned(), value.clone()),
                None => card.remove(key::ID_NO),
            };
        }
        Ok(())
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
