//! Whoever the queue looks at, held as looked up last: after a save only those it altered are
//! looked up again.
//!
//! It holds what one day and one edition of the settings make of people; who of them is wanted,
//! and in which order, is the queue's.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    desk::reply::QueueRow,
    domain::{
        clinic::Village,
        day::Day,
        household::{self, Household},
        id::{HouseholdId, PersonId, VillageId},
        identity::Sex,
        person::{self, Person},
        queue::{self, Early, HasRow, Member, Place, Row, Work},
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::{Read, Table},
        visit,
    },
    store::{Error, Mark, Snapshot},
};

/// So many people are held whole at most between two questions: a township's morning, not its
/// whole register.
const MOST: usize = 4_096;

/// The answers shown of a person, and those that say where a household is and whose.
const SHOWN: [&str; 3] = [person::key::NAME, person::key::SEX, person::key::BIRTH];
const WHERE: [&str; 3] = [
    household::key::GROUP,
    household::key::DOOR,
    household::key::DOCTOR,
];

/// People looked up.
#[derive(Default)]
pub(in crate::desk) struct Gathered {
    as_of: Option<AsOf>,
    /// By id; a place must say in which village it is where there are several.
    villages: BTreeMap<VillageId, String>,
    homes: BTreeMap<HouseholdId, Home>,
    people: BTreeMap<PersonId, Known>,
}

/// What everything held stands by.
struct AsOf {
    mark: Mark,
    day: Day,
    settings: Settings,
}

/// A person as far as the queue was asked about them.
enum Known {
    /// Nothing presses: who they are and where they live is not looked up before somebody asks.
    Early(Early),
    Whole(Box<Whole>),
}

/// A person as the queue shows them.
pub(super) struct Whole {
    pub member: Member,
    pub work: Work<Arc<QueueRow>>,
    pub about: About,
}

/// What every row of a person shows, whatever is to be done.
#[derive(Clone)]
pub(super) struct About {
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    village: String,
    head: Option<PersonId>,
    head_name: String,
}

/// A household as its members' rows show it.
#[derive(Clone)]
struct Home {
    household: Household,
    place: String,
    village: String,
    head_name: String,
}

/// Whom one question asks about.
pub(super) struct Asked<'a> {
    pub people: &'a BTreeSet<PersonId>,
    pub done: &'a BTreeSet<PersonId>,
    pub attempted: &'a BTreeSet<PersonId>,
    /// Whether those are wanted whole of whose work nothing presses.
    pub everybody_whole: bool,
}

impl HasRow for Arc<QueueRow> {
    fn row(&self) -> &Row {
        &self.row
    }
}

impl Gathered {
    /// Forgets whatever the snapshot has otherwise.
    pub(super) fn follow(
        &mut self,
        snapshot: &Snapshot,
        day: Day,
        settings: &Settings,
    ) -> Result<(), Error> {
        let held = self.as_of.take();
        let held = held.filter(|held| held.day == day && held.settings == *settings);
        let altered = match &held {
            Some(held) => snapshot.altered(&held.mark)?,
            None => None,
        };
        match altered {
            Some(altered) => altered
                .iter()
                .for_each(|(table, key)| self.forget(*table, key)),
            None => self.forget_all(),
        }
        if self.villages.is_empty() {
            snapshot.every(|village: Village| {
                self.villages.insert(village.id, village.name);
                Ok(true)
            })?;
        }
        self.as_of = Some(AsOf {
            mark: snapshot.mark()?,
            day,
            settings: settings.clone(),
        });
        Ok(())
    }

    fn forget_all(&mut self) {
        self.villages.clear();
        self.homes.clear();
        self.people.clear();
    }

    /// Forgets whom an altered row tells something of.
    fn forget(&mut self, table: Table, key: &[u8]) {
        let id = key.try_into().map_or(0, u64::from_be_bytes);
        match table {
            Table::Course => {
                self.people.remove(&PersonId(id));
            }
            Table::Person => {
                let person = PersonId(id);
                self.people.remove(&person);
                self.homes
                    .retain(|_, home| home.household.head != Some(person));
                self.forget_of(|whole| whole.about.head == Some(person));
            }
            Table::Household => {
                let household = HouseholdId(id);
                self.homes.remove(&household);
                self.forget_of(|whole| whole.member.household == household);
            }
            Table::Clinic | Table::Village | Table::Settings => self.forget_all(),
            Table::Staff
            | Table::Stay
            | Table::Contact
            | Table::Round
            | Table::RosterRow
            | Table::OpenForms
            | Table::Agreement
            | Table::Doctor
            | Table::Team
            | Table::Unit
            | Table::Package
            | Table::Voucher
            | Table::Report
            | Table::Copies
            | Table::LookedAt => {}
        }
    }

    fn forget_of(&mut self, wanted: impl Fn(&Whole) -> bool) {
        self.people.retain(|_, known| match known {
            Known::Early(_) => true,
            Known::Whole(whole) => !wanted(whole),
        });
    }

    /// Looks up those who are not held yet, and says what of these people was done on the day.
    pub(super) fn look_up(&mut self, snapshot: &Snapshot, asked: &Asked<'_>) -> Result<(), Error> {
        for id in asked.people {
            let is_contacted = asked.done.contains(id) || asked.attempted.contains(id);
            let is_whole = asked.everybody_whole || is_contacted;
            let is_held = match self.people.get(id) {
                None => false,
                Some(Known::Early(_)) => !is_whole,
                Some(Known::Whole(_)) => true,
            };
            if !is_held && let Some(known) = self.looked_up(snapshot, *id, is_whole)? {
                self.people.insert(*id, known);
            }
            if let Some(Known::Whole(known)) = self.people.get_mut(id) {
                known.member.is_done_today = asked.done.contains(id);
                known.attempted(asked.attempted.contains(id));
            }
        }
        Ok(())
    }

    /// Lets those go who are not among these people.
    pub(super) fn keep(&mut self, people: &BTreeSet<PersonId>) {
        let whole = |known: &Known| matches!(known, Known::Whole(_));
        let is_too_many = MOST < self.people.values().filter(|known| whole(known)).count();
        self.people
            .retain(|id, known| people.contains(id) && !(is_too_many && whole(known)));
        if MOST < self.homes.len() {
            self.homes.clear();
        }
    }

    /// Returns a person who was looked up whole.
    pub(super) fn of(&self, person: PersonId) -> Option<&Whole> {
        match self.people.get(&person)? {
            Known::Early(_) => None,
            Known::Whole(whole) => Some(whole),
        }
    }

    /// Returns how much is counted only of a person.
    pub(super) fn early(&self, person: PersonId) -> Option<Early> {
        match self.people.get(&person)? {
            Known::Early(early) => Some(*early),
            Known::Whole(_) => None,
        }
    }

    fn looked_up(
        &mut self,
        snapshot: &Snapshot,
        id: PersonId,
        is_whole: bool,
    ) -> Result<Option<Known>, Error> {
        let Some(as_of) = &self.as_of else {
            return Ok(None);
        };
        let day = as_of.day;
        let Some(course) = snapshot.get::<CourseRow>(&id_key(id.0))? else {
            return Ok(None);
        };
        let (tasks, owed) = course.pressed(day, &as_of.settings);
        let visits = queue::visits(&tasks, day, &as_of.settings);
        if let Some(early) = visits.early(day).filter(|_| !is_whole) {
            return Ok(Some(Known::Early(early)));
        }
        let Some(person) = snapshot.few::<Person>(&id_key(id.0), &SHOWN)? else {
            return Ok(None);
        };
        let Some(home) = self.home(snapshot, person.household)? else {
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

    fn home(&mut self, snapshot: &Snapshot, id: HouseholdId) -> Result<Option<&Home>, Error> {
        if !self.homes.contains_key(&id) {
            let Some(household) = snapshot.few::<Household>(&id_key(id.0), &WHERE)? else {
                return Ok(None);
            };
            let village = self.villages.get(&household.village);
            let head: Option<Person> = match household.head {
                Some(head) => snapshot.few(&id_key(head.0), &[person::key::NAME])?,
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
            self.homes.insert(id, home);
        }
        Ok(self.homes.get(&id))
    }
}

impl Whole {
    /// Says whether an attempt of the day reached nobody.
    fn attempted(&mut self, is_attempted: bool) {
        if self.member.is_attempted_today == is_attempted {
            return;
        }
        self.member.is_attempted_today = is_attempted;
        for row in self.work.rows.iter_mut().chain(&mut self.work.standing) {
            Arc::make_mut(row).row.is_attempted_today = is_attempted;
        }
    }

    /// Returns a row of another day as it is shown.
    pub(super) fn of_day(
        &self,
        row: Row,
        snapshot: &Snapshot,
        day: Day,
    ) -> Result<Arc<QueueRow>, Error> {
        let rows = self.work.rows.iter().chain(&self.work.standing);
        let mut known = rows.filter(|known| known.row.tasks == row.tasks);
        let forms = match known.next() {
            Some(known) => known.forms.clone(),
            None => {
                let course = super::course_of(snapshot, row.person)?;
                visit::forms_of(&row.tasks, &course.who(day))
            }
        };
        Ok(Arc::new(self.about.shown(forms, row)))
    }
}

impl About {
    /// Returns the row as it is shown, but for what is known of the day alone.
    fn shown(&self, forms: Vec<String>, row: Row) -> QueueRow {
        QueueRow {
            forms,
            name: self.name.clone(),
            sex: self.sex,
            birth: self.birth,
            place: self.place.clone(),
            village: self.village.clone(),
            head: self.head_name.clone(),
            is_marked: false,
            has_draft: false,
            open: None,
            row,
        }
    }
}
