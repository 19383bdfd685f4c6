//! A sealed clinic in a folder of its own, as this computer's clock has it, and what its journal
//! holds.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use cunyi::{
    desk::{
        Change, Command, Desk, Folder, Reception, Seat,
        request::{NewHousehold, NewPerson, Password, SetUp},
    },
    domain::{
        clock::{Clock, day_of},
        day::{Day, plus_days},
        household::MoveReason,
        id::{StaffId, VillageId},
        value::{Answers, Value},
    },
    store::{
        Store,
        seal::{DataKey, KeyRing},
    },
};

use crate::support::clinic::catalog;

/// The doctor, and the password.
pub const DOCTOR: &str = "王建国";
pub const WORD: &str = "first-word";

/// The clock of this computer: the program under test has no other.
pub struct System;

impl Clock for System {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_millis()).unwrap()
    }
}

/// A sealed clinic.
pub struct Place {
    folder: tempfile::TempDir,
    pub key: DataKey,
}

/// The seat of a process.
pub fn seat(window: &str) -> Seat {
    Seat {
        clock: Arc::new(System),
        catalog: catalog(),
        window: window.to_owned(),
        today: None,
    }
}

/// Signs the doctor in at the data in `folder`.
pub fn sign_in(folder: &Path, window: &str) -> Desk {
    let reception = Reception::of(&Folder::at(folder), seat(window));
    reception.sign_in(DOCTOR, &Password::of(WORD)).unwrap()
}

/// `days` ago.
pub fn ago(days: i64) -> Day {
    plus_days(day_of(System.now()), -days)
}

/// A household of one.
pub fn household(name: &str) -> Command {
    let mut card = Answers::new();
    card.insert("name".into(), Value::Text(name.into()));
    card.insert("sex".into(), Value::Code("1".into()));
    card.insert("birth".into(), Value::Date("1958-02-01".parse().unwrap()));
    let person = NewPerson {
        card,
        relation: 0,
        relation_word: "户主".into(),
        joined_by: MoveReason::MovedIn,
        from: "2020-01-01".parse().unwrap(),
        told: None,
    };
    let mut home = Answers::new();
    home.insert("group".into(), Value::Text("3".into()));
    Command::AddHousehold(NewHousehold {
        village: VillageId(1),
        outside_no: None,
        card: home,
        members: vec![person],
    })
}

/// A change of the doctor's.
pub fn change(id: String, command: Command) -> Change {
    Change {
        id,
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command,
    }
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let reception = Reception::of(&Folder::at(&data), seat("set-up"));
        let asked = change(
            "set-up".to_owned(),
            Command::SetUp(SetUp {
                clinic: "石桥村卫生室".to_owned(),
                villages: vec![("石桥村".to_owned(), Some("529901103101".to_owned()))],
                doctor: DOCTOR.to_owned(),
                practice_day: None,
                store: [7; 16],
            }),
        );
        let password = Password::of(WORD);
        drop(reception.set_up(&asked, DOCTOR, &password).unwrap());
        let (_, key) = KeyRing::of(&data).open(DOCTOR, &password).unwrap();
        crate::support::secret(&folder.path().join("word"), WORD);
        Self { folder, key }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A command of the real binary, as the doctor.
    pub fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("cunyi"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("CUNYI_DATA", self.data())
            .env("CUNYI_PASSWORD_FILE", self.folder.path().join("word"));
        command
    }

    pub fn store(&self) -> Store {
        Store::open(&self.data().join("clinic.redb"), Some(&self.key)).unwrap()
    }
}

/// The requests of a journal: each with the entries it wrote. Only what is new is read.
#[derive(Default)]
pub struct Journal {
    read: u64,
    pub entries: BTreeMap<String, Vec<u64>>,
}

impl Journal {
    /// Reads on to the end.
    pub fn read_on(&mut self, store: &Store) {
        let snapshot = store.snapshot().unwrap();
        let head = snapshot.head().unwrap().seq;
        assert!(self.read <= head, "{} entries became {head}", self.read);
        for seq in self.read + 1..=head {
            let entry = snapshot.entry(seq).unwrap();
            self.entries.entry(entry.request).or_default().push(seq);
        }
        self.read = head;
    }

    pub const fn head(&self) -> u64 {
        self.read
    }
}
