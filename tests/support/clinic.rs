//! A small clinic on a real store: people are added, enrolled and visited
//! through the desk, on a clock that stands where it is put.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{
        Arc,
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
        contact::Contact,
        course::happening::{Enrolled, Happening},
        day::Day,
        form::FilledForm,
        household::MoveReason,
        id::{PersonId, StaffId, VillageId, VisitId},
        programmes::ProgrammeKind,
        value::{Answers, Decimal, Value},
    },
    store::Store,
};

/// A clock that stands where it is put.
pub struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// 2026-11-21, 10:00 in China.
const MORNING: i64 = 1_795_226_400_000;

/// A clinic with one doctor.
pub struct Clinic {
    pub desk: Arc<Desk>,
    asked: u32,
    pub folder: tempfile::TempDir,
}

impl Clinic {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut clinic = Self {
            desk: open(folder.path(), "w1"),
            asked: 0,
            folder,
        };
        clinic
            .change(Command::SetUp(SetUp {
                clinic: "石桥村卫生室".to_owned(),
                villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
                doctor: "王建国".to_owned(),
                practice_day: None,
                store: [7; 16],
            }))
            .unwrap();
        clinic
    }

    /// The same clinic after its windows were closed.
    pub fn reopened(folder: tempfile::TempDir) -> Self {
        Self {
            desk: open(folder.path(), "w2"),
            asked: 1000,
            folder,
        }
    }

    /// The drafts put down, as the doctor sees them.
    pub fn drafts(&self) -> Vec<cunyi::desk::reply::WaitingDraft> {
        let by = StaffId(1);
        match self.desk.answer(&Question::Drafts { by }).unwrap() {
            Reply::Drafts(drafts) => drafts,
            other => panic!("{other:?}"),
        }
    }

    /// A clinic with one man whose pressure is well controlled, due today.
    pub fn with_a_stable_hypertensive() -> (Self, PersonId) {
        let mut clinic = Self::new();
        let person = clinic.person("李国强", "1968-02-01");
        clinic.enrol(person, ProgrammeKind::Htn, "2025-11-20");
        clinic.visit(person, "2026-05-20", 134, 82);
        clinic.visit(person, "2026-08-20", 136, 84);
        (clinic, person)
    }

    /// The same data through another window.
    pub fn other_window(&self, name: &str) -> Arc<Desk> {
        open(self.folder.path(), name)
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
        let mut card = Answers::new();
        card.insert("name".into(), Value::Text(name.into()));
        card.insert("sex".into(), Value::Code("1".into()));
        card.insert("birth".into(), Value::Date(day(birth)));
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
        self.change(Command::AddHousehold(new)).unwrap().people[0]
    }

    pub fn enrol(&mut self, person: PersonId, programme: ProgrammeKind, on: &str) {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(Happening::Enrolled(Enrolled {
            programme,
            last_visit: None,
            under_age_reason: None,
        }));
        self.change(Command::RecordContact(Box::new(draft)))
            .unwrap();
    }

    pub fn visit(&mut self, person: PersonId, on: &str, sbp: i64, dbp: i64) -> VisitId {
        let draft = visit(person, on, sbp, dbp);
        let done = self.change(Command::RecordContact(Box::new(draft)));
        done.unwrap().contacts[0].id
    }

    /// The person's contacts, newest first.
    pub fn contacts(&self, person: PersonId) -> Vec<Contact> {
        match self.desk.answer(&Question::Person(person)).unwrap() {
            Reply::Person(view) => {
                let mut contacts = view.contacts;
                contacts.sort_by_key(|contact| std::cmp::Reverse((contact.day, contact.seq)));
                contacts
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn due(&self) -> usize {
        match self
            .desk
            .answer(&Question::Queue(QueueAsk::default()))
            .unwrap()
        {
            Reply::Queue(queue) => queue.due.len(),
            other => panic!("{other:?}"),
        }
    }

    pub fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

fn open(folder: &Path, window: &str) -> Arc<Desk> {
    let store = Store::open(&folder.join("clinic.redb")).unwrap();
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
    let clock = Arc::new(Standing(AtomicI64::new(MORNING)));
    Arc::new(Desk::new(store, clock, catalog, window, None))
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A hypertension visit with every required answer.
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
        ("smoke", 5),
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
    let medicine = Answers::from([
        ("name".to_owned(), Value::Text("氨氯地平".to_owned())),
        ("times".to_owned(), Value::Int(1)),
        ("amount".to_owned(), Value::Dec(Decimal::from_int(5))),
        ("unit".to_owned(), Value::Code("1".to_owned())),
    ]);
    answers.insert("drugs".into(), Value::Rows(vec![medicine]));
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
