//! Applies an entry's events to the derived rows: the only way a stored value
//! changes. It copies what events carry; it decides nothing.

use super::{Entry, Event, agreement, contact, household, import, person, settings};
use crate::domain::{
    clinic::Clinic,
    contact::{Contact, Correction},
    course::Course,
    household::{Household, MoveReason, Stay},
    id::{HouseholdId, PersonId},
    person::Person,
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
        Event::HouseholdAdded(e) => household_added(tables, e)?,
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
        Event::PersonAdded(e) => person_added(tables, entry, e)?,
        Event::PersonChanged(e) => {
            let mut person = row(tables, &e.person)?;
            e.changes
                .iter()
                .for_each(|change| change.set_on(&mut person.card));
            put_person(tables, &person)?;
        }
        Event::RelationChanged(e) => {
            let mut person = row(tables, &e.person)?;
            person.relation = e.relation;
            person.relation_word.clone_from(&e.relation_word);
            put_person(tables, &person)?;
        }
        Event::RecordNumberIssued(e) => record_number_issued(tables, e)?,
        Event::PersonStateChanged(e) => {
            let mut person = row(tables, &e.person)?;
            person.state = e.after.clone();
            put_person(tables, &person)?;
        }
        Event::PersonMoved(e) => person_moved(tables, e)?,
        Event::PersonLeft(e) => {
            leave(tables, e.person, e.household)?;
            end_stay(tables, e.person, e.on, e.reason)?;
        }
        Event::TagSet(e) => {
            let mut person = row(tables, &e.person)?;
            person.manual_tags.push(e.tag.clone());
            put_person(tables, &person)?;
        }
        Event::TagCleared(e) => {
            let mut person = row(tables, &e.person)?;
            person.manual_tags.retain(|tag| *tag != e.tag);
            put_person(tables, &person)?;
        }
        Event::AgreementTold(e) => {
            let mut person = row(tables, &e.person)?;
            person.agreement_told = Some(e.told.clone());
            put_person(tables, &person)?;
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

fn household_added<T: Write>(tables: &mut T, e: &household::HouseholdAdded) -> Done<T> {
    let household = Household {
        id: e.household,
        village: e.village,
        serial: e.serial,
        outside_no: e.outside_no.clone(),
        head: None,
        members: Vec::new(),
        next_member_no: 1,
        card: e.card.clone(),
        created: e.created,
        ended: None,
    };
    tables.put(&household)?;
    tables.raise(&Counter::Household, e.household.0)?;
    let serial = Counter::Serial(e.village.0, household.group());
    tables.raise(&serial, u64::from(e.serial))?;
    Ok(())
}

fn person_added<T: Write>(tables: &mut T, entry: &Entry, e: &person::PersonAdded) -> Done<T> {
    let person = Person {
        id: e.person,
        household: e.household,
        member_no: e.member_no,
        relation: e.relation,
        relation_word: e.relation_word.clone(),
        record_no: None,
        former_record_nos: Vec::new(),
        state: crate::domain::person::PersonState::Here,
        card: e.card.clone(),
        manual_tags: Vec::new(),
        agreement_told: None,
        created: e.created,
        created_by: entry.user,
    };
    put_person(tables, &person)?;
    tables.raise(&Counter::Person, e.person.0)?;
    join(tables, e.person, e.household, e.member_no)?;
    tables.put(&Stay {
        person: e.person,
        no: 1,
        household: e.household,
        from: e.from,
        joined_by: e.joined_by,
        until: None,
        left_by: None,
    })?;
    Ok(())
}

fn record_number_issued<T: Write>(tables: &mut T, e: &person::RecordNumberIssued) -> Done<T> {
    let mut person = row(tables, &e.person)?;
    person
        .former_record_nos
        .extend(person.record_no.replace(e.number.clone()));
    put_person(tables, &person)?;
    let (code, serial) = e.number.split_at_checked(12).unwrap_or((&e.number, ""));
    let serial = serial.parse().unwrap_or(0);
    tables.raise(&Counter::Record(code.to_owned()), serial)?;
    Ok(())
}

fn person_moved<T: Write>(tables: &mut T, e: &person::PersonMoved) -> Done<T> {
    leave(tables, e.person, e.from)?;
    end_stay(tables, e.person, e.on, e.reason)?;
    join(tables, e.person, e.to, e.member_no)?;
    let no = next_stay(tables, e.person)?;
    tables.put(&Stay {
        person: e.person,
        no,
        household: e.to,
        from: Some(e.on),
        joined_by: Some(e.reason),
        until: None,
        left_by: None,
    })?;
    let mut person = row(tables, &e.person)?;
    person.household = e.to;
    person.member_no = e.member_no;
    person.relation = e.relation;
    person.relation_word.clone_from(&e.relation_word);
    put_person(tables, &person)?;
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
    let kept: Option<CourseRow> = tables.get(&rows::id_key(e.person.0))?;
    let (mut course, pledges) = kept.map_or_else(Default::default, |row| (row.course, row.pledges));
    course.take(&contact.happening, &contact.decision);
    let person = row(tables, &e.person)?;
    tables.put(&CourseRow::of(&person, course, pledges))
}

/// Says whether no contact of the person stands after this one: then the course only goes on.
fn is_last<T: Read>(tables: &T, contact: &Contact) -> Result<bool, T::Fault> {
    let mut after = rows::contact_order(contact.person, contact.day, contact.seq, contact.id);
    after.push(0);
    let end = after_prefix(&Key::new().number(contact.person.0).bytes());
    let later: Vec<Contact> = tables.listed(Index::PersonContacts, &after, &end)?;
    Ok(later.is_empty())
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

/// Returns a person's contacts on `day` and later, in the order that decides.
pub fn contacts_from<T: Read>(
    tables: &T,
    person: PersonId,
    day: crate::domain::day::Day,
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
fn put_person<T: Write>(tables: &mut T, person: &Person) -> Done<T> {
    tables.put(person)?;
    let kept: Option<CourseRow> = tables.get(&rows::id_key(person.id.0))?;
    let (course, pledges) = kept.map_or_else(Default::default, |row| (row.course, row.pledges));
    tables.put(&CourseRow::of(person, course, pledges))
}

fn join<T: Write>(
    tables: &mut T,
    person: PersonId,
    household: HouseholdId,
    member_no: u32,
) -> Done<T> {
    let mut household = row(tables, &household)?;
    household.members.push(person);
    household.next_member_no = household.next_member_no.max(member_no + 1);
    tables.put(&household)?;
    Ok(())
}

fn leave<T: Write>(tables: &mut T, person: PersonId, household: HouseholdId) -> Done<T> {
    let mut household = row(tables, &household)?;
    household.members.retain(|member| *member != person);
    tables.put(&household)?;
    Ok(())
}

fn end_stay<T: Write>(
    tables: &mut T,
    person: PersonId,
    on: crate::domain::day::Day,
    reason: MoveReason,
) -> Done<T> {
    let no = next_stay(tables, person)?.saturating_sub(1);
    let mut stay: Stay = required(tables, &rows::stay_key(person, no), "stay")?;
    // Who comes back has left long ago: that day stands.
    if stay.until.is_none() {
        stay.until = Some(on);
        stay.left_by = Some(reason);
        tables.put(&stay)?;
    }
    Ok(())
}

fn next_stay<T: Read>(tables: &T, person: PersonId) -> Result<u32, T::Fault> {
    let mut no = 1;
    while tables.get::<Stay>(&rows::stay_key(person, no))?.is_some() {
        no += 1;
    }
    Ok(no)
}

fn row<T: Write, I: IdKey + std::fmt::Debug>(tables: &T, id: &I) -> Result<I::Row, T::Fault> {
    required(tables, &id.stored(), &format!("{id:?}"))
}

fn required<T: Read, R: crate::domain::tables::Row>(
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
