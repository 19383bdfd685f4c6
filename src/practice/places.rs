//! The villages of practice: names, codes under an unassigned county, groups and clans.
//!
//! No place of this world has these codes; the names are as common as stones.

use super::{chance::Chance, names};
use crate::domain::{identity, record_number::VillageCode};

/// The unassigned county the practice clinic lies in.
pub const COUNTY: u32 = 529_901;

/// The county's name in addresses.
pub const COUNTY_NAME: &str = "云溪县";

/// The township's name in addresses.
pub const TOWN_NAME: &str = "清水镇";

/// Residents of an ordinary village.
const VILLAGE_PEOPLE: u32 = 1500;

/// The most villages one county part holds: segment 3 of a village runs from 101 to 199.
const MOST_VILLAGES: u32 = 95;

/// Residents of an ordinary village group.
const GROUP_PEOPLE: u32 = 190;

/// Clans that share most houses of a village.
const CLANS: usize = 5;

const NAMES: &[&str] = &[
    "石桥村",
    "大坪村",
    "柳树村",
    "龙井村",
    "马鞍村",
    "青杠村",
    "白果村",
    "新田村",
    "沙坝村",
    "高寨村",
    "长冲村",
    "枫香村",
    "水口村",
    "老屋村",
    "双河村",
    "梨园村",
    "岩脚村",
    "茶山村",
    "花桥村",
    "三合村",
];
const FIRST: &[&str] = &["上", "下", "新", "老", "大", "小", "东", "西", "南", "北"];
const SECOND: &[&str] = &["坪", "湾", "寨", "塘", "坡", "沟", "岭", "坝"];

/// Peoples beside the Han, by how often they live here.
const PEOPLES: &[(&str, u32)] = &[
    ("苗族", 5),
    ("布依族", 4),
    ("侗族", 3),
    ("土家族", 4),
    ("彝族", 1),
];

/// Which doctor looks after a house (医生包户).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    First,
    Second,
}

impl Area {
    /// Returns the doctor's name and the team's.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::First => ("王建国", "一队"),
            Self::Second => ("陈志明", "二队"),
        }
    }
}

/// A village of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    pub name: String,
    pub code: VillageCode,
    /// Number of village groups, from 1.
    pub groups: u8,
    /// How many people the plan gives it.
    pub people: u32,
    /// Surnames of the clans that settled here.
    pub clans: Vec<&'static str>,
    /// The people beside the Han who live in this village.
    pub minority: &'static str,
}

impl Village {
    /// Returns the village's last three digits as a number.
    pub fn number(&self) -> u16 {
        self.code.village().parse().unwrap_or_default()
    }

    /// Returns the surname of the house: its group's clan, another clan of the village, or one
    /// from elsewhere.
    pub fn house_surname(&self, chance: &mut Chance, group: u8) -> &'static str {
        let own = self.clans.get(usize::from(group) % self.clans.len().max(1));
        match (chance.between(1, 100), own) {
            (..=40, Some(surname)) => surname,
            (..=70, _) => chance.pick(&self.clans),
            _ => names::surname(chance),
        }
    }

    /// Returns whose area a group is: the first doctor, who leads the clinic, has fewer.
    pub const fn area(&self, group: u8) -> Area {
        if 2 * group <= self.groups {
            Area::First
        } else {
            Area::Second
        }
    }

    /// Returns the address of a door.
    pub fn address(&self, group: u8, door: u16) -> String {
        format!("{COUNTY_NAME}{TOWN_NAME}{}{group}组{door}号", self.name)
    }
}

/// Lays out the villages for so many people; at most ninety-five, larger ones beyond that.
pub fn villages(people: u32, seed: u64) -> Vec<Village> {
    let count = ((people + VILLAGE_PEOPLE / 2) / VILLAGE_PEOPLE).clamp(1, MOST_VILLAGES);
    (0..count)
        .filter_map(|at| village(at, count, people, seed))
        .collect()
}

fn village(at: u32, count: u32, people: u32, seed: u64) -> Option<Village> {
    let mut chance = Chance::of(seed, &[u64::from(at)]);
    let until = |at: u32| u64::from(people) * u64::from(at) / u64::from(count);
    let quota = u32::try_from(until(at + 1) - until(at)).ok()?;
    let code = identity::normalise(&format!("{COUNTY}101{}", 101 + at));
    let mut clans: Vec<&'static str> = Vec::with_capacity(CLANS);
    while clans.len() < CLANS {
        let surname = if clans.len() + 1 < CLANS {
            chance.weighted(names::SURNAMES)
        } else {
            chance.pick(names::POLYPHONIC)
        };
        if !clans.contains(&surname) {
            clans.push(surname);
        }
    }
    Some(Village {
        name: name(usize::try_from(at).ok()?),
        code: code.parse().ok()?,
        groups: u8::try_from((quota / GROUP_PEOPLE).clamp(1, 99)).ok()?,
        people: quota,
        clans,
        minority: chance.weighted(PEOPLES),
    })
}

fn name(at: usize) -> String {
    if let Some(name) = NAMES.get(at) {
        return (*name).to_owned();
    }
    let at = at - NAMES.len();
    let first = FIRST.get(at % FIRST.len()).copied().unwrap_or_default();
    let second = SECOND
        .get(at / FIRST.len() % SECOND.len())
        .copied()
        .unwrap_or_default();
    format!("{first}{second}村")
}
