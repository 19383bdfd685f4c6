//! Sealing a store that lies plain, as a whole: a sealed one is built beside it and proven, while
//! other windows work; then, under the plain one's write lock, the rest is brought over and the
//! plain one is given up for good. Only renames are left then, and whoever comes next finishes
//! them after a kill.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read as _, Write as _},
    path::Path,
    time::{Duration, Instant},
};

use super::{
    DraftFile, Drafts, Error, Folder, Progress, Store, Writing, drafts::read_head, files, is_plain,
    layout, lock::Locked, shelf::Opened,
};

/// How long is waited for another process that is just finishing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The version of a plain store that was given up: to every program a newer one's.
pub(super) const GIVEN_UP: u64 = u64::MAX;

impl Store {
    /// Brings the whole journal over into a sealed store, which is empty, and gives this one up.
    /// `ready` is called once all of it stands there, proven, before this one is given up.
    ///
    /// # Errors
    /// `Interrupted` when `progress` says so, `Damaged` where the journal or the sealed store is
    /// not whole; else as the disk says. This store stays as it was then.
    pub fn seal_into(
        &self,
        sealed: &Self,
        ready: impl FnOnce() -> Result<(), Error>,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(), Error> {
        let head = self.head()?;
        sealed.take_all_over(self, 0, head, &mut |done| {
            let of = 2 * head;
            progress(Progress { done, of })
        })?;
        let checked = sealed.check(|at| {
            let (done, of) = (head + at.done, 2 * head);
            progress(Progress { done, of })
        })?;
        if !checked.faults.is_empty() {
            let what = format!("{:?}", checked.faults);
            return Err(Error::Damaged { seq: head, what });
        }
        self.give_up_for(sealed, head, ready)
    }

    /// Takes the entries behind `before` over from another store.
    fn take_all_over(
        &self,
        other: &Self,
        before: u64,
        head: u64,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(), Error> {
        let transaction = self.database.begin_write()?;
        let mut opened = Opened::of(&transaction)?;
        let mut writing = Writing::on(&mut opened);
        other.stretches(before, head, |entries| {
            for (seq, bytes) in entries {
                if seq.is_multiple_of(64) && !progress(seq) {
                    return Err(Error::Interrupted);
                }
                writing.take_over(seq, &bytes)?;
            }
            Ok(())
        })?;
        drop(opened);
        transaction.commit()?;
        Ok(())
    }

    /// Brings the rest over while nobody writes, compares the ends, and gives this store up.
    fn give_up_for(
        &self,
        sealed: &Self,
        before: u64,
        ready: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let transaction = self.database.begin_write()?;
        let mut opened = Opened::of(&transaction)?;
        let mut writing = Writing::on(&mut opened);
        let theirs = writing.number(layout::META_VERSION)?;
        if theirs != self.version {
            let ours = self.version;
            return Err(Error::Newer { theirs, ours });
        }
        let head = writing.head()?;
        sealed.take_all_over(self, before, head, &mut |_| true)?;
        let ends = [self.end()?, sealed.end()?];
        if ends[0] != ends[1] {
            let what = "the sealed store ends elsewhere".to_owned();
            return Err(Error::Damaged { seq: head, what });
        }
        ready()?;
        writing.set_number(layout::META_VERSION, GIVEN_UP)?;
        drop(opened);
        transaction.commit()?;
        Ok(())
    }

    /// Returns the last entry's number and bytes.
    fn end(&self) -> Result<(u64, Vec<u8>), Error> {
        let snapshot = self.snapshot()?;
        let head = snapshot.head()?.seq;
        let bytes = match head {
            0 => Vec::new(),
            head => snapshot.raw(head)?,
        };
        Ok((head, bytes))
    }
}

impl Folder {
    /// Returns the folder in which the sealed store of this folder is built.
    #[must_use]
    pub fn sealing(&self) -> Self {
        self.workshop("sealing")
    }

    /// Lets nobody else seal the store here while it is held.
    ///
    /// # Errors
    /// `Busy` while another process seals it; else as the disk says.
    pub fn hold_sealing(&self) -> Result<Locked, Error> {
        let path = self.root().join("sealing.lock");
        Locked::at(&path, Duration::ZERO).map_err(Error::lock(path))
    }

    /// Notes that the sealed store is whole.
    ///
    /// # Errors
    /// As the disk says.
    pub fn note_ready(&self) -> Result<(), Error> {
        let ready = self.sealing().ready();
        files::put_in_place(&ready, b"").map_err(Error::file(ready))
    }

    /// Puts a sealed store that is whole in place of the plain one that was given up for it, which
    /// is removed. Does nothing where there is none; a kill in the middle is made up for by the
    /// next call.
    ///
    /// # Errors
    /// As the disk says.
    pub fn finish_sealing(&self) -> Result<bool, Error> {
        let sealing = self.sealing();
        let database = self.database();
        if !sealing.ready().exists() {
            if sealing.root().exists() && is_plain(&database) == Some(false) {
                // The kill came after everything but the tidying.
                sealing.remove()?;
            }
            return Ok(false);
        }
        if is_plain(&database) == Some(false) && sealing.database().exists() {
            // Another store took its place since.
            sealing.remove()?;
            return Ok(false);
        }
        let lies_plain = is_plain(&database) == Some(true);
        if lies_plain && !self.is_given_up() {
            // The kill came first; all of it begins again.
            return Ok(false);
        }
        let aside = self.root().join("clinic.plain.redb");
        if lies_plain && !aside.exists() {
            // Where there are no links the rename alone removes it.
            let _ = fs::hard_link(&database, &aside);
        }
        let moved = [
            (
                sealing.keys().path().to_owned(),
                self.keys().path().to_owned(),
            ),
            (sealing.database(), database.clone()),
        ];
        for (from, to) in moved {
            match fs::rename(&from, &to) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::file(to)(cause));
                }
                _ => files::settled(&to).map_err(Error::file(to))?,
            }
        }
        wipe(&aside)?;
        sealing.remove()?;
        Ok(true)
    }

    /// As `finish_sealing`, where something is to be finished and no other process seals.
    ///
    /// # Errors
    /// `Busy` while another process finishes it; else as the disk says.
    pub fn tidy_sealing(&self) -> Result<(), Error> {
        let sealing = self.sealing();
        if !sealing.root().exists() {
            return Ok(());
        }
        let until = Instant::now() + PATIENCE;
        loop {
            match self.hold_sealing() {
                Ok(_held) => return self.finish_sealing().map(|_| ()),
                // The plain store is still the one that counts.
                Err(Error::Busy) if !sealing.ready().exists() || !self.is_given_up() => {
                    return Ok(());
                }
                Err(Error::Busy) if Instant::now() < until => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Says whether a store stands here that lies plain and was not given up.
    pub fn lies_plain(&self) -> bool {
        is_plain(&self.database()) == Some(true) && !self.is_given_up()
    }

    /// Says whether the plain store here was given up for a sealed one.
    pub fn is_given_up(&self) -> bool {
        let opened = Store::open(&self.database(), None);
        matches!(
            opened,
            Err(Error::Newer {
                theirs: GIVEN_UP,
                ..
            })
        )
    }

    fn ready(&self) -> std::path::PathBuf {
        self.root().join("ready")
    }
}

impl Drafts {
    /// Seals the drafts of before the store was sealed, where no window holds them. One that cannot
    /// be sealed now is left for the next time.
    pub(super) fn seal_plain(&self) {
        if self.seal.is_none() {
            return;
        }
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for path in files.map(|entry| entry.path()) {
            if path.extension().is_some_and(|ending| ending == "draft") {
                let _ = self.sealed_anew(&path);
            }
        }
    }

    fn sealed_anew(&self, path: &Path) -> Result<(), Error> {
        let told = |cause| Error::file(path)(cause);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(told)?;
        // What is sealed never begins as what is written does.
        let mut begin = [0; 9];
        if file.read_exact(&mut begin).is_err() || begin.last() != Some(&b'{') {
            return Ok(());
        }
        let Ok(mut file) = Locked::alone(file, Duration::ZERO) else {
            return Ok(());
        };
        let plain = Self {
            folder: self.folder.clone(),
            seal: None,
        };
        let records = plain.records(path, &mut file);
        if records.first().is_none_or(|head| read_head(head).is_none()) {
            return Ok(());
        }
        let draft = path.with_extension("sealing");
        let anew = files::owned(&draft).and_then(Locked::waiting);
        let anew = anew.map_err(told)?;
        let mut sealed = DraftFile::begun(path.to_owned(), anew, self.seal.clone());
        for record in &records {
            sealed.record(record, Instant::now())?;
        }
        sealed.flush_now()?;
        fs::rename(&draft, path).map_err(told)
    }
}

/// Removes a plain database, overwritten first where no process has it open: one that has must
/// still read that it was given up.
fn wipe(plain: &Path) -> Result<(), Error> {
    if !plain.exists() {
        return Ok(());
    }
    // Opened for itself alone it tells whether others have it open.
    let is_free = redb::Database::open(plain).is_ok();
    if is_free {
        overwritten(plain).map_err(Error::file(plain))?;
    }
    match fs::remove_file(plain) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(Error::file(plain)(cause)),
        _ => Ok(()),
    }
}

/// Writes zeros over a file. A disk keeps none of it then; flash may.
fn overwritten(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeros = [0; 1 << 13];
    while 0 < left {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
        let part = zeros.get(..most).unwrap_or_default();
        file.write_all(part)?;
        left -= part.len() as u64;
    }
    file.sync_all()
}
