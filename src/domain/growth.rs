//! How a child's weight and height stand against the reference of its sex and age.
//!
//! The numbers are the catalogue's (`catalog::growth`); whether a child is referred is the
//! doctor's and the programme's.

use std::ops::RangeInclusive;

use super::{
    day::Day,
    identity::Sex,
    text::{Label, Text},
    value::Decimal,
};

/// The mean length of a month, days.
const MONTH: f64 = 30.4375;
/// Children are measured lying below this age, months.
const STANDING: f64 = 24.0;
/// Weights beyond three lines are told by the distance between the second and the third.
const OUTER: f64 = 3.0;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// kg
    Weight,
    /// Lying below 24 months, standing from then on; cm.
    Height,
}

/// One row of the reference: how values are spread at an age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Months, 0–84.
    pub age: f64,
    pub power: f64,
    pub median: f64,
    pub variation: f64,
}

impl Spread {
    /// Returns the value on the line of `z` standard deviations.
    pub fn value(&self, z: f64) -> f64 {
        if self.power.abs() < 1e-6 {
            return self.median * (self.variation * z).exp();
        }
        let base = 1.0 + self.power * self.variation * z;
        self.median * base.max(0.0).powf(1.0 / self.power)
    }

    /// Returns the value on the line of `z` as it is written, to a thousandth.
    pub fn line(&self, z: f64) -> Option<Decimal> {
        format!("{:.3}", self.value(z)).parse().ok()
    }

    fn z(&self, value: f64) -> f64 {
        if self.power.abs() < 1e-6 {
            (value / self.median).ln() / self.variation
        } else {
            ((value / self.median).powf(self.power) - 1.0) / (self.power * self.variation)
        }
    }

    fn between(&self, next: &Self, age: f64) -> Self {
        let part = (age - self.age) / (next.age - self.age);
        let mix = |from: f64, to: f64| from + (to - from) * part;
        Self {
            age,
            power: mix(self.power, next.power),
            median: mix(self.median, next.median),
            variation: mix(self.variation, next.variation),
        }
    }
}

/// The rows of one measure and sex, by age; an age that stands twice begins anew with its
/// second row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub measure: Measure,
    pub sex: Sex,
    pub rows: Vec<Spread>,
}

/// The reference whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Where the numbers come from.
    pub source: Label,
    pub tables: Vec<Table>,
}

impl Reference {
    /// Returns how values of this measure are spread at an age of `days`; none for ages and
    /// sexes the reference does not know.
    pub fn at(&self, measure: Measure, sex: Sex, days: i64) -> Option<Spread> {
        let age = f64::from(i32::try_from(days).ok()?) / MONTH;
        let table = self
            .tables
            .iter()
            .find(|table| table.measure == measure && table.sex == sex)?;
        let before = table.rows.iter().rposition(|row| row.age <= age)?;
        let row = table.rows.get(before)?;
        match table.rows.get(before + 1) {
            Some(next) => Some(row.between(next, age)),
            None => (age - row.age < 1.0).then_some(*row),
        }
    }

    /// Returns how many standard deviations the value lies from the median.
    pub fn z(&self, measure: Measure, sex: Sex, days: i64, value: Decimal) -> Option<f64> {
        let spread = self.at(measure, sex, days)?;
        let value = as_number(value);
        if value <= 0.0 {
            return None;
        }
        let z = spread.z(value);
        if measure == Measure::Height || z.abs() <= OUTER {
            return Some(z);
        }
        let edge = OUTER.copysign(z);
        let (third, second) = (spread.value(edge), spread.value(edge - 1.0_f64.copysign(z)));
        Some(edge + (value - third) / (third - second).abs())
    }
}

fn as_number(value: Decimal) -> f64 {
    i32::try_from(value.thousandths()).map_or(f64::NAN, |n| f64::from(n) / 1000.0)
}

/// Where a value stands, in the words of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 下: below −2 SD.
    Low,
    /// 中
    Medium,
    /// 上: above +2 SD.
    High,
}

impl Standing {
    /// The lines between which a value is 中.
    const MEDIUM: RangeInclusive<f64> = -2.0..=2.0;

    /// Returns the standing of a distance.
    pub fn of(z: f64) -> Self {
        if Self::MEDIUM.contains(&z) {
            Self::Medium
        } else if z < 0.0 {
            Self::Low
        } else {
            Self::High
        }
    }

    /// Returns the word of the form, with the line it lies beyond.
    pub const fn text(self) -> Text {
        match self {
            Self::Low => Text {
                zh: "下(<-2SD)",
                en: "low (<-2SD)",
            },
            Self::Medium => Text {
                zh: "中",
                en: "medium",
            },
            Self::High => Text {
                zh: "上(>+2SD)",
                en: "high (>+2SD)",
            },
        }
    }
}

/// One value of a child.
#[derive(Debug, Clone, PartialEq)]
pub struct Grown {
    pub measure: Measure,
    pub day: Day,
    /// Days since birth.
    pub age: i64,
    /// kg or cm.
    pub value: Decimal,
    /// Standard deviations from the median, where the reference knows.
    pub z: Option<f64>,
}

impl Grown {
    /// Returns whether the child was measured lying.
    pub fn was_lying(&self) -> bool {
        let months = f64::from(i32::try_from(self.age).unwrap_or(i32::MAX)) / MONTH;
        self.measure == Measure::Height && months < STANDING
    }
}

/// A fall of the curve across a line of the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fall {
    /// Standard deviations at the earlier and at the last value.
    pub from: f64,
    pub to: f64,
    /// The day of the earlier value.
    pub since: Day,
}

/// The least fall that is remarked, in standard deviations: the distance between two of the
/// printed lines of percentiles.
const FALL: f64 = 0.67;
/// Only what lies so many days back is compared.
const FALL_DAYS: i64 = 366;

/// Returns the fall of one measure's values (by age) to the last of them: from the highest
/// of the year before, where it crosses a whole line.
pub fn fall(values: &[Grown]) -> Option<Fall> {
    let (last, before) = values.split_last()?;
    let to = last.z?;
    let recent = before.iter().filter(|v| last.age - v.age <= FALL_DAYS);
    let (from, since) = recent
        .filter_map(|value| Some((value.z?, value.day)))
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    let crosses = to.floor() < from.floor();
    (crosses && FALL <= from - to).then_some(Fall { from, to, since })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn grown(age: i64, z: f64) -> Grown {
        Grown {
            measure: Measure::Weight,
            day: super::super::day::plus_days("2024-01-01".parse().unwrap(), age),
            age,
            value: Decimal::from_int(9),
            z: Some(z),
        }
    }

    #[rstest]
    #[case(-2.01, Standing::Low)]
    #[case(-2.0, Standing::Medium)]
    #[case(2.0, Standing::Medium)]
    #[case(2.01, Standing::High)]
    fn the_lines_themselves_are_medium(#[case] z: f64, #[case] standing: Standing) {
        assert_eq!(Standing::of(z), standing);
    }

    #[rstest]
    #[case(&[(180, 0.4), (270, -1.1)], true)]
    #[case(&[(180, 0.4), (270, 0.1)], false)]
    #[case(&[(180, -0.1), (270, -0.7)], false)]
    #[case(&[(180, 0.9), (270, 0.05)], false)]
    #[case(&[(180, 1.2), (240, 0.6), (270, 0.3)], true)]
    #[case(&[(30, 1.2), (900, 0.3)], false)]
    #[case(&[(30, 1.2)], false)]
    fn a_fall_across_a_line_within_a_year_is_remarked(
        #[case] values: &[(i64, f64)],
        #[case] falls: bool,
    ) {
        let values: Vec<Grown> = values.iter().map(|(age, z)| grown(*age, *z)).collect();
        assert_eq!(fall(&values).is_some(), falls);
    }
}
