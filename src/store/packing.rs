//! How an entry lies in the journal's table: its bytes packed, since entries repeat the names of
//! their fields. The hash chain, copies and the tail know nothing of it; they hold the bytes.
//!
//! ```text
//! 0xC1 · 1 · length of the entry (u32, little-endian) · deflated with the words below
//! ```
//!
//! No MessagePack begins with 0xC1, so an entry that lies unpacked is told from a packed one.

use std::borrow::Cow;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::Error;

/// What packed entries begin with.
const BEGIN: [u8; 2] = [0xC1, 1];
/// What entries have in common: some of them, of invented people. These bytes never change;
/// better ones would be another number at the beginning.
const WORDS: &[u8] = include_bytes!("journal.words");
/// The longest entry a reader unpacks: a changed file must not take all memory.
const MOST: usize = 64 << 20;

/// Packs one entry after the other: what it takes to pack is made once for all of them.
#[derive(Debug, Default)]
pub(super) struct Packer {
    packing: Option<Compress>,
}

impl Packer {
    /// Packs the bytes of an entry; those that would not become shorter stay as they are.
    pub(super) fn packed(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.shorter(bytes).unwrap_or_else(|| bytes.to_vec())
    }

    fn shorter(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let length = u32::try_from(bytes.len()).ok()?;
        if MOST < bytes.len() {
            return None;
        }
        let mut packed = Vec::with_capacity(bytes.len());
        packed.extend_from_slice(&BEGIN);
        packed.extend_from_slice(&length.to_le_bytes());
        if let Some(packing) = &mut self.packing {
            packing.reset();
        }
        let anew = || Compress::new(Compression::fast(), false);
        let packing = self.packing.get_or_insert_with(anew);
        packing.set_dictionary(WORDS).ok()?;
        // It writes into the room there is, and does not end where that is too little.
        let end = packing.compress_vec(bytes, &mut packed, FlushCompress::Finish);
        (end.ok()? == Status::StreamEnd).then_some(packed)
    }
}

/// Returns the bytes of entry `seq` as they were packed.
///
/// # Errors
/// `Damaged` where they cannot be unpacked.
pub(super) fn unpacked(seq: u64, kept: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    let Some(rest) = kept.strip_prefix(&BEGIN) else {
        return Ok(Cow::Borrowed(kept));
    };
    let bytes = whole(rest).ok_or_else(|| Error::Damaged {
        seq,
        what: "cannot be unpacked".to_owned(),
    })?;
    Ok(Cow::Owned(bytes))
}

fn whole(rest: &[u8]) -> Option<Vec<u8>> {
    let (length, deflated) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    if MOST < length {
        return None;
    }
    let mut bytes = Vec::with_capacity(length);
    let mut unpacking = Decompress::new(false);
    unpacking.set_dictionary(WORDS).ok()?;
    let end = unpacking.decompress_vec(deflated, &mut bytes, FlushDecompress::Finish);
    let is_whole = end.ok()? == Status::StreamEnd
        && bytes.len() == length
        && usize::try_from(unpacking.total_in()) == Ok(deflated.len());
    is_whole.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        Packer::default().packed(bytes)
    }

    #[test]
    fn an_entry_lies_the_same_whatever_was_packed_before_it() {
        let noise: Vec<u8> = (0..9000_u32)
            .map(|n| ((n * n) >> 5).to_le_bytes()[0])
            .collect();
        let entries: [&[u8]; 4] = [b"practice window", &noise, b"", b"practice practice day"];
        let mut packer = Packer::default();
        for entry in entries.into_iter().cycle().take(9) {
            assert_eq!(packer.packed(entry), packed(entry));
        }
    }

    #[test]
    fn an_entry_lies_shorter_than_it_is() {
        let entry = b"\x8a\xa3seq\x01\xa3day\xaa2026-11-22\xa6window\xa8practice".repeat(9);
        let kept = packed(&entry);
        assert!(kept.len() * 4 < entry.len(), "{} bytes", kept.len());
        assert_eq!(unpacked(1, &kept).unwrap(), entry);
    }

    #[test]
    fn what_would_not_become_shorter_lies_as_it_is() {
        let noise: Vec<u8> = (0..200_u32)
            .map(|n| ((n * n * 37) >> 3).to_le_bytes()[0])
            .collect();
        assert_eq!(packed(&noise), noise);
        assert_eq!(unpacked(1, &noise).unwrap(), noise);
    }

    #[test]
    fn the_words_are_those_of_the_first_program() {
        let sum = blake3::hash(WORDS).to_hex();
        assert_eq!(&sum[..16], "775700fe43bec99b");
    }

    #[test]
    fn a_length_without_end_is_refused_before_memory_is_taken() {
        let mut kept = BEGIN.to_vec();
        kept.extend_from_slice(&u32::MAX.to_le_bytes());
        kept.extend_from_slice(&[3, 0]);
        assert!(matches!(
            unpacked(7, &kept),
            Err(Error::Damaged { seq: 7, .. })
        ));
    }

    proptest! {
        #[test]
        fn whatever_was_packed_is_unpacked(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            prop_assume!(!bytes.starts_with(&BEGIN));
            let kept = packed(&bytes);
            let back = unpacked(1, &kept).unwrap();
            prop_assert_eq!(&*back, bytes.as_slice());
        }

        #[test]
        fn a_packed_entry_that_was_cut_or_lengthened_is_damaged(cut in 3_usize..40, more in any::<u8>()) {
            let kept = packed(&b"\xa8practice\xa6window".repeat(20));
            let short = kept.get(..kept.len().saturating_sub(cut).max(2)).unwrap();
            prop_assert!(unpacked(1, short).is_err());
            let mut long = kept.clone();
            long.push(more);
            prop_assert!(unpacked(1, &long).is_err());
        }
    }
}
