//! Type 2 diabetes 2型糖尿病 (rules §4): target, urgent signs and the table D1–D7.
//!
//! Phone visits (§3.6), open referrals and dates are `course`'s.

use super::{
    FollowUp, Programme, ProgrammeKind, Question, Row, Signs, Step, Verdict, htn, reason::Reason,
    rule::Rule, screen35,
};
use crate::domain::{
    alert::Alert,
    course::{Course, TargetValue, happening::Hypoglycaemia},
    settings::Settings,
    task::TaskKind,
    text::Text,
    value::Decimal,
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Dm,
    code: "dm",
    name: Text {
        zh: "2型糖尿病患者健康管理",
        en: "Type 2 diabetes",
    },
    short: Text {
        zh: "糖尿病",
        en: "Diabetes",
    },
    entry_age: 35,
    follow_up: Some(FollowUp {
        visit: TaskKind::DmVisit,
        first: Rule::D00,
        routine: Rule::D7,
        routine_months: |settings| settings.dm_routine_months,
        unsat_days: |settings| settings.dm_unsat_days,
        dangers: DANGERS,
        judge,
        on_target,
    }),
    visit: Some(TaskKind::DmVisit),
    exam: Some(TaskKind::DmExam),
};

/// Danger signs confirmed by the doctor (§4.1), by the keys of form F02.
pub const DANGERS: &[&str] = &[
    "consciousness",
    "acetone",
    "palpitation",
    "sweating",
    "anorexia",
    "nausea",
    "vomiting",
    "polydipsia_acute",
    "polyuria_acute",
    "abdominal_pain",
    "deep_breathing",
    "flushing",
    "vision_drop",
    "other_unmanageable",
];

/// From here up any glucose is urgent, mmol/L (national).
pub const GLUCOSE_HIGH: Decimal = Decimal::from_thousandths(16_700);
/// From here down any glucose is urgent, mmol/L (national).
pub const GLUCOSE_LOW: Decimal = Decimal::from_thousandths(3_900);
/// Above this a sustained heart rate is urgent, a minute (national).
pub const HEART_RATE: u32 = 100;
/// Above this a temperature is urgent, °C (national).
pub const TEMPERATURE: Decimal = Decimal::from_int(39);

/// Returns `fbg_ok` (§4.2), if a fasting glucose is known.
pub fn on_target(asked: &Question<'_>, settings: &Settings) -> Option<bool> {
    let fasting = asked.visit.measured.fbg?;
    Some(fasting < own_target(asked.before.target, settings))
}

/// Returns the fasting glucose a person's visits are measured against, mmol/L.
pub fn target_of(course: &Course, settings: &Settings) -> Decimal {
    let programme = course.programmes.get(&ProgrammeKind::Dm);
    own_target(programme.and_then(|programme| programme.target), settings)
}

const fn own_target(own: Option<TargetValue>, settings: &Settings) -> Decimal {
    match own {
        Some(TargetValue::Glucose(own)) => own,
        Some(TargetValue::Pressure(_)) | None => settings.dm_fbg_target,
    }
}

/// Decides a visit by the table of §4.3.
pub fn judge(asked: &Question<'_>, settings: &Settings) -> Verdict {
    let on_target = on_target(asked, settings);
    let signs = Signs {
        urgent: is_urgent(asked, settings),
        on_target,
        form: asked.form,
        before: asked.before,
    };
    let row = if !asked.visit.mode.is_face_to_face() && on_target.is_none() {
        missing(Step::Unchanged)
    } else {
        row(&signs, settings)
    };
    let mut verdict = row.verdict(on_target, asked.form);
    if verdict.rule == Rule::D6 {
        verdict.class = None;
    }
    if asked.form.hypo == Some(Hypoglycaemia::Frequent) {
        verdict.alerts.push(Alert::HypoFrequent);
    }
    let pressure = asked.visit.measured.pressure();
    if !asked.in_htn && pressure.is_some_and(screen35::is_high) {
        verdict.alerts.push(Alert::BpHighScreen);
    }
    verdict
}

fn missing(step: Step) -> Row {
    Row(
        Rule::D6,
        step,
        Reason::GlucoseMissing,
        Some(Alert::FbgMissing),
    )
}

fn row(signs: &Signs<'_>, settings: &Settings) -> Row {
    let refer = Some(Alert::ReferUp);
    if signs.urgent {
        Row(
            Rule::D1,
            Step::Refer,
            Reason::Urgent,
            Some(Alert::UrgentReferral),
        )
    } else if signs.form.compl {
        Row(Rule::D2, Step::Refer, Reason::Complication, refer)
    } else if signs.reaction_persists() {
        Row(Rule::D3, Step::Refer, Reason::AdverseReactionAgain, refer)
    } else if signs.twice_off_target() {
        Row(Rule::D4, Step::Refer, Reason::TwiceOffTarget, refer)
    } else if signs.needs_adjusting() {
        let reason = signs.adjusting_reason();
        Row(Rule::D5, Step::Soon, reason, Some(Alert::AdjustTreatment))
    } else if signs.on_target.is_none() {
        missing(Step::Soon)
    } else {
        let months = settings.dm_routine_months;
        Row(
            Rule::D7,
            Step::Routine,
            Reason::MonthsPassed { months },
            None,
        )
    }
}

fn is_urgent(asked: &Question<'_>, settings: &Settings) -> bool {
    let visit = asked.visit;
    let measured = &visit.measured;
    let extreme = |glucose: Decimal| GLUCOSE_HIGH <= glucose || glucose <= GLUCOSE_LOW;
    let glucose = measured.fbg.is_some_and(extreme) || measured.rbg.is_some_and(extreme);
    let pressure = measured
        .pressure()
        .is_some_and(|p| !p.is_below(htn::URGENT));
    let heart = measured.hr_sustained && measured.heart_rate.is_some_and(|hr| HEART_RATE < hr);
    let fever = measured.temp.is_some_and(|t| TEMPERATURE < t);
    let mother = measured.fbg.is_some_and(|fbg| {
        visit.pregnant && settings.preg_fbg <= fbg || visit.lactating && settings.lact_fbg <= fbg
    });
    glucose || pressure || heart || fever || mother || !asked.form.danger.is_empty()
}
