//! A household whole, a person whole, a contact whole.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use super::{
    agreement::{self, Look},
    stated,
};
use crate::{
    desk::{
        Desk, Stop, answers,
        reply::{ChangeTold, ContactView, HouseholdView, MemberView, PersonView},
    },
    domain::{
        aspect::{Aspect, Seen},
        clinic::Village,
        contact::Contact,
        day::Day,
        event::{self, Event},
        form::{self, FormContext, FormDef},
        household::{self, Household, Stay},
        id::{HouseholdId, PersonId, StaffId, VisitId},
        person::{self, Person},
        programmes::PROGRAMMES,
        refusal::ContactRefusal,
        rows::{clinic_key, id_key},
        tables::{Index, Key, Read, after_prefix},
        value::Answers,
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
        let look = Look::at(&snapshot, today)?;
        let mut members = Vec::new();
        for person in &household.members {
            let person: Person = answers::row(&snapshot, *person)?;
            members.push(self.member(&look, person, &household)?);
        }
        let contacts = last_contacts(&snapshot, &members)?;
        let aspects = [Aspect::HouseholdCard(id), Aspect::Membership(id)];
        let stated = stated::household(&household, &village);
        let form = self.card_form(household::CARD)?;
        Ok(HouseholdView {
            missing: missing(&form, &household.card, &stated, today),
            form,
            stated,
            number: household.number(village.code.as_deref()),
            village,
            today,
            members,
            former: former(&snapshot, &household)?,
            contacts,
            seen: seen(&snapshot, &aspects)?,
            agreements: agreement::of_household(&look, id)?,
            household,
        })
    }

    pub(super) fn person_view(&self, id: PersonId) -> Result<PersonView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let person: Person = answers::row(&snapshot, id)?;
        let household: Household = answers::row(&snapshot, person.household)?;
        let look = Look::at(&snapshot, today)?;
        let clinic = snapshot.get(&clinic_key())?;
        let creator = answers::undo::staff_name(&snapshot, person.created_by)?;
        let stated = stated::person(&person, &household, clinic.as_ref(), &creator);
        let form = self.card_form(person::CARD)?;
        let missing = missing(&form, &person.card, &stated, today);
        let stays = stays(&snapshot, id)?;
        let contacts = event::contacts(&snapshot, id)?;
        let mut aspects = vec![Aspect::PersonCard(id), Aspect::Membership(household.id)];
        aspects.extend(
            PROGRAMMES
                .iter()
                .map(|programme| Aspect::Programme(id, programme.kind)),
        );
        Ok(PersonView {
            village: answers::row(&snapshot, household.village)?,
            head: super::head_name(&snapshot, &household)?,
            mother: mother(&snapshot, &person)?,
            homes: homes(&snapshot, &stays)?,
            staff: staff(&snapshot, &contacts)?,
            changes: changes(&snapshot, id, household.id)?,
            creator,
            stays,
            contacts,
            today,
            seen: seen(&snapshot, &aspects)?,
            missing,
            form,
            stated,
            member: self.member(&look, person, &household)?,
            agreements: agreement::of_person(&look, id)?,
            household,
            settings: look.settings,
        })
    }

    fn member(
        &self,
        look: &Look<'_>,
        person: Person,
        household: &Household,
    ) -> Result<MemberView, Error> {
        let row = super::course_of(look.snapshot, person.id)?;
        Ok(MemberView {
            tags: super::tags_of(&person, household, &row.course, look.today),
            tasks: row.tasks(look.today, &look.settings),
            open: super::open_form::all(look.snapshot, self.seat.catalog, person.id)?,
            agreement: agreement::covering(look, person.id)?,
            left_out: agreement::left_out(look, household.id, person.id)?,
            course: row.course,
            person,
        })
    }

    /// Returns the form of a card.
    fn card_form(&self, form: &str) -> Result<Arc<FormDef>, Stop> {
        let unknown = || ContactRefusal::NoForm {
            form: form.to_owned(),
        };
        Ok(Arc::clone(self.catalog().form(form).ok_or_else(unknown)?))
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

/// Returns the last changes of a person's card and of the household's members.
fn changes(
    snapshot: &Snapshot,
    person: PersonId,
    household: HouseholdId,
) -> Result<Vec<ChangeTold>, Error> {
    let aspects = [Aspect::PersonCard(person), Aspect::Membership(household)];
    let mut entries = BTreeSet::new();
    for aspect in aspects {
        entries.insert(snapshot.revision(aspect)?);
    }
    let mut changes = Vec::new();
    for seq in entries.into_iter().rev().filter(|seq| 0 < *seq) {
        let entry = snapshot.entry(seq)?;
        let fields = entry.events.iter().filter_map(|event| match event {
            Event::PersonChanged(changed) if changed.person == person => Some(&changed.changes),
            _ => None,
        });
        changes.push(ChangeTold {
            at: entry.at,
            by: answers::undo::staff_name(snapshot, entry.user)?,
            fields: fields.flatten().cloned().collect(),
            cause: entry.cause,
        });
    }
    Ok(changes)
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

/// Returns the required fields of a card without an answer.
fn missing(form: &FormDef, card: &Answers, stated: &Answers, today: Day) -> Vec<String> {
    let mut answers = stated.clone();
    answers.extend(card.clone());
    let missing = form::missing(form, &answers, &FormContext::on(today, today));
    missing.into_iter().map(|field| field.key.clone()).collect()
}

/// Returns the members' newest contacts, with whose they are and who recorded them. All are
/// put in order by their keys; only those shown are read.
fn last_contacts(
    snapshot: &Snapshot,
    members: &[MemberView],
) -> Result<Vec<(String, Contact, String)>, Error> {
    let mut keys: Vec<(Vec<u8>, &str, Vec<u8>)> = Vec::new();
    for member in members {
        let from = Key::new().number(member.person.id.0).bytes();
        let to = after_prefix(&from);
        snapshot.keys(Index::PersonContacts, &from, &to, &mut |key, row| {
            // Behind the person stand the day and the entry.
            let order = key.get(from.len()..).unwrap_or_default().to_vec();
            keys.push((order, member.person.name(), row.to_vec()));
            Ok(())
        })?;
    }
    keys.sort_unstable_by(|one, other| other.0.cmp(&one.0));
    let mut contacts = Vec::new();
    for (_, name, row) in keys.into_iter().take(LAST_CONTACTS) {
        if let Some(contact) = snapshot.get::<Contact>(&row)? {
            let by = answers::undo::staff_name(snapshot, contact.by)?;
            contacts.push((name.to_owned(), contact, by));
        }
    }
    Ok(contacts)
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

fn mother(snapshot: &Snapshot, child: &Person) -> Result<Option<(PersonId, String)>, Error> {
    let Some(id) = child.mother() else {
        return Ok(None);
    };
    let mother: Option<Person> = snapshot.get(&id_key(id.0))?;
    Ok(mother.map(|mother| (id, mother.name().to_owned())))
}

fn homes(snapshot: &Snapshot, stays: &[Stay]) -> Result<BTreeMap<HouseholdId, String>, Error> {
    let mut homes = BTreeMap::new();
    for stay in stays {
        let home: Option<Household> = snapshot.get(&id_key(stay.household.0))?;
        homes.extend(home.map(|home| (home.id, home.place())));
    }
    Ok(homes)
}

fn staff(snapshot: &Snapshot, contacts: &[Contact]) -> Result<BTreeMap<StaffId, String>, Error> {
    let mut names = BTreeMap::new();
    for contact in contacts {
        if let Entry::Vacant(unknown) = names.entry(contact.by) {
            unknown.insert(answers::undo::staff_name(snapshot, contact.by)?);
        }
    }
    Ok(names)
}
