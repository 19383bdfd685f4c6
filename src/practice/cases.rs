//! Who of the village is with child, has tuberculosis, a mental disorder or a disability: dealt
//! out evenly over the people as they come, so that every village has its few.
//!
//! It says what becomes of them in a few words; visits are drawn from that later.

use super::{
    chance::Chance,
    family::{Kin, Marriage},
    health::{Disease, Health},
    presence::Presence,
};
use crate::domain::{
    day::{Day, age_years, plus_days},
    identity::Sex,
    value::YearMonth,
};

/// What a person is followed up for beside pressure, glucose and age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cases {
    pub mental: Option<Mental>,
    pub lung: Option<Lung>,
    pub pregnancy: Option<Pregnancy>,
    /// 残疾等级 1–4.
    pub grade: Option<u32>,
    /// A child's weight and length for its age, hundredths of a standard deviation.
    pub growth: (i32, i32),
    /// Comes late for vaccines.
    pub is_behind: bool,
}

/// How a mental disorder goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mental {
    Stable,
    /// Better and worse by turns.
    Wavering,
    /// Worse these weeks.
    Unstable,
    /// Does not want to be followed up.
    NoConsent,
    /// Not found these months.
    Lost,
}

/// A course of treatment against tuberculosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lung {
    /// The day the notice came.
    pub notice: Day,
}

/// A pregnancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pregnancy {
    pub lmp: Day,
    /// The day of the booking.
    pub booked: Day,
    /// One check is forgotten.
    pub misses_one: bool,
    /// Something is found and referred.
    pub is_at_risk: bool,
    /// The day of the delivery, where it lies in these years.
    pub ends: Option<Day>,
}

const MENTAL: &[Mental] = &[
    Mental::Stable,
    Mental::Unstable,
    Mental::Stable,
    Mental::Wavering,
    Mental::NoConsent,
    Mental::Stable,
    Mental::Stable,
    Mental::Lost,
    Mental::Stable,
    Mental::Wavering,
    Mental::Stable,
    Mental::Stable,
];

/// At which grown people tuberculosis stands, and the days since the notice; beyond them every
/// so many.
const LUNG: &[(u32, i64)] = &[(40, 38), (170, 1), (700, 168), (1150, 400)];
const LUNG_AGAIN: u32 = 900;

/// Of a thousand children, how many families put doses off.
const BEHIND: u32 = 135;
/// Of a thousand disabled people, how many have a certificate and are visited for it.
const CERTIFIED: u32 = 680;
/// One grown person of so many has a mental disorder, beside those whose card says so.
const MENTAL_EACH: u32 = 215;
/// One young wife of so many is with child.
const PREGNANT_EACH: u32 = 19;
/// Days since the last period of the youngest pregnancy booked, and of the oldest.
const PREGNANT: (i64, i64) = (46, 276);

/// How many were met so far.
#[derive(Debug, Clone, Default)]
pub struct Casebook {
    grown: u32,
    mental: u32,
    wives: u32,
    pregnant: u32,
}

impl Casebook {
    /// Deals out what a member has; illnesses are put on the person's health.
    pub fn deal(
        &mut self,
        chance: &mut Chance,
        (kin, is_nursing): (&Kin, bool),
        presence: Presence,
        health: &mut Health,
        today: Day,
    ) -> Cases {
        let age = age_years(kin.birth, today);
        let mut cases = Cases {
            grade: (!health.disability.is_empty() && chance.holds(CERTIFIED))
                .then(|| chance.weighted(&[(1, 15), (2, 22), (3, 33), (4, 30)])),
            growth: (chance.spread(85), chance.spread(85)),
            is_behind: chance.holds(BEHIND),
            ..Cases::default()
        };
        if presence != Presence::Home || age < 18 {
            return cases;
        }
        self.grown += 1;
        cases.mental = self.mental(chance, kin, age, health, today);
        if cases.mental.is_none() && age < 80 {
            cases.lung = self.lung(health, today);
        }
        let may_bear = kin.sex == Sex::Female && (20..=40).contains(&age);
        if may_bear && kin.marriage == Marriage::Married && !is_nursing && cases.lung.is_none() {
            cases.pregnancy = self.pregnancy(chance, today);
        }
        cases
    }

    fn mental(
        &mut self,
        chance: &mut Chance,
        kin: &Kin,
        age: u32,
        health: &mut Health,
        today: Day,
    ) -> Option<Mental> {
        let is_ill = health.diseases.iter().any(|disease| disease.code == "8");
        if !is_ill && (self.grown % MENTAL_EACH != MENTAL_EACH / 2 || 75 < age) {
            return None;
        }
        if !is_ill {
            let since = chance.day(plus_days(kin.birth, 365 * 18), plus_days(today, -900));
            health.diseases.push(known("8", since));
        }
        let course = usize::try_from(self.mental).ok()? % MENTAL.len();
        self.mental += 1;
        MENTAL.get(course).copied()
    }

    fn lung(&self, health: &mut Health, today: Day) -> Option<Lung> {
        let named = LUNG.iter().find(|(at, _)| *at == self.grown);
        let again = self
            .grown
            .checked_sub(LUNG.last().map_or(0, |(at, _)| *at))
            .filter(|beyond| 0 < *beyond && beyond.is_multiple_of(LUNG_AGAIN))
            .and_then(|beyond| {
                let turn = usize::try_from(beyond / LUNG_AGAIN).ok()?;
                LUNG.get(turn % LUNG.len())
            });
        let (_, ago) = named.or(again)?;
        let notice = plus_days(today, -ago);
        health.diseases.push(known("9", notice));
        Some(Lung { notice })
    }

    fn pregnancy(&mut self, chance: &mut Chance, today: Day) -> Option<Pregnancy> {
        self.wives += 1;
        if self.wives % PREGNANT_EACH != 2 {
            return None;
        }
        // Steps of the golden section: any few of them stand at different stages.
        let share = i64::from(self.pregnant * 618 + 40) % 1000;
        self.pregnant += 1;
        let lmp = plus_days(
            today,
            -(PREGNANT.0 + share * (PREGNANT.1 - PREGNANT.0) / 1000),
        );
        let booked = if self.pregnant % 5 == 4 {
            chance.between(95, 130)
        } else {
            chance.between(44, 82)
        };
        Some(Pregnancy {
            lmp,
            booked: plus_days(lmp, i64::from(booked))
                .min(plus_days(today, -i64::from(chance.between(1, 3)))),
            misses_one: self.pregnant % 4 == 3,
            is_at_risk: self.pregnant % 5 == 2,
            ends: None,
        })
    }
}

fn known(code: &'static str, day: Day) -> Disease {
    use chrono::Datelike;
    Disease {
        code,
        confirmed: YearMonth {
            year: day.year(),
            month: Some(day.month()),
        },
    }
}
