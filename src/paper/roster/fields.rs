//! One row's cells read field by field, every doubt noted at its column.
//!
//! A doubtful field is left empty, never put right in silence; what belongs together in a person
//! is `person` and `history`.

use crate::domain::{
    day::Day,
    identity::{self, Document, DocumentKind, IdentityRemark},
    phone::Phone,
    roster::{
        Column, Given, RosterFault, RowAction, RowProblem, SheetPlace, clean,
        dates::{DateFault, DateReading, Epoch},
    },
};

use super::{
    cell::{Cell, SheetRow},
    phones,
};

/// What every row of a sheet is read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub place: &'a SheetPlace,
    pub today: Day,
    pub epoch: Epoch,
}

/// A row being read.
pub(super) struct Fields<'a> {
    pub frame: Frame<'a>,
    pub row: &'a SheetRow,
    pub problems: Vec<RowProblem>,
}

impl<'a> Fields<'a> {
    /// Starts reading a row.
    pub fn new(frame: Frame<'a>, row: &'a SheetRow) -> Self {
        let mut fields = Self {
            frame,
            row,
            problems: Vec::new(),
        };
        if row.open_quote {
            fields.problems.push(RowProblem {
                row: row.row,
                column: String::new(),
                value: String::new(),
                fault: RosterFault::OpenQuote,
                action: RowAction::Flagged,
            });
        }
        fields
    }

    /// Lists the cells of a column, the file's order first.
    pub fn cells(&self, wanted: Column) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let row = self.row;
        let place: &'a SheetPlace = self.frame.place;
        place
            .columns
            .iter()
            .filter(move |read| read.column == wanted)
            .map(move |read| {
                let at = usize::try_from(read.place).unwrap_or(usize::MAX);
                row.cell(at.saturating_sub(1))
            })
    }

    /// Returns the first cell of a column.
    pub fn cell(&self, wanted: Column) -> &'a Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.cells(wanted).next().unwrap_or(NOTHING)
    }

    /// Notes a problem at a column.
    pub fn flag(&mut self, column: Column, fault: RosterFault) {
        self.note(column, fault, RowAction::Flagged);
    }

    /// Notes a problem at a column and what is done about it.
    pub fn note(&mut self, column: Column, fault: RosterFault, action: RowAction) {
        self.problems.push(RowProblem {
            row: self.row.row,
            column: self.frame.place.header(column).to_owned(),
            value: self.cell(column).given().into_owned(),
            fault,
            action,
        });
    }

    /// Keeps the cells as given.
    pub fn given(&self) -> Given {
        let texts: Vec<(Column, std::borrow::Cow<'_, str>)> = self
            .frame
            .place
            .columns
            .iter()
            .map(|read| {
                let at = usize::try_from(read.place).unwrap_or(usize::MAX);
                (read.column, self.row.cell(at.saturating_sub(1)).given())
            })
            .collect();
        Given::new(texts.iter().map(|(column, text)| (*column, text.as_ref())))
    }

    /// Returns the text of a column on one line; errors, lost characters and text that is too
    /// long are noted and give nothing. Repeated columns are joined.
    pub fn text(&mut self, column: Column, most: usize) -> Option<String> {
        let mut text = String::new();
        for cell in self.cells(column) {
            let part = match cell {
                Cell::Error(_) => {
                    self.flag(column, RosterFault::CellError);
                    continue;
                }
                Cell::Empty => continue,
                Cell::Text(_) | Cell::Number(_) | Cell::Date(_) => clean::plain(&cell.bare()),
            };
            if part.contains('\u{fffd}') {
                self.flag(column, RosterFault::Unreadable);
                continue;
            }
            if !text.is_empty() && !part.is_empty() {
                text.push('；');
            }
            text.push_str(&part);
        }
        if most < text.chars().count() {
            self.flag(column, RosterFault::TooLong { most });
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Returns the text of a column unless it says that nothing is there.
    pub fn word(&mut self, column: Column, most: usize) -> Option<String> {
        self.text(column, most)
            .filter(|text| !clean::says_nothing(text))
    }

    /// Reads a date other than the birth date; it may lie in the future only where that is sense.
    pub fn date(&mut self, column: Column, future: Future) -> Option<Day> {
        let cell = self.cell(column);
        if cell.is_blank() || clean::says_nothing(&cell.given()) {
            return None;
        }
        match cell.date(self.frame.epoch) {
            Ok(DateReading::Day(day)) => {
                if future == Future::Refused && self.frame.today < day {
                    self.flag(column, RosterFault::DateFuture);
                    return None;
                }
                Some(day)
            }
            Ok(_) => {
                self.flag(column, RosterFault::DateIncomplete);
                None
            }
            Err(fault) => {
                self.flag(column, date_fault(fault));
                None
            }
        }
    }

    /// Reads the phones of a column; what is doubtful is noted.
    pub fn phones(&mut self, column: Column) -> Vec<Phone> {
        let mut found: Vec<Phone> = Vec::new();
        for cell in self.cells(column) {
            if cell.is_blank() {
                continue;
            }
            let (phones, faults) = phones::read(cell);
            for phone in phones {
                if !found.contains(&phone) {
                    // Nearly everybody has one, and a roster many rows.
                    found.reserve_exact(1);
                    found.push(phone);
                }
            }
            for fault in faults {
                self.problems.push(RowProblem {
                    row: self.row.row,
                    column: self.frame.place.header(column).to_owned(),
                    value: cell.given().into_owned(),
                    fault,
                    action: RowAction::Flagged,
                });
            }
        }
        // A township's rows stay in memory: no room for what does not come.
        found.shrink_to_fit();
        found
    }

    /// Returns the kind of document by 证件类型; without that column it is the identity card.
    pub fn document_kind(&mut self) -> DocumentKind {
        let Some(word) = self.word(Column::IdType, 40) else {
            return DocumentKind::IdentityCard;
        };
        let word = clean::compact(&word);
        let by_code = DocumentKind::from_codes(&word, None);
        let known = by_code.or_else(|| {
            DocumentKind::ALL
                .into_iter()
                .find(|kind| kind.name().zh == word || word.contains(kind.name().zh))
        });
        match (known, word.as_str()) {
            (Some(kind), _) => kind,
            (None, "身份证" | "二代身份证" | "公民身份证" | "居民二代身份证" | "身份证件") => {
                DocumentKind::IdentityCard
            }
            (None, "户口簿" | "户口本") => DocumentKind::HouseholdRegister,
            (None, "出生证" | "出生证明") => DocumentKind::BirthCertificate,
            (None, _) => {
                self.flag(Column::IdType, RosterFault::IdType);
                DocumentKind::IdentityCard
            }
        }
    }

    /// Checks the number in `written`; `cell` is where it stands.
    pub fn document(&mut self, cell: &Cell) -> NumberReading {
        let kind = self.document_kind();
        let written = number_text(cell);
        if written.is_empty() || clean::says_nothing(&written) {
            return NumberReading::Missing;
        }
        let (reading, fault) = check(kind, cell, &written, self.frame.today);
        if let Some(fault) = fault {
            self.flag(Column::IdNo, fault);
        }
        reading
    }
}

/// Whether a date may lie after today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Future {
    Allowed,
    Refused,
}

/// What an identity number cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NumberReading {
    Missing,
    Good(Document),
    /// Refused; what was written, for finding the same row twice.
    Bad {
        written: String,
    },
}

/// Returns the number without padding and quote marks, in half width.
pub(super) fn number_text(cell: &Cell) -> String {
    let bare = cell.bare();
    let text = clean::compact(clean::without_leading_quotes(&bare));
    text.trim_end_matches(['\'', '"', '`', '’', ';', ',', '。', '，'])
        .to_owned()
}

/// Returns the fault of a date that could not be read.
pub(super) fn date_fault(fault: DateFault) -> RosterFault {
    match fault {
        DateFault::Impossible => RosterFault::DateImpossible,
        DateFault::Shape => RosterFault::DateForm,
    }
}

fn check(
    kind: DocumentKind,
    cell: &Cell,
    written: &str,
    today: Day,
) -> (NumberReading, Option<RosterFault>) {
    let bad = || NumberReading::Bad {
        written: identity::normalise(written),
    };
    if cell.has_lost_digits() || written.len() >= 17 && written.ends_with(".0") {
        return (
            NumberReading::Bad {
                written: String::new(),
            },
            Some(RosterFault::DigitsLost),
        );
    }
    if written.contains('*') {
        return (
            NumberReading::Bad {
                written: String::new(),
            },
            Some(RosterFault::IdMasked),
        );
    }
    match identity::check(kind, written, today) {
        Ok(document) => match old_number(&document) {
            Some(converted) => (
                NumberReading::Bad {
                    written: converted.clone(),
                },
                Some(RosterFault::IdOld15 { converted }),
            ),
            None => (NumberReading::Good(document), None),
        },
        Err(fault) => match repaired(kind, written, today) {
            Some(document) => {
                let number = document.number.clone();
                (
                    NumberReading::Good(document),
                    Some(RosterFault::IdRepaired { number }),
                )
            }
            None => (bad(), Some(RosterFault::Id(fault))),
        },
    }
}

fn old_number(document: &Document) -> Option<String> {
    document.remarks.iter().find_map(|remark| match remark {
        IdentityRemark::Old15 { converted } => Some(converted.clone()),
        IdentityRemark::Age { .. } => None,
    })
}

/// Puts letters typed for digits right, and only if the whole number then passes.
fn repaired(kind: DocumentKind, written: &str, today: Day) -> Option<Document> {
    let last = written.chars().count().saturating_sub(1);
    let text: String = written
        .chars()
        .enumerate()
        .map(|(at, c)| match c {
            'O' | 'o' | '〇' | '○' | 'О' | 'о' => '0',
            'l' | 'I' | 'i' | '|' => '1',
            '×' | 'х' | 'Х' | 'χ' | 'Χ' | '✕' | '✖' if at == last => 'X',
            _ => c,
        })
        .collect();
    if text == written || text.chars().count() != identity::citizen::LENGTH {
        return None;
    }
    identity::check(kind, &text, today).ok()
}
