//! What filled-in forms say to the rules: the facts a decision rests on, read
//! from the answers by their keys.
//!
//! Deciding is `course`'s; which answers a form accepts is `form`'s.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    course::happening::{
        DoctorsClass, DoctorsDate, FormFacts, Happening, Hypoglycaemia, Measured, PressureScreened,
        ReferralResult, Visited,
    },
    day::Day,
    form::FilledForm,
    programmes::{
        Class, ProgrammeKind,
        screen35::{RiskFactor, measured_risk},
    },
    settings::Pressure,
    task::{Mode, Task},
    value::{Answers, Decimal, Value},
};

/// The visit forms and the programme each belongs to.
pub const VISIT_FORMS: &[(&str, ProgrammeKind)] = &[
    ("F01", ProgrammeKind::Htn),
    ("F02", ProgrammeKind::Dm),
    ("bp_screen", ProgrammeKind::Screen35),
];

/// Returns the programme a form's visits belong to.
pub fn programme_of(form: &str) -> Option<ProgrammeKind> {
    VISIT_FORMS
        .iter()
        .find(|(id, _)| *id == form)
        .map(|(_, kind)| *kind)
}

/// Returns the form a programme's visits are filled in on.
pub fn form_of(programme: ProgrammeKind) -> Option<&'static str> {
    VISIT_FORMS
        .iter()
        .find(|(_, kind)| *kind == programme)
        .map(|(id, _)| *id)
}

/// Returns the forms on which these tasks are done, in the order of the
/// programmes; a pressure alone is taken only where no follow-up form asks it.
pub fn forms_of(tasks: &[Task]) -> Vec<String> {
    let wanted: BTreeSet<ProgrammeKind> = tasks
        .iter()
        .filter(|task| task.kind.is_recordable())
        .flat_map(|task| task.programmes.iter().copied())
        .collect();
    let follows = |kind: &ProgrammeKind| kind.programme().follow_up.is_some();
    let has_follow_up = wanted.iter().any(follows);
    VISIT_FORMS
        .iter()
        .filter(|(_, kind)| wanted.contains(kind))
        .filter(|(_, kind)| !has_follow_up || follows(kind))
        .map(|(form, _)| (*form).to_owned())
        .collect()
}

/// Returns how the visit of these forms was made.
pub fn mode_of(forms: &[FilledForm]) -> Option<Mode> {
    Mode::from_code(code(&merged(forms), "mode")?)
}

/// Returns the answers a form opens with when the way of visiting is known.
pub fn given_mode(mode: Mode) -> Answers {
    Answers::from([("mode".to_owned(), Value::Code(mode.code().to_owned()))])
}

/// Returns what these forms tell, or `None` where they hold no follow-up form
/// or no way of visiting.
pub fn happening(
    forms: &[FilledForm],
    referral_result: Option<ReferralResult>,
    is_female: bool,
) -> Option<Happening> {
    let all = merged(forms);
    let mode = Mode::from_code(code(&all, "mode")?)?;
    if let [screening] = forms
        && programme_of(&screening.form) == Some(ProgrammeKind::Screen35)
    {
        return screened(&screening.answers, is_female);
    }
    let facts: BTreeMap<ProgrammeKind, FormFacts> = forms
        .iter()
        .filter_map(|form| {
            let kind = programme_of(&form.form)?;
            Some((kind, form_facts(kind, &form.answers)))
        })
        .filter(|(kind, _)| *kind != ProgrammeKind::Screen35)
        .collect();
    (!facts.is_empty()).then(|| {
        Happening::Visited(Visited {
            mode,
            measured: measured(&all),
            pregnant: flag(&all, "pregnant"),
            lactating: flag(&all, "lactating"),
            forms: facts,
            referral_result,
            findings: Vec::new(),
        })
    })
}

/// Returns the measurements among answers.
pub fn measured(answers: &Answers) -> Measured {
    Measured {
        sbp: whole(answers, "sbp"),
        dbp: whole(answers, "dbp"),
        fbg: number(answers, "fbg"),
        rbg: number(answers, "rbg"),
        temp: number(answers, "temp"),
        heart_rate: whole(answers, "heart_rate"),
        hr_sustained: flag(answers, "hr_sustained"),
    }
}

fn screened(answers: &Answers, is_female: bool) -> Option<Happening> {
    let pressure = Pressure::new(whole(answers, "sbp")?, whole(answers, "dbp")?);
    Some(Happening::PressureScreened(PressureScreened {
        pressure,
        risk: Some(risk_factors(answers, is_female)),
        secondary_suspected: flag(answers, "secondary_suspected"),
    }))
}

/// The lasting risk factors of HS3; pressure and age are looked at by the rule itself.
fn risk_factors(answers: &Answers, is_female: bool) -> BTreeSet<RiskFactor> {
    let mut risk = measured_risk(number(answers, "bmi"), number(answers, "waist"), is_female);
    let told = [
        (flag(answers, "family_history"), RiskFactor::FamilyHistory),
        (flag(answers, "high_salt"), RiskFactor::Salt),
        (flag(answers, "heavy_drinking"), RiskFactor::Drinking),
    ];
    risk.extend(
        told.into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, factor)| factor),
    );
    risk
}

fn form_facts(programme: ProgrammeKind, answers: &Answers) -> FormFacts {
    FormFacts {
        danger: answers.get("danger").map_or(BTreeSet::new(), |danger| {
            danger.codes().iter().cloned().collect()
        }),
        adr: flag(answers, "adr"),
        adr_hard: flag(answers, "adr_hard"),
        compl: flag(answers, "compl"),
        hypo: match code(answers, "hypo") {
            Some("1") => Some(Hypoglycaemia::None),
            Some("2") => Some(Hypoglycaemia::Occasional),
            Some("3") => Some(Hypoglycaemia::Frequent),
            _ => None,
        },
        class: doctors_class(programme, answers),
        next: doctors_date(answers),
    }
}

/// A class counts as the doctor's own only with its reason.
fn doctors_class(programme: ProgrammeKind, answers: &Answers) -> Option<DoctorsClass> {
    let class = Class::of_code(programme, code(answers, "class")?)?;
    let reason = answers.get("class_reason").and_then(Value::text)?.trim();
    (!reason.is_empty()).then(|| DoctorsClass {
        class,
        reason: reason.to_owned(),
    })
}

/// The next date as entered; the desk drops it where it is the rules' own.
fn doctors_date(answers: &Answers) -> Option<DoctorsDate> {
    let day: Day = answers.get("next_date").and_then(Value::date)?;
    let reason = answers
        .get("next_reason")
        .and_then(Value::text)
        .map(str::to_owned);
    Some(DoctorsDate { day, reason })
}

/// All answers of a visit; an earlier form wins where two answer the same.
pub fn merged(forms: &[FilledForm]) -> Answers {
    let mut all = Answers::new();
    for form in forms.iter().rev() {
        all.extend(
            form.answers
                .iter()
                .map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    all
}

fn code<'a>(answers: &'a Answers, key: &str) -> Option<&'a str> {
    answers.get(key).and_then(Value::code)
}

fn number(answers: &Answers, key: &str) -> Option<Decimal> {
    answers.get(key).and_then(Value::number)
}

fn whole(answers: &Answers, key: &str) -> Option<u32> {
    u32::try_from(number(answers, key)?.thousandths() / 1000).ok()
}

/// A yes: true, or code 2 有 of a 1无 2有 pair.
fn flag(answers: &Answers, key: &str) -> bool {
    match answers.get(key) {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Code(code)) => code == "2",
        _ => false,
    }
}
