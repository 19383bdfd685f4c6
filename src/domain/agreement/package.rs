//! Service packages (agreements §4): the free basic one, and value-added ones with a price.
//!
//! What the basic one promises follows from each member; see [`super::promise`].

use serde::{Deserialize, Serialize};

use super::{contract::Choice, money::Fen};
use crate::domain::{
    day::Day,
    tags::{Tag, TagSet},
};

/// The code of the basic package in fee lines.
pub const BASIC: &str = "basic";

/// One service of a value-added package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageItem {
    pub name: String,
    /// Times in an agreement year, from 1.
    pub times: u32,
}

/// A value-added package 增值服务包.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub code: String,
    pub name: String,
    /// List price a person and agreement year.
    pub price: Fen,
    pub items: Vec<PackageItem>,
    /// For whom it is meant; empty for everybody.
    pub tags: Vec<Tag>,
    #[serde(with = "crate::domain::written_day")]
    pub from: Day,
    /// The last day it can be signed.
    #[serde(default, with = "crate::domain::written_day::maybe")]
    pub to: Option<Day>,
}

/// Why a package cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageFault {
    Unknown,
    /// It is not offered on the day.
    NotOffered,
    /// It is meant for other groups.
    NotForPerson,
    /// It is chosen twice.
    Twice,
}

impl Package {
    /// Checks the package for somebody with these tags on the day it begins.
    pub fn check(&self, tags: TagSet, day: Day) -> Result<(), PackageFault> {
        if day < self.from || self.to.is_some_and(|to| to < day) {
            return Err(PackageFault::NotOffered);
        }
        let is_meant = self.tags.is_empty() || self.tags.iter().any(|tag| tags.contains(*tag));
        is_meant.then_some(()).ok_or(PackageFault::NotForPerson)
    }
}

/// Returns what is wrong with the value-added packages somebody chose, each by its code.
pub fn check(
    choice: &Choice,
    offered: &[Package],
    tags: TagSet,
    day: Day,
) -> Vec<(String, PackageFault)> {
    let mut found = Vec::new();
    for (at, code) in choice.extras.iter().enumerate() {
        let package = offered.iter().find(|package| package.code == *code);
        let fault = match package {
            None => Err(PackageFault::Unknown),
            Some(_) if choice.extras.iter().take(at).any(|before| before == code) => {
                Err(PackageFault::Twice)
            }
            Some(package) => package.check(tags, day),
        };
        found.extend(fault.err().map(|fault| (code.clone(), fault)));
    }
    found
}
