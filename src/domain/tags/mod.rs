//! 重点人群: the key population tags K00–K15 and how they follow from plain facts
//! (people rules §7).
//!
//! Derived tags are never stored: they are computed from facts and today. Who set a manual tag,
//! when and on what evidence stands with the person, not here.

pub mod groups;
mod words;

use serde::{Deserialize, Serialize};

use self::groups::Groups;
use super::{day::Day, text::Text};
pub use words::{Meaning, Reading, matching, read};

/// A key population tag. The order is that of the official table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// K00 一般人群
    General,
    /// K01 0～6岁儿童
    Child,
    /// K02 孕产妇
    Maternal,
    /// K03 65岁及以上老年人
    Elderly,
    /// K04 高血压患者
    Hypertension,
    /// K05 2型糖尿病患者
    Diabetes,
    /// K06 结核病患者
    Tuberculosis,
    /// K07 严重精神障碍患者
    MentalDisorder,
    /// K08 残疾人
    Disabled,
    /// K09 脱贫人口
    LiftedFromPoverty,
    /// K10 计划生育特殊家庭成员
    FamilyPlanning,
    /// K11 监测户中的慢病患者、老年人等
    Monitored,
    /// K12 慢性病高危人群
    HighRisk,
    /// K13 低保/特困人员
    Allowance,
    /// K14 行动不便/失能失智
    Dependent,
    /// K15 其他慢性病
    OtherChronic,
}

impl Tag {
    /// Lists every tag, K00 to K15.
    pub const ALL: [Self; 16] = [
        Self::General,
        Self::Child,
        Self::Maternal,
        Self::Elderly,
        Self::Hypertension,
        Self::Diabetes,
        Self::Tuberculosis,
        Self::MentalDisorder,
        Self::Disabled,
        Self::LiftedFromPoverty,
        Self::FamilyPlanning,
        Self::Monitored,
        Self::HighRisk,
        Self::Allowance,
        Self::Dependent,
        Self::OtherChronic,
    ];

    /// Returns the tag's stable key, `K00`–`K15`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::General => "K00",
            Self::Child => "K01",
            Self::Maternal => "K02",
            Self::Elderly => "K03",
            Self::Hypertension => "K04",
            Self::Diabetes => "K05",
            Self::Tuberculosis => "K06",
            Self::MentalDisorder => "K07",
            Self::Disabled => "K08",
            Self::LiftedFromPoverty => "K09",
            Self::FamilyPlanning => "K10",
            Self::Monitored => "K11",
            Self::HighRisk => "K12",
            Self::Allowance => "K13",
            Self::Dependent => "K14",
            Self::OtherChronic => "K15",
        }
    }

    /// Returns the tag of a key.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.code() == code)
    }

    /// Returns the official name.
    pub const fn name(self) -> Text {
        let (zh, en) = match self {
            Self::General => ("一般人群", "general population"),
            Self::Child => ("0～6岁儿童", "child aged 0–6"),
            Self::Maternal => ("孕产妇", "pregnant or newly delivered"),
            Self::Elderly => ("65岁及以上老年人", "aged 65 and over"),
            Self::Hypertension => ("高血压患者", "hypertension"),
            Self::Diabetes => ("2型糖尿病患者", "type 2 diabetes"),
            Self::Tuberculosis => ("结核病患者", "tuberculosis"),
            Self::MentalDisorder => ("严重精神障碍患者", "severe mental disorder"),
            Self::Disabled => ("残疾人", "disabled"),
            Self::LiftedFromPoverty => ("脱贫人口", "lifted out of poverty"),
            Self::FamilyPlanning => ("计划生育特殊家庭成员", "family-planning special family"),
            Self::Monitored => ("监测户重点人员", "key person of a monitored household"),
            Self::HighRisk => ("慢性病高危人群", "high risk of chronic disease"),
            Self::Allowance => ("低保/特困人员", "on living allowance"),
            Self::Dependent => ("行动不便/失能失智", "dependent on care"),
            Self::OtherChronic => ("其他慢性病", "other chronic disease"),
        };
        Text { zh, en }
    }

    /// Returns the name that fits into a row, at most four Chinese characters.
    pub const fn short(self) -> Text {
        let (zh, en) = match self {
            Self::General => ("一般", "general"),
            Self::Child => ("儿童", "child"),
            Self::Maternal => ("孕产妇", "maternal"),
            Self::Elderly => ("老年人", "65+"),
            Self::Hypertension => ("高血压", "HTN"),
            Self::Diabetes => ("糖尿病", "DM"),
            Self::Tuberculosis => ("结核", "TB"),
            Self::MentalDisorder => ("精神", "SMD"),
            Self::Disabled => ("残疾", "disabled"),
            Self::LiftedFromPoverty => ("脱贫", "lifted"),
            Self::FamilyPlanning => ("计生特殊", "FP special"),
            Self::Monitored => ("监测", "monitored"),
            Self::HighRisk => ("高危", "high risk"),
            Self::Allowance => ("低保", "allowance"),
            Self::Dependent => ("失能", "dependent"),
            Self::OtherChronic => ("慢病", "chronic"),
        };
        Text { zh, en }
    }

    /// Tells whether the tag counts for 重点人群签约率; K11 by the switch `key.include_k11`.
    pub const fn is_key(self, include_k11: bool) -> bool {
        match self {
            Self::Child
            | Self::Maternal
            | Self::Elderly
            | Self::Hypertension
            | Self::Diabetes
            | Self::Tuberculosis
            | Self::MentalDisorder
            | Self::Disabled
            | Self::LiftedFromPoverty
            | Self::FamilyPlanning => true,
            Self::Monitored => include_k11,
            Self::General
            | Self::HighRisk
            | Self::Allowance
            | Self::Dependent
            | Self::OtherChronic => false,
        }
    }

    /// Returns the tag's place in a [`TagSet`], 0–15.
    pub const fn bit(self) -> u32 {
        self as u32
    }
}

/// A set of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TagSet(u16);

impl TagSet {
    /// The set without a tag.
    pub const EMPTY: Self = Self(0);

    /// Tells whether `tag` is in the set.
    pub const fn contains(self, tag: Tag) -> bool {
        self.0 & (1 << tag.bit()) != 0
    }

    /// Tells whether no tag is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Puts `tag` into the set.
    pub const fn insert(&mut self, tag: Tag) {
        self.0 |= 1 << tag.bit();
    }

    /// Returns the tags of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Lists the tags in the order K00 to K15.
    pub fn iter(self) -> impl Iterator<Item = Tag> {
        Tag::ALL.into_iter().filter(move |tag| self.contains(*tag))
    }

    /// Returns one bit a tag, K00 lowest.
    pub const fn bits(self) -> u32 {
        self.0 as u32
    }

    /// Returns the set [`Self::bits`] was taken of.
    pub const fn of_bits(bits: u32) -> Self {
        Self((bits & 0xFFFF) as u16)
    }

    /// Tells whether the person belongs to 重点人群.
    pub fn is_key(self, include_k11: bool) -> bool {
        self.iter().any(|tag| tag.is_key(include_k11))
    }
}

impl FromIterator<Tag> for TagSet {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> Self {
        let mut set = Self::EMPTY;
        tags.into_iter().for_each(|tag| set.insert(tag));
        set
    }
}

/// A programme whose membership sets a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ManagedFor {
    /// Antenatal registration until the closing at 42 days.
    Pregnancy,
    Hypertension,
    Diabetes,
    Tuberculosis,
    MentalDisorder,
}

/// The plain facts from which a person's tags follow. Codes are those of the forms.
#[derive(Debug, Clone, Copy)]
pub struct TagFacts<'a> {
    pub birth: Option<Day>,
    pub today: Day,
    /// `diseases` of the person's card (§2.1).
    pub diseases: &'a [String],
    /// `disability` of the person's card.
    pub disability: &'a [String],
    /// `hh_type` of the household (§6).
    pub household_type: Option<&'a str>,
    /// `hh_flags` of the household (§6).
    pub household_flags: &'a [String],
    pub in_programmes: &'a [ManagedFor],
    /// Tags a person set by hand: a certificate, high risk, dependence.
    pub manual: TagSet,
}

/// Returns the person's tags on the day (§7). K00 stands for none of K01–K11.
pub fn derive(facts: &TagFacts<'_>) -> TagSet {
    let managed = facts.in_programmes.iter();
    let managed = managed.map(|programme| groups::of_programme(*programme));
    let card = groups::of_card(facts.diseases, facts.disability);
    let groups = Groups {
        birth: facts.birth,
        own: facts.manual.union(card),
        home: groups::of_home(facts.household_type, facts.household_flags),
        managed: managed.collect(),
    };
    groups.on(facts.today)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn facts() -> TagFacts<'static> {
        TagFacts {
            birth: "1990-01-01".parse().ok(),
            today: "2026-11-21".parse().unwrap(),
            diseases: &[],
            disability: &[],
            household_type: None,
            household_flags: &[],
            in_programmes: &[],
            manual: TagSet::EMPTY,
        }
    }

    fn codes(facts: &TagFacts<'_>) -> Vec<&'static str> {
        derive(facts).iter().map(Tag::code).collect()
    }

    #[rstest]
    #[case("2019-11-22", &["K01"])]
    #[case("2019-11-21", &["K00"])]
    #[case("1961-11-22", &["K00"])]
    #[case("1961-11-21", &["K03"])]
    #[case("2027-01-01", &["K00"])]
    fn age_makes_children_and_elderly(#[case] birth: &str, #[case] wanted: &[&str]) {
        let birth = birth.parse().ok();
        assert_eq!(codes(&TagFacts { birth, ..facts() }), wanted);
    }

    #[rstest]
    #[case(&["1"], &["K00"])]
    #[case(&["2"], &["K04"])]
    #[case(&["2", "3"], &["K04", "K05"])]
    #[case(&["7"], &["K00", "K15"])]
    #[case(&["8"], &["K00"])]
    fn diseases_make_chronic_tags(#[case] diseases: &[&str], #[case] wanted: &[&str]) {
        let diseases: Vec<String> = diseases.iter().map(ToString::to_string).collect();
        let facts = TagFacts {
            diseases: &diseases,
            ..facts()
        };
        assert_eq!(codes(&facts), wanted);
    }

    #[rstest]
    #[case("2", &[], &["K09"])]
    #[case("3", &["2"], &["K04", "K09", "K11"])]
    #[case("4", &["7"], &["K11", "K15"])]
    #[case("5", &[], &["K00"])]
    fn the_household_adds_its_own(
        #[case] household_type: &str,
        #[case] diseases: &[&str],
        #[case] wanted: &[&str],
    ) {
        let diseases: Vec<String> = diseases.iter().map(ToString::to_string).collect();
        let facts = TagFacts {
            diseases: &diseases,
            household_type: Some(household_type),
            ..facts()
        };
        assert_eq!(codes(&facts), wanted);
    }

    #[test]
    fn programmes_disability_flags_and_hand_set_tags_count() {
        let flags = ["11".to_owned(), "14".to_owned()];
        let disability = ["5".to_owned()];
        let facts = TagFacts {
            household_flags: &flags,
            disability: &disability,
            in_programmes: &[ManagedFor::Pregnancy, ManagedFor::Tuberculosis],
            manual: TagSet::from_iter([Tag::Dependent]),
            ..facts()
        };
        assert_eq!(codes(&facts), ["K02", "K06", "K08", "K10", "K13", "K14"]);
        let none = ["1".to_owned()];
        let facts = TagFacts {
            disability: &none,
            household_flags: &[],
            in_programmes: &[],
            ..facts
        };
        assert_eq!(codes(&facts), ["K00", "K14"]);
    }

    #[test]
    fn codes_find_their_tag_again() {
        for (at, tag) in Tag::ALL.into_iter().enumerate() {
            assert_eq!(tag.code(), format!("K{at:02}"));
            assert_eq!(Tag::from_code(tag.code()), Some(tag));
            assert_eq!(usize::try_from(tag.bit()).unwrap(), at);
        }
        assert!(Tag::Monitored.is_key(true) && !Tag::Monitored.is_key(false));
    }
}
