//! The rows of an index, packed, with the chains that lead to them.
//!
//! It keeps and finds; it does not rank. Rows and households are known by their slots.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{
    chains::Chains,
    household::{Household, location, place_of, sign_bits},
    names::{NameId, Names},
    number::Number,
    places::Places,
    slots::Slots,
    small,
    texts::Texts,
    typed,
};
use crate::domain::{id::PersonId, search::SearchRow};

/// A row's or a household's place in its table.
pub(super) type Slot = u32;

/// How many numbers of one row are found by their ends.
const NUMBERS: u32 = 4;
/// Month and day as one key.
const DAYS: u32 = 32;

/// One resident.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub person: PersonId,
    /// Identity, own telephone, contact's telephone, record number.
    pub numbers: [Number; NUMBERS as usize],
    pub household: Slot,
    pub name: NameId,
    /// YYYYMMDD, or 0.
    pub birth: u32,
    pub order: u16,
    pub is_head: bool,
    pub standing: Standing,
}

/// Whether a row is of somebody who is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Here,
    /// Died, moved away or void.
    Gone,
    /// Nobody: the slot waits to be used again.
    Free,
}

/// All rows and what leads to them.
#[derive(Debug, Default)]
pub(super) struct People {
    pub names: Names,
    rows: Vec<Row>,
    tags: Vec<u32>,
    households: Vec<Household>,
    free_rows: Vec<Slot>,
    free_households: Vec<Slot>,
    row_of: Slots,
    household_of: Slots,
    bearers: Chains,
    members: Chains,
    headed: Chains,
    births: Chains,
    tails: Chains,
    places: Places,
    /// What the households' spans are of.
    texts: Texts,
    /// Rows whose identity number tells another birth date than the row.
    odd: BTreeSet<Slot>,
}

impl People {
    pub fn row(&self, slot: Slot) -> Option<&Row> {
        self.rows
            .get(slot as usize)
            .filter(|row| row.standing != Standing::Free)
    }

    pub fn household(&self, slot: Slot) -> Option<&Household> {
        self.households
            .get(slot as usize)
            .filter(|household| 0 < household.members)
    }

    pub fn slot_of(&self, person: PersonId) -> Option<Slot> {
        self.row_of.get(person.0)
    }

    pub fn len(&self) -> usize {
        self.rows.len() - self.free_rows.len()
    }

    /// How many slots there are for rows, those in use and those that wait.
    pub fn slots(&self) -> usize {
        self.rows.len()
    }

    pub fn all(&self) -> impl Iterator<Item = (Slot, &Row)> {
        (0..)
            .zip(&self.rows)
            .filter(|(_, row)| row.standing != Standing::Free)
    }

    pub fn having_tag(&self, mask: u32) -> impl Iterator<Item = Slot> + '_ {
        (0..)
            .zip(&self.tags)
            .filter(move |(_, tags)| **tags & mask != 0)
            .map(|(slot, _)| slot)
    }

    pub fn all_households(&self) -> impl Iterator<Item = (Slot, &Household)> {
        (0..)
            .zip(&self.households)
            .filter(|(_, household)| 0 < household.members)
    }

    /// Returns the households by group, door and number.
    pub fn by_place(&self) -> impl Iterator<Item = Slot> + '_ {
        self.places.all()
    }

    /// Returns where a household lives, as it is searched.
    pub fn place(&self, household: &Household) -> &str {
        self.texts.get(household.place)
    }

    pub fn bearers(&self, name: NameId) -> impl Iterator<Item = Slot> + '_ {
        self.bearers.of(name as usize)
    }

    pub fn members(&self, household: Slot) -> impl Iterator<Item = Slot> + '_ {
        self.members.of(household as usize)
    }

    pub fn headed_by(&self, name: NameId) -> impl Iterator<Item = Slot> + '_ {
        self.headed.of(name as usize)
    }

    /// Returns the rows born in that month and on that day of any year, and some others.
    pub fn born_on(&self, month: u32, day: u32) -> impl Iterator<Item = Slot> + '_ {
        self.births
            .of((month * DAYS + day) as usize)
            .chain(self.odd.iter().copied())
    }

    /// Returns rows and which of their numbers stands under the key of a tail.
    pub fn with_tail(&self, key: usize) -> impl Iterator<Item = (Slot, usize)> + '_ {
        self.tails
            .of(key)
            .map(|node| (node / NUMBERS, (node % NUMBERS) as usize))
    }

    /// Takes in a row, in place of the one the person had. Returns its slot.
    pub fn put(&mut self, row: &SearchRow) -> Slot {
        if let Some(slot) = self.slot_of(row.person) {
            self.unlink(slot);
            self.link(slot, row);
            return slot;
        }
        let slot = self
            .free_rows
            .pop()
            .unwrap_or_else(|| small(self.rows.len()));
        self.row_of.set(row.person.0, slot);
        self.link(slot, row);
        slot
    }

    /// Forgets a person. Returns the slot the row had.
    pub fn remove(&mut self, person: PersonId) -> Option<Slot> {
        let slot = self.slot_of(person)?;
        self.unlink(slot);
        self.row_of.remove(person.0);
        self.free_rows.push(slot);
        Some(slot)
    }

    pub fn set_tags(&mut self, slot: Slot, tags: u32) {
        if let Some(place) = self.tags.get_mut(slot as usize) {
            *place = tags;
        }
    }

    /// Prepares for about so many rows; [`People::settle`] must follow before anything is
    /// searched. Tables that grow by doubling would leave holes of their size behind.
    pub fn begin_loading(&mut self, rows: usize) {
        self.names.begin_loading();
        self.rows.reserve_exact(rows);
        self.tags.reserve_exact(rows);
        self.row_of.reserve(rows);
        self.tails.reserve(rows * NUMBERS as usize);
        for chains in [&mut self.bearers, &mut self.members, &mut self.births] {
            chains.reserve(rows);
        }
    }

    /// Gives back what loading reserved.
    pub fn settle(&mut self) {
        self.names.settle();
        self.rows.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.households.shrink_to_fit();
        self.row_of.shrink();
        self.household_of.shrink();
        self.texts.shrink();
        for chains in [
            &mut self.bearers,
            &mut self.members,
            &mut self.headed,
            &mut self.births,
            &mut self.tails,
        ] {
            chains.shrink();
        }
        let settled = self.all_households().map(|(slot, _)| slot);
        self.places = Places::of(settled, |slot| location(&self.households, slot));
    }

    /// Must come before a household's place changes.
    fn leave_place(&mut self, slot: Slot) {
        if !self.names.is_loading() {
            let households = &self.households;
            self.places.leave(slot, |slot| location(households, slot));
        }
    }

    fn enter_place(&mut self, slot: Slot) {
        if !self.names.is_loading() {
            let households = &self.households;
            self.places.enter(slot, |slot| location(households, slot));
        }
    }

    fn link(&mut self, slot: Slot, source: &SearchRow) {
        let household = self.put_household(source);
        let birth = source.birth.map_or(0, |day| {
            u32::try_from(day.year()).unwrap_or(0) * 10_000 + day.month() * 100 + day.day()
        });
        let row = Row {
            person: source.person,
            numbers: [
                Number::pack(&source.id_no),
                Number::pack(&source.phone),
                Number::pack(&source.contact_phone),
                Number::pack(&source.record_no),
            ],
            household,
            name: self.names.borrow(&source.name),
            birth,
            order: source.member_order,
            is_head: source.is_head,
            standing: if source.is_gone {
                Standing::Gone
            } else {
                Standing::Here
            },
        };
        for (node, number) in (slot * NUMBERS..).zip(&row.numbers) {
            if let Some(key) = number.tail_key() {
                self.tails.link(key, node);
            }
        }
        self.bearers.link(row.name as usize, slot);
        self.members.link(household as usize, slot);
        if 0 < birth {
            self.births.link(birth_key(birth), slot);
        }
        if born_by_number(&source.id_no).is_some_and(|day| day != birth) {
            self.odd.insert(slot);
        }
        match self.rows.get_mut(slot as usize) {
            Some(place) => *place = row,
            None => {
                self.rows.push(row);
                self.tags.push(0);
            }
        }
        self.set_tags(slot, source.tags);
    }

    fn unlink(&mut self, slot: Slot) {
        let Some(row) = self.rows.get_mut(slot as usize) else {
            return;
        };
        row.standing = Standing::Free;
        let row = *row;
        self.set_tags(slot, 0);
        for (node, number) in (slot * NUMBERS..).zip(&row.numbers) {
            if let Some(key) = number.tail_key() {
                self.tails.unlink(key, node);
            }
        }
        self.bearers.unlink(row.name as usize, slot);
        self.names.give_back(row.name);
        self.members.unlink(row.household as usize, slot);
        if 0 < row.birth {
            self.births.unlink(birth_key(row.birth), slot);
        }
        self.odd.remove(&slot);
        self.leave_household(row.household);
    }

    fn put_household(&mut self, row: &SearchRow) -> Slot {
        let head = self.names.borrow(&row.head_name);
        let known = self.household_of.get(row.household.0);
        let slot = known.unwrap_or_else(|| {
            self.free_households
                .pop()
                .unwrap_or_else(|| small(self.households.len()))
        });
        let before = self.households.get_mut(slot as usize);
        let before = before.filter(|_| known.is_some());
        let members = before.as_ref().map_or(0, |h| h.members);
        let head_before = before.as_ref().map(|h| h.head);
        let (place, signs) = match before {
            Some(before) if self.texts.get(before.place).chars().eq(place_of(row)) => {
                (before.place, before.signs)
            }
            before => {
                if let Some(before) = before {
                    self.texts.give_back(before.place);
                }
                (self.texts.add(place_of(row)), sign_bits(place_of(row)))
            }
        };
        let household = Household {
            id: row.household.0,
            number: Number::pack(&row.hh_no),
            outside: Number::pack(&row.outside_no),
            phone: Number::pack(&row.household_phone),
            head,
            group: typed::number_in(&row.group).unwrap_or(u16::MAX),
            door: typed::number_in(&row.door).unwrap_or(u16::MAX),
            members: members.saturating_add(1),
            place,
            signs,
        };
        let has_moved = known.is_none() || location(&self.households, slot) != household.location();
        if known.is_some() && has_moved {
            self.leave_place(slot);
        }
        match self.households.get_mut(slot as usize) {
            Some(place) => *place = household,
            None => self.households.push(household),
        }
        if has_moved {
            self.enter_place(slot);
        }
        match head_before {
            Some(before) => {
                self.headed.unlink(before as usize, slot);
                self.names.give_back(before);
            }
            None => self.household_of.set(row.household.0, slot),
        }
        self.headed.link(head as usize, slot);
        let spans = self.households.iter_mut().map(|one| &mut one.place);
        self.texts.tidy(spans);
        slot
    }

    fn leave_household(&mut self, slot: Slot) {
        let Some(household) = self.households.get_mut(slot as usize) else {
            return;
        };
        household.members = household.members.saturating_sub(1);
        if household.members == 0 {
            let (id, head) = (household.id, household.head);
            self.texts.give_back(std::mem::take(&mut household.place));
            self.leave_place(slot);
            self.headed.unlink(head as usize, slot);
            self.names.give_back(head);
            self.household_of.remove(id);
            self.free_households.push(slot);
        }
    }
}

fn birth_key(birth: u32) -> usize {
    (birth / 100 % 100 * DAYS + birth % 100) as usize
}

/// Returns the birth date an identity number tells, YYYYMMDD.
fn born_by_number(id_no: &str) -> Option<u32> {
    match id_no.len() {
        18 => id_no.get(6..14)?.parse().ok(),
        15 => id_no
            .get(6..12)?
            .parse()
            .ok()
            .map(|day: u32| day + 19_000_000),
        _ => None,
    }
}
