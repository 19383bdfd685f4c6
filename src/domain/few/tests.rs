//! What is read of a row in part is what the whole row says.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{
    contact::Correction,
    course::{Course, Decision, Happening, ProgrammeCourse},
    form::{Confirmation, FilledForm, Mark},
    id::{HouseholdId, PersonId, StaffId, VillageId, VisitId},
    person::{AgreementTold, ManualTag, PersonState, key},
    programmes::ProgrammeKind,
    tables::Row,
    value::{Value, YearMonth},
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn read<R: Few>(row: &R, keys: &[&str]) -> R {
    let bytes = postcard::to_stdvec(row).unwrap();
    R::read_few(&mut postcard::Deserializer::from_bytes(&bytes), keys).unwrap()
}

/// Answers of every kind, the first and the last key among them.
fn answers() -> Answers {
    let inner: Answers = [
        ("disease".to_owned(), Value::Code("2".to_owned())),
        ("confirmed".to_owned(), Value::Dec("6.15".parse().unwrap())),
    ]
    .into();
    let month = YearMonth {
        year: 2020,
        month: None,
    };
    [
        ("a", Value::Bool(true)),
        (key::BIRTH, Value::Date(day("1955-03-02"))),
        (key::DISEASES, Value::Codes(vec!["2".into(), "10".into()])),
        ("height", Value::Int(-163)),
        ("known", Value::Month(month)),
        (key::NAME, Value::Text("王桂兰".to_owned())),
        (
            "rows",
            Value::Rows(vec![inner.clone(), Answers::new(), inner]),
        ),
        (key::SEX, Value::Code("2".to_owned())),
        ("weight", Value::Dec("66.5".parse().unwrap())),
        ("z", Value::Text(String::new())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn person() -> Person {
    Person {
        id: PersonId(7),
        household: HouseholdId(300),
        member_no: 2,
        relation: 1,
        relation_word: "配偶".to_owned(),
        record_no: Some("99990110310100012".to_owned()),
        former_record_nos: vec!["1".to_owned(), "22".to_owned()],
        state: PersonState::MovedOut {
            on: day("2026-02-28"),
            to: "外地".to_owned(),
        },
        card: answers(),
        manual_tags: vec![ManualTag {
            tag: "K08".to_owned(),
            since: day("2021-01-01"),
            evidence: "证".to_owned(),
        }],
        agreement_told: Some(AgreementTold {
            state: "已签".to_owned(),
            signed_on: Some(day("2025-08-12")),
            doctor: None,
        }),
        created: day("2019-12-31"),
        created_by: StaffId(3),
    }
}

fn household() -> Household {
    Household {
        id: HouseholdId(300),
        village: VillageId(2),
        serial: 15,
        outside_no: Some("甲-15".to_owned()),
        head: Some(PersonId(7)),
        members: vec![PersonId(7), PersonId(8)],
        next_member_no: 3,
        card: answers(),
        created: day("2019-12-31"),
        ended: Some(day("2026-03-01")),
    }
}

fn form() -> FilledForm {
    FilledForm {
        form: "F01".to_owned(),
        edition: "2017".to_owned(),
        visit: day("2026-08-20"),
        answers: answers(),
        marks: BTreeMap::from([
            ("a".to_owned(), Mark::Typed),
            (key::NAME.to_owned(), Mark::Carried),
        ]),
        confirmed: [Confirmation {
            field: "a".to_owned(),
            code: "W-HIGH".to_owned(),
        }]
        .into(),
    }
}

fn contact() -> Contact {
    Contact {
        id: VisitId(12),
        person: PersonId(7),
        day: day("2026-08-20"),
        seq: 99,
        by: StaffId(1),
        at: -5,
        forms: vec![form(), form()],
        happening: Happening::Returned,
        decision: Decision {
            review: true,
            ..Decision::default()
        },
        edition: 4,
        corrections: vec![Correction {
            seq: 101,
            reason: "笔误".to_owned(),
            forms_before: vec![form()],
        }],
        withdrawn: Some("重复".to_owned()),
    }
}

fn course() -> CourseRow {
    let entered = ProgrammeCourse::entered_on(day("2024-05-06"));
    let course = Course {
        programmes: [
            (ProgrammeKind::Htn, entered.clone()),
            (ProgrammeKind::Dm, entered),
        ]
        .into(),
        ..Course::default()
    };
    CourseRow::of(&person(), course, Vec::new())
}

/// Every choice of three answers, none and all of them.
#[test]
fn a_card_read_in_part_has_the_answers_asked_for_and_no_others() {
    let all = answers();
    let keys: Vec<&str> = all.keys().map(String::as_str).collect();
    let mut choices = vec![Vec::new(), keys.clone(), vec!["nothing"]];
    for first in &keys {
        for second in &keys {
            choices.push(vec![*second, *first, "nothing"]);
        }
    }
    for keys in choices {
        let mut card = all.clone();
        card.retain(|key, _| keys.contains(&key.as_str()));
        let expected = Person {
            card: card.clone(),
            ..person()
        };
        assert_eq!(read(&person(), &keys), expected, "{keys:?}");
        let expected = Household {
            card,
            ..household()
        };
        assert_eq!(read(&household(), &keys), expected, "{keys:?}");
    }
}

#[test]
fn a_contact_is_read_without_its_forms_and_corrections() {
    let expected = Contact {
        forms: Vec::new(),
        corrections: Vec::new(),
        ..contact()
    };
    assert_eq!(read(&contact(), &[]), expected);
}

#[test]
fn of_a_course_only_the_programmes_are_read() {
    assert_eq!(read(&course(), &[]), course());
    let mut more = course();
    more.course.ended = Some(crate::domain::course::Ended {
        on: day("2026-02-28"),
        why: crate::domain::course::happening::EndReason::MovedAway,
    });
    assert_eq!(read(&more, &[]), course());
    // What agreements promise stands behind the course.
    let whole = read(&more, &[COURSE]);
    assert_eq!(whole.course, more.course);
    assert_eq!((whole.person, whole.pledges), (more.person, Vec::new()));
}

/// Whoever adds a field to such a row is told to read it.
#[test]
fn a_row_read_in_part_takes_all_its_bytes() {
    fn left<R: Few>(row: &R) -> usize {
        let bytes = postcard::to_stdvec(row).unwrap();
        let mut reader = postcard::Deserializer::from_bytes(&bytes);
        R::read_few(&mut reader, &[]).unwrap();
        reader.finalize().unwrap().len()
    }
    assert_eq!(left(&person()), 0, "{:?}", Person::TABLE);
    assert_eq!(left(&household()), 0, "{:?}", Household::TABLE);
    assert_eq!(left(&contact()), 0, "{:?}", Contact::TABLE);
}
