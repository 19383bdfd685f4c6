//! The queue of a day, of whoever is found by the days of their work.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, MutexGuard, PoisonError},
};

use super::{
    gathered::{self, Gathered},
    reach::Reach,
};
use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Desk, Stop,
        reply::{ContactRow, InProgress, QueueRow, QueueView},
        request::QueueAsk,
    },
    domain::{
        contact::Contact,
        day::{Day, plus_days, year_end},
        id::PersonId,
        open_form::{OpenForms, SectionsDone},
        queue::{self, Member, Queue},
        rows::{Round, round_key},
        settings::Settings,
        tables::{Index, Key, Read, after_prefix},
    },
    store::{Error, Snapshot},
};

impl Desk {
    pub(super) fn queue(&self, asked: &QueueAsk) -> Result<QueueView, Stop> {
        self.store().read_ahead()?;
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let day = asked.day.unwrap_or(today);
        let settings = super::settings_now(&snapshot)?;
        let round: Option<Round> = snapshot.get(&round_key(day))?;
        let marked = round.map_or_else(BTreeSet::new, |round| round.people.into_iter().collect());
        // Near the end of the year yearly work makes rows of its own.
        let lead = i64::from(settings.lead_days_annual);
        let yearly = asked.all
            || asked.filter != queue::Filter::default()
            || plus_days(year_end(chrono::Datelike::year(&day)), -lead) <= day;
        let contacts = contacts_of(&snapshot, day)?;
        let contacts: Vec<Contact> = contacts
            .into_iter()
            .filter(|contact| asked.filter.wants_contact(contact))
            .collect();
        let done = contacted(&contacts, |contact| !contact.decision.completed.is_empty());
        let attempted = contacted(&contacts, |contact| contact.happening.reached_nobody());
        let mut gathered = self.gathered();
        gathered.follow(&snapshot, day, &settings)?;
        let reach = Reach {
            day,
            until: plus_days(day, i64::from(asked.ahead.max(settings.lead_days))),
            ending: plus_days(day, lead + i64::from(asked.ahead)),
        };
        let found = gathered.found(&snapshot, reach)?;
        let mut people = found.listed.clone();
        if yearly {
            people.extend(&found.standing);
        }
        people.extend(done.iter().chain(&attempted));
        // Each part is in order.
        people.sort();
        people.dedup();
        let is_filtered = asked.filter != queue::Filter::default();
        let wants_early = asked.early || asked.all;
        gathered.look_up(
            &snapshot,
            &gathered::Asked {
                people: &people,
                done: &done,
                attempted: &attempted,
                everybody_whole: wants_early || is_filtered || 0 < asked.ahead,
                filter: &asked.filter,
            },
        )?;
        let shown = Shown {
            snapshot: &snapshot,
            settings: &settings,
            day,
            gathered: &gathered,
            drafts: self.people_with_drafts()?,
            open: in_progress(&snapshot)?,
            marked,
        };
        let none = Queue::default();
        let queue = gathered.queue().unwrap_or(&none);
        let mut counts = queue.counts;
        for early in gathered.counted() {
            counts.early += early.rows;
            counts.standing += usize::from(early.is_standing);
        }
        if !yearly {
            counts.standing += gathered.standing_beside(&people);
        }
        let rows_if = |is_wanted, rows| {
            if is_wanted {
                shown.rows(rows)
            } else {
                Vec::new()
            }
        };
        let view = QueueView {
            day,
            today,
            head: snapshot.head()?.seq,
            counts,
            ahead: shown.ahead(asked, queue)?,
            doctors: gathered.doctors(),
            round: shown.round(),
            done: shown.contacted(&queue.done, &contacts),
            not_reached: shown.contacted(&queue.not_reached, &contacts),
            due: shown.rows(&queue.due),
            early: rows_if(wants_early, &queue.early),
            standing: rows_if(asked.all, &queue.standing),
        };
        drop(shown);
        gathered.keep();
        Ok(view)
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        // Whoever broke off left nothing that its mark does not tell.
        let gathered = self.gathered.lock();
        gathered.unwrap_or_else(PoisonError::into_inner)
    }
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

/// The people of a queue, and what the day tells of them.
struct Shown<'s> {
    snapshot: &'s Snapshot,
    settings: &'s Settings,
    day: Day,
    gathered: &'s Gathered,
    drafts: BTreeSet<PersonId>,
    open: BTreeMap<PersonId, InProgress>,
    /// Who is on the day's round.
    marked: BTreeSet<PersonId>,
}

impl Shown<'_> {
    /// Returns these people with their last contact of the day.
    fn contacted(&self, people: &[PersonId], contacts: &[Contact]) -> Vec<ContactRow> {
        let row = |person: &PersonId| {
            let known = self.gathered.of(*person)?;
            let last = contacts.iter().rfind(|contact| contact.person == *person)?;
            Some(ContactRow {
                person: *person,
                household: known.member.household,
                name: known.about.name.clone(),
                sex: known.about.sex,
                birth: known.about.birth,
                place: known.about.place.clone(),
                contact: last.clone(),
            })
        };
        let mut rows: Vec<ContactRow> = people.iter().filter_map(row).collect();
        rows.arrange_by_key(|row| std::cmp::Reverse(row.contact.seq));
        rows
    }

    /// Returns who of the day's round is listed.
    fn round(&self) -> BTreeSet<PersonId> {
        let listed = |person: &&PersonId| {
            let whole = self.gathered.of(**person);
            let early = self.gathered.early(**person);
            whole.is_some_and(|known| !known.work.rows.is_empty())
                || early.is_some_and(|early| 0 < early.rows)
        };
        self.marked.iter().filter(listed).copied().collect()
    }

    fn rows(&self, rows: &[Arc<QueueRow>]) -> Vec<Arc<QueueRow>> {
        let mut rows = rows.to_vec();
        let told = self.marked.iter().chain(&self.drafts);
        let told = told.chain(self.open.keys());
        let works = told.filter_map(|person| Some(&self.gathered.of(*person)?.work));
        for known in works.flat_map(|work| work.rows.iter().chain(&work.standing)) {
            let places = queue::places(&rows, &known.row);
            for row in rows.get_mut(places).into_iter().flatten() {
                *row = self.row(row.clone());
            }
        }
        rows
    }

    /// Returns the row with what is known of the day alone.
    fn row(&self, mut row: Arc<QueueRow>) -> Arc<QueueRow> {
        let person = row.row.person;
        let (is_marked, has_draft) = (self.marked.contains(&person), self.drafts.contains(&person));
        let open = self.open.get(&person);
        if is_marked || has_draft || open.is_some() {
            let shown = Arc::make_mut(&mut row);
            let begun = open.into_iter().flat_map(|open| &open.forms);
            let begun: Vec<String> = begun
                .filter(|form| !shown.forms.contains(form))
                .cloned()
                .collect();
            shown.forms.extend(begun);
            shown.is_marked = is_marked;
            shown.has_draft = has_draft;
            shown.open = open.cloned();
        }
        row
    }

    /// Returns rows that come up within the days asked for, each as on its own due day.
    fn ahead(
        &self,
        asked: &QueueAsk,
        today: &Queue<Arc<QueueRow>>,
    ) -> Result<Vec<Arc<QueueRow>>, Error> {
        let mut found = Vec::new();
        if asked.ahead == 0 {
            return Ok(found);
        }
        let mut taken: BTreeSet<PersonId> = today
            .due
            .iter()
            .chain(&today.early)
            .map(|row| row.row.person)
            .collect();
        for days in 1..=i64::from(asked.ahead) {
            let day = plus_days(self.day, days);
            let due_then = |member: &&Member| member.tasks.iter().any(|task| task.due == day);
            let members = self.gathered.whole().map(|known| &known.member);
            let members = members.filter(due_then);
            let queue = queue::queue(members, &asked.filter, day, self.settings);
            for row in queue.due.into_iter().filter(|row| row.due == day) {
                if taken.insert(row.person)
                    && let Some(known) = self.gathered.of(row.person)
                {
                    found.push(self.row(known.of_day(row, self.snapshot, day)?));
                }
            }
        }
        Ok(found)
    }
}
