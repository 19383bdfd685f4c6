//! Search as one types: the index is filled once in the background and then
//! follows the journal, so that it stays right in every open window.

use std::collections::BTreeSet;

use super::{agreement::found, side_by_side::apart};
use crate::{
    desk::{
        Desk, Stop,
        reply::{FoundPerson, SearchView},
    },
    domain::{
        aspect::Aspect,
        clinic::Village,
        day::Day,
        household::{Household, key as household_key},
        id::PersonId,
        person::{Person, key},
        rows::{CourseRow, agreement::AgreementRow, id_key},
        search::{SearchRow, Tell},
        settings::Settings,
        tables::{Counter, Read},
        tags::Tag,
        task::Status,
    },
    search::{self, Index, TagWords},
    store::{Error, Snapshot},
};

/// `#逾期`
const OVERDUE: u32 = 1 << 16;
/// `#今日`: due today or in grace.
const DUE: u32 = 1 << 17;
/// `#已签约`, as a roster told it.
const SIGNED: u32 = 1 << 18;
/// `#未签约`
const UNSIGNED: u32 = 1 << 19;
/// `#有事`: a dated task can be done now.
const OPEN: u32 = 1 << 20;
/// `#重点人群`: K01–K10, and K11 where the clinic counts it.
const KEY: u32 = 1 << 21;

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
        found.follow(snapshot, today)?;
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
    fn follow(&mut self, snapshot: &Snapshot, today: Day) -> Result<(), Error> {
        let head = snapshot.head()?.seq;
        match self.head {
            Some(seen) if seen == head && self.day == Some(today) => return Ok(()),
            Some(seen) if seen <= head && self.day == Some(today) => {
                self.catch_up(snapshot, seen, today)?;
            }
            _ => apart(people_of(snapshot)?, || self.fill(snapshot, today))?,
        }
        self.head = Some(head);
        self.day = Some(today);
        Ok(())
    }

    fn fill(&mut self, snapshot: &Snapshot, today: Day) -> Result<(), Error> {
        self.index = Index::new(words());
        let settings = super::settings_now(snapshot)?;
        let signing = found::Signing::of_all(snapshot, today)?;
        self.index.load_told(people_of(snapshot)?, |take| {
            snapshot.every(|household: Household| {
                let home = Home::of(snapshot, household)?;
                for person in &home.household.members {
                    take(home.row(snapshot, *person, today, (&settings, &signing))?);
                }
                Ok(true)
            })?;
            snapshot.every(|person: Person| {
                if super::is_gone(&person)
                    && let Some(household) = snapshot.get(&id_key(person.household.0))?
                {
                    let home = Home::of(snapshot, household)?;
                    take(home.row(snapshot, person.id, today, (&settings, &signing))?);
                }
                Ok(true)
            })
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
        let settings = super::settings_now(snapshot)?;
        for household in households {
            if let Some(household) = snapshot.get::<Household>(&id_key(household.0))? {
                people.extend(&household.members);
            }
        }
        for id in agreements {
            if let Some(row) = snapshot.get::<AgreementRow>(&id_key(id.0))? {
                people.extend(row.people());
            }
        }
        let signing = found::Signing::of(snapshot, &people, today)?;
        for id in people {
            let person: Option<Person> = snapshot.get(&id_key(id.0))?;
            let household = match &person {
                Some(person) => snapshot.get::<Household>(&id_key(person.household.0))?,
                None => None,
            };
            let row = match household {
                Some(household) => {
                    let home = Home::of(snapshot, household)?;
                    home.row(snapshot, id, today, (&settings, &signing))?
                }
                None => None,
            };
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

/// A household with what its members' rows repeat.
struct Home {
    household: Household,
    village: Option<Village>,
    head: String,
}

impl Home {
    fn of(snapshot: &Snapshot, household: Household) -> Result<Self, Error> {
        let village = snapshot.get(&id_key(household.village.0))?;
        let head = super::head_name(snapshot, &household)?;
        Ok(Self {
            household,
            village,
            head,
        })
    }

    fn row(
        &self,
        snapshot: &Snapshot,
        id: PersonId,
        today: Day,
        (settings, signing): (&Settings, &found::Signing),
    ) -> Result<Option<SearchRow>, Error> {
        let Some(person) = snapshot.get::<Person>(&id_key(id.0))? else {
            return Ok(None);
        };
        let course = super::course_of(snapshot, id)?;
        let household = &self.household;
        let village = self.village.as_ref();
        let code = village.and_then(|village| village.code.as_deref());
        Ok(Some(SearchRow {
            person: id,
            household: household.id,
            name: person.name().to_owned(),
            head_name: self.head.clone(),
            is_head: household.head == Some(id),
            sex: person.sex().code().parse().unwrap_or(0),
            birth: person.birth(),
            id_no: person.text(key::ID_NO).to_owned(),
            phone: person.text(key::PHONE).to_owned(),
            contact_phone: person.text(key::CONTACT_PHONE).to_owned(),
            household_phone: household.text(household_key::PHONE).to_owned(),
            record_no: person.record_no.clone().unwrap_or_default(),
            hh_no: household.number(code).unwrap_or_default(),
            outside_no: household.outside_no.clone().unwrap_or_default(),
            village: village.map_or_else(String::new, |village| village.name.clone()),
            group: household.text(household_key::GROUP).to_owned(),
            door: household.door(),
            address: household.text(household_key::ADDRESS).to_owned(),
            tags: tag_bits(
                &person,
                household,
                &course,
                today,
                settings,
                signing.is_signed(&person),
            ),
            is_gone: super::is_gone(&person),
            member_order: u16::try_from(person.member_no).unwrap_or(u16::MAX),
        }))
    }
}

/// The words after `#` and the bits they ask for.
fn words() -> TagWords {
    let tags = Tag::ALL.iter().map(|tag| (tag.name().zh, bit(*tag)));
    let codes = Tag::ALL.iter().map(|tag| (tag.code(), bit(*tag)));
    let states = [
        ("逾期", OVERDUE),
        ("今日", DUE),
        ("到期", DUE),
        ("已签约", SIGNED),
        ("未签约", UNSIGNED),
        ("有事", OPEN),
        ("重点人群", KEY),
        ("脱贫户", bit(Tag::LiftedFromPoverty)),
        ("老人", bit(Tag::Elderly)),
    ];
    TagWords::new(tags.chain(codes).chain(states))
}

fn bit(tag: Tag) -> u32 {
    let place = Tag::ALL.iter().position(|other| *other == tag).unwrap_or(0);
    1 << place.min(15)
}

fn tag_bits(
    person: &Person,
    household: &Household,
    row: &CourseRow,
    today: Day,
    settings: &Settings,
    is_signed: bool,
) -> u32 {
    let tags = super::tags_of(person, household, &row.course, today);
    let mut bits = tags.iter().fold(0, |bits, tag| bits | bit(tag));
    if tags.is_key(settings.key_include_k11) {
        bits |= KEY;
    }
    let tasks = row.tasks(today, settings);
    for task in &tasks {
        if task.window.is_standing() {
            continue;
        }
        match task.status(today) {
            Status::Overdue => bits |= OVERDUE | OPEN,
            Status::DueToday | Status::Grace => bits |= DUE | OPEN,
            Status::OpenEarly => bits |= OPEN,
            Status::NotYet => {}
        }
    }
    bits | if is_signed { SIGNED } else { UNSIGNED }
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
        address: household.text(household_key::ADDRESS).to_owned(),
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
