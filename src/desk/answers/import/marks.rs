//! What stands beside a resident's card: record number, tags set by hand, and what is
//! remembered of the row.

use std::collections::BTreeMap;

use super::{
    Planning,
    household::Home,
    matching::row_key,
    person::{After, Member},
    said::{self, remembered},
};
use crate::{
    desk::{Stop, answers::person::issue_number},
    domain::{
        event::{Change, Event, import::RowTaken, person as event},
        id::PersonId,
        person::{ManualTag, Person, PersonState, key},
        record_number::RecordNumber,
        roster::{
            Column, DoubtKind, RosterRow,
            preview::{Difference, RecordNumberDoubt},
        },
        rows::{RosterRowKept, roster_key},
        tables::{Index, Key, Read, after_prefix},
        tags::{self, Tag, TagFacts, TagSet},
        value::{Answers, Value},
    },
    store,
};

const TAGS: &str = "tags";
const RECORD_NO: &str = "record_no";
/// Tags with facts of their own are never set by hand from a roster.
const SET_BY_HAND: [Tag; 7] = [
    Tag::Maternal,
    Tag::Tuberculosis,
    Tag::MentalDisorder,
    Tag::Monitored,
    Tag::HighRisk,
    Tag::Dependent,
    Tag::OtherChronic,
];

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    /// A new resident keeps the number the file brings, else gets the village's next.
    pub(super) fn number_for_new(
        &mut self,
        at: usize,
        person: PersonId,
        home: &Home,
    ) -> Result<(), Stop> {
        if let Some(number) = self.number_told(at)? {
            self.give_number(person, number);
            return Ok(());
        }
        match self.village_code(home.village) {
            Some(code) => issue_number(&mut self.pen, person, &code),
            None => Ok(()),
        }
    }

    /// A known resident without a number gets the file's; another number is told.
    pub(super) fn known_number(
        &mut self,
        member: &Member,
        person: &Person,
        values: &mut BTreeMap<String, String>,
    ) -> Result<bool, Stop> {
        let row = self.roster.rows.get(member.at);
        let Some(told) = row.and_then(|row| row.record_no.clone()) else {
            return Ok(false);
        };
        let last = member.kept.as_ref().and_then(|kept| kept.get(RECORD_NO));
        let same = |own: &String| *own == told;
        let is_own = person.record_no.as_ref().is_some_and(same);
        values.insert(RECORD_NO.to_owned(), told.clone());
        if last == Some(&told) || is_own || person.former_record_nos.iter().any(same) {
            return Ok(false);
        }
        if let Some(here) = person.record_no.clone() {
            self.doubt(member.at, Column::RecordNo, DoubtKind::Differs { here });
            values.remove(RECORD_NO);
            return Ok(false);
        }
        let Some(number) = self.number_told(member.at)? else {
            values.remove(RECORD_NO);
            return Ok(false);
        };
        self.note(
            member.at,
            Difference {
                column: Column::RecordNo,
                here: String::new(),
                file: number.clone(),
            },
        );
        self.give_number(person.id, number);
        Ok(true)
    }

    fn give_number(&mut self, person: PersonId, number: String) {
        self.numbers.insert(number.clone());
        let issued = event::RecordNumberIssued { person, number };
        self.pen.write(Event::RecordNumberIssued(issued));
    }

    /// Returns the row's record number if it is one and nobody's yet; else it is told.
    fn number_told(&mut self, at: usize) -> Result<Option<String>, Stop> {
        let row = self.roster.rows.get(at);
        let Some(told) = row.and_then(|row| row.record_no.clone()) else {
            return Ok(None);
        };
        let number = match told.parse::<RecordNumber>() {
            Ok(number) => number.as_str().to_owned(),
            Err(fault) => {
                let kind = DoubtKind::RecordNumber(RecordNumberDoubt::Fault(fault));
                self.doubt(at, Column::RecordNo, kind);
                return Ok(None);
            }
        };
        let from = Key::new().text(&number).bytes();
        let tables = self.pen.tables;
        let bearers: Vec<Person> =
            tables.listed(Index::RecordNumber, &from, &after_prefix(&from))?;
        let is_void = |person: &Person| matches!(person.state, PersonState::Void { .. });
        let bearer = bearers.into_iter().find(|person| !is_void(person));
        if bearer.is_some() || self.numbers.contains(&number) {
            let name = bearer.map_or_else(String::new, |person| person.name().to_owned());
            let kind = DoubtKind::RecordNumber(RecordNumberDoubt::Taken { name });
            self.doubt(at, Column::RecordNo, kind);
            return Ok(None);
        }
        Ok(Some(number))
    }

    /// Sets the tags the row names and no fact gives; one taken back here is not set again.
    pub(super) fn tags(
        &mut self,
        after: &mut After,
        member: &Member,
        home: &Answers,
        values: &mut BTreeMap<String, String>,
    ) -> bool {
        let derived = self.derived(after, home);
        let wanted = SET_BY_HAND
            .into_iter()
            .filter(|tag| member.said.tags.contains(*tag));
        let last = member.kept.as_ref().and_then(|kept| kept.get(TAGS));
        let last: Vec<&str> = last.map_or_else(Vec::new, |last| last.split(',').collect());
        let mut named = Vec::new();
        let mut is_changed = false;
        for tag in wanted {
            named.push(tag.code());
            let is_told = member
                .known
                .as_ref()
                .is_some_and(|person| is_on_card(person, tag));
            let is_set = after.manual_tags.iter().any(|kept| kept.tag == tag.code());
            if is_set || is_told || derived.contains(tag) || last.contains(&tag.code()) {
                continue;
            }
            let tag = ManualTag {
                tag: tag.code().to_owned(),
                since: self.pen.facts.today,
                evidence: member.said.words.clone(),
            };
            after.manual_tags.push(tag.clone());
            let set = event::TagSet {
                person: after.id,
                tag,
            };
            self.pen.write(Event::TagSet(set));
            is_changed = true;
        }
        if !named.is_empty() {
            values.insert(TAGS.to_owned(), named.join(","));
        }
        is_changed
    }

    fn derived(&self, after: &After, home: &Answers) -> TagSet {
        let codes = |card: &Answers, field: &str| -> Vec<String> {
            card.get(field)
                .map(|value| value.codes().to_vec())
                .unwrap_or_default()
        };
        tags::derive(&TagFacts {
            birth: after.card.get(key::BIRTH).and_then(Value::date),
            today: self.pen.facts.today,
            diseases: &codes(&after.card, key::DISEASES),
            disability: &codes(&after.card, key::DISABILITY),
            household_type: home.get("hh_type").and_then(Value::code),
            household_flags: &codes(home, "hh_flags"),
            in_programmes: &[],
            manual: TagSet::EMPTY,
        })
    }

    /// Keeps what the row said, where that is not kept already.
    pub(super) fn remember(
        &mut self,
        row: &RosterRow,
        person: PersonId,
        kept: Option<&BTreeMap<String, String>>,
        values: BTreeMap<String, String>,
        wanted: bool,
    ) -> Result<(), Stop> {
        if !wanted {
            return Ok(());
        }
        if kept != Some(&values) {
            self.taken(person.to_string(), person, values);
        }
        if row.document.is_none() {
            let key = row_key(row);
            let by_row = roster_key(&self.lineage, &key);
            let known: Option<RosterRowKept> = self.pen.tables.get(&by_row)?;
            if known.is_none_or(|known| known.person != person) {
                self.taken(key, person, BTreeMap::new());
            }
        }
        Ok(())
    }

    fn taken(&mut self, row_key: String, person: PersonId, values: BTreeMap<String, String>) {
        let lineage = self.lineage.clone();
        self.pen.write(Event::RowTaken(RowTaken {
            lineage,
            row_key,
            person,
            values,
        }));
    }

    /// Lists what changes in a known resident, or in the household at its first row.
    pub(super) fn note_changes(&mut self, at: usize, form: &str, changes: &[Change]) {
        for change in changes {
            let difference = Difference {
                column: said::column(&change.field),
                here: self.shown(form, &change.field, change.before.as_ref()),
                file: self.shown(form, &change.field, change.after.as_ref()),
            };
            self.note(at, difference);
        }
    }

    pub(super) fn note(&mut self, at: usize, difference: Difference) {
        if let Some(row) = self.preview.rows.get_mut(at) {
            row.changes.push(difference);
        }
    }

    /// Returns a value as the roster's language writes it: the words of codes.
    pub(super) fn shown(&self, form: &str, field: &str, value: Option<&Value>) -> String {
        let Some(value) = value else {
            return String::new();
        };
        let form = self.pen.facts.catalog.form(form);
        let field = form.and_then(|form| form.field(field));
        let codes = value.codes();
        if codes.is_empty() {
            return remembered(value);
        }
        let words = codes.iter().map(|code| {
            let option = field.and_then(|field| field.option(code));
            option.map_or_else(|| code.clone(), |option| option.label.zh.clone())
        });
        words.collect::<Vec<_>>().join("、")
    }
}

/// Whether the card told the illness of a tag all along.
fn is_on_card(person: &Person, tag: Tag) -> bool {
    let code = match tag {
        Tag::MentalDisorder => "8",
        Tag::Tuberculosis => "9",
        _ => return false,
    };
    person.codes(key::DISEASES).iter().any(|own| own == code)
}
