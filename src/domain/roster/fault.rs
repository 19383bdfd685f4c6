//! What can be wrong with a roster: in a cell, with a row, with the whole file.
//!
//! Words for all of it stand in `lang::refusals::roster`.

use crate::domain::{day::Day, identity::IdentityFault};

/// One problem with its place. The row stays readable in the file by these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Physical row from 1, headers counted.
    pub row: u32,
    /// The column's header as the file writes it.
    pub column: String,
    /// The cell as given.
    pub value: String,
    pub fault: RosterFault,
    pub action: RowAction,
}

/// What is done about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowAction {
    /// The person is taken, the field needs a look.
    Flagged,
    /// Nobody: the row is left out as no person.
    Skipped,
    /// The row is not taken.
    Rejected,
    /// The person already stands in an earlier row.
    Duplicate,
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterFault {
    NameMissing,
    /// Not 1–30 Chinese or Latin letters and `·`.
    NameForm,
    /// A bracket behind the name was taken as a remark.
    NameNote {
        name: String,
    },
    /// Name and number stood in each other's column; both were taken.
    NameAndIdSwapped,
    /// Neither name nor number nor birth date with sex: nobody could be found again.
    NobodyKnown,
    IdMissing,
    /// The number fails a check of people rules §3.
    Id(IdentityFault),
    /// A number of before 1999; the 18-character number to offer (§3.5).
    IdOld15 {
        converted: String,
    },
    /// A spreadsheet kept it as a number: the last digits are gone.
    DigitsLost,
    /// Digits hidden behind `*`.
    IdMasked,
    /// A letter typed for a digit (O for 0, l for 1) was put right; the check character agrees.
    IdRepaired {
        number: String,
    },
    /// 证件类型 nobody knows.
    IdType,
    /// The number carries another birth date, which was taken.
    IdBirth {
        number: Day,
    },
    /// The number carries the other sex, which was taken.
    IdSex,
    /// The same person in an earlier row.
    Repeated {
        of: u32,
    },
    /// The number of an earlier row under another name.
    SameNumber {
        of: u32,
    },
    /// Same name, birth date and sex as an earlier row.
    Similar {
        to: u32,
    },
    SexMissing,
    SexWord,
    BirthMissing,
    /// Not written like a date, or readable two ways.
    DateForm,
    /// No calendar has this day.
    DateImpossible,
    DateFuture,
    /// Year, month or century is missing; never completed by guessing.
    DateIncomplete,
    /// The cell says that there is no phone.
    PhoneNone,
    PhoneForm,
    PhoneDigitsLost,
    PhoneMasked,
    /// Words around a phone number were left out.
    PhoneWords {
        phone: String,
    },
    /// A relation nobody knows; kept as 其他 with its word.
    RelationWord,
    /// A second head in the household.
    SecondHead {
        first: u32,
    },
    /// Nobody in the household is its head.
    NoHead,
    /// Nothing says which household the person belongs to; a household alone.
    NoHousehold,
    /// The household number already stands for another village or head: another household.
    OutsideNoTwice {
        of: u32,
    },
    /// The household was continued across a blank row.
    Continued,
    /// Longer than can be kept.
    TooLong {
        most: usize,
    },
    /// Characters were lost when the file was written or converted.
    Unreadable,
    /// A spreadsheet error (`#REF!`, `#N/A`) stands in the cell.
    CellError,
    /// A quotation mark in the text file is never closed; read as plain text.
    OpenQuote,
    /// Not a number, or beyond what a measurement can be.
    Measurement,
    /// Nothing says when the follow-up was.
    VisitDateMissing,
}

impl RosterFault {
    /// Returns the stable code: `E-` for what cannot be right, `W-` for what needs a look.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NameMissing => "E-NAME-MISSING",
            Self::NameForm => "E-NAME-FORM",
            Self::NameNote { .. } => "W-NAME-NOTE",
            Self::NameAndIdSwapped => "W-NAME-ID-SWAPPED",
            Self::NobodyKnown => "E-PER-NOBODY",
            Self::IdMissing => "E-ID-MISSING",
            Self::Id(fault) => fault.code(),
            Self::IdOld15 { .. } => "E-ID-OLD15",
            Self::DigitsLost => "E-ID-DIGITS",
            Self::IdMasked => "E-ID-MASKED",
            Self::IdRepaired { .. } => "W-ID-REPAIRED",
            Self::IdType => "E-ID-TYPE",
            Self::IdBirth { .. } => "E-ID-BIRTH",
            Self::IdSex => "E-ID-SEX",
            Self::Repeated { .. } => "W-PER-REPEATED",
            Self::SameNumber { .. } => "E-PER-DUP",
            Self::Similar { .. } => "W-PER-SIMILAR",
            Self::SexMissing => "W-SEX-MISSING",
            Self::SexWord => "E-SEX",
            Self::BirthMissing => "W-BIRTH-MISSING",
            Self::DateForm => "E-DATE-FORM",
            Self::DateImpossible => "E-DATE",
            Self::DateFuture => "E-DATE-FUTURE",
            Self::DateIncomplete => "E-DATE-INCOMPLETE",
            Self::PhoneNone => "W-TEL-NONE",
            Self::PhoneForm => "E-TEL-FORMAT",
            Self::PhoneDigitsLost => "E-TEL-DIGITS",
            Self::PhoneMasked => "E-TEL-MASKED",
            Self::PhoneWords { .. } => "W-TEL-WORDS",
            Self::RelationWord => "W-HH-RELATION",
            Self::SecondHead { .. } => "E-HH-HEAD",
            Self::NoHead => "E-HH-HEADLESS",
            Self::NoHousehold => "E-PER-NOHH",
            Self::OutsideNoTwice { .. } => "W-HH-NUMBER",
            Self::Continued => "W-HH-CONTINUED",
            Self::TooLong { .. } => "E-TEXT-LEN",
            Self::Unreadable => "E-TEXT-LOST",
            Self::CellError => "E-CELL-ERROR",
            Self::OpenQuote => "W-CSV-QUOTE",
            Self::Measurement => "E-MEASURE",
            Self::VisitDateMissing => "E-VISIT-DATE",
        }
    }
}

/// Why nothing could be read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterFailure {
    /// There is no such file.
    Missing,
    /// The file cannot be opened; what the system says.
    Unopened {
        detail: String,
    },
    /// A folder, a pipe or a device.
    NotAFile,
    Empty,
    /// Bytes of the file, and how many are read at most.
    TooLarge {
        bytes: u64,
        most: u64,
    },
    /// Unpacked it would be larger than any roster.
    Swollen {
        part: String,
    },
    /// A sheet has more rows that may be people than are taken at once: how many those are.
    TooManyRows {
        most: u32,
    },
    Encrypted,
    /// A web page under a spreadsheet's name.
    WebPage,
    /// A spreadsheet format that is not read (.ods, .xlsb, 2003 XML); its name.
    OtherSpreadsheet {
        format: &'static str,
    },
    /// A document of another kind (PDF, Word, picture); its name.
    OtherDocument {
        format: &'static str,
    },
    /// A spreadsheet, but its inside is broken; what the reader says.
    Damaged {
        detail: String,
    },
    /// Text in no encoding that is read.
    Encoding,
    /// No sheet has a header row with people; the names of the sheets.
    NoRoster {
        sheets: Vec<String>,
    },
    /// The named sheet does not exist; those that do.
    NoSuchSheet {
        wanted: String,
        sheets: Vec<String>,
    },
    /// The user stopped the reading.
    Stopped,
}
