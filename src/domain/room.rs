//! How much room a disk should have left, so that a full one is noticed before it is full.

/// A disk with less room than a store may soon need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scarce {
    /// Bytes left.
    pub free: u64,
    /// Bytes there should be.
    pub wanted: u64,
}

impl Scarce {
    /// The least that should be left, whatever the size of the store.
    pub const LEAST: u64 = 200_000_000;

    /// Returns what is scarce where `free` bytes are left beside a database of `database` bytes:
    /// room for a copy and for the database grown by half of it is wanted.
    pub const fn of(free: u64, database: u64) -> Option<Self> {
        let twice = database.saturating_mul(2);
        let wanted = if twice < Self::LEAST {
            Self::LEAST
        } else {
            twice
        };
        if free < wanted {
            Some(Self { free, wanted })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case::plenty(5_000_000_000, 20_000_000, None)]
    #[case::just_enough(200_000_000, 100_000_000, None)]
    #[case::little(199_999_999, 20_000_000, Some(200_000_000))]
    #[case::little_beside_a_township(500_000_000, 260_000_000, Some(520_000_000))]
    #[case::nothing(0, 0, Some(200_000_000))]
    fn room_is_scarce_below_twice_the_database(
        #[case] free: u64,
        #[case] database: u64,
        #[case] wanted: Option<u64>,
    ) {
        let found = Scarce::of(free, database);
        assert_eq!(found.map(|scarce| scarce.wanted), wanted);
    }
}
