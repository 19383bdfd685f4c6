//! What lies beside the data neither opens them nor takes their place: keys and copies of before,
//! a sealing or a restore that was broken off.

use std::fs;

use super::accounts::Sealed;

const SET_UP: &str = "init --clinic 另一家 --village 村=529901103102 --doctor 李四";

#[test]
fn a_recovery_code_that_was_renewed_opens_no_copy_of_before() {
    let place = Sealed::new();
    let file = place.copy_apart();
    let said = place.ask("first-word", "staff recovery --no-retype");
    let fresh = said.json()["recovery"].as_str().unwrap().to_owned();
    for what in ["restore", &format!("restore {}", file.display())] {
        let said = place.with_code(&place.recovery, &format!("{what} --recovery"));
        assert_eq!(said.refused(), "E-AUTH-RECOVERY", "{what}");
    }
    let line = format!("restore {} --recovery", file.display());
    assert_eq!(place.with_code(&fresh, &line).code, 0);
    // Where the keys are lost too, those of the copy are all there is.
    for name in ["clinic.redb", "keys.toml"] {
        fs::remove_file(place.data().join(name)).unwrap();
    }
    let said = place.with_code(&place.recovery, &line);
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_repeated_recovery_shows_no_code_that_opens_nothing() {
    let place = Sealed::new();
    let line = "staff recover 王建国 --no-retype --request once";
    let said = place.with_code(&place.recovery, line);
    let fresh = said.json()["recovery"].as_str().unwrap().to_owned();
    let again = place.with_code(&fresh, line);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.json().get("recovery").is_none(), "{again:?}");
    assert_eq!(place.with_code(&fresh, "check --user 王建国").code, 1);
    assert_eq!(place.ask("third-word", "check").code, 0);
}

#[test]
fn a_sealing_that_was_broken_off_takes_no_place_later() {
    let place = Sealed::new();
    let beside = place.data().join("building-sealing");
    fs::create_dir(&beside).unwrap();
    for name in ["ready", "keys.toml", "clinic.redb"] {
        fs::write(beside.join(name), "of before").unwrap();
    }
    assert_eq!(place.ask("first-word", "check").code, 0);
    assert!(!beside.exists());
}

#[test]
fn a_restore_that_was_broken_off_is_finished_and_nothing_is_said_to_be_lost() {
    let place = Sealed::new();
    place.copy();
    let (data, beside) = (place.data(), place.data().join("building-restored"));
    fs::create_dir(&beside).unwrap();
    for name in ["clinic.redb", "keys.toml"] {
        fs::rename(data.join(name), beside.join(name)).unwrap();
    }
    let noted =
        "aside = \"replaced-1\"\ngoes_on = true\ncopies = []\nstands = true\nis_aside = true\n";
    fs::write(beside.join("replacing.toml"), noted).unwrap();
    assert_eq!(place.refused("first-word", SET_UP), "E-SET-UP");
    assert_eq!(place.ask("first-word", "check").code, 0);
}

#[test]
fn what_only_the_tail_holds_is_not_set_up_over() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    place.lose();
    let said = place.ask("first-word", SET_UP);
    assert_eq!(said.json()["failed"]["code"], "F-MISSING", "{said:?}");
    assert_eq!(place.bring("").code, 0);
    assert_eq!(place.names(), ["王建国", "李敏"]);
}

#[test]
fn forms_in_progress_stay_where_the_copy_holds_everything() {
    let place = Sealed::new();
    place.add(&["李敏"]);
    place.copy();
    let draft = place.data().join("drafts").join("one.draft");
    fs::create_dir_all(draft.parent().unwrap()).unwrap();
    fs::write(&draft, "a form").unwrap();
    place.lose();
    assert_eq!(place.bring("").code, 0);
    assert!(draft.exists());
}
