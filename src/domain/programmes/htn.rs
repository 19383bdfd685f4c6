//! Hypertension 高血压 (rules §3): target, urgent signs and the table H0–H6.
//!
//! Phone visits (§3.6), open referrals and dates are `course`'s.

use super::{
    FollowUp, Programme, ProgrammeKind, Question, Row, Signs, Step, Verdict, reason::Reason,
    rule::Rule,
};
use crate::domain::{
    alert::Alert,
    course::{Course, PersonFacts, TargetValue},
    day::{Day, age_years},
    settings::{Pressure, Settings},
    task::TaskKind,
    text::Text,
};

/// What is fixed about the programme.
pub const PROGRAMME: Programme = Programme {
    kind: ProgrammeKind::Htn,
    code: "htn",
    name: Text {
        zh: "高血压患者健康管理",
        en: "Hypertension",
    },
    short: Text {
        zh: "高血压",
        en: "Hypertension",
    },
    entry_age: 35,
    follow_up: Some(FollowUp {
        visit: TaskKind::HtnVisit,
        first: Rule::H00,
        routine: Rule::H6,
        routine_months: |settings| settings.htn_routine_months,
        unsat_days: |settings| settings.htn_unsat_days,
        dangers: DANGERS,
        judge,
        on_target,
    }),
    visit: Some(TaskKind::HtnVisit),
    exam: Some(TaskKind::HtnExam),
};

/// Danger signs confirmed by the doctor (§3.3), by the keys of form F01.
pub const DANGERS: &[&str] = &[
    "consciousness",
    "severe_headache",
    "vomiting",
    "blurred_vision",
    "chest",
    "orthopnea",
    "other_unmanageable",
];

/// From here either value is urgent, in mmHg (national) (§3.3, §4.1).
pub const URGENT: Pressure = Pressure::new(180, 110);

/// Returns the target that holds for the person on the day (§3.2).
pub fn target(asked: &Question<'_>, settings: &Settings) -> Pressure {
    target_of(asked.before.target, asked.person, asked.day, settings)
}

fn target_of(
    own: Option<TargetValue>,
    person: &PersonFacts,
    day: Day,
    settings: &Settings,
) -> Pressure {
    match own {
        Some(TargetValue::Pressure(own)) => own,
        Some(TargetValue::Glucose(_)) | None => {
            if settings.htn_elderly_age <= age_years(person.birth, day) {
                settings.htn_target_elderly
            } else {
                settings.htn_target
            }
        }
    }
}

/// Returns the target that holds for the person on `day` by what is known of the course (§3.2).
pub fn target_on(course: &Course, person: &PersonFacts, day: Day, settings: &Settings) -> Pressure {
    let own = course
        .programmes
        .get(&ProgrammeKind::Htn)
        .and_then(|htn| htn.target);
    target_of(own, person, day, settings)
}

/// Returns `bp_ok` (§3.4), if a pressure is known.
pub fn on_target(asked: &Question<'_>, settings: &Settings) -> Option<bool> {
    let pressure = asked.visit.measured.pressure()?;
    Some(pressure.is_below(target(asked, settings)))
}

/// Decides a visit by the table of §3.5.
pub fn judge(asked: &Question<'_>, settings: &Settings) -> Verdict {
    let Some(ok) = on_target(asked, settings) else {
        return Verdict {
            rule: Rule::H0,
            step: Step::Unchanged,
            reason: Reason::FirstVisit,
            class: None,
            on_target: None,
            alerts: vec![Alert::BpMissing],
        };
    };
    let signs = Signs {
        urgent: is_urgent(asked, settings),
        on_target: Some(ok),
        form: asked.form,
        before: asked.before,
    };
    row(&signs, settings).verdict(Some(ok), asked.form)
}

fn row(signs: &Signs<'_>, settings: &Settings) -> Row {
    let refer = Some(Alert::ReferUp);
    if signs.urgent {
        Row(
            Rule::H1,
            Step::Refer,
            Reason::Urgent,
            Some(Alert::UrgentReferral),
        )
    } else if signs.form.compl {
        Row(Rule::H2, Step::Refer, Reason::Complication, refer)
    } else if signs.reaction_persists() {
        Row(Rule::H3, Step::Refer, Reason::AdverseReactionAgain, refer)
    } else if signs.twice_off_target() {
        Row(Rule::H4, Step::Refer, Reason::TwiceOffTarget, refer)
    } else if signs.needs_adjusting() {
        let reason = signs.adjusting_reason();
        Row(Rule::H5, Step::Soon, reason, Some(Alert::AdjustTreatment))
    } else {
        let months = settings.htn_routine_months;
        Row(
            Rule::H6,
            Step::Routine,
            Reason::MonthsPassed { months },
            None,
        )
    }
}

fn is_urgent(asked: &Question<'_>, settings: &Settings) -> bool {
    let Some(pressure) = asked.visit.measured.pressure() else {
        return false;
    };
    let mother = asked.visit.pregnant || asked.visit.lactating;
    !pressure.is_below(URGENT)
        || !asked.form.danger.is_empty()
        || mother && !pressure.is_below(settings.preg_pressure)
}
