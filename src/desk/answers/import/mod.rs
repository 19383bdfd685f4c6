//! Taking a roster: compared household by household with what is kept, then written as many
//! entries under one request, all or nothing.
//!
//! Nothing of a row is guessed and nothing changed here is overwritten: what is not clear is
//! listed. The comparing needs no write transaction; it is done again only if somebody wrote
//! meanwhile.

mod card;
mod compare;
mod follow;
mod history;
mod household;
mod kin;
mod marks;
mod matching;
mod person;
mod said;

use std::collections::{BTreeMap, HashSet};

use super::{Facts, Pen};
use crate::{
    desk::{Stop, reply::Done},
    domain::{
        clinic::Village,
        day::Day,
        event::Event,
        id::{PersonId, VillageId},
        programmes::ProgrammeKind,
        record_number::RecordNumber,
        roster::{
            Column, Doubt, DoubtKind, Fate, ImportProgress, ImportStage, Outcome, Preview, Roster,
            RosterHousehold, RosterRow, households, preview::RowOutcome,
        },
        rows::{RosterRowKept, id_key, roster_key},
        tables::{Counter, Read},
    },
    store::{self, Header, Writing},
};

use history::History;
use matching::Matched;

/// Is told how far an import is; answers whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(ImportProgress) -> bool;

/// Which of the proposed enrolments are accepted.
#[derive(Debug, Clone, Copy)]
pub enum Accepted<'a> {
    All,
    These(&'a [(u32, ProgrammeKind)]),
}

/// What an import does: what is shown of it, and the entries it writes.
pub struct Plan {
    pub today: Day,
    pub preview: Preview,
    pub entries: Vec<Vec<Event>>,
}

/// How many households are compared between two looks at the watch.
const STEP: usize = 32;

/// Compares a roster with what stands at the journal's entry `head`.
pub fn plan<T: Read<Fault = store::Error>>(
    tables: &T,
    facts: &Facts,
    (roster, accepted): (&Roster, Accepted<'_>),
    head: u64,
    watch: Watch<'_>,
) -> Result<Plan, Stop> {
    let (homes, _) = households(&roster.rows);
    let villages = villages(tables)?;
    let matched = matching::all(tables, &villages, roster, &homes)?;
    let history = history::read(tables, roster, &matched)?;
    let mut planning = Planning {
        pen: Pen::new(tables, facts),
        lineage: roster.lineage(),
        roster,
        homes: &homes,
        matched: &matched,
        history,
        accepted: match accepted {
            Accepted::All => None,
            Accepted::These(these) => Some(these.iter().copied().collect()),
        },
        villages,
        numbers: HashSet::new(),
        preview: Preview {
            head,
            rows: roster.rows.iter().map(untouched).collect(),
            ..Preview::default()
        },
        entries: Vec::new(),
    };
    planning.reserve_numbers()?;
    let of = u64::try_from(homes.len()).unwrap_or(u64::MAX);
    for place in 0..homes.len() {
        let done = u64::try_from(place).unwrap_or(u64::MAX);
        let progress = ImportProgress {
            stage: ImportStage::Comparing,
            done,
            of,
        };
        if place % STEP == 0 && !watch(progress) {
            return Err(store::Error::Interrupted.into());
        }
        planning.household(place)?;
        planning.cut();
    }
    planning.history_of_others()?;
    let mut preview = planning.preview;
    preview
        .doubts
        .sort_by_key(|doubt| (doubt.sheet.is_some(), doubt.row));
    Ok(Plan {
        today: facts.today,
        preview,
        entries: planning.entries,
    })
}

/// Writes a plan's entries.
pub fn write(
    writing: &mut Writing<'_>,
    header: &Header,
    plan: Plan,
    watch: Watch<'_>,
) -> Result<Done, Stop> {
    let mut done = Done::nothing(writing.head()?);
    let of = u64::try_from(plan.entries.len()).unwrap_or(u64::MAX);
    for (at, events) in (0_u64..).zip(plan.entries) {
        let progress = ImportProgress {
            stage: ImportStage::Writing,
            done: at,
            of,
        };
        if at % 32 == 0 && !watch(progress) {
            return Err(store::Error::Interrupted.into());
        }
        for event in &events {
            done.add(event);
        }
        done.seq = writing.append(header, events)?;
    }
    Ok(done)
}

struct Planning<'a, T> {
    pen: Pen<'a, T>,
    lineage: String,
    roster: &'a Roster,
    homes: &'a [RosterHousehold],
    matched: &'a Matched,
    history: History,
    accepted: Option<HashSet<(u32, ProgrammeKind)>>,
    /// Those known, and those this import makes.
    villages: Vec<Village>,
    /// Record numbers given out in this import.
    numbers: HashSet<String>,
    preview: Preview,
    entries: Vec<Vec<Event>>,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    fn cut(&mut self) {
        let events = self.pen.cut();
        if !events.is_empty() {
            self.entries.push(events);
        }
    }

    fn row(&self, at: usize) -> Option<&RosterRow> {
        self.roster.rows.get(at)
    }

    fn doubt(&mut self, at: usize, column: Column, kind: DoubtKind) {
        let Some(row) = self.roster.rows.get(at) else {
            return;
        };
        self.preview.doubts.push(Doubt {
            sheet: None,
            row: row.row,
            column,
            value: row.given.get(column).to_owned(),
            kind,
        });
    }

    fn outcome(&mut self, at: usize, outcome: Outcome) {
        if let Some(row) = self.preview.rows.get_mut(at) {
            row.outcome = outcome;
        }
    }

    fn has_column(&self, column: Column) -> bool {
        let people = self.roster.people.iter();
        people
            .flat_map(|people| &people.columns)
            .any(|read| read.column == column)
    }

    /// What the same line of files said of a person before.
    fn kept(&self, person: PersonId) -> Result<Option<BTreeMap<String, String>>, Stop> {
        let key = roster_key(&self.lineage, &person.to_string());
        let kept: Option<RosterRowKept> = self.pen.tables.get(&key)?;
        Ok(kept.map(|kept| kept.values))
    }

    /// Numbers the file brings are not given to others.
    fn reserve_numbers(&mut self) -> Result<(), Stop> {
        let mut last: BTreeMap<String, u32> = BTreeMap::new();
        for row in &self.roster.rows {
            let number: Option<RecordNumber> =
                row.record_no.as_ref().and_then(|no| no.parse().ok());
            if let Some(number) = number.filter(|_| row.fate == Fate::Taken) {
                let highest = last
                    .entry(number.village().as_str().to_owned())
                    .or_default();
                *highest = (*highest).max(number.serial());
            }
        }
        for (village, serial) in last {
            self.pen
                .reserve(&Counter::Record(village), u64::from(serial))?;
        }
        Ok(())
    }

    fn village_code(&self, id: VillageId) -> Option<String> {
        let village = self.villages.iter().find(|village| village.id == id)?;
        village.code.clone()
    }
}

fn untouched(row: &RosterRow) -> RowOutcome {
    RowOutcome {
        row: row.row,
        name: row.name.clone().unwrap_or_default(),
        outcome: match row.fate {
            Fate::Taken => Outcome::Same,
            Fate::Duplicate { .. } => Outcome::Repeated,
            Fate::Rejected => Outcome::Refused,
        },
        changes: Vec::new(),
    }
}

fn villages<T: Read<Fault = store::Error>>(tables: &T) -> Result<Vec<Village>, Stop> {
    let last = tables.counter(&Counter::Village)?;
    let mut villages = Vec::new();
    for id in 1..=last {
        villages.extend(tables.get::<Village>(&id_key(id))?);
    }
    Ok(villages)
}
