//! How looks alter the derived rows: each person's row lists the entries that tell of them.

use std::collections::BTreeSet;

use super::{Entry, apply::Done, clinic::LooksTold};
use crate::domain::{
    id::PersonId,
    looking::Look,
    rows::{self, LookedAt},
    tables::Write,
};

/// The most entries a person's row lists; older looks stand in the journal alone.
const MOST: usize = 1_000;

/// Lists the entry with everybody it tells of; looks at everybody stand in a row of their own.
pub(super) fn looks_told<T: Write>(tables: &mut T, entry: &Entry, told: &LooksTold) -> Done<T> {
    let people: BTreeSet<PersonId> = told.looks.iter().flat_map(whose).collect();
    for person in people {
        let kept: Option<LookedAt> = tables.get(&rows::id_key(person.0))?;
        let mut row = kept.unwrap_or(LookedAt {
            person,
            entries: Vec::new(),
        });
        row.entries.push(entry.seq);
        let more = row.entries.len().saturating_sub(MOST);
        row.entries.drain(..more);
        tables.put(&row)?;
    }
    Ok(())
}

fn whose(look: &Look) -> Vec<PersonId> {
    match look.is_at_all() {
        true => vec![LookedAt::EVERYBODY],
        false => look.people.clone(),
    }
}
