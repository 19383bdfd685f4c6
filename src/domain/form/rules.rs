//! Consistency rules between fields, by the names the form files use.
//!
//! A rule reads only the answers and the context; it never changes an answer.

use serde::Deserialize;

use super::{
    condition::is_given,
    context::FormContext,
    problem::{Fault, Problem},
};
use crate::domain::{
    identity::{self, DocumentKind, Sex},
    value::{Answers, Decimal, Value},
};

/// A rule as one form uses it: on which fields, for which codes.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleUse {
    pub rule: Rule,
    /// The fields in the order the rule's description names them.
    pub of: Vec<String>,
    pub codes: Vec<String>,
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
}

impl Rule {
    /// Returns how many fields the rule is given.
    pub const fn arity(self) -> usize {
        match self {
            Self::IdentityNumber => 5,
            Self::ClassNeedsTarget => 4,
            Self::PulsePressure
            | Self::TargetNotAboveCurrent
            | Self::NotAboveTotal
            | Self::DrugsNotTaken
            | Self::EthnicText
            | Self::DangerAsked => 2,
        }
    }
}

/// Returns the problems one rule finds.
pub fn apply(using: &RuleUse, answers: &Answers, context: &FormContext) -> Option<Problem> {
    let key = |n: usize| using.of.get(n).map_or("", String::as_str);
    let value = |n: usize| answers.get(key(n));
    let number = |n: usize| value(n).and_then(Value::number);
    let given = |n: usize| value(n).is_some_and(is_given);
    let chosen = |n: usize| {
        value(n).is_some_and(|v| v.codes().iter().any(|code| using.codes.contains(code)))
    };
    match using.rule {
        Rule::PulsePressure => pressure(key(1), number(0)?, number(1)?),
        Rule::TargetNotAboveCurrent => {
            (number(1)? < number(0)?).then(|| Problem::at(key(0), Fault::AboveCurrent))
        }
        Rule::NotAboveTotal => {
            (number(1)? < number(0)?).then(|| Problem::at(key(0), Fault::AboveTotal))
        }
        Rule::ClassNeedsTarget => {
            let target = context.target?;
            let on_target = number(1)? < Decimal::from_int(target.sbp)
                && number(2)? < Decimal::from_int(target.dbp);
            let satisfied = value(0).and_then(Value::code) == Some("1");
            (satisfied && !on_target && !given(3))
                .then(|| Problem::at(key(0), Fault::ClassOffTarget))
        }
        Rule::DrugsNotTaken => {
            (chosen(0) && given(1)).then(|| Problem::at(key(0), Fault::DrugsNotTaken))
        }
        Rule::DangerAsked => {
            (chosen(0) && !given(1)).then(|| Problem::at(key(1), Fault::DangerAsked))
        }
        Rule::EthnicText => {
            (chosen(0) && !given(1)).then(|| Problem::at(key(1), Fault::EthnicTextMissing))
        }
        Rule::IdentityNumber => {
            let subtype = value(2).and_then(Value::code);
            let kind = DocumentKind::from_codes(value(1)?.code()?, subtype)?;
            let fault = identity_fault(kind, value(0)?.text()?, value(3), value(4), context)?;
            Some(Problem::at(key(0), fault))
        }
    }
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
