//! The desk by its requests: what is recorded stands, is undone whole, and
//! equals its replay.

use cunyi::desk::Command;

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
