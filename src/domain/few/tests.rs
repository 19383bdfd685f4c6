//! What is read of a row in part is what the whole row says.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{
    agreement::{
        pledge::Pledge,
        promise::{self, Item, Line, Often, Service},
        term::Term,
    },
    contact::Correction,
    course::{
        Course, Decision, Ended, Happening, LastSeen, ManagedSpan, ProgrammeCourse,
        ProgrammeStatus, TargetValue,
        happening::{EndReason, Measured},
        served::Done,
        standing::Moved,
    },
    form::{Confirmation, FilledForm, Mark},
    id::{AgreementId, HouseholdId, PersonId, StaffId, VillageId, VisitId},
    person::{AgreementTold, ManualTag, PersonState, key},
    programmes::{
        Facts, ProgrammeKind, reason::Reason, rule::Rule, screen35::Screening, vax::Dose,
    },
    proposal::Ground,
    rows::CourseRow,
    tables::Row,
    task::{Task, TaskKind},
    value::{Value, YearMonth},
    window::within_days,
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

fn programme(kind: ProgrammeKind, facts: Facts) -> ProgrammeCourse {
    let entered = day("2024-05-06");
    let window = within_days(entered, 14);
    let visit = kind.programme().visit.unwrap_or(TaskKind::Trace);
    let task = Task::new(visit, kind, &window, Rule::H1, Reason::YearlyCheck);
    let measured = Measured {
        sbp: Some(150),
        fbg: Some("7.15".parse().unwrap()),
        ..Measured::default()
    };
    ProgrammeCourse {
        status: ProgrammeStatus::Refused {
            on: day("2026-01-31"),
        },
        facts,
        slot: Some(task),
        last_on_target: Some(false),
        last_adr: Some(true),
        attempts: 300,
        target: Some(TargetValue::Glucose("6.15".parse().unwrap())),
        last: Some(LastSeen {
            day: day("2025-05-06"),
            class: None,
            measured,
            brought_in: true,
        }),
        last_exam: Some(day("2025-06-06")),
        referral_open: Some(day("2025-07-06")),
        spans: [None, Some(day("2025-01-01"))]
            .map(|to| ManagedSpan { from: entered, to })
            .into(),
        face_to_face: [entered, day("2024-09-01")].into(),
        ..ProgrammeCourse::entered_on(entered)
    }
}

fn course() -> CourseRow {
    let term = Term {
        start: day("2025-01-01"),
        years: 3,
    };
    let given = [
        (Dose::ALL[0], day("2024-01-01")),
        (Dose::ALL[3], day("2024-03-01")),
    ];
    let moved = Moved {
        of: None,
        from: day("2026-02-01"),
        days: 7,
        earliest: day("2026-02-02"),
        due: day("2026-02-08"),
        rule: Rule::R1,
        attempts: 1,
        refused: true,
    };
    let course = Course {
        programmes: [
            (
                ProgrammeKind::Htn,
                programme(ProgrammeKind::Htn, Facts::Nothing),
            ),
            (
                ProgrammeKind::Vax,
                programme(ProgrammeKind::Vax, Facts::Doses(given.into())),
            ),
            (
                ProgrammeKind::Elderly,
                ProgrammeCourse::entered_on(day("2024-05-07")),
            ),
        ]
        .into(),
        ended: Some(Ended {
            on: day("2026-02-28"),
            why: EndReason::MovedAway,
        }),
        declined: [(
            ProgrammeKind::Dm,
            Ground::Disability {
                kinds: vec!["2".to_owned()],
            },
        )]
        .into(),
        referral: programme(ProgrammeKind::Dm, Facts::Nothing).slot,
        screening: Screening {
            last_day: Some(day("2026-02-01")),
            high_days: [day("2026-02-01"), day("2026-01-01")].into(),
            ..Screening::default()
        },
        moved: [(TaskKind::HtnExam, moved)].into(),
        done: vec![Done {
            kind: TaskKind::HtnVisit,
            day: day("2025-05-06"),
            met: true,
        }],
    };
    let pledge = Pledge {
        agreement: AgreementId(300),
        number: "A0001".to_owned(),
        term,
        covered: term.span(),
        lines: vec![Line {
            item: Item::Basic(Service::HtnVisits),
            often: Often::Yearly(4),
            contact: promise::Contact::FaceToFace,
        }],
    };
    CourseRow::of(&person(), course, vec![pledge])
}

/// The row as far as it is asked for.
fn course_for(keys: &[&str]) -> CourseRow {
    let whole = course();
    let is_for = |key: &[&str]| key.iter().any(|key| keys.contains(key));
    let mut row = CourseRow {
        course: Course::default(),
        pledges: Vec::new(),
        ..whole.clone()
    };
    let whole_course = whole.course;
    if is_for(&[DONE, WORK, PLEDGES]) && !keys.contains(&ENTRIES) {
        row.course.done = whole_course.done;
    }
    if is_for(&[ENTRIES, WORK, PLEDGES]) {
        row.course.ended = whole_course.ended;
        row.course.declined = whole_course.declined;
        row.course.programmes = whole_course.programmes;
    }
    for programme in row.course.programmes.values_mut() {
        programme.spans.clear();
        programme.face_to_face.clear();
        if keys.contains(&ENTRIES) {
            *programme = ProgrammeCourse {
                status: programme.status,
                facts: programme.facts.clone(),
                ..ProgrammeCourse::entered_on(programme.entered)
            };
        }
    }
    if is_for(&[WORK, PLEDGES]) {
        row.course.referral = whole_course.referral;
        row.course.screening = whole_course.screening;
        row.course.moved = whole_course.moved;
    }
    if keys.contains(&PLEDGES) {
        row.pledges = whole.pledges;
    }
    row
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
fn a_course_is_read_as_far_as_it_is_asked_for() {
    for keys in [&[][..], &[DONE], &[ENTRIES], &[WORK], &[PLEDGES]] {
        assert_eq!(read(&course(), keys), course_for(keys), "{keys:?}");
    }
}

/// Whoever adds a field to such a row is told to read it.
#[test]
fn a_row_read_in_part_takes_all_its_bytes() {
    fn left<R: Few>(row: &R, keys: &[&str]) -> usize {
        let bytes = postcard::to_stdvec(row).unwrap();
        let mut reader = postcard::Deserializer::from_bytes(&bytes);
        R::read_few(&mut reader, keys).unwrap();
        reader.finalize().unwrap().len()
    }
    assert_eq!(left(&person(), &[]), 0, "{:?}", Person::TABLE);
    assert_eq!(left(&household(), &[]), 0, "{:?}", Household::TABLE);
    assert_eq!(left(&contact(), &[]), 0, "{:?}", Contact::TABLE);
    assert_eq!(left(&course(), &[PLEDGES]), 0, "{:?}", CourseRow::TABLE);
}
