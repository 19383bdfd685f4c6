//! A reading as the answers of the hypertension and diabetes follow-up forms.
//!
//! Class, next date and referral are left open: the rules propose them, the driver accepts.

use std::collections::BTreeMap;

use super::latent::{Adherence, Latent, LifeStyle, Reading};
use crate::domain::{
    tags::ManagedFor,
    value::{Answers, Decimal, Value},
};

/// Returns the answers of a face-to-face follow-up on F01 (hypertension) or F02 (diabetes);
/// `mode` is 随访方式 `1` or `2`. None for programmes whose form is another.
pub fn follow_up(
    programme: ManagedFor,
    mode: &str,
    latent: &Latent,
    reading: &Reading,
) -> Option<Answers> {
    let mut answers = shared(mode, latent, reading);
    let own = match programme {
        ManagedFor::Hypertension => vec![
            ("symptoms", codes(&reading.symptoms)),
            ("heart_rate", Value::Int(reading.heart_rate)),
            ("salt", code(latent.style.salt)),
            ("salt_target", code("1")),
        ],
        ManagedFor::Diabetes => vec![
            ("symptoms", codes(&["1"])),
            ("fbg", reading.fbg.map(Value::Dec)?),
            ("dorsalis_pedis", code("1")),
            ("hypo", code(reading.hypo)),
            ("staple", Value::Int(latent.style.staple.into())),
            ("staple_target", Value::Int(250)),
        ],
        ManagedFor::Pregnancy | ManagedFor::Tuberculosis | ManagedFor::MentalDisorder => {
            return None;
        }
    };
    answers.extend(own.into_iter().map(|(key, value)| (key.to_owned(), value)));
    Some(answers)
}

/// The answers both forms ask for.
fn shared(mode: &str, latent: &Latent, reading: &Reading) -> Answers {
    let takes_drugs = reading.adherence != Adherence::None && !latent.drugs.is_empty();
    let mut answers = vec![
        ("mode", code(mode)),
        ("bp_source", code("1")),
        ("sbp", Value::Int(reading.sbp)),
        ("dbp", Value::Int(reading.dbp)),
        ("weight", Value::Dec(reading.weight)),
        ("height", Value::Dec(reading.height)),
        ("psych", code("1")),
        ("compliance_behaviour", code(behaviour(reading.adherence))),
        ("adherence", code(reading.adherence.code())),
        (
            "adr",
            code(if reading.has_adverse_reaction {
                "2"
            } else {
                "1"
            }),
        ),
        ("compl", Value::Bool(reading.has_complication)),
    ];
    answers.extend(life_style(&latent.style));
    if reading.has_adverse_reaction {
        answers.push(("adr_text", Value::Text("踝部轻度水肿".to_owned())));
        answers.push(("adr_hard", Value::Bool(false)));
    }
    if reading.has_complication {
        answers.push(("compl_text", Value::Text("新发心前区不适".to_owned())));
    }
    if takes_drugs {
        answers.push(("drugs", latent.drug_rows()));
    }
    answers
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect::<BTreeMap<_, _>>()
}

fn life_style(style: &LifeStyle) -> [(&'static str, Value); 8] {
    let int = |n: i32| Value::Int(i64::from(n));
    let half = Decimal::from_thousandths(style.drink.thousandths() / 2).rounded(1);
    [
        ("smoke", int(style.smoke)),
        ("smoke_target", int(style.smoke / 2)),
        ("drink", Value::Dec(style.drink)),
        ("drink_target", Value::Dec(half.min(style.drink))),
        ("ex_freq", int(style.exercise_times)),
        ("ex_freq_target", int(7)),
        ("ex_min", int(style.exercise_minutes)),
        ("ex_min_target", int(style.exercise_minutes.max(30))),
    ]
}

const fn behaviour(adherence: Adherence) -> &'static str {
    match adherence {
        Adherence::Regular => "1",
        Adherence::Intermittent => "2",
        Adherence::None => "3",
    }
}

fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

fn codes(codes: &[&str]) -> Value {
    Value::Codes(codes.iter().map(|code| (*code).to_owned()).collect())
}
