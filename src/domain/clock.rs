//! What time it is, as the program is told: wall time in UTC and the clinic's
//! day in China Standard Time (UTC+8, whatever the PC's zone).

use chrono::DateTime;

use super::day::Day;

/// Milliseconds since 1970 in UTC.
pub type Moment = i64;

/// China Standard Time is 8 hours ahead of UTC, without summer time.
const CHINA: Moment = 8 * 60 * 60 * 1000;

/// Something that knows the time.
pub trait Clock: Send + Sync {
    /// Returns the wall time.
    fn now(&self) -> Moment;
}

/// Returns the China date at `moment`.
pub fn day_of(moment: Moment) -> Day {
    DateTime::from_timestamp_millis(moment.saturating_add(CHINA))
        .map_or(Day::MIN, |time| time.date_naive())
}

/// Returns the wall clock in China at `moment`, `HH:MM`.
pub fn time_of(moment: Moment) -> String {
    DateTime::from_timestamp_millis(moment.saturating_add(CHINA))
        .map_or_else(String::new, |time| time.format("%H:%M").to_string())
}

/// Returns the time of day in China as `HH:MM:SS`.
pub fn exact_time_of(moment: Moment) -> String {
    DateTime::from_timestamp_millis(moment.saturating_add(CHINA))
        .map_or_else(String::new, |time| time.format("%H:%M:%S").to_string())
}

/// Returns the moment of a wall time in China, `HH:MM`; none where it is no time.
pub fn moment_of(day: Day, time: &str) -> Option<Moment> {
    let (hour, minute) = time.trim().split_once([':', '：'])?;
    let at = day.and_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
    Some(at.and_utc().timestamp_millis() - CHINA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clinic_day_begins_at_four_in_the_afternoon_utc() {
        let last_second = 1_763_740_799_000; // 2025-11-21T15:59:59Z
        assert_eq!(day_of(last_second).to_string(), "2025-11-21");
        assert_eq!(day_of(last_second + 1000).to_string(), "2025-11-22");
        assert_eq!(time_of(last_second), "23:59");
        let moment = moment_of(day_of(last_second), "23:59").unwrap();
        assert_eq!(
            (day_of(moment), time_of(moment)),
            (day_of(last_second), "23:59".to_owned())
        );
        assert_eq!(moment_of(day_of(last_second), "24:10"), None);
    }
}
