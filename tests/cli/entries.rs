//! `enrol --proposed` lists who is proposed, or enters them.

use super::Place;

#[test]
fn those_proposed_are_listed_then_entered() {
    let place = Place::new();
    let old = place.person("张德福", "1955-03-02");
    place.person("李国强", "1990-02-01");
    let listed = place.ask("enrol --proposed --dry-run").json();
    let rows = listed["proposals"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["person"], old.to_string());
    assert_eq!(rows[0]["programme"], "elderly");
    assert_eq!(rows[0]["ground"], "aged");
    assert_eq!(rows[0]["wants_form"], false);
    let done = place.ask("enrol --proposed").json();
    assert_eq!(done["entered"], 2);
    assert_eq!(done["left_out"].as_array().unwrap().len(), 0);
    let none = place.ask("enrol --proposed --dry-run").json();
    assert_eq!(none["proposals"].as_array().unwrap().len(), 0);
    assert_eq!(place.ask("enrol --proposed").json()["entered"], 0);
    place.ask("check").json();
}

#[test]
fn the_list_reads_as_a_table_and_a_programme_is_named() {
    let place = Place::new();
    place.person("张德福", "1955-03-02");
    let table = place.run(&["enrol", "--proposed", "--dry-run", "--lang", "zh"]);
    assert!(table.out.contains("满65岁 2020-03-02"), "{table:?}");
    assert_eq!(
        place.ask("enrol --proposed nothing").refused(),
        "E-PROGRAMME"
    );
    // Whoever is entered one by one is named, as before.
    assert_ne!(place.run(&["enrol", "p1"]).code, 0);
    assert_ne!(place.run(&["enrol", "p1", "htn", "--dry-run"]).code, 0);
}
