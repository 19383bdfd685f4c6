//! Random membership commands, sensible and not: whatever is refused, what
//! stands is whole.

use std::collections::BTreeMap;

use super::clinic::{Clinic, day, family, resident};
use cunyi::{
    desk::{
        Command,
        request::{MovePerson, SplitHousehold},
    },
    domain::{
        day::{Day, plus_days},
        household::MoveReason,
        id::{HouseholdId, PersonId},
        identity::Sex,
        value::Answers,
    },
};
use proptest::prelude::*;

/// A command by numbers, taken modulo what there is.
#[derive(Debug, Clone)]
struct Roll {
    kind: u8,
    a: u64,
    b: u64,
    relation: u8,
    day: i64,
}

fn roll() -> impl Strategy<Value = Roll> {
    (0..10_u8, 1..14_u64, 1..14_u64, 0..9_u8, -300..3_i64).prop_map(
        |(kind, a, b, relation, day)| Roll {
            kind,
            a,
            b,
            relation,
            day,
        },
    )
}

fn command(roll: &Roll, on: Day) -> Command {
    let (person, other) = (PersonId(roll.a), PersonId(roll.b));
    let (home, household) = (HouseholdId(1 + roll.a % 6), HouseholdId(1 + roll.b % 6));
    let word = "其他".to_owned();
    let new_head = roll.relation.is_multiple_of(2).then_some(other);
    match roll.kind {
        0 => Command::ChangeHead {
            household: home,
            head: other,
            on,
        },
        1 => Command::MovePerson(MovePerson {
            person,
            to: household,
            relation: roll.relation,
            word,
            on,
            reason: MoveReason::Marriage,
            new_head: roll.relation.is_multiple_of(3).then_some(other),
        }),
        2 => Command::SplitHousehold(SplitHousehold {
            from: home,
            members: vec![person, other, person],
            head: person,
            card: Answers::new(),
            on,
            old_head: Some(PersonId(1 + (roll.a + roll.b) % 13)),
        }),
        3 => Command::MergeHouseholds {
            from: home,
            into: household,
            on,
        },
        4 => Command::RecordDeath {
            person,
            on,
            cause: String::new(),
            new_head,
        },
        5 => Command::MoveOut {
            person,
            on,
            to: "县城".to_owned(),
            new_head,
        },
        6 | 7 => Command::MoveBack {
            person,
            household,
            on,
            relation: roll.relation,
            word,
        },
        8 => Command::VoidPerson {
            person,
            why: "重复".to_owned(),
            same_as: Some(other),
            new_head,
        },
        _ => Command::Undo,
    }
}

/// Every living person is in one household, every household that is not empty
/// has one head who is a member, and stays follow each other.
fn is_whole(clinic: &Clinic) {
    let mut at: BTreeMap<PersonId, Vec<HouseholdId>> = BTreeMap::new();
    for id in 1..40 {
        let id = HouseholdId(id);
        let asked = cunyi::desk::Question::Household(id);
        let Ok(cunyi::desk::Reply::Household(view)) = clinic.desk.answer(&asked) else {
            continue;
        };
        let home = &view.household;
        assert_eq!(home.members.is_empty(), home.ended.is_some(), "{home:?}");
        assert_eq!(home.members.is_empty(), home.head.is_none(), "{home:?}");
        for member in &view.members {
            let person = &member.person;
            at.entry(person.id).or_default().push(id);
            assert!(person.is_here(), "{person:?}");
            assert_eq!(person.household, id);
            assert_eq!(
                person.relation == 0,
                home.head == Some(person.id),
                "{person:?}"
            );
        }
    }
    for person in (1..=13).map(PersonId) {
        // An undo may have taken a household back that was just founded.
        let asked = cunyi::desk::Question::Person(person);
        let Ok(cunyi::desk::Reply::Person(view)) = clinic.desk.answer(&asked) else {
            assert!(!at.contains_key(&person));
            continue;
        };
        let lives_at = at.get(&person).map_or(0, Vec::len);
        assert_eq!(lives_at, usize::from(view.member.person.is_here()));
        let open = view
            .stays
            .iter()
            .filter(|stay| stay.until.is_none())
            .count();
        assert_eq!(open, lives_at);
        for pair in view.stays.windows(2) {
            assert!(
                pair[0]
                    .until
                    .is_some_and(|until| Some(until) <= pair[1].from),
                "{pair:?}"
            );
        }
        for stay in &view.stays {
            assert!(
                stay.until.is_none_or(|until| stay.from <= Some(until)),
                "{stay:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn membership_stays_whole(rolls in proptest::collection::vec(roll(), 1..30)) {
        let mut clinic = Clinic::new();
        family(&mut clinic);
        let mut head = |village, name, others: &[_]| {
            clinic.home(village, resident(name, Sex::Male, "1960-01-01", 0, "户主"), others);
        };
        let wife = resident("钱氏", Sex::Female, "1962-01-01", 1, "妻");
        let son = resident("钱多", Sex::Male, "1990-01-01", 2, "儿子");
        let girl = resident("钱莉", Sex::Female, "1992-01-01", 3, "女儿");
        head(2, "钱大", &[wife, son, girl]);
        head(1, "孙一", &[]);
        let brother = resident("孙三", Sex::Male, "1966-01-01", 7, "弟弟");
        let mother = resident("孙母", Sex::Female, "1940-01-01", 5, "母亲");
        head(1, "孙二", &[brother, mother]);
        for roll in &rolls {
            let on = plus_days(day(super::clinic::TODAY), roll.day);
            let _ = clinic.change(command(roll, on));
            is_whole(&clinic);
        }
        clinic.is_clean();
    }
}
