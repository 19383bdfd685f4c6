//! What follows when a store has taken its place: the tail goes on from it, and a copy is made.

use std::path::PathBuf;

use super::super::{
    Desk, Reception, Stop,
    entrance::{Badge, Entrance},
};
use crate::{
    domain::{copies::CopyNews, failure::FailureKind},
    store::{Progress, Store},
};

/// How it went with the copy of what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// What lies plain is not copied by itself.
    NotNeeded,
    Made {
        path: PathBuf,
        /// Where it was put a second time.
        second: Option<PathBuf>,
        news: Option<CopyNews>,
    },
    /// The next window makes one.
    NotMade(FailureKind),
}

impl Reception {
    /// Has the tail hold the entry that tells of it, and makes a copy, so that what was given up
    /// passes for the newest nowhere. What is there is whole without it.
    pub(super) fn follow_up(
        &self,
        badge: Option<&Badge>,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Copied {
        let Some(badge) = badge else {
            return Copied::NotNeeded;
        };
        match self.followed_up(badge, progress) {
            Ok(copied) => copied,
            Err(Stop::Failed(error)) => Copied::NotMade(error.kind()),
            Err(Stop::Refused(_)) => Copied::NotMade(FailureKind::Disk),
        }
    }

    fn followed_up(
        &self,
        badge: &Badge,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Copied, Stop> {
        let badge = badge.clone().at(&Entrance::of(&self.folder));
        let store = Store::open_there(&self.folder.database(), Some(badge.key()))?;
        // Whoever brings back holds the folder alone already.
        let desk = Desk::holding(None, store, self.seat.clone()).used_by(Some(&badge));
        desk.note_arrival()?;
        desk.store().catch_up_tail()?;
        let Some(plan) = &self.plan else {
            return Ok(Copied::NotNeeded);
        };
        let (made, news) = desk.back_up_as_planned(plan, progress)?;
        Ok(Copied::Made {
            path: made.path,
            second: made.second,
            news,
        })
    }
}
