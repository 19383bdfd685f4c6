//! Making a copy: the journal up to its present end, a stretch at a time.

use std::{
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::{
    carrying::not_as_written,
    file::Backups,
    format::{Facts, Writer},
    restoring::{self, Verified},
};
use crate::{
    domain::clock::Moment,
    store::{
        Error, Progress, Store, files, hexadecimal, journal,
        seal::{DataKey, KeyRing, Purpose, Seal},
    },
};

/// What a copy is made of, besides the store.
pub struct Making<'m> {
    /// The store's identity.
    pub store: [u8; 16],
    pub at: Moment,
    /// The store's key with the ring that opens it; none where the store lies plain.
    pub keys: Option<(&'m DataKey, &'m KeyRing)>,
}

impl Store {
    /// Writes a copy into `to` and verifies it by reading it again. `progress` answers whether
    /// to go on; what was begun is removed where it does not. What a killed process began is
    /// removed too: only a whole copy has a copy's name.
    ///
    /// # Errors
    /// `Busy` while another process copies; `Interrupted` when `progress` says so; `Damaged` where the journal cannot be copied or
    /// the copy does not read as it was written; else as the disk says.
    pub fn back_up(
        &self,
        to: &Backups,
        making: &Making<'_>,
        mut progress: impl FnMut(Progress) -> bool,
    ) -> Result<(PathBuf, Verified), Error> {
        let _held = to.hold()?;
        let facts = self.facts(making)?;
        let path = to.place(&facts);
        let draft = path.with_extension("new");
        let done = self
            .copy(&draft, facts.clone(), making, &mut progress)
            .and_then(|()| verified(&draft, &facts, making, &mut progress));
        let verified = match done {
            Ok(verified) => verified,
            Err(error) => {
                // What was begun is of no use; the trouble itself is the one to tell.
                let _ = fs::remove_file(&draft);
                return Err(error);
            }
        };
        fs::rename(&draft, &path)
            .and_then(|()| files::settled(&path))
            .map_err(Error::file(&path))?;
        Ok((path, verified))
    }

    /// Fixes how far the copy goes, and what it must come to.
    fn facts(&self, making: &Making<'_>) -> Result<Facts, Error> {
        let snapshot = self.snapshot()?;
        let head = snapshot.head()?.seq;
        let hash = match head {
            0 => journal::NO_HASH,
            head => journal::hash(&snapshot.raw(head)?),
        };
        let keys = match making.keys {
            Some((_, ring)) => Some(ring.text()?),
            None => None,
        };
        Ok(Facts {
            store: hexadecimal::written(&making.store),
            at: making.at,
            head,
            hash: hexadecimal::written(&hash),
            rows: snapshot.counted()?,
            keys,
        })
    }

    fn copy(
        &self,
        draft: &Path,
        facts: Facts,
        making: &Making<'_>,
        progress: &mut impl FnMut(Progress) -> bool,
    ) -> Result<(), Error> {
        let told = Error::file(draft);
        let head = facts.head;
        let of = 2 * head;
        let file = files::owned(draft).map_err(Error::file(draft))?;
        let mut writer =
            Writer::begin(BufWriter::new(file), facts, seal(making)).map_err(Error::file(draft))?;
        self.stretches(0, head, |entries| {
            for (seq, bytes) in &entries {
                if seq % 64 == 0 && !progress(Progress { done: *seq, of }) {
                    return Err(Error::Interrupted);
                }
                writer.entry(bytes).map_err(Error::file(draft))?;
            }
            Ok(())
        })?;
        let ended = writer.end().and_then(|mut file| {
            file.flush()?;
            file.get_ref().sync_all()
        });
        ended.map_err(told)
    }
}

pub(super) fn seal(making: &Making<'_>) -> Option<Seal> {
    let (key, _) = making.keys?;
    Some(Seal::of(key, Purpose::Backups))
}

/// Reads the copy again: it is what was to be written, and its chain holds.
fn verified(
    draft: &Path,
    facts: &Facts,
    making: &Making<'_>,
    progress: &mut impl FnMut(Progress) -> bool,
) -> Result<Verified, Error> {
    let verified = restoring::verify(draft, seal(making), &mut |at| {
        progress(Progress {
            done: facts.head + at.done,
            of: 2 * facts.head,
        })
    })?;
    if verified.facts == *facts {
        return Ok(verified);
    }
    Err(not_as_written(facts.head))
}
