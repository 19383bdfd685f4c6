//! `--seen`: how far a caller had looked at the journal before asking for a change.
//!
//! `show` and `queue` tell the number as `seen`; what others changed after it refuses the
//! change with E-STALE instead of being overruled unread.

use clap::Args;

use super::{
    open::{self, Session},
    print::Trouble,
};
use crate::{
    desk::{Question, Reply},
    domain::{aspect::Seen, id::PersonId},
};

/// The option itself.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct SeenUntil {
    /// A sequence number of the journal, from 1; without it nothing is compared.
    #[arg(long, value_name = "N")]
    seen: Option<u64>,
}

impl SeenUntil {
    /// Returns the aspects as the caller saw them: one touched since then is stale.
    pub fn of(self, now: &[Seen]) -> Vec<Seen> {
        let Some(until) = self.seen else {
            return Vec::new();
        };
        let as_seen = |seen: &Seen| Seen {
            revision: seen.revision.min(until),
            ..*seen
        };
        now.iter().map(as_seen).collect()
    }

    /// As `of`, of everything kept about a person.
    ///
    /// # Errors
    /// Refuses an unknown person; fails with the disk.
    pub fn of_person(self, session: &Session<'_>, person: PersonId) -> Result<Vec<Seen>, Trouble> {
        if self.seen.is_none() {
            return Ok(Vec::new());
        }
        match session.ask(Question::Person(person))? {
            Reply::Person(view) => Ok(self.of(&view.seen)),
            _ => Err(open::unexpected()),
        }
    }
}
