//! What the command line says of each fault: what happened, what is safe, what to do; exit code
//! 2, and the data as they were.

use std::{fs, path::Path, process::Command};

use cunyi::{
    desk::Stop,
    domain::failure::FailureKind,
    store::{Store, rows},
};
use serde_json::Value as Json;

use super::place::{Place, ago, change, household, sign_in};
use crate::cli::{Said, f01};

fn run(command: &mut Command) -> Said {
    Said::of(command.output().unwrap())
}

/// A question of the binary, which must fail with this code, in both languages.
fn fails(place: &Place, line: &str, code: &str) {
    for lang in ["zh", "en"] {
        let mut command = place.command();
        command.args(line.split(' ')).args(["--lang", lang]);
        let said = run(&mut command);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
        let sentences = said
            .err
            .matches(if lang == "zh" { '。' } else { '.' })
            .count();
        assert!(
            3 <= sentences,
            "what happened, what is safe, what to do: {said:?}"
        );
        let json = run(command.arg("--json"));
        let told: Json = serde_json::from_str(&json.out).unwrap_or_else(|_| panic!("{json:?}"));
        assert_eq!(
            (json.code, &told["failed"]["code"]),
            (2, &code.into()),
            "{json:?}"
        );
    }
}

fn is_whole(place: &Place) {
    let said = run(place.command().args(["check", "--json"]));
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_file_of_keys_that_is_gone_garbled_cut_or_newer_is_told() {
    let place = Place::new();
    let keys = place.data().join("keys.toml");
    let whole = fs::read(&keys).unwrap();
    fs::remove_file(&keys).unwrap();
    fails(&place, "check", "F-SEALED");
    for at in [0, 1, whole.len() / 3, whole.len() - 40] {
        fs::write(&keys, &whole[..at]).unwrap();
        fails(&place, "check", "F-SEALED");
    }
    fs::write(&keys, [0xff; 200]).unwrap();
    fails(&place, "check", "F-SEALED");
    let newer = String::from_utf8(whole.clone()).unwrap();
    fs::write(&keys, newer.replace("version = 1", "version = 99")).unwrap();
    fails(&place, "check", "F-NEWER");
    fs::write(&keys, &whole).unwrap();
    is_whole(&place);
}

#[test]
fn a_database_that_is_cut_emptied_or_newer_is_told_and_left_as_it_is() {
    let place = Place::new();
    let path = place.data().join("clinic.redb");
    let whole = fs::read(&path).unwrap();
    for length in [0, 100, 4096, whole.len() / 3, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        fails(&place, "queue", "F-DAMAGED");
        assert_eq!(fs::metadata(&path).unwrap().len(), length as u64);
    }
    fs::write(&path, &whole).unwrap();
    is_whole(&place);
    drop(Store::open_as(&path, Some(&place.key), rows::VERSION + 1).unwrap());
    fails(&place, "queue", "F-NEWER");
}

/// Limits a command as a shell does; the last argument is the command.
#[cfg(unix)]
fn limited(place: &Place, limit: &str, arguments: &[String]) -> Said {
    let mut command = Command::new("sh");
    let line = format!("trap '' XFSZ; {limit}; exec \"$@\"");
    command
        .args(["-c", &line, "sh"])
        .arg(assert_cmd::cargo::cargo_bin!("cunyi"))
        .args(arguments)
        .env("HOME", place.data())
        .env("CUNYI_DATA", place.data())
        .env("CUNYI_PASSWORD_FILE", place.data().join("../word"));
    run(&mut command)
}

#[cfg(unix)]
fn visit(number: i64) -> Vec<String> {
    let day = ago(number).to_string();
    let mut arguments = ["visit", "p1", "--form", "F01", "--date", &day]
        .map(str::to_owned)
        .to_vec();
    arguments.extend(f01("138", "86"));
    let id = format!("command/{number}");
    arguments.extend(["--request", &id, "--json"].map(str::to_owned));
    arguments
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_request_goes_through_once_there_is_room() {
    let place = Place::new();
    super::writer::found(&place.data());
    // No file may grow or be written behind its first few thousand bytes.
    let said = limited(&place, "ulimit -f 8", &visit(3));
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(said.json()["failed"]["code"], "F-FULL");
    is_whole(&place);
    let said = limited(&place, "true", &visit(3));
    assert_eq!(said.code, 0, "{said:?}");
    let again = limited(&place, "true", &visit(3));
    assert_eq!((again.code, again.out), (0, said.out));
    is_whole(&place);
}

/// A process short of memory says so or breaks off; the store is whole afterwards.
#[cfg(unix)]
#[test]
fn a_process_that_gets_no_memory_hurts_nobody() {
    let place = Place::new();
    super::writer::found(&place.data());
    let mut short = 0;
    for kilobytes in (12_000..150_000).step_by(12_000) {
        let number = kilobytes / 12_000;
        let said = limited(&place, &format!("ulimit -v {kilobytes}"), &visit(number));
        short += usize::from(said.code != 0);
        // A process the system ended has no code; one it could not load has the shell's.
        let codes = [-1, 0, 2, 127];
        assert!(codes.contains(&said.code), "{kilobytes}: {said:?}");
        is_whole(&place);
    }
    println!("{short} processes were short of memory");
    assert!(0 < short);
}

/// What a folder holds, folders within it too.
fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[cfg(unix)]
#[test]
fn a_folder_carried_away_is_told_and_work_goes_on_once_it_is_back() {
    let place = Place::new();
    let desk = sign_in(&place.data(), "w1");
    desk.change(&change("before".to_owned(), household("李国强")))
        .unwrap();
    let away = place.data().with_file_name("away");
    fs::rename(place.data(), &away).unwrap();
    let asked = change("meanwhile".to_owned(), household("王桂兰"));
    for _ in 0..2 {
        match desk.change(&asked) {
            Err(Stop::Failed(error)) => assert_eq!(error.kind(), FailureKind::Gone, "{error}"),
            other => panic!("{other:?}"),
        }
        assert!(desk.beat().is_err());
        assert_eq!(files(&place.data()), 0, "nothing is begun anew");
    }
    let before = desk_head(&away, &place);
    fs::rename(&away, place.data()).unwrap();
    let done = desk.change(&asked).unwrap();
    assert_eq!(done.seq, before + 1);
    assert!(desk.beat().is_ok());
    is_whole(&place);
    // A copy in its place, as of a stick that was put in again.
    fs::rename(place.data().join("clinic.redb"), &away).unwrap();
    fs::copy(&away, place.data().join("clinic.redb")).unwrap();
    let after = desk.change(&change("after".to_owned(), household("张秀英")));
    let head = desk_head(&place.data(), &place);
    assert_eq!((after.unwrap().seq, desk.beat().unwrap().0), (head, head));
    is_whole(&place);
}

#[cfg(unix)]
fn desk_head(folder: &Path, place: &Place) -> u64 {
    let store = Store::open(&folder.join("clinic.redb"), Some(&place.key)).unwrap();
    store.head().unwrap()
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let may =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let database = place.data().join("clinic.redb");
    may(&database, 0o400);
    may(&place.data(), 0o500);
    // Whoever is above permissions is stopped by none.
    let is_stopped = fs::OpenOptions::new().write(true).open(&database).is_err();
    if is_stopped {
        fails(&place, "queue", "F-ACCESS");
    }
    may(&place.data(), 0o700);
    may(&database, 0o600);
    is_whole(&place);
}
