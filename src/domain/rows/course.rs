//! A person's follow-up as stored: the course, what agreements promise, and the days by which
//! lists find the person.

use serde::{Deserialize, Serialize};

use super::{brief::Managed, id_key};
use crate::domain::{
    agreement::pledge::{self, Owed, Pledge},
    alert::Alert,
    course::{Course, PersonFacts, standing},
    day::{Day, plus_days},
    id::PersonId,
    identity::Sex,
    person::Person,
    queue::{self, Calm, Early},
    settings::Settings,
    tables::{Index, Key, Row, Table},
    task::{Task, TaskKind},
    visit::Who,
};

/// A person's follow-up course as stored, with the facts of the person that
/// say when work comes up by time alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRow {
    pub person: PersonId,
    #[serde(default, with = "crate::domain::written_day::packed::maybe")]
    pub birth: Option<Day>,
    pub is_female: bool,
    #[serde(default, with = "crate::domain::written_day::packed::maybe")]
    pub registered: Option<Day>,
    /// Whether services are due: the person lives and belongs here.
    pub is_here: bool,
    pub course: Course,
    /// What agreements promise so many times a year.
    pub pledges: Vec<Pledge>,
}

impl CourseRow {
    /// Returns the row of a person of whom nothing is known.
    pub fn unknown(person: PersonId) -> Self {
        Self {
            person,
            birth: None,
            is_female: false,
            registered: None,
            is_here: false,
            course: Course::default(),
            pledges: Vec::new(),
        }
    }

    /// Returns the row of `person` with this course and what agreements promise.
    pub fn of(person: &Person, course: Course, pledges: Vec<Pledge>) -> Self {
        Self {
            person: person.id,
            birth: person.birth(),
            is_female: person.sex() == Sex::Female,
            registered: Some(person.created),
            is_here: person.is_here(),
            course,
            pledges,
        }
    }

    /// Returns the facts rules look at.
    pub fn facts(&self) -> PersonFacts {
        PersonFacts {
            birth: self.birth.unwrap_or(Day::MIN),
            is_female: self.is_female,
            registered: self.registered,
        }
    }

    /// Returns the person as visited on `day`.
    pub fn who(&self, day: Day) -> Who<'_> {
        Who {
            course: &self.course,
            birth: self.facts().birth,
            day,
        }
    }

    /// Returns what time alone has made true by `today`: windows missed, doses late.
    pub fn alerts(&self, today: Day, settings: &Settings) -> Vec<Alert> {
        if !self.is_here || self.birth.is_none() {
            return Vec::new();
        }
        standing::alerts(&self.course, &self.facts(), today, settings)
    }

    /// Returns every task as of `today`: dated ones, and those that come with time alone.
    pub fn tasks(&self, today: Day, settings: &Settings) -> Vec<Task> {
        if !self.is_here {
            return Vec::new();
        }
        let mut tasks = self.course.tasks();
        if self.birth.is_some() {
            tasks.extend(standing::tasks(
                &self.course,
                &self.facts(),
                today,
                settings,
            ));
        }
        tasks
    }

    /// Returns what is promised and not done yet of the agreement year the day lies in.
    pub fn owed(&self, day: Day) -> Vec<Owed> {
        if !self.is_here || self.pledges.is_empty() {
            return Vec::new();
        }
        let done = pledge::completed(&self.course.done);
        let pledges = self.pledges.iter();
        pledges.flat_map(|one| one.owed(&done, day)).collect()
    }

    /// Returns every task as of `today` as promises near their end press on them, with those
    /// promises.
    pub fn pressed(&self, today: Day, settings: &Settings) -> (Vec<Task>, Vec<Owed>) {
        let mut tasks = self.tasks(today, settings);
        let lead = settings.lead_days_annual;
        let is_open = |task: &Task| task.kind == TaskKind::GeneralAssess && task.earliest <= today;
        let waits = tasks.iter().any(is_open);
        let near = |one: &&Pledge| one.is_near(today, lead);
        let presses = self.is_here && self.pledges.iter().any(|one| near(&one));
        if !waits && !presses {
            return (tasks, Vec::new());
        }
        let done = pledge::completed(&self.course.done);
        let pledges = self.pledges.iter();
        let owed = pledges.filter(near).flat_map(|one| one.owed(&done, today));
        let owed: Vec<Owed> = owed.collect();
        if waits && self.pledges.iter().any(|one| one.is_assessed(&done, today)) {
            tasks.retain(|task| !is_open(task));
        }
        pledge::press(&mut tasks, &owed, today, lead);
        (tasks, owed)
    }

    /// Returns how much it is on a day where nothing of it presses; none where anything does.
    fn early(&self, day: Day, settings: &Settings) -> Option<Early> {
        let (tasks, _) = self.pressed(day, settings);
        queue::visits(&tasks, day, settings).early(day)
    }

    /// Returns the last days of agreement years in which something is to be done yet.
    fn agreement_years(&self) -> Vec<Day> {
        let done = pledge::completed(&self.course.done);
        let pledges = self.pledges.iter();
        let mut days: Vec<Day> = pledges.flat_map(|one| one.open_until(&done)).collect();
        days.extend(standing::agreement_year_ends(&self.course));
        days.sort_unstable();
        days.dedup();
        days
    }
}

impl Row for CourseRow {
    const TABLE: Table = Table::Course;

    fn key(&self) -> Vec<u8> {
        id_key(self.person.0)
    }

    /// Dated tasks stand at their due day; computed ones at the day they are
    /// listed plus the lead, so that both are found by one range. The first of these keys tells
    /// what is counted of the person in the days before it, where that is known. Yearly ones
    /// stand at the first day they are listed, with the day they end; what an agreement year
    /// still asks for at that year's last day; the tags of programmes also of who is gone. The
    /// store keeps
    /// these entries as the settings in force have them.
    fn index(&self, settings: &Settings) -> Vec<(Index, Vec<u8>)> {
        let managed = Managed::of(&self.course).key(self.person);
        let managed = managed.map(|key| (Index::Managed, key));
        let mut entries: Vec<(Index, Vec<u8>)> = managed.into_iter().collect();
        if !self.is_here {
            return entries;
        }
        let mut days: Vec<Day> = self.course.tasks().iter().map(|task| task.due).collect();
        if self.birth.is_some() {
            let first = standing::first_days(&self.course, &self.facts(), settings);
            let lead = i64::from(settings.lead_days);
            days.extend(first.listed.iter().map(|day| plus_days(*day, lead)));
            let mut standing = first.standing;
            let done = pledge::completed(&self.course.done);
            let is_assessed = |day| {
                let mut pledges = self.pledges.iter();
                pledges.any(|one| one.is_assessed(&done, day))
            };
            let years = first.assessments.into_iter();
            standing.extend(years.filter(|(from, until)| {
                !is_assessed(*from) || !is_assessed(plus_days(*until, -1))
            }));
            standing.sort_unstable();
            standing.dedup();
            entries.extend(standing.into_iter().map(|(from, until)| {
                let key = Key::new().day(from).day(until).number(self.person.0);
                (Index::Standing, key.bytes())
            }));
        }
        days.sort_unstable();
        days.dedup();
        // Before the second day the first has come, and its course is read.
        let mut calm = days.first().map_or_else(Calm::default, |first| {
            Calm::before(*first, settings.lead_days, |day| self.early(day, settings))
        });
        entries.extend(days.into_iter().map(|day| {
            let calm = std::mem::take(&mut calm);
            let key = Key::new().day(day).small(calm.packed());
            (Index::Listed, key.number(self.person.0).bytes())
        }));
        entries.extend(self.agreement_years().into_iter().map(|day| {
            let key = Key::new().day(day).number(self.person.0);
            (Index::AgreementYear, key.bytes())
        }));
        entries
    }
}
