//! Calculations by name: what a form works out from other answers.
//!
//! A calculated field is never typed; a calculation on any other field only stands there until
//! somebody answers it.

use chrono::Datelike;
use serde::Deserialize;

use super::{
    context::FormContext,
    definition::{Field, Kind},
};
use crate::domain::{
    day::{Day, age_months, age_years, plus_days, plus_months},
    programmes::outpatient::{prescription_end, review_day},
    score::{constitution, self_care::SelfCare},
    value::{Answers, Decimal, Value},
};

/// Days from the last period to the expected delivery (rules §9.1).
const PREGNANCY_DAYS: i64 = 280;

/// A calculation as one field uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    pub formula: Formula,
    /// The fields in the order the formula names them.
    pub of: Vec<String>,
}

/// A calculation by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// Weight (kg) ÷ height (cm, as metres)².
    Bmi,
    /// The sum of numbers or of options' codes read as scores.
    Sum,
    /// A part in percent of a whole. Of part, whole.
    Percent,
    /// Full years of age on the day of the form.
    Age,
    /// The age column (`3m`, `4y`) the child is in: the last one begun.
    AgeColumn,
    /// The level of a self-care score (F09).
    SelfCareLevel,
    /// The balanced constitution's score (F10). Of items 1, 2, 4, 5, 13.
    BalancedScore,
    /// What a biased constitution's score says.
    BiasedFinding,
    /// What the balanced score says. Of it and the eight others.
    BalancedFinding,
    /// The answer to item 9 of F10. Of the body mass index.
    OverweightScale,
    /// The answer to item 28 of F10. Of the waist.
    BellyScale,
    /// The expected delivery. Of the first day of the last period.
    DueDate,
    /// Full weeks of pregnancy. Of expected delivery, day.
    PregnancyWeek,
    /// Days beyond the full weeks of pregnancy. Of expected delivery, day.
    PregnancyDay,
    /// Which antenatal check 2–5 falls into this week (rules §9.2). Of expected delivery, day.
    AntenatalCheck,
    /// The last day of the intensive phase: two months less a day, for a resistant case none
    /// (rules §7.2). Of start, resistance.
    IntensiveEnd,
    /// The month of a treatment, from 1. Of start, day.
    TreatmentMonth,
    /// The last day of a prescription. Of start, weeks.
    PrescriptionEnd,
    /// Three days before a prescription ends. Of end.
    ReviewDay,
}

impl Formula {
    /// Returns how many fields the formula reads; none where any number will do.
    pub const fn arity(self) -> Option<usize> {
        match self {
            Self::Sum => None,
            Self::Age | Self::AgeColumn => Some(0),
            Self::SelfCareLevel
            | Self::BiasedFinding
            | Self::OverweightScale
            | Self::BellyScale
            | Self::DueDate
            | Self::ReviewDay => Some(1),
            Self::Bmi
            | Self::Percent
            | Self::PregnancyWeek
            | Self::PregnancyDay
            | Self::AntenatalCheck
            | Self::IntensiveEnd
            | Self::TreatmentMonth
            | Self::PrescriptionEnd => Some(2),
            Self::BalancedScore => Some(5),
            Self::BalancedFinding => Some(9),
        }
    }
}

/// Returns the calculated value of a field, or none while something is missing.
pub fn calculated(field: &Field, answers: &Answers, context: &FormContext) -> Option<Value> {
    let calculation = field.calculation.as_ref()?;
    let given = Given {
        keys: &calculation.of,
        answers,
    };
    let value = match work_out(calculation.formula, &given, field, context)? {
        Found::Number(number) if field.kind == Kind::Int => {
            Value::Int(number.rounded(0).thousandths() / 1000)
        }
        Found::Number(number) => Value::Dec(number.rounded(field.places())),
        Found::Day(day) => Value::Date(day),
        Found::Code(code) => Value::Code(code),
    };
    Some(value)
}

/// What a formula comes to, before the field's kind is looked at.
enum Found {
    Number(Decimal),
    Day(Day),
    Code(String),
}

impl Found {
    fn whole(number: impl Into<i64>) -> Self {
        Self::Number(Decimal::from_int(number.into()))
    }

    fn code(code: &str) -> Self {
        Self::Code(code.to_owned())
    }
}

fn work_out(
    formula: Formula,
    of: &Given<'_>,
    field: &Field,
    context: &FormContext,
) -> Option<Found> {
    Some(match formula {
        Formula::Bmi => Found::Number(bmi(of.number(0)?, of.number(1)?)?),
        Formula::Sum => {
            let total = of.numbers()?.iter().map(|n| n.thousandths()).sum::<i64>();
            Found::Number(Decimal::from_thousandths(total))
        }
        Formula::Percent => Found::Number(percent(of.number(0)?, of.number(1)?)?),
        Formula::Age => Found::whole(age_years(context.birth?, context.visit)),
        Formula::AgeColumn => Found::code(age_column(field, context)?),
        Formula::SelfCareLevel => Found::code(SelfCare::of(of.count(0)?).code()),
        Formula::BalancedScore => Found::whole(constitution::balanced_score(&of.counts()?)),
        Formula::BiasedFinding => Found::code(constitution::biased(of.count(0)?).code()),
        Formula::BalancedFinding => {
            let scores = of.counts()?;
            let (own, others) = scores.split_first()?;
            let limits = context.settings.balanced_limits;
            Found::code(constitution::balanced(*own, others, limits).code())
        }
        Formula::OverweightScale => {
            Found::Code(constitution::overweight(of.number(0)?).to_string())
        }
        Formula::BellyScale => Found::Code(constitution::belly(of.number(0)?).to_string()),
        Formula::DueDate => Found::Day(plus_days(of.day(0)?, PREGNANCY_DAYS)),
        Formula::PregnancyWeek => Found::whole(of.pregnant_days()? / 7),
        Formula::PregnancyDay => Found::whole(of.pregnant_days()? % 7),
        Formula::AntenatalCheck => Found::code(antenatal_check(of.pregnant_days()? / 7)?),
        Formula::IntensiveEnd => {
            let is_resistant = of.value(1).and_then(Value::code) == Some("1");
            let start = of.day(0).filter(|_| !is_resistant)?;
            Found::Day(plus_days(plus_months(start, 2), -1))
        }
        Formula::TreatmentMonth => {
            let day = of.day(1)?;
            let start = of.day(0).filter(|start| *start <= day)?;
            Found::whole(age_months(start, day) + 1)
        }
        Formula::PrescriptionEnd => {
            let weeks = of.number(1)?.thousandths() / 1000;
            Found::Day(prescription_end(of.day(0)?, weeks))
        }
        Formula::ReviewDay => Found::Day(review_day(of.day(0)?)),
    })
}

/// The answers a calculation reads.
struct Given<'a> {
    keys: &'a [String],
    answers: &'a Answers,
}

impl Given<'_> {
    fn value(&self, at: usize) -> Option<&Value> {
        self.answers.get(self.keys.get(at)?)
    }

    /// A number, or an option's code read as one.
    fn number(&self, at: usize) -> Option<Decimal> {
        let value = self.value(at)?;
        let score = || value.code()?.parse::<i64>().ok().map(Decimal::from_int);
        value.number().or_else(score)
    }

    fn numbers(&self) -> Option<Vec<Decimal>> {
        (0..self.keys.len()).map(|at| self.number(at)).collect()
    }

    fn count(&self, at: usize) -> Option<u32> {
        u32::try_from(self.number(at)?.thousandths() / 1000).ok()
    }

    fn counts(&self) -> Option<Vec<u32>> {
        (0..self.keys.len()).map(|at| self.count(at)).collect()
    }

    fn day(&self, at: usize) -> Option<Day> {
        self.value(at)?.date()
    }

    /// Days since the last period the expected delivery stands for.
    fn pregnant_days(&self) -> Option<i64> {
        let begun = plus_days(self.day(0)?, -PREGNANCY_DAYS);
        let days = self.day(1)?.signed_duration_since(begun).num_days();
        (0 <= days).then_some(days)
    }
}

/// A column begins at its age; before the first one the first is meant.
fn age_column<'a>(field: &'a Field, context: &FormContext) -> Option<&'a str> {
    let months = age_months(context.birth?, context.visit);
    let begins = |code: &str| {
        let (number, unit) = code.split_at_checked(code.len().checked_sub(1)?)?;
        let number: u32 = number.parse().ok()?;
        Some(if unit == "y" { number * 12 } else { number })
    };
    let begun = |code: &str| begins(code).is_some_and(|begins| begins <= months);
    let options = field.options();
    let found = options.iter().rev().find(|option| begun(&option.code));
    Some(&found.or(options.first())?.code)
}

/// Between the windows of two checks none is proposed.
const fn antenatal_check(week: i64) -> Option<&'static str> {
    match week {
        16..=20 => Some("2"),
        21..=24 => Some("3"),
        28..=36 => Some("4"),
        37..=40 => Some("5"),
        _ => None,
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let scaled = part.thousandths().checked_mul(100_000)?;
    let half = whole.thousandths() / 2;
    let rounded = scaled.checked_add(half)?.checked_div(whole.thousandths())?;
    Some(Decimal::from_thousandths(rounded))
}

fn bmi(weight: Decimal, height: Decimal) -> Option<Decimal> {
    let (grams, tenths) = (
        i128::from(weight.thousandths()),
        i128::from(height.thousandths()),
    );
    // kg ÷ m² in thousandths: grams × 10⁴ × 10⁶ ÷ (height in thousandths of a cm)², half up.
    let square = tenths.checked_mul(tenths).filter(|square| *square > 0)?;
    let scaled = grams.checked_mul(10_000_000_000)?;
    let rounded = (scaled + square / 2).checked_div(square)?;
    i64::try_from(rounded).ok().map(Decimal::from_thousandths)
}

/// Tells whether none of these days lies in the year of `day`.
pub fn is_first_of_year(day: Day, recorded: &[Day]) -> bool {
    recorded.iter().all(|other| other.year() != day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("171", "180", "95")]
    #[case("161", "180", "89.444")]
    #[case("1", "3", "33.333")]
    #[case("2", "3", "66.667")]
    fn a_part_is_a_percentage_of_its_whole(
        #[case] part: &str,
        #[case] whole: &str,
        #[case] rate: &str,
    ) {
        let found = percent(part.parse().unwrap(), whole.parse().unwrap());
        assert_eq!(found.unwrap().to_string(), rate);
    }

    #[test]
    fn nothing_is_no_whole() {
        assert_eq!(percent(Decimal::from_int(1), Decimal::default()), None);
    }

    #[rstest]
    #[case(15, None)]
    #[case(16, Some("2"))]
    #[case(20, Some("2"))]
    #[case(24, Some("3"))]
    #[case(25, None)]
    #[case(27, None)]
    #[case(36, Some("4"))]
    #[case(40, Some("5"))]
    #[case(41, None)]
    fn a_week_belongs_to_one_check(#[case] week: i64, #[case] check: Option<&str>) {
        assert_eq!(antenatal_check(week), check);
    }

    #[rstest]
    #[case(&["2025-12-31"], true)]
    #[case(&["2026-01-02"], false)]
    #[case(&[], true)]
    fn the_first_of_a_year_has_none_beside_it(#[case] others: &[&str], #[case] first: bool) {
        let others: Vec<Day> = others.iter().map(|day| d(day)).collect();
        assert_eq!(is_first_of_year(d("2026-03-10"), &others), first);
    }
}
