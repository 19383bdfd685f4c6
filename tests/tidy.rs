//! The house rules that a machine can check: who imports whom, where outside
//! things live, how large a file is, that nothing is forgotten.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Layer → the layers it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("lang", &["domain"]),
    ("catalog", &["domain"]),
    ("store", &["domain"]),
    ("search", &["domain"]),
    ("desk", &["domain", "catalog", "store", "search"]),
    ("paper", &["domain", "catalog", "lang"]),
    ("practice", &["domain", "catalog", "desk"]),
    (
        "tui",
        &["domain", "lang", "catalog", "desk", "paper", "practice"],
    ),
    (
        "cli",
        &[
            "domain", "lang", "catalog", "desk", "paper", "practice", "tui",
        ],
    ),
];

/// Outside crate → the only layer that names it.
const ONE_HOME: &[(&str, &str)] = &[
    ("redb", "store"),
    ("flate2", "store"),
    ("fs4", "store"),
    ("fuzzy_matcher", "search"),
    ("pinyin", "search"),
    ("crossterm", "tui"),
    ("ratatui", "tui"),
    ("calamine", "paper"),
    ("rust_xlsxwriter", "paper"),
    ("zip", "paper"),
    ("encoding_rs", "paper"),
    ("signal_hook", "tui"),
    ("clap", "cli"),
    ("etcetera", "cli"),
];

/// The only files that write to a terminal: each leaves out what would act on it, or writes
/// words of its own.
const WRITES_TO_TERMINAL: &[&str] = &[
    "cli/print.rs",
    "cli/progress.rs",
    "cli/demo.rs",
    "cli/log.rs",
    "tui/terminal/mod.rs",
    "tui/terminal/probe.rs",
];

/// The most lines a file may have, unit tests excluded.
const MOST_LINES: usize = 400;

struct Source {
    path: PathBuf,
    layer: String,
    text: String,
}

impl Source {
    /// The text up to the unit tests at the end of the file.
    fn code(&self) -> &str {
        self.text
            .split("\n#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or(&self.text)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut found = Vec::new();
    files(&src, "rs", &mut found);
    found
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).unwrap().to_path_buf();
            let layer = inside.components().next().unwrap().as_os_str();
            Source {
                layer: layer.to_string_lossy().into_owned(),
                text: fs::read_to_string(&path).unwrap(),
                path: inside,
            }
        })
        .collect()
}

/// The layers a file names by `crate::layer`, alone or in a group.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + 7..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 1 && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if depth == 1 && !word.is_empty() {
                    if c == ':' || c == ',' {
                        used.insert(std::mem::take(&mut word));
                    }
                    word.clear();
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && c == '}' {
                    word.clear();
                }
            }
        } else {
            used.insert(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    used
}

#[test]
fn every_layer_uses_only_what_it_may() {
    let may: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        let Some(allowed) = may.get(source.layer.as_str()) else {
            continue;
        };
        for name in used(&source.text) {
            let is_layer = may.contains_key(name.as_str());
            if is_layer && name != source.layer && !allowed.contains(&name.as_str()) {
                faults.push(format!(
                    "{}: {} uses {name}",
                    source.path.display(),
                    source.layer
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn outside_things_have_one_home() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, home) in ONE_HOME {
            let named = [
                format!("use {name}"),
                format!(" {name}::"),
                format!("({name}::"),
            ];
            let code = source.code();
            if source.layer != *home
                && code.lines().any(|line| {
                    let line = line.trim_start();
                    !line.starts_with("//") && named.iter().any(|n| format!(" {line}").contains(n))
                })
            {
                faults.push(format!("{}: names {name}", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_written_to_a_terminal_passes_through_few_hands() {
    let mut faults = Vec::new();
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        if WRITES_TO_TERMINAL.contains(&path.as_str()) || path.contains("tests") {
            continue;
        }
        for line in source.code().lines() {
            let line = line
                .replace("stdout().is_terminal", "")
                .replace("stderr().is_terminal", "");
            let writes = ["println!(", "print!(", "io::stdout()", "io::stderr()"];
            if writes.iter().any(|way| line.contains(way)) && !line.trim_start().starts_with("//") {
                faults.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.code().lines().count();
        let is_test = source.path.to_string_lossy().contains("tests");
        if MOST_LINES < lines && !is_test {
            faults.push(format!("{}: {lines} lines", source.path.display()));
        }
        if !source.text.starts_with("//!") {
            faults.push(format!("{}: no opening sentence", source.path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn src_shows_folders_main_and_lib_alone() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            path.is_dir() || name == "main.rs" || name == "lib.rs",
            "{name}"
        );
    }
}

#[test]
fn no_test_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module = path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").exists();
        if is_module && name != "main" {
            assert!(
                main.contains(&format!("mod {name};")),
                "tests/{name} is not listed"
            );
        }
    }
}

#[test]
fn nothing_is_left_for_later_or_skipped() {
    let mut found = Vec::new();
    files(&root().join("src"), "rs", &mut found);
    files(&root().join("tests"), "rs", &mut found);
    let words = ["TODO", "FIXME"];
    for path in found {
        if path.ends_with("tidy.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in words
            .iter()
            .chain(&["todo!(", "unimplemented!(", "#[ignore", "#[should_panic"])
        {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
