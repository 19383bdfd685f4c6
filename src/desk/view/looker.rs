//! Looks people up for the queue: what is to be done for them, who they are and where they live.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use super::{
    side_by_side::side_by_side,
    whole::{About, Whole},
};
use crate::{
    domain::{
        day::Day,
        few,
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

/// A person as far as the queue was asked about them.
pub(super) enum Known {
    /// Nothing presses: who they are and where they live is not looked up before somebody asks.
    Early(Early),
    /// Nothing presses, and somebody asked.
    Whole(Box<Whole>),
    Pressing(Box<Whole>),
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
    /// Returns these people, in their order, who is not there left out; and the households looked
    /// up for them beside those held.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn people(
        self,
        wanted: &[Wanted],
        held: &Homes,
    ) -> Result<(Vec<(PersonId, Known)>, Homes), Error> {
        let parts = side_by_side(wanted, |part| {
            let (mut people, mut homes) = (Vec::with_capacity(part.len()), Homes::new());
            for (id, is_whole) in part {
                let known = self.person(*id, *is_whole, (held, &mut homes))?;
                people.extend(known.map(|known| (*id, known)));
            }
            Ok::<_, Error>((people, homes))
        })?;
        let (mut people, mut homes) = (Vec::with_capacity(wanted.len()), Homes::new());
        for (more, their_homes) in parts {
            people.extend(more);
            homes.extend(their_homes);
        }
        Ok((people, homes))
    }

    fn person(
        self,
        id: PersonId,
        is_whole: bool,
        homes: (&Homes, &mut Homes),
    ) -> Result<Option<Known>, Error> {
        let Self {
            snapshot,
            day,
            settings,
            ..
        } = self;
        let Some(course) = snapshot.few::<CourseRow>(&id_key(id.0), &[few::PLEDGES])? else {
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
        let Some(home) = self.home(&person, homes)? else {
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
        let presses = whole.presses();
        let whole = Box::new(whole);
        Ok(Some(if presses {
            Known::Pressing(whole)
        } else {
            Known::Whole(whole)
        }))
    }

    /// Returns somebody's household, which is held, or is looked up and put to those found.
    fn home<'h>(
        self,
        member: &Person,
        (held, found): (&'h Homes, &'h mut Homes),
    ) -> Result<Option<&'h Home>, Error> {
        let id = member.household;
        if let Some(home) = held.get(&id) {
            return Ok(Some(home));
        }
        let place = match found.entry(id) {
            Entry::Occupied(held) => return Ok(Some(held.into_mut())),
            Entry::Vacant(place) => place,
        };
        let Some(household) = self.snapshot.few::<Household>(&id_key(id.0), &WHERE)? else {
            return Ok(None);
        };
        let village = self.villages.get(&household.village);
        let head_name = match household.head {
            Some(head) if head == member.id => member.name().to_owned(),
            Some(head) => {
                let head = self.snapshot.few(&id_key(head.0), &[person::key::NAME])?;
                head.map_or_else(String::new, |head: Person| head.name().to_owned())
            }
            None => String::new(),
        };
        let home = Home {
            place: match village {
                Some(village) if 1 < self.villages.len() => household.place_in(village),
                Some(_) | None => household.place(),
            },
            village: village.cloned().unwrap_or_default(),
            head_name,
            household,
        };
        Ok(Some(place.insert(home)))
    }
}

impl Known {
    pub(super) fn whole(&self) -> Option<&Whole> {
        match self {
            Self::Early(_) => None,
            Self::Whole(whole) | Self::Pressing(whole) => Some(whole),
        }
    }

    pub(super) fn whole_mut(&mut self) -> Option<&mut Whole> {
        match self {
            Self::Early(_) => None,
            Self::Whole(whole) | Self::Pressing(whole) => Some(whole),
        }
    }

    pub(super) const fn early(&self) -> Option<Early> {
        match self {
            Self::Early(early) => Some(*early),
            Self::Whole(_) | Self::Pressing(_) => None,
        }
    }
}
