//! A household whole, a person whole, a contact whole.

use crate::{
    desk::{
        Desk, Stop, answers,
        reply::{ContactView, HouseholdView, MemberView, PersonView},
    },
    domain::{
        aspect::{Aspect, Seen},
        clinic::Village,
        contact::Contact,
        day::Day,
        event,
        form::{self, FormContext},
        household::{Household, Stay},
        id::{HouseholdId, PersonId, VisitId},
        person::Person,
        programmes::PROGRAMMES,
        rows::id_key,
        settings::Settings,
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

/// How many contacts a household shows.
const LAST_CONTACTS: usize = 50;

impl Desk {
    pub(super) fn household_view(&self, id: HouseholdId) -> Result<HouseholdView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let household: Household = answers::row(&snapshot, id)?;
        let village: Village = answers::row(&snapshot, household.village)?;
        let mut members = Vec::new();
        let mut contacts: Vec<(String, Contact, String)> = Vec::new();
        for person in &household.members {
            let person: Person = answers::row(&snapshot, *person)?;
            for contact in last_contacts(&snapshot, person.id)? {
                let by = answers::undo::staff_name(&snapshot, contact.by)?;
                contacts.push((person.name().to_owned(), contact, by));
            }
            members.push(member(&snapshot, person, &household, today)?);
        }
        contacts.sort_by_key(|(_, contact, _)| std::cmp::Reverse((contact.day, contact.seq)));
        contacts.truncate(LAST_CONTACTS);
        let aspects = [Aspect::HouseholdCard(id), Aspect::Membership(id)];
        Ok(HouseholdView {
            number: household.number(village.code.as_deref()),
            village,
            today,
            members,
            former: former(&snapshot, &household)?,
            contacts,
            seen: seen(&snapshot, &aspects)?,
            household,
        })
    }

    pub(super) fn person_view(&self, id: PersonId) -> Result<PersonView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let person: Person = answers::row(&snapshot, id)?;
        let household: Household = answers::row(&snapshot, person.household)?;
        let missing = self.catalog().form("F08").map_or_else(Vec::new, |card| {
            let context = FormContext::on(today, today);
            let missing = form::missing(card, &person.card, &context);
            missing.into_iter().map(|field| field.key.clone()).collect()
        });
        let mut aspects = vec![Aspect::PersonCard(id), Aspect::Membership(household.id)];
        aspects.extend(
            PROGRAMMES
                .iter()
                .map(|programme| Aspect::Programme(id, programme.kind)),
        );
        Ok(PersonView {
            village: answers::row(&snapshot, household.village)?,
            head: super::head_name(&snapshot, &household)?,
            stays: stays(&snapshot, id)?,
            contacts: event::contacts(&snapshot, id)?,
            today,
            seen: seen(&snapshot, &aspects)?,
            missing,
            member: member(&snapshot, person, &household, today)?,
            household,
        })
    }

    pub(super) fn contact_view(&self, id: VisitId) -> Result<ContactView, Stop> {
        let snapshot = self.store().snapshot()?;
        let contact: Contact = answers::row(&snapshot, id)?;
        let programmes = event::contact::programmes(&contact.decision);
        let aspects: Vec<Aspect> = programmes
            .into_iter()
            .map(|kind| Aspect::Programme(contact.person, kind))
            .collect();
        Ok(ContactView {
            person: answers::row(&snapshot, contact.person)?,
            by: answers::undo::staff_name(&snapshot, contact.by)?,
            seen: seen(&snapshot, &aspects)?,
            contact,
        })
    }
}

/// Returns the revisions of aspects as this snapshot has them.
pub fn seen(snapshot: &Snapshot, aspects: &[Aspect]) -> Result<Vec<Seen>, Error> {
    let revision = |aspect: &Aspect| {
        let revision = snapshot.revision(*aspect)?;
        Ok(Seen {
            aspect: *aspect,
            revision,
        })
    };
    aspects.iter().map(revision).collect()
}

fn member(
    snapshot: &Snapshot,
    person: Person,
    household: &Household,
    today: Day,
) -> Result<MemberView, Error> {
    let row = super::course_of(snapshot, person.id)?;
    Ok(MemberView {
        tags: super::tags_of(&person, household, &row.course, today),
        tasks: row.tasks(today, &Settings::default()),
        course: row.course,
        person,
    })
}

/// Returns a person's newest contacts, enough for the household's list.
fn last_contacts(snapshot: &Snapshot, person: PersonId) -> Result<Vec<Contact>, Error> {
    let from = Key::new().number(person.0).bytes();
    let to = after_prefix(&from);
    let mut keys: Vec<Vec<u8>> = Vec::new();
    snapshot.keys(Index::PersonContacts, &from, &to, |_, row| {
        keys.push(row.to_vec());
        Ok(())
    })?;
    let newest = keys.into_iter().rev().take(LAST_CONTACTS);
    let contacts: Result<Vec<Option<Contact>>, Error> =
        newest.map(|key| snapshot.get(&key)).collect();
    Ok(contacts?.into_iter().flatten().collect())
}

fn former(snapshot: &Snapshot, household: &Household) -> Result<Vec<(Person, Stay)>, Error> {
    let from = Key::new().number(household.id.0).bytes();
    let stays: Vec<Stay> = snapshot.listed(Index::HouseholdStays, &from, &after_prefix(&from))?;
    let mut former = Vec::new();
    for stay in stays.into_iter().filter(|stay| stay.until.is_some()) {
        if !household.members.contains(&stay.person)
            && let Some(person) = snapshot.get(&id_key(stay.person.0))?
        {
            former.push((person, stay));
        }
    }
    Ok(former)
}

fn stays(snapshot: &Snapshot, person: PersonId) -> Result<Vec<Stay>, Error> {
    let mut stays = Vec::new();
    for no in 1.. {
        match snapshot.get(&crate::domain::rows::stay_key(person, no))? {
            Some(stay) => stays.push(stay),
            None => break,
        }
    }
    Ok(stays)
}
