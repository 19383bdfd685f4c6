//! For which days it is known beforehand what a queue counts of a person: on these their course
//! need not be read.

use super::Early;
use crate::domain::day::{Day, plus_days};

/// Days shortly before a day, on each of which nothing of a person's work presses and the same is
/// counted of it. It stands in the key of that day, by which the person is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calm {
    /// How many days before the day it begins.
    begins: u8,
    /// How many days it lasts; none where nothing is known beforehand.
    lasts: u8,
    rows: u8,
    is_standing: bool,
}

impl Calm {
    /// How many days before a day are looked at.
    const MOST: u32 = 31;

    /// Returns the longest such run of the last `days` before a day, 31 at most.
    pub fn before(day: Day, days: u32, early: impl Fn(Day) -> Option<Early>) -> Self {
        let back = u8::try_from(days.min(Self::MOST)).unwrap_or(0);
        let mut longest = Self::default();
        let mut run = Self::default();
        for begins in (1..=back).rev() {
            let one = early(plus_days(day, -i64::from(begins)));
            let one = one.and_then(|early| Self::of(begins, early));
            run = match one {
                Some(one) if 0 < run.lasts && run.counts() == one.counts() => Self {
                    lasts: run.lasts + 1,
                    ..run
                },
                one => one.unwrap_or_default(),
            };
            if longest.lasts < run.lasts {
                longest = run;
            }
        }
        longest
    }

    /// Returns one day of it; none where there are more rows than a key can tell.
    fn of(begins: u8, early: Early) -> Option<Self> {
        Some(Self {
            begins,
            lasts: 1,
            rows: early.rows.try_into().ok()?,
            is_standing: early.is_standing,
        })
    }

    fn counts(self) -> Early {
        Early {
            rows: usize::from(self.rows),
            is_standing: self.is_standing,
        }
    }

    /// Returns what is counted on `today`, where the key is of this day; none where it is not
    /// known beforehand.
    pub fn on(self, today: Day, day: Day) -> Option<Early> {
        let from = plus_days(day, -i64::from(self.begins));
        let until = plus_days(from, i64::from(self.lasts));
        (from <= today && today < until).then(|| self.counts())
    }

    /// Returns it as it stands in a key.
    pub const fn packed(self) -> u32 {
        u32::from_be_bytes([self.begins, self.lasts, self.rows, self.is_standing as u8])
    }

    /// Reads it from a key.
    pub const fn unpacked(packed: u32) -> Self {
        let [begins, lasts, rows, is_standing] = packed.to_be_bytes();
        Self {
            begins,
            lasts,
            rows,
            is_standing: is_standing != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn early(rows: usize) -> Early {
        Early {
            rows,
            is_standing: true,
        }
    }

    #[test]
    fn the_longest_run_is_told_and_no_day_around_it() {
        let due = day("2026-11-28");
        // Nothing is open until the 23rd, the 26th something else presses.
        let counted = |on: Day| match on {
            on if on < day("2026-11-23") => Some(early(0)),
            on if on == day("2026-11-26") => None,
            _ => Some(early(1)),
        };
        let calm = Calm::before(due, 7, counted);
        assert_eq!(calm, Calm::unpacked(calm.packed()));
        for on in (15..=30).filter_map(|on| Day::from_ymd_opt(2026, 11, on)) {
            let is_told = day("2026-11-23") <= on && on <= day("2026-11-25");
            assert_eq!(calm.on(on, due), is_told.then_some(early(1)), "{on}");
        }
    }

    #[test]
    fn nothing_is_told_of_what_always_presses_or_is_too_much() {
        let due = day("2026-11-28");
        for counted in [None, Some(early(256))] {
            let calm = Calm::before(due, 7, |_| counted);
            assert_eq!((calm, calm.packed()), (Calm::default(), 0));
            assert_eq!(calm.on(day("2026-11-28"), due), None);
        }
        // However long the lead is, a key tells a month at most.
        let calm = Calm::before(due, u32::MAX, |_| Some(early(1)));
        assert_eq!(calm.on(day("2026-10-28"), due), Some(early(1)));
        assert_eq!(calm.on(day("2026-10-27"), due), None);
        assert_eq!(calm.on(due, due), None);
    }
}
