//! Who did and who looked at what, read out of the journal a stretch at a time.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Desk, Stop,
        answers::{agreement::known, undo::staff_name},
        reply::{Colleague, LogRow, LogView, LogWhat, LookTold},
        request::LogAsk,
    },
    domain::{
        aspect::Aspect,
        clinic::Role,
        event::{Entry, Event, clinic::CopyBroughtBack},
        id::{AgreementId, HouseholdId, PersonId, StaffId},
        looking::Look,
        person::Person,
        refusal::AccountRefusal,
        rows::{LookedAt, agreement::AgreementRow, id_key},
        signing_in::Attempt,
        tables::Read as _,
    },
    store::{Error, Snapshot},
};

/// The most entries read in one stretch: a snapshot lives no longer.
const STRETCH: u64 = 1_000;
/// The most people a row names.
const NAMED: usize = 5;
/// The most looks a person's screen lists.
const LISTED: usize = 200;

impl Desk {
    /// Returns a stretch of the log. The whole of it is for whoever answers for the clinic:
    /// doctors, administrators, supervisors; a person's, for whoever may see the person.
    ///
    /// # Errors
    /// `E-ROLE`; fails with the disk.
    pub(super) fn log(&self, asked: &LogAsk) -> Result<LogView, Stop> {
        if asked.person.is_none()
            && let Some(role @ Role::PublicHealth) = self.role()?
        {
            return Err(AccountRefusal::Role { role }.into());
        }
        let snapshot = self.store().snapshot()?;
        let mut names = Names::of(&snapshot);
        let about = asked.person.map(|person| About::of(&snapshot, person));
        let about = about.transpose()?;
        let head = snapshot.head()?.seq;
        let first = asked.first.max(1);
        let last = head.min(first + STRETCH - 1);
        let mut rows = Vec::new();
        for seq in first..=last {
            let entry = snapshot.entry(seq)?;
            if asked.since.is_some_and(|since| entry.day < since) {
                continue;
            }
            told(&entry, about.as_ref(), &mut names, &mut rows)?;
        }
        let next = (last < head).then_some(last + 1);
        Ok(LogView { rows, next })
    }

    /// Returns who looked at a person, the latest first.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn looks_at(&self, person: PersonId) -> Result<Vec<LookTold>, Stop> {
        let snapshot = self.store().snapshot()?;
        let mut names = Names::of(&snapshot);
        let mut entries = BTreeSet::new();
        for row in [person, LookedAt::EVERYBODY] {
            let row: Option<LookedAt> = snapshot.get(&id_key(row.0))?;
            entries.extend(row.into_iter().flat_map(|row| row.entries));
        }
        let mut looks = Vec::new();
        for seq in entries.into_iter().rev().take(LISTED) {
            let entry = snapshot.entry(seq)?;
            for look in looks_in(&entry).filter(|look| look.is_at(person)) {
                looks.push(LookTold {
                    at: look.at,
                    by: names.staff(look.by)?,
                    way: look.way,
                    handed: look.handed.clone(),
                });
            }
        }
        looks.arrange_by_key(|look| std::cmp::Reverse(look.at));
        Ok(looks)
    }
}

fn looks_in(entry: &Entry) -> impl Iterator<Item = &Look> {
    entry.events.iter().flat_map(|event| match event {
        Event::LooksTold(told) => told.looks.as_slice(),
        _ => &[],
    })
}

fn attempts_in(entry: &Entry) -> impl Iterator<Item = &Attempt> {
    entry.events.iter().flat_map(|event| match event {
        Event::SignInsTold(told) => told.attempts.as_slice(),
        _ => &[],
    })
}

fn brought_back_in(entry: &Entry) -> Option<&CopyBroughtBack> {
    entry.events.iter().find_map(|event| match event {
        Event::CopyBroughtBack(brought) => Some(brought),
        _ => None,
    })
}

/// Whom the log is asked about, with the agreements that name them.
struct About {
    person: PersonId,
    agreements: BTreeSet<AgreementId>,
}

impl About {
    fn of(snapshot: &Snapshot, person: PersonId) -> Result<Self, Error> {
        let rows: Vec<AgreementRow> = known::of_person(snapshot, person)?;
        let agreements = rows.iter().map(|row| row.agreement.id).collect();
        Ok(Self { person, agreements })
    }

    fn is_touched(&self, aspects: &[Aspect]) -> bool {
        aspects.iter().any(|aspect| match aspect {
            Aspect::PersonCard(person) | Aspect::Programme(person, _) => *person == self.person,
            Aspect::Agreement(agreement) => self.agreements.contains(agreement),
            Aspect::HouseholdCard(_)
            | Aspect::Membership(_)
            | Aspect::Clinic
            | Aspect::Settings(_)
            | Aspect::Parties => false,
        })
    }
}

/// Adds what an entry tells, as far as it is about whom the log is asked about.
fn told(
    entry: &Entry,
    about: Option<&About>,
    names: &mut Names<'_>,
    rows: &mut Vec<LogRow>,
) -> Result<(), Error> {
    if !entry.is_quiet() {
        if about.is_none_or(|about| about.is_touched(&entry.touched)) {
            rows.push(did(entry, names)?);
        }
        return Ok(());
    }
    if about.is_none()
        && let Some(brought) = brought_back_in(entry)
    {
        rows.push(brought_back(entry, brought, names)?);
    }
    for look in looks_in(entry) {
        if about.is_none_or(|about| look.is_at(about.person)) {
            rows.push(looked(entry, look, names)?);
        }
    }
    for attempt in attempts_in(entry).filter(|_| about.is_none()) {
        let staff = attempt.staff;
        rows.push(LogRow {
            at: attempt.at,
            staff,
            by: names.staff(staff)?,
            window: attempt.window.clone(),
            ..row(entry, LogWhat::SignedIn(attempt.outcome))
        });
    }
    Ok(())
}

fn row(entry: &Entry, what: LogWhat) -> LogRow {
    LogRow {
        seq: entry.seq,
        at: entry.at,
        day: entry.day,
        staff: None,
        by: String::new(),
        window: entry.window.clone(),
        what,
        people: Vec::new(),
        count: 0,
        household: None,
        agreement: None,
        colleague: None,
    }
}

/// Returns to whose account an entry did something.
fn colleague(entry: &Entry, names: &mut Names<'_>) -> Result<Option<Box<Colleague>>, Error> {
    let mut found: Option<Colleague> = None;
    for event in &entry.events {
        let (id, before, after) = match event {
            Event::StaffAdded(added) => (added.staff.id, None, Some(&added.staff)),
            Event::StaffChanged(changed) => (
                changed.after.id,
                Some(&changed.before),
                Some(&changed.after),
            ),
            Event::PasswordGiven(given) => (given.staff, None, None),
            Event::AccountRecovered(recovered) => (recovered.staff, None, None),
            _ => continue,
        };
        // What the recovery code did says first what became of whom.
        if found.as_ref().is_some_and(|found| found.id == id) {
            continue;
        }
        found = Some(Colleague {
            id,
            name: names.staff(Some(id))?,
            before: before.cloned(),
            after: after.cloned(),
        });
    }
    Ok(found.map(Box::new))
}

fn did(entry: &Entry, names: &mut Names<'_>) -> Result<LogRow, Error> {
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    let mut household: Option<HouseholdId> = None;
    let mut agreement: Option<AgreementId> = None;
    for aspect in &entry.touched {
        match aspect {
            Aspect::PersonCard(person) | Aspect::Programme(person, _) => {
                people.insert(*person);
            }
            Aspect::HouseholdCard(id) | Aspect::Membership(id) => household = Some(*id),
            Aspect::Agreement(id) => agreement = Some(*id),
            Aspect::Clinic | Aspect::Settings(_) | Aspect::Parties => {}
        }
    }
    let staff = Some(entry.user);
    Ok(LogRow {
        staff,
        by: names.staff(staff)?,
        count: people.len(),
        people: names.people(people)?,
        household,
        agreement,
        colleague: colleague(entry, names)?,
        ..row(entry, LogWhat::Did(entry.cause.clone()))
    })
}

/// Names whoever brought the copy back, also where the staff that came back knows them not.
fn brought_back(
    entry: &Entry,
    brought: &CopyBroughtBack,
    names: &mut Names<'_>,
) -> Result<LogRow, Error> {
    let staff = (!brought.by_code).then_some(entry.user);
    let by = match brought.by.as_str() {
        "" => names.staff(staff)?,
        name => name.to_owned(),
    };
    Ok(LogRow {
        staff,
        by,
        ..row(entry, LogWhat::BroughtBack(brought.clone()))
    })
}

fn looked(entry: &Entry, look: &Look, names: &mut Names<'_>) -> Result<LogRow, Error> {
    Ok(LogRow {
        at: look.at,
        staff: look.by,
        by: names.staff(look.by)?,
        window: look.window.clone(),
        count: look.people.len(),
        people: names.people(look.people.iter().copied())?,
        household: look.household,
        agreement: look.agreement,
        ..row(entry, LogWhat::Looked(look.way, look.handed.clone()))
    })
}

/// Names looked up once.
struct Names<'s> {
    snapshot: &'s Snapshot,
    staff: BTreeMap<StaffId, String>,
}

impl<'s> Names<'s> {
    fn of(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            staff: BTreeMap::new(),
        }
    }

    /// Nobody's name is empty.
    fn staff(&mut self, staff: Option<StaffId>) -> Result<String, Error> {
        let Some(staff) = staff else {
            return Ok(String::new());
        };
        Ok(match self.staff.entry(staff) {
            btree_map::Entry::Occupied(known) => known.get().clone(),
            btree_map::Entry::Vacant(unknown) => {
                unknown.insert(staff_name(self.snapshot, staff)?).clone()
            }
        })
    }

    fn people(
        &self,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Vec<(PersonId, String)>, Error> {
        let named = people.into_iter().take(NAMED).map(|id| {
            let person: Option<Person> = self.snapshot.get(&id_key(id.0))?;
            let name = person.map_or_else(String::new, |person| person.name().to_owned());
            Ok((id, name))
        });
        named.collect()
    }
}
