//! Entries that are proposed: who stands there, what confirming and declining does, and what
//! is left out.

use cunyi::{
    desk::{Command, request::ContactDraft},
    domain::{
        course::{ProgrammeStatus, happening::Happening},
        household::MoveReason,
        identity::Sex,
        person::{Basics, Mother},
        programmes::{
            Facts,
            ProgrammeKind::{self, Anc, Child, Elderly, Htn, Pnc, TcmChild, TcmElderly, Vax},
            anc::Pregnancy,
        },
        value::Value,
    },
    lang::{Lang, refusals},
};

use super::clinic::{Clinic, code, day, family, resident};

#[test]
fn a_family_is_proposed_by_ages_illness_and_type() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let ill = Value::Codes(vec!["2".to_owned()]);
    clinic.set(home.members[0], &[("diseases", ill)]).unwrap();
    clinic.set_home(home.id, &[("hh_type", code("3"))]);
    assert_eq!(
        clinic.proposed(),
        [
            "张德福 htn diagnosed",
            "张德福 elderly+tcm_elderly aged",
            "张秀英 elderly+tcm_elderly aged",
            "张小宝 child+vax child",
            "张德福 poverty household",
        ]
    );
}

#[test]
fn many_are_entered_in_one_entry_and_undone_whole() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let before = clinic.proposed();
    let [head, wife, .., child] = home.members[..] else {
        panic!("no family");
    };
    let these = vec![
        (head, Elderly),
        (head, TcmElderly),
        (wife, Elderly),
        (child, Child),
        (child, Vax),
    ];
    let done = clinic.does(Command::EnrolMany(these));
    assert_eq!((done.contacts.len(), done.left_out.len()), (5, 0));
    assert_eq!(done.counts.get("enrolled"), Some(&5));
    assert_eq!(clinic.proposed(), ["张秀英 tcm_elderly aged"]);
    clinic.is_clean();
    clinic.undo();
    assert_eq!(clinic.proposed(), before);
    clinic.is_clean();
}

/// Of many that are confirmed one may be stale: it says why, the others are entered.
#[test]
fn who_is_not_proposed_any_more_is_left_out_alone() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let [head, wife, son, ..] = home.members[..] else {
        panic!("no family");
    };
    clinic.does(Command::EnrolMany(vec![(head, Elderly)]));
    let these = vec![(head, Elderly), (wife, Elderly), (son, Htn), (son, Anc)];
    let done = clinic.does(Command::EnrolMany(these));
    assert_eq!(done.contacts.len(), 1);
    let left: Vec<_> = done.left_out.iter().map(|left| left.why.code()).collect();
    assert_eq!(left, ["E-PROG-IN", "E-PROG-GROUND", "E-PROG-GROUND"]);
    let words = refusals::refusal(&done.left_out[1].why, Lang::Zh);
    assert!(words.contains("没有纳入高血压的依据"), "{words}");
    let none = clinic.does(Command::EnrolMany(vec![(head, Elderly)]));
    assert_eq!((none.contacts.len(), none.left_out.len()), (0, 1));
}

#[test]
fn what_wants_facts_is_not_entered_without_them() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let woman = home.members[3];
    clinic.does(Command::SetTag {
        person: woman,
        tag: "K02".to_owned(),
        evidence: "早孕化验单".to_owned(),
    });
    assert!(clinic.proposed().contains(&"李芳 anc tagged".to_owned()));
    let done = clinic.does(Command::EnrolMany(vec![(woman, Anc)]));
    assert_eq!(done.left_out[0].why.code(), "E-PROG-FACTS");
}

#[test]
fn a_declined_proposal_is_gone_until_its_ground_changes() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let head = home.members[0];
    let decline = |reason: &str| Command::DeclineProposals {
        people: vec![(head, Elderly), (head, TcmElderly)],
        reason: reason.to_owned(),
    };
    assert_eq!(clinic.refusal(decline(" ")), "E-REASON");
    let done = clinic.does(decline("在外地子女家"));
    assert_eq!(done.contacts.len(), 2);
    assert!(!clinic.proposed().iter().any(|row| row.contains("张德福")));
    clinic.is_clean();
    let again = clinic.does(Command::EnrolMany(vec![(head, Elderly)]));
    assert_eq!(again.left_out[0].why.code(), "E-PROG-GROUND");
    // Another birth date is another fact.
    let birth = Value::Date(day("1956-03-11"));
    clinic.set(head, &[("birth", birth)]).unwrap();
    assert!(
        clinic
            .proposed()
            .contains(&"张德福 elderly+tcm_elderly aged".to_owned())
    );
    // And what was declined by mistake is withdrawn like anything recorded.
    clinic.undo();
    let Happening::Declined(told) = &done.contacts[0].happening else {
        panic!("{done:?}");
    };
    assert_eq!(told.reason, "在外地子女家");
    clinic.does(Command::WithdrawContact {
        contact: done.contacts[0].id,
        reason: "说错了".to_owned(),
    });
    assert!(
        clinic
            .proposed()
            .contains(&"张德福 elderly aged".to_owned())
    );
    clinic.is_clean();
}

#[test]
fn an_entry_counts_from_the_fresh_day_of_its_ground() {
    let mut clinic = Clinic::new();
    let person = resident("赵大山", Sex::Male, "2026-11-03", 4, "孙子");
    let head = resident("赵国民", Sex::Male, "1980-01-01", 0, "户主");
    let home = clinic.home(1, head, &[person]);
    let child = home.members[1];
    let these = vec![(child, Vax), (child, TcmChild)];
    let done = clinic.does(Command::EnrolMany(these));
    assert!(
        done.contacts
            .iter()
            .all(|contact| contact.day == day("2026-11-03"))
    );
}

fn open(clinic: &Clinic, person: cunyi::domain::id::PersonId, kind: ProgrammeKind) -> bool {
    clinic
        .programme(person, kind)
        .is_some_and(|programme| programme.is_open())
}

/// A birth registered in the household is a delivery of the mother and brings the child in.
#[test]
fn a_birth_ends_the_pregnancy_and_enters_mother_and_child() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let mother = home.members[3];
    let pregnancy = Facts::Pregnancy(Pregnancy::since(day("2026-02-05")));
    clinic.enters(mother, "2026-04-01", Anc, pregnancy);
    let basics = Basics {
        sex: Some(Sex::Female),
        birth: Some(day("2026-11-10")),
        mother: Some(Mother::Resident(mother)),
        ..Basics::default()
    };
    let person = cunyi::desk::request::NewPerson {
        card: basics.card(),
        relation: 4,
        relation_word: "孙女".to_owned(),
        joined_by: MoveReason::Birth,
        from: day("2026-11-10"),
        told: None,
    };
    let household = home.id;
    let done = clinic.does(Command::AddPerson { household, person });
    let child = done.people[0];
    for kind in [Child, Vax, TcmChild] {
        assert!(open(&clinic, child, kind), "{kind:?}");
    }
    let anc = clinic.programme(mother, Anc).unwrap();
    assert!(
        matches!(
            anc.status,
            ProgrammeStatus::Ended { on, why: cunyi::domain::course::happening::EndReason::Delivered }
                if on == day("2026-11-10")
        ),
        "{anc:?}"
    );
    let pnc = clinic.programme(mother, Pnc).unwrap();
    let delivery = pnc.facts.delivery().unwrap();
    assert_eq!(delivery.delivered, day("2026-11-10"));
    assert!(!clinic.proposed().iter().any(|row| row.contains("李芳")));
    clinic.is_clean();
    clinic.undo();
    assert!(open(&clinic, mother, Anc));
    assert!(clinic.programme(mother, Pnc).is_none());
    clinic.is_clean();
}

#[test]
fn a_second_child_of_the_same_birth_and_a_child_registered_late_change_nothing_for_her() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let mother = home.members[3];
    let born = |birth: &str| {
        let basics = Basics {
            sex: Some(Sex::Male),
            birth: Some(day(birth)),
            mother: Some(Mother::Resident(mother)),
            ..Basics::default()
        };
        let person = cunyi::desk::request::NewPerson {
            card: basics.card(),
            relation: 4,
            relation_word: "孙子".to_owned(),
            joined_by: MoveReason::Birth,
            from: day(birth),
            told: None,
        };
        Command::AddPerson {
            household: home.id,
            person,
        }
    };
    // Registered at six weeks: nobody is entered unasked, both are proposed.
    let done = clinic.does(born("2026-10-01"));
    assert!(done.contacts.is_empty());
    let told = clinic.proposed();
    assert!(told.contains(&"李芳 pnc delivered".to_owned()), "{told:?}");
    clinic.undo();
    let first = clinic.does(born("2026-11-10"));
    let second = clinic.does(born("2026-11-10"));
    assert_eq!((first.contacts.len(), second.contacts.len()), (4, 3));
    clinic.is_clean();
}

#[test]
fn who_moved_away_and_back_is_proposed_again() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let wife = home.members[1];
    clinic.does(Command::EnrolMany(vec![
        (wife, Elderly),
        (wife, TcmElderly),
    ]));
    clinic.does(Command::MoveOut {
        person: wife,
        on: day("2026-11-21"),
        to: "县城".to_owned(),
        new_head: None,
    });
    assert!(!clinic.proposed().iter().any(|row| row.contains("张秀英")));
    clinic.does(Command::MoveBack {
        person: wife,
        household: home.id,
        on: day("2026-11-21"),
        relation: 1,
        word: "妻".to_owned(),
    });
    assert!(
        clinic
            .proposed()
            .contains(&"张秀英 elderly+tcm_elderly aged".to_owned())
    );
    let done = clinic.does(Command::EnrolMany(vec![(wife, Elderly)]));
    assert_eq!(done.contacts.len(), 1);
    clinic.is_clean();
}

/// Two entries of one person in one request are decided one after the other.
#[test]
fn later_entries_of_a_request_know_the_earlier_ones() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let son = home.members[2];
    let values = [
        (
            "diseases",
            Value::Codes(vec!["2".to_owned(), "3".to_owned()]),
        ),
        ("disability", Value::Codes(vec!["5".to_owned()])),
    ];
    clinic.set(son, &values).unwrap();
    let kinds = [Htn, ProgrammeKind::Dm, ProgrammeKind::Disabled];
    let done = clinic.does(Command::EnrolMany(kinds.map(|kind| (son, kind)).into()));
    assert_eq!(done.contacts.len(), 3);
    let course = clinic.person(son).member.course;
    assert_eq!(course.tasks().len(), 3);
    clinic.is_clean();
    let draft = ContactDraft {
        happening: Some(Happening::RefusedProgramme { programme: Htn }),
        ..ContactDraft::about(son, day("2026-11-21"))
    };
    clinic.does(Command::RecordContact(Box::new(draft)));
    assert!(!clinic.proposed().iter().any(|row| row.contains("htn")));
}
