//! The 18-character citizen number (GB 11643-1999), its 15-digit ancestor, and the same number
//! on residence cards (§3.2–§3.5).
//!
//! It keeps no list of counties: codes are abolished over time while old cards keep them.

use chrono::Datelike;

use super::{DocumentKind, IdentityFault, Sex, document::is_old_foreigner_card};
use crate::domain::day::Day;

/// Length of today's number.
pub const LENGTH: usize = 18;

/// Length of the number before 1999.
pub const OLD_LENGTH: usize = 15;

/// Weights of the seventeen digits, left to right.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Check characters by the remainder mod 11.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The earliest birth year a number may carry.
const FIRST_YEAR: i32 = 1800;

/// What a number says about its bearer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    pub birth: Option<Day>,
    pub sex: Option<Sex>,
    /// The 18-character number of a 15-digit one.
    pub converted: Option<String>,
}

/// Reads a normalised number on a document of `kind`; the first failing check is reported.
pub fn read(kind: DocumentKind, number: &str, today: Day) -> Result<Read, IdentityFault> {
    let given = number.chars().count();
    if given == OLD_LENGTH && kind.had_old_numbers() {
        return read_old(kind, number, today);
    }
    if kind == DocumentKind::ForeignerCard && is_old_foreigner_card(number) {
        return Ok(Read::default());
    }
    if given != LENGTH {
        return Err(IdentityFault::Length { kind, given });
    }
    let digits = digits(number.get(..17)).ok_or(IdentityFault::Character { kind })?;
    let last = number
        .chars()
        .next_back()
        .filter(|c| c.is_ascii_digit() || *c == 'X')
        .ok_or(IdentityFault::Character { kind })?;
    if !is_place(kind, number) {
        return Err(IdentityFault::Region { kind });
    }
    let birth = number
        .get(6..14)
        .and_then(birth)
        .ok_or(IdentityFault::Date)?;
    if today < birth {
        return Err(IdentityFault::Future { birth });
    }
    if check_of(&digits) != Some(last) {
        return Err(IdentityFault::Check);
    }
    Ok(Read {
        birth: Some(birth),
        sex: digits.last().map(|d| sex(*d)),
        converted: None,
    })
}

/// Returns the check character of seventeen digits, or none if they are not seventeen digits.
pub fn check_character(seventeen: &str) -> Option<char> {
    digits(Some(seventeen)).and_then(|digits| check_of(&digits))
}

/// Converts a 15-digit number (§3.5): the century goes in after position 6, the check character
/// to the end. Sequences 996–999 belong to people born in the nineteenth century.
pub fn convert(old: &str) -> Option<String> {
    digits(Some(old)).filter(|digits| digits.len() == OLD_LENGTH)?;
    let sequence = old.get(12..)?;
    let century = if matches!(sequence, "996" | "997" | "998" | "999") {
        "18"
    } else {
        "19"
    };
    let mut number = format!("{}{century}{}", old.get(..6)?, old.get(6..)?);
    number.push(check_character(&number)?);
    Some(number)
}

/// Builds the number of a person registered in `area` (six digits) as the `sequence`-th (0–999)
/// of the day, odd for a man; none if a part does not fit.
pub fn compose(area: u32, birth: Day, sequence: u16) -> Option<String> {
    let mut number = format!("{area:06}{}{sequence:03}", birth.format("%Y%m%d"));
    number.push(check_character(&number)?);
    Some(number)
}

fn read_old(kind: DocumentKind, number: &str, today: Day) -> Result<Read, IdentityFault> {
    let converted = convert(number).ok_or(IdentityFault::Character { kind })?;
    let mut read = read(kind, &converted, today)?;
    read.converted = Some(converted);
    Ok(read)
}

/// Reads ASCII digits; none if any character is something else.
fn digits(text: Option<&str>) -> Option<Vec<u32>> {
    text?.chars().map(|c| c.to_digit(10)).collect()
}

fn check_of(digits: &[u32]) -> Option<char> {
    if digits.len() != WEIGHTS.len() {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let remainder = usize::try_from(sum % 11).ok()?;
    CHECKS.get(remainder).copied()
}

/// Reads YYYYMMDD from [`FIRST_YEAR`] on.
fn birth(text: &str) -> Option<Day> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(part(0, 4)?).ok()?;
    Day::from_ymd_opt(year, part(4, 6)?, part(6, 8)?).filter(|day| FIRST_YEAR <= day.year())
}

const fn sex(digit: u32) -> Sex {
    if digit % 2 == 1 {
        Sex::Male
    } else {
        Sex::Female
    }
}

/// Tells whether the number's first digits belong to the document: a province for citizens, the
/// three regions for their residents' card, 9 for foreigners.
fn is_place(kind: DocumentKind, number: &str) -> bool {
    match kind {
        DocumentKind::ForeignerCard => number.starts_with('9'),
        DocumentKind::RegionResidentCard => {
            matches!(number.get(..6), Some("810000" | "820000" | "830000"))
        }
        DocumentKind::IdentityCard
        | DocumentKind::HouseholdRegister
        | DocumentKind::Passport
        | DocumentKind::OfficerCard
        | DocumentKind::DrivingLicence
        | DocumentKind::HongKongMacaoPermit
        | DocumentKind::TaiwanPermit
        | DocumentKind::BirthCertificate
        | DocumentKind::Other => number
            .get(..2)
            .and_then(|province| province.parse::<u8>().ok())
            .is_some_and(is_province),
    }
}

/// The provinces of GB/T 2260 by their first two digits.
const fn is_province(code: u8) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}
