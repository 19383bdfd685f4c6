//! What the search's index is told of people: by what they are found, and the tags asked for
//! after `#`.

use std::collections::BTreeMap;

use super::agreement::found;
use crate::{
    domain::{
        clinic::Village,
        day::Day,
        few,
        household::{Household, key as household_key},
        id::{HouseholdId, PersonId, VillageId},
        person::{Person, key},
        rows::{CourseRow, id_key},
        search::SearchRow,
        settings::Settings,
        tables::Read,
        tags::Tag,
        task::Status,
    },
    search::TagWords,
    store::{Error, Snapshot},
};

/// `#逾期`
const OVERDUE: u32 = 1 << 16;
/// `#今日`: due today or in grace.
const DUE: u32 = 1 << 17;
/// `#已签约`, as a roster told it.
const SIGNED: u32 = 1 << 18;
/// `#未签约`
const UNSIGNED: u32 = 1 << 19;
/// `#有事`: a dated task can be done now.
const OPEN: u32 = 1 << 20;
/// `#重点人群`: K01–K10, and K11 where the clinic counts it.
const KEY: u32 = 1 << 21;

/// The answers of a person's and a household's card by which somebody is found, or from which tags
/// follow.
const TOLD: [&str; 8] = [
    key::NAME,
    key::SEX,
    key::BIRTH,
    key::ID_NO,
    key::PHONE,
    key::CONTACT_PHONE,
    key::DISEASES,
    key::DISABILITY,
];
const OF_HOME: [&str; 6] = [
    household_key::GROUP,
    household_key::DOOR,
    household_key::ADDRESS,
    household_key::PHONE,
    household_key::HH_TYPE,
    household_key::HH_FLAGS,
];

/// What rows of the index are made from.
pub(super) struct Teller<'s> {
    snapshot: &'s Snapshot,
    today: Day,
    settings: Settings,
    villages: BTreeMap<VillageId, Village>,
}

impl<'s> Teller<'s> {
    pub(super) fn of(snapshot: &'s Snapshot, today: Day) -> Result<Self, Error> {
        let mut villages = BTreeMap::new();
        snapshot.every(|village: Village| {
            villages.insert(village.id, village);
            Ok(true)
        })?;
        Ok(Self {
            snapshot,
            today,
            settings: super::settings_now(snapshot)?,
            villages,
        })
    }

    pub(super) fn home(&self, id: HouseholdId) -> Result<Option<Household>, Error> {
        self.snapshot.few(&id_key(id.0), &OF_HOME)
    }

    /// Returns the rows of everybody who lives in these households.
    ///
    /// # Errors
    /// Fails with the disk.
    pub(super) fn of_homes(
        &self,
        homes: &[HouseholdId],
        signing: &found::Signing,
    ) -> Result<Vec<SearchRow>, Error> {
        let mut rows = Vec::new();
        for home in homes {
            if let Some(home) = self.home(*home)? {
                let take = &mut |row| rows.push(row);
                self.rows(&home, &home.members, signing, take)?;
            }
        }
        Ok(rows)
    }

    /// Takes the rows of these of a household's people who are there.
    pub(super) fn rows(
        &self,
        household: &Household,
        people: &[PersonId],
        signing: &found::Signing,
        take: &mut dyn FnMut(SearchRow),
    ) -> Result<(), Error> {
        let mut known = Vec::with_capacity(people.len());
        for id in people {
            known.extend(self.snapshot.few::<Person>(&id_key(id.0), &TOLD)?);
        }
        let head = known.iter().find(|one| household.head == Some(one.id));
        let head = match head {
            Some(head) => head.name().to_owned(),
            None => super::head_name(self.snapshot, household)?,
        };
        for person in known {
            take(self.row(household, &person, &head, signing)?);
        }
        Ok(())
    }

    fn row(
        &self,
        household: &Household,
        person: &Person,
        head: &str,
        signing: &found::Signing,
    ) -> Result<SearchRow, Error> {
        let course = id_key(person.id.0);
        let course = self.snapshot.few(&course, &[few::WORK])?;
        let course: CourseRow = course.unwrap_or_else(|| CourseRow::unknown(person.id));
        let village = self.villages.get(&household.village);
        let code = village.and_then(|village| village.code.as_deref());
        let is_signed = signing.is_signed(person);
        Ok(SearchRow {
            person: person.id,
            household: household.id,
            name: person.name().to_owned(),
            head_name: head.to_owned(),
            is_head: household.head == Some(person.id),
            sex: person.sex().code().parse().unwrap_or(0),
            birth: person.birth(),
            id_no: person.text(key::ID_NO).to_owned(),
            phone: person.text(key::PHONE).to_owned(),
            contact_phone: person.text(key::CONTACT_PHONE).to_owned(),
            household_phone: household.text(household_key::PHONE).to_owned(),
            record_no: person.record_no.clone().unwrap_or_default(),
            hh_no: household.number(code).unwrap_or_default(),
            outside_no: household.outside_no.clone().unwrap_or_default(),
            village: village.map_or_else(String::new, |village| village.name.clone()),
            group: household.text(household_key::GROUP).to_owned(),
            door: household.door(),
            address: household.text(household_key::ADDRESS).to_owned(),
            tags: self.tag_bits(person, household, &course, is_signed),
            is_gone: super::is_gone(person),
            member_order: u16::try_from(person.member_no).unwrap_or(u16::MAX),
        })
    }

    fn tag_bits(
        &self,
        person: &Person,
        household: &Household,
        row: &CourseRow,
        is_signed: bool,
    ) -> u32 {
        let today = self.today;
        let tags = super::tags_of(person, household, &row.course, today);
        let mut bits = tags.iter().fold(0, |bits, tag| bits | bit(tag));
        if tags.is_key(self.settings.key_include_k11) {
            bits |= KEY;
        }
        for task in &row.tasks(today, &self.settings) {
            if task.window.is_standing() {
                continue;
            }
            match task.status(today) {
                Status::Overdue => bits |= OVERDUE | OPEN,
                Status::DueToday | Status::Grace => bits |= DUE | OPEN,
                Status::OpenEarly => bits |= OPEN,
                Status::NotYet => {}
            }
        }
        bits | if is_signed { SIGNED } else { UNSIGNED }
    }
}

/// The words after `#` and the bits they ask for.
pub(super) fn words() -> TagWords {
    let tags = Tag::ALL.iter().map(|tag| (tag.name().zh, bit(*tag)));
    let codes = Tag::ALL.iter().map(|tag| (tag.code(), bit(*tag)));
    let states = [
        ("逾期", OVERDUE),
        ("今日", DUE),
        ("到期", DUE),
        ("已签约", SIGNED),
        ("未签约", UNSIGNED),
        ("有事", OPEN),
        ("重点人群", KEY),
        ("脱贫户", bit(Tag::LiftedFromPoverty)),
        ("老人", bit(Tag::Elderly)),
    ];
    TagWords::new(tags.chain(codes).chain(states))
}

fn bit(tag: Tag) -> u32 {
    let place = Tag::ALL.iter().position(|other| *other == tag).unwrap_or(0);
    1 << place.min(15)
}
