//! The windows in which a task may be done (rules §1.2): from where they count, when
//! they open, when they are due, when they close.
//!
//! Knows no task and no programme; how long an interval is comes from the settings.

use serde::{Deserialize, Serialize};

use super::{
    day::{Day, plus_days, plus_months, year_end, year_start},
    settings::Settings,
};
use chrono::Datelike;

/// A ten-day visit may be made so many days before it is due.
const TEN_DAYS_EARLY: i64 = 3;
/// Days of tolerance on both sides of a yearly visit.
const YEAR_DAYS: u32 = 30;

/// The code of a window in rules §1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WindowCode {
    /// 两周内: nothing later than the due day.
    #[serde(rename = "W2W")]
    TwoWeeks,
    /// 十天: nothing later than the due day.
    #[serde(rename = "W10D")]
    TenDays,
    /// 一个月, with the shorter tolerance on both sides.
    #[serde(rename = "W1M")]
    Month,
    /// 三个月, with tolerance on both sides.
    #[serde(rename = "W3M")]
    ThreeMonths,
    /// 半年, with tolerance on both sides.
    #[serde(rename = "W6M")]
    HalfYear,
    /// 一年, with a month on both sides.
    #[serde(rename = "W12M")]
    Year,
    /// 年度(协议年): any day of the agreement year.
    #[serde(rename = "AY")]
    AgreementYear,
    /// 年度(自然年): any day of the calendar year.
    #[serde(rename = "CY")]
    CalendarYear,
    /// Dates given by the rule itself.
    #[serde(rename = "FIX")]
    Fixed,
}

impl WindowCode {
    /// Returns the code as the rules document prints it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TwoWeeks => "W2W",
            Self::TenDays => "W10D",
            Self::Month => "W1M",
            Self::Year => "W12M",
            Self::AgreementYear => "AY",
            Self::ThreeMonths => "W3M",
            Self::HalfYear => "W6M",
            Self::CalendarYear => "CY",
            Self::Fixed => "FIX",
        }
    }

    /// Says whether a task with this window only rides along on other rows (rules §1.4).
    pub const fn is_standing(self) -> bool {
        matches!(self, Self::CalendarYear | Self::AgreementYear)
    }
}

/// The distance from the day a window counts from to its due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    Days(u32),
    Months(u32),
    /// The due day was chosen by the doctor, not counted.
    Chosen,
}

impl Span {
    /// Returns the day at the end of the span; a chosen day is `from` itself.
    pub fn after(self, from: Day) -> Day {
        match self {
            Self::Days(n) => plus_days(from, i64::from(n)),
            Self::Months(n) => plus_months(from, n),
            Self::Chosen => from,
        }
    }
}

/// One window with its dates; both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub code: WindowCode,
    /// The day the due day was counted from.
    pub from: Day,
    pub span: Span,
    pub earliest: Day,
    pub due: Day,
    pub latest: Option<Day>,
}

/// Returns W2W from `from`: open the next day, due and closing after `days` (14 unless set).
pub fn within_days(from: Day, days: u32) -> Window {
    let span = Span::Days(days);
    let due = span.after(from);
    Window {
        code: WindowCode::TwoWeeks,
        from,
        span,
        earliest: plus_days(from, 1),
        due,
        latest: Some(due),
    }
}

/// Returns W10D from `from`: open four days before, due and closing after `days` (10 unless set).
pub fn ten_days(from: Day, days: u32) -> Window {
    let span = Span::Days(days);
    let due = span.after(from);
    Window {
        code: WindowCode::TenDays,
        from,
        span,
        earliest: plus_days(due, -TEN_DAYS_EARLY).max(plus_days(from, 1)),
        due,
        latest: Some(due),
    }
}

/// Returns W1M from `from`: due after `months`, with the monthly tolerance.
pub fn monthly(from: Day, months: u32, settings: &Settings) -> Window {
    let early = settings.month_early_days;
    around(
        WindowCode::Month,
        from,
        months,
        early,
        settings.month_late_days,
    )
}

/// Returns W12M from `from`: due after `months`, a month of tolerance.
pub fn yearly(from: Day, months: u32) -> Window {
    around(WindowCode::Year, from, months, YEAR_DAYS, YEAR_DAYS)
}

/// Returns W6M from `from`, with another number of months where the clinic set one.
pub fn half_yearly(from: Day, months: u32, settings: &Settings) -> Window {
    tolerant(WindowCode::HalfYear, from, months, settings)
}

/// Returns W3M from `from`: due after `months` (3 unless set), with the routine tolerance.
pub fn routine(from: Day, months: u32, settings: &Settings) -> Window {
    tolerant(WindowCode::ThreeMonths, from, months, settings)
}

/// Returns W6M from `from`.
pub fn half_year(from: Day, settings: &Settings) -> Window {
    half_yearly(from, 6, settings)
}

fn tolerant(code: WindowCode, from: Day, months: u32, settings: &Settings) -> Window {
    let early = settings.routine_early_days;
    around(code, from, months, early, settings.routine_late_days)
}

fn around(code: WindowCode, from: Day, months: u32, early: u32, late: u32) -> Window {
    let span = Span::Months(months);
    let due = span.after(from);
    Window {
        code,
        from,
        span,
        earliest: plus_days(due, -i64::from(early)),
        due,
        latest: Some(plus_days(due, i64::from(late))),
    }
}

/// Returns the first window of an enrolment on `entered` (H00, D00).
pub fn first_visit(entered: Day, settings: &Settings) -> Window {
    let span = Span::Months(settings.enrol_first_due_months);
    Window {
        code: WindowCode::Fixed,
        from: entered,
        span,
        earliest: entered,
        due: span.after(entered),
        latest: Some(plus_months(entered, settings.enrol_first_latest_months)),
    }
}

/// Returns CY as it stands on `today` for a yearly service to which the person came
/// on `entered` and which was last done on `last` (rules §1.2, E2 and E3).
///
/// Done this year already: the window of next year.
pub fn calendar_year(entered: Day, last: Option<Day>, today: Day) -> Window {
    let year = today.year().max(entered.year());
    match last {
        None if year == entered.year() => Window {
            code: WindowCode::CalendarYear,
            from: entered,
            span: Span::Months(3),
            earliest: entered,
            due: plus_months(entered, 3).min(year_end(year)),
            latest: Some(year_end(year)),
        },
        Some(last) if year <= last.year() => year_after(last, last.year() + 1),
        Some(last) if last.year() == year - 1 => year_after(last, year),
        None | Some(_) => Window {
            code: WindowCode::CalendarYear,
            from: year_start(year),
            span: Span::Days(0),
            earliest: year_start(year),
            due: year_start(year),
            latest: Some(year_end(year)),
        },
    }
}

fn year_after(last: Day, year: i32) -> Window {
    Window {
        code: WindowCode::CalendarYear,
        from: last,
        span: Span::Months(12),
        earliest: year_start(year),
        due: plus_months(last, 12).clamp(year_start(year), year_end(year)),
        latest: Some(year_end(year)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn three_months_from_november_end_in_february() {
        let window = routine(d("2025-11-30"), 3, &Settings::default());
        assert_eq!(
            (window.earliest, window.due, window.latest),
            (d("2026-02-14"), d("2026-02-28"), Some(d("2026-03-14")))
        );
    }

    #[rstest]
    #[case("2026-05-10", None, "2026-11-21", "2026-05-10", "2026-08-10")]
    #[case("2026-11-10", None, "2026-11-21", "2026-11-10", "2026-12-31")]
    #[case("2024-05-10", None, "2026-11-21", "2026-01-01", "2026-01-01")]
    #[case(
        "2020-05-10",
        Some("2025-06-03"),
        "2026-11-21",
        "2026-01-01",
        "2026-06-03"
    )]
    #[case(
        "2020-05-10",
        Some("2026-06-03"),
        "2026-11-21",
        "2027-01-01",
        "2027-06-03"
    )]
    #[case(
        "2020-05-10",
        Some("2023-06-03"),
        "2026-11-21",
        "2026-01-01",
        "2026-01-01"
    )]
    fn a_yearly_service_has_the_window_of_its_year(
        #[case] entered: &str,
        #[case] last: Option<&str>,
        #[case] today: &str,
        #[case] earliest: &str,
        #[case] due: &str,
    ) {
        let window = calendar_year(d(entered), last.map(d), d(today));
        assert_eq!((window.earliest, window.due), (d(earliest), d(due)));
    }
}
