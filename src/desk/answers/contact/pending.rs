//! Contacts a request has written down but not appended yet: what it writes next about the
//! same person is decided after them.

use crate::domain::order::Arrange as _;
use crate::domain::{contact::Contact, event::Event, id::PersonId};

/// Says whether any of these events is about the person's contacts.
pub fn concerns(person: PersonId, events: &[Event]) -> bool {
    events.iter().any(|event| match event {
        Event::ContactRecorded(told) => told.person == person,
        Event::ContactCorrected(told) => told.person == person,
        Event::ContactWithdrawn(told) => told.person == person,
        Event::ContactRedecided(told) => told.person == person,
        _ => false,
    })
}

/// Brings a person's contacts up to these events; they stay in deciding order.
pub fn settle(contacts: &mut Vec<Contact>, person: PersonId, events: &[Event]) {
    if !concerns(person, events) {
        return;
    }
    for event in events {
        match event {
            Event::ContactRecorded(told) if told.person == person => contacts.push(Contact {
                id: told.contact,
                person,
                day: told.day,
                seq: u64::MAX,
                by: crate::domain::id::StaffId(0),
                at: i64::MAX,
                forms: told.forms.clone(),
                happening: told.happening.clone(),
                decision: told.decision.clone(),
                edition: told.edition,
                corrections: Vec::new(),
                withdrawn: None,
            }),
            Event::ContactWithdrawn(told) => {
                contacts.retain(|contact| contact.id != told.contact);
            }
            Event::ContactCorrected(told) => {
                for contact in of(contacts, told.contact) {
                    contact.day = told.day;
                    contact.happening = told.happening.clone();
                    contact.decision = told.decision.clone();
                }
            }
            Event::ContactRedecided(told) => {
                for contact in of(contacts, told.contact) {
                    contact.decision = told.decision.clone();
                }
            }
            _ => {}
        }
    }
    contacts.arrange_by_key(|contact| (contact.day, contact.seq, contact.id));
}

fn of(
    contacts: &mut [Contact],
    id: crate::domain::id::VisitId,
) -> impl Iterator<Item = &mut Contact> {
    contacts.iter_mut().filter(move |contact| contact.id == id)
}
