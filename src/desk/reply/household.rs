//! A household whole, with its members.

use std::sync::Arc;

use super::{agreement::AgreementBrief, visit::OpenTold};
use crate::domain::{
    agreement::{contract::LeftOut, fulfilment::Promise},
    aspect::Seen,
    clinic::Village,
    contact::Contact,
    course::Course,
    day::Day,
    form::FormDef,
    household::{Household, Stay},
    person::Person,
    tags::TagSet,
    task::Task,
    value::Answers,
};

/// A household whole.
#[derive(Debug, Clone)]
pub struct HouseholdView {
    pub household: Household,
    pub number: Option<String>,
    pub village: Village,
    pub today: Day,
    pub members: Vec<MemberView>,
    /// Who lived here before, with their stay.
    pub former: Vec<(Person, Stay)>,
    /// The last contacts of all members, newest first.
    pub contacts: Vec<(String, Contact, String)>,
    pub seen: Vec<Seen>,
    /// The agreements of the household, those that run first, then the latest.
    pub agreements: Vec<AgreementBrief>,
    /// The form of the card.
    pub form: Arc<FormDef>,
    /// What the card's form shows though it is kept elsewhere.
    pub stated: Answers,
    /// Required fields of the card without an answer (待补), by key.
    pub missing: Vec<String>,
}

/// One member of a household.
#[derive(Debug, Clone)]
pub struct MemberView {
    pub person: Person,
    pub tags: TagSet,
    pub course: Course,
    /// The agreement that covers him today, with what it promises and how far that is kept.
    pub agreement: Option<Covered>,
    /// Why the household's agreement leaves him out, where it does.
    pub left_out: Option<LeftOut>,
    /// Dated and computed tasks as of today.
    pub tasks: Vec<Task>,
    /// Forms in progress, for anybody to go on with.
    pub open: Vec<OpenTold>,
}

/// What covers somebody today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub agreement: AgreementBrief,
    /// The last day he is covered.
    pub until: Day,
    /// Each promised item of the agreement years begun.
    pub promises: Vec<Promise>,
}
