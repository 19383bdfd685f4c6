//! The yearly check: 健康体检表 with its laboratory, and the self-care score of old people.

use super::{Occasion, Patient, Told};
use crate::{
    domain::{
        day::{Day, age_years},
        value::Decimal,
    },
    practice::chance::Chance,
};

/// From this glucose on the check finds something, tenths of mmol/L; with known diabetes.
const HIGH_GLUCOSE: i32 = 70;
const VERY_HIGH_GLUCOSE: i32 = 110;
/// From this age on old people are asked more.
const OLD: u32 = 65;

/// 健康体检表 (F07).
pub fn check_up(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let age = age_years(patient.facts.birth, on.day);
    told.put("symptoms", symptoms(chance, age));
    body(&mut told, patient, on, chance);
    if OLD <= age {
        old(&mut told, patient, age, chance);
    }
    life_style(&mut told, patient, age, chance);
    organs(&mut told, age, chance);
    let found = laboratory(&mut told, patient, on, chance);
    problems(&mut told, patient, age, chance);
    evaluation(&mut told, patient, found);
    told
}

fn symptoms(chance: &mut Chance, age: u32) -> &'static str {
    if chance.holds(if age < OLD { 850 } else { 690 }) {
        "1"
    } else {
        chance.weighted(&[
            ("3", 5),
            ("14", 6),
            ("13", 3),
            ("15", 2),
            ("7", 2),
            ("3,14", 2),
            ("19", 1),
        ])
    }
}

fn body(told: &mut Told, patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) {
    let reading = on.reading;
    told.tenths("temp", chance.between(362, 369));
    told.put("pulse", reading.heart_rate);
    told.put("heart_rate", reading.heart_rate);
    told.put("rr", chance.between(16, 20));
    let apart = i64::from(chance.between(-4, 6));
    told.put("sbp_l", reading.sbp - apart);
    told.put("dbp_l", reading.dbp - apart / 2);
    told.pressure(("sbp_r", "dbp_r"), reading);
    told.put("height", reading.height);
    told.put("weight", reading.weight);
    told.tenths("waist", waist(patient) + chance.spread(8));
}

/// The waist goes with the body mass index: tenths of a centimetre.
pub(super) fn waist(patient: &Patient) -> i32 {
    let latent = &patient.latent;
    let index = latent.weight.mean * 100_000 / (latent.height * latent.height / 100).max(1) / 10;
    let base = if patient.facts.is_female { 800 } else { 835 };
    (base + (index - 235) * 25 / 10).clamp(640, 1180)
}

/// How far somebody depends on others: 0 to about 1000, steady over the years, growing with age.
fn frailty(patient: &Patient, age: u32) -> i32 {
    let drawn = (patient.latent.height * 37 + patient.latent.weight.mean * 11) % 1000;
    let years = i32::try_from(age).unwrap_or_default();
    drawn + (years - 70) * 9
}

fn old(told: &mut Told, patient: &Patient, age: u32, chance: &mut Chance) {
    let frail = frailty(patient, age);
    told.put(
        "self_health",
        chance.weighted(&[("1", 42), ("2", 38), ("3", 10), ("4", 8), ("5", 2)]),
    );
    told.put(
        "self_care",
        level(score(patient, age).iter().map(|(_, points)| points).sum()),
    );
    if 1020 < frail {
        told.all(&[("cognition", "2")]);
        told.put("mmse", chance.between(14, 23));
    } else {
        told.put("cognition", "1");
    }
    if chance.holds(25) {
        told.put("mood", "2");
        told.put("mood_score", chance.between(11, 19));
    } else {
        told.put("mood", "1");
    }
}

const fn level(score: u32) -> &'static str {
    match score {
        ..=3 => "1",
        4..=8 => "2",
        9..=18 => "3",
        _ => "4",
    }
}

/// The points of the self-care score by question.
fn score(patient: &Patient, age: u32) -> [(&'static str, u32); 5] {
    let points = match frailty(patient, age) {
        ..=960 => [0, 0, 0, 0, 0],
        961..=1060 => [0, 1, 0, 0, 1],
        1061..=1120 => [0, 3, 0, 1, 1],
        1121..=1180 => [3, 3, 3, 1, 5],
        _ => [5, 7, 5, 5, 10],
    };
    let [meal, groom, dress, toilet, walk] = points;
    [
        ("meal", meal),
        ("groom", groom),
        ("dress", dress),
        ("toilet", toilet),
        ("move", walk),
    ]
}

/// 生活自理能力评估 (F09).
pub fn self_care(patient: &Patient, day: Day, _: &mut Chance) -> Told {
    let mut told = Told::default();
    for (key, points) in score(patient, age_years(patient.facts.birth, day)) {
        told.put(key, points);
    }
    told
}

/// The whole self-care score.
pub fn self_care_score(patient: &Patient, day: Day) -> u32 {
    let age = age_years(patient.facts.birth, day);
    score(patient, age).iter().map(|(_, points)| points).sum()
}

fn life_style(told: &mut Told, patient: &Patient, age: u32, chance: &mut Chance) {
    let style = &patient.latent.style;
    if style.exercise_times == 0 {
        told.put("ex_often", "4");
    } else {
        told.put("ex_often", if style.exercise_times < 7 { "2" } else { "1" });
        told.put("ex_min", style.exercise_minutes);
        told.put("ex_years", 3 + style.exercise_minutes / 5);
        told.put(
            "ex_kind",
            if style.exercise_minutes < 40 {
                "散步"
            } else {
                "走路"
            },
        );
    }
    told.put("food", if style.salt == "3" { "1,4" } else { "1" });
    if 0 < style.smoke {
        told.all(&[("smoking", "3")]);
        told.put("smoke", style.smoke);
        told.put("smoke_from", 18 + style.smoke / 3);
    } else {
        told.put("smoking", "1");
    }
    if Decimal::default() < style.drink {
        let daily = Decimal::from_int(1) < style.drink;
        told.put("drinking", if daily { "4" } else { "2" });
        told.put("drink", style.drink);
        told.all(&[("drink_stopped", "1"), ("drunk", "2"), ("drink_kinds", "1")]);
        told.put("drink_from", 20 + style.smoke / 5);
    } else {
        told.put("drinking", "1");
    }
    told.put("exposure", "1");
    let _ = (age, chance);
}

fn organs(told: &mut Told, age: u32, chance: &mut Chance) {
    let teeth: &[(&str, u32)] = if age < OLD {
        &[("1", 6), ("2", 2), ("3", 2)]
    } else {
        &[("1", 15), ("2", 40), ("2,3", 15), ("2,4", 30)]
    };
    told.put("teeth", chance.weighted(teeth));
    let sight = if age < OLD { 48 } else { 46 };
    let left = sight + chance.between(-3, 3);
    told.tenths("vision_l", left);
    told.tenths("vision_r", left + chance.between(-1, 1));
    let is_deaf = OLD <= age && chance.holds(110);
    told.put("hearing", if is_deaf { "2" } else { "1" });
    told.put("skin", "1");
    told.put("oedema", if chance.holds(25) { "4" } else { "1" });
    told.put("rhythm", if chance.holds(30) { "2" } else { "1" });
    told.put("dorsalis_pedis", "2");
}

/// Draws the laboratory; returns what is out of order, in words.
fn laboratory(
    told: &mut Told,
    patient: &Patient,
    on: &Occasion<'_>,
    chance: &mut Chance,
) -> Vec<&'static str> {
    let mut found = Vec::new();
    let is_female = patient.facts.is_female;
    let haemoglobin = if is_female { 126 } else { 141 } + chance.spread(11);
    if haemoglobin < if is_female { 106 } else { 116 } {
        found.push("轻度贫血");
    }
    told.put("hb", haemoglobin.clamp(82, 176));
    told.tenths("wbc", (61 + chance.spread(12)).clamp(32, 110));
    told.put("plt", (205 + chance.spread(42)).clamp(90, 390));
    let glucose = match (patient.latent.fbg, on.reading.fbg) {
        (_, Some(measured)) => i32::try_from(measured.thousandths() / 100).unwrap_or(60),
        (Some(around), None) => (around.mean + chance.spread(6)).clamp(40, 165),
        (None, None) => (53 + chance.spread(5)).clamp(41, 74),
    };
    told.tenths("fbg", glucose);
    told.tenths(
        "hba1c",
        (30 + glucose * 45 / 100 + chance.spread(2)).clamp(42, 118),
    );
    let limit = if patient.latent.fbg.is_some() {
        VERY_HIGH_GLUCOSE
    } else {
        HIGH_GLUCOSE
    };
    if limit <= glucose {
        found.push("空腹血糖偏高");
    }
    let sugar = if 100 <= glucose && chance.holds(500) {
        "3"
    } else {
        "1"
    };
    told.put("urine_sugar", sugar);
    told.put(
        "urine_protein",
        chance.weighted(&[("1", 90), ("2", 6), ("3", 4)]),
    );
    told.put("urine_ketone", "1");
    told.put(
        "urine_blood",
        chance.weighted(&[("1", 90), ("2", 6), ("3", 4)]),
    );
    let ecg = chance.weighted(&[("1", 93), ("2", 7)]);
    told.put("ecg", ecg);
    if ecg == "2" {
        found.push(chance.weighted(&[("心电图ST-T改变", 5), ("窦性心动过缓", 3), ("房性早搏", 3)]));
    }
    chemistry(told, chance, &mut found);
    told.put("chest_film", if chance.holds(940) { "1" } else { "2" });
    let liver = chance.holds(70);
    told.put("ultrasound", if liver { "2" } else { "1" });
    if liver {
        found.push(chance.weighted(&[
            ("脂肪肝", 6),
            ("胆囊结石", 3),
            ("肾囊肿", 3),
            ("肝囊肿", 2),
        ]));
    }
    if 165 <= on.reading.sbp || 100 <= on.reading.dbp {
        found.push("血压偏高");
    }
    found
}

fn chemistry(told: &mut Told, chance: &mut Chance, found: &mut Vec<&'static str>) {
    told.tenths("alt", (195 + chance.spread(75)).clamp(60, 900));
    told.tenths("ast", (225 + chance.spread(60)).clamp(80, 800));
    told.tenths("tbil", (121 + chance.spread(35)).clamp(40, 300));
    told.tenths("cr", (690 + chance.spread(140)).clamp(360, 1900));
    told.tenths("urea", (56 + chance.spread(12)).clamp(22, 130));
    let total = (478 + chance.spread(85)).clamp(260, 830);
    told.hundredths("tc", total);
    told.hundredths("tg", (148 + chance.spread(62)).clamp(45, 620));
    told.hundredths(
        "ldl",
        (total * 56 / 100 + chance.spread(25)).clamp(100, 560),
    );
    told.hundredths("hdl", (132 + chance.spread(25)).clamp(70, 230));
    if 650 < total {
        found.push("血脂偏高");
    }
}

fn problems(told: &mut Told, patient: &Patient, age: u32, chance: &mut Chance) {
    let has = |code: &str| {
        let diseases = patient.card.get("diseases");
        diseases.is_some_and(|codes| codes.codes().iter().any(|known| known == code))
    };
    told.put("brain", if has("7") { "2" } else { "1" });
    told.put("heart", if has("4") { "3" } else { "1" });
    told.put("kidney", "1");
    told.put("vessels", "1");
    let is_dim = OLD <= age && chance.holds(160);
    told.put("eyes", if is_dim { "4" } else { "1" });
    told.put("nerves", "1");
    told.put("systems", "1");
    let rows: Vec<String> = patient
        .latent
        .drugs
        .iter()
        .map(|drug| {
            let amount = Decimal::from_thousandths(drug.amount);
            let adherence = patient.latent.adherence.code();
            format!(
                "{}|口服|每日{}次，每次{amount}mg|1年以上|{adherence}",
                drug.name, drug.times
            )
        })
        .collect();
    if !rows.is_empty() {
        told.put("drugs", rows.join(";"));
    }
}

fn evaluation(told: &mut Told, patient: &Patient, found: Vec<&'static str>) {
    if found.is_empty() {
        told.put("evaluation", "1");
    } else {
        told.put("evaluation", "2");
        let keys = ["abnormal_1", "abnormal_2", "abnormal_3", "abnormal_4"];
        for (key, what) in keys.into_iter().zip(&found) {
            told.put(key, what);
        }
    }
    let is_ill = !patient.latent.drugs.is_empty();
    let advice = match (is_ill, found.is_empty()) {
        (true, true) => "1",
        (true, false) => "1,2",
        (false, false) => "2",
        (false, true) => "",
    };
    if !advice.is_empty() {
        told.put("guidance", advice);
    }
    let style = &patient.latent.style;
    let mut control = vec!["3", "4"];
    if 0 < style.smoke {
        control.insert(0, "1");
    }
    told.put("risk_control", control.join(","));
}
