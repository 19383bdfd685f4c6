//! The term of an agreement, its years, and stretches of days (agreements §3).
//!
//! Which terms a member may have follows from the settings; who is a key person is told.

use serde::{Deserialize, Serialize};

use super::rules::AgreementRules;
use crate::domain::day::{Day, plus_days, plus_months};

/// A stretch of days, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    #[serde(with = "crate::domain::written_day")]
    pub to: Day,
}

impl Span {
    /// Returns the stretch, none when it would hold no day.
    pub fn new(from: Day, to: Day) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Says whether the day lies in it.
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Returns the days in both.
    pub fn shared(self, other: Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to))
    }
}

/// From when and for how many years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    #[serde(with = "crate::domain::written_day")]
    pub start: Day,
    /// Whole years, from 1.
    pub years: u32,
}

impl Term {
    /// Returns the last day, `D(M(start, 12 × years), −1)`.
    pub fn end(self) -> Day {
        plus_days(plus_months(self.start, 12 * self.years), -1)
    }

    /// Returns the first day of the term that follows.
    pub fn next_start(self) -> Day {
        plus_days(self.end(), 1)
    }

    /// Returns the whole term as days.
    pub fn span(self) -> Span {
        Span {
            from: self.start,
            to: self.end(),
        }
    }

    /// Returns agreement year `number`, from 1; none beyond the term.
    pub fn year(self, number: u32) -> Option<Span> {
        (1..=self.years).contains(&number).then(|| Span {
            from: plus_months(self.start, 12 * (number - 1)),
            to: plus_days(plus_months(self.start, 12 * number), -1),
        })
    }

    /// Returns the number of the agreement year the day lies in.
    pub fn year_of(self, day: Day) -> Option<u32> {
        (1..=self.years).find(|number| self.year(*number).is_some_and(|year| year.holds(day)))
    }

    /// Returns the day from which renewal is spoken of and signed by hand, `D(end, −days)`.
    pub fn reminder(self, rules: &AgreementRules) -> Day {
        plus_days(self.end(), -i64::from(rules.renew_contact_days))
    }
}

/// Returns the years an agreement of these members may run: what is allowed to all of them, and
/// where nothing is, what is allowed to key populations. `are_key` says of each whether he is one.
pub fn allowed(rules: &AgreementRules, are_key: &[bool]) -> Vec<u32> {
    let (key, general) = (&rules.term_key, &rules.term_general);
    let has_key = are_key.contains(&true);
    let has_general = are_key.contains(&false);
    match (has_key, has_general) {
        (true, false) => key.clone(),
        (false, _) => general.clone(),
        (true, true) => {
            let both: Vec<u32> = key
                .iter()
                .copied()
                .filter(|y| general.contains(y))
                .collect();
            if both.is_empty() { key.clone() } else { both }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn d(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2025-08-12", 1, "2026-08-11")]
    #[case("2025-08-31", 2, "2027-08-30")]
    #[case("2024-02-29", 1, "2025-02-27")]
    #[case("2024-02-29", 3, "2027-02-27")]
    #[case("2025-01-01", 1, "2025-12-31")]
    fn a_term_ends_the_day_before_its_anniversary(
        #[case] start: &str,
        #[case] years: u32,
        #[case] end: &str,
    ) {
        let start = d(start);
        let term = Term { start, years };
        assert_eq!(term.end(), d(end));
        assert_eq!(term.next_start(), plus_days(d(end), 1));
        assert_eq!(term.year(years).unwrap().to, d(end));
        assert_eq!(term.year(years + 1), None);
        assert_eq!(term.year_of(d(end)), Some(years));
    }

    #[test]
    fn a_household_may_have_the_terms_of_all_its_members() {
        let mut rules = AgreementRules::default();
        assert_eq!(allowed(&rules, &[true, false]), [1, 2, 3]);
        rules.term_general = vec![3, 4, 5];
        assert_eq!(allowed(&rules, &[true, false]), [3]);
        assert_eq!(allowed(&rules, &[false]), [3, 4, 5]);
        rules.term_general = vec![4, 5];
        assert_eq!(allowed(&rules, &[true, false]), [1, 2, 3]);
    }
}
