//! Residents: adding, correcting, their tags and numbers. Dying, moving away and
//! coming back are in `leaving`.

use super::{Pen, household, kept, membership, proposing};
use crate::{
    desk::{Stop, request::NewPerson},
    domain::{
        event::{Change, Event, person as person_event},
        form::{self, FormContext, Severity},
        household::{Household, MoveReason},
        id::{HouseholdId, PersonId, VillageId},
        identity::{self, DocumentKind},
        person::{self, ManualTag, Person, PersonState, key},
        refusal::{FieldFault, PersonRefusal, RecordRefusal, Refusal},
        rows::id_key,
        tables::{Counter, Index, Key, Read, after_prefix},
        tags::Tag,
        text::Text,
        value::{Answers, Value},
    },
    store,
};

type Done = Result<(), Stop>;

/// What the card's form shows and other requests change.
const KEPT_ELSEWHERE: &[&str] = &[
    key::RECORD_NO,
    key::STATUS,
    key::LOST_REASON,
    key::MOVED_TO,
    key::DEATH_DATE,
    key::DEATH_CAUSE,
];

/// Adds a resident to a household. Returns the new id.
pub fn add<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: HouseholdId,
    member_no: u32,
    village: VillageId,
    new: &NewPerson,
) -> Result<PersonId, Stop> {
    household::not_after_today(pen, new.from)?;
    let card = tidied(pen, new.card.clone());
    let changes = Change::between(&Answers::new(), &card);
    check_card(pen, None, &card, &changes)?;
    let birth = card.get(key::BIRTH).and_then(Value::date);
    let person = PersonId(pen.next(&Counter::Person)?);
    pen.write(Event::PersonAdded(person_event::PersonAdded {
        person,
        household,
        member_no,
        relation: new.relation,
        relation_word: new.relation_word.clone(),
        joined_by: Some(new.joined_by),
        from: Some(birth.map_or(new.from, |birth| new.from.max(birth))),
        card,
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
    let home: Option<Household> = pen.tables.get(&id_key(id.0))?;
    let home = household::living(home.ok_or(PersonRefusal::NoHousehold)?)?;
    let is_head = membership::head_fits(&home, new.relation)?;
    let person = add(pen, id, home.next_member_no, home.village, new)?;
    if is_head {
        membership::head_changed(pen, id, None, Some(person), new.from);
    }
    if new.joined_by == MoveReason::Birth {
        proposing::born(pen, person, &new.card)?;
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
    let mut card = tidied(pen, card.clone());
    for field in KEPT_ELSEWHERE {
        match person.card.get(*field) {
            Some(value) => card.insert((*field).to_owned(), value.clone()),
            None => card.remove(*field),
        };
    }
    let card = &card;
    let changes = Change::between(&person.card, card);
    if changes.is_empty() {
        return Ok(());
    }
    check_card(pen, Some(&person), card, &changes)?;
    pen.write(Event::PersonChanged(person_event::PersonChanged {
        person: id,
        changes,
    }));
    let after = Person {
        card: card.clone(),
        ..person.clone()
    };
    kept::card_changed(pen, &person, &after)
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

/// Sets a key-population tag by hand.
pub fn set_tag<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    tag: &str,
    evidence: &str,
) -> Done {
    let person = pen.person(id)?;
    if Tag::from_code(tag).is_none() {
        return Err(RecordRefusal::Unknown {
            what: tag.to_owned(),
        }
        .into());
    }
    let evidence = evidence.trim();
    if evidence.is_empty() {
        return Err(RecordRefusal::Bad {
            field: "evidence",
            why: Text {
                zh: "请写依据，如证件号或入户评估",
                en: "say what it rests on: a certificate, a visit",
            },
        }
        .into());
    }
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
    let mut after = person.clone();
    let kept = after.manual_tags.iter().position(|kept| kept.tag == tag);
    let Some(tag) = kept.map(|at| after.manual_tags.remove(at)) else {
        return Ok(());
    };
    let why = why.to_owned();
    pen.write(Event::TagCleared(person_event::TagCleared {
        person: id,
        tag,
        why,
    }));
    kept::card_changed(pen, &person, &after)
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
    if text(key::NAME).trim().is_empty() && !card.contains_key(key::NAME_PENDING) {
        return Err(PersonRefusal::NoName.into());
    }
    let changed = |field: &str| changes.iter().any(|change| change.field == field);
    if changed(key::MOTHER) && !text(key::MOTHER).is_empty() {
        mother_is_known(pen, person, text(key::MOTHER))?;
    }
    let faults = card_faults(pen, person::CARD, card, changes);
    refuse_faults(faults)?;
    if changed(key::ID_NO) {
        same_number(pen, person.map(|person| person.id), text(key::ID_NO))?;
    }
    Ok(())
}

/// Writes an identity number as it is compared, and fills in what it tells of
/// birth and sex where nothing stands yet.
fn tidied<T>(pen: &Pen<'_, T>, mut card: Answers) -> Answers {
    let Some(typed) = card.get(key::ID_NO).and_then(Value::text) else {
        return card;
    };
    let number = identity::normalise(typed);
    let code = |field: &str| card.get(field).and_then(Value::code);
    let kind = DocumentKind::from_codes(code(key::ID_TYPE).unwrap_or("01"), code(key::ID_SUB));
    let read = kind.and_then(|kind| identity::check(kind, &number, pen.facts.today).ok());
    if let Some(birth) = read.as_ref().and_then(|read| read.birth) {
        let birth = Value::Date(birth);
        card.entry(key::BIRTH.to_owned()).or_insert(birth);
    }
    if let Some(sex) = read.and_then(|read| read.sex) {
        let sex = Value::Code(sex.code().to_owned());
        card.entry(key::SEX.to_owned()).or_insert(sex);
    }
    card.insert(key::ID_NO.to_owned(), Value::Text(number));
    card
}

/// The mother is a resident, and not the child.
fn mother_is_known<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    child: Option<&Person>,
    text: &str,
) -> Done {
    let unknown = || RecordRefusal::Unknown {
        what: text.to_owned(),
    };
    let id: PersonId = text.trim().parse().map_err(|_| unknown())?;
    if child.is_some_and(|child| child.id == id) {
        return Err(unknown().into());
    }
    pen.person(id).map(|_| ())
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
    let changed = |field: &str| changes.iter().any(|change| change.field == field);
    // A rule's problem stands at one of its fields; any of them may be the one changed.
    let concerned = |field: &str| {
        let mut rules = form.rules.iter();
        let in_rule = |rule: &form::rules::RuleUse| {
            rule.of.iter().any(|of| of == field) && rule.of.iter().any(|of| changed(of))
        };
        changed(field) || rules.any(in_rule)
    };
    form::check(form, card, &context)
        .into_iter()
        .filter(|problem| problem.severity() == Severity::Hard)
        .filter(|problem| concerned(&problem.field))
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
