//! Imports from request to reply: compared on a snapshot, then written in one transaction that
//! another window's entry in between makes compare again.

use std::{thread, time::Duration};

use super::{
    Desk, Stop,
    answers::{
        Facts,
        import::{self, Accepted, Plan, Watch},
    },
    reply::Done,
    request::{Change, Command},
};
use crate::{
    domain::{
        id::StaffId,
        roster::{ImportProgress, ImportStage, Preview, Roster},
    },
    store::{self, Writing},
};

/// How often an import that finds the store busy tries again.
const RETRY: Duration = Duration::from_millis(25);

impl Desk {
    /// Compares a roster with the store. `watch` is told how far it is and may end it.
    ///
    /// # Errors
    /// `Interrupted` when the watch says so; failures of the disk.
    pub fn import_preview(&self, roster: &Roster, watch: Watch<'_>) -> Result<Preview, Stop> {
        let plan = self.plan(StaffId(0), roster, Accepted::All, watch)?;
        Ok(plan.preview)
    }

    /// Takes a roster, all of it or nothing. `watch` is told how far it is and may end it.
    ///
    /// # Errors
    /// Refuses as every change; `Interrupted` when the watch says so; failures of the disk.
    pub fn import(&self, change: &Change, watch: Watch<'_>) -> Result<Done, Stop> {
        let Command::Import { roster, enrol, .. } = &change.command else {
            return self.change(change);
        };
        let mut plan = Some(self.plan(change.by, roster, Accepted::These(enrol), watch)?);
        loop {
            let now = self.now();
            let done = self.store().try_write(|writing| {
                let today = self.day_for(writing.clinic()?.as_ref(), now);
                self.changed_at(
                    writing,
                    change,
                    now,
                    today,
                    &mut |writing, header, facts, _| {
                        let plan =
                            still_right(writing, plan.take(), facts, (roster, enrol), watch)?;
                        import::write(writing, header, plan, watch)
                    },
                )
            });
            match done {
                Err(Stop::Failed(store::Error::Busy)) => {
                    let waiting = ImportProgress {
                        stage: ImportStage::Waiting,
                        done: 0,
                        of: 0,
                    };
                    if !watch(waiting) {
                        return Err(store::Error::Interrupted.into());
                    }
                    thread::sleep(RETRY);
                }
                done => return done,
            }
        }
    }

    fn plan(
        &self,
        by: StaffId,
        roster: &Roster,
        accepted: Accepted<'_>,
        watch: Watch<'_>,
    ) -> Result<Plan, Stop> {
        let snapshot = self.store().snapshot()?;
        let facts = Facts {
            today: self.today_in(&snapshot)?,
            by,
            catalog: self.catalog,
        };
        let head = snapshot.head()?.seq;
        import::plan(&snapshot, &facts, (roster, accepted), head, watch)
    }
}

/// Returns the plan, made again where anything was written since.
fn still_right(
    writing: &Writing<'_>,
    plan: Option<Plan>,
    facts: &Facts,
    (roster, enrol): (&Roster, &[(u32, crate::domain::programmes::ProgrammeKind)]),
    watch: Watch<'_>,
) -> Result<Plan, Stop> {
    let head = writing.head()?;
    match plan {
        Some(plan) if plan.preview.head == head && plan.today == facts.today => Ok(plan),
        _ => {
            let accepted = Accepted::These(enrol);
            import::plan(writing, facts, (roster, accepted), head, watch)
        }
    }
}
