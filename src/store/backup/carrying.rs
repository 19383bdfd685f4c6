//! Carrying a copy into another folder, such as a stick's, which may be slow.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use super::file::{Backups, DRAFT, Kept};
use crate::store::{Error, Progress, files};

/// A copy is carried so many bytes at a time: a slow stick takes them in a fraction of a second.
const CARRIED: usize = 1 << 18;

impl Backups {
    /// Puts a copy of this copy into another folder, compared byte by byte. A piece at a time
    /// reaches the disk there, so that a slow one lets go as soon as `progress` says so; what was
    /// begun is removed then, and with every other trouble.
    ///
    /// # Errors
    /// `Busy` while another process copies there; `Interrupted`; `Damaged` where what was written
    /// reads otherwise; else as the disk says.
    pub fn carry(
        &self,
        kept: &Kept,
        to: &Self,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<PathBuf, Error> {
        let _held = to.hold()?;
        let path = to.place(&kept.facts);
        let draft = path.with_extension(DRAFT);
        carried(&kept.path, &draft, kept.facts.head, progress).inspect_err(|_| {
            // The trouble itself is the one to tell.
            let _ = fs::remove_file(&draft);
        })?;
        fs::rename(&draft, &path)
            .and_then(|()| files::settled(&path))
            .map_err(Error::file(&path))?;
        Ok(path)
    }
}

/// Writes `from` into `to` a piece at a time, and compares what then lies there.
fn carried(
    from: &Path,
    to: &Path,
    head: u64,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<(), Error> {
    let mut source = File::open(from).map_err(Error::file(from))?;
    let length = source.metadata().map_err(Error::file(from))?.len();
    let of = 2 * length;
    let mut goes_on = |done| match progress(Progress { done, of }) {
        true => Ok(()),
        false => Err(Error::Interrupted),
    };
    let mut file = files::owned(to).map_err(Error::file(to))?;
    let mut piece = vec![0; CARRIED];
    let mut done = 0;
    loop {
        goes_on(done)?;
        let read = files::filled(&mut source, &mut piece).map_err(Error::file(from))?;
        let part = piece.get(..read).unwrap_or_default();
        if part.is_empty() {
            break;
        }
        let written = file.write_all(part).and_then(|()| file.sync_data());
        written.map_err(Error::file(to))?;
        done += part.len() as u64;
    }
    file.sync_all().map_err(Error::file(to))?;
    drop(file);
    same(from, to, &mut |read| goes_on(length + read))
        .and_then(|same| same.then_some(()).ok_or_else(|| not_as_written(head)))
}

/// Says whether two files hold the same; `goes_on` is told how far they were read.
fn same(
    one: &Path,
    other: &Path,
    goes_on: &mut dyn FnMut(u64) -> Result<(), Error>,
) -> Result<bool, Error> {
    let mut here = File::open(one).map_err(Error::file(one))?;
    let mut there = File::open(other).map_err(Error::file(other))?;
    let (mut piece, mut again) = (vec![0; CARRIED], vec![0; CARRIED]);
    let mut done = 0;
    loop {
        goes_on(done)?;
        let own = files::filled(&mut here, &mut piece).map_err(Error::file(one))?;
        let theirs = files::filled(&mut there, &mut again).map_err(Error::file(other))?;
        if piece.get(..own) != again.get(..theirs) {
            return Ok(false);
        }
        if own == 0 {
            return Ok(true);
        }
        done += own as u64;
    }
}

pub(super) fn not_as_written(head: u64) -> Error {
    let what = "the copy does not read as it was written".to_owned();
    Error::Damaged { seq: head, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backup::Facts;

    /// A copy of so many bytes, and another folder.
    fn place(bytes: usize) -> (tempfile::TempDir, Backups, Kept) {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("cunyi-1.cunyi");
        let whole: Vec<u8> = (0..bytes)
            .map(|at| u8::try_from(at % 251).unwrap())
            .collect();
        fs::write(&path, whole).unwrap();
        let stick = place.path().join("stick");
        fs::create_dir(&stick).unwrap();
        let facts = Facts {
            store: String::new(),
            at: 0,
            head: 7,
            hash: String::new(),
            rows: std::collections::BTreeMap::new(),
            keys: None,
        };
        (place, Backups::of(&stick), Kept { path, facts })
    }

    #[test]
    fn a_copy_is_carried_piece_by_piece() {
        let (place, stick, kept) = place(3 * CARRIED + 17);
        let mut told = Vec::new();
        let carried = Backups::of(place.path()).carry(&kept, &stick, &mut |at| {
            told.push(at);
            true
        });
        assert_eq!(
            fs::read(carried.unwrap()).unwrap(),
            fs::read(&kept.path).unwrap()
        );
        // Asked before each piece, written and read again, and at both ends.
        assert_eq!(told.len(), 2 * 5);
        assert!(told.is_sorted_by_key(|at| at.done));
        let last = told.last().unwrap();
        assert_eq!(last.done, last.of);
    }

    #[test]
    fn whoever_cannot_wait_is_let_go_between_two_pieces() {
        for pieces in 0..10 {
            let (place, stick, kept) = place(3 * CARRIED + 17);
            let mut asked = 0;
            let carried = Backups::of(place.path()).carry(&kept, &stick, &mut |_| {
                asked += 1;
                asked <= pieces
            });
            assert!(matches!(carried, Err(Error::Interrupted)), "{carried:?}");
            assert_eq!(asked, pieces + 1);
            let left = fs::read_dir(place.path().join("stick")).unwrap();
            let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(left, ["copying.lock"]);
        }
    }
}
