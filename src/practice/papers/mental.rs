//! Severe mental disorder: the register's supplement and the follow-ups.

use super::{Occasion, Patient, Told};
use crate::{
    domain::{
        day::{Day, plus_days, plus_months},
        value::Value,
    },
    practice::{cases::Mental, chance::Chance},
};

/// So many days before the end of what is known the unstable one got worse: longer than from
/// one routine visit to the next.
const WORSE_DAYS: i64 = 112;

/// 个人信息补充表 (F03), with or without consent.
pub fn register(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let text = |key: &str| patient.card.get(key).and_then(Value::text);
    let guardian = text("contact_name").or(text("name")).unwrap_or("家属");
    told.put("guardian_name", guardian);
    told.put("guardian_rel", text("contact_rel").unwrap_or("家属"));
    told.put("guardian_addr", text("address").unwrap_or("本村"));
    let phone = text("contact_phone").or(text("phone"));
    told.put("guardian_phone", phone.unwrap_or("15400000001"));
    told.all(&[
        ("village_contact", "张支书"),
        ("village_phone", "15400000002"),
        ("hukou_kind", "2"),
        ("past_lock", "1"),
        ("diag_hospital", "市精神卫生中心"),
        ("behaviours", "7"),
    ]);
    told.put("employment", chance.weighted(&[("3", 6), ("4", 4)]));
    let agrees = patient.cases.mental != Some(Mental::NoConsent);
    told.put("consent", if agrees { "1" } else { "0" });
    told.put("consent_signer", guardian);
    told.put("consent_date", on.day);
    told.put(
        "past_symptoms",
        chance.weighted(&[("1,3", 4), ("3,10", 3), ("4,6", 2), ("11", 2)]),
    );
    told.put("past_outpatient", chance.weighted(&[("3", 6), ("2", 4)]));
    told.put("admissions", chance.between(0, 3));
    told.put("diagnosis", diagnosis(patient));
    let of_age = plus_months(patient.facts.birth, 18 * 12);
    let since: Day = plus_days(on.day, -i64::from(chance.between(400, 3000)));
    told.put("diag_date", since.max(of_age).min(on.day));
    told.put("last_effect", chance.weighted(&[("2", 7), ("3", 3)]));
    told.put("economy", if chance.holds(300) { "1" } else { "2" });
    told
}

const fn diagnosis(patient: &Patient) -> &'static str {
    match patient.latent.height % 10 {
        0..=6 => "精神分裂症",
        7 | 8 => "双相情感障碍",
        _ => "精神发育迟滞伴发精神障碍",
    }
}

/// How somebody is on a visit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    Fair,
    Bad,
}

fn state(patient: &Patient, day: Day, chance: &mut Chance) -> State {
    match patient.cases.mental {
        Some(Mental::Unstable) if patient.is_of_late(day, WORSE_DAYS) => State::Bad,
        Some(Mental::Wavering) if chance.holds(450) => State::Fair,
        _ if chance.holds(60) => State::Fair,
        _ => State::Well,
    }
}

/// 随访服务记录表 (F04).
pub fn visit(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    told.put("mode", on.mode.code());
    told.put("informant", if on.mode.code() == "3" { "2" } else { "1,2" });
    match state(patient, on.day, chance) {
        State::Well => told.all(&[
            ("risk", "0"),
            ("symptom_level", "0"),
            ("insight", "1"),
            ("sleep", "1"),
            ("social", "1"),
            ("work", "1"),
            ("effect", "2"),
            ("adherence", "1"),
            ("rehab", "1,4"),
        ]),
        State::Fair => told.all(&[
            ("risk", "0"),
            ("symptoms", "11"),
            ("symptom_level", "1"),
            ("insight", "2"),
            ("sleep", "2"),
            ("social", "2"),
            ("work", "2"),
            ("effect", "3"),
            ("adherence", "1"),
            ("rehab", "1,4"),
        ]),
        State::Bad => told.all(&[
            ("risk", "3"),
            ("symptoms", "3,7"),
            ("symptom_level", "2"),
            ("insight", "3"),
            ("sleep", "3"),
            ("social", "3"),
            ("work", "3"),
            ("behaviours", "1"),
            ("behaviours_1", "1"),
            ("effect", "4"),
            ("adherence", "2"),
            ("rehab", "1"),
        ]),
    }
    let housework = if state_is_poor(&told) { "3" } else { "1" };
    told.all(&[
        ("diet", "1"),
        ("self_care", "1"),
        ("housework", housework),
        ("learning", housework),
        ("adr_level", "0"),
        ("physical", "0"),
        ("hosp", "0"),
    ]);
    told.put("drugs", drugs(patient));
    told
}

fn state_is_poor(told: &Told) -> bool {
    told.0
        .iter()
        .any(|(key, text)| *key == "social" && text == "3")
}

const fn drugs(patient: &Patient) -> &'static str {
    match patient.latent.height % 10 {
        0..=3 => "利培酮|2||2",
        4..=6 => "奥氮平|||10",
        7 | 8 => "丙戊酸钠|200|200|200",
        _ => "氯氮平|25||50",
    }
}
