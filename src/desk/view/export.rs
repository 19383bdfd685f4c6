//! Everything the clinic owns, for open formats.

use std::{collections::HashMap, path::PathBuf};

use crate::domain::order::Arrange as _;
use crate::{
    desk::{
        Desk, Stop,
        reply::{CheckView, ExportRow},
    },
    domain::{
        clinic::{Clinic, Village},
        household::Household,
        id::{HouseholdId, PersonId, VillageId},
        person::Person,
        rows::clinic_key,
        tables::{Index, Read as _, after_prefix},
    },
    store::{Progress, backup::Backups},
};

impl Desk {
    /// Returns every resident in walking order, members by order of joining.
    pub(super) fn export_people(&self) -> Result<Vec<ExportRow>, Stop> {
        let snapshot = self.store().snapshot()?;
        let today = self.today_in(&snapshot)?;
        let mut villages: HashMap<VillageId, String> = HashMap::new();
        snapshot.every(|village: Village| {
            villages.insert(village.id, village.name);
            Ok(true)
        })?;
        let mut people: HashMap<HouseholdId, Vec<Person>> = HashMap::new();
        let mut names: HashMap<PersonId, String> = HashMap::new();
        snapshot.every(|person: Person| {
            names.insert(person.id, person.name().to_owned());
            people.entry(person.household).or_default().push(person);
            Ok(true)
        })?;
        let households: Vec<Household> = crate::domain::tables::Read::listed(
            &snapshot,
            Index::Place,
            &[],
            &after_prefix(&[u8::MAX]),
        )?;
        let mut rows = Vec::new();
        for household in households {
            let mut members = people.remove(&household.id).unwrap_or_default();
            members.arrange_by_key(|person| person.member_no);
            for person in members.into_iter().filter(|person| !super::is_gone(person)) {
                let course = super::course_of(&snapshot, person.id)?.course;
                let tags = super::tags_of(&person, &household, &course, today);
                let head = household.head.and_then(|head| names.get(&head)).cloned();
                rows.push(ExportRow {
                    tags,
                    village: villages
                        .get(&household.village)
                        .cloned()
                        .unwrap_or_default(),
                    head: head.unwrap_or_default(),
                    household: household.clone(),
                    person,
                });
            }
        }
        Ok(rows)
    }

    /// Proves chain and tables, and names the copies beside the store that were made of another
    /// journal; `progress` answers whether to go on.
    pub fn check(&self, progress: impl FnMut(Progress) -> bool) -> Result<CheckView, Stop> {
        Ok(CheckView {
            checked: self.store().check(progress)?,
            spare: self.store().spare()?,
            other_copies: self.other_copies()?,
        })
    }

    fn other_copies(&self) -> Result<Vec<(PathBuf, u64)>, Stop> {
        let clinic: Option<Clinic> = self.store().snapshot()?.get(&clinic_key())?;
        let (Some(badge), Some(clinic)) = (&self.badge, clinic) else {
            return Ok(Vec::new());
        };
        let backups = Backups::of(&badge.entrance().folder().backups());
        let found = backups.contradicting(self.store(), &clinic.store)?;
        let told = found.into_iter().map(|kept| (kept.path, kept.facts.head));
        Ok(told.collect())
    }
}
