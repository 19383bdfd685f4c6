//! Commands killed at many moments: what was said to be saved is there, else nothing is, and
//! the same request once more leaves exactly one record.

use std::process::Command;

use cunyi::{
    desk::{Question, Reply, reply::PersonView},
    domain::{day::plus_days, id::PersonId},
};

use super::{Place, visit};
use crate::support::{
    clinic::day,
    kill::{KILLS, Moments},
};

/// A command of the binary on this folder.
fn command(place: &Place, arguments: &[String], request: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("cunyi"));
    command
        .args(arguments)
        .args(["--request", request, "--lang", "zh"])
        .env_clear()
        .env("HOME", place.data())
        .env("CUNYI_DATA", place.data());
    command
}

fn seen(place: &Place, person: PersonId) -> PersonView {
    match place.desk().answer(&Question::Person(person)).unwrap() {
        Reply::Person(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn head(place: &Place) -> u64 {
    match place.desk().answer(&Question::Head).unwrap() {
        Reply::Head(head) => head,
        other => panic!("{other:?}"),
    }
}

/// Kills the command `next` names, repeats it under its id, and compares; `next` gets the
/// number of the try.
fn killed(place: &Place, what: &str, seed: u64, mut next: impl FnMut(usize) -> Vec<String>) {
    let mut moments = Moments::new(seed);
    let mut kept_by_kill = 0;
    let mut turn = 0;
    while moments.go_on() {
        turn += 1;
        let arguments = next(turn);
        let id = format!("{what}/{turn}");
        let before = head(place);
        let (said, _) = moments.strike(command(place, &arguments, &id));
        let checked = place.desk().check(|_| true).unwrap().checked;
        assert_eq!(checked.faults, Vec::new(), "{id}");
        let kept = head(place) - before;
        let acknowledged = said.contains('{');
        assert!(kept <= 1, "{id}: {kept} entries");
        assert!(!acknowledged || kept == 1, "{id} was acknowledged: {said}");
        kept_by_kill += kept;
        let again = moments.whole(command(place, &arguments, &id));
        let told = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "{id}: {told}");
        assert_eq!(head(place) - before, 1, "{id} is one entry");
        if acknowledged {
            assert_eq!(said.as_bytes(), again.stdout, "{id}");
        }
    }
    println!(
        "{what}: {} of {turn} killed while running, {kept_by_kill} entries of them kept",
        moments.struck
    );
    assert!(KILLS <= moments.struck);
}

#[test]
fn a_killed_visit_stands_whole_or_not_at_all() {
    let place = Place::new();
    let person = place.patient();
    killed(&place, "visit", 1, |turn| {
        let date = plus_days(day("2026-08-01"), i64::try_from(turn).unwrap());
        visit(person, &date.to_string(), "138", "86")
    });
    let contacts = seen(&place, person).contacts.len();
    assert!(KILLS < contacts, "{contacts}");
}

#[test]
fn a_killed_correction_and_withdrawal_stand_whole_or_not_at_all() {
    let place = Place::new();
    let person = place.patient();
    let mut visits = Vec::new();
    for turn in 1..=3 * KILLS {
        let date = plus_days(day("2026-08-01"), i64::try_from(turn).unwrap());
        let said = super::run(&place, &visit(person, &date.to_string(), "138", "86"));
        visits.push(said.json()["id"].as_str().unwrap().to_owned());
    }
    killed(&place, "correct", 2, |turn| {
        let id = &visits[turn % visits.len()];
        let sbp = 120 + turn;
        let line = format!("correct {id} --set sbp={sbp} --reason 录错 --json");
        line.split(' ').map(str::to_owned).collect()
    });
    killed(&place, "withdraw", 3, |_| {
        let id = visits.pop().unwrap();
        let line = format!("withdraw {id} --reason 录错人 --json");
        line.split(' ').map(str::to_owned).collect()
    });
}

#[test]
fn a_killed_enrolment_stands_whole_or_not_at_all() {
    let place = Place::new();
    let people: Vec<PersonId> = (0..3 * KILLS)
        .map(|number| {
            let name: String = ["李", "王"][number % 2].to_owned()
                + ["国", "强", "桂", "兰", "秀"][number / 2 % 5]
                + ["英", "芳", "军", "平", "梅", "华"][number / 10 % 6];
            place.person(&name, &format!("19{:02}-02-01", 40 + number % 30))
        })
        .collect();
    killed(&place, "enrol", 4, |turn| {
        let line = format!("enrol {} htn --date 2026-08-01 --json", people[turn]);
        line.split(' ').map(str::to_owned).collect()
    });
}
