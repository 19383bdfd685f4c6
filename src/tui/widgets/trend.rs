//! Small charts of measurements over time: a line of bars, and a plot of two
//! series such as systolic and diastolic pressure.
//!
//! They work in 16 colours, without colours and in ASCII; they judge nothing.

use ratatui::{Frame, layout::Rect};

use super::cells;
use crate::tui::theme::Look;

/// Returns one bar a value, lowest to highest; a missing value is a blank.
pub fn bars(look: &Look, values: &[Option<i64>]) -> String {
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
    let bars = &look.signs().bars;
    let bar = |value: &Option<i64>| {
        value.map_or(" ", |value| {
            let level = scale(value, low, high, bars.len());
            bars.get(level).copied().unwrap_or(" ")
        })
    };
    values.iter().map(bar).collect()
}

/// Returns the step of `steps` on which `value` lies between `low` and `high`;
/// the middle when all values are equal.
fn scale(value: i64, low: i64, high: i64, steps: usize) -> usize {
    let top = i64::try_from(steps).unwrap_or(1).max(1) - 1;
    if low == high {
        return usize::try_from(top / 2).unwrap_or(0);
    }
    let step = ((value - low) * top * 2 + (high - low)) / ((high - low) * 2);
    usize::try_from(step.clamp(0, top)).unwrap_or(0)
}

/// One moment of a plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Stands under the moment: a date in at most five cells.
    pub label: String,
    /// The two series, upper first.
    pub values: [Option<i64>; 2],
}

/// How the values of a plot are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Whole,
    /// The values are tenths.
    Tenths,
}

impl Written {
    fn text(self, value: i64) -> String {
        match self {
            Self::Whole => value.to_string(),
            Self::Tenths => format!("{}.{}", value / 10, value % 10),
        }
    }
}

/// Cells of the scale at the left, and of one moment.
const SCALE: u16 = 5;
const MOMENT: u16 = 6;

/// Draws the last moments that fit, oldest left, with a line at each of `limits`.
pub fn plot(
    look: &Look,
    frame: &mut Frame<'_>,
    area: Rect,
    (points, written): (&[Point], Written),
    limits: &[i64],
) {
    let fit = usize::from(area.width.saturating_sub(SCALE) / MOMENT);
    let points = points
        .get(points.len().saturating_sub(fit)..)
        .unwrap_or(points);
    let height = area.height.saturating_sub(1);
    let values = || points.iter().flat_map(|point| point.values).flatten();
    let (Some(low), Some(high)) = (
        values().chain(limits.iter().copied()).min(),
        values().chain(limits.iter().copied()).max(),
    ) else {
        return;
    };
    if height < 2 {
        return;
    }
    let row = |value: i64| {
        let step = scale(value, low, high, usize::from(height));
        area.y + height - 1 - u16::try_from(step).unwrap_or(0)
    };
    for limit in limits {
        let y = row(*limit);
        let rule = look
            .signs()
            .rule
            .repeat(usize::from(area.width - SCALE.min(area.width)));
        cells::put(
            frame,
            area.x + SCALE,
            y,
            &rule,
            rule.chars().count(),
            look.dim(),
        );
        cells::put(
            frame,
            area.x,
            y,
            &cells::right(&written.text(*limit), 4, ""),
            4,
            look.dim(),
        );
    }
    for value in [low, high] {
        cells::put(
            frame,
            area.x,
            row(value),
            &cells::right(&written.text(value), 4, ""),
            4,
            look.dim(),
        );
    }
    for (point, x) in points
        .iter()
        .zip((area.x + SCALE..).step_by(usize::from(MOMENT)))
    {
        cells::put(frame, x, area.y + height, &point.label, 5, look.dim());
        for (value, sign) in point.values.iter().zip(look.signs().points) {
            if let Some(value) = value {
                let text = format!("{sign}{}", written.text(*value));
                cells::put(
                    frame,
                    x + 1,
                    row(*value),
                    &text,
                    usize::from(MOMENT) - 1,
                    look.text(),
                );
            }
        }
    }
}
