//! The cards of practice people and households, keyed as the forms are.
//!
//! What the desk issues itself (record numbers, who opened the file, states) is not filled here.

use std::collections::BTreeMap;

use super::{chance::Chance, family::Kin, health::Health};
use crate::domain::{
    day::{Day, age_years},
    identity::DocumentKind,
    value::{Answers, Value},
};

/// What a card needs to know beside the person.
#[derive(Debug, Clone)]
pub struct Around<'a> {
    pub today: Day,
    pub name: &'a str,
    pub id_no: Option<&'a str>,
    pub phone: Option<&'a str>,
    /// A close relative in the house: name, phone, relation word.
    pub contact: Option<(&'a str, &'a str, &'a str)>,
    pub address: &'a str,
    /// The person's people when not Han.
    pub minority: Option<&'a str>,
    pub is_poor: bool,
}

/// Where residents registered elsewhere come from.
const ELSEWHERE: &[&str] = &[
    "临溪县平安镇东升村2组8号",
    "临溪县永和镇红光村5组31号",
    "望川县大河镇前进村1组17号",
];

/// Returns the card of a person; children under seven have the few fields of their forms.
pub fn person(chance: &mut Chance, kin: &Kin, health: &Health, around: &Around<'_>) -> Answers {
    let age = age_years(kin.birth, around.today);
    let mut card = Card(BTreeMap::new());
    card.text("name", around.name);
    card.code("sex", kin.sex.code());
    card.put("birth", Value::Date(kin.birth));
    card.identity(age, around.id_no);
    card.code(
        "ethnic",
        if around.minority.is_some() {
            "99"
        } else {
            "01"
        },
    );
    if let Some(people) = around.minority {
        card.text("ethnic_text", people);
    }
    let is_guest = !kin.carries_surname && chance.holds(25);
    card.code("residence", if is_guest { "2" } else { "1" });
    card.text("address", around.address);
    card.text(
        "reg_address",
        if is_guest {
            chance.pick(ELSEWHERE)
        } else {
            around.address
        },
    );
    match around.phone {
        Some(phone) => card.text("phone", phone),
        None => card.code("no_phone", if around.contact.is_some() { "3" } else { "1" }),
    }
    if let Some((name, phone, relation)) = around.contact {
        card.text("contact_name", name);
        card.text("contact_phone", phone);
        card.text("contact_rel", relation);
    }
    if 7 <= age {
        card.grown(chance, kin, age, around);
        card.history(chance, health);
    }
    card.code("status", "1");
    card.codes("disability", &or_none(&health.disability));
    card.0
}

/// Returns 生活环境 of a rural household (§2.3).
pub fn environment(chance: &mut Chance) -> Answers {
    let mut card = Card(BTreeMap::new());
    card.code(
        "kitchen",
        chance.weighted(&[("1", 18), ("2", 52), ("3", 8), ("4", 22)]),
    );
    card.code(
        "fuel",
        chance.weighted(&[("1", 45), ("2", 12), ("3", 8), ("4", 3), ("5", 32)]),
    );
    card.code("water", chance.weighted(&[("1", 86), ("2", 3), ("3", 11)]));
    card.code("toilet", chance.weighted(&[("1", 72), ("2", 20), ("5", 8)]));
    card.code(
        "pen",
        chance.weighted(&[("1", 50), ("2", 38), ("3", 2), ("4", 10)]),
    );
    card.0
}

struct Card(Answers);

impl Card {
    fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.put(key, Value::Text(text.to_owned()));
    }

    fn code(&mut self, key: &str, code: &str) {
        self.put(key, Value::Code(code.to_owned()));
    }

    fn codes(&mut self, key: &str, codes: &[&str]) {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        self.put(key, Value::Codes(codes));
    }

    /// A number; a newborn's document to come; or the rare grown person without any number.
    fn identity(&mut self, age: u32, id_no: Option<&str>) {
        match id_no {
            Some(number) => {
                self.code("id_type", DocumentKind::IdentityCard.code());
                self.text("id_no", number);
            }
            None if 1 <= age => {
                self.code("id_type", DocumentKind::Other.code());
                self.code("id_sub", "9900");
                self.text("id_reason", "一直没有上户口");
            }
            None => {}
        }
    }

    fn grown(&mut self, chance: &mut Chance, kin: &Kin, age: u32, around: &Around<'_>) {
        let abo = [("1", 29), ("2", 26), ("3", 32), ("4", 8), ("5", 5)];
        self.code("abo", chance.weighted(&abo));
        self.code("rh", chance.weighted(&[("2", 92), ("1", 1), ("3", 7)]));
        let schooling: &[(&str, u32)] = match age {
            ..=12 => &[("8", 1)],
            13..=15 => &[("7", 1)],
            16..=18 => &[("6", 7), ("4", 3)],
            19..=35 => &[
                ("2", 14),
                ("3", 22),
                ("4", 8),
                ("6", 20),
                ("7", 34),
                ("8", 2),
            ],
            36..=55 => &[
                ("3", 4),
                ("4", 4),
                ("6", 12),
                ("7", 55),
                ("8", 24),
                ("9", 1),
            ],
            56..=69 => &[("6", 7), ("7", 38), ("8", 45), ("9", 10)],
            _ => &[("7", 10), ("8", 50), ("9", 40)],
        };
        self.code("education", chance.weighted(schooling));
        let work: &[(&str, u32)] = match age {
            ..=18 => &[("8", 1)],
            19..=59 => &[
                ("4", 52),
                ("3", 16),
                ("5", 20),
                ("1", 4),
                ("0", 1),
                ("7", 4),
                ("8", 3),
            ],
            60..=75 => &[("4", 82), ("3", 3), ("7", 3), ("8", 12)],
            _ => &[("4", 45), ("8", 55)],
        };
        let occupation = chance.weighted(work);
        self.code("occupation", occupation);
        self.code("marriage", kin.marriage.code());
        let is_insured_at_work = matches!(occupation, "0" | "1") || chance.holds(25);
        let scheme = if is_insured_at_work { "1" } else { "3" };
        let mut payment = vec![scheme];
        if around.is_poor {
            payment.push("4");
        }
        self.codes("payment", &payment);
        let allergy = [("1", 955), ("2", 25), ("3", 8), ("4", 5)];
        let allergy = Some(chance.weighted(&allergy)).filter(|code| !code.is_empty());
        self.codes("allergy", &[allergy.unwrap_or("1")]);
        self.codes("exposure", &["1"]);
    }

    fn history(&mut self, chance: &mut Chance, health: &Health) {
        let codes: Vec<&str> = health.diseases.iter().map(|disease| disease.code).collect();
        self.codes("diseases", &or_none(&codes));
        if codes.contains(&"6") {
            let places = ["肺癌", "胃癌", "肝癌", "乳腺癌", "结直肠癌", "甲状腺癌"];
            self.text("diseases_cancer", chance.pick(&places));
        }
        if !codes.is_empty() {
            let rows = health.diseases.iter().map(|disease| {
                BTreeMap::from([
                    ("disease".to_owned(), Value::Code(disease.code.to_owned())),
                    ("confirmed".to_owned(), Value::Month(disease.confirmed)),
                ])
            });
            self.put("disease_dates", Value::Rows(rows.collect()));
        }
        for key in ["surgery", "trauma", "transfusion", "genetic"] {
            self.code(key, "1");
        }
        let is_hypertensive = codes.contains(&"2");
        for key in ["fam_father", "fam_mother", "fam_sibling"] {
            let rate = if is_hypertensive { 300 } else { 120 };
            let mut family = Vec::new();
            family.extend(chance.holds(rate).then_some("2"));
            family.extend(chance.holds(60).then_some("3"));
            family.extend(chance.holds(25).then_some("7"));
            self.codes(key, &or_none(&family));
        }
        self.codes("fam_child", &["1"]);
    }
}

fn or_none<'a>(codes: &[&'a str]) -> Vec<&'a str> {
    if codes.is_empty() {
        vec!["1"]
    } else {
        codes.to_vec()
    }
}
