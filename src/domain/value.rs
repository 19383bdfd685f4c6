//! What can stand in a field: of a form, of a person's card, of a household's card.
//!
//! Values carry no rule: what a field accepts stands in its definition (`domain::form`).

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::day::Day;

/// The answers of one form or card: field key → value. A field without an answer is absent.
pub type Answers = BTreeMap<String, Value>;

/// One answer. The variant names are the format of journal entries and never change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Bool(bool),
    /// One official option code, digits as printed (`"1"`, `"10"`, `"01"`) or an application key.
    Code(String),
    /// Several option codes, in the order of the field's options.
    Codes(Vec<String>),
    Int(i64),
    Dec(Decimal),
    Text(String),
    Date(#[serde(with = "crate::domain::written_day")] Day),
    /// A year and, where known, a month 1–12.
    Month(YearMonth),
    /// Rows of a repeated group (drugs, operations): each row its own answers.
    Rows(Vec<Answers>),
}

impl Value {
    /// Returns the code of a `Code`.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Returns the codes of a `Code` or `Codes`.
    pub fn codes(&self) -> &[String] {
        match self {
            Self::Codes(codes) => codes,
            Self::Code(code) => std::slice::from_ref(code),
            _ => &[],
        }
    }

    /// Returns the text of a `Text`.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number of an `Int` or `Dec`.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Int(n) => Some(Decimal::from_int(*n)),
            Self::Dec(n) => Some(*n),
            _ => None,
        }
    }

    /// Returns the date of a `Date`.
    pub fn date(&self) -> Option<Day> {
        match self {
            Self::Date(day) => Some(*day),
            _ => None,
        }
    }
}

/// A year and, where known, a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct YearMonth {
    pub year: i32,
    pub month: Option<u32>,
}

/// An exact decimal number with at most three decimals, kept as thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

/// The text is not a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

impl Decimal {
    /// Returns the number of `thousandths`.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Returns the whole number `n`; numbers beyond range are clamped.
    pub const fn from_int(n: i64) -> Self {
        Self(n.saturating_mul(1000))
    }

    /// Returns the number in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Returns the number rounded half up to `places` decimals (0–3).
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        let unit = 10_i64.pow(u32::from(3 - places.min(3)));
        let half = if unit == 1 { 0 } else { unit / 2 };
        Self((self.0 + half).div_euclid(unit) * unit)
    }

    /// Writes the number with exactly `places` decimals (0–3), rounded half up.
    pub fn with_places(self, places: u8) -> String {
        let places = places.min(3);
        let rounded = self.rounded(places);
        let sign = if rounded.0 < 0 { "-" } else { "" };
        let whole = rounded.0.unsigned_abs() / 1000;
        if places == 0 {
            return format!("{sign}{whole}");
        }
        let fraction = format!("{:03}", rounded.0.unsigned_abs() % 1000);
        format!("{sign}{whole}.{}", &fraction[..usize::from(places)])
    }
}

impl fmt::Display for Decimal {
    /// Writes the shortest form: `6`, `6.1`, `6.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = self.with_places(3);
        f.write_str(full.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Decimal {
    type Err = NotANumber;

    /// Reads `6`, `6.1`, `-0.5`; more than three decimals are rounded half up.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |t| (true, t));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !plain(whole) || !plain(fraction) {
            return Err(NotANumber);
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| NotANumber)?
        };
        let mut thousandths = 0;
        for place in 0..4 {
            let digit = fraction
                .as_bytes()
                .get(place)
                .map_or(0, |b| i64::from(b - b'0'));
            if place < 3 {
                thousandths = thousandths * 10 + digit;
            } else if digit >= 5 {
                thousandths += 1;
            }
        }
        let total = whole
            .checked_mul(1000)
            .and_then(|w| w.checked_add(thousandths));
        total
            .map(|n| Self(if negative { -n } else { n }))
            .ok_or(NotANumber)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|NotANumber| de::Error::custom("not a decimal number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("6", "6")]
    #[case("6.10", "6.1")]
    #[case(".5", "0.5")]
    #[case("-0.05", "-0.05")]
    #[case("1.0005", "1.001")]
    fn decimals_are_written_shortest(#[case] typed: &str, #[case] shown: &str) {
        assert_eq!(typed.parse::<Decimal>().unwrap().to_string(), shown);
    }

    #[rstest]
    #[case("66.45", 1, "66.5")]
    #[case("66.44", 1, "66.4")]
    #[case("7", 2, "7.00")]
    fn rounding_is_half_up(#[case] typed: &str, #[case] places: u8, #[case] shown: &str) {
        assert_eq!(typed.parse::<Decimal>().unwrap().with_places(places), shown);
    }

    #[rstest]
    #[case("")]
    #[case(".")]
    #[case("1.2.3")]
    #[case("１２")]
    fn other_text_is_no_number(#[case] typed: &str) {
        assert!(typed.parse::<Decimal>().is_err());
    }
}
