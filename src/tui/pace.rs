//! When a frame may be drawn: at once after a lone key or an answer; while keys keep coming, one
//! in 50 ms, so that a slow line is not filled with pictures nobody sees.
//!
//! It reads no clock and draws nothing: times are parameters, counted from when the window opened.

use std::time::Duration;

/// The least time between frames while keys keep coming; keys closer together than this do.
pub const BETWEEN: Duration = Duration::from_millis(50);

/// What is known of keys and frames so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// When keys came last.
    pressed: Option<Duration>,
    /// Whether those before came just before them.
    keep_coming: bool,
    drawn: Duration,
    /// Whether something happened since that frame.
    is_owed: bool,
}

impl Pace {
    /// Takes that something happened: a frame shall show it.
    pub const fn owe(&mut self) {
        self.is_owed = true;
    }

    /// Takes that keys came.
    pub fn pressed(&mut self, now: Duration) {
        self.keep_coming = self.pressed.is_some_and(|last| now < last + BETWEEN);
        self.pressed = Some(now);
    }

    /// Takes that a frame was drawn.
    pub const fn drawn(&mut self, now: Duration) {
        self.drawn = now;
        self.is_owed = false;
    }

    /// Returns from when on the next frame may be drawn; `None` where nothing has happened.
    pub fn due(&self) -> Option<Duration> {
        let last = self.pressed.filter(|_| self.keep_coming);
        let at = last.map_or(Duration::ZERO, |last| last.min(self.drawn) + BETWEEN);
        self.is_owed.then_some(at)
    }

    /// Returns whether the next frame may be drawn now.
    pub fn is_due(&self, now: Duration) -> bool {
        self.due().is_some_and(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    /// Presses a key at each of these times, answers it 2 ms later; returns when frames are drawn.
    fn frames(keys: &[u64]) -> Vec<u64> {
        let mut pace = Pace::default();
        let mut drawn = Vec::new();
        for now in 0..2_000 {
            if keys.contains(&now) {
                pace.pressed(ms(now));
                pace.owe();
            }
            if keys.iter().any(|key| key + 2 == now) {
                pace.owe();
            }
            if pace.is_due(ms(now)) {
                pace.drawn(ms(now));
                drawn.push(now);
            }
        }
        drawn
    }

    #[test]
    fn a_lone_key_and_its_answer_are_drawn_at_once() {
        assert_eq!(frames(&[100, 300, 355]), [100, 102, 300, 302, 355, 357]);
    }

    #[test]
    fn while_keys_keep_coming_there_is_one_frame_in_fifty_milliseconds() {
        let keys: Vec<u64> = (0..20).map(|at| 100 + at * 30).collect();
        let drawn = frames(&keys);
        assert_eq!(drawn[..3], [100, 102, 152]);
        let gaps = drawn[1..].windows(2).map(|two| two[1] - two[0]);
        assert!(gaps.clone().all(|gap| 50 <= gap), "{drawn:?}");
        let last = *drawn.last().unwrap();
        assert!((670..=720).contains(&last), "{drawn:?}");
    }

    #[test]
    fn nothing_is_drawn_where_nothing_happened() {
        let mut pace = Pace::default();
        pace.owe();
        pace.drawn(ms(1));
        assert_eq!(pace.due(), None);
        pace.pressed(ms(5));
        assert!(!pace.is_due(ms(500)));
    }
}
