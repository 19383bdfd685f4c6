//! What the commands write, on both streams.

use std::ffi::OsString;

use super::{NASTY, is_harmless, nasty, poisoned};
use crate::cli::Place;

#[test]
fn commands_on_a_poisoned_store_write_nothing_that_acts() {
    let place = poisoned();
    for line in [
        "search 毒",
        "search wang --limit 50",
        "queue --all",
        "queue --days 400",
        "show p1",
        "show p2",
        "show h1",
        "show h2",
        "check",
        "log",
        "log --person p1",
        "agreement list",
        "staff list",
        "settings",
        "report list",
        "keys",
        "export people --format csv --out people.csv",
        "export people --format json --out people.json",
        "export journal --format json --out journal.json",
        "visit 毒 --form F01 --date 2026-11-21",
    ] {
        for shape in [&[][..], &["--json"]] {
            for lang in ["zh", "en"] {
                let output = place
                    .command()
                    .current_dir(place.data())
                    .args(line.split(' '))
                    .args(shape)
                    .args(["--lang", lang, "--user", "王建国"])
                    .output()
                    .unwrap();
                is_harmless(&output.stdout, line);
                is_harmless(&output.stderr, line);
                assert!(output.status.code().is_some_and(|code| code <= 2), "{line}");
            }
        }
    }
    let said = place.run(&["search", "毒", "--user", "王建国"]);
    assert!(said.out.contains("王毒"), "{said:?}");
    let json = place.ask("search 毒 --user 王建国").json();
    assert!(json["rows"][0]["name"].as_str().unwrap().contains("王毒"));
}

#[test]
fn arguments_quoted_in_a_refusal_act_on_nothing() {
    let place = Place::new();
    for text in [nasty("甲").as_str(), NASTY[1], NASTY[4]] {
        let text = text.replace('\0', "");
        let text = text.as_str();
        for arguments in [
            vec![text],
            vec!["show", text],
            vec!["search", text],
            vec!["queue", "--date", text],
            vec!["queue", text],
            vec!["--user", text, "enrol", "p1", "htn", "--date", "2026-11-01"],
            vec!["--keymap", text, "keys"],
            vec!["keys", "--check", text],
            vec!["--lang", text, "queue"],
            vec!["--data", text, "queue"],
            vec!["--today", text, "queue"],
            vec!["--request", text, "enrol", "p1", "htn"],
            vec!["import", text],
            vec!["import", "x.csv", "--sheet", text],
            vec!["restore", text],
            vec!["export", text, "--out", "x.csv"],
            vec!["report", text, "--period", text],
            vec!["visit", "p1", "--form", text, "--date", "2026-11-21"],
            vec!["visit", "p1", "--form", "F01", "--set", text],
            vec!["agreement", text],
            vec!["agreement", "show", text],
            vec!["staff", "add", text, "--role", text],
        ] {
            for shape in [&[][..], &["--json"]] {
                let output = place
                    .command()
                    .current_dir(place.data())
                    .args(&arguments)
                    .args(shape)
                    .output()
                    .unwrap();
                let of = format!("{arguments:?}");
                is_harmless(&output.stdout, &of);
                is_harmless(&output.stderr, &of);
                assert!(output.status.code().is_some_and(|code| code <= 2), "{of}");
            }
        }
    }
}

#[test]
fn the_environment_acts_on_nothing() {
    let place = Place::new();
    for text in [nasty("甲"), NASTY[4].to_owned()] {
        let text = text.replace('\0', "");
        for name in [
            "LANG",
            "LC_ALL",
            "TERM",
            "NO_COLOR",
            "CUNYI_PASSWORD_FILE",
            "HOME",
        ] {
            let mut command = place.command();
            let output = command.env(name, &text).arg("queue").output().unwrap();
            is_harmless(&output.stdout, name);
            is_harmless(&output.stderr, name);
        }
        let mut command = place.command();
        let output = command.env("CUNYI_DATA", &text).arg("queue").output();
        is_harmless(&output.unwrap().stderr, "CUNYI_DATA");
    }
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_refused_in_words() {
    use std::os::unix::ffi::OsStringExt as _;
    let place = Place::new();
    // Half a character of GB18030, a surrogate in UTF-8, a lone continuation.
    for bytes in [&b"\x81"[..], b"\xed\xa0\x80", b"\xbf\xff", b"\xd5\xc5"] {
        let text = OsString::from_vec(bytes.to_vec());
        for before in [&["show"][..], &["search"], &["import"], &["--user"], &[]] {
            let mut command = place.command();
            let output = command.args(before).arg(&text).output().unwrap();
            is_harmless(&output.stdout, "bytes");
            is_harmless(&output.stderr, "bytes");
            let code = output.status.code();
            assert!(code.is_some_and(|code| code <= 2), "{before:?} {bytes:?}");
        }
    }
}

#[test]
fn hidden_signs_are_not_recorded() {
    let place = Place::new();
    let said = place.run(&[
        "init",
        "--clinic",
        "石桥\u{202e}村",
        "--village",
        "石桥村",
        "--doctor",
        "王建国",
        "--data",
        &place.data().join("other").display().to_string(),
        "--practice",
    ]);
    assert_eq!(said.code, 1, "{said:?}");
    let person = place.patient().to_string();
    let mut visit = crate::cli::visit(person.parse().unwrap(), "2026-11-21", "138", "86");
    visit.extend(["--set", "symptoms=0", "--set", "symptom_other=咳\u{200b}嗽"].map(str::to_owned));
    let said = crate::cli::run(&place, &visit);
    assert_eq!(said.code, 1, "{said:?}");
}
