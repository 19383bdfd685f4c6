//! Forms in progress: begun, kept key by key, put down, taken up again.
//!
//! What a record means is the form's business. A draft changes nothing that is
//! recorded; saving is a change like any other.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{MutexGuard, PoisonError},
    time::Instant,
};

use super::{
    Desk, Reply, Stop,
    answers::undo::staff_name,
    guard,
    reply::{TakenUp, WaitingDraft},
    request::DraftRequest,
    view::head_name,
};
use crate::{
    domain::{
        aspect::Seen,
        household::Household,
        id::{PersonId, StaffId},
        person::Person,
        refusal::Stale,
        rows::id_key,
        tables::Read,
    },
    store::{DraftFile, LockedDraft, Snapshot},
};

pub use crate::store::{
    Draft,
    drafts::{is_of, kind},
};

/// The drafts this window holds, by id.
#[derive(Debug, Default)]
pub struct Held(HashMap<String, DraftFile>);

/// The drafts of a locked window: its own still, and without the key that opens them.
#[derive(Debug, Default)]
pub struct LaidDown(HashMap<String, LockedDraft>);

impl Desk {
    /// Takes the drafts this window holds off the desk, flushed and without their key.
    pub(super) fn lay_down(&self) -> LaidDown {
        let held = std::mem::take(&mut self.held().0);
        let files = held.into_iter().map(|(id, file)| (id, file.lock()));
        LaidDown(files.collect())
    }

    /// Takes up again what was laid down.
    pub(super) fn resume(&self, laid: LaidDown) {
        if let Some(drafts) = self.store().drafts() {
            let files = laid.0.into_iter();
            let files = files.map(|(id, file)| (id, drafts.unlock(file)));
            self.held().0.extend(files);
        }
    }

    /// Does what is asked with a draft.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn draft(&self, request: &DraftRequest) -> Result<Reply, Stop> {
        let Some(drafts) = self.store().drafts() else {
            return Ok(Reply::Noted);
        };
        let mut held = self.held();
        match request {
            DraftRequest::Begin(draft) => {
                guard::themselves(self.signed_in(), draft.owner)?;
                held.0.insert(draft.id.clone(), drafts.begin(draft)?);
            }
            DraftRequest::Record { id, bytes } => {
                if let Some(file) = held.0.get_mut(id) {
                    file.record(bytes, Instant::now())?;
                }
            }
            DraftRequest::PutDown { id } => {
                if let Some(mut file) = held.0.remove(id) {
                    file.flush_now()?;
                }
            }
            DraftRequest::Discard { id } => {
                if let Some(file) = held.0.remove(id) {
                    file.discard()?;
                }
            }
            DraftRequest::TakeUp { id, by } => {
                guard::themselves(self.signed_in(), *by)?;
                let Some((file, draft, records)) = drafts.take(id)? else {
                    return Ok(Reply::TakenUp(None));
                };
                if draft.owner != *by {
                    return Ok(Reply::TakenUp(None));
                }
                let stale = stale(&self.store().snapshot()?, &draft.seen)?;
                held.0.insert(draft.id.clone(), file);
                return Ok(Reply::TakenUp(Some(Box::new(TakenUp {
                    draft,
                    records,
                    stale,
                }))));
            }
        }
        Ok(Reply::Noted)
    }

    /// Flushes what waited long enough. Returns when the next flush is due.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn flush_drafts(&self, now: Instant) -> Result<Option<Instant>, Stop> {
        let mut held = self.held();
        for file in held.0.values_mut() {
            file.flush(now)?;
        }
        Ok(held.0.values().filter_map(DraftFile::flush_due).min())
    }

    /// Returns the people with a visit form put down.
    pub(super) fn people_with_drafts(&self) -> Result<BTreeSet<PersonId>, Stop> {
        let waiting = match self.store().drafts() {
            Some(drafts) => drafts.waiting()?,
            None => Vec::new(),
        };
        let visits = waiting.iter().filter(|draft| draft.is_of(kind::VISIT));
        Ok(visits.filter_map(|draft| draft.person).collect())
    }

    /// Returns the drafts no window holds, oldest first.
    pub(super) fn drafts_waiting(&self, by: StaffId) -> Result<Vec<WaitingDraft>, Stop> {
        let Some(drafts) = self.store().drafts() else {
            return Ok(Vec::new());
        };
        let snapshot = self.store().snapshot()?;
        let mut waiting = Vec::new();
        for draft in drafts.waiting()? {
            let person: Option<Person> = match draft.person {
                Some(id) => snapshot.get(&id_key(id.0))?,
                None => None,
            };
            let home: Option<Household> = match draft.household {
                Some(id) => snapshot.get(&id_key(id.0))?,
                None => None,
            };
            let name = match (&person, &home) {
                (Some(person), _) => person.name().to_owned(),
                (None, Some(home)) => {
                    format!("{} {}", home.place(), head_name(&snapshot, home)?)
                }
                (None, None) => String::new(),
            };
            waiting.push(WaitingDraft {
                owner_name: staff_name(&snapshot, draft.owner)?,
                is_own: draft.owner == by,
                name,
                household: draft.household,
                id: draft.id,
                owner: draft.owner,
                kind: draft.kind,
                person: draft.person,
                forms: draft.forms,
                begun: draft.begun,
            });
        }
        Ok(waiting)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A panic elsewhere leaves the files as whole as before.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns who last changed one of these aspects, if they are not as they were.
fn stale(snapshot: &Snapshot, seen: &[Seen]) -> Result<Option<Stale>, Stop> {
    for seen in seen {
        let revision = snapshot.revision(seen.aspect)?;
        if revision != seen.revision {
            let entry = snapshot.entry(revision)?;
            let name = staff_name(snapshot, entry.user)?;
            return Ok(Some(Stale::of(seen.aspect, entry, name)));
        }
    }
    Ok(None)
}
