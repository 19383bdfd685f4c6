//! A doctor's panel as the desk counts it, by keys alone, against a count over every agreement
//! there is: after random histories of signings whole and in part, late entries, a unit, ends,
//! voids, rolls, deaths, moves, and what is undone of them.

use std::collections::{BTreeMap, BTreeSet};

use cunyi::{
    desk::{
        Command, Question, Reply,
        request::{MovePerson, Party},
    },
    domain::{
        agreement::{
            action::Action,
            cap::Panel,
            contract::{Agreement, Contents, Origin, Representative, Scope},
            state::State,
            unit::{Unit, UnitKind, UnitMember},
        },
        day::{Day, plus_days},
        household::MoveReason,
        id::{AgreementId, DoctorId, PersonId, UnitId},
        person::Person,
        rows::{agreement::AgreementRow, id_key},
        tables::Read,
    },
    store::Store,
};

use super::random::{Step, action, people, person};
use crate::support::agreed::{
    A, ALL, B, CLERK, FIRST, GRANNY, SECOND, Town, WANG, consent, contents, signing,
};

/// The panels as asked of the desk: persons and households by doctor.
fn counted(town: &Town) -> BTreeMap<DoctorId, (usize, usize)> {
    let Reply::Parties(view) = town.clinic.desk.answer(&Question::Parties).unwrap() else {
        panic!("no parties");
    };
    let told = view.doctors.iter();
    told.map(|one| (one.doctor.id, (one.persons, one.households)))
        .collect()
}

fn all(town: &Town) -> Vec<Agreement> {
    let store = Store::open(&town.path(), None).unwrap();
    let snapshot = store.snapshot().unwrap();
    let mut all = Vec::new();
    let every = snapshot.every(|row: AgreementRow| {
        all.push(row.agreement);
        Ok(true)
    });
    every.unwrap();
    all
}

/// The panels by every agreement ever written down, on the clinic's day.
fn told_by_all(town: &Town) -> BTreeMap<DoctorId, (usize, usize)> {
    let all = all(town);
    let store = Store::open(&town.path(), None).unwrap();
    let snapshot = store.snapshot().unwrap();
    let household = |id: PersonId| {
        let person: Option<Person> = snapshot.get(&id_key(id.0)).unwrap();
        person.map(|person| person.household)
    };
    let panel = |doctor| Panel::of(doctor, &all, town.today(), household).with([]);
    [A, B].map(|doctor| (doctor, panel(doctor))).into()
}

fn unit() -> Party {
    let unit = Unit {
        id: UnitId(0),
        name: "石桥砖厂".to_owned(),
        kind: UnitKind::Company,
        credit_code: String::new(),
        contact: "孙立".to_owned(),
        phone: "15400000323".to_owned(),
        address: "石桥村".to_owned(),
        headcount: 20,
        members: [WANG, GRANNY].map(UnitMember::Resident).to_vec(),
    };
    Party::Unit(None, unit)
}

/// Signs for a household, some of one, or the unit; some papers are entered days late.
fn signs(town: &mut Town, (what, which, is_a, bits, _): Step) {
    let doctor = if is_a { A } else { B };
    let (scope, chosen) = match which % 4 {
        0 => (Scope::Household(FIRST), ALL.to_vec()),
        1 => (Scope::Members(FIRST), people(bits & 0b1111)),
        2 => (Scope::Members(SECOND), people(bits & 0b1_1000)),
        _ => (Scope::Unit(UnitId(1)), people(bits & 0b1001)),
    };
    let mut written = Contents {
        years: 1 + u32::from(bits % 2),
        ..contents(doctor, &chosen)
    };
    if let Scope::Unit(_) = scope {
        let name = "孙立".to_owned();
        written.representative = Some(Representative::Contact { name });
    }
    let of = AgreementId(1 + u64::from(bits) % 6);
    let origin = if what % 16 == 4 {
        let reason = "换医生".to_owned();
        Origin::Change {
            of: vec![of],
            reason,
        }
    } else {
        Origin::New
    };
    let Ok(id) = town.propose(scope, origin, written) else {
        return;
    };
    let page = town.page();
    let on = plus_days(town.today(), -i64::from(bits % 3) * 20).to_string();
    let sign = signing(&chosen, &on, &page);
    let _ = town.ask(id, Action::Sign(Box::new(sign)));
}

/// Somebody dies, moves away or into another house, today or days ago.
fn leaves(town: &mut Town, step: Step) {
    let on: Day = plus_days(town.today(), -i64::from(step.1 % 5));
    let person = person(step);
    let (new_head, to) = (None, "县城".to_owned());
    let command = match step.1 % 3 {
        0 => Command::RecordDeath {
            person,
            on,
            cause: "脑血管病".to_owned(),
            new_head,
        },
        1 => Command::MoveOut {
            person,
            on,
            to,
            new_head,
        },
        _ => Command::MovePerson(MovePerson {
            person,
            to: if step.2 { FIRST } else { SECOND },
            relation: 8,
            word: "其他".to_owned(),
            on,
            reason: MoveReason::Marriage,
            new_head,
        }),
    };
    if town.change(CLERK, command).is_ok() && step.2 {
        let _ = town.change(CLERK, Command::Undo);
    }
}

fn goes_on(town: &mut Town, step: Step) {
    let today = plus_days(town.today(), step.4);
    town.on(&today.to_string());
    let _ = town.roll();
    match step.0 % 16 {
        0..=4 => signs(town, step),
        5 | 6 => leaves(town, step),
        _ => {
            let page = town.page();
            let consent = consent(person(step), &today.to_string(), &page);
            let action = action(step, today, page, consent);
            let id = AgreementId(1 + u64::from(step.1) % 8);
            let _ = town.ask(id, action);
        }
    }
}

#[test]
fn panels_are_counted_as_every_agreement_tells_whatever_happened() {
    let mut random = fastrand::Rng::with_seed(20_261_122);
    let (mut sizes, mut ends) = (BTreeMap::<(usize, usize), u32>::new(), BTreeSet::new());
    for _ in 0..10 {
        let mut town = Town::new();
        town.keep(unit());
        for _ in 0..45 {
            let step = (
                random.u8(..),
                random.u8(..),
                random.bool(),
                random.u8(..),
                random.i64(0..45),
            );
            goes_on(&mut town, step);
            let counted = counted(&town);
            assert_eq!(counted, told_by_all(&town), "{step:?}");
            for size in counted.into_values() {
                *sizes.entry(size).or_default() += 1;
            }
        }
        town.clinic.is_clean();
        ends.extend(all(&town).iter().map(|one| one.state().code()));
    }
    for state in State::ALL {
        let is_printed = *state == State::Printed;
        assert!(
            is_printed || ends.contains(&state.code()),
            "no {state:?}: {ends:?}"
        );
    }
    let wanted = [(0, 0), (1, 1), (2, 1), (3, 1), (3, 2), (4, 1)];
    for size in wanted {
        assert!(sizes.contains_key(&size), "never {size:?}: {sizes:?}");
    }
}
