//! README: its first-day commands work in an empty home, its key table is the
//! keymap's own.

use std::{fs, path::PathBuf, process::Command};

use cunyi::{domain::text::Lang, tui::keymap};

use crate::support::window;

const BEGIN: &str = "<!-- keys:begin -->\n";
const END: &str = "<!-- keys:end -->";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    fs::read_to_string(path()).unwrap()
}

/// `CUNYI_README=write` puts the table of the keymap into the README.
#[test]
fn the_key_table_is_the_keymap() {
    let text = readme();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = keymap::markdown(&window::keymap("default"), Lang::Zh);
    if std::env::var("CUNYI_README").is_ok_and(|wish| wish == "write") {
        fs::write(path(), [before, BEGIN, &table, END, after].concat()).unwrap();
        return;
    }
    assert!(
        written == table,
        "the key table of README.md is not the keymap's: CUNYI_README=write cargo test readme::"
    );
}

/// The command blocks of the first-day chapter, in order.
fn first_day(text: &str) -> Vec<String> {
    text.split("```sh first-day\n")
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

#[cfg(unix)]
#[test]
fn the_first_day_works_in_an_empty_home() {
    let home = tempfile::tempdir().unwrap();
    let program = PathBuf::from(assert_cmd::cargo::cargo_bin!("cunyi"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let blocks = first_day(&readme());
    assert!(5 <= blocks.len(), "{blocks:?}");
    for block in blocks {
        let out = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &block])
            .current_dir(home.path())
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", &path)
            .env("LANG", "zh_CN.UTF-8")
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{block}\n--- stdout\n{}\n--- stderr\n{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
    }
    assert!(home.path().join(".local/share/cunyi/clinic.redb").exists());
}
