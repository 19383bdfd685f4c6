//! Cards: what is refused, what is filled in, what is doubted, what is tagged.

use super::clinic::{Clinic, code, day, family, resident, text};
use cunyi::{
    desk::{Command, request::NewPerson},
    domain::{
        household::MoveReason,
        id::{HouseholdId, PersonId},
        identity::Sex,
        person::{Basics, Mother},
        value::{Answers, Value},
    },
};
use rstest::rstest;

fn refused(done: Result<cunyi::desk::reply::Done, cunyi::desk::Stop>) -> String {
    match done {
        Err(cunyi::desk::Stop::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::minority_without_name(&[("ethnic", code("99"))], "E-ETHNIC-TEXT")]
#[case::none_with_another(&[("diseases", Value::Codes(vec!["1".into(), "2".into()]))], "E-CODE-EXCL")]
#[case::unknown_code(&[("marriage", code("7"))], "E-CODE")]
#[case::unknown_field(&[("height_of_roof", text("3"))], "E-FIELD")]
#[case::digits_in_a_name(&[("name", text("张3"))], "E-NAME")]
#[case::no_name(&[("name", text(""))], "E-PER-NAME")]
#[case::born_tomorrow(&[("birth", Value::Date(day("2026-11-22")))], "E-DATE-LATE")]
#[case::number_too_short(&[("id_type", code("01")), ("id_no", text("11010519491231002"))], "E-ID-LEN")]
#[case::number_of_another_birth(&[("id_type", code("01")), ("id_no", text("11010519491231002X"))], "E-ID-BIRTH")]
#[case::phone(&[("phone", text("12345"))], "E-TEL-FORMAT")]
fn a_card_is_refused(#[case] values: &[(&str, Value)], #[case] expected: &str) {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let before = clinic.person(home.members[0]).member.person;
    assert_eq!(refused(clinic.set(home.members[0], values)), expected);
    assert_eq!(clinic.person(home.members[0]).member.person, before);
}

#[test]
fn a_rule_holds_whichever_of_its_fields_changes() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let minority = [("ethnic", code("99")), ("ethnic_text", text("苗族"))];
    clinic.set(home.members[0], &minority).unwrap();
    let mut card = clinic.person(home.members[0]).member.person.card;
    card.remove("ethnic_text");
    let person = home.members[0];
    let refusal = clinic.refusal(Command::ChangePerson { person, card });
    assert_eq!(refusal, "E-ETHNIC-TEXT");
}

#[test]
fn nobody_lives_without_a_household() {
    let mut clinic = Clinic::new();
    let person = resident("李小燕", Sex::Female, "1990-01-01", 0, "户主");
    let household = HouseholdId(77);
    let refusal = clinic.refusal(Command::AddPerson { household, person });
    assert_eq!(refusal, "E-PER-NOHH");
}

#[test]
fn a_number_belongs_to_one_person_alone() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let [first, second] = [home.members[0], home.members[1]];
    let numbered = |number: &str| {
        [
            ("id_type", code("01")),
            ("id_no", text(number)),
            ("sex", code("2")),
            ("birth", Value::Date(day("1949-12-31"))),
        ]
    };
    clinic
        .set(first, &numbered("１１０１０５１９４９１２３１００２ｘ"))
        .unwrap();
    let kept = clinic.person(first).member.person;
    assert_eq!(kept.text("id_no"), "11010519491231002X");
    assert_eq!(
        refused(clinic.set(second, &numbered("11010519491231002x"))),
        "E-PER-DUP"
    );
    // 作废 frees the number.
    clinic.does(Command::VoidPerson {
        person: first,
        why: "重复".to_owned(),
        same_as: Some(second),
        new_head: Some(second),
    });
    clinic.set(second, &numbered("11010519491231002X")).unwrap();
    clinic.is_clean();
}

#[test]
fn a_number_fills_in_birth_and_sex() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let basics = Basics {
        name: "周国民".to_owned(),
        id_no: "150622196003102047".to_owned(),
        ..Basics::default()
    };
    let person = NewPerson {
        card: basics.card(),
        relation: 8,
        relation_word: "其他".to_owned(),
        joined_by: MoveReason::MovedIn,
        from: day("2026-11-01"),
        told: None,
    };
    let household = home.id;
    let done = clinic.does(Command::AddPerson { household, person });
    let person = clinic.person(done.people[0]).member.person;
    assert_eq!(person.birth(), Some(day("1960-03-10")));
    assert_eq!(person.sex(), Sex::Female);
}

fn newborn(mother: Mother) -> NewPerson {
    let basics = Basics {
        sex: Some(Sex::Female),
        birth: Some(day("2026-11-10")),
        mother: Some(mother),
        ..Basics::default()
    };
    NewPerson {
        card: basics.card(),
        relation: 4,
        relation_word: "孙女".to_owned(),
        joined_by: MoveReason::Birth,
        from: day("2026-11-10"),
        told: None,
    }
}

#[test]
fn a_newborn_may_wait_for_its_name_and_knows_its_mother() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let household = home.id;
    let person = newborn(Mother::Resident(home.members[3]));
    let done = clinic.does(Command::AddPerson { household, person });
    let view = clinic.person(done.people[0]);
    assert_eq!(view.mother, Some((home.members[3], "李芳".to_owned())));
    assert_eq!(view.stays[0].joined_by, Some(MoveReason::Birth));
    assert!(
        view.missing.contains(&"name".to_owned()),
        "{:?}",
        view.missing
    );
    assert!(!view.missing.contains(&"record_no".to_owned()));
    assert_eq!(view.stated.get("creator"), Some(&text("王建国")));
    let stranger = newborn(Mother::Resident(PersonId(99)));
    let person = stranger;
    assert_eq!(
        clinic.refusal(Command::AddPerson { household, person }),
        "E-UNKNOWN"
    );
    clinic.is_clean();
}

#[test]
fn an_unlikely_mother_and_a_twin_are_doubted() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let codes = |clinic: &Clinic, card: Answers| -> Vec<&'static str> {
        let doubts = clinic.doubts(None, home.id, card);
        doubts
            .iter()
            .map(cunyi::domain::doubt::Doubt::code)
            .collect()
    };
    let likely = newborn(Mother::Resident(home.members[3])).card;
    assert_eq!(codes(&clinic, likely.clone()), Vec::<&str>::new());
    let grandmother = newborn(Mother::Resident(home.members[1])).card;
    assert_eq!(codes(&clinic, grandmother), ["W-PER-MOTHER"]);
    let child = newborn(Mother::Resident(home.members[4])).card;
    assert_eq!(codes(&clinic, child), ["W-PER-MOTHER"]);
    let household = home.id;
    let person = newborn(Mother::Resident(home.members[3]));
    clinic.does(Command::AddPerson { household, person });
    assert_eq!(codes(&clinic, likely), ["W-PER-SIMILAR"]);
    let again = resident("张德福", Sex::Male, "1956-03-10", 0, "户主").card;
    assert_eq!(codes(&clinic, again), ["W-PER-SIMILAR"]);
}

#[test]
fn a_number_used_in_many_houses_is_doubted() {
    let mut clinic = Clinic::new();
    let phone = [("phone", text("13985550123"))];
    for n in 0..6 {
        let name = ["赵一", "钱二", "孙三", "李四", "周五", "吴六"][n];
        let head = resident(name, Sex::Male, "1970-01-01", 0, "户主");
        let home = clinic.home(1, head, &[]);
        let mut card = clinic.person(home.members[0]).member.person.card;
        card.insert("phone".into(), phone[0].1.clone());
        let doubts = clinic.doubts(Some(home.members[0]), home.id, card);
        let shared = doubts.iter().any(|doubt| doubt.code() == "W-TEL-SHARED");
        assert_eq!(shared, n == 5, "{n}: {doubts:?}");
        clinic.set(home.members[0], &phone).unwrap();
    }
}

#[test]
fn a_tag_set_by_hand_says_what_it_rests_on() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let person = home.members[0];
    let set = |tag: &str, evidence: &str| Command::SetTag {
        person,
        tag: tag.to_owned(),
        evidence: evidence.to_owned(),
    };
    assert_eq!(clinic.refusal(set("K08", " ")), "E-INPUT");
    assert_eq!(clinic.refusal(set("K99", "证")), "E-UNKNOWN");
    clinic.does(set("K08", "残疾证 5299…"));
    let tags = clinic.person(person).member.tags;
    assert!(tags.contains(cunyi::domain::tags::Tag::Disabled));
    clinic.undo();
    assert_eq!(clinic.person(person).member.person.manual_tags, []);
    clinic.is_clean();
}
