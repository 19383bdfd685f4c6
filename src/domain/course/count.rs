//! Counting the face-to-face visits of a year (rules §17).
//!
//! Counts only; no date is moved.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{ManagedSpan, ProgrammeCourse, ProgrammeStatus};
use crate::domain::{
    day::{Day, plus_months, year_end, year_start},
    task::TaskKind,
};

/// Returns the face-to-face visits the year requires: the calendar quarters touched by the
/// managed part of it (§17.1), 0 to 4.
pub fn required(spans: &[ManagedSpan], year: i32) -> u32 {
    let mut quarters = BTreeSet::new();
    for span in spans {
        let from = span.from.max(year_start(year));
        let to = span.to.unwrap_or(Day::MAX).min(year_end(year));
        if from <= to {
            quarters.extend(from.month0() / 3..=to.month0() / 3);
        }
    }
    u32::try_from(quarters.len()).unwrap_or(4)
}

/// Returns the different dates of face-to-face visits in the year (§17.2).
pub fn done(face_to_face: &BTreeSet<Day>, year: i32) -> u32 {
    let dates = face_to_face.range(year_start(year)..=year_end(year));
    u32::try_from(dates.count()).unwrap_or(u32::MAX)
}

/// Says whether the year was managed to the standard 规范管理 (§17.3).
pub const fn is_standard(required: u32, done: u32, exam_done: bool) -> bool {
    required <= done && exam_done
}

/// Says whether the year's visits may fall short (§17.5). `open_due`: the due day of the
/// open visit task.
pub fn falls_short(required: u32, done: u32, open_due: Option<Day>, today: Day) -> bool {
    let first = open_due.map_or(today, |due| due.max(today));
    let end = year_end(today.year());
    let possible = (0..4)
        .filter(|n| plus_months(first, n * 3) <= end)
        .map(|_| 1);
    done + possible.sum::<u32>() < required
}

/// Says whether the alert `f2f_shortfall` holds for a programme on `today`.
pub fn f2f_shortfall(programme: &ProgrammeCourse, today: Day) -> bool {
    let year = today.year();
    let is_visit = |kind: TaskKind| matches!(kind, TaskKind::HtnVisit | TaskKind::DmVisit);
    let open = programme.slot.as_ref().filter(|task| is_visit(task.kind));
    matches!(programme.status, ProgrammeStatus::Managed)
        && falls_short(
            required(&programme.spans, year),
            done(&programme.face_to_face, year),
            open.map(|task| task.due),
            today,
        )
}
