//! The queue of a day, gathered by one range scan of what is listed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    desk::{
        Desk, Stop,
        reply::{ContactRow, InProgress, QueueRow, QueueView},
        request::QueueAsk,
    },
    domain::{
        clinic::Village,
        contact::Contact,
        day::{Day, plus_days, year_end},
        household::{self, Household},
        id::PersonId,
        open_form::{OpenForms, SectionsDone},
        person::Person,
        queue::{self, Member, Place, Queue, Row},
        rows::{CourseRow, Round, id_key, round_key},
        settings::Settings,
        tables::{Index, Key, Read, after_prefix},
        visit,
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(super) fn queue(&self, asked: &QueueAsk) -> Result<QueueView, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let day = asked.day.unwrap_or(today);
        let settings = super::settings_now(&snapshot)?;
        let round: Option<Round> = snapshot.get(&round_key(day))?;
        let marked = round.map_or_else(BTreeSet::new, |round| round.people.into_iter().collect());
        let until = plus_days(day, i64::from(asked.ahead.max(settings.lead_days)));
        // Near the end of the year yearly work makes rows of its own.
        let lead = i64::from(settings.lead_days_annual);
        let yearly = asked.all
            || asked.filter != queue::Filter::default()
            || plus_days(year_end(chrono::Datelike::year(&day)), -lead) <= day;
        let mut people = listed(&snapshot, until)?;
        let ending = i64::from(settings.lead_days_annual) + i64::from(asked.ahead);
        people.extend(in_last_days(&snapshot, day, plus_days(day, ending))?);
        let standing = standing(&snapshot, day)?;
        let standing_count = standing.len();
        if yearly {
            people.extend(standing);
        }
        let contacts = contacts_of(&snapshot, day)?;
        let contacts: Vec<Contact> = contacts
            .into_iter()
            .filter(|contact| asked.filter.wants_contact(contact))
            .collect();
        let done = contacted(&contacts, |contact| !contact.decision.completed.is_empty());
        let attempted = contacted(&contacts, |contact| contact.happening.reached_nobody());
        people.extend(done.iter().chain(&attempted));
        let mut gathered = Gathered {
            snapshot: &snapshot,
            settings: &settings,
            day,
            members: Vec::new(),
            drafts: self.people_with_drafts()?,
            open: in_progress(&snapshot)?,
            several_villages: super::several_villages(&snapshot)?,
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
        if !yearly {
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
            doctors: gathered.doctors(),
            done: gathered.contacted(&queue.done, &contacts),
            not_reached: gathered.contacted(&queue.not_reached, &contacts),
        })
    }
}

/// Returns the people with dated work due until `until`.
fn listed(snapshot: &Snapshot, until: Day) -> Result<BTreeSet<PersonId>, Error> {
    let mut people = BTreeSet::new();
    let to = Key::new().day(plus_days(until, 1)).bytes();
    snapshot.keys(Index::Listed, &[], &to, &mut |_, row| {
        people.insert(person_of(row));
        Ok(())
    })?;
    Ok(people)
}

/// Returns the people of whose agreement year, which ends between these days, something is not
/// done.
fn in_last_days(snapshot: &Snapshot, from: Day, to: Day) -> Result<BTreeSet<PersonId>, Error> {
    let mut people = BTreeSet::new();
    let from = Key::new().day(from).bytes();
    let to = Key::new().day(plus_days(to, 1)).bytes();
    snapshot.keys(Index::AgreementYear, &from, &to, &mut |_, row| {
        people.insert(person_of(row));
        Ok(())
    })?;
    Ok(people)
}

/// Returns the people whose yearly work stands on `day`, by keys alone.
fn standing(snapshot: &Snapshot, day: Day) -> Result<BTreeSet<PersonId>, Error> {
    let mut people = BTreeSet::new();
    let to = Key::new().day(plus_days(day, 1)).bytes();
    let today = Key::new().day(day).bytes();
    snapshot.keys(Index::Standing, &[], &to, &mut |key, row| {
        if key.get(8..16).is_some_and(|until| today.as_slice() < until) {
            people.insert(person_of(row));
        }
        Ok(())
    })?;
    Ok(people)
}

/// Returns how far the forms in progress are, by person.
fn in_progress(snapshot: &Snapshot) -> Result<BTreeMap<PersonId, InProgress>, Error> {
    let all: Vec<OpenForms> = snapshot.listed(Index::OpenForms, &[], &after_prefix(&[]))?;
    let sums = all.iter().map(|open| {
        let sum = |of: fn(&SectionsDone) -> u16| open.forms.iter().map(|f| of(&f.progress)).sum();
        let (done, all) = (sum(|progress| progress.done), sum(|progress| progress.all));
        let forms = open.forms.iter().map(|form| form.filled.form.clone());
        let told = InProgress {
            forms: forms.collect(),
            progress: SectionsDone { done, all },
        };
        (open.person, told)
    });
    Ok(sums.collect())
}

/// Returns the day's contacts that stand, in order of entry.
pub(super) fn contacts_of(snapshot: &Snapshot, day: Day) -> Result<Vec<Contact>, Error> {
    let (from, to) = (
        Key::new().day(day).bytes(),
        Key::new().day(plus_days(day, 1)).bytes(),
    );
    let mut contacts: Vec<Contact> = snapshot.listed(Index::ContactDay, &from, &to)?;
    contacts.retain(|contact| contact.withdrawn.is_none());
    Ok(contacts)
}

/// Returns whom these contacts were with.
fn contacted(contacts: &[Contact], wanted: impl Fn(&Contact) -> bool) -> BTreeSet<PersonId> {
    let wanted = contacts.iter().filter(|contact| wanted(contact));
    wanted.map(|contact| contact.person).collect()
}

fn person_of(row_key: &[u8]) -> PersonId {
    PersonId(row_key.try_into().map_or(0, u64::from_be_bytes))
}

/// The people of a queue with what is shown of them.
struct Gathered<'s> {
    snapshot: &'s Snapshot,
    settings: &'s Settings,
    day: Day,
    members: Vec<(Member, Shown)>,
    drafts: BTreeSet<PersonId>,
    open: BTreeMap<PersonId, InProgress>,
    /// Whether a place must say in which village it is.
    several_villages: bool,
}

struct Shown {
    name: String,
    sex: crate::domain::identity::Sex,
    birth: Option<Day>,
    place: String,
    village: String,
    head: String,
    course: CourseRow,
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
        let (tasks, owed) = course.pressed(self.day, self.settings);
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
            is_done_today: is_done,
            is_attempted_today: is_attempted,
        };
        let shown = Shown {
            name: person.name().to_owned(),
            sex: person.sex(),
            birth: person.birth(),
            place: match &village {
                Some(village) if self.several_villages => household.place_in(&village.name),
                Some(_) | None => household.place(),
            },
            village: village.map_or_else(String::new, |village| village.name),
            head: super::head_name(self.snapshot, &household)?,
            course,
        };
        self.members.push((member, shown));
        Ok(())
    }

    /// Members are in the order of people's ids.
    fn of(&self, person: PersonId) -> Option<&(Member, Shown)> {
        let at = self
            .members
            .binary_search_by_key(&person, |(m, _)| m.person);
        self.members.get(at.ok()?)
    }

    /// Returns these people with their last contact of the day.
    fn contacted(&self, people: &[PersonId], contacts: &[Contact]) -> Vec<ContactRow> {
        let row = |person: &PersonId| {
            let (member, shown) = self.of(*person)?;
            let last = contacts.iter().rfind(|contact| contact.person == *person)?;
            Some(ContactRow {
                person: *person,
                household: member.household,
                name: shown.name.clone(),
                sex: shown.sex,
                birth: shown.birth,
                place: shown.place.clone(),
                contact: last.clone(),
            })
        };
        let mut rows: Vec<ContactRow> = people.iter().filter_map(row).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.contact.seq));
        rows
    }

    /// Returns the responsible doctors of everybody gathered, by name.
    fn doctors(&self) -> BTreeSet<String> {
        let members = self.members.iter();
        members.map(|(member, _)| member.doctor.clone()).collect()
    }

    fn shown(&self, rows: &[Row], marked: &BTreeSet<PersonId>) -> Vec<QueueRow> {
        rows.iter()
            .filter_map(|row| self.shown_row(row, marked))
            .collect()
    }

    fn shown_row(&self, row: &Row, marked: &BTreeSet<PersonId>) -> Option<QueueRow> {
        let (_, shown) = self.of(row.person)?;
        let open = self.open.get(&row.person);
        let mut forms = visit::forms_of(&row.tasks, &shown.course.who(self.day));
        let begun = open.into_iter().flat_map(|open| &open.forms);
        let begun: Vec<String> = begun
            .filter(|form| !forms.contains(form))
            .cloned()
            .collect();
        forms.extend(begun);
        Some(QueueRow {
            row: row.clone(),
            forms,
            name: shown.name.clone(),
            sex: shown.sex,
            birth: shown.birth,
            place: shown.place.clone(),
            village: shown.village.clone(),
            head: shown.head.clone(),
            is_marked: marked.contains(&row.person),
            has_draft: self.drafts.contains(&row.person),
            open: open.cloned(),
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
            let queue = queue::queue(members, &asked.filter, day, self.settings);
            for row in queue.due.iter().filter(|row| row.due == day) {
                if taken.insert(row.person) {
                    found.extend(self.shown_row(row, marked));
                }
            }
        }
        found
    }
}
