//! Children: birth, newborn visit, checks by age, massage taught, doses given.

use super::{Occasion, Patient, Told, growth};
use crate::{
    domain::{
        day::{Day, age_months},
        identity::Sex,
        value::Value,
    },
    practice::chance::Chance,
};

/// Of a thousand checks, how many find the haemoglobin low, and the sight.
const ANAEMIC: u32 = 55;
const LOW_SIGHT: u32 = 35;

/// Whether the child was born too small or too soon, as it was on the birth paper.
fn is_small(patient: &Patient) -> bool {
    patient.cases.growth.0 < -140
}

fn birth_weight(patient: &Patient) -> i32 {
    let birth = patient.facts.birth;
    let born = growth::size(birth, birth, patient.facts.is_female, patient.cases.growth).weight;
    if is_small(patient) {
        born.min(245)
    } else {
        born.max(255)
    }
}

/// 儿童纳入.
pub fn entry(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    if let Some(day) = patient.card.get("discharged").and_then(Value::date) {
        told.put("discharged", day.min(on.day));
    }
    told.hundredths("birth_weight", birth_weight(patient));
    told.put("weeks", weeks(patient, chance));
    told.put("multiple", "1");
    told.put("defect", "1");
    told
}

fn weeks(patient: &Patient, chance: &mut Chance) -> i32 {
    if is_small(patient) {
        36
    } else {
        chance.between(38, 40)
    }
}

/// 新生儿家庭访视 (F15).
pub fn newborn(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let facts = &patient.facts;
    let text = |key: &str| patient.card.get(key).and_then(Value::text);
    let sex = if facts.is_female {
        Sex::Female
    } else {
        Sex::Male
    };
    told.put("sex", sex.code());
    told.put("birth", facts.birth);
    told.put("address", text("address").unwrap_or("本村"));
    let parent = text("contact_name").unwrap_or("家长");
    let is_mother = text("contact_rel").is_some_and(|word| word != "户主");
    told.put(
        if is_mother {
            "mother_name"
        } else {
            "father_name"
        },
        parent,
    );
    told.put("weeks", weeks(patient, chance));
    told.put("hospital", "县妇幼保健院");
    told.put("delivery", chance.weighted(&[("1", 6), ("4", 4)]));
    told.put("hearing_screen", chance.weighted(&[("1", 19), ("3", 1)]));
    told.put("disease_screen", "2");
    let born = birth_weight(patient);
    told.hundredths("birth_weight", born);
    let days = i32::try_from((on.day - facts.birth).num_days()).unwrap_or_default();
    told.hundredths("weight", born + (days.min(30) - 5).max(0) * 3);
    told.tenths(
        "birth_length",
        size(patient, facts.birth).length.clamp(455, 540),
    );
    told.put("feeding", chance.weighted(&[("1", 7), ("2", 2), ("3", 1)]));
    told.put("stool", "1");
    told.put("stool_times", chance.between(3, 6));
    told.tenths("temp", chance.between(365, 371));
    told.put("hr", 136 + chance.spread(6));
    told.put("rr", 42 + chance.spread(3));
    told.put("jaundice", if chance.holds(300) { "2" } else { "1" });
    told.tenths("fontanelle_long", 20);
    told.tenths("fontanelle_wide", 20);
    told.put("cord", if 7 < days { "2" } else { "1" });
    told.put("guidance", "1,2,3,4");
    told
}

fn size(patient: &Patient, day: Day) -> growth::Size {
    let facts = &patient.facts;
    growth::size(facts.birth, day, facts.is_female, patient.cases.growth)
}

/// 健康检查 by age (F16–F18).
pub fn check(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let (weight_by, length_by) = patient.cases.growth;
    let found = size(patient, on.day);
    let months = i32::try_from(age_months(patient.facts.birth, on.day)).unwrap_or_default();
    told.hundredths("weight", found.weight + chance.spread(8));
    told.put("weight_eval", growth::evaluation(weight_by));
    told.tenths("length", found.length + chance.spread(2));
    told.put("length_eval", growth::evaluation(length_by));
    told.put("wfh_eval", growth::evaluation(weight_by - length_by));
    told.put(
        "growth",
        match (weight_by, length_by) {
            (..=-200, _) => "2",
            (_, ..=-200) => "4",
            (210.., _) => "5",
            _ => "1",
        },
    );
    told.tenths("head", 345 + (months * 22).min(75) + months.min(12) * 3);
    if months < 18 {
        told.put("fontanelle", "2");
        let left = (20 - months).clamp(5, 20);
        told.tenths("fontanelle_long", left);
        told.tenths("fontanelle_wide", left);
    } else {
        told.put("fontanelle", "1");
    }
    let teeth = (months - 5).clamp(0, 20);
    told.put("teeth", teeth);
    let has_caries = 30 < months && chance.holds(240);
    told.put("caries", if has_caries { chance.between(1, 3) } else { 0 });
    told.put("hearing", "1");
    let haemoglobin = if chance.holds(ANAEMIC) {
        chance.between(99, 109)
    } else {
        (121 + chance.spread(5)).max(110)
    };
    told.put("hb", haemoglobin);
    let sight = if chance.holds(LOW_SIGHT) { 47 } else { 50 };
    told.tenths("vision_l", sight);
    told.tenths("vision_r", sight);
    told.put("navel", if months < 3 { "2" } else { "1" });
    told.tenths("outdoor", chance.between(10, 25));
    told.put("vit_d", if months < 24 { 400 } else { 0 });
    if chance.holds(8) {
        told.put("dev", chance.weighted(&[("1", 1), ("2", 1), ("4", 1)]));
    }
    told.put("illness", "1");
    told.put("guidance", "1,2,3,4");
    told
}

/// 儿童中医药 (F19).
pub fn massage(_: &Patient, _: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    told.put("guidance", "1,2,3");
    told
}

/// 预防接种 (F27), as noted from the booklet; the dose stands on the form already.
pub fn dose() -> Told {
    let mut told = Told::default();
    told.all(&[("org", "清水镇中心卫生院 接种门诊"), ("reaction", "1")]);
    told
}
