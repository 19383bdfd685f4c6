//! A household whole, with its members.

use std::sync::Arc;

use super::visit::OpenTold;
use crate::domain::{
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
    /// Dated and computed tasks as of today.
    pub tasks: Vec<Task>,
    /// Forms in progress, for anybody to go on with.
    pub open: Vec<OpenTold>,
}
