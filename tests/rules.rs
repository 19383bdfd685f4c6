//! Runs the worked examples of the follow-up rules: every case of `tests/cases/*.toml` and
//! of the files named in `CUNYI_CASES` (separated by `:`).
//!
//! A case of a programme that is not built is counted as *not yet*, by name, never as passed.

mod given;
mod others;
mod reading;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cunyi::domain::{
    course::{
        Course, ManagedSpan, PersonFacts, ProgrammeStatus, Recorded, count, decide,
        decision::{Closing, Decision},
        happening::Happening,
        redecide,
    },
    day::Day,
    programmes::{Class, ProgrammeKind},
    queue,
    score::{constitution, self_care::SelfCare},
    settings::Settings,
    task::Task,
};
use toml::{Table, Value};

use self::{
    given::{given, mode, open_task, when},
    reading::{NOT_BUILT, day_of, flag, is_built, number, table, tables, text_of},
};

/// What one case came to.
enum CaseEnd {
    Passed,
    NotYet(String),
    Failed(Vec<String>),
}

#[test]
fn every_worked_example_of_a_built_programme_holds() {
    let mut passed: BTreeMap<String, usize> = BTreeMap::new();
    let mut not_yet: BTreeMap<String, usize> = BTreeMap::new();
    let mut failed = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let table: Table = text
            .parse()
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for case in table["case"].as_array().unwrap() {
            let case = case.as_table().unwrap();
            let id = text_of(case, "id").unwrap();
            let programme = text_of(case, "programme").unwrap();
            match run(case) {
                CaseEnd::Passed => *passed.entry(programme).or_default() += 1,
                CaseEnd::NotYet(name) => *not_yet.entry(name).or_default() += 1,
                CaseEnd::Failed(faults) => failed.push(format!("{id}\n  {}", faults.join("\n  "))),
            }
        }
    }
    println!("passed {passed:?}\nnot yet {not_yet:?}");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    for (programme, at_least) in [
        ("htn", 30),
        ("dm", 14),
        ("htn+dm", 5),
        ("queue", 7),
        ("count", 4),
        ("smd", 9),
        ("tb", 10),
        ("elderly", 5),
        ("anc", 6),
        ("pnc", 3),
        ("child", 9),
        ("vax", 6),
        ("general", 2),
        ("disabled", 2),
        ("poverty", 2),
        ("score", 5),
    ] {
        assert!(at_least <= passed[programme], "{programme}: {passed:?}");
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .filter(|path| fs::read_to_string(path).is_ok_and(|t| t.contains("[[case]]")))
        .collect();
    files.sort();
    if let Ok(named) = std::env::var("CUNYI_CASES") {
        files.extend(
            named
                .split(':')
                .filter(|n| !n.is_empty())
                .map(PathBuf::from),
        );
    }
    files
}

fn run(case: &Table) -> CaseEnd {
    let programme = text_of(case, "programme").unwrap();
    let expect = table(case, "expect");
    let got = match programme.as_str() {
        "htn" | "dm" | "htn+dm" => follow_up(case),
        "queue" => on_the_queue(case),
        "count" => counted(case),
        "score" => scored(case),
        other if others::is_one(other) => others::run(case),
        other => return CaseEnd::NotYet(other.to_owned()),
    };
    let got = match got {
        Ok(got) => got,
        Err(fault) if fault.starts_with(NOT_BUILT) => {
            return CaseEnd::NotYet(format!("{programme}: {fault}"));
        }
        Err(fault) => return CaseEnd::Failed(vec![fault]),
    };
    let mut faults: Vec<String> = expect
        .iter()
        .filter_map(|(key, wanted)| {
            let wanted = normal(key, wanted);
            match got.get(key) {
                Some(got) if *got == wanted => None,
                Some(got) => Some(format!("{key}: expected {wanted}, got {got}")),
                None => Some(format!("{key}: nothing computes this")),
            }
        })
        .collect();
    let has_class = got.get("class").is_some_and(|class| class != "none");
    if has_class && !expect.contains_key("class") {
        faults.push(format!("class: expected none, got {}", got["class"]));
    }
    if faults.is_empty() {
        CaseEnd::Passed
    } else {
        CaseEnd::Failed(faults)
    }
}

/// Sets are compared sorted, everything as text.
fn normal(key: &str, value: &Value) -> String {
    match key {
        "alerts" => {
            let alerts = value.as_array().unwrap().iter();
            joined(alerts.map(|a| a.as_str().unwrap().to_owned()))
        }
        "tasks" => joined(tables(value).iter().map(task_line)),
        "rows" => {
            let row = |row: &Table| {
                let kinds = row["kinds"].as_array().unwrap().iter();
                let kinds = joined(kinds.map(|k| k.as_str().unwrap().to_owned()));
                format!("{} {} {kinds}", row["due"], row["latest"])
            };
            joined(tables(value).iter().map(row))
        }
        _ => value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned),
    }
}

fn task_line(task: &Table) -> String {
    let latest = task.get("latest").map_or(String::new(), Value::to_string);
    let kind = task["kind"].as_str().unwrap();
    format!("{kind} {} {} {latest}", task["earliest"], task["due"])
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    let set: BTreeSet<String> = lines.collect();
    set.into_iter().collect::<Vec<_>>().join("; ")
}

fn follow_up(case: &Table) -> Result<BTreeMap<String, String>, String> {
    let programmes: Vec<ProgrammeKind> = text_of(case, "programme")
        .unwrap()
        .split('+')
        .map(|code| ProgrammeKind::from_code(code).unwrap())
        .collect();
    let settings = Settings::default();
    let day = day_of(case, "date").unwrap();
    let person = PersonFacts {
        birth: day_of(&table(case, "person"), "birth").unwrap(),
        is_female: text_of(&table(case, "person"), "sex").as_deref() == Some("2"),
        registered: None,
    };
    let before = given(case, &programmes, day);
    let happening = when(case, &programmes)?;
    let decision = decide(&before, &person, &happening, day, &settings)
        .map_err(|refusal| format!("refused: {refusal:?}"))?;
    let mut after = before.clone();
    after.take(&happening, &decision);
    check_replay(&before, &person, &happening, day, &decision)?;
    Ok(then(&programmes, &before, &after, &decision))
}

/// A stored decision replays to the same course, and deciding it again changes nothing.
fn check_replay(
    before: &Course,
    person: &PersonFacts,
    happening: &Happening,
    day: Day,
    decision: &Decision,
) -> Result<(), String> {
    let stored = rmp_serde::to_vec_named(decision).map_err(|e| e.to_string())?;
    let read: Decision = rmp_serde::from_slice(&stored).map_err(|e| e.to_string())?;
    let recorded = Recorded {
        day,
        happening: happening.clone(),
        decision: read,
    };
    let settings = Settings::default();
    let again = redecide(before, person, std::slice::from_ref(&recorded), |_| {
        &settings
    });
    if recorded.decision == *decision && again == [decision.clone()] {
        Ok(())
    } else {
        Err("the decision does not survive being stored and taken again".to_owned())
    }
}

fn then(
    programmes: &[ProgrammeKind],
    before: &Course,
    after: &Course,
    decision: &Decision,
) -> BTreeMap<String, String> {
    let mut got = BTreeMap::new();
    let class = |kind: &ProgrammeKind| {
        let class: Option<Class> = decision.outcomes.get(kind).and_then(|o| o.class);
        class.map_or("none", Class::code).to_owned()
    };
    if let [only] = programmes {
        got.insert("class".to_owned(), class(only));
    }
    for kind in programmes {
        got.insert(format!("class_{}", kind.code()), class(kind));
    }
    let alerts = decision.alerts.iter().map(|a| a.key().into_owned());
    got.insert("alerts".to_owned(), joined(alerts));
    let open: Vec<&Task> = programmes.iter().filter_map(|p| after.slot(*p)).collect();
    let lines = open.iter().map(|task| {
        let latest = task.latest.map_or(String::new(), |day| day.to_string());
        format!(
            "{} {} {} {latest}",
            task.kind.key(),
            task.earliest,
            task.due
        )
    });
    got.insert("tasks".to_owned(), joined(lines));
    let unchanged = programmes.iter().all(|p| before.slot(*p) == after.slot(*p));
    got.insert("open_unchanged".to_owned(), unchanged.to_string());
    let closed = decision.outcomes.values().any(|o| o.referral_closed);
    got.insert("referral_closed".to_owned(), closed.to_string());
    let ended = programmes.iter().all(|p| {
        let programme = after.programmes.get(p);
        programme.is_some_and(|p| matches!(p.status, ProgrammeStatus::Ended { .. }))
    });
    got.insert("closed".to_owned(), ended.to_string());
    let completed = decision
        .closed
        .iter()
        .filter(|closed| closed.how == Closing::Completed);
    let completed = joined(completed.map(|closed| closed.task.kind.key().to_owned()));
    got.insert("completed".to_owned(), completed);
    got
}

fn on_the_queue(case: &Table) -> Result<BTreeMap<String, String>, String> {
    let state = table(case, "state");
    let day = day_of(case, "date").unwrap();
    let mut got = BTreeMap::new();
    if let Some(open) = state.get("open").and_then(Value::as_table) {
        let task = open_task(open, ProgrammeKind::Htn);
        got.insert("status".to_owned(), task.status(day).key().to_owned());
        got.insert("days_late".to_owned(), task.days_late(day).to_string());
    }
    if let Some(tasks) = state.get("tasks") {
        let tasks: Vec<Table> = tables(tasks);
        let names = tasks.iter().filter_map(|t| text_of(t, "kind"));
        if let Some(name) = names.into_iter().find(|name| !is_built(name)) {
            return Err(format!("{NOT_BUILT}: {name}"));
        }
        let open: Vec<Task> = tasks
            .iter()
            .map(|t| open_task(t, ProgrammeKind::Htn))
            .collect();
        let rows = queue::merge(&open, day).into_iter().map(|row| {
            let kinds = joined(row.tasks.iter().map(|t| t.kind.key().to_owned()));
            format!("{} {} {kinds}", row.due, row.latest.unwrap())
        });
        got.insert("rows".to_owned(), joined(rows));
    }
    Ok(got)
}

fn counted(case: &Table) -> Result<BTreeMap<String, String>, String> {
    let (state, input) = (table(case, "state"), table(case, "input"));
    let today = day_of(case, "date").unwrap();
    let year = i32::try_from(number(&input, "year").ok_or("no year")?).unwrap();
    let face_to_face: BTreeSet<Day> = state
        .get("visits")
        .map(tables)
        .unwrap_or_default()
        .iter()
        .filter(|visit| mode(visit).is_face_to_face())
        .map(|visit| day_of(visit, "date").unwrap())
        .collect();
    let spans = [ManagedSpan {
        from: day_of(&input, "enrolled").unwrap(),
        to: day_of(&input, "exit"),
    }];
    let required = count::required(&spans, year);
    let done = count::done(&face_to_face, year);
    let standard = count::is_standard(required, done, flag(&input, "exam_done"));
    let short = count::falls_short(required, done, day_of(&state, "open_due"), today);
    let got = [
        ("required", required.to_string()),
        ("done", done.to_string()),
        ("standard", standard.to_string()),
        ("shortfall", short.to_string()),
    ];
    Ok(got.map(|(key, value)| (key.to_owned(), value)).into())
}

fn scored(case: &Table) -> Result<BTreeMap<String, String>, String> {
    let input = table(case, "input");
    let got = match text_of(&input, "form").as_deref() {
        Some("F09") => {
            let items = ["meal", "groom", "dress", "toilet", "move"];
            let scores: Option<Vec<u32>> = items.iter().map(|key| number(&input, key)).collect();
            let total: u32 = scores.ok_or("an item is missing")?.iter().sum();
            let level = SelfCare::of(total).code();
            BTreeMap::from([
                ("score".to_owned(), total.to_string()),
                ("level".to_owned(), level.to_owned()),
            ])
        }
        Some("F10") => {
            let items = input
                .get("items")
                .and_then(Value::as_array)
                .ok_or("no items")?;
            let items: Vec<u32> = items
                .iter()
                .map(|item| u32::try_from(item.as_integer().unwrap()).unwrap())
                .collect();
            let items: [u32; constitution::ITEMS] = items.try_into().map_err(|_| "not 33")?;
            constitutions(&items)
        }
        other => return Err(format!("no scores of {other:?}")),
    };
    Ok(got)
}

/// As the case file writes tables: sorted by name.
fn constitutions(items: &[u32; constitution::ITEMS]) -> BTreeMap<String, String> {
    let (mut scores, mut result) = (Table::new(), Table::new());
    for (kind, score, finding) in constitution::assess(items, (8, 10)) {
        let name = kind.name().zh.to_owned();
        scores.insert(name.clone(), Value::Integer(i64::from(score)));
        let finding = Value::String(finding.name(kind).zh.to_owned());
        result.insert(name, finding);
    }
    BTreeMap::from([
        ("scores".to_owned(), Value::Table(scores).to_string()),
        ("result".to_owned(), Value::Table(result).to_string()),
    ])
}
