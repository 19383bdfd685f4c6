//! Copies on the command line: made, proven, brought back.

use std::{fs, time::Duration};

use cunyi::store::Folder;

use super::accounts::Sealed;

impl Sealed {
    /// Adds villages, one an entry.
    fn entries(&self, from: u32, until: u32) {
        for number in from..=until {
            let line = format!("staff add 员工{number} --role public-health");
            assert_eq!(self.ask("first-word", &line).code, 0);
        }
    }

    fn staff(&self) -> usize {
        let said = self.ask("first-word", "staff list");
        said.json()["staff"].as_array().unwrap().len()
    }

    fn backed_up(&self) -> String {
        let said = self.ask("first-word", "backup");
        assert_eq!(said.code, 0, "{said:?}");
        said.json()["file"].as_str().unwrap().to_owned()
    }

    fn checked(&self) -> bool {
        let said = self.ask("first-word", "check");
        said.code == 0 && said.json()["ok"] == true
    }
}

#[test]
fn a_lost_store_comes_back_from_its_copy_and_tail() {
    let place = Sealed::new();
    place.entries(1, 3);
    let file = place.backed_up();
    place.entries(4, 6);
    for lost in ["clinic.redb", "keys.toml", "keys.previous.toml"] {
        // The copy before is there only once a password changed.
        let _ = fs::remove_file(place.data().join(lost));
    }
    let line = format!("restore {file} --user 王建国");
    assert_eq!(place.refused("other-word", &line), "E-AUTH-PASSWORD");
    let said = place.ask("first-word", &line);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.staff(), 7);
    assert!(place.checked());
}

#[test]
fn the_recovery_code_opens_a_copy_too() {
    let place = Sealed::new();
    place.entries(1, 1);
    let file = place.backed_up();
    fs::remove_file(place.data().join("clinic.redb")).unwrap();
    fs::remove_file(place.data().join("keys.toml")).unwrap();
    let line = format!("restore {file} --recovery");
    let said = place.with_code(&place.recovery, &line);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.staff(), 2);
}

#[test]
fn what_stands_here_is_put_aside_and_an_older_copy_takes_its_place() {
    let place = Sealed::new();
    place.entries(1, 2);
    let file = place.backed_up();
    place.entries(3, 4);
    let said = place.ask("first-word", &format!("restore {file} --user 王建国"));
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.staff(), 3);
    let aside = said.json()["aside"].as_str().unwrap().to_owned();
    let mut command = place.command("first-word");
    command
        .env("CUNYI_DATA", aside)
        .args(["staff", "list", "--json"]);
    let kept = super::Said::of(command.output().unwrap());
    assert_eq!(kept.json()["staff"].as_array().unwrap().len(), 5);
}

#[test]
fn a_past_that_was_given_up_is_set_apart_on_the_stick() {
    let place = Sealed::new();
    let stick = tempfile::tempdir().unwrap();
    let second = stick.path().join("copies");
    fs::create_dir(&second).unwrap();
    let config = format!("[backup]\nsecond = \"{}\"\n", second.display());
    fs::write(place.data().join("config.toml"), config).unwrap();
    place.entries(1, 1);
    // The next copy of the day lets this one go.
    let older = stick.path().join("older.cunyi");
    fs::copy(place.backed_up(), &older).unwrap();
    let older = older.display();
    place.entries(2, 5);
    let later = place.backed_up();
    let said = place.ask("first-word", &format!("restore {older} --user 王建国"));
    assert_eq!(said.code, 0, "{said:?}");
    let log = place.ask("first-word", "log");
    assert!(log.out.contains("\"what\":\"restore\""), "{log:?}");
    let fresh = place.backed_up();
    let name = |path: &str| std::path::Path::new(path).file_name().unwrap().to_owned();
    assert!(second.join(name(&fresh)).exists());
    assert!(!second.join(name(&later)).exists());
    assert!(second.join("given-up").join(name(&later)).exists());
}

#[test]
fn keys_of_before_are_put_aside_with_the_others() {
    let place = Sealed::new();
    place.entries(1, 2);
    let said = place.give("first-word", "staff password", "other-word");
    assert_eq!(said.code, 0, "{said:?}");
    let previous = place.data().join("keys.previous.toml");
    assert!(previous.exists());
    let said = place.ask("other-word", "backup");
    let file = said.json()["file"].as_str().unwrap().to_owned();
    let said = place.ask("other-word", &format!("restore {file} --user 王建国"));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!previous.exists());
}

#[test]
fn a_password_that_was_taken_away_opens_no_copy_of_before() {
    let place = Sealed::new();
    place.entries(1, 2);
    let file = place.backed_up();
    let said = place.give("first-word", "staff password", "other-word");
    assert_eq!(said.code, 0, "{said:?}");
    let line = format!("restore {file} --user 王建国");
    for _ in 0..5 {
        assert_eq!(place.refused("first-word", &line), "E-AUTH-PASSWORD");
    }
    assert_eq!(place.refused("other-word", &line), "E-AUTH-WAIT");
    assert_eq!(place.refused("other-word", "staff list"), "E-AUTH-WAIT");
}

#[test]
fn nobody_brings_a_copy_back_while_the_data_are_open() {
    let place = Sealed::new();
    place.entries(1, 1);
    let file = place.backed_up();
    let folder = Folder::at(place.data());
    let held = folder.hold_open().unwrap();
    let said = place.ask("first-word", &format!("restore {file} --user 王建国"));
    assert_eq!(said.code, 2, "{said:?}");
    drop(held);
    // A child just being started beside holds it too, until it runs.
    let alone = folder.hold_alone(Duration::from_secs(5)).unwrap();
    let said = place.ask("first-word", "staff list");
    assert_eq!(said.code, 2, "{said:?}");
    drop(alone);
    assert_eq!(place.staff(), 2);
}

#[test]
fn forms_in_progress_stay_where_everything_comes_back() {
    let place = Sealed::new();
    place.entries(1, 2);
    // What comes back is copied at once, and the copy of the day before that lets go.
    let older = place.temporary().join("older.cunyi");
    fs::copy(place.backed_up(), &older).unwrap();
    let older = older.display();
    place.entries(3, 3);
    let drafts = place.data().join("drafts");
    fs::write(drafts.join("one.draft"), "sealed").unwrap();
    let said = place.ask("first-word", "restore --user 王建国");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(drafts.join("one.draft").exists());
    let said = place.ask("first-word", &format!("restore {older} --user 王建国"));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!drafts.join("one.draft").exists());
}

#[test]
fn a_drill_proves_the_newest_copy_and_finds_a_changed_one() {
    let place = Sealed::new();
    place.entries(1, 2);
    assert_eq!(place.ask("first-word", "drill").code, 2);
    let file = place.backed_up();
    let said = place.ask("first-word", "drill");
    assert_eq!(
        (said.code, &said.json()["ok"]),
        (0, &true.into()),
        "{said:?}"
    );
    let whole = fs::read(&file).unwrap();
    let mut changed = whole.clone();
    let at = changed.len() - 40;
    changed[at] ^= 1;
    fs::write(&file, &changed).unwrap();
    let said = place.ask("first-word", "drill");
    assert_eq!(said.code, 2, "{said:?}");
    fs::write(&file, &whole[..whole.len() - 40]).unwrap();
    assert_eq!(place.ask("first-word", "drill").code, 2);
    assert!(place.checked());
}

#[test]
fn no_name_lies_open_in_the_data() {
    let place = Sealed::new();
    place.entries(1, 2);
    place.backed_up();
    let mut files = vec![place.data()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for shown in ["石桥村", "员工1"] {
            let hits = bytes
                .windows(shown.len())
                .filter(|part| *part == shown.as_bytes());
            assert_eq!(hits.count(), 0, "{shown} in {}", path.display());
        }
    }
}
