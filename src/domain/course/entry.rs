//! What entering a programme brings, where no pressure or glucose decides: its facts, its
//! first task, its first words.
//!
//! Who is to be entered is proposed elsewhere and confirmed by a person.

use std::collections::BTreeMap;

use super::{ProgrammeStatus, Refusal, decision::Closing, happening::Enrolled, workings::Workings};
use crate::domain::{
    alert::Alert,
    day::Day,
    programmes::{
        Asked, Facts, Found, ProgrammeKind, anc,
        child::{self, Birth},
        disabled::{self, Disability},
        pnc,
        reason::Reason,
        rule::Rule,
        smd::Consent,
        tb::{self, Treatment},
        vax::Given,
    },
    settings::Settings,
    task::Task,
    window::first_visit,
};

/// Returns the facts the programme begins with: those given, or those it needs none of.
pub(super) fn facts(programme: ProgrammeKind, enrolled: &Enrolled) -> Result<Facts, Refusal> {
    let given = &enrolled.facts;
    let fits = match (programme, given) {
        (ProgrammeKind::Anc, Facts::Pregnancy(_))
        | (ProgrammeKind::Pnc, Facts::Delivery(_))
        | (ProgrammeKind::Child, Facts::Birth(_))
        | (ProgrammeKind::Vax, Facts::Doses(_))
        | (ProgrammeKind::Tb, Facts::Treatment(_))
        | (ProgrammeKind::Smd, Facts::Consent(_))
        | (ProgrammeKind::Disabled, Facts::Disability(_))
        | (ProgrammeKind::Poverty, Facts::Household(_))
        | (ProgrammeKind::General, Facts::Term(_))
        | (ProgrammeKind::TcmChild, Facts::Done(_)) => Some(given.clone()),
        (ProgrammeKind::Child, Facts::Nothing) => Some(Facts::Birth(Birth::default())),
        (ProgrammeKind::Vax, Facts::Nothing) => Some(Facts::Doses(Given::new())),
        (ProgrammeKind::TcmChild, Facts::Nothing) => Some(Facts::Done(BTreeMap::new())),
        (ProgrammeKind::Tb, Facts::Nothing) => Some(Facts::Treatment(Treatment::default())),
        (ProgrammeKind::Smd, Facts::Nothing) => Some(Facts::Consent(Consent::Given)),
        (ProgrammeKind::Disabled, Facts::Nothing) => Some(Facts::Disability(Disability::default())),
        (
            ProgrammeKind::Htn
            | ProgrammeKind::Dm
            | ProgrammeKind::Elderly
            | ProgrammeKind::TcmElderly,
            Facts::Nothing,
        ) => Some(Facts::Nothing),
        _ => None,
    };
    fits.ok_or(Refusal::FactsMissing(programme))
}

/// Opens the first task and says what entering says.
pub(super) fn begin(work: &mut Workings<'_>, programme: ProgrammeKind, asked: &Asked<'_>) {
    let day = asked.today;
    match programme {
        ProgrammeKind::Tb => {
            let notice = asked.facts().treatment().and_then(|facts| facts.notice);
            work.rule(Rule::B1);
            work.fill(
                programme,
                tb::first_task(notice.unwrap_or(day), asked.settings),
            );
        }
        ProgrammeKind::Smd => {
            if matches!(asked.facts(), Facts::Consent(Consent::Refused)) {
                work.alert(Alert::ConsentRefused);
                work.outcome(programme).status = Some(ProgrammeStatus::Refused { on: day });
            } else {
                first(work, programme, Rule::P00, day, asked.settings);
                stand_for_disability(work);
            }
        }
        ProgrammeKind::Disabled => {
            if !disabled::follows_smd(work.course) {
                first(work, programme, Rule::X00, day, asked.settings);
            }
        }
        ProgrammeKind::Poverty => first(work, programme, Rule::Q00, day, asked.settings),
        ProgrammeKind::Anc => say(work, &anc::booked(asked)),
        ProgrammeKind::Pnc => say(work, &pnc::entered(asked)),
        ProgrammeKind::Child => {
            work.rule(Rule::C1);
            if child::assumes_discharge(asked) {
                work.alert(Alert::DischargeAssumed);
            }
        }
        ProgrammeKind::Elderly | ProgrammeKind::TcmElderly => work.rule(Rule::E1),
        ProgrammeKind::Vax => work.rule(Rule::V1),
        ProgrammeKind::TcmChild => work.rule(Rule::C2),
        ProgrammeKind::General => work.rule(Rule::N1),
        ProgrammeKind::Htn
        | ProgrammeKind::Dm
        | ProgrammeKind::Screen35
        | ProgrammeKind::Outpatient => {}
    }
}

fn first(
    work: &mut Workings<'_>,
    programme: ProgrammeKind,
    rule: Rule,
    day: Day,
    settings: &Settings,
) {
    work.rule(rule);
    if let Some(visit) = programme.programme().visit {
        let window = first_visit(day, settings);
        let task = Task::new(visit, programme, &window, rule, Reason::FirstVisit);
        work.fill(programme, task);
    }
}

fn say(work: &mut Workings<'_>, found: &Found) {
    for rule in &found.rules {
        work.rule(*rule);
    }
    for alert in &found.alerts {
        work.alert(*alert);
    }
}

/// From now on the visits for mental disorder stand for the disabled person's (rules §13).
fn stand_for_disability(work: &mut Workings<'_>) {
    let disabled = work.course.programmes.get(&ProgrammeKind::Disabled);
    if disabled.is_some_and(|p| p.slot.is_some()) {
        work.vacate(ProgrammeKind::Disabled, |_| Closing::Replaced);
    }
}

/// The mental-disorder programme ended: the disabled person is visited as such again.
pub(super) fn resume_disability(work: &mut Workings<'_>, day: Day, settings: &Settings) {
    first(work, ProgrammeKind::Disabled, Rule::X00, day, settings);
}
