//! Money of agreements: whole fen, fee lines that balance, refunds (agreements §4.3).
//!
//! Which package costs what stands with the packages; vouchers have their own file.

use std::{fmt, iter::Sum, ops::Add};

use serde::{Deserialize, Serialize};

use super::term::{Span, Term};
use crate::domain::{
    day::{Day, plus_months},
    id::PersonId,
};

/// An amount in fen, 0.01 yuan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// Returns what is left after `other`, never below the smallest number.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add for Fen {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Fen {
    /// Writes yuan with two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// A numbered deduction of a fee line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deduction {
    /// The voucher's number; empty where nothing is deducted.
    pub number: String,
    pub amount: Fen,
}

/// What one package costs one person in one agreement year, and who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// 协议年, from 1.
    pub year: u32,
    pub person: PersonId,
    /// The package's code.
    pub package: String,
    pub price: Fen,
    pub insurance: Fen,
    pub public_fund: Fen,
    pub voucher: Deduction,
    pub reduction: Deduction,
    pub other: Fen,
    /// 居民自付(应收)
    pub resident: Fen,
    /// 实收
    pub paid: Fen,
    pub receipt: String,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub paid_on: Option<Day>,
}

impl FeeLine {
    /// Returns the line of a package the public fund pays whole.
    pub fn funded(year: u32, person: PersonId, package: &str, price: Fen) -> Self {
        Self {
            year,
            person,
            package: package.to_owned(),
            price,
            insurance: Fen::ZERO,
            public_fund: price,
            voucher: Deduction::default(),
            reduction: Deduction::default(),
            other: Fen::ZERO,
            resident: Fen::ZERO,
            paid: Fen::ZERO,
            receipt: String::new(),
            paid_on: None,
        }
    }

    /// Returns the line of a package the resident pays, less what the insurance pays.
    pub fn charged(
        year: u32,
        person: PersonId,
        package: &str,
        (price, insurance): (Fen, Fen),
    ) -> Self {
        Self {
            insurance,
            public_fund: Fen::ZERO,
            resident: price.less(insurance),
            ..Self::funded(year, person, package, price)
        }
    }

    /// Deducts a 代金券: at most the resident's share, the rest of it is lost.
    #[must_use]
    pub fn with_voucher(mut self, number: &str, worth: Fen) -> Self {
        self.voucher = self.deduct(number, worth);
        self
    }

    /// Deducts a 减免券: at most the resident's share, the rest of it is lost.
    #[must_use]
    pub fn with_reduction(mut self, number: &str, worth: Fen) -> Self {
        self.reduction = self.deduct(number, worth);
        self
    }

    fn deduct(&mut self, number: &str, worth: Fen) -> Deduction {
        let amount = worth.min(self.resident);
        self.resident = self.resident.less(amount);
        let number = number.to_owned();
        Deduction { number, amount }
    }

    /// Returns the parts of the price, in the order of the paper.
    pub const fn parts(&self) -> [Fen; 6] {
        [
            self.insurance,
            self.public_fund,
            self.voucher.amount,
            self.reduction.amount,
            self.other,
            self.resident,
        ]
    }

    /// Says whether no part is below zero and the parts make up the price.
    pub fn balances(&self) -> bool {
        let parts = self.parts();
        let no_less = |amount: &Fen| Fen::ZERO <= *amount;
        no_less(&self.price)
            && no_less(&self.paid)
            && parts.iter().all(no_less)
            && parts.into_iter().sum::<Fen>() == self.price
    }
}

/// Money to be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub year: u32,
    pub person: PersonId,
    pub package: String,
    pub amount: Fen,
}

/// Returns what is to be given back of the lines when service ends with `last_day`: of a running
/// year its unused whole months ÷ 12, rounded down; a year not begun whole.
pub fn refunds<'a>(
    lines: impl IntoIterator<Item = &'a FeeLine>,
    term: Term,
    last_day: Day,
) -> Vec<Refund> {
    let refund = |line: &FeeLine| {
        let months = i64::from(unused_months(term.year(line.year)?, last_day));
        let amount = Fen(line.paid.0.saturating_mul(months) / 12);
        (Fen::ZERO < amount).then(|| Refund {
            year: line.year,
            person: line.person,
            package: line.package.clone(),
            amount,
        })
    };
    lines.into_iter().filter_map(refund).collect()
}

/// Returns the whole months of the agreement year after `last_day`, 0 to 12, counted on the
/// monthly day of its start.
fn unused_months(year: Span, last_day: Day) -> u32 {
    let used = (0..=12).find(|n| last_day < plus_months(year.from, *n));
    used.map_or(0, |used| 12 - used)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const WANG: PersonId = PersonId(1);

    #[test]
    fn a_voucher_pays_at_most_the_residents_share() {
        let line = FeeLine::charged(1, WANG, "Z01", (Fen(12_000), Fen(3000)));
        let line = line.with_voucher("D1", Fen(5000));
        assert_eq!(line.resident, Fen(4000));
        assert!(line.balances());
        let line = FeeLine::charged(1, WANG, "Z02", (Fen(4000), Fen::ZERO));
        let line = line.with_voucher("D2", Fen(5000));
        assert_eq!((line.voucher.amount, line.resident), (Fen(4000), Fen::ZERO));
        assert!(line.balances());
        let basic = FeeLine::funded(1, WANG, "basic", Fen(500));
        assert!(basic.balances() && basic.resident == Fen::ZERO);
    }

    #[rstest]
    #[case("2025-08-11", 12)]
    #[case("2025-08-12", 11)]
    #[case("2026-02-28", 5)]
    #[case("2026-03-11", 5)]
    #[case("2026-03-12", 4)]
    #[case("2026-07-12", 0)]
    #[case("2026-08-11", 0)]
    fn whole_months_are_counted_on_the_day_of_the_start(#[case] last: &str, #[case] months: u32) {
        let start = "2025-08-12".parse().unwrap();
        let year = Term { start, years: 1 }.year(1).unwrap();
        assert_eq!(unused_months(year, last.parse().unwrap()), months);
    }

    #[test]
    fn yuan_have_two_decimals() {
        assert_eq!(Fen(12_005).to_string(), "120.05");
        assert_eq!(Fen(-7).to_string(), "-0.07");
    }
}
