//! Referral slips: on paper, and at the keyboard.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    catalog::Catalog,
    domain::{
        form::FilledForm,
        value::{Answers, Value},
        visit,
    },
    paper::{
        print::{html, plain},
        referral::{Slip, slip},
    },
};

fn filled(form: &str, answers: &[(&str, &str)]) -> FilledForm {
    let texts = answers.iter();
    let texts = texts.map(|(key, text)| ((*key).to_owned(), Value::Text((*text).to_owned())));
    let mut answers: Answers = texts.collect();
    answers.insert("sex".to_owned(), Value::Code("2".to_owned()));
    if form == visit::SLIP {
        answers.insert("level".to_owned(), Value::Code("2".to_owned()));
        answers.insert("state".to_owned(), Value::Code("1".to_owned()));
    }
    FilledForm {
        form: form.to_owned(),
        edition: "3".to_owned(),
        visit: "2026-10-31".parse().unwrap(),
        answers,
        marks: BTreeMap::default(),
        confirmed: BTreeSet::default(),
    }
}

fn printed(filled: &FilledForm) -> cunyi::paper::print::Document {
    let catalog = Catalog::built_in().unwrap();
    slip(Slip {
        form: catalog.form(&filled.form).unwrap(),
        filled,
        years: Some(76),
        printed: "2026-10-31 09:30",
    })
}

const OUT: &[(&str, &str)] = &[
    ("name", "王桂兰"),
    ("address", "石桥村3组15号"),
    ("to_org", "县医院"),
    ("to_dept", "心内科"),
    ("impression", "高血压3级"),
    ("reason", "胸闷，血压182/112mmHg"),
    ("treatment", "硝苯地平口服"),
    ("doctor_phone", "13800000001"),
    ("org", "石桥村卫生室"),
];

#[test]
fn a_slip_prints_with_its_stub() {
    let text = plain::text(&[printed(&filled(visit::SLIP, OUT))], 60);
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
}

#[test]
fn how_far_the_referral_has_come_is_none_of_the_papers_business() {
    let text = plain::text(&[printed(&filled(visit::SLIP, OUT))], 60);
    assert!(!text.contains("已开具") && text.contains("紧急"), "{text}");
}

#[test]
fn a_return_slip_sends_the_patient_back() {
    let back = filled(
        visit::RETURN_SLIP,
        &[
            ("name", "王桂兰"),
            ("to_org", "石桥村卫生室"),
            ("diagnosis", "<高血压>"),
        ],
    );
    let html = html::page(&[printed(&back)]);
    assert!(
        html.contains("转回石桥村卫生室") && html.contains("&lt;高血压&gt;"),
        "{html}"
    );
}
