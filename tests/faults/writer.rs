//! A window's worth of scripted work, in a process of its own: this test binary started again.
//! Every answer is a line, told once the change is acknowledged.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use cunyi::{
    desk::{Command as Asked, Desk, Question, Reply, Stop, reply::Done, request::ContactDraft},
    domain::{
        aspect::{Aspect, Seen},
        course::happening::{Enrolled, Happening},
        id::{HouseholdId, PersonId},
        programmes::ProgrammeKind,
        value::{Answers, Value},
    },
};

use super::place::{ago, change, household, sign_in};
use crate::support::clinic::visit;

/// Where the process is told what to do: `folder|name|first|milliseconds`.
const ORDERS: &str = "CUNYI_TEST_WRITER";

/// What a writer is to do.
#[derive(Debug, Clone)]
pub struct Orders<'o> {
    pub folder: &'o Path,
    /// Begins the ids of its requests.
    pub name: &'o str,
    /// The number of its first request.
    pub first: u64,
    /// How long it goes on; for ever, until it is killed, where nothing is said.
    pub lasts: Option<Duration>,
}

impl Orders<'_> {
    /// Starts a process that follows them.
    pub fn start(&self) -> Child {
        let lasts = self.lasts.map_or(u128::MAX, |lasts| lasts.as_millis());
        let folder = self.folder.to_str().unwrap();
        Command::new(std::env::current_exe().unwrap())
            .args(["faults::writer::writer", "--exact", "--nocapture"])
            .env(
                ORDERS,
                format!("{folder}|{}|{}|{lasts}", self.name, self.first),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

/// What a writer said of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It came in.
    Open,
    /// The request with this number is saved, and how long that took.
    Saved {
        number: u64,
        seq: u64,
        took: Duration,
    },
    /// The rules said no.
    Refused { number: u64, code: String },
    /// The disk or the lock.
    Failed { what: String },
}

/// Reads a whole line of a writer's; lines of the test harness say nothing.
pub fn said(line: &str) -> Option<Said> {
    // The harness may have begun the line.
    let (_, told) = line.split_once("§ ")?;
    let told = told.strip_suffix(" §")?;
    let words: Vec<&str> = told.split(' ').collect();
    let number = |at: usize| words[at].parse::<u64>().unwrap();
    Some(match words[0] {
        "open" => Said::Open,
        "saved" => Said::Saved {
            number: number(1),
            seq: number(2),
            took: Duration::from_micros(number(3)),
        },
        "refused" => Said::Refused {
            number: number(1),
            code: words[2].to_owned(),
        },
        _ => Said::Failed {
            what: told.to_owned(),
        },
    })
}

/// The writer itself, in the process that `start` starts; nothing otherwise.
#[test]
fn writer() {
    let Ok(orders) = std::env::var(ORDERS) else {
        return;
    };
    let parts: Vec<&str> = orders.split('|').collect();
    let (folder, name) = (Path::new(parts[0]), parts[1]);
    let first: u64 = parts[2].parse().unwrap();
    let lasts: u128 = parts[3].parse().unwrap();
    let desk = sign_in(folder, &format!("{name}-{first}"));
    println!("§ open §");
    let begun = Instant::now();
    for number in first.. {
        if lasts <= begun.elapsed().as_millis() {
            return;
        }
        step(&desk, name, number);
    }
}

fn step(desk: &Desk, name: &str, number: u64) {
    let id = format!("{name}/{number}");
    let begun = Instant::now();
    let answer = match number % 8 {
        4..=6 => count(desk, id, HouseholdId(1 + number % COUNTING)),
        _ => desk.change(&change(id, script(name, number))),
    };
    match answer {
        Ok(done) => {
            let took = begun.elapsed().as_micros();
            println!("§ saved {number} {} {took} §", done.seq);
        }
        Err(Stop::Refused(refusal)) => println!("§ refused {number} {} §", refusal.code()),
        Err(Stop::Failed(error)) => println!("§ failed {number} {error} §"),
    }
}

/// How many people the visits of the script go round; each is a household of their own.
pub const PEOPLE: u64 = 24;
/// The households on whose cards the windows count together.
pub const COUNTING: u64 = 4;

/// What request `number` asks for. Several writers meet at the same people; those called `c…`
/// undo nothing.
fn script(name: &str, number: u64) -> Asked {
    let person = PersonId(1 + number % PEOPLE);
    let turn = number / 8;
    match number % 8 {
        0 => {
            let names = ["赵大海", "陈玉珍", "周国民", "刘德才"];
            household(names[usize::try_from(turn % 4).unwrap()])
        }
        1 => Asked::MarkRound {
            people: vec![person],
            on: turn.is_multiple_of(2),
        },
        2 if !name.starts_with('c') => Asked::Undo,
        2 | 3 => Asked::RenameClinic {
            name: format!("石桥村卫生室{name}-{number}"),
        },
        _ => {
            let date = ago(i64::try_from(turn % 90).unwrap()).to_string();
            let sbp = 120 + i64::try_from(number % 40).unwrap();
            Asked::RecordContact(Box::new(visit(person, &date, sbp, 82)))
        }
    }
}

/// Reads the number on a household's card and writes the next: where another window was
/// quicker it is a conflict, and no number is written twice.
fn count(desk: &Desk, id: String, household: HouseholdId) -> Result<Done, Stop> {
    let Reply::Household(view) = desk.answer(&Question::Household(household))? else {
        panic!("no household");
    };
    let mut card = view.household.card.clone();
    let next = counted(&card) + 1;
    card.insert("address".into(), Value::Text(format!("{next}号")));
    let command = Asked::ChangeHousehold { household, card };
    let mut asked = change(id, command);
    let own = |seen: &Seen| seen.aspect == Aspect::HouseholdCard(household);
    asked.seen = view.seen.iter().copied().filter(own).collect();
    assert_eq!(asked.seen.len(), 1);
    desk.change(&asked)
}

/// The number on a household's card.
pub fn counted(card: &Answers) -> u64 {
    let text = card.get("address").and_then(Value::text);
    text.map_or(0, |text| text.trim_end_matches('号').parse().unwrap())
}

/// The people the script visits, founded and enrolled.
pub fn found(folder: &Path) {
    let desk = sign_in(folder, "founding");
    for number in 1..=PEOPLE {
        let done = desk.change(&change(format!("found/{number}"), household("李国强")));
        let person = done.unwrap().people[0];
        assert_eq!(person, PersonId(number));
        let mut draft = ContactDraft::about(person, ago(100));
        draft.happening = Some(Happening::Enrolled(Enrolled::in_programme(
            ProgrammeKind::Htn,
        )));
        let enrol = Asked::RecordContact(Box::new(draft));
        desk.change(&change(format!("enrol/{number}"), enrol))
            .unwrap();
    }
}
