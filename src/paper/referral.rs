//! The referral slip 双向转诊单 and the return slip, each with its stub 存根 to be cut off and
//! kept.
//!
//! What was filled in stands under the labels of the form's own edition; a choice stands as its
//! official words.

use super::print::{Block, Document, Foot, Signing};
use crate::domain::{
    day::Day,
    form::{Field, FilledForm, FormDef, typed},
    text::Lang,
    value::Value,
    visit,
};
use chrono::Datelike as _;

/// A slip as it was filled in.
#[derive(Debug, Clone, Copy)]
pub struct Slip<'a> {
    /// The form in the edition it was filled in on.
    pub form: &'a FormDef,
    pub filled: &'a FilledForm,
    /// Full years of the patient on the day of the slip, where known.
    pub years: Option<u32>,
    /// Day and time of the print.
    pub printed: &'a str,
}

/// To be written by hand.
const BLANK: &str = "____________";

/// Returns the slip with its stub.
pub fn slip(slip: Slip<'_>) -> Document {
    let told = visit::slip_written(slip.filled);
    let is_back = slip.filled.form == visit::RETURN_SLIP;
    let day = written(slip.filled.visit);
    let place = format!("{}{}", told.to, told.department);
    let place = or_blank(&place);
    let doctor = or_blank(&told.doctor);
    let (to, way) = if is_back {
        ("转回", "现转回贵单位")
    } else {
        ("转入", "需转入贵单位")
    };
    let mut blocks = vec![
        Block::Heading("存根".to_owned()),
        Block::Pairs(patient(slip)),
        Block::Text(format!(
            "患者于{day}因病情需要，{to}{place}，接诊医生{doctor}。"
        )),
        Block::Signatures(vec![Signing::of("转诊医生签字")]),
        Block::Cut,
        Block::Heading(format!("{place}：")),
        Block::Text(format!(
            "现有患者{}，因病情需要，{way}，请予以接诊。",
            or_blank(&told.name)
        )),
        Block::Pairs(patient(slip)),
    ];
    blocks.extend(findings(slip));
    blocks.push(Block::Signatures(vec![Signing::of("转诊医生（签字）")]));
    blocks.push(Block::Text(format!("{to}日期：{day}")));
    Document {
        title: slip.form.title.zh.clone(),
        foot: Foot {
            printed: slip.printed.to_owned(),
            ..Foot::default()
        },
        blocks,
        ..Document::default()
    }
}

fn patient(slip: Slip<'_>) -> Vec<(String, String)> {
    let fields = visit::PATIENT.iter().filter_map(|key| slip.form.field(key));
    fields
        .map(|field| (field.label.zh.clone(), value(field, slip)))
        .collect()
}

/// What the slip tells beside the patient: each answer whole, one below the other.
fn findings(slip: Slip<'_>) -> Vec<Block> {
    let is_said = |key: &str| {
        let lists = [
            visit::PATIENT.as_slice(),
            &visit::SAID_BY_SENTENCE,
            &visit::NOT_ON_PAPER,
        ];
        lists.iter().any(|keys| keys.contains(&key))
    };
    let fields = slip.form.fields().filter(|field| !is_said(&field.key));
    fields
        .map(|field| {
            let pair = (field.label.zh.clone(), or_blank(&value(field, slip)));
            Block::Pairs(vec![pair])
        })
        .collect()
}

fn value(field: &Field, slip: Slip<'_>) -> String {
    let unit = field.unit.as_ref().map_or("", |unit| unit.get(Lang::Zh));
    let words = |code: &String| {
        let option = field.option(code);
        option.map_or_else(|| code.clone(), |option| option.label.zh.clone())
    };
    match slip.filled.answers.get(&field.key) {
        Some(value @ (Value::Code(_) | Value::Codes(_))) => {
            let words: Vec<String> = value.codes().iter().map(words).collect();
            words.join("、")
        }
        Some(Value::Date(day)) => written(*day),
        Some(value) => format!("{}{unit}", typed::as_typed(field, value)),
        None if field.key == visit::PATIENT_YEARS => slip
            .years
            .map_or_else(String::new, |years| format!("{years}{unit}")),
        None => String::new(),
    }
}

fn or_blank(text: &str) -> String {
    match text.trim() {
        "" => BLANK.to_owned(),
        text => text.to_owned(),
    }
}

fn written(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
