//! The door of a data folder: who may come in, by password or recovery code, and how long one
//! waits after too many wrong ones.
//!
//! A folder without keys has no door: the practice village, and data of before there were
//! passwords.

use super::{Folder, Stop};
use crate::{
    domain::{
        clock::Moment,
        id::StaffId,
        refusal::AccountRefusal,
        signing_in::{self, Attempt, Outcome},
    },
    store::{
        self, LookNotes, SignIns,
        seal::{DataKey, KeyRing, RingError},
    },
};

pub use crate::store::seal::{Password, Recovery};

/// The door of a data folder.
#[derive(Debug, Clone)]
pub struct Entrance {
    ring: KeyRing,
    notes: SignIns,
    folder: Folder,
}

/// What somebody who was let in carries: the store's key, and who they are.
#[derive(Debug, Clone)]
pub struct Badge {
    key: DataKey,
    /// Nobody where the recovery code opened: then an administrator is named first.
    staff: Option<StaffId>,
    entrance: Entrance,
}

impl Badge {
    /// Returns who was let in; nobody where the recovery code opened.
    pub const fn staff(&self) -> Option<StaffId> {
        self.staff
    }

    /// Returns what is noted of looks beside the store.
    pub(super) fn look_notes(&self) -> LookNotes {
        LookNotes::of(&self.entrance.folder, &self.key)
    }

    /// Returns the door they came in by.
    pub(super) const fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    /// Returns the badge at another door of the same key: the folder was moved.
    pub(super) fn at(self, entrance: &Entrance) -> Self {
        Self {
            entrance: entrance.clone(),
            ..self
        }
    }

    /// Returns the badge of a staff member who came in by the recovery code and was named.
    pub(super) fn of_staff(&self, staff: StaffId) -> Self {
        Self {
            staff: Some(staff),
            ..self.clone()
        }
    }

    /// Returns how it is noted that they came in.
    fn outcome(&self) -> Outcome {
        match self.staff {
            Some(_) => Outcome::Opened,
            None => Outcome::Recovered,
        }
    }

    /// Returns the key of the store they may open.
    pub(super) const fn key(&self) -> &DataKey {
        &self.key
    }
}

impl Entrance {
    /// Stands before the door of `folder`.
    pub fn of(folder: &Folder) -> Self {
        Self {
            ring: folder.keys(),
            notes: SignIns::of(folder),
            folder: folder.clone(),
        }
    }

    /// Says whether a password is needed.
    pub fn is_locked(&self) -> bool {
        self.ring.exists()
    }

    /// Returns who has a password, and under which name.
    ///
    /// # Errors
    /// As the file of keys says.
    pub fn ids(&self) -> Result<Vec<(StaffId, String)>, Stop> {
        self.ring.names().map_err(stop)
    }

    /// Lets a staff member in, and notes it, or that it was tried in vain.
    ///
    /// # Errors
    /// `Wait` after too many wrong ones, `Nobody`, `Wrong`; else as the files say.
    pub fn sign_in(
        &self,
        name: &str,
        password: &Password,
        window: &str,
        now: Moment,
    ) -> Result<Badge, Stop> {
        let known = self.ring.names().map_err(stop)?;
        let staff = known.iter().find(|(_, known)| known == name);
        let staff = staff.map(|(staff, _)| *staff);
        self.tried(staff, window, now, Badge::outcome, || {
            let (staff, key) = self.ring.open(name, password)?;
            Ok(Badge {
                key,
                staff: Some(staff),
                entrance: self.clone(),
            })
        })
    }

    /// Lets somebody who is in already show their password again, and notes it.
    ///
    /// # Errors
    /// As `sign_in`.
    pub(super) fn confirm(
        &self,
        staff: StaffId,
        password: &Password,
        window: &str,
        now: Moment,
    ) -> Result<(), Stop> {
        let known = self.ids()?;
        let name = known.iter().find(|(id, _)| *id == staff);
        let (_, name) = name.ok_or(AccountRefusal::Wrong)?;
        let confirmed = |(): &()| Outcome::Confirmed;
        self.tried(Some(staff), window, now, confirmed, || {
            self.ring.open(name, password).map(|_| ())
        })
    }

    /// Says whether the password of `name` may be tried now.
    ///
    /// # Errors
    /// `Wait` after too many wrong ones; else as the files say.
    pub fn may_try(&self, name: &str, now: Moment) -> Result<(), Stop> {
        let known = self.ids()?;
        let staff = known.iter().find(|(_, known)| known == name);
        let staff = staff.map(|(staff, _)| *staff);
        let mut notes = self.notes.hold()?;
        notes.none_after(now)?;
        waits(notes.attempts(), staff, now)
    }

    /// Lets whoever has the recovery code in, and notes it.
    ///
    /// # Errors
    /// `Wait` after too many wrong ones, `Mistyped`, `WrongCode`; else as the files say.
    pub fn recover(&self, code: &str, window: &str, now: Moment) -> Result<Badge, Stop> {
        self.tried(None, window, now, Badge::outcome, || {
            let key = self.ring.recover(code)?;
            Ok(Badge {
                key,
                staff: None,
                entrance: self.clone(),
            })
        })
    }

    /// Lets somebody in by keys that came with copies, as one attempt at this door: the first that
    /// open do. Tells where none does what the first said.
    ///
    /// # Errors
    /// As `sign_in` and `recover`.
    pub(super) fn tried_with(
        &self,
        staff: Option<StaffId>,
        window: &str,
        now: Moment,
        open: impl FnOnce() -> Result<(Option<StaffId>, DataKey), RingError>,
    ) -> Result<Badge, Stop> {
        self.tried(staff, window, now, Badge::outcome, || {
            let (staff, key) = open()?;
            Ok(Badge {
                key,
                staff,
                entrance: self.clone(),
            })
        })
    }

    /// Puts the door in: a new key under the first staff member's password. The code is shown
    /// once and kept nowhere.
    ///
    /// # Errors
    /// `TooShort`; as the file of keys says, also where there is one already.
    pub fn install(&self, name: &str, password: &Password) -> Result<(Badge, Recovery), Stop> {
        self.install_for(StaffId(1), name, password)
    }

    /// As `install`, for a staff member of a clinic that stands already.
    ///
    /// # Errors
    /// As `install`.
    pub(super) fn install_for(
        &self,
        first: StaffId,
        name: &str,
        password: &Password,
    ) -> Result<(Badge, Recovery), Stop> {
        let code = new_code()?;
        Ok((self.put_in(first, name, password, &code)?, code))
    }

    /// As `install`, under a recovery code that was shown and written down before.
    ///
    /// # Errors
    /// As `install`.
    pub fn install_under(
        &self,
        name: &str,
        password: &Password,
        code: &Recovery,
    ) -> Result<Badge, Stop> {
        self.put_in(StaffId(1), name, password, code)
    }

    fn put_in(
        &self,
        first: StaffId,
        name: &str,
        password: &Password,
        code: &Recovery,
    ) -> Result<Badge, Stop> {
        let key = DataKey::random().map_err(|_| stop(RingError::System))?;
        let made = self.ring.create(&key, first, name, password, code);
        made.map_err(stop)?;
        Ok(Badge {
            key,
            staff: Some(first),
            entrance: self.clone(),
        })
    }

    /// Returns who came in last, where that is still known.
    pub fn last(&self) -> Option<StaffId> {
        let attempts = self.notes.attempts().ok()?;
        let opened = |attempt: &&Attempt| attempt.outcome == Outcome::Opened;
        attempts.iter().rev().find(opened)?.staff
    }

    /// Returns the attempts the journal has not taken over.
    pub(super) fn news(&self) -> Result<Vec<Attempt>, store::Error> {
        let mut attempts = self.notes.attempts()?;
        attempts.retain(|attempt| !attempt.is_told);
        Ok(attempts)
    }

    /// Notes that the journal has taken these over.
    pub(super) fn settle(&self, told: &[Attempt]) -> Result<(), store::Error> {
        match told {
            [] => Ok(()),
            told => self.notes.hold()?.settle(told),
        }
    }

    /// Returns the folder behind the door.
    pub(super) const fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Returns the ring of keys.
    pub(super) const fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Tries once, where no wait is due, and notes how it ended. One process tries at a time.
    fn tried<T>(
        &self,
        staff: Option<StaffId>,
        window: &str,
        now: Moment,
        success: impl FnOnce(&T) -> Outcome,
        open: impl FnOnce() -> Result<T, RingError>,
    ) -> Result<T, Stop> {
        let mut notes = self.notes.hold()?;
        notes.none_after(now)?;
        waits(notes.attempts(), staff, now)?;
        let opened = open();
        let outcome = match &opened {
            Ok(opened) => Some(success(opened)),
            Err(RingError::WrongCode) => Some(Outcome::WrongCode),
            Err(RingError::Wrong) => Some(Outcome::Wrong),
            Err(RingError::Nobody(_)) => Some(Outcome::Nobody),
            // A slip of the pen is told by the code itself, and tries nothing.
            Err(_) => None,
        };
        if let Some(outcome) = outcome {
            notes.note(Attempt {
                at: now,
                staff,
                outcome,
                is_told: false,
                window: window.to_owned(),
            })?;
        }
        opened.map_err(stop)
    }
}

fn waits(attempts: &[Attempt], staff: Option<StaffId>, now: Moment) -> Result<(), Stop> {
    match signing_in::wait(attempts, staff, now) {
        0 => Ok(()),
        wait => {
            let seconds = (wait + 999) / 1000;
            Err(AccountRefusal::Wait { seconds }.into())
        }
    }
}

/// Makes a recovery code nobody has had before.
///
/// # Errors
/// Fails where the system gives no random bytes.
pub fn new_code() -> Result<Recovery, Stop> {
    Recovery::random().map_err(|_| stop(RingError::System))
}

/// Tells what the ring of keys says as a refusal, where it is one.
pub(super) fn stop(error: RingError) -> Stop {
    let refusal = match error {
        RingError::Wrong => AccountRefusal::Wrong,
        RingError::WrongCode => AccountRefusal::WrongCode,
        RingError::Nobody(name) => AccountRefusal::Nobody { name },
        RingError::Mistyped => AccountRefusal::Mistyped,
        RingError::SameName(name) => AccountRefusal::SameName { name },
        RingError::TooShort => AccountRefusal::TooShort {
            least: Password::LEAST,
        },
        other @ (RingError::File { .. }
        | RingError::Damaged(_)
        | RingError::Newer(_)
        | RingError::Foreign
        | RingError::System) => return store::Error::from(other).into(),
    };
    refusal.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::refusal::Refusal;

    fn refused(found: Result<Badge, Stop>) -> AccountRefusal {
        match found {
            Err(Stop::Refused(Refusal::Account(refusal))) => refusal,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_fifth_wrong_password_waits_in_every_process_and_the_right_one_waits_too() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::at(folder.path());
        let door = Entrance::of(&folder);
        door.install("王建国", &Password::of("first-word")).unwrap();
        let wrong = Password::of("other-word");
        let right = Password::of("first-word");
        for second in 0..5 {
            let found = door.sign_in("王建国", &wrong, "w1", second * 1000);
            assert_eq!(refused(found), AccountRefusal::Wrong);
        }
        let other = Entrance::of(&folder);
        let found = other.sign_in("王建国", &right, "w2", 5000);
        assert_eq!(refused(found), AccountRefusal::Wait { seconds: 9 });
        let badge = other.sign_in("王建国", &right, "w2", 14_000).unwrap();
        assert_eq!(badge.staff(), Some(StaffId(1)));
        // A success ends the row.
        let found = other.sign_in("王建国", &wrong, "w2", 15_000);
        assert_eq!(refused(found), AccountRefusal::Wrong);
    }

    #[test]
    fn a_clock_that_stood_ahead_makes_nobody_wait_until_that_day() {
        let folder = tempfile::tempdir().unwrap();
        let door = Entrance::of(&Folder::at(folder.path()));
        door.install("王建国", &Password::of("first-word")).unwrap();
        let year = 365 * 24 * 3_600_000;
        for second in 0..5 {
            let found = door.sign_in("王建国", &Password::of("other-word"), "w1", year + second);
            assert_eq!(refused(found), AccountRefusal::Wrong);
        }
        let right = Password::of("first-word");
        let found = door.sign_in("王建国", &right, "w1", 1_000);
        assert_eq!(refused(found), AccountRefusal::Wait { seconds: 10 });
        let found = door.sign_in("王建国", &right, "w1", 6_000);
        assert_eq!(refused(found), AccountRefusal::Wait { seconds: 5 });
        assert!(door.sign_in("王建国", &right, "w1", 11_000).is_ok());
    }

    #[test]
    fn nobody_and_a_slip_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let door = Entrance::of(&Folder::at(folder.path()));
        assert!(!door.is_locked());
        let (_, code) = door.install("王建国", &Password::of("first-word")).unwrap();
        assert!(door.is_locked());
        let name = "李四".to_owned();
        let found = door.sign_in("李四", &Password::of("first-word"), "w", 0);
        assert_eq!(refused(found), AccountRefusal::Nobody { name });
        let code = code.to_string();
        let found = door.recover(&code[1..], "w", 0);
        assert_eq!(refused(found), AccountRefusal::Mistyped);
        let other = Recovery::random().unwrap().to_string();
        let found = door.recover(&other, "w", 0);
        assert_eq!(refused(found), AccountRefusal::WrongCode);
        assert_eq!(door.recover(&code, "w", 0).unwrap().staff(), None);
        let short = door.install("王建国", &Password::of("1234567"));
        assert_eq!(
            refused(short.map(|(badge, _)| badge)),
            AccountRefusal::TooShort { least: 8 }
        );
    }
}
