//! Looks people up for the queue: what is to be done for them, who they are and where they live.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use super::whole::{About, Whole};
use crate::{
    domain::{
        day::Day,
        household::{self, Household},
        id::{HouseholdId, PersonId, VillageId},
        person::{self, Person},
        queue::{self, Early, Member, Place, Row, Work},
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::Read,
        visit,
    },
    store::{Error, Snapshot},
};

/// The answers shown of a person, and those that say where a household is and whose.
const SHOWN: [&str; 3] = [person::key::NAME, person::key::SEX, person::key::BIRTH];
const WHERE: [&str; 3] = [
    household::key::GROUP,
    household::key::DOOR,
    household::key::DOCTOR,
];

/// So many people are worth a thread of their own.
const MANY: usize = 256;
/// So many threads at most look people up.
const THREADS: usize = 4;

/// A person as far as the queue was asked about them.
pub(super) enum Known {
    /// Nothing presses: who they are and where they live is not looked up before somebody asks.
    Early(Early),
    Whole(Box<Whole>),
}

/// A household as its members' rows show it.
pub(super) struct Home {
    pub household: Household,
    place: String,
    village: String,
    head_name: String,
}

/// The households looked up, by id.
pub(super) type Homes = BTreeMap<HouseholdId, Home>;

/// Whom to look up, and whether also who they are where nothing presses.
pub(super) type Wanted = (PersonId, bool);

/// Looks people up as of a day and under the settings of a clinic.
#[derive(Clone, Copy)]
pub(super) struct Looker<'a> {
    pub snapshot: &'a Snapshot,
    pub day: Day,
    pub settings: &'a Settings,
    pub villages: &'a BTreeMap<VillageId, String>,
}

impl Looker<'_> {
    /// Returns these people, in their order; who is not there is left out.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn people(
        self,
        wanted: &[Wanted],
        homes: &mut Homes,
    ) -> Result<Vec<(PersonId, Known)>, Error> {
        let parts = wanted.len() / MANY;
        if parts < 2 {
            return self.one_by_one(wanted, homes);
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let part = wanted.len().div_ceil(parts.min(threads).min(THREADS));
        let (own, others) = wanted.split_at(part);
        std::thread::scope(|scope| {
            let others = others.chunks(part).map(|part| {
                scope.spawn(move || {
                    let mut homes = Homes::new();
                    let people = self.one_by_one(part, &mut homes)?;
                    Ok::<_, Error>((people, homes))
                })
            });
            let others: Vec<_> = others.collect();
            let mut people = self.one_by_one(own, homes)?;
            for other in others {
                let (more, their_homes) = match other.join() {
                    Ok(found) => found?,
                    Err(panic) => std::panic::resume_unwind(panic),
                };
                people.extend(more);
                homes.extend(their_homes);
            }
            Ok(people)
        })
    }

    fn one_by_one(
        self,
        wanted: &[Wanted],
        homes: &mut Homes,
    ) -> Result<Vec<(PersonId, Known)>, Error> {
        let mut people = Vec::with_capacity(wanted.len());
        for (id, is_whole) in wanted {
            let known = self.person(*id, *is_whole, homes)?;
            people.extend(known.map(|known| (*id, known)));
        }
        Ok(people)
    }

    fn person(
        self,
        id: PersonId,
        is_whole: bool,
        homes: &mut Homes,
    ) -> Result<Option<Known>, Error> {
        let Self {
            snapshot,
            day,
            settings,
            ..
        } = self;
        let Some(course) = snapshot.get::<CourseRow>(&id_key(id.0))? else {
            return Ok(None);
        };
        let (tasks, owed) = course.pressed(day, settings);
        let visits = queue::visits(&tasks, day, settings);
        if let Some(early) = visits.early(day).filter(|_| !is_whole) {
            return Ok(Some(Known::Early(early)));
        }
        let Some(person) = snapshot.few::<Person>(&id_key(id.0), &SHOWN)? else {
            return Ok(None);
        };
        let Some(home) = self.home(person.household, homes)? else {
            return Ok(None);
        };
        let household = &home.household;
        let member = Member {
            person: id,
            household: household.id,
            place: Place {
                village: household.village,
                group: household.group(),
                household_number: household.serial,
                member_number: person.member_no,
            },
            doctor: household.text(household::key::DOCTOR).to_owned(),
            tasks,
            owed,
            is_done_today: false,
            is_attempted_today: false,
        };
        let about = About {
            name: person.name().to_owned(),
            sex: person.sex(),
            birth: person.birth(),
            place: home.place.clone(),
            village: home.village.clone(),
            head: household.head,
            head_name: home.head_name.clone(),
        };
        let work = visits.work(&member, day);
        let who = course.who(day);
        let shown = |row: Row| Arc::new(about.shown(visit::forms_of(&row.tasks, &who), row));
        let work = Work {
            rows: work.rows.into_iter().map(shown).collect(),
            standing: work.standing.map(shown),
        };
        let whole = Whole {
            member,
            work,
            about,
        };
        Ok(Some(Known::Whole(Box::new(whole))))
    }

    fn home(self, id: HouseholdId, homes: &mut Homes) -> Result<Option<&Home>, Error> {
        let place = match homes.entry(id) {
            Entry::Occupied(held) => return Ok(Some(held.into_mut())),
            Entry::Vacant(place) => place,
        };
        let Some(household) = self.snapshot.few::<Household>(&id_key(id.0), &WHERE)? else {
            return Ok(None);
        };
        let village = self.villages.get(&household.village);
        let head: Option<Person> = match household.head {
            Some(head) => self.snapshot.few(&id_key(head.0), &[person::key::NAME])?,
            None => None,
        };
        let home = Home {
            place: match village {
                Some(village) if 1 < self.villages.len() => household.place_in(village),
                Some(_) | None => household.place(),
            },
            village: village.cloned().unwrap_or_default(),
            head_name: head.map_or_else(String::new, |head| head.name().to_owned()),
            household,
        };
        Ok(Some(place.insert(home)))
    }
}

impl Known {
    pub(super) fn whole(&self) -> Option<&Whole> {
        match self {
            Self::Early(_) => None,
            Self::Whole(whole) => Some(whole),
        }
    }

    pub(super) const fn early(&self) -> Option<Early> {
        match self {
            Self::Early(early) => Some(*early),
            Self::Whole(_) => None,
        }
    }
}
