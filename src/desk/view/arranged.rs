//! The queue of whoever is looked up, kept in its order from one question to the next: after a
//! save only those it altered are put to another place.

use std::{collections::BTreeMap, sync::Arc};

use super::whole::Whole;
use crate::{
    desk::reply::QueueRow,
    domain::{
        day::Day,
        queue::{Filter, Queue, Sieve},
        settings::Settings,
    },
};

/// Where more people come and go between two questions, all is put in order anew.
const FEW: usize = 64;

/// The queue kept, if there is one.
#[derive(Default)]
pub(super) struct Arranged {
    kept: Option<Kept>,
    /// How many came and went since all was put in order, or somebody asked.
    moved: usize,
}

struct Kept {
    by: By,
    queue: Queue<Arc<QueueRow>>,
    /// How many have each responsible doctor.
    doctors: BTreeMap<String, usize>,
}

/// What the queue was put together by.
struct By {
    filter: Filter,
    day: Day,
    settings: Settings,
}

impl Arranged {
    /// Returns it if it is of these rows; one that keeps nothing otherwise.
    pub(super) fn kept_of(self, filter: &Filter) -> Self {
        let kept = self.kept.filter(|kept| kept.by.filter == *filter);
        Self { kept, ..self }
    }

    /// Puts somebody to the others.
    pub(super) fn put(&mut self, whole: &Whole) {
        if let Some(kept) = self.moving() {
            kept.put(whole);
        }
    }

    /// Takes somebody away, before anything of them is altered.
    pub(super) fn take(&mut self, whole: &Whole) {
        if let Some(kept) = self.moving() {
            kept.take(whole);
        }
    }

    /// Returns what is kept while few come and go.
    fn moving(&mut self) -> Option<&mut Kept> {
        self.moved += 1;
        if FEW < self.moved {
            self.kept = None;
        }
        self.kept.as_mut()
    }

    /// Returns it with everybody in it, who are put in order if nothing is kept.
    pub(super) fn whole<'w>(
        self,
        (filter, day, settings): (&Filter, Day, &Settings),
        people: impl Iterator<Item = &'w Whole> + Clone,
    ) -> Self {
        let kept = self.kept.unwrap_or_else(|| {
            let by = By {
                filter: filter.clone(),
                day,
                settings: settings.clone(),
            };
            let works = people.clone().map(|whole| (&whole.member, &whole.work));
            let queue = Queue::of(works, by.sieve());
            let doctors = doctors(people);
            Kept { by, queue, doctors }
        });
        Self {
            kept: Some(kept),
            moved: 0,
        }
    }

    pub(super) fn queue(&self) -> Option<&Queue<Arc<QueueRow>>> {
        self.kept.as_ref().map(|kept| &kept.queue)
    }

    /// Returns the responsible doctors of everybody, by name.
    pub(super) fn doctors(&self) -> impl Iterator<Item = &str> {
        let doctors = self.kept.iter().flat_map(|kept| kept.doctors.keys());
        doctors.map(String::as_str)
    }
}

impl By {
    const fn sieve(&self) -> Sieve<'_> {
        Sieve {
            filter: &self.filter,
            today: self.day,
            settings: &self.settings,
        }
    }
}

impl Kept {
    fn put(&mut self, whole: &Whole) {
        let Whole { member, work, .. } = whole;
        let doctor = self.doctors.entry(member.doctor.clone());
        *doctor.or_default() += 1;
        self.queue.put(member, work, self.by.sieve());
    }

    fn take(&mut self, whole: &Whole) {
        let Whole { member, work, .. } = whole;
        if let Some(people) = self.doctors.get_mut(&member.doctor) {
            *people -= 1;
            if *people == 0 {
                self.doctors.remove(&member.doctor);
            }
        }
        self.queue.take(member, work, self.by.sieve());
    }
}

/// Returns how many of these people have each responsible doctor.
fn doctors<'w>(people: impl Iterator<Item = &'w Whole>) -> BTreeMap<String, usize> {
    let mut doctors: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = people.map(|whole| &*whole.member.doctor).peekable();
    while let Some(name) = names.next() {
        // Neighbours mostly have the same one.
        let mut with = 1;
        while names.next_if(|other| *other == name).is_some() {
            with += 1;
        }
        *doctors.entry(name).or_default() += with;
    }
    let doctors = doctors.into_iter();
    doctors
        .map(|(name, with)| (name.to_owned(), with))
        .collect()
}
