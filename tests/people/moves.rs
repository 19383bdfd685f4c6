//! Membership: heads, splits, merges, moves, deaths and returns, each with its
//! history and its undo.

use super::clinic::{Clinic, Home, day, family, resident, text};
use cunyi::{
    desk::{
        Command,
        request::{ContactDraft, MovePerson, SplitHousehold},
    },
    domain::{
        course::happening::Happening,
        day::Day,
        household::{self, MoveReason, Stay},
        id::{HouseholdId, PersonId},
        identity::Sex,
        person::PersonState,
    },
};

/// Does it, undoes it, sees that nothing of it is left, and does it again.
fn there_and_back(clinic: &mut Clinic, homes: &[HouseholdId], command: &Command) {
    let views = |clinic: &Clinic| -> Vec<_> {
        let view = |id: &HouseholdId| {
            let view = clinic.household(*id);
            let members: Vec<_> = view.members.into_iter().map(|m| m.person).collect();
            (view.household, members, view.former)
        };
        homes.iter().map(view).collect()
    };
    let before = views(clinic);
    clinic.does(command.clone());
    clinic.is_clean();
    let after = views(clinic);
    assert_ne!(before, after);
    clinic.undo();
    assert_eq!(views(clinic), before);
    clinic.is_clean();
    clinic.undo();
    assert_eq!(views(clinic), after);
    clinic.is_clean();
}

fn stays(clinic: &Clinic, person: PersonId) -> Vec<(HouseholdId, Day, Option<Day>)> {
    let stay = |stay: &Stay| (stay.household, stay.from.unwrap(), stay.until);
    clinic.person(person).stays.iter().map(stay).collect()
}

#[test]
fn a_new_head_turns_the_relations_as_far_as_they_follow() {
    let mut clinic = Clinic::new();
    let Home { id, members } = family(&mut clinic);
    let on = day("2026-11-01");
    let household = id;
    let command = Command::ChangeHead {
        household,
        head: members[2],
        on,
    };
    there_and_back(&mut clinic, &[id], &command);
    assert_eq!(
        clinic.kin(id),
        [
            "5父亲 张德福",
            "5母亲 张秀英",
            "0户主 张建军",
            "8其他 李芳",
            "8其他 张小宝"
        ]
    );
    let head = members[1];
    clinic.undo();
    clinic.does(Command::ChangeHead {
        household,
        head,
        on,
    });
    assert_eq!(
        clinic.kin(id),
        [
            "1夫 张德福",
            "0户主 张秀英",
            "2儿子 张建军",
            "3儿媳 李芳",
            "4孙子 张小宝"
        ]
    );
    let stranger = PersonId(1000);
    let refusal = clinic.refusal(Command::ChangeHead {
        household,
        head: stranger,
        on,
    });
    assert_eq!(refusal, "E-HH-MEMBER");
}

fn split(home: &Home, members: &[usize], head: usize, old_head: Option<usize>) -> SplitHousehold {
    SplitHousehold {
        from: home.id,
        members: members.iter().map(|at| home.members[*at]).collect(),
        head: home.members[head],
        card: household::Basics {
            group: "4".to_owned(),
            ..household::Basics::default()
        }
        .card(),
        on: day("2026-11-01"),
        old_head: old_head.map(|at| home.members[at]),
    }
}

#[test]
fn a_split_founds_a_household_and_keeps_the_stays() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let asked = split(&home, &[2, 3, 4], 2, None);
    there_and_back(&mut clinic, &[home.id], &Command::SplitHousehold(asked));
    let founded = clinic.person(home.members[2]).household;
    assert_eq!(founded.place(), "4-001");
    assert_eq!(founded.head, Some(home.members[2]));
    assert_eq!(
        stays(&clinic, home.members[4]),
        [
            (home.id, day("2021-01-30"), Some(day("2026-11-01"))),
            (founded.id, day("2026-11-01"), None),
        ]
    );
    let former: Vec<_> = clinic.household(home.id).former;
    assert_eq!(former.len(), 3);
    assert_eq!(former[0].1.left_by, Some(MoveReason::Split));
}

#[test]
fn a_split_leaves_nobody_headless_and_somebody_behind() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let mut refusal = |asked| clinic.refusal(Command::SplitHousehold(asked));
    assert_eq!(refusal(split(&home, &[0, 1], 0, None)), "E-HH-HEADLESS");
    assert_eq!(refusal(split(&home, &[0, 1], 0, Some(1))), "E-HH-HEADLESS");
    assert_eq!(refusal(split(&home, &[0, 1], 2, Some(2))), "E-HH-MEMBER");
    assert_eq!(
        refusal(split(&home, &[0, 1, 2, 3, 4], 0, None)),
        "E-HH-EMPTY"
    );
    let mut early = split(&home, &[1], 1, None);
    early.on = day("2019-12-31");
    assert_eq!(refusal(early), "E-DATE-EARLY");
    let mut late = split(&home, &[1], 1, None);
    late.on = day("2026-11-22");
    assert_eq!(refusal(late), "E-DATE-FUTURE");
    clinic.does(Command::SplitHousehold(split(&home, &[0, 1], 0, Some(2))));
    assert_eq!(
        clinic.household(home.id).household.head,
        Some(home.members[2])
    );
    clinic.is_clean();
}

#[test]
fn a_merge_empties_one_household_and_ends_it() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let other = clinic.home(
        2,
        resident("赵大海", Sex::Male, "1970-01-01", 0, "户主"),
        &[],
    );
    let on = day("2026-11-01");
    let number = clinic
        .person(other.members[0])
        .member
        .person
        .record_no
        .unwrap();
    let (from, into) = (other.id, home.id);
    let command = Command::MergeHouseholds { from, into, on };
    there_and_back(&mut clinic, &[home.id, other.id], &command);
    let ended = clinic.household(other.id).household;
    assert_eq!(
        (ended.ended, ended.head, ended.members.len()),
        (Some(on), None, 0)
    );
    let moved = clinic.person(other.members[0]).member.person;
    assert_eq!((moved.relation, moved.household), (8, home.id));
    // Another village: a new number, the old one stays as a cross-reference.
    assert!(moved.record_no.clone().unwrap().starts_with("529901103101"));
    assert_eq!(moved.former_record_nos, [number]);
    let refusal = clinic.refusal(Command::MergeHouseholds { from, into, on });
    assert_eq!(refusal, "E-HH-ENDED");
    let from = home.id;
    let refusal = clinic.refusal(Command::MergeHouseholds { from, into, on });
    assert_eq!(refusal, "E-HH-SAME");
}

fn moving(person: PersonId, to: HouseholdId) -> MovePerson {
    MovePerson {
        person,
        to,
        relation: 3,
        word: "儿媳".to_owned(),
        on: day("2026-10-01"),
        reason: MoveReason::Marriage,
        new_head: None,
    }
}

#[test]
fn a_bride_moves_over_and_her_record_goes_along() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let daughter = resident("赵梅", Sex::Female, "2001-01-01", 3, "女儿");
    let head = resident("赵大海", Sex::Male, "1970-01-01", 0, "户主");
    let other = clinic.home(1, head, &[daughter]);
    let before = clinic.person(other.members[1]).member.person.record_no;
    let command = Command::MovePerson(moving(other.members[1], home.id));
    there_and_back(&mut clinic, &[home.id, other.id], &command);
    let view = clinic.person(other.members[1]);
    assert_eq!(
        view.member.person.record_no, before,
        "inside the village it stays"
    );
    assert_eq!(view.stays[1].joined_by, Some(MoveReason::Marriage));
    let headless = Command::MovePerson(moving(home.members[0], other.id));
    assert_eq!(clinic.refusal(headless), "E-HH-HEADLESS");
    let mut second = moving(home.members[1], other.id);
    second.relation = 0;
    assert_eq!(clinic.refusal(Command::MovePerson(second)), "E-HH-HEAD");
    let same = Command::MovePerson(moving(home.members[1], home.id));
    assert_eq!(clinic.refusal(same), "E-HH-SAME");
    let mut early = moving(other.members[1], other.id);
    early.on = day("2026-09-30");
    assert_eq!(clinic.refusal(Command::MovePerson(early)), "E-DATE-EARLY");
}

fn death(person: PersonId, on: &str, new_head: Option<PersonId>) -> Command {
    Command::RecordDeath {
        person,
        on: day(on),
        cause: "脑卒中".to_owned(),
        new_head,
    }
}

#[test]
fn a_death_is_within_life_and_leaves_a_head() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let [head, wife, ..] = home.members[..] else {
        panic!()
    };
    assert_eq!(
        clinic.refusal(death(wife, "1959-04-30", None)),
        "E-PER-DEATH"
    );
    assert_eq!(
        clinic.refusal(death(wife, "2026-11-22", None)),
        "E-PER-DEATH"
    );
    assert_eq!(
        clinic.refusal(death(head, "2026-11-20", None)),
        "E-HH-HEADLESS"
    );
    let command = death(head, "2026-11-20", Some(wife));
    there_and_back(&mut clinic, &[home.id], &command);
    assert_eq!(clinic.household(home.id).household.head, Some(wife));
    let gone = clinic.person(head).member.person;
    assert_eq!(gone.relation, 0, "the dead keep what they were");
    assert!(matches!(gone.state, PersonState::Died { .. }));
    assert_eq!(
        clinic.refusal(death(head, "2026-11-20", None)),
        "E-PER-GONE"
    );
}

#[test]
fn who_was_looked_for_in_vain_may_have_died_before() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let wife = home.members[1];
    clinic.enrol(wife, "2026-08-01");
    let mut attempt = ContactDraft::about(wife, day("2026-11-15"));
    attempt.happening = Some(Happening::NotReached {
        kinds: std::collections::BTreeSet::new(),
        reason: None,
        missed: None,
    });
    clinic.does(Command::RecordContact(Box::new(attempt)));
    clinic.does(death(wife, "2026-11-10", None));
    clinic.is_clean();
}

/// Who had died by mistake could be brought back only in name: the rules refused
/// the return, as nobody returns from death.
#[test]
fn a_mistaken_death_or_double_record_is_corrected_and_the_work_goes_on() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let [head, wife, ..] = home.members[..] else {
        panic!()
    };
    clinic.enrol(wife, "2026-08-01");
    let tasks = |clinic: &Clinic| clinic.person(wife).member.tasks;
    let before = tasks(&clinic);
    assert!(!before.is_empty());
    let void = Command::VoidPerson {
        person: wife,
        why: "重复建档".to_owned(),
        same_as: Some(head),
        new_head: None,
    };
    for gone in [death(wife, "2026-10-05", None), void] {
        clinic.does(gone);
        assert_eq!(tasks(&clinic), []);
        let left = clinic.person(wife).stays.last().unwrap().until.unwrap();
        let still_here = Command::MoveBack {
            person: wife,
            household: home.id,
            on: left,
            relation: 1,
            word: "配偶".to_owned(),
        };
        there_and_back(&mut clinic, &[home.id], &still_here);
        assert_eq!(tasks(&clinic), before);
        let last = clinic.person(wife).stays.pop().unwrap();
        assert_eq!((last.from, last.until), (Some(left), None));
        assert_eq!(last.joined_by, Some(MoveReason::Correction));
    }
}

#[test]
fn the_last_to_leave_ends_the_household_and_may_come_back() {
    let mut clinic = Clinic::new();
    let home = clinic.home(
        1,
        resident("陈玉珍", Sex::Female, "1995-01-01", 0, "户主"),
        &[],
    );
    let person = home.members[0];
    let out = Command::MoveOut {
        person,
        on: day("2026-05-01"),
        to: "贵阳".to_owned(),
        new_head: None,
    };
    there_and_back(&mut clinic, &[home.id], &out);
    let ended = clinic.household(home.id).household;
    assert_eq!((ended.ended, ended.head), (Some(day("2026-05-01")), None));
    let back = |on: &str| Command::MoveBack {
        person,
        household: home.id,
        on: day(on),
        relation: 8,
        word: "其他".to_owned(),
    };
    assert_eq!(clinic.refusal(back("2026-04-01")), "E-DATE-EARLY");
    there_and_back(&mut clinic, &[home.id], &back("2026-11-01"));
    let again = clinic.household(home.id).household;
    assert_eq!((again.ended, again.head), (None, Some(person)));
    assert_eq!(
        stays(&clinic, person),
        [
            (home.id, day("2020-01-01"), Some(day("2026-05-01"))),
            (home.id, day("2026-11-01"), None),
        ]
    );
    assert_eq!(clinic.refusal(back("2026-11-10")), "E-PER-HERE");
}

#[test]
fn recorded_twice_is_kept_and_says_who_it_is() {
    let mut clinic = Clinic::new();
    let home = family(&mut clinic);
    let void = |person, same_as, new_head| Command::VoidPerson {
        person,
        why: "重复建档".to_owned(),
        same_as,
        new_head,
    };
    let [head, wife, ..] = home.members[..] else {
        panic!()
    };
    assert_eq!(clinic.refusal(void(wife, Some(wife), None)), "E-UNKNOWN");
    assert_eq!(clinic.refusal(void(head, None, None)), "E-HH-HEADLESS");
    there_and_back(&mut clinic, &[home.id], &void(wife, Some(head), None));
    let state = clinic.person(wife).member.person.state;
    assert!(matches!(state, PersonState::Void { same_as: Some(other), .. } if other == head));
    let refused = clinic.set(wife, &[("name", text("张秀"))]);
    assert!(refused.is_ok(), "a void card may still be corrected");
}
