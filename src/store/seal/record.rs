//! Whole records under a key and a number used once: nobody reads them, and nobody changes them
//! unseen.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use zeroize::Zeroizing;

use super::{
    key::{DataKey, Purpose},
    ring::RingError,
};

/// Bytes of the number used once, which stands before what is sealed.
const NONCE: usize = 24;

/// What a sealed record opens to; wiped from memory when dropped.
pub type Record = Zeroizing<Vec<u8>>;

/// The key of one purpose, with which records are sealed and opened.
#[derive(Clone)]
pub struct Seal(Zeroizing<[u8; DataKey::BYTES]>);

impl Seal {
    /// Returns the seal of a purpose.
    pub fn of(key: &DataKey, purpose: Purpose) -> Self {
        Self(key.derived(purpose))
    }

    /// Seals a record for its `place`.
    ///
    /// # Errors
    /// Fails where the system gives no random bytes.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, RingError> {
        seal(&self.0, place, plain).map_err(|_| RingError::System)
    }

    /// Opens a record that belongs at `place`; nothing where it does not, or was changed.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Record> {
        open(&self.0, place, sealed)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("Seal")
    }
}

/// Seals `plain` under `key`. `place` says what the record is and where it belongs; it opens
/// with the same `place` only.
///
/// # Errors
/// Fails where the system gives no random bytes.
pub(super) fn seal(
    key: &[u8; 32],
    place: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, getrandom::Error> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload {
        msg: plain,
        aad: place,
    };
    // Only a record beyond 256 GiB cannot be sealed.
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
    let sealed = sealed.map_err(|_| getrandom::Error::UNSUPPORTED)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what `seal` sealed; nothing where key or place are others or a byte was changed.
pub(super) fn open(key: &[u8; 32], place: &[u8], sealed: &[u8]) -> Option<Record> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload {
        msg: sealed,
        aad: place,
    };
    let plain = cipher.decrypt(&XNonce::from(*nonce), payload);
    plain.ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_opens_where_it_belongs_and_nowhere_else(
            key in proptest::array::uniform32(any::<u8>()),
            plain in proptest::collection::vec(any::<u8>(), 0..200),
            at in any::<proptest::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let sealed = seal(&key, b"draft d1", &plain).unwrap();
            let opened = open(&key, b"draft d1", &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), &plain);
            prop_assert!(open(&key, b"draft d2", &sealed).is_none());
            let mut other = key;
            other[0] ^= 1;
            prop_assert!(open(&other, b"draft d1", &sealed).is_none());
            let mut changed = sealed.clone();
            let at = at.index(changed.len());
            changed[at] ^= 1 << bit;
            prop_assert!(open(&key, b"draft d1", &changed).is_none());
            prop_assert!(open(&key, b"draft d1", &sealed[..at]).is_none());
        }
    }
}
