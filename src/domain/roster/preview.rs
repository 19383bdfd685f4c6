//! What an import would do and did: row by row, compared with what is kept.
//!
//! It decides nothing; the desk fills it in. Problems of the file itself stand in the roster.

use super::Column;
use crate::domain::{
    day::Day, form, id::PersonId, person::PersonState, programmes::ProgrammeKind,
    record_number::RecordFault,
};

/// A roster compared with the store. Nothing is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    /// The journal's last entry it was compared at.
    pub head: u64,
    /// One for each row of the people's sheet, in file order.
    pub rows: Vec<RowOutcome>,
    pub households: HouseholdCounts,
    /// Villages nobody knew; an import creates them.
    pub villages: Vec<String>,
    /// What is doubtful, in file order.
    pub doubts: Vec<Doubt>,
    /// Enrolments the sorting of people proposes.
    pub enrol: Vec<Proposal>,
    /// Proposals that cannot be accepted here, with the reason.
    pub held: Vec<(Proposal, HeldBack)>,
    pub history: HistoryCounts,
    /// Agreements the file tells of, to be confirmed.
    pub agreements: Vec<AgreementBroughtIn>,
}

/// An agreement the file tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementBroughtIn {
    /// The names of those it covers.
    pub people: Vec<String>,
    /// The doctor's name; empty where the file names none.
    pub doctor: String,
    /// The day it was signed, as told; of several the first.
    pub on: Day,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// Physical row from 1.
    pub row: u32,
    pub name: String,
    pub outcome: Outcome,
    /// What changes in a resident already known.
    pub changes: Vec<Difference>,
}

/// What becomes of the person of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// Known; something of the card changes.
    Changed,
    /// Known; nothing changes.
    Same,
    /// Stands in an earlier row.
    Repeated,
    /// Not taken; a problem of the row says why.
    Refused,
}

/// One field as it stands here and as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub column: Column,
    pub here: String,
    pub file: String,
}

/// How many households became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HouseholdCounts {
    pub new: u32,
    pub changed: u32,
    pub same: u32,
}

/// What became of the rows of past follow-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistoryCounts {
    pub taken: u32,
    /// Known already, or older than what is known.
    pub known: u32,
    /// Of nobody here, or of nobody followed up; each stands among the doubts.
    pub left: u32,
}

/// Something the comparison cannot settle; the person is taken as far as it is clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The sheet of past follow-ups; none for the people's sheet.
    pub sheet: Option<String>,
    pub row: u32,
    pub column: Column,
    /// What the file says there.
    pub value: String,
    pub kind: DoubtKind,
}

/// What cannot be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoubtKind {
    /// The village was unknown and is created.
    NewVillage,
    /// No village is told; the household was put into this one.
    NoVillage { put_into: String },
    /// Changed here, or never told by this file: kept as it stands here.
    Differs { here: String },
    /// The file no longer says what it said; kept.
    NoLongerSaid { here: String },
    /// Lives in another household here.
    Moved { here: String },
    /// Somebody else is the head here.
    OtherHead { here: String },
    /// Died, moved away or was voided here; nothing of the row is taken.
    Gone { state: GoneState },
    /// A resident of the same name, birth date and sex is known; another one was added.
    Similar { person: PersonId, place: String },
    /// An earlier row is the same resident; nothing of this row is taken.
    SameAs { row: u32 },
    /// The number belongs to another resident.
    SameNumber { name: String },
    /// A word of 人群分类 nobody knows.
    UnknownTag,
    /// The card does not accept the value.
    Refused(form::Fault),
    /// No record number (17 digits), or another one than here.
    RecordNumber(RecordNumberDoubt),
    /// A past follow-up of nobody here.
    NobodyHere,
    /// A past follow-up of somebody not followed up for it.
    NotEnrolled,
}

/// Why a record number was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordNumberDoubt {
    Fault(RecordFault),
    /// It belongs to another resident.
    Taken {
        name: String,
    },
}

/// How a resident is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoneState {
    Died { on: Day },
    MovedOut { on: Day },
}

/// Somebody to be taken into a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Physical row of the person; with the programme it names the proposal.
    pub row: u32,
    pub name: String,
    pub birth: Option<Day>,
    pub programme: ProgrammeKind,
    /// The last follow-up brought in with it.
    pub last_visit: Option<Day>,
}

/// Why an enrolment is not proposed for accepting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBack {
    /// E-PROG-AGE: below the programme's age; enrol by hand with a reason.
    TooYoung { age: u32, needed: u32 },
    /// Without a birth date nobody can say.
    NoBirth,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    pub stage: ImportStage,
    pub done: u64,
    pub of: u64,
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportStage {
    /// Comparing with what is kept; nothing is held.
    Comparing,
    /// Another window is writing.
    Waiting,
    /// Writing; other windows wait.
    Writing,
}

impl GoneState {
    /// Returns how somebody is gone, if so; a voided record stands for nobody.
    pub const fn of(state: &PersonState) -> Option<Self> {
        match state {
            PersonState::Died { on, .. } => Some(Self::Died { on: *on }),
            PersonState::MovedOut { on, .. } => Some(Self::MovedOut { on: *on }),
            PersonState::Here | PersonState::Lost { .. } | PersonState::Void { .. } => None,
        }
    }
}

impl DoubtKind {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NewVillage => "W-HH-VILLAGE",
            Self::NoVillage { .. } => "W-HH-NOVILLAGE",
            Self::Differs { .. } => "W-IMP-DIFFERS",
            Self::NoLongerSaid { .. } => "W-IMP-EMPTIED",
            Self::Moved { .. } => "W-HH-MOVED",
            Self::OtherHead { .. } => "W-HH-OTHERHEAD",
            Self::Gone { .. } => "W-PER-GONE",
            Self::Similar { .. } => "W-PER-SIMILAR",
            Self::SameAs { .. } => "W-PER-REPEATED",
            Self::SameNumber { .. } => "E-PER-DUP",
            Self::UnknownTag => "W-TAG-WORD",
            Self::Refused(fault) => fault.code(),
            Self::RecordNumber(RecordNumberDoubt::Fault(fault)) => fault.code(),
            Self::RecordNumber(RecordNumberDoubt::Taken { .. }) => "E-REC-DUP",
            Self::NobodyHere => "W-HIST-NOBODY",
            Self::NotEnrolled => "W-HIST-NOTIN",
        }
    }
}

impl HeldBack {
    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooYoung { .. } => "E-PROG-AGE",
            Self::NoBirth => "W-BIRTH-MISSING",
        }
    }
}

impl Preview {
    /// Counts the rows of one outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows
            .iter()
            .filter(|row| row.outcome == outcome)
            .count()
    }
}
