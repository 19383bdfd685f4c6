//! A household: who lives together, where, and who is its head. Agreements are not here.

use serde::{Deserialize, Serialize};

use super::{
    day::Day,
    id::{HouseholdId, PersonId, VillageId},
    refusal::HouseholdRefusal,
    text::Text,
    value::{Answers, Value},
};

/// The household card's keys that code reads by name.
pub mod key {
    pub const GROUP: &str = "group";
    pub const DOOR: &str = "door";
    pub const ADDRESS: &str = "address";
    pub const PHONE: &str = "phone";
    pub const HH_TYPE: &str = "hh_type";
    pub const HH_FLAGS: &str = "hh_flags";
    pub const STATE: &str = "state";
    pub const DOCTOR: &str = "doctor";
    pub const HH_NO: &str = "hh_no";
    pub const OUTSIDE_NO: &str = "outside_no";
    pub const COUNTY: &str = "county6";
    pub const TOWN: &str = "town3";
    pub const VILLAGE: &str = "village3";
    pub const CREATED: &str = "created";
    pub const TYPE_BEFORE: &str = "type_before";
    pub const RISK_FOUND: &str = "risk_found";
    pub const RISKS: &str = "risks";
    pub const RISKS_OTHER: &str = "risks_other";
    pub const RISK_CLEARED: &str = "risk_cleared";
    pub const RISK_HISTORY: &str = "risk_history";
}

/// The form of a household's card.
pub const CARD: &str = "household";

/// What must be known to found a household; the card takes the rest later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basics {
    pub group: String,
    pub door: String,
    pub address: String,
    pub phone: String,
}

impl Basics {
    /// Returns the card that says this and nothing else.
    pub fn card(&self) -> Answers {
        [
            (key::GROUP, &self.group),
            (key::DOOR, &self.door),
            (key::ADDRESS, &self.address),
            (key::PHONE, &self.phone),
        ]
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(field, text)| (field.to_owned(), Value::Text(text.trim().to_owned())))
        .collect()
    }
}

/// Why somebody joined or left a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    Marriage,
    Split,
    Merge,
    MovedIn,
    MovedOut,
    Birth,
    Death,
    Correction,
}

impl MoveReason {
    /// Every reason with its official order 1–8.
    pub const ALL: [Self; 8] = [
        Self::Marriage,
        Self::Split,
        Self::Merge,
        Self::MovedIn,
        Self::MovedOut,
        Self::Birth,
        Self::Death,
        Self::Correction,
    ];

    /// Returns the reason's wording.
    pub const fn name(self) -> Text {
        match self {
            Self::Marriage => Text {
                zh: "婚嫁",
                en: "marriage",
            },
            Self::Split => Text {
                zh: "分户",
                en: "household split",
            },
            Self::Merge => Text {
                zh: "合户",
                en: "households merged",
            },
            Self::MovedIn => Text {
                zh: "迁入",
                en: "moved in",
            },
            Self::MovedOut => Text {
                zh: "迁出",
                en: "moved out",
            },
            Self::Birth => Text {
                zh: "出生",
                en: "birth",
            },
            Self::Death => Text {
                zh: "死亡",
                en: "death",
            },
            Self::Correction => Text {
                zh: "更正",
                en: "correction",
            },
        }
    }
}

/// One stay of a person in a household; the open one has no end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    pub person: PersonId,
    /// Order of this person's stays, from 1.
    pub no: u32,
    pub household: HouseholdId,
    /// None where nobody told since when: a roster says who lives here.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub from: Option<Day>,
    pub joined_by: Option<MoveReason>,
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub until: Option<Day>,
    pub left_by: Option<MoveReason>,
}

/// Returns why a person's stays cannot all be true: on some day he would live in two households.
/// The day of a move belongs to the new one.
pub fn overlap(stays: &[Stay]) -> Option<HouseholdRefusal> {
    let ends = |stay: &Stay| stay.until.unwrap_or(Day::MAX);
    let begins = |stay: &Stay| stay.from.unwrap_or(Day::MIN);
    let meets =
        |one: &Stay, other: &Stay| begins(one).max(begins(other)) < ends(one).min(ends(other));
    stays.iter().enumerate().find_map(|(at, stay)| {
        let mut before = stays.iter().take(at);
        let other = before.find(|other| other.person == stay.person && meets(stay, other))?;
        Some(HouseholdRefusal::Overlap {
            person: stay.person,
            households: [other.household, stay.household],
        })
    })
}

/// Signs that end the name of what lies around a village: county, city, township, street.
const AROUND: &str = "县区市旗镇乡道处";

/// Returns an address from the village's name on, where only the county and township stand before
/// it: who works in the village knows these. Any other address is returned whole.
pub fn within_village<'a>(address: &'a str, village: &str) -> &'a str {
    let at = (!village.is_empty()).then(|| address.rfind(village));
    let Some((around, here)) = at.flatten().and_then(|at| address.split_at_checked(at)) else {
        return address;
    };
    if around.ends_with(|sign| AROUND.contains(sign)) {
        here
    } else {
        address
    }
}

/// A household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    pub id: HouseholdId,
    pub village: VillageId,
    /// Serial of the household in its village and group, from 1; the default door.
    pub serial: u32,
    /// The number a roster gave it (户编号).
    pub outside_no: Option<String>,
    /// `None` only while a household has no members left.
    pub head: Option<PersonId>,
    /// Present members in order of joining.
    pub members: Vec<PersonId>,
    /// The next member's order number.
    pub next_member_no: u32,
    pub card: Answers,
    #[serde(with = "crate::domain::written_day")]
    pub created: Day,
    /// When it was dissolved by merging, or its last member left.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub ended: Option<Day>,
}

impl Household {
    /// Returns the text field `key`, or an empty text.
    pub fn text(&self, key: &str) -> &str {
        self.card.get(key).and_then(Value::text).unwrap_or_default()
    }

    /// Returns the village group's number; 0 when it has none or is not numbered.
    pub fn group(&self) -> u32 {
        let digits: String = self
            .text(key::GROUP)
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().unwrap_or(0)
    }

    /// Returns the door: as given, else the household's serial.
    pub fn door(&self) -> String {
        match self.text(key::DOOR) {
            "" => format!("{:03}", self.serial),
            door => door.to_owned(),
        }
    }

    /// Returns the place as shown and sorted, group-door: `3-012`.
    pub fn place(&self) -> String {
        format!("{}-{}", self.group(), self.door())
    }

    /// Returns the place as shown where there are several villages: the village's first
    /// character before group and door, `石3-012`.
    pub fn place_in(&self, village: &str) -> String {
        let first = village.chars().next();
        first.map_or_else(|| self.place(), |first| format!("{first}{}", self.place()))
    }

    /// Returns the household number, 9 digits: village 3 + group 2 + serial 4
    /// (`103020017`), where the village's 12-digit code is known.
    pub fn number(&self, village_code: Option<&str>) -> Option<String> {
        let village3 = village_code?.get(9..12)?;
        Some(format!(
            "{village3}{:02}{:04}",
            self.group() % 100,
            self.serial
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_its_village_on() {
        for (address, village, here) in [
            ("云溪县清水镇西沟村4组34号", "西沟村", "西沟村4组34号"),
            ("清水街道西沟社区2栋", "西沟社区", "西沟社区2栋"),
            ("西沟村4组", "西沟村", "西沟村4组"),
            // Another village whose name ends in the same signs.
            ("云溪县清水镇大王村3组", "王村", "云溪县清水镇大王村3组"),
            // The township is named as the village is.
            ("云溪县西沟镇西沟村4组", "西沟", "西沟村4组"),
            ("云溪县清水镇4组34号", "西沟村", "云溪县清水镇4组34号"),
            ("云溪县清水镇", "", "云溪县清水镇"),
            ("", "西沟村", ""),
        ] {
            assert_eq!(within_village(address, village), here, "{address}");
        }
    }
}
