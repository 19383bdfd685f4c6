//! Turning the keys of a ring: passwords and recovery codes come, change and go, and what was
//! turned can be turned back where the change it belongs to was not kept after all.

use super::{
    KeyRing, RingError,
    kept::{Kept, mark},
    key::DataKey,
    slot::{Holder, Password, Slot, Stretched},
};
use crate::domain::id::StaffId;

/// A ring before and after it was turned.
#[derive(Debug)]
pub struct Turned {
    before: Kept,
    after: Kept,
}

impl Turned {
    /// Returns the way back.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }
}

impl KeyRing {
    /// Puts the key under these, each in place of its holder's before: all or none.
    ///
    /// # Errors
    /// `SameName` where another has a password under that name; `Foreign`.
    pub fn put(
        &self,
        key: &DataKey,
        under: Vec<(Holder, &Stretched)>,
    ) -> Result<Turned, RingError> {
        let slots: Result<Vec<Slot>, RingError> = under
            .into_iter()
            .map(|(holder, under)| self.slot(holder, key, under))
            .collect();
        let slots = slots?;
        self.turn(key, |kept| {
            for slot in slots {
                if let Holder::Staff { staff, name } = &slot.holder {
                    kept.no_other_called(*staff, name)?;
                }
                kept.put(slot);
            }
            Ok(())
        })
    }

    /// Gives a staff member a password, their first or another.
    ///
    /// # Errors
    /// `TooShort`; as `put`.
    pub fn give(
        &self,
        key: &DataKey,
        staff: StaffId,
        name: &str,
        password: &Password,
    ) -> Result<Turned, RingError> {
        let name = name.to_owned();
        let under = self.stretched(password)?;
        self.put(key, vec![(Holder::Staff { staff, name }, &under)])
    }

    /// Writes a staff member's new name; the password stays.
    ///
    /// # Errors
    /// `SameName`, `Foreign`.
    pub fn rename(&self, key: &DataKey, staff: StaffId, to: &str) -> Result<Turned, RingError> {
        self.turn(key, |kept| {
            kept.no_other_called(staff, to)?;
            for slot in &mut kept.slots {
                if let Holder::Staff { staff: of, name } = &mut slot.holder
                    && *of == staff
                {
                    to.clone_into(name);
                }
            }
            Ok(())
        })
    }

    /// Takes a staff member's password away; without one they open nothing.
    ///
    /// # Errors
    /// `Foreign`; as the file says.
    pub fn take(&self, key: &DataKey, staff: StaffId) -> Result<Turned, RingError> {
        self.turn(key, |kept| {
            kept.slots.retain(|slot| match &slot.holder {
                Holder::Staff { staff: of, .. } => *of != staff,
                Holder::Recovery => true,
            });
            Ok(())
        })
    }

    /// Turns back what was turned; what somebody else turned meanwhile stays.
    ///
    /// # Errors
    /// As the file says.
    pub fn turn_back(&self, turned: &Turned) -> Result<(), RingError> {
        let Turned { before, after } = turned;
        self.locked(|| {
            let mut kept = self.read()?;
            if kept.mark != before.mark || before == after {
                return Ok(());
            }
            for slot in &before.slots {
                let then = after.of(&slot.holder);
                if then != Some(slot) && kept.of(&slot.holder) == then {
                    kept.put(slot.clone());
                }
            }
            kept.slots.retain(|slot| {
                let is_new = before.of(&slot.holder).is_none();
                !(is_new && after.of(&slot.holder) == Some(slot))
            });
            self.replace(&kept)
        })
    }

    /// Changes the slots of this key under the lock.
    fn turn(
        &self,
        key: &DataKey,
        work: impl FnOnce(&mut Kept) -> Result<(), RingError>,
    ) -> Result<Turned, RingError> {
        self.locked(|| {
            let before = self.read()?;
            if before.mark != mark(key) {
                return Err(RingError::Foreign);
            }
            let mut after = before.clone();
            work(&mut after)?;
            if after != before {
                self.replace(&after)?;
            }
            Ok(Turned { before, after })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::seal::Recovery;
    use tempfile::TempDir;

    const WANG: StaffId = StaffId(1);
    const LI: StaffId = StaffId(2);

    fn word(text: &str) -> Password {
        Password::of(text)
    }

    fn ring() -> (TempDir, KeyRing, DataKey) {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::of(folder.path());
        let key = DataKey::random().unwrap();
        let code = Recovery::random().unwrap();
        ring.create(&key, WANG, "王建国", &word("first-word"), &code)
            .unwrap();
        (folder, ring, key)
    }

    #[test]
    fn what_was_turned_is_turned_back_and_opens_nothing_any_more() {
        let (_folder, ring, key) = ring();
        let opens = |name: &str, text: &str| ring.open(name, &word(text)).is_ok();
        let given = ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        ring.turn_back(&given).unwrap();
        assert!(!opens("李敏", "her-own-word"));
        ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        let before = ring.text().unwrap();
        let turns = [
            ring.give(&key, LI, "李敏", &word("her-next-word")),
            ring.rename(&key, LI, "李敏敏"),
            ring.take(&key, LI),
            ring.rename(&key, LI, "李敏"),
        ];
        for turned in turns.into_iter().rev() {
            ring.turn_back(&turned.unwrap()).unwrap();
        }
        assert_eq!(ring.text().unwrap(), before);
        assert!(opens("李敏", "her-own-word") && opens("王建国", "first-word"));
        std::fs::remove_file(ring.path()).unwrap();
        assert!(!opens("李敏", "her-next-word"));
    }

    #[test]
    fn what_another_window_turned_meanwhile_stays() {
        let (_folder, ring, key) = ring();
        let given = ring.give(&key, LI, "李敏", &word("her-own-word")).unwrap();
        ring.give(&key, WANG, "王建国", &word("second-word"))
            .unwrap();
        ring.turn_back(&given).unwrap();
        assert!(ring.open("王建国", &word("second-word")).is_ok());
        assert!(ring.open("李敏", &word("her-own-word")).is_err());
        let own = ring
            .give(&key, WANG, "王建国", &word("third-word"))
            .unwrap();
        ring.give(&key, WANG, "王建国", &word("fourth-word"))
            .unwrap();
        ring.turn_back(&own).unwrap();
        assert!(ring.open("王建国", &word("fourth-word")).is_ok());
    }
}
