//! `import` and `export` of the real program: what goes out comes in again and changes nothing.

use std::{path::Path, process::Output};

use serde_json::Value;

use super::case;

pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        crate::support::secret(&home.path("password.txt"), "tian-qi-hao");
        let village = "大桥村=529901103102";
        home.told(&[
            "init",
            "--clinic",
            "石桥",
            "--village",
            village,
            "--doctor",
            "王建国",
        ]);
        home
    }

    fn run(&self, arguments: &[&str]) -> Output {
        std::process::Command::new(assert_cmd::cargo::cargo_bin!("cunyi"))
            .args(arguments)
            .args([
                "--data",
                self.path("data").to_str().unwrap(),
                "--lang",
                "zh",
            ])
            .env("CUNYI_PASSWORD_FILE", self.path("password.txt"))
            .output()
            .unwrap()
    }

    fn told(&self, arguments: &[&str]) -> String {
        let out = self.run(arguments);
        assert!(
            out.status.success(),
            "{arguments:?}\n{}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.push("--json");
        serde_json::from_str(&self.told(&all)).unwrap()
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_export_imported_again_changes_nothing() {
    let home = Home::new();
    let roster = case("roster-dirty.xlsx");
    let seen = home.json(&["import", text(&roster), "--dry-run", "--enrol"]);
    assert_eq!(home.json(&["check"])["people"], 0);
    let told = home.json(&["import", text(&roster), "--enrol"]);
    for key in [
        "rows",
        "people",
        "households",
        "flagged",
        "duplicates",
        "skipped",
        "rejected",
        "enrolled",
    ] {
        assert_eq!(seen[key], told[key], "{key}");
    }
    assert!(
        told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .all(|p| p["message"] != "")
    );
    for (first, second) in [("1.csv", "2.csv"), ("1.xlsx", "2.csv")] {
        let (first, second) = (home.path(first), home.path(second));
        let before = home.path("before.csv");
        let _ = std::fs::remove_file(&before);
        let _ = std::fs::remove_file(&second);
        home.told(&["export", "people", "--out", text(&before)]);
        home.told(&["export", "people", "--out", text(&first)]);
        let again = home.json(&["import", text(&first), "--enrol"]);
        for key in [
            "people",
            "households",
            "changed",
            "households_changed",
            "enrolled",
        ] {
            assert_eq!(again[key], 0, "{key} {:#}", again["problems"]);
        }
        home.told(&["export", "people", "--out", text(&second)]);
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        assert_eq!(read(&before), read(&second));
    }
    assert_eq!(home.json(&["check"])["ok"], true);
}

#[test]
fn an_export_founds_the_same_clinic_anew() {
    let (home, other) = (Home::new(), Home::new());
    home.told(&["import", text(&case("roster-clean.xlsx"))]);
    let out = home.path("all.csv");
    home.told(&["export", "people", "--out", text(&out)]);
    let told = other.json(&["import", text(&out)]);
    assert_eq!(
        (&told["people"], &told["rejected"]),
        (&400.into(), &0.into())
    );
    let back = other.path("all.csv");
    other.told(&["export", "people", "--out", text(&back)]);
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&out), read(&back));
}

#[test]
fn what_cannot_be_read_is_refused_and_what_exists_is_not_replaced() {
    let home = Home::new();
    let file = home.path("名册.csv");
    std::fs::write(&file, "不是,名册\n一,二\n").unwrap();
    let out = home.run(&["import", text(&file), "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(told["refused"]["code"], "E-FILE");
    let problems = home.path("问题.csv");
    let dirty = case("roster-dirty.csv");
    home.told(&[
        "import",
        text(&dirty),
        "--dry-run",
        "--problems",
        text(&problems),
    ]);
    assert!(std::fs::read_to_string(&problems).unwrap().lines().count() > 20);
    let again = home.run(&["import", text(&dirty), "--problems", text(&problems)]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(home.json(&["check"])["people"], 0);
}
