//! Random days of a clinic asked of its desk: agreements of every scope signed, ended, renewed and
//! made void among deaths, moves, splits, births, late entries, corrections, undo, doctors who
//! leave and days that pass, rolled or not. Whatever is asked and refused, what stands is whole.

mod asked;
mod counted;
mod holds;
mod lived;

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{
        Command, Stop,
        reply::Done,
        request::{NewHousehold, NewPerson, Party},
    },
    domain::{
        agreement::{contract::Agreement, rules::Exclusive, unit::UnitMember},
        day::{Day, plus_days},
        household::{Household, MoveReason},
        id::{PersonId, StaffId, VillageId, VisitId},
        person::Person,
        rows::agreement::AgreementRow,
        value::{Answers, Value},
    },
    store::Store,
};

use crate::support::agreed::{CLERK, DOCTOR, Town, one_of_each};

/// Name, sex, birth, relation to the head and its word.
type Told = (&'static str, &'static str, &'static str, u8, &'static str);

/// A clinic somebody works at by throwing dice.
pub struct Walk {
    pub town: Town,
    pub dice: fastrand::Rng,
    pub rule: Exclusive,
    /// The contacts it recorded itself; what agreements enter is theirs.
    pub contacts: Vec<VisitId>,
    /// Reads what the desk wrote.
    store: Store,
    /// What was done, and what refused.
    pub done: BTreeMap<&'static str, (u32, u32)>,
}

/// What is known at one moment.
pub struct Known {
    pub people: Vec<Person>,
    pub homes: Vec<Household>,
    pub agreements: Vec<Agreement>,
}

impl Walk {
    /// A clinic of five households, a unit, a paid package and two doctors.
    fn begin(seed: u64) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut town = Town::new();
        let families: [&[Told]; 3] = [
            &[
                ("刘大山", "1", "1962-02-03", 0, "户主"),
                ("陈玉芬", "2", "1964-03-04", 1, "配偶"),
                ("刘小军", "1", "1990-04-05", 2, "儿子"),
                ("刘小梅", "2", "2011-05-06", 3, "女儿"),
            ],
            &[
                ("周海", "1", "1975-06-07", 0, "户主"),
                ("周婷", "2", "2008-07-08", 3, "女儿"),
            ],
            &[("吴桂英", "2", "1945-08-09", 0, "户主")],
        ];
        for family in families {
            let members = family.iter().map(|(name, sex, birth, relation, word)| {
                let birth = birth.parse().unwrap();
                resident(name, sex, birth, (*relation, word))
            });
            let mut card = Answers::new();
            card.insert("group".into(), Value::Text("5".into()));
            let home = NewHousehold {
                village: VillageId(1),
                outside_no: None,
                card,
                members: members.collect(),
            };
            town.change(DOCTOR, Command::AddHousehold(home)).unwrap();
        }
        for command in one_of_each().into_iter().skip(1) {
            let command = match command {
                Command::KeepParty(party) => Command::KeepParty(Box::new(at_work(*party))),
                other => other,
            };
            town.change(CLERK, command).unwrap();
        }
        let rule = if dice.bool() {
            Exclusive::Household
        } else {
            let values = [("exclusive_unit".to_owned(), "person".to_owned())].into();
            let change = Command::ChangeSettings { values };
            town.change(DOCTOR, change).unwrap();
            Exclusive::Person
        };
        Self {
            store: Store::open(&town.path(), None).unwrap(),
            town,
            dice,
            rule,
            contacts: Vec::new(),
            done: BTreeMap::new(),
        }
    }

    pub fn known(&self) -> Known {
        let snapshot = self.store.snapshot().unwrap();
        let mut known = Known {
            people: Vec::new(),
            homes: Vec::new(),
            agreements: Vec::new(),
        };
        let each = snapshot.every(|row: Person| {
            known.people.push(row);
            Ok(true)
        });
        each.unwrap();
        let each = snapshot.every(|row: Household| {
            known.homes.push(row);
            Ok(true)
        });
        each.unwrap();
        let each = snapshot.every(|row: AgreementRow| {
            known.agreements.push(row.agreement);
            Ok(true)
        });
        each.unwrap();
        known
    }

    /// Asks; a refusal is an answer as good as any, a failure is not.
    pub fn asks(&mut self, what: &'static str, by: StaffId, command: Command) -> Option<Done> {
        let told = format!("{} {what}: {command:?}", self.town.today());
        let answer = self.town.change(by, command);
        let count = self.done.entry(what).or_default();
        match answer {
            Ok(done) => {
                count.0 += 1;
                println!("{told}");
                Some(done)
            }
            Err(Stop::Refused(refusal)) => {
                count.1 += 1;
                println!("{what}: {refusal:?}");
                None
            }
            Err(failed) => panic!("{told}: {failed:?}"),
        }
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() {
            return None;
        }
        of.get(self.dice.usize(..of.len()))
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.dice.u32(..times) == 0
    }

    /// A day not later than today: mostly today.
    pub fn lately(&mut self, days: i64) -> Day {
        let today = self.town.today();
        if self.once_in(3) {
            plus_days(today, -self.dice.i64(0..=days))
        } else {
            today
        }
    }

    fn passes(&mut self) {
        let today = self.town.today();
        let day = match self.dice.u8(..10) {
            0..=3 => plus_days(today, self.dice.i64(0..5)),
            4 | 5 => plus_days(today, self.dice.i64(5..60)),
            6 => plus_days(today, self.dice.i64(60..500)),
            _ => {
                let ends = self.known().ends();
                let near = self.one(&ends).map_or(today, |end| plus_days(*end, 2));
                plus_days(near, -self.dice.i64(0..60)).max(today)
            }
        };
        self.town.on(&day.to_string());
        // A day on which nobody opened the window is rolled later.
        if !self.once_in(3) {
            self.asks("roll", DOCTOR, Command::RollAgreements);
        }
    }

    fn step(&mut self) {
        match self.dice.u8(..12) {
            0..=2 => asked::signs(self),
            3..=6 => asked::acts(self),
            7..=9 => lived::happens(self),
            _ => self.passes(),
        }
    }
}

impl Known {
    pub fn person(&self, id: PersonId) -> &Person {
        self.people.iter().find(|person| person.id == id).unwrap()
    }

    pub fn here(&self) -> Vec<PersonId> {
        let here = self.people.iter().filter(|person| person.is_here());
        here.map(|person| person.id).collect()
    }

    /// The last days of what runs.
    fn ends(&self) -> Vec<Day> {
        let running = self.agreements.iter().filter(|one| is_running(one));
        let signed = running.filter_map(Agreement::signed);
        signed.map(|signed| signed.term.end()).collect()
    }

    pub fn lived_in(&self) -> Vec<&Household> {
        let living = self.homes.iter().filter(|home| home.ended.is_none());
        living.collect()
    }
}

pub fn is_running(agreement: &Agreement) -> bool {
    use cunyi::domain::agreement::state::State;
    matches!(agreement.state(), State::Active | State::Ending)
}

/// The unit with two people of different households on its list.
fn at_work(party: Party) -> Party {
    match party {
        Party::Unit(id, mut unit) => {
            unit.members = [1, 7].map(|id| UnitMember::Resident(PersonId(id))).into();
            Party::Unit(id, unit)
        }
        other => other,
    }
}

pub fn resident(name: &str, sex: &str, birth: Day, (relation, word): (u8, &str)) -> NewPerson {
    let mut card = Answers::new();
    card.insert("name".into(), Value::Text(name.into()));
    card.insert("sex".into(), Value::Code(sex.into()));
    card.insert("birth".into(), Value::Date(birth));
    NewPerson {
        card,
        relation,
        relation_word: word.into(),
        joined_by: MoveReason::MovedIn,
        from: "2020-01-01".parse().unwrap(),
        told: None,
    }
}

/// `CUNYI_WALKS=200 CUNYI_STEPS=120 CUNYI_SEED=7 cargo test --test all agreements::mixed::` walks
/// longer, and elsewhere.
#[test]
fn whatever_the_desk_is_asked_agreements_stay_whole() {
    let told = |name: &str, usual: u64| {
        let found = std::env::var(name).ok();
        found.map_or(usual, |text| text.parse().unwrap())
    };
    let first = told("CUNYI_SEED", 1);
    let mut done: BTreeMap<&'static str, (u32, u32)> = BTreeMap::new();
    let mut ways = BTreeSet::new();
    for seed in first..first + told("CUNYI_WALKS", 3) {
        println!("seed {seed}");
        let mut walk = Walk::begin(seed);
        for _ in 0..told("CUNYI_STEPS", 80) {
            walk.step();
            holds::whole(&walk);
        }
        walk.asks("roll", DOCTOR, Command::RollAgreements);
        holds::whole(&walk);
        ways.extend(holds::listed(&walk));
        holds::assessed(&walk);
        walk.town.clinic.is_clean();
        for (what, (well, refused)) in walk.done {
            let count = done.entry(what).or_default();
            *count = (count.0 + well, count.1 + refused);
        }
    }
    println!("{done:?}\n{ways:?}");
    let taken = done.iter().filter(|(_, (well, _))| 0 < *well);
    let taken: Vec<&str> = taken.map(|(what, _)| *what).collect();
    for what in [
        "sign",
        "renew by hand",
        "sign with another",
        "join",
        "end",
        "void",
        "undo",
    ] {
        assert!(taken.contains(&what), "{what} never succeeded: {done:?}");
    }
}
