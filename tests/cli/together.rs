//! Several processes on one store, repeats, and processes that are killed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use cunyi::domain::id::PersonId;

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
    let mut acknowledged: Vec<String> = Vec::new();
    // Each time killed after another visit, another while into the next.
    for (turn, (after, into)) in [(1, 0), (2, 15), (1, 30), (3, 45), (2, 60), (1, 75)]
        .into_iter()
        .enumerate()
    {
        let mut shell = visits_one_after_another(&place, person, turn);
        let mut said = BufReader::new(shell.stdout.take().unwrap()).lines();
        let mut lines: Vec<String> = said.by_ref().take(after).map(Result::unwrap).collect();
        std::thread::sleep(Duration::from_millis(into));
        kill_group(&mut shell);
        lines.extend(said.map_while(Result::ok));
        assert!(after <= lines.len(), "{lines:?}");
        for json in lines
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
        {
            let json: serde_json::Value = json;
            acknowledged.push(json["id"].as_str().unwrap().to_owned());
        }
        let checked = place.ask("check");
        assert_eq!(checked.json()["ok"], true, "{checked:?}");
    }
    let shown = place.ask("show p1").json();
    let contacts = shown["contacts"].as_array().unwrap();
    for id in &acknowledged {
        let is_kept = contacts.iter().any(|contact| contact["id"] == id.as_str());
        assert!(is_kept, "{id} was acknowledged");
    }
}

/// A shell in a group of its own that records a visit a day.
#[cfg(unix)]
fn visits_one_after_another(place: &Place, person: PersonId, turn: usize) -> Child {
    use std::os::unix::process::CommandExt;
    let binary = assert_cmd::cargo::cargo_bin("cunyi");
    let mut script = String::new();
    for day in 1..=9 {
        let date = format!("2026-{:02}-{:02}", 8 + turn / 3, 1 + (turn % 3) * 9 + day);
        let words = visit(person, &date, "138", "86");
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let line = [format!("'{}'", binary.display()), quoted.join(" ")].join(" ");
        script.push_str(&line);
        script.push('\n');
    }
    Command::new("sh")
        .args(["-c", &script])
        .env_clear()
        .env("CUNYI_DATA", place.data())
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[cfg(unix)]
fn kill_group(shell: &mut Child) {
    let group = format!("-{}", shell.id());
    let killed = Command::new("kill").args(["-9", "--", &group]).status();
    assert!(killed.unwrap().success());
    shell.wait().unwrap();
}
