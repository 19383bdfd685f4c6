//! Referral slips: what earlier visits tell of a referral, and what a slip and its return
//! slip open with.
//!
//! What a slip means for the referral is `course`'s.

use super::{code, text};
use crate::domain::{
    contact::Contact,
    course::{Course, ProgrammeCourse, happening::Measured},
    day::Day,
    form::FilledForm,
    programmes::ProgrammeKind,
    value::{Answers, Value},
};

/// The register 门诊日志, one line a visit.
pub const REGISTER: &str = "F20";
/// The referral slip 双向转诊单(转出).
pub const SLIP: &str = "F21";
/// The return slip 双向转诊单(回转).
pub const RETURN_SLIP: &str = "F21_back";

/// A visit tells of an illness for so many days.
const RECENT_DAYS: i64 = 14;

/// Where a referral went and why, as far as told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralTold {
    /// The institution.
    pub to: String,
    pub department: String,
    pub reason: String,
}

/// Returns what the forms of a visit tell of a referral; none where they tell nothing.
pub fn referral_told(forms: &[FilledForm]) -> Option<ReferralTold> {
    let told = |keys: [&str; 3]| {
        forms.iter().find_map(|form| {
            let [to, department, reason] = keys.map(|key| text(&form.answers, key));
            let told = ReferralTold {
                to,
                department,
                reason,
            };
            (told != ReferralTold::default()).then_some(told)
        })
    };
    let is_slip = |form: &FilledForm| form.form == SLIP;
    if forms.iter().any(is_slip) {
        return told(["to_org", "to_dept", "reason"]);
    }
    told(["ref_org", "ref_dept", "ref_reason"])
}

/// What a slip that was written says where it was handed out and on its stub 存根.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlipWritten {
    pub name: String,
    /// The institution the patient goes to, or comes back to.
    pub to: String,
    pub department: String,
    /// Who receives the patient there.
    pub doctor: String,
}

/// Fields of a slip that tell who the patient is: they stand on the stub, too.
pub const PATIENT: [&str; 6] = ["name", "sex", "age", "record_no", "address", "phone"];
/// The field a patient's years stand in; they are computed, not kept.
pub const PATIENT_YEARS: &str = "age";
/// Fields of a slip the sentences of its paper say already.
pub const SAID_BY_SENTENCE: [&str; 4] = ["to_org", "to_dept", "to_doctor", "visit_date"];
/// How far a referral has come: kept with the slip, none of the paper's business.
pub const NOT_ON_PAPER: [&str; 1] = ["state"];

/// Returns what the slip says.
pub fn slip_written(slip: &FilledForm) -> SlipWritten {
    let [name, to, department, doctor] =
        ["name", "to_org", "to_dept", "to_doctor"].map(|key| text(&slip.answers, key));
    SlipWritten {
        name,
        to,
        department,
        doctor,
    }
}

/// What a slip may know when it opens.
#[derive(Debug, Clone, Copy)]
pub struct SlipKnown<'a> {
    /// The clinic's name.
    pub clinic: &'a str,
    pub course: &'a Course,
    /// The person's contacts that count, in order.
    pub contacts: &'a [Contact],
    /// The day of the slip.
    pub day: Day,
}

/// Returns the answers a slip or a return slip opens with; none for other forms.
pub fn slip_opening(form: &str, known: &SlipKnown<'_>) -> Answers {
    match form {
        SLIP => handed_out(known),
        RETURN_SLIP => brought_back(known),
        _ => Answers::new(),
    }
}

fn handed_out(known: &SlipKnown<'_>) -> Answers {
    let is_recent = |c: &&Contact| {
        let days = (known.day - c.day).num_days();
        (0..=RECENT_DAYS).contains(&days) && c.happening.mode().is_some()
    };
    let recent = || known.contacts.iter().rev().filter(is_recent);
    let told = recent().find_map(|c| referral_told(&c.forms));
    let told = told.unwrap_or_default();
    let seen = recent().find_map(|c| register_form(&c.forms));
    let seen = |key: &str| seen.map_or_else(String::new, |form| text(&form.answers, key));
    let values = recent().find_map(|c| c.happening.measured());
    let values = values.as_ref().map_or_else(String::new, values_told);
    let (to, department) = match told.to.split_once(' ') {
        Some((to, department)) if told.department.is_empty() => (to, department.trim()),
        _ => (told.to.as_str(), told.department.as_str()),
    };
    let illnesses = illnesses(known.course);
    let impression = [seen("diagnosis"), illnesses.clone()];
    let impression = impression.iter().find(|text| !text.is_empty());
    let reason = [told.reason.clone(), seen("complaint"), values];
    let reason: Vec<String> = reason.into_iter().filter(|text| !text.is_empty()).collect();
    let before = known.contacts.iter().rev().flat_map(|c| &c.forms);
    let phone = before
        .filter(|form| form.form == SLIP)
        .map(|form| text(&form.answers, "doctor_phone"))
        .next();
    let urgent = known.course.referral.as_ref().is_some_and(|t| t.urgent);
    let mut answers = texts([
        ("to_org", to),
        ("to_dept", department),
        ("impression", impression.map_or("", String::as_str)),
        ("reason", &reason.join(",")),
        ("history", &illnesses),
        ("treatment", &seen("handling")),
        ("doctor_phone", phone.as_deref().unwrap_or_default()),
        ("org", known.clinic),
    ]);
    if urgent {
        answers.insert("level".to_owned(), Value::Code("2".to_owned()));
    }
    answers
}

fn brought_back(known: &SlipKnown<'_>) -> Answers {
    let contacts = known.contacts.iter().rev();
    let mut told = contacts.filter(|c| c.day <= known.day);
    let told = told.find_map(|c| referral_told(&c.forms));
    let from = told.map_or_else(String::new, |told| told.to);
    texts([("to_org", known.clinic), ("org", &from)])
}

/// The illnesses the person is followed up for, as a doctor writes them.
fn illnesses(course: &Course) -> String {
    let is_open = |kind: &&ProgrammeKind| {
        let known = course.programmes.get(kind);
        known.is_some_and(ProgrammeCourse::is_open)
    };
    let kinds = [
        ProgrammeKind::Htn,
        ProgrammeKind::Dm,
        ProgrammeKind::Smd,
        ProgrammeKind::Tb,
    ];
    let names = kinds.iter().filter(is_open);
    let names: Vec<&str> = names.map(|kind| kind.programme().short.zh).collect();
    names.join("、")
}

fn values_told(measured: &Measured) -> String {
    let pressure = measured.pressure();
    let pressure = pressure.map(|p| format!("血压{}/{}mmHg", p.sbp, p.dbp));
    let glucose = measured.fbg.map(|fbg| format!("空腹血糖{fbg}mmol/L"));
    let told: Vec<String> = [pressure, glucose].into_iter().flatten().collect();
    told.join(",")
}

fn texts<const N: usize>(texts: [(&str, &str); N]) -> Answers {
    texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| (key.to_owned(), Value::Text(text.to_owned())))
        .collect()
}

/// Returns what a line of the register 门诊日志 says; none where no such paper was filled in.
pub fn register_line(forms: &[FilledForm]) -> Option<RegisterLine> {
    let form = register_form(forms)?;
    let told = |key| text(&form.answers, key);
    Some(RegisterLine {
        complaint: told("complaint"),
        diagnosis: told("diagnosis"),
        handling: told("handling"),
        is_first: code(&form.answers, "first_visit") == Some("1"),
        is_notifiable: code(&form.answers, "infectious") == Some("2"),
    })
}

/// Returns the line's whole paper.
pub fn register_form(forms: &[FilledForm]) -> Option<&FilledForm> {
    forms.iter().find(|form| form.form == REGISTER)
}

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    pub complaint: String,
    pub diagnosis: String,
    pub handling: String,
    /// 初诊
    pub is_first: bool,
    /// 传染病报告
    pub is_notifiable: bool,
}
