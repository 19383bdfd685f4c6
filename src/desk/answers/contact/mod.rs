//! Visits, attempts, referral checks, enrolments: decided on the person's
//! course as it stood on the day, the later contacts decided anew.

mod deciding;
pub mod open;
mod pending;

pub use deciding::{decide, propose};

use super::Pen;
use crate::{
    desk::{Stop, request::ContactDraft},
    domain::{
        contact::Contact,
        course::{self, Course, Decision, Happening, PersonFacts, Recorded, happening::EndReason},
        day::Day,
        event::{self, Event, contact as contact_event},
        household::MoveReason,
        id::{PersonId, VisitId},
        person::Person,
        refusal::ContactRefusal,
        settings::KeptSettings,
        tables::{Counter, Read},
    },
    store,
};

/// Where a contact stands among the others of its person.
#[derive(Debug, Clone, Copy)]
struct Place {
    day: Day,
    /// The entry; the newest of all for a contact not recorded yet.
    seq: u64,
}

/// Records a contact. Returns its id.
pub fn record<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    draft: &ContactDraft,
) -> Result<VisitId, Stop> {
    let decided = decide(pen, draft, None)?;
    let contact = VisitId(pen.next(&Counter::Contact)?);
    pen.write(Event::ContactRecorded(contact_event::ContactRecorded {
        contact,
        person: draft.person,
        day: draft.day,
        forms: decided.forms,
        happening: decided.happening,
        decision: decided.decision,
        edition: decided.edition,
    }));
    redecided(pen, draft.person, contact, decided.redecided);
    open::end(pen, draft.person, &draft.forms)?;
    if draft.renewal_spoken {
        super::agreement::renewal::spoken(pen, draft.person, draft.day)?;
    }
    Ok(contact)
}

/// Corrects a recorded contact; its place in order of entry stays.
pub fn correct<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: VisitId,
    draft: &ContactDraft,
    reason: &str,
) -> Result<(), Stop> {
    let contact = standing(pen, id)?;
    let reason = given(reason)?;
    let decided = decide(pen, draft, Some(&contact))?;
    pen.write(Event::ContactCorrected(contact_event::ContactCorrected {
        contact: id,
        person: draft.person,
        reason,
        day: draft.day,
        forms: decided.forms,
        happening: decided.happening,
        decision: decided.decision,
        edition: decided.edition,
    }));
    redecided(pen, draft.person, id, decided.redecided);
    Ok(())
}

/// Withdraws a recorded contact: it did not happen.
pub fn withdraw<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    id: VisitId,
    reason: &str,
) -> Result<(), Stop> {
    let contact = standing(pen, id)?;
    let reason = given(reason)?;
    let person = pen.person(contact.person)?;
    let others = others(pen, person.id, Some(id))?;
    let (before, later) = parted(
        others,
        Place {
            day: contact.day,
            seq: contact.seq,
        },
    );
    let settings = pen.settings()?;
    let changed = decide_later(&person, &course_of(&before), &later, &settings);
    pen.write(Event::ContactWithdrawn(contact_event::ContactWithdrawn {
        contact: id,
        person: person.id,
        reason,
        programmes: contact_event::programmes(&contact.decision),
    }));
    redecided(pen, person.id, id, changed);
    Ok(())
}

/// Records what a life event means for a person's follow-up: its end, or its going on.
pub fn live_on<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: &Person,
    day: Day,
    happening: Happening,
) -> Result<(), Stop> {
    let others = others(pen, person.id, None)?;
    if others.is_empty() {
        return Ok(());
    }
    let draft = ContactDraft {
        happening: Some(happening),
        ..ContactDraft::about(person.id, day)
    };
    record(pen, &draft).map(|_| ())
}

/// Takes back that a person's follow-up ended by a death or a double record: it
/// was a mistake, and the work goes on as if it had not been.
pub fn never_left<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: &Person,
) -> Result<(), Stop> {
    let ended = others(pen, person.id, None)?.into_iter().rfind(|contact| {
        matches!(
            contact.happening,
            Happening::Left {
                programme: None,
                why: EndReason::Died | EndReason::RecordedTwice,
            }
        )
    });
    match ended {
        Some(ended) => withdraw(pen, ended.id, MoveReason::Correction.name().zh),
        None => Ok(()),
    }
}

/// A person's standing contacts in deciding order, without `except`; those this request
/// has written down already stand with them.
fn others<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: PersonId,
    except: Option<VisitId>,
) -> Result<Vec<Contact>, Stop> {
    let mut contacts = event::contacts(pen.tables, person)?;
    pending::settle(&mut contacts, person, pen.pending());
    contacts.retain(|contact| contact.withdrawn.is_none() && Some(contact.id) != except);
    Ok(contacts)
}

/// Returns a person's course as it stands now, with what this request has written down.
pub fn course_now<T: Read<Fault = store::Error>>(
    pen: &Pen<'_, T>,
    person: &Person,
) -> Result<Course, Stop> {
    if pending::concerns(person.id, pen.pending()) {
        return Ok(course_of(&others(pen, person.id, None)?));
    }
    let row = crate::desk::view::visit::course_row(pen.tables, person.id)?;
    Ok(row.course)
}

/// Somebody no contact is known of but those written down now: their course grows with each.
#[derive(Debug)]
pub struct Growing {
    pub person: PersonId,
    pub facts: PersonFacts,
    pub course: Course,
}

/// Decides and writes down what happened to somebody on `day`, after all known of them.
pub fn go_on<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    about: &mut Growing,
    happening: Happening,
    day: Day,
) -> Result<(), Stop> {
    let kept = pen.settings()?;
    let settings = kept.on(day);
    let decision = course::decide(&about.course, &about.facts, &happening, day, &settings)?;
    about.course.take(&happening, &decision);
    let contact = VisitId(pen.next(&Counter::Contact)?);
    pen.write(Event::ContactRecorded(contact_event::ContactRecorded {
        contact,
        person: about.person,
        day,
        forms: Vec::new(),
        happening,
        decision,
        edition: kept.number_on(day),
    }));
    Ok(())
}

fn parted(contacts: Vec<Contact>, place: Place) -> (Vec<Contact>, Vec<Contact>) {
    let is_before = |contact: &Contact| (contact.day, contact.seq) <= (place.day, place.seq);
    contacts.into_iter().partition(is_before)
}

/// Returns the course after these contacts, by their stored decisions.
pub fn course_of(contacts: &[Contact]) -> Course {
    let mut course = Course::default();
    for contact in contacts {
        course.take(&contact.happening, &contact.decision);
    }
    course
}

/// A later contact whose decision changed.
#[derive(Debug, Clone)]
pub struct Redecided {
    pub contact: VisitId,
    pub decision: Decision,
    /// The edition of the settings in force on the contact's day.
    pub edition: u32,
}

/// Decides the later contacts anew, each with the settings in force on its day, and returns
/// those whose decision changed.
fn decide_later(
    person: &Person,
    course: &Course,
    later: &[Contact],
    settings: &KeptSettings,
) -> Vec<Redecided> {
    let recorded: Vec<Recorded> = later
        .iter()
        .map(|contact| Recorded {
            day: contact.day,
            happening: contact.happening.clone(),
            decision: contact.decision.clone(),
        })
        .collect();
    let anew = course::redecide(course, &PersonFacts::of(person), &recorded, |day| {
        settings.on(day)
    });
    let changed = later
        .iter()
        .zip(anew)
        .filter(|(old, new)| old.decision != *new);
    changed
        .map(|(old, decision)| Redecided {
            contact: old.id,
            decision,
            edition: settings.number_on(old.day),
        })
        .collect()
}

fn redecided<T: Read<Fault = store::Error>>(
    pen: &mut Pen<'_, T>,
    person: PersonId,
    cause: VisitId,
    changed: Vec<Redecided>,
) {
    for later in changed {
        pen.write(Event::ContactRedecided(contact_event::ContactRedecided {
            contact: later.contact,
            person,
            cause,
            decision: later.decision,
            edition: later.edition,
        }));
    }
}

fn standing<T: Read<Fault = store::Error>>(pen: &Pen<'_, T>, id: VisitId) -> Result<Contact, Stop> {
    let contact = super::row(pen.tables, id)?;
    if contact.withdrawn.is_some() {
        return Err(ContactRefusal::Withdrawn { visit: id }.into());
    }
    Ok(contact)
}

fn given(reason: &str) -> Result<String, Stop> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ContactRefusal::NoReason.into());
    }
    Ok(reason.to_owned())
}
