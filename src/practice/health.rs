//! Illness, disability and management of one person, at the rates of a Chinese village.
//!
//! It draws facts for the card and the latent course; visits are drawn from that course later.

use chrono::Datelike;

use super::{
    chance::Chance,
    family::{Kin, this_day},
    latent::{Adherence, Around, Better, Drug, Latent, LifeStyle, Spell},
    presence::Presence,
};
use crate::domain::{
    day::{Day, age_years, plus_days, plus_months},
    identity::Sex,
    tags::ManagedFor,
    value::{Decimal, YearMonth},
};

/// Years of visits the course below the visits reaches back.
const YEARS: i32 = 2;

/// The youngest age at which people are managed for hypertension or diabetes.
pub const YOUNGEST_MANAGED: u32 = 35;

/// A disease of the card with the month it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disease {
    /// Code of `diseases`.
    pub code: &'static str,
    pub confirmed: YearMonth,
}

/// Membership in a programme since a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Managed {
    pub programme: ManagedFor,
    pub since: Day,
}

/// A person's health as the plan states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    pub diseases: Vec<Disease>,
    /// Codes of `disability`; empty for none.
    pub disability: Vec<&'static str>,
    pub managed: Vec<Managed>,
    /// The course below the visits, for everybody of 35 and over.
    pub latent: Option<Latent>,
}

/// Draws the health of a person; who works elsewhere is seldom managed here.
pub fn draw(chance: &mut Chance, kin: &Kin, presence: Presence, today: Day) -> Health {
    let age = age_years(kin.birth, today);
    let mut health = Health {
        disability: disability(chance, age),
        ..Health::default()
    };
    if age < YOUNGEST_MANAGED {
        return health;
    }
    let has_htn = chance.holds(by_age(age, [75, 165, 285, 400, 450]));
    let dm_rate = by_age(age, [35, 75, 115, 150, 130]);
    let has_dm = chance.holds(if has_htn {
        dm_rate * 17 / 10
    } else {
        dm_rate * 7 / 10
    });
    let others = [
        ("4", by_age(age, [1, 6, 20, 45, 60])),
        ("5", by_age(age, [1, 8, 20, 38, 50])),
        ("6", by_age(age, [2, 5, 9, 13, 13])),
        ("7", by_age(age, [1, 6, 18, 40, 55])),
        ("8", 4),
    ];
    let mut codes: Vec<&'static str> = Vec::new();
    codes.extend(has_htn.then_some("2"));
    codes.extend(has_dm.then_some("3"));
    for (code, rate) in others {
        if chance.holds(rate) {
            codes.push(code);
        }
    }
    health.diseases = codes
        .into_iter()
        .map(|code| disease(chance, code, kin, today))
        .collect();
    health.managed = managed(chance, &health.diseases, kin, presence, today);
    let ill = Ill {
        htn: has_htn,
        dm: has_dm,
    };
    health.latent = Some(latent(chance, kin.sex, age, ill, today));
    health
}

/// Takes the rate of an age group: 35–44, 45–54, 55–64, 65–74, 75 and over.
const fn by_age(age: u32, rates: [u32; 5]) -> u32 {
    let [first, second, third, fourth, last] = rates;
    match age {
        ..=44 => first,
        45..=54 => second,
        55..=64 => third,
        65..=74 => fourth,
        _ => last,
    }
}

fn disability(chance: &mut Chance, age: u32) -> Vec<&'static str> {
    let rate = match age {
        ..=17 => 8,
        18..=49 => 22,
        50..=64 => 40,
        _ => 75,
    };
    if !chance.holds(rate) {
        return Vec::new();
    }
    let kinds = [
        ("5", 45),
        ("2", 14),
        ("3", 18),
        ("6", 10),
        ("7", 9),
        ("4", 4),
    ];
    vec![chance.weighted(&kinds)]
}

fn disease(chance: &mut Chance, code: &'static str, kin: &Kin, today: Day) -> Disease {
    let first = kin.birth.year() + 36;
    let years = chance.weighted(&[(0, 3), (1, 4), (2, 7), (4, 25), (7, 28), (11, 21), (16, 12)]);
    let year = (today.year() - years - chance.between(0, 2))
        .max(first)
        .min(today.year() - 1);
    let year = year.max(kin.birth.year() + 18);
    let month = chance.between(1, 12).unsigned_abs();
    Disease {
        code,
        confirmed: YearMonth {
            year,
            month: chance.holds(850).then_some(month),
        },
    }
}

fn managed(
    chance: &mut Chance,
    diseases: &[Disease],
    kin: &Kin,
    presence: Presence,
    today: Day,
) -> Vec<Managed> {
    let of_age = plus_months(kin.birth, YOUNGEST_MANAGED * 12);
    let rate = if matches!(presence, Presence::Away { .. }) {
        250
    } else {
        900
    };
    let mut managed = Vec::new();
    for disease in diseases {
        let programme = match disease.code {
            "2" => ManagedFor::Hypertension,
            "3" => ManagedFor::Diabetes,
            _ => continue,
        };
        let confirmed = Day::from_ymd_opt(disease.confirmed.year + 1, 1, 1).unwrap_or(today);
        let first = confirmed.max(of_age).max(this_day(today, 9));
        let last = plus_days(today, -6);
        if last < first || !chance.holds(rate) {
            continue;
        }
        // Mostly enrolled long ago: registers grow slowly and lose few.
        let two_years = this_day(today, YEARS);
        let since = if first < two_years && chance.holds(800) {
            chance.day(first, two_years)
        } else {
            chance.day(first, last)
        };
        managed.push(Managed { programme, since });
    }
    managed
}

/// How well a person is controlled over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Control {
    #[default]
    Steady,
    Borderline,
    Poor,
}

/// The means of one state of treatment: pressures in mmHg, glucose in tenths of mmol/L.
#[derive(Debug, Clone, Copy)]
struct Means {
    sbp: i32,
    dbp: i32,
    fbg: i32,
}

impl Control {
    /// Returns the means of somebody who is controlled like this.
    const fn means(self, steady: Means) -> Means {
        let (sbp, dbp, fbg) = match self {
            Self::Steady => (0, 0, 0),
            Self::Borderline => (9, 4, 7),
            Self::Poor => (20, 8, 20),
        };
        Means {
            sbp: steady.sbp + sbp,
            dbp: steady.dbp + dbp,
            fbg: steady.fbg + fbg,
        }
    }
}

/// Which of the two common diseases a person has.
#[derive(Debug, Clone, Copy)]
struct Ill {
    htn: bool,
    dm: bool,
}

/// Draws the course of somebody with, or without, high pressure and diabetes.
pub fn invented(
    chance: &mut Chance,
    (sex, age): (Sex, u32),
    (htn, dm): (bool, bool),
    today: Day,
) -> Latent {
    latent(chance, sex, age, Ill { htn, dm }, today)
}

fn latent(chance: &mut Chance, sex: Sex, age: u32, ill: Ill, today: Day) -> Latent {
    let is_man = sex == Sex::Male;
    let control = chance.weighted(&[
        (Control::Steady, 78),
        (Control::Borderline, 15),
        (Control::Poor, 7),
    ]);
    let steady = steady(chance, age, ill);
    let means = control.means(steady);
    let (sbp, dbp) = if ill.htn {
        (means.sbp, means.dbp)
    } else {
        (steady.sbp, steady.dbp)
    };
    let (height, weight) = body(chance, is_man, age, ill);
    let adherence = match chance.between(1, 100) {
        ..=83 => Adherence::Regular,
        84..=96 => Adherence::Intermittent,
        _ => Adherence::None,
    };
    let is_ill = ill.htn || ill.dm;
    let around = |mean, deviation| Around { mean, deviation };
    Latent {
        sbp: around(sbp, 6),
        dbp: around(dbp, 4),
        heart_rate: around(74 + chance.spread(6), 4),
        weight: around(weight, 5),
        height,
        fbg: ill.dm.then(|| around(means.fbg, 4)),
        better: better(chance, control, steady, today),
        spells: if is_ill {
            spells(chance, today)
        } else {
            Vec::new()
        },
        adherence,
        style: style(chance, is_man, age),
        drugs: if is_ill && adherence != Adherence::None {
            drugs(chance, ill, control)
        } else {
            Vec::new()
        },
        not_home: chance.weighted(&[(20, 60), (60, 30), (180, 10)]),
        away_months: (age < 60 && chance.holds(60))
            .then(|| (3, chance.weighted(&[(6, 1), (8, 1), (10, 2)]))),
    }
}

/// Draws the means of a well-treated, or a healthy, person.
fn steady(chance: &mut Chance, age: u32, ill: Ill) -> Means {
    let years = i32::try_from(age).unwrap_or_default();
    let sbp = match (ill.htn, 65 <= age) {
        (false, _) => 117 + years / 9 + chance.spread(6),
        (true, false) => 129 + chance.spread(4),
        (true, true) => 136 + chance.spread(4),
    };
    Means {
        sbp,
        dbp: if ill.htn { 77 } else { 74 } + chance.spread(4),
        fbg: 60 + chance.spread(3),
    }
}

/// Draws height in tenths of a centimetre and weight in tenths of a kilogram.
fn body(chance: &mut Chance, is_man: bool, age: u32, ill: Ill) -> (i32, i32) {
    let shrunk = if 65 <= age { 20 } else { 0 };
    let height = if is_man { 1655 } else { 1545 } + chance.spread(55) - shrunk;
    let index = 234 + chance.spread(27) + if ill.dm { 12 } else { 0 };
    let weight = index.clamp(170, 340) * height / 1000 * height / 1000;
    (height, weight)
}

/// Draws the day a badly controlled person's treatment was stepped up, for most of them.
fn better(chance: &mut Chance, control: Control, steady: Means, today: Day) -> Option<Better> {
    (control != Control::Steady && chance.holds(700)).then(|| Better {
        from: chance.day(this_day(today, YEARS), today),
        sbp: steady.sbp,
        dbp: steady.dbp,
        fbg: steady.fbg,
    })
}

fn spells(chance: &mut Chance, today: Day) -> Vec<Spell> {
    let count = chance.weighted(&[(0, 45), (1, 36), (2, 14), (3, 5)]);
    (0..count)
        .map(|_| {
            let from = chance.day(this_day(today, YEARS), plus_days(today, -1));
            Spell {
                from,
                until: plus_days(from, i64::from(chance.between(20, 50))),
                sbp: chance.between(16, 32),
                fbg: chance.between(8, 40),
            }
        })
        .collect()
}

fn style(chance: &mut Chance, is_man: bool, age: u32) -> LifeStyle {
    let smokes = chance.holds(if is_man { 420 } else { 15 });
    let drinks = chance.holds(if is_man { 330 } else { 20 });
    let halves = if drinks { chance.between(1, 6) } else { 0 };
    LifeStyle {
        smoke: if smokes {
            chance.weighted(&[(5, 2), (10, 5), (15, 2), (20, 5), (30, 1)])
        } else {
            0
        },
        drink: Decimal::from_thousandths(i64::from(halves) * 500),
        exercise_times: chance.weighted(&[(0, 2), (3, 3), (5, 3), (7, 6)]),
        exercise_minutes: chance.weighted(&[(20, 3), (30, 6), (40, 1), (60, 2)]),
        salt: chance.weighted(&[("1", 3), ("2", 5), ("3", 2)]),
        staple: if 70 <= age { 250 } else { 300 } + 50 * chance.between(-1, 2),
    }
}

const PRESSURE_DRUGS: &[(Drug, u32)] = &[
    (drug("氨氯地平", 1, 5_000), 34),
    (drug("硝苯地平缓释片", 2, 20_000), 22),
    (drug("缬沙坦", 1, 80_000), 16),
    (drug("厄贝沙坦", 1, 150_000), 10),
    (drug("依那普利", 2, 10_000), 8),
    (drug("卡托普利", 3, 25_000), 5),
];
const SECOND_PRESSURE_DRUGS: &[(Drug, u32)] = &[
    (drug("氢氯噻嗪", 1, 12_500), 3),
    (drug("美托洛尔", 2, 25_000), 4),
    (drug("吲达帕胺", 1, 2_500), 2),
];
const GLUCOSE_DRUGS: &[(Drug, u32)] = &[
    (drug("二甲双胍", 3, 500_000), 55),
    (drug("格列齐特缓释片", 1, 60_000), 18),
    (drug("阿卡波糖", 3, 50_000), 15),
    (drug("格列美脲", 1, 2_000), 12),
];

const fn drug(name: &'static str, times: i64, amount: i64) -> Drug {
    Drug {
        name,
        times,
        amount,
    }
}

impl Default for Drug {
    fn default() -> Self {
        drug("氨氯地平", 1, 5_000)
    }
}

fn drugs(chance: &mut Chance, ill: Ill, control: Control) -> Vec<Drug> {
    let mut drugs = Vec::new();
    if ill.htn {
        drugs.push(chance.weighted(PRESSURE_DRUGS));
        if chance.holds(if control == Control::Steady { 120 } else { 400 }) {
            drugs.push(chance.weighted(SECOND_PRESSURE_DRUGS));
        }
    }
    if ill.dm {
        drugs.push(chance.weighted(GLUCOSE_DRUGS));
    }
    drugs
}
