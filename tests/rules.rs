//! Runs the worked examples of the follow-up rules: every case of `tests/cases/*.toml` and
//! of the files named in `CUNYI_CASES` (separated by `:`).
//!
//! A case of a programme that is not built is counted as *not yet*, by name, never as passed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cunyi::domain::{
    course::{
        Course, LastSeen, ManagedSpan, PersonFacts, ProgrammeCourse, ProgrammeStatus, Recorded,
        TargetValue, count, decide,
        decision::{Closing, Decision},
        happening::{
            EndReason, Enrolled, FormFacts, Happening, Hypoglycaemia, LastVisit, Measured,
            ReferralResult, Visited,
        },
    },
    day::{Day, plus_days},
    programmes::{Class, ProgrammeKind, reason::Reason, rule::Rule},
    queue,
    settings::{Pressure, Settings},
    task::{Mode, Task, TaskKind},
    value::Decimal,
    window::{Span, Window, WindowCode},
};
use toml::{Table, Value};

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
    let again =
        cunyi::domain::course::redecide(before, person, std::slice::from_ref(&recorded), |_| {
            &settings
        });
    if recorded.decision == *decision && again == [decision.clone()] {
        Ok(())
    } else {
        Err("the decision does not survive being stored and taken again".to_owned())
    }
}

fn given(case: &Table, programmes: &[ProgrammeKind], day: Day) -> Course {
    let state = table(case, "state");
    let mut course = Course::default();
    let entered = plus_days(day, -3650);
    let mut known = programmes.to_vec();
    if flag(&table(case, "person"), "in_htn") {
        known.push(ProgrammeKind::Htn);
    }
    let enrolling = text_of(case, "event").as_deref() == Some("enrol");
    for kind in known {
        if enrolling && programmes.contains(&kind) {
            continue;
        }
        let mut programme = ProgrammeCourse::entered_on(entered);
        programme.spans = vec![ManagedSpan {
            from: entered,
            to: None,
        }];
        remember(&mut programme, kind, &state);
        course.programmes.insert(kind, programme);
    }
    let opens = |kind: ProgrammeKind| programmes.contains(&kind);
    let referral_open = flag(&state, "referral_open");
    if let Some(open) = state.get("open").and_then(Value::as_table) {
        let task = open_task(open, programmes[0]);
        if task.kind == TaskKind::ReferralCheck {
            let programmes = programmes.iter().copied().collect();
            course.referral = Some(Task { programmes, ..task });
        } else if let Some(programme) = course.programmes.get_mut(&programmes[0]) {
            programme.slot = Some(task);
        }
    } else if referral_open {
        let mut task = open_task_of(programmes[0], plus_days(day, -14));
        task.programmes = programmes.iter().copied().collect();
        course.referral = Some(task);
    }
    if referral_open || course.referral.is_some() {
        for (kind, programme) in &mut course.programmes {
            programme.referral_open = opens(*kind).then(|| plus_days(day, -14));
        }
    }
    course
}

fn remember(programme: &mut ProgrammeCourse, kind: ProgrammeKind, state: &Table) {
    let flag_key = if kind == ProgrammeKind::Dm {
        "fbg_ok"
    } else {
        "bp_ok"
    };
    for prev in state.get("prev").map(tables).unwrap_or_default() {
        let on_target = prev.get(flag_key).and_then(Value::as_bool);
        programme.last_on_target = on_target.or(programme.last_on_target);
        programme.last_adr = prev.get("adr").and_then(Value::as_bool);
        programme.last = Some(LastSeen {
            day: day_of(&prev, "date").unwrap(),
            class: None,
            measured: Measured::default(),
            brought_in: false,
        });
    }
    programme.attempts = number(state, "attempts").unwrap_or(0);
    programme.target = match kind {
        ProgrammeKind::Dm => decimal(state, "fbg_target").map(TargetValue::Glucose),
        _ => state.get("target").and_then(Value::as_array).map(|t| {
            let part = |n: usize| u32::try_from(t[n].as_integer().unwrap()).unwrap();
            TargetValue::Pressure(Pressure::new(part(0), part(1)))
        }),
    };
}

fn kind_of(text: &str) -> TaskKind {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .unwrap_or_else(|_| panic!("no such task: {text}"))
}

fn open_task(open: &Table, programme: ProgrammeKind) -> Task {
    let due = day_of(open, "due").unwrap();
    let code = match text_of(open, "window").as_deref() {
        Some("W2W") => WindowCode::TwoWeeks,
        Some("W6M") => WindowCode::HalfYear,
        Some("CY") => WindowCode::CalendarYear,
        Some("FIX") => WindowCode::Fixed,
        _ => WindowCode::ThreeMonths,
    };
    let window = Window {
        code,
        from: due,
        span: Span::Chosen,
        earliest: day_of(open, "earliest").unwrap(),
        due,
        latest: day_of(open, "latest"),
    };
    let kind = kind_of(&text_of(open, "kind").unwrap());
    let reason = Reason::MonthsPassed { months: 3 };
    Task::new(kind, programme, &window, Rule::H6, reason)
}

fn open_task_of(programme: ProgrammeKind, referred: Day) -> Task {
    let window = cunyi::domain::window::within_days(referred, 14);
    let kind = TaskKind::ReferralCheck;
    Task::new(kind, programme, &window, Rule::H4, Reason::TwiceOffTarget)
}

fn when(case: &Table, programmes: &[ProgrammeKind]) -> Result<Happening, String> {
    let state = table(case, "state");
    let input = table(case, "input");
    let event = text_of(case, "event").unwrap();
    let result =
        number(&input, "result").and_then(|code| ReferralResult::from_code(&code.to_string()));
    let measured = measured(&input);
    let has_values = measured.pressure().is_some() || measured.fbg.is_some();
    let reason = None;
    Ok(match event.as_str() {
        "visit" => Happening::Visited(visited(case, programmes, None)),
        "referral_check" if has_values => Happening::Visited(visited(case, programmes, result)),
        "referral_check" => Happening::ReferralChecked {
            result: result.ok_or("no result")?,
            mode: mode(&input),
        },
        "attempt_failed" => Happening::NotReached {
            kinds: BTreeSet::new(),
            reason,
        },
        "refused" => Happening::RefusedVisit {
            kinds: BTreeSet::new(),
        },
        "stop" => Happening::Left {
            programme: Some(programmes[0]),
            why: EndReason::DiagnosisRemoved,
        },
        "enrol" => Happening::Enrolled(Enrolled {
            programme: programmes[0],
            last_visit: state.get("prev").map(tables).and_then(|prev| {
                let day = day_of(prev.last()?, "date")?;
                let measured = Measured::default();
                Some(LastVisit { day, measured })
            }),
            under_age_reason: None,
        }),
        other => return Err(format!("no such event for this programme: {other}")),
    })
}

fn visited(
    case: &Table,
    programmes: &[ProgrammeKind],
    referral_result: Option<ReferralResult>,
) -> Visited {
    let input = table(case, "input");
    let person = table(case, "person");
    let danger = input.get("danger").and_then(Value::as_array).map(|signs| {
        let signs = signs.iter().map(|s| s.as_str().unwrap().to_owned());
        signs.collect::<BTreeSet<String>>()
    });
    let form = FormFacts {
        danger: danger.unwrap_or_default(),
        adr: flag(&input, "adr"),
        adr_hard: flag(&input, "adr_hard"),
        compl: flag(&input, "compl"),
        hypo: match number(&input, "hypo") {
            Some(3) => Some(Hypoglycaemia::Frequent),
            Some(2) => Some(Hypoglycaemia::Occasional),
            Some(_) => Some(Hypoglycaemia::None),
            None => None,
        },
        ..FormFacts::default()
    };
    Visited {
        mode: mode(&input),
        measured: measured(&input),
        pregnant: flag(&person, "preg"),
        lactating: flag(&person, "lact"),
        forms: programmes.iter().map(|p| (*p, form.clone())).collect(),
        referral_result,
    }
}

fn measured(input: &Table) -> Measured {
    Measured {
        sbp: number(input, "sbp"),
        dbp: number(input, "dbp"),
        fbg: decimal(input, "fbg"),
        rbg: decimal(input, "rbg"),
        temp: decimal(input, "temp"),
        heart_rate: number(input, "hr"),
        hr_sustained: flag(input, "hr_sustained"),
    }
}

fn mode(input: &Table) -> Mode {
    Mode::from_code(&number(input, "mode").unwrap().to_string()).unwrap()
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
    let alerts = decision.alerts.iter().map(|a| a.key().to_owned());
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

const NOT_BUILT: &str = "task not built";

fn is_built(kind: &str) -> bool {
    serde_json::from_value::<TaskKind>(serde_json::Value::String(kind.to_owned())).is_ok()
}

fn table(of: &Table, key: &str) -> Table {
    let table = of.get(key).and_then(Value::as_table);
    table.cloned().unwrap_or_default()
}

fn tables(value: &Value) -> Vec<Table> {
    let list = value.as_array().unwrap().iter();
    list.map(|v| v.as_table().unwrap().clone()).collect()
}

fn text_of(of: &Table, key: &str) -> Option<String> {
    of.get(key).and_then(Value::as_str).map(ToOwned::to_owned)
}

fn flag(of: &Table, key: &str) -> bool {
    of.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn number(of: &Table, key: &str) -> Option<u32> {
    let number = of.get(key).and_then(Value::as_integer)?;
    u32::try_from(number).ok()
}

fn decimal(of: &Table, key: &str) -> Option<Decimal> {
    let text = of.get(key)?.to_string();
    text.parse().ok()
}

fn day_of(of: &Table, key: &str) -> Option<Day> {
    of.get(key)?.as_datetime()?.to_string().parse().ok()
}
