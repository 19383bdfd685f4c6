//! Consistency rules between fields, by the names the form files use.
//!
//! A rule reads only the answers and the context; it never changes an answer.

use serde::Deserialize;

use super::{
    condition::{has_code, is_given},
    context::FormContext,
    problem::{Fault, Problem, RowPlace},
};
use crate::domain::{
    day::{Day, plus_days},
    identity::{self, DocumentKind, Sex},
    value::{Answers, Decimal, Value},
};

/// The columns of a list of medicine that rules read.
const NAME: &str = "name";
const DAYS: &str = "days";

/// A rule as one form uses it: on which fields, for which codes.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleUse {
    pub rule: Rule,
    /// The fields in the order the rule's description names them.
    pub of: Vec<String>,
    /// Codes of the first field.
    pub codes: Vec<String>,
    /// Codes of the second field.
    pub expected: Vec<String>,
    pub least: Option<i64>,
    pub most: Option<i64>,
    /// The repeated group whose every row the rule looks at, instead of the form.
    pub rows: Option<String>,
}

/// The rules a form file can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// PP: systolic above diastolic; soft outside a gap of 20–100. Of systolic, diastolic.
    PulsePressure,
    /// A target is not above the current value (soft). Of target, current.
    TargetNotAboveCurrent,
    /// A part is not above its total. Of part, total.
    NotAboveTotal,
    /// E-HTN-CLASS: class 1 with a pressure off target needs a reason.
    /// Of class, systolic, diastolic, reason.
    ClassNeedsTarget,
    /// Not taking medicine with medicine listed (soft). Of adherence, rows; codes of not taking.
    DrugsNotTaken,
    /// Symptoms that may be danger signs (soft). Of symptoms, danger signs; codes that ask.
    DangerAsked,
    /// E-ETHNIC-TEXT: a minority is written in full. Of group, name; codes that need the name.
    EthnicText,
    /// The number fits its document, the birth date and the sex (people rules §3).
    /// Of number, type, subtype, birth, sex.
    IdentityNumber,
    /// A day lies at least `least` (0) and at most `most` days after another. Of later, earlier.
    DaysAfter,
    /// These codes make others expected (soft). Of field, other; codes; codes expected there.
    Expects,
    /// Two numbers differ by at most `most` (soft). Of one, other.
    FarApart,
    /// A number is at most `most` above another (soft). Of number, other.
    FarAbove,
    /// The parts add up to less than the total (soft). Of a part, another, total.
    PartsBelowTotal,
    /// Both are nothing or neither is. Of one, other.
    ZeroTogether,
    /// The certificate names a category and a grade that were chosen (soft).
    /// Of number, categories, grade.
    CertificateFits,
    /// E-RX-UNSTABLE. Of stable; codes refused.
    PrescriptionStable,
    /// E-RX-UNSIGNED. Of signed; codes refused.
    PrescriptionSigned,
    /// E-RX-CLASS. Of the drug's class; codes refused.
    PrescriptionClass,
    /// E-RX-DAYS: 7 days, 3 in an emergency, more with a reason. Of kind, drugs, reason; codes
    /// of emergency.
    PrescriptionDays,
    /// W-RX-OVERLAP: the record before still runs with the same drug. Of drugs, start, end.
    PrescriptionRunning,
    /// W-INTERVAL: sooner than the interval to the dose before allows. Of day.
    IntervalKept,
}

impl Rule {
    /// Returns how many fields the rule is given.
    pub const fn arity(self) -> usize {
        match self {
            Self::IdentityNumber => 5,
            Self::ClassNeedsTarget => 4,
            Self::PartsBelowTotal
            | Self::CertificateFits
            | Self::PrescriptionDays
            | Self::PrescriptionRunning => 3,
            Self::PrescriptionStable
            | Self::PrescriptionSigned
            | Self::PrescriptionClass
            | Self::IntervalKept => 1,
            Self::DaysAfter
            | Self::Expects
            | Self::FarApart
            | Self::FarAbove
            | Self::ZeroTogether
            | Self::PulsePressure
            | Self::TargetNotAboveCurrent
            | Self::NotAboveTotal
            | Self::DrugsNotTaken
            | Self::EthnicText
            | Self::DangerAsked => 2,
        }
    }
}

/// Returns the problems one rule finds: one of the form, or one of each row it looks at.
pub fn apply(using: &RuleUse, answers: &Answers, context: &FormContext) -> Vec<Problem> {
    let Some(field) = &using.rows else {
        return find(using, answers, context).into_iter().collect();
    };
    let Some(Value::Rows(rows)) = answers.get(field) else {
        return Vec::new();
    };
    let found = rows.iter().enumerate().filter_map(|(index, row)| {
        let problem = find(using, row, context)?;
        Some(Problem {
            field: field.clone(),
            row: Some(RowPlace {
                index,
                column: problem.field,
            }),
            fault: problem.fault,
        })
    });
    found.collect()
}

/// A rule with the answers it looks at.
struct Look<'a> {
    using: &'a RuleUse,
    answers: &'a Answers,
}

impl Look<'_> {
    fn key(&self, at: usize) -> &str {
        self.using.of.get(at).map_or("", String::as_str)
    }

    fn value(&self, at: usize) -> Option<&Value> {
        self.answers.get(self.key(at))
    }

    fn number(&self, at: usize) -> Option<Decimal> {
        self.value(at).and_then(Value::number)
    }

    fn day(&self, at: usize) -> Option<Day> {
        self.value(at).and_then(Value::date)
    }

    fn given(&self, at: usize) -> bool {
        self.value(at).is_some_and(is_given)
    }

    fn chosen(&self, at: usize) -> bool {
        self.value(at)
            .is_some_and(|value| has_code(value, &self.using.codes))
    }

    fn problem(&self, at: usize, fault: Fault) -> Problem {
        Problem::at(self.key(at), fault)
    }

    /// A problem at a field when something is wrong.
    fn when(&self, wrong: bool, at: usize, fault: Fault) -> Option<Problem> {
        wrong.then(|| self.problem(at, fault))
    }
}

fn find(using: &RuleUse, answers: &Answers, context: &FormContext) -> Option<Problem> {
    let look = Look { using, answers };
    match using.rule {
        Rule::PulsePressure => pressure(look.key(1), look.number(0)?, look.number(1)?),
        Rule::TargetNotAboveCurrent => {
            look.when(look.number(1)? < look.number(0)?, 0, Fault::AboveCurrent)
        }
        Rule::NotAboveTotal => look.when(look.number(1)? < look.number(0)?, 0, Fault::AboveTotal),
        Rule::ClassNeedsTarget => class_needs_target(&look, context),
        Rule::DrugsNotTaken => look.when(look.chosen(0) && look.given(1), 0, Fault::DrugsNotTaken),
        Rule::DangerAsked => look.when(look.chosen(0) && !look.given(1), 1, Fault::DangerAsked),
        Rule::EthnicText => look.when(
            look.chosen(0) && !look.given(1),
            1,
            Fault::EthnicTextMissing,
        ),
        Rule::IdentityNumber => {
            let subtype = look.value(2).and_then(Value::code);
            let kind = DocumentKind::from_codes(look.value(1)?.code()?, subtype)?;
            let number = look.value(0)?.text()?;
            let fault = identity_fault(kind, number, look.value(3), look.value(4), context)?;
            Some(look.problem(0, fault))
        }
        Rule::DaysAfter => days_after(&look),
        Rule::Expects => {
            let fits = |value: &Value| has_code(value, &using.expected);
            let unlikely = look.chosen(0) && look.value(1).is_some_and(|value| !fits(value));
            look.when(unlikely, 1, Fault::Unlikely)
        }
        Rule::FarApart => {
            let most = using.most?;
            let gap = (look.number(0)?.thousandths() - look.number(1)?.thousandths()).abs();
            look.when(most * 1000 < gap, 1, Fault::FarApart { most })
        }
        Rule::FarAbove => {
            let most = using.most?;
            let above = look.number(0)?.thousandths() - look.number(1)?.thousandths();
            look.when(most * 1000 < above, 0, Fault::FarApart { most })
        }
        Rule::PartsBelowTotal => {
            let parts = look.number(0)?.thousandths() + look.number(1)?.thousandths();
            let unlikely = look.number(2)?.thousandths() <= parts;
            look.when(unlikely, 2, Fault::Unlikely)
        }
        Rule::ZeroTogether => {
            let none = |at| look.number(at).map(|number| number == Decimal::default());
            look.when(none(0)? != none(1)?, 1, Fault::NotTogether)
        }
        Rule::CertificateFits => certificate(&look),
        Rule::PrescriptionStable => look.when(look.chosen(0), 0, Fault::PrescriptionUnstable),
        Rule::PrescriptionSigned => look.when(look.chosen(0), 0, Fault::PrescriptionUnsigned),
        Rule::PrescriptionClass => look.when(look.chosen(0), 0, Fault::PrescriptionClass),
        Rule::PrescriptionDays => prescription_days(&look),
        Rule::PrescriptionRunning => prescription_running(&look, context),
        Rule::IntervalKept => {
            let day = context.proposed.interval_from?;
            look.when(look.day(0)? < day, 0, Fault::IntervalShort { day })
        }
    }
}

fn class_needs_target(look: &Look<'_>, context: &FormContext) -> Option<Problem> {
    let target = context.target?;
    let on_target = look.number(1)? < Decimal::from_int(target.sbp)
        && look.number(2)? < Decimal::from_int(target.dbp);
    let satisfied = look.value(0).and_then(Value::code) == Some("1");
    let wrong = satisfied && !on_target && !look.given(3);
    look.when(wrong, 0, Fault::ClassOffTarget)
}

fn days_after(look: &Look<'_>) -> Option<Problem> {
    let (later, earlier) = (look.day(0)?, look.day(1)?);
    let first = plus_days(earlier, look.using.least.unwrap_or(0));
    if later < first {
        return Some(look.problem(0, Fault::BeforeOther { day: first }));
    }
    let last = plus_days(earlier, look.using.most?);
    look.when(last < later, 0, Fault::AfterOther { day: last })
}

/// The last two digits of the number are category and grade.
fn certificate(look: &Look<'_>) -> Option<Problem> {
    let number = look.value(0)?.text()?;
    let digit = |at: usize| number.get(at..=at).map(|digit| vec![digit.to_owned()]);
    let (category, grade) = (digit(18)?, digit(19)?);
    let differs = |at: usize, digit: &[String]| look.value(at).is_some_and(|v| !has_code(v, digit));
    look.when(differs(1, &category), 1, Fault::Unlikely)
        .or_else(|| look.when(differs(2, &grade), 2, Fault::Unlikely))
}

fn prescription_days(look: &Look<'_>) -> Option<Problem> {
    let Value::Rows(rows) = look.value(1)? else {
        return None;
    };
    let most = if look.chosen(0) { 3 } else { 7 };
    let days = |row: &Answers| row.get(DAYS).and_then(Value::number);
    let is_long = |row: &Answers| days(row).is_some_and(|days| Decimal::from_int(most) < days);
    let wrong = rows.iter().any(is_long) && !look.given(2);
    look.when(wrong, 2, Fault::PrescriptionDays { most })
}

fn prescription_running(look: &Look<'_>, context: &FormContext) -> Option<Problem> {
    let until = context.last_answer(look.key(2))?.date()?;
    let names = |value: Option<&Value>| -> Vec<String> {
        let Some(Value::Rows(rows)) = value else {
            return Vec::new();
        };
        let named = rows.iter().filter_map(|row| row.get(NAME)?.text());
        named.map(|name| name.trim().to_owned()).collect()
    };
    let before = names(context.last_answer(look.key(0)));
    let again = names(look.value(0)).iter().any(|n| before.contains(n));
    let running = again && look.day(1)? <= until;
    look.when(running, 1, Fault::PrescriptionRunning { until })
}

fn pressure(diastolic: &str, sbp: Decimal, dbp: Decimal) -> Option<Problem> {
    let gap = (sbp.thousandths() - dbp.thousandths()) / 1000;
    if sbp <= dbp {
        Some(Problem::at(diastolic, Fault::PressureOrder))
    } else if (20..=100).contains(&gap) {
        None
    } else {
        Some(Problem::at(diastolic, Fault::PulsePressure { gap }))
    }
}

fn identity_fault(
    kind: DocumentKind,
    number: &str,
    birth: Option<&Value>,
    sex: Option<&Value>,
    context: &FormContext,
) -> Option<Fault> {
    let document = match identity::check(kind, number, context.today) {
        Ok(document) => document,
        Err(fault) => return Some(Fault::Identity(fault)),
    };
    let sex = sex.and_then(Value::code).and_then(Sex::from_code);
    let differs = document.disagreements(birth.and_then(Value::date), sex);
    let what = differs.into_iter().next()?;
    Some(Fault::IdentityDiffers {
        what,
        soft: kind.disagreement_is_soft(),
    })
}
