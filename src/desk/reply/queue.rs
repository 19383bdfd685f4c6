//! A day's queue: its rows, and what the lines below say of one person.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::domain::{
    agreement::fulfilment::Promise,
    alert::Alert,
    clock::Moment,
    contact::Contact,
    course::Course,
    day::Day,
    id::{HouseholdId, PersonId},
    identity::Sex,
    open_form::SectionsDone,
    programmes::ProgrammeKind,
    queue::{Counts, Row},
    text::Label,
};

/// A day's queue.
#[derive(Debug, Clone)]
pub struct QueueView {
    pub day: Day,
    pub today: Day,
    pub head: u64,
    pub counts: Counts,
    /// P1 to P4.
    pub due: Vec<Arc<QueueRow>>,
    /// Filled only when asked for; the count is always right.
    pub early: Vec<Arc<QueueRow>>,
    /// Filled only when asked for; the count is always right.
    pub standing: Vec<Arc<QueueRow>>,
    /// Due on later days, when asked for.
    pub ahead: Vec<Arc<QueueRow>>,
    /// Who of the day's round has due or early work.
    pub round: BTreeSet<PersonId>,
    /// The responsible doctors of whoever was looked at, by name; an empty name stands
    /// for households without one.
    pub doctors: BTreeSet<String>,
    /// Visited on the day.
    pub done: Vec<ContactRow>,
    /// Not reached on the day, with work still open.
    pub not_reached: Vec<ContactRow>,
}

/// A row of the queue with what is shown of the person.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub row: Row,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    pub village: String,
    /// The name of the household's head.
    pub head: String,
    /// The forms of its work, and those in progress: they are gone on with, whatever else is
    /// due.
    pub forms: Vec<String>,
    pub is_marked: bool,
    /// A form of this person was put down unfinished.
    pub has_draft: bool,
    /// How far a form in progress is that anybody may go on with.
    pub open: Option<InProgress>,
}

/// Forms in progress of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InProgress {
    pub forms: Vec<String>,
    /// Of all of them together.
    pub progress: SectionsDone,
}

/// A person contacted on a queue's day, and what came of it.
#[derive(Debug, Clone)]
pub struct ContactRow {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub place: String,
    /// The last contact of that day.
    pub contact: Contact,
}

/// What the detail lines say of one person.
#[derive(Debug, Clone)]
pub struct Glance {
    pub person: PersonId,
    /// The telephone to call, and whose it is where not the person's own.
    pub phone: String,
    pub phone_of: Option<String>,
    pub last: Option<Contact>,
    pub course: Course,
    pub address: String,
    /// The same without the county and township around the village.
    pub address_here: String,
    /// What time alone has made true: windows missed, doses late.
    pub alerts: Vec<Alert>,
    /// Until when, to the minute, the first visit of a tuberculosis patient must have been.
    pub first_visit_until: Option<Moment>,
    /// Why someone below the entry age is followed up all the same, by programme.
    pub under_age: BTreeMap<ProgrammeKind, String>,
    /// The medicines of the last form that lists any.
    pub medicines: Vec<Label>,
    /// What the agreement that covers the person promises and is late, or will be within 30
    /// days, soonest first.
    pub promises: Vec<Promise>,
}
