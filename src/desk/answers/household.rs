//! Households: founding them and changing their cards. Who lives in them is in `membership`.

use super::{Pen, kept, membership, person};
use crate::{
    desk::{Stop, request::NewHousehold},
    domain::{
        day::Day,
        event::{Change, Event, household as event},
        household::{self, Household, key},
        id::HouseholdId,
        kin,
        refusal::{HouseholdRefusal, PersonRefusal},
        tables::{Counter, Read},
        value::{Answers, Value},
    },
    store,
};

/// Founds a household with its members. Returns its id.
pub fn add<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    new: &NewHousehold,
) -> Result<HouseholdId, Stop> {
    let heads = new
        .members
        .iter()
        .filter(|member| member.relation == kin::HEAD)
        .count();
    let changes = Change::between(&Answers::new(), &new.card);
    person::refuse_faults(person::card_faults(
        pen,
        household::CARD,
        &new.card,
        &changes,
    ))?;
    let id = found(pen, new.village, new.outside_no.clone(), new.card.clone())?;
    if 1 < heads {
        return Err(HouseholdRefusal::SecondHead { household: id }.into());
    }
    let mut head = None;
    for (number, member) in (1..).zip(&new.members) {
        let person = person::add(pen, id, number, new.village, member)?;
        if member.relation == kin::HEAD {
            head = Some(person);
        }
    }
    if head.is_none() {
        return Err(HouseholdRefusal::Headless { household: id }.into());
    }
    membership::head_changed(pen, id, None, head, pen.facts.today);
    Ok(id)
}

/// Writes a new household down, without members yet.
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

/// Changes a household's card to `card`. A risk that is cleared goes into the
/// history and the type returns to what it was before (§6).
pub fn change<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: HouseholdId,
    card: &Answers,
) -> Result<(), Stop> {
    let household = pen.household(id)?;
    let mut card = card.clone();
    for field in KEPT_ELSEWHERE {
        match household.card.get(*field) {
            Some(value) => card.insert((*field).to_owned(), value.clone()),
            None => card.remove(*field),
        };
    }
    remember_type(&household, &mut card);
    let changes = Change::between(&household.card, &card);
    person::refuse_faults(person::card_faults(pen, household::CARD, &card, &changes))?;
    clear_risk(&household, &mut card);
    let changes = Change::between(&household.card, &card);
    if changes.is_empty() {
        return Ok(());
    }
    pen.write(Event::HouseholdChanged(event::HouseholdChanged {
        household: id,
        changes,
    }));
    kept::household_changed(pen, &household, &card)
}

/// What the card's form shows and other requests change.
const KEPT_ELSEWHERE: &[&str] = &[key::HH_NO, key::COUNTY, key::TOWN, key::VILLAGE];

/// 脱贫户.
const LIFTED: &str = "2";
/// 脱贫不稳定户.
const UNSTABLE: &str = "3";

fn is_monitored(card: &Answers) -> bool {
    let code = card.get(key::HH_TYPE).and_then(Value::code);
    code.is_some_and(|code| ["3", "4", "5"].contains(&code))
}

/// Keeps what a household was before it came under watch.
fn remember_type(household: &Household, card: &mut Answers) {
    if !is_monitored(card) {
        card.remove(key::TYPE_BEFORE);
        return;
    }
    if is_monitored(&household.card) || card.contains_key(key::TYPE_BEFORE) {
        return;
    }
    let before = household.card.get(key::HH_TYPE).and_then(Value::code);
    if let Some(before) = before {
        let before = Value::Code(before.to_owned());
        card.insert(key::TYPE_BEFORE.to_owned(), before);
    }
}

fn clear_risk(household: &Household, card: &mut Answers) {
    let text = |card: &Answers, field: &str| {
        let value = card.get(field);
        value.and_then(Value::text).unwrap_or_default().to_owned()
    };
    // A type taken back by hand keeps its history too.
    let from = match is_monitored(card) {
        true if card.contains_key(key::RISK_CLEARED) => card.clone(),
        false if is_monitored(&household.card) => household.card.clone(),
        _ => return,
    };
    let Some(kind) = from.get(key::HH_TYPE).cloned() else {
        return;
    };
    let mut row = Answers::new();
    row.insert("type".to_owned(), kind.clone());
    let days = [(key::RISK_FOUND, "found"), (key::RISK_CLEARED, "cleared")];
    for (field, column) in days {
        if let Some(value) = from.get(field) {
            row.insert(column.to_owned(), value.clone());
        }
    }
    let codes = from.get(key::RISKS).map(Value::codes).unwrap_or_default();
    let risks = [codes.join(" "), text(&from, key::RISKS_OTHER)].join(" ");
    if !risks.trim().is_empty() {
        row.insert("risks".to_owned(), Value::Text(risks.trim().to_owned()));
    }
    let mut rows = match card.get(key::RISK_HISTORY) {
        Some(Value::Rows(rows)) => rows.clone(),
        _ => Vec::new(),
    };
    rows.push(row);
    card.insert(key::RISK_HISTORY.to_owned(), Value::Rows(rows));
    if is_monitored(card) {
        let was_lifted = kind.code() == Some(UNSTABLE)
            || from.get(key::TYPE_BEFORE).and_then(Value::code) == Some(LIFTED);
        let after = if was_lifted { LIFTED } else { "1" };
        let after = Value::Code(after.to_owned());
        card.insert(key::HH_TYPE.to_owned(), after);
    }
    let passing = [
        key::TYPE_BEFORE,
        key::RISK_FOUND,
        key::RISKS,
        key::RISKS_OTHER,
        key::RISK_CLEARED,
    ];
    for field in passing {
        card.remove(field);
    }
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
    let text = card
        .get(key::GROUP)
        .and_then(Value::text)
        .unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}
