//! The practice village: invented people on whom everything can be tried.
//!
//! [`plan`] is pure: the same number of people, seed and day give the same village, bit for bit,
//! household by household, so that a million people need no room. [`build()`] enters it into a store
//! with two years of visits, through the desk like everything else.

mod answers;
mod build;
mod call;
mod card;
mod cases;
mod chance;
mod duty;
mod errand;
mod family;
mod founding;
mod health;
mod household;
mod latent;
mod names;
mod numbers;
mod pace;
mod papers;
mod past;
mod places;
mod presence;
mod sheet;
mod signed;
mod walker;
mod walkers;

use crate::domain::day::Day;
pub use answers::follow_up;
pub use build::{Progress, Summary, begins, build, build_from};
pub use cases::{Cases, Lung, Mental, Pregnancy};
pub use chance::Chance;
pub use health::{Disease, Health, Managed};
pub use household::{Household, Member};
pub use latent::{Adherence, Around, Better, Drug, Latent, LifeStyle, Reading, Spell};
pub use papers::{Occasion, Patient, answers as told, fill_in};
pub use places::Village;
pub use presence::Presence;

use cases::Casebook;
use numbers::Numbers;

/// Plans a village (or several) of exactly `people` people as of `today`.
pub fn plan(people: u32, seed: u64, today: Day) -> Plan {
    Plan {
        villages: places::villages(people, seed),
        seed,
        today,
        numbers: Numbers::new(seed),
        casebook: Casebook::default(),
        at: Place::default(),
    }
}

/// The plan of a practice clinic: its villages at once, its households one by one.
#[derive(Debug, Clone)]
pub struct Plan {
    villages: Vec<Village>,
    seed: u64,
    today: Day,
    numbers: Numbers,
    casebook: Casebook,
    at: Place,
}

/// Where the plan stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    village: usize,
    /// People placed in this village.
    people: u32,
    /// Households placed in this village.
    households: u32,
    group: u8,
    /// Households placed in this group.
    serial: u16,
}

impl Plan {
    /// Lists the villages, in the order their households come.
    pub fn villages(&self) -> &[Village] {
        &self.villages
    }

    /// Returns how many people it plans.
    pub fn people(&self) -> u32 {
        self.villages.iter().map(|village| village.people).sum()
    }

    /// Returns the day the village is as of.
    pub const fn today(&self) -> Day {
        self.today
    }

    /// Returns the stream of chance belonging to a household's `serial`-th use after planning,
    /// for drawing its visits: the same for the same seed and household.
    pub fn chance(&self, household: &Household, serial: u64) -> Chance {
        let number = household.number.to_string().parse().unwrap_or_default();
        Chance::of(self.seed, &[number, serial, 1])
    }

    /// Returns the stream of chance belonging to the clinic's habits in the villages from this one.
    fn habits(&self, village: usize) -> Chance {
        let from = u64::try_from(village).unwrap_or_default();
        match from {
            0 => Chance::of(self.seed, &[2]),
            _ => Chance::of(self.seed, &[2, from]),
        }
    }
}

impl Iterator for Plan {
    type Item = Household;

    fn next(&mut self) -> Option<Household> {
        while let Some(village) = self.villages.get(self.at.village) {
            if village.people <= self.at.people {
                self.at = Place {
                    village: self.at.village + 1,
                    ..Place::default()
                };
                continue;
            }
            let group = group_of(self.at.people, village);
            if group != self.at.group {
                self.at.group = group;
                self.at.serial = 0;
            }
            self.at.serial += 1;
            self.at.households += 1;
            let chance = Chance::of(
                self.seed,
                &[u64::from(village.number()), u64::from(self.at.households)],
            );
            let dealt = Chance::of(
                self.seed,
                &[
                    u64::from(village.number()),
                    u64::from(self.at.households),
                    6,
                ],
            );
            let spot = household::Spot {
                village,
                village_at: self.at.village,
                group,
                serial: self.at.serial,
                room: usize::try_from(village.people - self.at.people).unwrap_or(usize::MAX),
                today: self.today,
            };
            let household = household::draw(
                (chance, dealt),
                &spot,
                (&mut self.numbers, &mut self.casebook),
            )?;
            self.at.people += u32::try_from(household.members.len()).unwrap_or(u32::MAX);
            return Some(household);
        }
        None
    }
}

/// Returns the group the next household belongs to, from 1: groups fill one after the other.
fn group_of(placed: u32, village: &Village) -> u8 {
    let groups = u32::from(village.groups);
    let group = 1 + u64::from(placed) * u64::from(groups) / u64::from(village.people.max(1));
    u8::try_from(group)
        .unwrap_or(village.groups)
        .min(village.groups)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod form_tests;

#[cfg(test)]
mod lot_tests;
