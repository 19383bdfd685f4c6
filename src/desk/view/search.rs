//! Search as one types: the index is filled once in the background and then
//! follows the journal, so that it stays right in every open window.

use std::collections::BTreeSet;

use super::{
    agreement::found,
    side_by_side::{apart, side_by_side},
    teller::{self, Teller},
};
use crate::{
    desk::{
        Desk, Stop,
        reply::{FoundPerson, SearchView},
    },
    domain::{
        aspect::Aspect,
        day::Day,
        household::{Household, key as household_key},
        id::{HouseholdId, PersonId},
        person::{Person, key},
        rows::{agreement::AgreementRow, id_key},
        search::{SearchRow, Tell},
        settings::Settings,
        tables::{Counter, Read},
    },
    search::{self, Index},
    store::{Error, Snapshot, Store},
};

/// The people of so many households at once wait to be taken into the index.
const HOMES: usize = 1_024;

/// The index of one process and how far it follows the journal.
#[derive(Default)]
pub struct Found {
    index: Index,
    /// The last entry taken in; `None` before the index is filled.
    head: Option<u64>,
    /// The day whose lateness the tags tell.
    day: Option<Day>,
}

impl Desk {
    /// Answers a search; the index catches up with the journal first.
    pub(super) fn search(&self, text: &str, limit: usize) -> Result<SearchView, Stop> {
        self.search_in(&self.store().snapshot()?, text, limit)
    }

    /// Answers a search as this snapshot has it.
    pub(super) fn search_in(
        &self,
        snapshot: &Snapshot,
        text: &str,
        limit: usize,
    ) -> Result<SearchView, Stop> {
        let today = self.today_in(snapshot)?;
        let mut found = self
            .index
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        found.follow(self.store(), snapshot, today)?;
        let hits = found.index.search(text, today, limit);
        drop(found);
        let mut rows = Vec::with_capacity(hits.rows.len());
        let several = super::several_villages(snapshot)?;
        let settings = super::settings_now(snapshot)?;
        for hit in &hits.rows {
            rows.extend(shown(snapshot, hit.person, today, several, &settings)?);
        }
        Ok(SearchView {
            query: text.to_owned(),
            today,
            tells: told_apart(&rows, today),
            hits,
            rows,
        })
    }
}

/// Returns what tells each of these rows apart from its namesakes.
fn told_apart(rows: &[FoundPerson], today: Day) -> Vec<Vec<Tell>> {
    let plain = |row: &FoundPerson| SearchRow {
        head_name: row.head.clone(),
        sex: row.sex.code().parse().unwrap_or(0),
        birth: row.birth,
        id_no: row.id_no.clone(),
        door: row.place.clone(),
        ..SearchRow::new(row.person, row.household, &row.name)
    };
    let plain: Vec<SearchRow> = rows.iter().map(plain).collect();
    search::distinct(&plain.iter().collect::<Vec<_>>(), today)
}

impl Found {
    fn follow(&mut self, store: &Store, snapshot: &Snapshot, today: Day) -> Result<(), Error> {
        let head = snapshot.head()?.seq;
        match self.head {
            Some(seen) if seen == head && self.day == Some(today) => return Ok(()),
            Some(seen) if seen <= head && self.day == Some(today) => {
                self.catch_up(snapshot, seen, today)?;
            }
            _ => {
                let people = people_of(snapshot)?;
                store.read_ahead()?;
                apart(people, || self.fill(snapshot, today))?;
            }
        }
        self.head = Some(head);
        self.day = Some(today);
        Ok(())
    }

    fn fill(&mut self, snapshot: &Snapshot, today: Day) -> Result<(), Error> {
        self.index = Index::new(teller::words());
        let teller = Teller::of(snapshot, today)?;
        let signing = found::Signing::of_all(snapshot, today)?;
        let people = people_of(snapshot)?;
        self.index.load_told(people, |take| {
            let mut lives_here = vec![false; people + 1];
            let homes = snapshot.counter(&Counter::Household)?;
            let homes: Vec<HouseholdId> = (1..=homes).map(HouseholdId).collect();
            for some in homes.chunks(HOMES) {
                let parts = side_by_side(some, |part| teller.of_homes(part, &signing))?;
                for row in parts.into_iter().flatten() {
                    let at = usize::try_from(row.person.0).unwrap_or(usize::MAX);
                    if let Some(lives_here) = lives_here.get_mut(at) {
                        *lives_here = true;
                    }
                    take(row);
                }
            }
            let gone = (1..=people).filter(|at| !lives_here[*at]);
            for id in gone.filter_map(|at| u64::try_from(at).ok()) {
                let person: Option<Person> = snapshot.few(&id_key(id), &[])?;
                if let Some(person) = person.filter(super::is_gone)
                    && let Some(household) = teller.home(person.household)?
                {
                    teller.rows(&household, &[person.id], &signing, take)?;
                }
            }
            Ok::<_, Error>(())
        })?;
        self.touch(snapshot, snapshot.head()?.seq.saturating_sub(300))
    }

    /// Takes in what the entries after `seen` touched.
    fn catch_up(&mut self, snapshot: &Snapshot, seen: u64, today: Day) -> Result<(), Error> {
        let mut people: BTreeSet<PersonId> = BTreeSet::new();
        let mut households = BTreeSet::new();
        let mut agreements = BTreeSet::new();
        let mut are_settings_new = false;
        snapshot.entries(seen + 1, |entry, _| {
            for aspect in &entry.touched {
                match aspect {
                    Aspect::PersonCard(person) | Aspect::Programme(person, _) => {
                        people.insert(*person);
                    }
                    Aspect::HouseholdCard(household) | Aspect::Membership(household) => {
                        households.insert(*household);
                    }
                    // Everybody's work may stand at other days now.
                    Aspect::Settings(_) => are_settings_new = true,
                    Aspect::Agreement(agreement) => {
                        agreements.insert(*agreement);
                    }
                    Aspect::Clinic | Aspect::Parties => {}
                }
            }
            Ok(true)
        })?;
        if are_settings_new {
            return self.fill(snapshot, today);
        }
        for household in households {
            if let Some(household) = snapshot.few::<Household>(&id_key(household.0), &[])? {
                people.extend(&household.members);
            }
        }
        for id in agreements {
            if let Some(row) = snapshot.get::<AgreementRow>(&id_key(id.0))? {
                people.extend(row.people());
            }
        }
        let teller = Teller::of(snapshot, today)?;
        let signing = found::Signing::of(snapshot, &people, today)?;
        for id in people {
            let person: Option<Person> = snapshot.few(&id_key(id.0), &[])?;
            let mut row = None;
            if let Some(person) = person
                && let Some(household) = teller.home(person.household)?
            {
                teller.rows(&household, &[id], &signing, &mut |one| row = Some(one))?;
            }
            match row {
                Some(row) => self.index.put(&row),
                None => self.index.remove(id),
            }
        }
        self.touch(snapshot, seen)
    }

    /// Notes whom the entries after `seen` were about, for the order of hits.
    fn touch(&mut self, snapshot: &Snapshot, seen: u64) -> Result<(), Error> {
        let index = &mut self.index;
        snapshot.entries(seen + 1, |entry, _| {
            // An import touches everybody and so nobody.
            if entry.touched.len() <= 12 {
                for aspect in &entry.touched {
                    if let Aspect::PersonCard(person) | Aspect::Programme(person, _) = aspect {
                        index.touch(*person, entry.seq);
                    }
                }
            }
            Ok(true)
        })
    }
}

/// Returns how many people were ever entered.
fn people_of(snapshot: &Snapshot) -> Result<usize, Error> {
    Ok(usize::try_from(snapshot.counter(&Counter::Person)?).unwrap_or(0))
}

/// The answers of a person's and a household's card that a row shows or its tags follow from.
const SHOWN: [&str; 6] = [
    key::NAME,
    key::SEX,
    key::BIRTH,
    key::ID_NO,
    key::DISEASES,
    key::DISABILITY,
];
const SHOWN_OF_HOME: [&str; 5] = [
    household_key::GROUP,
    household_key::DOOR,
    household_key::ADDRESS,
    household_key::HH_TYPE,
    household_key::HH_FLAGS,
];

fn shown(
    snapshot: &Snapshot,
    id: PersonId,
    today: Day,
    several_villages: bool,
    settings: &Settings,
) -> Result<Option<FoundPerson>, Error> {
    let Some(person) = snapshot.few::<Person>(&id_key(id.0), &SHOWN)? else {
        return Ok(None);
    };
    let home = id_key(person.household.0);
    let Some(household) = snapshot.few::<Household>(&home, &SHOWN_OF_HOME)? else {
        return Ok(None);
    };
    let course = super::course_of(snapshot, id)?;
    let mut tasks = course.tasks(today, settings);
    tasks.retain(|task| !task.window.is_standing());
    Ok(Some(FoundPerson {
        person: id,
        household: household.id,
        name: person.name().to_owned(),
        sex: person.sex(),
        birth: person.birth(),
        id_no: person.text(key::ID_NO).to_owned(),
        record_no: person.record_no.clone(),
        head: super::head_name(snapshot, &household)?,
        place: super::place_of(snapshot, &household, several_villages)?,
        group: household.group(),
        address_here: super::address_here(snapshot, &household)?,
        household_size: household.members.len(),
        tags: super::tags_of(&person, &household, &course.course, today),
        agreement: person
            .agreement_told
            .as_ref()
            .map(|told| told.state.clone()),
        signed: found::signed(snapshot, id, today, settings)?,
        due: tasks.into_iter().min_by_key(|task| task.due),
        is_gone: super::is_gone(&person),
    }))
}
