//! When the clinic gets to a task: mostly in its window, some early, some late.

use chrono::{Datelike, Weekday};

use super::chance::Chance;
use crate::domain::{
    day::{Day, plus_days, year_end},
    task::{Task, TaskKind},
    window::WindowCode,
};

/// Draws the day after `after` on which the clinic gets to a task.
pub fn planned(task: &Task, after: Day, chance: &mut Chance) -> Day {
    let drawn = match (task.kind, task.window) {
        (TaskKind::ReferralCheck, _) if task.attempts == 0 => {
            plus_days(task.from, i64::from(chance.between(5, 9)))
        }
        (_, WindowCode::CalendarYear | WindowCode::AgreementYear) => within_year(task, chance),
        _ if 0 < task.attempts => plus_days(task.due, i64::from(chance.between(0, 1))),
        (_, WindowCode::TwoWeeks | WindowCode::TenDays) => plus_days(task.due, two_weeks(chance)),
        (TaskKind::Trace, _) => plus_days(task.due, i64::from(chance.between(-5, 2))),
        (
            _,
            WindowCode::Month
            | WindowCode::ThreeMonths
            | WindowCode::HalfYear
            | WindowCode::Year
            | WindowCode::Fixed,
        ) => plus_days(task.due, routine(chance)),
    };
    let drawn = if drawn <= after {
        plus_days(after, i64::from(chance.between(1, 4)))
    } else {
        drawn
    };
    working(drawn.max(task.earliest))
}

/// Days from the due day on which a routine visit is made.
fn routine(chance: &mut Chance) -> i64 {
    i64::from(match chance.between(1, 1000) {
        ..=620 => -chance.between(0, 9),
        621..=930 => chance.between(1, 4),
        931..=980 => chance.between(5, 14),
        _ => chance.between(15, 26),
    })
}

/// Days from the due day on which somebody is seen who must be seen within two weeks.
fn two_weeks(chance: &mut Chance) -> i64 {
    i64::from(match chance.between(1, 100) {
        ..=96 => -chance.between(1, 8),
        _ => chance.between(0, 5),
    })
}

/// The yearly pressure is taken when the person comes by: around a year after the last one.
fn within_year(task: &Task, chance: &mut Chance) -> Day {
    let first = task.earliest.max(plus_days(task.due, -90));
    let last = plus_days(task.due, 110).min(plus_days(year_end(task.due.year()), -11));
    chance.day(first, last.max(first))
}

/// The clinic stays shut on Sundays, but for whoever comes in need.
pub fn working(day: Day) -> Day {
    if day.weekday() == Weekday::Sun {
        plus_days(day, 1)
    } else {
        day
    }
}
