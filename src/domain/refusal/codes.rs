//! The stable codes of refusals, and the fields they name.

use super::{
    AccountRefusal, ContactRefusal, HouseholdRefusal, PersonRefusal, RecordRefusal, Refusal,
};
use crate::domain::course;

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
            Self::Copy(refusal) => refusal.code().to_owned(),
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
            | Self::Account(_)
            | Self::Copy(_) => None,
        }
    }
}

impl AccountRefusal {
    const fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "E-AUTH-PASSWORD",
            Self::WrongCode => "E-AUTH-RECOVERY",
            Self::Wait { .. } => "E-AUTH-WAIT",
            Self::Nobody { .. } => "E-AUTH-NOBODY",
            Self::Mistyped => "E-AUTH-CODE",
            Self::TooShort { .. } => "E-AUTH-SHORT",
            Self::SameName { .. } => "E-AUTH-NAME",
            Self::Plain => "E-AUTH-PLAIN",
            Self::NoPassword => "E-AUTH-NONE",
            Self::OwnPassword => "E-AUTH-OWN",
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
    use crate::domain::programmes::ProgrammeKind as P;
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
