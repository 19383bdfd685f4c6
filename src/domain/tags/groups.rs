//! The parts a person's tags follow from: those of the card, of the household and of programmes
//! stay whatever the day, and can be kept where each is known.

use super::{ManagedFor, Tag, TagSet};
use crate::domain::day::{Day, age_years};

/// What the tags of one person follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups {
    pub birth: Option<Day>,
    /// Of the card, and set by hand.
    pub own: TagSet,
    /// Of the household; there [`Tag::Monitored`] says that its ill and old are key people.
    pub home: TagSet,
    pub managed: TagSet,
}

/// Those who are ill or old: of a watched household they are K11.
const ILL_OR_OLD: [Tag; 6] = [
    Tag::Elderly,
    Tag::Hypertension,
    Tag::Diabetes,
    Tag::Tuberculosis,
    Tag::MentalDisorder,
    Tag::OtherChronic,
];

impl Groups {
    /// Returns the tags on the day (§7). K00 stands for none of K01–K11.
    pub fn on(&self, day: Day) -> TagSet {
        let mut tags = self.own.union(self.managed);
        let age = self.birth.filter(|birth| *birth <= day);
        let age = age.map(|birth| age_years(birth, day));
        if age.is_some_and(|years| years < 7) {
            tags.insert(Tag::Child);
        }
        if age.is_some_and(|years| 65 <= years) {
            tags.insert(Tag::Elderly);
        }
        let is_watched = |tag: &Tag| *tag == Tag::Monitored;
        tags = tags.union(self.home.iter().filter(|tag| !is_watched(tag)).collect());
        let is_ill_or_old = ILL_OR_OLD.iter().any(|tag| tags.contains(*tag));
        if self.home.contains(Tag::Monitored) && is_ill_or_old {
            tags.insert(Tag::Monitored);
        }
        if !tags.is_key(true) {
            tags.insert(Tag::General);
        }
        tags
    }
}

fn has(codes: &[String], wanted: &[&str]) -> bool {
    codes.iter().any(|code| wanted.contains(&code.as_str()))
}

fn of(tags: &[(Tag, bool)]) -> TagSet {
    let held = tags.iter().filter(|(_, holds)| *holds);
    held.map(|(tag, _)| *tag).collect()
}

/// Returns the tags the codes of a person's card make.
pub fn of_card(diseases: &[String], disability: &[String]) -> TagSet {
    let disabled = disability.iter();
    let mut disabled = disabled.filter(|code| !code.is_empty() && *code != "1");
    of(&[
        (Tag::Hypertension, has(diseases, &["2"])),
        (Tag::Diabetes, has(diseases, &["3"])),
        (Tag::OtherChronic, has(diseases, &["4", "5", "6", "7"])),
        (Tag::Disabled, disabled.next().is_some()),
    ])
}

/// Returns the tags the codes of a household's card make.
pub fn of_home(household_type: Option<&str>, flags: &[String]) -> TagSet {
    let is_one = |wanted: &[&str]| household_type.is_some_and(|t| wanted.contains(&t));
    of(&[
        (Tag::LiftedFromPoverty, is_one(&["2", "3"])),
        (Tag::Monitored, is_one(&["3", "4", "5"])),
        (Tag::FamilyPlanning, has(flags, &["14"])),
        (Tag::Allowance, has(flags, &["11", "13"])),
    ])
}

/// Returns the tag of who is managed for this.
pub const fn of_programme(programme: ManagedFor) -> Tag {
    match programme {
        ManagedFor::Pregnancy => Tag::Maternal,
        ManagedFor::Hypertension => Tag::Hypertension,
        ManagedFor::Diabetes => Tag::Diabetes,
        ManagedFor::Tuberculosis => Tag::Tuberculosis,
        ManagedFor::MentalDisorder => Tag::MentalDisorder,
    }
}
