//! Dates as rosters write them: text in many shapes, spreadsheet serial numbers.
//!
//! A two-digit year, a missing day or an order that could be read two ways is never
//! completed here: the reading says what is known and can be compared with a known date.

use chrono::{Datelike, NaiveDate};

use super::clean;
use crate::domain::day::{Day, plus_days};

/// Where a workbook's serial numbers start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    /// Serial 1 is 1900-01-01 and the day 1900-02-29 is counted although it never was.
    #[default]
    From1900,
    /// Serial 0 is 1904-01-01 (old Macintosh workbooks).
    From1904,
}

/// What a cell says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    Day(Day),
    /// A year with a month 1–12.
    Month(i32, u32),
    Year(i32),
    /// Year within an unknown century 0–99, month, day.
    ShortYear(u32, u32, u32),
    /// Six digits that could be YYMMDD or YYYYMM.
    SixDigits(u32),
}

/// Why a cell says nothing about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Written like a date, but no calendar has it (1987-02-30, 0000-00-00).
    Impossible,
    /// Not written like a date, or readable two ways (`03/04/1960`).
    Shape,
}

impl DateReading {
    /// Returns the day, where all of it is known.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(..) | Self::Year(_) | Self::ShortYear(..) | Self::SixDigits(_) => None,
        }
    }

    /// Returns whether everything known agrees with `day`.
    pub fn agrees_with(self, day: Day) -> bool {
        let short = u32::try_from(day.year().rem_euclid(100)).unwrap_or(0);
        match self {
            Self::Day(own) => own == day,
            Self::Month(year, month) => (year, month) == (day.year(), day.month()),
            Self::Year(year) => year == day.year(),
            Self::ShortYear(y, m, d) => (y, m, d) == (short, day.month(), day.day()),
            Self::SixDigits(digits) => {
                let year = u32::try_from(day.year()).unwrap_or(0);
                digits == short * 10_000 + day.month() * 100 + day.day()
                    || digits == year * 100 + day.month()
            }
        }
    }
}

/// Reads a date from text, spreadsheet serials in text included.
pub fn from_text(text: &str, epoch: Epoch) -> Result<DateReading, DateFault> {
    let text = clean::half_width(&clean::plain(clean::without_leading_quotes(text)));
    let date = without_time(&text);
    if let Some(whole) = date.strip_suffix(".0")
        && whole.bytes().all(|b| b.is_ascii_digit())
    {
        return from_digits(whole, epoch);
    }
    let groups = number_groups(date).ok_or(DateFault::Shape)?;
    match groups.as_slice() {
        [digits] => from_digits(digits, epoch),
        [year, month] if year.len() == 4 => {
            month_of(number(year)?, number(month)?).ok_or(DateFault::Impossible)
        }
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            day_of(number(year)?, number(month)?, number(day)?)
        }
        [year, month, day] if year.len() <= 2 && month.len() <= 2 && day.len() <= 2 => {
            short_year(number(year)?, number(month)?, number(day)?)
        }
        _ => Err(DateFault::Shape),
    }
}

/// Reads a date from a number cell: a serial, or digits written without signs.
pub fn from_number(number: f64, epoch: Epoch) -> Result<DateReading, DateFault> {
    if !(0.0..100_000_000.0).contains(&number) {
        return Err(DateFault::Shape);
    }
    from_digits(&format!("{:.0}", number.floor()), epoch)
}

/// Returns the day of a spreadsheet serial number; part days are dropped.
pub fn from_serial(serial: f64, epoch: Epoch) -> Result<Day, DateFault> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return Err(DateFault::Impossible);
    }
    let whole: i64 = format!("{:.0}", serial.floor())
        .parse()
        .map_err(|_| DateFault::Shape)?;
    let start = match (epoch, whole) {
        (Epoch::From1904, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (Epoch::From1900, 0 | 60) => None,
        (Epoch::From1900, 1..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (Epoch::From1900, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    start
        .map(|start| plus_days(start, whole))
        .ok_or(DateFault::Impossible)
}

fn from_digits(digits: &str, epoch: Epoch) -> Result<DateReading, DateFault> {
    let value = number(digits)?;
    match digits.len() {
        8 => day_of(value / 10_000, value / 100 % 100, value % 100),
        6 => Ok(DateReading::SixDigits(value)),
        4 if (1800..=2200).contains(&value) => i32::try_from(value)
            .map(DateReading::Year)
            .map_err(|_| DateFault::Shape),
        4 | 5 => from_serial(f64::from(value), epoch).map(DateReading::Day),
        _ => Err(DateFault::Shape),
    }
}

fn without_time(text: &str) -> &str {
    let cut = text
        .char_indices()
        .find(|&(at, c)| (c == ' ' || c == 'T') && text.get(at..).is_some_and(|t| t.contains(':')))
        .map_or(text.len(), |(at, _)| at);
    text.get(..cut).unwrap_or(text).trim()
}

/// Cuts `1980年2月12日`, `1980.2.12`, `1980 / 2 / 12` into its numbers.
fn number_groups(text: &str) -> Option<Vec<&str>> {
    let is_sign = |c: char| {
        matches!(
            c,
            '年' | '月'
                | '日'
                | '号'
                | '-'
                | '/'
                | '.'
                | ','
                | '、'
                | '。'
                | '·'
                | '–'
                | '—'
                | '−'
                | '‐'
                | '\\'
                | ' '
        )
    };
    let groups: Vec<&str> = text.split(is_sign).filter(|g| !g.is_empty()).collect();
    let digits = |g: &&str| g.len() <= 8 && g.bytes().all(|b| b.is_ascii_digit());
    (!groups.is_empty() && groups.iter().all(digits)).then_some(groups)
}

fn number(digits: &str) -> Result<u32, DateFault> {
    digits.parse().map_err(|_| DateFault::Shape)
}

fn day_of(year: u32, month: u32, day: u32) -> Result<DateReading, DateFault> {
    let year = i32::try_from(year).map_err(|_| DateFault::Shape)?;
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) if year >= 1800 => Ok(DateReading::Day(day)),
        _ => Err(DateFault::Impossible),
    }
}

fn month_of(year: u32, month: u32) -> Option<DateReading> {
    let year = i32::try_from(year).ok()?;
    (1800 <= year && (1..=12).contains(&month)).then_some(DateReading::Month(year, month))
}

fn short_year(year: u32, month: u32, day: u32) -> Result<DateReading, DateFault> {
    // 2000 has every day a year can have.
    if NaiveDate::from_ymd_opt(2000, month, day).is_some() {
        Ok(DateReading::ShortYear(year, month, day))
    } else {
        Err(DateFault::Shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("1980-02-12")]
    #[case("1980/2/12")]
    #[case("1980.2.12")]
    #[case("19800212")]
    #[case("1980年2月12日")]
    #[case("１９８０－０２－１２")]
    #[case("1980-02-12 00:00:00")]
    #[case("1980-02-12T00:00:00.000")]
    #[case("29263")]
    #[case("29263.0")]
    #[case("'1980-02-12")]
    fn every_shape_gives_the_same_day(#[case] typed: &str) {
        let day = "1980-02-12".parse().unwrap();
        assert_eq!(from_text(typed, Epoch::From1900), Ok(DateReading::Day(day)));
    }

    #[rstest]
    #[case("1987-02-30", DateFault::Impossible)]
    #[case("1987.13.5", DateFault::Impossible)]
    #[case("0000-00-00", DateFault::Impossible)]
    #[case("####", DateFault::Shape)]
    #[case("03/04/1960", DateFault::Shape)]
    #[case("很久以前", DateFault::Shape)]
    fn what_is_no_date_is_said(#[case] typed: &str, #[case] fault: DateFault) {
        assert_eq!(from_text(typed, Epoch::From1900), Err(fault));
    }

    #[rstest]
    #[case("74.5.27", "1974-05-27")]
    #[case("1994年04月", "1994-04-16")]
    #[case("1994", "1994-04-16")]
    #[case("740527", "1974-05-27")]
    fn part_of_a_date_is_compared_but_never_completed(#[case] typed: &str, #[case] known: &str) {
        let reading = from_text(typed, Epoch::From1900).unwrap();
        assert_eq!(reading.day(), None);
        assert!(reading.agrees_with(known.parse().unwrap()));
        assert!(!reading.agrees_with("1960-01-01".parse().unwrap()));
    }

    #[rstest]
    #[case(40347.0, Epoch::From1900, "2010-06-18")]
    #[case(38885.5, Epoch::From1904, "2010-06-18")]
    #[case(1.0, Epoch::From1900, "1900-01-01")]
    #[case(61.0, Epoch::From1900, "1900-03-01")]
    fn serials_are_days(#[case] serial: f64, #[case] epoch: Epoch, #[case] day: &str) {
        assert_eq!(from_serial(serial, epoch), Ok(day.parse().unwrap()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = from_text(&text, Epoch::From1904);
        }

        #[test]
        fn any_number_is_read_or_refused(number in proptest::num::f64::ANY) {
            let _ = from_number(number, Epoch::From1900);
            let _ = from_serial(number, Epoch::From1904);
        }
    }
}
