//! The agreement's number (agreements §7): `QY`, the village's 12 digits, the year, a serial.
//!
//! It issues nothing by itself: which serial was the last of a year is told. A number once
//! given is never given again, also not after 作废, because the last serial never goes back.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::domain::record_number::{VILLAGE_DIGITS, VillageCode};

/// The largest serial of a village and year.
pub const LAST_SERIAL: u32 = 99_999;
const MARK: &str = "QY";
const YEAR_END: usize = VILLAGE_DIGITS + 4;
const DIGITS: usize = YEAR_END + 5;

/// The text is no agreement number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

/// A number of an agreement, `QY150622103101202500042`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgreementNumber(String);

impl AgreementNumber {
    /// Returns the number after serial `last` of the village in the year; none when the serials
    /// of the year are used up or the year has not four digits.
    pub fn after(village: &VillageCode, year: i32, last: u32) -> Option<Self> {
        let serial = last.checked_add(1)?;
        let fits = serial <= LAST_SERIAL && (1000..=9999).contains(&year);
        fits.then(|| Self(format!("{MARK}{}{year:04}{serial:05}", village.as_str())))
    }

    /// Returns the serial within village and year, from 1.
    pub fn serial(&self) -> u32 {
        self.digits(YEAR_END, DIGITS).parse().unwrap_or_default()
    }

    /// Returns the year the number was given in.
    pub fn year(&self) -> i32 {
        let year = self.digits(VILLAGE_DIGITS, YEAR_END);
        year.parse().unwrap_or_default()
    }

    /// Returns the 12 digits of the village.
    pub fn village(&self) -> &str {
        self.digits(0, VILLAGE_DIGITS)
    }

    /// Returns the whole number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn digits(&self, from: usize, to: usize) -> &str {
        let (from, to) = (MARK.len() + from, MARK.len() + to);
        self.0.get(from..to).unwrap_or_default()
    }
}

impl FromStr for AgreementNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim().to_ascii_uppercase();
        let digits = text.strip_prefix(MARK).ok_or(NotANumber)?;
        let is_whole = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        let number = Self(text);
        (is_whole && number.serial() != 0)
            .then_some(number)
            .ok_or(NotANumber)
    }
}

impl TryFrom<String> for AgreementNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map_err(|NotANumber| format!("{text} is no agreement number"))
    }
}

impl From<AgreementNumber> for String {
    fn from(number: AgreementNumber) -> Self {
        number.0
    }
}

impl fmt::Display for AgreementNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_village_year_and_serial() {
        let village: VillageCode = "150622103101".parse().unwrap();
        let number = AgreementNumber::after(&village, 2025, 41).unwrap();
        assert_eq!(number.as_str(), "QY150622103101202500042");
        assert_eq!((number.year(), number.serial()), (2025, 42));
        assert_eq!("qy150622103101202500042".parse(), Ok(number));
        for wrong in ["QY15062210310120250004", "150622103101202500042", "QY"] {
            assert_eq!(wrong.parse::<AgreementNumber>(), Err(NotANumber));
        }
        assert_eq!(AgreementNumber::after(&village, 2025, LAST_SERIAL), None);
    }
}
