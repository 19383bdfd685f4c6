//! How long the window has been open, the sleep of the computer included: the time that locks an
//! idle window. The steady clock may stand still in sleep; the wall clock goes on, and a jump of
//! it ahead is taken for sleep. Whoever sets it ahead locks the window early; set back, it does
//! nothing.

use std::time::{Duration, Instant};

use crate::domain::clock::Moment;

/// Less than this the two clocks may go apart without anybody having slept.
const APART: Duration = Duration::from_secs(5);

/// The time since a window opened.
#[derive(Debug)]
pub struct Passed {
    total: Duration,
    steady: Instant,
    wall: Option<Moment>,
}

impl Passed {
    /// Begins now; `wall` is the wall time, where it is known.
    pub fn begin(wall: Option<Moment>) -> Self {
        Self {
            total: Duration::ZERO,
            steady: Instant::now(),
            wall,
        }
    }

    /// Returns how long it has been.
    pub fn until(&mut self, wall: Option<Moment>) -> Duration {
        let steady = Instant::now();
        let step = steady.saturating_duration_since(self.steady);
        self.total += passed(step, self.wall, wall);
        (self.steady, self.wall) = (steady, wall);
        self.total
    }
}

/// Returns how long it has been since both clocks were read last.
fn passed(steady: Duration, before: Option<Moment>, now: Option<Moment>) -> Duration {
    let by_wall = before.zip(now).map(|(before, now)| now - before);
    let by_wall = by_wall.and_then(|wall| u64::try_from(wall).ok());
    let by_wall = by_wall.map_or(Duration::ZERO, Duration::from_millis);
    match steady + APART < by_wall {
        true => by_wall,
        false => steady,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::side_by_side(20, Some(20_010), 20)]
    #[case::a_little_apart(20, Some(24_000), 20)]
    #[case::asleep(20, Some(3_620_000), 3_620)]
    #[case::set_back(20, Some(-3_600_000), 20)]
    #[case::no_wall_clock(20, None, 20)]
    fn sleep_counts_and_a_clock_set_back_does_not(
        #[case] steady: u64,
        #[case] wall: Option<Moment>,
        #[case] expected: u64,
    ) {
        let found = passed(Duration::from_secs(steady), Some(0), wall);
        assert_eq!(found, Duration::from_secs(expected));
    }
}
