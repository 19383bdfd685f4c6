//! The course of a person's health below the visits: what a cuff and a meter would have shown on
//! any day of the last two years.
//!
//! It decides nothing: classes, referrals and dates come from the rules on the readings drawn
//! here. It is calibrated so that about two thirds of follow-ups are controlled and about three
//! in a hundred managed people stand in a referral (a test walks two years to prove it).

use std::collections::BTreeMap;

use chrono::Datelike;

use super::chance::Chance;
use crate::domain::{
    day::Day,
    value::{Answers, Decimal, Value},
};

/// A quantity that stays around a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    pub mean: i32,
    /// About one standard deviation between two visits.
    pub deviation: i32,
}

/// Some weeks in which things went badly: drugs run out, a wedding, an infection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    pub from: Day,
    pub until: Day,
    /// Added to the systolic pressure, mmHg; half of it to the diastolic.
    pub sbp: i32,
    /// Added to the fasting glucose, tenths of mmol/L.
    pub fbg: i32,
}

/// 服药依从性 as the person usually keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adherence {
    Regular,
    Intermittent,
    None,
}

impl Adherence {
    /// Returns the official code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Regular => "1",
            Self::Intermittent => "2",
            Self::None => "3",
        }
    }
}

/// 生活方式 as asked on F01 and F02, and the targets agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeStyle {
    /// Cigarettes a day.
    pub smoke: i32,
    /// 白酒, 两 a day.
    pub drink: Decimal,
    /// Times a week.
    pub exercise_times: i32,
    /// Minutes a time.
    pub exercise_minutes: i32,
    /// 摄盐 code `1`–`3`.
    pub salt: &'static str,
    /// 主食, grams a day.
    pub staple: i32,
}

/// A drug taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drug {
    pub name: &'static str,
    /// Times a day.
    pub times: i64,
    /// Amount a time, in thousandths of a milligram.
    pub amount: i64,
}

/// One grown person's health below the visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latent {
    pub sbp: Around,
    pub dbp: Around,
    pub heart_rate: Around,
    /// Tenths of a kilogram.
    pub weight: Around,
    /// Tenths of a centimetre.
    pub height: i32,
    /// Fasting glucose in tenths of mmol/L; only people with diabetes are measured.
    pub fbg: Option<Around>,
    /// From this day on a better treatment has taken hold, with these means.
    pub better: Option<Better>,
    pub spells: Vec<Spell>,
    pub adherence: Adherence,
    pub style: LifeStyle,
    pub drugs: Vec<Drug>,
    /// How often, in a thousand calls, nobody is found at home.
    pub not_home: u32,
    /// Months, first and last, of each year in which the person works elsewhere.
    pub away_months: Option<(u32, u32)>,
}

/// A treatment that was stepped up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Better {
    pub from: Day,
    pub sbp: i32,
    pub dbp: i32,
    pub fbg: i32,
}

/// What a visit finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// mmHg.
    pub sbp: i64,
    /// mmHg.
    pub dbp: i64,
    /// Beats a minute.
    pub heart_rate: i64,
    /// Kilograms, one decimal.
    pub weight: Decimal,
    /// Centimetres, one decimal.
    pub height: Decimal,
    /// Fasting glucose, mmol/L, one decimal.
    pub fbg: Option<Decimal>,
    /// 服药依从性 on this visit.
    pub adherence: Adherence,
    /// 症状 codes of F01.
    pub symptoms: Vec<&'static str>,
    /// 药物不良反应: yes.
    pub has_adverse_reaction: bool,
    /// 新发或加重并发症: yes.
    pub has_complication: bool,
    /// 低血糖反应 code of F02.
    pub hypo: &'static str,
}

/// Pressures and glucose that ordinary days do not pass; beyond them a reading is urgent.
const ORDINARY: (i32, i32, i32, i32) = (178, 108, 42, 160);

impl Latent {
    /// Draws what a visit on `day` would find.
    pub fn reading(&self, day: Day, chance: &mut Chance) -> Reading {
        let spell = self.spell_on(day);
        let better = self.better.filter(|better| better.from <= day);
        let winter = winter(day);
        let is_urgent = chance.holds(4);
        let sbp_mean = better.map_or(self.sbp.mean, |b| b.sbp) + winter;
        let dbp_mean = better.map_or(self.dbp.mean, |b| b.dbp) + winter / 2;
        let rise = spell.map_or(0, |s| s.sbp);
        let mut sbp = sbp_mean + rise + chance.spread(self.sbp.deviation);
        let mut dbp = dbp_mean + rise / 2 + chance.spread(self.dbp.deviation);
        let (most_sbp, most_dbp, least_fbg, most_fbg) = ORDINARY;
        sbp = sbp.clamp(92, most_sbp);
        if is_urgent && self.fbg.is_none() && !self.drugs.is_empty() {
            sbp = chance.between(181, 196);
            dbp += 14;
        }
        dbp = dbp.clamp(52.max(sbp - 92), most_dbp.min(sbp - 22));
        let fbg = self.fbg.map(|fbg| {
            let mean = better.map_or(fbg.mean, |b| b.fbg) + spell.map_or(0, |s| s.fbg);
            let drawn = (mean + chance.spread(fbg.deviation)).clamp(least_fbg, most_fbg);
            if is_urgent {
                chance.weighted(&[(36, 1), (172, 1), (181, 1)])
            } else {
                drawn
            }
        });
        let adherence = if spell.is_some() && self.adherence == Adherence::Regular {
            Adherence::Intermittent
        } else {
            self.adherence
        };
        let is_high = 160 <= sbp;
        Reading {
            sbp: i64::from(sbp),
            dbp: i64::from(dbp),
            heart_rate: i64::from(
                (self.heart_rate.mean + chance.spread(self.heart_rate.deviation)).clamp(52, 98),
            ),
            weight: tenths(self.weight.mean + chance.spread(self.weight.deviation)),
            height: tenths(self.height),
            hypo: if fbg.is_some_and(|fbg| fbg <= 39) || fbg.is_some() && chance.holds(15) {
                "2"
            } else {
                "1"
            },
            fbg: fbg.map(tenths),
            adherence,
            symptoms: if chance.holds(if is_high { 350 } else { 40 }) {
                vec![chance.weighted(&[("2", 6), ("4", 2), ("6", 1), ("8", 2)])]
            } else {
                vec!["1"]
            },
            has_adverse_reaction: !self.drugs.is_empty() && chance.holds(9),
            has_complication: chance.holds(1),
        }
    }

    /// Tells whether the person works elsewhere on the day.
    pub fn is_away(&self, day: Day) -> bool {
        self.away_months
            .is_some_and(|(first, last)| (first..=last).contains(&day.month()))
    }

    /// Draws whether nobody is found when the doctor calls on the day.
    pub fn is_not_home(&self, day: Day, chance: &mut Chance) -> bool {
        self.is_away(day) || chance.holds(self.not_home)
    }

    /// Returns the drugs as rows of F01 and F02: name, times, amount, unit.
    pub fn drug_rows(&self) -> Value {
        let rows = self.drugs.iter().map(|drug| -> Answers {
            BTreeMap::from([
                ("name".to_owned(), Value::Text(drug.name.to_owned())),
                ("times".to_owned(), Value::Int(drug.times)),
                (
                    "amount".to_owned(),
                    Value::Dec(Decimal::from_thousandths(drug.amount)),
                ),
                ("unit".to_owned(), Value::Code("1".to_owned())),
            ])
        });
        Value::Rows(rows.collect())
    }

    fn spell_on(&self, day: Day) -> Option<&Spell> {
        self.spells
            .iter()
            .find(|spell| spell.from <= day && day <= spell.until)
    }
}

/// Pressure is higher in the cold months: mmHg added by month.
fn winter(day: Day) -> i32 {
    match day.month0() {
        0 | 11 => 3,
        1 | 10 => 2,
        5 | 8 => -2,
        6 | 7 => -3,
        _ => 0,
    }
}

fn tenths(value: i32) -> Decimal {
    Decimal::from_thousandths(i64::from(value) * 100)
}
