//! What some questions and changes ask for.

use crate::domain::{
    agreement::{doctor::Doctor, package::Package, team::Team, unit::Unit, voucher::Voucher},
    day::Day,
    id::{DoctorId, HouseholdId, PersonId, TeamId, UnitId},
    queue::Filter,
    value::Answers,
};

/// What part of the queue is wanted.
#[derive(Debug, Clone, Default)]
pub struct QueueAsk {
    /// The day; today when absent.
    pub day: Option<Day>,
    /// How many days ahead to list besides, 0–366.
    pub ahead: u32,
    /// With early and standing work.
    pub all: bool,
    pub filter: Filter,
}

/// Whom a row of a paper sheet may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidatesAsk {
    /// As in a search.
    pub text: String,
    /// The form of the sheet.
    pub form: String,
    /// The day the row is about.
    pub day: Day,
}

/// A resident's card about to be saved.
#[derive(Debug, Clone)]
pub struct CardAsk {
    /// Whose card it is; none for a new resident.
    pub person: Option<PersonId>,
    /// Where the person lives; none where the household is new too.
    pub household: Option<HouseholdId>,
    pub card: Answers,
}

/// Who signs, or what is offered; new where no id, code or number is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// The id inside is not read.
    Doctor(Option<DoctorId>, Doctor),
    Team(Option<TeamId>, Team),
    Unit(Option<UnitId>, Unit),
    /// By its code.
    Package(Package),
    /// Issued; its state is not read.
    Voucher(Voucher),
    VoidVoucher {
        number: String,
        reason: String,
    },
}
