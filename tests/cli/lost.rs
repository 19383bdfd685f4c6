//! Data that are lost: brought back from copies and the tail, with a report of what is missing.
//! And copies the program makes by itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command as Process,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use cunyi::{
    desk::{
        Change, Command, Desk, Folder, Reception, Reply, Request, Seat,
        copying::Plan,
        entrance::Password,
        keeping::Occasion,
        request::{NewHousehold, NewPerson},
    },
    domain::{
        clinic::Role,
        clock::Clock,
        copies::CopyNews,
        household::MoveReason,
        id::{StaffId, VillageId},
        value::Value,
    },
    store::{
        backup::{Backups, Tail},
        seal::KeyRing,
    },
};

use super::{Said, accounts::Sealed};
use crate::support::{
    clinic::catalog,
    kill::{KILLS, Moments},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// This computer's clock, set forward.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> i64 {
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
        i64::try_from(since.as_millis()).unwrap() + self.0.load(Ordering::Relaxed)
    }
}

/// A clinic with a desk in this process.
struct Clinic {
    place: Sealed,
    clock: Arc<Ahead>,
    desk: Option<Desk>,
    made: u32,
}

impl Clinic {
    fn new() -> Self {
        let mut clinic = Self {
            place: Sealed::new(),
            clock: Arc::default(),
            desk: None,
            made: 0,
        };
        clinic.open();
        clinic
    }

    fn folder(&self) -> Folder {
        Folder::at(self.place.data())
    }

    fn plan(&self) -> Plan {
        Plan::of(&self.folder())
    }

    fn seat(&self) -> Seat {
        Seat {
            clock: self.clock.clone(),
            catalog: catalog(),
            window: "test".to_owned(),
            today: None,
        }
    }

    fn open(&mut self) {
        let reception = Reception::of(&self.folder(), self.seat());
        let desk = reception.sign_in("王建国", &Password::of("first-word"));
        self.desk = Some(desk.unwrap().keeping(self.plan()));
    }

    fn desk(&self) -> &Desk {
        self.desk.as_ref().unwrap()
    }

    /// Saves so many entries.
    fn write(&mut self, entries: u32) {
        for _ in 0..entries {
            self.made += 1;
            let name = format!("员工{}", self.made);
            let role = Role::PublicHealth;
            self.change(Command::AddStaff { name, role });
        }
    }

    fn change(&self, command: Command) {
        self.change_as(&format!("{}-{}", self.made, self.clock.now()), command);
    }

    fn change_as(&self, id: &str, command: Command) {
        let change = Change {
            id: id.to_owned(),
            by: StaffId(1),
            seen: Vec::new(),
            date_is: None,
            command,
        };
        let reply = self.desk().ask(&Request::Change(Box::new(change)));
        assert!(matches!(reply, Ok(Reply::Done(_))), "{reply:?}");
    }

    fn back_up(&self) -> PathBuf {
        let made = self.desk().back_up_as_planned(&self.plan(), |_| true);
        made.unwrap().0.path
    }

    fn tomorrow(&self) {
        self.clock.0.fetch_add(DAY, Ordering::Relaxed);
    }

    fn head(&self) -> u64 {
        self.desk().beat().unwrap().0
    }

    fn copies(&self) -> usize {
        let all = Backups::of(&self.folder().backups()).all(None);
        all.unwrap().len()
    }

    /// Loses database and keys; whoever had them open has gone.
    fn lose(&mut self) {
        self.desk = None;
        for lost in ["clinic.redb", "keys.toml", "keys.previous.toml"] {
            // The keys before are there only once a password changed.
            let _ = fs::remove_file(self.place.data().join(lost));
        }
    }

    fn restore(&self) -> Said {
        self.place.ask("first-word", "restore --user 王建国")
    }

    fn tail(&self) -> PathBuf {
        self.folder().tail()
    }

    fn staff(&self) -> usize {
        let said = self.place.ask("first-word", "staff list");
        said.json()["staff"].as_array().unwrap().len()
    }

    fn is_whole(&self) {
        let said = self.place.ask("first-word", "check");
        assert_eq!(
            (said.code, &said.json()["ok"]),
            (0, &true.into()),
            "{said:?}"
        );
    }
}

#[test]
fn a_thousand_entries_come_back_without_database_and_keys() {
    let mut clinic = Clinic::new();
    clinic.write(600);
    clinic.back_up();
    clinic.write(400);
    let head = clinic.head();
    clinic.lose();
    // Nothing new is set up where copies tell that something stood.
    let said = clinic.place.ask("first-word", "check");
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("cunyi restore --user 王建国"), "{said:?}");
    let said = clinic.restore();
    let json = said.json();
    assert_eq!((said.code, &json["events"]), (0, &head.into()), "{said:?}");
    // The note of the copy came from the tail too.
    assert_eq!(json["from_tail"], 401);
    assert_eq!(json["missing"], serde_json::json!([]));
    assert_eq!(clinic.staff(), 1001);
    clinic.is_whole();
    // The tail goes on: lost once more, all of it is there again.
    clinic.open();
    clinic.write(1);
    let head = clinic.head();
    clinic.lose();
    assert_eq!(clinic.restore().json()["events"], head);
}

#[test]
fn what_did_not_reach_the_disk_is_missing_and_the_report_says_from_when() {
    let mut clinic = Clinic::new();
    clinic.write(20);
    let copy = clinic.back_up();
    let copied = fs::read(&copy).unwrap();
    clinic.write(5);
    let flushed = fs::read(clinic.tail()).unwrap();
    let head = clinic.head();
    clinic.write(3);
    let whole = fs::read(clinic.tail()).unwrap();
    clinic.lose();
    // A power cut: the last three lay with the system only.
    fs::write(clinic.tail(), &flushed).unwrap();
    let command = |json: bool| {
        let mut command = clinic.place.command("first-word");
        command.args(["restore", "--user", "王建国"]);
        if json {
            command.arg("--json");
        }
        Said::of(command.output().unwrap())
    };
    let said = command(false);
    let told = format!("最后一条是第{head}条");
    assert!(
        said.out.contains(&told) && said.out.contains("两秒"),
        "{said:?}"
    );
    // Torn in the middle of one: its number is not known, that it was there is. What came back was
    // copied at once, which did not happen here.
    for kept in Backups::of(&clinic.folder().backups()).all(None).unwrap() {
        fs::remove_file(kept.path).unwrap();
    }
    fs::write(&copy, copied).unwrap();
    fs::remove_file(clinic.place.data().join("clinic.redb")).unwrap();
    fs::write(clinic.tail(), &whole[..flushed.len() + 30]).unwrap();
    let json = command(true).json();
    assert_eq!(
        (&json["events"], &json["unreadable"]),
        (&head.into(), &1.into())
    );
}

#[test]
fn a_damaged_copy_is_passed_over_and_the_tail_makes_up_for_it() {
    let mut clinic = Clinic::new();
    clinic.write(10);
    let before = clinic.back_up();
    clinic.tomorrow();
    clinic.write(10);
    let newest = clinic.back_up();
    clinic.write(10);
    let head = clinic.head();
    assert_eq!(clinic.copies(), 2);
    clinic.lose();
    damage(&newest);
    let said = clinic.restore();
    let json = said.json();
    assert_eq!((said.code, &json["events"]), (0, &head.into()), "{said:?}");
    assert_eq!(json["file"], before.display().to_string());
    assert_eq!(json["damaged"][0], newest.display().to_string());
    clinic.is_whole();
    assert_eq!(clinic.copies(), 1, "a damaged copy passes for none");
}

#[test]
fn without_any_whole_copy_the_first_days_come_back_from_the_tail() {
    let mut clinic = Clinic::new();
    clinic.write(10);
    let only = clinic.back_up();
    clinic.write(5);
    let head = clinic.head();
    clinic.desk = None;
    fs::remove_file(clinic.place.data().join("clinic.redb")).unwrap();
    damage(&only);
    let said = clinic.restore();
    let json = said.json();
    assert_eq!((said.code, &json["events"]), (0, &head.into()), "{said:?}");
    assert_eq!(json["file"], serde_json::Value::Null);
    clinic.is_whole();
}

#[test]
fn what_a_damaged_tail_cannot_join_is_listed() {
    let mut clinic = Clinic::new();
    clinic.write(10);
    clinic.back_up();
    clinic.write(2);
    let first = fs::metadata(clinic.tail()).unwrap().len();
    clinic.write(4);
    let head = clinic.head();
    clinic.lose();
    let mut bytes = fs::read(clinic.tail()).unwrap();
    let at = usize::try_from(first).unwrap() + 60;
    bytes[at] ^= 1;
    fs::write(clinic.tail(), &bytes).unwrap();
    let said = clinic.restore();
    let json = said.json();
    assert_eq!(json["events"], head - 4, "{said:?}");
    assert_eq!(
        json["missing"],
        serde_json::json!([{"from": head - 3, "to": head - 3}])
    );
    let loose = json["not_joined"].as_array().unwrap();
    let numbers: Vec<u64> = loose
        .iter()
        .map(|one| one["event"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [head - 2, head - 1, head]);
    assert_eq!(loose[0]["by"], "王建国");
    clinic.is_whole();
    // What did not join is not thrown away with the next entry.
    clinic.open();
    clinic.write(1);
    let aside = clinic.tail().with_extension("aside-1");
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn two_processes_append_whole_records_to_one_tail() {
    let place = Sealed::new();
    let word = place.word("first-word");
    let add = |name: &str| {
        let mut command = Process::new(assert_cmd::cargo::cargo_bin!("cunyi"));
        command
            .args(["staff", "add", name, "--role", "public-health"])
            .env_clear()
            .env("HOME", place.data())
            .env("CUNYI_DATA", place.data())
            .env("CUNYI_PASSWORD_FILE", &word);
        let said = command.output().unwrap();
        assert!(said.status.success(), "{said:?}");
    };
    std::thread::scope(|scope| {
        for hand in 0..2 {
            let add = &add;
            scope.spawn(move || (0..6).for_each(|turn| add(&format!("员工{hand}-{turn}"))));
        }
    });
    let folder = Folder::at(place.data());
    let ring = KeyRing::of(&place.data());
    let (_, key) = ring.open("王建国", &Password::of("first-word")).unwrap();
    let found = Tail::at(&folder.tail(), &key).found().unwrap();
    let numbers: Vec<u64> = found.entries.keys().copied().collect();
    let last = *numbers.last().unwrap();
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
    assert!(12 < last && found.unreadable == 0, "{last}");
}

#[test]
fn a_folder_of_copies_that_cannot_be_written_hurts_no_save() {
    let place = Sealed::new();
    let backups = place.data().join("backups");
    fs::remove_dir_all(&backups).unwrap();
    fs::write(&backups, "no folder").unwrap();
    let said = place.ask("first-word", "staff add 李敏 --role public-health");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.err.matches("流水备份").count(), 1, "{said:?}");
    fs::remove_file(&backups).unwrap();
    let said = place.ask("first-word", "staff add 张伟 --role public-health");
    assert!(said.err.is_empty(), "{said:?}");
}

#[test]
fn a_copy_is_due_once_a_day_and_on_leaving_where_something_was_written() {
    let mut clinic = Clinic::new();
    let due = |clinic: &Clinic, occasion| {
        let before = newest(clinic);
        let news = clinic.desk().copy_where_due(occasion, |_| true);
        assert_eq!(news.unwrap(), None);
        before != newest(clinic)
    };
    assert!(due(&clinic, Occasion::Working), "there was none");
    assert!(
        !due(&clinic, Occasion::Leaving),
        "nothing was written since"
    );
    clinic.write(1);
    assert!(!due(&clinic, Occasion::Working), "today has one");
    assert!(due(&clinic, Occasion::Leaving));
    clinic.tomorrow();
    assert!(
        !due(&clinic, Occasion::Working),
        "nothing was written since"
    );
    clinic.write(1);
    let backups = Backups::of(&clinic.folder().backups());
    let held = backups.hold().unwrap();
    assert!(!due(&clinic, Occasion::Working), "another process copies");
    drop(held);
    assert!(due(&clinic, Occasion::Working));
    clinic.clock.0.fetch_add(60 * DAY, Ordering::Relaxed);
    let news = clinic.desk().copy_where_due(Occasion::Leaving, |_| true);
    assert_eq!(news.unwrap(), None, "nothing was written since");
}

#[test]
fn saves_go_on_while_copies_are_made_and_every_copy_is_whole() {
    let mut clinic = Clinic::new();
    clinic.write(300);
    let mut alone = Vec::new();
    let mut beside = Vec::new();
    for turn in 0..30 {
        alone.push(saved_in(&clinic, 10_000 + turn));
    }
    let (plan, head) = (clinic.plan(), clinic.head());
    std::thread::scope(|scope| {
        let copier = scope.spawn(|| {
            for _ in 0..5 {
                let made = clinic.desk().back_up_as_planned(&plan, |_| true);
                assert!(head <= made.unwrap().0.head);
            }
        });
        let mut turn = 20_000;
        while !copier.is_finished() {
            turn += 1;
            beside.push(saved_in(&clinic, turn));
        }
        copier.join().unwrap();
    });
    let longest = |saves: &[Duration]| saves.iter().max().copied();
    println!(
        "longest save alone {:?}, beside a copy {:?}",
        longest(&alone),
        longest(&beside)
    );
    assert!(!beside.is_empty());
    // All of it comes back from the copies and the tail.
    let head = clinic.head();
    clinic.lose();
    assert_eq!(clinic.restore().json()["events"], head);
}

/// Saves one entry and returns how long that took.
fn saved_in(clinic: &Clinic, number: u32) -> Duration {
    let begun = Instant::now();
    clinic.change_as(
        &format!("beside {number}"),
        Command::AddStaff {
            name: format!("员工{number}"),
            role: Role::PublicHealth,
        },
    );
    begun.elapsed()
}

#[test]
fn a_copy_that_fails_is_told_at_the_next_start_until_one_goes_well() {
    let mut clinic = Clinic::new();
    clinic.write(1);
    let backups = clinic.folder().backups();
    let plan = Plan {
        absent_days: 3,
        ..clinic.plan()
    };
    // Where the lock is to be stands a folder.
    clinic.desk = clinic.desk.take().map(|desk| desk.keeping(plan));
    fs::remove_file(backups.join("copying.lock")).ok();
    fs::create_dir(backups.join("copying.lock")).unwrap();
    let news = clinic.desk().copy_where_due(Occasion::Working, |_| true);
    let failed = news.unwrap().unwrap();
    assert!(matches!(failed, CopyNews::NotMade { .. }), "{failed:?}");
    assert_eq!(clinic.desk().copy_news(), [failed]);
    fs::remove_dir(backups.join("copying.lock")).unwrap();
    let news = clinic.desk().copy_where_due(Occasion::Working, |_| true);
    assert_eq!((news.unwrap(), clinic.copies()), (None, 1));
    assert_eq!(clinic.desk().copy_news(), []);
}

#[test]
fn the_second_folder_gets_every_copy_and_is_missed_when_it_is_long_away() {
    let mut clinic = Clinic::new();
    let stick = tempfile::tempdir().unwrap();
    let second = stick.path().join("村医备份");
    let plan = Plan {
        second: Some(second.clone()),
        ..clinic.plan()
    };
    clinic.desk = clinic.desk.take().map(|desk| desk.keeping(plan));
    let look = |clinic: &Clinic| {
        let news = clinic.desk().copy_where_due(Occasion::Leaving, |_| true);
        news.unwrap()
    };
    clinic.write(1);
    assert_eq!(look(&clinic), None);
    assert!(
        !second.exists(),
        "a folder of a stick that is away is not made up"
    );
    for _ in 0..7 {
        clinic.tomorrow();
    }
    clinic.write(1);
    let absent = CopyNews::SecondAbsent {
        place: second.display().to_string(),
        days: 7,
    };
    assert_eq!(look(&clinic), Some(absent.clone()));
    assert_eq!(clinic.desk().copy_news(), [absent]);
    // Plugged in, it gets the newest at the next look, with nothing new to copy.
    fs::create_dir(&second).unwrap();
    assert_eq!(look(&clinic), None);
    let there = Backups::of(&second).all(None).unwrap();
    assert_eq!(there.len(), 1);
    assert_eq!(
        there[0].facts.head,
        Backups::of(&clinic.folder().backups())
            .all(None)
            .unwrap()
            .pop()
            .unwrap()
            .facts
            .head
    );
    // A store that is lost comes back from there.
    let head = clinic.head();
    clinic.lose();
    fs::remove_dir_all(clinic.folder().backups()).unwrap();
    let config = format!("[backup]\nsecond = \"{}\"\n", second.display());
    fs::write(clinic.place.data().join("config.toml"), config).unwrap();
    let said = clinic.restore();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.json()["events"].as_u64().unwrap() <= head);
    clinic.is_whole();
}

#[test]
fn undo_takes_back_what_was_saved_before_a_copy() {
    let mut clinic = Clinic::new();
    clinic.write(1);
    let card = NewPerson {
        card: [
            ("name".to_owned(), Value::Text("李国强".to_owned())),
            ("sex".to_owned(), Value::Code("1".to_owned())),
            (
                "birth".to_owned(),
                Value::Date("1968-02-01".parse().unwrap()),
            ),
        ]
        .into(),
        relation: 0,
        relation_word: "户主".to_owned(),
        joined_by: MoveReason::MovedIn,
        from: "2020-01-01".parse().unwrap(),
        told: None,
    };
    clinic.change(Command::AddHousehold(NewHousehold {
        village: VillageId(1),
        outside_no: None,
        card: [("group".to_owned(), Value::Text("3".to_owned()))].into(),
        members: vec![card],
    }));
    clinic.back_up();
    clinic.made += 1;
    // Refused, it would name the copy.
    clinic.change(Command::Undo);
}

#[cfg(unix)]
#[test]
fn a_killed_copy_leaves_none_that_is_half() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut clinic = Clinic::new();
    clinic.write(300);
    let command = || {
        let mut command = Process::new(assert_cmd::cargo::cargo_bin!("cunyi"));
        command
            .args(["backup", "--json"])
            .env_clear()
            .env("HOME", clinic.place.data())
            .env("CUNYI_DATA", clinic.place.data())
            .env("CUNYI_PASSWORD_FILE", clinic.place.word("first-word"));
        command
    };
    let mut moments = Moments::new(7);
    let whole = moments.whole(command());
    assert!(whole.status.success(), "{whole:?}");
    while moments.go_on() {
        moments.strike(command());
        let all = Backups::of(&clinic.folder().backups()).all(None).unwrap();
        for kept in all {
            let plan = clinic.plan();
            let drilled = clinic
                .desk()
                .drill(&plan.folder, &Folder::at(&plan.scratch), |_| true);
            assert_eq!(drilled.unwrap().faults, Vec::<String>::new());
            assert_eq!(kept.path.extension().unwrap(), "cunyi");
        }
    }
    assert!(KILLS <= moments.struck);
    clinic.back_up();
    for entry in fs::read_dir(clinic.folder().backups()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(entry.path().extension() != Some("new".as_ref()), "{name}");
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

fn newest(clinic: &Clinic) -> Option<PathBuf> {
    let all = Backups::of(&clinic.folder().backups()).all(None);
    all.unwrap().pop().map(|kept| kept.path)
}

/// Changes a byte of what a copy holds.
fn damage(copy: &Path) {
    let mut bytes = fs::read(copy).unwrap();
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    fs::write(copy, bytes).unwrap();
}
