//! A person in brief, as keys have it: the name, the household, and what tags follow from. Who
//! lists or counts many people reads no card.

use crate::domain::{
    course::Course,
    day::Day,
    household::{self, Household},
    id::{HouseholdId, PersonId},
    person::{Person, key},
    programmes::ProgrammeKind,
    tables::{Key, Parts},
    tags::{ManagedFor, Tag, TagSet, groups},
    value::Value,
};

/// Stands in place of a day there is none of.
const NONE: u64 = 0;

/// A person in brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief<'k> {
    pub person: PersonId,
    pub household: HouseholdId,
    pub birth: Option<Day>,
    /// The tags of the card, and those set by hand.
    pub tags: TagSet,
    pub name: &'k str,
}

/// Returns the key of a person in brief.
pub fn key(person: &Person) -> Vec<u8> {
    let key = Key::new().number(person.id.0).number(person.household.0);
    let key = match person.birth() {
        Some(birth) => key.day(birth),
        None => key.number(NONE),
    };
    let key = key.small(own(person).bits()).text(person.name());
    key.number(person.id.0).bytes()
}

/// Reads such a key.
pub fn read(key: &[u8]) -> Option<Brief<'_>> {
    let mut parts = Parts::of(key);
    let person = PersonId(parts.number()?);
    let household = HouseholdId(parts.number()?);
    let birth = parts.day();
    let tags = TagSet::of_bits(parts.small()?);
    Some(Brief {
        person,
        household,
        birth,
        tags,
        name: parts.text()?,
    })
}

/// Returns the tags of a card, and those set by hand.
pub fn own(person: &Person) -> TagSet {
    let kept = person.manual_tags.iter();
    let manual: TagSet = kept.filter_map(|kept| Tag::from_code(&kept.tag)).collect();
    let card = groups::of_card(person.codes(key::DISEASES), person.codes(key::DISABILITY));
    manual.union(card)
}

/// Returns the tags of a household's card, as [`groups::of_home`] tells them.
pub fn home(household: &Household) -> TagSet {
    let card = &household.card;
    let kind = card.get(household::key::HH_TYPE).and_then(Value::code);
    let flags = card.get(household::key::HH_FLAGS).map(Value::codes);
    groups::of_home(kind, flags.unwrap_or_default())
}

/// The tags of the programmes somebody is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Managed {
    pub tags: TagSet,
    /// The last day of postnatal care: until then she is K02 by that, too.
    pub postnatal: Option<Day>,
}

impl Managed {
    /// Returns what the open programmes of a course make.
    pub fn of(course: &Course) -> Self {
        let mut managed = Self::default();
        let open = course.programmes.iter().filter(|(_, one)| one.is_open());
        for (kind, programme) in open {
            let of = match kind {
                ProgrammeKind::Htn => ManagedFor::Hypertension,
                ProgrammeKind::Dm => ManagedFor::Diabetes,
                ProgrammeKind::Smd => ManagedFor::MentalDisorder,
                ProgrammeKind::Tb => ManagedFor::Tuberculosis,
                ProgrammeKind::Anc => ManagedFor::Pregnancy,
                ProgrammeKind::Pnc => match programme.facts.delivery() {
                    Some(delivery) => {
                        managed.postnatal = Some(delivery.last_day());
                        continue;
                    }
                    None => ManagedFor::Pregnancy,
                },
                ProgrammeKind::Elderly
                | ProgrammeKind::Child
                | ProgrammeKind::Vax
                | ProgrammeKind::TcmElderly
                | ProgrammeKind::TcmChild
                | ProgrammeKind::Disabled
                | ProgrammeKind::Poverty
                | ProgrammeKind::General
                | ProgrammeKind::Screen35
                | ProgrammeKind::Outpatient => continue,
            };
            managed.tags.insert(groups::of_programme(of));
        }
        managed
    }

    /// Returns the tags on the day. Time ends nothing for whom no birth is known of.
    pub fn on(&self, day: Day, birth: Option<Day>) -> TagSet {
        let mut tags = self.tags;
        if self
            .postnatal
            .is_some_and(|last| birth.is_none() || day <= last)
        {
            tags.insert(Tag::Maternal);
        }
        tags
    }

    /// Returns its key; none where there is nothing to tell.
    pub fn key(&self, person: PersonId) -> Option<Vec<u8>> {
        if *self == Self::default() {
            return None;
        }
        let key = Key::new().number(person.0).small(self.tags.bits());
        let key = match self.postnatal {
            Some(last) => key.day(last),
            None => key.number(NONE),
        };
        Some(key.number(person.0).bytes())
    }

    /// Reads such a key.
    pub fn read(key: &[u8]) -> Option<(PersonId, Self)> {
        let mut parts = Parts::of(key);
        let person = PersonId(parts.number()?);
        let tags = TagSet::of_bits(parts.small()?);
        let postnatal = parts.day();
        Some((person, Self { tags, postnatal }))
    }
}
