//! Applies an entry's events to the derived rows: the only way a stored value
//! changes. It copies what events carry; it decides nothing.

use super::{Entry, Event, agreement, contact, homes, import, settings};
use crate::domain::{
    clinic::Clinic,
    contact::{Contact, Correction},
    course::Course,
    day::Day,
    id::PersonId,
    rows::{self, Copied, Copies, CourseRow, IdKey, Round},
    tables::{Broken, Counter, Index, Key, Read, Write, after_prefix},
};

pub(super) type Done<T> = Result<(), <T as Read>::Fault>;

/// Applies every event of `entry`, in order.
pub fn apply<T: Write>(tables: &mut T, entry: &Entry) -> Done<T> {
    for event in &entry.events {
        one(tables, entry, event)?;
    }
    Ok(())
}

fn one<T: Write>(tables: &mut T, entry: &Entry, event: &Event) -> Done<T> {
    match event {
        Event::ClinicSetUp(e) => {
            tables.put(&Clinic {
                name: e.name.clone(),
                store: e.store,
                practice_day: e.practice_day,
            })?;
        }
        Event::ClinicRenamed(e) => {
            let mut clinic: Clinic = required(tables, &rows::clinic_key(), "clinic")?;
            clinic.name.clone_from(&e.after);
            tables.put(&clinic)?;
        }
        Event::StaffAdded(e) => {
            tables.put(&e.staff)?;
            tables.raise(&Counter::Staff, e.staff.id.0)?;
        }
        Event::StaffChanged(e) => tables.put(&e.after)?,
        Event::VillageAdded(e) => {
            tables.put(&e.village)?;
            tables.raise(&Counter::Village, e.village.id.0)?;
        }
        Event::VillageChanged(e) => tables.put(&e.after)?,
        Event::LooksTold(e) => super::looking::looks_told(tables, entry, e)?,
        Event::ClockConfirmed(_)
        | Event::PasswordGiven(_)
        | Event::RecoveryRenewed(_)
        | Event::AccountRecovered(_)
        | Event::CopyBroughtBack(_)
        | Event::SignInsTold(_) => {}
        Event::CopyMade(e) => {
            let mut copies: Copies = tables.get(&rows::copies_key())?.unwrap_or_default();
            copies.made = Some(Copied {
                on: entry.day,
                head: e.head,
            });
            tables.put(&copies)?;
        }
        Event::CopyProven(e) => {
            let mut copies: Copies = tables.get(&rows::copies_key())?.unwrap_or_default();
            copies.proven = Some(Copied {
                on: entry.day,
                head: e.head,
            });
            tables.put(&copies)?;
        }
        Event::RoundMarked(e) => {
            let mut round: Round = tables.get(&rows::round_key(e.day))?.unwrap_or(Round {
                day: e.day,
                people: Vec::new(),
            });
            round.people.retain(|person| !e.people.contains(person));
            if e.on {
                round.people.extend(&e.people);
            }
            tables.put(&round)?;
        }
        Event::HouseholdAdded(e) => homes::household_added(tables, e)?,
        Event::HouseholdChanged(e) => {
            let mut household = row(tables, &e.household)?;
            e.changes
                .iter()
                .for_each(|change| change.set_on(&mut household.card));
            tables.put(&household)?;
        }
        Event::HeadChanged(e) => {
            let mut household = row(tables, &e.household)?;
            household.head = e.after;
            tables.put(&household)?;
        }
        Event::HouseholdEnded(e) => {
            let mut household = row(tables, &e.household)?;
            household.ended = Some(e.on);
            tables.put(&household)?;
        }
        Event::HouseholdReopened(e) => {
            let mut household = row(tables, &e.household)?;
            household.ended = None;
            tables.put(&household)?;
        }
        Event::PersonAdded(e) => homes::person_added(tables, entry, e)?,
        Event::PersonChanged(e) => {
            let mut person = row(tables, &e.person)?;
            e.changes
                .iter()
                .for_each(|change| change.set_on(&mut person.card));
            homes::put_person(tables, &person)?;
        }
        Event::RelationChanged(e) => {
            let mut person = row(tables, &e.person)?;
            person.relation = e.relation;
            person.relation_word.clone_from(&e.relation_word);
            homes::put_person(tables, &person)?;
        }
        Event::RecordNumberIssued(e) => homes::record_number_issued(tables, e)?,
        Event::PersonStateChanged(e) => {
            let mut person = row(tables, &e.person)?;
            person.state = e.after.clone();
            homes::put_person(tables, &person)?;
        }
        Event::PersonMoved(e) => homes::person_moved(tables, e)?,
        Event::PersonLeft(e) => {
            homes::leave(tables, e.person, e.household)?;
            homes::end_stay(tables, e.person, e.on, e.reason)?;
        }
        Event::TagSet(e) => {
            let mut person = row(tables, &e.person)?;
            person.manual_tags.push(e.tag.clone());
            homes::put_person(tables, &person)?;
        }
        Event::TagCleared(e) => {
            let mut person = row(tables, &e.person)?;
            person.manual_tags.retain(|tag| *tag != e.tag);
            homes::put_person(tables, &person)?;
        }
        Event::AgreementTold(e) => {
            let mut person = row(tables, &e.person)?;
            person.agreement_told = Some(e.told.clone());
            homes::put_person(tables, &person)?;
        }
        Event::ContactRecorded(e) => contact_recorded(tables, entry, e)?,
        Event::ContactCorrected(e) => contact_corrected(tables, entry, e)?,
        Event::ContactWithdrawn(e) => {
            let mut contact = row(tables, &e.contact)?;
            contact.withdrawn = Some(e.reason.clone());
            tables.put(&contact)?;
            follow_course(tables, e.person)?;
        }
        Event::ContactRedecided(e) => {
            let mut contact = row(tables, &e.contact)?;
            contact.decision = e.decision.clone();
            contact.edition = e.edition;
            tables.put(&contact)?;
            follow_course(tables, e.person)?;
        }
        Event::FormKept(e) => super::keeping::form_kept(tables, entry, e)?,
        Event::SettingsChanged(e) => settings::changed(tables, entry, e)?,
        Event::RowTaken(e) => import::taken(tables, e)?,
        Event::RequestUndone(e) => tables.restore(e.first, e.last)?,
        Event::AgreementChanged(e) => agreement::changed(tables, entry, e)?,
        Event::DoctorKept(e) => agreement::doctor(tables, e)?,
        Event::TeamKept(e) => agreement::team(tables, e)?,
        Event::UnitKept(e) => agreement::unit(tables, e)?,
        Event::PackageKept(e) => tables.put(&e.after)?,
        Event::VoucherKept(e) => tables.put(&e.after)?,
        Event::ReportSent(e) => agreement::report(tables, entry, e)?,
    }
    Ok(())
}

fn contact_recorded<T: Write>(
    tables: &mut T,
    entry: &Entry,
    e: &contact::ContactRecorded,
) -> Done<T> {
    let contact = Contact {
        id: e.contact,
        person: e.person,
        day: e.day,
        seq: entry.seq,
        by: entry.user,
        at: entry.at,
        forms: e.forms.clone(),
        happening: e.happening.clone(),
        decision: e.decision.clone(),
        edition: e.edition,
        corrections: Vec::new(),
        withdrawn: None,
    };
    tables.put(&contact)?;
    tables.raise(&Counter::Contact, e.contact.0)?;
    if !is_last(tables, &contact)? {
        return follow_course(tables, e.person);
    }
    // Whatever alters the person alters what the course's row repeats of them (`put_person`).
    let kept: Option<CourseRow> = tables.get(&rows::id_key(e.person.0))?;
    let Some(kept) = kept else {
        return follow_course(tables, e.person);
    };
    let mut after = kept.clone();
    after.course.take(&contact.happening, &contact.decision);
    tables.replace(&kept, &after)
}

/// Says whether no contact of the person stands after this one: then the course only goes on.
fn is_last<T: Read>(tables: &T, contact: &Contact) -> Result<bool, T::Fault> {
    let mut after = rows::contact_order(contact.person, contact.day, contact.seq, contact.id);
    after.push(0);
    let end = after_prefix(&Key::new().number(contact.person.0).bytes());
    let mut later = false;
    tables.keys(Index::PersonContacts, &after, &end, &mut |_, _| {
        later = true;
        Ok(())
    })?;
    Ok(!later)
}

fn contact_corrected<T: Write>(
    tables: &mut T,
    entry: &Entry,
    e: &contact::ContactCorrected,
) -> Done<T> {
    let mut contact = row(tables, &e.contact)?;
    contact.corrections.push(Correction {
        seq: entry.seq,
        reason: e.reason.clone(),
        forms_before: std::mem::replace(&mut contact.forms, e.forms.clone()),
    });
    contact.day = e.day;
    contact.happening = e.happening.clone();
    contact.decision = e.decision.clone();
    contact.edition = e.edition;
    tables.put(&contact)?;
    follow_course(tables, e.person)
}

/// Returns a person's contacts in the order that decides: visit date, then entry.
pub fn contacts<T: Read>(tables: &T, person: PersonId) -> Result<Vec<Contact>, T::Fault> {
    let from = Key::new().number(person.0).bytes();
    tables.listed(Index::PersonContacts, &from, &after_prefix(&from))
}

/// Returns a person's contacts from `first` to `last`, both included, in the order that decides.
pub fn contacts_within<T: Read>(
    tables: &T,
    person: PersonId,
    (first, last): (Day, Day),
) -> Result<Vec<Contact>, T::Fault> {
    let from = Key::new().number(person.0).day(first).bytes();
    let to = after_prefix(&Key::new().number(person.0).day(last).bytes());
    tables.listed(Index::PersonContacts, &from, &to)
}

/// Returns a person's contacts on `day` and later, in the order that decides.
pub fn contacts_from<T: Read>(
    tables: &T,
    person: PersonId,
    day: Day,
) -> Result<Vec<Contact>, T::Fault> {
    let from = Key::new().number(person.0).day(day).bytes();
    let end = after_prefix(&Key::new().number(person.0).bytes());
    tables.listed(Index::PersonContacts, &from, &end)
}

/// Rebuilds a person's course by taking every standing decision in order.
fn follow_course<T: Write>(tables: &mut T, person: PersonId) -> Done<T> {
    let mut course = Course::default();
    for contact in contacts(tables, person)? {
        if contact.withdrawn.is_none() {
            course.take(&contact.happening, &contact.decision);
        }
    }
    let kept: Option<CourseRow> = tables.get(&rows::id_key(person.0))?;
    let pledges = kept.map_or_else(Vec::new, |row| row.pledges);
    let person = row(tables, &person)?;
    tables.put(&CourseRow::of(&person, course, pledges))
}

/// Stores a person, and what of it the course's row repeats.
pub(super) fn row<T: Write, I: IdKey + std::fmt::Debug>(
    tables: &T,
    id: &I,
) -> Result<I::Row, T::Fault> {
    required(tables, &id.stored(), &format!("{id:?}"))
}

pub(super) fn required<T: Read, R: crate::domain::tables::Row>(
    tables: &T,
    key: &[u8],
    what: &str,
) -> Result<R, T::Fault> {
    tables.get(key)?.ok_or_else(|| {
        Broken {
            what: format!("no {what}"),
        }
        .into()
    })
}
