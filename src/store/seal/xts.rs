//! XTS-AES-256 (IEEE 1619) over units of 4 KiB, many blocks at a time.
//!
//! A unit may be sealed in part, from any of its blocks on. A block of zeros opens to zeros:
//! bytes never written read as zero.

use aes::{
    Aes256, Block,
    cipher::{BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _},
};
use zeroize::Zeroizing;

/// Bytes with one tweak of their own: a page.
pub(super) const UNIT: usize = 4096;
/// Bytes of a block, the least that is sealed.
pub(super) const BLOCK: usize = 16;
/// Blocks worked on together: several times what a processor takes at once, few enough to stay
/// in its nearest memory.
const TOGETHER: usize = 32;
/// Blocks of a unit.
const BLOCKS: usize = UNIT / BLOCK;

/// The cipher of a database's pages.
#[derive(Clone)]
pub(super) struct Xts {
    data: Aes256,
    tweak: Aes256,
}

impl Xts {
    /// Returns the cipher of a key: 32 bytes for the data, 32 for the places.
    pub fn new(key: &[u8; 64]) -> Self {
        let mut halves = Zeroizing::new([[0; 32]; 2]);
        for (half, bytes) in halves.iter_mut().zip(key.chunks_exact(32)) {
            half.copy_from_slice(bytes);
        }
        let [data, tweak] = &*halves;
        Self {
            data: Aes256::new(data.into()),
            tweak: Aes256::new(tweak.into()),
        }
    }

    /// Seals whole blocks that stand in unit `unit` from its block `first` on.
    pub fn seal(&self, unit: u64, first: usize, bytes: &mut [u8]) {
        self.each(unit, first, bytes, |blocks| {
            self.data.encrypt_blocks(blocks);
        });
    }

    /// Opens what `seal` sealed; blocks of zeros stay zeros.
    pub fn open(&self, unit: u64, first: usize, bytes: &mut [u8]) {
        let empty = Empty::of(bytes);
        if empty.count == bytes.len() / BLOCK {
            return;
        }
        self.each(unit, first, bytes, |blocks| {
            self.data.decrypt_blocks(blocks);
        });
        empty.clear(bytes);
    }

    fn each(&self, unit: u64, first: usize, bytes: &mut [u8], work: impl Fn(&mut [Block])) {
        let mut tweak = self.place(unit);
        for _ in 0..first {
            tweak = doubled(tweak);
        }
        let (chunks, _) = bytes.as_chunks_mut::<BLOCK>();
        for part in chunks.chunks_mut(TOGETHER) {
            let mut tweaks = [0_u128; TOGETHER];
            for (kept, chunk) in tweaks.iter_mut().zip(part.iter_mut()) {
                *kept = tweak;
                *chunk = mixed(*chunk, tweak);
                tweak = doubled(tweak);
            }
            work(Block::cast_slice_from_core_mut(part));
            for (tweak, chunk) in tweaks.iter().zip(part) {
                *chunk = mixed(*chunk, *tweak);
            }
        }
    }

    /// Returns the tweak of a unit's first block.
    fn place(&self, unit: u64) -> u128 {
        let mut block: Block = u128::from(unit).to_le_bytes().into();
        self.tweak.encrypt_block(&mut block);
        u128::from_le_bytes(block.into())
    }
}

fn mixed(chunk: [u8; BLOCK], tweak: u128) -> [u8; BLOCK] {
    (u128::from_le_bytes(chunk) ^ tweak).to_le_bytes()
}

/// Multiplies by α in the field of XTS.
const fn doubled(tweak: u128) -> u128 {
    let carry = (tweak >> 127) * 0x87;
    (tweak << 1) ^ carry
}

/// The blocks of zeros among a unit's.
struct Empty {
    at: [bool; BLOCKS],
    count: usize,
}

impl Empty {
    fn of(bytes: &[u8]) -> Self {
        let mut at = [false; BLOCKS];
        let (chunks, _) = bytes.as_chunks::<BLOCK>();
        for (empty, chunk) in at.iter_mut().zip(chunks) {
            *empty = u128::from_ne_bytes(*chunk) == 0;
        }
        let count = at.iter().filter(|empty| **empty).count();
        Self { at, count }
    }

    fn clear(&self, bytes: &mut [u8]) {
        if self.count == 0 {
            return;
        }
        let (chunks, _) = bytes.as_chunks_mut::<BLOCK>();
        for (empty, chunk) in self.at.iter().zip(chunks) {
            if *empty {
                *chunk = [0; BLOCK];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use xts_mode::{Xts128, get_tweak_default};

    fn other(key: &[u8; 64]) -> Xts128<Aes256> {
        let half = |half: &[u8]| Aes256::new(&<[u8; 32]>::try_from(half).unwrap().into());
        Xts128::new(half(&key[..32]), half(&key[32..]))
    }

    /// Vector 10 of IEEE 1619-2007, annex B: XTS-AES-256, data unit 255.
    #[test]
    fn the_standards_vector_holds() {
        let mut key = [0; 64];
        let first = "2718281828459045235360287471352662497757247093699959574966967627";
        let second = "3141592653589793238462643383279502884197169399375105820974944592";
        for (byte, pair) in key
            .iter_mut()
            .zip((first.to_owned() + second).as_bytes().chunks(2))
        {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        }
        let plain: Vec<u8> = (0..=255).cycle().take(512).collect();
        let mut sealed = plain.clone();
        let xts = Xts::new(&key);
        xts.seal(255, 0, &mut sealed);
        let begins = [
            0x1c, 0x3b, 0x3a, 0x10, 0x2f, 0x77, 0x03, 0x86, 0xe4, 0x83, 0x6c, 0x99, 0xe3, 0x70,
            0xcf, 0x9b,
        ];
        assert_eq!(&sealed[..16], begins);
        xts.open(255, 0, &mut sealed);
        assert_eq!(sealed, plain);
    }

    proptest! {
        #[test]
        fn it_equals_the_mode_done_a_block_at_a_time(
            key in proptest::array::uniform32(any::<u8>()),
            unit in any::<u64>(),
            blocks in 1..=BLOCKS,
            seed in any::<u8>(),
        ) {
            let key: [u8; 64] = [key, key.map(|byte| byte ^ seed.max(1))].concat().try_into().unwrap();
            let plain: Vec<u8> = (0..blocks * BLOCK).map(|at| (at * 7).to_le_bytes()[0] ^ seed).collect();
            let mut expected = plain.clone();
            other(&key).encrypt_sector(&mut expected, get_tweak_default(u128::from(unit)));
            let mut sealed = plain.clone();
            let xts = Xts::new(&key);
            xts.seal(unit, 0, &mut sealed);
            prop_assert_eq!(&sealed, &expected);
            xts.open(unit, 0, &mut sealed);
            prop_assert_eq!(sealed, plain);
        }

        #[test]
        fn a_unit_sealed_in_parts_opens_whole(cut in 1..BLOCKS, unit in any::<u64>()) {
            let plain: Vec<u8> = (0..UNIT).map(|at| (at % 251).to_le_bytes()[0]).collect();
            let xts = Xts::new(&[3; 64].map(|byte: u8| byte.wrapping_mul(5)));
            let mut whole = plain.clone();
            xts.seal(unit, 0, &mut whole);
            let mut parts = plain.clone();
            let (first, rest) = parts.split_at_mut(cut * BLOCK);
            xts.seal(unit, 0, first);
            xts.seal(unit, cut, rest);
            prop_assert_eq!(whole, parts);
        }

        #[test]
        fn what_was_never_written_reads_as_zero(written in proptest::collection::vec(any::<bool>(), BLOCKS)) {
            let xts = Xts::new(&[9; 64].map(|byte: u8| byte ^ 4));
            let mut bytes = vec![0x5a; UNIT];
            xts.seal(12, 0, &mut bytes);
            for (chunk, written) in bytes.chunks_mut(BLOCK).zip(&written) {
                if !written {
                    chunk.fill(0);
                }
            }
            xts.open(12, 0, &mut bytes);
            for (chunk, written) in bytes.chunks(BLOCK).zip(&written) {
                let byte = if *written { 0x5a } else { 0 };
                prop_assert!(chunk.iter().all(|found| *found == byte));
            }
        }
    }
}
