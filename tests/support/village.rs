//! A small clinic on the morning of 2026-11-21, built through the desk.
//!
//! Builders fill in everything a test is not about; all people are invented.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Reply, Request, Stop,
        reply::Done,
        request::{ContactDraft, NewHousehold, NewPerson, SetUp},
    },
    domain::{
        clinic::Role,
        clock::Clock,
        course::happening::{Enrolled, Happening},
        day::Day,
        form::FilledForm,
        household::MoveReason,
        id::{HouseholdId, PersonId, StaffId, VillageId},
        programmes::ProgrammeKind,
        value::{Answers, Decimal, Value},
    },
    store::Store,
};

/// A clock that stands where it is put.
pub struct Standing(pub AtomicI64);

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// 2026-11-21, 10:00 in China.
pub const MORNING: i64 = 1_795_226_400_000;

static ASKED: AtomicU32 = AtomicU32::new(0);

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::built_in().unwrap())
}

/// A desk on an empty store in memory, with its clock.
fn with_clock() -> (Arc<Desk>, Arc<Standing>) {
    let store = Store::in_memory(cunyi::store::rows::VERSION).unwrap();
    let clock = Arc::new(Standing(AtomicI64::new(MORNING)));
    let desk = Desk::new(store, clock.clone(), catalog(), "t1", None);
    (Arc::new(desk), clock)
}

/// A desk on an empty store.
pub fn empty() -> Arc<Desk> {
    with_clock().0
}

/// Makes a change in the name of the first staff member.
pub fn change(desk: &Desk, command: Command) -> Result<Done, Stop> {
    change_by(desk, 1, command)
}

/// Makes a change in the name of this staff member.
pub fn change_by(desk: &Desk, by: u64, command: Command) -> Result<Done, Stop> {
    let asked = ASKED.fetch_add(1, Ordering::Relaxed);
    let change = Change {
        id: format!("test {asked}"),
        by: StaffId(by),
        seen: Vec::new(),
        date_is: None,
        command,
    };
    match desk.ask(&Request::Change(Box::new(change)))? {
        Reply::Done(done) => Ok(done),
        other => panic!("{other:?}"),
    }
}

/// A date as written.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A clinic with one village and a doctor, without residents.
pub fn clinic() -> Arc<Desk> {
    let desk = empty();
    set_up(&desk);
    desk
}

fn set_up(desk: &Desk) {
    let asked = SetUp {
        clinic: "石桥村卫生室".to_owned(),
        villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
        doctor: "王建国".to_owned(),
        practice_day: None,
        store: [7; 16],
    };
    change(desk, Command::SetUp(asked)).unwrap();
}

/// A resident to be.
pub struct Resident {
    card: Answers,
    relation: u8,
    word: &'static str,
}

/// A resident; `sex` is 男 or 女.
pub fn resident(name: &str, sex: &str, birth: &str) -> Resident {
    let mut card = Answers::new();
    let code = if sex == "男" { "1" } else { "2" };
    card.insert("name".into(), Value::Text(name.into()));
    card.insert("sex".into(), Value::Code(code.into()));
    card.insert("birth".into(), Value::Date(day(birth)));
    Resident {
        card,
        relation: 0,
        word: "户主",
    }
}

impl Resident {
    /// How the resident is related to the head.
    pub fn relation(mut self, relation: u8, word: &'static str) -> Self {
        (self.relation, self.word) = (relation, word);
        self
    }

    /// With a phone.
    pub fn phone(mut self, number: &str) -> Self {
        self.card.insert("phone".into(), Value::Text(number.into()));
        self
    }
}

/// Adds a household in this group and returns it with its members.
pub fn household(desk: &Desk, group: &str, members: Vec<Resident>) -> (HouseholdId, Vec<PersonId>) {
    let members = members.into_iter().map(|resident| NewPerson {
        card: resident.card,
        relation: resident.relation,
        relation_word: resident.word.to_owned(),
        joined_by: MoveReason::MovedIn,
        from: day("2020-01-01"),
        told: None,
    });
    let mut card = Answers::new();
    card.insert("group".into(), Value::Text(group.into()));
    let new = NewHousehold {
        village: VillageId(1),
        outside_no: None,
        card,
        members: members.collect(),
    };
    let done = change(desk, Command::AddHousehold(new)).unwrap();
    (done.households[0], done.people)
}

/// Enrols a person.
pub fn enrol(desk: &Desk, person: PersonId, programme: ProgrammeKind, on: &str) {
    let mut draft = ContactDraft::about(person, day(on));
    draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(programme)));
    change(desk, Command::RecordContact(Box::new(draft))).unwrap();
}

/// A hypertension visit at home with this pressure, all else normal.
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

/// Records a contact.
pub fn record(desk: &Desk, draft: ContactDraft) -> Done {
    change(desk, Command::RecordContact(Box::new(draft))).unwrap()
}

/// Eight people in five households; on this morning one is urgent, one overdue,
/// two are due or in grace, one may come early.
pub fn village() -> Arc<Desk> {
    let desk = clinic();
    fill(&desk);
    desk
}

/// A clinic without residents whose clock stands at ten in the morning of a day.
pub fn clinic_on(day: Day) -> (Arc<Desk>, Arc<Standing>) {
    let (desk, clock) = with_clock();
    turn_to(&clock, day);
    set_up(&desk);
    (desk, clock)
}

/// Puts the clock to ten in the morning of a day.
pub fn turn_to(clock: &Standing, to: Day) {
    let days = (to - day("2026-11-21")).num_days();
    clock
        .0
        .store(MORNING + days * 86_400_000, Ordering::Relaxed);
}

/// The same village in a folder of its own, so that forms put down are kept.
pub fn village_on_disk() -> Arc<Desk> {
    let desk = clinic_on_disk();
    fill(&desk);
    desk
}

/// A clinic without residents in a folder of its own.
pub fn clinic_on_disk() -> Arc<Desk> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = Store::open(&folder.keep().join("clinic.redb")).unwrap();
    let clock = Arc::new(Standing(AtomicI64::new(MORNING)));
    let desk = Arc::new(Desk::new(store, clock, catalog(), "t1", None));
    set_up(&desk);
    desk
}

/// The same village, so many days later.
pub fn village_then(days: i64) -> Arc<Desk> {
    let (desk, clock) = with_clock();
    set_up(&desk);
    fill(&desk);
    clock.0.fetch_add(days * 86_400_000, Ordering::Relaxed);
    desk
}

fn fill(desk: &Desk) {
    use ProgrammeKind::{Dm, Htn};
    let zhang = vec![
        resident("张德福", "男", "1955-03-02").phone("15422220321"),
        resident("张秀英", "女", "1959-06-11").relation(1, "配偶"),
        resident("张建军", "男", "1982-01-20").relation(2, "子"),
    ];
    let (_, zhang) = household(desk, "3", zhang);
    let (_, li) = household(desk, "3", vec![resident("李国强", "男", "1968-02-01")]);
    let (_, wang) = household(desk, "3", vec![resident("王桂兰", "女", "1955-08-30")]);
    let chen = vec![
        resident("陈玉珍", "女", "1950-12-05"),
        resident("陈大海", "男", "1975-05-05").relation(2, "子"),
    ];
    let (_, chen) = household(desk, "1", chen);
    household(desk, "2", vec![resident("赵新月", "女", "1997-04-04")]);
    for person in [zhang[0], zhang[1], li[0], wang[0], chen[0]] {
        enrol(desk, person, Htn, "2026-01-10");
    }
    enrol(desk, zhang[1], Dm, "2026-01-10");
    record(desk, visit(zhang[0], "2026-09-01", 132, 80));
    record(desk, visit(zhang[1], "2026-07-20", 136, 84));
    record(desk, visit(li[0], "2026-08-19", 136, 84));
    record(desk, visit(wang[0], "2026-08-21", 134, 82));
    record(desk, visit(chen[0], "2026-11-01", 186, 112));
    let staff = Command::AddStaff {
        name: "李小燕".to_owned(),
        role: Role::PublicHealth,
    };
    change(desk, staff).unwrap();
}
