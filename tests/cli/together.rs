//! Several processes on one store, repeats, and processes that are killed.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use super::{Place, run, visit};

#[test]
fn a_repeat_of_a_request_gets_the_first_reply() {
    let place = Place::new();
    let person = place.patient();
    let mut arguments = visit(person, "2026-11-21", "138", "86");
    arguments.extend(["--request", "post-17"].map(str::to_owned));
    let first = run(&place, &arguments);
    let second = run(&place, &arguments);
    assert_eq!((first.code, second.code), (0, 0), "{second:?}");
    assert_eq!(first.out, second.out);
    assert_eq!(place.ask("check").json()["visits"], 2);
    let without = visit(person, "2026-11-21", "138", "86");
    assert_eq!(run(&place, &without).refused(), "E-FORM-DUP");
    assert_eq!(
        place
            .ask(&format!("enrol {person} dm --request "))
            .refused(),
        "E-REQUEST"
    );
}

#[test]
fn two_processes_writing_at_once_both_succeed() {
    let place = Place::new();
    let people: Vec<_> = ["李国强", "王桂兰"]
        .map(|name| place.person(name, "1960-01-01"))
        .to_vec();
    for person in &people {
        place.ask(&format!("enrol {person} htn --date 2026-08-01"));
    }
    std::thread::scope(|scope| {
        for person in people {
            let place = &place;
            scope.spawn(move || {
                for turn in 1..=5 {
                    let said = run(
                        place,
                        &visit(person, &format!("2026-11-{turn:02}"), "138", "86"),
                    );
                    assert_eq!(said.code, 0, "{said:?}");
                }
            });
        }
    });
    let json = place.ask("check").json();
    assert_eq!((&json["ok"], &json["visits"]), (&true.into(), &12.into()));
}

#[cfg(unix)]
#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let place = Place::new();
    let person = place.patient();
    let binary = assert_cmd::cargo::cargo_bin("cunyi");
    let mut acknowledged: Vec<String> = Vec::new();
    for (turn, patience) in [3_u64, 8, 14, 21, 29, 38].into_iter().enumerate() {
        let script = (1..=4)
            .map(|n| {
                let date = format!("2026-{:02}-{:02}", 8 + turn / 3, 1 + (turn % 3) * 8 + n);
                let words = visit(person, &date, "138", "86");
                let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
                format!(
                    "exec_{n}() {{ '{}' {}; }}; exec_{n}",
                    binary.display(),
                    quoted.join(" ")
                )
            })
            .collect::<Vec<_>>()
            .join("\n");
        let mut shell = Command::new("sh")
            .args(["-c", &script])
            .env_clear()
            .env("CUNYI_DATA", place.data())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(patience * 4));
        kill_tree(shell.id());
        shell.kill().unwrap();
        let output = shell.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        for line in said.lines().filter(|line| line.ends_with('}')) {
            let json: serde_json::Value = serde_json::from_str(line).unwrap();
            acknowledged.extend(json["id"].as_str().map(str::to_owned));
        }
        let checked = place.ask("check");
        assert_eq!(checked.json()["ok"], true, "{checked:?}");
    }
    let shown = place.ask("show p1").json();
    let kept: Vec<&str> = shown["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap())
        .collect();
    for id in &acknowledged {
        assert!(kept.contains(&id.as_str()), "{id} was acknowledged");
    }
    assert!(
        !acknowledged.is_empty(),
        "no visit was recorded before its kill"
    );
}

/// Kills the children of a shell, by their ids.
#[cfg(unix)]
fn kill_tree(shell: u32) {
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
    for child in children.unwrap_or_default().split_whitespace() {
        let _ = Command::new("kill").args(["-9", child]).status();
    }
}
