//! Chance for the practice village: whole numbers only, so that every machine draws the same.
//!
//! It is no source of secrets and knows nothing of people.

use fastrand::Rng;

use crate::domain::day::{Day, plus_days};

/// A stream of chance that is the same for the same seed on every machine.
#[derive(Debug, Clone)]
pub struct Chance(Rng);

impl Chance {
    /// Starts the stream that belongs to a seed and a path of numbers below it.
    pub fn of(seed: u64, path: &[u64]) -> Self {
        let mixed = path.iter().fold(scatter(seed), |mixed, part| {
            scatter(mixed ^ part.wrapping_add(0x9e37_79b9_7f4a_7c15))
        });
        Self(Rng::with_seed(mixed))
    }

    /// Returns true `permille` times of a thousand.
    pub fn holds(&mut self, permille: u32) -> bool {
        self.0.u32(0..1000) < permille
    }

    /// Returns a number from `low` to `high`, both included; `low` when they are reversed.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        if high <= low {
            low
        } else {
            self.0.i32(low..=high)
        }
    }

    /// Returns a number below `end`, 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.usize(0..end) }
    }

    /// Returns a bell-shaped deviation around 0 with about the given standard deviation; never
    /// beyond four of them.
    pub fn spread(&mut self, deviation: i32) -> i32 {
        let sum: i32 = (0..12).map(|_| self.0.i32(0..=1000)).sum();
        let thousandths = (sum - 6000).clamp(-4000, 4000);
        (thousandths * deviation + if thousandths < 0 { -500 } else { 500 }) / 1000
    }

    /// Returns one of `all`, the type's default when there is none.
    pub fn pick<T: Copy + Default>(&mut self, all: &[T]) -> T {
        self.0.choice(all).copied().unwrap_or_default()
    }

    /// Returns one of `all` by its weight, the type's default when there is none.
    pub fn weighted<T: Copy + Default>(&mut self, all: &[(T, u32)]) -> T {
        let total: u32 = all.iter().map(|(_, weight)| weight).sum();
        let mut left = if total == 0 { 0 } else { self.0.u32(0..total) };
        for (one, weight) in all {
            if left < *weight {
                return *one;
            }
            left -= weight;
        }
        T::default()
    }

    /// Returns a day from `first` to `last`, both included.
    pub fn day(&mut self, first: Day, last: Day) -> Day {
        let span = last.signed_duration_since(first).num_days().max(0);
        plus_days(first, self.0.i64(0..=span))
    }
}

/// Spreads the bits of a number over all of them (SplitMix64).
const fn scatter(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_path_draws_the_same() {
        let draw = |seed, path: &[u64]| Chance::of(seed, path).between(0, 1_000_000);
        assert_eq!(draw(1, &[2, 3]), draw(1, &[2, 3]));
        assert_ne!(draw(1, &[2, 3]), draw(1, &[3, 2]));
        assert_ne!(draw(1, &[2, 3]), draw(2, &[2, 3]));
    }

    #[test]
    fn deviations_are_bell_shaped() {
        let mut chance = Chance::of(1, &[]);
        let drawn: Vec<i32> = (0..10_000).map(|_| chance.spread(100)).collect();
        let within = drawn.iter().filter(|d| d.abs() <= 100).count();
        assert!((6500..7200).contains(&within), "{within}");
        assert!(drawn.iter().sum::<i32>().abs() < 30_000);
    }

    #[test]
    fn weights_are_kept() {
        let mut chance = Chance::of(1, &[]);
        let ones = (0..1000).filter(|_| chance.weighted(&[(1, 3), (2, 1)]) == 1);
        assert!((690..810).contains(&ones.count()));
        assert_eq!(chance.pick::<u8>(&[]), 0);
    }
}
