//! The real binary: what it prints, how it refuses, and its exit codes.

pub mod accounts;
mod agreements;
mod basics;
mod beside;
mod copies;
mod entries;
#[cfg(unix)]
mod kills;
mod lost;
mod papers;
mod plain;
mod questions;
mod records;
mod restoring;
mod sealing;
mod settings;
mod together;
mod watched;

use std::{path::PathBuf, process::Output, sync::Arc};

use assert_cmd::Command;
use cunyi::{
    desk::{
        Change, Command as Asked, Desk, Folder, Reply, Request, Seat,
        request::{NewHousehold, NewPerson},
    },
    domain::{
        clock::Clock,
        household::MoveReason,
        id::{PersonId, StaffId, VillageId},
        value::{Answers, Value},
    },
};
use serde_json::Value as Json;

use crate::support::clinic::{catalog, day};

/// The day the practice clinic lives on.
const TODAY: &str = "2026-11-21";

/// A data folder for the binary.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What the binary said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Its one JSON document.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// The code of a refusal told as JSON.
    pub fn refused(&self) -> String {
        assert_eq!(self.code, 1, "{self:?}");
        self.json()["refused"]["code"].as_str().unwrap().to_owned()
    }
}

/// A clock that stands at 2026-11-21, 10:00 in China.
struct Standing;

impl Clock for Standing {
    fn now(&self) -> i64 {
        1_795_226_400_000
    }
}

impl Place {
    /// An empty folder: nothing set up.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        crate::support::secret(&folder.path().join("password.txt"), "tian-qi-hao");
        Self { folder }
    }

    /// A practice clinic, set up by the binary.
    pub fn new() -> Self {
        let place = Self::empty();
        let said = place.run(&[
            "init",
            "--clinic",
            "石桥村卫生室",
            "--village",
            "石桥村=529901103101",
            "--doctor",
            "王建国",
            "--practice",
            "--today",
            TODAY,
        ]);
        assert_eq!(said.code, 0, "{said:?}");
        place
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A command on this folder, in Chinese, knowing nothing of the computer it runs on.
    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("cunyi").unwrap();
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("CUNYI_DATA", self.data())
            .env(
                "CUNYI_PASSWORD_FILE",
                self.folder.path().join("password.txt"),
            );
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command().args(arguments).output().unwrap())
    }

    /// Runs a line split at spaces, with `--json`.
    pub fn ask(&self, line: &str) -> Said {
        let mut arguments: Vec<&str> = line.split(' ').collect();
        arguments.push("--json");
        self.run(&arguments)
    }

    /// A window on this folder in a terminal of its own, on its first screen.
    #[cfg(unix)]
    pub fn window(&self, user: &str) -> crate::support::pty::Pty {
        let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_cunyi"));
        command.args(["--data", self.data().to_str().unwrap(), "--user", user]);
        command.args(["--lang", "zh"]);
        let pty = crate::support::pty::Pty::start(command);
        pty.wait_for("应访");
        pty
    }

    /// The desk of this folder, in this process.
    pub fn desk(&self) -> Desk {
        let folder = Folder::at(self.data());
        let seat = Seat {
            clock: Arc::new(Standing),
            catalog: catalog(),
            window: "test".to_owned(),
            today: None,
        };
        Desk::open(&folder, None, seat).unwrap()
    }

    /// A household of one in group 3.
    pub fn person(&self, name: &str, birth: &str) -> PersonId {
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
        let change = Change {
            id: format!("person {name} {birth}"),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command: Asked::AddHousehold(NewHousehold {
                village: VillageId(1),
                outside_no: None,
                card: home,
                members: vec![person],
            }),
        };
        match self.desk().ask(&Request::Change(Box::new(change))).unwrap() {
            Reply::Done(done) => done.people[0],
            other => panic!("{other:?}"),
        }
    }

    /// A hypertensive person, enrolled on 2026-08-01: `p1` where it is the first.
    pub fn patient(&self) -> PersonId {
        let person = self.person("李国强", "1968-02-01");
        let said = self.ask(&format!("enrol {person} htn --date 2026-08-01"));
        assert_eq!(said.code, 0, "{said:?}");
        person
    }

    /// Another one.
    pub fn patient_two(&self) -> PersonId {
        let person = self.person("王桂兰", "1955-05-06");
        let said = self.ask(&format!("enrol {person} htn --date 2026-08-01"));
        assert_eq!(said.code, 0, "{said:?}");
        person
    }
}

/// Every answer F01 asks for at a stable visit, as `--set` arguments.
pub fn f01(sbp: &str, dbp: &str) -> Vec<String> {
    let answers = [
        "mode=1",
        "symptoms=1",
        "heart_rate=74",
        "weight=66.5",
        "smoke=0",
        "drink=0",
        "ex_freq=3",
        "ex_min=30",
        "salt=1",
        "psych=1",
        "compliance_behaviour=1",
        "adherence=1",
        "adr=1",
        "compl=1",
    ];
    let mut said = vec![
        "--set".into(),
        format!("sbp={sbp}"),
        "--set".into(),
        format!("dbp={dbp}"),
    ];
    for answer in answers {
        said.push("--set".to_owned());
        said.push(answer.to_owned());
    }
    said
}

/// The arguments of a whole visit on F01.
pub fn visit(person: PersonId, date: &str, sbp: &str, dbp: &str) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "visit",
        &person.to_string(),
        "--form",
        "F01",
        "--date",
        date,
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.extend(f01(sbp, dbp));
    arguments.push("--json".to_owned());
    arguments
}

/// Runs owned arguments.
pub fn run(place: &Place, arguments: &[String]) -> Said {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    place.run(&arguments)
}
