//! Why something asked of an agreement is refused; nothing was changed then.
//!
//! Codes are stable; the words stand in `lang::refusals::agreement`.

use super::{
    consent::{ConsentFault, GuardFault},
    package::PackageFault,
    signed::Side,
    state::State,
    voucher::VoucherFault,
};
use crate::domain::{
    clinic::Role,
    clock::Moment,
    day::Day,
    id::{AgreementId, PersonId},
};

/// Somebody, with the name shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub person: PersonId,
    pub name: String,
}

/// What is not filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Doctor,
    Term,
    Packages,
    Representative,
    Template,
    Reason,
    Destination,
    Evidence,
    Sheet,
    /// That the resident was told.
    Informed,
}

/// Why a member cannot be covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberFault {
    Dead,
    MovedOut,
    /// Recorded twice, or not known.
    NotAPerson,
    /// Of another household, or not on the unit's list.
    Elsewhere,
    /// Named twice.
    Twice,
    /// Covered by this agreement already.
    Covered,
    /// Not covered by this agreement.
    NotCovered,
}

/// Why somebody cannot represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepresentativeFault {
    Missing,
    /// Younger than 18, or the birth date is not known.
    NotAdult,
    /// Neither a member of the household nor a guardian of a covered one.
    NotTheirs,
    /// Has not signed, or in a way that does not bind (only 1, 2, 3, 5).
    NotSigned,
}

/// Why a fee line is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeFault {
    /// The parts do not make up the price, or one is below zero.
    Unbalanced,
    /// The resident would pay for the basic package.
    BasicCharged,
    /// The price is not that of the package.
    Price,
    /// The line is of a package or person the agreement has not, of a year beyond the term, or
    /// stands twice.
    Stray,
    /// A chosen package has no line for the first year.
    None,
}

/// What was asked about agreements or those who sign them was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgreementRefusal {
    /// Everything that stands against it, and the agreements it names as people know them.
    Rules {
        found: Vec<Refusal>,
        others: Vec<Other>,
    },
    /// A unit's faults.
    Unit(Vec<super::unit::UnitFault>),
    /// E-VCH-…: the voucher cannot be issued or changed.
    Voucher { number: String },
    /// E-AGR-ROLL: too many days were missed to renew before somebody of this role confirmed
    /// today's date.
    HeldBack { missed: i64, needed: Role },
}

/// An agreement a refusal names: whose it is, and who last changed it when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub id: AgreementId,
    /// The printed number; empty where it has none.
    pub number: String,
    pub doctor: String,
    /// Who last changed it.
    pub by: String,
    pub at: Moment,
}

impl AgreementRefusal {
    /// Returns the stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rules { found, .. } => found.first().map_or("E-AGR", Refusal::code),
            Self::Unit(faults) => faults
                .first()
                .map_or("E-UNIT", super::unit::UnitFault::code),
            Self::Voucher { .. } => "E-VCH-STATE",
            Self::HeldBack { .. } => "E-AGR-ROLL",
        }
    }
}

/// A request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// E-HH-NONE
    NoHousehold,
    /// E-AGR-NOMEMBER
    NoMember,
    /// E-AGR-DOCTOR
    Doctor { name: String },
    /// E-AGR-MEMBER
    Member { who: Named, fault: MemberFault },
    /// E-AGR-FIELD
    Field(Field),
    /// E-AGR-REP
    Representative(RepresentativeFault),
    /// E-AGR-CONSENT
    Consent { who: Named, fault: ConsentFault },
    /// E-AGR-CONSENT: neither covered nor left out with a reason.
    Untold { who: Named },
    /// E-AGR-GUARD
    Guard { who: Named, fault: GuardFault },
    /// E-AGR-ASIGN
    ClinicUnsigned,
    /// E-AGR-EXCL: the household has another doctor, team or agreement.
    Exclusive { other: AgreementId },
    /// E-AGR-DUPCOVER
    DoubleCover { who: Named, other: AgreementId },
    /// E-AGR-TERM
    Term { years: u32, allowed: Vec<u32> },
    /// E-AGR-DATE
    Date { earliest: Day, latest: Day },
    /// E-AGR-START
    Start { earliest: Day, latest: Day },
    /// E-AGR-EVDUP
    EvidenceUsed { number: String, other: AgreementId },
    /// E-AGR-PKGBASE
    NoBasicPackage { who: Named },
    /// E-AGR-PKG
    Package {
        who: Named,
        code: String,
        fault: PackageFault,
    },
    /// E-AGR-FEE
    Fee {
        who: Named,
        package: String,
        fault: FeeFault,
    },
    /// E-VCH-…
    Voucher { number: String, fault: VoucherFault },
    /// E-AGR-CAP
    Cap {
        persons: usize,
        households: usize,
        most: super::doctor::Cap,
    },
    /// E-AGR-LATE: the term that follows is the one to end.
    Late { next: Option<AgreementId> },
    /// E-AGR-2SIGN
    NotBothSigned { missing: Vec<Side> },
    /// E-AGR-STATE
    State { state: Option<State> },
    /// E-AGR-RESIGN: 改签 is the way to another doctor.
    SignAnew,
    /// E-AGR-SAMEDOC: doctor and team are the same, so nothing is signed anew.
    SameDoctor,
    /// E-AGR-EARLY
    Early { first: Day },
    /// E-AGR-APPROVE
    Approval,
    /// E-AGR-WHO: notice is withdrawn by who gave it, or by the head.
    NotTheirs,
    /// W-AGR-CLOSEDMONTH: the month's report was sent; a reason lets it through.
    ClosedMonth { reported: Day },
    /// E-AGR-NUMBER: the year's serials are used up.
    NumbersUsedUp,
}

impl Refusal {
    /// Returns whom it is about, where it is about one person.
    pub const fn who(&self) -> Option<&Named> {
        match self {
            Self::Member { who, .. }
            | Self::Consent { who, .. }
            | Self::Untold { who }
            | Self::Guard { who, .. }
            | Self::DoubleCover { who, .. }
            | Self::NoBasicPackage { who }
            | Self::Package { who, .. }
            | Self::Fee { who, .. } => Some(who),
            Self::NoHousehold
            | Self::NoMember
            | Self::Doctor { .. }
            | Self::Field(_)
            | Self::Representative(_)
            | Self::ClinicUnsigned
            | Self::Exclusive { .. }
            | Self::Term { .. }
            | Self::Date { .. }
            | Self::Start { .. }
            | Self::EvidenceUsed { .. }
            | Self::Voucher { .. }
            | Self::Cap { .. }
            | Self::Late { .. }
            | Self::NotBothSigned { .. }
            | Self::State { .. }
            | Self::SignAnew
            | Self::SameDoctor
            | Self::Early { .. }
            | Self::Approval
            | Self::NotTheirs
            | Self::ClosedMonth { .. }
            | Self::NumbersUsedUp => None,
        }
    }

    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoHousehold => "E-HH-NONE",
            Self::NoMember => "E-AGR-NOMEMBER",
            Self::Doctor { .. } => "E-AGR-DOCTOR",
            Self::Member { .. } => "E-AGR-MEMBER",
            Self::Field(_) => "E-AGR-FIELD",
            Self::Representative(_) => "E-AGR-REP",
            Self::Consent { .. } | Self::Untold { .. } => "E-AGR-CONSENT",
            Self::Guard { .. } => "E-AGR-GUARD",
            Self::ClinicUnsigned => "E-AGR-ASIGN",
            Self::Exclusive { .. } => "E-AGR-EXCL",
            Self::DoubleCover { .. } => "E-AGR-DUPCOVER",
            Self::Term { .. } => "E-AGR-TERM",
            Self::Date { .. } => "E-AGR-DATE",
            Self::Start { .. } => "E-AGR-START",
            Self::EvidenceUsed { .. } => "E-AGR-EVDUP",
            Self::NoBasicPackage { .. } => "E-AGR-PKGBASE",
            Self::Package { .. } => "E-AGR-PKG",
            Self::Fee { .. } => "E-AGR-FEE",
            Self::Voucher { fault, .. } => fault.code(),
            Self::Cap { .. } => "E-AGR-CAP",
            Self::Late { .. } => "E-AGR-LATE",
            Self::NotBothSigned { .. } => "E-AGR-2SIGN",
            Self::State { .. } => "E-AGR-STATE",
            Self::SignAnew => "E-AGR-RESIGN",
            Self::SameDoctor => "E-AGR-SAMEDOC",
            Self::Early { .. } => "E-AGR-EARLY",
            Self::Approval => "E-AGR-APPROVE",
            Self::NotTheirs => "E-AGR-WHO",
            Self::ClosedMonth { .. } => "W-AGR-CLOSEDMONTH",
            Self::NumbersUsedUp => "E-AGR-NUMBER",
        }
    }
}
