//! The derived rows: what `event::apply` writes and everyone reads.
//!
//! A row knows its table, its key and its index entries; how and where rows
//! are kept is the store's business.

use serde::{Serialize, de::DeserializeOwned};

use super::{aspect::Aspect, few::Few, settings::Settings};

/// Which table a row lives in. The numbers stand in stored keys: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    Clinic = 1,
    Staff = 2,
    Village = 3,
    Household = 4,
    Person = 5,
    Stay = 6,
    Course = 7,
    Contact = 8,
    Round = 10,
    RosterRow = 11,
    OpenForms = 12,
    Settings = 13,
    Agreement = 14,
    Doctor = 15,
    Team = 16,
    Unit = 17,
    Package = 18,
    Voucher = 19,
    Report = 20,
    Copies = 40,
    LookedAt = 41,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 21] = [
        Self::Clinic,
        Self::Staff,
        Self::Village,
        Self::Household,
        Self::Person,
        Self::Stay,
        Self::Course,
        Self::Contact,
        Self::Round,
        Self::RosterRow,
        Self::OpenForms,
        Self::Settings,
        Self::Agreement,
        Self::Doctor,
        Self::Team,
        Self::Unit,
        Self::Package,
        Self::Voucher,
        Self::Report,
        Self::Copies,
        Self::LookedAt,
    ];

    /// Returns the table's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clinic => "clinic",
            Self::Staff => "staff",
            Self::Village => "village",
            Self::Household => "household",
            Self::Person => "person",
            Self::Stay => "stay",
            Self::Course => "course",
            Self::Contact => "contact",
            Self::Round => "round",
            Self::RosterRow => "roster_row",
            Self::OpenForms => "open_forms",
            Self::Settings => "settings",
            Self::Agreement => "agreement",
            Self::Doctor => "doctor",
            Self::Team => "team",
            Self::Unit => "unit",
            Self::Package => "package",
            Self::Voucher => "voucher",
            Self::Report => "report",
            Self::Copies => "copies",
            Self::LookedAt => "looked_at",
        }
    }
}

/// Which index an entry belongs to. The numbers stand in stored keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Index {
    /// id_no → person
    IdentityNumber = 1,
    /// record number → person
    RecordNumber = 2,
    /// name + birth → person
    NameBirth = 3,
    /// village + outside number → household
    OutsideNumber = 4,
    /// person + day + entry + contact → contact
    PersonContacts = 5,
    /// first listed day + person → course
    Listed = 6,
    /// first standing day + person → course
    Standing = 7,
    /// village + group + serial → household
    Place = 8,
    /// day + contact → contact
    ContactDay = 9,
    /// household + person + number of the stay + first day + last day → stay
    HouseholdStays = 10,
    /// person → forms in progress
    OpenForms = 11,
    /// household → agreements
    HouseholdAgreements = 12,
    /// person + agreement + how it stands and covers him → agreement, drafts included
    PersonAgreements = 13,
    /// state + day + agreement → agreement
    AgreementState = 14,
    /// the day the roll comes to it + agreement → agreement
    AgreementRoll = 15,
    /// mark + day + agreement → agreement
    AgreementMark = 16,
    /// day signed + agreement + whose it is and whom it covers → agreement
    AgreementSigned = 17,
    /// doctor of record + last day + first day + household + person + waiting for his own word
    /// since + agreement → agreement
    DoctorPanel = 18,
    /// printed number → agreement
    AgreementNumber = 19,
    /// evidence number → agreement
    Evidence = 20,
    /// person → unit
    PersonUnit = 21,
    /// last day of an agreement year with something to do in it + person → course
    AgreementYear = 22,
    /// household with a running agreement + agreement → agreement
    HouseholdRunning = 24,
    /// household lived in + place + head + tags of its card + its members → household
    LivedIn = 25,
    /// person + household + birth + tags of the card + name → person
    InBrief = 26,
    /// person + tags of programmes + last day of postnatal care → course
    Managed = 27,
    /// unit + state + day of its list + agreement, of what is begun or runs → agreement
    UnitAgreements = 28,
}

/// A kind of derived row.
pub trait Row: Serialize + DeserializeOwned + PartialEq {
    const TABLE: Table;

    /// Returns the row's key; keys of one table sort as wanted in lists.
    fn key(&self) -> Vec<u8>;

    /// Returns the row's index entries under the clinic's settings in force. Each entry's
    /// last part is the row's key.
    fn index(&self, _settings: &Settings) -> Vec<(Index, Vec<u8>)> {
        Vec::new()
    }
}

/// Counters from which ids and serials are taken; never lowered, also not by undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counter {
    Person,
    Household,
    Contact,
    Staff,
    Village,
    /// Record numbers of one 12-digit village code.
    Record(String),
    /// Households of one village and group.
    Serial(u64, u32),
    Agreement,
    Doctor,
    Team,
    Unit,
    /// Agreement numbers of one 12-digit village code and year.
    AgreementSerial(String, i32),
}

impl Counter {
    /// Returns the counter's stable key.
    pub fn key(&self) -> String {
        match self {
            Self::Person => "person".to_owned(),
            Self::Household => "household".to_owned(),
            Self::Contact => "contact".to_owned(),
            Self::Staff => "staff".to_owned(),
            Self::Village => "village".to_owned(),
            Self::Record(code) => format!("record/{code}"),
            Self::Serial(village, group) => format!("serial/{village}/{group}"),
            Self::Agreement => "agreement".to_owned(),
            Self::Doctor => "doctor".to_owned(),
            Self::Team => "team".to_owned(),
            Self::Unit => "unit".to_owned(),
            Self::AgreementSerial(code, year) => format!("agreement/{code}/{year}"),
        }
    }
}

/// An entry does not fit the rows it is applied to: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub what: String,
}

/// Is told a key of an index and the key of its row.
pub type EachKey<'e, Fault> = &'e mut dyn FnMut(&[u8], &[u8]) -> Result<(), Fault>;

/// Reading derived rows.
pub trait Read {
    type Fault: From<Broken>;

    /// Returns the row with this key.
    fn get<R: Row>(&self, key: &[u8]) -> Result<Option<R>, Self::Fault>;

    /// Returns as much of the row with this key as [`Few`] reads for these answers; where whole
    /// rows are at hand, all of it.
    fn few<R: Few>(&self, key: &[u8], _keys: &[&str]) -> Result<Option<R>, Self::Fault> {
        self.get(key)
    }

    /// Returns the rows an index lists from `from` (inclusive) to `to` (exclusive), in order.
    fn listed<R: Row>(&self, index: Index, from: &[u8], to: &[u8]) -> Result<Vec<R>, Self::Fault>;

    /// Calls `each` with the keys of an index (without its number) from `from` (inclusive) to `to`
    /// (exclusive), in order, and the keys of their rows: cheap where no row is looked at.
    fn keys(
        &self,
        index: Index,
        from: &[u8],
        to: &[u8],
        each: EachKey<'_, Self::Fault>,
    ) -> Result<(), Self::Fault>;

    /// Returns the last number taken from a counter, 0 for none.
    fn counter(&self, counter: &Counter) -> Result<u64, Self::Fault>;

    /// Returns the sequence number of the last entry that touched an aspect, 0 for never.
    fn revision(&self, aspect: Aspect) -> Result<u64, Self::Fault>;
}

/// Writing derived rows; only `event::apply` does.
pub trait Write: Read {
    /// Inserts or replaces a row.
    fn put<R: Row>(&mut self, row: &R) -> Result<(), Self::Fault>;

    /// As `put`, where the row of this key is `before`, as it was just read: it is not read again.
    fn replace<R: Row>(&mut self, before: &R, row: &R) -> Result<(), Self::Fault>;

    /// Raises a counter to at least `value`.
    fn raise(&mut self, counter: &Counter, value: u64) -> Result<(), Self::Fault>;

    /// Brings every row altered by the entries `first..=last` back to what it was before them.
    fn restore(&mut self, first: u64, last: u64) -> Result<(), Self::Fault>;
}

/// Returns the end of the range of all keys that begin with `prefix`.
pub fn after_prefix(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    vec![u8::MAX; 64]
}

/// Joins key parts: numbers big-endian, texts ended by a zero byte.
#[derive(Debug, Clone, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// Starts an empty key.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, n: u64) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    /// Adds a small number.
    #[must_use]
    pub fn small(mut self, n: u32) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    /// Adds a day, in date order.
    #[must_use]
    pub fn day(self, day: super::day::Day) -> Self {
        use chrono::Datelike;
        let days = i64::from(day.num_days_from_ce()) + i64::from(i32::MAX);
        self.number(u64::try_from(days).unwrap_or(0))
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.0.extend(text.bytes().filter(|b| *b != 0));
        self.0.push(0);
        self
    }

    /// Returns the bytes.
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Reads the parts of a key as [`Key`] joined them, one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'k>(&'k [u8]);

impl<'k> Parts<'k> {
    /// Begins at the beginning of a key.
    pub const fn of(key: &'k [u8]) -> Self {
        Self(key)
    }

    /// Reads a number; none behind the last part.
    pub fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*number))
    }

    /// Reads a small number.
    pub fn small(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    /// Reads a day.
    pub fn day(&mut self) -> Option<super::day::Day> {
        let days = i64::try_from(self.number()?).ok()? - i64::from(i32::MAX);
        super::day::Day::from_num_days_from_ce_opt(i32::try_from(days).ok()?)
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<&'k str> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let (text, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        std::str::from_utf8(text).ok()
    }

    /// Reads the numbers that are left before the row's own key, which is one, too.
    pub fn numbers(self) -> impl Iterator<Item = u64> + use<'k> {
        let (numbers, _) = self.0.as_chunks();
        let numbers = numbers.split_last().map_or(&[][..], |(_, before)| before);
        numbers.iter().map(|number| u64::from_be_bytes(*number))
    }
}
