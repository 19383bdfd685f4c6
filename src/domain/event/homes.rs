//! How households and the people in them alter the derived rows.

use super::{
    Entry,
    apply::{Done, required, row},
    household, person,
};
use crate::domain::{
    household::{Household, MoveReason, Stay},
    id::{HouseholdId, PersonId},
    person::Person,
    rows::{self, CourseRow},
    tables::{Counter, Read, Write},
};

pub(super) fn household_added<T: Write>(tables: &mut T, e: &household::HouseholdAdded) -> Done<T> {
    let household = Household {
        id: e.household,
        village: e.village,
        serial: e.serial,
        outside_no: e.outside_no.clone(),
        head: None,
        members: Vec::new(),
        next_member_no: 1,
        card: e.card.clone(),
        created: e.created,
        ended: None,
    };
    tables.put(&household)?;
    tables.raise(&Counter::Household, e.household.0)?;
    let serial = Counter::Serial(e.village.0, household.group());
    tables.raise(&serial, u64::from(e.serial))?;
    Ok(())
}

pub(super) fn person_added<T: Write>(
    tables: &mut T,
    entry: &Entry,
    e: &person::PersonAdded,
) -> Done<T> {
    let person = Person {
        id: e.person,
        household: e.household,
        member_no: e.member_no,
        relation: e.relation,
        relation_word: e.relation_word.clone(),
        record_no: None,
        former_record_nos: Vec::new(),
        state: crate::domain::person::PersonState::Here,
        card: e.card.clone(),
        manual_tags: Vec::new(),
        agreement_told: None,
        created: e.created,
        created_by: entry.user,
    };
    put_person(tables, &person)?;
    tables.raise(&Counter::Person, e.person.0)?;
    join(tables, e.person, e.household, e.member_no)?;
    tables.put(&Stay {
        person: e.person,
        no: 1,
        household: e.household,
        from: e.from,
        joined_by: e.joined_by,
        until: None,
        left_by: None,
    })?;
    Ok(())
}

pub(super) fn record_number_issued<T: Write>(
    tables: &mut T,
    e: &person::RecordNumberIssued,
) -> Done<T> {
    let mut person = row(tables, &e.person)?;
    person
        .former_record_nos
        .extend(person.record_no.replace(e.number.clone()));
    put_person(tables, &person)?;
    let (code, serial) = e.number.split_at_checked(12).unwrap_or((&e.number, ""));
    let serial = serial.parse().unwrap_or(0);
    tables.raise(&Counter::Record(code.to_owned()), serial)?;
    Ok(())
}

pub(super) fn person_moved<T: Write>(tables: &mut T, e: &person::PersonMoved) -> Done<T> {
    leave(tables, e.person, e.from)?;
    end_stay(tables, e.person, e.on, e.reason)?;
    join(tables, e.person, e.to, e.member_no)?;
    let no = next_stay(tables, e.person)?;
    tables.put(&Stay {
        person: e.person,
        no,
        household: e.to,
        from: Some(e.on),
        joined_by: Some(e.reason),
        until: None,
        left_by: None,
    })?;
    let mut person = row(tables, &e.person)?;
    person.household = e.to;
    person.member_no = e.member_no;
    person.relation = e.relation;
    person.relation_word.clone_from(&e.relation_word);
    put_person(tables, &person)?;
    Ok(())
}

pub(super) fn put_person<T: Write>(tables: &mut T, person: &Person) -> Done<T> {
    tables.put(person)?;
    let kept: Option<CourseRow> = tables.get(&rows::id_key(person.id.0))?;
    let (course, pledges) = kept.map_or_else(Default::default, |row| (row.course, row.pledges));
    tables.put(&CourseRow::of(person, course, pledges))
}

pub(super) fn join<T: Write>(
    tables: &mut T,
    person: PersonId,
    household: HouseholdId,
    member_no: u32,
) -> Done<T> {
    let mut household = row(tables, &household)?;
    household.members.push(person);
    household.next_member_no = household.next_member_no.max(member_no + 1);
    tables.put(&household)?;
    Ok(())
}

pub(super) fn leave<T: Write>(tables: &mut T, person: PersonId, household: HouseholdId) -> Done<T> {
    let mut household = row(tables, &household)?;
    household.members.retain(|member| *member != person);
    tables.put(&household)?;
    Ok(())
}

pub(super) fn end_stay<T: Write>(
    tables: &mut T,
    person: PersonId,
    on: crate::domain::day::Day,
    reason: MoveReason,
) -> Done<T> {
    let no = next_stay(tables, person)?.saturating_sub(1);
    let mut stay: Stay = required(tables, &rows::stay_key(person, no), "stay")?;
    // Who comes back has left long ago: that day stands.
    if stay.until.is_none() {
        stay.until = Some(on);
        stay.left_by = Some(reason);
        tables.put(&stay)?;
    }
    Ok(())
}

pub(super) fn next_stay<T: Read>(tables: &T, person: PersonId) -> Result<u32, T::Fault> {
    let mut no = 1;
    while tables.get::<Stay>(&rows::stay_key(person, no))?.is_some() {
        no += 1;
    }
    Ok(no)
}
