//! Registers of agreements: the 签约工作登记表 of a day, the sums of a campaign, the
//! 绩效统计表.
//!
//! Each is one [`Listing`], which prints as a document and exports as a table with the same
//! rows. What is counted was counted by the domain.

mod listing;
mod performance;
mod sheet;

pub use self::{
    listing::{Heading, Listing},
    performance::performance,
    sheet::{campaign, lines, sheet},
};

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    agreement::{doctor::Doctor, package::Package, team::Team},
    id::{DoctorId, PersonId},
    tags::Tag,
};

/// What a register tells beside its rows. Empty parts are left to be written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub clinic: String,
    /// 村/社区
    pub ground: String,
    pub team: String,
    /// 登记人
    pub recorder: String,
    /// 天气/路线
    pub route: String,
    /// The names of doctors.
    pub doctors: BTreeMap<DoctorId, String>,
    /// Every value-added package, also those no longer offered.
    pub packages: Vec<Package>,
}

impl Told {
    /// Returns what the clinic's own records tell: of one doctor, or of all.
    pub fn of(
        clinic: &str,
        villages: &[String],
        (doctors, teams, packages): (&[Doctor], &[Team], &[Package]),
        doctor: Option<DoctorId>,
    ) -> Self {
        let team = teams.iter().find(|team| {
            let mut members = team.members.iter();
            doctor.is_some() && members.any(|member| member.doctor == doctor)
        });
        let names = doctors.iter().map(|one| (one.id, one.name.clone()));
        Self {
            clinic: clinic.to_owned(),
            ground: villages.join("、"),
            team: team.map_or_else(String::new, |team| team.name.clone()),
            recorder: String::new(),
            route: String::new(),
            doctors: names.collect(),
            packages: packages.to_vec(),
        }
    }

    fn doctor(&self, doctor: DoctorId) -> String {
        let name = self.doctors.get(&doctor).cloned();
        name.unwrap_or_else(|| doctor.to_string())
    }

    /// Returns the packages by their names: 基础, or 基础+上门护理包.
    fn packages(&self, codes: &BTreeSet<&String>) -> String {
        let names = codes.iter().map(|code| {
            let package = self.packages.iter().find(|package| package.code == **code);
            package.map_or_else(|| (*code).clone(), |package| package.name.clone())
        });
        let names = std::iter::once("基础".to_owned()).chain(names);
        names.collect::<Vec<_>>().join("+")
    }
}

/// Returns the groups with how many are in each: 老年人2、高血压1.
fn groups(key: &BTreeMap<Tag, BTreeSet<PersonId>>) -> String {
    let groups = key.iter();
    let groups = groups.map(|(tag, people)| format!("{}{}", tag.short().zh, people.len()));
    groups.collect::<Vec<_>>().join("、")
}

/// Returns a share with its parts: 30/120 25.0%.
fn share(part: usize, whole: usize) -> String {
    match (part * 1000 + whole / 2).checked_div(whole) {
        Some(share) => format!("{part}/{whole} {}.{}%", share / 10, share % 10),
        None => format!("{part}/{whole}"),
    }
}
