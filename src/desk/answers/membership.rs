//! Who lives in which household and who is its head: changes of head and of
//! relation, moves, splits, merges.

use super::{Pen, agreement::leaving as uncovered, household, kept, person};
use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Stop,
        request::{MovePerson, SplitHousehold},
    },
    domain::{
        day::Day,
        event::{Change, Event, household as event, person as person_event},
        household::{CARD, Household, MoveReason, Stay},
        id::{HouseholdId, PersonId},
        kin::{self, HEAD},
        person::Person,
        refusal::{HouseholdRefusal, PersonRefusal},
        rows::stay_key,
        tables::Read,
        value::Answers,
    },
    store,
};

/// Makes another member the head. What the others are to the new head is
/// written down where it follows for sure, and is 其他 where not.
pub fn change_head<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: HouseholdId,
    head: PersonId,
    on: Day,
) -> Result<(), Stop> {
    let household = household::living(pen.household(id)?)?;
    household::not_after_today(pen, on)?;
    member(&household, head)?;
    let Some(before) = household.head.filter(|before| *before != head) else {
        return match household.head {
            Some(_) => Ok(()),
            None => new_head(pen, &household, head, &[], on),
        };
    };
    new_head(pen, &household, head, &[], on)?;
    kept::hand_on(pen, before, Some(head), on)
}

fn new_head<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    household: &Household,
    head: PersonId,
    leaving: &[PersonId],
    on: Day,
) -> Result<(), Stop> {
    head_changed(pen, household.id, household.head, Some(head), on);
    let new = pen.person(head)?;
    let staying = household.members.iter();
    for id in staying.filter(|member| !leaving.contains(member)) {
        let member = pen.person(*id)?;
        let (code, word) = kin::to_new_head(&new, &member);
        if (member.relation, &member.relation_word) != (code, &word) {
            relation(pen, *id, household.id, code, &word);
        }
    }
    Ok(())
}

/// Returns whether a newcomer of this relation is the household's head.
///
/// # Errors
/// E-HH-HEAD where there is one already; E-HH-HEADLESS where there is none and
/// the newcomer is not to be it.
pub fn head_fits(home: &Household, relation: u8) -> Result<bool, Stop> {
    let household = home.id;
    match (relation == HEAD, home.head.is_some()) {
        (true, true) => Err(HouseholdRefusal::SecondHead { household }.into()),
        (false, false) => Err(HouseholdRefusal::Headless { household }.into()),
        (is_head, _) => Ok(is_head),
    }
}

/// Refuses a day before the person's last stay began or ended; where nobody told since when
/// they live here, a day before their birth.
pub fn not_before_stay<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: PersonId,
    on: Day,
) -> Result<(), Stop> {
    let mut last: Option<Stay> = None;
    for no in 1.. {
        match pen.tables.get(&stay_key(person, no))? {
            Some(stay) => last = Some(stay),
            None => break,
        }
    }
    let told = last.and_then(|stay: Stay| stay.until.or(stay.from));
    let birth = || Ok::<_, Stop>(pen.person(person)?.birth());
    let since = match told {
        Some(day) => day,
        None => birth()?.unwrap_or(Day::MIN),
    };
    if on < since {
        return Err(PersonRefusal::BeforeStay { person, since }.into());
    }
    Ok(())
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
    let household = home.id;
    match (code == HEAD, home.head == Some(person)) {
        (true, false) => return Err(HouseholdRefusal::SecondHead { household }.into()),
        (false, true) => return Err(HouseholdRefusal::Headless { household }.into()),
        _ => {}
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
    household::not_after_today(pen, asked.on)?;
    not_before_stay(pen, asked.person, asked.on)?;
    let from = pen.household(moving.household)?;
    let to = household::living(pen.household(asked.to)?)?;
    if from.id == to.id {
        return Err(HouseholdRefusal::SameHousehold.into());
    }
    head_fits(&to, asked.relation)?;
    leave_head(pen, &from, &[asked.person], asked.new_head, asked.on)?;
    joined(pen, &moving, &to, to.next_member_no, asked)?;
    end_if_empty(pen, &from, 1, asked.on, asked.reason);
    kept::settle_in(pen, moving.id, &to, asked.on)
}

fn joined<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    moving: &Person,
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
    uncovered::moves(pen, moving.id, (moving.household, to.id), asked.on)?;
    renumber(pen, moving, to)
}

/// A move between villages issues a new record number; inside one it stays.
pub fn renumber<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    moving: &Person,
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
    let from = household::living(pen.household(asked.from)?)?;
    household::not_after_today(pen, asked.on)?;
    for person in &asked.members {
        member(&from, *person)?;
        not_before_stay(pen, *person, asked.on)?;
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
    let changes = Change::between(&Answers::new(), &asked.card);
    person::refuse_faults(person::card_faults(pen, CARD, &asked.card, &changes))?;
    leave_head(pen, &from, &asked.members, asked.old_head, asked.on)?;
    let id = household::found(pen, from.village, None, asked.card.clone())?;
    let head = pen.person(asked.head)?;
    let mut order: Vec<PersonId> = asked.members.clone();
    order.sort_unstable();
    order.dedup();
    order.arrange_by_key(|person| *person != asked.head);
    for (number, person) in (1..).zip(order) {
        let (relation, relation_word) = kin::to_new_head(&head, &pen.person(person)?);
        pen.write(Event::PersonMoved(person_event::PersonMoved {
            person,
            from: from.id,
            to: id,
            on: asked.on,
            reason: MoveReason::Split,
            member_no: number,
            relation,
            relation_word,
        }));
        uncovered::moves(pen, person, (from.id, id), asked.on)?;
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
    let from = household::living(pen.household(from)?)?;
    let into = household::living(pen.household(into)?)?;
    household::not_after_today(pen, on)?;
    if from.id == into.id {
        return Err(HouseholdRefusal::SameHousehold.into());
    }
    uncovered::not_signed(pen, from.id)?;
    for (number, person) in (into.next_member_no..).zip(&from.members) {
        let moving = pen.person(*person)?;
        not_before_stay(pen, *person, on)?;
        let (relation, word) = kin::untold();
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
        kept::settle_in(pen, moving.id, &into, on)?;
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
        return leave_behind(pen, leaving, household.head, on);
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
        Some(new) => {
            new_head(pen, household, new, leaving, on)?;
            leave_behind(pen, leaving, Some(new), on)
        }
        None => Err(HouseholdRefusal::Headless {
            household: household.id,
        }
        .into()),
    }
}

/// What is kept for the household stays with its head, whoever of `leaving` had it.
fn leave_behind<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    leaving: &[PersonId],
    head: Option<PersonId>,
    on: Day,
) -> Result<(), Stop> {
    for person in leaving {
        kept::hand_on(pen, *person, head, on)?;
    }
    Ok(())
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
