//! The one key of a store, and the keys made from it: one for each thing that is sealed.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

/// What a key made from the store's key is for. No two purposes share a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The pages of the database file.
    Pages,
    /// Forms in progress.
    Drafts,
    /// Backups.
    Backups,
    /// The entries since the last backup.
    Tail,
    /// What is noted while nobody is signed in.
    SignIns,
    /// Who looked where nothing can be changed.
    Looks,
    /// Tells the key from another store's.
    Mark,
}

impl Purpose {
    /// Separates the keys made from one; never changes, or nothing opens any more.
    const fn context(self) -> &'static str {
        match self {
            Self::Pages => "cunyi 2026-11 pages of the database",
            Self::Drafts => "cunyi 2026-11 forms in progress",
            Self::Backups => "cunyi 2026-11 backups",
            Self::Tail => "cunyi 2026-11 tail of the journal",
            Self::SignIns => "cunyi 2026-11 sign-ins",
            Self::Looks => "cunyi 2026-11 looks",
            Self::Mark => "cunyi 2026-11 mark of the key",
        }
    }
}

/// The key of a store: 32 random bytes, wiped from memory when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Bytes of a key.
    pub const BYTES: usize = 32;

    /// Makes a key nobody has had before.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = Zeroizing::new([0; Self::BYTES]);
        getrandom::fill(key.as_mut())?;
        Ok(Self(key))
    }

    /// Returns the key of these bytes, which are wiped.
    pub fn of(bytes: Zeroizing<[u8; Self::BYTES]>) -> Self {
        Self(bytes)
    }

    /// Returns the key's bytes, to be wrapped under a password.
    pub(super) fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// Returns `N` bytes of the key for a purpose.
    pub(super) fn derived<const N: usize>(&self, purpose: Purpose) -> Zeroizing<[u8; N]> {
        let mut hasher = blake3::Hasher::new_derive_key(purpose.context());
        hasher.update(self.0.as_ref());
        let mut derived = Zeroizing::new([0; N]);
        let mut output = hasher.finalize_xof();
        output.fill(derived.as_mut());
        hasher.zeroize();
        output.zeroize();
        derived
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("DataKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_a_key_of_its_own_and_the_same_one_every_time() {
        let key = DataKey::of(Zeroizing::new([7; 32]));
        let all = [
            Purpose::Pages,
            Purpose::Drafts,
            Purpose::Backups,
            Purpose::Tail,
            Purpose::SignIns,
            Purpose::Looks,
            Purpose::Mark,
        ];
        let made: Vec<[u8; 32]> = all.iter().map(|purpose| *key.derived(*purpose)).collect();
        let again: Vec<[u8; 32]> = all.iter().map(|purpose| *key.derived(*purpose)).collect();
        assert_eq!(made, again);
        for (at, one) in made.iter().enumerate() {
            assert!(!made[at + 1..].contains(one));
            assert_ne!(one, key.bytes());
        }
    }

    #[test]
    fn a_key_never_shows_itself() {
        let key = DataKey::of(Zeroizing::new([7; 32]));
        assert_eq!(format!("{key:?}"), "DataKey");
    }
}
