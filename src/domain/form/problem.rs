//! What can be wrong with an answer. The words for it stand in `lang::refusals::form`.

use super::{
    context::Confirmation,
    definition::{Bound, Range},
};
use crate::domain::{
    day::Day,
    identity::{Disagreement, IdentityFault},
    phone::PhoneFault,
    record_number::RecordFault,
    value::Decimal,
};

/// One wrong or doubtful answer, at its field.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub field: String,
    /// Where in a repeated group.
    pub row: Option<RowPlace>,
    pub fault: Fault,
}

impl Problem {
    /// Returns a problem of the field `field`.
    pub fn at(field: &str, fault: Fault) -> Self {
        Self {
            field: field.to_owned(),
            row: None,
            fault,
        }
    }

    /// Returns whether it stops saving or asks to be looked at.
    pub fn severity(&self) -> Severity {
        self.fault.severity()
    }

    /// Returns what confirming a soft problem records: `drugs.2.times` names a cell, rows from 1.
    pub fn confirmation(&self) -> Confirmation {
        let field = match &self.row {
            Some(row) => format!("{}.{}.{}", self.field, row.index + 1, row.column),
            None => self.field.clone(),
        };
        Confirmation {
            field,
            code: self.fault.code().to_owned(),
        }
    }
}

/// A cell of a repeated group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// From 0.
    pub index: usize,
    pub column: String,
}

/// Whether a problem stops saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Hard,
    /// Asked about once, then saved with the mark *confirmed*.
    Soft,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Missing,
    /// Not answered where an answer is expected but the rules can do without.
    NotMeasured,
    /// The form has no such field.
    UnknownField,
    /// Answered although other answers mean that it is not asked.
    NotAsked,
    /// A value of another kind than the field's.
    WrongKind,
    /// Typed text that cannot be read as a value of the field.
    Unreadable,
    /// Typed text that is no date.
    NoDate,
    UnknownCode {
        code: String,
    },
    /// This code excludes all others.
    ExclusiveCode {
        code: String,
    },
    OutOfRange(Range),
    Unusual(Range),
    /// Differs from the last record more than believable.
    Changed {
        last: Decimal,
    },
    TooLong {
        most: usize,
    },
    TooManyRows {
        most: usize,
    },
    /// Signs nobody sees: they steer a terminal or turn the writing.
    HiddenSigns,
    NameHasDigits,
    NotDigits,
    Phone(PhoneFault),
    Record(RecordFault),
    Identity(IdentityFault),
    /// The number on the document says otherwise than the card.
    IdentityDiffers {
        what: Disagreement,
        /// Whether the document's inner layout is sure enough to insist on.
        soft: bool,
    },
    TooEarly {
        bound: Bound,
        day: Day,
    },
    TooLate {
        bound: Bound,
        day: Day,
    },
    /// Other answers leave only this code.
    Forced {
        to: String,
    },
    /// Departs from the rules' proposal without a reason.
    ReasonMissing,
    /// Another completed record of this form stands on this day (E-FORM-DUP).
    SameDay,
    /// SBP is not above DBP (rule PP).
    PressureOrder,
    /// Pulse pressure outside 20–100 (rule PP).
    PulsePressure {
        gap: i64,
    },
    /// A target above the current value.
    AboveCurrent,
    /// More than the field it is part of.
    AboveTotal,
    /// Class 1 with the pressure off target (E-HTN-CLASS).
    ClassOffTarget,
    /// Not taking medicine, and medicine listed.
    DrugsNotTaken,
    /// A minority is chosen without its name (E-ETHNIC-TEXT).
    EthnicTextMissing,
    /// Before the day another answer leaves as the first.
    BeforeOther {
        day: Day,
    },
    /// After the day another answer leaves as the last.
    AfterOther {
        day: Day,
    },
    /// Answers that hardly go together.
    Unlikely,
    /// Two numbers further apart than believable.
    FarApart {
        most: i64,
    },
    /// One is nothing and the other is not.
    NotTogether,
    /// No disability certificate number.
    NotACertificate,
    /// A long prescription for an illness that is not stable (E-RX-UNSTABLE).
    PrescriptionUnstable,
    /// A long prescription for somebody who has not signed.
    PrescriptionUnsigned,
    /// A drug no long prescription may hold (E-RX-CLASS).
    PrescriptionClass,
    /// More days than this kind of prescription allows without a reason.
    PrescriptionDays {
        most: i64,
    },
    /// The same drug runs until this day on the prescription before.
    PrescriptionRunning {
        until: Day,
    },
    /// Sooner after the dose before than the interval.
    IntervalShort {
        day: Day,
    },
    /// Symptoms that may be danger signs: asked whether they are (rules §3.3).
    DangerAsked,
}

impl Fault {
    /// Returns the stable identifier.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "E-MISSING",
            Self::NotMeasured => "W-MISSING",
            Self::UnknownField => "E-FIELD",
            Self::NotAsked => "E-NOT-ASKED",
            Self::WrongKind => "E-KIND",
            Self::Unreadable | Self::NoDate => "E-UNREADABLE",
            Self::UnknownCode { .. } => "E-CODE",
            Self::ExclusiveCode { .. } => "E-CODE-EXCL",
            Self::OutOfRange(_) => "E-RANGE",
            Self::Unusual(_) => "W-RANGE",
            Self::Changed { .. } => "W-CHANGED",
            Self::TooLong { .. } => "E-LENGTH",
            Self::TooManyRows { .. } => "E-ROWS",
            Self::HiddenSigns => "E-SIGNS",
            Self::NameHasDigits => "E-NAME",
            Self::NotDigits => "E-DIGITS",
            Self::Phone(fault) => fault.code(),
            Self::Record(fault) => fault.code(),
            Self::Identity(fault) => fault.code(),
            Self::IdentityDiffers { what, .. } => what.code(),
            Self::TooEarly { .. } => "E-DATE-EARLY",
            Self::TooLate { .. } => "E-DATE-LATE",
            Self::Forced { .. } => "E-FORCED",
            Self::ReasonMissing => "E-REASON",
            Self::SameDay => "E-FORM-DUP",
            Self::PressureOrder => "E-PRESSURE",
            Self::PulsePressure { .. } => "W-PULSE-PRESSURE",
            Self::AboveCurrent => "W-TARGET",
            Self::AboveTotal => "E-TOTAL",
            Self::ClassOffTarget => "E-HTN-CLASS",
            Self::DrugsNotTaken => "W-ADHERENCE",
            Self::EthnicTextMissing => "E-ETHNIC-TEXT",
            Self::DangerAsked => "W-DANGER",
            Self::BeforeOther { .. } | Self::AfterOther { .. } => "E-DATE-ORDER",
            Self::Unlikely => "W-FIT",
            Self::FarApart { .. } => "W-APART",
            Self::NotTogether => "E-FIT",
            Self::NotACertificate => "E-CERTIFICATE",
            Self::PrescriptionUnstable => "E-RX-UNSTABLE",
            Self::PrescriptionUnsigned => "E-RX-UNSIGNED",
            Self::PrescriptionClass => "E-RX-CLASS",
            Self::PrescriptionDays { .. } => "E-RX-DAYS",
            Self::PrescriptionRunning { .. } => "W-RX-OVERLAP",
            Self::IntervalShort { .. } => "W-INTERVAL",
        }
    }

    /// Returns whether it stops saving: codes beginning with `W` do not.
    pub fn severity(&self) -> Severity {
        let unsure = matches!(self, Self::IdentityDiffers { soft: true, .. });
        if unsure || self.code().starts_with('W') {
            Severity::Soft
        } else {
            Severity::Hard
        }
    }
}
