//! Values the pictures show that no rule decides on: weight, growth, who measured.
//!
//! Read from the answers by their keys, as everything here.

use super::{code, merged, number, whole};
use crate::domain::{
    day::Day,
    form::FilledForm,
    growth::Measure,
    programmes::anc::Pregnancy,
    value::{Decimal, Value},
};

/// The forms that hold a child's weight and height.
const CHILD_CHECKS: &[&str] = &["F16", "F17", "F18"];

/// Says whether the pressure was measured by the person (自测).
pub fn is_self_measured(forms: &[FilledForm]) -> bool {
    code(&merged(forms), "bp_source") == Some("2")
}

/// Returns the body weight, kg, where a form asks for it.
pub fn body_weight(forms: &[FilledForm]) -> Option<Decimal> {
    number(&merged(forms), "weight")
}

/// Returns the weights (kg) and heights (cm) of a child the forms tell, each with its day:
/// those at birth belong to the day of birth.
pub fn growth(forms: &[FilledForm], birth: Day, day: Day) -> Vec<(Day, Measure, Decimal)> {
    let mut found = Vec::new();
    for form in forms {
        let mut tell = |key, on, measure| {
            let value = number(&form.answers, key);
            found.extend(value.map(|value| (on, measure, value)));
        };
        match form.form.as_str() {
            "F15" => {
                tell("birth_weight", birth, Measure::Weight);
                tell("birth_length", birth, Measure::Height);
                tell("weight", day, Measure::Weight);
            }
            "enter_child" => tell("birth_weight", birth, Measure::Weight),
            id if CHILD_CHECKS.contains(&id) => {
                tell("weight", day, Measure::Weight);
                tell("length", day, Measure::Height);
            }
            _ => {}
        }
    }
    found
}

/// Returns the full weeks at birth, where a form of the child tells them.
pub fn weeks_at_birth(forms: &[FilledForm]) -> Option<u32> {
    let of_child = |form: &&FilledForm| form.form == "F15" || form.form == "enter_child";
    let mut forms = forms.iter().filter(of_child);
    forms.find_map(|form| whole(&form.answers, "weeks"))
}

/// Says whether a booking tells a due day that does not follow from the last menstrual
/// period: an ultrasound gave it.
pub fn is_due_day_corrected(forms: &[FilledForm]) -> bool {
    let all = merged(forms);
    let date = |key: &str| all.get(key).and_then(Value::date);
    match (date("edd"), date("lmp")) {
        (Some(edd), Some(lmp)) => Pregnancy::since(lmp).edd() != edd,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
