//! The queue of a day, gathered by one range scan of what is listed.

use std::collections::BTreeSet;

use crate::{
    desk::{
        Desk, Stop, answers,
        reply::{Glance, QueueRow, QueueView},
        request::QueueAsk,
    },
    domain::{
        clinic::Village,
        contact::Contact,
        course::happening::Happening,
        day::{Day, plus_days, year_end},
        event,
        household::Household,
        id::PersonId,
        person::{Person, key},
        phone::{self, PhonePlace},
        queue::{self, Member, Place, Queue, Row},
        rows::{CourseRow, Round, id_key, round_key},
        settings::Settings,
        tables::{Index, Key, Read},
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(super) fn queue(&self, asked: &QueueAsk) -> Result<QueueView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let day = asked.day.unwrap_or(today);
        let settings = Settings::default();
        let round: Option<Round> = snapshot.get(&round_key(day))?;
        let marked = round.map_or_else(BTreeSet::new, |round| round.people.into_iter().collect());
        let until = plus_days(day, i64::from(asked.ahead.max(settings.lead_days)));
        // Near the end of the year yearly work makes rows of its own.
        let lead = i64::from(settings.lead_days_annual);
        let yearly = asked.all || plus_days(year_end(chrono::Datelike::year(&day)), -lead) <= day;
        let mut people = listed(&snapshot, until)?;
        let standing = standing(&snapshot, day)?;
        let standing_count = standing.len();
        if yearly {
            people.extend(standing);
        }
        let (done, attempted) = contacted(&snapshot, day)?;
        people.extend(done.iter().chain(&attempted));
        let mut gathered = Gathered {
            snapshot: &snapshot,
            day,
            members: Vec::new(),
            drafts: self.people_with_drafts()?,
        };
        for person in people {
            gathered.add(person, done.contains(&person), attempted.contains(&person))?;
        }
        let queue = queue::queue(
            gathered.members.iter().map(|(m, _)| m),
            &asked.filter,
            day,
            &settings,
        );
        let rows = |rows: &[Row]| gathered.shown(rows, &marked);
        let mut counts = queue.counts;
        if !yearly && asked.filter == queue::Filter::default() {
            counts.standing = standing_count;
        }
        Ok(QueueView {
            day,
            today,
            head: snapshot.head()?.seq,
            counts,
            due: rows(&queue.due),
            early: rows(&queue.early),
            standing: rows(&queue.standing),
            ahead: gathered.ahead(asked, &queue, &marked),
        })
    }

    pub(super) fn glance(&self, id: PersonId) -> Result<Glance, Stop> {
        let snapshot = self.store().snapshot()?;
        let person: Person = answers::row(&snapshot, id)?;
        let household: Household = answers::row(&snapshot, person.household)?;
        let contacts = event::contacts(&snapshot, id)?;
        let is_visit = |contact: &Contact| {
            contact.withdrawn.is_none() && contact.happening.measured().is_some()
        };
        let (phone, phone_of) = phone_of(&person, &household);
        Ok(Glance {
            person: id,
            phone,
            phone_of,
            last: contacts.into_iter().rev().find(is_visit),
            course: super::course_of(&snapshot, id)?.course,
            address: household.text("address").to_owned(),
        })
    }
}

/// Returns the number to call, masked, and whose it is where not the person's own.
fn phone_of(person: &Person, household: &Household) -> (String, Option<String>) {
    let masked = |typed: &str| {
        phone::check(PhonePlace::First, typed).map_or(typed.to_owned(), |phone| phone.masked())
    };
    let own = person.text(key::PHONE);
    if !own.is_empty() {
        return (masked(own), None);
    }
    let contact = person.text(key::CONTACT_PHONE);
    if !contact.is_empty() {
        return (
            masked(contact),
            Some(person.text(key::CONTACT_NAME).to_owned()),
        );
    }
    match household.text("phone") {
        "" => (String::new(), None),
        home => (masked(home), Some("户".to_owned())),
    }
}

/// Returns the people with dated work due until `until`.
fn listed(snapshot: &Snapshot, until: Day) -> Result<BTreeSet<PersonId>, Error> {
    let mut people = BTreeSet::new();
    let to = Key::new().day(plus_days(until, 1)).bytes();
    snapshot.keys(Index::Listed, &[], &to, |_, row| {
        people.insert(person_of(row));
        Ok(())
    })?;
    Ok(people)
}

/// Returns the people whose yearly work stands on `day`, by keys alone.
fn standing(snapshot: &Snapshot, day: Day) -> Result<Vec<PersonId>, Error> {
    let mut people = Vec::new();
    let to = Key::new().day(plus_days(day, 1)).bytes();
    let today = Key::new().day(day).bytes();
    snapshot.keys(Index::Standing, &[], &to, |key, row| {
        if key.get(8..16).is_some_and(|until| today.as_slice() < until) {
            people.push(person_of(row));
        }
        Ok(())
    })?;
    Ok(people)
}

/// Returns who was visited on `day`, and whom an attempt did not reach.
fn contacted(
    snapshot: &Snapshot,
    day: Day,
) -> Result<(BTreeSet<PersonId>, BTreeSet<PersonId>), Error> {
    let (from, to) = (
        Key::new().day(day).bytes(),
        Key::new().day(plus_days(day, 1)).bytes(),
    );
    let contacts: Vec<Contact> = snapshot.listed(Index::ContactDay, &from, &to)?;
    let mut done = BTreeSet::new();
    let mut attempted = BTreeSet::new();
    for contact in contacts
        .into_iter()
        .filter(|contact| contact.withdrawn.is_none())
    {
        if !contact.decision.completed.is_empty() {
            done.insert(contact.person);
        }
        if matches!(contact.happening, Happening::NotReached { .. }) {
            attempted.insert(contact.person);
        }
    }
    Ok((done, attempted))
}

fn person_of(row_key: &[u8]) -> PersonId {
    PersonId(row_key.try_into().map_or(0, u64::from_be_bytes))
}

/// The people of a queue with what is shown of them.
struct Gathered<'s> {
    snapshot: &'s Snapshot,
    day: Day,
    members: Vec<(Member, Shown)>,
    drafts: BTreeSet<PersonId>,
}

struct Shown {
    name: String,
    sex: crate::domain::identity::Sex,
    birth: Option<Day>,
    place: String,
    village: String,
}

impl Gathered<'_> {
    fn add(&mut self, id: PersonId, is_done: bool, is_attempted: bool) -> Result<(), Error> {
        let course: Option<CourseRow> = self.snapshot.get(&id_key(id.0))?;
        let person: Option<Person> = self.snapshot.get(&id_key(id.0))?;
        let (Some(course), Some(person)) = (course, person) else {
            return Ok(());
        };
        let Some(household) = self
            .snapshot
            .get::<Household>(&id_key(person.household.0))?
        else {
            return Ok(());
        };
        let village: Option<Village> = self.snapshot.get(&id_key(household.village.0))?;
        let member = Member {
            person: id,
            household: household.id,
            place: Place {
                village: household.village,
                group: household.group(),
                household_number: household.serial,
                member_number: person.member_no,
            },
            doctor: None,
            tasks: course.tasks(self.day, &Settings::default()),
            is_done_today: is_done,
            is_attempted_today: is_attempted,
        };
        let shown = Shown {
            name: person.name().to_owned(),
            sex: person.sex(),
            birth: person.birth(),
            place: household.place(),
            village: village.map_or_else(String::new, |village| village.name),
        };
        self.members.push((member, shown));
        Ok(())
    }

    fn shown(&self, rows: &[Row], marked: &BTreeSet<PersonId>) -> Vec<QueueRow> {
        rows.iter()
            .filter_map(|row| self.shown_row(row, marked))
            .collect()
    }

    fn shown_row(&self, row: &Row, marked: &BTreeSet<PersonId>) -> Option<QueueRow> {
        // Members are in the order of people's ids.
        let at = self
            .members
            .binary_search_by_key(&row.person, |(m, _)| m.person)
            .ok()?;
        let (_, shown) = self.members.get(at)?;
        Some(QueueRow {
            row: row.clone(),
            name: shown.name.clone(),
            sex: shown.sex,
            birth: shown.birth,
            place: shown.place.clone(),
            village: shown.village.clone(),
            is_marked: marked.contains(&row.person),
            has_draft: self.drafts.contains(&row.person),
        })
    }

    /// Returns rows that come up within the days asked for, each as on its own due day.
    fn ahead(&self, asked: &QueueAsk, today: &Queue, marked: &BTreeSet<PersonId>) -> Vec<QueueRow> {
        let mut found = Vec::new();
        let mut taken: BTreeSet<PersonId> = today
            .due
            .iter()
            .chain(&today.early)
            .map(|row| row.person)
            .collect();
        for days in 1..=i64::from(asked.ahead) {
            let day = plus_days(self.day, days);
            let due_then = |member: &&Member| member.tasks.iter().any(|task| task.due == day);
            let members = self
                .members
                .iter()
                .map(|(member, _)| member)
                .filter(due_then);
            let queue = queue::queue(members, &asked.filter, day, &Settings::default());
            for row in queue.due.iter().filter(|row| row.due == day) {
                if taken.insert(row.person) {
                    found.extend(self.shown_row(row, marked));
                }
            }
        }
        found
    }
}
