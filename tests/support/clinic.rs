//! A small clinic over a real store, for tests: its builders fill in
//! everything a test is not about.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Question, Reply, Request, Stop,
        reply::Done,
        request::{ContactDraft, NewHousehold, NewPerson, QueueAsk, SetUp},
    },
    domain::{
        clock::Clock,
        course::happening::{Enrolled, Happening},
        day::Day,
        form::FilledForm,
        household::MoveReason,
        id::{PersonId, StaffId, VillageId},
        programmes::ProgrammeKind,
        value::{Answers, Decimal, Value},
    },
    store::Store,
};

/// A clock that stands where it is put.
pub struct Standing(AtomicI64);

impl Standing {
    /// A clock that stands at 2026-11-21, 10:00 in China.
    pub fn in_the_morning() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(MORNING)))
    }

    /// Puts the clock forward, or back, by `milliseconds`.
    pub fn turn(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// 2026-11-21, 10:00 in China.
const MORNING: i64 = 1_795_226_400_000;

pub struct Clinic {
    pub desk: Desk,
    /// The clock the desk looks at.
    pub clock: Arc<Standing>,
    asked: u32,
    folder: Option<tempfile::TempDir>,
}

impl Clinic {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
        let mut clinic = Self::of(store);
        clinic.folder = Some(folder);
        clinic.set_up().unwrap();
        clinic
    }

    /// A clinic on a store of the test's own, not set up yet.
    pub fn of(store: Store) -> Self {
        let clock = Standing::in_the_morning();
        let desk = Desk::new(
            store,
            Arc::clone(&clock) as Arc<dyn Clock>,
            catalog(),
            "w1",
            None,
        );
        Self::at(desk, clock)
    }

    /// A clinic at a desk of the test's own.
    pub fn at(desk: Desk, clock: Arc<Standing>) -> Self {
        Self {
            desk,
            clock,
            asked: 0,
            folder: None,
        }
    }

    /// The database file of a clinic that has a folder of its own.
    pub fn path(&self) -> std::path::PathBuf {
        self.folder.as_ref().unwrap().path().join("clinic.redb")
    }

    pub fn set_up(&mut self) -> Result<Done, Stop> {
        self.change(Command::SetUp(SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
            doctor: "王建国".to_owned(),
            practice_day: None,
            store: [7; 16],
        }))
    }

    pub fn change(&mut self, command: Command) -> Result<Done, Stop> {
        self.asked += 1;
        let change = Change {
            id: format!("r{}", self.asked),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command,
        };
        match self.desk.ask(&Request::Change(Box::new(change)))? {
            Reply::Done(done) => Ok(done),
            other => panic!("{other:?}"),
        }
    }

    pub fn person(&mut self, name: &str, birth: &str) -> PersonId {
        self.try_person(name, birth).unwrap()
    }

    pub fn try_person(&mut self, name: &str, birth: &str) -> Result<PersonId, Stop> {
        let mut card = Answers::new();
        card.insert("name".into(), Value::Text(name.into()));
        card.insert("sex".into(), Value::Code("1".into()));
        card.insert("birth".into(), Value::Date(birth.parse().unwrap()));
        let person = NewPerson {
            card,
            relation: 0,
            relation_word: "户主".into(),
            joined_by: MoveReason::MovedIn,
            from: day("2020-01-01"),
            told: None,
        };
        let mut home = Answers::new();
        home.insert("group".into(), Value::Text("3".into()));
        let new = NewHousehold {
            village: VillageId(1),
            outside_no: None,
            card: home,
            members: vec![person],
        };
        Ok(self.change(Command::AddHousehold(new))?.people[0])
    }

    pub fn enrol(&mut self, person: PersonId, on: &str) {
        self.try_enrol(person, on).unwrap();
    }

    pub fn try_enrol(&mut self, person: PersonId, on: &str) -> Result<(), Stop> {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(
            ProgrammeKind::Htn,
        )));
        self.change(Command::RecordContact(Box::new(draft)))?;
        Ok(())
    }

    pub fn head(&self) -> u64 {
        match self.desk.answer(&Question::Head).unwrap() {
            Reply::Head(head) => head,
            other => panic!("{other:?}"),
        }
    }

    /// Returns today's queue with its early rows.
    pub fn queue(&self) -> cunyi::desk::reply::QueueView {
        let asked = QueueAsk {
            early: true,
            ..QueueAsk::default()
        };
        match self.desk.answer(&Question::Queue(asked)).unwrap() {
            Reply::Queue(queue) => *queue,
            other => panic!("{other:?}"),
        }
    }

    pub fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn visit(person: PersonId, on: &str, sbp: i64, dbp: i64) -> ContactDraft {
    let mut answers = Answers::new();
    let codes = [
        ("mode", "2"),
        ("bp_source", "1"),
        ("salt", "2"),
        ("psych", "1"),
        ("compliance_behaviour", "1"),
        ("adherence", "1"),
        ("adr", "1"),
    ];
    for (key, code) in codes {
        answers.insert(key.into(), Value::Code(code.into()));
    }
    answers.insert("symptoms".into(), Value::Codes(vec!["1".into()]));
    let whole = [
        ("sbp", sbp),
        ("dbp", dbp),
        ("heart_rate", 74),
        ("smoke", 0),
        ("ex_freq", 3),
        ("ex_min", 30),
    ];
    for (key, n) in whole {
        answers.insert(key.into(), Value::Int(n));
    }
    answers.insert(
        "weight".into(),
        Value::Dec("66.5".parse::<Decimal>().unwrap()),
    );
    answers.insert("drink".into(), Value::Dec(Decimal::from_int(0)));
    answers.insert("compl".into(), Value::Bool(false));
    let form = FilledForm {
        form: "F01".into(),
        edition: "3".into(),
        visit: day(on),
        answers,
        marks: BTreeMap::new(),
        confirmed: BTreeSet::new(),
    };
    ContactDraft {
        forms: vec![form],
        ..ContactDraft::about(person, day(on))
    }
}

/// The catalogue, read once.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::built_in().unwrap())
}
