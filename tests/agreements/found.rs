//! What random days of a clinic found, each as the few steps that show it.
//!
//! - What was signed days ago and is entered now stood before the end the assessment had
//!   meanwhile, so that a covered person was assessed no longer.
//! - Who moved away and came back, or was taken for dead, was covered no longer and was still
//!   assessed for the agreement he had left.
//! - Signing is not undone, so undo took back what stood before it: the newborn, the move or the
//!   household that had just been signed. It passes over nothing now.

use cunyi::{
    desk::Command,
    domain::{
        agreement::{action::Action, contract::Scope},
        household::MoveReason,
        id::PersonId,
    },
};

use crate::support::{
    agreed::{
        A, ALL, CHILD, CLERK, DOCTOR, FIRST, GRANNY, OTHER, SECOND, Town, WANG, WIFE, ZHANG, codes,
        contents, signing, somebody as resident,
    },
    asking::{assessed, joining, of_staff, voiding},
    clinic::day,
};

#[test]
fn what_is_signed_late_opens_the_assessment_that_was_left_meanwhile() {
    let (mut town, id) = Town::signed();
    town.on("2025-10-04");
    let void = voiding(of_staff(OTHER), "2025-10-04");
    town.ask(id, void).unwrap();
    assert_eq!(assessed(&town, WANG), None);
    let again = town.draft(Scope::Household(FIRST), contents(A, ALL));
    let signing = signing(ALL, "2025-09-19", "ZP0009");
    let sign = Action::Sign(Box::new(signing));
    town.ask(again.unwrap(), sign).unwrap();
    assert!(assessed(&town, WANG).is_some());
    town.clinic.is_clean();
}

#[test]
fn who_comes_back_is_assessed_only_when_covered_again() {
    let (mut town, id) = Town::signed();
    town.on("2026-03-05");
    let died = Command::RecordDeath {
        person: GRANNY,
        on: day("2026-03-03"),
        cause: "衰老".to_owned(),
        new_head: None,
    };
    let left = Command::MoveOut {
        person: WIFE,
        on: day("2026-03-03"),
        to: "县城".to_owned(),
        new_head: None,
    };
    for command in [died, left] {
        town.change(CLERK, command).unwrap();
    }
    town.on("2026-03-09");
    for person in [GRANNY, WIFE] {
        let back = Command::MoveBack {
            person,
            household: FIRST,
            on: day("2026-03-09"),
            relation: 9,
            word: "其他".to_owned(),
        };
        town.change(CLERK, back).unwrap();
        assert_eq!(assessed(&town, person), None, "{person}");
    }
    town.ask(id, joining(WIFE, "2026-03-09")).unwrap();
    assert!(assessed(&town, WIFE).is_some());
    town.clinic.is_clean();
}

/// Adds a child to the first family today.
fn is_born(town: &mut Town) -> PersonId {
    let mut child = resident("王小雨", "2", "2026-01-10", 2, "长女");
    child.joined_by = MoveReason::Birth;
    child.from = day("2026-01-10");
    let command = Command::AddPerson {
        household: FIRST,
        person: child,
    };
    town.change(DOCTOR, command).unwrap().people[0]
}

#[test]
fn nobody_signed_since_is_undone() {
    let (mut town, id) = Town::signed();
    town.on("2026-01-20");
    let child = is_born(&mut town);
    let Action::Join(mut joins) = joining(CHILD, "2026-01-20") else {
        panic!("joining joins");
    };
    (joins.person, joins.consent.person) = (child, child);
    town.ask(id, Action::Join(joins)).unwrap();
    assert_eq!(codes(town.change(DOCTOR, Command::Undo)), ["E-UNDO-LATE"]);
    let covered = town.of(id).covered_on(day("2026-01-20"));
    assert!(covered.contains(&child));
    town.clinic.is_clean();
}

#[test]
fn a_death_undone_is_not_brought_back_over_a_signature() {
    let mut town = Town::new();
    let died = Command::RecordDeath {
        person: GRANNY,
        on: day("2025-08-12"),
        cause: "衰老".to_owned(),
        new_head: None,
    };
    town.change(DOCTOR, died).unwrap();
    town.change(DOCTOR, Command::Undo).unwrap();
    let id = town.sign_first(A).unwrap();
    assert_eq!(codes(town.change(DOCTOR, Command::Undo)), ["E-UNDO-LATE"]);
    assert!(town.of(id).covered_on(day("2025-08-12")).contains(&GRANNY));
    town.clinic.is_clean();
}

#[test]
fn what_stands_before_a_signature_is_not_undone_in_its_place() {
    let mut town = Town::new();
    let died = Command::RecordDeath {
        person: GRANNY,
        on: day("2025-08-12"),
        cause: "衰老".to_owned(),
        new_head: None,
    };
    town.change(CLERK, died).unwrap();
    let draft = town.draft(Scope::Household(SECOND), contents(A, &[ZHANG]));
    town.sign(draft.unwrap()).unwrap();
    let refused = codes(town.change(CLERK, Command::Undo));
    assert_eq!(refused, ["E-UNDO-STANDS"]);
    town.clinic.is_clean();
}
