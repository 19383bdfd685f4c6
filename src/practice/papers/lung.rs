//! Tuberculosis: notice, first visit at home, follow-ups, closing.

use chrono::Datelike;

use super::{Occasion, Patient, Told};
use crate::{
    domain::day::{Day, plus_days},
    practice::chance::Chance,
};

/// Days of a first treatment: two months and four.
const COURSE_DAYS: i64 = 178;
/// Doses of it.
const DOSES: i32 = 180;

/// The notice of the hospital.
pub fn entry(patient: &Patient, on: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    let notice = patient.cases.lung.map_or(on.day, |lung| lung.notice);
    told.put("notice", notice.min(on.day));
    told.put("notice_time", "15:20");
    told
}

/// 第一次入户随访 (F05).
pub fn first(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    told.put("mode", on.mode.code());
    told.put("patient_type", "1");
    told.put("sputum", chance.weighted(&[("1", 4), ("2", 6)]));
    told.all(&[
        ("resistance", "2"),
        ("symptoms", "1"),
        ("regimen", "2HRZE/4HR"),
        ("usage", "1"),
        ("drug_form", "1"),
        ("supervisor", "2"),
        ("pickup_place", "县疾控中心门诊"),
        ("own_room", "1"),
        ("ventilation", "1"),
    ]);
    told.put("start", start(patient, on));
    told.put("pickup_date", plus_days(on.day, 25));
    habits(&mut told, patient);
    told
}

fn habits(told: &mut Told, patient: &Patient) {
    told.put("smoke", patient.latent.style.smoke.min(10));
    told.put("smoke_target", 0);
    told.put("drink", 0);
    told.put("drink_target", 0);
}

/// Treatment began in the hospital a few days before the notice; entered people keep theirs.
fn start(patient: &Patient, on: &Occasion<'_>) -> Day {
    let known = on
        .course
        .programmes
        .get(&crate::domain::programmes::ProgrammeKind::Tb)
        .and_then(|course| course.facts.treatment())
        .and_then(|facts| facts.start);
    let noticed = patient.cases.lung.map_or(on.day, |lung| lung.notice);
    known.unwrap_or_else(|| plus_days(noticed.min(on.day), -2))
}

/// 随访服务记录表 (F06); the last one closes the course.
pub fn visit(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let start = start(patient, on);
    told.put("start", start);
    told.put("mode", on.mode.code());
    told.put("supervisor", "2");
    told.all(&[("regimen", "2HRZE/4HR"), ("usage", "1"), ("drug_form", "1")]);
    habits(&mut told, patient);
    told.put("symptoms", if chance.holds(250) { "1" } else { "0" });
    let missed = if chance.holds(120) {
        chance.between(1, 3)
    } else {
        0
    };
    told.put("missed_doses", missed);
    if 0 < missed {
        told.put("missed_days", missed);
        told.put("missed_cause", "2");
        told.put("missed_other", "外出忘带药");
    }
    told.put("adr", "1");
    told.put("comorbid", "1");
    told.put("advice", "按时服药，定期复查");
    let months = (on.day.year() - start.year()) * 12 + i32::try_from(on.day.month0()).unwrap_or(0)
        - i32::try_from(start.month0()).unwrap_or(0);
    if plus_days(start, COURSE_DAYS) <= on.day {
        let visits = months + 4;
        told.put("stop_reason", "1");
        told.put("stop_date", on.day);
        told.put("visits_due", visits);
        told.put("visits_done", visits);
        told.put("doses_due", DOSES);
        told.put("doses_taken", DOSES - chance.between(0, 9));
        told.put("assessor", on.by);
    }
    told
}
