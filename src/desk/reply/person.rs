//! A person whole, and as exported.

use std::{collections::BTreeMap, sync::Arc};

use super::{agreement::AgreementBrief, household::MemberView};
use crate::domain::{
    aspect::Seen,
    clinic::Village,
    clock::Moment,
    contact::Contact,
    day::Day,
    event::Change,
    form::FormDef,
    household::{Household, Stay},
    id::{HouseholdId, PersonId, StaffId},
    person::Person,
    settings::Settings,
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
    /// The clinic's settings in force.
    pub settings: Settings,
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
    /// Who last changed the card and the household's members, newest first.
    pub changes: Vec<ChangeTold>,
    /// Every agreement that covers, covered or is to cover him: what covers him today first,
    /// then the latest.
    pub agreements: Vec<AgreementBrief>,
    /// Who opened the record.
    pub creator: String,
}

/// A change of what is kept of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeTold {
    pub at: Moment,
    /// Who made it, by name.
    pub by: String,
    /// What was asked, as a stable key.
    pub cause: String,
    /// The fields of the person's card it changed.
    pub fields: Vec<Change>,
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
