//! The days around the due day of a task.

use super::outcome::text;
use crate::domain::{
    day::Day,
    task::Task,
    text::{Lang, Text},
};

const EARLIEST: Text = text("可提前 {}", "from {}");
const LATEST: Text = text("最迟 {}", "latest {}");
/// Work that is late before it may be done again: a dose of which the interval after the one
/// before it ends later than the age it is meant for (V1).
const WAS_LATEST: Text = text("最迟 {} 已过", "latest {} is over");

/// Returns the days around a due day: ` (可提前 02-07, 最迟 03-07)`, with each day as `date` writes
/// it; nothing where there are none.
pub fn around(task: &Task, lang: Lang, date: impl Fn(Day) -> String) -> String {
    let said = |text: Text, day: Day| text.get(lang).replace("{}", &date(day));
    let early = (task.earliest < task.due).then(|| said(EARLIEST, task.earliest));
    let latest = task.latest.map(|latest| {
        let is_over = latest < task.due;
        said(if is_over { WAS_LATEST } else { LATEST }, latest)
    });
    let days: Vec<String> = early.into_iter().chain(latest).collect();
    if days.is_empty() {
        String::new()
    } else {
        format!(" ({})", days.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        programmes::{ProgrammeKind, reason::Reason, rule::Rule},
        settings::Settings,
        task::TaskKind,
        window::routine,
    };
    use rstest::rstest;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::both(
        "2027-02-07",
        Some("2027-03-07"),
        " (可提前 2027-02-07, 最迟 2027-03-07)"
    )]
    #[case::no_earlier("2027-02-21", Some("2027-03-07"), " (最迟 2027-03-07)")]
    #[case::open("2027-02-21", None, "")]
    #[case::late_already("2027-02-21", Some("2026-10-01"), " (最迟 2026-10-01 已过)")]
    fn a_day_that_tells_nothing_is_not_told(
        #[case] earliest: &str,
        #[case] latest: Option<&str>,
        #[case] told: &str,
    ) {
        let window = routine(day("2026-11-21"), 3, &Settings::default());
        let reason = Reason::MonthsPassed { months: 3 };
        let kind = TaskKind::HtnVisit;
        let mut task = Task::new(kind, ProgrammeKind::Htn, &window, Rule::H6, reason);
        task.earliest = day(earliest);
        task.latest = latest.map(day);
        assert_eq!(around(&task, Lang::Zh, |day| day.to_string()), told);
    }
}
