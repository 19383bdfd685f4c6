//! The desk by its requests: what is recorded stands, is undone whole, and
//! equals its replay.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Question, Reply, Request, Stop,
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

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// 2026-11-21, 10:00 in China.
const MORNING: i64 = 1_795_226_400_000;

struct Clinic {
    desk: Desk,
    asked: u32,
    _folder: tempfile::TempDir,
}

impl Clinic {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.redb")).unwrap();
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let clock = Arc::new(Standing(AtomicI64::new(MORNING)));
        let desk = Desk::new(store, clock, catalog, "w1", None);
        let mut clinic = Self {
            desk,
            asked: 0,
            _folder: folder,
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

    fn change(&mut self, command: Command) -> Result<cunyi::desk::reply::Done, Stop> {
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

    fn person(&mut self, name: &str, birth: &str) -> PersonId {
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
        self.change(Command::AddHousehold(new)).unwrap().people[0]
    }

    fn enrol(&mut self, person: PersonId, on: &str) {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(Happening::Enrolled(Enrolled {
            programme: ProgrammeKind::Htn,
            last_visit: None,
            under_age_reason: None,
        }));
        self.change(Command::RecordContact(Box::new(draft)))
            .unwrap();
    }

    fn queue(&self) -> cunyi::desk::reply::QueueView {
        match self
            .desk
            .answer(&Question::Queue(QueueAsk::default()))
            .unwrap()
        {
            Reply::Queue(queue) => *queue,
            other => panic!("{other:?}"),
        }
    }

    fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn visit(person: PersonId, on: &str, sbp: i64, dbp: i64) -> ContactDraft {
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

#[test]
fn a_visit_leaves_the_queue_and_brings_the_next_date() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let before = clinic.queue();
    assert_eq!(before.due.len(), 1, "{before:?}");
    let done = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-11-21",
            138,
            86,
        ))))
        .unwrap();
    let decision = &done.contacts[0].decision;
    assert_eq!(decision.opened[0].due, day("2027-02-21"));
    let after = clinic.queue();
    assert_eq!(after.due.len(), 0);
    assert_eq!(after.counts.done, 1);
    clinic.is_clean();

    clinic.change(Command::Undo).unwrap();
    assert_eq!(clinic.queue().due.len(), 1);
    clinic.is_clean();
    clinic.change(Command::Undo).unwrap();
    assert_eq!(clinic.queue().due.len(), 0, "an undo of an undo restores");
    clinic.is_clean();
}

#[test]
fn a_late_visit_redecides_the_later_ones() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-01-05");
    let later = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-06-20",
            152,
            94,
        ))))
        .unwrap();
    assert_eq!(later.contacts[0].decision.rules[0].id(), "H5");
    let late = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-06-05",
            150,
            92,
        ))))
        .unwrap();
    assert_eq!(late.redecided, vec![later.contacts[0].id]);
    clinic.is_clean();
    let id = late.contacts[0].id;
    let reason = "录错人".to_owned();
    let back = clinic
        .change(Command::WithdrawContact {
            contact: id,
            reason,
        })
        .unwrap();
    assert_eq!(back.redecided, vec![later.contacts[0].id]);
    clinic.is_clean();
}
