//! 中医体质辨识: thirty-three answers on a scale.
//!
//! What they come to the form works out itself.

use super::{Occasion, Patient, Told, exam::waist};
use crate::practice::chance::Chance;

/// 中医体质 (F10): mostly balanced, each with a leaning of the own.
pub fn answers(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let leaning: &[usize] = match (patient.latent.height + patient.latent.heart_rate.mean) % 11 {
        0 => &[2, 3, 4, 14],
        1 => &[11, 12, 13, 29],
        2 => &[10, 21, 26, 31],
        3 => &[16, 32],
        4 => &[19, 22, 24, 33],
        5 => &[23, 25, 27, 30],
        _ => &[],
    };
    for (number, key) in ITEMS.iter().enumerate() {
        let number = number + 1;
        let answer = match number {
            1 => chance.weighted(&[("4", 6), ("5", 3), ("3", 2)]),
            // Worked out from weight, height and waist.
            9 | 28 => continue,
            _ if leaning.contains(&number) => chance.weighted(&[("3", 4), ("4", 5), ("2", 1)]),
            _ => chance.weighted(&[("1", 14), ("2", 6), ("3", 1)]),
        };
        told.put(key, answer);
    }
    let height = on.reading.height.thousandths().max(1);
    let index =
        on.reading.weight.thousandths() * 100_000 / (height * height / 100_000).max(1) / 100;
    told.tenths(
        "bmi",
        i32::try_from(index / 10).unwrap_or(234).clamp(120, 600),
    );
    told.tenths("waist", waist(patient));
    for guide in GUIDES {
        told.put(guide, "1,2,3,4");
    }
    told
}

const ITEMS: [&str; 33] = [
    "item_1", "item_2", "item_3", "item_4", "item_5", "item_6", "item_7", "item_8", "item_9",
    "item_10", "item_11", "item_12", "item_13", "item_14", "item_15", "item_16", "item_17",
    "item_18", "item_19", "item_20", "item_21", "item_22", "item_23", "item_24", "item_25",
    "item_26", "item_27", "item_28", "item_29", "item_30", "item_31", "item_32", "item_33",
];

const GUIDES: [&str; 9] = [
    "guide_qi_deficiency",
    "guide_yang_deficiency",
    "guide_yin_deficiency",
    "guide_phlegm_dampness",
    "guide_damp_heat",
    "guide_blood_stasis",
    "guide_qi_stagnation",
    "guide_special",
    "guide_balanced",
];
