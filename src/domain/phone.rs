//! Telephone numbers as residents give them (people rules §4).
//!
//! It knows no carriers and rings nobody; how many residents share a number is for the desk to
//! count.

use serde::{Deserialize, Serialize};

use super::{identity, text::Text};

/// Residents of different households on one number above which it is remarked upon.
pub const SHARED_RESIDENTS: usize = 5;

/// Which of a person's numbers is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhonePlace {
    /// The number by which the person is reached.
    First,
    /// A further number; only here short numbers of a virtual net are allowed.
    Second,
}

/// A telephone number that can be kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    kind: PhoneKind,
    /// All digits without extension.
    digits: String,
    extension: Option<String>,
}

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    Mobile,
    /// A landline; `area` counts the digits of its area code, 3 or 4.
    Landline {
        area: usize,
    },
    /// A landline without area code, 7–8 digits.
    LocalLandline,
    /// A short number of a virtual net, 3–6 digits.
    Short,
}

/// Why a number cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneFault {
    /// The writing is no telephone number; `digits` counts those given.
    Format { digits: usize },
    /// A short number stands as the first phone.
    ShortFirst,
}

impl PhoneFault {
    /// Returns the stable error code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format { .. } | Self::ShortFirst => "E-TEL-FORMAT",
        }
    }
}

/// What is worth a word about a number that is taken all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneRemark {
    /// A landline without area code: the clinic's area code is proposed.
    NoAreaCode,
    /// All digits of the subscriber's part are the same.
    AllEqual,
    /// The subscriber's part counts up or down.
    Sequential,
    /// More than [`SHARED_RESIDENTS`] residents of different households give this number.
    Shared { residents: usize },
}

impl PhoneRemark {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAreaCode => "W-TEL-AREA",
            Self::AllEqual => "W-TEL-EQUAL",
            Self::Sequential => "W-TEL-SEQ",
            Self::Shared { .. } => "W-TEL-SHARED",
        }
    }
}

/// Why a resident has no phone of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPhone {
    /// 1 无电话
    None,
    /// 2 不愿提供
    Unwilling,
    /// 3 由家属代接: a contact phone is required
    FamilyAnswers,
}

impl NoPhone {
    /// Lists every reason in the order of its codes.
    pub const ALL: [Self; 3] = [Self::None, Self::Unwilling, Self::FamilyAnswers];

    /// Returns the code `1`–`3`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "1",
            Self::Unwilling => "2",
            Self::FamilyAnswers => "3",
        }
    }

    /// Returns the reason's wording.
    pub const fn name(self) -> Text {
        match self {
            Self::None => Text {
                zh: "无电话",
                en: "has no phone",
            },
            Self::Unwilling => Text {
                zh: "不愿提供",
                en: "does not wish to give it",
            },
            Self::FamilyAnswers => Text {
                zh: "由家属代接",
                en: "family answers",
            },
        }
    }
}

/// Reads a typed number: full-width signs, spaces, hyphens, brackets and +86/0086 are only writing.
pub fn check(place: PhonePlace, typed: &str) -> Result<Phone, PhoneFault> {
    let written = plain(typed);
    let (number, extension) = split_extension(&written);
    let digits: String = number.chars().filter(|c| *c != '-').collect();
    let fault = PhoneFault::Format {
        digits: digits.chars().filter(char::is_ascii_digit).count(),
    };
    let kind = kind(&digits).ok_or(fault)?;
    match (kind, extension) {
        (PhoneKind::Short, _) if place == PhonePlace::First => Err(PhoneFault::ShortFirst),
        (PhoneKind::Mobile | PhoneKind::Short, Some(_)) => Err(fault),
        (_, extension) => Ok(Phone {
            kind,
            digits,
            extension: extension.map(str::to_owned),
        }),
    }
}

impl Phone {
    /// Returns what kind of number it is.
    pub const fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// Returns all digits without extension, for comparing and dialling.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Returns the digits behind 转.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Returns the number as it is kept and printed: `15487640321`, `0855-8787089`,
    /// `0855-8787089转12`.
    pub fn written(&self) -> String {
        let (area, rest) = self.parts();
        let mut written = if area.is_empty() {
            rest.to_owned()
        } else {
            format!("{area}-{rest}")
        };
        if let Some(extension) = &self.extension {
            written.push('转');
            written.push_str(extension);
        }
        written
    }

    /// Returns the landline with `area` (3–4 digits beginning with 0) before it; other kinds and
    /// unfit area codes leave it as it is.
    #[must_use]
    pub fn with_area(self, area: &str) -> Self {
        let digits = format!("{area}{}", self.digits);
        match (self.kind, kind(&digits)) {
            (PhoneKind::LocalLandline, Some(kind @ PhoneKind::Landline { area: length }))
                if length == area.len() =>
            {
                Self {
                    kind,
                    digits,
                    extension: self.extension,
                }
            }
            _ => self,
        }
    }

    /// Returns the soft remarks that the number alone gives.
    pub fn remarks(&self) -> Vec<PhoneRemark> {
        let mut found = Vec::new();
        if self.kind == PhoneKind::LocalLandline {
            found.push(PhoneRemark::NoAreaCode);
        }
        let subscriber = match self.kind {
            PhoneKind::Mobile => self.digits.get(3..).unwrap_or_default(),
            PhoneKind::Landline { .. } | PhoneKind::LocalLandline => self.parts().1,
            PhoneKind::Short => return found,
        };
        if steps_by(subscriber, 0) {
            found.push(PhoneRemark::AllEqual);
        } else if steps_by(subscriber, 1) || steps_by(subscriber, -1) {
            found.push(PhoneRemark::Sequential);
        }
        found
    }

    /// Returns the number as lists show it: `154****0321`, `0855****089`.
    pub fn masked(&self) -> String {
        match self.kind {
            PhoneKind::Mobile => hide_four(&self.digits, 3),
            PhoneKind::Landline { area } => hide_four(&self.digits, area),
            PhoneKind::LocalLandline => hide_four(&self.digits, 0),
            PhoneKind::Short => "*".repeat(self.digits.len()),
        }
    }

    /// Returns area code and subscriber's number; without area code the first is empty.
    fn parts(&self) -> (&str, &str) {
        match self.kind {
            PhoneKind::Landline { area } => self.digits.split_at_checked(area),
            PhoneKind::Mobile | PhoneKind::LocalLandline | PhoneKind::Short => None,
        }
        .unwrap_or(("", &self.digits))
    }
}

/// Returns the kind of a number of digits alone.
fn kind(digits: &str) -> Option<PhoneKind> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let second = digits.as_bytes().get(1).copied().unwrap_or_default();
    match (digits.len(), digits.starts_with('0')) {
        (11, false) if digits.starts_with('1') && (b'3'..=b'9').contains(&second) => {
            Some(PhoneKind::Mobile)
        }
        (10..=12, true) => {
            let area = area_length(digits);
            let subscriber = digits.len() - area;
            (7..=8)
                .contains(&subscriber)
                .then_some(PhoneKind::Landline { area })
        }
        (7..=8, false) => Some(PhoneKind::LocalLandline),
        (3..=6, _) => Some(PhoneKind::Short),
        _ => None,
    }
}

/// Area codes have three digits in 010 and 02x, four elsewhere.
fn area_length(digits: &str) -> usize {
    if digits.starts_with("01") || digits.starts_with("02") {
        3
    } else {
        4
    }
}

/// Returns half-width writing without spaces, brackets and the country's code.
fn plain(typed: &str) -> String {
    let half: String = identity::normalise(typed)
        .chars()
        .filter(|c| !matches!(c, '(' | ')'))
        .map(|c| match c {
            '‐'..='―' | '−' | '－' | '_' => '-',
            _ => c,
        })
        .collect();
    let bare = half
        .strip_prefix("+86")
        .or_else(|| half.strip_prefix("0086"))
        .or_else(|| {
            let rest = half.strip_prefix("86")?;
            let digits: String = rest.chars().filter(|c| *c != '-').collect();
            (kind(&digits) == Some(PhoneKind::Mobile)).then_some(rest)
        });
    bare.unwrap_or(&half).trim_matches('-').to_owned()
}

/// Splits `0855-8787089-12` and `0855-8787089转12` into number and extension.
fn split_extension(written: &str) -> (&str, Option<&str>) {
    let is_extension =
        |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((number, extension)) = written.split_once('转')
        && is_extension(extension)
    {
        return (number.trim_end_matches('-'), Some(extension));
    }
    if let Some((number, extension)) = written.rsplit_once('-')
        && is_extension(extension)
    {
        let digits: String = number.chars().filter(|c| *c != '-').collect();
        if matches!(kind(&digits), Some(PhoneKind::Landline { .. })) {
            return (number, Some(extension));
        }
    }
    (written, None)
}

fn hide_four(digits: &str, from: usize) -> String {
    let head = digits.get(..from).unwrap_or_default();
    let tail = digits.get(from + 4..).unwrap_or_default();
    format!("{head}****{tail}")
}

/// Tells whether each digit is the one before it plus `step`.
fn steps_by(digits: &str, step: i16) -> bool {
    let bytes = digits.as_bytes();
    2 < bytes.len()
        && bytes
            .iter()
            .zip(bytes.iter().skip(1))
            .all(|(a, b)| i16::from(*b) - i16::from(*a) == step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("15487640321", "15487640321")]
    #[case("154 8764 0321", "15487640321")]
    #[case("１５４-8764－0321", "15487640321")]
    #[case("+8617992005958", "17992005958")]
    #[case("0086 179 9200 5958", "17992005958")]
    #[case("86-17911202827", "17911202827")]
    #[case("0855-8787089", "0855-8787089")]
    #[case("(0855)878 7089", "0855-8787089")]
    #[case("01065529988", "010-65529988")]
    #[case("+86-0855-8787089", "0855-8787089")]
    #[case("0855-8787089-12", "0855-8787089转12")]
    #[case("0855-8787089转12", "0855-8787089转12")]
    #[case("8787089", "8787089")]
    fn numbers_are_kept_in_one_writing(#[case] typed: &str, #[case] kept: &str) {
        let phone = check(PhonePlace::First, typed).unwrap();
        assert_eq!(phone.written(), kept);
        assert_eq!(check(PhonePlace::First, &phone.written()), Ok(phone));
    }

    #[rstest]
    #[case("")]
    #[case("无")]
    #[case("12487640321")]
    #[case("1548764032")]
    #[case("154876403211")]
    #[case("179****8120")]
    #[case("1.7911E+10")]
    #[case("15487640321转8")]
    #[case("085587870")]
    #[case("61234")]
    fn other_writing_is_refused(#[case] typed: &str) {
        let fault = check(PhonePlace::First, typed).unwrap_err();
        assert_eq!(fault.code(), "E-TEL-FORMAT");
    }

    #[test]
    fn a_short_number_is_a_second_phone_only() {
        assert_eq!(
            check(PhonePlace::First, "61234"),
            Err(PhoneFault::ShortFirst)
        );
        let short = check(PhonePlace::Second, "61234").unwrap();
        assert_eq!((short.kind(), short.remarks()), (PhoneKind::Short, vec![]));
    }

    #[rstest]
    #[case("15487640321", &[])]
    #[case("15466666666", &[PhoneRemark::AllEqual])]
    #[case("15412345678", &[PhoneRemark::Sequential])]
    #[case("0855-7654321", &[PhoneRemark::Sequential])]
    #[case("8787089", &[PhoneRemark::NoAreaCode])]
    #[case("8888888", &[PhoneRemark::NoAreaCode, PhoneRemark::AllEqual])]
    fn doubtful_numbers_are_remarked_upon(#[case] typed: &str, #[case] remarks: &[PhoneRemark]) {
        assert_eq!(check(PhonePlace::First, typed).unwrap().remarks(), remarks);
    }

    #[rstest]
    #[case("15487640321", "154****0321")]
    #[case("0855-8787089", "0855****089")]
    #[case("010-65529988", "010****9988")]
    #[case("8787089", "****089")]
    fn lists_show_the_number_masked(#[case] typed: &str, #[case] shown: &str) {
        assert_eq!(check(PhonePlace::First, typed).unwrap().masked(), shown);
    }

    #[test]
    fn the_clinics_area_code_completes_a_local_landline() {
        let local = check(PhonePlace::First, "8787089").unwrap();
        assert_eq!(local.clone().with_area("0855").written(), "0855-8787089");
        assert_eq!(local.clone().with_area("855"), local);
        let mobile = check(PhonePlace::First, "15487640321").unwrap();
        assert_eq!(mobile.clone().with_area("0855"), mobile);
    }

    proptest! {
        #[test]
        fn no_text_at_all_brings_a_check_down(typed in any::<String>()) {
            if let Ok(phone) = check(PhonePlace::Second, &typed) {
                let _ = (phone.masked(), phone.remarks());
            }
        }

        #[test]
        fn what_is_kept_reads_as_itself(typed in "[0-9\\-转＋+ 　()]{0,18}") {
            if let Ok(phone) = check(PhonePlace::Second, &typed) {
                prop_assert_eq!(check(PhonePlace::Second, &phone.written()), Ok(phone));
            }
        }
    }
}
