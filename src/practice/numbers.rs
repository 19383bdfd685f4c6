//! Identity and phone numbers for practice people: well-formed, unique, and nobody's.
//!
//! Area codes 5299xx and the phone prefixes 154 and 179 are assigned to no one.

use super::chance::Chance;
use crate::domain::{
    day::Day,
    identity::{Sex, citizen},
};

/// Numbers of one sex that a day of birth can carry.
const SEQUENCES: u32 = 500;

/// The first day counted.
const FIRST_YEAR: i32 = 1900;

/// Subscriber numbers behind one phone prefix.
const SUBSCRIBERS: u64 = 100_000_000;

/// Shares no factor with [`SUBSCRIBERS`], so that steps of it meet every number once.
const PHONE_STEP: u64 = 38_154_427;

/// The numbers given out so far.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// How many numbers each day of birth has given, for women and men in turn.
    given: Vec<u16>,
    phones: u64,
    offset: u64,
}

impl Numbers {
    /// Starts with none given out.
    pub fn new(seed: u64) -> Self {
        let offset = Chance::of(seed, &[u64::MAX]).between(0, 99_999_999);
        Self {
            given: Vec::new(),
            phones: 0,
            offset: u64::from(offset.unsigned_abs()),
        }
    }

    /// Returns the next identity number of a day and sex under a six-digit area code; none when
    /// the day has no more.
    pub fn identity(&mut self, area: u32, birth: Day, sex: Sex) -> Option<String> {
        let first = Day::from_ymd_opt(FIRST_YEAR, 1, 1)?;
        let day = usize::try_from(birth.signed_duration_since(first).num_days()).ok()?;
        let man = usize::from(sex == Sex::Male);
        let slot = day * 2 + man;
        if self.given.len() <= slot {
            self.given.resize(slot + 1, 0);
        }
        let given = self.given.get_mut(slot)?;
        let count = u32::from(*given);
        if SEQUENCES <= count {
            return None;
        }
        *given += 1;
        // A step without common factor scatters a day's numbers and meets none twice.
        let scattered = (count * 137 + u32::try_from(day % 499).ok()? * 71) % SEQUENCES;
        let sequence = u16::try_from(scattered * 2 + u32::from(man == 1)).ok()?;
        citizen::compose(area, birth, sequence)
    }

    /// Returns the next mobile number.
    pub fn phone(&mut self) -> String {
        let at = self.phones;
        self.phones += 1;
        let prefix = if at % 5 < 3 { 154 } else { 179 };
        let subscriber = (at * PHONE_STEP + self.offset) % SUBSCRIBERS;
        format!("{prefix}{subscriber:08}")
    }
}
