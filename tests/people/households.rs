//! Household cards: types, risks and their history, phones and numbers.

use super::clinic::{Clinic, TODAY, code, day, family, resident, text};
use cunyi::{
    desk::{Command, request::NewHousehold},
    domain::{
        id::{HouseholdId, VillageId},
        identity::Sex,
        tags::Tag,
        value::{Answers, Value},
    },
};

fn set(clinic: &mut Clinic, household: HouseholdId, values: &[(&str, Value)]) {
    let card = with(clinic, household, values);
    clinic.does(Command::ChangeHousehold { household, card });
}

fn with(clinic: &Clinic, household: HouseholdId, values: &[(&str, Value)]) -> Answers {
    let mut card = clinic.household(household).household.card;
    for (field, value) in values {
        card.insert((*field).to_owned(), value.clone());
    }
    card
}

#[test]
fn a_household_has_one_head() {
    let mut clinic = Clinic::new();
    let head = || resident("赵大海", Sex::Male, "1970-01-01", 0, "户主");
    let found = |members| {
        Command::AddHousehold(NewHousehold {
            village: VillageId(1),
            outside_no: None,
            card: Answers::new(),
            members,
        })
    };
    assert_eq!(clinic.refusal(found(vec![head(), head()])), "E-HH-HEAD");
    assert_eq!(clinic.refusal(found(Vec::new())), "E-HH-HEADLESS");
    let home = family(&mut clinic);
    let household = home.id;
    let second = Command::AddPerson {
        household,
        person: head(),
    };
    assert_eq!(clinic.refusal(second), "E-HH-HEAD");
    let relation = |person, relation| Command::ChangeRelation {
        person,
        relation,
        word: "弟弟".to_owned(),
    };
    assert_eq!(clinic.refusal(relation(home.members[1], 0)), "E-HH-HEAD");
    assert_eq!(
        clinic.refusal(relation(home.members[0], 7)),
        "E-HH-HEADLESS"
    );
    clinic.is_clean();
}

#[test]
fn a_cleared_risk_gives_the_type_back_and_stays_in_the_history() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    set(&mut clinic, home.id, &[("hh_type", code("2"))]);
    let risk = [
        ("hh_type", code("5")),
        ("risk_found", Value::Date(day("2026-03-01"))),
        ("risks", Value::Codes(vec!["1".into()])),
    ];
    set(&mut clinic, home.id, &risk);
    let watched = clinic.household(home.id);
    assert_eq!(watched.household.card.get("type_before"), Some(&code("2")));
    assert!(watched.members[0].tags.contains(Tag::Monitored));
    let cleared = [("risk_cleared", Value::Date(day("2026-10-01")))];
    set(&mut clinic, home.id, &cleared);
    let after = clinic.household(home.id);
    assert_eq!(after.household.card.get("hh_type"), Some(&code("2")));
    assert!(!after.members[0].tags.contains(Tag::Monitored));
    assert!(after.members[0].tags.contains(Tag::LiftedFromPoverty));
    let Some(Value::Rows(rows)) = after.household.card.get("risk_history") else {
        panic!("{:?}", after.household.card);
    };
    assert_eq!(rows[0].get("type"), Some(&code("5")));
    assert_eq!(
        rows[0].get("cleared"),
        Some(&Value::Date(day("2026-10-01")))
    );
    // 边缘易致贫户 was never poor: it returns to 一般户.
    let edge = [
        ("hh_type", code("4")),
        ("risk_found", Value::Date(day("2026-11-01"))),
        ("risk_cleared", Value::Date(day(TODAY))),
    ];
    let other = clinic.home(1, resident("孙家", Sex::Male, "1970-01-01", 0, "户主"), &[]);
    set(&mut clinic, other.id, &edge);
    let after = clinic.household(other.id).household.card;
    assert_eq!(after.get("hh_type"), Some(&code("1")));
    clinic.undo();
    assert_eq!(
        clinic.household(other.id).household.card.get("hh_type"),
        None
    );
    clinic.is_clean();
}

#[test]
fn a_household_card_is_checked() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let household = home.id;
    for (values, expected) in [
        ([("hh_type", code("8"))], "E-CODE"),
        ([("phone", text("110"))], "E-TEL-FORMAT"),
        ([("risk_found", Value::Date(day(TODAY)))], "E-NOT-ASKED"),
    ] {
        let card = with(&clinic, household, &values);
        let refusal = clinic.refusal(Command::ChangeHousehold { household, card });
        assert_eq!(refusal, expected);
    }
    let view = clinic.household(household);
    assert_eq!(view.stated.get("hh_no"), Some(&text("101030001")));
    assert!(view.missing.contains(&"address".to_owned()));
    assert!(!view.missing.contains(&"hh_no".to_owned()));
}
