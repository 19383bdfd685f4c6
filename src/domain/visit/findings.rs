//! What the forms beyond those of hypertension and diabetes say to the rules, read from
//! the answers by their keys.
//!
//! Deciding on a finding is `course`'s.

use std::collections::BTreeSet;

use super::{code, date, flag, number, text, whole};
use crate::domain::{
    course::finding::Finding,
    form::FilledForm,
    programmes::{
        ProgrammeKind,
        anc::AntenatalCheck,
        child::{Age, ChildCheck, NewbornVisit, Sign, is_at_risk},
        disabled::Disability,
        elderly::Exam,
        outpatient::{LongPrescription, Slip, prescription_end},
        pnc::{PostnatalCheck, PostnatalVisit},
        poverty::HouseholdNeed,
        smd::MentalState,
        tb::{Closing, FirstVisit, StopReason, Supervisor, TbFollowUp},
        vax::{Dose, Given},
    },
    value::{Answers, Decimal},
};

/// A child of four sees poorly at or below this value of the five-point scale.
const LOW_VISION_AT_FOUR: Decimal = Decimal::from_thousandths(4800);
/// An older child at or below this one.
const LOW_VISION: Decimal = Decimal::from_thousandths(4900);
/// Two lines of the chart between the eyes are low vision too.
const UNEVEN_VISION: i64 = 200;

/// Returns what these forms found, in their order.
pub(super) fn of_forms(forms: &[FilledForm]) -> Vec<Finding> {
    let score = forms
        .iter()
        .find(|form| form.form == "F09")
        .and_then(|form| whole(&form.answers, "score"));
    let mut findings: Vec<Finding> = Vec::new();
    for found in forms
        .iter()
        .filter_map(|form| of_form(&form.form, &form.answers, score))
    {
        match (findings.last_mut(), found) {
            // Doses of one day are a paper each and one finding.
            (Some(Finding::Vaccinated(given)), Finding::Vaccinated(more)) => given.extend(more),
            (_, found) => findings.push(found),
        }
    }
    findings
}

fn of_form(form: &str, answers: &Answers, score: Option<u32>) -> Option<Finding> {
    Some(match form {
        "F04" => Finding::Mental(mental(answers)?),
        "F05" => Finding::TbFirst(FirstVisit {
            supervisor: supervisor(answers)?,
            start: date(answers, "start"),
            intensive_end: date(answers, "intensive_end"),
        }),
        "F06" => Finding::Tb(tuberculosis(answers)),
        "F07" => Finding::Exam(Exam {
            abnormal: code(answers, "evaluation") == Some("2"),
            self_care: score.or_else(|| least_score(code(answers, "self_care")?)),
        }),
        "F10" => Finding::Constitution,
        "F11" => Finding::Antenatal(AntenatalCheck {
            abnormal: is_two(answers, "overall") || is_two(answers, "referral"),
            edd: date(answers, "edd"),
            protein: has_protein(answers, "urine_protein"),
            ..measured_in_pregnancy(answers)
        }),
        "F12" => Finding::Antenatal(AntenatalCheck {
            abnormal: is_two(answers, "classification") || is_two(answers, "referral"),
            protein: has_protein(answers, "protein"),
            ..measured_in_pregnancy(answers)
        }),
        "F13" => Finding::Postnatal(PostnatalVisit {
            refer: is_two(answers, "referral"),
        }),
        "F14" => Finding::PostnatalCheck(PostnatalCheck {
            closed: code(answers, "handling") == Some("1"),
            refer: is_two(answers, "handling"),
        }),
        "F15" => Finding::Newborn(newborn(answers)),
        "F16" | "F17" | "F18" => Finding::Child(child(answers)?),
        "F19" => Finding::TcmChild(age(answers)?),
        "F23" => Finding::Disabled(Disability {
            grade: code(answers, "grade").and_then(|code| code.parse().ok()),
            self_care: whole(answers, "self_care_score"),
        }),
        "F25" => Finding::Assessment,
        "F26" => Finding::Household(need(code(answers, "hh_type")?)?),
        "F27" => Finding::Vaccinated(given(answers)?),
        "F20" => Finding::Consulted {
            diagnosis: text(answers, "diagnosis"),
        },
        "F20_record" | "F22" => Finding::Noted,
        "F21" => Finding::Referred(slip(answers)),
        "F21_back" => Finding::SlipReturned,
        "F24" => Finding::Prescribed(prescription(answers)?),
        _ => return None,
    })
}

/// Returns how closely a household of this type is watched (rules §14); none for types
/// nobody visits for.
pub fn need(household_type: &str) -> Option<HouseholdNeed> {
    match household_type {
        "2" => Some(HouseholdNeed::Relieved),
        "3" | "4" | "5" => Some(HouseholdNeed::Monitored),
        _ => None,
    }
}

fn mental(answers: &Answers) -> Option<MentalState> {
    let digit = |key: &str| code(answers, key)?.parse::<u32>().ok();
    let functions = ["self_care", "housework", "work", "learning", "social"];
    Some(MentalState {
        risk: digit("risk")?,
        symptom: digit("symptom_level")?,
        insight: digit("insight")?,
        // 9 此项不适用 says nothing.
        social: functions
            .into_iter()
            .filter_map(digit)
            .filter(|level| *level <= 3)
            .max(),
        adr_level: digit("adr_level")?,
        physical: digit("physical")?,
        class: super::doctors_class(ProgrammeKind::Smd, answers),
    })
}

fn supervisor(answers: &Answers) -> Option<Supervisor> {
    code(answers, "supervisor").and_then(Supervisor::from_code)
}

fn tuberculosis(answers: &Answers) -> TbFollowUp {
    let closing = code(answers, "stop_reason").and_then(StopReason::from_code);
    TbFollowUp {
        supervisor: supervisor(answers),
        adr: flag(answers, "adr"),
        comorbid: flag(answers, "comorbid"),
        missed_days: whole(answers, "missed_days").unwrap_or(0),
        missed_by_reaction: code(answers, "missed_cause") == Some("1"),
        closing: closing.map(|reason| Closing {
            reason,
            planned: whole(answers, "doses_due"),
            taken: whole(answers, "doses_taken"),
        }),
    }
}

/// The least score of a level of self-care (forms F09), where only the level is known.
fn least_score(level: &str) -> Option<u32> {
    match level {
        "1" => Some(0),
        "2" => Some(4),
        "3" => Some(9),
        "4" => Some(19),
        _ => None,
    }
}

fn measured_in_pregnancy(answers: &Answers) -> AntenatalCheck {
    AntenatalCheck {
        danger: answers
            .get("danger")
            .is_some_and(|signs| !signs.codes().is_empty()),
        pressure: whole(answers, "sbp").zip(whole(answers, "dbp")),
        hb: whole(answers, "hb"),
        fetal_heart: whole(answers, "fhr"),
        ..AntenatalCheck::default()
    }
}

/// One plus or more; minus and the trace sign are none.
fn has_protein(answers: &Answers, key: &str) -> bool {
    code(answers, key).is_some_and(|sign| sign.starts_with('+'))
}

fn newborn(answers: &Answers) -> NewbornVisit {
    let grams = number(answers, "birth_weight")
        .and_then(|kilograms| u32::try_from(kilograms.thousandths()).ok());
    let is_multiple = answers
        .get("delivery")
        .is_some_and(|how| how.codes().iter().any(|code| code == "5"));
    NewbornVisit {
        at_risk: is_at_risk(
            grams,
            whole(answers, "weeks"),
            is_multiple,
            is_two(answers, "defect"),
        ),
        refer: is_two(answers, "referral"),
    }
}

fn child(answers: &Answers) -> Option<ChildCheck> {
    let age = age(answers)?;
    let warnings = answers.get("dev").map_or(BTreeSet::new(), |dev| {
        let ticked = dev.codes().iter().filter(|code| code.as_str() != "0");
        ticked.cloned().collect()
    });
    let growth = code(answers, "growth").is_some_and(|code| code != "1");
    let signs = [
        (is_two(answers, "hearing"), Sign::HearingFailed),
        (sees_poorly(answers, age), Sign::VisionLow),
        (
            whole(answers, "caries").is_some_and(|teeth| 0 < teeth),
            Sign::Caries,
        ),
        (growth, Sign::GrowthAbnormal),
    ];
    Some(ChildCheck {
        age,
        dev_warning: warnings,
        signs: signs
            .into_iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, sign)| sign)
            .collect(),
        hb: whole(answers, "hb"),
        refer: is_two(answers, "referral"),
    })
}

fn sees_poorly(answers: &Answers, age: Age) -> bool {
    let least = if age < Age::Y5 {
        LOW_VISION_AT_FOUR
    } else {
        LOW_VISION
    };
    let eyes = [number(answers, "vision_l"), number(answers, "vision_r")];
    let low = eyes.iter().flatten().any(|eye| *eye <= least);
    let uneven = match eyes {
        [Some(left), Some(right)] => {
            UNEVEN_VISION <= (left.thousandths() - right.thousandths()).abs()
        }
        _ => false,
    };
    low || uneven
}

/// The column of the paper; that of pre-school children counts 36 months as three years.
fn age(answers: &Answers) -> Option<Age> {
    match code(answers, "age_group")? {
        "3y" => Some(Age::M36),
        months => Age::from_key(months),
    }
}

fn given(answers: &Answers) -> Option<Given> {
    let dose = code(answers, "dose").and_then(Dose::from_code)?;
    Some(Given::from([(dose, date(answers, "date")?)]))
}

/// Institution and department in one.
fn slip(answers: &Answers) -> Slip {
    let to = [text(answers, "to_org"), text(answers, "to_dept")];
    Slip {
        to: to.join(" ").trim().to_owned(),
        reason: text(answers, "reason"),
        urgent: is_two(answers, "level"),
    }
}

fn prescription(answers: &Answers) -> Option<LongPrescription> {
    let start = date(answers, "start")?;
    let weeks = whole(answers, "weeks")?;
    Some(LongPrescription {
        diagnosis: text(answers, "diagnosis"),
        start,
        end: prescription_end(start, i64::from(weeks)),
    })
}

fn is_two(answers: &Answers, key: &str) -> bool {
    code(answers, key) == Some("2")
}
