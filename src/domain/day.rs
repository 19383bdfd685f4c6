//! Civil dates in China Standard Time and the arithmetic of the rules (§1.1).

use chrono::{Datelike, Months, NaiveDate, Weekday};

/// A civil date in China Standard Time.
pub type Day = NaiveDate;

/// Returns the nearest working day in place of a day on a weekend: the next one if it is not
/// after `latest`, else the one before if it is not before `earliest`, else the day itself.
/// Holidays are not known.
pub fn workday(day: Day, earliest: Day, latest: Option<Day>) -> Day {
    let (before, after) = match day.weekday() {
        Weekday::Sat => (1, 2),
        Weekday::Sun => (2, 1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => return day,
    };
    let (before, after) = (plus_days(day, -before), plus_days(day, after));
    if latest.is_none_or(|latest| after <= latest) {
        after
    } else if earliest <= before {
        before
    } else {
        day
    }
}

/// Returns `D(day, n)`: the day plus `n` days, clamped to what a date can hold.
pub fn plus_days(day: Day, n: i64) -> Day {
    chrono::Duration::try_days(n)
        .and_then(|span| day.checked_add_signed(span))
        .unwrap_or(if n < 0 { Day::MIN } else { Day::MAX })
}

/// Returns `M(day, n)`: the day plus `n` calendar months; a missing day
/// becomes the last day of the month. Never chain it.
pub fn plus_months(day: Day, n: u32) -> Day {
    day.checked_add_months(Months::new(n)).unwrap_or(Day::MAX)
}

/// Returns the day a year before; 29 February becomes the 28th.
pub fn year_before(day: Day) -> Day {
    day.checked_sub_months(Months::new(12)).unwrap_or(Day::MIN)
}

/// Returns the full months of age on `day`: the largest n with `M(birth, n) ≤ day`.
/// A day before birth gives 0.
pub fn age_months(birth: Day, day: Day) -> u32 {
    let months = i64::from(day.year() - birth.year()) * 12 + i64::from(day.month())
        - i64::from(birth.month());
    let Ok(months) = u32::try_from(months) else {
        return 0;
    };
    if months > 0 && day < plus_months(birth, months) {
        months - 1
    } else {
        months
    }
}

/// Returns the full years of age on `day`.
pub fn age_years(birth: Day, day: Day) -> u32 {
    age_months(birth, day) / 12
}

/// Returns 1 January of `year`.
pub fn year_start(year: i32) -> Day {
    Day::from_ymd_opt(year, 1, 1).unwrap_or(Day::MIN)
}

/// Returns 31 December of `year`.
pub fn year_end(year: i32) -> Day {
    Day::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2025-11-30", 3, "2026-02-28")]
    #[case("2023-11-30", 3, "2024-02-29")]
    #[case("2025-08-31", 6, "2026-02-28")]
    fn a_missing_day_is_the_last_of_the_month(
        #[case] from: &str,
        #[case] months: u32,
        #[case] to: &str,
    ) {
        assert_eq!(plus_months(d(from), months), d(to));
    }

    #[rstest]
    #[case("1960-02-29", "2025-02-27", 64)]
    #[case("1960-02-29", "2025-02-28", 65)]
    #[case("1990-05-10", "2025-05-09", 34)]
    #[case("1990-05-10", "2025-05-10", 35)]
    #[case("2025-05-10", "2025-05-09", 0)]
    fn a_year_older_on_the_birthday(#[case] birth: &str, #[case] on: &str, #[case] years: u32) {
        assert_eq!(age_years(d(birth), d(on)), years);
    }
}
