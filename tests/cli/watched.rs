//! Who looked: what is noted, who may read it, what is hidden from whom, what only reads.

use std::{fs, process::Stdio, sync::Arc};

use cunyi::{
    desk::{
        Change, Command, Desk, Folder, Question, Reception, Reply, Seat, Stop,
        entrance::Password,
        reply::{LookTold, NumbersView},
    },
    domain::{
        clinic::Role,
        id::{PersonId, StaffId},
        looking::Way,
        refusal::{RecordRefusal, Refusal},
    },
};
use serde_json::Value as Json;

use super::{Standing, accounts::Sealed};
use crate::support::clinic::catalog;

/// A family with numbers of every kind; nobody has them.
const ROSTER: &str = "\
户编号,户主姓名,与户主关系,姓名,性别,身份证号,联系电话,组,家庭住址
001,张德福,户主,张德福,男,52990119560305009X,13800002211,3,大坪村3组12号
001,张德福,配偶,张秀英,女,529901195901120025,15400000321,3,大坪村3组12号
";
const ID_NO: &str = "52990119560305009X";
const PHONE: &str = "13800002211";
/// Every number of the family.
pub const NUMBERS: [&str; 4] = [ID_NO, "529901195901120025", PHONE, "15400000321"];

impl Sealed {
    /// A clinic with a family, a supervisor and a public-health worker.
    pub fn with_people() -> Self {
        let place = Self::new();
        let roster = place.data().with_file_name("花名册.csv");
        fs::write(&roster, ROSTER).unwrap();
        let line = format!("import {}", roster.display());
        let said = place.ask("first-word", &line);
        assert_eq!(said.json()["people"], 2, "{said:?}");
        fs::remove_file(roster).unwrap();
        for (name, role) in [("赵督导", "supervisor"), ("李小燕", "public-health")] {
            place.doctor(&format!("staff add {name} --role {role}"));
            let line = format!("staff password {name} --user 王建国");
            let said = place.give("first-word", &line, "another-word");
            assert_eq!(said.code, 0, "{said:?}");
        }
        place
    }

    pub fn doctor(&self, line: &str) -> Json {
        let said = self.ask("first-word", &format!("{line} --user 王建国"));
        assert_eq!(said.code, 0, "{said:?}");
        said.json()
    }

    /// The desk of a staff member, in this process; it stands on the day before.
    pub fn desk(&self, name: &str, word: &str) -> Desk {
        let seat = Seat {
            clock: Arc::new(Standing),
            catalog: catalog(),
            window: "test".to_owned(),
            today: None,
        };
        let reception = Reception::of(&Folder::at(self.data()), seat);
        reception.sign_in(name, &Password::of(word)).unwrap()
    }

    fn by(&self, name: &str, line: &str) -> super::Said {
        self.ask("another-word", &format!("{line} --user {name}"))
    }

    fn log(&self, line: &str) -> Vec<Json> {
        let log = self.doctor(format!("log {line}").trim_end());
        log["rows"].as_array().unwrap().clone()
    }
}

fn kinds(rows: &[Json]) -> Vec<String> {
    let told = rows.iter().map(|row| {
        let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text("kind"), text("what"), text("by_name"))
    });
    told.collect()
}

#[test]
fn who_looked_at_a_person_stands_in_the_log() {
    let place = Sealed::with_people();
    let before = place.log("").len();
    assert_eq!(place.by("李小燕", "show p1").code, 0);
    assert_eq!(place.by("李小燕", "show h1").code, 0);
    assert_eq!(place.by("李小燕", "search 张").code, 0);
    let out = place.data().with_file_name("people.csv");
    place.doctor(&format!("export people --out {}", out.display()));
    let rows = place.log("--person p1");
    let looks: Vec<String> = kinds(&rows)
        .into_iter()
        .filter(|row| row.starts_with("look"))
        .collect();
    // A list is no look; what the household shows of her is one at each of its members.
    assert_eq!(
        looks,
        [
            "look number 李小燕",
            "look number 李小燕",
            "look export 王建国"
        ]
    );
    let export = rows.last().unwrap();
    assert_eq!(export["handed_out"]["what"], "people");
    assert_eq!(export["handed_out"]["rows"], 2);
    assert_eq!(export["handed_out"]["format"], "csv");
    let all = place.log("");
    assert!(before < all.len());
    let told = kinds(&all);
    assert!(
        told.contains(&"sign_in opened 李小燕".to_owned()),
        "{told:?}"
    );
    assert!(told.contains(&"act import 王建国".to_owned()), "{told:?}");
    assert_eq!(place.log("--since 2099-12-31").len(), 0);
}

#[test]
fn the_log_is_asked_about_somebody_by_name() {
    let place = Sealed::with_people();
    assert_eq!(
        place.log("--person 张秀英").len(),
        place.log("--person p2").len()
    );
    let line = "log --person 张三 --user 王建国";
    assert_eq!(place.refused("first-word", line), "E-UNKNOWN");
}

#[test]
fn the_log_in_chinese_says_to_whom_and_what_was_handed_out() {
    let place = Sealed::with_people();
    let out = place.data().with_file_name("people.csv");
    place.doctor(&format!("export people --out {}", out.display()));
    let mut command = place.command("first-word");
    let out = command
        .args(["log", "--lang", "zh", "--user", "王建国"])
        .output();
    let log = String::from_utf8(out.unwrap().stdout).unwrap();
    assert!(log.contains("李小燕 公卫"), "{log}");
    assert!(log.contains("居民名册 2行 csv"), "{log}");
    // What was done begins in one column, whoever did it.
    let column = |line: &str| {
        line.chars()
            .take_while(|c| *c != '登' && *c != '导')
            .count()
    };
    let starts = log.lines().filter(|line| line.contains("登记了工作人员"));
    let starts: std::collections::BTreeSet<usize> = starts.map(column).collect();
    assert_eq!(starts.len(), 1, "{log}");
}

#[test]
fn a_wrong_password_stands_in_the_log_after_the_next_success() {
    let place = Sealed::with_people();
    let line = "search 张 --user 李小燕";
    assert_eq!(place.refused("other-word", line), "E-AUTH-PASSWORD");
    place.doctor("show p1");
    let told = kinds(&place.log(""));
    assert!(
        told.contains(&"sign_in wrong 李小燕".to_owned()),
        "{told:?}"
    );
}

#[test]
fn the_whole_log_is_for_whoever_answers_for_the_clinic() {
    let place = Sealed::with_people();
    assert_eq!(place.by("李小燕", "log").refused(), "E-ROLE");
    assert_eq!(place.by("李小燕", "log --person p1").code, 0);
    assert_eq!(place.by("赵督导", "log").code, 0);
}

#[test]
fn a_supervisor_sees_no_number_whole() {
    let place = Sealed::with_people();
    let shown = place.doctor("show p1").to_string();
    assert!(shown.contains(ID_NO) && shown.contains(PHONE));
    let out = place.data().with_file_name("seen.json");
    let export = format!("export people --replace --out {}", out.display());
    for line in [
        "show p1",
        "show h1",
        "search 张德福",
        "queue --all",
        &export,
    ] {
        let said = place.by("赵督导", line);
        assert_eq!(said.code, 0, "{said:?}");
        for number in [ID_NO, PHONE, "15400000321"] {
            assert!(!said.out.contains(number), "{line}: {}", said.out);
        }
    }
    let said = place.by("赵督导", "show p1");
    assert!(said.out.contains("529901********009X"), "{said:?}");
    assert!(said.out.contains("138****2211"), "{said:?}");
    let written = fs::read_to_string(&out).unwrap();
    assert!(written.contains("张秀英") && written.contains("529901********0025"));
    assert!(!written.contains(ID_NO) && !written.contains(PHONE));
    // Raw entries tell every number.
    let journal = format!("export journal --replace --out {}", out.display());
    assert_eq!(place.by("赵督导", &journal).refused(), "E-ROLE");
    // Found by the whole number all the same: whoever holds the paper may look it up.
    let said = place.by("赵督导", &format!("show {ID_NO}"));
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_roster_held_against_the_cards_shows_a_supervisor_none_of_them() {
    let place = Sealed::with_people();
    let roster = place.data().with_file_name("比对.csv");
    fs::write(&roster, ROSTER.replace(PHONE, "13811112222")).unwrap();
    let problems = place.data().with_file_name("问题.csv");
    let tail = format!("--dry-run --problems {}", problems.display());
    let line = format!("import {} {tail}", roster.display());
    assert_eq!(place.by("赵督导", &line).refused(), "E-ROLE");
    let reading = format!("--read-only {line} --user 王建国");
    assert_eq!(place.ask("first-word", &reading).refused(), "E-READ-ONLY");
    assert!(!problems.exists());
    let told = place.doctor(&line);
    assert_eq!(told["rows"], 2);
}

#[test]
fn read_only_changes_nothing_and_shows_no_number() {
    let place = Sealed::with_people();
    let head = place.doctor("check")["events"].as_u64().unwrap();
    let shown = place.doctor("show p1 --read-only").to_string();
    assert!(!shown.contains(ID_NO) && !shown.contains(PHONE));
    assert!(shown.contains("138****2211"));
    let wrong = [
        "staff add 钱七 --role doctor",
        "withdraw v1 --reason 错",
        "backup",
        "init --clinic 另一家 --village 村 --doctor 王建国",
        "demo",
    ];
    for line in wrong {
        let said = place.ask("first-word", &format!("{line} --read-only --user 王建国"));
        assert_ne!(said.code, 0, "{line}: {said:?}");
        assert!(
            ["只读", "--read-only", "v1"]
                .iter()
                .any(|word| said.err.contains(word)),
            "{line}: {said:?}"
        );
    }
    let after = place.doctor("check --read-only")["events"]
        .as_u64()
        .unwrap();
    // What the first line told of itself; nothing of those that only read.
    assert!(after <= head + 2, "{head} {after}");
    // A window that writes takes over who looked, by way of the side files.
    let rows = place.log("--person p1");
    let seen = |rows: &[Json]| rows.iter().filter(|row| row["kind"] == "look").count();
    let own = seen(&rows);
    place.doctor("staff add 周八 --role public-health");
    let rows = place.log("--person p1");
    assert_eq!((own, seen(&rows)), (0, 1), "{rows:?}");
    // Numbers were hidden: it was a record that was seen, no number.
    assert_eq!(rows.last().unwrap()["what"], "record");
}

#[test]
fn one_that_reads_sees_what_another_writes() {
    let place = Sealed::with_people();
    let before = place.doctor("search 张 --read-only")["rows"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(before, 2);
    place.doctor("staff add 吴九 --role doctor");
    let staff = place.doctor("staff list --read-only");
    let staff = staff["staff"].as_array().unwrap();
    assert!(staff.iter().any(|one| one["name"] == "吴九"));
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_only_and_looser_ones_are_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Sealed::with_people();
    place.doctor("backup");
    let said = place.ask("first-word", "check --user 王建国");
    assert!(!said.err.contains("chmod"), "{said:?}");
    let mut looked = 0;
    let mut folders = vec![place.data()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
            looked += 1;
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(8 < looked);
    let store = place.data().join("clinic.redb");
    fs::set_permissions(&store, fs::Permissions::from_mode(0o644)).unwrap();
    let said = place.ask("first-word", "check --user 王建国");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("clinic.redb") && said.err.contains("chmod -R go="));
}

#[test]
fn a_seat_without_surroundings_works_and_ignores_what_ssh_was_asked_for() {
    let place = Sealed::with_people();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("cunyi"));
    command
        .env_clear()
        .env("CUNYI_PASSWORD_FILE", place.word("another-word"))
        .env("SSH_ORIGINAL_COMMAND", "export people --out /tmp/x.csv; sh")
        .env("TERM", "dumb")
        .arg("--data")
        .arg(place.data())
        .args(["--read-only", "--user", "赵督导", "search", "张", "--json"])
        .stdin(Stdio::null());
    let said = super::Said::of(command.output().unwrap());
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.json()["rows"].as_array().unwrap().len(), 2);
    // Without a terminal there is no window, and no prompt to be stuck at.
    let mut bare = std::process::Command::new(assert_cmd::cargo::cargo_bin("cunyi"));
    bare.env_clear()
        .arg("--data")
        .arg(place.data())
        .args(["--read-only", "--user", "赵督导"])
        .stdin(Stdio::null());
    assert_eq!(super::Said::of(bare.output().unwrap()).code, 1);
}

#[test]
fn a_copy_shows_that_the_journal_was_cut_or_written_anew() {
    let place = Sealed::with_people();
    let aside = place.data().with_file_name("aside");
    let line = format!("backup --to {}", aside.display());
    let older = place.doctor(&line)["file"].as_str().unwrap().to_owned();
    place.doctor("staff add 周八 --role public-health");
    let newer = place.doctor("backup")["file"].as_str().unwrap().to_owned();
    let checked = place.doctor("check");
    assert_eq!(checked["other_copies"].as_array().unwrap().len(), 0);
    let kept = fs::read(&newer).unwrap();
    // A journal whose end is gone fits itself; only a copy that holds the end tells.
    let said = place.ask("first-word", &format!("restore {older} --user 王建国"));
    assert_eq!(said.code, 0, "{said:?}");
    // The copies of a day make room for the latest; this one lay on a stick.
    fs::write(&newer, kept).unwrap();
    let checked = place.doctor("check");
    assert_eq!(checked["ok"], true);
    assert_eq!(checked["other_copies"], serde_json::json!([newer]));
}

fn looks(desk: &Desk) -> Vec<LookTold> {
    match desk.answer(&Question::Looks(PersonId(1))).unwrap() {
        Reply::Looks(looks) => looks,
        other => panic!("{other:?}"),
    }
}

/// Entering a staff member is refused: this desk's clock stands a day before the last entry.
fn is_late(desk: &Desk) -> bool {
    let change = Change {
        id: "late".to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command: Command::AddStaff {
            name: "钱七".to_owned(),
            role: Role::Doctor,
        },
    };
    matches!(
        desk.change(&change),
        Err(Stop::Refused(Refusal::Record(RecordRefusal::Clock { .. })))
    )
}

#[test]
fn a_look_is_kept_wakes_no_window_and_moves_no_clock() {
    let place = Sealed::with_people();
    let desk = place.desk("王建国", "first-word");
    let head = || match desk.answer(&Question::Head).unwrap() {
        Reply::Head(head) => head,
        other => panic!("{other:?}"),
    };
    let (beat, before) = (desk.beat().unwrap(), head());
    assert!(is_late(&desk));
    for _ in 0..3 {
        desk.answer(&Question::Person(PersonId(1))).unwrap();
        desk.answer(&Question::Picture(PersonId(1))).unwrap();
    }
    // Collected, not committed one by one; a refused change takes none with it.
    assert_eq!((head(), looks(&desk).len()), (before, 0));
    assert!(is_late(&desk));
    desk.note_arrival().unwrap();
    let told: Vec<Way> = looks(&desk).iter().map(|look| look.way).collect();
    assert_eq!(told, [Way::Record]);
    // One entry of who came in, one of who looked; nobody else's window refreshes for them.
    assert_eq!((head(), desk.beat().unwrap()), (before + 2, beat));
    // The clock is compared with what somebody entered, not with who looked.
    assert!(is_late(&desk));
    assert_eq!(place.doctor("check")["ok"], true);
    // On leaving the rest is told.
    desk.answer(&Question::Household(cunyi::domain::id::HouseholdId(1)))
        .unwrap();
    drop(desk);
    let desk = place.desk("王建国", "first-word");
    assert_eq!(looks(&desk).len(), 2);
}

fn numbers(desk: &Desk) -> NumbersView {
    match desk.answer(&Question::Numbers(PersonId(1))).unwrap() {
        Reply::Numbers(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn full_numbers_are_asked_for_by_name_and_a_supervisor_gets_the_telephone() {
    let place = Sealed::with_people();
    let doctor = numbers(&place.desk("王建国", "first-word"));
    assert_eq!((doctor.id_no.as_str(), doctor.is_hidden), (ID_NO, false));
    let desk = place.desk("赵督导", "another-word");
    let supervisor = numbers(&desk);
    assert!(supervisor.is_hidden && !supervisor.id_no.contains(ID_NO));
    assert_eq!(supervisor.phones[0].1, PHONE);
    desk.note_arrival().unwrap();
    let by: Vec<(String, Way)> = looks(&desk)
        .into_iter()
        .map(|look| (look.by, look.way))
        .collect();
    assert_eq!(
        by,
        [
            ("赵督导".to_owned(), Way::Number),
            ("王建国".to_owned(), Way::Number)
        ]
    );
}
