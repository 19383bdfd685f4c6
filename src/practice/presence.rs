//! Who of a house is at home today, works elsewhere, has moved out or died.
//!
//! Heads neither die nor move: their house would need a new head, which is entered, not planned.

use super::{
    chance::Chance,
    family::{self, Kin, Marriage},
};
use crate::domain::day::{Day, age_years, plus_days};

/// Where the person is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Home,
    /// Works elsewhere, more than six months already.
    Away {
        since: Day,
    },
    MovedOut {
        on: Day,
        /// Reason code of membership history: 1婚嫁 4迁入….
        reason: &'static str,
        to: &'static str,
    },
    Dead {
        on: Day,
        cause: &'static str,
    },
}

/// Draws who is away, has died or moved out; a dead husband or wife leaves a widow or widower.
pub fn draw(chance: &mut Chance, family: &mut [Kin], today: Day) -> Vec<Presence> {
    let all_away = chance.holds(22);
    let found: Vec<Presence> = family
        .iter()
        .map(|kin| match of_member(chance, kin, today) {
            Presence::Home if all_away && age_years(kin.birth, today) < 60 => {
                away(chance, kin, today)
            }
            presence => presence,
        })
        .collect();
    let has_died = |words: &[&str]| {
        family.iter().zip(&found).any(|(kin, presence)| {
            words.contains(&kin.word) && matches!(presence, Presence::Dead { .. })
        })
    };
    let lost = [
        (has_died(&["配偶", "妻", "妻子"]), "户主"),
        (has_died(&["父亲"]), "母亲"),
        (has_died(&["母亲"]), "父亲"),
    ];
    for kin in family.iter_mut() {
        let is_left = lost.iter().any(|(died, word)| *died && *word == kin.word);
        if is_left && kin.marriage == Marriage::Married {
            kin.marriage = Marriage::Widowed;
        }
    }
    found
}

/// Draws where one member is; heads neither die nor move, their houses would need a new one.
fn of_member(chance: &mut Chance, kin: &Kin, today: Day) -> Presence {
    let age = age_years(kin.birth, today);
    let (dying, leaving) = match age {
        ..=17 => (0, 30),
        18..=34 => (1, 420),
        35..=49 => (1, 270),
        50..=59 => (3, 110),
        60..=74 => (28, 12),
        _ => (110, 12),
    };
    if kin.word != HEAD && chance.holds(dying) {
        let on = chance.day(family::this_day(today, 2), today);
        let cause = chance.weighted(CAUSES_OF_DEATH);
        return Presence::Dead { on, cause };
    }
    if kin.word.ends_with('女') && (20..=31).contains(&age) && chance.holds(110) {
        return Presence::MovedOut {
            on: chance.day(family::this_day(today, 2), today),
            reason: "1",
            to: "邻县",
        };
    }
    if chance.holds(leaving) {
        return away(chance, kin, today);
    }
    Presence::Home
}

/// Draws since when a member works elsewhere: more than half a year.
fn away(chance: &mut Chance, kin: &Kin, today: Day) -> Presence {
    let since = chance.day(family::this_day(today, 6), plus_days(today, -190));
    Presence::Away {
        since: since.max(kin.birth),
    }
}

/// The head's word in every family drawn.
const HEAD: &str = "户主";

const CAUSES_OF_DEATH: &[(&str, u32)] = &[
    ("脑卒中", 3),
    ("冠心病", 3),
    ("恶性肿瘤", 2),
    ("慢性阻塞性肺疾病", 2),
    ("衰老", 2),
];
