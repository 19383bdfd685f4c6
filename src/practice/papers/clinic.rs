//! The consulting room: the register and its record, long prescriptions, slips out and back, a
//! joint consultation.

use super::{Occasion, Patient, Told};
use crate::{
    domain::{
        day::{age_years, plus_days},
        programmes::ProgrammeKind,
        value::Decimal,
    },
    practice::chance::Chance,
};

/// The hospital people are sent to, and who works there.
const HOSPITAL: &str = "清水镇中心卫生院";
const THERE: &str = "孙巧云";
const OWN: &str = "村卫生室";
const OWN_PHONE: &str = "15400000003";

/// From this age on a pressure is taken at a first visit.
const MEASURED: u32 = 35;

/// Why somebody comes: told, called by the doctor, treated with; days of medicine.
type Complaint = (&'static str, &'static str, &'static str, u32);

const OF_THE_GROWN: &[Complaint] = &[
    (
        "咳嗽、流涕3天",
        "急性上呼吸道感染",
        "阿莫西林|0.25g|24粒|口服 一日三次",
        4,
    ),
    ("腰痛一周，劳累后加重", "腰肌劳损", "", 0),
    (
        "胃胀、反酸半月",
        "慢性胃炎",
        "奥美拉唑|20mg|14粒|口服 一日一次",
        7,
    ),
    ("双膝疼痛，上下楼明显", "骨关节炎", "", 0),
    (
        "腹泻一天，3次",
        "急性肠炎",
        "蒙脱石散|3g|9袋|冲服 一日三次",
        3,
    ),
    ("皮肤瘙痒", "皮炎", "炉甘石洗剂|100ml|1瓶|外用 一日三次", 5),
    ("头晕，想量血压", "头晕待查", "", 0),
];

const OF_CHILDREN: &[Complaint] = &[
    (
        "发热、流涕1天",
        "急性上呼吸道感染",
        "小儿氨酚黄那敏|6g|9袋|冲服 一日三次",
        3,
    ),
    (
        "咳嗽3天，无发热",
        "急性支气管炎",
        "小儿止咳糖浆|100ml|1瓶|口服 一日三次",
        5,
    ),
    ("食欲差", "消化不良", "", 0),
];

fn complaint(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Complaint {
    let all = if age_years(patient.facts.birth, on.day) < 14 {
        OF_CHILDREN
    } else {
        OF_THE_GROWN
    };
    all.get(chance.below(all.len()))
        .copied()
        .unwrap_or_default()
}

/// 门诊日志 (F20).
pub fn register(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let (told_of, diagnosis, drug, days) = complaint(patient, on, chance);
    let mut told = Told::default();
    told.put("complaint", told_of);
    let since = plus_days(on.day, -i64::from(chance.between(1, 7)));
    told.put("onset", since.max(patient.facts.birth));
    told.put("first_visit", chance.weighted(&[("1", 4), ("2", 1)]));
    told.put("diagnosis", diagnosis);
    if MEASURED <= age_years(patient.facts.birth, on.day) {
        told.pressure(("sbp", "dbp"), on.reading);
    }
    if drug.is_empty() {
        told.put("handling", "休息，局部热敷，必要时复诊");
    } else {
        told.put("handling", "给药，嘱多饮水，不好转随时复诊");
        told.put("drugs", format!("{drug}|{days}"));
        told.put("rx_kind", "1");
    }
    told.put("infectious", "1");
    told
}

/// 接诊记录表 (F20).
pub fn record(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let (told_of, diagnosis, ..) = complaint(patient, on, chance);
    let mut told = Told::default();
    told.put("subjective", told_of);
    let (sbp, dbp) = (on.reading.sbp, on.reading.dbp);
    told.put(
        "objective",
        format!("神清，心肺听诊无异常，血压{sbp}/{dbp}mmHg"),
    );
    told.put("assessment", diagnosis);
    told.put("plan", "对症处理，三天后电话询问");
    told
}

/// 长期处方 (F24): what is taken already goes on.
pub fn prescription(patient: &Patient, on: &Occasion<'_>, chance: &mut Chance) -> Told {
    let mut told = Told::default();
    let is_in = |kind| on.course.programmes.contains_key(&kind);
    let is_sugar = is_in(ProgrammeKind::Dm) && !is_in(ProgrammeKind::Htn);
    told.put(
        "diagnosis",
        if is_sugar {
            "2型糖尿病"
        } else {
            "高血压"
        },
    );
    told.put("stable", "2");
    told.put("signed", "2");
    let drugs = patient.latent.drugs.iter().map(|drug| {
        let amount = Decimal::from_thousandths(drug.amount).with_places(2);
        format!("{}||{}|{amount}|1|1", drug.name, drug.times)
    });
    let mut drugs: Vec<String> = drugs.collect();
    if drugs.is_empty() {
        let usual = if is_sugar {
            "二甲双胍||2|500|1|1"
        } else {
            "氨氯地平||1|5|1|1"
        };
        drugs.push(usual.to_owned());
    }
    told.put("drugs", drugs.join(";"));
    if chance.holds(700) {
        told.put("weeks", 4);
    } else {
        told.put("weeks", 8);
        told.put("strict_note", "病情稳定，按时服药，家人监督");
        told.put("patient_signed", "1");
    }
    told
}

/// 双向转诊单, out (F21).
pub fn slip(_: &Patient, on: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    let (sbp, dbp) = (on.reading.sbp, on.reading.dbp);
    told.all(&[
        ("to_org", HOSPITAL),
        ("to_dept", "内科"),
        ("impression", "血压或血糖控制不满意"),
        ("treatment", "已调整用药并指导生活方式，效果不佳"),
        ("doctor_phone", OWN_PHONE),
        ("org", OWN),
    ]);
    told.put(
        "reason",
        format!("连续两次随访控制不满意，血压{sbp}/{dbp}mmHg"),
    );
    told
}

/// 双向转诊单, back (F21).
pub fn back(_: &Patient, on: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    let (sbp, dbp) = (on.reading.sbp, on.reading.dbp);
    told.put(
        "results",
        format!("血压{sbp}/{dbp}mmHg，心电图、肾功能未见异常"),
    );
    told.all(&[
        ("to_org", OWN),
        ("plan", "调整用药，两周后由村卫生室随访"),
        ("diagnosis", "原发性高血压"),
        ("from_doctor", THERE),
        ("org", HOSPITAL),
    ]);
    told
}

/// 会诊记录表 (F22).
pub fn joint(_: &Patient, on: &Occasion<'_>) -> Told {
    let mut told = Told::default();
    told.put("reason", "控制不满意，用药调整后仍不达标");
    told.put("opinion", "加用一种药物，一周后复查；低盐饮食");
    told.put("doctors", format!("{HOSPITAL}|{THERE}"));
    told.put("doctor", on.by);
    told
}
