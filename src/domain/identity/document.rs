//! The kinds of identity documents (WS 364 CV02.01.101 and the subtypes of 99), and how the
//! numbers without a checksum are written (§3.1).
//!
//! It says nothing about numbers with a checksum: those are `citizen`.

use serde::{Deserialize, Serialize};

use super::{IdentityFault, citizen};
use crate::domain::text::Text;

/// A kind of identity document; the subtypes of 99 are kinds of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 01 居民身份证
    IdentityCard,
    /// 02 居民户口簿
    HouseholdRegister,
    /// 03 护照
    Passport,
    /// 04 军官证
    OfficerCard,
    /// 05 驾驶证
    DrivingLicence,
    /// 06 港澳居民来往内地通行证
    HongKongMacaoPermit,
    /// 07 台湾居民来往内地通行证
    TaiwanPermit,
    /// 99/9901 外国人永久居留身份证
    ForeignerCard,
    /// 99/9902 港澳台居民居住证
    RegionResidentCard,
    /// 99/9903 出生医学证明
    BirthCertificate,
    /// 99/9900 其他
    Other,
}

impl DocumentKind {
    /// Lists every kind in the order a person chooses from.
    pub const ALL: [Self; 11] = [
        Self::IdentityCard,
        Self::HouseholdRegister,
        Self::Passport,
        Self::OfficerCard,
        Self::DrivingLicence,
        Self::HongKongMacaoPermit,
        Self::TaiwanPermit,
        Self::ForeignerCard,
        Self::RegionResidentCard,
        Self::BirthCertificate,
        Self::Other,
    ];

    /// Returns the official `id_type`, `01`–`07` or `99`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IdentityCard => "01",
            Self::HouseholdRegister => "02",
            Self::Passport => "03",
            Self::OfficerCard => "04",
            Self::DrivingLicence => "05",
            Self::HongKongMacaoPermit => "06",
            Self::TaiwanPermit => "07",
            Self::ForeignerCard
            | Self::RegionResidentCard
            | Self::BirthCertificate
            | Self::Other => "99",
        }
    }

    /// Returns the `id_sub` of a document of type 99.
    pub const fn subtype(self) -> Option<&'static str> {
        match self {
            Self::ForeignerCard => Some("9901"),
            Self::RegionResidentCard => Some("9902"),
            Self::BirthCertificate => Some("9903"),
            Self::Other => Some("9900"),
            Self::IdentityCard
            | Self::HouseholdRegister
            | Self::Passport
            | Self::OfficerCard
            | Self::DrivingLicence
            | Self::HongKongMacaoPermit
            | Self::TaiwanPermit => None,
        }
    }

    /// Returns the kind of an `id_type` and `id_sub`; type 99 without a subtype is [`Self::Other`].
    pub fn from_codes(id_type: &str, id_sub: Option<&str>) -> Option<Self> {
        let wanted = if id_type == "99" {
            Some(id_sub.unwrap_or("9900"))
        } else {
            None
        };
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == id_type && kind.subtype() == wanted)
    }

    /// Returns the document's name.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::IdentityCard => ("居民身份证", "resident identity card"),
            Self::HouseholdRegister => ("居民户口簿", "household register"),
            Self::Passport => ("护照", "passport"),
            Self::OfficerCard => ("军官证", "officer's card"),
            Self::DrivingLicence => ("驾驶证", "driving licence"),
            Self::HongKongMacaoPermit => (
                "港澳居民来往内地通行证",
                "mainland travel permit for Hong Kong and Macao residents",
            ),
            Self::TaiwanPermit => (
                "台湾居民来往内地通行证",
                "mainland travel permit for Taiwan residents",
            ),
            Self::ForeignerCard => (
                "外国人永久居留身份证",
                "foreign permanent resident identity card",
            ),
            Self::RegionResidentCard => (
                "港澳台居民居住证",
                "residence permit for Hong Kong, Macao and Taiwan residents",
            ),
            Self::BirthCertificate => ("出生医学证明", "medical certificate of birth"),
            Self::Other => ("其他法定有效证件", "other legal document"),
        };
        Text { zh, en }
    }

    /// Tells whether the number is a checksummed 18-character one.
    pub const fn carries_citizen_number(self) -> bool {
        match self {
            Self::IdentityCard
            | Self::HouseholdRegister
            | Self::DrivingLicence
            | Self::ForeignerCard
            | Self::RegionResidentCard => true,
            Self::Passport
            | Self::OfficerCard
            | Self::HongKongMacaoPermit
            | Self::TaiwanPermit
            | Self::BirthCertificate
            | Self::Other => false,
        }
    }

    /// Tells whether 15 digits can be an older form of this document's number (§3.5).
    pub const fn had_old_numbers(self) -> bool {
        matches!(
            self,
            Self::IdentityCard | Self::HouseholdRegister | Self::DrivingLicence
        )
    }

    /// Tells whether a birth date or sex other than the number's only warns (§3.4).
    pub const fn disagreement_is_soft(self) -> bool {
        matches!(self, Self::ForeignerCard)
    }

    /// Returns the lengths the number may have, smallest and largest, in characters.
    pub const fn lengths(self) -> (usize, usize) {
        match self {
            Self::IdentityCard
            | Self::HouseholdRegister
            | Self::DrivingLicence
            | Self::ForeignerCard
            | Self::RegionResidentCard => (citizen::LENGTH, citizen::LENGTH),
            Self::Passport => (5, 17),
            Self::OfficerCard => (4, 20),
            Self::HongKongMacaoPermit => (9, 11),
            Self::TaiwanPermit => (8, 13),
            Self::BirthCertificate => (10, 10),
            Self::Other => (1, 30),
        }
    }
}

/// Checks the writing of a normalised number that carries no checksum.
pub(super) fn check_writing(kind: DocumentKind, number: &str) -> Result<(), IdentityFault> {
    let given = number.chars().count();
    let (least, most) = kind.lengths();
    if given < least || most < given {
        return Err(IdentityFault::Length { kind, given });
    }
    if is_written_well(kind, number) {
        Ok(())
    } else {
        Err(IdentityFault::Character { kind })
    }
}

/// Tells whether an old foreigner's card is written as three letters and twelve digits.
pub(super) fn is_old_foreigner_card(number: &str) -> bool {
    let (letters, rest) = number.split_at_checked(3).unwrap_or_default();
    letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()) && is_digits(rest, 12)
}

fn is_written_well(kind: DocumentKind, number: &str) -> bool {
    match kind {
        DocumentKind::Passport => number
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
        DocumentKind::HongKongMacaoPermit => number
            .strip_prefix(['H', 'M'])
            .is_some_and(|digits| is_digits(digits, 8) || is_digits(digits, 10)),
        DocumentKind::TaiwanPermit => {
            is_digits(number, 8) || is_digits(without_last_letter(number), 10)
        }
        DocumentKind::BirthCertificate => number
            .strip_prefix(|c: char| c.is_ascii_uppercase())
            .is_some_and(|digits| is_digits(digits, 9)),
        DocumentKind::OfficerCard
        | DocumentKind::Other
        | DocumentKind::IdentityCard
        | DocumentKind::HouseholdRegister
        | DocumentKind::DrivingLicence
        | DocumentKind::ForeignerCard
        | DocumentKind::RegionResidentCard => !number.chars().any(char::is_control),
    }
}

/// Returns the older Taiwan number without the letter that may end it, in brackets or bare.
fn without_last_letter(number: &str) -> &str {
    let bare = number.strip_suffix(')').unwrap_or(number);
    let bare = bare
        .strip_suffix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(bare);
    bare.strip_suffix('(').unwrap_or(bare)
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}
