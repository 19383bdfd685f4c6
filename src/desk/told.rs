//! What a change is told to have done, read out of the entries it wrote.

use std::collections::BTreeSet;

use super::{
    Stop,
    reply::{Done, Undone},
};
use crate::{
    domain::{
        aspect::Aspect,
        event::{Entry, Event},
        household::Household,
        id::PersonId,
        person::Person,
        rows::{agreement::AgreementRow, id_key},
        tables::Read,
    },
    store::Writing,
};

/// Returns what the entry did and whom it was about; of an undo, what that had taken back.
fn undone(writing: &Writing<'_>, seq: u64) -> Result<Undone, Stop> {
    let entry = writing.entry(seq)?;
    let again = entry.events.iter().find_map(|event| match event {
        Event::RequestUndone(undone) => Some(undone.first),
        _ => None,
    });
    if let Some(first) = again {
        let before = undone(writing, first)?;
        return Ok(Undone {
            is_restored: !before.is_restored,
            ..before
        });
    }
    let recorded = entry.events.iter().filter_map(|event| match event {
        Event::ContactRecorded(recorded) => Some(recorded.person),
        _ => None,
    });
    let first = recorded.clone().next();
    let people: BTreeSet<PersonId> = recorded.collect();
    Ok(Undone {
        name: about(writing, &entry, first)?,
        cause: entry.cause.clone(),
        people: people.len(),
        is_restored: false,
    })
}

/// Returns the name of the person recorded of, else of the first person or household touched.
fn about(writing: &Writing<'_>, entry: &Entry, recorded: Option<PersonId>) -> Result<String, Stop> {
    if let Some(id) = recorded
        && let Some(person) = writing.get::<Person>(&id_key(id.0))?
    {
        return Ok(person.name().to_owned());
    }
    for aspect in &entry.touched {
        let about = match aspect {
            Aspect::PersonCard(id) | Aspect::Programme(id, _) => Some(*id),
            Aspect::HouseholdCard(id) | Aspect::Membership(id) => {
                let household: Option<Household> = writing.get(&id_key(id.0))?;
                household.and_then(|household| household.head)
            }
            Aspect::Agreement(id) => {
                let row: Option<AgreementRow> = writing.get(&id_key(id.0))?;
                let people = row.map(|row| row.agreement.contents.covered);
                people.and_then(|people| people.first().map(|choice| choice.person))
            }
            Aspect::Clinic | Aspect::Settings(_) | Aspect::Parties => None,
        };
        let person: Option<Person> = match about {
            Some(id) => writing.get(&id_key(id.0))?,
            None => None,
        };
        if let Some(person) = person {
            return Ok(person.name().to_owned());
        }
    }
    Ok(String::new())
}

/// Reads the reply out of the entries a request wrote.
pub(super) fn done(writing: &Writing<'_>, first: u64, last: u64) -> Result<Done, Stop> {
    let mut done = Done::nothing(last);
    for seq in first..=last {
        let entry = writing.entry(seq)?;
        done.take(&entry);
    }
    taken_back(writing, done)
}

/// Tells what the entry just written did.
pub(super) fn done_by(writing: &Writing<'_>, entry: &Entry) -> Result<Done, Stop> {
    let mut done = Done::nothing(entry.seq);
    done.take(entry);
    taken_back(writing, done)
}

/// Adds what an undo took back.
fn taken_back(writing: &Writing<'_>, mut done: Done) -> Result<Done, Stop> {
    if let Some((first, _)) = done.undone {
        done.undone_what = Some(Box::new(undone(writing, first)?));
    }
    Ok(done)
}
