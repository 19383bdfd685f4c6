//! Whoever the queue looks at, held as looked up last: after a save only those it altered are
//! looked up again.
//!
//! It holds what one day and one edition of the settings make of people; who of them is wanted,
//! and in which order, is the queue's.

use std::collections::{BTreeMap, BTreeSet};

use super::head_name;
use crate::{
    desk::reply::QueueRow,
    domain::{
        clinic::Village,
        day::Day,
        household::{self, Household},
        id::{HouseholdId, PersonId, VillageId},
        identity::Sex,
        person::Person,
        queue::{self, Member, Place, Row, Work},
        rows::{CourseRow, id_key},
        settings::Settings,
        tables::{Read, Table},
        visit,
    },
    store::{Error, Mark, Snapshot},
};

/// So many people are held at most between two questions: a township's morning, not its whole
/// register.
const MOST: usize = 4_096;

/// People looked up.
#[derive(Default)]
pub(in crate::desk) struct Gathered {
    as_of: Option<AsOf>,
    /// By id; a place must say in which village it is where there are several.
    villages: BTreeMap<VillageId, String>,
    people: BTreeMap<PersonId, Known>,
}

/// What everything held stands by.
struct AsOf {
    mark: Mark,
    day: Day,
    settings: Settings,
}

/// A person as the queue shows them.
pub(super) struct Known {
    pub member: Member,
    pub work: Work,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    village: String,
    head: Option<PersonId>,
    head_name: String,
    /// The forms of each row, those of standing tasks last.
    forms: Vec<Vec<String>>,
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
                let tells_of =
                    |of: &PersonId, known: &Known| *of == person || known.head == Some(person);
                self.people.retain(|of, known| !tells_of(of, known));
            }
            Table::Household => {
                let household = HouseholdId(id);
                self.people
                    .retain(|_, known| known.member.household != household);
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

    /// Looks up those who are not held yet, and says what of these people was done on the day.
    pub(super) fn look_up(
        &mut self,
        snapshot: &Snapshot,
        people: &BTreeSet<PersonId>,
        done: &BTreeSet<PersonId>,
        attempted: &BTreeSet<PersonId>,
    ) -> Result<(), Error> {
        for id in people {
            if !self.people.contains_key(id)
                && let Some(known) = self.looked_up(snapshot, *id)?
            {
                self.people.insert(*id, known);
            }
            if let Some(known) = self.people.get_mut(id) {
                known.member.is_done_today = done.contains(id);
                known.member.is_attempted_today = attempted.contains(id);
            }
        }
        Ok(())
    }

    /// Lets those go who are not among these people.
    pub(super) fn keep(&mut self, people: &BTreeSet<PersonId>) {
        if people.len() <= MOST {
            self.people.retain(|id, _| people.contains(id));
        } else {
            self.people.clear();
        }
    }

    pub(super) fn of(&self, person: PersonId) -> Option<&Known> {
        self.people.get(&person)
    }

    fn looked_up(&self, snapshot: &Snapshot, id: PersonId) -> Result<Option<Known>, Error> {
        let Some(as_of) = &self.as_of else {
            return Ok(None);
        };
        let course: Option<CourseRow> = snapshot.get(&id_key(id.0))?;
        let person: Option<Person> = snapshot.get(&id_key(id.0))?;
        let (Some(course), Some(person)) = (course, person) else {
            return Ok(None);
        };
        let household: Option<Household> = snapshot.get(&id_key(person.household.0))?;
        let Some(household) = household else {
            return Ok(None);
        };
        let village = self.villages.get(&household.village);
        let (tasks, owed) = course.pressed(as_of.day, &as_of.settings);
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
        let work = queue::work(&member, as_of.day, &as_of.settings);
        let rows = work.rows.iter().chain(&work.standing);
        let who = course.who(as_of.day);
        Ok(Some(Known {
            forms: rows.map(|row| visit::forms_of(&row.tasks, &who)).collect(),
            name: person.name().to_owned(),
            sex: person.sex(),
            birth: person.birth(),
            place: match village {
                Some(village) if 1 < self.villages.len() => household.place_in(village),
                Some(_) | None => household.place(),
            },
            village: village.cloned().unwrap_or_default(),
            head: household.head,
            head_name: match household.head == Some(id) {
                true => person.name().to_owned(),
                false => head_name(snapshot, &household)?,
            },
            member,
            work,
        }))
    }
}

impl Known {
    /// Returns the row as it is shown, but for what is known of the day alone.
    pub(super) fn shown(&self, row: Row, snapshot: &Snapshot, day: Day) -> Result<QueueRow, Error> {
        Ok(QueueRow {
            forms: self.forms(&row, snapshot, day)?,
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
        })
    }

    /// Returns the forms of a row's work; of a row of another day they are looked up.
    fn forms(&self, row: &Row, snapshot: &Snapshot, day: Day) -> Result<Vec<String>, Error> {
        let rows = self.work.rows.iter().chain(&self.work.standing);
        let mut known = rows.zip(&self.forms);
        match known.find(|(one, _)| one.tasks == row.tasks) {
            Some((_, forms)) => Ok(forms.clone()),
            None => {
                let course = super::course_of(snapshot, row.person)?;
                Ok(visit::forms_of(&row.tasks, &course.who(day)))
            }
        }
    }
}
