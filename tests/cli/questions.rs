//! Search, queue and show, as tables and as documents.

use super::{Place, run, visit};

#[test]
fn people_are_found_as_typed() {
    let place = Place::new();
    place.patient();
    let said = place.run(&["search", "lgq"]);
    insta::assert_snapshot!(said.out, @"");
    let row = &place.ask("search lgq").json()["rows"][0];
    insta::assert_snapshot!(row, @"");
    let nobody = place.run(&["--lang", "en", "search", "zzz"]);
    insta::assert_snapshot!(nobody.out, @"");
    assert_eq!(nobody.code, 0);
}

#[test]
fn the_queue_tells_who_and_why() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-08-20", "136", "84"));
    let said = place.run(&["queue"]);
    insta::assert_snapshot!(said.out, @"");
    let json = place.ask("queue").json();
    insta::assert_snapshot!(json["counts"], @"");
    insta::assert_snapshot!(json["rows"][0], @"");
    let early = place.ask("queue --today 2026-11-10").json();
    assert_eq!(early["rows"], serde_json::json!([]));
    let ahead = place.ask("queue --today 2026-11-10 --days 20").json();
    assert_eq!(ahead["rows"][0]["due"], "2026-11-20");
    let far = place.ask("queue --days 5000");
    assert_eq!(far.refused(), "E-RANGE");
}

#[test]
fn a_person_and_a_household_are_shown_whole() {
    let place = Place::new();
    let person = place.patient();
    run(&place, &visit(person, "2026-11-21", "138", "86"));
    insta::assert_snapshot!(place.run(&["show", "p1"]).out, @"");
    insta::assert_snapshot!(place.run(&["--lang", "en", "show", "h1"]).out, @"");
    let json = place.ask("show p1").json();
    assert_eq!(json["contacts"][1]["forms"][0]["answers"]["sbp"], 138);
    let number = json["record_no"].as_str().unwrap().to_owned();
    assert_eq!(place.ask(&format!("show {number}")).json()["id"], "p1");
    assert_eq!(place.ask("show h1").json()["members"][0]["id"], "p1");
    assert_eq!(place.ask("show p99").refused(), "E-UNKNOWN");
}
