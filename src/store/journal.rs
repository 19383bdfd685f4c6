//! Entries as bytes: named MessagePack, chained by BLAKE3 over those bytes.

use super::{Error, named};
use crate::domain::{aspect::Aspect, event::Entry};

/// The hash before the first entry.
pub(super) const NO_HASH: [u8; 32] = [0; 32];

pub(super) fn encode(entry: &Entry) -> Result<Vec<u8>, Error> {
    rmp_serde::to_vec_named(entry).map_err(|cause| Error::Damaged {
        seq: entry.seq,
        what: cause.to_string(),
    })
}

pub(super) fn decode(seq: u64, bytes: &[u8]) -> Result<Entry, Error> {
    named::read(bytes).map_err(|cause| Error::Damaged {
        seq,
        what: cause.to_string(),
    })
}

pub(super) fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// Returns the stored key of an aspect.
pub(super) fn aspect_key(aspect: Aspect) -> Vec<u8> {
    postcard::to_stdvec(&aspect).unwrap_or_default()
}
