//! A window holds whom its queue looked up: what it shows after any change, its own or another
//! window's, is what a window just opened shows.

use std::collections::BTreeSet;

use cunyi::{
    desk::{
        Change, Command, Desk, Question, Reply,
        reply::PersonView,
        request::{ContactDraft, QueueAsk},
    },
    domain::{
        course::happening::Happening,
        day::Day,
        id::{HouseholdId, PersonId, StaffId, VillageId},
        programmes::ProgrammeKind,
        queue::Filter,
        value::Value,
    },
    practice,
    store::Store,
};

use crate::support::clinic::{Standing, catalog, visit};

fn today() -> Day {
    "2026-11-21".parse().unwrap()
}

struct Clinic {
    folder: tempfile::TempDir,
    people: u32,
    random: fastrand::Rng,
    serial: u32,
}

impl Clinic {
    fn built(people: u32, seed: u64) -> Self {
        let clinic = Self {
            folder: tempfile::tempdir().unwrap(),
            people,
            random: fastrand::Rng::with_seed(seed),
            serial: 0,
        };
        practice::build(&clinic.desk(), people, seed, today(), |_| true).unwrap();
        clinic
    }

    /// Opens a desk as another window does.
    fn desk(&self) -> Desk {
        let store = Store::open(&self.folder.path().join("clinic.redb"), None).unwrap();
        Desk::new(store, Standing::in_the_morning(), catalog(), "w", None)
    }

    fn somebody(&mut self) -> PersonId {
        PersonId(self.random.u64(1..=u64::from(self.people)))
    }

    /// Returns something that may well be refused.
    fn any_change(&mut self, desk: &Desk) -> Change {
        self.serial += 1;
        let person = self.somebody();
        let view = person_view(desk, person);
        let mut card = view.member.person.card.clone();
        let household = view.member.person.household;
        let on = today();
        let command = match self.random.u32(0..15) {
            0 => Command::MarkRound {
                people: vec![person],
                on: self.random.bool(),
            },
            1 => {
                card.insert("name".into(), Value::Text(format!("赵{}", self.serial)));
                Command::ChangePerson { person, card }
            }
            2 => Command::ChangeHousehold {
                household,
                card: [(
                    "group".to_owned(),
                    Value::Int(i64::from(self.serial % 5 + 1)),
                )]
                .into(),
            },
            3 => Command::ChangeHead {
                household,
                head: person,
                on,
            },
            4 => Command::MoveOut {
                person,
                on,
                to: "县城".into(),
                new_head: None,
            },
            5 => Command::RecordDeath {
                person,
                on,
                cause: "心梗".into(),
                new_head: None,
            },
            6 => Command::ChangeVillage {
                village: VillageId(1),
                name: format!("石桥{}村", self.serial),
                code: None,
            },
            7 => Command::SetTag {
                person,
                tag: "K14".into(),
                evidence: String::new(),
            },
            8 | 9 => Command::Undo,
            10 => Command::MergeHouseholds {
                from: household,
                into: HouseholdId(self.random.u64(1..=40)),
                on,
            },
            11 => Command::ChangeSettings {
                values: [("lead_days".to_owned(), (3 + self.serial % 9).to_string())].into(),
            },
            _ => Command::RecordContact(Box::new(self.visit_of(desk))),
        };
        Change {
            id: format!("morning/{}", self.serial),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command,
        }
    }

    /// Visits somebody due for the blood pressure, or tries to.
    fn visit_of(&mut self, desk: &Desk) -> ContactDraft {
        let due = queue(desk, &QueueAsk::default());
        let due: Vec<PersonId> = match due {
            Reply::Queue(view) => view.due.iter().map(|row| row.row.person).collect(),
            other => panic!("{other:?}"),
        };
        let person = match self.random.choice(&due) {
            Some(person) => *person,
            None => self.somebody(),
        };
        let kinds = person_view(desk, person).member.course;
        if kinds.programmes.contains_key(&ProgrammeKind::Htn) {
            visit(person, "2026-11-21", 130 + self.random.i64(0..60), 84)
        } else {
            let happening = Happening::NotReached {
                kinds: BTreeSet::new(),
                reason: None,
                missed: None,
            };
            ContactDraft {
                happening: Some(happening),
                ..ContactDraft::about(person, today())
            }
        }
    }
}

fn person_view(desk: &Desk, person: PersonId) -> PersonView {
    match desk.answer(&Question::Person(person)).unwrap() {
        Reply::Person(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn queue(desk: &Desk, asked: &QueueAsk) -> Reply {
    desk.answer(&Question::Queue(asked.clone())).unwrap()
}

/// Everything a queue may be asked for.
fn asks() -> Vec<QueueAsk> {
    let all = QueueAsk {
        all: true,
        ..QueueAsk::default()
    };
    let ahead = QueueAsk {
        ahead: 7,
        ..QueueAsk::default()
    };
    let early = QueueAsk {
        early: true,
        ..QueueAsk::default()
    };
    let filtered = QueueAsk {
        filter: Filter {
            group: Some(3),
            ..Filter::default()
        },
        ..QueueAsk::default()
    };
    let asked = QueueAsk::default;
    let tomorrow = QueueAsk {
        day: today().succ_opt(),
        ..QueueAsk::default()
    };
    let others = [early, asked(), all, filtered, ahead, tomorrow, asked()];
    [asked()].into_iter().chain(others).collect()
}

/// Any number opens its list: it is the list's length, also while nobody asks for the rows.
fn who_may_be_seen_on_the_way_is_counted_whether_shown_or_not(desk: &Desk) {
    let asked = |all| QueueAsk {
        all,
        ..QueueAsk::default()
    };
    let views = [false, true].map(|all| match queue(desk, &asked(all)) {
        Reply::Queue(view) => view,
        other => panic!("{other:?}"),
    });
    let [counted, all] = views;
    assert_eq!(all.counts.standing, all.standing.len());
    assert_eq!(counted.counts, all.counts);
}

/// Asks for the rows of what presses alone, then for all.
fn early_work_is_counted_whether_it_is_shown_or_not(desk: &Desk) {
    let views = [false, true].map(|early| {
        let asked = QueueAsk {
            early,
            ..QueueAsk::default()
        };
        match queue(desk, &asked) {
            Reply::Queue(view) => view,
            other => panic!("{other:?}"),
        }
    });
    let [pressing, all] = views;
    assert_eq!(pressing.counts, all.counts);
    assert_eq!(all.counts.early, all.early.len());
    assert!(pressing.early.is_empty() && pressing.round == all.round);
    assert_eq!(format!("{:?}", pressing.due), format!("{:?}", all.due));
}

#[test]
fn after_any_change_the_queue_is_what_a_window_just_opened_shows() {
    // Among few, everybody who comes and goes is followed one by one.
    for (people, seed) in [(150, 3), (40, 4)] {
        let mut clinic = Clinic::built(people, seed);
        let (own, peer) = (clinic.desk(), clinic.desk());
        // Windows that stay with what they show.
        let staying: Vec<(Desk, QueueAsk)> = asks()
            .into_iter()
            .map(|asked| (clinic.desk(), asked))
            .collect();
        let mut made = 0;
        for step in 0..60 {
            let by = if step % 3 == 0 { &peer } else { &own };
            let change = clinic.any_change(&own);
            made += usize::from(by.change(&change).is_ok());
            let fresh = clinic.desk();
            early_work_is_counted_whether_it_is_shown_or_not(&fresh);
            who_may_be_seen_on_the_way_is_counted_whether_shown_or_not(&fresh);
            for (window, asked) in &staying {
                let anew = format!("{:?}", queue(&fresh, asked));
                let what = format!("seed {seed}, step {step}: {:?}", change.command);
                for held in [&own, window] {
                    assert_eq!(
                        format!("{:?}", queue(held, asked)),
                        anew,
                        "{what}, {asked:?}"
                    );
                }
            }
        }
        assert!(20 <= made, "{made} changes made of 60, seed {seed}");
        let checked = own.check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new());
    }
}
