//! Visits for a disability and for a household's hardship.

use super::{Occasion, Patient, Told, exam};
use crate::{
    domain::{
        day::{Day, age_years},
        programmes::ProgrammeKind,
        value::Value,
    },
    practice::chance::Chance,
};

/// Category of a certificate by the card's code of disability.
fn category(patient: &Patient) -> &'static str {
    let codes = patient.card.get("disability").map_or(&[][..], Value::codes);
    match codes.first().map(String::as_str) {
        Some("2") => "1",
        Some("3") => "2",
        Some("4") => "3",
        Some("6") => "5",
        Some("7") => "6",
        _ => "4",
    }
}

fn score(patient: &Patient, day: Day) -> u32 {
    let by_grade = match patient.cases.grade {
        Some(1) => 14,
        Some(2) => 6,
        _ => 0,
    };
    if age_years(patient.facts.birth, day) < 65 {
        by_grade
    } else {
        exam::self_care_score(patient, day).max(by_grade)
    }
}

/// 残疾人纳入.
pub fn disability(patient: &Patient, day: Day, _: &mut Chance) -> Told {
    let mut told = Told::default();
    if let Some(grade) = patient.cases.grade {
        told.put("grade", grade);
    }
    told.put("self_care_score", score(patient, day));
    told
}

/// 残疾人随访 (F23).
pub fn disabled(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    told.put("mode", on.mode.code());
    told.put("categories", category(patient));
    let course = on.course.programmes.get(&ProgrammeKind::Disabled);
    let known = course.and_then(|course| course.facts.disability());
    let grade = known.and_then(|known| known.grade).or(patient.cases.grade);
    told.put("grade", grade.unwrap_or(3));
    told.put("self_care_score", score(patient, on.day));
    if 18 <= age_years(patient.facts.birth, on.day) {
        told.pressure(("sbp", "dbp"), on.reading);
    }
    told.put("falls", if chance.holds(60) { "2" } else { "1" });
    let (needs, services) = match category(patient) {
        "1" | "2" | "3" => ("3", "2,6"),
        "5" | "6" => ("4,5", "2,6"),
        _ => chance.weighted(&[(("1,2", "2,3,6"), 5), (("3,6", "2,6"), 3)]),
    };
    told.put("needs", needs);
    told.put("services", services);
    told
}

/// 脱贫监测户入户走访 (F26).
pub fn household(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    told.put("mode", on.mode.code());
    if let Some(kind) = patient.card.get("hh_type").and_then(Value::code) {
        told.put("hh_type", kind);
    }
    let members = patient.card.get("members").and_then(Value::number);
    told.put(
        "members",
        members.map_or(3, |members| members.thousandths() / 1000),
    );
    told.put("insured", if chance.holds(940) { "1" } else { "2" });
    if chance.holds(180) {
        told.put("cost", chance.between(3, 28) * 1000);
    }
    told.put("visitor", on.by);
    told.put("cadre", "驻村干部");
    told
}
