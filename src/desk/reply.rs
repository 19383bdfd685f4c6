//! Everything the desk answers with.

use std::{collections::BTreeMap, sync::Arc};

use super::request::Draft;
use crate::domain::{
    aspect::Seen,
    clinic::{Clinic, Staff, Village},
    clock::Moment,
    contact::Contact,
    course::{
        Course, Decision,
        happening::{Happening, Measured},
    },
    day::Day,
    doubt::Doubt,
    event::{Entry, Event},
    form::{FormContext, FormDef, Proposed},
    household::{Household, Stay},
    id::{HouseholdId, PersonId, StaffId, VisitId},
    identity::Sex,
    person::Person,
    queue::{Counts, Row},
    refusal::Stale,
    roster,
    search::{Hits, Tell},
    tags::TagSet,
    task::Task,
    text::Label,
    value::Answers,
};
pub use crate::store::{Checked, Fault as CheckFault};

/// The answer to a request.
#[derive(Debug, Clone)]
pub enum Reply {
    Overview(Box<Overview>),
    Queue(Box<QueueView>),
    Search(Box<SearchView>),
    Household(Box<HouseholdView>),
    Person(Box<PersonView>),
    Glance(Box<Glance>),
    Glances(Vec<Glance>),
    Found(Vec<Found>),
    VisitDesk(Box<VisitDeskView>),
    Contact(Box<ContactView>),
    Preview(Box<PreviewView>),
    Doubts(Vec<Doubt>),

    Checked(Box<CheckView>),
    People(Vec<ExportRow>),
    Journal(Vec<Entry>),
    Head(u64),
    /// The first reply of a change made before, if it was.
    Repeated(Option<Done>),
    ImportPreview(Box<roster::Preview>),
    Done(Done),
    Drafts(Vec<WaitingDraft>),
    TakenUp(Option<Box<TakenUp>>),
    /// A form in progress was noted.
    Noted,
}

/// A form put down, without what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDraft {
    pub id: String,
    pub owner: StaffId,
    pub owner_name: String,
    /// Whether the staff member asking may take it up.
    pub is_own: bool,
    pub kind: String,
    pub person: Option<PersonId>,
    /// The person's name.
    pub name: String,
    pub forms: Vec<String>,
    pub begun: Day,
}

/// A form taken up again.
#[derive(Debug, Clone)]
pub struct TakenUp {
    pub draft: Draft,
    pub records: Vec<Vec<u8>>,
    /// Who changed what it was begun on meanwhile.
    pub stale: Option<Stale>,
}

/// What a change did, read out of its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The last entry it wrote.
    pub seq: u64,
    pub people: Vec<PersonId>,
    pub households: Vec<HouseholdId>,
    pub contacts: Vec<RecordedContact>,
    /// Contacts whose decision changed besides.
    pub redecided: Vec<VisitId>,
    /// What an undo took back: the first and last entry undone.
    pub undone: Option<(u64, u64)>,
    /// The stable key of what was taken back, and the name of whom it was about.
    pub undone_what: Option<(String, String)>,
    /// How many events of each kind: what an import counts.
    pub counts: BTreeMap<&'static str, usize>,
}

/// A recorded contact and what was decided on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedContact {
    pub id: VisitId,
    pub person: PersonId,
    pub day: Day,
    pub happening: Happening,
    pub decision: Decision,
}

impl Done {
    /// Returns the reply of a change that found nothing to change.
    pub fn nothing(seq: u64) -> Self {
        Self {
            seq,
            ..Self::default()
        }
    }

    /// Reads the reply out of a request's entries.
    pub fn of(entries: &[Entry]) -> Self {
        let mut done = Self {
            seq: entries.last().map_or(0, |entry| entry.seq),
            ..Self::default()
        };
        for event in entries.iter().flat_map(|entry| &entry.events) {
            done.add(event);
        }
        done
    }

    pub(super) fn add(&mut self, event: &Event) {
        let kind = match event {
            Event::PersonAdded(e) => {
                self.people.push(e.person);
                "people"
            }
            Event::HouseholdAdded(e) => {
                self.households.push(e.household);
                "households"
            }
            Event::VillageAdded(_) => "villages",
            Event::PersonChanged(_) => "people_changed",
            Event::HouseholdChanged(_) => "households_changed",
            Event::RowTaken(_) => "rows",
            Event::ContactRecorded(e) => {
                self.contacts.push(RecordedContact {
                    id: e.contact,
                    person: e.person,
                    day: e.day,
                    happening: e.happening.clone(),
                    decision: e.decision.clone(),
                });
                if matches!(e.happening, Happening::Enrolled(_)) {
                    "enrolled"
                } else {
                    "contacts"
                }
            }
            Event::ContactCorrected(e) => {
                self.contacts.push(RecordedContact {
                    id: e.contact,
                    person: e.person,
                    day: e.day,
                    happening: e.happening.clone(),
                    decision: e.decision.clone(),
                });
                "corrected"
            }
            Event::ContactRedecided(e) => {
                self.redecided.push(e.contact);
                "redecided"
            }
            Event::RequestUndone(e) => {
                self.undone = Some((e.first, e.last));
                "undone"
            }
            Event::ClinicSetUp(_)
            | Event::ClinicRenamed(_)
            | Event::StaffAdded(_)
            | Event::StaffChanged(_)
            | Event::VillageChanged(_)
            | Event::ClockConfirmed(_)
            | Event::RoundMarked(_)
            | Event::HeadChanged(_)
            | Event::HouseholdEnded(_)
            | Event::HouseholdReopened(_)
            | Event::RelationChanged(_)
            | Event::RecordNumberIssued(_)
            | Event::PersonStateChanged(_)
            | Event::PersonMoved(_)
            | Event::PersonLeft(_)
            | Event::TagSet(_)
            | Event::TagCleared(_)
            | Event::AgreementTold(_)
            | Event::ContactWithdrawn(_) => "other",
        };
        *self.counts.entry(kind).or_default() += 1;
    }
}

/// The clinic at a glance: what title lines and choosers need.
#[derive(Debug, Clone)]
pub struct Overview {
    pub clinic: Option<Clinic>,
    pub today: Day,
    pub now: Moment,
    pub head: u64,
    pub staff: Vec<Staff>,
    pub villages: Vec<Village>,
    pub people: u64,
    pub households: u64,
}

/// A day's queue.
#[derive(Debug, Clone)]
pub struct QueueView {
    pub day: Day,
    pub today: Day,
    pub head: u64,
    pub counts: Counts,
    /// P1 to P4.
    pub due: Vec<QueueRow>,
    pub early: Vec<QueueRow>,
    /// Filled only when asked for; the count is always right.
    pub standing: Vec<QueueRow>,
    /// Due on later days, when asked for.
    pub ahead: Vec<QueueRow>,
    /// Visited on the day.
    pub done: Vec<ContactRow>,
    /// Not reached on the day, with work still open.
    pub not_reached: Vec<ContactRow>,
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
    pub is_marked: bool,
    /// A form of this person was put down unfinished.
    pub has_draft: bool,
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
    /// The medicines of the last form that lists any.
    pub medicines: Vec<Label>,
}

/// People a search found.
#[derive(Debug, Clone)]
pub struct SearchView {
    pub query: String,
    pub today: Day,
    pub hits: Hits,
    pub rows: Vec<FoundPerson>,
    /// What tells each row apart from its namesakes, row by row.
    pub tells: Vec<Vec<Tell>>,
}

/// One person found, as a search row shows them.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    pub person: PersonId,
    pub household: HouseholdId,
    pub name: String,
    pub sex: Sex,
    pub birth: Option<Day>,
    pub id_no: String,
    pub record_no: Option<String>,
    pub head: String,
    pub place: String,
    pub group: u32,
    pub address: String,
    pub household_size: usize,
    pub tags: TagSet,
    /// What a roster said of the agreement.
    pub agreement: Option<String>,
    /// The next dated task.
    pub due: Option<Task>,
    pub is_gone: bool,
}

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
}

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

/// A person or household that answers to an id or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub person: Option<PersonId>,
    pub household: HouseholdId,
    pub name: String,
    pub place: String,
}

/// What a visit form needs before it is filled in.
#[derive(Debug, Clone)]
pub struct VisitDeskView {
    pub person: Person,
    pub place: String,
    pub today: Day,
    /// The forms asked for, in order.
    pub forms: Vec<Arc<FormDef>>,
    /// One for each form.
    pub contexts: Vec<FormContext>,
    pub course: Course,
    pub tasks: Vec<Task>,
    /// Earlier visits with forms, newest first.
    pub last: Vec<Contact>,
    /// Measured values, oldest first.
    pub trend: Vec<TrendPoint>,
    pub seen: Vec<Seen>,
    /// The recorded contact, when it is to be corrected.
    pub correcting: Option<Contact>,
    /// Forms of this person put down earlier, whoever's they are.
    pub drafts: Vec<WaitingDraft>,
    /// Whom to call for the person, with the number whole: for an emergency.
    pub call: Option<Call>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Empty for the person's own number.
    pub name: String,
    pub phone: String,
}

/// Values measured on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendPoint {
    pub day: Day,
    pub measured: Measured,
}

/// A contact with what surrounds it.
#[derive(Debug, Clone)]
pub struct ContactView {
    pub contact: Contact,
    pub person: Person,
    pub by: String,
    pub seen: Vec<Seen>,
}

/// What a draft would be decided as.
#[derive(Debug, Clone)]
pub struct PreviewView {
    pub decision: Decision,
    pub redecided: Vec<(VisitId, Decision)>,
    /// What the rules alone propose, for each form of the draft.
    pub proposed: Vec<Proposed>,
    /// The later contacts whose decision changes, before and after.
    pub later: Vec<LaterChange>,
}

/// A later contact that would be decided anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterChange {
    pub contact: VisitId,
    pub day: Day,
    pub before: Decision,
    pub after: Decision,
}

/// What a check found, and what the store holds.
#[derive(Debug, Clone)]
pub struct CheckView {
    pub checked: Checked,
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
