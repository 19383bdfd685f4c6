//! Identity documents: which number a resident may carry and what is wrong with one
//! (people rules §3).
//!
//! It does not know who else carries the number (E-PER-DUP is the desk's question), ships no
//! county list, and never repairs a number: it normalises writing, nothing else.

pub mod citizen;
pub mod document;

use serde::{Deserialize, Serialize};

use super::{
    day::{Day, age_years, plus_days},
    text::{Text, half_width, is_invisible},
};
pub use document::DocumentKind;

/// Age in years above which a number is read but remarked upon (§3.2).
pub const REMARKABLE_AGE: u32 = 110;

/// Days after birth during which a newborn needs no number without a word about it (§3.6).
pub const NEWBORN_GRACE_DAYS: i64 = 60;

/// Days between two reminders to add a missing number (§3.6).
pub const REMINDER_DAYS: i64 = 30;

/// 性别, with the codes of the national form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Unknown,
    Male,
    Female,
    Unspecified,
}

impl Sex {
    /// Lists every sex in the order of the form.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Male, Self::Female, Self::Unspecified];

    /// Returns the official code: `0`, `1`, `2` or `9`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "0",
            Self::Male => "1",
            Self::Female => "2",
            Self::Unspecified => "9",
        }
    }

    /// Returns the sex of an official code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }

    /// Returns the wording of the form.
    pub const fn name(self) -> Text {
        match self {
            Self::Unknown => Text {
                zh: "未知的性别",
                en: "unknown",
            },
            Self::Male => Text {
                zh: "男",
                en: "male",
            },
            Self::Female => Text {
                zh: "女",
                en: "female",
            },
            Self::Unspecified => Text {
                zh: "未说明的性别",
                en: "not stated",
            },
        }
    }
}

/// A number that passed every hard check, and what it says about its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub kind: DocumentKind,
    /// Normalised writing: half-width, no spaces, capital letters.
    pub number: String,
    /// Birth date the number carries; none for documents without one.
    pub birth: Option<Day>,
    /// Sex the number carries; none for documents without one.
    pub sex: Option<Sex>,
    /// Soft remarks, in the order they were found.
    pub remarks: Vec<IdentityRemark>,
}

/// Why a number cannot be taken. The first failing check of §3.2 is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityFault {
    /// The number has the wrong length; `given` counts characters after normalisation.
    Length { kind: DocumentKind, given: usize },
    /// A character stands where the document does not allow it.
    Character { kind: DocumentKind },
    /// The first digits name no place that issues this document.
    Region { kind: DocumentKind },
    /// The birth date inside the number does not exist or lies before 1800.
    Date,
    /// The birth date inside the number lies after today.
    Future { birth: Day },
    /// The last character does not fit the seventeen before it.
    Check,
}

impl IdentityFault {
    /// Returns the stable error code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E-ID-LEN",
            Self::Character { .. } => "E-ID-CHAR",
            Self::Region { .. } => "E-ID-REGION",
            Self::Date => "E-ID-DATE",
            Self::Future { .. } => "E-ID-FUTURE",
            Self::Check => "E-ID-CHECK",
        }
    }
}

/// What is worth a word about a number that is taken all the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IdentityRemark {
    /// A 15-digit number from before 1999; `converted` is the 18-character number to offer (§3.5).
    Old15 { converted: String },
    /// The bearer would be older than [`REMARKABLE_AGE`].
    Age { years: u32 },
}

impl IdentityRemark {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Old15 { .. } => "E-ID-OLD15",
            Self::Age { .. } => "W-ID-AGE",
        }
    }
}

/// The number says otherwise than what was typed before it (§3.2 step 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disagreement {
    Birth { number: Day, typed: Day },
    Sex { number: Sex, typed: Sex },
}

impl Disagreement {
    /// Returns the stable error code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Birth { .. } => "E-ID-BIRTH",
            Self::Sex { .. } => "E-ID-SEX",
        }
    }
}

/// Returns the number as it is compared and kept: full-width signs become half-width, spaces and
/// invisible characters go, Latin letters become capitals.
pub fn normalise(typed: &str) -> String {
    typed
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Checks a typed number as a document of `kind`, in the order of §3.2; the first fault ends it.
pub fn check(kind: DocumentKind, typed: &str, today: Day) -> Result<Document, IdentityFault> {
    let number = normalise(typed);
    let read = if kind.carries_citizen_number() {
        citizen::read(kind, &number, today)?
    } else {
        document::check_writing(kind, &number)?;
        citizen::Read::default()
    };
    let mut remarks = Vec::new();
    if let Some(converted) = read.converted {
        remarks.push(IdentityRemark::Old15 { converted });
    }
    let years = read.birth.map_or(0, |birth| age_years(birth, today));
    if REMARKABLE_AGE < years {
        remarks.push(IdentityRemark::Age { years });
    }
    Ok(Document {
        kind,
        number,
        birth: read.birth,
        sex: read.sex,
        remarks,
    })
}

impl Document {
    /// Compares the number with what was typed before it; unknown or unstated sex never disagrees.
    ///
    /// Whether a disagreement stops or only warns is [`DocumentKind::disagreement_is_soft`].
    pub fn disagreements(&self, birth: Option<Day>, sex: Option<Sex>) -> Vec<Disagreement> {
        let mut found = Vec::new();
        if let (Some(number), Some(typed)) = (self.birth, birth)
            && number != typed
        {
            found.push(Disagreement::Birth { number, typed });
        }
        if let (Some(number), Some(typed)) = (self.sex, sex)
            && matches!(typed, Sex::Male | Sex::Female)
            && number != typed
        {
            found.push(Disagreement::Sex { number, typed });
        }
        found
    }
}

/// Returns the number as lists show it (§3.8): `150622********2047`; short numbers keep two
/// characters at each end, the shortest none.
pub fn masked(number: &str) -> String {
    let length = number.chars().count();
    let (head, tail) = match length {
        0..=4 => (0, 0),
        5..=14 => (2, 2),
        _ => (6, 4),
    };
    number
        .chars()
        .enumerate()
        .map(|(at, c)| {
            if at < head || length <= at + tail {
                c
            } else {
                '*'
            }
        })
        .collect()
}

/// Returns the latest day, up to `today`, on which 补录身份证号 is to be reminded for a child
/// without a number, or none while the child is at most [`NEWBORN_GRACE_DAYS`] old.
pub fn number_reminder(birth: Day, today: Day) -> Option<Day> {
    let waited = today.signed_duration_since(birth).num_days() - NEWBORN_GRACE_DAYS - 1;
    (0 <= waited).then(|| plus_days(today, -(waited % REMINDER_DAYS)))
}

#[cfg(test)]
mod tests;
