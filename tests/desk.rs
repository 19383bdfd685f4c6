//! The desk by its requests: what is recorded stands, is undone whole, and
//! equals its replay.

use cunyi::{
    desk::{Change, Command, Desk, Question, Reply, Stop, request::ContactDraft},
    domain::{
        aspect::{Aspect, Seen},
        course::happening::{Enrolled, Happening},
        id::{PersonId, StaffId},
        programmes::ProgrammeKind,
        refusal::{RecordRefusal, Refusal},
        task::TaskKind,
        value::Value,
    },
    store::Store,
};

use crate::support::clinic::{Clinic, day, visit};

#[test]
fn a_visit_leaves_the_queue_and_brings_the_next_date() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let before = clinic.queue();
    assert_eq!(before.due.len(), 1, "{before:?}");
    let done = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-11-21",
            138,
            86,
        ))))
        .unwrap();
    let decision = &done.contacts[0].decision;
    assert_eq!(decision.opened[0].due, day("2027-02-21"));
    let after = clinic.queue();
    assert_eq!(after.due.len(), 0);
    assert_eq!(after.counts.done, 1);
    clinic.is_clean();

    clinic.change(Command::Undo).unwrap();
    assert_eq!(clinic.queue().due.len(), 1);
    clinic.is_clean();
    clinic.change(Command::Undo).unwrap();
    assert_eq!(clinic.queue().due.len(), 0, "an undo of an undo restores");
    clinic.is_clean();
}

#[test]
fn a_late_visit_redecides_the_later_ones() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-01-05");
    let later = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-06-20",
            152,
            94,
        ))))
        .unwrap();
    assert_eq!(later.contacts[0].decision.rules[0].id(), "H5");
    let late = clinic
        .change(Command::RecordContact(Box::new(visit(
            person,
            "2026-06-05",
            150,
            92,
        ))))
        .unwrap();
    assert_eq!(late.redecided, vec![later.contacts[0].id]);
    clinic.is_clean();
    let id = late.contacts[0].id;
    let reason = "录错人".to_owned();
    let back = clinic
        .change(Command::WithdrawContact {
            contact: id,
            reason,
        })
        .unwrap();
    assert_eq!(back.redecided, vec![later.contacts[0].id]);
    clinic.is_clean();
}

fn change(id: &str, seen: Vec<Seen>, command: Command) -> Change {
    Change {
        id: id.to_owned(),
        by: StaffId(1),
        seen,
        date_is: None,
        command,
    }
}

fn record(person: PersonId, on: &str, sbp: i64) -> Command {
    Command::RecordContact(Box::new(visit(person, on, sbp, 80)))
}

fn second_window(clinic: &Clinic) -> Desk {
    let store = Store::open(&clinic.path(), None).unwrap();
    let clock = std::sync::Arc::clone(&clinic.clock);
    Desk::new(store, clock, crate::support::clinic::catalog(), "w2", None)
}

#[test]
fn a_repeated_request_gets_the_first_reply_and_writes_nothing() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let asked = change("once", Vec::new(), record(person, "2026-11-21", 138));
    let first = clinic.desk.change(&asked).unwrap();
    let head = clinic.head();
    let again = second_window(&clinic).change(&asked).unwrap();
    assert_eq!(first, again);
    assert_eq!(clinic.head(), head);
}

#[test]
fn a_stale_change_is_a_conflict_that_names_who_and_what() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    let Reply::VisitDesk(seen) = clinic
        .desk
        .answer(&Question::VisitDesk {
            person,
            forms: vec!["F01".to_owned()],
            day: None,
        })
        .unwrap()
    else {
        panic!("no visit desk");
    };
    let other = second_window(&clinic);
    other
        .change(&change(
            "theirs",
            Vec::new(),
            record(person, "2026-11-20", 138),
        ))
        .unwrap();
    let mine = change("mine", seen.seen.clone(), record(person, "2026-11-21", 140));
    let Err(Stop::Refused(Refusal::Record(RecordRefusal::Stale(stale)))) =
        clinic.desk.change(&mine)
    else {
        panic!("no conflict");
    };
    assert_eq!(stale.aspect, Aspect::Programme(person, ProgrammeKind::Htn));
    assert_eq!(
        (stale.name.as_str(), stale.cause.as_str()),
        ("王建国", "record_contact")
    );
    // Changes of other aspects never disturb each other.
    let card = Seen {
        aspect: Aspect::PersonCard(person),
        revision: 0,
    };
    let tag = Command::SetTag {
        person,
        tag: "K08".into(),
        evidence: "残疾证".into(),
    };
    assert!(
        clinic
            .desk
            .change(&change("stale card", vec![card], tag.clone()))
            .is_err()
    );
    let others = seen.seen.iter().filter(|seen| seen.aspect != stale.aspect);
    clinic
        .desk
        .change(&change("card", others.copied().collect(), tag))
        .unwrap();
    clinic.is_clean();
}

#[test]
fn a_later_entry_of_another_window_forbids_the_undo() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.enrol(person, "2026-08-01");
    clinic
        .change(Command::AddStaff {
            name: "李小燕".into(),
            role: cunyi::domain::clinic::Role::Doctor,
        })
        .unwrap();
    clinic.change(record(person, "2026-11-21", 138)).unwrap();
    let other = second_window(&clinic);
    let mut theirs = change("theirs", Vec::new(), record(person, "2026-11-20", 138));
    theirs.by = StaffId(2);
    other.change(&theirs).unwrap();
    let Err(Stop::Refused(Refusal::Record(RecordRefusal::UndoneTooLate { name, .. }))) =
        clinic.change(Command::Undo)
    else {
        panic!("undone over a later entry");
    };
    assert_eq!(name, "李小燕");
}

#[test]
fn a_clock_far_off_is_asked_about_once() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-02-01");
    clinic.clock.turn(40 * DAY);
    let tag = |evidence: &str| Command::SetTag {
        person,
        tag: "K08".into(),
        evidence: evidence.into(),
    };
    let refused = clinic.change(tag("残疾证"));
    assert!(
        matches!(&refused, Err(Stop::Refused(refusal)) if refusal.code() == "E-CLOCK"),
        "{refused:?}"
    );
    let mut confirmed = change("confirmed", Vec::new(), tag("残疾证"));
    confirmed.date_is = Some(day("2026-12-31"));
    clinic.desk.change(&confirmed).unwrap();
    let next = Command::ClearTag {
        person,
        tag: "K08".into(),
        why: "录错".into(),
    };
    clinic.change(next).unwrap();
    clinic.clock.turn(-10 * 60 * 1000);
    let back = clinic.change(tag("残疾证"));
    assert!(matches!(back, Err(Stop::Refused(refusal)) if refusal.code() == "E-CLOCK"));
    clinic.is_clean();
}

#[test]
fn two_windows_write_by_turns_and_each_sees_the_other() {
    let mut clinic = Clinic::new();
    let other = second_window(&clinic);
    for (turn, given) in "甲乙丙丁戊己庚辛壬癸".chars().enumerate() {
        let person = clinic.person(&format!("李{given}"), "1968-02-01");
        let tag = Command::SetTag {
            person,
            tag: "K14".into(),
            evidence: "入户".into(),
        };
        other
            .change(&change(&format!("w2-{turn}"), Vec::new(), tag))
            .unwrap();
        let Reply::Person(view) = clinic.desk.answer(&Question::Person(person)).unwrap() else {
            panic!("no person");
        };
        assert_eq!(view.member.person.manual_tags.len(), 1);
    }
    clinic.is_clean();
}

/// A diabetes visit of these values.
fn glucose(person: PersonId, on: &str, fbg: &str) -> ContactDraft {
    let mut draft = visit(person, on, 128, 78);
    let form = &mut draft.forms[0];
    form.form = "F02".into();
    form.answers.remove("salt");
    form.answers.remove("heart_rate");
    for (key, code) in [("dorsalis_pedis", "1"), ("hypo", "1")] {
        form.answers.insert(key.into(), Value::Code(code.into()));
    }
    form.answers.insert("staple".into(), Value::Int(350));
    let fbg = fbg.parse().unwrap();
    form.answers.insert("fbg".into(), Value::Dec(fbg));
    draft
}

/// A check nobody was reached for on its last day is due after it: what the rules themselves
/// propose then was refused as too late.
#[test]
fn a_second_programme_joins_a_referral_check_due_after_its_last_day() {
    let mut clinic = Clinic::new();
    let person = clinic.person("李国强", "1968-03-02");
    clinic.enrol(person, "2026-01-10");
    let told = |on: &str, happening| {
        let mut draft = ContactDraft::about(person, day(on));
        draft.happening = Some(happening);
        Command::RecordContact(Box::new(draft))
    };
    let dm = Happening::Enrolled(Enrolled::in_programme(ProgrammeKind::Dm));
    clinic.change(told("2026-01-10", dm)).unwrap();
    let glucose = |on: &str| Command::RecordContact(Box::new(glucose(person, on, "8.0")));
    clinic.change(glucose("2026-03-01")).unwrap();
    for on in ["2026-03-10", "2026-03-20"] {
        let high = visit(person, on, 160, 95);
        clinic
            .change(Command::RecordContact(Box::new(high)))
            .unwrap();
    }
    let missed = Happening::NotReached {
        kinds: [TaskKind::ReferralCheck].into(),
        reason: None,
        missed: None,
    };
    clinic.change(told("2026-04-03", missed)).unwrap();
    let done = clinic.change(glucose("2026-04-04")).unwrap();
    let task = &done.contacts[0].decision.opened[0];
    assert_eq!(task.programmes.len(), 2);
    assert_eq!(
        (task.due, task.latest),
        (day("2026-04-06"), Some(day("2026-04-03")))
    );
}
