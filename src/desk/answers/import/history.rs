//! Past follow-ups of the file, sorted by whom they are about.

use std::collections::{BTreeMap, HashMap};

use super::matching::Matched;
use crate::{
    desk::{Stop, answers::person::bearers},
    domain::{
        course::happening::{LastVisit, Measured},
        id::PersonId,
        person::PersonState,
        programmes::ProgrammeKind,
        roster::{Column, Doubt, DoubtKind, Fate, HistoryRow, HistorySheet, Roster},
        tables::Read,
        value::YearMonth,
    },
    store,
};

/// What a row of past follow-ups brings.
#[derive(Debug, Clone)]
pub struct Past {
    pub sheet: String,
    pub row: u32,
    /// The cell that says when.
    pub given: String,
    pub programme: ProgrammeKind,
    pub last_visit: Option<LastVisit>,
    pub diagnosed: Option<YearMonth>,
}

/// Past follow-ups by whom they are about.
#[derive(Debug, Default)]
pub struct History {
    /// By place in the list of the people's rows.
    pub rows: HashMap<usize, Vec<Past>>,
    /// Of residents who stand in no row, in file order.
    pub others: BTreeMap<PersonId, Vec<Past>>,
    /// Of nobody here.
    pub nobody: Vec<Doubt>,
}

/// Sorts the past follow-ups of every sheet.
pub fn read<T: Read<Fault = store::Error>>(
    tables: &T,
    roster: &Roster,
    matched: &Matched,
) -> Result<History, Stop> {
    let mut history = History::default();
    if roster.history.is_empty() {
        return Ok(history);
    }
    let people = People::of(roster, matched);
    for sheet in &roster.history {
        for row in &sheet.rows {
            let pasts = pasts(sheet, row);
            if pasts.is_empty() {
                continue;
            }
            if let Some(at) = people.place(roster, row) {
                history.rows.entry(at).or_default().extend(pasts);
                continue;
            }
            match somebody(tables, row)? {
                Some(person) => match people.ids.get(&person) {
                    Some(at) => history.rows.entry(*at).or_default().extend(pasts),
                    None => history.others.entry(person).or_default().extend(pasts),
                },
                None => history.nobody.push(Doubt {
                    sheet: Some(sheet.place.sheet.clone()),
                    row: row.row,
                    column: Column::Name,
                    value: row.name.clone().unwrap_or_default(),
                    kind: DoubtKind::NobodyHere,
                }),
            }
        }
    }
    Ok(history)
}

/// The people's rows by what names them.
struct People<'a> {
    numbers: HashMap<&'a str, usize>,
    names: HashMap<&'a str, Vec<usize>>,
    ids: HashMap<PersonId, usize>,
}

impl<'a> People<'a> {
    fn of(roster: &'a Roster, matched: &Matched) -> Self {
        let mut people = Self {
            numbers: HashMap::new(),
            names: HashMap::new(),
            ids: HashMap::new(),
        };
        for (at, row) in roster.rows.iter().enumerate() {
            if row.fate != Fate::Taken {
                continue;
            }
            if let Some(document) = &row.document {
                people.numbers.insert(&document.number, at);
            }
            if let Some(name) = &row.name {
                people.names.entry(name).or_default().push(at);
            }
            if let Some(known) = matched.people.get(at).copied().flatten() {
                people.ids.insert(known.person, at);
            }
        }
        people
    }

    /// By number; without one, by a name only one row has, if no phone says otherwise.
    fn place(&self, roster: &Roster, row: &HistoryRow) -> Option<usize> {
        if let Some(document) = &row.document {
            return self.numbers.get(document.number.as_str()).copied();
        }
        let [only] = self.names.get(row.name.as_deref()?)?.as_slice() else {
            return None;
        };
        let phones = &roster.rows.get(*only)?.phones;
        let agrees = row.phones.is_empty()
            || phones.is_empty()
            || row.phones.iter().any(|phone| phones.contains(phone));
        agrees.then_some(*only)
    }
}

fn somebody<T: Read<Fault = store::Error>>(
    tables: &T,
    row: &HistoryRow,
) -> Result<Option<PersonId>, Stop> {
    let Some(document) = &row.document else {
        return Ok(None);
    };
    let found = bearers(tables, &document.number)?;
    let is_void = |state: &PersonState| matches!(state, PersonState::Void { .. });
    let person = found.into_iter().find(|person| !is_void(&person.state));
    Ok(person.map(|person| person.id))
}

/// The sheet's name says what was followed up; else what was measured does.
fn pasts(sheet: &HistorySheet, row: &HistoryRow) -> Vec<Past> {
    let named = format!("{}{}", sheet.place.sheet, sheet.place.title);
    let says = [named.contains("高血压"), named.contains("糖尿病")];
    let measured = [row.systolic.is_some(), row.glucose.is_some()];
    let by = if says == [false, false] || says == [true, true] {
        measured
    } else {
        says
    };
    let kinds = [ProgrammeKind::Htn, ProgrammeKind::Dm].into_iter().zip(by);
    let pressure = row.systolic.zip(row.diastolic);
    let last_visit = row.last_visit.map(|day| LastVisit {
        day,
        measured: Measured {
            sbp: pressure.map(|(sbp, _)| u32::from(sbp)),
            dbp: pressure.map(|(_, dbp)| u32::from(dbp)),
            fbg: row.glucose,
            ..Measured::default()
        },
    });
    kinds
        .filter(|(_, is_it)| *is_it && (last_visit.is_some() || row.diagnosed.is_some()))
        .map(|(programme, _)| Past {
            sheet: sheet.place.sheet.clone(),
            row: row.row,
            given: row.given.get(Column::LastVisit).to_owned(),
            programme,
            last_visit: last_visit.clone(),
            diagnosed: row.diagnosed,
        })
        .collect()
}
