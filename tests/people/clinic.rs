//! A small clinic of two villages, asked by commands.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use cunyi::{
    catalog::Catalog,
    desk::{
        Change, Command, Desk, Question, Reply, Request, Stop,
        reply::{Done, HouseholdView, PersonView, ProposalRow},
        request::{CardAsk, ContactDraft, NewHousehold, NewPerson, SetUp},
    },
    domain::{
        clock::Clock,
        course::{
            ProgrammeCourse,
            happening::{Enrolled, Happening},
        },
        day::Day,
        doubt::Doubt,
        household::{self, MoveReason},
        id::{HouseholdId, PersonId, StaffId, VillageId},
        identity::Sex,
        person::Basics,
        programmes::{Facts, ProgrammeKind},
        value::{Answers, Value},
    },
    store::Store,
};

struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// 2026-11-21, 10:00 in China.
const MORNING: i64 = 1_795_226_400_000;

pub const TODAY: &str = "2026-11-21";

pub struct Clinic {
    pub desk: Desk,
    asked: u32,
    _folder: tempfile::TempDir,
}

impl Clinic {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.redb"), None).unwrap();
        let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in().unwrap()));
        let clock = Arc::new(Standing(AtomicI64::new(MORNING)));
        let desk = Desk::new(store, clock, catalog, "w1", None);
        let mut clinic = Self {
            desk,
            asked: 0,
            _folder: folder,
        };
        let village = |name: &str, code: &str| (name.to_owned(), Some(code.to_owned()));
        let set_up = SetUp {
            clinic: "石桥村卫生室".to_owned(),
            villages: vec![
                village("石桥村", "529901103101"),
                village("大坪村", "529901103102"),
            ],
            doctor: "王建国".to_owned(),
            practice_day: None,
            store: [7; 16],
        };
        clinic.does(Command::SetUp(set_up));
        clinic
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

    pub fn does(&mut self, command: Command) -> Done {
        self.change(command).unwrap()
    }

    /// Returns the code a command is refused with.
    pub fn refusal(&mut self, command: Command) -> String {
        match self.change(command) {
            Err(Stop::Refused(refusal)) => refusal.code(),
            other => panic!("{other:?}"),
        }
    }

    /// Founds a household of a head and these members.
    pub fn home(&mut self, village: u64, head: NewPerson, others: &[NewPerson]) -> Home {
        let mut members = vec![head];
        members.extend_from_slice(others);
        let card = household::Basics {
            group: "3".to_owned(),
            ..household::Basics::default()
        };
        let done = self.does(Command::AddHousehold(NewHousehold {
            village: VillageId(village),
            outside_no: None,
            card: card.card(),
            members,
        }));
        Home {
            id: done.households[0],
            members: done.people,
        }
    }

    pub fn household(&self, id: HouseholdId) -> HouseholdView {
        match self.desk.answer(&Question::Household(id)).unwrap() {
            Reply::Household(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    pub fn person(&self, id: PersonId) -> PersonView {
        match self.desk.answer(&Question::Person(id)).unwrap() {
            Reply::Person(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    pub fn doubts(&self, person: Option<PersonId>, at: HouseholdId, card: Answers) -> Vec<Doubt> {
        let asked = CardAsk {
            person,
            household: Some(at),
            card,
        };
        match self
            .desk
            .answer(&Question::Doubts(Box::new(asked)))
            .unwrap()
        {
            Reply::Doubts(doubts) => doubts,
            other => panic!("{other:?}"),
        }
    }

    pub fn enrol(&mut self, person: PersonId, on: &str) {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(
            ProgrammeKind::Htn,
        )));
        self.does(Command::RecordContact(Box::new(draft)));
    }

    /// Records what happened.
    pub fn happens(&mut self, person: PersonId, on: &str, happening: Happening) -> Done {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(happening);
        self.does(Command::RecordContact(Box::new(draft)))
    }

    /// Enters a person with these facts.
    pub fn enters(&mut self, person: PersonId, on: &str, programme: ProgrammeKind, facts: Facts) {
        let entered = Enrolled {
            facts,
            ..Enrolled::in_programme(programme)
        };
        self.happens(person, on, Happening::Enrolled(entered));
    }

    /// Sets fields of a household's card.
    pub fn set_home(&mut self, household: HouseholdId, values: &[(&str, Value)]) -> Done {
        let mut card = self.household(household).household.card;
        for (field, value) in values {
            card.insert((*field).to_owned(), value.clone());
        }
        self.does(Command::ChangeHousehold { household, card })
    }

    /// How a person stands in a programme; none where never entered.
    pub fn programme(&self, person: PersonId, kind: ProgrammeKind) -> Option<ProgrammeCourse> {
        let mut course = self.person(person).member.course;
        course.programmes.remove(&kind)
    }

    /// Who is proposed: name, programmes and ground, in the order shown.
    pub fn proposed(&self) -> Vec<String> {
        let rows = self.proposals().into_iter().map(|row| {
            let entries = row.proposal.entries.iter();
            let codes: Vec<&str> = entries.map(|entry| entry.programme.code()).collect();
            let ground = row.proposal.ground.key();
            format!("{} {} {ground}", row.name, codes.join("+"))
        });
        rows.collect()
    }

    pub fn proposals(&self) -> Vec<ProposalRow> {
        match self.desk.answer(&Question::Proposals(None)).unwrap() {
            Reply::Proposals(view) => view.rows,
            other => panic!("{other:?}"),
        }
    }

    /// Sets fields of a person's card.
    pub fn set(&mut self, person: PersonId, values: &[(&str, Value)]) -> Result<Done, Stop> {
        let mut card = self.person(person).member.person.card;
        for (field, value) in values {
            card.insert((*field).to_owned(), value.clone());
        }
        self.change(Command::ChangePerson { person, card })
    }

    pub fn undo(&mut self) {
        self.does(Command::Undo);
    }

    pub fn is_clean(&self) {
        let checked = self.desk.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }

    /// What the members of a household are to its head, head first.
    pub fn kin(&self, id: HouseholdId) -> Vec<String> {
        let view = self.household(id);
        let members = view.members.iter();
        members
            .map(|member| {
                let person = &member.person;
                format!(
                    "{}{} {}",
                    person.relation,
                    person.relation_word,
                    person.name()
                )
            })
            .collect()
    }
}

pub struct Home {
    pub id: HouseholdId,
    pub members: Vec<PersonId>,
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub fn code(code: &str) -> Value {
    Value::Code(code.to_owned())
}

/// A resident since 2020: name, sex, birth, code and word of the relation.
pub fn resident(name: &str, sex: Sex, birth: &str, relation: u8, word: &str) -> NewPerson {
    let basics = Basics {
        name: name.to_owned(),
        sex: Some(sex),
        birth: Some(day(birth)),
        ..Basics::default()
    };
    NewPerson {
        card: basics.card(),
        relation,
        relation_word: word.to_owned(),
        joined_by: MoveReason::MovedIn,
        from: day("2020-01-01"),
        told: None,
    }
}

/// 张德福 with wife, son, son's wife and grandson.
pub fn family(clinic: &mut Clinic) -> Home {
    let head = resident("张德福", Sex::Male, "1956-03-10", 0, "户主");
    let others = [
        resident("张秀英", Sex::Female, "1959-05-01", 1, "妻"),
        resident("张建军", Sex::Male, "1982-07-12", 2, "儿子"),
        resident("李芳", Sex::Female, "1984-02-03", 3, "儿媳"),
        resident("张小宝", Sex::Male, "2021-01-30", 4, "孙子"),
    ];
    clinic.home(1, head, &others)
}
