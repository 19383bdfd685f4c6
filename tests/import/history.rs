//! Enrolments and past follow-ups a roster brings: never a visit of ours.

use cunyi::{
    desk::{Command, Question, Reply, request::Accepted},
    domain::{course::happening::Happening, programmes::ProgrammeKind, roster::preview::HeldBack},
};

use super::{Clinic, codes, lines, read};

#[test]
fn past_follow_ups_are_known_and_never_counted_as_visits() {
    let mut clinic = Clinic::new();
    let roster = read("roster-clean.xlsx");
    let preview = clinic.preview(&roster);
    assert_eq!(
        preview.history.taken + preview.history.left,
        77,
        "{:?}",
        preview.history
    );
    clinic.import(&roster);
    let mut known = 0;
    for row in clinic.people() {
        let Reply::Person(view) = clinic
            .desk
            .answer(&Question::Person(row.person.id))
            .unwrap()
        else {
            panic!();
        };
        for contact in &view.contacts {
            assert!(matches!(
                contact.happening,
                Happening::Enrolled(_) | Happening::BroughtIn { .. }
            ));
        }
        for programme in view.member.course.programmes.values() {
            assert!(programme.face_to_face.is_empty());
            if let Some(last) = &programme.last {
                assert!(last.brought_in);
                known += 1;
            }
        }
    }
    assert_eq!(known, preview.history.taken);
    clinic.is_clean();
}

#[test]
fn enrolments_are_proposed_and_the_young_are_held_back() {
    let mut clinic = Clinic::new();
    let roster = lines(&[
        "姓名,性别,出生日期,与户主关系,人群分类",
        "张德福,男,1955-01-01,户主,高血压、2型糖尿病",
        "张小军,男,1996-01-01,长子,高血压",
        "李秀英,女,,妻,糖尿病",
    ]);
    let preview = clinic.preview(&roster);
    let proposed: Vec<_> = preview.enrol.iter().map(|p| (p.row, p.programme)).collect();
    assert_eq!(proposed, [(2, ProgrammeKind::Htn), (2, ProgrammeKind::Dm)]);
    let held: Vec<_> = preview.held.iter().map(|(p, why)| (p.row, *why)).collect();
    assert_eq!(
        held,
        [
            (
                3,
                HeldBack::TooYoung {
                    age: 30,
                    needed: 35
                }
            ),
            (4, HeldBack::NoBirth)
        ]
    );
    let done = clinic.change(Command::Import {
        roster: roster.clone(),
        enrol: Accepted::These(vec![(2, ProgrammeKind::Dm), (3, ProgrammeKind::Htn)]),
        gauge: None,
    });
    assert_eq!(done.counts["enrolled"], 1);
    let later = clinic.preview(&roster);
    let proposed: Vec<_> = later.enrol.iter().map(|p| (p.row, p.programme)).collect();
    assert_eq!(proposed, [(2, ProgrammeKind::Htn)]);
    clinic.is_clean();
}

#[test]
fn a_later_follow_up_of_somebody_enrolled_is_brought_in_once() {
    let mut clinic = Clinic::new();
    clinic.import(&lines(&[
        "姓名,性别,出生日期,与户主关系,人群分类,联系电话",
        "张德福,男,1955-01-01,户主,高血压,15400000001",
    ]));
    let past = lines(&[
        "姓名,性别,出生日期,与户主关系,人群分类,联系电话,最近随访日期,收缩压,舒张压",
        "张德福,男,1955-01-01,户主,高血压,15400000001,2026-01-10,152,94",
    ]);
    let preview = clinic.preview(&past);
    assert_eq!((codes(&preview), preview.history.taken), (vec![], 1));
    assert_eq!(clinic.import(&past).people, []);
    let head = clinic.head();
    assert_eq!(clinic.preview(&past).history.known, 1);
    clinic.import(&past);
    assert_eq!(clinic.head(), head);
}
