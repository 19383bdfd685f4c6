//! Accounts on the command line: sealed data, passwords, roles, the recovery code.

use std::{fs, path::PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use super::Said;
use crate::support::secret;

/// A clinic set up under a password.
pub struct Sealed {
    folder: TempDir,
    pub recovery: String,
}

impl Sealed {
    pub fn new() -> Self {
        let mut place = Self {
            folder: tempfile::tempdir().unwrap(),
            recovery: String::new(),
        };
        fs::create_dir(place.temporary()).unwrap();
        let said = place.ask(
            "first-word",
            "init --clinic 石桥村卫生室 --village 石桥村=529901103101 --doctor 王建国",
        );
        assert_eq!(said.code, 0, "{said:?}");
        place.recovery = String::from(said.json()["recovery"].as_str().unwrap());
        place
    }

    pub fn word(&self, word: &str) -> PathBuf {
        let path = self.folder.path().join(format!("{word}.txt"));
        secret(&path, word);
        path
    }

    pub fn command(&self, word: &str) -> Command {
        let mut command = Command::cargo_bin("cunyi").unwrap();
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("TMPDIR", self.temporary())
            .env("CUNYI_DATA", self.data())
            .env("CUNYI_PASSWORD_FILE", self.word(word));
        command
    }

    /// What the commands are told is the folder for temporary files.
    pub fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn ask(&self, word: &str, line: &str) -> Said {
        let mut command = self.command(word);
        command.args(line.split(' ')).arg("--json");
        Said::of(command.output().unwrap())
    }

    /// Gives a password, the new one in a file of its own.
    pub fn give(&self, word: &str, line: &str, new: &str) -> Said {
        let mut command = self.command(word);
        command
            .env("CUNYI_NEW_PASSWORD_FILE", self.word(new))
            .args(line.split(' '))
            .arg("--json");
        Said::of(command.output().unwrap())
    }

    /// Gives a command with a recovery code at hand, and a new password.
    pub fn with_code(&self, code: &str, line: &str) -> Said {
        let mut command = self.command("first-word");
        command
            .env("CUNYI_RECOVERY_FILE", self.word(code))
            .env("CUNYI_NEW_PASSWORD_FILE", self.word("third-word"))
            .args(line.split(' '))
            .arg("--json");
        Said::of(command.output().unwrap())
    }

    pub fn refused(&self, word: &str, line: &str) -> String {
        self.ask(word, line).refused()
    }
}

#[test]
fn a_clinic_is_sealed_under_its_doctors_password() {
    let place = Sealed::new();
    assert_eq!(place.recovery.len(), 29);
    assert_eq!(place.ask("first-word", "check").code, 0);
    assert_eq!(place.refused("other-word", "check"), "E-AUTH-PASSWORD");
    assert_eq!(
        place.refused("first-word", "check --user 李四"),
        "E-AUTH-NOBODY"
    );
    let plain = fs::read(place.data().join("clinic.redb")).unwrap();
    for shown in ["王建国", "石桥村", "redb"] {
        let hits = plain
            .windows(shown.len())
            .filter(|part| *part == shown.as_bytes());
        assert_eq!(hits.count(), 0, "{shown}");
    }
    let mut bare = place.command("first-word");
    bare.env_remove("CUNYI_PASSWORD_FILE")
        .args(["check", "--json"]);
    assert_eq!(Said::of(bare.output().unwrap()).refused(), "E-AUTH-NONE");
}

#[test]
fn the_fifth_wrong_password_waits() {
    let place = Sealed::new();
    for _ in 0..5 {
        assert_eq!(place.refused("other-word", "check"), "E-AUTH-PASSWORD");
    }
    assert_eq!(place.refused("first-word", "check"), "E-AUTH-WAIT");
}

#[test]
fn colleagues_get_passwords_and_act_in_their_own_name() {
    let place = Sealed::new();
    let said = place.ask("first-word", "staff add 李敏 --role public-health");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        place.refused("her-own-word", "check --user 李敏"),
        "E-AUTH-NOBODY"
    );
    let said = place.give(
        "first-word",
        "staff password 李敏 --user 王建国",
        "her-own-word",
    );
    assert_eq!(said.code, 0, "{said:?}");
    // Two have a password now: one says who one is.
    assert_eq!(place.refused("first-word", "check"), "E-STAFF");
    // What is the administrator's is not hers.
    let line = "staff add 赵六 --role doctor --user 李敏";
    assert_eq!(place.refused("her-own-word", line), "E-ROLE");
    // Her own password is, if she knows the one before.
    let own = "staff password --user 李敏";
    let said = place.give("her-own-word", own, "her-next-word");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        place.refused("her-own-word", "check --user 李敏"),
        "E-AUTH-PASSWORD"
    );
    let said = place.give("her-next-word", own, "short");
    assert_eq!(said.refused(), "E-AUTH-SHORT");
    assert_eq!(place.ask("her-next-word", "check --user 李敏").code, 0);
    // Who has left opens nothing.
    let said = place.ask("first-word", "staff change 李敏 --active no --user 王建国");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        place.refused("her-next-word", "check --user 李敏"),
        "E-AUTH-NOBODY"
    );
    // The last one who may change the staff stays.
    let line = "staff change 王建国 --active no";
    assert_eq!(place.refused("first-word", line), "E-AUTH-LAST");
    assert_eq!(place.ask("first-word", "check").code, 0);
}

#[test]
fn a_new_name_signs_in_with_the_same_password() {
    let place = Sealed::new();
    let said = place.ask("first-word", "staff change 王建国 --name 王建国医生");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.ask("first-word", "check --user 王建国医生").code, 0);
    assert_eq!(
        place.refused("first-word", "check --user 王建国"),
        "E-AUTH-NOBODY"
    );
}

#[test]
fn another_recovery_code_is_shown_once() {
    let place = Sealed::new();
    assert_eq!(
        place.refused("first-word", "staff recovery"),
        "E-AUTH-PAPER"
    );
    let said = place.ask("first-word", "staff recovery --no-retype");
    let code = said.json()["recovery"].as_str().unwrap().to_owned();
    assert_eq!(code.len(), 29);
    assert_ne!(code, place.recovery);
}

#[test]
fn the_recovery_code_names_an_administrator_and_is_another_then() {
    let place = Sealed::new();
    let recover = |code: &str, line: &str| place.with_code(code, line);
    let line = "staff recover 王建国 --no-retype";
    assert_eq!(recover("7K2M", line).refused(), "E-AUTH-CODE");
    let said = recover(&place.recovery, line);
    assert_eq!(said.code, 0, "{said:?}");
    let fresh = said.json()["recovery"].as_str().unwrap().to_owned();
    assert_eq!(place.refused("first-word", "check"), "E-AUTH-PASSWORD");
    assert_eq!(place.ask("third-word", "check").code, 0);
    assert_eq!(recover(&place.recovery, line).refused(), "E-AUTH-RECOVERY");
    // Nobody becomes more than they are without being asked.
    let said = place.ask("third-word", "staff add 李敏 --role 公卫");
    assert_eq!(said.code, 0, "{said:?}");
    let line = "staff recover 李敏 --no-retype";
    assert_eq!(recover(&fresh, line).refused(), "E-AUTH-ROLE");
    let said = recover(&fresh, &format!("{line} --make-admin"));
    assert_eq!(said.json()["staff"]["name"], "李敏");
    assert_eq!(said.json()["staff"]["role"], "admin");
    let fresh = said.json()["recovery"].as_str().unwrap().to_owned();
    let said = recover(&fresh, "staff recover --new 周海燕 --no-retype");
    assert_eq!(said.code, 0, "{said:?}");
    let said = place.ask("third-word", "staff list --user 周海燕");
    assert_eq!(said.json()["staff"][2]["role"], "admin");
    // The log says for whom.
    let said = place.ask("third-word", "log --user 周海燕");
    let rows = said.json()["rows"].as_array().unwrap().clone();
    let whom: Vec<&str> = rows
        .iter()
        .filter(|row| row["what"] == "take_over")
        .map(|row| row["colleague"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(whom, ["王建国", "李敏", "周海燕"]);
}

#[test]
fn nobody_works_under_a_name_that_is_taken() {
    let place = Sealed::new();
    let add = "staff add 李敏 --role public-health";
    assert_eq!(place.ask("first-word", add).code, 0);
    assert_eq!(place.refused("first-word", add), "E-AUTH-NAME");
    let line = "staff change 李敏 --name 王建国";
    assert_eq!(place.refused("first-word", line), "E-AUTH-NAME");
    // A name is free again once nobody works under it.
    let line = "staff change 李敏 --active no";
    assert_eq!(place.ask("first-word", line).code, 0);
    assert_eq!(place.ask("first-word", add).code, 0);
    let line = "staff change s2 --active yes";
    assert_eq!(place.refused("first-word", line), "E-AUTH-NAME");
}

#[test]
fn the_list_of_the_staff_says_who_has_a_password() {
    let place = Sealed::new();
    let said = place.ask("first-word", "staff add 李敏 --role public-health");
    assert_eq!(said.code, 0, "{said:?}");
    let said = place.ask("first-word", "staff list");
    assert_eq!(said.json()["staff"][0]["password"], true);
    assert_eq!(said.json()["staff"][1]["password"], false);
    let mut table = place.command("first-word");
    let out = table
        .args(["staff", "list", "--lang", "zh"])
        .output()
        .unwrap();
    let table = String::from_utf8(out.stdout).unwrap();
    assert!(table.contains("已设") && table.contains("未设"), "{table}");
}

#[test]
fn a_role_that_is_none_is_answered_with_those_there_are() {
    let place = Sealed::new();
    for lang in ["zh", "en"] {
        let line = format!("staff add 李敏 --role boss --lang {lang}");
        let said = place.ask("first-word", &line);
        let message = said.json()["refused"]["message"].to_string();
        for word in ["doctor", "public-health", "admin", "supervisor"] {
            assert!(message.contains(word), "{message}");
        }
    }
}

#[test]
fn where_nobody_can_type_a_new_password_the_variable_is_named() {
    let place = Sealed::new();
    let said = place.ask("first-word", "staff password");
    let message = said.json()["refused"]["message"].to_string();
    assert!(message.contains("CUNYI_NEW_PASSWORD_FILE"), "{message}");
    let said = place.ask("first-word", "staff recover 王建国 --no-retype");
    let message = said.json()["refused"]["message"].to_string();
    assert!(message.contains("CUNYI_RECOVERY_FILE"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_password_others_may_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Sealed::new();
    let open = place.word("third-word");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    let mut command = place.command("first-word");
    command
        .env("CUNYI_PASSWORD_FILE", &open)
        .args(["check", "--json"]);
    let said = Said::of(command.output().unwrap());
    assert_eq!(said.refused(), "E-AUTH-FILE");
    let mut command = place.command("first-word");
    command
        .env("CUNYI_NEW_PASSWORD_FILE", &open)
        .args(["staff", "password", "--json"]);
    let said = Said::of(command.output().unwrap());
    assert_eq!(said.refused(), "E-AUTH-FILE");
    assert_eq!(place.ask("first-word", "check").code, 0);
}

#[test]
fn a_practice_clinic_has_no_passwords() {
    let place = super::Place::new();
    let said = place.run(&["staff", "recovery", "--json"]);
    assert_eq!(said.refused(), "E-AUTH-PLAIN");
}
