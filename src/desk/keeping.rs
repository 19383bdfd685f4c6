//! Copies the program makes by itself: once a day while windows work and on leaving the last one,
//! where something was written since; also into the second folder. What goes wrong is remembered
//! until it goes well.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    Desk, Folder, Reply, Stop,
    copying::{BackedUp, Plan, Progress},
    guard,
    request::{CopyRequest, CopyWork},
};
use crate::{
    domain::{
        clinic::Clinic,
        clock::{Moment, day_of},
        copies::CopyNews,
        event::Event,
        failure::FailureKind,
        roster::{ImportProgress, ImportStage},
        rows::{Copies, clinic_key, copies_key},
        tables::Read as _,
    },
    store::{
        self, Spare,
        backup::{Backups, Failed, Kept, Notes},
    },
};

/// How often a work that finds another process copying tries again.
const RETRY: Duration = Duration::from_millis(100);

/// When a copy is asked whether it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Windows work: once a day.
    Working,
    /// The last window goes.
    Leaving,
}

/// Lets other work go first: rests as long as it worked.
#[derive(Debug)]
pub struct Pace {
    since: Instant,
}

impl Pace {
    /// The longest rest at one time.
    const MOST: Duration = Duration::from_millis(50);

    /// Begins to work.
    pub fn begin() -> Self {
        Self {
            since: Instant::now(),
        }
    }

    /// Rests.
    pub fn rest(&mut self) {
        thread::sleep(self.since.elapsed().min(Self::MOST));
        self.since = Instant::now();
    }
}

impl Desk {
    /// Does what somebody asked for with copies, waiting for other processes that copy;
    /// `goes_on` says whether the window still stands.
    ///
    /// # Errors
    /// `Interrupted` where the gauge says so; else as the disk says.
    pub(super) fn copy(
        &self,
        asked: &CopyRequest,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Reply, Stop> {
        let plan = self.plan.as_ref();
        let plan = plan.ok_or_else(|| store::Error::Missing(PathBuf::new()))?;
        let told = |stage, at: Progress| {
            let (done, of) = (at.done, at.of);
            asked.gauge.tell(ImportProgress { stage, done, of }) && goes_on()
        };
        loop {
            let found = match asked.work {
                CopyWork::BackUp => self
                    .back_up_as_planned(plan, |at| told(ImportStage::Writing, at))
                    .map(|(made, news)| Reply::BackedUp(Box::new(made), news)),
                CopyWork::Prove => self
                    .drill(&plan.folder, &Folder::at(&plan.scratch), |at| {
                        told(ImportStage::Comparing, at)
                    })
                    .map(|drilled| Reply::Drilled(Box::new(drilled))),
            };
            let waits = Progress { done: 0, of: 0 };
            match found {
                Err(Stop::Failed(store::Error::Busy)) => {
                    if !told(ImportStage::Waiting, waits) {
                        return Err(Stop::interrupted());
                    }
                    thread::sleep(RETRY);
                }
                other => return other,
            }
        }
    }

    /// Makes a copy as the plan says: beside the data and in the second folder where it is there.
    /// Only what stands in a copy before the newest leaves the tail.
    ///
    /// # Errors
    /// As `back_up`; a second folder that fails is no error, and is told.
    pub fn back_up_as_planned(
        &self,
        plan: &Plan,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<(BackedUp, Option<CopyNews>), Stop> {
        let mut made = self.back_up(&plan.folder, plan.rotation, &mut progress)?;
        if let Some(tail) = self.store().tail() {
            let safe = Backups::of(&plan.folder).safe_head(&self.making()?)?;
            tail.cut(safe)?;
        }
        let mut notes = Notes::of(&plan.folder);
        notes.failed = None;
        let news = match self.put_second(plan, &mut notes, &mut progress) {
            Ok(second) => {
                made.second = second;
                self.absent(plan, &notes)
            }
            Err(stop) => second_failed(plan, &stop),
        };
        notes.keep(&plan.folder)?;
        Ok((made, news))
    }

    /// Makes a copy by itself where one is due, and brings the second folder up to date where it
    /// is there again. Nothing is due of data that lie plain, nor while another process copies.
    ///
    /// # Errors
    /// As the disk says; it is remembered, to be told at the next start.
    pub fn copy_where_due(
        &self,
        occasion: Occasion,
        progress: impl FnMut(Progress) -> bool,
    ) -> Result<Option<CopyNews>, Stop> {
        let may = self.badge.is_some() && !self.store().is_read_only();
        let Some(plan) = self.plan.as_ref().filter(|_| may) else {
            return Ok(None);
        };
        let found = self.copy_as_due(plan, occasion, progress);
        match found {
            Err(Stop::Failed(store::Error::Busy | store::Error::Interrupted)) => Ok(None),
            Err(Stop::Failed(error)) => {
                let mut notes = Notes::of(&plan.folder);
                let kind = error.kind();
                notes.failed = Some(Failed::of(self.now(), kind));
                // Where even that cannot be written the trouble itself is the one to tell.
                let _ = notes.keep(&plan.folder);
                let on = day_of(self.now());
                Ok(Some(CopyNews::NotMade { on, kind }))
            }
            other => other,
        }
    }

    fn copy_as_due(
        &self,
        plan: &Plan,
        occasion: Occasion,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<Option<CopyNews>, Stop> {
        let newest = Backups::of(&plan.folder).newest(&self.making()?)?;
        if !self.is_due(newest.as_ref(), occasion)? {
            let mut notes = Notes::of(&plan.folder);
            let news = match self.put_second(plan, &mut notes, &mut progress) {
                Ok(_) => None,
                Err(stop) => second_failed(plan, &stop),
            };
            notes.keep(&plan.folder)?;
            return Ok(news);
        }
        if self.clock_is_far()? {
            return Ok(Some(CopyNews::Clock));
        }
        Ok(self.back_up_as_planned(plan, progress)?.1)
    }

    fn is_due(&self, newest: Option<&Kept>, occasion: Occasion) -> Result<bool, Stop> {
        let Some(newest) = newest else {
            return Ok(true);
        };
        let is_of_today = day_of(newest.facts.at) == day_of(self.now());
        if occasion == Occasion::Working && is_of_today {
            return Ok(false);
        }
        let mut is_behind = self.store().head()? < newest.facts.head;
        let snapshot = self.store().snapshot()?;
        snapshot.entries(newest.facts.head + 1, |entry, _| {
            is_behind |= !entry.events.iter().all(is_note);
            Ok(!is_behind)
        })?;
        Ok(is_behind)
    }

    /// Makes the file of the data as small as what it holds, where it has grown far beyond that;
    /// `begins` is told how it stands before the work begins. Nobody else may be here: they would
    /// wait. Whoever ends the program meanwhile loses nothing.
    ///
    /// # Errors
    /// As the disk says.
    pub fn compact_where_it_pays(&self, begins: impl FnOnce(Spare)) -> Result<(), Stop> {
        let store = self.store();
        if store.is_read_only() || !store.has_grown()? {
            return Ok(());
        }
        let Some(spare) = store.spare()? else {
            return Ok(());
        };
        let done = if spare.pays() {
            begins(spare);
            store.compact().map(|_| ())
        } else {
            store.note_compacted(spare)
        };
        match done {
            Err(store::Error::Busy) => Ok(()),
            other => Ok(other?),
        }
    }

    fn clock_is_far(&self) -> Result<bool, Stop> {
        let last = self.store().snapshot()?.head()?.at;
        Ok(guard::clock(last, self.now(), None).is_err())
    }

    /// Returns what there is to tell of copies when somebody sits down.
    pub fn copy_news(&self) -> Vec<CopyNews> {
        let Some(plan) = &self.plan else {
            return Vec::new();
        };
        if self.badge.is_none() {
            return self
                .is_real()
                .then_some(CopyNews::Unsealed)
                .into_iter()
                .collect();
        }
        let notes = Notes::of(&plan.folder);
        let failed = notes.failed.as_ref().map(|failed| CopyNews::NotMade {
            on: day_of(failed.at),
            kind: failed.kind(),
        });
        failed
            .into_iter()
            .chain(self.absent(plan, &notes))
            .collect()
    }

    /// Says whether the people here are real: a practice village needs no seal.
    fn is_real(&self) -> bool {
        let snapshot = self.store().snapshot();
        let clinic = snapshot.and_then(|snapshot| snapshot.get::<Clinic>(&clinic_key()));
        matches!(clinic, Ok(Some(clinic)) if clinic.practice_day.is_none())
    }

    /// Looks after the tail; returns what went wrong, once.
    pub fn tend_tail(&self, now: Instant) -> Option<CopyNews> {
        self.store().tend_tail(now);
        let kind = self.store().tail_trouble()?.kind();
        Some(CopyNews::NotFollowed { kind })
    }

    /// Returns how the copies stand; nothing of data that lie plain.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn copies(&self) -> Result<Option<Copies>, Stop> {
        if self.badge.is_none() {
            return Ok(None);
        }
        let copies: Option<Copies> = self.store().snapshot()?.get(&copies_key())?;
        Ok(Some(copies.unwrap_or_default()))
    }

    /// Puts the newest copy into the second folder, where that is there and does not hold it.
    fn put_second(
        &self,
        plan: &Plan,
        notes: &mut Notes,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Option<PathBuf>, Stop> {
        let Some(second) = &plan.second else {
            return Ok(None);
        };
        let now = self.now();
        let to = Backups::of(second);
        if !to.is_there() {
            notes.second_seen.get_or_insert(now);
            return Ok(None);
        }
        if notes.second_seen.map(day_of) != Some(day_of(now)) {
            notes.second_seen = Some(now);
        }
        let making = self.making()?;
        // An older copy was brought back: what is left of the past it took the place of.
        to.set_apart(&to.contradicting(self.store(), &making.store)?)?;
        let Some(newest) = Backups::of(&plan.folder).newest(&making)? else {
            return Ok(None);
        };
        if to
            .newest(&making)?
            .is_some_and(|there| there.facts == newest.facts)
        {
            return Ok(None);
        }
        let path = Backups::of(&plan.folder).carry(&newest, &to, progress)?;
        to.rotate(&newest.facts.store, plan.rotation)?;
        Ok(Some(path))
    }

    fn absent(&self, plan: &Plan, notes: &Notes) -> Option<CopyNews> {
        let second = plan.second.as_ref()?;
        let days = days_since(notes.second_seen?, self.now());
        let is_long = !Backups::of(second).is_there() && plan.absent_days <= days;
        is_long.then(|| CopyNews::SecondAbsent {
            place: shown(second),
            days,
        })
    }
}

/// Tells why nothing was put into the second folder; nothing where somebody could not wait for it
/// or another process does it: the next look makes up for it.
fn second_failed(plan: &Plan, stop: &Stop) -> Option<CopyNews> {
    if let Stop::Failed(store::Error::Interrupted | store::Error::Busy) = stop {
        return None;
    }
    let kind = match stop {
        Stop::Failed(error) => error.kind(),
        Stop::Refused(_) => FailureKind::Disk,
    };
    let place = plan.second.as_deref().map_or_else(String::new, shown);
    Some(CopyNews::SecondFailed { place, kind })
}

/// Whether an event only tells of a copy: it makes none necessary.
fn is_note(event: &Event) -> bool {
    matches!(event, Event::CopyMade(_) | Event::CopyProven(_))
}

fn days_since(then: Moment, now: Moment) -> i64 {
    (day_of(now) - day_of(then)).num_days()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
