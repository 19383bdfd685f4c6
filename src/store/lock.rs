//! Locks between processes: a file that one of them holds, alone or with others.

use std::{
    fs::{self, File},
    io,
    ops::{Deref, DerefMut},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::files;

/// How often a lock that another process holds is tried again.
const RETRY: Duration = Duration::from_millis(5);

/// An open file that is locked until this is dropped.
///
/// The lock is let go of by name. Closing the file alone would leave it to a program that was
/// just being started from here and has the file too, for as long as that takes.
#[derive(Debug)]
pub struct Locked(File);

impl Locked {
    /// Waits for the file and locks it for this process alone.
    ///
    /// # Errors
    /// As the disk says.
    pub(super) fn waiting(file: File) -> io::Result<Self> {
        file.lock()?;
        Ok(Self(file))
    }

    /// Locks the file for this process alone, waiting no longer than `patience`.
    ///
    /// # Errors
    /// `WouldBlock` where another process keeps it; else as the disk says.
    pub(super) fn alone(file: File, patience: Duration) -> io::Result<Self> {
        tried(|| file.try_lock(), patience)?;
        Ok(Self(file))
    }

    /// Locks the file together with others who share it, waiting no longer than `patience`.
    ///
    /// # Errors
    /// As [`Self::alone`].
    pub(super) fn shared(file: File, patience: Duration) -> io::Result<Self> {
        tried(|| file.try_lock_shared(), patience)?;
        Ok(Self(file))
    }

    /// Locks the file at `path` as [`Self::alone`] does; an empty one is made where there is none.
    ///
    /// # Errors
    /// As [`Self::alone`].
    pub(super) fn at(path: &Path, patience: Duration) -> io::Result<Self> {
        Self::alone(files::kept(path)?, patience)
    }
}

impl Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // Where it cannot be let go of it ends with the file.
        let _ = self.0.unlock();
    }
}

/// Says whether another process holds the file alone.
pub(super) fn is_held(file: &File) -> bool {
    match file.try_lock_shared() {
        Err(fs::TryLockError::WouldBlock) => true,
        Err(fs::TryLockError::Error(_)) => false,
        Ok(()) => {
            let _ = file.unlock();
            false
        }
    }
}

fn tried(lock: impl Fn() -> Result<(), fs::TryLockError>, patience: Duration) -> io::Result<()> {
    let until = Instant::now() + patience;
    loop {
        match lock() {
            Ok(()) => return Ok(()),
            Err(fs::TryLockError::Error(cause)) => return Err(cause),
            Err(fs::TryLockError::WouldBlock) if until <= Instant::now() => {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Err(fs::TryLockError::WouldBlock) => thread::sleep(RETRY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_until_it_is_dropped_and_by_many_where_it_is_shared() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("lock");
        let busy = |tried: io::Result<Locked>| {
            tried.is_err_and(|cause| cause.kind() == io::ErrorKind::WouldBlock)
        };
        let at_once = Duration::ZERO;
        let alone = Locked::at(&path, at_once).unwrap();
        assert!(busy(Locked::at(&path, at_once)));
        assert!(busy(Locked::shared(files::kept(&path).unwrap(), at_once)));
        assert!(is_held(&files::kept(&path).unwrap()));
        drop(alone);
        assert!(!is_held(&files::kept(&path).unwrap()));
        let [one, other] = [(); 2].map(|()| {
            let file = files::kept(&path).unwrap();
            Locked::shared(file, at_once).unwrap()
        });
        assert!(busy(Locked::at(&path, at_once)));
        drop(one);
        assert!(busy(Locked::at(&path, at_once)));
        drop(other);
        assert!(Locked::at(&path, at_once).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_let_go_of_is_free_although_a_program_is_just_being_started() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("lock");
        let starts = AtomicBool::new(true);
        thread::scope(|scope| {
            let start = || {
                for _ in 0..500 {
                    std::process::Command::new("true").status().unwrap();
                }
                starts.store(false, Ordering::Relaxed);
            };
            scope.spawn(start);
            let mut held = 0;
            while starts.load(Ordering::Relaxed) {
                let lock = Locked::at(&path, Duration::ZERO);
                assert!(lock.is_ok(), "after {held} times: {lock:?}");
                held += 1;
            }
        });
    }
}
