//! A person whole, and as exported.

use std::{collections::BTreeMap, sync::Arc};

use super::household::MemberView;
use crate::domain::{
    aspect::Seen,
    clinic::Village,
    contact::Contact,
    day::Day,
    form::FormDef,
    household::{Household, Stay},
    id::{HouseholdId, PersonId, StaffId},
    person::Person,
    tags::TagSet,
    value::Answers,
};

/// A person whole.
#[derive(Debug, Clone)]
pub struct PersonView {
    pub member: MemberView,
    pub household: Household,
    pub village: Village,
    pub head: String,
    pub stays: Vec<Stay>,
    pub contacts: Vec<Contact>,
    pub today: Day,
    pub seen: Vec<Seen>,
    /// Required fields of the card without an answer (待补), by key.
    pub missing: Vec<String>,
    /// The form of the card.
    pub form: Arc<FormDef>,
    /// What the card's form shows though it is kept elsewhere.
    pub stated: Answers,
    /// The mother, where she is a resident here.
    pub mother: Option<(PersonId, String)>,
    /// Where the households of the stays stand.
    pub homes: BTreeMap<HouseholdId, String>,
    /// Who recorded the contacts.
    pub staff: BTreeMap<StaffId, String>,
}

/// A person as exported.
#[derive(Debug, Clone)]
pub struct ExportRow {
    pub person: Person,
    pub household: Household,
    pub village: String,
    pub head: String,
    pub tags: TagSet,
}
