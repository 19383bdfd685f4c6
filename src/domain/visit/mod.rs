//! What filled-in forms say to the rules: the facts a decision rests on, read
//! from the answers by their keys.
//!
//! Which form which work is done on stands in `forms`. Deciding is `course`'s; which answers a form accepts is `form`'s.

mod death;
mod entry;
mod findings;
mod forms;
mod measures;
mod slips;
mod who;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

pub use self::{
    death::{DeathTold, death_told},
    entry::{ENTRY_FORMS, entered_on, entry_form},
    findings::need,
    forms::{
        Fillable, VISIT_FORMS, VisitForm, dose_on, doses_of, fillable, form_for, form_of,
        form_of_dose, forms_of, given_dose, goes_with, is_same_record, may_stay_open, open_now,
        programme_of, programmes_of, visit_form, visited_for,
    },
    measures::{body_weight, growth, is_due_day_corrected, is_self_measured, weeks_at_birth},
    slips::{
        NOT_ON_PAPER, PATIENT, PATIENT_YEARS, REGISTER, RETURN_SLIP, ReferralTold, RegisterLine,
        SAID_BY_SENTENCE, SLIP, SlipKnown, SlipWritten, referral_told, register_form,
        register_line, slip_opening, slip_written,
    },
    who::Who,
};
use super::{
    course::happening::{
        DoctorsClass, DoctorsDate, FormFacts, Happening, Hypoglycaemia, LostReason, Measured,
        PressureScreened, ReferralResult, Visited,
    },
    day::Day,
    form::FilledForm,
    programmes::{
        Class, ProgrammeKind,
        screen35::{RiskFactor, measured_risk},
    },
    settings::Pressure,
    task::Mode,
    value::{Answers, Decimal, Value},
};

/// Returns how the visit of these forms was made: as answered, else as the first form's
/// work is done.
pub fn mode_of(forms: &[FilledForm]) -> Option<Mode> {
    let merged = merged(forms);
    if let Some(mode) = code(&merged, "mode") {
        return Mode::from_code(mode);
    }
    let asks = |form: &FilledForm| is_decided_by_values(&form.form);
    if forms.iter().any(asks) {
        return None;
    }
    let first = forms.iter().find_map(|form| visit_form(&form.form));
    first.map(|form| form.mode)
}

/// Says whether the form is one of a programme whose visits pressure or glucose decides.
fn is_decided_by_values(form: &str) -> bool {
    programme_of(form).is_some_and(|kind| kind.programme().follow_up.is_some())
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
    if let [form] = forms
        && let Some(entered) = entry::enrolled(form)
    {
        return Some(entered);
    }
    let all = merged(forms);
    let mode = mode_of(forms)?;
    if let [screening] = forms
        && programme_of(&screening.form) == Some(ProgrammeKind::Screen35)
    {
        return screened(&screening.answers, is_female);
    }
    if let Some(ended) = lost(forms).or_else(|| death::only_told(forms)) {
        return Some(ended);
    }
    let facts: BTreeMap<ProgrammeKind, FormFacts> = forms
        .iter()
        .filter(|form| is_decided_by_values(&form.form))
        .filter_map(|form| {
            let kind = programme_of(&form.form)?;
            Some((kind, form_facts(kind, &form.answers)))
        })
        .collect();
    let findings = findings::of_forms(forms);
    (!facts.is_empty() || !findings.is_empty()).then(|| {
        Happening::Visited(Visited {
            mode,
            measured: measured(&all),
            pregnant: flag(&all, "pregnant"),
            lactating: flag(&all, "lactating"),
            forms: facts,
            referral_result,
            findings,
            next: next_dates(forms),
        })
    })
}

/// The next dates on papers whose findings decide.
fn next_dates(forms: &[FilledForm]) -> BTreeMap<ProgrammeKind, DoctorsDate> {
    let of_findings = |form: &&FilledForm| !is_decided_by_values(&form.form);
    forms
        .iter()
        .filter(of_findings)
        .filter_map(|form| Some((programme_of(&form.form)?, doctors_date(&form.answers)?)))
        .collect()
}

/// 若失访,原因 on the paper of mental disorder: nothing was found, the person is lost.
fn lost(forms: &[FilledForm]) -> Option<Happening> {
    let [form] = forms else { return None };
    let reason = match code(&form.answers, "lost_reason")? {
        "1" => LostReason::WorkingAway,
        "2" => LostReason::MovedElsewhere,
        "3" => LostReason::Strayed,
        "4" => LostReason::NotReachedThreeTimes,
        _ => LostReason::Other,
    };
    let programme = programme_of(&form.form)?;
    Some(Happening::Lost { programme, reason })
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
pub fn merged(forms: &[FilledForm]) -> Cow<'_, Answers> {
    if let [form] = forms {
        return Cow::Borrowed(&form.answers);
    }
    let mut all = Answers::new();
    for form in forms.iter().rev() {
        all.extend(
            form.answers
                .iter()
                .map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    Cow::Owned(all)
}

fn code<'a>(answers: &'a Answers, key: &str) -> Option<&'a str> {
    answers.get(key).and_then(Value::code)
}

fn date(answers: &Answers, key: &str) -> Option<Day> {
    answers.get(key).and_then(Value::date)
}

/// Returns the words of an answer, empty where there are none.
fn text(answers: &Answers, key: &str) -> String {
    let text = answers.get(key).and_then(Value::text);
    text.unwrap_or_default().trim().to_owned()
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
