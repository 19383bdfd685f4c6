//! Residents: adding, correcting, moving away, dying, coming back.

use super::{Pen, household};
use crate::{
    desk::{Stop, request::NewPerson},
    domain::{
        course::happening::{EndReason, Happening},
        day::Day,
        event::{self, Change, Event, person as person_event},
        form::{self, FormContext, Severity},
        household::MoveReason,
        id::{HouseholdId, PersonId, VillageId},
        identity,
        person::{ManualTag, Person, PersonState, key},
        refusal::{FieldFault, PersonRefusal, Refusal},
        tables::{Counter, Index, Key, Read, after_prefix},
        value::{Answers, Value},
    },
    store,
};

type Done = Result<(), Stop>;

/// Adds a resident to a household. Returns the new id.
pub fn add<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: HouseholdId,
    member_no: u32,
    village: VillageId,
    new: &NewPerson,
) -> Result<PersonId, Stop> {
    household::not_after_today(pen, new.from)?;
    let changes = Change::between(&Answers::new(), &new.card);
    check_card(pen, None, &new.card, &changes)?;
    let person = PersonId(pen.next(&Counter::Person)?);
    pen.write(Event::PersonAdded(person_event::PersonAdded {
        person,
        household,
        member_no,
        relation: new.relation,
        relation_word: new.relation_word.clone(),
        joined_by: new.joined_by,
        from: new.from,
        card: new.card.clone(),
        created: pen.facts.today,
    }));
    let code = pen
        .tables
        .get::<crate::domain::clinic::Village>(&crate::domain::rows::id_key(village.0))?;
    if let Some(code) = code.and_then(|village| village.code) {
        issue_number(pen, person, &code)?;
    }
    if let Some(told) = &new.told {
        pen.write(Event::AgreementTold(person_event::AgreementWasTold {
            person,
            told: told.clone(),
        }));
    }
    Ok(person)
}

/// Adds a resident to a living household.
pub fn join<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: HouseholdId,
    new: &NewPerson,
) -> Result<PersonId, Stop> {
    let home = household::living(pen.household(id)?)?;
    let is_head = new.relation == 0;
    if is_head && home.head.is_some() {
        return Err(crate::domain::refusal::HouseholdRefusal::SecondHead { household: id }.into());
    }
    let person = add(pen, id, home.next_member_no, home.village, new)?;
    if is_head {
        household::head_changed(pen, id, None, Some(person), new.from);
    }
    Ok(person)
}

/// Changes a resident's card to `card`.
pub fn change<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    card: &Answers,
) -> Done {
    let person = pen.person(id)?;
    let changes = Change::between(&person.card, card);
    if changes.is_empty() {
        return Ok(());
    }
    check_card(pen, Some(&person), card, &changes)?;
    pen.write(Event::PersonChanged(person_event::PersonChanged {
        person: id,
        changes,
    }));
    Ok(())
}

/// Issues the next record number of a village code.
pub fn issue_number<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    code: &str,
) -> Done {
    let serial = pen.next(&Counter::Record(code.to_owned()))?;
    let number = format!("{code}{serial:05}");
    pen.write(Event::RecordNumberIssued(
        person_event::RecordNumberIssued { person, number },
    ));
    Ok(())
}

/// Records a death: the person leaves the household, follow-up ends.
pub fn die<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    on: Day,
    cause: &str,
    new_head: Option<PersonId>,
) -> Done {
    let person = pen.person(id)?;
    let last_visit = event::contacts(pen.tables, id)?
        .into_iter()
        .rfind(|contact| contact.withdrawn.is_none())
        .map(|contact| contact.day);
    let earliest = last_visit.max(person.birth()).unwrap_or(Day::MIN);
    if on < earliest || pen.facts.today < on {
        return Err(PersonRefusal::DeathDate {
            earliest,
            latest: pen.facts.today,
        }
        .into());
    }
    let state = PersonState::Died {
        on,
        cause: cause.to_owned(),
    };
    go(
        pen,
        &person,
        &Going {
            on,
            reason: MoveReason::Death,
            end: EndReason::Died,
            new_head,
        },
        state,
    )
}

/// Records that a person moved away from the clinic's area, with hand-over.
pub fn move_out<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    on: Day,
    to: &str,
    new_head: Option<PersonId>,
) -> Done {
    let person = pen.person(id)?;
    household::not_after_today(pen, on)?;
    let state = PersonState::MovedOut {
        on,
        to: to.to_owned(),
    };
    let going = Going {
        on,
        reason: MoveReason::MovedOut,
        end: EndReason::MovedAway,
        new_head,
    };
    go(pen, &person, &going, state)
}

/// Marks a person as recorded twice; nothing is deleted.
pub fn void<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    why: &str,
    same_as: Option<PersonId>,
) -> Done {
    let person = pen.person(id)?;
    if let Some(other) = same_as {
        pen.person(other)?;
    }
    let on = pen.facts.today;
    let home = pen.household(person.household)?;
    let next = home.members.iter().find(|member| **member != id).copied();
    let state = PersonState::Void {
        why: why.to_owned(),
        same_as,
    };
    let going = Going {
        on,
        reason: MoveReason::Correction,
        end: EndReason::RecordedTwice,
        new_head: next.filter(|_| home.head == Some(id)),
    };
    go(pen, &person, &going, state)
}

struct Going {
    on: Day,
    reason: MoveReason,
    end: EndReason,
    new_head: Option<PersonId>,
}

fn go<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: &Person,
    going: &Going,
    after: PersonState,
) -> Done {
    if !person.is_here() {
        return Err(PersonRefusal::NotHere { person: person.id }.into());
    }
    let home = pen.household(person.household)?;
    household::leave_head(pen, &home, &[person.id], going.new_head, going.on)?;
    pen.write(Event::PersonStateChanged(
        person_event::PersonStateChanged {
            person: person.id,
            before: person.state.clone(),
            after,
        },
    ));
    pen.write(Event::PersonLeft(person_event::PersonLeft {
        person: person.id,
        household: home.id,
        on: going.on,
        reason: going.reason,
    }));
    household::end_if_empty(pen, &home, 1, going.on, going.reason);
    super::contact::live_on(
        pen,
        person,
        going.on,
        Happening::Left {
            programme: None,
            why: going.end,
        },
    )
}

/// A person who had gone is back, or was taken for gone by mistake.
pub fn come_back<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    to: HouseholdId,
    on: Day,
    relation: (u8, &str),
) -> Done {
    let person = pen.person(id)?;
    if person.is_here() {
        return Err(PersonRefusal::IsHere { person: id }.into());
    }
    household::not_after_today(pen, on)?;
    let home = household::living(pen.household(to)?)?;
    pen.write(Event::PersonStateChanged(
        person_event::PersonStateChanged {
            person: id,
            before: person.state.clone(),
            after: PersonState::Here,
        },
    ));
    pen.write(Event::PersonMoved(person_event::PersonMoved {
        person: id,
        from: person.household,
        to,
        on,
        reason: MoveReason::MovedIn,
        member_no: home.next_member_no,
        relation: relation.0,
        relation_word: relation.1.to_owned(),
    }));
    super::contact::live_on(pen, &person, on, Happening::Returned)
}

/// Sets a key-population tag by hand.
pub fn set_tag<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    tag: &str,
    evidence: &str,
) -> Done {
    let person = pen.person(id)?;
    if person.manual_tags.iter().any(|kept| kept.tag == tag) {
        return Ok(());
    }
    let tag = ManualTag {
        tag: tag.to_owned(),
        since: pen.facts.today,
        evidence: evidence.to_owned(),
    };
    pen.write(Event::TagSet(person_event::TagSet { person: id, tag }));
    Ok(())
}

/// Takes a tag set by hand back.
pub fn clear_tag<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    tag: &str,
    why: &str,
) -> Done {
    let person = pen.person(id)?;
    if let Some(tag) = person.manual_tags.into_iter().find(|kept| kept.tag == tag) {
        let why = why.to_owned();
        pen.write(Event::TagCleared(person_event::TagCleared {
            person: id,
            tag,
            why,
        }));
    }
    Ok(())
}

/// Checks a card: the form's rules on what changed, the identity number, and
/// that nobody else bears it.
fn check_card<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: Option<&Person>,
    card: &Answers,
    changes: &[Change],
) -> Done {
    let text = |field: &str| card.get(field).and_then(Value::text).unwrap_or_default();
    if text(key::NAME).trim().is_empty() && !card.contains_key("name_pending") {
        return Err(PersonRefusal::NoName.into());
    }
    let changed = |field: &str| changes.iter().any(|change| change.field == field);
    let faults = card_faults(pen, "F08", card, changes);
    refuse_faults(faults)?;
    if changed(key::ID_NO) {
        same_number(pen, person.map(|person| person.id), text(key::ID_NO))?;
    }
    Ok(())
}

/// E-PER-DUP: another resident, void ones excepted, bears the number.
fn same_number<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: Option<PersonId>,
    number: &str,
) -> Done {
    let number = identity::normalise(number);
    if number.is_empty() {
        return Ok(());
    }
    for other in bearers(pen.tables, &number)? {
        let void = matches!(other.state, PersonState::Void { .. });
        if !void && Some(other.id) != person {
            let name = other.name().to_owned();
            return Err(PersonRefusal::SameNumber {
                other: other.id,
                name,
            }
            .into());
        }
    }
    Ok(())
}

/// Returns the residents who bear an identity number.
pub fn bearers<T: Read<Fault = store::Error>>(
    tables: &T,
    number: &str,
) -> Result<Vec<Person>, store::Error> {
    let from = Key::new().text(number).bytes();
    tables.listed(Index::IdentityNumber, &from, &after_prefix(&from))
}

/// Returns the hard problems of the changed fields of a card on its form.
pub fn card_faults<T>(
    pen: &Pen<'_, T>,
    form_id: &str,
    card: &Answers,
    changes: &[Change],
) -> Vec<FieldFault> {
    let Some(form) = pen.facts.catalog.form(form_id) else {
        return Vec::new();
    };
    let context = FormContext::on(pen.facts.today, pen.facts.today);
    form::check(form, card, &context)
        .into_iter()
        .filter(|problem| problem.severity() == Severity::Hard)
        .filter(|problem| changes.iter().any(|change| change.field == problem.field))
        .map(field_fault)
        .collect()
}

/// Returns a form's problem as a fault of its field.
pub fn field_fault(problem: form::Problem) -> FieldFault {
    FieldFault {
        field: problem.field,
        row: problem.row,
        fault: problem.fault,
    }
}

/// Refuses when there are faults.
pub fn refuse_faults(faults: Vec<FieldFault>) -> Done {
    if faults.is_empty() {
        return Ok(());
    }
    Err(Stop::Refused(Refusal::Person(PersonRefusal::Card(faults))))
}
