//! Functional-community units 功能社区: who is in them and the code they are known by (people
//! rules §8).
//!
//! Members keep their households; that nobody joins two units is checked among all units.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::coded::coded;
use crate::domain::id::{PersonId, UnitId};

coded! {
    /// What kind of unit it is.
    UnitKind {
        1 Government "党政机关" "government office",
        2 Company "企事业单位" "company or institution",
        3 Park "产业园区" "industrial park",
        4 Building "商务楼宇" "office building",
    }
}

/// Somebody on a unit's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitMember {
    Resident(PersonId),
    /// Nobody of ours: named only; is covered once he has a record.
    Light {
        name: String,
        id_no: String,
        phone: String,
    },
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    pub kind: UnitKind,
    /// 统一社会信用代码; empty where not known.
    pub credit_code: String,
    pub contact: String,
    pub phone: String,
    pub address: String,
    pub headcount: u32,
    pub members: Vec<UnitMember>,
}

/// What is wrong with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitFault {
    /// E-UNIT-FIELD: name, contact, phone, address or headcount is missing.
    Missing { field: &'static str },
    /// E-UNIT-USCC: the credit code's length, alphabet or check sign is wrong.
    CreditCode,
    /// E-UNIT-MEMBER: the person is in another unit already, or twice in this one.
    Elsewhere { person: PersonId, unit: UnitId },
}

impl UnitFault {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "E-UNIT-FIELD",
            Self::CreditCode => "E-UNIT-USCC",
            Self::Elsewhere { .. } => "E-UNIT-MEMBER",
        }
    }
}

impl Unit {
    /// Returns the residents on the list.
    pub fn residents(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.members.iter().filter_map(|member| match member {
            UnitMember::Resident(person) => Some(*person),
            UnitMember::Light { .. } => None,
        })
    }

    /// Returns everything wrong with the unit, looked at among the others.
    pub fn check(&self, others: &[Self]) -> Vec<UnitFault> {
        let texts = [
            ("name", &self.name),
            ("contact", &self.contact),
            ("phone", &self.phone),
            ("address", &self.address),
        ];
        let empty = texts.into_iter().filter(|(_, text)| text.trim().is_empty());
        let mut found: Vec<UnitFault> = empty
            .map(|(field, _)| UnitFault::Missing { field })
            .collect();
        if self.headcount == 0 {
            found.push(UnitFault::Missing { field: "headcount" });
        }
        if !self.credit_code.is_empty() && !is_credit_code(&self.credit_code) {
            found.push(UnitFault::CreditCode);
        }
        let others = others.iter().filter(|other| other.id != self.id);
        let mut taken: BTreeMap<PersonId, UnitId> = others
            .flat_map(|other| other.residents().map(|person| (person, other.id)))
            .collect();
        for person in self.residents() {
            if let Some(unit) = taken.insert(person, self.id) {
                found.push(UnitFault::Elsewhere { person, unit });
            }
        }
        found
    }
}

/// The signs of a credit code, each worth its place.
const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// Says whether the text is a 统一社会信用代码: 18 signs, the last of which checks the others.
pub fn is_credit_code(text: &str) -> bool {
    let worths: Option<Vec<usize>> = text.chars().map(|sign| SIGNS.find(sign)).collect();
    let Some(worths) = worths else {
        return false;
    };
    let sum: usize = worths.iter().zip(WEIGHTS).map(|(w, by)| w * by).sum();
    worths.len() == 18 && worths.last() == Some(&((31 - sum % 31) % 31))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("91350100M000100Y43", true)]
    #[case("12150622MB0123456A", true)]
    #[case("12150622MB0123456B", false)]
    #[case("9135010OM000100Y43", false)]
    #[case("91350100M000100Y4", false)]
    fn the_last_sign_checks_the_others(#[case] code: &str, #[case] holds: bool) {
        assert_eq!(is_credit_code(code), holds);
    }

    #[test]
    fn a_person_is_in_one_unit() {
        let unit = |id: u64| Unit {
            id: UnitId(id),
            name: "石桥砖厂".to_owned(),
            kind: UnitKind::Company,
            credit_code: String::new(),
            contact: "孙立".to_owned(),
            phone: "13800000000".to_owned(),
            address: "石桥村".to_owned(),
            headcount: 30,
            members: vec![UnitMember::Resident(PersonId(7))],
        };
        assert_eq!(unit(1).check(&[unit(1)]), []);
        let taken = UnitFault::Elsewhere {
            person: PersonId(7),
            unit: UnitId(1),
        };
        assert_eq!(unit(2).check(&[unit(1)]), [taken]);
        let bare = Unit {
            headcount: 0,
            members: Vec::new(),
            ..unit(3)
        };
        assert_eq!(bare.check(&[])[0].code(), "E-UNIT-FIELD");
    }
}
