//! Taking a roster: compared household by household with what is kept, then written as many
//! entries under one request, all or nothing.
//!
//! Nothing of a row is guessed and nothing changed here is overwritten: what is not clear is
//! listed. The comparing needs no write transaction; it is done again only if somebody wrote
//! meanwhile.

mod agreements;
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
use crate::domain::order::Arrange as _;
use crate::{
    desk::{Stop, request::Accepted},
    domain::{
        agreement::doctor::Doctor,
        clinic::Village,
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
    store,
};

use history::History;
use matching::Matched;

/// Is told how far an import is; answers whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(ImportProgress) -> bool;

/// What an import is to compare.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub roster: &'a Roster,
    pub accepted: &'a Accepted,
    /// The journal's last entry the tables stand at.
    pub head: u64,
}

/// Who is told how far it is, and who takes the events, an entry at a time.
pub struct Hands<'a> {
    pub watch: Watch<'a>,
    pub take: &'a mut dyn FnMut(Vec<Event>) -> Result<(), Stop>,
}

/// How many households are compared between two looks at the watch.
const STEP: usize = 32;

/// Compares a roster with what stands in the tables, and hands on what follows from it.
pub fn plan<T: Read<Fault = store::Error>>(
    tables: &T,
    facts: &Facts,
    asked: Asked<'_>,
    hands: &mut Hands<'_>,
) -> Result<Preview, Stop> {
    let roster = asked.roster;
    let (homes, _) = households(&roster.rows);
    let villages = villages(tables)?;
    // Half the work is finding out who the rows are.
    let mut progress = Compared {
        done: 0,
        of: roster.rows.len() + homes.len(),
    };
    let mut found = |rows: usize| {
        progress.done = rows;
        progress.tell(hands.watch)
    };
    let matched = matching::all(tables, &villages, roster, &homes, &mut found)?;
    let history = history::read(tables, roster, &matched)?;
    let mut planning = Planning {
        pen: Pen::new(tables, facts),
        lineage: roster.lineage(),
        roster,
        homes: &homes,
        matched: &matched,
        history,
        accepted: match asked.accepted {
            Accepted::All => None,
            Accepted::These(these) => Some(these.iter().copied().collect()),
        },
        villages,
        doctors: super::agreement::known::numbered(tables, &Counter::Doctor)?,
        told: Vec::new(),
        numbers: HashSet::new(),
        preview: Preview {
            head: asked.head,
            rows: roster.rows.iter().map(untouched).collect(),
            ..Preview::default()
        },
        take: &mut *hands.take,
    };
    planning.reserve_numbers()?;
    for place in 0..homes.len() {
        progress.done = roster.rows.len() + place;
        if place % STEP == 0 {
            progress.tell(hands.watch)?;
        }
        planning.household(place)?;
        planning.cut()?;
    }
    planning.history_of_others()?;
    let mut preview = planning.preview;
    preview
        .doubts
        .arrange_by_key(|doubt| (doubt.sheet.is_some(), doubt.row));
    Ok(preview)
}

/// How far the comparing is, in rows and households.
struct Compared {
    done: usize,
    of: usize,
}

impl Compared {
    fn tell(&self, watch: &mut dyn FnMut(ImportProgress) -> bool) -> Result<(), Stop> {
        let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
        let goes_on = watch(ImportProgress {
            stage: ImportStage::Comparing,
            done: count(self.done),
            of: count(self.of),
        });
        if goes_on {
            Ok(())
        } else {
            Err(Stop::interrupted())
        }
    }
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
    /// The doctors known, and those this import is told of.
    doctors: Vec<Doctor>,
    /// Who of the household at hand is told as signed.
    told: Vec<agreements::Signer>,
    /// Record numbers given out in this import.
    numbers: HashSet<String>,
    preview: Preview,
    take: &'a mut dyn FnMut(Vec<Event>) -> Result<(), Stop>,
}

impl<T: Read<Fault = store::Error>> Planning<'_, T> {
    fn cut(&mut self) -> Result<(), Stop> {
        let events = self.pen.cut();
        if events.is_empty() {
            return Ok(());
        }
        (self.take)(events)
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
