//! What happened at the door while nobody was in: one line an attempt, with times and staff
//! numbers and no names. The journal takes the lines over at the next success.
//!
//! A lock beside the file lets one process try a password at a time. A power cut costs no line
//! that was flushed: lines are appended, and the file is replaced whole.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Error, Folder, files, folder::make_folder, lock::Locked};
use crate::domain::{
    clock::Moment,
    id::StaffId,
    signing_in::{self, Attempt, Outcome},
};

/// The attempts noted beside a store.
#[derive(Debug, Clone)]
pub struct SignIns {
    path: PathBuf,
}

/// How long one waits for whoever tries: a password takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// The attempts, held so that no other process tries meanwhile.
#[derive(Debug)]
pub struct HeldSignIns {
    path: PathBuf,
    _lock: Locked,
    /// Whether the last line was torn by a power cut.
    is_torn: bool,
    attempts: Vec<Attempt>,
}

impl SignIns {
    /// The attempts at the store in `folder`.
    pub fn of(folder: &Folder) -> Self {
        Self {
            path: folder.log().join("sign-ins"),
        }
    }

    /// Waits until no other process tries, and holds the attempts.
    ///
    /// # Errors
    /// `Busy` where another process does not let go of them; fails with the disk.
    pub fn hold(&self) -> Result<HeldSignIns, Error> {
        if let Some(folder) = self.path.parent() {
            make_folder(folder)?;
        }
        let lock = Locked::at(&self.path.with_extension("lock"), PATIENCE);
        let lock = lock.map_err(Error::lock(&self.path))?;
        let (attempts, is_torn) = self.read()?;
        Ok(HeldSignIns {
            path: self.path.clone(),
            _lock: lock,
            is_torn,
            attempts,
        })
    }

    /// Returns the attempts as they stand, oldest first, without waiting for whoever tries now:
    /// lines are only added, and the file is replaced whole.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn attempts(&self) -> Result<Vec<Attempt>, Error> {
        Ok(self.read()?.0)
    }

    fn read(&self) -> Result<(Vec<Attempt>, bool), Error> {
        let text = match fs::read(&self.path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(Error::file(&self.path))?,
        };
        let is_torn = text.last().is_some_and(|last| *last != b'\n');
        // A line torn by a power cut is no attempt.
        let text = String::from_utf8_lossy(&text);
        let whole = text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'));
        Ok((whole.filter_map(read).collect(), is_torn))
    }
}

impl HeldSignIns {
    /// Returns the attempts, oldest first.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// Takes what a clock that stood ahead has noted as done now: else a wait would last until
    /// that day.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn none_after(&mut self, now: Moment) -> Result<(), Error> {
        let ahead = |attempt: &&mut Attempt| now < attempt.at;
        let mut moved = false;
        for attempt in self.attempts.iter_mut().filter(ahead) {
            attempt.at = now;
            moved = true;
        }
        match moved {
            true => self.keep(),
            false => Ok(()),
        }
    }

    /// Notes one more; it is on the disk when this returns.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn note(&mut self, attempt: Attempt) -> Result<(), Error> {
        let begin = if self.is_torn { "\n" } else { "" };
        appended(&self.path, &format!("{begin}{}", line(&attempt)))
            .map_err(Error::file(&self.path))?;
        self.is_torn = false;
        self.attempts.push(attempt);
        Ok(())
    }

    /// Notes that the journal has taken these over, and lets go of what no wait depends on.
    ///
    /// # Errors
    /// Fails with the disk.
    pub fn settle(&mut self, told: &[Attempt]) -> Result<(), Error> {
        for attempt in &mut self.attempts {
            attempt.is_told |= told.contains(attempt);
        }
        signing_in::let_go(&mut self.attempts);
        self.keep()
    }

    fn keep(&mut self) -> Result<(), Error> {
        let text: String = self.attempts.iter().map(line).collect();
        let path = &self.path;
        files::put_in_place(path, text.as_bytes()).map_err(Error::file(path))?;
        self.is_torn = false;
        Ok(())
    }
}

/// Appends to the file; it is on the disk when this returns.
fn appended(path: &Path, text: &str) -> io::Result<()> {
    let mut file = files::for_owner().create(true).append(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

fn line(attempt: &Attempt) -> String {
    let who = attempt
        .staff
        .map_or_else(|| "-".to_owned(), |staff| staff.0.to_string());
    let told = if attempt.is_told { "told" } else { "new" };
    let outcome = attempt.outcome.key();
    format!("{} {who} {outcome} {told} {}\n", attempt.at, attempt.window)
}

fn read(line: &str) -> Option<Attempt> {
    let mut words = line.split(' ');
    let at: Moment = words.next()?.parse().ok()?;
    let staff = match words.next()? {
        "-" => None,
        number => Some(StaffId(number.parse().ok()?)),
    };
    let outcome = Outcome::of(words.next()?)?;
    let is_told = words.next()? == "told";
    let window = words.next()?.to_owned();
    Some(Attempt {
        at,
        staff,
        outcome,
        is_told,
        window,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(at: Moment, staff: Option<u64>, outcome: Outcome) -> Attempt {
        Attempt {
            at,
            staff: staff.map(StaffId),
            outcome,
            is_told: false,
            window: "w1".to_owned(),
        }
    }

    #[test]
    fn attempts_are_read_as_they_were_noted_and_a_torn_line_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let notes = SignIns::of(&Folder::at(folder.path()));
        let all = [
            attempt(1_795_226_400_000, Some(3), Outcome::Wrong),
            attempt(1_795_226_401_000, None, Outcome::Nobody),
            attempt(1_795_226_402_000, Some(3), Outcome::Opened),
        ];
        for one in &all {
            notes.hold().unwrap().note(one.clone()).unwrap();
        }
        assert_eq!(notes.hold().unwrap().attempts(), all);
        let path = folder.path().join("log").join("sign-ins");
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 8]).unwrap();
        assert_eq!(notes.hold().unwrap().attempts(), &all[..2]);
    }

    #[test]
    fn what_the_journal_took_over_stays_while_a_wait_depends_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let notes = SignIns::of(&Folder::at(folder.path()));
        let mut held = notes.hold().unwrap();
        let mut wrong = attempt(1, Some(3), Outcome::Wrong);
        held.note(wrong.clone()).unwrap();
        held.note(attempt(2, Some(4), Outcome::Wrong)).unwrap();
        held.note(attempt(3, Some(4), Outcome::Opened)).unwrap();
        let told = held.attempts().to_vec();
        let later = attempt(4, Some(5), Outcome::Opened);
        held.note(later.clone()).unwrap();
        held.settle(&told).unwrap();
        drop(held);
        wrong.is_told = true;
        assert_eq!(notes.hold().unwrap().attempts(), [wrong, later]);
    }
}
