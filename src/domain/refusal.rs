//! Why a request is refused: the rules say no. Nothing was changed.
//!
//! The words stand in `lang::refusals`; codes are stable identifiers.

use super::{
    agreement::refusal::AgreementRefusal,
    aspect::Aspect,
    clinic::Role,
    clock::Moment,
    course::{self, Decision, Happening},
    day::Day,
    event::{Entry, Event},
    form::{self, RowPlace},
    id::{AgreementId, HouseholdId, PersonId, StaffId, VisitId},
    programmes::ProgrammeKind,
    settings::SettingProblem,
    text::Text,
};

/// A request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Household(HouseholdRefusal),
    Person(PersonRefusal),
    Contact(ContactRefusal),
    Record(RecordRefusal),
    Agreement(AgreementRefusal),
    Account(AccountRefusal),
}

/// Refusals at the door: who may come in, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The password, or the recovery code, is another one.
    Wrong,
    /// After too many wrong ones: wait so many seconds.
    Wait { seconds: i64 },
    /// Nobody of that name has a password.
    Nobody { name: String },
    /// The recovery code has a slip of the pen.
    Mistyped,
    /// A new password has fewer than so many signs.
    TooShort { least: usize },
    /// Somebody else of that name has a password.
    SameName { name: String },
    /// The data lie plain: there are no passwords.
    Plain,
    /// The data are sealed and no password was given.
    NoPassword,
    /// Whoever signed in asks in another's name.
    NotThemselves { name: String },
    /// The last administrator stays.
    LastAdmin,
    /// What the role does not allow.
    Role { role: Role },
    /// This window, or call, only reads.
    ReadOnly,
}

/// Refusals about households.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HouseholdRefusal {
    /// E-HH-HEAD
    SecondHead { household: HouseholdId },
    /// E-HH-HEADLESS: choose a new head first.
    Headless { household: HouseholdId },
    /// The person is not a present member of the household.
    NotAMember {
        person: PersonId,
        household: HouseholdId,
    },
    /// The household has ended.
    Ended { household: HouseholdId },
    /// Splitting would leave the old household empty.
    NobodyLeft { household: HouseholdId },
    /// A household cannot be merged with itself.
    SameHousehold,
    /// E-HH-AGR: it has a running agreement, which is to be ended first.
    Agreement {
        household: HouseholdId,
        agreement: AgreementId,
    },
    /// The village is not known.
    NoVillage,
    /// E-HH-OVERLAP: the person would live in both on one day.
    Overlap {
        person: PersonId,
        households: [HouseholdId; 2],
    },
}

/// Refusals about residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonRefusal {
    /// E-PER-NOHH
    NoHousehold,
    /// E-PER-NAME: neither a name nor 未取名/待补.
    NoName,
    /// E-PER-DUP: the number belongs to somebody else.
    SameNumber { other: PersonId, name: String },
    /// E-PER-DEATH
    DeathDate { earliest: Day, latest: Day },
    /// The person is not here: dead, moved away, or void.
    NotHere { person: PersonId },
    /// The person is here already.
    IsHere { person: PersonId },
    /// Values of the card are not acceptable.
    Card(Vec<FieldFault>),
    /// E-DATE-EARLY: the person joined the household only on that day.
    BeforeStay { person: PersonId, since: Day },
    /// A date stands after today.
    Future { field: &'static str },
}

/// One field with what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub field: String,
    /// Where in a repeated group.
    pub row: Option<RowPlace>,
    pub fault: form::Fault,
}

/// Refusals about visits and other contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactRefusal {
    /// E-FORM-DATE: in the future, before entry, or before birth.
    Date { earliest: Option<Day>, latest: Day },
    /// E-FORM-DUP
    SameDay { form: String, visit: VisitId },
    /// Answers are missing or wrong.
    Form {
        form: String,
        faults: Vec<FieldFault>,
    },
    /// The form only goes with another.
    NotAlone { form: String, with: String },
    /// The form is not known.
    NoForm { form: String },
    /// The contact was withdrawn before.
    Withdrawn { visit: VisitId },
    /// Somebody else answered the same question of the form in progress.
    KeptMeanwhile {
        form: String,
        field: String,
        by: String,
    },
    /// The form is not in progress: recorded meanwhile, given up, or never begun.
    NotInProgress { form: String },
    /// A reason is required.
    NoReason,
    /// Nothing proposes the programme any more: the facts changed, or it was declined.
    NotProposed { programme: ProgrammeKind },
    /// The rules of follow-up refuse.
    Rule(course::Refusal),
}

/// Refusals that concern any request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordRefusal {
    /// The id names nothing.
    Unknown { what: String },
    /// Several answer to the name.
    Several { what: String, found: Vec<String> },
    /// The store is not set up yet.
    NotSetUp,
    /// The store is set up already.
    SetUp,
    /// The staff member is unknown or no longer active.
    NoStaff { name: String },
    /// An aspect changed since the request was decided on.
    Stale(Box<Stale>),
    /// E-CLOCK
    Clock { last: Moment, now: Moment },
    /// There is nothing of today to undo.
    NothingToUndo,
    /// What was done last has a reverse action of its own and is not undone.
    Stands { cause: String },
    /// A later entry touched the same.
    UndoneTooLate {
        aspect: Aspect,
        by: StaffId,
        name: String,
        at: Moment,
    },
    /// A text or number is not acceptable.
    Bad { field: &'static str, why: Text },
    /// Only a practice store may do that.
    OnlyPractice,
    /// Only staff of another role may do that.
    NotAllowed { needed: Role },
    /// Values of settings are not acceptable, each with what is wrong.
    Settings(Vec<SettingProblem>),
}

/// Who changed an aspect meanwhile, when, and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    pub aspect: Aspect,
    pub seq: u64,
    pub by: StaffId,
    pub name: String,
    pub at: Moment,
    pub cause: String,
    /// What was recorded, where it was a contact.
    pub contact: Option<StaleContact>,
    /// Why, where a contact was withdrawn.
    pub withdrawn: Option<String>,
}

/// The contact another entry recorded or corrected meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleContact {
    pub day: Day,
    pub happening: Happening,
    pub decision: Decision,
}

impl Stale {
    /// Returns what `entry`, by the staff member called `name`, changed of `aspect`.
    pub fn of(aspect: Aspect, entry: Entry, name: String) -> Self {
        let told = |event: Event| match event {
            Event::ContactRecorded(told) => Some(StaleContact {
                day: told.day,
                happening: told.happening,
                decision: told.decision,
            }),
            Event::ContactCorrected(told) => Some(StaleContact {
                day: told.day,
                happening: told.happening,
                decision: told.decision,
            }),
            _ => None,
        };
        let why = |event: &Event| match event {
            Event::ContactWithdrawn(told) => Some(told.reason.clone()),
            _ => None,
        };
        Self {
            withdrawn: entry.events.iter().find_map(why),
            aspect,
            seq: entry.seq,
            by: entry.user,
            name,
            at: entry.at,
            cause: entry.cause,
            contact: entry.events.into_iter().find_map(told),
        }
    }
}

impl Refusal {
    /// Returns the stable code.
    pub fn code(&self) -> String {
        match self {
            Self::Household(refusal) => refusal.code().to_owned(),
            Self::Person(refusal) => refusal.code(),
            Self::Contact(refusal) => refusal.code(),
            Self::Record(refusal) => refusal.code().to_owned(),
            Self::Agreement(refusal) => refusal.code().to_owned(),
            Self::Account(refusal) => refusal.code().to_owned(),
        }
    }

    /// Returns the field the refusal points at, where there is one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Person(PersonRefusal::Card(faults))
            | Self::Contact(ContactRefusal::Form { faults, .. }) => {
                faults.first().map(|fault| fault.field.as_str())
            }
            Self::Person(PersonRefusal::NoName) => Some("name"),
            Self::Person(PersonRefusal::SameNumber { .. }) => Some("id_no"),
            Self::Person(PersonRefusal::Future { field })
            | Self::Record(RecordRefusal::Bad { field, .. }) => Some(field),
            Self::Contact(ContactRefusal::Date { .. } | ContactRefusal::SameDay { .. }) => {
                Some("visit_date")
            }
            Self::Record(RecordRefusal::Settings(problems)) => {
                problems.first().map(|problem| problem.key.as_str())
            }
            Self::Household(_)
            | Self::Person(_)
            | Self::Contact(_)
            | Self::Record(_)
            | Self::Agreement(_)
            | Self::Account(_) => None,
        }
    }
}

impl AccountRefusal {
    const fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "E-AUTH-PASSWORD",
            Self::Wait { .. } => "E-AUTH-WAIT",
            Self::Nobody { .. } => "E-AUTH-NOBODY",
            Self::Mistyped => "E-AUTH-CODE",
            Self::TooShort { .. } => "E-AUTH-SHORT",
            Self::SameName { .. } => "E-AUTH-NAME",
            Self::Plain => "E-AUTH-PLAIN",
            Self::NoPassword => "E-AUTH-NONE",
            Self::NotThemselves { .. } => "E-AUTH-OTHER",
            Self::LastAdmin => "E-AUTH-LAST",
            Self::Role { .. } => "E-ROLE",
            Self::ReadOnly => "E-READ-ONLY",
        }
    }
}

impl HouseholdRefusal {
    const fn code(&self) -> &'static str {
        match self {
            Self::SecondHead { .. } => "E-HH-HEAD",
            Self::Headless { .. } => "E-HH-HEADLESS",
            Self::NotAMember { .. } => "E-HH-MEMBER",
            Self::Ended { .. } => "E-HH-ENDED",
            Self::NobodyLeft { .. } => "E-HH-EMPTY",
            Self::SameHousehold => "E-HH-SAME",
            Self::Agreement { .. } => "E-HH-AGR",
            Self::NoVillage => "E-HH-VILLAGE",
            Self::Overlap { .. } => "E-HH-OVERLAP",
        }
    }
}

impl PersonRefusal {
    fn code(&self) -> String {
        match self {
            Self::NoHousehold => "E-PER-NOHH".to_owned(),
            Self::NoName => "E-PER-NAME".to_owned(),
            Self::SameNumber { .. } => "E-PER-DUP".to_owned(),
            Self::DeathDate { .. } => "E-PER-DEATH".to_owned(),
            Self::NotHere { .. } => "E-PER-GONE".to_owned(),
            Self::IsHere { .. } => "E-PER-HERE".to_owned(),
            Self::Card(faults) => faults
                .first()
                .map_or("E-PER-CARD", |fault| fault.fault.code())
                .to_owned(),
            Self::BeforeStay { .. } => "E-DATE-EARLY".to_owned(),
            Self::Future { .. } => "E-DATE-FUTURE".to_owned(),
        }
    }
}

impl ContactRefusal {
    fn code(&self) -> String {
        match self {
            Self::Date { .. } => "E-FORM-DATE".to_owned(),
            Self::SameDay { .. } => "E-FORM-DUP".to_owned(),
            Self::Form { faults, .. } => faults
                .first()
                .map_or("E-FORM", |fault| fault.fault.code())
                .to_owned(),
            Self::NotAlone { .. } => "E-FORM-ALONE".to_owned(),
            Self::NoForm { .. } => "E-FORM-NONE".to_owned(),
            Self::Withdrawn { .. } => "E-VISIT-WITHDRAWN".to_owned(),
            Self::KeptMeanwhile { .. } => "E-FORM-KEPT".to_owned(),
            Self::NotInProgress { .. } => "E-FORM-CLOSED".to_owned(),
            Self::NoReason => "E-REASON".to_owned(),
            Self::NotProposed { .. } => "E-PROG-GROUND".to_owned(),
            Self::Rule(refusal) => rule_code(refusal).to_owned(),
        }
    }
}

impl RecordRefusal {
    const fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "E-UNKNOWN",
            Self::Several { .. } => "E-SEVERAL",
            Self::NotSetUp => "E-NOT-SET-UP",
            Self::SetUp => "E-SET-UP",
            Self::NoStaff { .. } => "E-STAFF",
            Self::Stale(_) => "E-STALE",
            Self::Clock { .. } => "E-CLOCK",
            Self::NothingToUndo => "E-UNDO-NONE",
            Self::Stands { .. } => "E-UNDO-STANDS",
            Self::UndoneTooLate { .. } => "E-UNDO-LATE",
            Self::Bad { .. } => "E-INPUT",
            Self::OnlyPractice => "E-PRACTICE",
            Self::NotAllowed { .. } => "E-ROLE",
            Self::Settings(_) => "E-SETTING",
        }
    }
}

/// Returns the stable code of a refusal by the rules of follow-up.
const fn rule_code(refusal: &course::Refusal) -> &'static str {
    use super::programmes::ProgrammeKind as P;
    use course::Refusal as R;
    match refusal {
        R::PersonEnded(_) => "E-PER-GONE",
        R::NotYetHappened { .. } => "E-DATE-FUTURE",
        R::NotEnrolled(_) => "E-PROG-NONE",
        R::AlreadyEnrolled(_) => "E-PROG-IN",
        R::NotForPerson(P::Anc | P::Pnc) => "E-PER-PREG",
        R::NotForPerson(_) => "E-PROG-WHO",
        R::FactsMissing(_) => "E-PROG-FACTS",
        R::TooYoung { .. } => "E-PROG-AGE",
        R::BeforeBirth | R::BeforeEntry { .. } => "E-FORM-DATE",
        R::NoForm => "E-FORM-NONE",
        R::PressureMissing => "E-BP-MISSING",
        R::VisitedThatDay(_) => "E-FORM-DUP",
        R::NextDateOutside { .. } => "E-NEXT-RANGE",
        R::NextDateNeedsReason { .. } => "E-NEXT-REASON",
        R::NextDateUnfit => "E-NEXT-UNFIT",
        R::NoOpenReferral => "E-REF-NONE",
        R::ReferralResultUnfit => "E-REF-RESULT",
        R::NothingOpen => "E-TASK-NONE",
        R::TargetUnfit => "E-TARGET",
    }
}

impl From<course::Refusal> for Refusal {
    fn from(refusal: course::Refusal) -> Self {
        Self::Contact(ContactRefusal::Rule(refusal))
    }
}

macro_rules! into_refusal {
    ($($variant:ident($kind:ty)),*) => {
        $(impl From<$kind> for Refusal {
            fn from(refusal: $kind) -> Self {
                Self::$variant(refusal)
            }
        })*
    };
}

into_refusal!(
    Household(HouseholdRefusal),
    Person(PersonRefusal),
    Contact(ContactRefusal),
    Record(RecordRefusal),
    Agreement(AgreementRefusal),
    Account(AccountRefusal)
);
