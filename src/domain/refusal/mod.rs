//! Why a request is refused: the rules say no. Nothing was changed.
//!
//! The words stand in `lang::refusals`; codes are stable identifiers.

mod codes;
mod copy;

pub use copy::CopyRefusal;

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
    Copy(CopyRefusal),
}

/// Refusals at the door: who may come in, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The password is another one.
    Wrong,
    /// The recovery code is another one.
    WrongCode,
    /// After too many wrong ones: wait so many seconds.
    Wait { seconds: i64 },
    /// Nobody of that name has a password.
    Nobody { name: String },
    /// The recovery code has a slip of the pen.
    Mistyped,
    /// A new password has fewer than so many characters.
    TooShort { least: usize },
    /// Somebody else of that name has a password.
    SameName { name: String },
    /// The data lie plain: there are no passwords.
    Plain,
    /// The data are sealed and no password was given.
    NoPassword,
    /// What is asked for gives a way in: whoever asks shows their own password again.
    OwnPassword,
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
    Account(AccountRefusal),
    Copy(CopyRefusal)
);
