//! Measurements over time in the space of a word: a line of bars.
//!
//! It works without colours and in ASCII; plots true to scale are `plot`'s.

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
