//! What happens to people and households beside their agreements, by dice.

use std::{ops::ControlFlow, sync::Arc};

use cunyi::{
    desk::{
        Command,
        request::{Accepted, ContactDraft, MovePerson, SplitHousehold},
    },
    domain::{
        course::happening::{Enrolled, Happening},
        household::MoveReason,
        id::{HouseholdId, PersonId},
        programmes::ProgrammeKind,
        value::{Answers, Value},
    },
    paper::roster,
};

use super::{Known, Walk, resident};
use crate::support::agreed::CLERK;

/// Something happens to somebody.
pub fn happens(walk: &mut Walk) {
    let known = walk.known();
    let here = known.here();
    let homes: Vec<HouseholdId> = known.lived_in().iter().map(|home| home.id).collect();
    let (Some(person), Some(home)) = (walk.one(&here).copied(), walk.one(&homes).copied()) else {
        return;
    };
    let other = walk.one(&here).copied();
    match walk.dice.u8(..15) {
        0 => goes(walk, &known, person),
        1 => back(walk, &known, home),
        2 | 3 => moves(walk, &known, person, home),
        4 => splits(walk, &known, person),
        5 => {
            let (from, into) = (known.person(person).household, home);
            let on = walk.lately(10);
            let merge = Command::MergeHouseholds { from, into, on };
            walk.asks("merge", CLERK, merge);
        }
        6 => {
            let household = known.person(person).household;
            let on = walk.lately(10);
            let change = Command::ChangeHead {
                household,
                head: person,
                on,
            };
            walk.asks("change the head", CLERK, change);
        }
        7 | 8 => is_born(walk, home),
        9 => corrected(walk, &known, person),
        10 => contact(walk, person),
        11 => {
            let own = walk.contacts.clone();
            if let Some(contact) = walk.one(&own).copied() {
                let reason = "录错人".to_owned();
                let withdraw = Command::WithdrawContact { contact, reason };
                walk.asks("withdraw a contact", CLERK, withdraw);
            }
        }
        13 => told(walk),
        12 if walk.once_in(3) => {
            let twice = Command::VoidPerson {
                person,
                why: "重复".to_owned(),
                same_as: other,
                new_head: head_after(walk, &known, person),
            };
            walk.asks("recorded twice", CLERK, twice);
        }
        _ => {
            walk.asks("undo", CLERK, Command::Undo);
        }
    }
}

/// Who is head when this person goes.
fn head_after(walk: &mut Walk, known: &Known, person: PersonId) -> Option<PersonId> {
    let home = known.person(person).household;
    let home = known.homes.iter().find(|one| one.id == home)?;
    let rest: Vec<PersonId> = home
        .members
        .iter()
        .copied()
        .filter(|one| *one != person)
        .collect();
    walk.one(&rest).copied()
}

fn goes(walk: &mut Walk, known: &Known, person: PersonId) {
    let (on, new_head) = (walk.lately(30), head_after(walk, known, person));
    if walk.dice.bool() {
        let death = Command::RecordDeath {
            person,
            on,
            cause: "衰老".to_owned(),
            new_head,
        };
        walk.asks("die", CLERK, death);
    } else {
        let leave = Command::MoveOut {
            person,
            on,
            to: "县城".to_owned(),
            new_head,
        };
        walk.asks("move out", CLERK, leave);
    }
}

fn back(walk: &mut Walk, known: &Known, household: HouseholdId) {
    let gone = known.people.iter().filter(|person| !person.is_here());
    let gone: Vec<PersonId> = gone.map(|person| person.id).collect();
    if let Some(person) = walk.one(&gone).copied() {
        let command = Command::MoveBack {
            person,
            household,
            on: walk.lately(10),
            relation: 9,
            word: "其他".to_owned(),
        };
        walk.asks("move back", CLERK, command);
    }
}

fn moves(walk: &mut Walk, known: &Known, person: PersonId, to: HouseholdId) {
    let asked = MovePerson {
        person,
        to,
        relation: 9,
        word: "其他".to_owned(),
        on: walk.lately(40),
        reason: MoveReason::Marriage,
        new_head: head_after(walk, known, person),
    };
    walk.asks("move", CLERK, Command::MovePerson(asked));
}

fn splits(walk: &mut Walk, known: &Known, person: PersonId) {
    let from = known.person(person).household;
    let home = known.homes.iter().find(|home| home.id == from);
    let mut members = vec![person];
    for other in home.iter().flat_map(|home| &home.members) {
        if *other != person && walk.once_in(3) {
            members.push(*other);
        }
    }
    let rest = home.iter().flat_map(|home| &home.members);
    let old_head = rest.copied().find(|one| !members.contains(one));
    let asked = SplitHousehold {
        from,
        members,
        head: person,
        card: Answers::new(),
        on: walk.lately(20),
        old_head,
    };
    walk.asks("split", CLERK, Command::SplitHousehold(asked));
}

fn is_born(walk: &mut Walk, household: HouseholdId) {
    let birth = walk.lately(20);
    let mut person = resident("小宝", "2", birth, (2, "长女"));
    person.joined_by = MoveReason::Birth;
    person.from = birth;
    walk.asks("be born", CLERK, Command::AddPerson { household, person });
}

fn corrected(walk: &mut Walk, known: &Known, person: PersonId) {
    let mut card = known.person(person).card.clone();
    let (key, value) = if walk.dice.bool() {
        let year = walk.dice.i32(1940..2020);
        let birth = format!("{year}-03-04").parse().unwrap();
        ("birth", Value::Date(birth))
    } else {
        ("name", Value::Text(format!("改名{}", walk.dice.u8(..))))
    };
    card.insert(key.to_owned(), value);
    let change = Command::ChangePerson { person, card };
    walk.asks("correct a card", CLERK, change);
}

fn contact(walk: &mut Walk, person: PersonId) {
    let mut draft = ContactDraft::about(person, walk.lately(20));
    if walk.dice.bool() {
        let enrolled = Enrolled::in_programme(ProgrammeKind::Htn);
        draft.happening = Some(Happening::Enrolled(enrolled));
    } else {
        draft.renewal_spoken = true;
    }
    let record = Command::RecordContact(Box::new(draft));
    let done = walk.asks("record a contact", CLERK, record);
    let contacts = done.iter().flat_map(|done| &done.contacts);
    walk.contacts.extend(contacts.map(|contact| contact.id));
}

/// A roster tells of a household signed lately.
fn told(walk: &mut Walk) {
    let number = walk.town.page();
    let (doctor, signed) = (["王建国", "赵明"][walk.dice.usize(..2)], walk.lately(400));
    let rows = ["户编号,户主姓名,与户主关系,姓名,性别,出生日期,村（居）,组,签约状态,签约日期,签约医生".to_owned()]
        .into_iter()
        .chain([("户主", "甲", "男", 1980), ("配偶", "乙", "女", 1982)].map(
            |(relation, name, sex, year)| {
                let (head, name) = (format!("郑{number}甲"), format!("郑{number}{name}"));
                format!("{number},{head},{relation},{name},{sex},{year}-03-04,石桥村,3,已签约,{signed},{doctor}")
            },
        ));
    let bytes = rows.collect::<Vec<_>>().join("\n").into_bytes();
    let today = walk.town.today();
    let read = roster::read_bytes("花名册.csv", bytes, None, today, &mut |_| {
        ControlFlow::Continue(())
    });
    let import = Command::Import {
        roster: Arc::new(read.unwrap()),
        enrol: Accepted::All,
        gauge: None,
    };
    walk.asks("take a roster", CLERK, import);
}
