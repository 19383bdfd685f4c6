//! Data of before there were passwords are sealed as a whole, and a kill at any moment leaves them
//! as they were or sealed.

use std::{fs, path::Path, process::Command as Process, sync::Arc};

use cunyi::{
    desk::{
        Change, Command, Desk, Folder, Reception, Reply, Request, Seat, Standing, Stop,
        entrance::Password, request::SetUp,
    },
    domain::{
        clinic::Role,
        clock::{self, Clock},
        day::Day,
        id::StaffId,
    },
    store::{
        Draft, Drafts, Error, Store,
        drafts::kind,
        seal::{DataKey, Recovery},
    },
};

use super::Said;
use crate::support::{
    clinic::catalog,
    kill::{KILLS, Moments},
};

/// This computer's clock.
struct Wall;

impl Clock for Wall {
    fn now(&self) -> clock::Moment {
        let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        i64::try_from(since.as_millis()).unwrap()
    }
}

fn seat() -> Seat {
    Seat {
        clock: Arc::new(Wall),
        catalog: catalog(),
        window: "test".to_owned(),
        today: None,
    }
}

fn change(desk: &Desk, id: &str, command: Command) -> Result<Reply, Stop> {
    desk.ask(&Request::Change(Box::new(Change {
        id: id.to_owned(),
        by: StaffId(1),
        seen: Vec::new(),
        date_is: None,
        command,
    })))
}

fn add(desk: &Desk, name: &str) -> Result<Reply, Stop> {
    let role = Role::PublicHealth;
    let name = name.to_owned();
    change(
        desk,
        &format!("add {name}"),
        Command::AddStaff { name, role },
    )
}

/// A real clinic whose data lie plain, with so many staff besides the doctor.
pub fn plain(at: &Path, staff: u32) -> Desk {
    let desk = Desk::create(&Folder::at(at), seat()).unwrap();
    let set_up = SetUp {
        clinic: "石桥村卫生室".to_owned(),
        villages: vec![("石桥村".to_owned(), None)],
        doctor: "王建国".to_owned(),
        practice_day: None,
        store: [7; 16],
    };
    change(&desk, "set up", Command::SetUp(set_up)).unwrap();
    for number in 1..=staff {
        add(&desk, &format!("员工{number}")).unwrap();
    }
    desk
}

#[test]
fn a_second_sealing_never_removes_what_the_first_built() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    drop(plain(&data, 3));
    let folder = Folder::at(&data);
    // Killed between giving the plain store up and the renames.
    let sealing = folder.sealing();
    sealing.create().unwrap();
    let (key, word) = (DataKey::random().unwrap(), Password::of("first-word"));
    let code = Recovery::random().unwrap();
    let ring = sealing.keys();
    ring.create(&key, StaffId(1), "王建国", &word, &code)
        .unwrap();
    let sealed = Store::open(&sealing.database(), Some(&key)).unwrap();
    let store = Store::open(&folder.database(), None).unwrap();
    let ready = || folder.note_ready();
    store.seal_into(&sealed, ready, &mut |_| true).unwrap();
    drop((store, sealed));
    let reception = Reception::of(&folder, seat());
    let again = reception.seal("王建国", &Password::of("other-word"), &mut |_| true);
    assert!(matches!(again, Err(Stop::Failed(Error::Sealed(_)))));
    let desk = reception.sign_in("王建国", &word).unwrap();
    assert!(4 <= desk.beat().unwrap().0);
}

fn command(data: &Path, arguments: &str) -> Process {
    let word = data.with_extension("word");
    crate::support::secret(&word, "first-word");
    let mut command = Process::new(assert_cmd::cargo::cargo_bin!("cunyi"));
    command
        .args(arguments.split(' '))
        .arg("--json")
        .env_clear()
        .env("HOME", data)
        .env("CUNYI_DATA", data)
        .env("CUNYI_PASSWORD_FILE", word);
    command
}

fn ask(data: &Path, arguments: &str) -> Said {
    Said::of(command(data, arguments).output().unwrap())
}

fn draft() -> Draft {
    Draft {
        id: "d1".to_owned(),
        owner: StaffId(1),
        kind: kind::VISIT.to_owned(),
        person: None,
        household: None,
        forms: Vec::new(),
        begun: Day::MIN,
        seen: Vec::new(),
        context: String::new(),
    }
}

#[test]
fn plain_data_are_sealed_whole_and_windows_of_before_end() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let old = plain(&data, 5);
    let folder = Folder::at(&data);
    let mut form = Drafts::of(&folder, None).begin(&draft()).unwrap();
    form.record("张秀英 152/94".as_bytes(), std::time::Instant::now())
        .unwrap();
    drop(form);
    assert_eq!(ask(&data, "backup").code, 0);
    // Who may not change the clinic seals nothing, nor does a short password.
    assert_eq!(ask(&data, "seal --user 员工1").refused(), "E-ROLE");
    assert_eq!(ask(&data, "seal").refused(), "E-STAFF");
    let said = ask(&data, "seal --user 王建国");
    assert_eq!(said.code, 0, "{said:?}");
    // The copy that lay plain is of the same day: the sealed one takes its place.
    assert!(said.json()["copy"].is_string(), "{said:?}");
    assert_eq!(said.json()["plain_copies"], serde_json::json!([]));
    let ended = add(&old, "员工9");
    assert!(
        matches!(ended, Err(Stop::Failed(Error::Newer { .. }))),
        "{ended:?}"
    );
    drop(old);
    let said = ask(&data, "staff list");
    assert_eq!(
        said.json()["staff"].as_array().unwrap().len(),
        6,
        "{said:?}"
    );
    assert_eq!(ask(&data, "check").json()["ok"], true);
    assert_eq!(ask(&data, "seal --user 王建国").refused(), "E-SEALED");
    for copy in fs::read_dir(folder.backups()).unwrap() {
        let path = copy.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "cunyi") {
            fs::remove_file(path).unwrap();
        }
    }
    shows_nothing(&data);
    // The form in progress is sealed too, and comes back.
    let reception = Reception::of(&folder, seat());
    let desk = reception.sign_in("王建国", &Password::of("first-word"));
    let reply = desk
        .unwrap()
        .ask(&Request::Ask(cunyi::desk::Question::Drafts {
            by: StaffId(1),
        }));
    assert!(matches!(reply, Ok(Reply::Drafts(drafts)) if drafts.len() == 1));
}

#[test]
fn what_still_lies_plain_is_listed_when_the_data_are_sealed() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    drop(plain(&data, 2));
    let folder = Folder::at(&data);
    let said = ask(&data, "backup --user 王建国");
    let copy = said.json()["file"].as_str().unwrap().to_owned();
    let older = home.path().join("older.cunyi");
    fs::copy(&copy, &older).unwrap();
    let said = ask(&data, &format!("restore {}", older.display()));
    assert_eq!(said.code, 0, "{said:?}");
    let aside = said.json()["aside"].as_str().unwrap().to_owned();
    let building = data.join("building-restored");
    fs::create_dir(&building).unwrap();
    fs::copy(folder.database(), building.join("clinic.redb")).unwrap();
    fs::create_dir(data.join("building-empty")).unwrap();
    let apart = folder.backups().join("given-up");
    fs::create_dir(&apart).unwrap();
    let apart = apart.join("cunyi-older.cunyi");
    fs::copy(&older, &apart).unwrap();
    let form = Drafts::of(&folder, None).begin(&draft()).unwrap();
    let said = ask(&data, "seal --user 王建国");
    let json = said.json();
    let shown = |path: &Path| path.display().to_string();
    assert_eq!(
        json["plain_copies"],
        serde_json::json!([shown(&apart)]),
        "{said:?}"
    );
    let held = fs::read_dir(folder.drafts()).unwrap();
    let held = held.map(|entry| entry.unwrap().path());
    let held = held.filter(|path| path.extension().is_some_and(|ending| ending == "draft"));
    let mut expected: Vec<String> = held.map(|path| shown(&path)).collect();
    expected.extend([shown(&building), aside]);
    expected.sort();
    assert_eq!(json["plain_left"], serde_json::json!(expected), "{said:?}");
    drop(form);
}

#[test]
fn the_practice_village_stays_plain() {
    let place = super::Place::new();
    let said = place.ask("seal --user 王建国");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!said.err.contains("data"), "{said:?}");
    assert_eq!(place.ask("check").code, 0);
}

#[cfg(unix)]
#[test]
fn a_kill_while_sealing_leaves_the_data_as_they_were_or_sealed() {
    let home = tempfile::tempdir().unwrap();
    let first = home.path().join("first");
    let head = plain(&first, 150).beat().unwrap().0;
    let mut moments = Moments::new(11);
    let (mut plainly, mut sealed) = (0, 0);
    let mut turn = 0;
    let fresh = |turn: usize| {
        let data = home.path().join(format!("try{turn}"));
        let folder = Folder::at(&data);
        folder.create().unwrap();
        fs::copy(Folder::at(&first).database(), folder.database()).unwrap();
        data
    };
    assert!(
        moments
            .whole(command(&fresh(0), "seal --user 王建国"))
            .status
            .success()
    );
    while moments.go_on() {
        turn += 1;
        let data = fresh(turn);
        moments.strike(command(&data, "seal --user 王建国"));
        let folder = Folder::at(&data);
        let reception = Reception::of(&folder, seat());
        let desk = match reception.standing().unwrap() {
            Standing::Open => {
                plainly += 1;
                assert_eq!(reception.open().unwrap().beat().unwrap().0, head);
                // Begun once more it goes through.
                let again = ask(&data, "seal --user 王建国");
                assert_eq!(again.code, 0, "{again:?}");
                reception.sign_in("王建国", &Password::of("first-word"))
            }
            Standing::Locked { .. } => {
                sealed += 1;
                reception.sign_in("王建国", &Password::of("first-word"))
            }
            Standing::Empty => panic!("lost at try {turn}"),
        };
        let desk = desk.unwrap();
        assert!(head <= desk.beat().unwrap().0);
        assert_eq!(desk.check(|_| true).unwrap().checked.faults, Vec::new());
        assert!(!folder.sealing().root().exists());
        assert!(matches!(
            Store::open(&folder.database(), None),
            Err(Error::Sealed(_))
        ));
        drop(desk);
        shows_nothing(&data);
        fs::remove_dir_all(&data).unwrap();
    }
    println!("{plainly} plain after the kill, {sealed} sealed");
    assert!(KILLS <= plainly + sealed);
}

/// No name lies open in the folder.
fn shows_nothing(data: &Path) {
    let mut files = vec![data.to_owned()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            let inside = fs::read_dir(&path).unwrap();
            files.extend(inside.map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for shown in ["石桥村", "员工1", "张秀英", "152/94"] {
            let is_there = bytes
                .windows(shown.len())
                .any(|part| part == shown.as_bytes());
            assert!(!is_there, "{shown} in {}", path.display());
        }
    }
}
