//! Leaving and coming back: death, moving away, recorded twice, moving back.

use super::{
    Pen,
    agreement::{self, leaving::From},
    household, membership,
};
use crate::{
    desk::Stop,
    domain::{
        agreement::signed::LeaveReason,
        contact::Contact,
        course::happening::{EndReason, Happening},
        day::Day,
        event::{
            self, Event, contact as contact_event, household as household_event,
            person as person_event,
        },
        household::{Household, MoveReason},
        id::{HouseholdId, PersonId},
        kin,
        person::{Person, PersonState},
        refusal::{ContactRefusal, PersonRefusal, RecordRefusal},
        tables::Read,
        visit,
    },
    store,
};

type Done = Result<(), Stop>;

/// Records a death: the person leaves the household, follow-up ends.
pub fn die<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: PersonId,
    on: Day,
    cause: &str,
    new_head: Option<PersonId>,
) -> Done {
    let person = here(pen, id)?;
    let last_visit = event::contacts(pen.tables, id)?
        .into_iter()
        .rfind(|contact| contact.withdrawn.is_none() && is_service(contact))
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
    let person = here(pen, id)?;
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
    new_head: Option<PersonId>,
) -> Done {
    let person = here(pen, id)?;
    if why.trim().is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    if let Some(other) = same_as {
        let other = pen.person(other)?;
        if other.id == id {
            let what = other.id.to_string();
            return Err(RecordRefusal::Unknown { what }.into());
        }
    }
    let state = PersonState::Void {
        why: why.trim().to_owned(),
        same_as,
    };
    let going = Going {
        on: pen.facts.today,
        reason: MoveReason::Correction,
        end: EndReason::RecordedTwice,
        new_head,
    };
    go(pen, &person, &going, state)
}

/// Whether a contact is a service the person took part in; nobody is visited after death.
/// One that told of the death was none either.
fn is_service(contact: &Contact) -> bool {
    let is_met = matches!(
        contact.happening,
        Happening::Visited(_) | Happening::ReferralChecked { .. }
    );
    is_met && visit::death_told(&contact.forms, contact.day).is_none()
}

fn here<T: Read<Fault = store::Error>>(pen: &Pen<'_, T>, id: PersonId) -> Result<Person, Stop> {
    let person = pen.person(id)?;
    if person.is_here() {
        return Ok(person);
    }
    Err(PersonRefusal::NotHere { person: id }.into())
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
    let home = pen.household(person.household)?;
    let leaves = why_uncovered(&after);
    if going.reason != MoveReason::Correction {
        membership::not_before_stay(pen, person.id, going.on)?;
    }
    membership::leave_head(pen, &home, &[person.id], going.new_head, going.on)?;
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
    membership::end_if_empty(pen, &home, 1, going.on, going.reason);
    not_enrolled_after(pen, person.id, going)?;
    let ended = Happening::Left {
        programme: None,
        why: going.end,
    };
    super::contact::live_on(pen, person, going.on, ended)?;
    agreement::leaving::goes(pen, person.id, From::All, going.on, &leaves)
}

/// Returns why somebody of this state is covered no longer.
fn why_uncovered(after: &PersonState) -> LeaveReason {
    match after {
        PersonState::MovedOut { to, .. } => LeaveReason::MovedOut { to: to.clone() },
        PersonState::Void { .. } => LeaveReason::RecordedTwice,
        PersonState::Died { .. } | PersonState::Here | PersonState::Lost { .. } => {
            LeaveReason::Died
        }
    }
}

/// Who was gone was enrolled by mistake: a roster may still name them.
fn not_enrolled_after<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    going: &Going,
) -> Done {
    let is_mistaken = |contact: &Contact| {
        let enrols = matches!(
            contact.happening,
            Happening::Enrolled(_) | Happening::BroughtIn { .. }
        );
        enrols && contact.withdrawn.is_none() && going.on < contact.day
    };
    let contacts = event::contacts(pen.tables, person)?;
    for contact in contacts.into_iter().filter(is_mistaken) {
        pen.write(Event::ContactWithdrawn(contact_event::ContactWithdrawn {
            contact: contact.id,
            person,
            reason: format!("{} {}", going.on, going.reason.name().zh),
            programmes: contact_event::programmes(&contact.decision),
        }));
    }
    Ok(())
}

/// A person who had gone is back, or was taken for gone by mistake. A household
/// that ended when its last member left is opened again.
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
    membership::not_before_stay(pen, id, on)?;
    // Nobody comes back from death or from a double record: those were mistakes.
    let reason = match person.state {
        PersonState::Died { .. } | PersonState::Void { .. } => MoveReason::Correction,
        PersonState::Here | PersonState::Lost { .. } | PersonState::MovedOut { .. } => {
            MoveReason::MovedIn
        }
    };
    let home = pen.household(to)?;
    let (code, word) = reopened(pen, &home, on, relation);
    let is_head = membership::head_fits(&home, code)?;
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
        reason,
        member_no: home.next_member_no,
        relation: code,
        relation_word: word,
    }));
    if is_head {
        membership::head_changed(pen, to, home.head, Some(id), on);
    }
    membership::renumber(pen, &person, &home)?;
    if reason == MoveReason::Correction {
        super::contact::never_left(pen, &person)?;
    } else {
        super::contact::live_on(pen, &person, on, Happening::Returned)?;
    }
    agreement::covering::returned(pen, &person)
}

/// Opens an ended household again; who comes back first is its head.
fn reopened<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    home: &Household,
    on: Day,
    (code, word): (u8, &str),
) -> kin::Kin {
    if home.ended.is_none() {
        return (code, word.to_owned());
    }
    pen.write(Event::HouseholdReopened(
        household_event::HouseholdReopened {
            household: home.id,
            on,
        },
    ));
    kin::head()
}
