//! Since when people brought in by a roster live here: nobody told, so that what happened before
//! the day of the import can be recorded as it was.
//!
//! The import once said they had moved in on its own day; a death a week before was refused.

use cunyi::{
    desk::{
        Command, Question, Reply, Stop,
        reply::PersonView,
        request::{ContactDraft, MovePerson},
    },
    domain::{
        course::happening::{Enrolled, Happening},
        household::MoveReason,
        id::PersonId,
        programmes::ProgrammeKind,
    },
};

use super::{Clinic, lines, today};
use crate::support::clinic::{day, visit};

/// A household of three, one with hypertension, and one who lives alone; today is 2026-03-01.
fn imported() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.import(&lines(&[
        "户编号,户主姓名,与户主关系,姓名,性别,出生日期,村（居）,组,家庭住址,人群分类",
        "7,张德福,户主,张德福,男,1955-01-01,石桥村,3,石桥村3组7号,高血压",
        "7,张德福,妻,李秀英,女,1957-02-03,石桥村,3,石桥村3组7号,",
        "7,张德福,孙子,张小宝,男,2026-02-10,石桥村,3,石桥村3组7号,",
        "8,赵大海,户主,赵大海,男,1970-05-05,石桥村,3,石桥村3组8号,",
    ]));
    clinic
}

fn id(clinic: &Clinic, name: &str) -> PersonId {
    clinic.person(name).person.id
}

fn view(clinic: &Clinic, id: PersonId) -> PersonView {
    match clinic.desk.answer(&Question::Person(id)).unwrap() {
        Reply::Person(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn refused(clinic: &mut Clinic, command: Command) -> String {
    match clinic.try_change(command) {
        Err(Stop::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

fn died(person: PersonId, on: &str) -> Command {
    Command::RecordDeath {
        person,
        on: day(on),
        cause: "脑卒中".to_owned(),
        new_head: None,
    }
}

#[test]
fn the_roster_says_who_lives_here_and_not_since_when() {
    let clinic = imported();
    let person = id(&clinic, "李秀英");
    let stays = view(&clinic, person).stays;
    assert_eq!(stays.len(), 1);
    assert_eq!((stays[0].from, stays[0].joined_by), (None, None));
    assert_eq!(clinic.person("李秀英").person.created, today());
}

#[test]
fn a_death_before_the_day_of_the_import_is_recorded_as_it_was() {
    let mut clinic = imported();
    let person = id(&clinic, "李秀英");
    assert_eq!(
        refused(&mut clinic, died(person, "1957-02-02")),
        "E-PER-DEATH"
    );
    clinic.change(died(person, "2026-02-22"));
    let stays = view(&clinic, person).stays;
    assert_eq!(
        (stays[0].from, stays[0].until),
        (None, Some(day("2026-02-22")))
    );
    clinic.is_clean();
}

#[test]
fn who_was_enrolled_by_the_roster_can_have_died_before_it_came() {
    let mut clinic = imported();
    let person = id(&clinic, "张德福");
    let Command::RecordDeath { on, cause, .. } = died(person, "2026-02-22") else {
        panic!("no death");
    };
    let new_head = Some(id(&clinic, "李秀英"));
    clinic.change(Command::RecordDeath {
        person,
        on,
        cause,
        new_head,
    });
    let seen = view(&clinic, person);
    assert!(!seen.member.person.is_here());
    let htn = &seen.member.course.programmes.get(&ProgrammeKind::Htn);
    assert!(htn.is_none_or(|htn| !htn.is_open()), "{htn:?}");
    assert!(seen.member.course.tasks().is_empty());
    clinic.is_clean();
    clinic.change(Command::Undo);
    let course = view(&clinic, person).member.course;
    assert!(course.programmes[&ProgrammeKind::Htn].is_open());
    clinic.is_clean();
}

#[test]
fn who_was_enrolled_by_the_roster_can_have_moved_away_before_it_came() {
    let mut clinic = imported();
    let person = id(&clinic, "张德福");
    let new_head = Some(id(&clinic, "李秀英"));
    clinic.change(Command::MoveOut {
        person,
        on: day("2026-02-20"),
        to: "县城".to_owned(),
        new_head,
    });
    let course = view(&clinic, person).member.course;
    let htn = course.programmes.get(&ProgrammeKind::Htn);
    assert!(htn.is_none_or(|htn| !htn.is_open()), "{htn:?}");
    assert!(course.tasks().is_empty());
    clinic.is_clean();
}

#[test]
fn moves_before_the_day_of_the_import_are_recorded_but_not_before_birth() {
    let mut clinic = imported();
    let (child, wife) = (id(&clinic, "张小宝"), id(&clinic, "李秀英"));
    let to = clinic.person("赵大海").person.household;
    let moving = |person, on: &str| {
        Command::MovePerson(MovePerson {
            person,
            to,
            relation: 8,
            word: "寄住".to_owned(),
            on: day(on),
            reason: MoveReason::Marriage,
            new_head: None,
        })
    };
    let early = moving(child, "2026-02-09");
    assert_eq!(refused(&mut clinic, early), "E-DATE-EARLY");
    clinic.change(moving(wife, "2026-01-10"));
    let stays = view(&clinic, wife).stays;
    let spans: Vec<_> = stays.iter().map(|stay| (stay.from, stay.until)).collect();
    let on = Some(day("2026-01-10"));
    assert_eq!(spans, [(None, on), (on, None)]);
    let again = moving(wife, "2026-01-09");
    assert_eq!(refused(&mut clinic, again), "E-DATE-EARLY");
    clinic.change(Command::MoveOut {
        person: child,
        on: day("2026-02-20"),
        to: "县城".to_owned(),
        new_head: None,
    });
    clinic.is_clean();
}

/// The roster enrols on the day it comes. A sheet of paper from before says they were followed
/// up earlier: then that enrolment is withdrawn for the true one, and the visit stands.
#[test]
fn an_old_visit_is_entered_late_once_the_enrolment_is_as_old() {
    let mut clinic = imported();
    let person = id(&clinic, "张德福");
    let old = Command::RecordContact(Box::new(visit(person, "2025-11-20", 152, 94)));
    assert_eq!(refused(&mut clinic, old.clone()), "E-PROG-NONE");
    let contacts = view(&clinic, person).contacts;
    let [enrolment] = contacts.as_slice() else {
        panic!("{contacts:?}");
    };
    clinic.change(Command::WithdrawContact {
        contact: enrolment.id,
        reason: "早已纳入".to_owned(),
    });
    let mut earlier = ContactDraft::about(person, day("2025-09-01"));
    earlier.happening = Some(Happening::Enrolled(Enrolled::in_programme(
        ProgrammeKind::Htn,
    )));
    clinic.change(Command::RecordContact(Box::new(earlier)));
    clinic.change(old);
    let course = view(&clinic, person).member.course;
    let htn = &course.programmes[&ProgrammeKind::Htn];
    assert_eq!(htn.entered, day("2025-09-01"));
    assert_eq!(
        htn.last.as_ref().map(|last| last.day),
        Some(day("2025-11-20"))
    );
    let tasks = course.tasks();
    let due: Vec<_> = tasks.iter().map(|task| task.due).collect();
    assert_eq!(
        due,
        [day("2025-12-04")],
        "two weeks after a first high reading"
    );
    clinic.is_clean();
}
