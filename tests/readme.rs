//! README: its first-day commands work in an empty home, its key table is the
//! keymap's own, what it tells developers of a new programme is so.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cunyi::{
    domain::{
        programmes::{PROGRAMMES, Programme},
        task::TaskKind,
        text::Lang,
        visit,
    },
    tui::keymap,
};

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

/// Paths of the chapter on adding a programme; those of the imaginary one are its own.
fn places(chapter: &str) -> Vec<&str> {
    let quoted = chapter.split('`').skip(1).step_by(2);
    let is_path = |part: &&str| part.starts_with("src/") || part.starts_with("tests/");
    quoted.filter(is_path).collect()
}

#[test]
fn the_places_a_new_programme_touches_are_there_and_every_programme_has_its_own() {
    let text = readme();
    let (_, rest) = text.split_once("**Adding a follow-up programme**").unwrap();
    let (chapter, _) = rest.split_once("**Tests.**").unwrap();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let imaginary = [
        "src/domain/programmes/copd.rs",
        "src/catalog/forms/f28.toml",
        "tests/cases/copd.toml",
    ];
    let places = places(chapter);
    assert!(20 <= places.len(), "{places:?}");
    for place in &places {
        let is_there = root.join(place).exists();
        assert_eq!(is_there, !imaginary.contains(place), "{place}");
    }
    // Whatever matches on every programme is named, so that nobody is surprised.
    let general = ["src/domain/programmes/mod.rs"];
    for file in sources(&root.join("src")) {
        let source = fs::read_to_string(&file).unwrap();
        let (code, _) = source.split_once("#[cfg(test)]").unwrap_or((&source, ""));
        let all = PROGRAMMES.iter().map(|programme| programme.kind);
        let mut arms = all.map(|kind| format!("ProgrammeKind::{kind:?}"));
        if arms.all(|arm| code.contains(&arm)) {
            let name = file.strip_prefix(&root).unwrap().to_str().unwrap();
            let is_named = places.contains(&name) || general.contains(&name);
            assert!(is_named, "{name} is not named in README");
        }
    }
    let rules: Vec<PathBuf> = sources(&root.join("src/domain/programmes")).collect();
    for programme in PROGRAMMES {
        let told = format!("code: \"{}\"", programme.code);
        let is_own = |file: &&PathBuf| fs::read_to_string(file).unwrap().contains(&told);
        assert_eq!(rules.iter().filter(is_own).count(), 1, "{told}");
        let form = visit::form_of(programme.kind);
        assert!(form.is_some(), "{} has no paper", programme.code);
        let is_case = fs::read_dir(root.join("tests/cases")).unwrap().any(|case| {
            let case = fs::read_to_string(case.unwrap().path()).unwrap_or_default();
            case.contains(programme.code) || speaks_of(programme, &case)
        });
        assert!(is_case, "{} has no case", programme.code);
    }
}

/// Whether a case names one of the programme's tasks.
fn speaks_of(programme: &Programme, case: &str) -> bool {
    let mut tasks = TaskKind::all().filter(|task| task.programme() == Some(programme.kind));
    tasks.any(|task| case.contains(task.key()))
}

/// Every source file in a folder and those below it.
fn sources(folder: &Path) -> Box<dyn Iterator<Item = PathBuf>> {
    let entries = fs::read_dir(folder).unwrap();
    Box::new(entries.flat_map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path)
        } else {
            let is_rust = path.extension().is_some_and(|ext| ext == "rs");
            Box::new(is_rust.then_some(path).into_iter())
        }
    }))
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
    // What is typed at a terminal.
    let password = home.path().join("password.txt");
    crate::support::secret(&password, "tian-qi-hao");
    for block in blocks {
        let out = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &block])
            .current_dir(home.path())
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", &path)
            .env("LANG", "zh_CN.UTF-8")
            .env("CUNYI_PASSWORD_FILE", &password)
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
