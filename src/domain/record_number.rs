//! 健康档案编码, the 17-digit number of a person's health record (people rules §5), and
//! the numbers of villages and households it is built beside (§1).
//!
//! It issues nothing: which serial is next is the store's knowledge.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::identity;

/// Digits of a record number.
pub const RECORD_DIGITS: usize = 17;

/// Digits of a village code: county 6, town 3, village 3.
pub const VILLAGE_DIGITS: usize = 12;

/// The largest personal serial.
pub const LAST_SERIAL: u32 = 99_999;

/// Why a record number or a village code cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordFault {
    /// The number has the wrong length.
    Length { given: usize, wanted: usize },
    /// Something other than a digit stands in it.
    Digit,
    /// The personal serial lies outside 00001–99999.
    Serial,
}

impl RecordFault {
    /// Returns the stable error code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E-REC-LEN",
            Self::Digit | Self::Serial => "E-REC-DIGIT",
        }
    }
}

/// What is worth a word about a record number that is taken all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordRemark {
    /// Segment 3 is none of 001–099, 101–199, 901–999.
    Segment3,
}

impl RecordRemark {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Segment3 => "W-REC-SEG3",
        }
    }
}

/// A village by its 12-digit code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VillageCode(String);

impl VillageCode {
    /// Returns the county's six digits.
    pub fn county(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// Returns the township's three digits.
    pub fn town(&self) -> &str {
        self.0.get(6..9).unwrap_or_default()
    }

    /// Returns the village's three digits.
    pub fn village(&self) -> &str {
        self.0.get(9..).unwrap_or_default()
    }

    /// Returns all twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's record number, 17 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordNumber(String);

impl RecordNumber {
    /// Builds the number of the `serial`-th person (1–99999) of a village.
    pub fn build(village: &VillageCode, serial: u32) -> Result<Self, RecordFault> {
        if serial == 0 || LAST_SERIAL < serial {
            return Err(RecordFault::Serial);
        }
        Ok(Self(format!("{}{serial:05}", village.as_str())))
    }

    /// Returns segments 1–3, the village the record was opened in.
    pub fn village(&self) -> VillageCode {
        VillageCode(self.0.get(..VILLAGE_DIGITS).unwrap_or_default().to_owned())
    }

    /// Returns segment 4, the personal serial 1–99999.
    pub fn serial(&self) -> u32 {
        self.0
            .get(VILLAGE_DIGITS..)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_default()
    }

    /// Returns what the forms print: `101-00027`.
    pub fn tail(&self) -> String {
        let segment = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default();
        format!("{}-{}", segment(9, 12), segment(12, 17))
    }

    /// Returns all seventeen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the soft remark on segment 3.
    pub fn remark(&self) -> Option<RecordRemark> {
        let segment: u16 = self.0.get(9..12)?.parse().ok()?;
        let known = matches!(segment, 1..=99 | 101..=199 | 901..=999);
        (!known).then_some(RecordRemark::Segment3)
    }
}

impl FromStr for VillageCode {
    type Err = RecordFault;

    /// Reads twelve digits, full-width ones and spaces included.
    fn from_str(typed: &str) -> Result<Self, RecordFault> {
        digits(typed, VILLAGE_DIGITS).map(Self)
    }
}

impl FromStr for RecordNumber {
    type Err = RecordFault;

    /// Reads seventeen digits; spaces, hyphens and full-width writing do not matter.
    fn from_str(typed: &str) -> Result<Self, RecordFault> {
        let number = Self(digits(typed, RECORD_DIGITS)?);
        if number.serial() == 0 {
            return Err(RecordFault::Serial);
        }
        Ok(number)
    }
}

/// Reads the tail of a record number as typed in a search, `101-00027` or `10100027`, as its
/// eight digits.
pub fn read_tail(typed: &str) -> Option<String> {
    digits(typed, 8).ok()
}

/// A household number built by the default rule: village 3, group 2, serial 4 digits (§1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HouseholdNumber {
    /// The village's last three digits, 0–999.
    pub village: u16,
    /// The village group, 0–99.
    pub group: u8,
    /// Serial within the group, 1–9999.
    pub serial: u16,
}

impl HouseholdNumber {
    /// Builds a number; none when a part does not fit into its digits.
    pub fn build(village: u16, group: u8, serial: u16) -> Option<Self> {
        let fits = village <= 999 && group <= 99 && (1..=9999).contains(&serial);
        fits.then_some(Self {
            village,
            group,
            serial,
        })
    }

    /// Reads nine digits; a clinic's own numbering is no number of this rule and gives none.
    pub fn read(hh_no: &str) -> Option<Self> {
        let number = digits(hh_no, 9).ok()?;
        Self::build(
            number.get(..3)?.parse().ok()?,
            number.get(3..5)?.parse().ok()?,
            number.get(5..)?.parse().ok()?,
        )
    }

    /// Returns the door proposed for the household: its serial with at least three digits.
    pub fn door(self) -> String {
        format!("{:03}", self.serial)
    }
}

impl fmt::Display for HouseholdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}{:02}{:04}", self.village, self.group, self.serial)
    }
}

/// Where a household stands: shown as `3-012` and sorted as people walk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GroupDoor {
    /// The village group as kept, `3` or `3组`; empty when unknown.
    pub group: String,
    /// The door, up to six characters; empty when unknown.
    pub door: String,
}

impl GroupDoor {
    /// Returns `3-012`, with the village's first character before it when `village` is given
    /// (the clinic has more than one village): `石3-012`.
    pub fn shown(&self, village: Option<&str>) -> String {
        let mut shown = String::new();
        shown.extend(village.and_then(|name| name.chars().next()));
        let group = self.group.trim_end_matches(['组', '社', '队']);
        match (group.is_empty(), self.door.is_empty()) {
            (true, _) => shown.push_str(&self.door),
            (false, true) => shown.push_str(group),
            (false, false) => {
                shown.push_str(group);
                shown.push('-');
                shown.push_str(&self.door);
            }
        }
        shown
    }
}

impl PartialOrd for GroupDoor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GroupDoor {
    /// Numbers count as numbers, `2-9` before `2-10` before `10-1`; what has none comes last.
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |text: &str| leading_number(text).unwrap_or(u32::MAX);
        number(&self.group)
            .cmp(&number(&other.group))
            .then_with(|| self.group.cmp(&other.group))
            .then_with(|| number(&self.door).cmp(&number(&other.door)))
            .then_with(|| self.door.cmp(&other.door))
    }
}

impl TryFrom<String> for VillageCode {
    type Error = RecordFault;

    fn try_from(text: String) -> Result<Self, RecordFault> {
        text.parse()
    }
}

impl From<VillageCode> for String {
    fn from(code: VillageCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for RecordNumber {
    type Error = RecordFault;

    fn try_from(text: String) -> Result<Self, RecordFault> {
        text.parse()
    }
}

impl From<RecordNumber> for String {
    fn from(number: RecordNumber) -> Self {
        number.0
    }
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Returns exactly `wanted` ASCII digits of a typed number.
fn digits(typed: &str, wanted: usize) -> Result<String, RecordFault> {
    let number: String = identity::normalise(typed)
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let given = number.chars().count();
    if given != wanted {
        return Err(RecordFault::Length { given, wanted });
    }
    if number.bytes().all(|b| b.is_ascii_digit()) {
        Ok(number)
    } else {
        Err(RecordFault::Digit)
    }
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_example_of_the_standard_reads_and_prints() {
        let village: VillageCode = "150622103101".parse().unwrap();
        assert_eq!(
            (village.county(), village.town(), village.village()),
            ("150622", "103", "101")
        );
        let number = RecordNumber::build(&village, 27).unwrap();
        assert_eq!(number.as_str(), "15062210310100027");
        assert_eq!(number.tail(), "101-00027");
        assert_eq!((number.serial(), number.village()), (27, village));
        assert_eq!("１５０６２２ 103 101-00027".parse(), Ok(number));
        assert_eq!(read_tail("101-00027").as_deref(), Some("10100027"));
    }

    #[rstest]
    #[case("1506221031010002", "E-REC-LEN")]
    #[case("1506221031010002A", "E-REC-DIGIT")]
    #[case("15062210310100000", "E-REC-DIGIT")]
    #[case("一五零六二二一零三一零一零零零二七", "E-REC-DIGIT")]
    fn other_numbers_are_refused(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(typed.parse::<RecordNumber>().unwrap_err().code(), code);
    }

    #[rstest]
    #[case("001", true)]
    #[case("099", true)]
    #[case("000", false)]
    #[case("100", false)]
    #[case("101", true)]
    #[case("200", false)]
    #[case("900", false)]
    #[case("999", true)]
    fn segment_3_tells_the_kind_of_village(#[case] segment: &str, #[case] known: bool) {
        let number: RecordNumber = format!("150622103{segment}00027").parse().unwrap();
        assert_eq!(number.remark().is_none(), known);
    }

    #[test]
    fn serials_stay_within_five_digits() {
        let village: VillageCode = "150622103101".parse().unwrap();
        assert_eq!(RecordNumber::build(&village, 0), Err(RecordFault::Serial));
        assert_eq!(
            RecordNumber::build(&village, 100_000),
            Err(RecordFault::Serial)
        );
    }

    #[test]
    fn a_household_number_is_village_group_and_serial() {
        let number = HouseholdNumber::build(103, 2, 17).unwrap();
        assert_eq!(number.to_string(), "103020017");
        assert_eq!(HouseholdNumber::read("103020017"), Some(number));
        assert_eq!(number.door(), "017");
        assert_eq!(HouseholdNumber::read("H000001"), None);
        assert_eq!(HouseholdNumber::read("103020000"), None);
        assert_eq!(HouseholdNumber::build(1000, 2, 17), None);
    }

    fn place(group: &str, door: &str) -> GroupDoor {
        GroupDoor {
            group: group.to_owned(),
            door: door.to_owned(),
        }
    }

    #[rstest]
    #[case("3", "012", None, "3-012")]
    #[case("3组", "012", Some("石桥村"), "石3-012")]
    #[case("", "012", None, "012")]
    #[case("3", "", None, "3")]
    fn a_household_is_shown_by_group_and_door(
        #[case] group: &str,
        #[case] door: &str,
        #[case] village: Option<&str>,
        #[case] shown: &str,
    ) {
        assert_eq!(place(group, door).shown(village), shown);
    }

    #[test]
    fn households_are_sorted_as_people_walk() {
        let mut places = [
            place("10", "1"),
            place("河西", "1"),
            place("2", "10"),
            place("2", "甲"),
            place("2", "9"),
        ];
        places.sort();
        let shown: Vec<_> = places.iter().map(|p| p.shown(None)).collect();
        assert_eq!(shown, ["2-9", "2-10", "2-甲", "10-1", "河西-1"]);
    }

    proptest! {
        #[test]
        fn no_text_at_all_brings_reading_down(typed in any::<String>()) {
            let _ = typed.parse::<RecordNumber>();
            let _ = HouseholdNumber::read(&typed);
            let _ = place(&typed, &typed).shown(Some(&typed));
        }
    }
}
