//! `keys.toml`: the store's key, once under each staff member's password and once under the
//! recovery code.
//!
//! The file is replaced whole under a lock, and the copy before it is kept beside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{
    kept::{Kept, VERSION, mark},
    key::DataKey,
    recovery::Recovery,
    slot::{Holder, Password, Shut, Slot, Stretched},
};
use crate::{
    domain::id::StaffId,
    store::{files, lock::Locked},
};

/// Why the ring of keys did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
    #[error("{0}: it cannot be read as it was written")]
    Damaged(PathBuf),
    #[error("{0}: written by a newer program")]
    Newer(PathBuf),
    /// The password opens nothing.
    #[error("the password is another one")]
    Wrong,
    /// The recovery code opens nothing.
    #[error("the recovery code is another one")]
    WrongCode,
    /// Nobody of this name has a password.
    #[error("nobody called {0} has a password here")]
    Nobody(String),
    /// The recovery code was not copied as it was shown.
    #[error("the recovery code is not complete or has a slip")]
    Mistyped,
    /// Somebody of this name has a password.
    #[error("somebody called {0} has a password already")]
    SameName(String),
    /// A new password has too few characters.
    #[error("a password has at least {} characters", Password::LEAST)]
    TooShort,
    /// The key is not the one these slots hold.
    #[error("the key is another store's")]
    Foreign,
    /// The system gave no random bytes, or no memory to try a password with.
    #[error("the system gave no memory or no random bytes")]
    System,
}

/// The file of a store's keys.
#[derive(Debug, Clone)]
pub struct KeyRing {
    path: PathBuf,
}

impl KeyRing {
    /// Names the ring of the data folder `folder`; nothing is read yet.
    pub fn of(folder: &Path) -> Self {
        Self {
            path: folder.join("keys.toml"),
        }
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says whether the store has keys: then its pages are sealed.
    pub fn exists(&self) -> bool {
        self.path.exists() || self.previous().exists()
    }

    /// Makes the ring of a new key, with a staff member's slot and the recovery code's.
    ///
    /// # Errors
    /// `TooShort`; `File` where there is a ring already.
    pub fn create(
        &self,
        key: &DataKey,
        staff: StaffId,
        name: &str,
        password: &Password,
        recovery: &Recovery,
    ) -> Result<(), RingError> {
        let holder = Holder::Staff {
            staff,
            name: name.to_owned(),
        };
        let slots = vec![
            self.slot(holder, key, &self.stretched(password)?)?,
            self.slot(Holder::Recovery, key, &self.stretched_code(recovery)?)?,
        ];
        self.locked(|| {
            if self.exists() {
                let there = io::Error::from(io::ErrorKind::AlreadyExists);
                return Err(self.file(there));
            }
            self.replace(&Kept {
                version: VERSION,
                mark: mark(key),
                slots,
            })
        })
    }

    /// Returns the names that have a password, in the order they were given one.
    ///
    /// # Errors
    /// As the file says.
    pub fn names(&self) -> Result<Vec<(StaffId, String)>, RingError> {
        let slots = self.read()?.slots.into_iter();
        let names = slots.filter_map(|slot| match slot.holder {
            Holder::Staff { staff, name } => Some((staff, name)),
            Holder::Recovery => None,
        });
        Ok(names.collect())
    }

    /// Opens the store's key with a staff member's password.
    ///
    /// # Errors
    /// `Nobody`, `Wrong`; else as the file says.
    pub fn open(&self, name: &str, password: &Password) -> Result<(StaffId, DataKey), RingError> {
        for slot in self.read()?.slots {
            if let Holder::Staff { staff, name: kept } = &slot.holder
                && kept == name
            {
                return Ok((*staff, self.opened(&slot, password)?));
            }
        }
        Err(RingError::Nobody(name.to_owned()))
    }

    /// Opens the store's key with the recovery code.
    ///
    /// # Errors
    /// `Mistyped`, `WrongCode`; else as the file says.
    pub fn recover(&self, typed: &str) -> Result<DataKey, RingError> {
        let code = Recovery::read(typed).ok_or(RingError::Mistyped)?;
        for slot in self.read()?.slots {
            if slot.holder == Holder::Recovery {
                let opened = self.opened(&slot, &code.password());
                return opened.map_err(|error| match error {
                    RingError::Wrong => RingError::WrongCode,
                    other => other,
                });
            }
        }
        Err(RingError::WrongCode)
    }

    /// Returns the file as it stands, to go with a backup: without a password it tells names only.
    ///
    /// # Errors
    /// As the file says.
    pub fn text(&self) -> Result<String, RingError> {
        Ok(self.read()?.text())
    }

    /// Puts a ring that came with a backup in place; a ring that stands here is kept beside it.
    ///
    /// # Errors
    /// `Damaged` where it is no ring; as the file says.
    pub fn restore(&self, text: &str) -> Result<(), RingError> {
        let kept = self.parsed(text)?;
        self.locked(|| self.replace(&kept))
    }

    /// Makes a new password ready to be put into the ring.
    ///
    /// # Errors
    /// `TooShort`, `System`.
    pub fn stretched(&self, password: &Password) -> Result<Stretched, RingError> {
        match password.is_long_enough() {
            true => Stretched::of(password).map_err(|shut| self.shut(shut)),
            false => Err(RingError::TooShort),
        }
    }

    /// As `stretched`, for a recovery code.
    ///
    /// # Errors
    /// `System`.
    pub fn stretched_code(&self, code: &Recovery) -> Result<Stretched, RingError> {
        Stretched::of(&code.password()).map_err(|shut| self.shut(shut))
    }

    pub(super) fn slot(
        &self,
        holder: Holder,
        key: &DataKey,
        under: &Stretched,
    ) -> Result<Slot, RingError> {
        Slot::of(holder, key, under).map_err(|shut| self.shut(shut))
    }

    fn opened(&self, slot: &Slot, password: &Password) -> Result<DataKey, RingError> {
        slot.open(password).map_err(|shut| self.shut(shut))
    }

    fn shut(&self, shut: Shut) -> RingError {
        match shut {
            Shut::Wrong => RingError::Wrong,
            Shut::Damaged => RingError::Damaged(self.path.clone()),
            Shut::System => RingError::System,
        }
    }

    /// Reads the file, or the copy before it where the file is gone or torn.
    pub(super) fn read(&self) -> Result<Kept, RingError> {
        let newest = fs::read_to_string(&self.path).map_err(|cause| self.file(cause));
        match newest.and_then(|text| self.parsed(&text)) {
            Err(newest @ (RingError::File { .. } | RingError::Damaged(_))) => {
                let before = fs::read_to_string(self.previous()).ok();
                before
                    .and_then(|text| self.parsed(&text).ok())
                    .ok_or(newest)
            }
            other => other,
        }
    }

    pub(super) fn parsed(&self, text: &str) -> Result<Kept, RingError> {
        /// What every version begins with.
        #[derive(Deserialize)]
        struct Begin {
            version: u32,
        }
        let damaged = |_| RingError::Damaged(self.path.clone());
        let begin: Begin = toml::from_str(text).map_err(damaged)?;
        if begin.version > VERSION {
            return Err(RingError::Newer(self.path.clone()));
        }
        toml::from_str(text).map_err(damaged)
    }

    /// Puts the file in place of the one before, which becomes the copy, less the slots that
    /// must open nothing any more.
    pub(super) fn replace(&self, kept: &Kept) -> Result<(), RingError> {
        if let Ok(mut before) = self.read() {
            if before.mark == kept.mark {
                before
                    .slots
                    .retain(|old| kept.slots.iter().any(|slot| slot.opens_as(old)));
            }
            self.put_in_place(&self.previous(), before.text().as_bytes())?;
        }
        self.put_in_place(&self.path, kept.text().as_bytes())
    }

    fn put_in_place(&self, path: &Path, bytes: &[u8]) -> Result<(), RingError> {
        files::put_in_place(path, bytes).map_err(|cause| self.file(cause))
    }

    /// Runs `work` while no other process changes the file.
    pub(super) fn locked<T>(
        &self,
        work: impl FnOnce() -> Result<T, RingError>,
    ) -> Result<T, RingError> {
        let lock = files::for_owner()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path.with_extension("lock"))
            .and_then(Locked::waiting);
        let _lock = lock.map_err(|cause| self.file(cause))?;
        work()
    }

    /// Returns the file of the keys before the last change.
    pub fn previous(&self) -> PathBuf {
        self.path.with_file_name("keys.previous.toml")
    }

    fn file(&self, cause: io::Error) -> RingError {
        RingError::File {
            path: self.path.clone(),
            cause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const WANG: StaffId = StaffId(1);
    const LI: StaffId = StaffId(2);

    fn word(text: &str) -> Password {
        Password::of(text)
    }

    fn ring() -> (TempDir, KeyRing, DataKey, Recovery) {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::of(folder.path());
        let key = DataKey::random().unwrap();
        let recovery = Recovery::random().unwrap();
        ring.create(&key, WANG, "王建国", &word("first-word"), &recovery)
            .unwrap();
        (folder, ring, key, recovery)
    }

    fn same(one: &DataKey, other: &DataKey) -> bool {
        one.bytes() == other.bytes()
    }

    #[test]
    fn a_password_and_the_code_open_the_same_key() {
        let (_folder, ring, key, recovery) = ring();
        let (staff, opened) = ring.open("王建国", &word("first-word")).unwrap();
        assert!(staff == WANG && same(&opened, &key));
        assert!(same(&ring.recover(&recovery.to_string()).unwrap(), &key));
        let wrong = ring.open("王建国", &word("other-word"));
        assert!(matches!(wrong, Err(RingError::Wrong)));
        let nobody = ring.open("李四", &word("first-word"));
        assert!(matches!(nobody, Err(RingError::Nobody(_))));
        let slip = ring.recover("7K2M");
        assert!(matches!(slip, Err(RingError::Mistyped)));
        let other = Recovery::random().unwrap().to_string();
        assert!(matches!(ring.recover(&other), Err(RingError::WrongCode)));
    }

    #[test]
    fn another_password_takes_the_place_of_the_first_and_the_key_stays() {
        let (_folder, ring, key, _) = ring();
        ring.give(&key, WANG, "王建国", &word("second-word"))
            .unwrap();
        assert!(ring.open("王建国", &word("first-word")).is_err());
        let (_, opened) = ring.open("王建国", &word("second-word")).unwrap();
        assert!(same(&opened, &key));
    }

    #[test]
    fn staff_come_go_and_change_their_names() {
        let (_folder, ring, key, _) = ring();
        ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        let taken = ring.rename(&key, LI, "王建国");
        assert!(matches!(taken, Err(RingError::SameName(_))));
        ring.rename(&key, LI, "李敏敏").unwrap();
        assert!(ring.open("李敏敏", &word("her-own-word")).is_ok());
        let names = [(WANG, "王建国".to_owned()), (LI, "李敏敏".to_owned())];
        assert_eq!(ring.names().unwrap(), names);
        ring.take(&key, LI).unwrap();
        let gone = ring.open("李敏敏", &word("her-own-word"));
        assert!(matches!(gone, Err(RingError::Nobody(_))));
    }

    #[test]
    fn a_new_code_ends_the_one_before() {
        let (_folder, ring, key, first) = ring();
        let second = Recovery::random().unwrap();
        let under = ring.stretched_code(&second).unwrap();
        ring.put(&key, vec![(Holder::Recovery, &under)]).unwrap();
        assert!(ring.recover(&first.to_string()).is_err());
        assert!(same(&ring.recover(&second.to_string()).unwrap(), &key));
    }

    #[test]
    fn short_words_and_foreign_keys_change_nothing() {
        let (_folder, ring, key, _) = ring();
        let before = ring.text().unwrap();
        let short = ring.give(&key, WANG, "王建国", &word("1234567"));
        assert!(matches!(short, Err(RingError::TooShort)));
        let foreign = DataKey::random().unwrap();
        let other = ring.give(&foreign, WANG, "王建国", &word("second-word"));
        assert!(matches!(other, Err(RingError::Foreign)));
        assert_eq!(ring.text().unwrap(), before);
    }

    #[test]
    fn what_was_taken_or_changed_opens_nothing_by_way_of_the_copy_before() {
        let (_folder, ring, key, code) = ring();
        ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        ring.take(&key, LI).unwrap();
        fs::remove_file(ring.path()).unwrap();
        let gone = ring.open("李敏", &word("her-own-word"));
        assert!(matches!(gone, Err(RingError::Nobody(_))));
        assert!(ring.open("王建国", &word("first-word")).is_ok());
        ring.give(&key, WANG, "王建国", &word("second-word"))
            .unwrap();
        fs::remove_file(ring.path()).unwrap();
        let old = ring.open("王建国", &word("first-word"));
        assert!(matches!(old, Err(RingError::Nobody(_) | RingError::Wrong)));
        assert!(same(&ring.recover(&code.to_string()).unwrap(), &key));
    }

    #[test]
    fn a_torn_or_missing_file_is_read_from_the_copy_before() {
        let (_folder, ring, key, _) = ring();
        ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        let whole = fs::read(ring.path()).unwrap();
        fs::write(ring.path(), &whole[..whole.len() / 2]).unwrap();
        assert!(ring.open("王建国", &word("first-word")).is_ok());
        fs::remove_file(ring.path()).unwrap();
        assert!(ring.exists() && ring.open("王建国", &word("first-word")).is_ok());
    }

    #[test]
    fn a_ring_of_a_newer_program_is_left_alone() {
        let (_folder, ring, key, _) = ring();
        let newer = ring.text().unwrap().replace("version = 1", "version = 2");
        fs::write(ring.path(), &newer).unwrap();
        let refused = ring.give(&key, LI, "李敏", &word("her-own-word"));
        assert!(matches!(refused, Err(RingError::Newer(_))));
        assert_eq!(fs::read_to_string(ring.path()).unwrap(), newer);
    }

    #[test]
    fn there_is_one_ring_a_store() {
        let (_folder, ring, key, _) = ring();
        let code = Recovery::random().unwrap();
        let again = ring.create(&key, LI, "李敏", &word("her-own-word"), &code);
        assert!(matches!(again, Err(RingError::File { .. })));
        assert_eq!(ring.names().unwrap().len(), 1);
    }

    #[test]
    fn two_windows_giving_passwords_at_once_lose_none() {
        let (folder, _, key, _) = ring();
        std::thread::scope(|scope| {
            for staff in 10..16_u64 {
                let (ring, key) = (KeyRing::of(folder.path()), &key);
                scope.spawn(move || {
                    let name = format!("员工{staff}");
                    ring.give(key, StaffId(staff), &name, &word("their-own-word"))
                });
            }
        });
        assert_eq!(KeyRing::of(folder.path()).names().unwrap().len(), 7);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_folder, ring, _, _) = ring();
        let mode = fs::metadata(ring.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
