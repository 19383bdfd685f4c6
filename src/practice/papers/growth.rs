//! How children grow: medians of the growth standard and a child's own place beside them.
//!
//! Close enough for invented children; nothing is judged by it but their own papers.

use crate::domain::day::Day;

/// Months; weight and length of boys; the same of girls.
type Line = (i64, (i64, i64), (i64, i64));

/// Months, and the medians of boys and girls: weight in hundredths of a kilogram, length in
/// tenths of a centimetre.
const MEDIANS: &[Line] = &[
    (0, (335, 499), (323, 491)),
    (1, (447, 547), (419, 537)),
    (3, (638, 614), (585, 598)),
    (6, (793, 676), (730, 657)),
    (8, (862, 706), (795, 687)),
    (12, (965, 757), (895, 740)),
    (18, (1094, 823), (1023, 807)),
    (24, (1215, 871), (1148, 857)),
    (30, (1326, 919), (1269, 907)),
    (36, (1434, 961), (1385, 951)),
    (48, (1633, 1033), (1607, 1027)),
    (60, (1834, 1100), (1820, 1094)),
    (72, (2046, 1160), (2020, 1151)),
    (84, (2290, 1217), (2240, 1208)),
];

/// A standard deviation in thousandths of the median.
const WEIGHT_SPREAD: i64 = 118;
const LENGTH_SPREAD: i64 = 38;

/// Days of a month, in hundredths.
const MONTH: i64 = 3044;

/// A child's size on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Hundredths of a kilogram.
    pub weight: i32,
    /// Tenths of a centimetre.
    pub length: i32,
}

/// Returns the size of a child standing so many hundredths of a standard deviation beside the
/// median in weight and in length.
pub fn size(birth: Day, day: Day, is_girl: bool, (weight, length): (i32, i32)) -> Size {
    let months = (day - birth).num_days().max(0) * 10_000 / MONTH;
    let line = |at: usize| MEDIANS.get(at.min(MEDIANS.len() - 1)).copied();
    let after = MEDIANS
        .iter()
        .position(|(month, _, _)| months < month * 100)
        .unwrap_or(MEDIANS.len() - 1)
        .max(1);
    let (Some(low), Some(high)) = (line(after - 1), line(after)) else {
        return Size {
            weight: 0,
            length: 0,
        };
    };
    let of = |line: Line| if is_girl { line.2 } else { line.1 };
    let (from, until) = (of(low), of(high));
    let passed = (months - low.0 * 100).clamp(0, (high.0 - low.0) * 100);
    let between = |from: i64, until: i64| from + (until - from) * passed / ((high.0 - low.0) * 100);
    let beside = |median: i64, spread: i64, by: i32| {
        let value = median + median * spread * i64::from(by) / 100_000;
        i32::try_from(value).unwrap_or_default()
    };
    Size {
        weight: beside(between(from.0, until.0), WEIGHT_SPREAD, weight),
        length: beside(between(from.1, until.1), LENGTH_SPREAD, length),
    }
}

/// Returns 上中下 of a place beside the median.
pub const fn evaluation(by: i32) -> &'static str {
    match by {
        200.. => "1",
        -199..=199 => "2",
        _ => "3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::plus_months;

    #[test]
    fn a_child_at_the_median_follows_the_table_and_always_grows() {
        let birth = "2024-03-31".parse().unwrap();
        let at = |months| size(birth, plus_months(birth, months), false, (0, 0));
        for (months, boys, _) in MEDIANS {
            let found = at(u32::try_from(*months).unwrap());
            assert!(
                (i64::from(found.weight) - boys.0).abs() <= 12,
                "{months}: {found:?}"
            );
            assert!(
                (i64::from(found.length) - boys.1).abs() <= 6,
                "{months}: {found:?}"
            );
        }
        for months in 1..84 {
            assert!(at(months - 1).length <= at(months).length);
            assert!(at(months - 1).weight <= at(months).weight);
        }
    }
}
