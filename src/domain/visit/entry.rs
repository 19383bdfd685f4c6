//! Entering a programme on its own form: the facts it begins with, read from the answers
//! by their keys.
//!
//! A programme that needs no facts has no such form. Deciding is `course`'s.

use std::collections::BTreeMap;

use super::{code, date, flag, need, number, whole};
use crate::domain::{
    clock,
    course::happening::{Enrolled, Happening},
    form::FilledForm,
    programmes::{
        Facts, ProgrammeKind,
        anc::Pregnancy,
        child::{Birth, is_at_risk},
        disabled::Disability,
        general::Term,
        pnc::Delivery,
        smd::Consent,
        tb::Treatment,
    },
    value::{Answers, Value},
};

/// The forms on which people are entered, by programme.
pub const ENTRY_FORMS: &[(&str, ProgrammeKind)] = &[
    ("F03", ProgrammeKind::Smd),
    ("enter_tb", ProgrammeKind::Tb),
    ("enter_anc", ProgrammeKind::Anc),
    ("enter_pnc", ProgrammeKind::Pnc),
    ("enter_child", ProgrammeKind::Child),
    ("enter_disabled", ProgrammeKind::Disabled),
    ("enter_poverty", ProgrammeKind::Poverty),
    ("enter_general", ProgrammeKind::General),
];

/// Returns the form on which people are entered in the programme; none where nothing need
/// be known.
pub fn entry_form(programme: ProgrammeKind) -> Option<&'static str> {
    ENTRY_FORMS
        .iter()
        .find(|(_, kind)| *kind == programme)
        .map(|(form, _)| *form)
}

/// Returns the programme people are entered in on this form.
pub fn entered_on(form: &str) -> Option<ProgrammeKind> {
    ENTRY_FORMS
        .iter()
        .find(|(id, _)| *id == form)
        .map(|(_, kind)| *kind)
}

/// Returns the entry a form tells; none where it is no entry form or lacks its facts.
pub(super) fn enrolled(form: &FilledForm) -> Option<Happening> {
    let programme = entered_on(&form.form)?;
    let facts = facts(programme, &form.answers)?;
    Some(Happening::Enrolled(Enrolled {
        facts,
        ..Enrolled::in_programme(programme)
    }))
}

fn facts(programme: ProgrammeKind, answers: &Answers) -> Option<Facts> {
    Some(match programme {
        ProgrammeKind::Smd => Facts::Consent(if code(answers, "consent") == Some("0") {
            Consent::Refused
        } else {
            Consent::Given
        }),
        ProgrammeKind::Tb => Facts::Treatment(notice(answers)?),
        ProgrammeKind::Anc => {
            Facts::Pregnancy(match (date(answers, "edd"), date(answers, "lmp")) {
                (Some(edd), _) => Pregnancy::due_on(edd),
                (None, lmp) => Pregnancy::since(lmp?),
            })
        }
        ProgrammeKind::Pnc => Facts::Delivery(Delivery {
            delivered: date(answers, "delivered")?,
            discharged: date(answers, "discharged"),
            done: BTreeMap::new(),
        }),
        ProgrammeKind::Child => Facts::Birth(birth(answers)),
        ProgrammeKind::Disabled => Facts::Disability(Disability {
            grade: code(answers, "grade").and_then(|code| code.parse().ok()),
            self_care: whole(answers, "self_care_score"),
        }),
        ProgrammeKind::Poverty => Facts::Household(need(code(answers, "hh_type")?)?),
        ProgrammeKind::General => Facts::Term(Term {
            start: date(answers, "start")?,
            end: date(answers, "end"),
        }),
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Elderly
        | ProgrammeKind::Vax
        | ProgrammeKind::TcmElderly
        | ProgrammeKind::TcmChild
        | ProgrammeKind::Screen35
        | ProgrammeKind::Outpatient => Facts::Nothing,
    })
}

fn notice(answers: &Answers) -> Option<Treatment> {
    let notice = date(answers, "notice")?;
    let time = answers.get("notice_time").and_then(Value::text);
    Some(Treatment {
        notice: Some(notice),
        notice_at: time.and_then(|time| clock::moment_of(notice, time)),
        ..Treatment::default()
    })
}

fn birth(answers: &Answers) -> Birth {
    let grams = number(answers, "birth_weight")
        .and_then(|kilograms| u32::try_from(kilograms.thousandths()).ok());
    Birth {
        discharged: date(answers, "discharged"),
        at_risk: is_at_risk(
            grams,
            whole(answers, "weeks"),
            flag(answers, "multiple"),
            flag(answers, "defect"),
        ),
        done: BTreeMap::new(),
    }
}
