//! One sheet from its first row to its last: merged cells filled, rows told apart, people or
//! follow-ups read.
//!
//! Rows are read in passing; only what they say is kept.

use std::ops::ControlFlow;

use super::{
    Surveyed, Watcher,
    carry::Carried,
    cell::SheetRow,
    fields::Frame,
    headers::{self, Header},
    history, not_people, person,
    repeats::Seen,
    workbook::{Merges, Reading, Workbook},
};
use crate::domain::order::Arrange as _;
use crate::domain::{
    day::Day,
    roster::{
        Fate, HistorySheet, Progress, RosterFailure, RosterRow, RowProblem, SheetKind, SheetPlace,
        SkippedRows, Stage,
    },
};

/// So many rows of a sheet are taken at once; a roster with more must be parted.
pub const MOST_ROWS: u32 = 250_000;
/// Bytes of text in them.
const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// Tells the watcher and remembers whether it said stop.
pub(super) struct Watch<'a> {
    watcher: Watcher<'a>,
    is_stopped: bool,
}

impl<'a> Watch<'a> {
    /// Starts watching.
    pub fn new(watcher: Watcher<'a>) -> Self {
        Self {
            watcher,
            is_stopped: false,
        }
    }

    /// Tells how far the reading is.
    pub fn tell(&mut self, stage: Stage, done: u32, of: Option<u32>) -> Result<(), RosterFailure> {
        if (self.watcher)(Progress { stage, done, of }).is_break() {
            self.is_stopped = true;
        }
        self.check()
    }

    fn pass(&mut self, stage: Stage, done: u32, of: Option<u32>) -> ControlFlow<()> {
        match self.tell(stage, done, of) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn check(&self) -> Result<(), RosterFailure> {
        if self.is_stopped {
            Err(RosterFailure::Stopped)
        } else {
            Ok(())
        }
    }
}

/// The people of a sheet.
pub(super) struct PeopleSheet {
    pub place: SheetPlace,
    pub rows: Vec<RosterRow>,
    pub skipped: Vec<SkippedRows>,
    pub problems: Vec<RowProblem>,
}

/// Returns the first rows of a sheet that are not empty, as many as a header may need.
pub(super) fn first_rows(
    book: &mut Workbook,
    sheet: &str,
    watch: &mut Watch<'_>,
) -> Result<Vec<SheetRow>, RosterFailure> {
    struct Peek<'a, 'b> {
        rows: Vec<SheetRow>,
        watch: &'a mut Watch<'b>,
    }
    impl Reading for Peek<'_, '_> {
        fn row(&mut self, row: SheetRow) -> ControlFlow<()> {
            self.rows.push(row);
            if self.rows.len() < headers::PEEKED {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        }

        fn passed(&mut self, row: u32, of: Option<u32>) -> ControlFlow<()> {
            self.watch.pass(Stage::Opening, row, of)
        }
    }
    let mut peek = Peek {
        rows: Vec::new(),
        watch,
    };
    book.read(sheet, &mut peek)?;
    peek.watch.check()?;
    Ok(peek.rows)
}

/// Reads the people of a sheet.
pub(super) fn people(
    book: &mut Workbook,
    surveyed: &Surveyed,
    today: Day,
    watch: &mut Watch<'_>,
) -> Result<PeopleSheet, RosterFailure> {
    let mut people = PeopleSheet {
        place: SheetPlace::default(),
        rows: Vec::new(),
        skipped: Vec::new(),
        problems: Vec::new(),
    };
    let mut seen = Seen::default();
    let mut carried = Carried::default();
    let passing = read_below(
        book,
        surveyed,
        today,
        Stage::People,
        watch,
        &mut |frame, row| {
            let mut person = person::read(frame, row);
            carried.fill(&mut person.row, frame.place, &mut person.problems);
            if person.row.fate == Fate::Taken {
                seen.compare(&mut person, frame.place);
            }
            people.rows.push(person.row);
            people.problems.append(&mut person.problems);
        },
    )?;
    people.place = passing.place;
    people.skipped = passing.skipped;
    Ok(people)
}

/// Reads the past follow-ups of a sheet; on a sheet of people only the rows that have one.
pub(super) fn history(
    book: &mut Workbook,
    surveyed: &Surveyed,
    today: Day,
    watch: &mut Watch<'_>,
) -> Result<HistorySheet, RosterFailure> {
    let mixed = surveyed
        .header
        .as_ref()
        .is_some_and(Header::is_also_history);
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let passing = read_below(
        book,
        surveyed,
        today,
        Stage::History,
        watch,
        &mut |frame, row| {
            if mixed && !history::says_anything(frame, row) {
                return;
            }
            let (row, mut doubts) = history::read(frame, row);
            rows.push(row);
            problems.append(&mut doubts);
        },
    )?;
    Ok(HistorySheet {
        place: passing.place,
        rows,
        skipped: passing.skipped,
        problems,
    })
}

struct Passed {
    place: SheetPlace,
    skipped: Vec<SkippedRows>,
}

/// Hands every row below the header that may be somebody to `take`.
fn read_below(
    book: &mut Workbook,
    surveyed: &Surveyed,
    today: Day,
    stage: Stage,
    watch: &mut Watch<'_>,
    take: &mut dyn FnMut(Frame<'_>, &SheetRow),
) -> Result<Passed, RosterFailure> {
    let Some(header) = &surveyed.header else {
        return Err(RosterFailure::NoRoster {
            sheets: vec![surveyed.name.clone()],
        });
    };
    let kind = match stage {
        Stage::Opening | Stage::People => SheetKind::People,
        Stage::History => SheetKind::History,
    };
    let place = header.place(&surveyed.name, &surveyed.above, kind);
    let mut below = Below {
        header,
        frame: Frame {
            place: &place,
            today,
            epoch: book.epoch(),
        },
        merges: book.merges(&surveyed.name)?,
        skipped: header.skipped(&surveyed.above),
        before: header.row,
        taken: 0,
        text: 0,
        stage,
        watch,
        take,
    };
    note_gaps_above(&mut below.skipped);
    book.read(&surveyed.name, &mut below)?;
    below.watch.check()?;
    if MOST_ROWS < below.taken {
        return Err(RosterFailure::TooManyRows { most: MOST_ROWS });
    }
    if MOST_TEXT < below.text {
        let part = surveyed.name.clone();
        return Err(RosterFailure::Swollen { part });
    }
    let skipped = below.skipped;
    Ok(Passed { place, skipped })
}

struct Below<'a, 'b> {
    header: &'a Header,
    frame: Frame<'a>,
    merges: Merges,
    skipped: Vec<SkippedRows>,
    /// The last row with content.
    before: u32,
    /// Rows with content, and the bytes of their texts.
    taken: u32,
    text: u64,
    stage: Stage,
    watch: &'a mut Watch<'b>,
    take: &'a mut dyn FnMut(Frame<'_>, &SheetRow),
}

impl Reading for Below<'_, '_> {
    fn row(&mut self, mut row: SheetRow) -> ControlFlow<()> {
        if row.row <= self.header.row {
            return ControlFlow::Continue(());
        }
        self.taken += 1;
        self.text += row.text_bytes();
        if MOST_ROWS < self.taken || MOST_TEXT < self.text {
            return ControlFlow::Break(());
        }
        let columns = &self.frame.place.columns;
        self.merges.fill(&mut row, |place| {
            columns.iter().any(|read| {
                usize::try_from(read.place) == Ok(place + 1) && !read.column.is_personal()
            })
        });
        not_people::note_gap(&mut self.skipped, self.before, row.row);
        self.before = row.row;
        match not_people::reason(self.header, self.frame, &row) {
            Some(reason) => self.skipped.push(SkippedRows {
                first: row.row,
                last: row.row,
                reason,
            }),
            None => (self.take)(self.frame, &row),
        }
        ControlFlow::Continue(())
    }

    fn passed(&mut self, row: u32, of: Option<u32>) -> ControlFlow<()> {
        self.watch.pass(self.stage, row, of)
    }
}

/// Empty rows between title and header are rows too.
fn note_gaps_above(skipped: &mut Vec<SkippedRows>) {
    let rows: Vec<u32> = skipped.iter().map(|skipped| skipped.first).collect();
    let mut before = 0;
    for row in rows {
        not_people::note_gap(skipped, before, row);
        before = row;
    }
    skipped.arrange_by_key(|skipped| skipped.first);
}
