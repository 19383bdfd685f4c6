//! What may be asked of an agreement.

use super::{
    approval::Approval,
    consent::Consent,
    contract::{Basic, Contents, Origin, Scope, Sheet},
    signed::{LeaveReason, Notice, Side, Signature, Signing, VoidFinding},
};
use crate::domain::{
    day::Day,
    id::{DoctorId, PersonId},
};

/// A new agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub scope: Scope,
    pub origin: Origin,
    pub contents: Contents,
}

/// A member who joins a running agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    pub person: PersonId,
    pub basic: Option<Basic>,
    pub consent: Consent,
    /// On what grounds the person is without capacity.
    pub incapable: String,
    /// Leave to go above the doctor's cap.
    pub above_cap: Option<super::cap::CapOverride>,
}

/// A request to make an agreement void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voiding {
    pub finding: VoidFinding,
    pub reason: String,
    pub approval: Option<Approval>,
    /// The day the resident was told.
    pub informed: Option<Day>,
}

/// One thing asked of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// T01
    Draft(Box<Proposal>),
    /// T16
    Edit(Box<Contents>),
    /// T02, and every later print
    Print {
        sheet: Sheet,
        template: String,
        copies: u32,
    },
    /// T03, with T10 or T12 for the agreements it replaces
    Sign(Box<Signing>),
    /// T04
    Join(Box<Joining>),
    /// T05, and T13 with the last member
    Leave {
        person: PersonId,
        last_day: Day,
        reason: LeaveReason,
    },
    /// A provisional member's own word (§5.3)
    Confirm(Consent),
    /// T06
    GiveNotice(Notice),
    /// T07
    WithdrawNotice {
        by: PersonId,
        on: Day,
        evidence: String,
    },
    /// One side's signature on the end sheet
    SignEnding { side: Side, signature: Signature },
    /// T08, at once or on the agreed day
    End { last_day: Day, sheet: String },
    /// T13: the institution stops the service
    StopService { last_day: Day, evidence: String },
    /// T14
    Discard { reason: String },
    /// T15
    Void(Box<Voiding>),
    /// Renewal was spoken of with the representative (§9)
    SpeakOfRenewal { on: Day },
    /// 存疑, with its cause
    Doubt { cause: String },
    /// 属实: the doubt is cleared
    ClearDoubt { finding: String },
    /// Who acts while the doctor of record has left
    NameActing { doctor: DoctorId },
    /// T08, T09, T11: what the day itself brings
    Roll,
}

impl Action {
    /// Returns the stable key of what was asked.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft(_) => "draft",
            Self::Edit(_) => "edit",
            Self::Print { .. } => "print",
            Self::Sign(_) => "sign",
            Self::Join(_) => "join",
            Self::Leave { .. } => "leave",
            Self::Confirm(_) => "confirm",
            Self::GiveNotice(_) => "give_notice",
            Self::WithdrawNotice { .. } => "withdraw_notice",
            Self::SignEnding { .. } => "sign_ending",
            Self::End { .. } => "end",
            Self::StopService { .. } => "stop_service",
            Self::Discard { .. } => "discard",
            Self::Void(_) => "void",
            Self::SpeakOfRenewal { .. } => "speak_of_renewal",
            Self::Doubt { .. } => "doubt",
            Self::ClearDoubt { .. } => "clear_doubt",
            Self::NameActing { .. } => "name_acting",
            Self::Roll => "roll",
        }
    }
}
