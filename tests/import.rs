//! Rosters through the desk: what they leave in the store, a second time, corrected, undone,
//! stopped, and out and in again.

mod again;
mod agreements;
mod command;
mod history;
#[cfg(unix)]
mod interrupts;
mod screen;
mod since;
mod truth;

use std::{collections::BTreeMap, ops::ControlFlow, path::PathBuf, sync::Arc};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Question, Reply, Stop,
        reply::{Done, ExportRow},
        request::{Accepted, SetUp},
    },
    domain::{
        clock::Clock,
        day::Day,
        id::StaffId,
        roster::{Preview, Roster},
    },
    paper::roster,
    store::Store,
};

struct Standing(i64);

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0
    }
}

/// 2026-03-01, 10:00 in China: the day the samples were filled in.
const MORNING: i64 = 1_772_330_400_000;

fn today() -> Day {
    "2026-03-01".parse().unwrap()
}

pub struct Clinic {
    pub desk: Desk,
    asked: u32,
    folder: tempfile::TempDir,
}

impl Clinic {
    /// A clinic of one village without a code.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let clock = Arc::new(Standing(MORNING));
        let desk = Desk::new(store, clock, catalog, "w1", None);
        let mut clinic = Self {
            desk,
            asked: 0,
            folder,
        };
        clinic.change(Command::SetUp(SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
            doctor: "王建国".to_owned(),
            practice_day: None,
            store: [7; 16],
        }));
        clinic
    }

    /// Another window on the same data.
    pub fn second_window(&self) -> Desk {
        let store = Store::open(&self.folder.path().join("clinic.redb"), None).unwrap();
        let catalog = crate::support::clinic::catalog();
        Desk::new(store, Arc::new(Standing(MORNING)), catalog, "w2", None)
    }

    pub fn request(&mut self, command: Command) -> Change {
        self.asked += 1;
        Change {
            id: format!("r{}", self.asked),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command,
        }
    }

    pub fn change(&mut self, command: Command) -> Done {
        self.try_change(command).unwrap()
    }

    pub fn try_change(&mut self, command: Command) -> Result<Done, Stop> {
        let change = self.request(command);
        self.desk.change(&change)
    }

    pub fn preview(&self, roster: &Arc<Roster>) -> Preview {
        let question = Question::ImportPreview {
            roster: Arc::clone(roster),
            gauge: None,
        };
        match self.desk.answer(&question).unwrap() {
            Reply::ImportPreview(preview) => *preview,
            other => panic!("{other:?}"),
        }
    }

    /// Imports with every proposed enrolment.
    pub fn import(&mut self, roster: &Arc<Roster>) -> Done {
        let proposed = self.preview(roster).enrol;
        let enrol = proposed.iter().map(|p| (p.row, p.programme)).collect();
        self.change(Command::Import {
            roster: Arc::clone(roster),
            enrol: Accepted::These(enrol),
            gauge: None,
        })
    }

    pub fn people(&self) -> Vec<ExportRow> {
        match self.desk.answer(&Question::ExportPeople).unwrap() {
            Reply::People(people) => people,
            other => panic!("{other:?}"),
        }
    }

    pub fn person(&self, name: &str) -> ExportRow {
        let mut found = self.people();
        found.retain(|row| row.person.name() == name);
        assert_eq!(found.len(), 1, "{name}");
        found.remove(0)
    }

    pub fn head(&self) -> u64 {
        match self.desk.answer(&Question::Head).unwrap() {
            Reply::Head(head) => head,
            other => panic!("{other:?}"),
        }
    }

    pub fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

pub fn case(name: &str) -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "tests",
        "cases",
        "rosters",
        name,
    ]
    .iter()
    .collect()
}

pub fn read(name: &str) -> Arc<Roster> {
    let read = roster::read(&case(name), None, today(), &mut |_| {
        ControlFlow::Continue(())
    });
    Arc::new(read.unwrap())
}

/// A roster of these lines, header first, cells between commas.
pub fn lines(lines: &[&str]) -> Arc<Roster> {
    let bytes = lines.join("\n").into_bytes();
    let read = roster::read_bytes("花名册.csv", bytes, None, today(), &mut |_| {
        ControlFlow::Continue(())
    });
    Arc::new(read.unwrap())
}

/// Row and code of every doubt of a preview.
pub fn codes(preview: &Preview) -> Vec<(u32, &'static str)> {
    let doubts = preview.doubts.iter();
    doubts.map(|doubt| (doubt.row, doubt.kind.code())).collect()
}

pub fn counts(done: &Done) -> BTreeMap<&'static str, usize> {
    done.counts.clone()
}
