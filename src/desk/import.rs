//! Imports from request to reply: compared, decided, applied and encoded beside the store, then
//! put in by one transaction that holds the lock for the inserts alone. Where another window
//! wrote in between, all of that is done again.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{
    Desk, Stop,
    answers::{
        Facts,
        import::{self, Asked, Hands, Watch},
    },
    reply::Done,
    request::{Accepted, Change, Command},
    rights,
};
use crate::{
    domain::{
        clock,
        day::Day,
        event::Event,
        id::StaffId,
        refusal::AccountRefusal,
        roster::{ImportProgress, ImportStage, Preview, Roster},
        tables::Read,
    },
    store::{self, Header, Staged, Staging, Writing},
};

/// How often an import that finds the store busy tries again.
const RETRY: Duration = Duration::from_millis(25);
/// So often it gives way to other windows; then they wait for it.
const GIVES_WAY: u32 = 3;

/// An import worked out: what it does, and every byte of it.
pub struct Prepared {
    pub preview: Preview,
    staged: Staged,
    done: Done,
    today: Day,
}

/// What an import did, and how long other windows waited for it.
#[derive(Debug)]
pub struct Imported {
    pub done: Done,
    /// From taking the write lock to giving it back.
    pub held: Duration,
}

impl Desk {
    /// Compares a roster with the store. `watch` is told how far it is and may end it.
    ///
    /// # Errors
    /// `E-ROLE` for who may change no card; `Interrupted` when the watch says so; failures of the disk.
    pub fn import_preview(&self, roster: &Roster, watch: Watch<'_>) -> Result<Preview, Stop> {
        self.may_import()?;
        let snapshot = self.store().snapshot()?;
        let facts = Facts {
            today: self.today_in(&snapshot)?,
            by: StaffId(0),
            catalog: self.seat.catalog,
        };
        let asked = Asked {
            roster,
            accepted: &Accepted::All,
            head: snapshot.head()?.seq,
        };
        let take = &mut |_| Ok(());
        import::plan(&snapshot, &facts, asked, &mut Hands { watch, take })
    }

    /// What differs between a roster and the cards is told whole: only to who may change them.
    fn may_import(&self) -> Result<(), Stop> {
        self.writes()?;
        match self.own_standing()? {
            Some(staff) if !rights::registers(staff.role) => {
                Err(AccountRefusal::Role { role: staff.role }.into())
            }
            _ => Ok(()),
        }
    }

    /// Works an import out; nothing is written.
    ///
    /// # Errors
    /// `Interrupted` when the watch says so; refusals of the rules, failures of the disk.
    pub fn prepare_import(&self, change: &Change, watch: Watch<'_>) -> Result<Prepared, Stop> {
        self.may_import()?;
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let base = Base {
            staging: snapshot.stage(self.store())?,
            head: snapshot.head()?.seq,
            header: self.header(change, self.now(), today),
        };
        self.worked_out(&snapshot, base, change, watch)
    }

    /// Takes a roster, all of it or nothing. `watch` is told how far it is and may end it.
    ///
    /// # Errors
    /// Refuses as every change; `Interrupted` when the watch says so; failures of the disk.
    pub fn import(&self, change: &Change, watch: Watch<'_>) -> Result<Done, Stop> {
        let prepared = self.prepare_import(change, watch)?;
        let imported = self.import_prepared(change, prepared, watch)?;
        Ok(imported.done)
    }

    /// Takes a roster worked out before; works it out again where something was written since.
    ///
    /// # Errors
    /// As `import`.
    pub fn import_prepared(
        &self,
        change: &Change,
        mut prepared: Prepared,
        watch: Watch<'_>,
    ) -> Result<Imported, Stop> {
        let mut tries = 0;
        loop {
            let mut place = Place {
                prepared: &prepared,
                insists: GIVES_WAY <= tries,
                is_stale: false,
            };
            let mut begun = Instant::now();
            let now = self.now();
            let done = self.store().try_write(|writing| {
                begun = Instant::now();
                let today = self.day_for(writing.clinic()?.as_ref(), now);
                self.changed_at(
                    writing,
                    change,
                    now,
                    today,
                    &mut |writing, header, facts, _| {
                        self.placed(writing, (header, facts), change, &mut place, watch)
                    },
                )
            });
            let held = begun.elapsed();
            match done {
                Ok(done) => return Ok(Imported { done, held }),
                Err(Stop::Failed(store::Error::Busy)) if place.is_stale => {
                    tries += 1;
                    prepared = self.prepare_import(change, watch)?;
                }
                Err(Stop::Failed(store::Error::Busy)) => wait(watch)?,
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Puts a prepared import in. One that does not fit any more ends the transaction as if
    /// the store were busy, or is worked out anew here once it has given way often enough.
    fn placed(
        &self,
        writing: &mut Writing<'_>,
        (header, facts): (&Header, &Facts),
        change: &Change,
        place: &mut Place<'_>,
        watch: Watch<'_>,
    ) -> Result<Done, Stop> {
        let prepared = place.prepared;
        if prepared.today == facts.today && put(writing, prepared, watch)? {
            return Ok(prepared.done.clone());
        }
        if !place.insists {
            place.is_stale = true;
            return Err(store::Error::Busy.into());
        }
        self.placed_anew(writing, header, change, watch)
    }

    /// Works an import out under the lock and puts it in.
    fn placed_anew(
        &self,
        writing: &mut Writing<'_>,
        header: &Header,
        change: &Change,
        watch: Watch<'_>,
    ) -> Result<Done, Stop> {
        let base = Base {
            staging: writing.stage(self.store())?,
            head: writing.head()?,
            header: header.clone(),
        };
        let anew = self.worked_out(writing, base, change, watch)?;
        put(writing, &anew, watch)?;
        Ok(anew.done)
    }

    /// Takes a roster in a practice store's past, as `relive` does every change.
    pub(super) fn relive_import(
        &self,
        writing: &mut Writing<'_>,
        change: &Change,
        now: clock::Moment,
        today: Day,
    ) -> Result<Done, Stop> {
        self.changed_at(writing, change, now, today, &mut |writing, header, _, _| {
            self.placed_anew(writing, header, change, &mut |_| true)
        })
    }

    fn worked_out<T: Read<Fault = store::Error>>(
        &self,
        tables: &T,
        base: Base<'_>,
        change: &Change,
        watch: Watch<'_>,
    ) -> Result<Prepared, Stop> {
        let Base {
            mut staging,
            head,
            header,
        } = base;
        let Command::Import { roster, enrol, .. } = &change.command else {
            return Err(store::Error::Broken("no import".to_owned()).into());
        };
        let facts = Facts {
            today: header.day,
            by: change.by,
            catalog: self.seat.catalog,
        };
        let asked = Asked {
            roster,
            accepted: enrol,
            head,
        };
        let mut done = Done::nothing(head);
        let take = &mut |events: Vec<Event>| {
            for event in &events {
                done.add(&header.cause, event);
            }
            done.seq = staging.append(&header, events)?;
            Ok(())
        };
        let preview = import::plan(tables, &facts, asked, &mut Hands { watch, take })?;
        Ok(Prepared {
            preview,
            staged: staging.end()?,
            done,
            today: header.day,
        })
    }

    pub(super) fn header(&self, change: &Change, now: clock::Moment, today: Day) -> Header {
        Header {
            at: now,
            day: today,
            user: change.by,
            window: self.seat.window.clone(),
            request: change.id.clone(),
            cause: change.command.cause().to_owned(),
        }
    }
}

/// What an import is worked out on.
struct Base<'b> {
    staging: Staging<'b>,
    head: u64,
    header: Header,
}

/// One try to put an import in.
struct Place<'p> {
    prepared: &'p Prepared,
    /// Whether it works itself out under the lock, should it not fit.
    insists: bool,
    is_stale: bool,
}

/// Puts the bytes in; false where they do not fit.
fn put(writing: &mut Writing<'_>, prepared: &Prepared, watch: Watch<'_>) -> Result<bool, Stop> {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let of = count(prepared.staged.len());
    let fits = writing.place(&prepared.staged, &mut |done| {
        watch(ImportProgress {
            stage: ImportStage::Writing,
            done: count(done),
            of,
        })
    })?;
    Ok(fits)
}

fn wait(watch: Watch<'_>) -> Result<(), Stop> {
    let goes_on = watch(ImportProgress {
        stage: ImportStage::Waiting,
        done: 0,
        of: 0,
    });
    if !goes_on {
        return Err(Stop::interrupted());
    }
    thread::sleep(RETRY);
    Ok(())
}
