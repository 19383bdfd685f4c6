//! Households: founding, changing, splitting, merging, and their heads.

use super::{Pen, person};
use crate::{
    desk::{
        Stop,
        request::{MovePerson, NewHousehold, SplitHousehold},
    },
    domain::{
        day::Day,
        event::{Change, Event, household as event, person as person_event},
        household::{Household, MoveReason},
        id::{HouseholdId, PersonId},
        refusal::{HouseholdRefusal, PersonRefusal},
        tables::{Counter, Read},
        value::Answers,
    },
    store,
};

/// The relation of a head to the head.
const HEAD: u8 = 0;
/// The relation of a member whose relation to a new head nobody told yet.
const OTHER: u8 = 8;

/// Founds a household with its members. Returns its id.
pub fn add<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    new: &NewHousehold,
) -> Result<HouseholdId, Stop> {
    let heads = new
        .members
        .iter()
        .filter(|member| member.relation == HEAD)
        .count();
    let id = found(pen, new.village, new.outside_no.clone(), new.card.clone())?;
    if 1 < heads {
        return Err(HouseholdRefusal::SecondHead { household: id }.into());
    }
    let mut head = None;
    for (number, member) in (1..).zip(&new.members) {
        let person = person::add(pen, id, number, new.village, member)?;
        if member.relation == HEAD {
            head = Some(person);
        }
    }
    if head.is_none() && !new.members.is_empty() {
        return Err(HouseholdRefusal::Headless { household: id }.into());
    }
    head_changed(pen, id, None, head, pen.facts.today);
    Ok(id)
}

/// Founds a household without members yet. Returns its id.
pub fn found<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    village: crate::domain::id::VillageId,
    outside_no: Option<String>,
    card: Answers,
) -> Result<HouseholdId, Stop> {
    let household = HouseholdId(pen.next(&Counter::Household)?);
    let group = group_of(&card);
    let serial = pen.next(&Counter::Serial(village.0, group))?;
    pen.write(Event::HouseholdAdded(event::HouseholdAdded {
        household,
        village,
        serial: u32::try_from(serial).unwrap_or(u32::MAX),
        outside_no,
        card,
        created: pen.facts.today,
    }));
    Ok(household)
}

/// Changes a household's card to `card`.
pub fn change<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: HouseholdId,
    card: &Answers,
) -> Result<(), Stop> {
    let household = pen.household(id)?;
    let changes = Change::between(&household.card, card);
    person::refuse_faults(person::card_faults(pen, "household", card, &changes))?;
    if !changes.is_empty() {
        pen.write(Event::HouseholdChanged(event::HouseholdChanged {
            household: id,
            changes,
        }));
    }
    Ok(())
}

/// Makes another member the head. Relations of the others are kept as told and
/// marked 其他 where they spoke of the old head.
pub fn change_head<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: HouseholdId,
    head: PersonId,
    on: Day,
) -> Result<(), Stop> {
    let household = living(pen.household(id)?)?;
    not_after_today(pen, on)?;
    member(&household, head)?;
    if household.head == Some(head) {
        return Ok(());
    }
    new_head(pen, &household, head, on)
}

fn new_head<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: &Household,
    head: PersonId,
    on: Day,
) -> Result<(), Stop> {
    head_changed(pen, household.id, household.head, Some(head), on);
    relation(pen, head, household.id, HEAD, "户主");
    if let Some(old) = household.head.filter(|old| household.members.contains(old)) {
        let (code, word) = turned(&pen.person(head)?, &pen.person(old)?);
        relation(pen, old, household.id, code, word);
    }
    Ok(())
}

/// What the old head is to the new one, as far as it follows from what the new
/// one was to the old.
fn turned(
    new: &crate::domain::person::Person,
    old: &crate::domain::person::Person,
) -> (u8, &'static str) {
    use crate::domain::identity::Sex;
    match (new.relation, old.sex()) {
        (1, _) => (1, "配偶"),
        (2 | 3, Sex::Male) => (5, "父亲"),
        (2 | 3, Sex::Female) => (5, "母亲"),
        (4, Sex::Male) => (6, "祖父"),
        (4, Sex::Female) => (6, "祖母"),
        (5, Sex::Male) => (2, "子"),
        (5, Sex::Female) => (3, "女"),
        (7, _) => (7, "兄弟姐妹"),
        _ => (OTHER, "其他"),
    }
}

/// Changes a member's relation to the head; becoming head goes by `change_head`.
pub fn change_relation<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    code: u8,
    word: &str,
) -> Result<(), Stop> {
    let member = pen.person(person)?;
    let home = pen.household(member.household)?;
    if code == HEAD && home.head != Some(person) {
        return Err(HouseholdRefusal::SecondHead { household: home.id }.into());
    }
    if (member.relation, member.relation_word.as_str()) != (code, word) {
        relation(pen, person, home.id, code, word);
    }
    Ok(())
}

/// Moves a person to another household.
pub fn move_person<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    asked: &MovePerson,
) -> Result<(), Stop> {
    let moving = pen.person(asked.person)?;
    if !moving.is_here() {
        return Err(PersonRefusal::NotHere {
            person: asked.person,
        }
        .into());
    }
    not_after_today(pen, asked.on)?;
    let from = pen.household(moving.household)?;
    let to = living(pen.household(asked.to)?)?;
    if from.id == to.id {
        return Err(HouseholdRefusal::SameHousehold.into());
    }
    if asked.relation == HEAD && to.head.is_some() {
        return Err(HouseholdRefusal::SecondHead { household: to.id }.into());
    }
    leave_head(pen, &from, &[asked.person], asked.new_head, asked.on)?;
    joined(pen, &moving, &to, to.next_member_no, asked)?;
    end_if_empty(pen, &from, 1, asked.on, asked.reason);
    Ok(())
}

fn joined<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    moving: &crate::domain::person::Person,
    to: &Household,
    member_no: u32,
    asked: &MovePerson,
) -> Result<(), Stop> {
    pen.write(Event::PersonMoved(person_event::PersonMoved {
        person: moving.id,
        from: moving.household,
        to: to.id,
        on: asked.on,
        reason: asked.reason,
        member_no,
        relation: asked.relation,
        relation_word: asked.word.clone(),
    }));
    if asked.relation == HEAD {
        head_changed(pen, to.id, to.head, Some(moving.id), asked.on);
    }
    renumber(pen, moving, to)
}

/// A move between villages issues a new record number; inside one it stays.
fn renumber<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    moving: &crate::domain::person::Person,
    to: &Household,
) -> Result<(), Stop> {
    let from = pen.household(moving.household)?;
    if from.village != to.village
        && let Some(code) = pen.village(to.village)?.code
    {
        person::issue_number(pen, moving.id, &code)?;
    }
    Ok(())
}

/// Some members found a household of their own.
pub fn split<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    asked: &SplitHousehold,
) -> Result<(), Stop> {
    let from = living(pen.household(asked.from)?)?;
    not_after_today(pen, asked.on)?;
    for person in &asked.members {
        member(&from, *person)?;
    }
    if !asked.members.contains(&asked.head) {
        return Err(HouseholdRefusal::NotAMember {
            person: asked.head,
            household: from.id,
        }
        .into());
    }
    if from
        .members
        .iter()
        .all(|person| asked.members.contains(person))
    {
        return Err(HouseholdRefusal::NobodyLeft { household: from.id }.into());
    }
    leave_head(pen, &from, &asked.members, asked.old_head, asked.on)?;
    let id = found(pen, from.village, None, asked.card.clone())?;
    let mut order: Vec<PersonId> = asked.members.clone();
    order.sort_by_key(|person| *person != asked.head);
    for (number, person) in (1..).zip(order) {
        let is_head = person == asked.head;
        let (relation, word) = if is_head {
            (HEAD, "户主")
        } else {
            (OTHER, "其他")
        };
        pen.write(Event::PersonMoved(person_event::PersonMoved {
            person,
            from: from.id,
            to: id,
            on: asked.on,
            reason: MoveReason::Split,
            member_no: number,
            relation,
            relation_word: word.to_owned(),
        }));
    }
    head_changed(pen, id, None, Some(asked.head), asked.on);
    Ok(())
}

/// All members of one household join another; the first ends.
pub fn merge<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    from: HouseholdId,
    into: HouseholdId,
    on: Day,
) -> Result<(), Stop> {
    let from = living(pen.household(from)?)?;
    let into = living(pen.household(into)?)?;
    not_after_today(pen, on)?;
    if from.id == into.id {
        return Err(HouseholdRefusal::SameHousehold.into());
    }
    for (number, person) in (into.next_member_no..).zip(&from.members) {
        let moving = pen.person(*person)?;
        let relation = if moving.relation == HEAD {
            OTHER
        } else {
            moving.relation
        };
        let word = if moving.relation == HEAD {
            "其他".to_owned()
        } else {
            moving.relation_word.clone()
        };
        let asked = MovePerson {
            person: *person,
            to: into.id,
            relation,
            word,
            on,
            reason: MoveReason::Merge,
            new_head: None,
        };
        joined(pen, &moving, &into, number, &asked)?;
    }
    head_changed(pen, from.id, from.head, None, on);
    pen.write(Event::HouseholdEnded(event::HouseholdEnded {
        household: from.id,
        on,
        reason: MoveReason::Merge,
    }));
    Ok(())
}

/// Where the head is among those leaving while others stay, a new head must be
/// named first (E-HH-HEADLESS).
pub fn leave_head<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: &Household,
    leaving: &[PersonId],
    new: Option<PersonId>,
    on: Day,
) -> Result<(), Stop> {
    let Some(head) = household.head.filter(|head| leaving.contains(head)) else {
        return Ok(());
    };
    let stay: Vec<PersonId> = household
        .members
        .iter()
        .filter(|person| !leaving.contains(person))
        .copied()
        .collect();
    if stay.is_empty() {
        head_changed(pen, household.id, Some(head), None, on);
        return Ok(());
    }
    match new.filter(|new| stay.contains(new)) {
        Some(new) => new_head(pen, household, new, on),
        None => Err(HouseholdRefusal::Headless {
            household: household.id,
        }
        .into()),
    }
}

/// Ends a household whose last `leaving` members go.
pub fn end_if_empty<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: &Household,
    leaving: usize,
    on: Day,
    reason: MoveReason,
) {
    if household.members.len() <= leaving {
        pen.write(Event::HouseholdEnded(event::HouseholdEnded {
            household: household.id,
            on,
            reason,
        }));
    }
}

/// Writes down a change of head, where there is one.
pub fn head_changed<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: HouseholdId,
    before: Option<PersonId>,
    after: Option<PersonId>,
    on: Day,
) {
    if before != after {
        pen.write(Event::HeadChanged(event::HeadChanged {
            household,
            before,
            after,
            on,
        }));
    }
}

fn relation<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    household: HouseholdId,
    relation: u8,
    word: &str,
) {
    pen.write(Event::RelationChanged(person_event::RelationChanged {
        person,
        household,
        relation,
        relation_word: word.to_owned(),
    }));
}

fn member(household: &Household, person: PersonId) -> Result<(), Stop> {
    if household.members.contains(&person) {
        return Ok(());
    }
    Err(HouseholdRefusal::NotAMember {
        person,
        household: household.id,
    }
    .into())
}

/// Refuses a household that has ended.
pub fn living(household: Household) -> Result<Household, Stop> {
    if household.ended.is_some() {
        return Err(HouseholdRefusal::Ended {
            household: household.id,
        }
        .into());
    }
    Ok(household)
}

/// Refuses a day after today.
pub fn not_after_today<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    on: Day,
) -> Result<(), Stop> {
    if pen.facts.today < on {
        return Err(PersonRefusal::Future { field: "on" }.into());
    }
    Ok(())
}

fn group_of(card: &Answers) -> u32 {
    use crate::domain::{household::key, value::Value};
    let text = card
        .get(key::GROUP)
        .and_then(Value::text)
        .unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}
