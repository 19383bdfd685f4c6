//! Pregnancy and the weeks after delivery.

use super::{Occasion, Patient, Told};
use crate::{
    domain::{
        day::{Day, plus_days},
        programmes::ProgrammeKind,
        value::Value,
    },
    practice::chance::Chance,
};

/// From this week on something is found in the pregnancies at risk.
const RISK_WEEK: i64 = 25;

fn lmp(patient: &Patient, on: &Occasion<'_>) -> Day {
    let course = on.course.programmes.get(&ProgrammeKind::Anc);
    let known = course.and_then(|course| course.facts.pregnancy());
    known
        .map(|pregnancy| pregnancy.lmp)
        .or(patient.cases.pregnancy.map(|pregnancy| pregnancy.lmp))
        .unwrap_or_else(|| plus_days(on.day, -70))
}

/// 建册.
pub fn booking(patient: &Patient, on: &Occasion<'_>, _: &mut Chance) -> Told {
    let mut told = Told::default();
    told.put("lmp", lmp(patient, on));
    told
}

/// Weight in tenths of a kilogram: what she weighed before, and what a pregnancy adds.
fn weight(patient: &Patient, weeks: i64) -> i32 {
    let gained = (weeks - 10).max(0) * 42 / 10;
    patient.latent.weight.mean.clamp(430, 820) + i32::try_from(gained).unwrap_or_default()
}

/// 第1次产前检查 (F11).
pub fn first(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let weeks = (on.day - lmp(patient, on)).num_days() / 7;
    told.put("lmp", lmp(patient, on));
    let before = chance.weighted(&[(0, 5), (1, 5), (2, 1)]);
    told.put("gravida", before + 1);
    told.put("para_vaginal", before);
    told.put("para_cs", 0);
    told.put("height", patient.height());
    told.tenths("weight", weight(patient, weeks));
    told.put("sbp", 110 + chance.spread(6));
    told.put("dbp", 70 + chance.spread(4));
    told.put("hb", (124 + chance.spread(6)).max(111));
    told.tenths("wbc", 75 + chance.spread(12));
    told.put("plt", 220 + chance.spread(35));
    told.all(&[
        ("urine_protein", "1"),
        ("urine_sugar", "1"),
        ("hbsag", "1"),
        ("anti_hbs", "2"),
        ("hbeag", "1"),
        ("anti_hbe", "1"),
        ("anti_hbc", "1"),
        ("syphilis", "1"),
        ("hiv", "1"),
        ("overall", "1"),
        ("guidance", "1,3,4,5"),
    ]);
    told.tenths("fbg", 46 + chance.spread(2));
    told
}

/// 第2～5次产前随访 (F12): here, or as a word to go where deliveries are made.
pub fn check(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let weeks = (on.day - lmp(patient, on)).num_days() / 7;
    told.put("edd", plus_days(lmp(patient, on), 280));
    if chance.holds(280) {
        told.all(&[("is_urge", "2"), ("place", "县妇幼保健院")]);
        return told;
    }
    let at_term = i32::try_from(weeks).unwrap_or(30);
    told.put("is_urge", "1");
    told.tenths("weight", weight(patient, weeks));
    told.tenths(
        "fundal",
        (at_term * 9 - 10).clamp(120, 360) + chance.spread(8),
    );
    told.tenths("abdomen", 740 + at_term * 7 + chance.spread(15));
    if 28 <= weeks {
        told.put("position", "头位");
    }
    told.put("fhr", 142 + chance.spread(6));
    let is_high = patient.cases.pregnancy.is_some_and(|p| p.is_at_risk) && RISK_WEEK <= weeks;
    if is_high {
        told.put("sbp", 144 + chance.between(0, 6));
        told.put("dbp", 92 + chance.between(0, 3));
        told.put("protein", "2");
        told.put("classification", "2");
        told.put("classification_text", "妊娠期高血压");
        told.put("referral", "2");
        told.put("ref_reason", "妊娠期高血压");
        told.put("ref_org", "县妇幼保健院 产科");
    } else {
        told.put("sbp", 112 + chance.spread(6));
        told.put("dbp", 71 + chance.spread(4));
        told.put("protein", "1");
        told.put("classification", "1");
    }
    told.put("hb", (121 + chance.spread(5)).max(110));
    told.put("guidance", "1,2,3,4");
    told
}

fn delivery(on: &Occasion<'_>) -> Option<(Day, Day)> {
    let course = on.course.programmes.get(&ProgrammeKind::Pnc)?;
    let facts = course.facts.delivery()?;
    Some((facts.delivered, facts.discharge()))
}

/// 产妇纳入.
pub fn delivered(patient: &Patient, on: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    for key in ["delivered", "discharged"] {
        if let Some(day) = patient.card.get(key).and_then(Value::date) {
            told.put(key, day.min(on.day));
        }
    }
    told
}

fn mother(on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let (delivered, discharged) = delivery(on).unwrap_or((plus_days(on.day, -6), on.day));
    told.put("delivered", delivered);
    told.put("discharged", discharged.min(on.day));
    told.put("sbp", 114 + chance.spread(6));
    told.put("dbp", 73 + chance.spread(4));
    told.all(&[
        ("general", "良好"),
        ("mental", "良好"),
        ("classification", "1"),
    ]);
    told
}

/// 产后访视 (F13).
pub fn visit(_: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = mother(on, chance);
    told.tenths("temp", chance.between(363, 370));
    told.put("guidance", "1,2,3,4,5");
    told
}

/// 产后42天 (F14).
pub fn after(_: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = mother(on, chance);
    told.all(&[("guidance", "1,2,3,4"), ("handling", "1")]);
    told
}
